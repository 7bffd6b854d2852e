"""Every action has a key and a mnemonic, and stands in the one menu."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from dockmark.ui.mnemonics import mnemonic_of, plain, with_mnemonic

from .conftest import Window


@given(st.lists(st.text(min_size=1, max_size=20), max_size=12))
def test_a_mnemonic_is_taken_once_and_the_text_reads_as_before(texts: list[str]) -> None:
    shown: list[str] = []
    for text in texts:
        shown.append(with_mnemonic(text, shown))
    letters = [letter for each in shown if (letter := mnemonic_of(each))]
    assert len(letters) == len(set(letters))
    assert [plain(each) for each in shown] == [text.replace("\0", "&") for text in texts]


def test_every_action_of_the_window_has_a_key_and_a_text_with_a_mnemonic(window: Window) -> None:
    window.scan("ORDER-4711")
    actions = [each for each in window.shell.findChildren(QAction) if each.text() and each.objectName()]
    assert len(actions) > 15
    for each in actions:
        assert not each.shortcut().isEmpty(), each.text()
        assert mnemonic_of(each.text()), each.text()


def test_the_menu_opens_by_key_and_does_what_is_chosen_by_mnemonics(window: Window) -> None:
    window.scan("ORDER-4711")
    QTest.keyClick(window.shell, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    window.qtbot.wait_until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and menu.objectName() == "mainMenu"
    titles = [plain(each.text()) for each in menu.actions()]
    assert titles[0] == "Receiving" and "Go to" in titles
    go = next(each.menu() for each in menu.actions() if plain(each.text()) == "Go to")
    assert isinstance(go, QMenu)
    find = next(each for each in go.actions() if plain(each.text()) == "Find anything")
    find.trigger()
    menu.close()
    assert window.pages.current == "search"
