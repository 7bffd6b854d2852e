"""What sentences say: examples, and that every line of every sentence can be reached."""

import re
from collections.abc import Iterator

import pytest

from dockmark.wording import (
    event_line,
    finding,
    finding_words,
    next_step,
    reason_word,
    sentence,
    state_word,
    unread_word,
    verdict_word,
)
from dockmark.wording.answers import ANSWERS
from dockmark.wording.files import FILES
from dockmark.wording.flood import DONE, LAMPS, LONGEST, OUTCOMES, REFUSED
from dockmark.wording.history import HISTORY
from dockmark.wording.lights import LIGHTS
from dockmark.wording.lines import Line, Saying
from dockmark.wording.machines import FAULTS, PRINTING, VERIFY
from dockmark.wording.nouns import ACTS, FIELDS, METHODS, RECALLED_BY, RULES, THINGS
from dockmark.wording.refusals import REFUSALS
from dockmark.wording.speech import WORDS

ANSWER = "ACCEPT with a reason, QUARANTINE, or SKIP."


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("not_on_asn", {"part": "CM-PSU24", "paper": "ASN0000012", "serial": "0042"},
         f"SN 0042 of CM-PSU24 is not on ASN0000012. {ANSWER}"),
        ("not_on_asn", {"part": "CM-PSU24", "paper": "ASN0000012", "serial": ""},
         f"CM-PSU24 is not on ASN0000012. {ANSWER}"),
        ("wrong_kind", {"kind": "place", "wanted": "serial", "text": "B1"}, "This is a place, I need a serial."),
        ("wrong_kind", {"kind": "command", "wanted": "unit", "text": "DANCE"},
         "“DANCE” is not a command here. Scan a unit, or HELP for the commands."),
        ("wrong_kind", {"kind": "gs1-element-string", "text": "4140950"},
         "“4140950” is nothing that this desk can use. Scan a unit, or HELP for the commands."),
        ("alive_elsewhere",
         {"serial": "7", "part": "P", "unit": "u", "place": "BIN-4", "state": "in_stock", "units": ["u", "w"]},
         "SN 7 of P exists already: in stock, BIN-4. Compare both histories. " + ANSWER),
        ("alive_elsewhere", {"serial": "7", "part": "P", "unit": "u", "place": "installed", "state": "installed"},
         "SN 7 of P exists already: installed. Compare both histories. " + ANSWER),
        ("over_receipt", {"part": "P", "paper": "PO-9", "open": 0, "quantity": 1},
         f"P: 1 in hand, but only 0 still open on PO-9. {ANSWER}"),
        ("recalled", {"recall": "R-1", "why": "it burns", "by": "lot", "part": "P", "serial": "7"},
         f"SN 7 of P is recalled: R-1, it burns. {ANSWER}"),
        ("recalled", {"recall": "R-1", "why": "", "by": "lot", "part": "P", "serial": "7"},
         f"SN 7 of P is recalled: R-1. {ANSWER}"),
        ("unreadable", {"error": "bad_check_digit", "text": "0401"},
         "This cannot be read: its check digit is wrong. Scan it again. If it stays so, type the serial."),
        ("ambiguous", {"part": "P", "makers": ["Acme", "", "Bolt"]},
         "P may come from several makers: Acme, Bolt. Scan a label that names the maker, or the order first."),
        ("reason_needed", {"about": "reprint"}, "A new label needs a reason. Scan a reason."),
        ("reason_needed", {"about": "not_on_asn"},
         "To accept it all the same needs a reason: not on the ASN. Scan a reason."),
        ("bad_value", {"field": "quantity", "value": "twelve"},
         "The quantity “twelve” is not a whole number from 1 to 1,000,000. Scan or type it again."),
        ("bad_file", {"file": "units.csv", "why": "sheet_unknown", "sheet": "A", "sheets": ["B", "C"]},
         "units.csv cannot be used: it has no sheet A, but B, C. Correct it, or choose another."),
        ("bad_file", {"file": "out.pdf", "why": "Permission denied"},
         "out.pdf cannot be used: Permission denied. Correct it, or choose another."),
        ("read_only", {"why": "copied"},
         "This data folder was copied from another station. It can be looked at, not written. "
         "To work here, make it a station of its own: dockmark key adopt."),
        ("received", {"part": "P", "serial": "7", "line": "PO-9/1", "paper": "PO-9", "lot": "", "quantity": 1,
                      "fits": ["PO-9/1"], "inferred": False},
         "Received SN 7 of P for PO-9/1."),
        ("received", {"part": "P", "serial": "7", "line": "PO-9/1", "inferred": True},
         "Received SN 7 of P for PO-9/1. The part was taken from what is still open."),
        ("received", {"part": "P", "serial": "", "line": "PO-9/1", "lot": "L1", "quantity": 12},
         "Received 12 pieces of P, lot L1, for PO-9/1."),
        ("received", {"part": "P", "serial": "", "line": "", "lot": "", "quantity": 1}, "Received 1 piece of P."),
        ("received_blind", {"part": "P", "serial": "7", "line": "", "fits": ["PO-9/1", "PO-9/2"], "quantity": 1},
         "Received SN 7 of P without a paper. It fits PO-9/1, PO-9/2."),
        ("undone", {"what": "received", "part": "P", "serial": "7", "labels_cancelled": 1},
         "SN 7 of P: receipt undone. 1 label that waited is not printed."),
        ("undone", {"what": "damaged", "part": "P", "serial": "7", "labels_cancelled": 0}, "SN 7 of P: damage undone."),
        ("paper_taken", {"receipt": "RC-1", "paper": "PO-9", "kind": "order", "wanted": 12, "done": 7, "lines": ["1"]},
         "PO-9: 7 of 12 received. Receipt RC-1. Scan a unit."),
        ("receipt_ready", {"receipt": "RC-1", "paper": "", "kind": "", "wanted": 0, "done": 0, "lines": []},
         "Receipt RC-1, without a paper. Scan a unit."),
        ("receipt_closed",
         {"receipt": "RC-1", "received": 11, "differences": ["short · 1 · P · 1"], "short": 1, "over": 0, "stranger": 0,
          "damaged": 0, "held": 2, "missing": 1},
         "Receipt RC-1 is closed: 11 pieces received. 1 short. 2 on hold. 1 announced serial did not come."),
        ("receipt_closed",
         {"receipt": "RC-1", "received": 1, "differences": [], "short": 0, "over": 0, "stranger": 0, "damaged": 0,
          "held": 0, "missing": 0},
         "Receipt RC-1 is closed: 1 piece received. No differences."),
        ("held", {"part": "P", "serial": "7", "reason": "DOUBT"},
         "SN 7 of P is on hold: in doubt. A second person can RELEASE it."),
        ("operator_switched", {"operator": "anna", "name": ""}, "anna works here now. Scan a unit."),
        ("keys", {"keys": ""}, "Nothing keyed. ENTER takes it, CLEAR begins again."),
        ("verify_broken", {"station": "0192", "seq": 17, "code": "gap", "events": 20, "since": ""},
         "Broken at station 0192, event 17: an event is missing."),
        ("verify_sound-not-witnessed", {"events": 1, "since": "2026-01-01T00:00:00Z"},
         "Sound: 1 event. No outside witness since 2026-01-01T00:00:00Z."),
        ("nobody_knows_this", {"x": 1}, "nobody knows this"),
    ],
)  # fmt: skip
def test_a_sentence_names_the_thing_and_the_next_step(code: str, facts: dict[str, object], said: str) -> None:
    assert sentence(code, facts) == said


