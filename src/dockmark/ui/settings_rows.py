"""What the settings are made of: rows in sections. A row says what it is, what it does, and whether it was changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Headline, Sentence
from dockmark.ui.one_of import OneOf
from dockmark.ui.service import Service
from dockmark.ui.theme import Role
from dockmark.ui.words import _


@dataclass(frozen=True, slots=True)
class Change:
    """One change that was made: what of, and how it is taken back."""

    says: str
    back: Callable[[], None]


class Shaped(QWidget):
    """A shape and a word: what stands with a row, never by colour alone."""

    def __init__(self, name: str, role: Role, shape: str) -> None:
        super().__init__()
        self._role, self._shape = role, shape
        self._picture = QLabel()
        self.words = Sentence(name, 0.95, QFont.Weight.DemiBold)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(gap(self) // 2)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Say that, or be gone."""
        self.words.setText(text)
        self._tint()
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "words"):
            self._tint()

    def _tint(self) -> None:
        side = self.fontMetrics().height()
        self._picture.setPixmap(status_shape(self._shape, self._role, side, self.palette()))


class Row(QWidget):
    """One setting: name and explanation at the left, what changes it at the right, or below where it is narrow."""

    def __init__(self, name: str, title: str, words: str, control: QWidget, *, also: str = "") -> None:
        super().__init__()
        self.setObjectName(f"settingRow_{name}")
        self.title = title
        self.control = control
        self._found_by = f"{title} {words} {also}".casefold()
        self.mark_ = Shaped(f"settingMark_{name}", Role.INFO, "info")
        self.trouble = Shaped(f"settingTrouble_{name}", Role.STOP, "refused")
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap(self) * 2)
        self._line.addWidget(self._told(name, title, words), 4)
        self._line.addWidget(self._doing(control), 5)

    def mark(self, text: str) -> None:
        """Say how it differs from what it was, or nothing."""
        self.mark_.say(text)

    def complain(self, text: str) -> None:
        """Say why what stands there cannot be taken, or nothing."""
        self.trouble.say(text)

    def matches(self, words: list[str]) -> bool:
        """Whether every one of these words stands in it."""
        return all(word in self._found_by for word in words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.fontMetrics().averageCharWidth() * 80
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._line.direction() is not way:
            self._line.setDirection(way)
            self._line.setSpacing(gap(self) * 2 if wide else gap(self) // 2)

    def _told(self, name: str, title: str, words: str) -> QWidget:
        told = QWidget()
        body = rows(told, spacing=0.3)
        head = Sentence(f"settingTitle_{name}", 1.0, QFont.Weight.DemiBold)
        head.setText(title)
        text = Sentence(f"settingWords_{name}", 0.95)
        text.setText(words)
        text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for widget in (head, text, self.mark_):
            body.addWidget(widget)
        body.addStretch(1)
        return told

    def _doing(self, control: QWidget) -> QWidget:
        doing = QWidget()
        body = rows(doing, spacing=0.5)
        body.addWidget(control)
        body.addWidget(self.trouble)
        body.addStretch(1)
        return doing


class Choices(QWidget):
    """A few buttons of which one is chosen; they break into more rows where it is narrow."""

    chosen = Signal(str)

    def __init__(self, name: str, title: str, options: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._group = OneOf(self)
        self.buttons: dict[str, CommandButton] = {}
        flow = FlowLayout(self, gap(self))
        for value, says in options.items():
            button = CommandButton(f"{name}_{value or 'own'}", says)
            button.setAccessibleDescription(title)
            button.setCheckable(True)
            self._group.addButton(button)
            self.buttons[value] = button
            flow.addWidget(button)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def value(self) -> str:
        """What is chosen."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), "")

    def show_value(self, value: str) -> None:
        """Show what is chosen, without telling anybody."""
        if (button := self.buttons.get(value)) is not None:
            button.setChecked(True)

    def _on_clicked(self, _button: object) -> None:
        self.chosen.emit(self.value)


class Section(Card):
    """Settings that belong together."""

    changed = Signal(object)  # Change

    def __init__(self, name: str, title: str, words: str = "") -> None:
        super().__init__(f"settingsSection_{name}")
        self.setAccessibleName(title)
        self.title = title
        self.rows: list[Row] = []
        self.service: Service | None = None
        self.body = rows(self, margin=2, spacing=1.8)
        self.body.addWidget(Headline(title, 1.15))
        if words:
            told = Sentence(f"settingsSectionWords_{name}", 0.95)
            told.setText(words)
            told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            self.body.addWidget(told)

    def add(self, row: Row) -> Row:
        """Add a setting below the others."""
        self.rows.append(row)
        self.body.addWidget(row)
        return row

    def attend(self, service: Service) -> None:
        """Work with that station from now on."""
        self.service = service

    def begin(self) -> None:
        """The page came to the front: show what is true now."""

    def heard(self, news: str, content: object) -> None:
        """The station told something."""

    def show_matching(self, words: list[str]) -> bool:
        """Show only the rows in which these words stand, or all where they name the section; whether any is left."""
        whole = all(word in self.title.casefold() for word in words)
        found = [row for row in self.rows if whole or row.matches(words)]
        for row in self.rows:
            row.setVisible(row in found)
        self.setVisible(bool(found))
        return bool(found)


def not_default(is_default: bool) -> str:
    """The mark of a setting that somebody changed."""
    return "" if is_default else _("Changed")
