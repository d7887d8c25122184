"""May this official make or release this list? Control totals. Pure; the answer is nothing, or a refusal to raise.

Source: Gemeentewet 212 and the municipality's own mandate decree: who decides, who prepares and who releases are not
the same person (four eyes).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from waardig.catalogue.terms import Municipality
from waardig.payments.terms import (
    BeyondPaymentMandate,
    Line,
    ListChanged,
    ListState,
    ListTotals,
    NotReleased,
    PaymentList,
    SameOfficial,
    ServiceSum,
)

PREPARE, RELEASE = "payment_prepare", "payment_release"


def totals(amounts: Iterable[tuple[str, int]], gone: Iterable[ServiceSum] = ()) -> ListTotals:
    """Control totals of (service, eurocent) pairs, and of lines that were destroyed with their case."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in [*(ServiceSum(service, 1, amount) for service, amount in amounts), *gone]:
        counts[one.service][0] += one.count
        counts[one.service][1] += one.eurocent
    sums = tuple(ServiceSum(name, count, eurocent) for name, (count, eurocent) in sorted(counts.items()))
    return ListTotals(sum(one.count for one in sums), sum(one.eurocent for one in sums), sums)


def check_mandate(
    town: Municipality, official: str, step: str, totals_: ListTotals, on: date, *, services: Sequence[str] = ()
) -> None:
    """Refuse an official without a payment mandate for every service of the list, up to the control total.

    Raises:
        BeyondPaymentMandate.
    """
    for service in [one.service for one in totals_.services] or services:
        found = town.mandate_for(official, service, step, amount_eurocent=totals_.eurocent, on=on)
        if found is None:
            raise BeyondPaymentMandate(official, totals_.eurocent)


def check_release(list_: PaymentList, lines: Sequence[Line], official: str, shown_eurocent: int | None) -> None:
    """Refuse a release by who made the list or decided in it, of a list that is no draft, or that changed.

    Args:
        shown_eurocent: the control total that the official looked at.

    Raises:
        NotReleased, SameOfficial, ListChanged.
    """
    if list_.state is not ListState.DRAFT:
        raise NotReleased(list_.number, list_.state)
    if official == list_.made_by:
        raise SameOfficial(list_.number, "made")
    if any(line.order.decided_by == official for line in lines):
        raise SameOfficial(list_.number, "decided")
    total = sum(line.amount_eurocent for line in lines)
    if not lines or total != list_.total_eurocent or (shown_eurocent is not None and shown_eurocent != total):
        raise ListChanged(list_.number, ())


def check_unchanged(number: str, kept: Sequence[tuple[str, object]], now: Sequence[tuple[str, object]]) -> None:
    """Refuse when a name or account differs from what stands in the list.

    Args:
        kept, now: order number and instruction, in the same order.

    Raises:
        ListChanged: naming the orders.
    """
    changed = [order for (order, before), (_, after) in zip(kept, now, strict=True) if before != after]
    if changed:
        raise ListChanged(number, changed)
