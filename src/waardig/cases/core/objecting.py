"""May this be done with this objection now? Pure; the answer is nothing, or a refusal to raise.

Source: Awb 6:6, 6:11, 7:2, 7:3, 7:10, 7:11, 7:15, 10:3 lid 3.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from waardig.cases.terms import ANSWERS, CaseState, DecisionOutcome, OwnReasonsMissing, StepNotPossible
from waardig.cases.terms.objections import (
    AmountTooLow,
    BodyMissing,
    ChanceNotGiven,
    Forwarding,
    Hearing,
    HearingGround,
    HearingMissing,
    HearingReasonMissing,
    HearingState,
    Objection,
    PostponementNotPossible,
    SameOfficial,
)
from waardig.cases.terms.ruling import CostsGround, CostsNotPossible, CostsUnanswered, Ruling

LONGEST_BODY = 120
SHORTEST_FORWARDING_REASON = 20
SHORTEST_COSTS_REASON = 20
SHORTEST_HEARING_REASON = 20
PLAIN = (HearingGround.PLAINLY_INADMISSIBLE, HearingGround.PLAINLY_UNFOUNDED)
"""Grounds that are a judgement; the others are what the resident said, or what the decision gives."""

REVIEWED = (
    DecisionOutcome.UPHELD,
    DecisionOutcome.PARTLY,
    DecisionOutcome.UNFOUNDED,
    DecisionOutcome.INADMISSIBLE,
)


def check_official(number: str, official: str, involved: Collection[str]) -> None:
    """Who took the first decision, or told the resident that it stands, does not handle the objection."""
    if official in involved:
        raise SameOfficial(number)


def check_open(objection: Objection, step: str) -> None:
    """Nothing can be done with what was decided or withdrawn."""
    if objection.state != CaseState.OPEN:
        raise StepNotPossible(objection.number, objection.state, step)


def check_ruling(
    objection: Objection,
    ruling: Ruling,
    *,
    hearing: Hearing | None,
    old_outcome: DecisionOutcome,
    old_amount_eurocent: int | None,
    shortest_reason: int,
    prepared: Collection[str],
    on: date,
) -> None:
    """Refuse a decision that leaves out a step the law gives the resident.

    Args:
        shortest_reason: characters that safeguard W04 asks for.
        prepared: sentences of the computer; repeating one is no reason of one's own.

    Raises:
        StepNotPossible, ChanceNotGiven, HearingMissing, HearingReasonMissing, OwnReasonsMissing, AmountTooLow,
        CostsUnanswered, CostsNotPossible.
    """
    check_open(objection, "deciding")
    if ruling.outcome not in REVIEWED:
        raise StepNotPossible(objection.number, objection.state, f"deciding {ruling.outcome.value}")
    if ruling.outcome is DecisionOutcome.INADMISSIBLE:
        _check_inadmissible(objection, on)
    _check_heard(objection, ruling, hearing, on)
    own = " ".join(ruling.reasons.split())
    if len(own) < shortest_reason or own in {" ".join(text.split()) for text in prepared}:
        raise OwnReasonsMissing(shortest_reason)
    check_new_decision(objection.number, ruling, old_outcome, old_amount_eurocent)
    _check_costs(objection, ruling)


def _check_costs(objection: Objection, ruling: Ruling) -> None:
    """A request for costs is answered in the decision itself, and only a request; money only for a revoked decision.

    Source: Awb 7:15 lid 2 and 3. Whether the mistake was ours is a judgement of the official, given as a ground.
    """
    costs = ruling.costs
    if costs is None:
        if objection.asks_costs:
            raise CostsUnanswered(objection.number)
        return
    granted = costs.ground is CostsGround.GRANTED
    revoked = ruling.new_outcome is not None
    fits = revoked is (costs.ground is not CostsGround.NOT_REVOKED)
    if costs.eurocent is not None and costs.eurocent <= 0:
        fits = False
    if not objection.asks_costs or not fits or granted is (costs.eurocent is None) or (costs.to_lawyer and not granted):
        raise CostsNotPossible(objection.number)
    if len(" ".join(costs.reasons.split())) < SHORTEST_COSTS_REASON:
        raise OwnReasonsMissing(SHORTEST_COSTS_REASON)


def _check_inadmissible(objection: Objection, on: date) -> None:
    """Only what came too late, or lacks its reasons, and never without the chance to explain or repair (6:6, 6:11)."""
    chance = objection.had_the_chance(on)
    is_late = not objection.is_timely and (objection.has_late_reason or chance)
    is_bare = not objection.has_reasons and chance
    if not (is_late or is_bare):
        raise ChanceNotGiven(objection.number, objection.repair_until)


def _check_heard(objection: Objection, ruling: Ruling, hearing: Hearing | None, on: date) -> None:
    if hearing is not None and hearing.state is HearingState.HELD:
        return
    holds = {
        HearingGround.PLAINLY_INADMISSIBLE: ruling.outcome is DecisionOutcome.INADMISSIBLE,
        HearingGround.PLAINLY_UNFOUNDED: ruling.outcome is DecisionOutcome.UNFOUNDED,
        HearingGround.NOT_WANTED: objection.wants_hearing is False,
        HearingGround.NO_ANSWER: objection.wants_hearing is None and on > objection.hearing_reply_by,
        HearingGround.FULLY_MET: ruling.outcome is DecisionOutcome.UPHELD,
    }
    if ruling.hearing_ground is None or not holds[ruling.hearing_ground]:
        raise HearingMissing(objection.number)
    if ruling.hearing_ground in PLAIN and len(" ".join(ruling.hearing_why.split())) < SHORTEST_HEARING_REASON:
        raise HearingReasonMissing(objection.number, SHORTEST_HEARING_REASON)


def check_new_decision(
    number: str, ruling: Ruling, old_outcome: DecisionOutcome, old_amount_eurocent: int | None
) -> None:
    """A decision in place of an older one is better for the resident: an objection never makes it worse.

    Raises:
        StepNotPossible: the outcome asks a new decision and there is none, or the other way round.
        AmountTooLow: not more than what was given already.
    """
    asks_new = ruling.outcome in (DecisionOutcome.UPHELD, DecisionOutcome.PARTLY, DecisionOutcome.REVISED)
    if asks_new != (ruling.new_outcome is not None):
        raise StepNotPossible(number, "open", "deciding without (or with) a new decision")
    corrects = ruling.new_outcome is DecisionOutcome.CORRECTED
    if asks_new and corrects != (old_outcome in ANSWERS):
        raise StepNotPossible(number, "open", "a new decision of another kind than the old one")
    if corrects:
        return
    if ruling.new_outcome is DecisionOutcome.GRANT:
        before = old_amount_eurocent or 0
        if (ruling.new_amount_eurocent or 0) <= before:
            raise AmountTooLow(before + 1)
    elif ruling.new_outcome is not None and (
        ruling.outcome is not DecisionOutcome.PARTLY or old_outcome is not DecisionOutcome.REFUSE
    ):
        raise StepNotPossible(number, "open", "refusing what was asked and calling it upheld")


def check_forwarding(to: Forwarding, *, own_body: str) -> None:
    """Another body with an address, and why, in own words (Awb 6:15 lid 1).

    Raises:
        BodyMissing, OwnReasonsMissing.
    """
    body = " ".join(to.body.split())
    if not 3 <= len(body) <= LONGEST_BODY or not to.address.strip() or body.casefold() == own_body.casefold():
        raise BodyMissing
    if len(" ".join(to.why.split())) < SHORTEST_FORWARDING_REASON:
        raise OwnReasonsMissing(SHORTEST_FORWARDING_REASON)


def payable(ruling: Ruling, old_amount_eurocent: int | None) -> int | None:
    """What is still to be paid after a new decision: the difference with what was given already (eurocent).

    Example:
        >>> payable(Ruling(DecisionOutcome.PARTLY, "", DecisionOutcome.GRANT, 52197), 40000)
        12197
    """
    if ruling.new_outcome is not DecisionOutcome.GRANT or ruling.new_amount_eurocent is None:
        return None
    return ruling.new_amount_eurocent - (old_amount_eurocent or 0)


def check_postponement(objection: Objection, until: date, *, latest: date, consent: bool) -> None:
    """Once, and no further than the law allows; further only with the resident's consent (7:10 lid 3 and 4).

    Raises:
        StepNotPossible, PostponementNotPossible.
    """
    check_open(objection, "postponing")
    if until <= objection.decide_by:
        raise StepNotPossible(objection.number, objection.state, "postponing to an earlier day")
    if not consent and (objection.postponed_on is not None or until > latest):
        raise PostponementNotPossible(objection.number, latest)
