"""Whom a round left to a person: who waits, why and since when, and what an official did with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from waardig.proposals import models
from waardig.proposals.core.household import FOR_NO_PERSON
from waardig.proposals.terms import ClosedBecause, Excluded, ItemOutcome, Left, LeftStep, LeftUnknown

_OUT = [reason.value for reason in Excluded if reason not in FOR_NO_PERSON]
_LEFT = Q(outcome=ItemOutcome.TO_PERSON.value) | Q(outcome=ItemOutcome.EXCLUDED.value, reason__in=_OUT)


def left_items() -> QuerySet[models.RunItem]:
    """Outcomes for a person, of the newest round that looked at somebody; one in which they waited did not look."""
    newer = models.RunItem.objects.filter(
        person=OuterRef("person"), run__service=OuterRef("run__service"), run__as_of__gt=OuterRef("run__as_of"),
        run__dry_run=False,
    ).exclude(reason=Excluded.FACTS_TOO_OLD.value)  # fmt: skip
    return models.RunItem.objects.filter(_LEFT, ~Exists(newer), run__dry_run=False)


def _waiting() -> QuerySet[models.RunItem]:
    return left_items().filter(Q(left__isnull=True) | Q(left__step=LeftStep.CLOSE_PROPOSED.value))


def left_counts() -> dict[tuple[str, str], int]:
    """How many persons wait for an official, by service and reason; one query."""
    rows = _waiting().values("run__service", "reason").annotate(count=Count("id"))
    return {(row["run__service"], row["reason"]): row["count"] for row in rows.order_by("run__service", "reason")}


def left_waiting(*, service: str = "", reason: str = "", page: int = 1, size: int = 50) -> tuple[tuple[Left, ...], int]:
    """Who waits, the oldest round first, with how many there are; a fixed number of queries."""
    rows = _waiting()
    rows = rows.filter(run__service=service) if service else rows
    rows = rows.filter(reason=reason) if reason else rows
    found = rows.select_related("run", "left").order_by("run__as_of", "id")[(page - 1) * size : page * size]
    return _terms(list(found)), rows.count()


def left_of(item: int) -> Left:
    """One of them, also when an official was ready with it.

    Raises:
        LeftUnknown: no round left this to a person, or a newer one looked again.
    """
    row = left_items().select_related("run", "left").filter(id=item).first()
    if row is None:
        raise LeftUnknown
    return _terms([row])[0]


def _terms(rows: Iterable[models.RunItem]) -> tuple[Left, ...]:
    rows = list(rows)
    since = _since({row.person for row in rows})
    return tuple(_term(row, since.get((row.run.service, row.person), row.run.as_of)) for row in rows)


def _since(persons: set[UUID]) -> dict[tuple[str, UUID], date]:
    """The first round that left each person and after which no official did anything."""
    found = models.RunItem.objects.filter(_LEFT, person__in=persons, run__dry_run=False)
    untouched = found.filter(Q(left__isnull=True) | Q(left__step=LeftStep.CLOSE_PROPOSED.value))
    firsts = untouched.values("run__service", "person").annotate(first=Min("run__as_of")).order_by()
    return {(row["run__service"], row["person"]): row["first"] for row in firsts}


def _term(row: models.RunItem, since: date) -> Left:
    done: models.LeftStep | None = getattr(row, "left", None)
    return Left(
        item=row.id,
        service=row.run.service,
        person=row.person,
        reason=row.reason,
        as_of=row.run.as_of,
        since=min(since, row.run.as_of),
        step=LeftStep(done.step) if done else None,
        because=ClosedBecause(done.because) if done and done.because else None,
        official=done.official if done else "",
        on=done.on if done else None,
        second=done.second if done else "",
        case=done.case if done else None,
    )
