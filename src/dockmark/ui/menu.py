"""Everything that can be done here and now, in one menu, for who knows neither key nor barcode of a command."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from dockmark.ui.mnemonics import with_mnemonic
from dockmark.ui.words import _

Groups = Callable[[], Sequence[tuple[str, str, Iterable[QAction]]]]
"""(name, title, actions) of each submenu, as they are when the menu opens."""


class MainMenu(QMenu):
    """Made anew each time it opens, from the actions that the window has then."""

    def __init__(self, parent: QWidget, groups: Groups) -> None:
        super().__init__(parent)
        self.setObjectName("mainMenu")
        self.setAccessibleName(_("Menu"))
        self._groups = groups
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        for old in self.findChildren(QMenu):
            old.deleteLater()
        self.clear()
        titles: list[str] = []
        for name, title, actions in self._groups():
            shown = [each for each in actions if each.text()]
            if not shown:
                continue
            titles.append(with_mnemonic(title, titles))
            submenu = QMenu(titles[-1], self)
            submenu.setObjectName(f"menu_{name}")
            submenu.setAccessibleName(title)
            submenu.addActions(shown)
            self.addMenu(submenu)
