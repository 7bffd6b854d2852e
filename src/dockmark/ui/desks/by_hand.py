"""Work without a scanner or without a label: fields to type the order, the place and a unit."""

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, gap
from dockmark.ui.labels import Caption, Field, Headline
from dockmark.ui.words import _


class ByHand(Card):
    """Two rows of fields: the receipt, and one unit that has no label."""

    order_typed = Signal(str)
    place_typed = Signal(str)
    note_typed = Signal(str)
    unit_typed = Signal(object)  # dict[str, str] of part, serial, lot, quantity

    def __init__(self) -> None:
        super().__init__("byHand")
        self.setAccessibleName(_("By hand"))
        self.order = Field("orderField", _("Order or ASN"), _("number"))
        self.place = Field("placeField", _("Place"), _("tag or name"))
        self.note = Field("noteField", _("Delivery note"), _("number"))
        self.open_button = CommandButton("openReceiptButton", _("Open receipt"), "order", _("Enter"))
        self.part = Field("partField", _("Part number"))
        self.serial = Field("serialField", _("Serial"))
        self.lot = Field("lotField", _("Lot"))
        self.quantity = Field("quantityField", _("Quantity"), "1")
        digits = QRegularExpression("[1-9][0-9]{0,6}")
        self.quantity.setValidator(QRegularExpressionValidator(digits, self.quantity))
        self.receive_button = CommandButton("receiveTypedButton", _("Receive typed"), "receiving", _("Enter"))
        self._lay_out()
        self._connect()

    def begin_receipt(self) -> None:
        """Put the cursor where a receipt is opened."""
        self.order.setFocus()

    def begin_unit(self) -> None:
        """Put the cursor where a unit is typed."""
        self.part.setFocus()

    def clear_unit(self) -> None:
        """Ready for the next unit: the part often stays the same."""
        for field in (self.serial, self.lot, self.quantity):
            field.setText("")  # no `clear`, which Ctrl+Z would take back in place of the unit

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        space = gap(self)
        grid.setContentsMargins(round(space * 1.4), space, round(space * 1.4), round(space * 1.3))
        grid.setHorizontalSpacing(space)
        grid.setVerticalSpacing(space // 3)
        self._row(grid, 0, _("Receipt"), (self.order, self.place, self.note), self.open_button)
        self._row(
            grid, 2, _("Unit without label"), (self.part, self.serial, self.lot, self.quantity), self.receive_button
        )
        for column, share in ((1, 3), (2, 3), (3, 3), (4, 1), (5, 0)):
            grid.setColumnStretch(column, share)

    def _row(self, grid: QGridLayout, row: int, title: str, fields: tuple[Field, ...], button: CommandButton) -> None:
        head = Headline(title, 1.0)
        head.setWordWrap(True)
        grid.addWidget(head, row + 1, 0)
        for column, field in enumerate(fields, start=1):
            grid.addWidget(Caption(field.accessibleName(), field), row, column)
            grid.addWidget(field, row + 1, column, 1, 2 if len(fields) == 3 and column == 3 else 1)
        grid.addWidget(button, row + 1, 5)

    def _connect(self) -> None:
        for field in (self.order, self.place, self.note):
            field.returnPressed.connect(self._on_receipt)
        for field in (self.part, self.serial, self.lot, self.quantity):
            field.returnPressed.connect(self._on_unit)
        self.open_button.clicked.connect(self._on_receipt)
        self.receive_button.clicked.connect(self._on_unit)

    def _on_receipt(self) -> None:
        pairs = ((self.order, self.order_typed), (self.place, self.place_typed), (self.note, self.note_typed))
        for field, signal in pairs:
            if text := field.text().strip():
                field.setText("")
                signal.emit(text)

    def _on_unit(self) -> None:
        fields = {"part": self.part, "serial": self.serial, "lot": self.lot, "quantity": self.quantity}
        typed = {key: field.text().strip() for key, field in fields.items() if field.text().strip()}
        if "serial" not in typed and "lot" not in typed and "part" not in typed:
            self.part.setFocus()
            return
        self.clear_unit()
        self.serial.setFocus()
        self.unit_typed.emit(typed)
