"""What has to be known while work goes on: a line at the top for each, never a dialog, so that no scan waits for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, columns, gap, rows
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Sentence
from dockmark.ui.theme import Role
from dockmark.ui.words import _

_SHAPES: Final = {Role.STOP: "stop", Role.WARN: "warn", Role.INFO: "info", Role.OK: "ok"}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know: how grave it is, what it is, and perhaps what can be done about it."""

    role: Role
    words: str
    act: str = ""
    do: Callable[[], None] | None = None
    may_close: bool = True
    other: str = ""
    do_other: Callable[[], None] | None = None
    """A second thing that can be done."""


class _Line(Card):
    """One notice."""

    def __init__(self, key: str, close: Callable[[], None]) -> None:
        super().__init__(f"notice_{key}")
        self._role = Role.INFO
        self._do: Callable[[], None] | None = None
        self._do_other: Callable[[], None] | None = None
        self._picture = QLabel()
        self.words = Sentence(f"noticeWords_{key}", 1.0, QFont.Weight.DemiBold)
        self.act = CommandButton(f"noticeAct_{key}", "…")
        self.other = CommandButton(f"noticeOther_{key}", "…")
        self.close_ = CommandButton(f"noticeClose_{key}", _("Close"), "back")
        line = columns(self, margin=0.8, spacing=1.2)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.words, 1)
        line.addWidget(self.act)
        line.addWidget(self.other)
        line.addWidget(self.close_)
        self.act.clicked.connect(self._on_act)
        self.other.clicked.connect(self._on_other)
        self.close_.clicked.connect(close)

    def show_notice(self, notice: Notice) -> None:
        """Show it; a listening user hears it too."""
        self._role, self._do, self._do_other = notice.role, notice.do, notice.do_other
        if self.words.text() != notice.words:
            self.words.setText(notice.words)
            self.setAccessibleName(notice.words)
        if notice.act:
            self.act.say(notice.act)
        self.act.setVisible(notice.do is not None)
        self.other.say(notice.other or "…")
        self.other.setVisible(notice.do_other is not None)
        self.close_.setVisible(notice.may_close)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "close_"):
            self._tint()

    def _tint(self) -> None:
        side = round(self.fontMetrics().height() * 1.4)
        self._picture.setPixmap(status_shape(_SHAPES[self._role], self._role, side, self.palette()))
        self.mark(self._role)

    def _on_act(self) -> None:
        if self._do is not None:
            self._do()

    def _on_other(self) -> None:
        if self._do_other is not None:
            self._do_other()


class Notices(QWidget):
    """The lines, the gravest first. A key stands for what it is about: a newer notice of it takes its place."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notices")
        self.setAccessibleName(_("Notices"))
        self._shown: dict[str, Notice] = {}
        self._lines: dict[str, _Line] = {}
        self._rows = rows(self, spacing=0.6)
        space = gap(self)
        self._rows.setContentsMargins(space // 2, space // 2, space // 2, 0)
        self.hide()

    def say(self, key: str, notice: Notice) -> None:
        """Show it, until it is closed or taken back."""
        self._shown[key] = notice
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line(key, lambda: self.take_back(key))
        line.show_notice(notice)
        self._order()

    def take_back(self, key: str) -> None:
        """It is so no longer, or somebody has read it."""
        if self._shown.pop(key, None) is not None:
            line = self._lines.pop(key)
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
            self._order()

    def has(self, key: str) -> bool:
        """Whether it is shown."""
        return key in self._shown

    def _order(self) -> None:
        grave = [Role.STOP, Role.WARN, Role.INFO, Role.OK]
        keys = sorted(self._shown, key=lambda key: grave.index(self._shown[key].role))
        for place, key in enumerate(keys):
            self._rows.insertWidget(place, self._lines[key])
            self._lines[key].show()
        self.setVisible(bool(keys))
