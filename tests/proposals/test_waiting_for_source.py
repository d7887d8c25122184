"""Nothing is proposed or granted unasked on facts that are too old: their person waits, is counted, and comes next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from tests.proposals.builders import ANNOUNCED, FACTS, LISTED, SERVICE, WILLEM, case_of, judge_sample, total, weighed
from tests.registers.test_haal_centraal import a_connection
from tests.registers.test_sources import connect
from waardig.access.actions import opt_out, set_business_date
from waardig.access.terms import Actor
from waardig.cases import models as case_models
from waardig.cases import queries as cases
from waardig.cases.terms import CaseState, EventKind
from waardig.demo.numbers import fictional_bsns
from waardig.outbox.actions import drain
from waardig.outbox.models import Job
from waardig.proposals import jobs, models, queries
from waardig.proposals.actions import confirm_list, list_grants, run_round
from waardig.proposals.terms import Excluded, ItemOutcome
from waardig.registers import queries as registers
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.adapters.haal_centraal import HaalCentraal
from waardig.registers.adapters.sources import use_source
from waardig.registers.core.freshness import Freshness
from waardig.registers.terms import Declarations, NewFact

NEXT = LISTED + timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
OLD = Excluded.FACTS_TOO_OLD.value


class Source:
    """A BRP that knows everybody as born on one day, and can be silent; remembers about whom it was asked."""

    def __init__(self) -> None:
        self.silent = False
        self.asked: list[str] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.silent:
            return httpx.Response(503)
        numbers = json.loads(request.content)["burgerservicenummer"]
        self.asked += numbers
        born = {"geboorte": {"datum": {"type": "Datum", "datum": "1966-11-08", "langFormaat": "8 november 1966"}}}
        people = [{"burgerservicenummer": number, **born} for number in numbers]
        return httpx.Response(200, json={"type": "RaadpleegMetBurgerservicenummer", "personen": people})


@pytest.fixture
def source(owner: psycopg.Connection) -> Iterator[Source]:
    weighed()
    one = Source()
    purposes = {"meedoen.ronde": "BRPACT-Bijstand", "meedoen.toekennen": "BRPACT-Bijstand"}
    transport = httpx.MockTransport(one.answer)
    connect(HaalCentraal(a_connection(purposes=purposes), transport=transport, wait=lambda _: None))
    yield one
    use_source("brp", None)


@pytest.fixture
def must_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A BRP with which nothing is decided while it is silent."""
    known = registers.declared()
    brp = replace(known.registers["brp"], freshness=Freshness(7, True))
    changed = Declarations({**known.registers, "brp": brp})
    monkeypatch.setattr(registers, "declared", lambda: changed)


def a_client(number: int, **changes: Any) -> UUID:
    """Somebody with a number that the source can be asked for."""
    person = uuid4()
    enrol_persons([(person, next(islice(fictional_bsns(28), number, None)))])
    values = {**FACTS, **{name.replace("__", ".", 1): value for name, value in changes.items()}}
    store_facts([NewFact(person, name, value, date(2018, 1, 1)) for name, value in values.items()])
    return person


def a_couple() -> tuple[UUID, UUID]:
    pair = a_client(11), a_client(12)
    for one, other in (pair, pair[::-1]):
        told = {"uitkeringen.partner": {"person": str(other)}, "uitkeringen.leefvorm": "PAAR"}
        store_facts([NewFact(one, name, value, date(2018, 1, 1)) for name, value in told.items()])
    return pair


def work() -> None:
    drain(jobs.handlers(), until_empty=True)


def asked_recently(owner: psycopg.Connection, *people: UUID, days: int = 0) -> None:
    """The source was asked about everything of these people so many days ago."""
    owner.execute(
        "INSERT INTO reg.asked (person, attribute, asked_at) SELECT p, attribute, now() - make_interval(days => %s)"
        " FROM pol.at_source, unnest(%s::uuid[]) p"
        " ON CONFLICT (person, attribute) DO UPDATE SET asked_at = excluded.asked_at",
        (days, list(people)),
    )


def outcome_of(person: UUID) -> tuple[str, str]:
    [found] = models.RunItem.objects.filter(person=person).order_by("-run__as_of")[:1]
    return found.outcome, found.reason


def lines_about(owner: psycopg.Connection, person: UUID) -> int:
    query = "SELECT count(*) FROM log.detail WHERE subject = log.pseudonym(%s) AND activity LIKE 'meedoen.%%'"
    ((count,),) = owner.execute(query, (person,)).fetchall()
    return int(count)


