"""What an official wants to decide on an objection, or on a mistake that is put right (Awb 7:11, 7:12, 7:15)."""

from __future__ import annotations

from dataclasses import dataclass

from waardig.cases.terms import DecisionOutcome
from waardig.cases.terms.objections import HearingGround


@dataclass(frozen=True)
class Ruling:
    """What an official wants to decide on an objection.

    Attributes:
        new_outcome: grant or refuse in place of the old decision, when it is (partly) upheld.
        new_amount_eurocent: the whole amount of the new decision.
        hearing_ground: why nobody was heard; None when somebody was.
        costs_eurocent: costs paid back (7:15), None when not asked or not given.
    """

    outcome: DecisionOutcome
    reasons: str
    new_outcome: DecisionOutcome | None = None
    new_amount_eurocent: int | None = None
    hearing_ground: HearingGround | None = None
    costs_eurocent: int | None = None
