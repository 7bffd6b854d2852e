"""The head of the receiving screen: which receipt, from whom, where to, and how much of it has come."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from dockmark.desks.views import DeskView
from dockmark.record.refusal import Refused
from dockmark.ui.cards import Card, columns, gap, rows
from dockmark.ui.labels import Caption, Sentence, Value
from dockmark.ui.words import _, ngettext, number, said, seen


class ReceiptHeader(Card):
    """Facts at the left, the big count at the right, and below what is awaited."""

    def __init__(self) -> None:
        super().__init__("receiptHeader")
        self.receipt = Value("receiptNumber")
        self.order = Value("receiptOrder")
        self.partner = Value("receiptPartner")
        self.place = Value("receiptPlace")
        self.note = Value("receiptNote")
        self.count = Value("receiptCount", 2.6, QFont.Weight.Bold)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.waiting = Sentence("receiptWaiting", 1.1, QFont.Weight.DemiBold)
        self._lay_out()

    def show_view(self, view: DeskView) -> None:
        """Show the receipt as it stands."""
        self.receipt.setText(seen(view.receipt) or "—")
        self.order.setText(seen(view.order) or _("none: blind"))
        self.partner.setText(seen(view.partner) or "—")
        self.place.setText(seen(view.place) or _("not said yet"))
        self.note.setText(seen(view.note) or "—")
        self.count.setText(count_words(view))
        half = view.waiting if view.waiting != Refused.REASON_NEEDED else ""
        self.waiting.setText(said(half) if half else "")
        self.waiting.setVisible(bool(half))

    def _lay_out(self) -> None:
        facts = QWidget()
        line = columns(facts, spacing=2.4)
        told = (
            (_("Receipt"), self.receipt, 5),
            (_("Order or ASN"), self.order, 4),
            (_("From"), self.partner, 4),
            (_("Place"), self.place, 3),
            (_("Delivery note"), self.note, 3),
        )
        for text, value, share in told:
            pair = QWidget()
            two = rows(pair, spacing=0.1)
            two.addWidget(Caption(text, value))
            two.addWidget(value)
            line.addWidget(pair, share)
        line.addWidget(self.count, 0)
        whole = rows(self, margin=1.3, spacing=0.4)
        whole.addWidget(facts)
        whole.addWidget(self.waiting)
        self.waiting.setContentsMargins(0, 0, 0, gap(self) // 2)


def count_words(view: DeskView) -> str:
    """How much has come: of what was advised, or alone where nothing was."""
    if view.wanted:
        return _("{done} of {wanted}").format(done=number(view.done), wanted=number(view.wanted))
    return ngettext("{count} unit", "{count} units", view.done).format(count=number(view.done))
