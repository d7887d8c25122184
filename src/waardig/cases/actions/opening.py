"""Opening cases: in bulk, once per key, with numbers without gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from waardig.cases import models
from waardig.cases.terms import Case, CaseKind, EventKind, NewCase
from waardig.kernel.clock import wall_now

FIRST_EVENT = {
    CaseKind.PROPOSAL: EventKind.PROPOSED,
    CaseKind.APPLICATION: EventKind.APPLIED,
    CaseKind.CORRECTION: EventKind.REPORTED,
}


def open_cases(new: Sequence[NewCase], *, prefix: str, actor_kind: str, actor: str) -> tuple[Case, ...]:
    """Open cases; a key that was used before gives the case that is already there.

    Joins the caller's transaction. Numbers are `<prefix> <year> <four digits>`, in the order given.

    Args:
        prefix: letters of the municipality.
        actor_kind, actor: who opens; an id without personal data.
    """
    with transaction.atomic():
        there = {row.key: row for row in models.Case.objects.filter(key__in=[n.key for n in new])}
        fresh = [n for n in new if n.key not in there]
        rows = [_row(n, number) for n, number in zip(fresh, _numbers(prefix, fresh), strict=True)]
        models.Case.objects.bulk_create(rows)
        models.CaseParty.objects.bulk_create(
            models.CaseParty(case_id=row.id, person=party.person, role=party.role)
            for row, source in zip(rows, fresh, strict=True)
            for party in source.parties
        )
        models.CaseEvent.objects.bulk_create(
            _event(row.id, FIRST_EVENT[source.kind], source.opened_on, actor_kind, actor)
            for row, source in zip(rows, fresh, strict=True)
        )
        there.update((row.key, row) for row in rows)
        return tuple(there[n.key].to_term(n.parties) for n in new)


def _row(new: NewCase, number: str) -> models.Case:
    return models.Case(
        id=uuid4(),
        number=number,
        key=new.key,
        kind=new.kind.value,
        state=new.state.value,
        service=new.service,
        opened_on=new.opened_on,
        amount_eurocent=new.amount_eurocent,
        run=new.run,
        rule_set=new.rule_set,
        as_of=new.as_of,
        team=new.team,
        household_type=new.household_type,
        reader=new.reader,
    )


def _numbers(prefix: str, new: Sequence[NewCase]) -> list[str]:
    if not new:
        return []
    year = new[0].opened_on.year
    models.Counter.objects.get_or_create(prefix=f"{prefix} {year}")
    counter = models.Counter.objects.select_for_update().get(prefix=f"{prefix} {year}")
    first = counter.last + 1
    counter.last += len(new)
    counter.save(update_fields=["last"])
    return [f"{prefix} {year} {first + place:04d}" for place in range(len(new))]


def record(case: UUID, kind: EventKind, on: date, actor_kind: str, actor: str, code: str = "") -> None:
    """Add an event to the line of a case."""
    _event(case, kind, on, actor_kind, actor, code).save(force_insert=True)


def _event(case: UUID, kind: EventKind, on: date, actor_kind: str, actor: str, code: str = "") -> models.CaseEvent:
    return models.CaseEvent(
        case_id=case, kind=kind.value, on=on, at=wall_now(), actor_kind=actor_kind, actor=actor, code=code
    )
