"""Evidence for others: a folder, or one ZIP file, that proves itself without Dockmark."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dockmark import exchange
from dockmark.database.session import Session
from dockmark.exchange.evidence_page import Page, Row, evidence_page
from dockmark.ledger.checkpoints import checkpoint_in, heads_known
from dockmark.ledger.evidence import as_text as line_text
from dockmark.ledger.evidence import checkpoints_told, everything, stations_told, subjects_proved
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.people import refuse_beyond
from dockmark.lookup import units
from dockmark.lookup.attachments import attachments_of
from dockmark.lookup.documents import made_of
from dockmark.packed import packed
from dockmark.people.rules import Act
from dockmark.record.clock import as_text
from dockmark.record.event import Seen
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.files import kept_bytes
from dockmark.station.paper_kinds import kind_word
from dockmark.wording import _, event_line

FORM: Final = "dockmark/evidence/v1"
DOMAIN: Final = b"dockmark/evidence/v1\n"
VERIFIER: Final = "evidence_verifier.py"
_ENDINGS: Final = ((b"%PDF-", "pdf"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"))


@dataclass(slots=True, kw_only=True)
class Evidence:
    """What was handed out: where it is, how many events, what was withheld, which files were not there any more."""

    path: Path
    events: int = 0
    withheld: int = 0
    documents: int = 0
    missing: list[str] = field(default_factory=list)
    checkpoint: str = ""
    units: tuple[str, ...] = ()


def export_evidence(ledger: Ledger, data: Path, to: Path, unit: str = "") -> Evidence:
    """Writes the evidence of one unit, or of everything where none is named: whole, or nothing at all.

    Whoever records at the ledger must be allowed to hand out evidence. A checkpoint is made first, so that every event
    has its way into one.
    """
    as_zip = to.name.lower().endswith(".zip")
    if to.exists() and (as_zip or not to.is_dir() or any(to.iterdir())):
        raise Refusal(Refused.EXISTS_ALREADY, name=to.name)
    with ledger.writing() as book:
        refuse_beyond(book.session, book.author, Act.EVIDENCE)
        made = checkpoint_in(book)
    done = Evidence(path=to, checkpoint=made.text)
    with _beside(to) as work:
        session = ledger.session()
        try:
            with session.reading(), session.unhurried():
                _Writing(ledger, session, data, work, done).run(unit)
        finally:
            session.close()
        _put(work, to, as_zip=as_zip)
    return done


class _Writing:
    def __init__(self, ledger: Ledger, session: Session, data: Path, folder: Path, done: Evidence) -> None:
        self._ledger = ledger
        self._session = session
        self._data = data
        self._folder = folder
        self._done = done
        self._lines: dict[str, int] = {}
        self._covered: dict[str, str] = {}

    def run(self, unit: str) -> None:
        session, identity = self._session, self._ledger.identity
        now = self._ledger.clock.now_us()
        manifest: dict[str, Any] = {
            "form": FORM, "ledger": identity.ledger, "station": identity.station, "made": as_text(now),
        }  # fmt: skip
        self._table("stations.jsonl", stations_told(session))
        self._table("checkpoints.jsonl", checkpoints_told(session))
        page = self._one(unit, manifest) if unit else self._all(manifest)
        (self._folder / "index.html").write_bytes(evidence_page(page))
        (self._folder / "FORMAT.md").write_bytes(packed("manual", "evidence.md").read_bytes())
        verifier = Path(exchange.__file__).with_name(VERIFIER)
        (self._folder / "verify.py").write_bytes(verifier.read_bytes())
        self._seal(manifest)

    def _one(self, unit: str, manifest: dict[str, Any]) -> Page:
        known = units.unit(self._session, unit)
        if known is None:
            raise Refusal(Refused.UNIT_UNKNOWN, tag=unit[:80])
        ids = units.ids_of(self._session, unit)
        refs = [f"unit:{each}" for each in ids]
        files = [it for ref in refs for it in attachments_of(self._session, ref, with_gone=True)]
        papers = [it for ref in refs for it in made_of(self._session, ref)]
        subjects = [*refs, f"part:{known.part}", *(f"attachment:{it.id}" for it in files)]
        subjects += [f"document:{it.id}" for it in papers]
        proved = subjects_proved(self._session, subjects)
        for line in proved.lines:
            if "proof" in line:
                self._covered[line["hash"]] = str(line["proof"]["number"])
        self._table("events.jsonl", proved.lines)
        documents = [self._keep(it.sha256, f"{kind_word(it.kind)} {it.number}, {as_text(it.made_at)}") for it in papers]
        documents += [self._keep(it.sha256, it.name) for it in files if not it.gone]
        manifest |= {"scope": {"kind": "unit", "units": list(ids), "subjects": sorted(subjects)}}
        self._done.units, self._done.withheld = ids, proved.withheld
        mark = " ".join(text for text in (known.part_number, known.description) if text)
        facts = [
            (_("Unit"), f"{mark}, SN {known.serial}" if known.serial else mark), (_("Id"), ", ".join(ids)),
            *self._facts(manifest),
        ]  # fmt: skip
        return Page(
            title=_("Evidence: {unit}").format(unit=known.serial or mark or known.id), facts=facts,
            rows=[self._row(event) for event in proved.seen], documents=[it for it in documents if it],
            notes=self._notes(proved.withheld), language=_language(),
        )  # fmt: skip

    def _all(self, manifest: dict[str, Any]) -> Page:
        session = self._session
        self._table("events.jsonl", everything(session))
        rows = session.all("SELECT id, salt, data FROM people_records WHERE data LIKE ? ORDER BY id", ("name %",))
        records = [{"record": row[0], "salt": bytes(row[1]).hex(), "data": row[2]} for row in rows]
        (self._folder / "records.jsonl").write_bytes(b"".join(map(line_text, records)))
        told = session.all(
            "SELECT sha256, kind, number FROM documents UNION"
            " SELECT sha256, kind, name FROM attachments WHERE gone = '' ORDER BY sha256"
        )
        documents = [self._keep(sha256, f"{kind_word(kind)} {name}") for sha256, kind, name in told]
        heads = {station: list(head) for station, head in heads_known(session).items()}
        manifest |= {"scope": {"kind": "all"}, "heads": heads}
        return Page(
            title=_("Evidence: the whole ledger"), facts=self._facts(manifest), rows=(),
            documents=[it for it in documents if it], notes=self._notes(0), language=_language(),
        )  # fmt: skip

    def _facts(self, manifest: dict[str, Any]) -> list[tuple[str, str]]:
        return [
            (_("Ledger"), manifest["ledger"]), (_("Station"), manifest["station"]), (_("Made"), manifest["made"]),
            (_("Checkpoint"), self._done.checkpoint), (_("Events"), str(self._lines["events.jsonl"])),
        ]  # fmt: skip

    def _notes(self, withheld: int) -> list[str]:
        notes = [_("People are named by their id; their names are not handed out.")] if self._done.units else []
        if withheld:
            notes.append(
                _("{count} events also tell of units of others. They are counted and proved, and not shown.").format(
                    count=withheld
                )
            )
        if self._done.missing:
            notes.append(_("{count} files are not there any more.").format(count=len(self._done.missing)))
        notes.append(_("It does not prove that nothing happened after it was made."))
        return notes

    def _row(self, event: Seen) -> Row:
        return Row(
            as_text(event.happened), event.actor, event_line(event.type, event.body), self._covered.get(event.hash, "")
        )

    def _table(self, name: str, lines: Iterable[dict[str, Any]]) -> None:
        count = 0
        with (self._folder / name).open("wb") as file:
            for line in lines:
                file.write(line_text(line))
                count += 1
        self._lines[name] = count

    def _keep(self, sha256: str, says: str) -> tuple[str, str] | None:
        try:
            content = kept_bytes(self._data, sha256)
        except Refusal:
            self._done.missing.append(sha256)
            return None
        ending = next((ending for begins, ending in _ENDINGS if content.startswith(begins)), "bin")
        name = f"documents/{sha256}.{ending}"
        (self._folder / "documents").mkdir(exist_ok=True)
        (self._folder / name).write_bytes(content)
        self._done.documents += 1
        return name, says

    def _seal(self, manifest: dict[str, Any]) -> None:
        files: dict[str, dict[str, str | int]] = {}
        for path in sorted(it for it in self._folder.rglob("*") if it.is_file()):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            files[path.relative_to(self._folder).as_posix()] = {"size": path.stat().st_size, "sha256": digest}
        self._done.events = self._lines["events.jsonl"]
        manifest |= {
            "files": files, "lines": self._lines, "withheld": self._done.withheld, "missing": self._done.missing,
        }  # fmt: skip
        content = json.dumps(manifest, indent=1, sort_keys=True).encode()
        (self._folder / "manifest.json").write_bytes(content)
        key, sig = self._ledger.vouch(DOMAIN, hashlib.sha256(content).digest())
        seal = {"station": self._ledger.identity.station, "public_key": key, "sig": sig.hex()}
        (self._folder / "seal.json").write_text(json.dumps(seal, indent=1), "utf-8")


def _language() -> str:
    return os.environ.get("DOCKMARK_LANG", "").partition("_")[0] or "en"


@contextmanager
def _beside(to: Path) -> Iterator[Path]:
    """A folder to write in, beside the one that it becomes; gone where that does not come about."""
    try:
        with tempfile.TemporaryDirectory(prefix=".dockmark-", dir=to.absolute().parent) as work:
            folder = Path(work) / "evidence"
            folder.mkdir()
            yield folder
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=to.name, why=str(error.strerror)) from error


def _put(work: Path, to: Path, *, as_zip: bool) -> None:
    if not as_zip:
        if to.is_dir():
            to.rmdir()
        shutil.move(work, to)
        return
    part = work.parent / "evidence.zip"
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(it for it in work.rglob("*") if it.is_file()):
            archive.write(path, path.relative_to(work).as_posix())
    part.replace(to)
