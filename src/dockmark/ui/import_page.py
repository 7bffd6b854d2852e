"""The import wizard: file, columns, check, result. Going back keeps what was chosen."""

from __future__ import annotations

from concurrent.futures import CancelledError
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from dockmark.desks.importing import Cancelled
from dockmark.record.refusal import Conflict, Refusal, Refused
from dockmark.station.imports import ImportProgress
from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.import_check_step import CheckStep
from dockmark.ui.import_columns_step import ColumnsStep
from dockmark.ui.import_file_step import FileStep
from dockmark.ui.import_result_step import ResultStep
from dockmark.ui.import_steps import StepBar, StepStack
from dockmark.ui.import_undo_dialog import ImportUndoDialog
from dockmark.ui.import_words import things_words, trouble_words
from dockmark.ui.late import Kit, LatePage
from dockmark.ui.open_dialog import choose_path
from dockmark.ui.theme import Role
from dockmark.ui.words import _, said, seen

if TYPE_CHECKING:
    from dockmark.desks.importing.looking import FileLook
    from dockmark.desks.importing.preview import Preview
    from dockmark.desks.importing.undoing import UndoPlan
    from dockmark.desks.importing.verdicts import ImportResult
    from dockmark.exchange.mapping import Mapping
    from dockmark.station.imports import ImportLine
    from dockmark.ui.service import Service

FILE, COLUMNS, CHECK, RESULT = range(4)


