"""No code that anybody can meet is without words."""

import ast
from enum import StrEnum

import pytest

import dockmark.catalog.events
import dockmark.custody.events
import dockmark.people.events
from dockmark.custody import state
from dockmark.custody.lights import Lamp, Light
from dockmark.custody.reasons import Reason
from dockmark.custody.receiving import RULES
from dockmark.desks.answer import Outcome
from dockmark.desks.importing.verdicts import RowSaid
from dockmark.devices.label_printer import PrinterState, SentOutcome, Why
from dockmark.exchange.codes import FileFault, FileWarning, RowCode
from dockmark.identifiers.reading import TagKind, Unread, Warn
from dockmark.identifiers.tags import Command
from dockmark.ledger.keys import Custody
from dockmark.ledger.verify import Soundness
from dockmark.record.facts import VOCABULARY
from dockmark.record.refusal import Refused
from dockmark.wording import (
    act_word,
    command_help,
    command_word,
    condition_word,
    event_line,
    file_warning,
    file_word,
    finding_words,
    known_codes,
    lamp_word,
    ledger_fault,
    light_word,
    next_step,
    outcome_word,
    printing,
    reason_word,
    row_word,
    sentence,
    state_word,
    unread_word,
    verdict_word,
    warn_word,
)
from dockmark.wording.flood import DONE, LONGEST, REFUSED
from dockmark.wording.lights import LIGHTS
from dockmark.wording.nouns import RULES as RULE_WORDS

from .source import SOURCE, calls, facts_of, literals, returned

DATA = "7741"
"""A value that no sentence says of itself."""


def readable(code: str) -> str:
    return code.replace("_", " ")


def test_the_vocabulary_is_loaded() -> None:
    assert {"unit_received", "part_added", "signed_in"} <= set(VOCABULARY)


@pytest.mark.parametrize("code", Refused)
def test_every_refusal_says_why_and_what_to_scan_next(code: Refused) -> None:
    step = next_step(code)
    assert step.endswith(".")
    said = sentence(code, {})
    assert said.endswith(step)
    assert len(said) > len(step) + 5


@pytest.mark.parametrize("code", Refused)
def test_every_refusal_has_one_word_to_be_read_at_three_metres(code: Refused) -> None:
    assert code in REFUSED
    assert verdict_word(code, Lamp.STOP) == REFUSED[code]
    assert REFUSED[code] == REFUSED[code].upper()
    assert 0 < len(REFUSED[code]) <= LONGEST


@pytest.mark.parametrize("kind", VOCABULARY)
def test_every_event_word_has_a_line(kind: str) -> None:
    assert event_line(kind, {}).endswith(".")
    assert kind in known_codes()


def codes_of_desks() -> dict[str, str]:
    """Every code that a desk answers with, as it stands in the source."""
    places = {
        "noted": 0,
        "noted_of": 0,
        "accepted": 0,
        "_done": 0,
        "told_of": 1,
        "_told": 1,
        "_put_aside": 1,
        "_wait": 2,
    }
    found = {
        code: f"{path.name}:{call.lineno}"
        for path, name, call in calls("desks")
        if name in places and len(call.args) > places[name]
        for code in literals(call.args[places[name]])
    }
    for path in (SOURCE / "desks").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
                found |= {code: f"{path.name}:{node.lineno}" for code in literals(node.value) if code}
    return found


def test_every_answer_of_a_desk_has_a_sentence() -> None:
    found = codes_of_desks()
    assert {"received", "received_blind", "quarantined", "returned", "undone", "skipped", "part_needed"} <= set(found)
    assert {code: where for code, where in found.items() if code not in known_codes()} == {}
    assert {code: where for code, where in found.items() if not sentence(code, {}).endswith((".", "?"))} == {}


def test_every_answer_of_a_desk_has_one_word_for_the_flood() -> None:
    words = DONE | REFUSED
    assert {code: where for code, where in codes_of_desks().items() if len(words.get(code, "-" * 99)) > LONGEST} == {}


def test_every_act_that_can_be_undone_has_a_noun() -> None:
    done = {
        code
        for _path, name, call in calls("desks")
        if name == "Done"
        for word in call.keywords
        if word.arg == "code"
        for code in literals(word.value)
    }
    assert "receipt_closed" in done
    for code in done | {"received", "received_blind", "quarantined", "returned", "damaged", "held", "released"}:
        assert act_word(code)


TECHNICAL = frozenset({"detail", "unit", "units", "sha256", "about", "kind", "wanted", "word"})
"""Facts that a sentence says in words of its own, or leaves to the record."""


def said_with(code: str, facts: list[str]) -> str:
    told = {name: int(DATA) if name in ("quantity", "copy", "received") else DATA for name in facts}
    return sentence(code, told).replace(",", "")  # which sets the thousands of a count apart


def test_the_facts_of_a_refusal_stand_in_its_sentence() -> None:
    silent = []
    for path, name, call in calls():
        if name == "Refusal" and call.args and isinstance(call.args[0], ast.Attribute):
            code, facts = Refused[call.args[0].attr].value, facts_of(call)
            telling = set(facts) - TECHNICAL and code not in {"nothing_pending", "read_only"}
            if telling and DATA not in said_with(code, facts):
                silent.append(f"{path.name}:{call.lineno} {code} {facts}")
    assert silent == []


