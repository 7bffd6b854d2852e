"""The forms of master data on a real workstation, by keyboard where people would use it."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dockmark.ui.master_dialogs import UnsavedDialog
from dockmark.ui.master_page import MasterPage

from .test_real_station import UNIT, Station, start, station

__all__ = ["start", "station"]
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Forms:
    """The page, and what a test does with it."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.open("part:new")

    @property
    def page(self) -> MasterPage:
        pages = self.station.shell.pages
        assert pages is not None
        found = pages.late("master")
        assert isinstance(found, MasterPage)
        return found

    def open(self, what: str = "") -> None:
        self.station.shell.open_page("master", what)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.station.settle()

    def until(self, so: Callable[[], bool]) -> None:
        self.station.qtbot.wait_until(so, timeout=20_000)
        self.settle()

    def write(self, **values: str) -> None:
        for name, text in values.items():
            editor: Any = self.page.grid._editors[name]
            (editor.setText if hasattr(editor, "setText") else editor.set_text)(text)

    def save(self) -> str:
        self.page.save.click()
        self.until(lambda: not self.page._is_saving)
        return self.page.state.words.text()

    def value(self, name: str) -> str:
        return str(self.page.grid._editors[name].text())

    def trouble(self, name: str) -> str:
        line = self.page.grid._troubles[name]
        return line.words.text() if not line.isHidden() else ""

    def sql(self, text: str) -> list[Any]:
        service: Any = self.page.service
        rows: list[Any] = service.ask(lambda session: session.all(text)).result()
        return rows


@pytest.fixture
def forms(station: Station) -> Forms:
    return Forms(station)


