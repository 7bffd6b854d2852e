"""Master data by hand: parts, partners, places, orders and people, each found at the left and written at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSplitter

from dockmark.desks.master import EntryView, Form, Problem, Saved
from dockmark.record.refusal import Conflict, Refusal, Refused
from dockmark.ui.actions import Work, action
from dockmark.ui.cards import gap, rows
from dockmark.ui.late import Kit, LatePage
from dockmark.ui.master_dialogs import UnsavedDialog
from dockmark.ui.master_list import EntriesPanel
from dockmark.ui.master_sheet import EntrySheet, form_of, same
from dockmark.ui.master_withdraw import Withdrawing
from dockmark.ui.master_words import KINDS, new_words, title_words
from dockmark.ui.theme import Role
from dockmark.ui.words import _, said, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from dockmark.station.master import Listed, ToComplete
    from dockmark.ui.service import Service

NEW = "new"
_JUDGE_MS = 250


class MasterPage(LatePage):
    """`begin` takes `part:<id>`, `part:new`, a kind alone, or nothing."""

    def __init__(self, kit: Kit) -> None:
        super().__init__("masterPage", kit)
        self._kind = "part"
        self._view: EntryView | None = None
        self._saved: Saved | None = None
        self._waiting: Form | None = None
        """What was written in a window before this one, until its entry is read again."""
        self._before: Form | None = None
        self._is_saving = False
        self._then: Callable[[], None] | None = None
        self._to_complete: ToComplete | None = None
        self.entries = EntriesPanel()
        self.sheet = EntrySheet()
        self.title, self.state, self.history = self.sheet.title, self.sheet.state, self.sheet.history
        self.grid, self.lines, self.reason = self.sheet.grid, self.sheet.lines, self.sheet.reason
        self.new, self.undo, self.save = self.sheet.new, self.sheet.undo, self.sheet.save
        self.withdrawing = Withdrawing(self, self.kit.bridge)
        self._judging = QTimer(self)
        self._judging.setSingleShot(True)
        self._judging.setInterval(_JUDGE_MS)
        self._lay_out()
        self._connect()

    def attend(self, service: Service) -> None:
        """Work with that station from now on."""
        super().attend(service)
        self.withdrawing.service = service
        self._view = self._before = self._saved = None

    def begin(self, what: str = "") -> None:
        """The page came to the front: with that entry, an empty form, or what was open before."""
        kind, _colon, identity = what.partition(":")
        if kind in KINDS:
            self._leave(partial(self._go, kind, identity))
        elif self._view is None:
            self._go(self._kind, "")
        else:
            self._list()

    def heard(self, news: str, content: object) -> None:
        """Something was recorded: the list and the count may be others now."""
        if news == "ledger" and self.isVisible():
            self._list()

    def draft(self) -> dict[str, Any]:
        if not self.is_unsaved():
            return {}
        form = self._form()
        return {"kind": form.kind, "id": form.id, "values": form.values, "lines": form.lines, "reason": form.reason}

    def take_draft(self, told: dict[str, Any]) -> None:
        form = form_of(told)
        if form is not None:
            self._waiting = form
            self._go(form.kind, form.id)

    def step_back(self) -> bool:
        """Esc: asks where something is not saved."""
        if not self.is_unsaved():
            return False
        self._leave(self._forget_and_go_home)
        return True

    def is_unsaved(self) -> bool:
        """Whether something is written that is not recorded."""
        return self._before is not None and not same(self._form(), self._before)

    def _lay_out(self) -> None:
        split = QSplitter()
        split.setObjectName("masterSplit")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(gap(self) * 2)
        split.addWidget(self.entries)
        split.addWidget(self.sheet)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        letter = self.fontMetrics().averageCharWidth()
        split.setSizes([letter * 34, letter * 80])
        rows(self, margin=1.4).addWidget(split)

    def _connect(self) -> None:
        for button, work in (
            (self.new, Work(_("New entry"), "Ctrl+N", self._on_new)),
            (self.undo, Work(_("Undo what was saved last"), "Ctrl+Z", self._on_undo)),
            (self.save, Work(_("Save the entry"), "Ctrl+S", self._on_save)),
            (self.entries.complete, Work(_("Parts to be completed"), "Ctrl+J", self._on_to_complete)),
        ):
            action(self, button, work)
        self.entries.kind_chosen.connect(self._on_kind)
        self.entries.text_changed.connect(self._list)
        self.entries.chosen.connect(self._on_chosen)
        self.grid.changed.connect(self._on_changed)
        self.grid.entered.connect(self._on_last_field)
        self.lines.changed.connect(self._on_changed)
        self.lines.withdraw_wanted.connect(self._on_withdraw_wanted)
        self.withdrawing.done.connect(self._on_saved)
        self.withdrawing.failed.connect(self._on_failed)
        self.reason.textChanged.connect(self._on_changed)
        self.reason.returnPressed.connect(self._on_save)
        self._judging.timeout.connect(self._on_judge)

    # -- which entry ------------------------------------------------------------------------------------------------

    def _go(self, kind: str, identity: str) -> None:
        self._kind = kind
        self.entries.show_kind(kind)
        self._list()
        self._open(kind, identity or NEW)

    def _open(self, kind: str, identity: str) -> None:
        if self.service is not None:
            question = self.service.master.open(kind, identity)
            self.kit.bridge.ask(self, question, self._show, failed=self._on_failed, topic="open")

    def _list(self) -> None:
        if self.service is None:
            return
        text = self.entries.field.text()
        self.kit.bridge.ask(self, self.service.master.entries(self._kind, text), self._on_entries, topic="entries")
        self.kit.bridge.ask(self, self.service.master.to_complete(), self._on_count, topic="complete")

    def _on_entries(self, found: list[Listed]) -> None:
        self.entries.show_entries(found, self._view.id if self._view is not None else "")

    def _on_count(self, told: ToComplete) -> None:
        self._to_complete = told
        self.entries.show_to_complete(told)

    def _show(self, view: EntryView) -> None:
        self._view = view
        self.sheet.show_entry(view)
        self._before = self._form()
        waiting, self._waiting = self._waiting, None
        if waiting is not None and (waiting.kind, waiting.id) == (view.kind, view.id):
            self.sheet.write(waiting)
            self._judging.start()
        self.entries.mark(view.id)
        self._show_buttons()
        self.grid.begin()

    def _show_buttons(self) -> None:
        unsaved = self.is_unsaved()
        incomplete = self._view is not None and not self._view.complete
        self.save.setEnabled((unsaved or incomplete) and not self._is_saving)
        undoable = self._saved is not None and self._saved.kind != "operator"
        self.undo.setEnabled(undoable)
        what = seen(self._saved.title, 24) if undoable and self._saved is not None else ""
        self.undo.say(_("Undo {what}").format(what=what).strip(), "Ctrl+Z")

    def _on_kind(self, kind: str) -> None:
        self.entries.field.clear()
        self._leave(partial(self._go, kind, ""))

    def _on_chosen(self, identity: str) -> None:
        if self._view is None or identity != self._view.id:
            self._leave(partial(self._open, self._kind, identity))

    def _on_new(self) -> None:
        self._leave(partial(self._open, self._kind, NEW))

    def _on_to_complete(self) -> None:
        current = self._view.id if self._view is not None else ""
        parts = self._to_complete.parts if self._to_complete is not None else ()
        waiting = [each.id for each in parts if each.id != current]
        if waiting:
            self._leave(partial(self._go, "part", waiting[0]))

    # -- writing ----------------------------------------------------------------------------------------------------

    def _form(self) -> Form:
        view = self._view
        return self.sheet.form(view.kind, view.id) if view is not None else self.sheet.form(self._kind, "")

    def _on_changed(self) -> None:
        self._show_buttons()
        self._judging.start()

    def _on_last_field(self) -> None:
        self.sheet.go_on_from_last_field(self._kind)

    def _on_judge(self) -> None:
        if self.service is not None and self._view is not None:
            self.kit.bridge.ask(self, self.service.master.judge(self._form()), self._on_judged, topic="judge")

    def _on_judged(self, problems: list[Problem]) -> None:
        if not self.is_unsaved():
            return
        # An empty field is not called wrong while the form is being written; saving says it.
        self.sheet.show_problems([each for each in problems if each.code != "missing"])

    def _on_save(self) -> None:
        if self.service is None or self._is_saving or not self.save.isEnabled():
            return
        self._is_saving = True
        self._show_buttons()
        form = self._form()
        self.kit.bridge.ask(self, self.service.master.judge(form), partial(self._on_judged_to_save, form),
                            failed=self._on_failed)  # fmt: skip

    def _on_judged_to_save(self, form: Form, problems: list[Problem]) -> None:
        wrong = [each for each in problems if not each.warning]
        if wrong or self.service is None:
            self._is_saving = False
            self.sheet.show_problems(problems)
            self.state.say(_("Not saved: correct what is marked."))
            self.grid.begin(wrong[0].field if wrong and wrong[0].line < 0 else "")
            self._show_buttons()
            self._then = None
            return
        self.kit.bridge.ask(self, self.service.master.save(form), self._on_saved, failed=self._on_failed)

    def _on_saved(self, saved: Saved) -> None:
        self._is_saving = False
        self._saved = saved
        self._before = None
        then, self._then = self._then, None
        self._list()
        if then is not None:
            then()
        elif self.service is not None:
            words = _("{what} is saved.").format(what=title_words(saved.kind, saved.title))
            question = self.service.master.open(saved.kind, saved.id)
            self.kit.bridge.ask(self, question, partial(self._show_with, words), failed=self._on_failed, topic="open")

    def _show_with(self, words: str, view: EntryView) -> None:
        self._show(view)
        self.state.say(words, Role.OK)
        # Not into a field, which would take Ctrl+Z for its own text.
        self.new.setFocus()

    def _on_failed(self, trouble: BaseException) -> None:
        self._is_saving = False
        self._then = None
        if isinstance(trouble, Refusal):
            words = said(trouble.code.value, trouble.facts)
        elif isinstance(trouble, Conflict):
            words = said(Refused.BUSY.value)
        else:
            words = _("Something went wrong inside Dockmark: {what}").format(what=seen(str(trouble)))
            self.kit.bridge.troubled.emit(trouble)
        self.withdrawing.refuse(words)
        self.state.say(words)
        self._show_buttons()
        if isinstance(trouble, Refusal) and trouble.code is Refused.CORRECTION_NEEDS_REASON:
            self.reason.setFocus()

    def _on_undo(self) -> None:
        if self.service is not None and self._saved is not None:
            saved = self._saved
            question = self.service.master.undo(saved)
            self.kit.bridge.ask(self, question, partial(self._on_undone, saved), failed=self._on_failed)

    def _on_undone(self, saved: Saved, _event: str) -> None:
        self._saved = None
        self._before = None
        self._list()
        words = _("Undone: {what}").format(what=title_words(saved.kind, saved.title))
        if self.service is not None:
            question = self.service.master.open(saved.kind, NEW if saved.is_new else saved.id)
            self.kit.bridge.ask(self, question, partial(self._show_with, words), failed=self._on_failed, topic="open")

    def _on_withdraw_wanted(self, names: list[str]) -> None:
        if self._view is not None and self._view.id:
            self.withdrawing.ask(self._view, names)

    # -- leaving ----------------------------------------------------------------------------------------------------

    def _leave(self, then: Callable[[], None]) -> None:
        """Goes on at once, or asks first what to do with what is not saved."""
        if not self.is_unsaved() or self._view is None:
            then()
            return
        view = self._view
        dialog = UnsavedDialog(self, title_words(view.kind, view.title) if view.id else new_words(view.kind))
        dialog.finished.connect(dialog.deleteLater)
        dialog.save_wanted.connect(partial(self._save_and, then))
        dialog.leave_wanted.connect(partial(self._drop_and, then))
        dialog.rejected.connect(partial(self.entries.show_kind, self._kind))
        dialog.ask()

    def _save_and(self, then: Callable[[], None]) -> None:
        self._then = then
        self._on_save()

    def _drop_and(self, then: Callable[[], None]) -> None:
        self._before = None
        then()

    def _forget_and_go_home(self) -> None:
        self._view = None
        self._before = None
        self.page_wanted.emit("receiving", "")
