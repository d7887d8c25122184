"""Reads of the archive: what is known of a case, what is due, and what holds it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Count

from waardig.access.terms import Ticket
from waardig.archive import models
from waardig.archive.adapters.content import selection_list as _selection_list
from waardig.archive.core.dating import holds
from waardig.archive.core.dating import plus as last_day
from waardig.archive.core.keeping import kept_text, read_kept
from waardig.archive.terms import (
    DestructionLine,
    DestructionList,
    DestructionListUnknown,
    Due,
    FactRemoval,
    FactTerm,
    Gone,
    Hold,
    Kept,
    LineKind,
    LineState,
    PastTerm,
    PlacedHold,
    Record,
    SelectionList,
)
from waardig.cases import queries as cases
from waardig.cases.queries import objections
from waardig.cases.queries.endings import with_case_about
from waardig.cases.terms import CaseState
from waardig.kernel.content import content_roots
from waardig.logbook.queries import call_gate
from waardig.payments import queries as payments
from waardig.payments.terms import OrderState

__all__ = [
    "destroyed_counts", "destroyed_on", "due", "fact_removals", "facts_past_term", "history", "holds_of", "kept_list",
    "kept_text", "last_day", "line_counts", "lines_of", "list_by_number", "list_of", "lists", "past_count",
    "placed_holds", "read_kept", "record_of", "selection_list", "take_terms",
]  # fmt: skip

UNPAID = (OrderState.READY, OrderState.TO_PERSON, OrderState.LISTED, OrderState.RELEASED)


def selection_list() -> SelectionList:
    """The selection list in use.

    Raises:
        ContentInvalid: with every problem.
    """
    return _selection_list(content_roots())


def record_of(case: UUID) -> Record | None:
    """What the archive knows of a case, None while it runs or was not looked at."""
    row = models.Record.objects.filter(case=case).first()
    return row.to_term() if row else None


def due(on: date, *, after: str = "", size: int = 100) -> tuple[Due, ...]:
    """Cases whose term has passed on a day, by number, each with what still holds it back."""
    rows = models.Record.objects.filter(action_on__lte=on, number__gt=after).order_by("number")[:size]
    return tuple(Due(row.to_term(), holds_of(row.case, on)) for row in rows)


def past_count(on: date) -> int:
    """Of how many cases the term has passed on a day, those that something holds too."""
    return models.Record.objects.filter(action_on__lte=on).count()


def holds_of(identity: UUID, today: date) -> tuple[Hold, ...]:
    """What keeps a case from being destroyed on a day, whatever its term."""
    case = cases.case(identity)
    decision = cases.decisions_of([identity]).get(identity)
    objected = [objections.objection_against(decision.id, person) for person in case.persons] if decision else []
    orders = payments.orders_of_cases([identity]).get(identity, ())
    return holds(
        today=today,
        objection_until=decision.objection_until if decision else None,
        objection_open=any(one is not None and one.state == CaseState.OPEN for one in objected),
        correction_open=cases.is_correction_open(case.persons),
        unpaid=any(one.state in UNPAID and one.amount_eurocent for one in orders),
        asked_for=models.PlacedHold.objects.filter(case=identity, lifted_on__isnull=True).exists(),
        case_about_it=bool(with_case_about([identity])),
    )


def placed_holds() -> tuple[PlacedHold, ...]:
    """Cases that officials keep from being destroyed, by number."""
    rows = models.PlacedHold.objects.filter(lifted_on__isnull=True).order_by("number")
    return tuple(row.to_term() for row in rows)


def lists(*, page: int = 1, size: int = 50) -> tuple[tuple[DestructionList, ...], int]:
    """Destruction lists, newest first, and how many there are."""
    rows = models.DestructionList.objects.order_by("-number")
    start = (page - 1) * size
    return tuple(row.to_term() for row in rows[start : start + size]), rows.count()


def list_of(identity: UUID) -> DestructionList:
    """One list; raises DestructionListUnknown."""
    row = models.DestructionList.objects.filter(id=identity).first()
    if row is None:
        raise DestructionListUnknown(str(identity))
    return row.to_term()


def list_by_number(number: str) -> DestructionList:
    """One list by its number; raises DestructionListUnknown."""
    row = models.DestructionList.objects.filter(number=number).first()
    if row is None:
        raise DestructionListUnknown(number)
    return row.to_term()


def lines_of(identity: UUID, *, page: int = 1, size: int | None = None) -> tuple[DestructionLine, ...]:
    """The lines of a list in their order; all of them, or a page."""
    rows = models.DestructionLine.objects.filter(list_id=identity).order_by("place")
    start = (page - 1) * (size or 0)
    return tuple(row.to_term() for row in (rows[start : start + size] if size else rows))


def line_counts(identity: UUID) -> dict[LineState, int]:
    """How many lines of a list are in each state."""
    rows = models.DestructionLine.objects.filter(list_id=identity).values("state").annotate(count=Count("id"))
    return {LineState(row["state"]): row["count"] for row in rows}


def destroyed_counts() -> dict[UUID, int]:
    """Of every list that destroyed something: how many of its lines are gone."""
    gone = models.DestructionLine.objects.filter(state=LineState.DESTROYED.value).values("list")
    return {row["list"]: row["count"] for row in gone.annotate(count=Count("id")).order_by("list__number")}


def kept_list(identity: UUID) -> Kept:
    """A list that was approved, as it is kept outside the database; raises DestructionListUnknown."""
    lines = (one for one in lines_of(identity) if one.state is not LineState.REMOVED)
    return Kept(list_of(identity), tuple(lines))


def destroyed_on(cases_: Iterable[UUID]) -> dict[UUID, Gone]:
    """Which of these cases were destroyed, on which day and by which list; one query."""
    rows = models.DestructionLine.objects.filter(
        subject__in=list(cases_), kind=LineKind.CASE.value, state=LineState.DESTROYED.value, changed_on__isnull=False
    ).select_related("list")
    return {row.subject: Gone(row.changed_on, row.list.number) for row in rows if row.changed_on}


def history() -> Iterator[dict[str, Any]]:
    """Every record in a stable order."""
    for row in models.Record.objects.order_by("number"):
        yield {
            "kind": "archive",
            "number": row.number,
            "ending": row.ending,
            "ended_on": row.ended_on.isoformat(),
            "result": row.result,
            "term": row.term,
            "action_on": row.action_on.isoformat() if row.action_on else None,
        }
    for held in models.PlacedHold.objects.order_by("number", "placed_on", "id"):
        yield {
            "kind": "archive_hold",
            "number": held.number,
            "placed_on": held.placed_on.isoformat(),
            "until": held.until.isoformat() if held.until else None,
            "lifted_on": held.lifted_on.isoformat() if held.lifted_on else None,
        }
    for made in models.DestructionList.objects.order_by("number"):
        yield {
            "kind": "destruction_list",
            "number": made.number,
            "state": made.state,
            "made_on": made.made_on.isoformat(),
            "approved_on": made.approved_on.isoformat() if made.approved_on else None,
            "executed_on": made.executed_on.isoformat() if made.executed_on else None,
            "lines": [
                [line.number, line.ending, line.result, line.term, line.items, line.state.value, line.reason,
                 dict(sorted(line.parts.items()))]
                for line in lines_of(made.id)
            ],
        }  # fmt: skip


def people_left(*, people: int = 200) -> int:
    """About how many people whom the registers know nothing is left; nobody is removed.

    Args:
        people: how many people one statement looks at.
    """
    count, after = 0, None
    while True:
        query = "SELECT next, people FROM gate.people_left(%s, %s)"
        ((after, found),) = cast("list[tuple[UUID | None, int]]", call_gate(query, [after, people]))
        count += found
        if after is None:
            return count


def facts_past_term(*, people: int = 200) -> tuple[PastTerm, ...]:
    """Facts of registers past their term, by attribute and by what keeps them; nothing is removed.

    Args:
        people: how many people one statement looks at.
    """
    found: dict[tuple[str, str, str, str], tuple[int, date, date]] = {}
    after: UUID | None = None
    while True:
        rows = cast(
            "list[tuple[UUID | None, str | None, str, str, str, int, date, date]]",
            call_gate("SELECT * FROM gate.facts_past_term(%s, %s)", [after, people]),
        )
        for _, attribute, starts, term, kept_by, facts, first, last in rows:
            if attribute is not None:
                key = (attribute, starts, term, kept_by)
                count, early, late = found.get(key, (0, first, last))
                found[key] = (count + facts, min(early, first), max(late, last))
        after = rows[0][0]
        if after is None:
            return tuple(PastTerm(*key, *found[key]) for key in sorted(found))


def fact_removals() -> tuple[FactRemoval, ...]:
    """Facts of registers that went because their term was over, by day, attribute and term."""
    rows = call_gate("SELECT * FROM gate.fact_removals()")
    return tuple(FactRemoval(*row) for row in cast("list[tuple[date, str, str, str, date, date, int]]", rows))


def take_terms(ticket: Ticket) -> dict[UUID, FactTerm]:
    """Until when each fact is kept that a ticket of one person opens; superseded facts too.

    Raises:
        LogbookUnavailable: the database did not answer.
    """
    rows = call_gate("SELECT fact, starts, term, kept_until, why FROM gate.take_terms(%s)", [ticket.id])
    told = cast("list[tuple[UUID, str, str, date | None, list[str]]]", rows)
    return {fact: FactTerm(starts, term, until, tuple(why)) for fact, starts, term, until, why in told}
