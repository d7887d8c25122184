"""May this list of announced grants be confirmed now? Pure; the answer is nothing, or a refusal to raise.

A list is one decision of an official on many equal cases: they see what it is, judge the sample by hand first, and type
the total. What is above their mandate, or was refused by the resident meanwhile, is not in it.
Source: Awb 3:2, 3:46, 10:3; AVG art. 22; safeguards W04 and W08 of the weighing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from waardig.cases.terms import BeyondMandate, Official
from waardig.proposals.terms import (
    ControlTotalDiffers,
    GrantLine,
    LineStanding,
    ListHeldBack,
    ListNotReady,
    SampleNotJudged,
)
from waardig.values.terms import HumanDecides


@dataclass(frozen=True)
class Judged:
    """What the law says of an announced household on the day itself, next to what was announced.

    Attributes:
        amount_eurocent: None when it gives no grant that may be given unasked.
        doubts: codes of what only a person can weigh.
    """

    case: UUID
    amount_eurocent: int | None
    household_type: str
    doubts: tuple[str, ...] = ()


def differences(judged: Judged, *, announced_eurocent: int | None, household_type: str) -> tuple[str, ...]:
    """Why this household is for a person now; empty when everything is as announced.

    Example:
        >>> from uuid import UUID
        >>> same = Judged(UUID(int=1), 15000, "PAAR")
        >>> differences(same, announced_eurocent=15000, household_type="PAAR")
        ()
        >>> differences(same, announced_eurocent=30000, household_type="PAAR")
        ('other_amount',)
    """
    found = list(judged.doubts)
    if judged.amount_eurocent is None:
        found.append("not_any_more")
    elif judged.amount_eurocent != announced_eurocent:
        found.append("other_amount")
    if judged.household_type != household_type:
        found.append("household_changed")
    return tuple(dict.fromkeys(found))


def confirmable(lines: Iterable[GrantLine]) -> tuple[GrantLine, ...]:
    """The lines that a confirmation would grant."""
    return tuple(line for line in lines if line.standing is LineStanding.READY)


def control_total(lines: Iterable[GrantLine]) -> int:
    """The sum that the official types, in eurocent."""
    return sum(line.amount_eurocent for line in confirmable(lines))


def deviating(lines: Iterable[GrantLine]) -> tuple[GrantLine, ...]:
    """Sampled cases of which a person found something else than the computer."""
    return tuple(line for line in lines if line.sampled and line.standing is LineStanding.DEVIATES)


def unjudged(lines: Iterable[GrantLine]) -> tuple[GrantLine, ...]:
    """Sampled cases that nobody judged yet."""
    return tuple(line for line in lines if line.sampled and line.standing is LineStanding.TO_JUDGE)


def check_list(
    lines: Sequence[GrantLine],
    official: Official,
    *,
    complete: bool,
    released: bool,
    typed_eurocent: int,
    guard: HumanDecides | None,
) -> None:
    """Refuse to confirm a list that is not ready, not judged, held back, not this official's, or not the one they saw.

    Args:
        released: a second official looked at what deviated and wrote why the rest holds.
        typed_eurocent: the control total as typed.
        guard: safeguard W04; its role decides.

    Raises:
        ListNotReady, BeyondMandate, SampleNotJudged, ListHeldBack, ControlTotalDiffers.
    """
    if guard is not None and official.role != guard.role:
        raise BeyondMandate(official.name)
    if not complete:
        raise ListNotReady
    if waiting := unjudged(lines):
        raise SampleNotJudged(len(waiting))
    if not released and (found := deviating(lines)):
        raise ListHeldBack(len(found))
    if not confirmable(lines):
        raise BeyondMandate(official.name)
    if typed_eurocent != control_total(lines):
        raise ControlTotalDiffers
