"""What one line of a file that came back does to a payment, and whether ordered = paid + rejected + waiting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waardig.payments.terms import Line, LineOutcome, ListTotals, PaymentList, ReturnedLine, Verdict


def judge(said: ReturnedLine, line: Line | None, *, order_known: bool) -> Verdict:
    """What to do with a line of the file.

    Args:
        line: the released line that it is about, None when there is none.
        order_known: an order bears the reference.
    """
    if not said.reference or said.outcome is None:
        return Verdict.UNREADABLE
    if line is None:
        return Verdict.NOT_IN_A_LIST if order_known else Verdict.UNKNOWN_REFERENCE
    if said.amount_eurocent is not None and said.amount_eurocent != line.amount_eurocent:
        return Verdict.WRONG_AMOUNT
    if said.outcome is LineOutcome.WAITING:
        return Verdict.WAITING
    if line.outcome is LineOutcome.WAITING:
        return Verdict.APPLIED
    return Verdict.DOUBLE if line.outcome is said.outcome else Verdict.CONTRADICTS


@dataclass(frozen=True)
class Problem:
    """A line that came back and does not fit: its place in the file, the reference, what is wrong."""

    file: str
    number: int
    reference: str
    verdict: Verdict
    amount_eurocent: int | None


@dataclass(frozen=True)
class ListReport:
    """What a released list ordered, and where that money is now."""

    list: PaymentList
    ordered: ListTotals
    paid: ListTotals
    rejected: ListTotals
    waiting: ListTotals
    rejections: tuple[tuple[str, str], ...]

    @property
    def agrees(self) -> bool:
        """ordered = paid + rejected + waiting, in number and in eurocent, and equal to the control total."""
        parts = (self.paid, self.rejected, self.waiting)
        return (
            self.ordered.count == sum(one.count for one in parts) == self.list.count
            and self.ordered.eurocent == sum(one.eurocent for one in parts) == self.list.total_eurocent
        )

    @property
    def is_settled(self) -> bool:
        """Nothing of this list waits any more."""
        return self.waiting.count == 0


def report(list_: PaymentList, lines: Sequence[Line], totals: dict[LineOutcome | None, ListTotals]) -> ListReport:
    """The report of one list; `totals` by outcome, None for all lines."""
    return ListReport(
        list=list_,
        ordered=totals[None],
        paid=totals[LineOutcome.PAID],
        rejected=totals[LineOutcome.REJECTED],
        waiting=totals[LineOutcome.WAITING],
        rejections=tuple(sorted((line.order.number, line.reason) for line in _rejected(lines))),
    )


def _rejected(lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if line.outcome is LineOutcome.REJECTED)
