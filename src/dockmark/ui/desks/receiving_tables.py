"""The two tables of the receiving desk: the lines of the order, and the units that have come."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTableView

from dockmark.desks.views import DeskView, LineView, ReceivedUnit
from dockmark.ui.cards import Card, gap, rows
from dockmark.ui.tables import Column, RowsModel, RowsTable
from dockmark.ui.theme import Role
from dockmark.ui.verdicts import lamp_face
from dockmark.ui.words import _, condition_word, lamp_word, number, seen, state_word, when


def lines_model() -> RowsModel[LineView]:
    """The lines of the order or ASN."""
    return RowsModel(
        (
            Column(_("Part"), _line_part, 14),
            Column(_("Description"), _line_description, 22),
            Column(_("Ordered"), _line_ordered, 8, number=True),
            Column(_("Received"), _line_received, 8, number=True),
            Column(_("Open"), _line_open, 7, number=True),
            Column(_("Line"), _line_state, 12, shape=_line_shape),
        ),
        _line_key,
    )


def units_model() -> RowsModel[ReceivedUnit]:
    """The units received, newest first."""
    return RowsModel(
        (
            Column(_("Verdict"), _unit_verdict, 9, shape=_unit_shape),
            Column(_("Serial"), _unit_serial, 15),
            Column(_("Part"), _unit_part, 14),
            Column(_("Lot"), _unit_lot, 9),
            Column(_("Qty"), _unit_quantity, 5, number=True),
            Column(_("State"), _unit_state, 13, whole=True),
            Column(_("Place"), _unit_place, 10),
            Column(_("Time"), _unit_time, 8, whole=True),
        ),
        _unit_key,
    )


class ReceivingTables(QSplitter):
    """Lines above, units below; without an order there are only units."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setObjectName("receivingTables")
        self.setChildrenCollapsible(False)
        self._lines, self._units = lines_model(), units_model()
        self.lines = RowsTable("linesTable", _("Lines of the order"), self._lines, acted_on=False)
        self.units = RowsTable(
            "unitsTable",
            _("Units received, newest first"),
            self._units,
            acted_on=True,
            empty=_("Nothing received yet: scan the first unit."),
        )
        self._lines_card = _carded(self.lines)
        self.addWidget(self._lines_card)
        self.addWidget(_carded(self.units))
        self.setHandleWidth(gap(self))
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)

    def show_view(self, view: DeskView) -> None:
        """Show lines and units as they stand."""
        self._lines.show_rows(view.lines)
        self._units.show_rows(view.units)
        self._lines_card.setVisible(bool(view.lines))
        self._lines_card.setMaximumHeight(self.lines.natural_height() + gap(self) * 2)


def _carded(table: QTableView) -> Card:
    card = Card()
    rows(card, margin=0.5).addWidget(table)
    return card


def _line_key(line: LineView) -> str:
    return line.id


def _line_part(line: LineView) -> str:
    return seen(line.part)


def _line_description(line: LineView) -> str:
    return seen(line.description)


def _line_ordered(line: LineView) -> str:
    return number(line.ordered)


def _line_received(line: LineView) -> str:
    return number(line.received)


def _line_open(line: LineView) -> str:
    return number(line.open)


def _line_state(line: LineView) -> str:
    if line.fit:
        return _("fits best") if line.fit == "best" else _("fits")
    if line.received > line.ordered:
        return _("over")
    return _("complete") if line.open <= 0 else _("open")


def _line_shape(line: LineView) -> tuple[Role, str] | None:
    if line.received > line.ordered:
        return (Role.WARN, "warn")
    if line.open <= 0:
        return (Role.OK, "ok")
    return (Role.INFO, "info") if line.fit else None


def _unit_key(row: ReceivedUnit) -> str:
    return row.unit.id


def _unit_verdict(row: ReceivedUnit) -> str:
    return lamp_word(row.lamp)


def _unit_shape(row: ReceivedUnit) -> tuple[Role, str]:
    return lamp_face(row.lamp)


def _unit_serial(row: ReceivedUnit) -> str:
    serial = seen(row.unit.serial) or "—"
    return _("{serial} (typed)").format(serial=serial) if row.typed else serial


def _unit_part(row: ReceivedUnit) -> str:
    return seen(row.unit.part)


def _unit_lot(row: ReceivedUnit) -> str:
    return seen(row.unit.lot)


def _unit_quantity(row: ReceivedUnit) -> str:
    return number(row.unit.quantity)


def _unit_state(row: ReceivedUnit) -> str:
    if row.unit.condition not in ("", "new", "serviceable"):
        return condition_word(row.unit.condition)
    return state_word(row.unit.state)


def _unit_place(row: ReceivedUnit) -> str:
    return seen(row.unit.place)


def _unit_time(row: ReceivedUnit) -> str:
    return when(row.at, with_date=False)
