"""How cases ended, in bulk: a fixed number of queries for a page of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from waardig.cases import models
from waardig.cases.core.ending import ENDED, Closed, Ending, ending_of
from waardig.cases.queries import lists
from waardig.cases.terms import Case, CaseEvent

__all__ = ["Closed", "Ending", "closed", "ended", "still_ended", "with_case_about"]


def ended(*, after: str = "", size: int = 500) -> tuple[Case, ...]:
    """Cases that ended, by number; the next page begins after the last number of this one."""
    rows = models.Case.objects.filter(state__in=[state.value for state in ENDED], number__gt=after)
    loaded = list(rows.order_by("number")[:size])
    parties = lists.parties_of(row.id for row in loaded)
    return tuple(row.to_term(parties[row.id]) for row in loaded)


def closed(cases: Sequence[Case]) -> dict[UUID, Closed]:
    """How and when these cases ended; one that runs is left out."""
    ids = [case.id for case in cases]
    decisions = lists.decisions_of(ids)
    events: dict[UUID, list[CaseEvent]] = defaultdict(list)
    for row in models.CaseEvent.objects.filter(case_id__in=ids).order_by("id"):
        events[row.case_id].append(row.to_term())
    found = {case.id: ending_of(case, decisions.get(case.id), events[case.id]) for case in cases}
    return {case: one for case, one in found.items() if one is not None}


def still_ended(cases: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these cases have ended."""
    states = [state.value for state in ENDED]
    return frozenset(models.Case.objects.filter(id__in=list(cases), state__in=states).values_list("id", flat=True))


def with_case_about(cases: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these cases another case is about: an objection, a second look or a notice of default that is kept."""
    asked = list(cases)
    found: set[UUID] = set()
    for model in (models.Objection, models.SecondLook, models.Penalty):
        found |= set(model.objects.filter(about_id__in=asked).values_list("about_id", flat=True))
    return frozenset(found)
