"""Reading cases: one, of a person, waiting for an official; a constant number of queries each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from waardig.cases import models
from waardig.cases.core.lapsing import a_year_before
from waardig.cases.queries.history import objection_history
from waardig.cases.terms import (
    Assessment,
    Case,
    CaseEvent,
    CaseKind,
    CaseState,
    CaseUnknown,
    Correction,
    Decision,
    DecisionOutcome,
    EventKind,
    Lane,
    Party,
)

UNDECIDED = (CaseState.RECEIVED, CaseState.PREPARED, CaseState.BY_HAND, CaseState.ANNOUNCED)
_MANY = 500
"""Above so many persons a list of them is no condition of a query but is compared with its rows."""
NO = (EventKind.DECLINED.value, EventKind.WAIVED.value)


def parties_of(cases: Iterable[UUID]) -> dict[UUID, tuple[Party, ...]]:
    """The parties of cases, applicant first."""
    found: dict[UUID, list[Party]] = {case: [] for case in cases}
    for row in models.CaseParty.objects.filter(case_id__in=list(found)).order_by("role", "id"):
        found[row.case_id].append(Party(row.person, row.role))
    return {case: tuple(sorted(parties, key=lambda p: p.role != "applicant")) for case, parties in found.items()}


def _terms(rows: QuerySet[models.Case]) -> tuple[Case, ...]:
    loaded = list(rows)
    parties = parties_of(row.id for row in loaded)
    return tuple(row.to_term(parties[row.id]) for row in loaded)


def case(identity: UUID) -> Case:
    """One case; raises CaseUnknown."""
    found = _terms(models.Case.objects.filter(id=identity))
    if not found:
        raise CaseUnknown
    return found[0]


def announced_due(service: str, *, on: date, most: int | None) -> tuple[Case, ...]:
    """Announced grants of which the term is over on a day, in the order of their numbers, at most so many or all."""
    rows = models.Case.objects.filter(service=service, state=CaseState.ANNOUNCED.value, say_no_until__lt=on)
    return _terms(rows.order_by("number")[:most])


def cases_by_id(ids: Iterable[UUID]) -> tuple[Case, ...]:
    """Cases in the order of their numbers."""
    return _terms(models.Case.objects.filter(id__in=list(ids)).order_by("number"))


def case_by_number(number: str) -> Case:
    """One case by its number; raises CaseUnknown."""
    found = _terms(models.Case.objects.filter(number=number))
    if not found:
        raise CaseUnknown
    return found[0]


def cases_of(person: UUID, *, kinds: Sequence[CaseKind] = tuple(CaseKind)) -> tuple[Case, ...]:
    """Cases in which a person is the applicant or subject, newest first."""
    mine = models.CaseParty.objects.filter(person=person, role__in=("applicant", "subject")).values("case_id")
    rows = models.Case.objects.filter(id__in=mine, kind__in=[kind.value for kind in kinds])
    return _terms(rows.order_by("-opened_on", "-number"))


def waiting(states: Sequence[CaseState], *, page: int = 1, size: int = 50) -> tuple[tuple[Case, ...], int]:
    """Cases that wait in these states, the nearest last day first, and how many there are.

    Announced grants that are prepared wait on their list, not here.
    """
    rows = models.Case.objects.filter(state__in=[state.value for state in states])
    rows = rows.exclude(kind=CaseKind.OWN_INITIATIVE.value, state=CaseState.PREPARED.value)
    rows = rows.order_by("decide_by", "number")
    start = (page - 1) * size
    return _terms(rows[start : start + size]), rows.count()


def events_of(identity: UUID) -> tuple[CaseEvent, ...]:
    """The line of a case, oldest first."""
    return tuple(row.to_term() for row in models.CaseEvent.objects.filter(case_id=identity).order_by("id"))


def viewed_by(official: str, cases: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these cases this official opened since the law last ran for them."""
    kinds = (EventKind.VIEWED.value, EventKind.ASSESSED.value)
    rows = models.CaseEvent.objects.filter(case_id__in=list(cases), kind__in=kinds).order_by("id")
    seen: set[UUID] = set()
    for row in rows:
        if row.kind == EventKind.ASSESSED:
            seen.discard(row.case_id)
        elif row.actor_kind == "employee" and row.actor == official:
            seen.add(row.case_id)
    return frozenset(seen)


