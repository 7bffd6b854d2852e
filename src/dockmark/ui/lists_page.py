"""Lists of everything: one table of any length, its filters, order and columns, and the way onwards from a row."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QDate, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from dockmark.lookup.lists.columns import Kind, Listing
from dockmark.lookup.lists.filters import Filter, Query, check, read_filter
from dockmark.lookup.lists.known import LISTS, listing
from dockmark.lookup.lists.paging import ListRow
from dockmark.record.refusal import Conflict, Refusal
from dockmark.ui.actions import Work, action
from dockmark.ui.cards import rows
from dockmark.ui.labels import escaped
from dockmark.ui.late import Kit, LatePage
from dockmark.ui.lists_export import Exporting
from dockmark.ui.lists_frame import ListsFrame
from dockmark.ui.lists_model import ListModel
from dockmark.ui.lists_table import ListTable
from dockmark.ui.lists_views import MOST, View, keep, load, read_view, told_view
from dockmark.ui.lists_words import title_of
from dockmark.ui.openings import Openings, Thing
from dockmark.ui.service import Service
from dockmark.ui.words import _, number, said, seen
from dockmark.wording.lists import list_word

_QUIET_MS: Final = 400
_MANY: Final = 50_000
"""From so many rows on the order is not made anew at every scan."""
_LONG_QUIET_MS: Final = 5_000
_KINDS: Final = {
    "units": ("unit", "serial"),
    "holds": ("unit", "serial"),
    "receipts": ("receipt", "receipt"),
    "orders": ("order", "order"),
    "asn": ("asn", "asn"),
    "parts": ("part", "part_number"),
    "partners": ("partner", "partner"),
    "places": ("place", "place"),
}
"""What a row of a list is, and the column that names it."""


class ListsPage(LatePage):
    """The lists, each as it was left."""

    counted = Signal(int)  # rows of what is shown, once all have their place

    def __init__(self, kit: Kit) -> None:
        super().__init__("listsPage", kit)
        self.model = ListModel(kit.bridge)
        self.table = ListTable(self.model)
        self.frame = ListsFrame(self.table)
        self.openings = Openings(self, kit.bridge)
        self.exporting = Exporting(self.frame, kit.bridge)
        self._left: dict[str, View] = {name: _first(name) for name in LISTS}
        self._now = self._left["units"]
        self._total: int | None = None
        self._is_busy = False
        self._is_stale = True
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        rows(self, margin=0.2).addWidget(self.frame)
        self._connect()
        self._build_keys()

    # -- the page -----------------------------------------------------------------------------------------------------

    def attend(self, service: Service) -> None:
        super().attend(service)
        self.model.attend(service)
        self.openings.attend(service)
        self._is_stale = True

    def begin(self, what: str = "") -> None:
        """Come up as it was left, or with `what`: a list, or `list:column=filter`."""
        if what:
            self._show(_wanted(what, self._left))
        elif self._is_stale:
            self._show(self._now)
        self._is_stale = False
        self.table.setFocus()

    def draft(self) -> dict[str, Any]:
        """How each list is looked at, where that is not as at first; and which is in front."""
        changed = [told_view(view) for name, view in self._left.items() if view != _first(name)]
        if not changed and self._now.query.list == "units":
            return {}
        return {"views": changed, "now": self._now.query.list}

    def take_draft(self, told: dict[str, Any]) -> None:
        for kept in told.get("views", ()):
            if (view := read_view(kept)) is not None and view.query.list in self._left:
                self._left[view.query.list] = view
        self._now = self._left.get(str(told.get("now")), self._now)
        if not self._is_stale:
            self._show(self._now)  # else it is shown when the page comes to the front

    def heard(self, news: str, content: object) -> None:
        if news not in ("answered", "ledger") or self.service is None:
            return
        if not self.isVisible():
            self._is_stale = True
        elif not self._quiet.isActive():
            self._quiet.start(_LONG_QUIET_MS if self.model.rowCount() > _MANY else _QUIET_MS)

    def _connect(self) -> None:
        self._quiet.timeout.connect(self._on_quiet)
        self.model.replaced.connect(self._say_count)
        self.model.rowsInserted.connect(self._say_count)
        self.model.settled.connect(self._on_settled)
        self.model.busied.connect(self._on_busied)
        self.model.troubled.connect(self._on_troubled)
        self.table.opened.connect(self._on_opened)
        self.table.sort_wanted.connect(self._on_sort)
        self.frame.chips.removed.connect(self._on_chip)
        self.openings.unit_chosen.connect(self.unit_chosen)
        self.openings.page_wanted.connect(self._on_page_wanted)

    def _build_keys(self) -> None:
        for number_of, (name, button) in enumerate(self.frame.tabs.items(), 1):
            action(self, button, Work(list_word(name), f"Alt+{number_of}", partial(self._on_tab, name)))
        frame = self.frame
        for each, work in (
            (frame.filter, Work(_("Filter"), "Ctrl+F", self._on_filter)),
            (frame.sort, Work(_("Sort"), "Alt+S", self._on_sort_menu)),
            (frame.columns, Work(_("Columns"), "Alt+L", self._on_columns)),
            (frame.views, Work(_("Views"), "Alt+V", self._on_views)),
            (frame.export, Work(_("Export"), "Ctrl+E", self._on_export)),
        ):
            action(self, each, work)
        action(self, frame.stop, Work(_("Stop the export"), "Ctrl+.", self.exporting.stop))
        action(self, None, Work(_("Take all filters away"), "Ctrl+Shift+F", self._on_no_filters))

    # -- what is shown ------------------------------------------------------------------------------------------------

    @property
    def _about(self) -> Listing:
        return listing(self._now.query.list)

    def _show(self, view: View) -> None:
        """Show that view, and remember it for its list."""
        other_columns = view.columns != tuple(column.key for column in self.model.columns)
        self._now = self._left[view.query.list] = view
        self._total = None
        self.frame.mark(view.query.list)
        self.frame.chips.show_filters(self._about, view.query.filters)
        self.frame.say("")
        self.table.say_empty("")
        self.model.show_query(view.query, view.columns)
        if other_columns:
            self.table.spread()
        if view.query.filters and self.service is not None:
            question = self.service.lists.count(Query(view.query.list))
            self.kit.bridge.ask(self, question, self._on_total, topic="total")

    def _change(self, query: Query) -> None:
        self._show(replace(self._now, query=query))
        self.table.setFocus()

    def _on_total(self, total: int) -> None:
        self._total = total
        self._say_count()

    def _say_count(self) -> None:
        shown = number(self.model.rowCount())
        if self._now.query.filters and self._total is not None:
            words = _("{shown} of {all}").format(shown=shown, all=number(self._total))
        else:
            words = shown
        words = f"{list_word(self._now.query.list)}: {words}"
        self.frame.count.setText(_("{count} · sorting …").format(count=words) if self._is_busy else words)

    def _on_busied(self, is_busy: bool) -> None:
        self._is_busy = is_busy and self.model.rowCount() > 0
        self._say_count()

    def _on_settled(self) -> None:
        self._say_count()
        self.table.say_empty(_nothing(self._now.query))
        self.counted.emit(self.model.rowCount())

    def _on_quiet(self) -> None:
        self.model.refresh()

    def _on_troubled(self, trouble: object) -> None:
        if isinstance(trouble, Refusal):
            self.frame.say(said(trouble.code.value, trouble.facts))
        elif isinstance(trouble, Conflict):
            self.frame.say(said("busy"))
        elif isinstance(trouble, BaseException):
            self.kit.bridge.troubled.emit(trouble)

    # -- another list, order, filter ----------------------------------------------------------------------------------

    def _on_tab(self, name: str) -> None:
        self._show(self._left[name])
        self.table.setFocus()

    def _on_sort(self, key: str) -> None:
        query = self._now.query
        now, down = (query.sort, query.descending) if query.sort else (self._about.sort, self._about.descending)
        first_down = self._about.column(key).kind is Kind.MOMENT
        self._change(replace(query, sort=key, descending=not down if key == now else first_down))

    def _on_sort_menu(self) -> None:
        menu = self._menu("sortMenu", _("Sort by"))
        for column in self._about.columns:
            made = menu.addAction(escaped(title_of(column)), partial(self._on_sort, column.key))
            made.setObjectName(f"sort_{column.key}")
            made.setCheckable(True)
            made.setChecked(column.key == (self._now.query.sort or self._about.sort))
        self._pop_up(menu, self.frame.sort)

    def _on_filter(self) -> None:
        from dockmark.ui.lists_filters import FilterDialog

        index = self.table.currentIndex()
        column = self.model.columns[index.column()].key if index.isValid() else self._now.columns[0]
        dialog = FilterDialog(self, self._about, column)
        dialog.added.connect(self._on_filter_added)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    def _on_filter_added(self, made: Filter) -> None:
        self._change(replace(self._now.query, filters=(*self._now.query.filters, made)))

    def _on_chip(self, which: int) -> None:
        filters = self._now.query.filters
        self._change(replace(self._now.query, filters=filters[:which] + filters[which + 1 :]))

    def _on_no_filters(self) -> None:
        if self._now.query.filters:
            self._change(replace(self._now.query, filters=()))

    def _on_columns(self) -> None:
        from dockmark.ui.lists_dialogs import ColumnsDialog

        dialog = ColumnsDialog(self, self._about, self._now.columns)
        dialog.chosen.connect(self._on_columns_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    def _on_columns_chosen(self, columns: tuple[str, ...]) -> None:
        self._show(replace(self._now, columns=columns))
        self.table.setFocus()

    # -- saved views --------------------------------------------------------------------------------------------------

    def _on_views(self) -> None:
        from dockmark.ui.lists_dialogs import ViewsDialog

        dialog = ViewsDialog(self, load(self.kit.settings_file.parent), self._now.name)
        dialog.opened.connect(self._on_view_opened)
        dialog.saved.connect(self._on_view_saved)
        dialog.removed.connect(self._on_view_removed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    def _on_view_opened(self, view: View) -> None:
        self._show(view)
        self.table.setFocus()

    def _on_view_saved(self, name: str) -> None:
        self._now = self._left[self._now.query.list] = replace(self._now, name=name)
        others = [view for view in load(self.kit.settings_file.parent) if view.name != name][: MOST - 1]
        kept = keep(self.kit.settings_file.parent, [*others, self._now])
        words = _("Saved as {name}.") if kept else _("The disk would not take it: {name} was not saved.")
        self.frame.say(words.format(name=seen(name)))

    def _on_view_removed(self, name: str) -> None:
        keep(self.kit.settings_file.parent, [v for v in load(self.kit.settings_file.parent) if v.name != name])

    # -- out to a file, and onwards -----------------------------------------------------------------------------------

    def _on_export(self) -> None:
        from dockmark.ui.lists_dialogs import ExportDialog

        dialog = ExportDialog(self, self._about, self.frame.count.text(), _file_for(self._now.query.list))
        dialog.wanted.connect(self._on_export_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    def _on_export_wanted(self, path: Path) -> None:
        if self.service is not None:
            self.exporting.start(self.service, self._now.query, self._now.columns, path)

    def _on_opened(self, row: int) -> None:
        """Ask what the row is called now, then offer the ways onwards."""
        key, name = self.model.key(row), self._now.query.list
        if not key or self.service is None:
            return
        kind, column = _KINDS[name]
        question = self.service.lists.rows(name, [key], [column])
        self.kit.bridge.ask(self, question, partial(self._on_named, kind), topic="opened")

    def _on_named(self, kind: str, rows_of: list[ListRow]) -> None:
        if not rows_of:
            self.frame.say(_("This row is gone."))
            return
        row = rows_of[0]
        ways = self.openings.ways(Thing(kind, row.key[:36] if kind == "unit" else row.key, str(row.cells[0] or "")))
        if len(ways) == 1:
            ways[0].go()
        elif ways:
            menu = self._menu("rowMenu", _("What to do with the row"))
            for way in ways:
                menu.addAction(escaped(way.says), way.go).setObjectName(f"way_{way.name}")
            self._pop_up(menu, None)

    def _on_page_wanted(self, name: str, what: str) -> None:
        if name == "lists":
            self.begin(what)
        else:
            self.page_wanted.emit(name, what)

    def _menu(self, name: str, says: str) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(name)
        menu.setAccessibleName(says)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _pop_up(self, menu: QMenu, button: QWidget | None) -> None:
        """Below its button, or at the row; the first entry is chosen, so that Enter goes the usual way."""
        if button is not None:
            at = button.mapToGlobal(button.rect().bottomLeft())
        else:
            at = self.table.viewport().mapToGlobal(self.table.visualRect(self.table.currentIndex()).bottomLeft())
        checked = [each for each in menu.actions() if each.isChecked()]
        menu.popup(at)
        menu.setActiveAction((checked or menu.actions())[0])


def _first(name: str) -> View:
    """That list as it is looked at at first."""
    return View("", Query(name), listing(name).shown)


def _wanted(what: str, left: dict[str, View]) -> View:
    """A list as it was left, or narrowed by `column=filter` alone; what makes no sense shows the units."""
    name, _colon, told = what.partition(":")
    column, _equals, text = told.partition("=")
    try:
        about = listing(name)
        if not told:
            return left[about.name]
        query = Query(about.name, (read_filter(about, column, text),))
        check(query)
    except Refusal:
        return left["units"]
    return View("", query, left[about.name].columns)


def _file_for(name: str) -> Path:
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
    return (folder if folder.is_dir() else Path.home()) / f"{name}-{QDate.currentDate().toString('yyyy-MM-dd')}.xlsx"


def _nothing(query: Query) -> str:
    """What to do where there are no rows."""
    if query.filters:
        return _("No row passes the filters. Ctrl+Shift+F takes them all away.")
    return {
        "units": _("No units yet. Scan the first one at the receiving desk (F2), or import the stock."),
        "receipts": _("No receipts yet. Scan an order, an ASN or a unit at the receiving desk (F2)."),
        "orders": _("No orders yet. Import a file of orders."),
        "asn": _("No ASNs yet. Import a file of advised deliveries."),
        "holds": _("Nothing is on hold. A unit is held at the hold desk (F3)."),
        "parts": _("No parts yet. Import a file of parts; a part that is scanned for the first time is added too."),
        "partners": _("No partners yet. Import a file of partners."),
        "places": _("No places yet. Import a file of places."),
    }[query.list]
