"""`people`: who works here, PINs, badges, locks, and what is erased. Secrets come by standard input, a line each."""

import sys
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.opening import manned
from dockmark.people.rules import WHO_MAY
from dockmark.people.signatures import Signer
from dockmark.people.state import Role
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.station import Station
from dockmark.wording import role_word
from dockmark.wording.told import lines_told, value_told

_ACTS = ("list", "rights", "sign-in", "pin", "reset", "unlock", "badge", "withdraw-badges", "erase")


def secret() -> str:
    """The next line of standard input, without its end."""
    line = sys.stdin.buffer.readline()
    if not line:
        raise Refusal(Refused.PIN_NEEDED)
    return line.decode("utf-8", "replace").rstrip("\r\n")


def enter(station: Station, operator: str, second: str = "", *, pin_stdin: bool) -> None:
    """Begins the session of a command: by name for plain work, by the PIN on standard input where that is said.

    With `--second` the PIN is the second person's, who signs what needs a signature; else the operator signs.
    """
    if not pin_stdin:
        if second:
            raise Refusal(Refused.SIGNATURE_NEEDED)
        station.sign_in(operator, "command line").result()
        return
    pin = secret()
    if second:
        station.sign_in(operator, "command line").result()
    else:
        station.sessions.sign_in(operator, pin, method="command line").result()
    station.signer = Signer(user=second or operator, pin=pin)


def people(
    act: Annotated[
        str, typer.Argument(help="list, rights, sign-in, pin, reset, unlock, badge, withdraw-badges, erase.")
    ],
    person: Annotated[str, typer.Argument(help="Id of the person that it is about.")] = "",
    operator: Annotated[str, typer.Option(help="Who does it.")] = "",
    second: Annotated[str, typer.Option(help="For pin: who stands by. That person's PIN is the last line.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    badge_stdin: Annotated[bool, typer.Option("--badge-stdin", help="The first line is the badge's tag.")] = False,
    pin_stdin: Annotated[bool, typer.Option("--pin-stdin", help="PINs are lines of standard input.")] = False,
) -> int:
    """People and their PINs. On standard input: for sign-in the PIN; for pin the old PIN where there is one, the new
    one, then the PIN of --second; for what an administrator does, the administrator's PIN."""
    if act not in _ACTS:
        raise Refusal(Refused.BAD_VALUE, field="people", value=act[:40])
    if act == "rights":
        return _rights()
    with manned(spooling=False) as station:
        if act == "list":
            return _list(station)
        if station.info.read_only:
            raise Refusal(Refused.READ_ONLY, why=station.info.read_only)
        if act in ("sign-in", "pin"):
            return _oneself(station, act, person, second, badge=secret() if badge_stdin else "")
        enter(station, operator, pin_stdin=pin_stdin)
        return _administer(station, act, person, reason)


def _oneself(station: Station, act: str, person: str, second: str, *, badge: str) -> int:
    if act == "sign-in":
        station.sessions.sign_in(person, secret(), badge).result()
        speech.tell({"result": "signed_in", "operator": station.ledger.author.actor}, person)
        return 0
    known = {each.id: each for each in station.sessions.people().result()}
    if person not in known:
        raise Refusal(Refused.OPERATOR_UNKNOWN, operator=person[:60])
    old = secret() if known[person].pin != "none" else ""
    new = secret()
    witness = Signer(user=second, pin=secret()) if second else None
    event = station.sessions.choose_pin(person, new, old=old, badge=badge, witness=witness).result()
    speech.tell({"result": "pin_chosen", "operator": person, "event": event}, person)
    return 0


def _administer(station: Station, act: str, person: str, reason: str) -> int:
    told: dict[str, object] = {"operator": person}
    match act:
        case "reset":
            told |= {"result": "pin_reset", "temporary_pin": station.sessions.reset_pin(person, reason).result()}
        case "unlock":
            told |= {"result": "unlocked", "event": station.sessions.unlock(person, reason).result()}
        case "badge":
            told |= {"result": "badge_issued", "tag": station.sessions.give_badge(person).result()}
        case "withdraw-badges":
            told |= {"result": "badges_withdrawn", "badges": station.sessions.withdraw_badges(person, reason).result()}
        case _:
            told |= {"result": "erased", "records": station.sessions.erase(person, reason).result()}
    speech.tell(told, "\n".join(lines_told(told)))
    return 0


def _list(station: Station) -> int:
    for each in station.sessions.people().result():
        told = {
            "operator": each.id, "name": each.name, "roles": list(each.roles), "pin": each.pin, "badges": each.badges,
            "minutes_locked": each.minutes_locked, "disabled": each.disabled, "erased": each.erased,
        }  # fmt: skip
        roles = ", ".join(map(role_word, each.roles))
        speech.tell(told, f"{each.id:12} {each.name:24} {roles}  {value_told('pin', each.pin)}")
    return 0


def _rights() -> int:
    for act, who in WHO_MAY.items():
        roles = [role.value for role in Role if role in who]
        speech.tell({"act": act.value, "roles": roles}, f"{act.value:12} {', '.join(roles)}")
    return 0


def add_to(app: typer.Typer) -> None:
    """Adds this subcommand."""
    app.command()(people)
