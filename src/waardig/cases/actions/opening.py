"""Opening cases: in bulk, once per key, with numbers without gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from waardig.cases import models
from waardig.cases.core.lapsing import a_year_before
from waardig.cases.terms import Case, CaseKind, CaseState, EventKind, NewCase
from waardig.kernel.clock import wall_now
from waardig.kernel.copied_rows import copy_rows

FIRST_EVENT = {
    CaseKind.PROPOSAL: EventKind.PROPOSED,
    CaseKind.APPLICATION: EventKind.APPLIED,
    CaseKind.CORRECTION: EventKind.REPORTED,
    CaseKind.OWN_INITIATIVE: EventKind.ANNOUNCED,
    CaseKind.OBJECTION: EventKind.OBJECTED,
    CaseKind.SECOND_LOOK: EventKind.LOOK_ASKED,
    CaseKind.PENALTY: EventKind.URGED,
}


def open_cases(new: Sequence[NewCase], *, prefix: str, actor_kind: str, actor: str) -> tuple[Case, ...]:
    """Open cases; a key that was used before gives the case that is already there.

    Joins the caller's transaction. Numbers are `<prefix> <year> <four digits>`, in the order given, without
    gaps.

    Args:
        prefix: letters of the municipality.
        actor_kind, actor: who opens; an id without personal data.
    """
    with transaction.atomic():
        counters = _counters(prefix, new)
        there = {row.key: row for row in models.Case.objects.filter(key__in=[n.key for n in new])}
        fresh = list({n.key: n for n in new if n.key not in there}.values())
        rows = [_row(n, number) for n, number in zip(fresh, _numbers(counters, fresh), strict=True)]
        made = list(zip(rows, fresh, strict=True))
        parties = [(row.id, party) for row, source in made for party in source.parties]
        copy_rows(connection, rows)
        copy_rows(connection, [models.CaseParty(case_id=case, person=p.person, role=p.role) for case, p in parties])
        copy_rows(
            connection,
            [
                _event(
                    row.id, source.first or FIRST_EVENT[source.kind], source.opened_on, actor_kind, actor, source.code
                )
                for row, source in made
            ],
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
        lane=new.lane,
        say_no_until=new.say_no_until,
        asked=" ".join(new.asked),
        decide_by=new.decide_by,
        applied_on=new.applied_on,
    )


def _counters(prefix: str, new: Sequence[NewCase]) -> dict[int, models.Counter]:
    """The counter of each year, locked: who opens beside us waits, and then sees our keys and numbers."""
    names = {f"{prefix} {n.opened_on.year}": n.opened_on.year for n in new}
    models.Counter.objects.bulk_create([models.Counter(prefix=name) for name in sorted(names)], ignore_conflicts=True)
    rows = models.Counter.objects.select_for_update().filter(prefix__in=list(names)).order_by("prefix")
    return {names[row.prefix]: row for row in rows}


def _numbers(counters: Mapping[int, models.Counter], new: Sequence[NewCase]) -> list[str]:
    numbers = []
    for one in new:
        counter = counters[one.opened_on.year]
        counter.last += 1
        numbers.append(f"{counter.prefix} {counter.last:04d}")
    for counter in counters.values():
        counter.save(update_fields=["last"])
    return numbers


def lapse_proposals(service: str, *, on: date) -> int:
    """Let proposals lapse that nobody answered for a year; a yes stays possible. In batches of 500.

    A proposal to which somebody said yes is an application in the making: it never lapses.

    Returns:
        How many lapsed.
    """
    lapsed = 0
    while True:
        with transaction.atomic():
            waiting = models.Case.objects.select_for_update(of=("self",)).filter(
                service=service,
                kind=CaseKind.PROPOSAL.value,
                state=CaseState.PROPOSED.value,
                opened_on__lte=a_year_before(on),
            )
            said = models.CaseEvent.objects.filter(case=OuterRef("pk"), kind=EventKind.SAID_YES.value)
            ids = [row.id for row in waiting.exclude(Exists(said)).order_by("number")[:500]]
            models.Case.objects.filter(id__in=ids).update(state=CaseState.LAPSED.value)
            models.CaseEvent.objects.bulk_create(
                _event(case, EventKind.LAPSED, on, "system", "proposals") for case in ids
            )
        lapsed += len(ids)
        if len(ids) < 500:
            return lapsed


def record(case: UUID, kind: EventKind, on: date, actor_kind: str, actor: str, code: str = "") -> None:
    """Add an event to the line of a case."""
    _event(case, kind, on, actor_kind, actor, code).save(force_insert=True)


def _event(case: UUID, kind: EventKind, on: date, actor_kind: str, actor: str, code: str = "") -> models.CaseEvent:
    return models.CaseEvent(
        case_id=case, kind=kind.value, on=on, at=wall_now(), actor_kind=actor_kind, actor=actor, code=code
    )
