"""Attach a file to a receipt: say what it is, choose it, and it is kept by its hash. What was kept before is listed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from dockmark.ui.actions import key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.one_of import OneOf
from dockmark.ui.paths import PathField
from dockmark.ui.words import _, seen

CERTIFICATE = "certificate"


def kind_of_file(kind: str) -> str:
    """What a kept file is."""
    words = {
        CERTIFICATE: _("Certificate"),
        "delivery_note": _("Delivery note"),
        "photo": _("Photo"),
        "document": _("Document"),
    }
    return words.get(kind) or _("Other file")


class CertificateDialog(QDialog):
    """Asks for the file without stopping anything."""

    given = Signal(str)  # path of a certificate
    paper_given = Signal(str, str)  # kind of any other file, path
    kept = Signal(str, str)  # kind and path, whatever it is

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("certificateDialog")
        self.setWindowTitle(_("Attach a file – Dockmark"))
        self.words = Sentence("certificateSentence")
        self.words.setText(_("The file is copied into the ledger's folder and kept by its fingerprint."))
        self.file = PathField("certificate", _("Certificate file"), folder=False)
        self.back = CommandButton("certificateBackButton", _("Cancel"), "back", _("Esc"))
        self.attach = CommandButton("certificateAttachButton", _("Attach"), "certificate", main=True)
        self.before = EntryList("certificateKept", _("Attached so far"), acted_on=False)
        self._before = QWidget()
        self._kinds = QWidget()
        self._choice = OneOf(self)
        self._lay_out()
        key_for(self.file.browse, "Ctrl+O")
        self.back.clicked.connect(self.reject)
        self.attach.clicked.connect(self._on_attach)
        self.file.entered.connect(self._on_attach)
        self.file.changed.connect(self._on_changed)
        self.attach.setEnabled(False)

    @property
    def kind(self) -> str:
        """What the file is, as it was chosen."""
        chosen = self._choice.checkedButton()
        return str(chosen.property("kind")) if chosen is not None else CERTIFICATE

    def ask(self) -> None:
        """Come up empty, for a certificate."""
        self.file.field.clear()
        self.choose(CERTIFICATE)
        self.show_kept(())
        self.resize(self.fontMetrics().averageCharWidth() * 90, self.sizeHint().height())
        self.open()
        self.file.setFocus()

    def choose(self, kind: str) -> None:
        """The file to come is of that kind."""
        for button in self._choice.buttons():
            if button.property("kind") == kind:
                button.setChecked(True)

    def show_kept(self, files: Sequence[tuple[str, str]]) -> None:
        """What was kept before: pairs of kind and file name."""
        self.before.show_entries(
            [Entry(str(place), seen(name), kind_of_file(kind)) for place, (kind, name) in enumerate(files)]
        )
        self._before.setVisible(bool(files))

    def _lay_out(self) -> None:
        flow = FlowLayout(self._kinds, gap(self))
        for kind in (CERTIFICATE, "delivery_note", "photo", "other"):
            button = CommandButton(f"attachKind_{kind}", kind_of_file(kind))
            button.setCheckable(True)
            button.setProperty("kind", kind)
            self._choice.addButton(button)
            flow.addWidget(button)
        self.choose(CERTIFICATE)
        listed = rows(self._before, spacing=0.4)
        listed.addWidget(Caption(_("Attached so far"), self.before))
        listed.addWidget(self.before, 1)
        self._before.hide()
        buttons = QWidget()
        line = columns(buttons)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.attach)
        whole = rows(self, margin=2)
        whole.addWidget(self.words)
        whole.addWidget(self._before, 1)
        whole.addWidget(Caption(_("What it is")))
        whole.addWidget(self._kinds)
        whole.addWidget(Caption(_("File"), self.file.field))
        whole.addWidget(self.file)
        whole.addStretch(1)
        whole.addWidget(buttons)

    def _on_changed(self, path: str) -> None:
        self.attach.setEnabled(bool(path.strip()))

    def _on_attach(self) -> None:
        if path := self.file.path():
            kind = self.kind
            self.accept()
            self.kept.emit(kind, path)
            if kind == CERTIFICATE:
                self.given.emit(path)
            else:
                self.paper_given.emit(kind, path)
