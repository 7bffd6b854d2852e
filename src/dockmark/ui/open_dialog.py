"""Ask for a file or a folder without stopping the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget

from dockmark.ui.words import _


def choose_path(
    parent: QWidget, says: str, start: str, then: Callable[[str], None], *, folder: bool = False, save: str = ""
) -> QFileDialog:
    """Bring the dialog up; `then` is told what was chosen. `save` proposes the name of a file to be written."""
    dialog = QFileDialog(parent, _("{what} – Dockmark").format(what=says), save or start)
    dialog.setObjectName("choosePathDialog")
    # The system's own dialog would let a keyboard-wedge scanner type into it.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    if save:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(save)
    else:
        dialog.setFileMode(QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile)
        if not folder:
            dialog.setNameFilters([_("Tables (*.csv *.tsv *.txt *.xlsx *.xlsm)"), _("All files (*)")])
    dialog.fileSelected.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
