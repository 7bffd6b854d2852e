"""How an import runs: all or nothing, dry, skipping, cancelled, remembered, killed."""

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from dockmark.catalog.events import PartAdded
from dockmark.desks.importing import Cancelled, Importing
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.verify import Soundness, verify
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused
from tests.desks.importing.conftest import Clock, Shop

EXPECTED = "part_no,serial,po_line_id\nPSU,P1,PO1-1\nPSU,P2,PO1-1\n"


def test_a_file_taken_in_ends_in_import_completed(ordered: Shop) -> None:
    result = ordered.take("expected", EXPECTED)
    core = orjson.loads(ordered.value("SELECT core FROM events ORDER BY n DESC LIMIT 1"))
    assert core["type"] == "import_completed" and core["id"] == result.event
    digest = core["body"].pop("sha256")
    assert len(digest) == 64
    [[first, last]] = core["body"].pop("spans")
    assert (core["seq"] - 1, core["subj"]) == (last, [f"import:{result.event}"]) and first <= last
    assert core["body"] == {"kind": "expected", "file": "file.csv", "rows": 2, "recorded": 2}


def test_a_dry_run_judges_and_records_nothing(ordered: Shop) -> None:
    before, events = ordered.tables(), ordered.events
    result = ordered.take("expected", EXPECTED + "NOPE,P3,PO1-1\n", dry_run=True)
    assert ordered.verdicts() == ["new", "new", "bad part_unknown"]
    assert (result.rows, result.recorded, result.bad, result.new, result.dry_run) == (3, 0, 1, 2, True)
    assert (ordered.tables(), ordered.events) == (before, events)
    assert ordered.all("SELECT * FROM column_mappings") == []


def test_one_bad_row_keeps_everything_out(ordered: Shop) -> None:
    events = ordered.events
    result = ordered.take("expected", EXPECTED + "NOPE,P3,PO1-1\n")
    assert (result.recorded, result.bad, result.refused) == (0, 1, True)
    assert ordered.events == events


def test_skipping_records_the_good_rows_and_writes_the_bad_ones(ordered: Shop) -> None:
    text = EXPECTED + 'NOPE,P3,PO1-1\nPSU\n=cmd(),"a,b",PO1-1\n'
    result = ordered.take("expected", text, skip_bad=True)
    assert (result.recorded, result.bad, result.refused) == (2, 3, False)
    assert result.bad_file == ordered.folder / "file.csv.bad.csv"
    with result.bad_file.open(newline="") as file:
        assert list(csv.reader(file)) == [
            ["bad_row", "bad_code", "bad_field", "part_no", "serial", "po_line_id"],
            ["4", "part_unknown", "part_number", "NOPE", "P3", "PO1-1"],
            ["5", "too_few_cells", "", "PSU"],
            ["6", "part_unknown", "part_number", "'=cmd()", "a,b", "PO1-1"],
        ]
    ordered.check_sound()


def test_the_file_of_bad_rows_can_be_put_right_and_taken_in(ordered: Shop) -> None:
    ordered.take("expected", EXPECTED + "NOPE,P3,PO1-1\n", skip_bad=ordered.folder / "later.csv")
    later = ordered.folder / "later.csv"
    ordered.take("expected", later, skip_bad=True)
    again = (ordered.folder / "later.csv.bad.csv").read_text().splitlines()
    assert again == ["bad_row,bad_code,bad_field,part_no,serial,po_line_id", "2,part_unknown,part_number,NOPE,P3,PO1-1"]
    later.write_text(later.read_text().replace("NOPE", "PSU"))
    ordered.take("expected", later)
    assert ordered.verdicts() == ["new"]


def test_a_file_of_bad_rows_that_cannot_be_written_keeps_everything_out(ordered: Shop) -> None:
    events = ordered.events
    with pytest.raises(Refusal) as no:
        ordered.take("expected", EXPECTED + "NOPE,P3,PO1-1\n", skip_bad=ordered.folder / "nowhere" / "bad.csv")
    assert no.value.code is Refused.BAD_FILE
    assert ordered.events == events


def test_the_bad_rows_never_take_the_place_of_their_file(ordered: Shop) -> None:
    text = EXPECTED + "NOPE,P3,PO1-1\n"
    with pytest.raises(Refusal) as no:
        ordered.take("expected", text, skip_bad=ordered.folder / "data" / ".." / "file.csv")
    assert no.value.facts["why"] == "not_writable"
    assert (ordered.folder / "file.csv").read_text() == text


