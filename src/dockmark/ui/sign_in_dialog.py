"""Who works here: id or badge, and the PIN. The cover lies over the window while nobody is signed in."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.unit_dialogs import fit
from dockmark.ui.words import _


class PinField(Field):
    """A field for a PIN: nothing of it is shown, kept, proposed or copied."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__(name, says)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(128)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhHiddenText
        )

    def take(self) -> str:
        """What was typed; the field is empty afterwards."""
        text = self.text()
        self.clear()
        return text


class SignInForm(QWidget):
    """Id and PIN, and what was wrong with them."""

    offered = Signal(str, str)  # id, PIN

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Form")
        self.who = Field(f"{name}Operator", _("Your id"), _("as in anna"))
        self.who.setMaxLength(48)
        self.pin = PinField(f"{name}Pin", _("PIN"))
        self.fault = Sentence(f"{name}Fault")
        self.fault.setAccessibleName(_("What was wrong"))
        self.enter = CommandButton(f"{name}Button", _("Sign in"), "accept", _("Enter"), main=True)
        self.enter.clicked.connect(self._on_enter)
        self.who.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self.enter.click)
        whole = rows(self, spacing=0.6)
        for caption, field in ((_("Your id"), self.who), (_("PIN"), self.pin)):
            whole.addWidget(Caption(caption, field))
            whole.addWidget(field)
        whole.addWidget(self.fault)
        whole.addWidget(self.enter)

    def begin(self) -> None:
        """Empty, and ready to be typed into."""
        self.pin.clear()
        self.fault.clear()
        (self.pin if self.who.text() else self.who).setFocus()

    def show_fault(self, words: str) -> None:
        """Say what was wrong, and let it be tried again."""
        self.setEnabled(True)
        self.fault.setText(words)
        self.pin.clear()
        self.pin.setFocus()

    def _on_enter(self) -> None:
        if self.who.text().strip():
            self.fault.clear()
            self.offered.emit(self.who.text().strip(), self.pin.take())


class SignInDialog(QDialog):
    """Signs in by PIN over a window that somebody else, or nobody, works at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("signInDialog")
        self.setWindowTitle(_("Sign in – Dockmark"))
        self.form = SignInForm("signInDialog")
        self.back = CommandButton("signInDialogBackButton", _("Cancel"), "back", _("Esc"))
        self.back.clicked.connect(self.reject)
        words = Sentence("signInDialogWords")
        words.setText(_("For plain work a badge is enough: scan it. Acts of an administrator need the PIN."))
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Sign in")))
        whole.addWidget(words)
        whole.addWidget(self.form)
        line = QWidget()
        across = columns(line)
        across.addStretch(1)
        across.addWidget(self.back)
        whole.addWidget(line)

    def ask(self) -> None:
        """Come up without stopping anything."""
        fit(self, 52)
        self.open()
        self.form.begin()


class SignInCover(QFrame):
    """Hides the whole window while nobody is signed in. What is worked on stays as it is underneath."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("signInCover")
        self.setAccessibleName(_("Nobody is signed in"))
        self.setAutoFillBackground(True)
        self.form = SignInForm("signIn")
        self.words = Sentence("signInWords", 1.1)
        self.words.setText(_("Scan your badge to go on, or sign in with your PIN. What you were at is kept."))
        inner = QFrame()
        inner.setObjectName("signInCard")
        inner.setFrameShape(QFrame.Shape.StyledPanel)
        inner.setFixedWidth(self.fontMetrics().averageCharWidth() * 56)
        column = rows(inner, margin=3)
        column.addWidget(Headline(_("Who works here?"), 1.5))
        column.addWidget(self.words)
        column.addWidget(self.form)
        middle = QWidget()
        across = columns(middle)
        across.addStretch(1)
        across.addWidget(inner)
        across.addStretch(1)
        whole = rows(self)
        whole.addStretch(1)
        whole.addWidget(middle)
        whole.addStretch(2)
        over.installEventFilter(self)
        self.hide()

    def lie(self, shown: bool) -> None:
        """Cover the window, or free it."""
        if shown == self.isVisibleTo(self._over):
            return
        for child in self._over.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if child is not self and not child.isWindow():
                child.setEnabled(not shown)
        self.setVisible(shown)
        if shown:
            self.setGeometry(self._over.rect())
            self.raise_()
            self.form.setEnabled(True)
            self.form.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False
