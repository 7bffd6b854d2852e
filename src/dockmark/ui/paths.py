"""A field for a file or folder, with a Browse button that never stops the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns
from dockmark.ui.labels import Field
from dockmark.ui.words import _


class PathField(QWidget):
    """Type the path or browse for it: the same either way."""

    entered = Signal(str)  # Enter was pressed in the field
    changed = Signal(str)

    def __init__(self, name: str, says: str, *, folder: bool) -> None:
        super().__init__()
        self._folder = folder
        self._says = says
        self.field = Field(f"{name}Field", says, _("path"))
        self.field.setMaxLength(4096)
        self.browse = CommandButton(f"{name}BrowseButton", _("Browse…"), "folder")
        self.setFocusProxy(self.field)
        line = columns(self)
        line.addWidget(self.field, 1)
        line.addWidget(self.browse)
        self.browse.clicked.connect(self._on_browse)
        self.field.returnPressed.connect(self._on_entered)
        self.field.textChanged.connect(self.changed)

    def path(self) -> str:
        """What was typed or chosen."""
        return self.field.text().strip()

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, f"{self._says} – Dockmark", self.path())
        dialog.setObjectName(f"{self.field.objectName()}Dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory if self._folder else QFileDialog.FileMode.ExistingFile)
        # The system's own dialog would let a keyboard-wedge scanner type into it.
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.connect(self.field.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_entered(self) -> None:
        self.entered.emit(self.path())
