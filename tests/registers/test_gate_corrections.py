"""Corrections: a person doubts a value, everybody sees that, the holder confirms or replaces it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.builders import INCOME, OFFICIAL, STATUS, a_client, a_right, open_keeping, own_request
from waardig.access.actions import ask
from waardig.access.terms import Actor, Ticket
from waardig.logbook.terms import GateRefused
from waardig.registers.actions import confirm_fact, mark_under_investigation, replace_fact
from waardig.registers.queries import take
from waardig.registers.terms import RegisterFact, WrongValue


@pytest.fixture
def correcting(owner: psycopg.Connection) -> psycopg.Connection:
    """The owner's connection, with a right that may correct and one that may only look."""
    open_keeping(owner)
    a_right(owner)
    a_right(
        owner,
        id="proef.correctie",
        may_correct=True,
        attributes=[INCOME],
        population={"kind": "any", "of": [{"kind": "self"}, {"kind": "anyone"}]},
        actors=[{"kind": "resident"}, {"kind": "employee"}],
    )
    return owner


def _ticket(person: UUID, *, official: bool = False) -> Ticket:
    changes = {"actor": OFFICIAL} if official else {}
    return ask(own_request(person, activity="proef.correctie", attributes=frozenset({INCOME}), **changes))


def _income(person: UUID, **changes: object) -> RegisterFact:
    (fact,) = take(ask(own_request(person, attributes=frozenset({INCOME}), **changes)))
    return fact


def test_a_doubted_value_is_marked_for_everybody_who_takes_it(correcting: psycopg.Connection) -> None:
    person, case = a_client(), uuid4()
    fact = _income(person)

    opened = mark_under_investigation(_ticket(person), fact.fact_id, reason="verkeerde baan", case=case)

    assert _income(person).under_investigation is True and fact.under_investigation is False
    assert mark_under_investigation(_ticket(person), fact.fact_id, reason="nog eens") == opened
    rows = correcting.execute(
        "SELECT l.name, d.attributes, d.case_id FROM log.detail d JOIN log.line l USING (trace_id, span_id)"
        " WHERE l.name LIKE 'Gegeven in%'"
    ).fetchall()
    assert rows == [("Gegeven in onderzoek gezet", [INCOME], case)]


def test_the_holder_replaces_the_value_and_the_past_stays_as_it_was_known(correcting: psycopg.Connection) -> None:
    person = a_client()
    fact = _income(person)
    mark_under_investigation(_ticket(person), fact.fact_id, reason="te hoog")
    before = datetime.now(UTC)

    replacing = replace_fact(
        _ticket(person, official=True), fact.fact_id, 90_000, attribute=INCOME, reason="loonstrook gezien",
        source="loonstrook", established_on=date(2025, 4, 20),
    )  # fmt: skip

    now = _income(person)
    assert (now.value, now.fact_id, now.source, now.established_on) == (
        90_000,
        replacing,
        "loonstrook",
        date(2025, 4, 20),
    )
    assert (now.valid_from, now.valid_to, now.under_investigation) == (fact.valid_from, fact.valid_to, False)
    then = _income(person, known_at=before)
    assert (then.value, then.under_investigation) == (127_818, True)


def test_the_holder_confirms_the_value_and_the_doubt_ends(correcting: psycopg.Connection) -> None:
    person = a_client()
    fact = _income(person)
    mark_under_investigation(_ticket(person), fact.fact_id, reason="te hoog")

    assert confirm_fact(_ticket(person, official=True), fact.fact_id, reason="klopt met de loonstrook") is True
    assert confirm_fact(_ticket(person, official=True), fact.fact_id, reason="nog eens") is False
    assert _income(person).under_investigation is False


def test_a_resident_cannot_settle_their_own_correction(correcting: psycopg.Connection) -> None:
    person = a_client()
    fact = _income(person)

    for settle in (
        lambda ticket: replace_fact(ticket, fact.fact_id, 0, attribute=INCOME, reason="zelf"),
        lambda ticket: confirm_fact(ticket, fact.fact_id, reason="zelf"),
    ):
        with pytest.raises(GateRefused) as refusal:
            settle(_ticket(person))
        assert refusal.value.code == "correction_not_opened"

    assert _income(person).value == 127_818


def test_a_ticket_that_may_not_correct_or_is_about_another_opens_nothing(correcting: psycopg.Connection) -> None:
    person, other = a_client(), a_client()
    fact = _income(person)
    (status,) = take(ask(own_request(person, attributes=frozenset({STATUS}))))
    looking = ask(own_request(person, attributes=frozenset({INCOME})))

    for ticket, fact_id in (
        (looking, fact.fact_id),
        (_ticket(other), fact.fact_id),
        (_ticket(person), status.fact_id),
        (_ticket(person), uuid4()),
    ):
        with pytest.raises(GateRefused) as refusal:
            mark_under_investigation(ticket, fact_id, reason="x")
        assert refusal.value.code == "correction_not_opened"

    assert correcting.execute("SELECT count(*) FROM reg.investigation").fetchone() == (0,)


def test_a_corrected_value_must_fit_its_declaration(correcting: psycopg.Connection) -> None:
    person = a_client()
    fact = _income(person)

    with pytest.raises(WrongValue):
        replace_fact(_ticket(person, official=True), fact.fact_id, "veel", attribute=INCOME, reason="x")
    with pytest.raises(GateRefused):
        replace_fact(_ticket(person, official=True), fact.fact_id, "lopend", attribute=STATUS, reason="x")

    assert _income(person).value == 127_818


def test_the_counter_marks_a_value_and_never_confirms_or_replaces_it(correcting: psycopg.Connection) -> None:
    person = a_client()
    fact = _income(person)
    counter = Actor("employee", "f.yildiz", "loket")
    ticket = ask(own_request(person, activity="proef.correctie", attributes=frozenset({INCOME}), actor=counter))
    mark_under_investigation(ticket, fact.fact_id, reason="aan het loket gezegd")

    with pytest.raises(GateRefused):
        confirm_fact(ticket, fact.fact_id, reason="klopt toch")
    with pytest.raises(GateRefused):
        replace_fact(ticket, fact.fact_id, 1, attribute=INCOME, reason="anders")

    after = _income(person)
    assert (after.fact_id, after.value, after.under_investigation) == (fact.fact_id, fact.value, True)
