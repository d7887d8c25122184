"""Terms of the log of data processing (Logboek dataverwerkingen 1.0).

One line tells one act about at most one person. The person stands in it under a pseudonym, an employee not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from waardig.kernel.bilingual import Bilingual
from waardig.kernel.errors import Refusal

ActorKind = Literal["system", "resident", "employee", "organisation"]
Outcome = Literal["allow", "refuse"]
LinkKind = Literal["case", "message", "decision"]


@dataclass(frozen=True)
class Actor:
    """Who acts.

    Attributes:
        id: person id of a resident, employee number, KvK number of an organisation, or the name of a program. It goes
            to the audit table only, never into a line.
        role: for example "iit-behandelaar"; the resident may see it.
    """

    kind: ActorKind
    id: str
    role: str = ""

    def as_json(self) -> dict[str, str]:
        """The form the database functions take."""
        return {"kind": self.kind, "id": self.id, "role": self.role}


SYSTEM = Actor("system", "waardig")


@dataclass(frozen=True)
class LineRef:
    """A line of the log: 32 and 16 hexadecimal digits, as in W3C Trace Context."""

    trace_id: str
    span_id: str


@dataclass(frozen=True)
class NewLine:
    """A line to write in the caller's transaction.

    Attributes:
        activity: id of a published processing activity; the line gets the URI of the version in force.
        person: whom it is about, or None when it is about nobody.
        name: what was done, in Dutch; empty = the name of the activity. Never personal data.
        attributes_used: ids of the attributes that were used.
        run: when given, the person has one line in this run: a second one returns the first and links case and message.
    """

    activity: str
    person: UUID | None
    name: str = ""
    attributes_used: frozenset[str] = frozenset()
    decision: Outcome = "allow"
    reasons: tuple[str, ...] = ()
    actor: Actor = SYSTEM
    case: UUID | None = None
    message: UUID | None = None
    run: UUID | None = None
    trace_id: str | None = None
    parent: str | None = None
    rule_set: str | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class NewLink:
    """What a line led to, known only after the line was committed."""

    line: LineRef
    kind: LinkKind
    target: UUID


@dataclass(frozen=True)
class Link:
    """Something a line led to."""

    kind: LinkKind
    target: UUID


@dataclass(frozen=True)
class LegalBasis:
    """Ground of AVG article 6, with the law and article that give the task."""

    ground: str
    law: str
    article: str
    url: str


@dataclass(frozen=True)
class LogEntry:
    """One line as its person sees it.

    Attributes:
        at: moment of the act; the first of the month when withheld.
        role: role of the actor, never a name.
        withheld: why and until when the content is not shown yet; empty = it is shown.
    """

    person: UUID
    line: LineRef
    at: datetime
    name: str
    activity: str
    activity_uri: str
    purpose: Bilingual
    legal_basis: tuple[LegalBasis, ...]
    organisation: str
    controller: str
    attributes: tuple[str, ...]
    automated: bool
    algorithm: str
    decision: Outcome
    reasons: tuple[str, ...]
    actor_kind: str
    role: str
    as_of: date | None
    run: UUID | None
    case: UUID | None
    message: UUID | None
    led_to: tuple[Link, ...] = ()
    withheld: str = ""


@dataclass(frozen=True)
class LineCount:
    """Lines of a run: `read` persons, `other` lines (refusals, selection); `total` of the log; removed ones too."""

    read: int
    other: int
    total: int


@dataclass(frozen=True)
class Checkpoint:
    """The log up to a size: root of its tree and the signed note that says so (C2SP tlog-checkpoint)."""

    size: int
    root: bytes
    note: str


@dataclass(frozen=True)
class LineProof:
    """What anybody needs to check that a line is in the tree, without asking us.

    Attributes:
        canonical: the exact text of line and detail (RFC 8785).
        path: the audit path to `checkpoint.root` (RFC 6962).
    """

    line: LineRef
    canonical: str
    salt: bytes
    place: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint


@dataclass(frozen=True)
class LogState:
    """Whether the log is whole.

    Attributes:
        changed: lines that no longer fit their own leaf; lost: lines of the tree that have another leaf or are gone
            without standing on the list of what went after its term.
        broken: sizes of checkpoints whose root no longer follows from the leaves.
        removed: how many of the lines went after their term and stand on its list.
    """

    lines: int
    in_tree: int
    checkpoints: int
    changed: tuple[LineRef, ...]
    lost: tuple[LineRef, ...]
    broken: tuple[int, ...]
    removed: int = 0

    @property
    def is_whole(self) -> bool:
        """Nothing was changed, lost or rewritten."""
        return not (self.changed or self.lost or self.broken)


@dataclass(frozen=True)
class Removal:
    """Lines of an activity that went on a day because their term (as the database writes it) had passed."""

    removed_on: date
    activity: str
    term: str
    first_day: date
    last_day: date
    lines: int


@dataclass(frozen=True)
class ActivityUse:
    """How often an activity version was used, removed lines too; and the different persons in lines that are kept."""

    activity: str
    activity_uri: str
    decision: Outcome
    lines: int
    persons: int


@dataclass(frozen=True)
class Noted:
    """What a checkpoint that somebody kept says: name of the log, size of the tree, its root."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Difference:
    """A kept checkpoint that our tree does not follow: lines were `lost` (the tree is smaller) or `changed`."""

    noted: Noted
    kind: Literal["lost", "changed"]
    tree_size: int