def test_a_round_leaves_who_is_too_old_unread_says_so_and_the_next_takes_them_up(
    source: Source, owner: psycopg.Connection
) -> None:
    fresh, old = a_client(1), a_client(2)
    asked_recently(owner, fresh)

    found = run_round(SERVICE)

    assert (found.clients, found.waiting, found.read, found.proposals) == (2, 1, 1, 1)
    assert outcome_of(old) == (ItemOutcome.EXCLUDED, OLD) and cases.cases_of(old) == ()
    assert lines_about(owner, old) == 0
    assert queries.left_counts() == {} and queries.runs(SERVICE)[0].waiting == 1
    work()
    assert len(source.asked) == 1 and lines_about(owner, old) == 1

    set_business_date(ANNOUNCED + timedelta(days=1))
    again = run_round(SERVICE)
    assert (again.waiting, again.read, again.proposals, again.already) == (0, 1, 1, 1)
    assert case_of(old).state is CaseState.ANNOUNCED


def test_a_round_that_goes_on_finds_the_same_people_waiting_and_asks_once(
    source: Source, owner: psycopg.Connection
) -> None:
    people = [a_client(number) for number in range(3)]
    first = run_round(SERVICE)
    work()
    models.Run.objects.update(finished_at=None)  # as if it was killed right before its end

    again = run_round(SERVICE)

    assert (first.waiting, again.waiting, again.read, again.already) == (3, 0, 0, 3)
    assert {outcome_of(one) for one in people} == {(ItemOutcome.EXCLUDED, OLD)}
    assert Job.objects.filter(topic="proposals.freshen_round").count() == 1 and len(source.asked) == 3


def test_what_was_heard_after_the_moment_of_a_run_does_not_count_in_it(
    source: Source, owner: psycopg.Connection
) -> None:
    person, without_number = a_client(1), uuid4()
    enrol_persons([(without_number, None)])
    asked_recently(owner, person)
    now = datetime.now(UTC)

    def old(moment: datetime | None) -> frozenset[UUID]:
        ids = ("brp.geboortedatum", "uitkeringen.norm")
        return registers.people_too_old([person, without_number], ids, activity="meedoen.ronde", known_at=moment)

    assert old(None) == old(now) == old(now + timedelta(days=6)) == frozenset()
    assert old(now - timedelta(hours=1)) == old(now + timedelta(days=8)) == {person}


@pytest.mark.parametrize("bulk_from", [1, 1_000])
def test_whose_partner_waits_is_not_judged_and_nobody_says_that_the_partner_refused(
    source: Source, owner: psycopg.Connection, bulk_from: int
) -> None:
    one, other = a_couple()
    alone = a_client(3)
    asked_recently(owner, one, alone)

    found = run_round(SERVICE, bulk_from=bulk_from)

    assert (found.waiting, found.read, found.excluded, found.to_person) == (1, 2, {OLD: 1}, 0)
    assert outcome_of(one) == outcome_of(other) == (ItemOutcome.EXCLUDED, OLD)
    work()
    set_business_date(ANNOUNCED + timedelta(days=1))
    again = run_round(SERVICE, bulk_from=bulk_from)
    assert (again.waiting, again.read, again.evaluated, again.excluded) == (0, 2, 2, {})


def test_a_dry_run_counts_who_would_wait_and_asks_nothing(source: Source, owner: psycopg.Connection) -> None:
    a_client(1)

    found = run_round(SERVICE, dry_run=True)
    work()

    assert (found.waiting, found.read, source.asked, models.RunItem.objects.count()) == (1, 0, [], 0)


def test_a_silent_source_keeps_who_waits_waiting_and_is_asked_again(source: Source, owner: psycopg.Connection) -> None:
    person = a_client(1)
    source.silent = True
    run_round(SERVICE)
    work()

    set_business_date(ANNOUNCED + timedelta(days=1))
    assert run_round(SERVICE).waiting == 1

    source.silent = False
    Job.objects.update(due=LONG_AGO)
    work()
    set_business_date(ANNOUNCED + timedelta(days=2))
    assert run_round(SERVICE).proposals == 1 and case_of(person).state is CaseState.ANNOUNCED


def test_whom_an_earlier_round_left_to_a_person_stays_there_while_they_wait(
    source: Source, owner: psycopg.Connection
) -> None:
    person = a_client(1, brp__curatele=True)
    asked_recently(owner, person)
    run_round(SERVICE)
    assert list(queries.left_counts()) == [(SERVICE, "under_guardianship")]

    asked_recently(owner, person, days=8)
    set_business_date(ANNOUNCED + timedelta(days=1))
    run_round(SERVICE)

    assert list(queries.left_counts()) == [(SERVICE, "under_guardianship")]


def announced(owner: psycopg.Connection, count: int = 2) -> list[UUID]:
    """People to whom a grant was announced; the source was asked long ago."""
    people = [a_client(number) for number in range(count)]
    asked_recently(owner, *people)
    run_round(SERVICE)
    asked_recently(owner, *people, days=8)
    return people


