"""Settings that are recorded: edited first, then saved together with a reason, so that it is known later why."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from dockmark.record.refusal import Refusal
from dockmark.ui.actions import key_for
from dockmark.ui.bridge import Bridge
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Field, Sentence
from dockmark.ui.service import Service
from dockmark.ui.settings_rows import Change, Row, Section
from dockmark.ui.words import _, said

Told = dict[str, str]


_KEYS: Final = {"station": ("F10", "F11"), "company": ("Ctrl+S", "Ctrl+R")}
"""By name of the section: the keys that save and discard."""


class RecordedSection(Section):
    """Shows what was told last; a row that was edited says so until it is saved or given up."""

    def __init__(self, name: str, title: str, words: str, bridge: Bridge) -> None:
        super().__init__(name, title, words)
        self._name = name
        self._bridge = bridge
        self._known: Told = {}
        self._row_of: dict[str, Row] = {}
        self._waiting: Told = {}
        """Edits of a window before this one, until it is known what is recorded."""

    # -- what a section says of its own ---------------------------------------------------------------------------

    def edited(self) -> Told:
        """What stands in the fields."""
        raise NotImplementedError

    def put(self, told: Told) -> None:
        """Show that in the fields."""
        raise NotImplementedError

    def faults(self, told: Told) -> Told:
        """Field -> why what stands there cannot be taken."""
        raise NotImplementedError

    def ask(self, service: Service) -> "Future[Told]":
        """What was told last."""
        raise NotImplementedError

    def tell(self, service: Service, told: Told, reason: str) -> "Future[Told]":
        """Record it; returns what holds now."""
        raise NotImplementedError

    # -- what they have in common ---------------------------------------------------------------------------------

    def finish(self) -> None:
        """Add the reason and the buttons at the foot."""
        self.reason = Field(f"{self._name}ReasonField", _("Reason for the change"), _("kept with the change"))
        self.reason.setMaxLength(200)
        self.save = CommandButton(f"{self._name}SaveButton", _("Save with reason"), "accept", main=True)
        self.discard = CommandButton(f"{self._name}DiscardButton", _("Discard changes"), "back")
        self.outcome = Sentence(f"{self._name}Outcome", 1.0, QFont.Weight.DemiBold)
        self.foot = QWidget()
        body = rows(self.foot, spacing=0.6)
        body.addWidget(Caption(self.reason.accessibleName(), self.reason))
        body.addWidget(self.reason)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap(self))
        flow.addWidget(self.save)
        flow.addWidget(self.discard)
        body.addWidget(buttons)
        self.body.addWidget(self.foot)
        self.body.addWidget(self.outcome)
        self.outcome.hide()
        self.foot.hide()
        for button, key in zip((self.save, self.discard), _KEYS[self._name], strict=True):
            key_for(button, key, f"{self.title}: {button.accessibleName()}")
        self.save.clicked.connect(self._on_save)
        self.discard.clicked.connect(self._on_discard)
        self.reason.returnPressed.connect(self._on_save)
        self.setEnabled(False)

    def recorded(self, field: str, row: Row) -> Row:
        """Add the row of that field."""
        self._row_of[field] = row
        return self.add(row)

    def attend(self, service: Service) -> None:
        super().attend(service)
        self._known = {}
        self.setEnabled(not service.info.read_only)
        self.begin()

    def begin(self) -> None:
        if self.service is not None:
            self._bridge.ask(self, self.ask(self.service), self._on_known, topic="known")

    def heard(self, news: str, content: object) -> None:
        if news == "ledger":
            self.begin()

    def has_edits(self) -> bool:
        """Whether something was edited and not saved yet."""
        return bool(self._known) and self._fresh() != {}

    def draft(self) -> dict[str, object]:
        """What was edited and not saved, and the reason so far."""
        return {"edits": self._fresh(), "reason": self.reason.text()} if self.has_edits() else {}

    def take_draft(self, told: dict[str, object]) -> None:
        """Go on with that, on top of what is recorded by now."""
        edits, reason = told.get("edits"), told.get("reason")
        if not isinstance(edits, dict):
            return
        self._waiting = {key: str(text) for key, text in edits.items() if key in self._row_of}
        self.reason.setText(reason if isinstance(reason, str) else "")
        if self._known:
            self._put_waiting()

    def _put_waiting(self) -> None:
        waiting, self._waiting = self._waiting, {}
        if waiting:
            self.put(self.edited() | waiting)
            self.on_edited()

    def on_edited(self, *_what: object) -> None:
        """A field was changed."""
        if not self._known:
            return
        now = self.edited()
        faults = self.faults(now)
        for field, row in self._row_of.items():
            row.mark(_("Changed, not saved yet") if now[field] != self._known[field] else "")
            row.complain(faults.get(field, ""))
        self.foot.setVisible(now != self._known)
        self.outcome.hide()

    def _fresh(self) -> Told:
        now = self.edited()
        return {field: now[field] for field in self._row_of if now[field] != self._known[field]}

    def _on_known(self, known: Told) -> None:
        if known == self._known:
            return
        edits = self._fresh() if self._known else {}
        self._known = known
        self.put(known | edits)
        self.on_edited()
        self._put_waiting()

    def _on_save(self) -> None:
        fresh = self._fresh()
        if self.service is None or not fresh:
            return
        faults = self.faults(self.edited())
        if faults:
            self._say(_("Nothing was saved: something above cannot be taken."))
            self._row_of[next(iter(faults))].control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        reason = self.reason.text().strip()
        if not reason:
            self._say(_("Say why: the reason is kept with the change."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._send(fresh, reason, undone=False)

    def _send(self, fresh: Told, reason: str, *, undone: bool) -> None:
        if self.service is None:
            return
        before = {field: self._known[field] for field in fresh}
        self.foot.setEnabled(False)

        def saved(known: Told) -> None:
            self.foot.setEnabled(True)
            self.reason.clear()
            self._known = known
            self.put(known)
            self.on_edited()
            self._say(_("Undone, and recorded.") if undone else _("Saved and recorded."))
            if not undone:
                self.changed.emit(Change(self.title, self._taker_back(before)))

        self._bridge.ask(self, self.tell(self.service, fresh, reason), saved, failed=self._on_refused)

    def _taker_back(self, before: Told) -> Callable[[], None]:
        def back() -> None:
            self._send(before, _("The last change is undone"), undone=True)

        return back

    def _on_refused(self, why: BaseException) -> None:
        self.foot.setEnabled(True)
        known = isinstance(why, Refusal)
        self._say(said(why.code.value, why.facts) if isinstance(why, Refusal) else _("This could not be saved."))
        if not known:
            self._bridge.troubled.emit(why)

    def _on_discard(self) -> None:
        self.put(self._known)
        self.reason.clear()
        self.on_edited()

    def _say(self, text: str) -> None:
        self.outcome.setText(text)
        self.outcome.show()
