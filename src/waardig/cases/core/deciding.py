"""May this official take this decision now? Pure; the answer is nothing, or a refusal to raise.

Source: Awb 3:46, 10:3; AVG art. 22; safeguard W04 of the weighing where one is decided.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from waardig.cases.terms import (
    AutomaticDecision,
    BeyondMandate,
    Case,
    CaseKind,
    CaseState,
    CorrectionOpen,
    DecisionOutcome,
    Lane,
    NotViewed,
    Official,
    OwnReasonsMissing,
    StepNotPossible,
    UnaskedRefusal,
)
from waardig.values.terms import HumanDecides

SHORTEST_REASON = 40
DECIDABLE = (CaseState.PREPARED, CaseState.BY_HAND)
FIRST_OUTCOMES = (DecisionOutcome.GRANT, DecisionOutcome.REFUSE)
"""What can be decided the first time; the other outcomes are those of an objection, a second look or a penalty."""
UNKNOWN = "unknown:"


@dataclass(frozen=True)
class Conditions:
    """What else counts when an official decides.

    Attributes:
        mandated: the municipality's decree lets this official take this decision on this day.
        correction_open: a value of somebody in the case is being looked into.
        guard: safeguard W04 of the decided weighing; None when nothing was decided: the room's own minimum then holds.
        guarded: what W04 calls this outcome (afwijzing, lager, onbekend, open_norm), empty when it guards nothing.
        prepared: sentences of the computer; repeating one is no reason of one's own.
    """

    mandated: bool
    correction_open: bool
    guard: HumanDecides | None = None
    guarded: str = ""
    prepared: Collection[str] = ()


def check_decision(
    case: Case,
    official: Official,
    outcome: DecisionOutcome,
    *,
    actor_kind: str,
    amount_eurocent: int | None,
    reasons: str,
    conditions: Conditions,
) -> None:
    """Refuse what W04 (a person decides, with reasons of their own), the mandate or an open correction forbid.

    Raises:
        AutomaticDecision, StepNotPossible, UnaskedRefusal, CorrectionOpen, OwnReasonsMissing, BeyondMandate.
    """
    if actor_kind != "employee":
        raise AutomaticDecision(case.number)
    if case.state not in DECIDABLE or outcome not in FIRST_OUTCOMES:
        raise StepNotPossible(case.number, case.state, "deciding")
    if outcome is DecisionOutcome.REFUSE and case.kind is CaseKind.OWN_INITIATIVE:
        raise UnaskedRefusal(case.number)
    if outcome is DecisionOutcome.REFUSE and conditions.correction_open:
        raise CorrectionOpen(case.number)
    check_reasons(official, reasons, conditions)
    if not conditions.mandated:
        raise BeyondMandate(official.name)
    if outcome is DecisionOutcome.GRANT:
        check_mandate(official, amount_eurocent)


def check_reasons(official: Official, reasons: str, conditions: Conditions) -> None:
    """Refuse reasons that are too short or repeat the computer, and a role that W04 does not name."""
    guard = conditions.guard
    shortest = guard.min_reason_characters if guard else SHORTEST_REASON
    own = _plain(reasons)
    if len(own) < shortest or own in {_plain(text) for text in conditions.prepared}:
        raise OwnReasonsMissing(shortest)
    if guard and not guard.allows(conditions.guarded, by_role=official.role, reasons=own):
        raise BeyondMandate(official.name)


def _plain(text: str) -> str:
    return " ".join(text.split())


def guarded_outcome(
    outcome: DecisionOutcome,
    *,
    amount_eurocent: int | None,
    computed_eurocent: int | None,
    reasons: Sequence[str],
    open_norms: Collection[str],
) -> str:
    """What safeguard W04 calls a decision, or nothing when it guards no such outcome.

    Args:
        computed_eurocent: what the law gave, None when it gave no grant.
        reasons: the codes of the assessment.
        open_norms: outputs that only a person fills in.
    """
    if outcome is DecisionOutcome.REFUSE:
        return "afwijzing"
    if computed_eurocent is not None:
        return "lager" if (amount_eurocent or 0) < computed_eurocent else ""
    unknown = {code.removeprefix(UNKNOWN) for code in reasons if code.startswith(UNKNOWN)}
    if not unknown:
        return ""
    return "open_norm" if unknown <= set(open_norms) else "onbekend"


def check_mandate(official: Official, amount_eurocent: int | None) -> None:
    """Refuse an amount above the mandate of the official (eurocent per decision), and a grant without an amount."""
    if amount_eurocent is None or amount_eurocent <= 0 or amount_eurocent > official.mandate_eurocent:
        raise BeyondMandate(official.name)


def check_confirmation(
    case: Case,
    official: Official,
    *,
    lane: Lane,
    sampled: bool,
    viewed: bool,
    amount_eurocent: int | None,
    conditions: Conditions,
) -> None:
    """Refuse to confirm in a batch what is not a prepared grant that this official looked at.

    Args:
        amount_eurocent: as assessed.

    Raises:
        NotViewed, StepNotPossible, BeyondMandate, CorrectionOpen.
    """
    if lane is not Lane.PREPARED or case.state is not CaseState.PREPARED:
        raise StepNotPossible(case.number, case.state, "confirming a prepared grant")
    if sampled or not viewed:
        raise NotViewed(case.number)
    if conditions.correction_open:
        raise CorrectionOpen(case.number)
    if not conditions.mandated:
        raise BeyondMandate(official.name)
    check_mandate(official, amount_eurocent)