def assessments_of(cases: Iterable[UUID]) -> dict[UUID, Assessment]:
    """What the law said for each of these applications."""
    rows = models.Assessment.objects.filter(case_id__in=list(cases))
    return {
        row.case_id: Assessment(
            case=row.case_id,
            lane=Lane(row.lane),
            reasons=tuple(row.reasons),
            amount_eurocent=row.amount_eurocent,
            household_type=row.household_type,
            rule_set=row.rule_set,
            as_of=row.as_of,
            sampled=row.sampled,
        )
        for row in rows
    }


def decisions_of(cases: Iterable[UUID]) -> dict[UUID, Decision]:
    """The decision of each of these cases that has one."""
    return {row.case_id: _decision(row) for row in models.Decision.objects.filter(case_id__in=list(cases))}


def decision(identity: UUID) -> Decision:
    """One decision; raises CaseUnknown."""
    row = models.Decision.objects.filter(id=identity).first()
    if row is None:
        raise CaseUnknown
    return _decision(row)


def _decision(row: models.Decision) -> Decision:
    return Decision(
        id=row.id,
        case=row.case_id,
        outcome=DecisionOutcome(row.outcome),
        amount_eurocent=row.amount_eurocent,
        decided_on=row.decided_on,
        official=row.official,
        body=row.body,
        mandate=row.mandate,
        objection_until=row.objection_until,
        pay_by=row.pay_by,
        document=row.document,
    )


def corrections_of(person: UUID, *, only_open: bool = False) -> tuple[Correction, ...]:
    """Reports of a person that a value is wrong, newest first."""
    rows = models.Correction.objects.filter(person=person).select_related("case").order_by("-case__opened_on", "-case")
    if only_open:
        rows = rows.filter(case__state=CaseState.OPEN.value)
    return tuple(_correction(row) for row in rows)


def correction(identity: UUID) -> Correction:
    """One correction by its case; raises CaseUnknown."""
    row = models.Correction.objects.filter(case_id=identity).select_related("case").first()
    if row is None:
        raise CaseUnknown
    return _correction(row)


