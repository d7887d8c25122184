"""Every reason against: nothing is read, nothing changes, and the refusal stands in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.access.builders import (
    BORN,
    INCOME,
    OFFICIAL,
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
    decide_weighing,
    own_request,
    publish_activity,
)
from waardig.access.actions import ask, opt_out, suspend_service
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.kernel.clock import wall_now
from waardig.logbook.terms import LogbookUnavailable
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact

_REGISTERS = (
    "SELECT (SELECT count(*) FROM reg.person), (SELECT count(*) FROM reg.fact), (SELECT count(*) FROM pol.activity)"
)


def _refused(owner: psycopg.Connection, request: Request, *codes: str) -> AccessRefused:
    """Asks, and asserts the refusal with exactly these codes, one line a person, and nothing else changed."""
    before = owner.execute(_REGISTERS).fetchone()
    lines = owner.execute("SELECT count(*) FROM log.detail").fetchone()

    with pytest.raises(AccessRefused) as refusal:
        ask(request)

    assert tuple(reason.code for reason in refusal.value.reasons) == codes
    added = owner.execute(
        "SELECT decision, reasons FROM log.detail d JOIN log.line l USING (trace_id, span_id)"
        " ORDER BY l.start_time DESC, d.decision DESC LIMIT %s",
        (max(1, len(request.persons)) if len(request.persons) <= 500 else 1,),
    ).fetchall()
    assert added == [("refuse", list(codes))] * len(added)
    after = owner.execute("SELECT count(*) FROM log.detail").fetchone()
    assert lines and after and after[0] - lines[0] == len(added)
    assert owner.execute(_REGISTERS).fetchone() == before
    opened = owner.execute("SELECT count(*) FROM gate.ticket WHERE allowed AND kind = 'read'").fetchone()
    assert opened == (0,)
    return refusal.value


def test_an_attribute_outside_the_activity_is_refused_and_named(weighed: psycopg.Connection) -> None:
    request = a_request(a_client(), attributes=frozenset({STATUS, BORN}))

    refusal = _refused(weighed, request, "attributes_surplus", "weighing_other_attributes")

    assert refusal.reasons[0].facts["attributes"] == [BORN]
    assert BORN in refusal.text_nl


def test_an_unknown_activity_is_refused(weighed: psycopg.Connection) -> None:
    _refused(weighed, a_request(a_client(), activity="bestaat.niet"), "activity_unknown")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status": "draft"}, "activity_not_active"),
        ({"status": "ended"}, "activity_not_active"),
        ({"valid_from": TODAY + days(1)}, "activity_not_yet"),
        ({"valid_to": TODAY - days(1)}, "activity_over"),
    ],
)
def test_an_activity_that_is_not_in_force_is_refused(
    policy: psycopg.Connection, changes: dict[str, Any], code: str
) -> None:
    a_weighed_service(policy, **changes)

    _refused(policy, a_request(a_client()), code)


def test_an_activity_counts_on_its_first_and_on_its_last_day(policy: psycopg.Connection) -> None:
    a_weighed_service(policy, valid_from=TODAY, valid_to=TODAY)

    assert ask(a_request(a_client())).activity == "proef.ronde"


def test_a_newer_draft_does_not_take_the_place_of_the_version_in_force(policy: psycopg.Connection) -> None:
    a_weighed_service(policy)
    publish_activity(policy, version=2, status="draft", attributes=[STATUS, INCOME, BORN])

    assert ask(a_request(a_client()))
    _refused_now = a_request(a_client(), attributes=frozenset({BORN}))
    with pytest.raises(AccessRefused) as refusal:
        ask(_refused_now)
    assert refusal.value.code == "attributes_surplus"


@pytest.mark.parametrize(
    "actor", [OFFICIAL, Actor("system", "x"), Actor("system", "x", "behandelaar"), Actor("system", "", "ronde")]
)
def test_an_actor_that_the_activity_does_not_name_is_refused(weighed: psycopg.Connection, actor: Actor) -> None:
    _refused(weighed, a_request(a_client(), actor=actor), "actor_not_allowed")


def test_nothing_asked_about_nobody_is_refused_with_a_line_without_a_person(weighed: psycopg.Connection) -> None:
    _refused(weighed, a_request(attributes=frozenset()), "attributes_missing", "persons_missing")

    assert weighed.execute("SELECT subject FROM log.detail WHERE activity = 'proef.ronde'").fetchall() == [(None,)]


def test_more_than_five_hundred_persons_are_refused(weighed: psycopg.Connection) -> None:
    refusal = _refused(weighed, a_request(*(uuid4() for _ in range(501))), "persons_too_many")

    assert refusal.reasons[0].facts == {"count": 501, "most": 500}


def test_a_right_is_for_one_person_at_a_time(policy: psycopg.Connection) -> None:
    a_right(policy)
    person = a_client()

    _refused(policy, own_request(person, persons=(person, a_client())), "persons_too_many")


def test_a_day_in_the_future_is_refused(weighed: psycopg.Connection) -> None:
    _refused(weighed, a_request(a_client(), as_of=TODAY + days(1)), "as_of_in_future")


def test_a_round_cannot_look_back_to_before_its_announcement_ended(weighed: psycopg.Connection) -> None:
    former = a_client()
    store_facts([NewFact(former, STATUS, "beeindigd", date(2025, 1, 1))])
    first_day = date(2025, 4, 12)  # announced on 15 March, 28 days

    refusal = _refused(weighed, a_request(former, as_of=first_day - days(1)), "as_of_too_early")
    assert refusal.reasons[0].facts["from"] == "2025-04-12"
    _refused(weighed, a_request(former, known_at=wall_now() - timedelta(days=32)), "as_of_too_early")

    assert ask(a_request(a_client(), as_of=first_day)).activity == "proef.ronde"


def test_who_was_an_administrator_is_none_now_whatever_day_is_asked(policy: psycopg.Connection) -> None:
    holder = "uitkeringen.bewindvoerder"
    organisation = Actor("organisation", "12345678")
    administrator = {"naam": "Bewind BV", "kvk": "12345678", "adres": "Kade 1, 1234 AB Rietwaarden"}
    a_right(policy, population={"kind": "represented"}, actors=[{"kind": "organisation"}])
    person = a_client(bewindvoerder=administrator)
    request = own_request(person, actor=organisation, as_of=date(2024, 6, 1))
    assert ask(request).persons == (person,)
    policy.execute("DELETE FROM gate.ticket")

    store_facts([NewFact(person, holder, None, TODAY - days(30))])

    _refused(policy, request, "population_outside")


def test_somebody_who_is_no_client_makes_the_population_too_wide(weighed: psycopg.Connection) -> None:
    client, stranger, former = a_client(), a_person(), a_client(status="beeindigd")

    refusal = _refused(weighed, a_request(client, stranger, former), "population_outside")

    assert refusal.reasons[0].facts == {"persons": [str(stranger), str(former)], "count": 2}


def test_an_earlier_recipient_is_inside_the_population(weighed: psycopg.Connection) -> None:
    former = a_client(status="beeindigd", laatste_iit="2024-03-01")

    assert ask(a_request(former)).persons == (former,)


def test_a_person_id_that_nobody_has_is_outside_every_population(weighed: psycopg.Connection) -> None:
    _refused(weighed, a_request(uuid4()), "population_outside")


def test_a_predicate_that_no_room_publishes_lets_nobody_in(policy: psycopg.Connection) -> None:
    a_right(policy, population={"kind": "buren"}, actors=[{"kind": "system"}])

    _refused(policy, own_request(a_client(), actor=ROUND), "population_unavailable")


@pytest.mark.parametrize("subject", ["proef", "proef.ronde", "*"])
def test_somebody_who_opted_out_is_not_read(weighed: psycopg.Connection, subject: str) -> None:
    client, other = a_client(), a_client()
    opt_out(client, subject, Actor("resident", str(client)), TODAY)

    refusal = _refused(weighed, a_request(client, other), "opted_out")

    assert refusal.reasons[0].facts == {"persons": [str(client)], "count": 1}


def test_an_opt_out_of_something_else_or_from_tomorrow_changes_nothing(weighed: psycopg.Connection) -> None:
    client = a_client()
    opt_out(client, "andere", Actor("resident", str(client)), TODAY)
    opt_out(client, "proef", Actor("resident", str(client)), TODAY + days(1))

    assert ask(a_request(client)).persons == (client,)


def test_a_round_without_a_decided_weighing_is_refused(policy: psycopg.Connection) -> None:
    publish_activity(policy)

    _refused(policy, a_request(a_client()), "weighing_missing")


def test_a_draft_and_a_withdrawn_weighing_are_no_weighing(policy: psycopg.Connection) -> None:
    publish_activity(policy)
    decide_weighing(policy, status="draft")
    _refused(policy, a_request(a_client()), "weighing_missing")

    decide_weighing(policy, version=2)
    assert ask(a_request(a_client()))
    policy.execute("UPDATE pol.dossier SET status = 'withdrawn' WHERE version = 2")
    policy.execute("DELETE FROM gate.ticket")

    _refused(policy, a_request(a_client()), "weighing_missing")


_GAPS: list[tuple[dict[str, Any], str]] = [
    ({"dpia_reference": None}, "dpia_missing"),
    ({"dpia_reference": ""}, "dpia_missing"),
    ({"dpia_on": None}, "dpia_missing"),
    ({"dpia_on": TODAY + days(1)}, "dpia_missing"),
    ({"advice_reference": None}, "advice_missing"),
    ({"advice_on": None}, "advice_missing"),
    ({"announced_on": None}, "announcement_missing"),
    ({"announced_on": TODAY - days(27)}, "announcement_running"),
    ({"expires_on": TODAY - days(1)}, "weighing_expired"),
    ({"decided_on": TODAY + days(1)}, "weighing_not_yet"),
    ({"valid_from": TODAY + days(1)}, "weighing_not_yet"),
    ({"activities": ["proef.anders"]}, "weighing_other_activity"),
    ({"purposes": ["https://example.nl/verwerkingen/proef.ronde/0"]}, "weighing_other_version"),
    ({"purposes": []}, "weighing_other_version"),
    ({"rule_sets": ["b" * 64]}, "weighing_other_rule_set"),
    ({"rule_sets": []}, "weighing_other_rule_set"),
    ({"attributes": [STATUS]}, "weighing_other_attributes"),
]


@pytest.mark.parametrize(("gap", "code"), _GAPS, ids=[f"{next(iter(g))}-{c}" for g, c in _GAPS])
def test_a_gap_in_the_weighing_stops_the_round(policy: psycopg.Connection, gap: dict[str, Any], code: str) -> None:
    publish_activity(policy)
    decide_weighing(policy, **gap)

    _refused(policy, a_request(a_client()), code)


@pytest.mark.parametrize("edge", [{"announced_on": TODAY - days(28)}, {"expires_on": TODAY}, {"decided_on": TODAY}])
def test_the_weighing_holds_from_its_first_to_its_last_day(policy: psycopg.Connection, edge: dict[str, date]) -> None:
    publish_activity(policy)
    decide_weighing(policy, **edge)

    assert ask(a_request(a_client()))


def test_a_rule_set_that_changed_after_the_decision_is_not_covered(weighed: psycopg.Connection) -> None:
    _refused(weighed, a_request(a_client(), rule_set="b" * 64), "weighing_other_rule_set")
    _refused(weighed, a_request(a_client(), rule_set=None), "rule_set_missing")


def test_several_gaps_are_all_named(policy: psycopg.Connection) -> None:
    publish_activity(policy)
    decide_weighing(policy, dpia_on=None, advice_on=None, announced_on=None)

    _refused(policy, a_request(a_client()), "dpia_missing", "advice_missing", "announcement_missing")


def test_a_suspended_service_stands_still_and_a_right_goes_on(weighed: psycopg.Connection) -> None:
    a_right(weighed)
    person = a_client()

    suspend_service("proef", on=TODAY, actor=OFFICIAL, reason="de cijfers kloppen niet")

    refusal = _refused(weighed, a_request(person), "suspended")
    assert refusal.reasons[0].facts["since"] == "2025-04-28"
    assert ask(own_request(person)).persons == (person,)


def test_a_service_starts_again_only_with_two_people_and_by_the_owner(weighed: psycopg.Connection) -> None:
    suspend_service("proef", on=TODAY, actor=OFFICIAL, reason="storing")
    alone = "UPDATE pol.suspension SET resumed_on = %s, resumed_by = 'a', confirmed_by = 'a'"
    together = "UPDATE pol.suspension SET resumed_on = %s, resumed_by = 'a', confirmed_by = 'b'"

    with pytest.raises(psycopg.errors.CheckViolation):
        weighed.execute(alone, (TODAY,))
    weighed.execute(together, (TODAY,))

    assert ask(a_request(a_client()))


def test_the_log_made_read_only_gives_no_data_and_a_clear_error(weighed: psycopg.Connection) -> None:
    person = a_client()
    weighed.execute("REVOKE INSERT ON log.line FROM CURRENT_USER")
    try:
        with pytest.raises(LogbookUnavailable) as refusal:
            ask(a_request(person))
    finally:
        weighed.execute("GRANT INSERT ON log.line TO CURRENT_USER")

    assert refusal.value.sqlstate == "42501"
    assert "vastleggen" in refusal.value.text_nl and "cannot be written" in str(refusal.value)
    assert weighed.execute("SELECT count(*) FROM gate.ticket").fetchone() == (0,)
    assert weighed.execute("SELECT count(*) FROM log.detail WHERE activity = 'proef.ronde'").fetchone() == (0,)


def test_a_log_that_fails_half_way_leaves_no_ticket_either(weighed: psycopg.Connection) -> None:
    person = a_client()
    weighed.execute("ALTER TABLE log.detail ADD CONSTRAINT full_disk CHECK (activity <> 'proef.ronde') NOT VALID")
    try:
        with pytest.raises(LogbookUnavailable):
            ask(a_request(person))
    finally:
        weighed.execute("ALTER TABLE log.detail DROP CONSTRAINT full_disk")

    assert weighed.execute("SELECT count(*) FROM gate.ticket").fetchone() == (0,)


_FORBIDDEN: list[dict[str, Any]] = [
    {"kind": "right", "population": {"kind": "self"}},
    {"population": {"kind": "anyone"}},
    {"population": {"kind": "any", "of": [{"kind": "anyone"}]}},
    {"actors": []},
    {"legal_basis": []},
    {"max_persons": 501},
]


@pytest.mark.parametrize("changes", _FORBIDDEN, ids=lambda c: next(iter(c)))
def test_some_activities_cannot_even_be_published(policy: psycopg.Connection, changes: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        publish_activity(policy, **changes)


_CHANGES: list[Callable[[psycopg.Connection], object]] = [
    lambda db: db.execute("UPDATE pol.activity SET attributes = '{brp.naam}' WHERE id = 'proef.ronde'"),
    lambda db: db.execute("DELETE FROM pol.activity WHERE id = 'proef.ronde'"),
    lambda db: db.execute("UPDATE pol.dossier SET rule_sets = '{}' WHERE id = 'weging-proef'"),
    lambda db: db.execute("DELETE FROM pol.dossier WHERE id = 'weging-proef'"),
]


def test_an_attribute_that_its_register_keeps_out_of_bulk_cannot_be_read_by_a_service(
    policy: psycopg.Connection,
) -> None:
    from waardig.kernel.content import content_roots
    from waardig.registers.actions import publish_declarations

    wage = "suwinet.loon"
    assert publish_declarations(content_roots()) >= 3
    publish_activity(policy, attributes=[STATUS, wage])
    decide_weighing(policy, attributes=[STATUS, wage])
    a_right(policy, attributes=[wage])
    person = a_client()

    _refused(policy, a_request(person, attributes=frozenset({STATUS, wage})), "attributes_never_in_bulk")

    assert ask(own_request(person, attributes=frozenset({wage}))).persons == (person,)


@pytest.mark.parametrize("change", _CHANGES)
def test_a_published_version_and_a_decision_never_change(
    weighed: psycopg.Connection, change: Callable[[psycopg.Connection], object]
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        change(weighed)

    assert ask(a_request(a_client(), rule_set=RULES))