def events_of(person: UUID) -> list[tuple[str, str]]:
    rows = case_models.CaseEvent.objects.filter(case_id=case_of(person).id).order_by("id")
    return list(rows.values_list("kind", "code"))


def test_an_announced_grant_waits_for_the_source_and_is_on_the_next_list(
    source: Source, owner: psycopg.Connection
) -> None:
    fresh, old = announced(owner)
    asked_recently(owner, fresh)
    set_business_date(LISTED)

    found = list_grants(SERVICE)
    again = list_grants(SERVICE)

    assert (found.due, found.waiting, found.persons, found.log_lines) == (2, 1, 1, 1)
    assert (again.due, again.waiting) == (1, 1)
    assert case_of(old).state is CaseState.ANNOUNCED
    assert [one for one in events_of(old) if one[0] == EventKind.WAITS] == [(EventKind.WAITS, OLD)]
    before = len(source.asked)
    work()
    assert len(source.asked) == before + 1

    set_business_date(NEXT)
    assert (list_grants(SERVICE).due, case_of(old).state in (CaseState.PREPARED, CaseState.BY_HAND)) == (1, True)


def test_who_waits_takes_no_place_of_another(source: Source, owner: psycopg.Connection) -> None:
    people = sorted(announced(owner, 3), key=lambda one: case_of(one).number)
    asked_recently(owner, people[2])
    set_business_date(LISTED)

    found = list_grants(SERVICE, most=1)

    assert (found.due, found.waiting, found.persons) == (3, 2, 1)
    assert case_of(people[2]).state is not CaseState.ANNOUNCED


def test_when_the_announced_day_is_near_a_person_looks_with_what_is_known(
    source: Source, owner: psycopg.Connection
) -> None:
    [person] = announced(owner, 1)
    source.silent = True
    decide_by = case_of(person).decide_by
    assert decide_by is not None

    set_business_date(decide_by - timedelta(days=8))
    assert list_grants(SERVICE).waiting == 1
    set_business_date(decide_by - timedelta(days=7))
    found = list_grants(SERVICE)

    assert (found.waiting, found.to_person, found.reasons) == (0, 1, {OLD: 1})
    assert case_of(person).state is CaseState.BY_HAND


def test_a_no_waits_for_no_source(source: Source, owner: psycopg.Connection) -> None:
    [person] = announced(owner, 1)
    opt_out(person, SERVICE, Actor("resident", str(person)), LISTED)
    set_business_date(LISTED)

    found = list_grants(SERVICE)
    work()

    assert (found.waiting, found.said_no, case_of(person).state) == (0, 1, CaseState.OPTED_OUT)
    assert Job.objects.filter(topic="proposals.freshen_listed").count() == 0


def confirmed(owner: psycopg.Connection) -> list[UUID]:
    """People on a list that an official confirms, eight days after the source was asked."""
    people = announced(owner, 3)
    asked_recently(owner, *people)
    set_business_date(LISTED)
    found = list_grants(SERVICE)
    assert found.list is not None
    judge_sample(found.list)
    left = [one for one in people if case_of(one).state is CaseState.PREPARED]
    asked_recently(owner, *people, days=8)
    confirm_list(found.list, WILLEM, typed_eurocent=total(found.list), on=LISTED)
    return left


def test_right_before_a_grant_the_source_is_asked_again(source: Source, owner: psycopg.Connection) -> None:
    people = confirmed(owner)

    work()

    assert people and len(source.asked) >= len(people)
    assert {case_of(one).state for one in people} == {CaseState.DECIDED}


def test_a_silent_source_grants_nothing_and_a_person_looks(source: Source, owner: psycopg.Connection) -> None:
    people = confirmed(owner)
    source.silent = True

    work()

    assert {case_of(one).state for one in people} == {CaseState.BY_HAND}
    assert {(EventKind.TO_A_PERSON, OLD)} == {events_of(one)[-1] for one in people}
    assert set(cases.decisions_of(case_of(one).id for one in people)) == set()


def test_where_the_register_says_wait_the_grant_waits_in_the_outbox(
    source: Source, must_wait: None, owner: psycopg.Connection
) -> None:
    people = confirmed(owner)
    source.silent = True
    work()
    assert {case_of(one).state for one in people} == {CaseState.PREPARED}

    source.silent = False
    Job.objects.update(due=LONG_AGO)
    work()
    assert {case_of(one).state for one in people} == {CaseState.DECIDED}


def test_what_was_not_agreed_with_the_source_makes_nobody_wait(owner: psycopg.Connection) -> None:
    weighed()
    one = Source()
    connect(HaalCentraal(a_connection(), transport=httpx.MockTransport(one.answer), wait=lambda _: None))
    try:
        a_client(1)
        assert (run_round(SERVICE).waiting, one.asked) == (0, [])
    finally:
        use_source("brp", None)
