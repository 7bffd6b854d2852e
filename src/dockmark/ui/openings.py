"""What opening a thing means, wherever it was found: the unit's card, the delivery, the list of what belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dockmark.ui.bridge import Bridge
from dockmark.ui.late import LATE
from dockmark.ui.service import Service
from dockmark.ui.words import _, seen


@dataclass(frozen=True, slots=True)
class Thing:
    """A row or a hit: what it is, its id, and the word that people call it by."""

    kind: str
    id: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done with it."""

    name: str
    says: str
    go: Callable[[], None]


class Openings(QObject):
    """Knows the ways onwards from each kind of thing. The first way is the one that Enter goes."""

    unit_chosen = Signal(str)
    page_wanted = Signal(str, str)

    def __init__(self, page: QWidget, bridge: Bridge) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = bridge
        self._service: Service | None = None

    def attend(self, service: Service) -> None:
        """Work with that station from now on."""
        self._service = service

    def ways(self, thing: Thing) -> list[Way]:
        """What can be done with a thing, the usual first."""
        makers = {
            "unit": self._of_unit,
            "receipt": self._of_receipt,
            "order": self._of_paper,
            "asn": self._of_paper,
            "part": self._of_part,
            "partner": self._of_partner,
            "place": self._of_place,
            "recall": self._of_recall,
        }
        made = makers.get(thing.kind)
        return made(thing) if made is not None else []

    def _of_unit(self, thing: Thing) -> list[Way]:
        return [Way("card", _("Show the unit"), partial(self.unit_chosen.emit, thing.id))]

    def _of_receipt(self, thing: Thing) -> list[Way]:
        title = seen(thing.title)
        return [
            Way("papers", _("Papers of {receipt}").format(receipt=title), partial(self._show_papers, thing)),
            self._listed("units", "receipt", thing, _("Units of {receipt}").format(receipt=title)),
        ]

    def _of_paper(self, thing: Thing) -> list[Way]:
        title = seen(thing.title)
        ways = [
            Way("receive", _("Receive against {order}").format(order=title), partial(self._receive, thing)),
            self._listed("receipts", thing.kind, thing, _("Receipts of {order}").format(order=title)),
        ]
        if thing.kind == "order":
            ways.append(self._listed("asn", "order", thing, _("ASNs of {order}").format(order=title)))
        return ways

    def _of_part(self, thing: Thing) -> list[Way]:
        return [
            *self._form(thing, _("Open part {part}").format(part=seen(thing.title))),
            self._listed("units", "part_number", thing, _("Units of part {part}").format(part=seen(thing.title))),
        ]

    def _of_partner(self, thing: Thing) -> list[Way]:
        return self._form(thing, _("Open partner {partner}").format(partner=seen(thing.title)))

    def _of_place(self, thing: Thing) -> list[Way]:
        return [
            self._listed("units", "place", thing, _("Units in {place}").format(place=seen(thing.title))),
            *self._form(thing, _("Open place {place}").format(place=seen(thing.title))),
        ]

    def _of_recall(self, thing: Thing) -> list[Way]:
        part = thing.detail.partition(" · ")[0]
        says = _("Units of part {part}").format(part=seen(part))
        return [self._listed("units", "part_number", Thing("part", "", part), says)] if part else []

    def _form(self, thing: Thing, says: str) -> list[Way]:
        if "master" not in LATE:
            return []
        return [Way("form", says, partial(self.page_wanted.emit, "master", f"{thing.kind}:{thing.id}"))]

    def _listed(self, name: str, column: str, thing: Thing, says: str) -> Way:
        return Way(name, says, partial(self.page_wanted.emit, "lists", f"{name}:{column}=={thing.title}"))

    def _receive(self, thing: Thing) -> None:
        if self._service is not None:
            self._bridge.ask(self, self._service.begin("receiving", order=thing.title), self._on_begun)

    def _on_begun(self, _answer: object) -> None:
        self.page_wanted.emit("receiving", "")

    def _show_papers(self, thing: Thing) -> None:
        from dockmark.ui.preview import show_document

        if self._service is not None:
            show_document(self._page, self._bridge, self._service, "receipt", thing.id)
