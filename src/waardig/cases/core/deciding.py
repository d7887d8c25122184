"""May this official take this decision now? Pure; the answer is nothing, or a refusal to raise."""

from __future__ import annotations

from waardig.cases.terms import (
    AutomaticDecision,
    BeyondMandate,
    Case,
    CaseState,
    CorrectionOpen,
    DecisionOutcome,
    Lane,
    NotViewed,
    Official,
    OwnReasonsMissing,
    StepNotPossible,
)

SHORTEST_REASON = 40
DECIDABLE = (CaseState.PREPARED, CaseState.BY_HAND)


def check_decision(
    case: Case,
    official: Official,
    outcome: DecisionOutcome,
    *,
    actor_kind: str,
    amount_eurocent: int | None,
    reasons: str,
    prepared_text: str,
    correction_open: bool,
) -> None:
    """Refuse what W04 (a person decides, with reasons of their own), the mandate or an open correction forbid.

    Raises:
        AutomaticDecision, StepNotPossible, OwnReasonsMissing, BeyondMandate, CorrectionOpen.
    """
    if actor_kind != "employee":
        raise AutomaticDecision(case.number)
    if case.state not in DECIDABLE:
        raise StepNotPossible(case.number, case.state, "deciding")
    if outcome is DecisionOutcome.REFUSE and correction_open:
        raise CorrectionOpen(case.number)
    own = " ".join(reasons.split())
    if len(own) < SHORTEST_REASON or own == " ".join(prepared_text.split()):
        raise OwnReasonsMissing(SHORTEST_REASON)
    if outcome is DecisionOutcome.GRANT:
        check_mandate(official, amount_eurocent)


def check_mandate(official: Official, amount_eurocent: int | None) -> None:
    """Refuse an amount above the mandate of the official (eurocent per decision), and a grant without an amount."""
    if amount_eurocent is None or amount_eurocent <= 0 or amount_eurocent > official.mandate_eurocent:
        raise BeyondMandate(official.name)


def check_confirmation(
    case: Case, official: Official, *, lane: Lane, sampled: bool, viewed: bool, correction_open: bool
) -> None:
    """Refuse to confirm in a batch what is not a prepared grant that this official looked at.

    Raises:
        NotViewed, StepNotPossible, BeyondMandate, CorrectionOpen.
    """
    if lane is not Lane.PREPARED or case.state is not CaseState.PREPARED:
        raise StepNotPossible(case.number, case.state, "confirming a prepared grant")
    if sampled or not viewed:
        raise NotViewed(case.number)
    if correction_open:
        raise CorrectionOpen(case.number)
    check_mandate(official, case.amount_eurocent)
