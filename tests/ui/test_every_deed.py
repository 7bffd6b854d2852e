"""Every work of the window and its dialogs has a key, a letter and a barcode; scanning it does what the key does."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dockmark.documents.matrix import matrix
from dockmark.identifiers.reading import Scan, TagKind
from dockmark.identifiers.tags import Command, command_tag, parse, tag
from dockmark.identifiers.window_tags import page_word, wanted, word_tag, work_word
from dockmark.ui.buttons import CommandButton
from dockmark.ui.command_list import in_dialogs, sheet_groups
from dockmark.ui.deeds import UNIT, WINDOW, Deed, deeds
from dockmark.ui.dialog_keys import dialog_keys
from dockmark.ui.keys_dialog import KeysDialog
from dockmark.ui.mnemonics import mnemonic_of, plain
from dockmark.ui.pages import Pages
from dockmark.ui.preview import show_document
from dockmark.ui.preview_dialog import PreviewDialog

from ..documents.readers import by_libdmtx, by_zxing, pages
from .conftest import Opened
from .stand_in import StandIn, StandInDepots
from .test_real_station import UNIT as BOX
from .test_real_station import Station, start, station

__all__ = ["start", "station"]  # fixtures

EXCUSED = {
    "a choice in a form, which arrow keys and Space make": (
        r"(appearance|textSize|language|volume|companyPaper|companyLanguage|companyDate|newPaper|newLanguage|backupDaily|backupKeep)_.+",
        r"scanner(Lane|Speed|Ending|Aim|Parity|Bits|Stops)_.+", r"(attachKind|exportAs|hear)_.+", r"ledgerFilter_.+",
    ),
    "offered beside the choice of another language, and at the next start it is so anyway": (r"languageNowButton",),
    "a reason, which has an R tag": (r"\w*reason_[A-Z]+",),
    "asked before there is a ledger that could note a scan": (
        r"(firstRunStop|demo|new|import|importFolderBrowse|troubleRetry)Button",
    ),
    "its action is the window's or the card's own": (
        r"bandLeaveButton", r"light_\w+", r"besideButton_\w+", r"scannerTryButton", r"rail_\w+", r"chip_\d+",
    ),
    "Enter in the field before it does the same, and a scan is what it stands in for": (
        r"openReceiptButton", r"receiveTypedButton", r"simulated\w+Button",
    ),
    "Esc and its barcode step back": (r"importStopButton", r"importCancelButton"),
    "its action shows the step, or the filter of rows, by number": (r"importStep\d", r"importFilter_\w+"),
    "shown with the words that it puts away": (r"notice\w+",),
    "the form of signing in, which a badge answers": (r"signIn\w*",),
}  # fmt: skip
"""Buttons without an action of their own, and why."""


def _excused(name: str) -> bool:
    return any(re.fullmatch(pattern, name) for patterns in EXCUSED.values() for pattern in patterns)


def _all(station: Station) -> list[Deed]:
    found = _pages(station)
    while found.make_one():
        QApplication.processEvents()
    station.settle()
    return deeds(station.shell, found)


def _pages(station: Station) -> Pages:
    assert station.shell.pages is not None
    return station.shell.pages


def _with_action(root: QWidget) -> set[str]:
    """Names of the buttons that an action presses."""
    buttons = (getattr(child, "_button", None) for action in root.findChildren(QAction) for child in action.children())
    return {button.objectName() for button in buttons if button is not None}


def test_every_work_has_a_key_a_letter_and_a_barcode(station: Station) -> None:
    found = _all(station)
    assert len(found) > 80
    assert {deed.home for deed in found} >= {
        WINDOW,
        UNIT,
        "receiving",
        "holds",
        "lists",
        "master",
        "import",
        "settings",
    }
    for deed in found:
        assert deed.key and deed.says, deed
        assert mnemonic_of(deed.action.text()), deed
        made = parse(word_tag(deed.word))
        assert made is not None and made[1] == deed.word
        assert wanted(deed.word) or deed.word in Command.__members__, deed
    words = Counter(deed.word for deed in found if wanted(deed.word))
    assert [word for word, times in words.items() if times > 1] == []


def test_every_action_of_the_window_is_among_them(station: Station) -> None:
    """None is made without `ui.actions`, and one that shares its name with another does the same."""
    found = _all(station)
    shell = station.shell
    known = {id(deed.action) for deed in found}
    said = {deed.says for deed in found}
    strange = [
        each.objectName() or each.text()
        for each in shell.findChildren(QAction)
        if isinstance(owner := each.parent(), QWidget) and owner.window() is shell
        and id(each) not in known and each.text() and plain(each.text()) not in said
    ]  # fmt: skip
    assert strange == []


def test_no_two_works_in_one_sight_have_the_same_key(station: Station) -> None:
    found = _all(station)
    always = [(deed.key, deed.says) for deed in found if deed.home in (WINDOW, UNIT)]
    for home in {deed.home for deed in found} - {WINDOW, UNIT}:
        keys = Counter(key for key, _says in [*always, *((d.key, d.says) for d in found if d.home == home)])
        assert [key for key, times in keys.items() if times > 1] == [], home


def test_every_button_is_pressed_by_an_action_or_excused(station: Station) -> None:
    _all(station)
    shell = station.shell
    done = _with_action(shell)
    bare = {
        each.objectName()
        for each in shell.findChildren(QPushButton)
        if each.window() is shell and each.objectName() not in done and not _excused(each.objectName())
    }
    assert bare == set()


def test_a_page_is_gone_to_by_its_barcode_from_anywhere(station: Station) -> None:
    for name in ("search", "spool", "lists", "settings", "import", "master"):
        station.scan(word_tag(page_word(name)))
        assert _pages(station).current == name
    station.scan(word_tag(work_word("lists", "Alt+6")))
    station.settle()
    assert _pages(station).current == "lists" and station.find("list_parts").property("checked")
    station.scan(BOX + "S1")
    assert _pages(station).current == "receiving", "a unit brings its desk back"


def test_what_cannot_be_done_now_is_said_and_not_done(station: Station) -> None:
    station.scan(word_tag(work_word("spool", "F7")))
    assert station.text("verdictWord") == "NOT NOW"
    station.scan(word_tag(work_word("nowhere", "F7")))
    assert "F1" in station.text("scanSentence")


def test_a_barcode_of_the_window_does_not_answer_a_refusal(station: Station) -> None:
    station.scan(BOX + "A100")
    assert station.scan(BOX + "Al00") == "LOOK-ALIKE"
    station.scan(word_tag(page_word("lists")))
    assert _pages(station).current == "lists"
    station.scan(command_tag(Command.RECEIVING))
    assert station.find("refusalPanel").isVisible()
    station.scan(command_tag(Command.SKIP))
    assert not station.find("refusalPanel").isVisible()


def _dialog(station: Station, kind: type[QDialog]) -> QDialog:
    station.qtbot.wait_until(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=20_000)
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def _scan_into(station: Station, text: str) -> None:
    station.shell.take_scan(Scan.of_text(text))
    QApplication.processEvents()


def test_f1_shows_every_work_with_its_symbol_and_prints_the_sheet_by_scan_alone(
    station: Station, tmp_path: Path
) -> None:
    station.scan(word_tag(page_word("keys")))
    keys = _dialog(station, KeysDialog)
    assert isinstance(keys, KeysDialog)
    model = keys.table.model()
    station.qtbot.wait_until(lambda: model.rowCount() >= len(_all(station)) + len(in_dialogs().lines), timeout=20_000)
    for row in (0, 7, model.rowCount() - 1):
        keys.table.selectRow(row)
        shot = keys.symbol.grab().toImage()
        file = tmp_path / f"{row}.png"
        assert shot.save(str(file))
        assert _read(file) == [keys.symbol.content]
    _scan_into(station, word_tag("ENTER"))
    sheet = _dialog(station, PreviewDialog)
    assert isinstance(sheet, PreviewDialog)
    station.qtbot.wait_until(lambda: sheet._paper is not None, timeout=30_000)
    _scan_into(station, word_tag(work_word("previewDialog", "PgDown")))
    station.qtbot.wait_until(lambda: "2" in sheet.pages.text(), timeout=20_000)
    _scan_into(station, command_tag(Command.SKIP))
    station.qtbot.wait_until(lambda: QApplication.activeModalWidget() is None, timeout=20_000)


def _read(file: Path) -> list[str]:
    from PIL import Image

    with Image.open(file) as shot:
        return [found.text for found in zxingcpp.read_barcodes(shot)]


@pytest.mark.parametrize("desk", ["receiving", "holds"])
def test_the_printed_sheet_carries_every_work_and_two_readers_read_it(
    station: Station, desk: str, tmp_path: Path
) -> None:
    found = _all(station)
    groups = sheet_groups(found, desk)
    service = station.shell.service
    assert service is not None
    paper = service.papers.commands(desk, more=groups).result()
    wanted_tags = {word_tag(deed.word) for deed in found if deed.home in (WINDOW, UNIT, desk) or deed.home not in
                   ("receiving", "holds")}  # fmt: skip
    wanted_tags |= {word_tag(line.word) for line in in_dialogs().lines}
    by_one: set[str] = set()
    by_other: set[str] = set()
    for page in pages(paper.content, tmp_path, 150):
        for symbol in zxingcpp.read_barcodes(page):
            corners = [symbol.position.top_left, symbol.position.bottom_right]
            across, down = [each.x for each in corners], [each.y for each in corners]
            cut = page.crop((min(across) - 14, min(down) - 14, max(across) + 14, max(down) + 14))
            by_one.update(by_zxing(cut))
            by_other.update(by_libdmtx(cut))
    verbs = {word_tag(deed.word) for deed in found if deed.home == desk and not wanted(deed.word)}
    assert wanted_tags - by_one == set() and verbs <= by_one
    assert by_one == by_other


def test_the_tag_of_a_key_says_which_key() -> None:
    assert work_word("listsPage", "Ctrl+Shift+L") == "DOLISTSPAGE3L"
    assert work_word("preview", "Ctrl++") == "DOPREVIEW1PLUS"
    assert work_word("preview", "+") == "DOPREVIEW0PLUS"
    assert work_word("lists", "Ctrl+Alt+Shift+B") == work_word("lists", "Alt+Shift+Ctrl+B") == "DOLISTS7B"
    assert wanted("GOLISTS") is not None and wanted("DOLISTS41") is not None
    assert [wanted(other) for other in ("ACCEPT", "GO", "DOLISTS", "DO1A", "GOOD1")] == [None] * 5
    with pytest.raises(ValueError, match="Ctrl"):
        work_word("lists", "Ctrl+é")
    assert matrix(word_tag(work_word("settings", "Ctrl+Shift+Del"))).side <= 22


def _opened(station: Station) -> dict[str, Callable[[], Any]]:
    """Ways to every dialog that has keys of its own, by its object name."""
    window, card = _pages(station), _pages(station).card

    def lists(key: str) -> Callable[[], None]:
        return lambda: _scan_into(station, word_tag(work_word("lists", key)))

    def desk(word: str) -> Callable[[], None]:
        return lambda: _scan_into(station, word_tag(word))

    return {
        "keysDialog": desk(page_word("keys")),
        "finishDialog": lambda: station.press("finishButton"),
        "certificateDialog": desk(work_word("receiving", "F12")),
        "printerDialog": desk(work_word("spool", "F8")),
        "previewDialog": card.acts.show_biography,
        "columnsDialog": lists("Alt+L"),
        "viewsDialog": lists("Alt+V"),
        "entryDialog": lambda: card.acts.open_entry(window.card.history.lines.entry(0)),  # type: ignore[arg-type]
    }


def test_dialogs_have_the_keys_that_are_written_down_and_close_by_scan(station: Station) -> None:
    station.scan(BOX + "S1")
    station.settle()
    told = {each.name: each for each in dialog_keys()}
    for name, opens in _opened(station).items():
        if name in ("finishDialog", "previewDialog", "entryDialog"):
            station.shell.open_page("receiving")
        station.settle()
        QApplication.processEvents()
        opens()
        station.qtbot.wait_until(lambda: QApplication.activeModalWidget() is not None, timeout=20_000)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog) and dialog.objectName() == name
        keys = {(deed.key, deed.says) for deed in deeds(dialog)}
        assert keys <= set(told[name].keys), name
        assert all(mnemonic_of(deed.action.text()) for deed in deeds(dialog))
        done = _with_action(dialog)
        bare = [
            each
            for each in dialog.findChildren(CommandButton)
            if each.window() is dialog and each.objectName() not in done and not _excused(each.objectName())
        ]
        assert [each.objectName() for each in bare if not each.is_main and "Back" not in each.objectName()
                and "Close" not in each.objectName()] == [], name  # fmt: skip
        station.settle()
        _scan_into(station, command_tag(Command.SKIP))
        station.qtbot.wait_until(lambda: QApplication.activeModalWidget() is None, timeout=20_000)


def test_what_can_only_be_looked_at_is_gone_through_by_barcode_too(qtbot: QtBot, open_window: Opened) -> None:
    service = StandIn(read_only="read_only")
    window = open_window(StandInDepots(service))
    qtbot.wait_until(lambda: window.pages.current == "receiving")
    answered: list[object] = []
    window.shell.shown_answer.connect(answered.append)
    for word, page in (("GOSEARCH", "search"), ("HOLDS", "holds"), ("GOSPOOL", "spool"), ("RECEIVING", "receiving")):
        window.shell.take_scan(Scan.of_text(word_tag(word)))
        assert window.pages.current == page
    qtbot.wait_until(lambda: window.bridge.is_quiet)
    assert answered == [], "no desk is asked where nothing can be noted"


def test_a_hundred_scans_that_come_while_a_dialog_is_open_are_answered_whole_and_in_order(station: Station) -> None:
    station.scan(BOX + "A000")
    answered: list[str] = []
    station.shell.shown_answer.connect(lambda told: answered.append(told.answer.unit.serial))
    QTest.keyClick(station.shell, Qt.Key.Key_F1)
    _dialog(station, KeysDialog)
    for number in range(1, 101):
        _scan_into(station, f"{BOX}A{number:03}")
    assert station.text("verdictWord") == "WAITING" and "100" in station.text("scanSentence")
    _scan_into(station, command_tag(Command.SKIP))
    station.qtbot.wait_until(lambda: len(answered) == 100, timeout=60_000)
    assert answered == [f"A{number:03}" for number in range(1, 101)]


def test_a_paper_is_made_again_with_a_reason_by_scan(qtbot: QtBot, open_window: Opened) -> None:
    service = StandIn()
    window = open_window(StandInDepots(service))
    qtbot.wait_until(lambda: window.pages.current == "receiving" and window.bridge.is_quiet)
    dialog = show_document(window.shell, window.bridge, service, "receipt", "RC-1")
    qtbot.wait_until(lambda: dialog._paper is not None)
    window.shell.take_scan(Scan.of_text(tag(TagKind.REASON, "LOST")))
    assert dialog.isVisible() and not dialog.reasons.isVisible(), "nothing asks for a reason"
    dialog.reasons.show()
    given: list[str] = []
    dialog._go_on = given.append  # type: ignore[method-assign]  # only the reason is looked at, no printer is asked for
    window.shell.take_scan(Scan.of_text(tag(TagKind.REASON, "SUPPLIER")))
    window.shell.take_scan(Scan.of_text(tag(TagKind.REASON, "LOST")))
    assert given == ["LOST"]
    window.shell.take_scan(Scan.of_text(command_tag(Command.SKIP)))
    qtbot.wait_until(lambda: window.bridge.is_quiet)


def test_a_dialog_keeps_other_scans_until_it_is_closed(station: Station) -> None:
    QTest.keyClick(station.shell, Qt.Key.Key_F1)
    _dialog(station, KeysDialog)
    for number in range(3):
        _scan_into(station, f"{BOX}S{number}")
    _scan_into(station, word_tag(page_word("lists")))
    assert station.text("verdictWord") == "WAITING"
    _scan_into(station, command_tag(Command.SKIP))
    station.qtbot.wait_until(lambda: _pages(station).current == "lists", timeout=20_000)
    station.shell.open_page("receiving")
    station.settle()
    assert station.rows("unitsTable", 1) == ["S2", "S1", "S0"]
