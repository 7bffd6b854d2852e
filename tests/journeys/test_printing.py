"""From the scan to the paper: no label is lost, none is printed twice in silence."""

import socket
import subprocess
import threading
from pathlib import Path

import zxingcpp
from PIL import Image

from dockmark.devices.simulated import Fault, SimulatedLabelPrinter

from .conftest import Program

GTIN = "09506000143514"


def scan(serial: str) -> str:
    return f'{{"raw": "]d201{GTIN}21{serial}"}}'


def states(program: Program) -> list[str]:
    return sorted(job["state"] for job in program.run("spool", "list"))


def test_every_label_goes_to_a_network_printer_once(program: Program) -> None:
    with SimulatedLabelPrinter() as printer:
        program.run("desk", "receiving", "--operator", "anna", "--printer", printer.url, lines=[scan("A1"), scan("A2")])
        assert states(program) == ["confirmed", "confirmed"]
        assert len(printer.labels) == 2
        program.run("spool", "drain", "--printer", printer.url)
        assert len(printer.labels) == 2


def test_labels_wait_for_a_printer_that_is_away_and_come_out_when_it_is_back(program: Program) -> None:
    with SimulatedLabelPrinter() as printer:
        printer.refuse_connections()
        answers = program.run(
            "desk", "receiving", "--operator", "anna", "--printer", printer.url, lines=[scan("B1"), scan("B2")]
        )
        assert [answer["outcome"] for answer in answers] == ["accepted", "accepted"]
        assert states(program) == ["queued", "queued"]
        printer.accept_connections()
        program.run("spool", "drain")
        assert states(program) == ["confirmed", "confirmed"]
        assert len(printer.labels) == 2


def test_labels_wait_while_the_paper_is_out(program: Program) -> None:
    with SimulatedLabelPrinter() as printer:
        printer.break_down(Fault.PAPER_OUT)
        program.run("desk", "receiving", "--operator", "anna", "--printer", printer.url, lines=[scan("P1")])
        assert states(program) == ["queued"]
        printer.mend()
        program.run("spool", "drain")
        assert states(program) == ["confirmed"]
        assert len(printer.labels) == 1


def test_a_cut_in_the_middle_is_doubtful_and_asks(program: Program) -> None:
    with SimulatedLabelPrinter() as printer:
        printer.cut_after(200)
        program.run("desk", "receiving", "--operator", "anna", "--printer", printer.url, lines=[scan("C1")])
        [job] = program.run("spool", "list")
        assert job["state"] == "unknown"
        printer.cut_after(None)
        program.run("spool", "drain")
        assert states(program) == ["unknown"], "a doubtful label is never sent again by itself"
        assert printer.labels == []
        program.run("spool", "not-printed", job["id"])
        program.run("spool", "drain")
        assert states(program) == ["confirmed"]
        assert len(printer.labels) == 1


def test_killed_while_sending_the_job_asks_at_the_next_start(program: Program) -> None:
    """A printer that takes bytes and never answers holds the sender; then the sender dies."""
    server = socket.create_server(("127.0.0.1", 0))
    reached = threading.Event()
    held: list[socket.socket] = []

    def take() -> None:
        connection, _ = server.accept()
        held.append(connection)
        data = b""
        while b"^XA" not in data:
            # A status query is answered as a ready printer does; the label itself is swallowed.
            data += connection.recv(4096)
            if b"~HS" in data and b"^XA" not in data:
                connection.sendall(READY)
        reached.set()

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    url = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    process = program.start("desk", "receiving", "--operator", "anna", "--printer", url)
    assert process.stdin is not None
    process.stdin.write(scan("D1").encode() + b"\n")
    process.stdin.flush()
    assert reached.wait(30)
    process.kill()
    process.communicate()
    server.close()
    program.run("spool", "drain")
    [job] = program.run("spool", "list")
    assert (job["state"], job["detail"]) == ("unknown", "interrupted")


READY = b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"


def test_the_label_in_the_folder_reads_back_to_its_unit(program: Program, tmp_path: Path) -> None:
    [answer] = program.run(
        "desk", "receiving", "--operator", "anna", "--printer", f"pdf:{tmp_path / 'labels'}", lines=[scan("E1")]
    )
    [file] = (tmp_path / "labels").glob("*.pdf")
    subprocess.run(["pdftoppm", "-r", "600", "-png", str(file), str(tmp_path / "page")], check=True)
    [page] = tmp_path.glob("page*.png")
    with Image.open(page) as image:
        [found] = zxingcpp.read_barcodes(image)
    assert found.bytes == f"01{GTIN}21E1".encode()
    assert answer["unit"]["serial"] == "E1"


def test_a_printer_that_cannot_be_is_refused_before_anything_is_scanned(program: Program) -> None:
    [refused] = program.run(
        "desk", "receiving", "--operator", "anna", "--printer", "ftp://x", lines=[scan("F1")], code=1
    )
    assert refused["code"] == "printer_url"
    assert program.run("spool", "list") == []
