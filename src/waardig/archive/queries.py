"""Reads of the archive: what is known of a case, what is due, and what holds it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from waardig.archive import models
from waardig.archive.adapters.content import selection_list as _selection_list
from waardig.archive.core.dating import holds
from waardig.archive.terms import Due, Record, SelectionList
from waardig.cases import queries as cases
from waardig.cases.queries import objections
from waardig.cases.terms import CaseState
from waardig.kernel.content import content_roots
from waardig.payments import queries as payments
from waardig.payments.terms import OrderState

__all__ = ["due", "history", "record_of", "selection_list"]

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
    return tuple(Due(row.to_term(), _holds(row.case, on)) for row in rows)


def _holds(identity: UUID, today: date) -> tuple[Any, ...]:
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
    )


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
