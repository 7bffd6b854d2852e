"""The form of one entry of the master data: its fields and lines, the reason, its history, and what can be done."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from dockmark.desks.master import EntryView, Form, Problem
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import TallScroll, columns, rows
from dockmark.ui.import_file_step import TroubleLine
from dockmark.ui.labels import Caption, Field, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.master_form import FieldGrid
from dockmark.ui.master_lines import LinesPanel
from dockmark.ui.master_words import KINDS, new_words, past_below, past_title, title_words
from dockmark.ui.theme import Role
from dockmark.ui.words import _


class EntrySheet(QWidget):
    """Shows an entry and reads what was written; it asks nothing and records nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Sentence("masterTitle", 1.25, QFont.Weight.DemiBold)
        self.state = TroubleLine("masterState")
        self.grid = FieldGrid("master", 2)
        self.lines = LinesPanel()
        self.reason = Field("masterReason", _("Reason"), _("needed where something is corrected"))
        self.history = EntryList("masterHistory", _("History of this entry"), acted_on=False)
        self.new = CommandButton("masterNewButton", _("New"), "new", "Ctrl+N")
        self.undo = CommandButton("masterUndoButton", _("Undo"), "undo", "Ctrl+Z")
        self.save = CommandButton("masterSaveButton", _("Save"), "accept", "Ctrl+S", main=True)
        self._history_caption = Caption(_("History of this entry"), self.history)
        self._reason_caption = Caption(_("Reason"), self.reason)
        self._lay_out()
        self.grid.reached.connect(self._on_reached)
        self.lines.grid.reached.connect(self._on_reached)

    def show_entry(self, view: EntryView) -> None:
        """Show that entry as it is recorded, or an empty form."""
        is_new = not view.id
        self.title.setText(new_words(view.kind) if is_new else title_words(view.kind, view.title))
        self.state.say("" if view.complete else _("Made from a scan: look at it and complete it."), Role.WARN)
        self.grid.show_fields(view.kind, view.fields)
        self.grid.fill(view.values, is_new=is_new)
        self.lines.setVisible(view.kind == "order")
        if view.kind == "order":
            self.lines.show_order(view)
        self.reason.clear()
        for widget in (self.reason, self._reason_caption, self.history, self._history_caption):
            widget.setVisible(not is_new)
        self.history.show_entries([Entry(past.id, past_title(past), past_below(past)) for past in view.history])

    def form(self, kind: str, identity: str) -> Form:
        """What is written, as an entry of that kind."""
        lines = self.lines.lines() if kind == "order" else ()
        return Form(kind=kind, id=identity, values=self.grid.values(), lines=lines, reason=self.reason.text().strip())

    def write(self, form: Form) -> None:
        """Write into the fields what somebody wrote before."""
        self.grid.fill(self.grid.values() | dict(form.values), is_new=not form.id)
        if form.kind == "order":
            self.lines.write(form.lines)
        self.reason.setText(form.reason)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark what is wrong where it is written."""
        self.grid.show_problems(each for each in problems if each.line < 0)
        self.lines.show_problems(each for each in problems if each.line >= 0)

    def go_on_from_last_field(self, kind: str) -> None:
        """Enter in the last field: to the lines, the reason, or the button."""
        if kind == "order":
            self.lines.grid.begin("part_number")
        elif self.reason.isVisible():
            self.reason.setFocus()
        else:
            self.save.setFocus()

    def _lay_out(self) -> None:
        content = QWidget()
        body = rows(content, spacing=1.2)
        for widget in (self.grid, self.lines, self._history_caption, self.history):
            body.addWidget(widget)
        body.addStretch(1)
        self.history.setMinimumHeight(self.fontMetrics().height() * 9)
        foot = QWidget()
        line = columns(foot)
        line.addWidget(self.new)
        line.addWidget(self.undo)
        line.addStretch(1)
        line.addWidget(self.save)
        why = QWidget()
        across = columns(why)
        across.addWidget(self._reason_caption)
        across.addWidget(self.reason, 1)
        self._scroll = TallScroll("masterScroll", content)
        right = rows(self)
        right.addWidget(self.title)
        right.addWidget(self.state)
        right.addWidget(self._scroll, 1)
        right.addWidget(why)
        right.addWidget(foot)

    def _on_reached(self, editor: QWidget) -> None:
        room = self.fontMetrics().height() * 3
        self._scroll.ensureWidgetVisible(editor, room, room)


def form_of(told: dict[str, Any]) -> Form | None:
    """The form that plain values tell of; None where they tell of none."""
    kind, identity, values, lines = (told.get(name) for name in ("kind", "id", "values", "lines"))
    if kind not in KINDS or not isinstance(identity, str) or not isinstance(values, dict):
        return None
    written = tuple(_texts(line) for line in lines if isinstance(line, dict)) if isinstance(lines, list) else ()
    return Form(kind=kind, id=identity, values=_texts(values), lines=written, reason=str(told.get("reason") or ""))


def _texts(told: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(text) for name, text in told.items()}


def same(one: Form, other: Form) -> bool:
    """Whether two forms say the same; fields that are empty in both, or missing in one, do not differ."""
    return _told(one) == _told(other)


def _told(form: Form) -> tuple[object, ...]:
    values = {name: text for name, text in form.values.items() if text}
    lines = tuple({name: text for name, text in line.items() if text} for line in form.lines)
    return form.kind, form.id, values, lines
