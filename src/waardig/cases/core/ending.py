"""How a case ended, and on which day; None while it runs. Pure: what is kept how long follows from it.

Source: Selectielijst gemeenten en intergemeentelijke organen 2020 (a result per ending); Archiefbesluit 1995 art. 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waardig.cases.terms import Case, CaseEvent, CaseKind, CaseState, Decision, DecisionOutcome, EventKind


class Ending(StrEnum):
    """Every way in which a case can end."""

    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    DECLINED = "declined"
    OPTED_OUT = "opted_out"
    WITHDRAWN = "withdrawn"
    WAIVED = "waived"
    CORRECTION_UPHELD = "correction_upheld"
    CORRECTION_STANDS = "correction_stands"
    OBJECTION_UPHELD = "objection_upheld"
    OBJECTION_UNFOUNDED = "objection_unfounded"
    OBJECTION_INADMISSIBLE = "objection_inadmissible"
    OBJECTION_WITHDRAWN = "objection_withdrawn"
    OBJECTION_FORWARDED = "objection_forwarded"
    LOOKED_AGAIN = "looked_again"
    PENALTY_FIXED = "penalty_fixed"
    NO_PENALTY_DUE = "no_penalty_due"


@dataclass(frozen=True)
class Closed:
    """How a case ended and on which day."""

    ending: Ending
    on: date


_BY_STATE: Mapping[CaseState, Ending] = {
    CaseState.LAPSED: Ending.LAPSED,
    CaseState.DECLINED: Ending.DECLINED,
    CaseState.OPTED_OUT: Ending.OPTED_OUT,
    CaseState.WITHDRAWN: Ending.WITHDRAWN,
    CaseState.WAIVED: Ending.WAIVED,
}
_BY_OUTCOME: Mapping[DecisionOutcome, Ending] = {
    DecisionOutcome.GRANT: Ending.GRANTED,
    DecisionOutcome.REFUSE: Ending.REFUSED,
    DecisionOutcome.UPHELD: Ending.OBJECTION_UPHELD,
    DecisionOutcome.PARTLY: Ending.OBJECTION_UPHELD,
    DecisionOutcome.UNFOUNDED: Ending.OBJECTION_UNFOUNDED,
    DecisionOutcome.INADMISSIBLE: Ending.OBJECTION_INADMISSIBLE,
    DecisionOutcome.REVISED: Ending.LOOKED_AGAIN,
    DecisionOutcome.PENALTY: Ending.PENALTY_FIXED,
    DecisionOutcome.CORRECTED: Ending.CORRECTION_UPHELD,
    DecisionOutcome.UNCORRECTED: Ending.CORRECTION_STANDS,
}
_BY_KIND: Mapping[tuple[CaseKind, CaseState], Ending] = {
    (CaseKind.OBJECTION, CaseState.WITHDRAWN): Ending.OBJECTION_WITHDRAWN,
    (CaseKind.OBJECTION, CaseState.ANSWERED): Ending.OBJECTION_FORWARDED,
    (CaseKind.SECOND_LOOK, CaseState.ANSWERED): Ending.LOOKED_AGAIN,
    (CaseKind.PENALTY, CaseState.ANSWERED): Ending.NO_PENALTY_DUE,
}
ENDED = (
    CaseState.DECIDED,
    CaseState.ANSWERED,
    CaseState.DECLINED,
    CaseState.LAPSED,
    CaseState.OPTED_OUT,
    CaseState.WITHDRAWN,
    CaseState.WAIVED,
)
"""States in which a case has ended; from declined and lapsed a yes still makes it run again."""

_CLOSING = {
    EventKind.DECIDED,
    EventKind.ANSWERED,
    EventKind.DECLINED,
    EventKind.LAPSED,
    EventKind.WITHDRAWN,
    EventKind.WAIVED,
    EventKind.NOTHING_DUE,
    EventKind.TURNED,
    EventKind.SENT_ON,
}


def ending_of(case: Case, decision: Decision | None, events: Sequence[CaseEvent]) -> Closed | None:
    """How a case ended, or None while it runs.

    Args:
        decision: of this case, None when there is none.
        events: of this case, oldest first.
    """
    if case.state not in ENDED:
        return None
    ending = _BY_KIND.get((case.kind, case.state)) or _BY_STATE.get(case.state) or _corrected(case, events)
    if ending is None and decision is not None:
        ending = _BY_OUTCOME.get(decision.outcome)
    if ending is None:
        return None
    days = [event.on for event in events if event.kind in _CLOSING]
    decided = [decision.decided_on] if decision and case.state is CaseState.DECIDED else []
    return Closed(ending, (decided or days[-1:] or [case.opened_on])[0])


def _corrected(case: Case, events: Sequence[CaseEvent]) -> Ending | None:
    """A report that a value is wrong: repaired, or the value stands."""
    if case.kind is not CaseKind.CORRECTION:
        return None
    answers = [event.code for event in events if event.kind is EventKind.ANSWERED]
    return Ending.CORRECTION_UPHELD if answers[-1:] == ["upheld"] else Ending.CORRECTION_STANDS
