"""The commands: their names and what they do."""

from typing import Final

from dockmark.wording.catalogue import noun

NAMES: Final = {
    "ACCEPT": noun("Accept"),
    "REJECT": noun("Reject"),
    "DAMAGED": noun("Damaged"),
    "QUARANTINE": noun("Quarantine"),
    "SKIP": noun("Skip"),
    "UNDO": noun("Undo"),
    "REPEAT": noun("Repeat label"),
    "FINISH": noun("Finish"),
    "HELP": noun("Help"),
    "RELEASE": noun("Release"),
    "NOTE": noun("Delivery note"),
    "TYPED": noun("Type by hand"),
    "CERTIFICATE": noun("Certificate"),
    "PAPER": noun("Paper"),
    "ENTER": noun("Enter"),
    "CLEAR": noun("Clear"),
    "RECEIVING": noun("To receiving"),
    "HOLDS": noun("To the holds"),
    "REASON": noun("Reason"),
    "QUANTITY": noun("Quantity"),
}

HELP: Final = {
    "ACCEPT": noun("Takes in what was refused, with a reason."),
    "REJECT": noun("Sends it back to the supplier."),
    "DAMAGED": noun("Marks the last unit as damaged."),
    "QUARANTINE": noun("Takes the unit in and holds it."),
    "SKIP": noun("Sets the unit aside; nothing is received."),
    "UNDO": noun("Takes back what was done last."),
    "REPEAT": noun("Prints the last label again, with a reason."),
    "FINISH": noun("Closes the receipt and shows the differences."),
    "HELP": noun("Names the commands of this desk."),
    "RELEASE": noun("Ends a hold, by a second person."),
    "NOTE": noun("The number of the delivery note follows."),
    "TYPED": noun("A unit without a label: its serial is typed."),
    "CERTIFICATE": noun("Attaches a certificate to the delivery."),
    "PAPER": noun("Keeps a paper of the delivery, such as its delivery note."),
    "ENTER": noun("Takes the digits that were keyed."),
    "CLEAR": noun("Forgets half a label and the digits that were keyed."),
    "RECEIVING": noun("Goes to the receiving desk."),
    "HOLDS": noun("Goes to the desk of holds."),
    "REASON": noun("Says why."),
    "QUANTITY": noun("Says how many."),
}
