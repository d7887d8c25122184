"""What waits for officials, and how people answered a round, as counts: a fixed number of queries whatever the size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q, Sum

from waardig.cases import models
from waardig.cases.queries.lists import destroyed_of_run
from waardig.cases.terms import CaseKind, CaseState, Correction, DecisionOutcome, Party


@dataclass(frozen=True)
class Waiting:
    """How much waits in one state: how many, the first last day, and how many are past it."""

    count: int = 0
    oldest_due: date | None = None
    late: int = 0


@dataclass(frozen=True)
class RunAnswers:
    """How households answered the proposals of a round; granted_eurocent is the sum of the grants, in eurocent."""

    yes: int
    no: int
    granted: int
    granted_eurocent: int


def waiting_counts(today: date) -> Mapping[CaseState, Waiting]:
    """Cases that wait for the computer or for an official, by state; one query.

    Announced grants that are prepared wait on their list, not here.
    """
    states = (CaseState.RECEIVED, CaseState.PREPARED, CaseState.BY_HAND)
    rows = (
        models.Case.objects.filter(state__in=[state.value for state in states])
        .exclude(kind=CaseKind.OWN_INITIATIVE.value, state=CaseState.PREPARED.value)
        .values("state")
        .annotate(count=Count("id"), oldest=Min("decide_by"), late=Count("id", filter=Q(decide_by__lt=today)))
    )
    found = {CaseState(row["state"]): Waiting(row["count"], row["oldest"], row["late"]) for row in rows}
    return {state: found.get(state, Waiting()) for state in states}


def open_corrections_count(today: date) -> Waiting:
    """Reports that a value is wrong and that nobody answered yet; one query."""
    row = models.Correction.objects.filter(case__state=CaseState.OPEN.value).aggregate(
        count=Count("case_id"), oldest=Min("answer_by"), late=Count("case_id", filter=Q(answer_by__lt=today))
    )
    return Waiting(row["count"], row["oldest"], row["late"])


def open_corrections(*, page: int = 1, size: int = 50) -> tuple[Correction, ...]:
    """Open reports, the nearest last day of our answer first; one query."""
    rows = models.Correction.objects.filter(case__state=CaseState.OPEN.value).select_related("case")
    start = (page - 1) * size
    return tuple(
        Correction(
            row.case.to_term((Party(row.person, "subject"),)),
            row.person,
            row.attribute,
            row.fact,
            row.holder,
            row.answer_by,
        )
        for row in rows.order_by("answer_by", "case__number")[start : start + size]
    )


def answers_of_run(run: UUID) -> RunAnswers:
    """How the households of a round answered so far; two queries."""
    rows = models.Case.objects.filter(run=run).values("state").annotate(count=Count("id"))
    by_state = {row["state"]: row["count"] for row in rows}
    grants = models.Decision.objects.filter(case__run=run, outcome=DecisionOutcome.GRANT.value).aggregate(
        count=Count("id"), total=Sum("amount_eurocent")
    )
    gone = destroyed_of_run(run)
    for state, count in gone["state"].items():
        by_state[state] = by_state.get(state, 0) + count
    granted = gone["granted"]
    yes = (CaseState.RECEIVED, CaseState.PREPARED, CaseState.BY_HAND, CaseState.DECIDED)
    return RunAnswers(
        yes=sum(by_state.get(state.value, 0) for state in yes),
        no=by_state.get(CaseState.DECLINED.value, 0),
        granted=grants["count"] + granted.total(),
        granted_eurocent=(grants["total"] or 0) + sum(int(cell) * count for cell, count in granted.items()),
    )


@dataclass(frozen=True)
class CaseStanding:
    """Where one case stands: its state and kind, and what was decided, in eurocent."""

    state: CaseState
    kind: CaseKind
    decided_eurocent: int | None
    persons: tuple[UUID, ...]


def standings_of(ids: Iterable[UUID]) -> dict[UUID, CaseStanding]:
    """Where cases stand, by id; three queries."""
    asked = list(ids)
    rows = models.Case.objects.filter(id__in=asked).values_list("id", "state", "kind")
    decided = dict(models.Decision.objects.filter(case_id__in=asked).values_list("case_id", "amount_eurocent"))
    persons: dict[UUID, list[UUID]] = {}
    for case, person in models.CaseParty.objects.filter(case_id__in=asked).values_list("case_id", "person"):
        persons.setdefault(case, []).append(person)
    return {
        row[0]: CaseStanding(CaseState(row[1]), CaseKind(row[2]), decided.get(row[0]), tuple(persons.get(row[0], ())))
        for row in rows
    }


def numbers_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers of cases by their id; one query."""
    return dict(models.Case.objects.filter(id__in=list(ids)).values_list("id", "number"))


SAID_NO = (CaseState.DECLINED, CaseState.OPTED_OUT, CaseState.WITHDRAWN)
"""No to a proposal, no to a grant that would come of itself, or an application that was taken back."""


def endings_of_run(run: UUID) -> dict[str, int]:
    """How the households of a round stand: silent, said_no, granted, refused, open; three queries.

    Who let the proposal lapse said nothing; whatever else was opened and not decided is open.
    """
    rows = models.Case.objects.filter(run=run).values("state").annotate(count=Count("id"))
    by_state = {row["state"]: row["count"] for row in rows}
    decided = models.Decision.objects.filter(case__run=run).values("outcome").annotate(count=Count("id"))
    by_outcome = {row["outcome"]: row["count"] for row in decided}
    gone = destroyed_of_run(run)
    for counts, name in ((by_state, "state"), (by_outcome, "outcome")):
        for cell, count in gone[name].items():
            counts[cell] = counts.get(cell, 0) + count
    found = {
        "silent": by_state.get(CaseState.PROPOSED.value, 0) + by_state.get(CaseState.LAPSED.value, 0),
        "said_no": sum(by_state.get(state.value, 0) for state in SAID_NO),
        "granted": by_outcome.get(DecisionOutcome.GRANT.value, 0),
        "refused": by_outcome.get(DecisionOutcome.REFUSE.value, 0),
    }
    return {**found, "open": max(0, sum(by_state.values()) - sum(found.values()))}


def days_to_decide_of_run(run: UUID) -> dict[int, int]:
    """How many decisions of a round took how many days from the application; one query."""
    rows = models.Decision.objects.filter(case__run=run, case__applied_on__isnull=False)
    found: dict[int, int] = {}
    counted = rows.values_list("decided_on", "case__applied_on").annotate(count=Count("id"))
    for decided_on, applied_on, count in counted:
        days = (decided_on - (applied_on or decided_on)).days
        found[days] = found.get(days, 0) + count
    for cell, count in destroyed_of_run(run)["days"].items():
        found[int(cell)] = found.get(int(cell), 0) + count
    return found


def granted_amounts_of_run(run: UUID) -> dict[int, int]:
    """How many households of a round were granted each amount, in eurocent; one query."""
    rows = models.Decision.objects.filter(case__run=run, outcome=DecisionOutcome.GRANT.value)
    counted = rows.values("amount_eurocent").annotate(count=Count("id"))
    found = {row["amount_eurocent"] or 0: int(row["count"]) for row in counted}
    for cell, count in destroyed_of_run(run)["granted"].items():
        found[int(cell)] = found.get(int(cell), 0) + count
    return found
