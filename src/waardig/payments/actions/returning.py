"""Taking in what came back: each line with its effect in one transaction, once, whatever happens to the process.

A rejection puts the order with a person and tells the resident; a line that does not fit is kept and changes nothing.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import DatabaseError, IntegrityError, transaction

from waardig.payments import models, queries
from waardig.payments.actions.ordering import record
from waardig.payments.actions.telling import tell_rejected
from waardig.payments.core.returned import is_xml, read_package, read_pain002
from waardig.payments.core.settling import judge
from waardig.payments.terms import EventKind, LineOutcome, ListState, OrderState, ReturnedLine, Verdict

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Imported:
    """What taking in a file did in this call: lines in the file, lines that were new, verdicts of all of them."""

    lines: int
    new: int
    verdicts: Mapping[str, int]


def take_in(content: bytes, *, on: date, actor: str) -> Imported:
    """Take in a pain.002 or the package's CSV; the same file again changes nothing, a killed call goes on.

    Args:
        actor: the employee or system that does it.

    Raises:
        ReturnFileRefused: the file as a whole cannot be read; nothing of it was taken in.
    """
    said = read_pain002(content) if is_xml(content) else read_package(content, queries.payment_setup().package)
    said = tuple(replace(line, number=n) for n, line in enumerate(_each(said), start=1))
    sha256 = hashlib.sha256(content).hexdigest()
    file, _ = models.ReturnFile.objects.get_or_create(
        sha256=sha256,
        defaults={"form": "pain.002" if is_xml(content) else "package", "received_on": on, "lines": len(said)},
    )
    done = set(models.ReturnLine.objects.filter(file=file).values_list("number", flat=True))
    new = sum(_take_line(file, line, on, actor) for line in said if line.number not in done)
    verdicts = Counter(models.ReturnLine.objects.filter(file=file).values_list("verdict", flat=True))
    return Imported(len(said), new, dict(sorted(verdicts.items())))


def _each(said: tuple[ReturnedLine, ...]) -> Iterator[ReturnedLine]:
    """A status of a whole list becomes one line for each of its orders."""
    for line in said:
        list_ = models.PaymentList.objects.filter(number=line.reference, state=ListState.RELEASED.value).first()
        if list_ is None:
            yield line
            continue
        for one in queries.lines_of(list_.id):
            yield replace(line, reference=one.order.number, attempt=one.attempt)


def _take_line(file: models.ReturnFile, said: ReturnedLine, on: date, actor: str) -> bool:
    """One line with its effect; a line that the database cannot hold is kept as unreadable, and the next goes on."""
    try:
        with transaction.atomic():
            _settle(file, said, on, actor)
    except IntegrityError:  # somebody beside us took this line in
        return False
    except DatabaseError as error:
        log.warning("line %s of a returned file cannot be stored: %s", said.number, type(error).__name__)
        with transaction.atomic():
            models.ReturnLine.objects.get_or_create(
                file=file, number=said.number, defaults={"verdict": Verdict.UNREADABLE.value}
            )
    return True


def _settle(file: models.ReturnFile, said: ReturnedLine, on: date, actor: str) -> None:
    row = models.Order.objects.select_for_update().filter(number=said.reference).first()
    line = _line_of(row, said) if row is not None else None
    verdict = judge(said, line.to_term() if line else None, order_known=row is not None)
    models.ReturnLine.objects.create(
        file=file,
        number=said.number,
        reference=said.reference,
        amount_eurocent=said.amount_eurocent,
        outcome=said.outcome.value if said.outcome else "",
        reason=said.reason,
        verdict=verdict.value,
        line=line,
    )
    if verdict is Verdict.APPLIED and row is not None and line is not None:
        _apply(row, line, said, said.on or on, on, actor)


def _line_of(row: models.Order, said: ReturnedLine) -> models.Line | None:
    """The released line of the attempt that the file names, else of the last one."""
    rows = models.Line.objects.select_related("order").filter(order=row, list__state=ListState.RELEASED.value)
    if said.attempt is not None:
        rows = rows.filter(attempt=said.attempt)
    return rows.order_by("-attempt").first()


def _apply(row: models.Order, line: models.Line, said: ReturnedLine, settled_on: date, on: date, actor: str) -> None:
    paid = said.outcome is LineOutcome.PAID
    line.outcome, line.outcome_on = (LineOutcome.PAID if paid else LineOutcome.REJECTED).value, settled_on
    line.live, line.reason = paid, said.reason
    line.save(update_fields=["outcome", "outcome_on", "live", "reason"])
    if paid:
        row.state, row.paid_on, row.reason = OrderState.PAID.value, settled_on, ""
        row.save(update_fields=["state", "paid_on", "reason"])
        record(row.id, EventKind.PAID, settled_on, "system", actor)
        return
    row.state, row.reason, row.checked_account = OrderState.TO_PERSON.value, f"{queries.BANK}{said.reason}", None
    row.save(update_fields=["state", "reason", "checked_account"])
    record(row.id, EventKind.REJECTED, on, "system", actor, code=said.reason)
    tell_rejected(row.to_term(), said.reason, line.attempt, on=on)