class ImportPage(LatePage):
    """Four steps on one page. `begin` takes the path of a file that was dropped on the window."""

    def __init__(self, kit: Kit) -> None:
        super().__init__("importPage", kit)
        self._look: FileLook | None = None
        self._step = FILE
        self._waiting: dict[str, str] = {}
        """The columns chosen in a window before this one, until their file is read again."""
        self._is_judged = False
        self._is_recording = False
        self._dialog: ImportUndoDialog | None = None
        self.steps = StepBar("import", (_("File"), _("Columns"), _("Check"), _("Result")))
        self.file = FileStep()
        self.columns = ColumnsStep()
        self.check = CheckStep(kit.bridge)
        self.result = ResultStep()
        self.back = CommandButton("importBackButton", _("Back"), "back", "Alt+Left")
        self.next = CommandButton("importNextButton", _("Next"), "accept", "Ctrl+Enter", main=True)
        self._lay_out()
        self._connect()
        self._show_step(FILE)

    def attend(self, service: Service) -> None:
        """Work with that station from now on; what was judged against another one is forgotten."""
        super().attend(service)
        self.check.attend(service)
        self._look = None
        self._is_judged = False
        self._show_step(FILE)
        self._list_imports()

    def begin(self, what: str = "") -> None:
        """The page came to the front; a path is looked at at once, unless a file is being recorded."""
        self._list_imports()
        if what and not self._is_recording:
            self.file.field.setText(what)
            self._on_chosen(Path(what))
        else:
            self._focus()

    def heard(self, news: str, content: object) -> None:
        """How far a file is, and that something was recorded."""
        if news == "import" and isinstance(content, ImportProgress):
            self.check.show_progress(content)
            if self._is_recording:
                self.result.show_progress(content)
        elif news == "ledger" and self.isVisible():
            self._list_imports()

    def draft(self) -> dict[str, Any]:
        if self._look is None or self._step not in (COLUMNS, CHECK) or self._is_recording:
            return {}
        return {"file": str(self._look.path), "kind": self._look.kind, "columns": self.columns.columns()}

    def take_draft(self, told: dict[str, Any]) -> None:
        """The file is looked at again: it may be another one by now, or gone."""
        columns = told.get("columns")
        if self.service is None or not isinstance(told.get("file"), str):
            return
        self._waiting = {str(field): str(name) for field, name in columns.items()} if isinstance(columns, dict) else {}
        path = Path(told["file"])
        self.file.field.setText(str(path))
        question = self.service.imports.look(path, str(told.get("kind") or ""))
        self.kit.bridge.ask(self, question, self._on_looked, failed=self._on_look_failed, topic="look")

    def step_back(self) -> bool:
        """Esc: cancels what is under way, else goes a step back."""
        if self._is_recording or (self._step == CHECK and not self._is_judged):
            self._on_cancel()
            return True
        if self._step in (COLUMNS, CHECK):
            self._on_back()
            return True
        return False

    # -- how it stands ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._stack = StepStack()
        self._stack.setObjectName("importStack")
        for step in (self.file, self.columns, self.check, self.result):
            self._stack.addWidget(step)
        foot = QWidget()
        line = columns(foot)
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.check.save)
        line.addWidget(self.check.good_only)
        line.addWidget(self.next)
        whole = rows(self, margin=1.6, spacing=1.2)
        whole.addWidget(self.steps)
        whole.addWidget(self._stack, 1)
        whole.addWidget(foot)

    def _connect(self) -> None:
        for button, work in (
            (self.back, Work(_("Back"), "Alt+Left", self._on_back)),
            (self.next, Work(_("Next"), "Ctrl+Return", self._on_next)),
        ):
            action(self, button, work)
        action(self, None, Work(_("Next step"), "Ctrl+Enter", self._on_next))
        self.steps.chosen.connect(self._on_step)
        self.file.chosen.connect(self._on_chosen)
        self.file.undo_wanted.connect(self._on_undo_wanted)
        self.columns.kind_chosen.connect(self._on_kind)
        self.columns.changed.connect(self._on_mapping)
        self.check.cancelled.connect(self._on_cancel)
        self.check.save_wanted.connect(self._on_save_wanted)
        self.check.good_only_wanted.connect(self._on_good_only)
        self.result.cancelled.connect(self._on_cancel)
        self.result.another_wanted.connect(self._on_another)
        self.result.undo_wanted.connect(self._on_undo_wanted)

    def _show_step(self, step: int) -> None:
        self._step = step
        self._stack.show_step(step)
        reachable = [FILE] + ([COLUMNS, CHECK] if self._look is not None and not self.columns.missing_fields() else [])
        if self._look is not None:
            reachable.append(COLUMNS)
        locked = self._is_recording or step == RESULT
        self.steps.show_step(step, [] if self._is_recording else [FILE] if locked else reachable)
        self.back.setVisible(step in (COLUMNS, CHECK))
        self.next.setVisible(step in (COLUMNS, CHECK))
        self._show_next()

    def _show_next(self) -> None:
        mended = self._step == CHECK and self.check.bad > 0
        self.check.save.setVisible(mended)
        self.check.good_only.setVisible(mended)
        if self._step == COLUMNS:
            self.next.say(_("Check the rows"))
            self.next.setEnabled(self._look is not None and not self.columns.missing_fields())
        elif self._step == CHECK:
            done = self.check.preview.result if self.check.preview is not None else None
            self.next.say(_("Record the file"))
            self.next.setEnabled(done is not None and self.check.can_record())
            self.next.setVisible(done is None or not done.bad)

    def _focus(self) -> None:
        if self._step == FILE:
            self.file.begin()
        elif self._step == COLUMNS:
            self.columns.begin()
        elif self._step == CHECK:
            self.check.table.setFocus()

    # -- step by step -----------------------------------------------------------------------------------------------

    def _on_chosen(self, path: object) -> None:
        if self.service is None or not isinstance(path, Path):
            return
        self.file.trouble.say(_("Opening {file} …").format(file=seen(path.name)), Role.INFO)
        self.kit.bridge.ask(
            self, self.service.imports.look(path), self._on_looked, failed=self._on_look_failed, topic="look"
        )

    def _on_looked(self, look: FileLook) -> None:
        self.file.trouble.say("")
        self._look = look
        self._is_judged = False
        self.columns.show_look(look)
        waiting, self._waiting = self._waiting, {}
        if waiting:
            self.columns.choose(waiting)
        self._show_step(COLUMNS)
        self.columns.begin()

    def _on_look_failed(self, trouble: BaseException) -> None:
        self._look = None
        self._show_step(FILE)
        self.file.trouble.say(self._words_of(trouble))
        self.file.begin()

    def _on_kind(self, kind: str) -> None:
        if self.service is not None and self._look is not None:
            question = self.service.imports.look(self._look.path, kind)
            self.kit.bridge.ask(self, question, self._on_looked, failed=self._on_look_failed, topic="look")

    def _on_mapping(self) -> None:
        self._is_judged = False
        self._show_step(COLUMNS)

    def _on_next(self) -> None:
        if self._step == COLUMNS and self.next.isEnabled():
            self._judge()
        elif self._step == CHECK and self.check.can_record():
            self._record(skip_bad=False)

    def _judge(self) -> None:
        if self._is_judged:
            self._show_step(CHECK)
            self.check.table.setFocus()
            return
        if self.service is None or self._look is None:
            return
        self._forget()
        self._show_step(CHECK)
        self.check.show_judging()
        self._show_next()
        question = self.service.imports.judge(self._look.path, self._look.kind, self._mapping())
        self.kit.bridge.ask(self, question, self._on_judged, failed=self._on_judge_failed, topic="judge")

    def _mapping(self) -> Mapping | None:
        from dockmark.desks.importing.looking import remapped

        if self._look is None or not self._look.kinds:
            return None
        return remapped(self._look.tables[0], self.columns.columns())

    def _on_judged(self, preview: Preview) -> None:
        self._is_judged = True
        self.check.show_preview(preview)
        self._show_next()

    def _on_judge_failed(self, trouble: BaseException) -> None:
        if isinstance(trouble, Cancelled):
            self._show_step(COLUMNS)
            self.columns.begin()
            return
        self.check.show_trouble(self._words_of(trouble))
        self._is_judged = True
        self._show_next()

    def _on_good_only(self) -> None:
        self._record(skip_bad=True)

    def _record(self, *, skip_bad: bool) -> None:
        if self.service is None or self._look is None or self._is_recording:
            return
        self._is_recording = True
        self.result.show_recording(self._look.path.name)
        self._show_step(RESULT)
        self.result.stop.setFocus()
        question = self.service.imports.record(self._look.path, self._look.kind, self._mapping(), skip_bad=skip_bad)
        self.kit.bridge.ask(self, question, self._on_recorded, failed=self._on_record_failed)

    def _on_recorded(self, result: ImportResult) -> None:
        self._end_recording()
        assert self._look is not None, "a file was recorded"
        self.result.show_result(result, self._look.path.name)

    def _on_record_failed(self, trouble: BaseException) -> None:
        self._end_recording()
        cancelled = isinstance(trouble, Cancelled)
        self.result.show_trouble(_("Cancelled. The depot is as it was.") if cancelled else self._words_of(trouble))

    def _end_recording(self) -> None:
        self._is_recording = False
        self._is_judged = False
        self._forget()
        self._show_step(RESULT)
        self._list_imports()

    def _on_cancel(self) -> None:
        if self.service is not None:
            self.service.imports.cancel()
            if self._is_recording:
                self.result.show_cancelling()

    def _on_another(self) -> None:
        self._look = None
        self.file.field.clear()
        self._show_step(FILE)
        self._focus()

    def _on_back(self) -> None:
        self._on_step(self._step - 1)

    def _on_step(self, step: int) -> None:
        if step == CHECK and self._step == COLUMNS:
            self._judge()
            return
        self._show_step(step)
        self._focus()

    def _forget(self) -> None:
        preview, self.check.preview = self.check.preview, None
        self.check.model.show_preview(None)
        if preview is not None and self.service is not None:
            self.service.imports.forget(preview)

    # -- bad rows ---------------------------------------------------------------------------------------------------

    def _on_save_wanted(self) -> None:
        if self.check.preview is not None:
            proposed = str(self.check.preview.bad_file())
            choose_path(self, _("Save the bad rows"), "", self._on_save_path, save=proposed)

    def _on_save_path(self, path: str) -> None:
        if self.service is not None and self.check.preview is not None:
            question = self.service.imports.save_bad(self.check.preview, Path(path))
            self.kit.bridge.ask(self, question, self._on_saved, failed=self._on_save_failed)

    def _on_saved(self, written: list[Path]) -> None:
        names = ", ".join(seen(str(path)) for path in written)
        self.check.say(_("The bad rows are saved in {file}.").format(file=names))

    def _on_save_failed(self, trouble: BaseException) -> None:
        self.check.say(self._words_of(trouble))

    # -- imports before ---------------------------------------------------------------------------------------------

    def _list_imports(self) -> None:
        if self.service is not None:
            self.kit.bridge.ask(self, self.service.imports.imports(), self._on_imports, topic="imports")

    def _on_imports(self, lines: list[ImportLine]) -> None:
        self.file.show_imports(lines)

    def _on_undo_wanted(self, import_id: str) -> None:
        if self.service is not None:
            question = self.service.imports.plan_undo(import_id)
            self.kit.bridge.ask(self, question, self._on_plan, failed=self._on_undo_failed, topic="plan")

    def _on_plan(self, plan: UndoPlan) -> None:
        self._dialog = ImportUndoDialog(self, plan)
        self._dialog.finished.connect(self._dialog.deleteLater)
        self._dialog.confirmed.connect(self._on_undo_confirmed)
        self._dialog.ask()

    def _on_undo_confirmed(self, import_id: str, reason: str) -> None:
        if self.service is not None:
            question = self.service.imports.undo(import_id, reason)
            self.kit.bridge.ask(self, question, self._on_undone, failed=self._on_undo_failed)

    def _on_undone(self, plan: UndoPlan) -> None:
        if self._dialog is not None:
            self._dialog.accept()
            self._dialog = None
        words = _("{file} is undone. Withdrawn: {things}.").format(
            file=seen(plan.file), things=things_words(plan.withdrawn)
        )
        if plan.kept:
            words += " " + _("What was used stays: {things}.").format(things=things_words(plan.kept))
        self._show_step(FILE)
        self.file.trouble.say(words, Role.OK)
        self._list_imports()

    def _on_undo_failed(self, trouble: BaseException) -> None:
        words = self._words_of(trouble)
        if self._dialog is not None:
            self._dialog.refuse(words)
        elif self._step == RESULT:
            self.result.verdict.say(words, Role.WARN)
        else:
            self.file.trouble.say(words)

    def _words_of(self, trouble: BaseException) -> str:
        """What went wrong, in words; a bug is told as one."""
        if isinstance(trouble, Refusal):
            return trouble_words(trouble.facts) if trouble.code is Refused.BAD_FILE else said(
                trouble.code.value, trouble.facts
            )  # fmt: skip
        if isinstance(trouble, Conflict):
            return said(Refused.BUSY.value)
        if not isinstance(trouble, CancelledError):
            self.kit.bridge.troubled.emit(trouble)
        return _("Something went wrong inside Dockmark: {what}").format(what=seen(str(trouble)))
