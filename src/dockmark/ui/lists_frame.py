"""How the page of lists is laid out: which list, what can be done with it, its filters, the table, what goes on."""

from PySide6.QtWidgets import QProgressBar, QWidget

from dockmark.lookup.lists.known import LISTS
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Headline, Sentence
from dockmark.ui.lists_filters import FilterChips
from dockmark.ui.lists_table import ListTable
from dockmark.ui.one_of import OneOf
from dockmark.ui.words import _
from dockmark.wording.lists import list_word


class ListsFrame(QWidget):
    """Lays out; decides nothing."""

    def __init__(self, table: ListTable) -> None:
        super().__init__()
        self.table = table
        self.tabs: dict[str, CommandButton] = {}
        self.count = Headline("", 1.0)
        self.count.setObjectName("listCount")
        self.filter = CommandButton("filterButton", _("Filter …"), "filter", "Ctrl+F")
        self.sort = CommandButton("sortButton", _("Sort …"), "sort", "Alt+S")
        self.columns = CommandButton("columnsButton", _("Columns …"), "columns", "Alt+L")
        self.views = CommandButton("viewsButton", _("Views …"), "views", "Alt+V")
        self.export = CommandButton("exportButton", _("Export …"), "export", "Ctrl+E")
        self.chips = FilterChips()
        self.words = Sentence("listSentence")
        self.progress = QProgressBar()
        self.progress.setObjectName("exportProgress")
        self.progress.setAccessibleName(_("Progress of the export"))
        self.stop = CommandButton("exportStopButton", _("Stop"), "skip", "Ctrl+.")
        whole = rows(self, margin=1.2, spacing=0.8)
        whole.addWidget(self._tab_line())
        whole.addWidget(self._tool_line())
        whole.addWidget(self.chips)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._foot())

    def mark(self, name: str) -> None:
        """Show which list it is."""
        self.tabs[name].setChecked(True)
        says = list_word(name)
        self.table.setAccessibleName(says)

    def show_progress(self, done: int, total: int) -> None:
        """How far the export is."""
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)

    def show_exporting(self, *, runs: bool) -> None:
        """Show the bar and the button that stops, or put them away."""
        self.progress.setVisible(runs)
        self.stop.setVisible(runs)
        self.export.setEnabled(not runs)

    def say(self, words: str) -> None:
        """What happened last."""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _tab_line(self) -> QWidget:
        line, group = QWidget(), OneOf(self)
        line.setObjectName("listTabs")
        line.setAccessibleName(_("Lists"))
        flow = FlowLayout(line, gap(self) // 2)
        for number, name in enumerate(LISTS, 1):
            button = self.tabs[name] = CommandButton(f"list_{name}", list_word(name), "", f"Alt+{number}")
            button.setCheckable(True)
            group.addButton(button)
            flow.addWidget(button)
        return line

    def _tool_line(self) -> QWidget:
        line = QWidget()
        flow = FlowLayout(line, gap(self) // 2)
        for button in (self.filter, self.sort, self.columns, self.views, self.export):
            flow.addWidget(button)
        both = QWidget()
        whole = rows(both, spacing=0.6)
        whole.addWidget(line)
        whole.addWidget(self.count)
        return both

    def _foot(self) -> QWidget:
        foot = QWidget()
        line = columns(foot)
        line.addWidget(self.words, 2)
        line.addWidget(self.progress, 1)
        line.addWidget(self.stop)
        self.show_exporting(runs=False)
        self.say("")
        return foot