def test_a_mapping_is_remembered_by_its_header(ordered: Shop) -> None:
    mapping = ordered.folder / "map.json"
    mapping.write_text(json.dumps({"columns": {"part_number": "Ding", "serial": "Nr", "order_line": "Zeile"}}))
    strange = "Ding;Nr;Zeile\nPSU;P1;PO1-1\n"
    with pytest.raises(Refusal) as no:
        ordered.take("expected", strange)
    assert no.value.facts["why"] == "columns_missing"
    ordered.take("expected", strange, mapping=mapping, dry_run=True)
    with pytest.raises(Refusal):
        ordered.take("expected", strange)
    ordered.take("expected", strange, mapping=mapping)
    ordered.take("expected", strange.replace("P1", "P2"))
    assert ordered.verdicts() == ["new"]
    ordered.take("expected", "Zeile;Nr;Ding\nPO1-1;P2;PSU\n")
    assert ordered.verdicts() == ["same"]


def test_a_mapping_is_remembered_where_nothing_is_new(ordered: Shop) -> None:
    ordered.take("expected", EXPECTED)
    mapping = ordered.folder / "map.json"
    mapping.write_text(json.dumps({"part_number": "A", "serial": "B", "order_line": "C"}))
    ordered.take("expected", "A,B,C\nPSU,P1,PO1-1\n", mapping=mapping)
    ordered.take("expected", "A,B,C\nPSU,P2,PO1-1\n")
    assert ordered.verdicts() == ["same"]


def test_a_workbook_says_the_same_as_a_csv_file(ordered: Shop) -> None:
    ordered.take("expected", EXPECTED)
    book = ordered.workbook([["Part No.", "Serial No.", "PO line"], ["PSU", "P1", "PO1-1"], ["PSU", "00042", "PO1-1"]])
    result = ordered.take("expected", book)
    assert ordered.verdicts() == ["same", "new"]
    assert ordered.value("SELECT serial FROM expected_units WHERE serial LIKE '%42'") == "00042"
    assert result.files == ()


@pytest.mark.parametrize("kind", ["parts", "partners", "locations", "orders", "asn", "stock", "recalls", "ranges"])
def test_every_kind_reads_workbooks(ordered: Shop, kind: str) -> None:
    rows: dict[str, list[list[object]]] = {
        "parts": [["part_number", "warranty_months"], ["NEW-1", 24]],
        "partners": [["partner", "name"], ["S9", "Nine"]],
        "locations": [["place", "kind"], ["B-1", "bin"]],
        "orders": [["order", "line", "part_number", "quantity"], ["PO9", "1", "PSU", 3]],
        "asn": [["asn", "order_line", "quantity"], ["A9", "PO1-1", 3]],
        "stock": [["part_number", "serial", "place"], ["PSU", "X1", "A-01"]],
        "recalls": [["recall", "part_number", "lot"], ["R9", "PSU", "L1"]],
        "ranges": [["part_number", "serial_first", "serial_last"], ["PSU", "A1", "A9"]],
    }
    ordered.take(kind, ordered.workbook(rows[kind]))
    assert ordered.verdicts() == ["new"]