@dataclass(frozen=True)
class Loss:
    """A difference that was found and recorded; `accepted_at` is empty until the owner accepts it with a reason."""

    size: int
    root: bytes
    kind: Literal["lost", "changed"]
    tree_size: int
    found_at: datetime
    accepted_at: datetime | None = None
    accepted_by: str = ""
    confirmed_by: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """What is wrong in one English sentence, without anything about anybody."""
        if self.kind == "lost":
            return f"the log was {self.size} lines at a checkpoint, now {self.tree_size}: lines are lost"
        return f"the log of {self.tree_size} lines does not follow its checkpoint of {self.size} lines: lines changed"


@dataclass(frozen=True)
class Progress:
    """How far the sequencer is, and the last signed checkpoint (size 0 and no moment when there is none)."""

    lines: int
    placed: int
    waiting_since: datetime | None
    signed_size: int
    signed_at: datetime | None

    @property
    def waiting(self) -> int:
        """Lines that have no place in the tree yet."""
        return max(0, self.lines - self.placed)


class LossNotAccepted(Refusal):
    """A loss of lines can be accepted by two people with a reason, as the owner, when there is one."""

    def __init__(self, why_nl: str, why_en: str, remedy: str) -> None:
        super().__init__(code="loss_not_accepted", text_nl=why_nl, text_en=why_en, remedy=remedy)


class NothingToSign(Refusal):
    """There is no line since the last checkpoint."""

    def __init__(self) -> None:
        super().__init__(
            code="nothing_to_sign",
            text_nl="Er is niets nieuws om te ondertekenen.",
            text_en="The log has no line since the last checkpoint.",
            remedy="Nothing to do; try again when the log has grown.",
        )


class TicketLike(Protocol):
    """Anything that carries the number of a ticket of the gate."""

    @property
    def id(self) -> UUID:
        """The ticket's number."""


@dataclass(eq=False)
class LogbookUnavailable(Refusal):
    """The line could not be written, so nothing is done and no data is given (fail closed).

    Attributes:
        sqlstate: what the database answered, for the administrator; never its text, which may hold personal data.
    """

    code: str = "logbook_unavailable"
    text_nl: str = (
        "Wij kunnen nu niet vastleggen wat wij met gegevens doen. Daarom laten wij ze niet zien en doen wij niets. "
        "Probeer het later opnieuw."
    )
    text_en: str = "The log of data processing cannot be written, so no data is given and nothing is done."
    remedy: str = "Ask the administrator to look at the database; nothing was lost and nothing was shown."
    sqlstate: str = ""

    def __str__(self) -> str:
        return f"{super().__str__()} (database answer {self.sqlstate or 'unknown'})"


@dataclass(eq=False)
class GateRefused(Refusal):
    """A database function of the gate refused what it was given; the code says why."""

    code: str = "gate_refused"
    text_nl: str = "Dit kan niet."
    text_en: str = "The gate refused this."
    facts: tuple[str, ...] = field(default=())


# What the functions raise with a SQLSTATE of class WA: code, Dutch, remedy. The database's own sentence is the English.
GATE_REFUSALS: dict[str, tuple[str, str, str]] = {
    "WA020": (
        "not_on_an_approved_list",
        "Dit staat niet op een goedgekeurde vernietigingslijst.",
        "Make a destruction list and let a colleague approve it; it is executed after that.",
    ),
    "WA021": (
        "held_or_not_due",
        "Deze zaak mag nu niet worden vernietigd.",
        "See what holds the case: waardig archive due.",
    ),
    "WA001": (
        "activity_unpublished",
        "Deze verwerking staat niet in het verwerkingsregister.",
        "Publish the content that declares this activity.",
    ),
    "WA002": (
        "service_unknown",
        "Deze dienst is er niet.",
        "Name a service that has a published activity of kind service.",
    ),
    "WA003": (
        "enrolment_refused",
        "Deze personen kunnen niet worden ingeschreven.",
        "Use an activity of kind execution that is in force, with valid numbers and at most max_persons persons.",
    ),
    "WA004": (
        "enrolled_otherwise",
        "Deze persoon is al anders ingeschreven.",
        "Ask for the person id under this number; do not enrol the person again.",
    ),
    "WA005": (
        "person_unknown",
        "Deze persoon is niet ingeschreven.",
        "Enrol the person first.",
    ),
    "WA006": (
        "spells_overlap",
        "De periodes van deze gegevens kloppen niet.",
        "Correct the periods in the source and send the batch again.",
    ),
    "WA007": (
        "document_changed",
        "Deze tekst is al vastgelegd en verandert niet meer.",
        "Store a new text under a new id.",
    ),
    "WA009": (
        "storing_refused",
        "Onder deze verwerking kunnen geen gegevens worden vastgelegd.",
        "Store facts under an activity of kind execution that is in force and allows this actor.",
    ),
    "WA008": (
        "correction_not_opened",
        "Dit gegeven kan met deze toegang niet worden gecorrigeerd.",
        "Ask a ticket of an activity that may correct, for this person and attribute, and use it within ten minutes.",
    ),
}