def reports_among(cases: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these cases are reports that a value is wrong; one query."""
    return frozenset(models.Correction.objects.filter(case_id__in=list(cases)).values_list("case_id", flat=True))


def _correction(row: models.Correction) -> Correction:
    case_ = row.case.to_term((Party(row.person, "subject"),))
    return Correction(case_, row.person, row.attribute, row.fact, row.holder, row.answer_by, row.replaced_by)


def is_correction_open(persons: Iterable[UUID]) -> bool:
    """Whether a value of one of these persons is being looked into."""
    return models.Correction.objects.filter(person__in=list(persons), case__state=CaseState.OPEN.value).exists()


def running_applications(persons: Iterable[UUID]) -> tuple[UUID, ...]:
    """The applications of these persons that nobody decided yet, in a fixed order."""
    states = (CaseState.RECEIVED.value, CaseState.PREPARED.value, CaseState.BY_HAND.value)
    rows = models.Case.objects.filter(
        kind=CaseKind.APPLICATION.value, state__in=states, parties__person__in=list(persons)
    )
    return tuple(rows.order_by("id").values_list("id", flat=True).distinct())


def with_correction(persons: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these persons have a value that is being looked into."""
    rows = models.Correction.objects.filter(person__in=list(persons), case__state=CaseState.OPEN.value)
    return frozenset(rows.values_list("person", flat=True))


def with_running_case(service: str, persons: Iterable[UUID], *, on: date) -> frozenset[UUID]:
    """Which of these persons are not approached for this service on a day.

    They have something that waits for a decision, a proposal of less than a year old (or one they said yes to), or a no
    of less than a year ago: their own (also to an announced or a granted amount), or the municipality's.
    """
    since = a_year_before(on)
    waiting = [state.value for state in UNDECIDED]
    proposed = Q(case__state=CaseState.PROPOSED.value)
    declined = Q(case__state__in=[CaseState.DECLINED.value, CaseState.OPTED_OUT.value, CaseState.WAIVED.value])
    refused = Q(case__decision__outcome=DecisionOutcome.REFUSE.value, case__decision__decided_on__gt=since)
    busy = (
        Q(case__state__in=waiting)
        | (proposed & Q(case__opened_on__gt=since))
        | (proposed & Q(case__events__kind=EventKind.SAID_YES.value))
        | (declined & Q(case__events__kind__in=NO, case__events__on__gt=since))
        | refused
    )
    asked = frozenset(persons)
    rows = models.CaseParty.objects.filter(busy, case__service=service)
    if len(asked) <= _MANY:  # of a whole municipality the list itself is the heavy part
        rows = rows.filter(person__in=list(asked))
    return asked & frozenset(rows.values_list("person", flat=True).iterator(chunk_size=_MANY))


def decision_counts(service: str) -> dict[str, int]:
    """Refusals of a service, those not taken by a person, and those without an own text."""
    refused = models.Decision.objects.filter(case__service=service, outcome=DecisionOutcome.REFUSE.value)
    gone = destroyed_counts(service=service)
    return {
        "refused": refused.count() + gone["refused"],
        "by_system": refused.exclude(actor_kind="employee").count() + gone["by_system"],
        "without_reasons": refused.filter(document__isnull=True).count() + gone["without_reasons"],
    }


def destroyed_counts(*, service: str) -> Counter[str]:
    """What the destroyed cases of a service counted for, by name."""
    rows = models.Tally.objects.filter(service=service).values("name").annotate(total=Sum("count"))
    return Counter({row["name"]: int(row["total"]) for row in rows})


def destroyed_of_run(run: UUID) -> dict[str, Counter[str]]:
    """What the destroyed cases of a round counted for: by name, then by cell; one query."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in models.Tally.objects.filter(run=run):
        found[row.name][row.cell] += row.count
    return found


def sample_counts(service: str, *, overdue_before: date) -> dict[str, int]:
    """Applications assessed, drawn in the sample, decided, waiting too long, and decided otherwise than computed."""
    assessed = models.Assessment.objects.filter(case__service=service)
    drawn = assessed.filter(sampled=True)
    asked = Q(case__kind=CaseKind.PROPOSAL.value)  # a person did not grant it unasked, and asked instead
    done = drawn.filter(asked | Q(case__state=CaseState.DECIDED.value))
    waiting = drawn.exclude(asked).filter(case__state__in=[state.value for state in UNDECIDED])
    other = ~Q(case__decision__amount_eurocent=F("amount_eurocent")) & Q(case__state=CaseState.DECIDED.value)
    gone = destroyed_counts(service=service)
    return {
        "cases": assessed.count() + gone["assessed"],
        "drawn": drawn.count() + gone["drawn"],
        "done": done.count() + gone["done"],
        "overdue": waiting.filter(as_of__lt=overdue_before).count(),
        "errors": drawn.filter(amount_eurocent__gt=0).filter(asked | _refused() | (other & _unasked())).count()
        + gone["errors"],
    }


def _refused() -> Q:
    return Q(case__decision__outcome=DecisionOutcome.REFUSE.value)


def _unasked() -> Q:
    return Q(case__kind=CaseKind.OWN_INITIATIVE.value)


def case_numbers() -> dict[UUID, str]:
    """The number of every case, by id."""
    return dict(models.Case.objects.values_list("id", "number"))


def history() -> Iterator[dict[str, Any]]:
    """Every case with its parties, events and decision in a stable order, without random ids and wall clock times."""
    beside = ("decision__review", "objection", "hearing", "second_look", "penalty")
    rows = models.Case.objects.order_by("number").prefetch_related("parties", "events", "papers")
    for row in rows.select_related("decision", *beside):
        yield {
            "kind": "case",
            "number": row.number,
            "case_kind": row.kind,
            "state": row.state,
            "service": row.service,
            "opened_on": row.opened_on.isoformat(),
            "applied_on": row.applied_on.isoformat() if row.applied_on else None,
            "decide_by": row.decide_by.isoformat() if row.decide_by else None,
            "amount_eurocent": row.amount_eurocent,
            "rule_set": row.rule_set,
            "household_type": row.household_type,
            "reader": row.reader,
            "lane": row.lane,
            "say_no_until": row.say_no_until.isoformat() if row.say_no_until else None,
            "parties": sorted((str(party.person), party.role) for party in row.parties.all()),
            "events": [[e.kind, e.on.isoformat(), e.actor_kind, e.code] for e in sorted(row.events.all(), key=_place)],
            "decision": row.decision.outcome if hasattr(row, "decision") else None,
            **objection_history(row),
        }


def _place(event: models.CaseEvent) -> int:
    return int(event.pk)


def yes_without_answers(cases: Iterable[UUID]) -> dict[UUID, date]:
    """Proposals to which somebody said yes without finishing the questions, with the day of that yes."""
    rows = models.CaseEvent.objects.filter(
        case_id__in=list(cases),
        case__kind=CaseKind.PROPOSAL.value,
        kind__in=[EventKind.SAID_YES.value, EventKind.DECLINED.value],
    ).order_by("id")
    found: dict[UUID, date] = {}
    for row in rows:
        if row.kind == EventKind.DECLINED.value:
            found.pop(row.case_id, None)
        else:
            found.setdefault(row.case_id, row.on)
    return found
