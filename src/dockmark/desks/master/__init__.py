"""Master data by hand: parts, partners, places, orders with their lines, operators.

What a form says is read and judged as a file's row would be; what is recorded is the same events. A new entry needs no
reason, what fills an empty field needs none, what corrects needs one. What did not come can be said not to come.
"""

from dockmark.desks.master.entries import save_entry
from dockmark.desks.master.judging import judge
from dockmark.desks.master.orders import save_order, withdraw
from dockmark.desks.master.people import save_operator
from dockmark.desks.master.reading import entry_view, to_complete
from dockmark.desks.master.undoing import undo
from dockmark.desks.master.views import EntryView, Field, Form, LineForm, OrderLineView, Problem, Saved

__all__ = [
    "EntryView", "Field", "Form", "LineForm", "OrderLineView", "Problem", "Saved", "entry_view", "judge",
    "save_entry", "save_operator", "save_order", "to_complete", "undo", "withdraw",
]  # fmt: skip
