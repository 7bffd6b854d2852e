"""The settings of the company, of this station and of this window, found by one field."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dockmark.ui.actions import Work, action, key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import TallScroll, columns, gap, rows
from dockmark.ui.labels import Field, Headline, Sentence
from dockmark.ui.late import Kit, LatePage
from dockmark.ui.service import Service
from dockmark.ui.settings_backups import BackupsSection
from dockmark.ui.settings_company import CompanySection, StationSection
from dockmark.ui.settings_devices import PrintersSection, ScannersSection
from dockmark.ui.settings_help import HelpSection, TrainingSection
from dockmark.ui.settings_recorded import RecordedSection
from dockmark.ui.settings_rows import Change, Section
from dockmark.ui.settings_window import SoundSection, WindowSection
from dockmark.ui.words import _


class SettingsPage(LatePage):
    """Sections of rows. What is of this computer takes effect at once; what is shared is saved with a reason."""

    def __init__(self, kit: Kit) -> None:
        super().__init__("settingsPage", kit)
        self._changes: list[Change] = []
        self.company = CompanySection(kit.bridge)
        self.training = TrainingSection()
        self.sections: tuple[Section, ...] = (
            WindowSection(kit), SoundSection(kit), StationSection(kit.bridge), PrintersSection(kit),
            ScannersSection(kit), BackupsSection(kit), self.company, self.training, HelpSection(kit),
        )  # fmt: skip
        self._build_head()
        self._lay_out()
        for section in self.sections:
            section.changed.connect(self._on_changed)
        self.training.wanted.connect(self._on_training)
        self.search.textChanged.connect(self._on_search)
        self.all.clicked.connect(self.search.clear)
        action(self, self.undo, Work(_("Undo the last change of a setting"), "Ctrl+Z", self._on_undo))
        action(self, None, Work(_("Search the settings"), "Ctrl+F", self._on_find))

    def attend(self, service: Service) -> None:
        super().attend(service)
        self._changes.clear()
        self._show_undo()
        for section in self.sections:
            section.attend(service)

    def begin(self, what: str = "") -> None:
        """Ready to search; `what` is searched for at once."""
        for section in self.sections:
            section.begin()
        self.search.setText(what)
        self._on_search(what)
        self._on_find()

    def heard(self, news: str, content: object) -> None:
        for section in self.sections:
            section.heard(news, content)

    def draft(self) -> dict[str, Any]:
        told = {each.objectName(): each.draft() for each in self._recorded()}
        return {name: draft for name, draft in told.items() if draft}

    def take_draft(self, told: dict[str, Any]) -> None:
        for each in self._recorded():
            if isinstance(draft := told.get(each.objectName()), dict):
                each.take_draft(draft)

    def _recorded(self) -> list[RecordedSection]:
        return [each for each in self.sections if isinstance(each, RecordedSection)]

    def step_back(self) -> bool:
        if not self.search.text():
            return False
        self.search.clear()
        return True

    def _build_head(self) -> None:
        self.search = Field("settingsSearch", _("Search the settings"), _("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.undo = CommandButton("settingsUndoButton", _("Undo"), "undo", keys="Ctrl+Z")
        self.nothing = Sentence("settingsNothing", 1.1)
        self.nothing.setText(_("No setting is called that. Try another word, or look at all of them."))
        self.all = CommandButton("settingsShowAllButton", _("Show all settings"), "find")
        key_for(self.all, "Ctrl+0")
        self._show_undo()

    def _lay_out(self) -> None:
        head = QWidget()
        line = columns(head, spacing=1.4)
        line.addWidget(Headline(_("Settings"), 1.3))
        line.addWidget(self.search, 1)
        line.addWidget(self.undo)
        content = QWidget()
        inside = rows(content, spacing=1.4)
        inside.setContentsMargins(0, 0, gap(self), 0)
        for section in self.sections:
            inside.addWidget(section)
        inside.addWidget(self.nothing)
        inside.addWidget(self.all)
        inside.addStretch(1)
        whole = rows(self, margin=1.6, spacing=1.2)
        whole.addWidget(head)
        self._scroll = TallScroll("settingsScroll", content)
        whole.addWidget(self._scroll, 1)

    def _on_search(self, text: str) -> None:
        words = text.casefold().split()
        found = [section.show_matching(words) for section in self.sections]
        self.nothing.setVisible(not any(found))
        self.all.setVisible(not any(found))
        self._scroll.verticalScrollBar().setValue(0)

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_changed(self, change: object) -> None:
        if isinstance(change, Change):
            self._changes.append(change)
            self._show_undo()

    def _on_undo(self) -> None:
        if self._changes:
            self._changes.pop().back()
            self._show_undo()

    def _show_undo(self) -> None:
        last = self._changes[-1].says if self._changes else ""
        self.undo.setEnabled(bool(last))
        self.undo.say(_("Undo: {what}").format(what=last) if last else _("Undo"))

    def _on_training(self, what: str) -> None:
        self.page_wanted.emit("training", what)
