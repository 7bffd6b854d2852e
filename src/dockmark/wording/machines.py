"""How printers, print jobs and the ledger stand."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.lines import Saying, many, say, saying

PRINTING: Final[dict[str, Saying]] = {
    # how a printer stands
    "paper_out": saying(say("The printer is out of labels."), then=noun("Put in a roll.")),
    "head_open": saying(say("The printer is open."), then=noun("Close its lid.")),
    "paused": saying(say("The printer is paused."), then=noun("Press its pause key.")),
    "ribbon_out": saying(say("The printer is out of ribbon."), then=noun("Put in a ribbon.")),
    "over_temperature": saying(say("The printer is too hot."), then=noun("Let it cool down.")),
    "fault": saying(say("The printer reports a fault."), then=noun("Look at its display.")),
    "not_answering": saying(say("The printer does not answer."), then=noun("Is it on, and connected?")),
    # the way to it
    "absent": saying(say("The printer is not connected."), then=noun("Plug it in and switch it on.")),
    "host_unknown": saying(say("The printer's name is not known in the network."), then=noun("Check its address.")),
    "unreachable": saying(say("The network does not lead to the printer."), then=noun("Check cable and address.")),
    "refused": saying(say("The printer takes no connection now."), then=noun("Is it on, or busy elsewhere?")),
    "reset": saying(say("The printer broke the connection off.")),
    "closed": saying(say("The printer closed the connection.")),
    "timed_out": saying(say("The printer took too long to answer.")),
    "stalled": saying(say("The printer stopped taking data."), then=noun("Look: is it waiting for you?")),
    "garbled": saying(say("The printer's answers cannot be understood."), then=noun("Does it speak ZPL?")),
    "buffer_full": saying(say("The printer's memory is full."), then=noun("It goes on when labels have come out.")),
    "usb_error": saying(say("The USB connection failed."), then=noun("Plug the printer in again.")),
    "libusb_missing": saying(say("USB printers need libusb, which is missing here."), then=noun("Install libusb.")),
    "driver_in_the_way": saying(say("A driver of the system holds this printer."), then=noun("Use it as queue:NAME.")),
    "several_match": saying(say("Several printers of this kind are connected."),
                            then=noun("Add the serial number to its name.")),
    "no_printer_port": saying(say("This USB device is not a printer.")),
    "not_allowed": saying(say("The system does not let us use this printer."),
                          then=noun("Ask who looks after this machine.")),
    "busy": saying(say("Another program uses this printer."), then=noun("Close it there.")),
    "network_watch": saying(say("Printers in the network cannot be looked for.")),
    # the system's spooler
    "queue_unknown": saying(say("The system knows no print queue of that name.")),
    "queue_closed": saying(say("The print queue takes no jobs now.")),
    "spooler_away": saying(say("The system's print service is not running."), then=noun("Start it.")),
    "spooler_lost": saying(say("The system's print service lost the job."), then=noun("Look: did the label come out?")),
    "spooler_refused": saying(say("The system's print service refused the job.")),
    "spooler_missing": saying(say("There is no such print service on this system.")),
    "lp_missing": saying(say("The program lp is missing here."), then=noun("Install CUPS.")),
    "lp_failed": saying(say("The program lp refused the job.")),
    "lp_killed": saying(say("The program lp was stopped."), then=noun("Look: did the label come out?")),
    "pdf_needs_system_printer": saying(say("This queue takes ZPL only; a PDF goes through the system's dialogue.")),
    # folders
    "disk_full": saying(say("The disk is full."), then=noun("Make room, then try again.")),
    "not_a_folder": saying(say("That is not a folder.")),
    "folder_away": saying(say("The folder is away."), then=noun("Is its drive connected?")),
    "name_taken": saying(say("Another file of that name lies in the folder.")),
    "already_there": saying(say("The file was there already.")),
    # jobs
    "empty_job": saying(say("There was nothing to print.")),
    "not_taken": saying(say("The printer did not take the whole label."), then=noun("Look: did it come out?")),
    "still_printing": saying(say("The label was sent; the printer still works on it.")),
    "interrupted": saying(say("Dockmark ended while this label was sent."), then=noun("Look: did it come out?")),
    "queued": saying(say("The label waits.")),
    "sending": saying(say("The label is being sent.")),
    "sent": saying(say("The label was sent.")),
    "confirmed": saying(say("The label is printed.")),
    "unknown": saying(say("It is not known whether the label came out."), then=noun("Look at the printer.")),
    "failed": saying(say("The label could not be printed.")),
    "away": saying(say("The printer is away. The label waits.")),
    "cancelled": saying(say("The label was taken back before it was printed.")),
}  # fmt: skip

FAULTS: Final[dict[str, Saying]] = {
    "gap": saying(say("an event is missing")),
    "hash": saying(say("an event does not match its hash")),
    "chain": saying(say("an event does not follow from the one before it")),
    "signature": saying(say("a signature does not hold")),
    "unsigned_tail": saying(say("the last events are not signed")),
    "not_canonical": saying(say("an event is not in canonical form")),
    "columns": saying(say("the columns of an event differ from its record")),
    "not_enrolled": saying(say("the station does not begin with its enrolment")),
    "wrong_ledger": saying(say("the station belongs to another ledger")),
    "base_unknown": saying(say("an event builds on one that is not there")),
    "projection": saying(say("a table differs from what the events say")),
    "links": saying(say("an event is linked to the wrong things")),
    "unknown_form": saying(say("an event has a form that is not known")),
    "wrong_place": saying(say("an event stands in the wrong place")),
    "time_order": saying(say("an event is older than the one before it")),
    "ids": saying(say("an id or the form of an event is wrong")),
    "subjects": saying(say("the subjects of an event are wrong")),
    "base": saying(say("an event does not say what it builds on")),
    "fork": saying(say("the station said two different things in one place")),
    "id_twice": saying(say("two events bear one id")),
}

VERIFY: Final[dict[str, Saying]] = {
    "verify_sound": saying(
        many("Sound: {events} event, and a witness agrees.", "Sound: {events} events, and a witness agrees.", "events"),
        say("Sound, and a witness agrees."),
    ),
    "verify_sound-not-witnessed": saying(
        many("Sound: {events} event. No outside witness since {since}.",
             "Sound: {events} events. No outside witness since {since}.", "events"),
        many("Sound: {events} event. No outside witness.",
             "Sound: {events} events. No outside witness.", "events"),
        say("Sound. No outside witness."),
    ),
    "verify_broken": saying(
        say("Broken at station {station}, event {seq}: {code_word}. {detail}."),
        say("Broken at station {station}, event {seq}: {code_word}."),
        say("Broken: {code_word}. {detail}."),
        say("Broken: {code_word}."),
        say("Broken."),
    ),
    "verify_not-checked": saying(say("Not checked.")),
}  # fmt: skip