def test_a_light_tells_its_arithmetic() -> None:
    facts = {"months": 24, "from": "2026-03-01", "until": "2028-02-29", "days": 463}
    told = "24 months from 2026-03-01, runs until 2028-02-29, 463 days left"
    assert finding("warranty", "warranty_runs", facts) == f"Warranty: {told}"
    assert finding_words("warranty_runs", facts) == told
    assert "1 month from" in finding_words("warranty_runs", facts | {"months": 1})
    assert finding_words("warranty_runs", facts | {"days": 1}).endswith("1 day left")
    assert finding_words("warranty_runs", facts | {"days": 0}).endswith("0 days left")


@pytest.mark.parametrize(
    ("light", "code", "facts", "said"),
    [
        ("hold", "held", {"reason": "wrong_part", "by": "anna", "count": 1}, "Hold: not on the order, by anna"),
        ("hold", "held", {"reason": "returns", "by": "anna", "count": 3},
         "Hold: come back, to be looked at, by anna (3 holds)"),
        ("recall", "recalled", {"recall": "R-1", "reason": "burns", "by": "lot"},
         "Recall: R-1: burns; called back is this lot"),
        ("recall", "recalled", {"recall": "R-1", "reason": "", "by": "lot"}, "Recall: R-1: called back is this lot"),
        ("counterfeit", "mark_alive_twice", {"elsewhere": "BIN-4, installed"},
         "Counterfeit: the same mark exists elsewhere: BIN-4, installed"),
        ("life", "expires_soon", {"expiry": "2026-03-01", "days": 0}, "Life: expires today"),
        ("life", "expired", {"expiry": "2026-03-01", "days": 1}, "Life: expired on 2026-03-01, 1 day ago"),
        ("owner", "somebody_elses", {"owner": "ACME"}, "Owner: belongs to ACME"),
    ],
)  # fmt: skip
def test_a_finding_is_not_the_refusal_of_the_same_code(
    light: str, code: str, facts: dict[str, object], said: str
) -> None:
    assert finding(light, code, facts) == said