def test_the_facts_of_an_answer_stand_in_its_sentence() -> None:
    silent = []
    for path, name, call in calls("desks"):
        if name in {"noted", "noted_of", "accepted"} and call.args:
            facts = facts_of(call)
            for code in literals(call.args[0]) - {"undone_closing"}:
                if set(facts) - TECHNICAL and DATA not in said_with(code, facts):
                    silent.append(f"{path.name}:{call.lineno} {code} {facts}")
    assert silent == []


@pytest.mark.parametrize("light", Light)
def test_every_light_has_a_name(light: Light) -> None:
    assert light_word(light)[0].isupper()


def test_the_lamps_have_their_words() -> None:
    assert [lamp_word(lamp) for lamp in Lamp] == ["OK", "Unknown", "Check", "STOP"]


def test_every_finding_of_a_light_has_words() -> None:
    found = {
        code
        for _path, name, call in calls("custody/verdict.py")
        if name == "Finding"
        for code in literals(call.args[1])
    }
    assert {"warranty_runs", "mark_alive_twice", "held", "inside_makers_ranges"} <= found
    assert found - set(LIGHTS) == set()
    assert all(finding_words(code, {}) for code in found)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    assert reason_word(reason) != reason.value
    assert reason_word(reason).islower() or reason_word(reason)[0].islower()


def test_every_state_and_condition_has_a_word() -> None:
    states = {value for name, value in vars(state).items() if name.isupper() and isinstance(value, str)}
    assert {"in_stock", "installed"} <= states
    assert all("_" not in state_word(each) and state_word(each) for each in states)
    assert all(condition_word(each) for each in state.CONDITIONS)
    assert condition_word("quarantined") == "in quarantine"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Unread, unread_word),
        (Warn, warn_word),
        (RowCode, row_word),
        (RowSaid, row_word),
        (FileFault, file_word),
        (FileWarning, file_warning),
    ],
)
def test_every_code_of_scans_and_files_has_words(kind: type[StrEnum], words) -> None:  # type: ignore[no-untyped-def] # several shapes
    bare = [code.value for code in kind if words(code.value) == readable(code.value) or not words(code.value)]
    assert bare == []


@pytest.mark.parametrize("command", Command)
def test_every_command_has_a_name_and_says_what_it_does(command: Command) -> None:
    assert command_word(command) not in ("", command.value)
    assert command_help(command).endswith(".")


def test_every_rule_that_can_be_set_aside_has_a_few_words() -> None:
    assert {code.value for code, _rule in RULES} <= set(RULE_WORDS)


def test_every_outcome_has_a_word() -> None:
    assert [outcome_word(each) for each in Outcome] == ["ACCEPTED", "NOTED", "REFUSED"]


def test_every_kind_of_tag_can_be_named_where_another_is_wanted() -> None:
    for kind in TagKind:
        if kind is not TagKind.COMMAND:
            said = sentence("wrong_kind", {"kind": kind.name.lower(), "wanted": "unit"})
            assert said.startswith("This is a") and said.endswith(", I need a unit.")


def test_every_way_a_printer_can_stand_has_a_sentence() -> None:
    wanted = {each.value for kind in (Why, PrinterState, SentOutcome) for each in kind} - {"", "ready"}
    for path, name, call in calls("devices", "ledger/spool.py", "station/spool.py"):
        if name in {"Sent", "PrinterStatus", "LinkDown", "Findings", "settle"} and "simulated" not in path.name:
            wanted |= {code for each in call.args[1:] for code in literals(each)}
        if name == "DeviceFault":
            wanted |= literals(call.args[0])
    assert {code for code in wanted if not printing(code).endswith((".", "?"))} == set()


def test_every_fault_of_a_ledger_has_words() -> None:
    wanted = {
        code
        for _path, name, call in calls("ledger/chains.py", "ledger/comparing.py", "ledger/accepting.py")
        if name in {"Broken", "_quarantine"} and len(call.args) > 1
        for each in call.args[:2]
        for code in literals(each)
    }
    wanted |= returned("ledger/accepting.py", "core_fault", "_form_fault", "_place_fault", "_fault") | returned(
        "ledger/cores.py", "core_fault"
    )
    wanted -= {""}
    assert {"gap", "chain", "signature", "fork", "not_canonical"} <= wanted
    assert {code for code in wanted if ledger_fault(code) == readable(code)} == set()


def test_every_result_of_verify_and_every_custody_has_a_sentence() -> None:
    for result in Soundness:
        assert f"verify_{result.value}" in known_codes()
    for custody in Custody:
        assert custody.value in known_codes()
    for why in (Custody.COPIED, Custody.RESTORED):
        assert why.value in sentence("read_only", {"why": why.value}) or "older copy" in sentence(
            "read_only", {"why": why.value}
        )


def test_modules_of_events_are_those_that_exist() -> None:
    """A new module of events must be imported here, so that its words are asked for."""
    loaded = {dockmark.catalog.events, dockmark.custody.events, dockmark.people.events}
    assert len(loaded) == len(list(SOURCE.rglob("events.py")))
