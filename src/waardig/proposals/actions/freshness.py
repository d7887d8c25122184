"""Who waits for a source: whose facts are older than their register declares is in no round and on no list of that day.

The outbox asks the source meanwhile, under the activity of the round or list, and the next one takes them up. Nobody is
read for nothing: who waits was not read. Source: Awb 3:2, AVG art. 5(1)(c) and (d); decision 0114 (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from waardig.access import actions as access
from waardig.access import queries as wishes
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.cases import actions as settling
from waardig.cases import queries as cases
from waardig.cases.terms import Case, CaseState
from waardig.kernel.clock import business_today
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob
from waardig.proposals import models
from waardig.proposals.terms import Excluded, ItemOutcome
from waardig.registers import queries as registers
from waardig.registers.actions.sources import PART, refresh
from waardig.registers.terms import SourceRefused, SourceUnavailable

FRESHEN_ROUND, FRESHEN_LISTED = "proposals.freshen_round", "proposals.freshen_listed"
ACTOR = Actor("system", "proposals")
NAME = "opnieuw gevraagd aan de bron"
UNGRANTED = (CaseState.ANNOUNCED, CaseState.PREPARED, CaseState.BY_HAND)
BATCH = 500
"""Persons that one transaction puts among those who wait, and that one job asks for."""
DAYS_FOR_A_PERSON = 7
"""So long before the day that was announced a person looks, whatever the source does."""


def wait_in_round(run: models.Run, activity: str, todo: Sequence[UUID]) -> frozenset[UUID]:
    """Who waits in this run: keeps that, and asks the source by the outbox; who waited in it already is in it too.

    What is too old is seen from the moment until which the run knows, so a run that goes on finds the same people.
    """
    attributes = cases.attributes_of(run.service, run.as_of)
    old = registers.people_too_old(todo, attributes, activity=activity, known_at=run.known_at)
    if run.dry_run:
        return old
    people = sorted(old)
    for start in range(0, len(people), BATCH):
        _keep(run, people[start : start + BATCH])
    return old | set(_waiting(run.id).values_list("person", flat=True)) if registers.at_source(attributes) else old


def _keep(run: models.Run, people: Sequence[UUID]) -> None:
    """The outcome of some people and the job that asks for them, in one transaction; a repeat changes nothing."""
    waits = {"outcome": ItemOutcome.EXCLUDED.value, "reason": Excluded.FACTS_TOO_OLD.value}
    with transaction.atomic():
        items = [models.RunItem(run=run, person=person, **waits) for person in people]
        models.RunItem.objects.bulk_create(items, ignore_conflicts=True)
        first, last = str(people[0]), str(people[-1])
        enqueue([NewJob(FRESHEN_ROUND, f"{run.id}:{first}", {"run": str(run.id), "first": first, "last": last})])


def _waiting(run: UUID) -> QuerySet[models.RunItem]:
    return models.RunItem.objects.filter(
        run_id=run, outcome=ItemOutcome.EXCLUDED.value, reason=Excluded.FACTS_TOO_OLD.value
    )


def freshen_round(run: UUID, first: UUID, last: UUID) -> int:
    """Ask the sources about some of who waits in a run, what is still too old; gives how many people were asked for.

    Raises:
        SourceUnavailable, SourceRefused: the parts before it are kept; the job is tried again.
        AccessRefused: no decided weighing any more.
    """
    row = models.Run.objects.get(id=run)
    people = _waiting(run).filter(person__gte=first, person__lte=last).order_by("person")
    activity = cases.service_of(row.service).round_activity
    return freshen(row.service, list(people.values_list("person", flat=True)), activity) if activity else 0


def freshen(service: str, people: Sequence[UUID], activity: str) -> int:
    """Ask the sources for what is too old of these people, in parts; outside a transaction. Gives for how many.

    Who may not be read under the activity any more is not asked for.

    Raises:
        SourceUnavailable, SourceRefused, OverAsking, AccessRefused: the parts before it are kept.
    """
    today = business_today()
    attributes = cases.attributes_of(service, today)
    named = {one.id for one in registers.too_old(people, attributes, activity=activity)}
    sources = registers.at_source(attributes).items()
    ids = frozenset(one for register, some in sources if register in named for one in some)
    old = registers.people_too_old(people, ids, activity=activity)
    todo = [person for person in people if person in old and not wants_nothing(person, service)]
    rules = cases.rule_set_of(service, today).hash if todo else ""
    for start in range(0, len(todo), PART):
        _ask(Request(activity, ids, tuple(todo[start : start + PART]), ACTOR, today, rule_set=rules, name=NAME))
    return len(todo)


def _ask(request: Request) -> None:
    outside: frozenset[UUID] = frozenset()
    while people := tuple(person for person in request.persons if person not in outside):
        try:
            ticket = access.ask(replace(request, persons=people))
        except AccessRefused as refused:
            named = outside_of(refused)
            if not named:
                raise
            outside |= named
        else:
            refresh(ticket)
            return


@dataclass(frozen=True)
class Due:
    """Announced grants of which the term is over: what is judged now, and what waits for a source.

    Attributes:
        old: whose facts are too old; a case of theirs is judged only where it can wait no longer, and for a person.
    """

    ready: tuple[Case, ...]
    waits: tuple[Case, ...] = ()
    old: frozenset[UUID] = frozenset()


def due_now(service: str, activity: str, *, on: date, most: int) -> Due:
    """What is due on a day; a case that waits takes no place on the list of another.

    Who said no waits for nothing: a no is carried out.
    """
    attributes = cases.attributes_of(service, on)
    if not registers.at_source(attributes):
        return Due(cases.announced_due(service, on=on, most=most))
    due = cases.announced_due(service, on=on, most=None)
    old = registers.people_too_old([person for case in due for person in case.persons], attributes, activity=activity)
    waits = {case.id for case in due if old & set(case.persons) and _may_wait(case, on)}
    ready = tuple(case for case in due if case.id not in waits)[:most]
    return Due(ready, tuple(case for case in due if case.id in waits), old)


def _may_wait(case: Case, on: date) -> bool:
    latest = case.decide_by - timedelta(days=DAYS_FOR_A_PERSON) if case.decide_by else date.max
    return on < latest and not wants_nothing(case.applicant, case.service)


def wait_on_list(waits: Sequence[Case], *, on: date) -> None:
    """Say in each case that it waits, and ask its sources by the outbox; once a day, however often it is listed."""
    for start in range(0, len(waits), BATCH):
        with transaction.atomic():
            for case in waits[start : start + BATCH]:
                if enqueue([NewJob(FRESHEN_LISTED, f"{case.id}:{on}", {"case": str(case.id)})]):
                    settling.note_waiting(case.id, Excluded.FACTS_TOO_OLD.value, on=on)


def freshen_listed(case: UUID, activity: str) -> int:
    """Ask the sources about the household of an announced case; nothing when it does not wait for a grant any more.

    Raises:
        As `freshen`.
    """
    found = cases.case(case)
    return freshen(found.service, found.persons, activity) if found.state in UNGRANTED else 0


def old_when_granting(service: str, due: Sequence[Case], activity: str) -> frozenset[UUID]:
    """Ask the sources right before a list is granted; gives whose facts are too old and for whom a person looks.

    Raises:
        SourceUnavailable, SourceRefused: a register of which nothing is decided with old facts; the job is tried again.
    """
    people = [person for case in due for person in case.persons]
    attributes = cases.attributes_of(service, business_today())
    try:
        freshen(service, people, activity)
    except (SourceUnavailable, SourceRefused):
        old = registers.too_old(people, attributes, activity=activity)
        if any(one.freshness and one.freshness.must_wait for one in old):
            raise
    return registers.people_too_old(people, attributes, activity=activity)


def outside_of(refused: AccessRefused) -> frozenset[UUID]:
    """Who the gate says is not among those this activity is about; empty when it refused for another reason."""
    if any(reason.code != "population_outside" for reason in refused.reasons):
        return frozenset()
    named = [reason.facts.get("persons") for reason in refused.reasons]
    return frozenset(UUID(str(person)) for persons in named if isinstance(persons, list) for person in persons)


def wants_nothing(person: UUID, service: str) -> bool:
    """Whether somebody said no to this service, or to everything."""
    return bool({"*", service} & wishes.opted_out(person))
