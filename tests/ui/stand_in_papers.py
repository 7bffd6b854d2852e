"""Papers of a hand-made workstation: real PDFs, made in memory and counted."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from dockmark.documents.paper.flow import Flow, Front, printed
from dockmark.documents.paper.house import House
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.papers import Folder, Paper, Sheet
from dockmark.station.tag_groups import TagGroup

NAMES = {"receipt": "Receipt", "discrepancy": "Discrepancy report", "commands": "Receiving: command sheet"}


class StandInPapers:
    """Two papers for each receipt, and whatever is attached."""

    def __init__(self) -> None:
        self.made: list[Paper] = []
        self.given: list[str] = []
        self.files: dict[str, bytes] = {}
        self.attached: list[Sheet] = []
        self.pages = 3
        self._pool = ThreadPoolExecutor(1)

    def look(self, kind: str, ref: str) -> "Future[Paper]":
        return self._pool.submit(self._looked, kind, ref)

    def make(self, kind: str, ref: str, *, reason: str = "", note: str = "") -> "Future[Paper]":
        return self._pool.submit(self._made, kind, ref, reason)

    def folder(self, ref: str) -> "Future[Folder]":
        return self._pool.submit(self._folder, ref)

    def file(self, sha256: str) -> "Future[bytes]":
        return self._pool.submit(self.files.__getitem__, sha256)

    def attach(self, ref: str, kind: str, file: Path) -> "Future[str]":
        return self._pool.submit(self._attach, kind, file)

    def commands(
        self, desk: str, *, paper: str = "", places: bool = False, more: Sequence[TagGroup] = ()
    ) -> "Future[Paper]":
        return self._pool.submit(self._drawn, "commands", f"desk:{desk}", 0)

    def keep(self, kind: str, name: str, content: bytes) -> str:
        """A file that is kept with every receipt."""
        digest = hashlib.sha256(content).hexdigest()
        self.files[digest] = content
        self.attached.append(Sheet(kind=kind, name=name, sha256=digest))
        return digest

    def reasons(self) -> list[tuple[str, str]]:
        return [("LOST", "lost or spoilt"), ("ASKED", "another copy was asked for")]

    def close(self) -> None:
        self._pool.shutdown()

    def _folder(self, ref: str) -> Folder:
        if ref == "nothing":
            raise Refusal(Refused.RECEIPT_UNKNOWN, receipt=ref)
        papers = [Sheet(kind=kind, name=NAMES[kind]) for kind in ("receipt", "discrepancy")]
        return Folder(ref=f"receipt:{ref}", number=ref, is_open=False, sheets=(*papers, *self.attached))

    def _attach(self, kind: str, file: Path) -> str:
        return self.keep(kind, file.name, file.read_bytes())

    def _before(self, kind: str) -> list[Paper]:
        return [paper for paper in self.made if paper.kind == kind]

    def _looked(self, kind: str, ref: str) -> Paper:
        before = self._before(kind)
        return before[-1] if before else self._drawn(kind, ref, 0)

    def _made(self, kind: str, ref: str, reason: str) -> Paper:
        copy = len(self._before(kind)) + 1
        if copy > 1 and not reason:
            raise Refusal(Refused.REASON_NEEDED, about="document")
        self.given.append(reason)
        self.made.append(self._drawn(kind, ref, copy))
        return self.made[-1]

    def _drawn(self, kind: str, ref: str, copy: int) -> Paper:
        def compose(flow: Flow) -> None:
            for _page in range(self.pages - 1):
                flow.turn()

        front = Front(title=NAMES[kind], number=ref[:30], made_us=1, copy=max(copy, 1), unissued=not copy)
        made = printed(front, House(name="Depot"), compose)
        number = "" if kind == "commands" else ref.removeprefix("receipt:")
        return Paper(
            kind=kind, ref=ref, number=number, title=NAMES[kind], content=made.content,
            pages=made.pages, sha256=hashlib.sha256(made.content).hexdigest(), copy=copy, copies=copy,
        )  # fmt: skip
