"""The import wizard on a real workstation: file, columns, check, result, and the undo of a whole file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from dockmark.ui.import_page import CHECK, COLUMNS, FILE, RESULT, ImportPage

from .test_real_station import UNIT, Station, start, station

__all__ = ["start", "station"]
PARTS = "Part No.,Beschreibung,colour\nP-1,One,red\nP-2,Two,blue\n"


class Wizard:
    """The page, and what a test does with it."""

    def __init__(self, station: Station, folder: Path) -> None:
        self.station = station
        self.folder = folder
        station.shell.open_page("import")
        page = station.shell.pages
        assert page is not None
        found = page.late("import")
        assert isinstance(found, ImportPage)
        self.page = found
        self.settle()

    def settle(self) -> None:
        self.station.settle()
        QApplication.processEvents()
        self.station.settle()

    def until(self, so: Callable[[], bool]) -> None:
        self.station.qtbot.wait_until(so, timeout=30_000)
        self.settle()

    def file(self, text: str | bytes, name: str = "parts.csv") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def drop(self, path: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        at, button, none = QPoint(300, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        shell = self.station.shell
        entered = QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, button, none)
        QApplication.sendEvent(shell, entered)
        assert entered.isAccepted()
        QApplication.sendEvent(shell, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, mime, button, none))
        self.settle()

    def choose(self, text: str | bytes, name: str = "parts.csv") -> Path:
        path = self.file(text, name)
        self.drop(path)
        self.until(lambda: self.page._step == COLUMNS)
        return path

    def check(self) -> None:
        self.page.next.click()
        self.until(lambda: self.page._step == CHECK and self.page.check.preview is not None)

    def record(self) -> None:
        (self.page.check.good_only if self.page.check.bad else self.page.next).click()
        self.until(lambda: self.page._step == RESULT and not self.page._is_recording)

    def part_numbers(self) -> list[str]:
        service = self.page.service
        assert service is not None
        rows = service.ask(lambda session: session.all("SELECT part_number FROM parts ORDER BY 1")).result()  # type: ignore[attr-defined]  # the whole station, of which the protocol tells a part
        return [row[0] for row in rows]

    def combo(self, column: str) -> QComboBox:
        """The choice of the field that a column feeds."""
        found = [each for each in self.page.columns._choices if each.accessibleName() == f"{column} feeds"]
        assert len(found) == 1
        return found[0]

    def feed(self, column: str, field: str) -> None:
        combo = self.combo(column)
        place = next(n for n in range(combo.count()) if combo.itemText(n).removesuffix(" – needed") == field)
        combo.setCurrentIndex(place)
        combo.activated.emit(place)


@pytest.fixture
def wizard(station: Station, tmp_path: Path) -> Wizard:
    return Wizard(station, tmp_path)


def key(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)


def test_a_dropped_file_is_opened_and_what_it_is_about_is_guessed(wizard: Wizard) -> None:
    wizard.choose(PARTS)
    assert wizard.page.columns.kind.currentText() == "Parts"
    assert wizard.combo("Part No.").currentText() == "Part number – needed"
    assert wizard.combo("colour").currentText() == "not used"
    assert wizard.station.text("importSamples1") == "P-1 · P-2"
    assert "Proposed" in wizard.station.text("importMappingSentence")


def test_a_file_is_taken_in_step_by_step(wizard: Wizard) -> None:
    wizard.choose(PARTS)
    wizard.check()
    assert wizard.station.rows("importRows", 1) == ["New", "New"]
    assert wizard.station.rows("importRows", 2) == ["P-1 · One", "P-2 · Two"]
    wizard.record()
    assert wizard.part_numbers() == ["P-1", "P-2"]
    assert wizard.station.text("importResultSentence") == "2 rows are recorded from parts.csv, 2 new."
    assert not wizard.page.check.good_only.isVisible()


def test_going_back_keeps_what_was_chosen_and_it_is_remembered(wizard: Wizard) -> None:
    wizard.choose(PARTS)
    wizard.feed("colour", "Revision")
    wizard.check()
    assert wizard.station.rows("importRows", 2) == ["P-1 · One · red", "P-2 · Two · blue"]
    wizard.page.back.click()
    assert wizard.page._step == COLUMNS and wizard.combo("colour").currentText() == "Revision"
    wizard.page.back.click()
    assert wizard.page._step == FILE and wizard.page.file.field.text().endswith("parts.csv")
    wizard.page.steps.buttons[COLUMNS].click()
    assert wizard.combo("colour").currentText() == "Revision"
    wizard.check()
    wizard.record()
    wizard.choose(PARTS, "again.csv")
    assert wizard.combo("colour").currentText() == "Revision"
    assert wizard.station.text("importMappingSentence").startswith("The columns are taken as on ")
    wizard.check()
    assert "nothing to record" in wizard.station.text("importCheckSentence")
    assert not wizard.page.next.isEnabled()


def test_a_field_is_fed_by_one_column_and_a_needed_one_is_asked_for(wizard: Wizard) -> None:
    wizard.choose(PARTS)
    wizard.feed("colour", "Part number")
    assert wizard.combo("Part No.").currentText() == "not used"
    assert wizard.page.next.isEnabled()
    wizard.feed("colour", "not used")
    assert wizard.station.text("importMissingFields") == "Still to be said: Part number."
    assert not wizard.page.next.isEnabled()


def test_bad_rows_keep_all_out_until_somebody_says_the_good_ones_only(wizard: Wizard) -> None:
    wizard.choose("part_number,description\nP-1,One\n,Two\nP-3,Three\n")
    wizard.check()
    assert not wizard.page.next.isVisible() and wizard.page.check.good_only.isVisible()
    assert wizard.station.rows("importRows", 3) == ["Part number: this must not be empty"]
    wizard.record()
    assert wizard.part_numbers() == ["P-1", "P-3"]
    bad = Path(str(wizard.station.text("importBadFile")))
    assert bad.name == "parts.csv.bad.csv" and ",Two" in bad.read_text("utf-8-sig")


def test_the_rows_are_filtered_by_verdict_and_say_old_and_new(wizard: Wizard) -> None:
    wizard.choose("part_number,description\nP-1,One\nP-2,Two\n")
    wizard.check()
    wizard.record()
    wizard.choose("part_number,description\nP-1,Eins\nP-2,Two\nP-3,Three\n", "second.csv")
    wizard.check()
    assert [button.text() for button in wizard.page.check._filters.values() if not button.isHidden()] == [
        "All rows: 3", "New: 1", "Changed: 1", "Same: 1", "Bad: 0",
    ]  # fmt: skip
    wizard.page.check._filters["changed"].click()
    wizard.settle()
    assert wizard.station.rows("importRows", 3) == ["Description: One → Eins"]


def test_fifty_thousand_rows_are_read_by_the_page(wizard: Wizard) -> None:
    wizard.choose("part_number\n" + "".join(f"P-{n:05}\n" for n in range(50_000)))
    wizard.check()
    model = wizard.page.check.model
    assert model.rowCount() == 50_000
    wizard.page.check.table.scrollToBottom()
    wizard.until(lambda: model.row(49_999) is not None)
    row = model.row(49_999)
    assert row is not None and row.words == "P-49999"
    assert sum(map(len, model._pages.values())) < 5_000


def test_a_cancelled_import_records_nothing(wizard: Wizard) -> None:
    wizard.choose("part_number\n" + "".join(f"P-{n:05}\n" for n in range(20_000)))
    wizard.check()
    wizard.page.next.click()
    wizard.page.result.stop.click()
    wizard.until(lambda: not wizard.page._is_recording)
    assert wizard.station.text("importResultSentence") == "Cancelled. The depot is as it was."
    assert wizard.part_numbers() == []


def test_a_scan_is_answered_while_the_wizard_is_open_and_the_wizard_stays_where_it_was(wizard: Wizard) -> None:
    wizard.choose(PARTS)
    wizard.check()
    assert wizard.station.scan(UNIT + "S1") == "RECEIVED"
    pages = wizard.station.shell.pages
    assert pages is not None and pages.current == "receiving"
    wizard.station.shell.open_page("import")
    assert pages.current == "import" and wizard.page._step == CHECK
    wizard.record()
    assert "P-1" in wizard.part_numbers()


def test_a_whole_import_is_undone_with_a_reason_and_listed(wizard: Wizard) -> None:
    wizard.choose(PARTS)
    wizard.check()
    wizard.record()
    wizard.page.result.undo.click()
    wizard.until(lambda: wizard.page._dialog is not None)
    dialog = wizard.page._dialog
    assert dialog is not None
    assert "2 parts" in dialog.withdrawn.text() and not dialog.confirm.isEnabled()
    dialog.reason.setText("wrong file")
    dialog.confirm.click()
    wizard.until(lambda: wizard.page._dialog is None)
    assert wizard.part_numbers() == []
    assert wizard.page._step == FILE
    assert wizard.station.text("importFileTrouble") == "parts.csv is undone. Withdrawn: 2 parts."
    [below] = [wizard.page.file.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)]
    assert "wrong file" in below
    wizard.page.file.list.setCurrentIndex(wizard.page.file.list.model().index(0, 0))
    assert not wizard.page.file.undo.isEnabled()


@pytest.mark.parametrize(
    ("content", "name", "says", "then"),
    [
        (b"", "a.csv", "it is empty", "Save the table again"),
        (b"part_number,description\n", "b.csv", "no row below", "with its rows"),
        (b"part_number,part_number\n1,2\n", "c.csv", "stands in it twice", "another name"),
        (bytes(range(256)) * 20, "d.csv", "it is not text", "CSV or XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "e.xlsx",
         "protected by a password", "without a password"),
        (b"PK\x03\x04 nothing", "f.xlsx", "not a whole workbook", "save it as .xlsx again"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_said_in_words_with_the_next_step(
    wizard: Wizard, content: bytes, name: str, says: str, then: str
) -> None:
    wizard.drop(wizard.file(content, name))
    wizard.until(
        lambda: (
            name in wizard.station.text("importFileTrouble") and "cannot" in wizard.station.text("importFileTrouble")
        )
    )
    said = wizard.station.text("importFileTrouble")
    assert says in said and then in said
    assert wizard.page._step == FILE


def test_a_file_is_imported_by_keyboard_alone(wizard: Wizard) -> None:
    shell, field = wizard.station.shell, wizard.page.file.field
    shell.activateWindow()
    assert isinstance(field, QLineEdit)
    field.setText(str(wizard.file(PARTS)))
    key(field, Qt.Key.Key_Return)
    wizard.until(lambda: wizard.page._step == COLUMNS)
    control = Qt.KeyboardModifier.ControlModifier
    key(wizard.page.columns._choices[0], Qt.Key.Key_Return, control)
    wizard.until(lambda: wizard.page._step == CHECK and wizard.page.check.preview is not None)
    key(wizard.page.check.table, Qt.Key.Key_Escape)
    assert wizard.page._step == COLUMNS
    key(wizard.page.columns._choices[0], Qt.Key.Key_Return, control)
    wizard.until(lambda: wizard.page._step == CHECK)
    key(wizard.page.check.table, Qt.Key.Key_Return, control)
    wizard.until(lambda: wizard.page._step == RESULT and not wizard.page._is_recording)
    assert wizard.part_numbers() == ["P-1", "P-2"]
