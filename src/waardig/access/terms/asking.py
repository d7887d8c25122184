"""Terms of purpose binding: who asks what about whom for which activity, and the ticket or the reasons against.

Invariant: a request is answered whole. What is too much is refused and named, never trimmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from waardig.kernel.errors import Refusal
from waardig.logbook.terms import Actor, ActorKind, GateRefused, LineRef, LogbookUnavailable

__all__ = [
    "AccessRefused",
    "Actor",
    "ActorKind",
    "GateRefused",
    "LineRef",
    "Lines",
    "LogbookUnavailable",
    "OptOut",
    "Reason",
    "Request",
    "Selection",
    "Ticket",
    "TicketWorthless",
]

MOST_PERSONS = 500


@dataclass(frozen=True)
class Request:
    """What is asked.

    Attributes:
        activity: id of a published processing activity; the route, job or command that runs declared it
            (kernel.declared), never the client.
        attributes: every attribute that is needed; all of them must belong to the activity.
        as_of: the day the facts must hold on; never after the business date.
        known_at: what was known then (UTC); None = now. A run freezes it, so that a resumed run sees the same.
        run: the run this belongs to: a person has one line in it.
        rule_set: hash of the rules that will use the data (law.queries.rule_set); needed for service activities.
        trace_id, parent: the W3C trace this belongs to, in hexadecimal.
    """

    activity: str
    attributes: frozenset[str]
    persons: tuple[UUID, ...]
    actor: Actor
    as_of: date
    run: UUID | None = None
    case: UUID | None = None
    rule_set: str | None = None
    known_at: datetime | None = None
    name: str = ""
    trace_id: str | None = None
    parent: str | None = None


@dataclass(frozen=True, eq=False)
class Lines(Mapping[UUID, LineRef]):
    """The log line of each person of a ticket; most are never asked for, so each is made when it is."""

    persons: Sequence[UUID] = ()
    traces: Sequence[str] = ()
    spans: Sequence[str] = ()

    @cached_property
    def _places(self) -> dict[UUID, int]:
        return {person: place for place, person in enumerate(self.persons)}

    def __getitem__(self, person: UUID) -> LineRef:
        place = self._places[person]
        return LineRef(self.traces[place], self.spans[place])

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True)
class Ticket:
    """A committed yes. It opens these attributes of these persons for ten minutes.

    Attributes:
        lines: the log line of each person, to which a case or message can be linked.
    """

    id: UUID
    activity: str
    trace_id: str
    persons: tuple[UUID, ...]
    attributes: frozenset[str]
    lines: Mapping[UUID, LineRef] = field(default_factory=Lines)


@dataclass(frozen=True)
class Selection:
    """Whom a service may approach.

    Attributes:
        persons: those inside the population who did not opt out, in a fixed order.
        clients: how many are inside the population, opted out or not.
        opted_out: how many of those said they do not want this; they are not in `persons`.
    """

    persons: tuple[UUID, ...]
    clients: int
    opted_out: int


@dataclass(frozen=True)
class Reason:
    """One reason against, in words; `facts` are for programs and may name persons, the texts never do."""

    code: str
    text_nl: str
    text_en: str
    facts: Mapping[str, object]


@dataclass(frozen=True)
class OptOut:
    """A person does not want a subject: a service, an activity, or "*" for all services. `until` is the last day."""

    subject: str
    since: date
    until: date | None
    channel: str


_REMEDY = "Ask only what the activity holds, for whom it may be asked, once its conditions are met."
_WAIT = "Wait until tomorrow, let a colleague go on, or publish the activity with a higher daily_ceiling."
_DECLARE = "Add the activity to @uses(...) of the view, job or command that runs (waardig.kernel.declared)."
_FOR_TODAY: Mapping[str, str] = {"ceiling_reached": _WAIT, "lookups_too_many": _WAIT}
_REMEDIES: Mapping[str, str] = {**_FOR_TODAY, "activity_not_declared": _DECLARE}


class AccessRefused(Refusal):
    """The gate said no. The refusal is in the log before this is raised, and nothing was read."""

    def __init__(self, activity: str, reasons: tuple[Reason, ...]) -> None:
        super().__init__(
            code=reasons[0].code,
            text_nl=" ".join(reason.text_nl for reason in reasons),
            text_en=" ".join(reason.text_en for reason in reasons),
            remedy=_REMEDIES.get(reasons[0].code, _REMEDY),
        )
        self.activity = activity
        self.reasons = reasons

    @property
    def is_for_today(self) -> bool:
        """Only the ceiling of a day was met: tomorrow it is allowed."""
        return all(reason.code in _FOR_TODAY for reason in self.reasons)


class TicketWorthless(Refusal):
    """A ticket that opens nothing: unknown, not committed, refused or expired."""

    def __init__(self, state: str) -> None:
        super().__init__(
            code=f"ticket_{state}",
            text_nl="Deze toegang is niet meer geldig. Begin opnieuw.",
            text_en=f"This ticket opens nothing: it is {state}.",
            remedy="Ask again with access.actions.ask, outside a transaction, and use the ticket within ten minutes.",
        )
        self.state = state
