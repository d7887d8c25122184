"""What a case rests on is asked at its source before somebody decides with it, and a silent source loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from django.db import transaction

from tests.cases.builders import GERRIT, SINCE, TODAY, a_resident, an_application, decide, work
from tests.registers.test_brp_file import SUZANNE
from tests.registers.test_haal_centraal import a_brp, a_connection
from tests.registers.test_sources import connect
from waardig.cases import actions
from waardig.cases.actions import freshening
from waardig.cases.queries import case as case_of
from waardig.cases.terms import Case, CaseState, FactsTooOld
from waardig.outbox import models
from waardig.registers import queries as registers
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.adapters.haal_centraal import HaalCentraal
from waardig.registers.adapters.sources import use_source
from waardig.registers.core.freshness import Freshness
from waardig.registers.terms import Declarations, NewFact

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NEEDED = {"brp.geboortedatum", "brp.overlijdensdatum", "brp.in_onderzoek", "brp.curatele"}


class Source:
    """A BRP that can be silent; counts what it was asked."""

    def __init__(self) -> None:
        self.silent, self.asked = False, 0
        self._brp = httpx.WSGITransport(app=a_brp())

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        return httpx.Response(503) if self.silent else self._brp.handle_request(request)


@pytest.fixture
def source(db: None) -> Iterator[Source]:
    one = Source()
    purposes = {"iit.aanvraag": "BRPACT-Bijstand"}
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


def somebody() -> UUID:
    """Gerrit, with a number that the BRP has."""
    person = uuid4()
    enrol_persons([(person, SUZANNE)])
    store_facts([NewFact(person, name, value, SINCE) for name, value in GERRIT.items()])
    return person


def asked_of(owner: psycopg.Connection) -> set[str]:
    return {attribute for (attribute,) in owner.execute("SELECT attribute FROM reg.asked").fetchall()}


def long_ago(owner: psycopg.Connection) -> None:
    owner.execute("UPDATE reg.asked SET asked_at = asked_at - interval '8 days'")


def waiting(owner: psycopg.Connection) -> Case:
    """An application that a person decides, of which the source was asked long ago."""
    case = an_application(somebody())
    work()
    long_ago(owner)
    return case_of(case.id)


def test_the_source_is_asked_before_the_law_runs_for_an_application(source: Source, owner: psycopg.Connection) -> None:
    case = an_application(somebody())
    assert source.asked == 0

    work()

    assert asked_of(owner) == NEEDED
    assert case_of(case.id).state in (CaseState.PREPARED, CaseState.BY_HAND)
    said = owner.execute(
        "SELECT l.name, d.attributes FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
        " WHERE d.activity = 'iit.aanvraag' AND l.name = %s",
        (freshening.NAME,),
    ).fetchall()
    assert [(name, set(attributes)) for name, attributes in said] == [(freshening.NAME, NEEDED)]
    born = owner.execute(
        "SELECT value #>> '{}' FROM reg.fact WHERE attribute = 'brp.geboortedatum' AND superseded_at IS NULL"
    ).fetchall()
    assert born != [(GERRIT["brp.geboortedatum"],)]  # what the source says, not what we had


def test_what_is_fresh_is_not_asked_again(source: Source, owner: psycopg.Connection) -> None:
    case = an_application(somebody())
    work()
    count = source.asked

    freshening.freshen(case_of(case.id))
    with transaction.atomic():
        actions.freshen_daily(TODAY)
    work()

    assert source.asked == count
    assert actions.freshen_soon(case_of(case.id)) == 0


def test_a_silent_source_keeps_an_application_going_where_its_register_says_so(
    source: Source, owner: psycopg.Connection
) -> None:
    source.silent = True
    case = an_application(somebody())
    facts = owner.execute("SELECT count(*) FROM reg.fact").fetchone()

    work()

    assert case_of(case.id).state in (CaseState.PREPARED, CaseState.BY_HAND)
    assert (owner.execute("SELECT count(*) FROM reg.fact").fetchone(), asked_of(owner)) == (facts, set())
    assert [one.id for one in freshening.too_old(case_of(case.id))] == ["brp"]


def test_where_it_says_wait_the_application_waits_and_goes_on_when_there_is_an_answer(
    source: Source, must_wait: None, owner: psycopg.Connection
) -> None:
    source.silent = True
    case = an_application(somebody())
    work()
    assert case_of(case.id).state is CaseState.RECEIVED

    source.silent = False
    models.Job.objects.update(due=LONG_AGO)
    work()
    assert case_of(case.id).state in (CaseState.PREPARED, CaseState.BY_HAND)
    assert asked_of(owner) == NEEDED


def test_nobody_decides_with_old_facts_where_the_register_says_wait(
    source: Source, must_wait: None, owner: psycopg.Connection
) -> None:
    case = waiting(owner)

    with pytest.raises(FactsTooOld, match="too old"):
        decide(case)

    assert case_of(case.id).state is case.state
    assert owner.execute("SELECT count(*) FROM cases_decision").fetchone() == (0,)
    work()  # the refusal asked the source through the outbox
    assert freshening.too_old(case) == ()
    decide(case)
    assert case_of(case.id).state is CaseState.DECIDED


def test_where_it_says_go_on_the_official_may_decide(source: Source, owner: psycopg.Connection) -> None:
    case = waiting(owner)

    decide(case)

    assert case_of(case.id).state is CaseState.DECIDED


def test_every_day_undecided_cases_are_asked_again_and_decided_ones_are_not(
    source: Source, owner: psycopg.Connection
) -> None:
    case, count = waiting(owner), source.asked

    with transaction.atomic():
        assert actions.freshen_daily(TODAY) == 1
    work()
    assert (source.asked, freshening.too_old(case)) == (count + 1, ())

    long_ago(owner)
    decide(case)
    with transaction.atomic():
        actions.freshen_daily(TODAY.replace(day=29))
    work()
    assert source.asked == count + 1


def test_a_job_of_a_silent_source_is_tried_again_and_loses_nothing(source: Source, owner: psycopg.Connection) -> None:
    case = waiting(owner)
    source.silent = True
    assert actions.freshen_soon(case) == 1
    assert actions.freshen_soon(case) == 0  # once an hour
    before = owner.execute("SELECT fact, value FROM reg.fact ORDER BY fact").fetchall()
    work()
    assert owner.execute("SELECT fact, value FROM reg.fact ORDER BY fact").fetchall() == before
    assert [one.id for one in freshening.too_old(case)] == ["brp"]

    source.silent = False
    models.Job.objects.update(due=LONG_AGO)
    work()
    assert freshening.too_old(case) == ()


def test_without_a_connected_source_nothing_is_asked(db: None, owner: psycopg.Connection) -> None:
    case = an_application(a_resident().person)
    work()

    with transaction.atomic():
        assert actions.freshen_daily(TODAY) == 0
    assert (freshening.too_old(case), actions.freshen_soon(case)) == ((), 0)


def test_who_has_no_number_is_not_asked_for_and_does_not_wait(
    source: Source, must_wait: None, owner: psycopg.Connection
) -> None:
    case = an_application(a_resident().person)
    work()

    assert (source.asked, freshening.too_old(case)) == (0, ())
    assert case_of(case.id).state in (CaseState.PREPARED, CaseState.BY_HAND)


def test_what_was_not_agreed_with_the_source_is_not_asked_and_stops_nothing(
    db: None, must_wait: None, owner: psycopg.Connection
) -> None:
    one = Source()
    connect(HaalCentraal(a_connection(), transport=httpx.MockTransport(one.answer), wait=lambda _: None))
    try:
        case = an_application(somebody())
        work()

        assert (one.asked, freshening.too_old(case)) == (0, ())
        assert case_of(case.id).state in (CaseState.PREPARED, CaseState.BY_HAND)
    finally:
        use_source("brp", None)
