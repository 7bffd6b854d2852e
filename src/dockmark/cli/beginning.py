"""`init`, `demo`, `operator`: new data folders and the people in them."""

from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.opening import opened
from dockmark.database.session import Session
from dockmark.lookup import people
from dockmark.people.state import Role
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.folders import data_folder
from dockmark.station.setup import create_ledger, enrol


def init(
    operator: Annotated[str, typer.Option(help="Id of the first operator, the administrator.")] = "admin",
    name: Annotated[str, typer.Option(help="That person's name.")] = "",
) -> int:
    """Make a new data folder with a station key and its first operator."""
    ledger = create_ledger(data_folder(), operator, name)
    identity = ledger.identity
    ledger.close()
    told = {
        "result": "created", "data": str(data_folder()), "station": identity.station, "ledger": identity.ledger,
        "operator": operator,
    }  # fmt: skip
    speech.tell(told, f"{data_folder()}: station {identity.station}, operator {operator}")
    return 0


def demo() -> int:
    """Make a new data folder and fill it with the sample depot."""
    from dockmark.station.demo import make_demo

    told = make_demo(data_folder())
    speech.tell(told, "\n".join(f"{key}: {value}" for key, value in told.items()))
    return 0


def operator(
    operator: Annotated[str, typer.Argument(help="Id of the new operator.")],
    name: Annotated[str, typer.Option(help="That person's name.")] = "",
    role: Annotated[
        str, typer.Option(help="operator, technician, inspector, supervisor, compliance, administrator.")
    ] = "operator",
    by: Annotated[str, typer.Option("--operator", help="Who enrols.")] = "",
) -> int:
    """Enrol another operator."""
    if role not in {each.value for each in Role}:
        raise Refusal(Refused.BAD_VALUE, field="role", value=role)
    with opened() as ledger:
        from dockmark.desks.signing import sign_in

        session = ledger.session()
        who = by or administrator_of(session, ledger.identity.station)
        session.close()
        with ledger.writing() as book:
            sign_in(book, who, "command line")
        enrol(ledger, operator, name or operator, (Role(role),))
    speech.tell({"result": "enrolled", "operator": operator, "role": role}, f"{operator}: {role}")
    return 0


def administrator_of(session: Session, station: str) -> str:
    """Who is meant where nobody was named: whoever worked here last, or the administrator where there is only one."""
    last = people.last_at(session, station)
    able = [it.id for it in people.operators(session) if Role.ADMINISTRATOR.value in it.roles and not it.disabled]
    return able[0] if len(able) == 1 and last not in able else last


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    for act in (init, demo, operator):
        app.command()(act)