RECEIPT = "01920000-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("unit_received", {"receipt": RECEIPT, "part": RECEIPT, "serial": "7", "place": RECEIPT}, "Received."),
        ("unit_received", {"receipt": RECEIPT, "place": "DOCK-1", "condition": "quarantined", "typed": True},
         "Received at DOCK-1, condition in quarantine. Typed by hand."),
        ("unit_received", {"place": "DOCK-1", "quantity": 40, "lot": "L1", "stranger": True,
                           "override": {"code": "not_on_asn", "codes": ["not_on_asn"], "reason": "AGREED"}},
         "Received at DOCK-1. 40 pieces. Lot L1. Not announced. "
         "Accepted although not on the ASN: agreed with the supplier."),
        ("unit_held", {"reason": "wrong_part", "code": "wrong_part"}, "Put on hold: not on the order."),
        ("unit_held", {"reason": "DOUBT", "code": "wrong_part", "note": "smells"},
         "Put on hold: in doubt (not on the order). “smells”."),
        ("unit_stocked", {"part": RECEIPT, "state": "installed", "in_service_since": "2024-01-02"},
         "Taken over from an earlier list: installed. In service since 2024-01-02."),
        ("act_reversed", {"reverses": ["a", "b"]}, "Undone: 2 entries before this one."),
        ("scan_noted", {"desk": "receiving", "outcome": "refused", "code": "wrong_kind", "scan": {},
                        "facts": {"kind": "place", "wanted": "serial"}},
         "Refused: This is a place, I need a serial."),
        ("scan_noted", {"desk": "receiving", "outcome": "noted", "code": "place_taken"},
         "Scanned: The place is taken. Scan a unit."),
        ("scan_noted", {}, "Scanned."),
        ("part_added", {"told": {"part_number": "CM-PSU24"}, "complete": False},
         "Part CM-PSU24 added. To be completed."),
        ("order_placed", {"number": "PO-9", "lines": [{"line": "1"}]}, "Order PO-9 placed, 1 line."),
        ("receipt_closed", {"received": 2, "differences": [{"kind": "short"}, {"kind": "over"}]},
         "Receipt closed: 2 pieces received. 2 differences."),
        ("receipt_opened", {"number": "RC-1", "order": RECEIPT}, "Receipt RC-1 opened."),
        ("signed_in", {"role": "clerk", "method": "badge"}, "Signed in as clerk, by badge."),
        ("event_of_tomorrow", {}, "event of tomorrow"),
    ],
)  # fmt: skip
def test_an_event_is_told_in_one_line_without_ids(kind: str, body: dict[str, object], said: str) -> None:
    assert event_line(kind, body) == said


