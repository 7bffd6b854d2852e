"""How printers, print jobs and the ledger stand."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.lines import Saying, line, plural, saying

PRINTING: Final[dict[str, Saying]] = {
    # how a printer stands
    "paper_out": saying(line("The printer is out of labels."), then=noun("Put in a roll.")),
    "head_open": saying(line("The printer is open."), then=noun("Close its lid.")),
    "paused": saying(line("The printer is paused."), then=noun("Press its pause key.")),
    "ribbon_out": saying(line("The printer is out of ribbon."), then=noun("Put in a ribbon.")),
    "over_temperature": saying(line("The printer is too hot."), then=noun("Let it cool down.")),
    "fault": saying(line("The printer reports a fault."), then=noun("Look at its display.")),
    "not_answering": saying(line("The printer does not answer."), then=noun("Is it on, and connected?")),
    # the way to it
    "absent": saying(line("The printer is not connected."), then=noun("Plug it in and switch it on.")),
    "host_unknown": saying(line("The printer's name is not known in the network."), then=noun("Check its address.")),
    "unreachable": saying(line("The network does not lead to the printer."), then=noun("Check cable and address.")),
    "refused": saying(line("The printer takes no connection now."), then=noun("Is it on, or busy elsewhere?")),
    "reset": saying(line("The printer broke the connection off.")),
    "closed": saying(line("The printer closed the connection.")),
    "timed_out": saying(line("The printer took too long to answer.")),
    "stalled": saying(line("The printer stopped taking data."), then=noun("Look: is it waiting for you?")),
    "garbled": saying(line("The printer's answers cannot be understood."), then=noun("Does it speak ZPL?")),
    "buffer_full": saying(line("The printer's memory is full."), then=noun("It goes on when labels have come out.")),
    "usb_error": saying(line("The USB connection failed."), then=noun("Plug the printer in again.")),
    "libusb_missing": saying(line("USB printers need libusb, which is missing here."), then=noun("Install libusb.")),
    "driver_in_the_way": saying(line("A driver of the system holds this printer."), then=noun("Use it as queue:NAME.")),
    "several_match": saying(line("Several printers of this kind are connected."),
                            then=noun("Add the serial number to its name.")),
    "no_printer_port": saying(line("This USB device is not a printer.")),
    "not_allowed": saying(line("The system does not let us use this printer."),
                          then=noun("Ask who looks after this machine.")),
    "busy": saying(line("Another program uses this printer."), then=noun("Close it there.")),
    "network_watch": saying(line("Printers in the network cannot be looked for.")),
    # the system's spooler
    "queue_unknown": saying(line("The system knows no print queue of that name.")),
    "spooled": saying(line("The label was handed to the system's print service.")),
    "queue_closed": saying(line("The print queue takes no jobs now.")),
    "spooler_away": saying(line("The system's print service is not running."), then=noun("Start it.")),
    "spooler_lost": saying(line("The system's print service lost the job."), then=noun("Look: did it come out?")),
    "spooler_refused": saying(line("The system's print service refused the job.")),
    "spooler_missing": saying(line("There is no such print service on this system.")),
    "lp_missing": saying(line("The program lp is missing here."), then=noun("Install CUPS.")),
    "lp_failed": saying(line("The program lp refused the job.")),
    "lp_killed": saying(line("The program lp was stopped."), then=noun("Look: did it come out?")),
    "pdf_needs_system_printer": saying(line("This queue takes ZPL only; a PDF goes through the system's dialogue.")),
    # folders
    "disk_full": saying(line("The disk is full."), then=noun("Make room, then try again.")),
    "not_a_folder": saying(line("That is not a folder.")),
    "folder_away": saying(line("The folder is away."), then=noun("Is its drive connected?")),
    "name_taken": saying(line("Another file of that name lies in the folder.")),
    "already_there": saying(line("The file was there already.")),
    # jobs
    "empty_job": saying(line("There was nothing to print.")),
    "not_taken": saying(line("The printer did not take the whole label."), then=noun("Look: did it come out?")),
    "still_printing": saying(line("The label was sent; the printer still works on it.")),
    "interrupted": saying(line("Dockmark ended while this label was sent."), then=noun("Look: did it come out?")),
    "queued": saying(line("The label waits.")),
    "sending": saying(line("The label is being sent.")),
    "sent": saying(line("The label was sent.")),
    "confirmed": saying(line("The label is printed.")),
    "unknown": saying(line("It is not known whether the label came out."), then=noun("Look at the printer.")),
    "failed": saying(line("The label could not be printed.")),
    "away": saying(line("The printer is away. The label waits.")),
    "cancelled": saying(line("The label was taken back before it was printed.")),
}  # fmt: skip

SCANNING: Final[dict[str, Saying]] = {
    # how a serial scanner stands
    "scanner_ready": saying(line("The scanner is ready.")),
    "scanner_opening": saying(line("The scanner is being opened.")),
    "scanner_absent": saying(line("The scanner is not connected."), then=noun("Plug it in.")),
    "scanner_lost": saying(line("The scanner was unplugged."), then=noun("Plug it in again: it is found by itself.")),
    "scanner_not_allowed": saying(
        line("The system does not let us use this port."),
        then=noun("On Linux: add your user to the group dialout, then sign in anew."),
    ),
    "scanner_busy": saying(line("Another program uses this port."), then=noun("Close it there.")),
    "scanner_not_a_port": saying(line("This is not a serial port."), then=noun("Choose another port.")),
    "scanner_slow_to_open": saying(line("The port does not open."), then=noun("Unplug the scanner, plug it in again.")),
    "scanner_settings_refused": saying(line("The port cannot be set so."), then=noun("Choose another speed.")),
    "scanner_keyboard": saying(line("This scanner is set to work as a keyboard."),
                               then=noun("Scan the code for HID POS in its manual.")),
    "scanner_no_rule": saying(
        line("The system does not let us use this scanner."),
        then=noun("On Linux: put what “dockmark devices rules” prints into /etc/udev/rules.d, then plug it in again."),
    ),
    "scanner_several": saying(line("Several scanners of this kind are connected."),
                              then=noun("Choose one by its port.")),
    "scanner_io": saying(line("The port reports a fault."), then=noun("Unplug the scanner, plug it in again.")),
    # what came from it
    "scanner_garbled": saying(
        line("What came cannot be read."), then=noun("Speed and parity must be those of the scanner.")
    ),
    "scanner_no_ending": saying(
        line("Something came without its ending."), then=noun("Choose the ending that the scanner sends.")
    ),
    "scanner_no_prefix": saying(
        line("Something came without its prefix."), then=noun("Choose the prefix that the scanner sends.")
    ),
    "scanner_no_symbology": saying(
        line("The scan came without the kind of its symbol."), then=noun("Switch the AIM identifier on in the scanner.")
    ),
    "scanner_too_long": saying(
        line("Too much came without an ending."), then=noun("Choose the speed and the ending of the scanner.")
    ),
    "scanner_cut_off": saying(line("The last scan was cut off."), then=noun("Scan it again.")),
}  # fmt: skip

FAULTS: Final[dict[str, Saying]] = {
    "gap": saying(line("an event is missing")),
    "hash": saying(line("an event does not match its hash")),
    "chain": saying(line("an event does not follow from the one before it")),
    "signature": saying(line("a signature does not hold")),
    "unsigned_tail": saying(line("the last events are not signed")),
    "not_canonical": saying(line("an event is not in canonical form")),
    "columns": saying(line("the columns of an event differ from its record")),
    "not_enrolled": saying(line("the station does not begin with its enrolment")),
    "wrong_ledger": saying(line("the station belongs to another ledger")),
    "base_unknown": saying(line("an event builds on one that is not there")),
    "projection": saying(line("a table differs from what the events say")),
    "links": saying(line("an event is linked to the wrong things")),
    "unknown_form": saying(line("an event has a form that is not known")),
    "wrong_place": saying(line("an event stands in the wrong place")),
    "time_order": saying(line("an event is older than the one before it")),
    "ids": saying(line("an id or the form of an event is wrong")),
    "subjects": saying(line("the subjects of an event are wrong")),
    "base": saying(line("an event does not say what it builds on")),
    "fork": saying(line("the station said two different things in one place")),
    "id_twice": saying(line("two events bear one id")),
    "core_too_large": saying(line("an event is larger than any may be")),
    "unreadable": saying(line("the file of the ledger is damaged and cannot be read to its end")),
    "key_rotation": saying(line("a change of key was not signed by the old key")),
    "key_revoked": saying(line("an event was signed after the key was withdrawn")),
    "checkpoint_form": saying(line("a checkpoint has not the form of one")),
    "checkpoint_number": saying(line("a checkpoint is missing or was made twice")),
    "checkpoint_previous": saying(line("a checkpoint does not follow from the one before it")),
    "checkpoint_head": saying(line("a checkpoint names another event than the one that stands there")),
    "checkpoint_head_missing": saying(line("a checkpoint names events that are not there any more")),
    "checkpoint_backwards": saying(line("a checkpoint covers less than the one before it")),
    "checkpoint_root": saying(line("a checkpoint was made over other events")),
    "checkpoint_differs": saying(line("the checkpoint kept outside does not agree with the one in the ledger")),
    "checkpoint_unknown": saying(line("the ledger ends before the checkpoint kept outside was made")),
    "checkpoint_not_ours": saying(line("the checkpoint kept outside was made by a station that is not known here")),
    "witness_form": saying(line("what is told of another station has not the form that it must have")),
    "witness_missing": saying(line("events are not there that another one tells of")),
    "witness_differs": saying(line("two stations tell of one place in two ways")),
    "cosignature_backwards": saying(line("a station signed an older checkpoint after a newer one")),
    "cosignature_unknown": saying(line("a checkpoint is not there that another station signed")),
    "cosignature_differs": saying(line("another station signed another checkpoint than the one that stands here")),
    "session_missing": saying(line("somebody recorded without being signed in")),
    "session_unknown": saying(line("the session that an event names was never begun")),
    "session_actor": saying(line("an event names another person than its session")),
    "operator_unknown": saying(line("somebody signed in who was not known")),
    "role_unheld": saying(line("somebody signed in with a role that was not given")),
    "file_missing": saying(line("a file that an event names is not there")),
    "file_altered": saying(line("a file is not what it was when it was recorded")),
}

VERIFY: Final[dict[str, Saying]] = {
    "verify_sound": saying(
        plural("Sound: {events} event, and a witness agrees.",
               "Sound: {events} events, and a witness agrees.", "events"),
        line("Sound, and a witness agrees."),
    ),
    "verify_sound-not-witnessed": saying(
        plural("Sound: {events} event. No outside witness since {since}.",
             "Sound: {events} events. No outside witness since {since}.", "events"),
        plural("Sound: {events} event. No outside witness.",
             "Sound: {events} events. No outside witness.", "events"),
        line("Sound. No outside witness."),
    ),
    "verify_broken": saying(
        line("Broken at station {station}, event {seq}: {code_word}. {detail}."),
        line("Broken at station {station}, event {seq}: {code_word}."),
        line("Broken: {code_word}. {detail}."),
        line("Broken: {code_word}."),
        line("Broken."),
    ),
    "verify_not-checked": saying(line("Not checked.")),
}  # fmt: skip
