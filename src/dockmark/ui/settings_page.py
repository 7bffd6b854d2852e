"""Light or dark, and how loud: with a button to hear each cue."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import TallScroll, gap, rows
from dockmark.ui.cues import Cue
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Headline, Sentence
from dockmark.ui.late import Kit, LatePage
from dockmark.ui.settings import keep, load
from dockmark.ui.theme import Appearance
from dockmark.ui.words import _


class SettingsPage(LatePage):
    """Every choice takes effect at once and is kept for this station."""

    def __init__(self, kit: Kit) -> None:
        super().__init__("settingsPage", kit)
        self._theme = kit.theme
        self._cues = kit.cues
        self._file = kit.settings_file
        self._looks: dict[Appearance, CommandButton] = {}
        self._sounds: dict[CommandButton, Cue] = {}
        content = QWidget()
        rows(self, margin=0.2).addWidget(TallScroll("settingsScroll", content))
        whole = rows(content, margin=1.8, spacing=1.2)
        whole.addWidget(Headline(_("Settings of this window")))
        whole.addSpacing(gap(self))
        self._build_looks(whole.addWidget)
        whole.addSpacing(gap(self))
        self._build_sounds(whole.addWidget)
        whole.addStretch(1)

    def begin(self, what: str = "") -> None:
        """Ready to choose."""
        self._looks[self._theme.appearance].setFocus()
        known = self._cues.audible
        silent = _("This computer has no loudspeaker: every cue is also seen in the strip above.")
        self.sound_words.setText(_("Every cue is also seen in the strip above.") if known else silent)

    def _build_looks(self, add: Callable[[QWidget], None]) -> None:
        add(Headline(_("Appearance"), 1.0))
        group = QButtonGroup(self)
        line = QWidget()
        flow = FlowLayout(line, gap(self))
        names = {
            Appearance.SYSTEM: _("As the system"),
            Appearance.LIGHT: _("Light"),
            Appearance.DARK: _("Dark"),
        }
        for look, says in names.items():
            button = CommandButton(f"appearance_{look.value}", says)
            button.setCheckable(True)
            button.setChecked(look is self._theme.appearance)
            group.addButton(button)
            self._looks[look] = button
            flow.addWidget(button)
        group.buttonClicked.connect(self._on_look)
        add(line)

    def _build_sounds(self, add: Callable[[QWidget], None]) -> None:
        add(Headline(_("Sounds"), 1.0))
        self.sound_words = Sentence("soundSentence")
        add(Caption(_("Loudness")))
        add(self._louder())
        add(Caption(_("Hear each cue")))
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
        add(line)
        add(self.sound_words)

    def _louder(self) -> QWidget:
        group = QButtonGroup(self)
        line = QWidget()
        flow = FlowLayout(line, gap(self))
        names = {0: _("Off"), 25: _("Low"), 50: _("Medium"), 80: _("High"), 100: _("Full")}
        now = min(names, key=self._distance)
        for percent, says in names.items():
            button = CommandButton(f"volume_{percent}", says)
            button.setCheckable(True)
            button.setChecked(percent == now)
            group.addButton(button, percent)
            flow.addWidget(button)
        group.idClicked.connect(self._on_volume)
        return line

    def _distance(self, percent: int) -> float:
        return abs(percent - self._cues.volume * 100)

    def _on_look(self, button: object) -> None:
        for look, each in self._looks.items():
            if each is button:
                self._theme.choose(look)
                self._keep()

    def _on_volume(self, percent: int) -> None:
        self._cues.set_volume(percent / 100)
        self._keep()

    def _on_hear(self) -> None:
        button = self.sender()
        if isinstance(button, CommandButton):
            self._cues.play(self._sounds[button])

    def _keep(self) -> None:
        percent = round(self._cues.volume * 100)
        keep(self._file, replace(load(self._file), appearance=self._theme.appearance, volume_percent=percent))
