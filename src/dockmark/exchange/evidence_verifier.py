"""Proves a Dockmark evidence folder, or a ZIP of one, without Dockmark: Python 3.10 or later and `cryptography`.

    python verify.py [FOLDER or FILE.zip] [--checkpoint "DMK1 …"] [--json]

Says every fault in words. Ends with 0 where everything holds, 1 where anything was changed, left out or added, 2 for
wrong usage, and 3 where nothing could be checked. FORMAT.md says what is checked, so that you can write your own.
"""

import base64
import hashlib
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

MANIFEST, SEAL = "manifest.json", "seal.json"
TABLES = ("stations.jsonl", "checkpoints.jsonl", "events.jsonl")
MAX_CORE = 64 * 1024
NO_HASH = "0" * 64
Core = dict[str, Any]
Place = tuple[str, int]


class Unusable(Exception):  # noqa: N818 - says what the evidence is
    """Nothing can be said of it: it is no evidence, or cannot be read."""


class Source:
    """The files of the evidence, by name, from a folder or a ZIP. Nothing is unpacked."""

    def __init__(self, path: Path) -> None:
        self.names: set[str] = set()
        self.twice: list[str] = []
        self._path, self._zip = path, None
        if path.is_dir():
            for file in path.rglob("*"):
                if file.is_symlink() or not file.is_dir():
                    self.names.add(file.relative_to(path).as_posix())
            return
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as wrong:
            raise Unusable("This is neither a folder nor a ZIP file.") from wrong
        for info in self._zip.infolist():
            if info.is_dir():
                continue
            if info.filename in self.names:
                self.twice.append(info.filename)
            self.names.add(info.filename)

    def read(self, name: str, limit: int) -> bytes:
        """The content of a file; one that is longer than it may be is not read whole."""
        try:
            if self._zip is not None:
                with self._zip.open(name) as member:
                    return member.read(limit + 1)
            file = self._path / name
            if file.is_symlink() or not file.is_file():
                return b""
            with file.open("rb") as opened:
                return opened.read(limit + 1)
        except (OSError, KeyError, zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError):
            return b""


class Line:
    """One event: where it stands, its hash, what it says, its signature and its way into a checkpoint."""

    def __init__(self, told: Core) -> None:
        self.station, self.seq, self.hash = str(told["station"]), int(told["seq"]), str(told["hash"])
        self.text: str | None = told.get("core")
        self.sig = bytes.fromhex(told["sig"]) if "sig" in told else b""
        self.proof: Core | None = told.get("proof")
        self.core: Core = {}

    @property
    def body(self) -> Core:
        """The facts of the event."""
        found = self.core.get("body")
        return found if isinstance(found, dict) else {}


