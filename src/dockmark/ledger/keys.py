"""A station's key and guard, in the state folder of this machine: never inside the data folder.

The guard names the last event recorded here. A ledger ahead of its guard is fine (killed between the two); one
behind it, or with another event in that place, was restored; one without a guard was copied.
"""

import os
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dockmark.record.event import SIGNATURE_DOMAIN, signed_bytes

_SLOT = 128


class Custody(StrEnum):
    """Whether this data folder is the one that the station's key belongs to."""

    OURS = "ours"
    COPIED = "copied"
    RESTORED = "restored"


class StationKey:
    """The private key of a station: signs the last event of each recorded transaction."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public_hex = private.public_key().public_bytes_raw().hex()

    def sign(self, event_hash: bytes) -> bytes:
        """The Ed25519 signature over an event's raw hash, 64 bytes."""
        return self._private.sign(signed_bytes(event_hash))

    def vouch(self, domain: bytes, digest: bytes) -> bytes:
        """The Ed25519 signature over something else than an event, of a domain of its own."""
        assert domain != SIGNATURE_DOMAIN and domain.endswith(b"\n")
        return self._private.sign(domain + digest)


def signature_holds(public: Ed25519PublicKey, event_hash: bytes, signature: bytes) -> bool:
    """True where the signature is this key's over this event."""
    try:
        public.verify(signature, signed_bytes(event_hash))
    except InvalidSignature:
        return False
    return True


def public_key(text: str) -> Ed25519PublicKey | None:
    """The public key that a `station_enrolled` names, or None where it is none."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Mark:
    """The last event known to be recorded here."""

    seq: int
    hash: bytes


class KeyFolder:
    """Where this machine keeps keys and guards, one pair for each station that it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, station: str) -> StationKey:
        """A new key for a new station, in a file that only its owner can read."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            self._folder.chmod(0o700)
        private = Ed25519PrivateKey.generate()
        handle = os.open(self._key_file(station), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(private.private_bytes_raw().hex().encode())
            file.flush()
            os.fsync(file.fileno())
        return StationKey(private)

    def key(self, station: str) -> StationKey | None:
        """The station's key, or None where this machine does not have it."""
        try:
            text = self._key_file(station).read_text("ascii")
            return StationKey(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text)))
        except (OSError, ValueError):
            return None

    def guard(self, station: str) -> "Guard":
        """The station's guard."""
        return Guard(self._folder / f"{station}.guard")

    def custody(self, station: str, hash_at: Callable[[int], bytes | None]) -> Custody:
        """Whether a ledger is ours, by what it holds at the guard's place (`hash_at(seq)`)."""
        mark = self.guard(station).read()
        if mark is None or self.key(station) is None:
            return Custody.COPIED
        return Custody.OURS if hash_at(mark.seq) == mark.hash else Custody.RESTORED

    def _key_file(self, station: str) -> Path:
        return self._folder / f"{station}.key"


class Guard:
    """Two slots written in turn, so that a torn write leaves the other one."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._handle: int | None = None

    def read(self) -> Mark | None:
        """The later of the two slots that are whole, or None."""
        try:
            data = self._file.read_bytes()
        except OSError:
            return None
        marks = [mark for mark in (_mark(data[:_SLOT]), _mark(data[_SLOT:])) if mark is not None]
        return max(marks, key=lambda mark: mark.seq, default=None)

    def write(self, mark: Mark) -> None:
        """Notes the last event recorded. Not synced: a guard that is behind its ledger is fine."""
        text = f"{mark.seq} {mark.hash.hex()}"
        slot = f"{text} {zlib.crc32(text.encode()):08x}".ljust(_SLOT - 1) + "\n"
        if self._handle is None:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._handle = os.open(self._file, flags, 0o600)
        _write_at(self._handle, slot.encode(), (mark.seq % 2) * _SLOT)

    def close(self) -> None:
        """Lets go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _write_at(handle: int, data: bytes, offset: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, offset, os.SEEK_SET)
        os.write(handle, data)
    else:
        os.pwrite(handle, data, offset)


def _mark(slot: bytes) -> Mark | None:
    try:
        seq, digest, check = slot.decode("ascii").split()
        whole = zlib.crc32(f"{seq} {digest}".encode()) == int(check, 16)
        return Mark(int(seq), bytes.fromhex(digest)) if whole else None
    except ValueError:
        return None
