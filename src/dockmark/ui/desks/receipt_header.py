"""The head of the receiving screen: which receipt, from whom, where to, and how much of it has come."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QWidget

from dockmark.desks.views import DeskView
from dockmark.record.refusal import Refused
from dockmark.ui.cards import Card, columns, gap, rows
from dockmark.ui.labels import Caption, Sentence, Value
from dockmark.ui.words import _, ngettext, number, said, seen

Colour = QPalette.ColorRole


class ReceiptHeader(Card):
    """Where to, who and how much, readable from a step away; below it which receipt, and what is awaited."""

    def __init__(self) -> None:
        super().__init__("receiptHeader")
        self.receipt = Value("receiptNumber", weight=QFont.Weight.Normal)
        self.order = Value("receiptOrder", 1.5, QFont.Weight.Bold)
        self.partner = Value("receiptPartner", weight=QFont.Weight.Normal)
        self.place = Value("receiptPlace", 1.5, QFont.Weight.Bold)
        self.operator = Value("receiptOperator", 1.5, QFont.Weight.Bold)
        self.note = Value("receiptNote", weight=QFont.Weight.Normal)
        self.count = Value("receiptCount", 2.6, QFont.Weight.Bold)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.waiting = Sentence("receiptWaiting", 1.1, QFont.Weight.DemiBold)
        self._lay_out()

    def show_view(self, view: DeskView) -> None:
        """Show the receipt as it stands."""
        self.receipt.setText(seen(view.receipt) or "—")
        self.order.setText(seen(view.order) or _("blind"))
        self.partner.setText(seen(view.partner) or "—")
        self.place.setText(seen(view.place) or _("no place"))
        self.place.setForegroundRole(Colour.WindowText if view.place else Colour.PlaceholderText)
        self.note.setText(seen(view.note) or "—")
        self.count.setText(count_words(view))
        half = view.waiting if view.waiting != Refused.REASON_NEEDED else ""
        self.waiting.setText(said(half) if half else "")
        self.waiting.setVisible(bool(half))

    def show_operator(self, name: str) -> None:
        """Who works here now."""
        self.operator.setText(seen(name) or "—")

    def _lay_out(self) -> None:
        facts = QWidget()
        line = columns(facts, spacing=2.4)
        large = ((_("Order or ASN"), self.order, 5), (_("Place"), self.place, 4), (_("Operator"), self.operator, 5))
        for text, value, share in large:
            pair = QWidget()
            two = rows(pair, spacing=0)
            two.addWidget(Caption(text, value))
            two.addWidget(value)
            line.addWidget(pair, share)
        line.addWidget(self.count, 0)
        below = QWidget()
        small = columns(below, spacing=0.8)
        told = ((_("Receipt"), self.receipt, 5), (_("From"), self.partner, 4), (_("Delivery note"), self.note, 3))
        for text, value, share in told:
            small.addWidget(Caption(text, value))
            small.addWidget(value, share)
        whole = rows(self, margin=1.3, spacing=0.4)
        whole.addWidget(facts)
        whole.addWidget(below)
        whole.addWidget(self.waiting)
        self.waiting.setContentsMargins(0, 0, 0, gap(self) // 2)


def count_words(view: DeskView) -> str:
    """How much has come: of what was advised, or alone where nothing was."""
    if view.wanted:
        return _("{done} of {wanted}").format(done=number(view.done), wanted=number(view.wanted))
    return ngettext("{count} unit", "{count} units", view.done).format(count=number(view.done))