class Verifier:
    """Holds everything against everything, and keeps what does not fit."""

    def __init__(self, source: Source) -> None:
        self.faults: list[tuple[str, str]] = []
        self.manifest: Core = {}
        self.events: dict[Place, Line] = {}
        self.counted: dict[str, int] = {}
        self.notes: dict[tuple[str, int], Line] = {}
        self.keys: dict[str, list[tuple[int, str]]] = {}
        self._source = source

    def fault(self, code: str, words: str) -> None:
        """One thing that does not hold."""
        if (code, words) not in self.faults:
            self.faults.append((code, words))

    def run(self, given: Sequence[str]) -> None:
        """Every check."""
        content = self._source.read(MANIFEST, 64 << 20)
        self.manifest = self._read_manifest(content)
        self._check_files()
        for name in TABLES:
            self._read_table(name)
        self._check_order()
        self._learn_keys()
        self._check_seal(content)
        self._check_signatures()
        self._check_notes()
        self._check_proofs()
        self._check_whole()
        self._check_revoked()
        self._check_links()
        self._check_documents()
        for text in given:
            self._check_given(text)

    # -- files --------------------------------------------------------------------------------------------------------

    def _read_manifest(self, content: bytes) -> Core:
        try:
            told = json.loads(content, object_pairs_hook=_once)
        except (ValueError, RecursionError):
            raise Unusable("There is no manifest.json that can be read: this is no evidence.") from None
        if not isinstance(told, dict) or told.get("form") != "dockmark/evidence/v1":
            raise Unusable("The manifest is not of the form dockmark/evidence/v1.")
        if not isinstance(told.get("files"), dict) or not isinstance(told.get("scope"), dict):
            raise Unusable("The manifest does not say which files there are.")
        return told

    def _check_files(self) -> None:
        files: dict[str, Any] = self.manifest["files"]
        for name in self._source.twice:
            self.fault("file_twice", f"{name!r} is there twice.")
        for name in sorted(self._source.names - set(files) - {MANIFEST, SEAL}):
            self.fault("file_foreign", f"{name!r} does not belong to this evidence: it was added.")
        for name, told in sorted(files.items()):
            if name not in self._source.names:
                self.fault("file_missing", f"{name!r} is missing: it was taken away.")
                continue
            size = told.get("size", -1) if isinstance(told, dict) else -1
            content = self._source.read(name, size if isinstance(size, int) and size >= 0 else 0)
            if len(content) != size or hashlib.sha256(content).hexdigest() != told.get("sha256"):
                self.fault("file_changed", f"{name!r} is not what was handed out: it was changed.")

    def _read_table(self, name: str) -> None:
        number = 0
        for number, raw in enumerate(self._source.read(name, 1 << 33).splitlines(), 1):
            try:
                line = Line(json.loads(raw, object_pairs_hook=_once))
                if line.text is not None:
                    line.core = self._read_core(line)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
                self.fault("line", f"Line {number} of {name} is not an event: {str(wrong)[:120]}.")
                continue
            place = (line.station, line.seq)
            before = self.events.get(place)
            if before is not None and before.hash != line.hash:
                self.fault("place_twice", f"Two different events stand at {_at(line)}.")
            if before is None or not before.core:
                self.events[place] = line
        self.counted[name] = number

    def _read_core(self, line: Line) -> Core:
        text = line.text or ""
        data = text.encode()
        if len(data) > MAX_CORE:
            raise ValueError("it is larger than 64 KiB")
        if hashlib.sha256(b"dockmark/event/v1\n" + data).hexdigest() != line.hash:
            self.fault("event_changed", f"The event at {_at(line)} does not have its hash: it was changed.")
        core: Core = json.loads(text, object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float)
        if not isinstance(core, dict) or _canonical(core) != text:
            self.fault("event_form", f"The event at {_at(line)} is not written in the one way that it may be.")
        if unicodedata.normalize("NFC", text) != text:
            self.fault("event_form", f"The event at {_at(line)} holds text that is not in normal form.")
        if (core.get("station"), core.get("seq")) != (line.station, line.seq):
            self.fault("event_swapped", f"The event at {_at(line)} belongs in another place: it was moved.")
        return core

    def _check_order(self) -> None:
        told = self.manifest.get("lines")
        for name in TABLES:
            if isinstance(told, dict) and told.get(name) != self.counted[name]:
                self.fault("lines", f"{name} has {self.counted[name]} lines, and had {told.get(name)}.")
        for (station, seq), line in sorted(self.events.items()):
            before = self.events.get((station, seq - 1))
            if before is not None and line.core and line.core.get("prev") != before.hash:
                self.fault("chain", f"The event at {_at(line)} does not follow the one before it.")

    # -- keys and signatures ------------------------------------------------------------------------------------------

    def _learn_keys(self) -> None:
        for station in sorted({station for station, _ in self.events}):
            first = self.events.get((station, 1))
            if first is None or first.core.get("type") != "station_enrolled":
                self.fault("not_enrolled", f"The enrolment of station {station} is missing.")
                continue
            if first.core.get("prev") != NO_HASH or first.body.get("ledger") != self.manifest.get("ledger"):
                self.fault("other_ledger", f"Station {station} belongs to another ledger.")
            self.keys[station] = [(1, str(first.body.get("public_key")))]
        for (station, seq), line in sorted(self.events.items()):
            if line.core.get("type") == "key_rotated" and station in self.keys:
                # The old key signs that there is a new one.
                self.keys[station].append((seq + 1, str(line.body.get("public_key"))))

    def _check_seal(self, manifest: bytes) -> None:
        try:
            seal = json.loads(self._source.read(SEAL, 1 << 16), object_pairs_hook=_once)
            station, key, sig = str(seal["station"]), str(seal["public_key"]), bytes.fromhex(seal["sig"])
        except (ValueError, KeyError, TypeError):
            self.fault("seal", "The seal is missing or cannot be read: nobody says that this is all of it.")
            return
        if not self.keys.get(station) or self.keys[station][-1][1] != key or station != self.manifest.get("station"):
            self.fault("seal", "The seal is of a key that this evidence does not tell of.")
        if not _holds(key, sig, b"dockmark/evidence/v1\n" + hashlib.sha256(manifest).digest()):
            self.fault("seal", "The seal does not fit the manifest: the list of files was changed.")

    def _check_signatures(self) -> None:
        for (station, seq), line in sorted(self.events.items()):
            if line.sig and not self._signed(station, seq, line):
                self.fault("signature", f"The signature of the event at {_at(line)} does not hold.")
            if seq == 1 and not line.sig:
                self.fault("signature", f"The enrolment of station {station} is not signed.")

    def _signed(self, station: str, seq: int, line: Line) -> bool:
        key = [key for first, key in self.keys.get(station, []) if first <= seq]
        return bool(key) and _holds(key[-1], line.sig, b"dockmark/sig/v1\n" + bytes.fromhex(line.hash))

    # -- checkpoints --------------------------------------------------------------------------------------------------

    def _check_notes(self) -> None:
        for line in self.events.values():
            if line.core.get("type") == "checkpoint_made" and isinstance(line.body.get("number"), int):
                self.notes[line.station, line.body["number"]] = line
        for (maker, number), line in sorted(self.notes.items()):
            if not line.sig:
                self.fault("note_unsigned", f"Checkpoint {number} of {maker} is not signed.")
            before = self.notes.get((maker, number - 1))
            if (number == 1) != (line.body.get("previous", "") == ""):
                self.fault("note_chain", f"Checkpoint {number} of {maker} does not say which was before it.")
            elif number > 1 and before is None:
                self.fault("note_missing", f"Checkpoint {number - 1} of {maker} is missing.")
            elif before is not None and line.body.get("previous") != note_hash(before.body):
                self.fault("note_chain", f"Checkpoint {number} of {maker} does not follow the one before it.")
            for station, head in _heads(line).items():
                held = self.events.get((station, head[0]))
                if held is not None and held.hash != head[1]:
                    self.fault("note_head", f"Checkpoint {number} of {maker} names another event at {_at(held)}.")

    def _between(self, note: Line) -> tuple[dict[str, tuple[int, str]], dict[str, int]]:
        before = self.notes.get((note.station, note.body["number"] - 1))
        return _heads(note), {name: head[0] for name, head in _heads(before).items()} if before is not None else {}

    def _check_proofs(self) -> None:
        for line in self.events.values():
            if line.proof is None:
                continue
            try:
                note = self.notes[str(line.proof["maker"]), int(line.proof["number"])]
                path = [bytes.fromhex(each) for each in line.proof["path"]]
            except (KeyError, ValueError, TypeError):
                self.fault("proof", f"The way of the event at {_at(line)} into a checkpoint cannot be read.")
                continue
            after, before = self._between(note)
            index, size = 0, 0
            for station in sorted(after):
                first, last = before.get(station, 0), after[station][0]
                if station == line.station:
                    index = size + line.seq - first - 1 if first < line.seq <= last else -1
                size += last - first
            root = root_of_path(bytes.fromhex(line.hash), index, size, path)
            if root is None or root.hex() != note.body.get("root") or size != note.body.get("leaves"):
                self.fault("proof", f"The event at {_at(line)} is not in checkpoint {note.body['number']}.")

    def _check_whole(self) -> None:
        """Where every event is there, the chains have no gap and each checkpoint is made anew."""
        if self.manifest["scope"].get("kind") != "all":
            for line in self.events.values():
                if line.proof is None and not line.sig:
                    self.fault("unproved", f"No checkpoint and no signature vouches for the event at {_at(line)}.")
            return
        self._check_ends()
        for (maker, number), note in sorted(self.notes.items()):
            after, before = self._between(note)
            places = [
                (name, seq) for name in sorted(after) for seq in range(before.get(name, 0) + 1, after[name][0] + 1)
            ]
            leaves = [bytes.fromhex(self.events[place].hash) for place in places if place in self.events]
            if tree_root(leaves).hex() != note.body.get("root"):
                self.fault("note_root", f"Checkpoint {number} of {maker} covers other events than these.")

    def _check_ends(self) -> None:
        heads = self.manifest.get("heads", {})
        tops: dict[str, int] = {}
        for station, seq in self.events:
            tops[station] = max(tops.get(station, 0), seq)
        if not isinstance(heads, dict) or tops != {station: head[0] for station, head in heads.items()}:
            self.fault("heads", "The chains do not end where they ended when the evidence was made.")
        for station, top in sorted(tops.items()):
            gap = next((seq for seq in range(1, top + 1) if (station, seq) not in self.events), 0)
            if gap:
                self.fault("gap", f"Event {gap} of station {station} is missing.")
            elif not self.events[station, top].sig:
                self.fault("unproved", f"The last event of station {station} is not signed.")

    def _check_revoked(self) -> None:
        """After a key was withdrawn nothing of it counts but what another station's checkpoint covers."""
        for told in self.events.values():
            if told.core.get("type") != "key_revoked" or not isinstance(told.body.get("after"), int):
                continue
            gone = {text.partition(":")[2] for text in told.core.get("subj", ())} - {told.station}
            for station in gone:
                others = [
                    _heads(note).get(station, (0, ""))[0] for note in self.notes.values() if note.station != station
                ]
                reach = max([told.body["after"], *others])
                if any(name == station and seq > reach for name, seq in self.events):
                    self.fault("key_revoked", f"The key of station {station} was withdrawn before some of its events.")

    def _check_links(self) -> None:
        """What an event builds on is there: nothing was left out between two events of one thing."""
        known = {line.hash for line in self.events.values()}
        wanted = self.manifest["scope"].get("subjects")
        for line in self.events.values():
            base = line.core.get("base", {})
            for subject, hashes in base.items() if isinstance(base, dict) else ():
                asked = wanted is None or (isinstance(wanted, list) and subject in wanted)
                if asked and not set(hashes) <= known:
                    self.fault("event_missing", f"What the event at {_at(line)} builds on is missing.")

    def _check_documents(self) -> None:
        named = {text for line in self.events.values() for text in _texts(line.core.get("body")) if len(text) == 64}
        for name in sorted(self._source.names):
            if name.startswith("documents/"):
                digest = name[len("documents/") :].partition(".")[0]
                told = self.manifest["files"].get(name)
                if digest not in named or not isinstance(told, dict) or told.get("sha256") != digest:
                    self.fault("document_foreign", f"No event names the document {name!r}: it is not of this ledger.")

    def _check_given(self, text: str) -> None:
        plain = re.sub("[^0-9A-Z]", "", text.upper())
        if not plain.startswith("DMK1") or len(plain) < 4 + 32 + 1 + 16 + 52:
            raise Unusable(f"{text[:80]!r} is not the text of a checkpoint.")
        digits, number = plain[4:36].lower(), plain[36:-68]
        maker = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        note = self.notes.get((maker, int(number) if number.isdecimal() else -1))
        if note is None:
            self.fault("checkpoint_unknown", f"The checkpoint {number} that you gave is not in this evidence.")
        elif note_hash(note.body).replace("L", "I") != plain[-52:].replace("L", "I"):
            self.fault("checkpoint_differs", f"The checkpoint {number} that you gave says something else.")