def test_cancelling_records_nothing_while_reading_or_while_recording(stocked: Shop) -> None:
    rows = "".join(f"PSU,S{number},A-01\n" for number in range(1500))
    file = stocked.file("part_number,serial,place\n" + rows, "stock.csv")
    seen: list[tuple[int, int]] = []
    stocked.take("stock", file, dry_run=True, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (1500, 0)
    events = stocked.events

    def stop_while_reading(done: int, total: int) -> None:
        raise Cancelled

    def stop_while_recording(done: int, total: int) -> None:
        if total and done > 700:
            raise Cancelled

    for stop in (stop_while_reading, stop_while_recording):
        with pytest.raises(Cancelled):
            stocked.take("stock", file, progress=stop)
        assert stocked.events == events
        assert stocked.value("SELECT count(*) FROM units") == 0
    stocked.take("stock", file, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (1500, 1500)
    stocked.check_sound()


def test_what_is_recorded_meanwhile_is_judged_again(ordered: Shop) -> None:
    other = ordered.ledger

    def somebody_else(done: int, total: int) -> None:
        if total == 0 and not ordered.value("SELECT count(*) FROM parts WHERE part_number = 'LATE'"):
            with other.writing() as book:
                fact = PartAdded(told={"part_number": "LATE"})
                book.record(Draft(fact=fact, subj=(f"part:{book.new_id()}",), new=True))

    ordered.take("parts", "part_number\nLATE\nNEVER\n", progress=somebody_else)
    assert ordered.verdicts() == ["same", "new"]
    assert ordered.value("SELECT count(*) FROM parts WHERE part_number = 'LATE'") == 1


@pytest.mark.parametrize(
    ("kind", "name", "why"),
    [
        ("nonsense", "file.csv", "kind_unknown"),
        ("parts", "missing.csv", "not_found"),
        ("parts", "empty.csv", "empty"),
        ("depot", "missing", "not_found"),
        ("depot", "bare", "not_found"),
        ("depot", "file.csv", "not_found"),
    ],
)
def test_what_is_no_file_is_refused(shop: Shop, kind: str, name: str, why: str) -> None:
    shop.file("part_number\nA\n")
    shop.file("", "empty.csv")
    (shop.folder / "bare").mkdir()
    events = shop.events
    with pytest.raises(Refusal) as no:
        shop.take(kind, shop.folder / name)
    assert (no.value.code, no.value.facts["why"]) == (Refused.BAD_FILE, why)
    assert shop.events == events


def test_a_copied_folder_takes_nothing_in_but_judges(shop: Shop, tmp_path: Path) -> None:
    shop.ledger.close()
    copied = Ledger.open(tmp_path / "data", KeyFolder(tmp_path / "elsewhere"), Clock())
    file = shop.file("part_number\nA\n")
    with pytest.raises(Refusal) as no:
        Importing().run(copied, "parts", file)
    assert no.value.code is Refused.READ_ONLY
    assert Importing().run(copied, "parts", file, dry_run=True).new == 1
    copied.close()


HOSTILE = [
    "'; DROP TABLE parts;--", "^XZ~JR", "<img src=x>", "{{7*7}}", "=1+1", "../../etc", "%s%n",
    "𝕊ér\u0301ie 😀", '"a""b"',
]  # fmt: skip


def test_hostile_values_stay_data(shop: Shop) -> None:
    rows: list[list[object]] = [["part_number", "description"], *([value, value] for value in HOSTILE)]
    with (shop.folder / "hostile.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    shop.take("parts", shop.folder / "hostile.csv")
    assert set(shop.verdicts()) == {"new"}
    shop.take("parts", shop.folder / "hostile.csv")
    assert set(shop.verdicts()) == {"same"}
    assert shop.value("SELECT count(*) FROM parts") == len(HOSTILE)
    assert shop.value("SELECT description FROM parts WHERE part_number LIKE '%DROP%'") == HOSTILE[0]
    with (shop.folder / "orders.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["order", "part_number", "quantity"], *([v, v, 1] for v in HOSTILE)])
    shop.take("orders", shop.folder / "orders.csv")
    assert set(shop.verdicts()) == {"new"}
    shop.check_sound()


KILLED = """
import sys, time
from pathlib import Path
from dockmark.desks.importing import Importing
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger

class Clock:
    shift_s = 0
    def now_us(self):
        return time.time_ns() // 1000

folder = Path(sys.argv[1])
ledger = Ledger.open(folder / "data", KeyFolder(folder / "state"), Clock())
def progress(done, total):
    print(done, total, flush=True)
Importing().run(ledger, "stock", folder / "stock.csv", progress=progress)
print("done", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a matter of Unix")
@pytest.mark.parametrize("after", ["200 1500", "600 1500", "1400 1500"])
def test_a_killed_import_leaves_nothing_half_written(stocked: Shop, after: str) -> None:
    rows = "".join(f"PSU,S{number},A-01\n" for number in range(1500))
    stocked.file("part_number,serial,place\n" + rows, "stock.csv")
    events = stocked.events
    stocked.ledger.close()
    job = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(stocked.folder)], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert job.stdout is not None
    for line in job.stdout:
        if line.strip() == after:
            os.kill(job.pid, signal.SIGKILL)
            break
    job.wait()
    job.stdout.close()
    assert job.returncode == -signal.SIGKILL
    ledger = Ledger.open(stocked.folder / "data", KeyFolder(stocked.folder / "state"), Clock())
    assert ledger.read_only == ""
    after_it = Shop(stocked.folder, ledger)
    assert after_it.events == events
    assert after_it.value("SELECT count(*) FROM units") == 0
    assert verify(ledger).result is Soundness.NOT_WITNESSED
    after_it.take("stock", stocked.folder / "stock.csv")
    assert after_it.value("SELECT count(*) FROM units") == 1500
    ledger.close()


def test_rows_are_packed_by_order_whatever_their_order(ordered: Shop) -> None:
    rows = [f"PSU,Q{number},{'PO1-1' if number % 2 else 'PO3-1'}\n" for number in range(1000)]
    ordered.take("expected", "part_no,serial,po_line_id\n" + "".join(rows))
    sizes = [row[0] for row in ordered.all("SELECT count(*) FROM expected_units GROUP BY expectation ORDER BY 1")]
    assert sum(sizes) == 1000 and len(sizes) == 4
