"""How much waits of objections, second looks and what is late, as counts for the work list: one query each."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Min, Q

from waardig.cases import models
from waardig.cases.queries.desk import Waiting
from waardig.cases.queries.objections import LATE_STATES
from waardig.cases.terms import CaseKind, CaseState
from waardig.catalogue import queries as catalogue


def objections_waiting(today: date) -> Waiting:
    """Objections without a decision."""
    rows = models.Case.objects.filter(kind=CaseKind.OBJECTION.value, state=CaseState.OPEN.value)
    found = rows.aggregate(count=Count("id"), oldest=Min("decide_by"), late=Count("id", filter=Q(decide_by__lt=today)))
    return Waiting(found["count"], found["oldest"], found["late"])


def looks_waiting(today: date) -> Waiting:
    """Second looks without an answer."""
    found = models.SecondLook.objects.filter(case__state=CaseState.OPEN.value).aggregate(
        count=Count("case_id"), oldest=Min("answer_by"), late=Count("case_id", filter=Q(answer_by__lt=today))
    )
    return Waiting(found["count"], found["oldest"], found["late"])


def late_waiting(today: date) -> Waiting:
    """Applications and objections of which the last day has passed or soon will; late counts those with a notice."""
    soon = today + timedelta(days=catalogue.handling().warn_days)
    rows = models.Case.objects.filter(
        kind__in=[CaseKind.APPLICATION.value, CaseKind.OBJECTION.value],
        state__in=[state.value for state in LATE_STATES],
        decide_by__lte=soon,
    )
    found = rows.aggregate(
        count=Count("id"),
        oldest=Min("decide_by"),
        late=Count("id", filter=Q(penalties__ended_on=None, penalties__isnull=False)),
    )
    return Waiting(found["count"], found["oldest"], found["late"])
