"""The facts of a unit's label, as a print job keeps them."""

from dockmark.identifiers.tags import unit_tag
from dockmark.lookup.catalogue import Part
from dockmark.lookup.units import UnitRow
from dockmark.record.canonical import Json


def label_facts(
    part: Part,
    *,
    serial: str,
    lot: str,
    expiry: str,
    quantity: int,
    owner: str,
    held: bool,
    received: str,
    copy: int = 1,
) -> dict[str, Json]:
    """What the label says; the fields of `documents.label.LabelFacts` that are not empty.

    The tag is left out: it follows from the unit.
    """
    told: dict[str, Json] = {
        "part_number": part.part_number, "gtin": part.gtin, "serial": serial, "lot": lot, "expiry": expiry,
        "quantity": quantity, "description": part.description, "owner": owner, "maker": part.manufacturer,
        "held": held, "received": received, "copy": copy,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value or name == "part_number"}


def job_facts(*, held: bool, received: str) -> dict[str, Json]:
    """What a print job keeps of a label: what the tables will not tell when it is printed."""
    return {"held": True, "received": received} if held else {"received": received}


def label_of(unit: UnitRow, part: Part, received: str, copy: int) -> dict[str, Json]:
    """What the label of a unit in the tables says."""
    facts = label_facts(
        part, serial=unit.serial, lot=unit.lot, expiry=unit.expiry, quantity=unit.quantity, owner=unit.owner,
        held=bool(unit.holds), received=received, copy=copy,
    )  # fmt: skip
    return {"unit_tag": unit_tag(unit.id), **facts}
