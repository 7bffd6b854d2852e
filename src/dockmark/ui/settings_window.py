"""How this window looks, speaks and sounds: kept at once, for this computer only."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from dockmark.station.language import VARIABLE
from dockmark.ui.again import begin_again
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap, rows
from dockmark.ui.cues import Cue, CuePlayer
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Sentence
from dockmark.ui.late import Kit
from dockmark.ui.settings import WindowSettings, keep, load
from dockmark.ui.settings_company import language_names
from dockmark.ui.settings_rows import Change, Choices, Row, Section, not_default
from dockmark.ui.theme import Appearance, Theme
from dockmark.ui.words import _

_PLAIN = WindowSettings()


class LocalSection(Section):
    """Each choice takes effect at once and is kept in the one file of this window."""

    def __init__(self, name: str, title: str, words: str, kit: Kit) -> None:
        super().__init__(name, title, words)
        self._file: Path = kit.settings_file
        self.outcome = Sentence(f"{name}Outcome", 0.95)
        self.outcome.hide()

    def chosen(self, says: str, **values: Any) -> None:
        """Keep that choice; it can be taken back."""
        before = load(self._file)
        now = replace(before, **values)
        if now == before:
            return
        self._keep(now)

        def back() -> None:
            self._keep(replace(load(self._file), **{name: getattr(before, name) for name in values}))
            self.begin()

        self.changed.emit(Change(says, back))

    def take(self, settings: WindowSettings) -> None:
        """Let those settings take effect."""
        raise NotImplementedError

    def show_settings(self, settings: WindowSettings) -> None:
        """Show what is chosen, and mark what is not as it was delivered."""
        raise NotImplementedError

    def begin(self) -> None:
        self.show_settings(load(self._file))

    def _keep(self, settings: WindowSettings) -> None:
        kept = keep(self._file, settings)
        self.take(settings)
        self.show_settings(settings)
        self.outcome.setText("" if kept else _("It holds until the window is closed: the disk did not take it."))
        self.outcome.setVisible(not kept)


class WindowSection(LocalSection):
    """Appearance, text size, language."""

    def __init__(self, kit: Kit) -> None:
        super().__init__("window", _("This window"), _("Takes effect at once, on this computer only."), kit)
        self._language_now = load(self._file).language
        self._theme: Theme = kit.theme
        looks = {
            Appearance.SYSTEM.value: _("As the system"),
            Appearance.LIGHT.value: _("Light"),
            Appearance.DARK.value: _("Dark"),
        }
        self.looks = Choices("appearance", _("Appearance"), looks)
        sizes = {str(percent): f"{percent} %" for percent in (100, 125, 150, 175, 200)}
        self.sizes = Choices("textSize", _("Text size"), sizes)
        self.languages = Choices("language", _("Language"), {"": _("As the system"), **language_names()})
        self._look = self.add(Row("appearance", _("Appearance"), _("Light or dark, or as the computer is set."),
                                  self.looks, also=_("theme colour dark light")))  # fmt: skip
        self._size = self.add(Row("textSize", _("Text size"), _("Everything in the window grows with it."),
                                  self.sizes, also=_("font zoom large scale")))  # fmt: skip
        self._spoken = self.add(Row("language", _("Language"),
                                    _("What the window speaks, and the papers where they speak as the station."),
                                    self._language_control(), also=_("translation")))  # fmt: skip
        self.body.addWidget(self.outcome)
        self.looks.chosen.connect(self._on_look)
        self.sizes.chosen.connect(self._on_size)
        self.languages.chosen.connect(self._on_language)
        self.anew.clicked.connect(self._on_anew)
        self.begin()

    def take(self, settings: WindowSettings) -> None:
        if settings.appearance is not self._theme.appearance:
            self._theme.choose(settings.appearance)
        self._theme.write(settings.text_percent)

    def show_settings(self, settings: WindowSettings) -> None:
        self.looks.show_value(settings.appearance.value)
        self.sizes.show_value(str(min((100, 125, 150, 175, 200), key=lambda each: abs(each - settings.text_percent))))
        self.languages.show_value(settings.language)
        is_told = bool(os.environ.get(VARIABLE, "").strip())  # whoever starts the program goes before who works with it
        self.anew.setVisible(settings.language != self._language_now and not is_told)
        self._look.mark(not_default(settings.appearance is _PLAIN.appearance))
        self._size.mark(not_default(settings.text_percent == _PLAIN.text_percent))
        self._spoken.mark(not_default(settings.language == _PLAIN.language))

    def _language_control(self) -> QWidget:
        """The languages, and once another one is chosen the offer to speak it at once."""
        self.anew = CommandButton("languageNowButton", _("Open the window anew in this language"), "repeat", main=True)
        self.anew.setAccessibleDescription(_("Everything stays as it is: desk, delivery and draft."))
        self.anew.hide()
        control = QWidget()
        body = rows(control)
        body.addWidget(self.languages)
        body.addWidget(self.anew)
        return control

    def _on_anew(self) -> None:
        begin_again(self.window())

    def _on_look(self, look: str) -> None:
        self.chosen(self._look.title, appearance=Appearance(look))

    def _on_size(self, percent: str) -> None:
        self.chosen(self._size.title, text_percent=int(percent))

    def _on_language(self, language: str) -> None:
        self.chosen(self._spoken.title, language=language)


class SoundSection(LocalSection):
    """How loud the cues are, with a button to hear each."""

    def __init__(self, kit: Kit) -> None:
        super().__init__("sounds", _("Sounds"), _("Every cue is also seen in the strip above."), kit)
        self._cues: CuePlayer = kit.cues
        self._sounds: dict[CommandButton, Cue] = {}
        names = {"0": _("Off"), "25": _("Low"), "50": _("Medium"), "80": _("High"), "100": _("Full")}
        self.volumes = Choices("volume", _("Loudness"), names)
        self._loudness = self.add(Row("volume", _("Loudness"), _("How loud an answer sounds."), self.volumes,
                                      also=_("volume loud quiet mute")))  # fmt: skip
        self.add(Row("hear", _("Hear each cue"), _("So that everybody knows them."), self._hearing()))
        self.sound_words = Sentence("soundSentence", 0.95)
        self.body.addWidget(self.sound_words)
        self.body.addWidget(self.outcome)
        self.volumes.chosen.connect(self._on_volume)
        self.begin()

    def begin(self) -> None:
        super().begin()
        silent = "" if self._cues.audible else _("This computer has no loudspeaker that could be found.")
        self.sound_words.setText(silent)
        self.sound_words.setVisible(bool(silent))

    def take(self, settings: WindowSettings) -> None:
        self._cues.set_volume(settings.volume_percent / 100)

    def show_settings(self, settings: WindowSettings) -> None:
        steps = [int(each) for each in self.volumes.buttons]
        self.volumes.show_value(str(min(steps, key=lambda each: abs(each - settings.volume_percent))))
        self._loudness.mark(not_default(settings.volume_percent == _PLAIN.volume_percent))

    def _hearing(self) -> QWidget:
        line = QWidget()
        flow = FlowLayout(line, gap(self))
        names = {
            Cue.ACCEPTED: _("Accepted"),
            Cue.NOTED: _("Noted"),
            Cue.REFUSED: _("Refused"),
            Cue.STOP: _("Stop"),
            Cue.UNREADABLE: _("Unreadable"),
        }
        for cue, says in names.items():
            button = CommandButton(f"hear_{cue.value}", says)
            self._sounds[button] = cue
            button.clicked.connect(self._on_hear)
            flow.addWidget(button)
        return line

    def _on_volume(self, percent: str) -> None:
        self.chosen(self._loudness.title, volume_percent=int(percent))

    def _on_hear(self) -> None:
        button = self.sender()
        if isinstance(button, CommandButton):
            self._cues.play(self._sounds[button])
