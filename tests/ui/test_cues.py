"""Five sounds that are told apart with closed eyes, and silence without harm."""

import itertools
import wave
from array import array

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from dockmark.desks.answer import Answer, Outcome
from dockmark.packed import packed
from dockmark.ui.cues import Cue, CuePlayer, cue_of

from .stand_in import CLEAR, DOUBTFUL, RECALLED


def _heard(cue: Cue) -> tuple[float, float]:
    """Pitch in hertz and length in seconds."""
    with packed("sounds", f"{cue.value}.wav").open("rb") as file, wave.open(file) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 16000)
        samples = np.array(array("h", sound.readframes(sound.getnframes())), dtype=float)
    strength = np.abs(np.fft.rfft(samples, 1 << 16))
    return float(strength.argmax() * 16000 / (1 << 16)), len(samples) / 16000


def test_there_are_five_cues_that_differ_in_pitch_and_in_length() -> None:
    heard = {cue: _heard(cue) for cue in Cue}
    assert len(heard) == 5
    for (one, (pitch, length)), (other, (pitch2, length2)) in itertools.combinations(heard.items(), 2):
        assert max(pitch, pitch2) / min(pitch, pitch2) > 1.15, (one, other)
        assert max(length, length2) / min(length, length2) > 1.3, (one, other)


@pytest.mark.parametrize("cue", list(Cue))
def test_every_cue_is_loud_enough_and_not_clipped(cue: Cue) -> None:
    with packed("sounds", f"{cue.value}.wav").open("rb") as file, wave.open(file) as sound:
        samples = array("h", sound.readframes(sound.getnframes()))
    assert 0.5 < max(map(abs, samples)) / 32768 < 0.99


@pytest.mark.parametrize(
    ("answer", "cue"),
    [
        (Answer(outcome=Outcome.ACCEPTED, code="received", verdict=CLEAR), Cue.ACCEPTED),
        (Answer(outcome=Outcome.ACCEPTED, code="received", verdict=DOUBTFUL), Cue.ACCEPTED),
        (Answer(outcome=Outcome.ACCEPTED, code="received", verdict=RECALLED), Cue.STOP),
        (Answer(outcome=Outcome.NOTED, code="place"), Cue.NOTED),
        (Answer(outcome=Outcome.REFUSED, code="over_receipt"), Cue.REFUSED),
        (Answer(outcome=Outcome.REFUSED, code="recalled", verdict=RECALLED), Cue.STOP),
        (Answer(outcome=Outcome.REFUSED, code="unreadable"), Cue.UNREADABLE),
    ],
)
def test_an_answer_has_the_cue_of_its_gravest_part(answer: Answer, cue: Cue) -> None:
    assert cue_of(answer) is cue


def test_without_a_loudspeaker_the_player_stays_silent_and_unharmed(qapp: QApplication) -> None:
    player = CuePlayer(qapp)
    player.play(Cue.STOP)
    player.warm()
    for cue in Cue:
        player.play(cue)
    player.set_volume(7)
    assert player.volume == 1
    player.set_volume(-1)
    assert player.volume == 0
