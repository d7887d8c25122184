"""The first look of a round: of whom the law already says no nothing else is read, and every line says what was."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import psycopg
import pytest

from tests.cases.builders import SERVICE, TODAY, a_resident
from waardig.access import actions as access
from waardig.access.actions import set_business_date
from waardig.access.terms import Actor, Request
from waardig.cases import queries as cases
from waardig.kernel.content import content_roots
from waardig.proposals import models, queries
from waardig.proposals.actions import run_round
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact
from waardig.values.actions import decide as decide_weighing

FIRST = ["uitkeringen.laatste_iit", "uitkeringen.partner"]
TOO_EARLY = "toekenning_lang_genoeg_geleden"
LATELY, LONG_AGO = "2025-02-03", "2024-03-14"
ways = pytest.mark.parametrize("bulk_from", [1, 1000], ids=["at once", "one by one"])


@pytest.fixture(autouse=True)
def weighed(owner: psycopg.Connection) -> None:
    set_business_date(TODAY)
    decide_weighing(content_roots()[-1] / "services" / SERVICE / "decision.yaml", on=TODAY)


def a_couple(first: str, second: str) -> tuple[UUID, UUID]:
    """Two partners by the date of the last grant of each."""
    one = a_resident(uitkeringen__laatste_iit=first, uitkeringen__partner=None).person
    other = a_resident(uitkeringen__laatste_iit=second, uitkeringen__partner={"person": str(one)}).person
    store_facts([NewFact(one, "uitkeringen.partner", {"person": str(other)}, date(2018, 1, 1))])
    return one, other


def outcome(person: UUID) -> tuple[str, str]:
    [item] = models.RunItem.objects.filter(person=person)
    return item.outcome, item.reason


def lines(owner: psycopg.Connection, person: UUID) -> list[tuple[bool, list[str]]]:
    """The lines of the round about a person: whether each counts for the run, and what was read."""
    rows = owner.execute(
        "SELECT run IS NOT NULL, ARRAY(SELECT unnest(attributes) ORDER BY 1) FROM log.detail"
        " WHERE subject = log.pseudonym(%s) AND activity = 'iit.ronde' ORDER BY run IS NULL",
        [person],
    )
    return [(counts, names) for counts, names in rows]


@ways
def test_who_got_it_lately_is_a_no_and_nothing_else_is_read(owner: psycopg.Connection, bulk_from: int) -> None:
    person = a_resident(uitkeringen__laatste_iit=LATELY, brp__geboortedatum="2010-01-01").person

    summary = run_round(SERVICE, bulk_from=bulk_from)

    assert outcome(person) == ("not_entitled", TOO_EARLY)
    assert lines(owner, person) == [(True, FIRST)]
    assert (summary.read, summary.evaluated, summary.not_entitled, summary.log_lines) == (1, 1, 1, 1)
    assert summary.reasons == {TOO_EARLY: 1}


@ways
def test_who_may_have_it_is_read_whole_and_both_lines_say_so(owner: psycopg.Connection, bulk_from: int) -> None:
    person = a_resident(uitkeringen__laatste_iit=LONG_AGO).person

    summary = run_round(SERVICE, bulk_from=bulk_from)

    assert outcome(person) == ("proposed", "qualifies")
    assert lines(owner, person) == [(True, FIRST), (False, sorted(cases.attributes_of(SERVICE, TODAY)))]
    assert (summary.read, summary.proposals, summary.log_lines) == (1, 1, 1)


@ways
@pytest.mark.parametrize(("first", "second"), [(LATELY, LONG_AGO), (LONG_AGO, LATELY)])
def test_of_a_couple_the_grant_of_either_is_enough(
    owner: psycopg.Connection, bulk_from: int, first: str, second: str
) -> None:
    couple = a_couple(first, second)

    run_round(SERVICE, bulk_from=bulk_from)

    assert [outcome(person) for person in couple] == [("not_entitled", TOO_EARLY)] * 2
    assert [lines(owner, person) for person in couple] == [[(True, FIRST)]] * 2


@ways
def test_doubt_about_what_was_read_first_still_goes_to_a_person(owner: psycopg.Connection, bulk_from: int) -> None:
    person = a_resident(uitkeringen__laatste_iit=LONG_AGO).person
    store_facts([NewFact(person, FIRST[0], LATELY, date(2018, 1, 1), under_investigation=True)])

    summary = run_round(SERVICE, bulk_from=bulk_from)

    assert outcome(person) == ("excluded", "under_investigation")
    assert len(lines(owner, person)) == 2
    assert (summary.to_person, summary.proposals) == (1, 0)


@ways
def test_what_protects_people_holds_for_who_may_have_it(owner: psycopg.Connection, bulk_from: int) -> None:
    guarded = a_resident(uitkeringen__laatste_iit=LONG_AGO, brp__curatele=True).person
    cannot = a_resident(uitkeringen__laatste_iit=LATELY, brp__curatele=True).person

    run_round(SERVICE, bulk_from=bulk_from)

    assert outcome(guarded) == ("excluded", "under_guardianship")
    assert outcome(cannot) == ("not_entitled", TOO_EARLY)  # nobody has to look at what cannot be


@ways
def test_a_dry_run_looks_the_same_way_and_stores_nothing(owner: psycopg.Connection, bulk_from: int) -> None:
    one, other = (
        a_resident(uitkeringen__laatste_iit=LATELY).person,
        a_resident(uitkeringen__laatste_iit=LONG_AGO).person,
    )

    summary = run_round(SERVICE, dry_run=True, bulk_from=bulk_from)

    assert (summary.not_entitled, summary.proposals, models.RunItem.objects.count()) == (1, 1, 0)
    assert [len(lines(owner, person)) for person in (one, other)] == [1, 2]


def test_a_run_that_asks_again_finds_both_lines(owner: psycopg.Connection) -> None:
    person = a_resident(uitkeringen__laatste_iit=LONG_AGO).person
    others = tuple(a_resident(uitkeringen__laatste_iit=LONG_AGO).person for _ in range(3))
    run_round(SERVICE)
    [run] = queries.runs(SERVICE)
    stored = models.Run.objects.get(id=run.id)
    before = {one: lines(owner, one) for one in (person, *others)}

    def again(*attributes: str) -> set[object]:
        asked = Request(
            activity="iit.ronde",
            attributes=frozenset(attributes),
            persons=(person, *others),
            actor=Actor("system", "proposals"),
            as_of=TODAY,
            run=stored.id,
            rule_set=stored.rule_set,
            known_at=stored.known_at,
        )
        return set(access.ask(asked).lines.values())

    first, whole = again(*FIRST), again(*cases.attributes_of(SERVICE, TODAY))

    assert (len(first), len(whole), first & whole) == (4, 4, set())
    assert (again(*FIRST), again(*cases.attributes_of(SERVICE, TODAY))) == (first, whole)
    assert {one: lines(owner, one) for one in (person, *others)} == before


def test_the_first_look_is_part_of_what_the_round_may_read() -> None:
    first = cases.first_attributes(SERVICE, TODAY)
    assert first == frozenset(FIRST)
    assert first < cases.attributes_of(SERVICE, TODAY)