def _once(pairs: list[tuple[str, Any]]) -> Core:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands in it twice")
    return found


def _canonical(value: Core) -> str:
    """The one way to write it (RFC 8785, for the values that events have)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _no_float(text: str) -> Any:
    raise ValueError(f"{text[:20]} is no whole number")


def _at(line: Line) -> str:
    return f"station {line.station[-12:]}, number {line.seq}"


def _heads(note: Line) -> dict[str, tuple[int, str]]:
    heads = note.body.get("heads")
    found = {}
    for station, head in heads.items() if isinstance(heads, dict) else ():
        if isinstance(head, list) and len(head) == 2 and isinstance(head[0], int):
            found[str(station)] = (head[0], str(head[1]))
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _holds(key: str, signature: bytes, data: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def note_hash(body: Core) -> str:
    """What paper carries of a checkpoint: SHA-256 of what it says, base32."""
    digest = hashlib.sha256(b"dockmark/checkpoint/v1\n" + _canonical(body).encode()).digest()
    return base64.b32encode(digest).decode().rstrip("=")


def _inner(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves in their order (RFC 6962, section 2.1)."""
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        above = [_inner(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = above + level[len(above) * 2 :]
    return level[0]


def root_of_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to from a leaf at its place."""
    if not 0 <= index < size:
        return None
    node, last, left = hashlib.sha256(b"\x00" + leaf).digest(), size - 1, list(path)
    while last:
        if index % 2 or index < last:
            if not left:
                return None
            beside = left.pop(0)
            node = _inner(beside, node) if index % 2 else _inner(node, beside)
        index, last = index // 2, last // 2
    return None if left else node


def main(arguments: Sequence[str], say: Callable[[str], Any] = print) -> int:
    """Runs the checks and says what they found."""
    given: list[str] = []
    paths: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--checkpoint":
            given.append(next(words, ""))
        elif word.startswith("-") and word != "--json":
            say(__doc__ or "")
            return 2
        elif word != "--json":
            paths.append(word)
    if len(paths) > 1 or "" in given:
        say(__doc__ or "")
        return 2
    try:
        import cryptography  # noqa: F401 - asked for at once, so that its lack is said in words

        verifier = Verifier(Source(Path(paths[0]) if paths else Path(__file__).resolve().parent))
        verifier.run(given)
    except (Unusable, ImportError) as why:
        text = str(why) if isinstance(why, Unusable) else "The library 'cryptography' has to be installed first."
        say(json.dumps({"result": "not_checked", "say": text}) if "--json" in arguments else f"NOT CHECKED. {text}")
        return 3
    return _told(verifier, given, "--json" in arguments, say)


def _told(verifier: Verifier, given: Sequence[str], as_json: bool, say: Callable[[str], Any]) -> int:
    result = "altered" if verifier.faults else "witnessed" if given else "whole"
    if as_json:
        faults = [{"code": code, "say": words} for code, words in verifier.faults]
        say(json.dumps({"result": result, "events": len(verifier.events), "checkpoints": len(verifier.notes),
                        "ledger": verifier.manifest.get("ledger"), "faults": faults}))  # fmt: skip
        return 1 if verifier.faults else 0
    if verifier.faults:
        say(f"ALTERED. {len(verifier.faults)} things do not hold:")
        for code, words in verifier.faults:
            say(f"  - {words} ({code})")
        return 1
    counts = f"{len(verifier.events)} events, {len(verifier.notes)} checkpoints"
    say(f"WHOLE. {counts}: nothing was changed, left out or added.")
    if given:
        say("The checkpoint that you gave agrees: this is the ledger that the paper came from.")
    else:
        say('Whether it is the ledger that a paper came from: verify.py --checkpoint "DMK1 …" from the paper\'s foot.')
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
