"""Which notice goes to whom when something changed in a mandate. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from waardig.mandates.terms import Action, Mandate, MandateEvent, Origin


@dataclass(frozen=True)
class Notice:
    """One message to write. Args: recipient who gets it; other whom it names; flags of the template that are true."""

    recipient: UUID
    other: UUID
    template: str
    flags: frozenset[str]


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
    else:
        found = []
    return tuple(one for one in found if one.recipient not in died)


def last_day(mandate: Mandate) -> date:
    """The last day on which a mandate counts, as people say it; of one that is not in force yet the day of the code."""
    return mandate.ends_on - timedelta(days=1) if mandate.ends_on else mandate.code_until
