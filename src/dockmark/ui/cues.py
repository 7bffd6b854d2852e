"""Five sounds, one for each kind of answer. Each has a visible twin in the scan strip; without a loudspeaker
nothing is missed."""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QObject, QUrl

from dockmark.custody.lights import Lamp, gravest
from dockmark.desks.answer import Answer, Outcome
from dockmark.packed import packed
from dockmark.record.refusal import Refused

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect


class Cue(StrEnum):
    """What the operator hears."""

    ACCEPTED = "accepted"
    NOTED = "noted"
    REFUSED = "refused"
    STOP = "stop"
    UNREADABLE = "unreadable"


def cue_of(answer: Answer) -> Cue:
    """The sound of an answer: an alarm goes before everything else."""
    if answer.code == Refused.UNREADABLE:
        return Cue.UNREADABLE
    if answer.verdict and gravest(answer.verdict) is Lamp.STOP:
        return Cue.STOP
    return {Outcome.ACCEPTED: Cue.ACCEPTED, Outcome.NOTED: Cue.NOTED, Outcome.REFUSED: Cue.REFUSED}[answer.outcome]


class CuePlayer(QObject):
    """Plays the cues once `warm` has found a loudspeaker; before that, and without one, it stays silent."""

    def __init__(self, parent: QObject | None = None, volume: float = 0.8) -> None:
        super().__init__(parent)
        self._volume = volume
        self._effects: dict[Cue, QSoundEffect] = {}

    @property
    def audible(self) -> bool:
        """Whether there is a loudspeaker to hear the cues from."""
        return bool(self._effects)

    @property
    def volume(self) -> float:
        """From 0 (silent) to 1."""
        return self._volume

    def set_volume(self, volume: float) -> None:
        """Make every cue as loud as that, from 0 to 1."""
        self._volume = min(1.0, max(0.0, volume))
        for effect in self._effects.values():
            effect.setVolume(self._volume)

    def warm(self) -> None:
        """Load the sounds. Called after the first paint: the multimedia library is slow to load."""
        if self._effects:
            return
        QLoggingCategory.setFilterRules("qt.multimedia*=false")
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError:  # its system libraries are missing: the visible twin stays
            return
        if not QMediaDevices.audioOutputs():
            return
        for cue in Cue:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(packed("sounds", f"{cue.value}.wav"))))
            effect.setVolume(self._volume)
            self._effects[cue] = effect

    def play(self, cue: Cue) -> None:
        """Let that cue be heard, in place of one that still sounds."""
        for other in self._effects.values():
            if other.isPlaying():
                other.stop()
        if (effect := self._effects.get(cue)) is not None:
            effect.play()
