"""A register at its source meets the two calls of the gate: asked, committed, fetched, kept whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from uuid import UUID

import httpx
import psycopg
import pytest
from click.testing import CliRunner
from django.db import transaction

from tests.access.builders import ROUND, RULES, STATUS, decide_weighing, publish_activity
from tests.conftest import TODAY
from tests.registers.test_brp_file import SUZANNE
from tests.registers.test_haal_centraal import a_brp, a_connection, a_source, good
from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Actor, Request, Ticket, TicketWorthless
from waardig.demo.numbers import fictional_bsns
from waardig.kernel.content import content_roots
from waardig.logbook.queries import call_gate
from waardig.registers.actions import enrol_persons, mark_under_investigation, publish_declarations, store_facts
from waardig.registers.actions.sources import refresh, refresh_population
from waardig.registers.adapters.haal_centraal import HaalCentraal
from waardig.registers.adapters.sources import use_source
from waardig.registers.cli import import_
from waardig.registers.queries import take
from waardig.registers.terms import NewFact, OverAsking, RegisterFact, SourceUnavailable

POST = Actor("system", "post")
ANNA = UUID("11111111-1111-4111-8111-111111111111")
NOBODY = UUID("22222222-2222-4222-8222-222222222222")
ASKED = frozenset({"brp.naam", "brp.adres", "brp.geheimhouding"})
HOME = {"straat": "Boterdiep", "huisnummer": "31", "postcode": "3077AW", "woonplaats": "Rotterdam"}


@pytest.fixture
def brp(db: None) -> Iterator[None]:
    """A connected BRP over the official test set, and one enrolled person of it."""
    connect(HaalCentraal(a_connection(), transport=httpx.WSGITransport(app=a_brp()), wait=lambda _: None))
    enrol_persons([(ANNA, SUZANNE)])
    yield
    use_source("brp", None)


def connect(source: HaalCentraal | None) -> None:
    use_source("brp", source)
    publish_declarations(content_roots())


def a_ticket(*persons: UUID, attributes: frozenset[str] = ASKED, activity: str = "bericht.bezorgen") -> Ticket:
    return ask(Request(activity, attributes, persons or (ANNA,), POST, TODAY))


def held(ticket: Ticket) -> dict[str, RegisterFact]:
    return {fact.attribute: fact for fact in take(ticket)}


def lines(owner: psycopg.Connection) -> list[tuple[str, list[str]]]:
    return owner.execute("SELECT activity, attributes FROM log.detail ORDER BY recorded_at").fetchall()


def facts(owner: psycopg.Connection) -> int:
    (found,) = owner.execute("SELECT count(*) FROM reg.fact").fetchone() or (0,)
    return int(found)


def test_what_the_source_says_is_kept_with_where_it_came_from(brp: None) -> None:
    done = refresh(a_ticket())

    found = held(a_ticket())
    assert (done.persons, done.unknown, done.stored) == (1, (), 3)
    assert found["brp.adres"].value == HOME
    assert found["brp.adres"].valid_from == date(2015, 8, 8)
    assert (found["brp.adres"].source, found["brp.adres"].holder) == ("brp", "burgerzaken")
    assert found["brp.naam"].valid_from == TODAY  # the answer gives no day: since today is all that is known
    assert found["brp.geheimhouding"].value is False


def test_the_line_stands_in_the_log_before_the_source_hears_anything(db: None, owner: psycopg.Connection) -> None:
    seen: list[int] = []

    def answer(_: httpx.Request) -> httpx.Response:
        (count,) = owner.execute("SELECT count(*) FROM log.detail WHERE activity = 'bericht.bezorgen'").fetchone() or (
            0,
        )
        seen.append(int(count))
        return good()

    connect(a_source(answer)[0])
    enrol_persons([(ANNA, SUZANNE)])
    try:
        refresh(a_ticket())
    finally:
        use_source("brp", None)
    assert seen == [1]


def test_asking_again_changes_nothing(brp: None, owner: psycopg.Connection) -> None:
    refresh(a_ticket())
    before = facts(owner)
    again = refresh(a_ticket())
    assert (again.stored, again.unchanged, facts(owner)) == (0, 3, before)


def test_only_the_attributes_of_the_ticket_are_fetched(brp: None, owner: psycopg.Connection) -> None:
    refresh(a_ticket(attributes=frozenset({"brp.naam"})))
    assert owner.execute("SELECT DISTINCT attribute FROM reg.fact").fetchall() == [("brp.naam",)]


def test_a_new_address_ends_the_old_one_and_the_past_stays(brp: None, owner: psycopg.Connection) -> None:
    old = {"straat": "Leyweg", "huisnummer": "1", "postcode": "2584AE", "woonplaats": "'s-Gravenhage"}
    store_facts([NewFact(ANNA, "brp.adres", old, date(2010, 10, 1))])

    done = refresh(a_ticket())

    rows = owner.execute(
        "SELECT value ->> 'straat', valid_from, valid_to FROM reg.fact WHERE attribute = 'brp.adres' "
        "AND superseded_at IS NULL ORDER BY valid_from"
    ).fetchall()
    assert done.superseded == 1
    assert rows == [("Leyweg", date(2010, 10, 1), date(2015, 8, 7)), ("Boterdiep", date(2015, 8, 8), None)]


def test_what_a_resident_doubts_stays_in_doubt_when_the_source_says_the_same(brp: None) -> None:
    name = {"voorletters": "S.", "geslachtsnaam": "Moulin", "geslacht": "V"}
    store_facts([NewFact(ANNA, "brp.naam", name, date(1985, 12, 1))])
    own = ask(Request("correctie", frozenset({"brp.naam"}), (ANNA,), Actor("resident", str(ANNA)), TODAY))
    (fact,) = take(own)
    mark_under_investigation(own, fact.fact_id, reason="Mijn naam is anders")

    refresh(a_ticket())

    assert held(a_ticket())["brp.naam"].fact_id == fact.fact_id
    assert held(a_ticket())["brp.naam"].under_investigation


@pytest.mark.parametrize(
    "answer", [httpx.Response(503), httpx.Response(200, content=b'{"type": "Raa'), good("999990019")]
)
def test_a_source_that_fails_leaves_everything_as_it_was(
    brp: None, owner: psycopg.Connection, answer: httpx.Response
) -> None:
    refresh(a_ticket())
    before = facts(owner)
    connect(a_source(answer)[0])
    ticket = a_ticket()

    with pytest.raises(SourceUnavailable) as refused:
        refresh(ticket)

    assert refused.value.code == "source_unavailable"
    assert facts(owner) == before
    assert held(ticket)["brp.adres"].value == HOME  # what was known is still there for who may have it


def test_the_second_part_failing_keeps_nothing_of_the_first(brp: None, owner: psycopg.Connection) -> None:
    people = [(UUID(int=n), bsn) for n, bsn in enumerate(islice(fictional_bsns(11), 25), start=1)]
    enrol_persons(people)

    def first(request: httpx.Request) -> httpx.Response:
        return good(*json.loads(request.content)["burgerservicenummer"])

    connect(a_source(first, httpx.Response(503))[0])
    with pytest.raises(SourceUnavailable):
        refresh(a_ticket(*(person for person, _ in people)))
    assert facts(owner) == 0


def test_who_is_not_in_the_source_is_named_and_stays_as_they_were(brp: None) -> None:
    enrol_persons([(NOBODY, next(fictional_bsns(11)))])
    done = refresh(a_ticket(ANNA, NOBODY))
    assert (done.persons, done.unknown) == (2, (NOBODY,))


def test_no_purpose_no_question(brp: None, owner: psycopg.Connection) -> None:
    source, seen = a_source(good(), purposes={"iets.anders": "x"})
    connect(source)
    with pytest.raises(OverAsking):
        refresh(a_ticket())
    assert (seen, facts(owner)) == ([], 0)


def test_a_number_is_given_only_for_a_committed_ticket_about_a_connected_source(brp: None) -> None:
    def numbers(ticket: UUID) -> list[tuple[object, ...]]:
        return call_gate("SELECT person, bsn FROM gate.take_numbers(%s)", [ticket])

    about_it = a_ticket()
    beside_it = a_ticket(attributes=frozenset({"uitkeringen.bewindvoerder"}))
    assert numbers(about_it.id) == [(ANNA, SUZANNE)]
    assert numbers(beside_it.id) == []
    assert numbers(NOBODY) == []
    connect(None)
    assert numbers(about_it.id) == []


def test_inside_a_transaction_and_without_a_ticket_nothing_is_asked(brp: None) -> None:
    source, seen = a_source(good())
    connect(source)
    ticket = a_ticket()
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        refresh(ticket)
    with pytest.raises(TicketWorthless):
        refresh(Ticket(NOBODY, "bericht.bezorgen", "", (ANNA,), ASKED))
    assert seen == []


def test_without_a_connected_register_nothing_happens(db: None) -> None:
    enrol_persons([(ANNA, SUZANNE)])
    assert refresh(a_ticket()).persons == 0


def test_the_command_says_what_to_do(brp: None) -> None:
    runner = CliRunner()
    beside = runner.invoke(import_, ["source", "kvk", "--activity", "bericht.bezorgen"])
    refused = runner.invoke(import_, ["source", "brp", "--activity", "geen.activiteit"])
    nothing = runner.invoke(import_, ["source", "brp", "--activity", "bericht.lezen"])
    assert (beside.exit_code, refused.exit_code, nothing.exit_code) == (2, 1, 1)
    assert "WAARDIG_SOURCES" in beside.output
    assert "at_source" in nothing.output


def test_everybody_of_a_weighed_activity_is_brought_up_to_date_and_a_stop_is_gone_on_with(
    brp: None, owner: psycopg.Connection
) -> None:
    decide_weighing(owner, attributes=["brp.naam", STATUS])
    publish_activity(owner, attributes=["brp.naam", STATUS])
    source, _ = a_source(httpx.Response(503), purposes={"proef.ronde": "BRPACT-Proef"})
    whole = HaalCentraal(a_connection(purposes={"proef.ronde": "BRPACT-Proef"}),
                         transport=httpx.WSGITransport(app=a_brp()))  # fmt: skip
    enrol_persons([(NOBODY, "999990019")])
    store_facts([NewFact(ANNA, STATUS, "lopend"), NewFact(NOBODY, STATUS, "beeindigd")])

    connect(source)
    with pytest.raises(SourceUnavailable):
        refresh_population("proef.ronde", "brp", actor=ROUND, rule_set=RULES)
    connect(whole)
    first, again = (refresh_population("proef.ronde", "brp", actor=ROUND, rule_set=RULES) for _ in range(2))

    assert (first.persons, first.stored, again.stored, again.unchanged) == (1, 1, 0, 1)
    assert owner.execute("SELECT DISTINCT person FROM reg.fact WHERE attribute LIKE 'brp.%'").fetchall() == [(ANNA,)]


def test_without_a_decided_weighing_nobody_is_asked_about(brp: None, owner: psycopg.Connection) -> None:
    publish_activity(owner, attributes=["brp.naam", STATUS])
    source, seen = a_source(good(), purposes={"proef.ronde": "BRPACT-Proef"})
    connect(source)
    store_facts([NewFact(ANNA, STATUS, "lopend")])
    with pytest.raises(AccessRefused):
        refresh_population("proef.ronde", "brp", actor=ROUND, rule_set=RULES)
    assert seen == []
