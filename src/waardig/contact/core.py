"""Which notice goes to whom when something changed in a mandate. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from waardig.inbox.terms import Block, Paragraph, Span
from waardig.inbox.terms import Notice as Notice_
from waardig.mandates.terms import Action, Appointment, CourtOrder, Mandate, MandateEvent, Origin


@dataclass(frozen=True)
class Notice:
    """One message to write. Args: recipient who gets it; other whom it names; flags of the template that are true."""

    recipient: UUID
    other: UUID
    template: str
    flags: frozenset[str]


_BY_A_COURT = {
    MandateEvent.APPOINTED: "started",
    MandateEvent.ENDED_BY_COURT: "stopped",
    MandateEvent.EXPIRED: "over",
    MandateEvent.ENDED_BY_DEATH: "died",
}
_ENDING = {
    MandateEvent.REMINDED: "ends_soon",
    MandateEvent.ENDED: "stopped",
    MandateEvent.EXPIRED: "over",
    MandateEvent.ENDED_BY_DEATH: "died",
}


def notices_of(mandate: Mandate, event: MandateEvent, died: Collection[UUID]) -> tuple[Notice, ...]:
    """What is written about this event, and to whom; nothing is ever written to somebody who died.

    Args:
        died: which of the two died.
    """
    if mandate.helper is None:
        return ()
    principal, helper = mandate.principal, mandate.helper
    if mandate.order is not None:
        return _by_a_court(mandate.order, event, principal, helper, died)
    flags = {"may_answer"} if mandate.action is Action.ANSWER else set()
    flags |= {"not_at_once"} if mandate.origin is not Origin.WEB else set()
    if event is MandateEvent.ACCEPTED:
        asked = Notice(principal, helper, "mandate_asked", frozenset(flags))
        found = [] if mandate.origin is not Origin.WEB else [asked]
    elif event is MandateEvent.CONFIRMED:
        found = [
            Notice(principal, helper, "mandate_started", frozenset(flags)),
            Notice(helper, principal, "mandate_helper", frozenset(flags | {"started"})),
        ]
    elif event in _ENDING:
        ending = frozenset(flags | {_ENDING[event]})
        found = [
            Notice(principal, helper, "mandate_ends", ending),
            Notice(helper, principal, "mandate_helper", ending),
        ]
    elif event is MandateEvent.ENDED_BY_COURT:  # the person came under curatele and hears that from us already
        found = [Notice(helper, principal, "mandate_helper", frozenset(flags | {"stopped"}))]
    else:
        found = []
    return tuple(one for one in found if one.recipient not in died)


def _by_a_court(
    order: CourtOrder, event: MandateEvent, principal: UUID, helper: UUID, died: Collection[UUID]
) -> tuple[Notice, ...]:
    """Both hear of what a court ruled, and of its end."""
    if event not in _BY_A_COURT:
        return ()
    flags = frozenset({_BY_A_COURT[event]})
    if event is MandateEvent.APPOINTED:
        flags |= {order.appointment.value} | ({"has_end"} if order.until else set())
    both = Notice(principal, helper, "court_person", flags), Notice(helper, principal, "court_representative", flags)
    return tuple(one for one in both if one.recipient not in died)


def last_day(mandate: Mandate) -> date:
    """The last day on which a mandate counts, as people say it; of one that is not in force yet the day of the code."""
    return mandate.ends_on - timedelta(days=1) if mandate.ends_on else mandate.code_until


_COPY = {
    Appointment.CURATOR: "U krijgt deze kopie omdat u de curator bent van {name}.",
    Appointment.ADMINISTRATOR: "U krijgt deze kopie omdat u de bewindvoerder bent van {name}.",
}


def as_copy(blocks: tuple[Block, ...], appointment: Appointment, name: str) -> tuple[Block, ...]:
    """The blocks of a message as a copy: after the title and the lead it says whose post this is."""
    lines = _COPY[appointment].format(name=name), f"{name} kreeg dit bericht ook."
    notice = Notice_("copy", (Span("Dit is een kopie"),), tuple(Paragraph((Span(line),)) for line in lines))
    first = sum(block.kind in ("title", "lead") for block in blocks[:2])
    return (*blocks[:first], notice, *blocks[first:])
