"""Reads of contact: what waits, what one person asked; the words with a ticket only. Door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from waardig.access.terms import Ticket
from waardig.catalogue.queries import municipality
from waardig.contact import models
from waardig.contact.terms import ContactRequest, Kind, Outcome, RequestText, RequestUnknown, When
from waardig.registers.queries import take_documents

DOCUMENT = "contact.verzoek"


@dataclass(frozen=True)
class WaitingRequests:
    """How many wait, the first last day, how many are past it."""

    count: int
    oldest_due: date | None
    late: int


def waiting_requests(today: date) -> WaitingRequests:
    """What waits for a human."""
    found = models.Request.objects.filter(outcome=Outcome.OPEN).aggregate(
        count=Count("id"), oldest=Min("due_on"), late=Count("id", filter=Q(due_on__lt=today))
    )
    return WaitingRequests(found["count"], found["oldest"], found["late"])


def open_requests(*, page: int = 1, size: int = 50) -> tuple[ContactRequest, ...]:
    """What waits, the first last day on top."""
    rows = models.Request.objects.filter(outcome=Outcome.OPEN).order_by("due_on", "year", "serial")
    return _terms(rows[(page - 1) * size : page * size])


def requests_of(person: UUID, *, kinds: Sequence[Kind] = tuple(Kind), size: int = 20) -> tuple[ContactRequest, ...]:
    """What one person asked and what was agreed, newest first."""
    rows = models.Request.objects.filter(person=person, kind__in=kinds).order_by("-asked_on", "-year", "-serial")
    return _terms(rows[:size])


def request(identity: UUID) -> ContactRequest:
    """One request.

    Raises:
        RequestUnknown.
    """
    found = _terms(models.Request.objects.filter(id=identity))
    if not found:
        raise RequestUnknown
    return found[0]


def history() -> Iterator[dict[str, Any]]:
    """How many requests of each year ended how, those that are gone too, in a stable order."""
    rows = models.Request.objects.values_list("year", "kind", "outcome").annotate(count=Count("id"))
    counted = Counter({(year, kind, outcome): count for year, kind, outcome, count in rows})
    for gone in models.Tally.objects.all():
        counted[gone.year, gone.kind, gone.outcome] += gone.count
    for (year, kind, outcome), count in sorted(counted.items()):
        yield {"kind": "contact", "year": year, "request": kind, "outcome": outcome, "count": count}


def texts(ticket: Ticket, ids: Sequence[UUID]) -> dict[UUID, RequestText]:
    """The words of requests that the ticket opens, answers included."""
    answers = {answer_id(identity): identity for identity in ids}
    documents = take_documents(ticket, [*ids, *answers])
    found: dict[UUID, RequestText] = {}
    for identity in ids:
        if identity in documents:
            words = documents[identity].content
            answered = documents.get(answer_id(identity))
            found[identity] = RequestText(
                phone=str(words.get("phone", "")),
                when=When(str(words.get("when", When.ANY.value))),
                text=str(words.get("text", "")),
                answer=str(answered.content.get("answer", "")) if answered else "",
            )
    return found


@dataclass(frozen=True)
class Birthday:
    """A message about turning 18. Args: recipient the child or a parent; key makes it go once."""

    recipient: UUID
    template: str
    turns_on: date
    key: str


TOLD_BEFORE = timedelta(days=62)
"""How long before the birthday both hear what changes: two months."""


TOLD_AFTER = timedelta(days=31)
"""How long after the birthday the child is still told, when the work of the day itself was not done."""


def birthdays(on: date) -> tuple[Birthday, ...]:
    """Whom to tell today that a child turns 18: both, once, two months before; and the child again on the day."""
    rows = list(models.Child.objects.filter(turns_on__lte=on + TOLD_BEFORE, turns_on__gt=on - TOLD_AFTER))
    children = {row.child: row.turns_on for row in rows}
    soon = [Birthday(one, "eighteen", day, f"eighteen:{one}") for one, day in children.items() if day > on]
    today = [
        Birthday(one, "eighteen_today", day, f"eighteen_today:{one}") for one, day in children.items() if day <= on
    ]
    parents = [
        Birthday(row.parent, "eighteen_parent", row.turns_on, f"eighteen:{row.child}:{row.parent}")
        for row in rows
        if row.turns_on > on
    ]
    return (*soon, *today, *parents)


def answer_id(identity: UUID) -> UUID:
    """Under which id the answer to a request is kept behind the gate."""
    return UUID(int=identity.int ^ 1)


def _terms(rows: object) -> tuple[ContactRequest, ...]:
    prefix = municipality().case_prefix
    return tuple(row.to_term(prefix) for row in rows)  # type: ignore[attr-defined]
