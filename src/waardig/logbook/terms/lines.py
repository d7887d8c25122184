"""A line of the log: who did what with whose data, and what it led to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from waardig.kernel.bilingual import Bilingual

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
class LineItem:
    """A line as it is listed. `folded`: it stands for so many lines of its activity in its week; 0 = for itself."""

    entry: LogEntry
    folded: int = 0


@dataclass(frozen=True)
class LinePage:
    """One page of somebody's lines: week by week, the newest first, refused ones first in their week.

    Attributes:
        lines: all lines that there are, withheld ones too.
        items: what they are listed as.
        since: the moment of the oldest; None when there is none.
        organisations: how many organisations did it; withheld lines name none.
        last: when each activity last was, by its id; withheld lines do not count.
    """

    items: int
    lines: int
    since: datetime | None
    organisations: int
    last: Mapping[str, datetime]
    page: tuple[LineItem, ...]


@dataclass(frozen=True)
class LineCount:
    """Lines of a run: `read` persons, `other` lines (refusals, selection); `total` of the log; removed ones too."""

    read: int
    other: int
    total: int


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


class TicketLike(Protocol):
    """Anything that carries the number of a ticket of the gate."""

    @property
    def id(self) -> UUID:
        """The ticket's number."""
