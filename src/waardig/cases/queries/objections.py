"""Reading objections, hearings, papers, second looks and penalties: of a person, of a case, waiting for an official."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from waardig.cases import models
from waardig.cases.core import objection_terms
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.terms import Case, CaseKind, CaseState, CaseUnknown, Decision, DecisionOutcome, EventKind
from waardig.cases.terms.objections import Hearing, Objection, Paper, Penalty, PenaltySum, Review, SecondLook

REVIEW_OUTCOMES = frozenset(
    one.value
    for one in (
        DecisionOutcome.UPHELD,
        DecisionOutcome.PARTLY,
        DecisionOutcome.UNFOUNDED,
        DecisionOutcome.INADMISSIBLE,
    )
)
"""Decisions on objection: against these the court is next (Awb 7:1 lid 1 a, 8:1)."""


def case_of(identity: UUID) -> Case:
    """One case; raises CaseUnknown."""
    return lists.case(identity)


def decision(identity: UUID) -> Decision:
    """One decision by its id; raises CaseUnknown."""
    row = models.Decision.objects.filter(id=identity).first()
    if row is None:
        raise CaseUnknown
    return lists.decisions_of([row.case_id])[row.case_id]


def objection(case: UUID) -> Objection:
    """One objection by its case; raises CaseUnknown."""
    row = models.Objection.objects.select_related("case").filter(case_id=case).first()
    if row is None:
        raise CaseUnknown
    return row.to_term()


def objections_of(person: UUID) -> tuple[Objection, ...]:
    """The objections of a person, newest first."""
    rows = models.Objection.objects.select_related("case").filter(person=person)
    return tuple(row.to_term() for row in rows.order_by("-case__opened_on", "-case__number"))


def objection_against(decision_: UUID, person: UUID) -> Objection | None:
    """The objection of this person against a decision that was not withdrawn or forwarded, or None."""
    rows = models.Objection.objects.select_related("case")
    row = rows.filter(decision_id=decision_, person=person, withdrawn=False, forwarded_to="").first()
    return row.to_term() if row else None


def open_objections(*, page: int = 1, size: int = 50) -> tuple[tuple[Objection, ...], int]:
    """Objections that wait, the first last day on top, and how many there are."""
    rows = models.Objection.objects.select_related("case").filter(case__state=CaseState.OPEN.value)
    start = (page - 1) * size
    ordered = rows.order_by("case__decide_by", "case__number")
    return tuple(row.to_term() for row in ordered[start : start + size]), rows.count()


def count_forwarded(year: int) -> int:
    """How many objections went to another body in a year (6:15)."""
    sent = models.CaseEvent.objects.filter(kind=EventKind.SENT_ON.value, on__year=year)
    return sent.values("case_id").distinct().count()


def hearing(case: UUID) -> Hearing | None:
    """The hearing of an objection, or None when nobody was invited."""
    row = models.Hearing.objects.filter(case_id=case).first()
    return row.to_term() if row else None


def papers(cases: Iterable[UUID]) -> tuple[Paper, ...]:
    """The texts in the files of these cases, oldest first."""
    return tuple(row.to_term() for row in models.Paper.objects.filter(case_id__in=list(cases)).order_by("id"))


def review(decision_: UUID) -> Review | None:
    """What a decision says in place of an older one, or None when it is no such decision."""
    row = models.Review.objects.filter(decision_id=decision_).first()
    return row.to_term() if row else None


def reviews_against(decision_: UUID) -> tuple[Review, ...]:
    """The decisions that looked at this one again, oldest first."""
    rows = models.Review.objects.filter(against_id=decision_).order_by("decision__decided_at")
    return tuple(row.to_term() for row in rows)


def stands_as(of: Decision) -> tuple[DecisionOutcome, int | None]:
    """What a decision comes to now: with the newest decision in its place (outcome, whole amount in eurocent)."""
    for one in reversed(reviews_against(of.id)):
        if one.new_outcome:
            return DecisionOutcome(one.new_outcome), one.new_amount_eurocent
    return of.outcome, of.amount_eurocent


def involved_in(decision_: UUID) -> frozenset[str]:
    """Who took a decision, or told the resident that it stands: they do not handle an objection against it."""
    first = models.Decision.objects.filter(id=decision_).values_list("official", flat=True)
    looked = models.SecondLook.objects.filter(decision_id=decision_).exclude(answered_by="")
    reviewed = models.Review.objects.filter(against_id=decision_).values_list("decided_by", flat=True)
    return frozenset([*first, *looked.values_list("answered_by", flat=True), *reviewed])


def second_look(case: UUID) -> SecondLook:
    """One second look by its case; raises CaseUnknown."""
    row = models.SecondLook.objects.select_related("case").filter(case_id=case).first()
    if row is None:
        raise CaseUnknown
    return row.to_term()


def second_looks_about(about: UUID, person: UUID) -> tuple[SecondLook, ...]:
    """The second looks of a person about a case, newest first."""
    rows = models.SecondLook.objects.select_related("case").filter(about_id=about, person=person)
    return tuple(row.to_term() for row in rows.order_by("-case__opened_on", "-case__number"))


def open_second_looks(*, page: int = 1, size: int = 50) -> tuple[tuple[SecondLook, ...], int]:
    """Second looks that wait, the first last day on top, and how many there are."""
    rows = models.SecondLook.objects.select_related("case").filter(case__state=CaseState.OPEN.value)
    start = (page - 1) * size
    ordered = rows.order_by("answer_by", "case__number")
    return tuple(row.to_term() for row in ordered[start : start + size]), rows.count()


def penalty(case: UUID) -> Penalty:
    """One notice of default by its case; raises CaseUnknown."""
    row = models.Penalty.objects.select_related("case").filter(case_id=case).first()
    if row is None:
        raise CaseUnknown
    return row.to_term()


def penalty_about(about: UUID, person: UUID) -> Penalty | None:
    """The notice that this person gave about a case, or None."""
    row = models.Penalty.objects.select_related("case").filter(about_id=about, person=person).first()
    return row.to_term() if row else None


def open_penalties() -> tuple[Penalty, ...]:
    """Notices whose penalty is not fixed yet."""
    rows = models.Penalty.objects.select_related("case").filter(case__state=CaseState.OPEN.value)
    return tuple(row.to_term() for row in rows.order_by("first_day", "case__number"))


def penalty_sum(of: Penalty, *, on: date) -> PenaltySum:
    """What a penalty stands at on a day, this day included while we did not decide (4:17 lid 2)."""
    through = of.ended_on - timedelta(days=1) if of.ended_on is not None else on
    return objection_terms.penalty_sum(
        content.book(), due_on=of.due_on, received_on=of.received_on, late_through=through
    )


LATE_STATES: Sequence[CaseState] = (CaseState.RECEIVED, CaseState.PREPARED, CaseState.BY_HAND, CaseState.OPEN)


def due_before(day: date) -> tuple[Case, ...]:
    """Applications and objections without a decision whose last day is before `day`, the oldest first."""
    rows = models.Case.objects.filter(
        Q(kind=CaseKind.APPLICATION.value) | Q(kind=CaseKind.OBJECTION.value),
        state__in=[state.value for state in LATE_STATES],
        decide_by__lt=day,
    ).order_by("decide_by", "number")
    parties = lists.parties_of(row.id for row in rows)
    return tuple(row.to_term(parties[row.id]) for row in rows)