def test_single_words() -> None:
    assert state_word("in_stock") == "in stock"
    assert reason_word("returns") == "come back, to be looked at"
    assert reason_word("said by the driver") == "said by the driver"
    assert unread_word("bad_check_digit") == "its check digit is wrong"
    assert next_step("wrong_part") == ANSWER
    assert next_step("nobody_knows_this") == ""


def test_a_grave_lamp_goes_before_what_does_not_say_itself_why_it_is_grave() -> None:
    assert verdict_word("received", "ok") == "RECEIVED"
    assert verdict_word("received", "unknown") == "RECEIVED"
    assert verdict_word("received", "warn") == "CHECK"
    assert verdict_word("received", "stop") == "STOP"
    assert verdict_word("returned", "stop") == "RETURN"
    assert verdict_word("wrong_part", "stop") == "WRONG PART"


def test_every_word_of_the_flood_is_short_enough_to_be_read_at_three_metres() -> None:
    words = [*OUTCOMES.values(), *LAMPS.values(), *DONE.values(), *REFUSED.values()]
    assert [word for word in words if len(word) > LONGEST or word != word.upper()] == []
    assert len(verdict_word("a_code_that_is_much_too_long", "")) <= LONGEST


# -- every line ------------------------------------------------------------------------------------------------------

_PLACE = re.compile(r"\{([a-z0-9_]+)\}")
_KNOWN_WORDS = {
    "state": "in_stock", "condition": "new", "reason": "DOUBT", "error": "empty", "why": "too_large",
    "what": "received", "kind": "place", "wanted": "serial", "field": "part", "by": "lot", "method": "badge",
    "about": "wrong_part", "code": "wrong_part", "elsewhere": "BIN-4", "fault": "bad_number",
    "desk": "receiving", "role": "inspector", "act": "release", "may": "inspector", "meaning": "release",
}  # fmt: skip


def every_line() -> Iterator[tuple[str, Saying, Line]]:
    """Each line that stands to be chosen from."""
    for table in (REFUSALS, ANSWERS, LIGHTS, HISTORY, PRINTING, VERIFY, FAULTS, FILES):
        for code, spec in table.items():
            for each in spec.lines:
                yield code, spec, each


def facts_for(line: Line) -> dict[str, object]:
    """Just the facts that this line needs."""
    facts: dict[str, object] = {}
    for place in _PLACE.findall(line.one):
        if place.startswith("n_"):
            facts[place[2:]] = 3
        elif place.endswith("_word"):
            stem = place.removesuffix("_word")
            facts[stem] = _KNOWN_WORDS[stem if stem in _KNOWN_WORDS else stem.rpartition("_")[2]]
        else:
            facts[place] = "X1"
    if line.count:
        facts[line.count] = 3
    return facts | dict(line.when)


@pytest.mark.parametrize(("code", "spec", "line"), list(every_line()), ids=lambda value: str(getattr(value, "one", "")))
def test_every_line_is_said_where_its_facts_are_given(code: str, spec: Saying, line: Line) -> None:
    """A line that can never be said, since one before it fits wherever it does, is a line too many."""
    facts = facts_for(line)
    alone = line.said(facts, WORDS)
    assert alone
    assert "{" not in alone
    assert spec.said(facts, WORDS).startswith(alone)


def test_every_code_can_be_said_without_any_fact() -> None:
    for table in (REFUSALS, ANSWERS, LIGHTS, HISTORY, PRINTING, VERIFY, FAULTS, FILES):
        mute = [code for code, spec in table.items() if not spec.said({}, WORDS)]
        assert mute == []


def test_every_word_that_a_placeholder_asks_for_is_there() -> None:
    assert set(_KNOWN_WORDS) == set(WORDS)
    for words in (ACTS, FIELDS, METHODS, RECALLED_BY, RULES, THINGS):
        assert all(words.values())
