"""The lines of an order: a list, and below it the fields of the line that is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.master_form import FieldGrid
from dockmark.ui.words import _, ngettext, number, seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dockmark.desks.master import EntryView, OrderLineView, Problem


class LinesPanel(Card):
    """Lines are added, corrected, and said not to come."""

    changed = Signal()
    withdraw_wanted = Signal(list)  # names of lines; none for all

    def __init__(self) -> None:
        super().__init__("masterLines")
        self._known: tuple[OrderLineView, ...] = ()
        self._texts: list[dict[str, str]] = []
        self._current = -1
        self._problems: dict[int, list[Problem]] = {}
        self.list = EntryList("masterLineList", _("Lines of the order"), acted_on=False)
        self.empty = Sentence("masterLinesEmpty")
        self.empty.setText(_("Add the first line."))
        self.grid = FieldGrid("masterLine", 4)
        self.add = CommandButton("masterAddLineButton", _("Add a line"), "new", "Ctrl+Enter")
        self.drop = CommandButton("masterDropLineButton", _("Leave this line out"), "skip", "Ctrl+Shift+Del")
        self.withdraw = CommandButton("masterWithdrawButton", _("Will not come …"), "damaged", "Ctrl+E")
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.grid.changed.connect(self._on_changed)
        self.grid.entered.connect(self._on_add)
        for button, work in (
            (self.add, Work(_("Add a line"), "Ctrl+Return", self._on_add)),
            (self.drop, Work(_("Leave this line out"), "Ctrl+Shift+Del", self._on_drop)),
            (self.withdraw, Work(_("What has not come will not come"), "Ctrl+E", self._on_withdraw)),
        ):
            action(self, button, work)

    def show_order(self, view: EntryView) -> None:
        """The lines of that order."""
        self._known = view.lines
        self._texts = [dict(line.values) for line in view.lines]
        self._problems = {}
        self.grid.show_fields("line", view.line_fields)
        if not self._texts:
            self._texts.append({})
        self._choose(0)

    def write(self, lines: Sequence[Mapping[str, str]]) -> None:
        """Write these over the lines that are shown, and the rest behind them."""
        shown = self._texts[: len(self._known)]
        told = [known | dict(line) for known, line in zip(shown, lines, strict=False)]
        self._texts = [*told, *shown[len(told) :], *(dict(line) for line in lines[len(shown) :])] or [{}]
        self._choose(max(0, len(self._texts) - 1))

    def lines(self) -> tuple[dict[str, str], ...]:
        """The lines as they are written now; a new one that is empty is none."""
        told = [{name: text for name, text in line.items() if text} for line in self._texts]
        return tuple(line for place, line in enumerate(told) if line or place < len(self._known))

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """What is wrong with the lines."""
        self._problems = {}
        for problem in problems:
            self._problems.setdefault(problem.line, []).append(problem)
        self._list()
        self.grid.show_problems(self._problems.get(self._current, ()))

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons, gap(self))
        for button in (self.add, self.drop, self.withdraw):
            flow.addWidget(button)
        whole = rows(self, margin=1.2)
        whole.addWidget(Caption(_("Lines of the order"), self.list))
        for widget in (self.list, self.empty, self.grid, buttons):
            whole.addWidget(widget)

    def _list(self) -> None:
        self.list.selectionModel().blockSignals(True)
        self.list.show_entries([Entry(str(place), *self._words(place)) for place in range(len(self._texts))])
        self.list.setCurrentIndex(self.list.model().index(self._current, 0))
        self.list.selectionModel().blockSignals(False)
        self.list.viewport().update()
        height = max(self.list.sizeHintForRow(0), 1) * min(max(len(self._texts), 1), 5)
        self.list.setFixedHeight(height + 2 * self.list.frameWidth())
        self.empty.setVisible(not any(self._texts))

    def _words(self, place: int) -> tuple[str, str]:
        line = self._texts[place]
        pieces = f"{seen(line.get('part_number', '') or '…')} × {line.get('quantity', '') or '…'}"
        title = " · ".join(filter(None, (seen(line.get("line", "")), pieces)))
        told = [line.get("promised", "")]
        if place < len(self._known):
            known = self._known[place]
            came = ngettext("{count} piece came", "{count} pieces came", known.received)
            told.append(came.format(count=number(known.received)) if known.received else _("nothing came yet"))
            if known.withdrawn:
                told.append(_("what is missing will not come"))
        else:
            told.append(_("new line"))
        if any(not problem.warning for problem in self._problems.get(place, ())):
            told.append(_("something is wrong here"))
        return title, " · ".join(filter(None, told))

    def _choose(self, place: int) -> None:
        self._current = place
        self._list()
        self._show_current()

    def _show_current(self) -> None:
        place = self._current
        shown = 0 <= place < len(self._texts)
        self.grid.setVisible(shown)
        is_new = place >= len(self._known)
        if shown:
            self.grid.fill(self._texts[place], is_new=is_new)
            self.grid.show_problems(self._problems.get(place, ()))
        self.drop.setEnabled(shown and is_new and len(self._texts) > 1)
        self.withdraw.setEnabled(any(_is_open(line) for line in self._known))

    def _on_current(self) -> None:
        key = self.list.current_key()
        if key and int(key) != self._current:
            self._current = int(key)
            self._show_current()

    def _on_changed(self) -> None:
        if 0 <= self._current < len(self._texts):
            self._texts[self._current] = self.grid.values()
            self._list()
            self.changed.emit()

    def _on_add(self) -> None:
        if self._texts and not any(self._texts[-1].values()):
            self._choose(len(self._texts) - 1)
        else:
            self._texts.append({})
            self._choose(len(self._texts) - 1)
            self.changed.emit()
        self.grid.begin("part_number")

    def _on_drop(self) -> None:
        if self._current >= len(self._known) and len(self._texts) > 1:
            del self._texts[self._current]
            self._choose(max(0, self._current - 1))
            self.changed.emit()

    def _on_withdraw(self) -> None:
        place = self._current
        one = place < len(self._known) and _is_open(self._known[place])
        self.withdraw_wanted.emit([self._known[place].values["line"]] if one else [])


def _is_open(line: OrderLineView) -> bool:
    quantity = line.values.get("quantity", "")
    return not line.withdrawn and quantity.isdigit() and int(quantity) > line.received
