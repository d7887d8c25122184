"""Selecting whom a round may approach, and opting out of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import psycopg
import pytest

from tests.access.builders import (
    CLIENTS,
    OFFICIAL,
    PARTNER,
    ROUND,
    RULES,
    STATUS,
    TODAY,
    a_client,
    a_person,
    a_request,
    a_right,
    a_weighed_service,
    days,
    publish_activity,
)
from waardig.access.actions import ask, opt_in, opt_out, select_population
from waardig.access.queries import attributes_of, business_date, opt_outs, opted_out, opted_out_before
from waardig.access.terms import AccessRefused, Actor, Request, Selection
from waardig.logbook.queries import count_lines
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact


def _select(**changes: object) -> Selection:
    given: dict[str, object] = {"actor": ROUND, "as_of": TODAY, "rule_set": RULES, **changes}
    return select_population("proef.ronde", **given)  # type: ignore[arg-type]


def test_clients_and_earlier_recipients_are_selected_and_nobody_else(weighed: psycopg.Connection) -> None:
    client, earlier = a_client(), a_client(status="beeindigd", laatste_iit="2023-01-01")
    a_person()
    a_client(status="beeindigd")

    selection = _select()

    assert selection == Selection(tuple(sorted([client, earlier])), clients=2, opted_out=0)


def test_a_selection_sees_what_was_known_at_its_moment_and_no_more(policy: psycopg.Connection) -> None:
    partners = {"kind": "related", "by": [PARTNER], "to": CLIENTS}
    a_weighed_service(policy, population={"kind": "any", "of": [CLIENTS, partners]})
    stays, ends, comes = a_client(), a_client(), a_client(status="beeindigd")
    partner_before, partner_after = a_person(), a_person()
    store_facts([NewFact(stays, PARTNER, {"person": str(partner_before)}, date(2024, 1, 1))])
    before = datetime.now(UTC)
    store_facts(
        [
            NewFact(ends, STATUS, "beeindigd", date(2024, 1, 1)),
            NewFact(comes, STATUS, "lopend", date(2024, 1, 1)),
            NewFact(stays, PARTNER, {"person": str(partner_after)}, date(2024, 1, 1)),
        ]
    )

    then, now = _select(known_at=before), _select()

    assert then.persons == tuple(sorted([stays, ends, partner_before]))
    assert now.persons == tuple(sorted([stays, comes, partner_after]))
    for moment, met in ((before, then), (datetime.now(UTC), now)):  # one by one the gate says the same
        for person in (stays, ends, comes, partner_before, partner_after):
            asked = a_request(person, attributes=frozenset({STATUS}), known_at=moment)
            assert _is_allowed(asked) == (person in met.persons)


def _is_allowed(request: Request) -> bool:
    try:
        ask(request)
    except AccessRefused as refusal:
        assert refusal.code == "population_outside"
        return False
    return True


def test_those_who_opted_out_are_counted_and_not_given(weighed: psycopg.Connection) -> None:
    client, gone = a_client(), a_client()
    opt_out(gone, "proef", Actor("resident", str(gone)), TODAY)

    assert _select() == Selection((client,), clients=2, opted_out=1)


def test_a_selection_leaves_one_line_without_a_person_outside_the_count_of_the_run(
    weighed: psycopg.Connection,
) -> None:
    a_client()
    run = uuid4()

    _select(run=run)

    assert (count_lines(run).read, count_lines(run).other) == (0, 1)
    assert weighed.execute(
        "SELECT decision, subject, attributes FROM log.detail WHERE about_run = %s", (run,)
    ).fetchall() == [("allow", None, ["uitkeringen.laatste_iit", "uitkeringen.status"])]


def test_a_selection_without_a_weighing_is_refused_and_logged(policy: psycopg.Connection) -> None:
    publish_activity(policy)
    a_client()
    run = uuid4()

    with pytest.raises(AccessRefused) as refusal:
        _select(run=run)

    assert refusal.value.code == "weighing_missing"
    assert policy.execute(
        "SELECT decision, reasons, subject FROM log.detail WHERE about_run = %s", (run,)
    ).fetchall() == [("refuse", ["weighing_missing"], None)]


def test_a_right_cannot_select_a_population(policy: psycopg.Connection) -> None:
    a_right(policy)

    with pytest.raises(AccessRefused) as refusal:
        select_population("proef.inzage", actor=Actor("resident", str(uuid4())), as_of=TODAY)

    assert refusal.value.code == "selection_not_allowed"


def test_an_administrator_sees_the_persons_in_whose_register_they_stand(policy: psycopg.Connection) -> None:
    publish_activity(
        policy,
        id="proef.bewind",
        kind="execution",
        population={"kind": "represented"},
        actors=[{"kind": "organisation"}],
        attributes=["uitkeringen.bewindvoerder"],
    )
    administrator = {"naam": "Bewind BV", "kvk": "12345678", "adres": "Kade 1, 1234 AB Rietwaarden"}
    mine = a_client(bewindvoerder=administrator)
    other = a_client(bewindvoerder={**administrator, "kvk": "87654321"})
    actor = Actor("organisation", "12345678")

    selection = select_population("proef.bewind", actor=actor, as_of=TODAY)

    assert selection.persons == (mine,)
    from tests.access.builders import a_request

    with pytest.raises(AccessRefused) as refusal:
        ask(
            a_request(
                other,
                activity="proef.bewind",
                actor=actor,
                attributes=frozenset({"uitkeringen.bewindvoerder"}),
            )
        )
    assert refusal.value.code in {"population_outside", "persons_too_many"}


def test_opting_out_can_be_undone_and_the_past_stays_known(policy: psycopg.Connection) -> None:
    a_weighed_service(policy)
    person = a_client()
    actor = Actor("resident", str(person))

    assert opt_out(person, "proef", actor, TODAY - days(10), channel="balie") is True
    assert opt_out(person, "proef", actor, TODAY) is False
    assert opted_out(person) == {"proef"}
    assert opt_in(person, "proef", actor, TODAY) is True
    assert opt_in(person, "proef", actor, TODAY) is False

    (known,) = opt_outs(person)
    assert (known.since, known.until, known.channel) == (TODAY - days(10), TODAY - days(1), "balie")
    assert opted_out(person) == frozenset()
    assert _select().persons == (person,)


def test_opting_out_and_in_are_logged_for_the_person(policy: psycopg.Connection) -> None:
    person = a_client()

    opt_out(person, "proef", OFFICIAL, TODAY)
    opt_in(person, "proef", OFFICIAL, TODAY)

    names = policy.execute(
        "SELECT l.name, d.subject = log.pseudonym(%s) FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
        " WHERE d.activity = 'afmelden' ORDER BY l.start_time, l.name",
        (person,),
    ).fetchall()
    assert sorted(names) == [("Afgemeld: proef", True), ("Weer aangemeld: proef", True)]


def test_the_business_date_is_the_one_the_owner_fixed(policy: psycopg.Connection) -> None:
    assert business_date() == TODAY


def test_the_attributes_of_an_activity_are_those_of_the_version_in_force(policy: psycopg.Connection) -> None:
    publish_activity(policy, attributes=["brp.naam"])
    publish_activity(policy, version=2, attributes=["brp.adres"], status="draft")

    assert attributes_of("proef.ronde") == {"brp.naam"}
    assert attributes_of("bestaat.niet") == frozenset()


def test_who_had_opted_out_before_a_day_is_counted_and_not_named(policy: psycopg.Connection) -> None:
    people = [a_client() for _ in range(6)]
    early, everything, late, other, back, never = people
    for person, subject, since in (
        (early, "proef", TODAY - days(2)),
        (everything, "*", TODAY - days(2)),
        (late, "proef", TODAY),
        (other, "andere", TODAY - days(2)),
        (back, "proef", TODAY - days(9)),
    ):
        opt_out(person, subject, Actor("resident", str(person)), since)
    opt_in(back, "proef", Actor("resident", str(back)), TODAY - days(3))

    assert opted_out_before(people, ("*", "proef"), TODAY) == 2
    assert opted_out_before([late, other, back, never], ("*", "proef"), TODAY) == 0
    assert opted_out_before(people, ("*", "proef"), TODAY - days(5)) == 1
    assert opted_out_before([], ("*", "proef"), TODAY) == 0
