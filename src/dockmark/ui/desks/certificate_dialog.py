"""Attach a certificate: choose the file, and it is kept by its hash with what was received last."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.labels import Caption, Sentence
from dockmark.ui.paths import PathField
from dockmark.ui.words import _


class CertificateDialog(QDialog):
    """Asks for the file without stopping anything."""

    given = Signal(str)  # path

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("certificateDialog")
        self.setWindowTitle(_("Attach a certificate – Dockmark"))
        self.words = Sentence("certificateSentence")
        self.words.setText(_("The file is copied into the ledger's folder and kept by its fingerprint."))
        self.file = PathField("certificate", _("Certificate file"), folder=False)
        self.back = CommandButton("certificateBackButton", _("Cancel"), "back", _("Esc"))
        self.attach = CommandButton("certificateAttachButton", _("Attach"), "certificate", main=True)
        buttons = QWidget()
        line = columns(buttons)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.attach)
        whole = rows(self, margin=2)
        whole.addWidget(self.words)
        whole.addWidget(Caption(_("Certificate file"), self.file.field))
        whole.addWidget(self.file)
        whole.addStretch(1)
        whole.addWidget(buttons)
        self.back.clicked.connect(self.reject)
        self.attach.clicked.connect(self._on_attach)
        self.file.entered.connect(self._on_attach)
        self.file.changed.connect(self._on_changed)
        self.attach.setEnabled(False)

    def ask(self) -> None:
        """Come up empty."""
        self.file.field.clear()
        self.resize(self.fontMetrics().averageCharWidth() * 90, self.sizeHint().height())
        self.open()
        self.file.setFocus()

    def _on_changed(self, path: str) -> None:
        self.attach.setEnabled(bool(path.strip()))

    def _on_attach(self) -> None:
        if path := self.file.path():
            self.accept()
            self.given.emit(path)