def key(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(widget, key, modifier)


def test_a_part_is_added_by_keyboard_alone(forms: Forms) -> None:
    assert forms.station.text("masterTitle") == "New part"
    number = forms.page.grid._editors["part_number"]
    QTest.keyClicks(number, "P-1")
    key(number, Qt.Key.Key_Return)
    maker = forms.page.grid._editors["manufacturer"]
    assert forms.station.shell.focusWidget() is maker
    QTest.keyClicks(maker, "Acme")
    key(maker, Qt.Key.Key_S, CONTROL)
    forms.until(lambda: forms.station.text("masterTitle") == "Part P-1")
    assert forms.page.state.words.text() == "Part P-1 is saved."
    assert forms.sql("SELECT part_number, manufacturer FROM parts") == [("P-1", "Acme")]
    assert forms.page.history.model().rowCount() == 1


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_saved(forms: Forms) -> None:
    forms.write(gtin="123")
    forms.until(lambda: forms.trouble("gtin") != "")
    assert "length is wrong" in forms.trouble("gtin")
    assert forms.trouble("part_number") == ""
    assert forms.save() == "Not saved: correct what is marked."
    assert forms.trouble("part_number") == "This must not be empty"
    assert forms.sql("SELECT * FROM parts") == []


def test_a_correction_asks_for_its_reason_and_is_undone(forms: Forms) -> None:
    forms.write(part_number="P-1", description="One")
    forms.save()
    forms.write(description="Eins")
    assert "needs a reason" in forms.save()
    assert forms.station.shell.focusWidget() is forms.page.reason
    forms.page.reason.setText("typing")
    forms.save()
    assert forms.sql("SELECT description FROM parts") == [("Eins",)]
    assert "P-1" in forms.page.undo.text()
    key(forms.page.new, Qt.Key.Key_Z, CONTROL)
    forms.until(lambda: forms.value("description") == "One")
    assert forms.sql("SELECT description FROM parts") == [("One",)]
    assert "Undone" in forms.page.state.words.text()


def test_what_is_not_saved_is_asked_about(forms: Forms) -> None:
    forms.write(part_number="P-1")
    key(forms.page.grid._editors["part_number"], Qt.Key.Key_Escape)
    dialog = forms.page.findChild(UnsavedDialog)
    assert isinstance(dialog, UnsavedDialog) and dialog.isVisible()
    dialog.back.click()
    forms.settle()
    assert forms.value("part_number") == "P-1"
    forms.page._on_kind("place")
    asked = [each for each in forms.page.findChildren(UnsavedDialog) if each.isVisible()]
    asked[0].save.click()
    forms.until(lambda: forms.station.text("masterTitle") == "New place")
    assert forms.sql("SELECT part_number FROM parts") == [("P-1",)]
    forms.write(place="A-1")
    forms.page._on_kind("partner")
    [asked_again] = [each for each in forms.page.findChildren(UnsavedDialog) if each.isVisible()]
    asked_again.leave.click()
    forms.until(lambda: forms.station.text("masterTitle") == "New partner")
    assert forms.sql("SELECT * FROM places") == []


def test_an_entry_is_found_by_typing_and_opened(forms: Forms) -> None:
    for code, name in (("S1", "Helix"), ("S2", "Corner")):
        forms.open("partner:new")
        forms.write(partner=code, name=name)
        forms.save()
    forms.page.entries.field.setText("corn")
    forms.until(lambda: forms.page.entries.list.model().rowCount() == 1)
    key(forms.page.entries.field, Qt.Key.Key_Down)
    key(forms.page.entries.list, Qt.Key.Key_Return)
    forms.until(lambda: forms.station.text("masterTitle") == "Partner S2")
    forms.page.entries.field.setText("nobody")
    forms.until(lambda: not forms.page.entries.empty.isHidden())
    assert forms.page.entries.empty.text() == "Nothing is known under this text."


def test_parts_made_from_scans_are_counted_and_completed(forms: Forms) -> None:
    forms.station.scan(UNIT + "S1")
    forms.open("part")
    forms.until(lambda: "1 part to be completed" in forms.page.entries.complete.text())
    forms.page.entries.complete.click()
    forms.until(lambda: forms.page.state.words.text().startswith("Made from a scan"))
    assert forms.page.save.isEnabled()
    forms.write(description="Found at the dock")
    forms.save()
    forms.until(lambda: forms.page.entries.complete.isHidden())
    assert forms.sql("SELECT complete FROM parts") == [(1,)]


def test_an_order_is_written_with_its_lines_and_what_is_missing_will_not_come(forms: Forms) -> None:
    forms.write(part_number="P-1")
    forms.save()
    forms.open("order:new")
    forms.write(order="PO-9")
    lines = forms.page.lines
    for name, text in (("part_number", "P-1"), ("quantity", "2")):
        lines.grid._editors[name].setText(text)  # type: ignore[union-attr]  # both are plain fields
    lines.add.click()
    for name, text in (("part_number", "P-1"), ("quantity", "5")):
        lines.grid._editors[name].setText(text)  # type: ignore[union-attr]  # both are plain fields
    assert forms.save() == "Order PO-9 is saved."
    assert forms.sql("SELECT line, quantity, withdrawn FROM order_lines ORDER BY line") == [("1", 2, 0), ("2", 5, 0)]
    lines.list.setCurrentIndex(lines.list.model().index(1, 0))
    lines.withdraw.click()
    dialog = forms.page.withdrawing.dialog
    assert dialog is not None and not dialog.confirm.isEnabled()
    dialog.reason.setText("discontinued")
    key(dialog.reason, Qt.Key.Key_Return)
    forms.until(lambda: forms.page.withdrawing.dialog is None)
    assert forms.sql("SELECT line, withdrawn FROM order_lines ORDER BY line") == [("1", 0), ("2", 1)]
    forms.until(lambda: "will not come" in str(lines.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)))


def test_a_wrong_line_is_marked_in_the_list_and_at_its_field(forms: Forms) -> None:
    forms.open("order:new")
    forms.write(order="PO-9")
    forms.page.lines.grid._editors["part_number"].setText("NOPE")  # type: ignore[union-attr]  # a plain field
    forms.save()
    told = str(forms.page.lines.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "something is wrong here" in told
    trouble = forms.page.lines.grid._troubles["part_number"]
    assert "this part is not known" in trouble.words.text().lower()


def test_a_person_is_enrolled_with_several_roles(forms: Forms) -> None:
    forms.open("operator:new")
    forms.write(operator="carl", name="Carl Ek", roles="technician inspector")
    assert forms.save() == "Carl Ek is saved."
    assert forms.sql("SELECT roles FROM operators WHERE id = 'carl'") == [('["technician","inspector"]',)]


def test_everything_on_the_page_has_a_name(forms: Forms) -> None:
    for what in ("part:new", "order:new", "operator:new"):
        forms.open(what)
        nameless = [
            type(each).__name__
            for each in forms.page.grid._editors.values()
            if not each.objectName() or not each.accessibleName()
        ]
        assert nameless == []
