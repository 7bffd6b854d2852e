"""A signature: exactly what is signed and what it means, then badge or id, and the PIN."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from dockmark.people.signatures import Signer
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.sign_in_dialog import PinField
from dockmark.ui.unit_dialogs import fit
from dockmark.ui.words import _, said, seen


class SignatureDialog(QDialog):
    """Shows the words that are signed; `signed` offers who signs them."""

    signed = Signal(object)  # Signer
    badge_scanned = Signal(str)  # what is on it

    def __init__(self, parent: QWidget, said: Sequence[str], names: Mapping[str, str], apart: Sequence[str]) -> None:
        super().__init__(parent)
        self.setObjectName("signatureDialog")
        self.setWindowTitle(_("Signature – Dockmark"))
        self._said = tuple(said)
        self._names = dict(names)
        self._apart = [name for name in apart if name]
        self._badge = ""
        self.meaning = Sentence("signatureMeaning", 1.2, QFont.Weight.DemiBold)
        self.meaning.setText(self._said[0])
        self.shown = Sentence("signatureShown", 1.05)
        self.shown.setText("\n".join(self._said[1:]))
        self.who = Field("signatureOperator", _("Who signs"), _("Scan the badge, or type the id"))
        self.name = Sentence("signatureName", 1.0, QFont.Weight.DemiBold)
        self.name.setAccessibleName(_("Printed name"))
        self.pin = PinField("signaturePin", _("PIN"))
        self.fault = Sentence("signatureFault")
        self.sign_button = CommandButton("signatureSignButton", _("Sign"), "accept", _("Enter"), main=True)
        self.back = CommandButton("signatureBackButton", _("Cancel"), "back", _("Esc, or scan SKIP"))
        self._lay_out()
        self.who.textChanged.connect(self._on_who)
        self.who.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self.sign_button.click)
        self.sign_button.clicked.connect(self._on_sign)
        self.back.clicked.connect(self.reject)

    def ask(self) -> None:
        """Come up without stopping anything."""
        fit(self, 64)
        self.open()
        self.who.setFocus()

    def take_badge(self, payload: str) -> bool:
        """A badge was scanned: whose it is, the window finds out."""
        self.badge_scanned.emit(payload)
        return True

    def show_owner(self, digest: str, operator: str) -> None:
        """The badge is this person's, or nobody's where the id is empty."""
        if not operator:
            self.show_fault(said("badge_unknown"))
            return
        self.who.setText(operator)
        self._badge = digest
        self.fault.clear()
        self.pin.setFocus()

    def show_fault(self, words: str) -> None:
        """Say what was wrong, and let it be tried again."""
        self.sign_button.setEnabled(True)
        self.fault.setText(words)
        self.pin.clear()
        self.pin.setFocus()
        fit(self, 64)

    def _lay_out(self) -> None:
        box = QFrame()
        box.setFrameShape(QFrame.Shape.StyledPanel)
        inner = rows(box, margin=1.5, spacing=0.8)
        inner.addWidget(self.meaning)
        inner.addWidget(self.shown)
        whole = rows(self, margin=2, spacing=0.8)
        whole.addWidget(Headline(_("Sign this")))
        whole.addWidget(box)
        if self._apart:
            others = Sentence("signatureApart")
            people = ", ".join(seen(self._names.get(each, each)) for each in self._apart)
            words = _("Two people answer for this: somebody other than {people} must sign.")
            others.setText(words.format(people=people))
            whole.addWidget(others)
        whole.addWidget(Caption(_("Who signs"), self.who))
        whole.addWidget(self.who)
        whole.addWidget(self.name)
        whole.addWidget(Caption(_("PIN"), self.pin))
        whole.addWidget(self.pin)
        whole.addWidget(self.fault)
        line = QWidget()
        across = columns(line)
        across.addStretch(1)
        across.addWidget(self.back)
        across.addWidget(self.sign_button)
        whole.addWidget(line)

    def _on_who(self, text: str) -> None:
        self._badge = ""
        self.name.setText(seen(self._names.get(text.strip(), "")))

    def _on_sign(self) -> None:
        if not self.who.text().strip() or not self.pin.text():
            (self.pin if self.who.text().strip() else self.who).setFocus()
            return
        self.sign_button.setEnabled(False)
        self.fault.clear()
        self.signed.emit(Signer(user=self.who.text().strip(), pin=self.pin.take(), badge=self._badge, said=self._said))
