"""What is said of stations and of the people who work at them. Names are in side records, never here."""

from dataclasses import dataclass, field

from dockmark.record.canonical import Json
from dockmark.record.facts import Fact, word

Told = dict[str, Json]


@word("station_enrolled")
@dataclass(frozen=True, slots=True, kw_only=True)
class StationEnrolled(Fact):
    """A station's first event: its public key (Ed25519, hex) and the ledger that it writes to."""

    ledger: str
    public_key: str
    name: str = ""
    replaces: str = ""


@word("station_named")
@dataclass(frozen=True, slots=True, kw_only=True)
class StationNamed(Fact):
    """A station is called something else from now on."""

    name: str
    reason: str = ""


@word("operator_enrolled")
@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorEnrolled(Fact):
    """A person may work here, in these roles; the name is a side record {id, hash}."""

    roles: list[Json]
    name: Told = field(default_factory=dict)


@word("operator_changed")
@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorChanged(Fact):
    """A person's roles or name changed, or the person may not work here any longer."""

    roles: list[Json] = field(default_factory=list)
    name: Told = field(default_factory=dict)
    disabled: bool = False
    reason: str = ""
    same_as: str = ""
    """The id of another entry for the very same person: for two-person acts they are one."""


@word("badge_issued")
@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeIssued(Fact):
    """A badge was given to a person; what is on it is a side record {id, hash}, never here."""

    badge: Told


@word("badge_withdrawn")
@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeWithdrawn(Fact):
    """A badge, named by its side record, is not worth anything any more: it was lost, or handed back."""

    badge: str
    reason: str = ""


@word("signed_in")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Fact):
    """A person began a session at this station: in which roles, by what, and how the clock stood."""

    role: str
    method: str
    boot: str = ""
    clock: Told = field(default_factory=dict)
    roles: list[Json] = field(default_factory=list)
    proved: bool = False
    badge: str = ""


@word("signed_out")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Fact):
    """A session ended: somebody else came, it was idle too long, or the window was closed."""

    session: str
    why: str


@word("sign_in_failed")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed(Fact):
    """Somebody could not prove to be who was said. `operator` is empty where nobody is called that."""

    why: str
    operator: str = ""
    method: str = ""
    boot: str = ""
    up_s: int = 0


@word("attempt_denied")
@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptDenied(Fact):
    """Somebody tried what that person may not do."""

    code: str
    act: str = ""
    facts: Told = field(default_factory=dict)


@word("pin_chosen")
@dataclass(frozen=True, slots=True, kw_only=True)
class PinChosen(Fact):
    """A person chose the own PIN, with the own badge in hand; a second person stood by where `witness` says so."""

    pin: Told
    badge: str = ""
    witness: str = ""
    how: str = ""


@word("pin_reset")
@dataclass(frozen=True, slots=True, kw_only=True)
class PinReset(Fact):
    """An administrator gave a person a PIN for one time. Until the person has chosen a new one nothing is signed."""

    pin: Told
    reason: str = ""


@word("account_unlocked")
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUnlocked(Fact):
    """An administrator lifted the lock after too many failures."""

    operator: str
    reason: str = ""


@word("person_erased")
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased(Fact):
    """Side records were deleted; the chain stays sound without them."""

    records: list[Json]
    reason: str


@word("record_signed")
@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSigned(Fact):
    """Somebody put a name to a record as it stood: its review, its approval, or that it is the own work."""

    of: str
    meaning: str
    sha256: str = ""
    heads: list[Json] = field(default_factory=list)


@word("checkpoint_made")
@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointMade(Fact):
    """A note over the heads of all stations known here; `root` as RFC 6962 over the events since the one before."""

    number: int
    heads: Told
    leaves: int
    root: str
    previous: str = ""


@word("checkpoint_cosigned")
@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointCosigned(Fact):
    """This station has everything that another one's checkpoint covers, and it agrees.

    Recorded under `cosignature:<station>`. For one maker the numbers only rise.
    """

    maker: str
    number: int
    note: str


@word("station_backed")
@dataclass(frozen=True, slots=True, kw_only=True)
class StationBacked(Fact):
    """Two people say that this station and its key belong to the depot; `first` is the hash of its first event."""

    public_key: str
    first: str
    second: str
    reason: str = ""


@word("key_rotated")
@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRotated(Fact):
    """From the next event on this station signs with another key. This event is the last that the old one signs."""

    public_key: str
    second: str
    reason: str = ""


@word("key_revoked")
@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRevoked(Fact):
    """What a station signed after its event `after` counts no longer, unless a checkpoint covered it before."""

    after: int
    hash: str
    second: str
    reason: str
