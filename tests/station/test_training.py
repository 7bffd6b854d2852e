"""The practice depot: made beside the real one, never taken for it, never mixed up with somebody's own folder."""

from pathlib import Path

import pytest

from dockmark.documents.practice import practice_template
from dockmark.documents.template import load_template
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.setup import create_ledger, open_ledger
from dockmark.station.station import Station
from dockmark.station.training import is_training, make_training, reset_training, training_folder


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))


def test_it_lies_beside_the_real_folder_and_is_its_own_practice_depot(tmp_path: Path) -> None:
    folder = make_training(tmp_path / "data")
    assert folder == tmp_path / "data-training" == training_folder(folder)
    assert is_training(folder) and not (tmp_path / "data").exists()
    assert make_training(tmp_path / "data") == folder


def test_somebody_s_own_folder_of_that_name_is_never_taken_nor_reset(tmp_path: Path) -> None:
    create_ledger(tmp_path / "data-training", "anna", "Anna").close()
    for act in (make_training, reset_training):
        with pytest.raises(Refusal) as no:
            act(tmp_path / "data")
        assert no.value.code is Refused.LEDGER_EXISTS
    assert not is_training(tmp_path / "data-training")
    open_ledger(tmp_path / "data-training").close()


def test_begun_anew_nothing_of_what_was_practised_is_left(tmp_path: Path) -> None:
    folder = make_training(tmp_path / "data")
    first = open_ledger(folder)
    ours = first.identity.ledger
    first.close()
    assert reset_training(tmp_path / "data") == folder
    second = open_ledger(folder)
    assert second.identity.ledger != ours
    second.close()
    assert [each.name for each in tmp_path.iterdir() if "data" in each.name] == ["data-training"]


def test_what_was_half_made_is_never_opened(tmp_path: Path) -> None:
    (tmp_path / "data-training.new").mkdir()
    (tmp_path / "data-training.new" / "ledger.sqlite3").write_bytes(b"half")
    assert open_ledger(make_training(tmp_path / "data")).identity.ledger


def test_in_training_nothing_reaches_a_real_printer(tmp_path: Path) -> None:
    folder = make_training(tmp_path / "data")
    with pytest.raises(Refusal) as no:
        Station(open_ledger(folder), folder, printer="tcp://printer:9100", spooling=False)
    assert no.value.code is Refused.TRAINING
    station = Station(open_ledger(folder), folder, spooling=False)
    try:
        assert station.info.training
        assert set(station.printers().values()) == {f"pdf:{folder / 'prints'}"}
        with pytest.raises(Refusal):
            station.use_printer("label", "tcp://printer:9100").result(30)
        station.use_printer("label", f"pdf:{tmp_path / 'elsewhere'}").result(30)
    finally:
        station.close()


def test_a_label_of_training_is_stamped(tmp_path: Path) -> None:
    stamp = practice_template().stamp
    assert stamp is not None and stamp.words[0].text == "TRAINING"
    usual = load_template().stamp
    assert usual is not None and usual.words[0].text != "TRAINING"
