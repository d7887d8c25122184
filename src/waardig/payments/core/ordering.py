"""What a decision leaves to pay: all of it, only the difference, or nothing; never a claim back by itself.

Source: Awb 4:87 (payment within six weeks), 7:11 (a decision on objection takes the place of the earlier one).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waardig.payments.terms import Doubt, NewOrder, Order, OrderKind, OrderState

SENT = (OrderState.RELEASED, OrderState.PAID)
BESIDES = (OrderKind.PENALTY, OrderKind.COSTS)
"""Paid besides what a decision grants: a penalty (Awb 4:17) and costs of an objection (7:15)."""

STOPPABLE = (OrderState.READY, OrderState.TO_PERSON, OrderState.LISTED)


@dataclass(frozen=True)
class Planned:
    """The order to make, and the earlier ones that it takes the place of.

    Attributes:
        difference_eurocent: what the decision gives minus what was sent already; negative when it gives less.
    """

    kind: OrderKind
    state: OrderState
    amount_eurocent: int
    difference_eurocent: int
    reason: str
    replaces: tuple[Order, ...]


def plan(new: NewOrder, earlier: Sequence[Order]) -> Planned:
    """What to order for a decision.

    Args:
        earlier: every order of the same case.
    """
    if new.kind in BESIDES or not new.revised:
        return Planned(new.kind, OrderState.READY, new.amount_eurocent, new.amount_eurocent, "", ())
    same = [one for one in earlier if one.kind not in BESIDES]
    sent = sum(one.amount_eurocent for one in same if one.state in SENT)
    replaced = tuple(one for one in same if one.state in STOPPABLE)
    left = new.amount_eurocent - sent
    kind = OrderKind.DIFFERENCE if sent else OrderKind.GRANT
    if left > 0:
        return Planned(kind, OrderState.READY, left, left, "", replaced)
    if left < 0:
        return Planned(kind, OrderState.TO_PERSON, 0, left, Doubt.LOWER_THAN_PAID.value, replaced)
    return Planned(kind, OrderState.NOTHING, 0, 0, "", replaced)


def number_of(case_number: str, earlier: Sequence[Order]) -> str:
    """The number of the next order of a case, which is the end-to-end reference at the bank.

    Example:
        >>> number_of("RW 2025 0012", ())
        'RW-2025-0012-B1'
    """
    return f"{'-'.join(case_number.split())}-B{len(earlier) + 1}"
