"""Every form of the tables that was ever released is opened by this version, whole, whatever stops it on the way."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dockmark.database.upgrading import HEAD
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from tests.ledger.golden_forms import FORMS, StandingClock, lay_out, opened, told
from tests.ledger.test_convergence import tables_of


def assert_is_what_it_was(ledger: Ledger, form: str) -> None:
    before, session = told(form), ledger.session()
    heads = session.all("SELECT station, max(seq), hash FROM events GROUP BY station")
    assert [[station, seq, digest.hex()] for station, seq, digest in heads] == before["heads"]
    assert session.value("SELECT count(*) FROM events") == before["events"]
    assert sorted(map(list, session.all("SELECT serial, state FROM units"))) == before["units"]
    assert session.value("SELECT version_num FROM alembic_version") == HEAD
    session.close()
    found = verify(ledger)
    assert found.result is Soundness.NOT_WITNESSED, found
    assert found.checkpoints == before["checkpoints"]
    tables = tables_of(ledger)
    rebuild(ledger)
    assert tables_of(ledger) == tables


def statements(form: str, folder: Path, wanted: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ledger.golden_forms", form, str(folder), wanted],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=600, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_a_ledger_of_every_form_before_this_one_is_kept() -> None:
    assert [*FORMS, HEAD] == [f"{number:04}" for number in range(1, len(FORMS) + 2)]
    assert [told(form)["form"] for form in FORMS] == FORMS


@pytest.mark.parametrize("form", FORMS)
def test_an_earlier_form_is_opened_brought_on_and_found_sound(form: str, tmp_path: Path) -> None:
    ledger = opened(lay_out(form, tmp_path / "data"))
    assert_is_what_it_was(ledger, form)
    ledger.close()


@pytest.mark.parametrize("form", FORMS)
def test_work_goes_on_in_an_earlier_form(form: str, tmp_path: Path) -> None:
    from dockmark.ledger.checkpoints import make_checkpoint
    from dockmark.ledger.keys import KeyFolder

    folder = lay_out(form, tmp_path / "data")
    opened(folder).close()
    ledger = Ledger.adopt(folder, KeyFolder(tmp_path / "state"), StandingClock(), random=7)
    assert make_checkpoint(ledger).events == told(form)["events"] + 1
    assert verify(ledger).result is Soundness.NOT_WITNESSED
    ledger.close()


def killed_at(form: str, tmp_path: Path, every: int) -> None:
    [count] = statements(form, tmp_path / "whole", "count")
    wanted = sorted({*range(1, int(count) + 1, every), int(count)})
    for line in statements(form, tmp_path, ",".join(map(str, wanted))):
        end = json.loads(line)
        assert end["ended"] == -9, end
        ledger = opened(Path(end["folder"]))
        assert_is_what_it_was(ledger, form)
        ledger.close()


def test_two_programs_that_open_an_earlier_form_at_once_bring_it_on_once(tmp_path: Path) -> None:
    folder = lay_out(FORMS[0], tmp_path / "data")
    command = [sys.executable, "-m", "tests.ledger.golden_forms", FORMS[0], str(folder), "open"]
    both = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(2)]
    assert [each.wait(timeout=120) for each in both] == [0, 0]
    ledger = opened(folder)
    assert_is_what_it_was(ledger, FORMS[0])
    ledger.close()


@pytest.mark.parametrize("form", FORMS)
def test_an_upgrade_that_is_killed_is_taken_up_again(form: str, tmp_path: Path) -> None:
    killed_at(form, tmp_path, 37)


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_an_upgrade_that_is_killed_before_any_statement_is_taken_up_again(form: str, tmp_path: Path) -> None:
    killed_at(form, tmp_path, 1)
