"""Two bands across the unit card: whose the unit is, and that one looks at the past."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, gap, rows
from dockmark.ui.icons import drawn
from dockmark.ui.labels import Sentence, Value
from dockmark.ui.theme import Role, flooded
from dockmark.ui.words import _, seen


class Band(QFrame):
    """A strip of one status colour with a drawing and words on it."""

    def __init__(self, name: str, drawing: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._drawing = drawing
        self._role = Role.INFO
        self._is_tinting = False
        self._picture = QLabel()

    def tint(self, role: Role) -> None:
        """Take the colours of that status."""
        self._role = role
        self._paint_ground()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_picture") and not self._is_tinting:
            self._paint_ground()

    def _paint_ground(self) -> None:
        self._is_tinting = True
        colours = flooded(self._role, self.window().palette())
        self.setPalette(colours)
        side = round(self.fontMetrics().height() * 1.2)
        self._picture.setPixmap(drawn(self._drawing, side, colours.color(self.foregroundRole())))
        self._is_tinting = False


class OwnerBand(Band):
    """Whose the unit is, over the whole width: nobody shall take a customer's part for one of ours."""

    def __init__(self) -> None:
        super().__init__("ownerBand", "unit")
        self.word = Value("ownerWord", 1.0, QFont.Weight.Bold)
        line = columns(self, spacing=1.2)
        space = gap(self)
        line.setContentsMargins(space * 2, space, space * 2, space)
        line.addWidget(self._picture)
        line.addWidget(self.word, 1)

    def show_owner(self, owner: str) -> None:
        """Ours, or the name of whom it belongs to."""
        is_ours = owner in ("", "own")
        self.word.setText(_("OURS") if is_ours else _("BELONGS TO {owner}").format(owner=seen(owner)))
        self.setAccessibleName(self.word.text())
        self.tint(Role.INFO if is_ours else Role.WARN)


class PastBand(Band):
    """Says loudly that the card shows the past, and leads back to now."""

    def __init__(self) -> None:
        super().__init__("pastBand", "undo")
        self.words = Sentence("pastWords", 1.0, QFont.Weight.Bold)
        self.back = CommandButton("backToNowButton", _("Back to now"), "back", "Ctrl+Shift+N")
        head = QWidget()
        line = columns(head, spacing=1.2)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        body = rows(self, margin=1.6)
        body.addWidget(head)
        body.addWidget(self.back)
        self.hide()

    def show_words(self, words: str) -> None:
        """Come up with these words; without any, go."""
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        if words:
            self.tint(Role.WARN)
