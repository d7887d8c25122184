"""The decision for others: it says what the gate says, and what is left out of the log changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.access.builders import (
    BORN,
    HOUSEHOLD,
    INCOME,
    RULES,
    STATUS,
    TODAY,
    decide_weighing,
    publish_activity,
)
from waardig.access.core import authzen
from waardig.access.core.deciding import as_of, decide
from waardig.access.core.policies import as_it_was, mutable
from waardig.access.queries import policy_asked, policy_of_version
from waardig.access.terms import Caller, Known, Permit, Policy, Question, Standstill, Verdict, Weighed

URI = "https://example.nl/verwerkingen/proef/1"
NAMES = ["a.een", "a.twee", "a.drie", "a.vier"]
EDGES = st.sampled_from([TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)])
DAY = EDGES | st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=60))
PAST = st.just(TODAY - timedelta(days=50))
NAME_SETS = st.frozensets(st.sampled_from(NAMES))
VALUES = st.sampled_from(["open", "dicht", True, False, 1, 0])
WHEN = st.dictionaries(
    st.sampled_from(["resource.status", "action.soft", "subject.team"]),
    st.lists(VALUES, min_size=1, max_size=2).map(tuple),
    max_size=2,
)
IDS = st.sampled_from(["jan", "piet", "", "999990019"])
PERMITS = st.builds(
    Permit,
    st.frozensets(st.sampled_from(["read", "write"]), min_size=1),
    st.sampled_from(["person", "record"]),
    st.frozensets(IDS, max_size=1),
    st.frozensets(IDS, max_size=1),
    WHEN,
)
KNOWN = st.builds(
    Known,
    st.sampled_from(["subject", "resource"]),
    st.sampled_from(["employee", "record"]),
    IDS,
    st.dictionaries(st.sampled_from(["status", "team"]), VALUES, max_size=1),
)
WEIGHED = st.builds(
    Weighed,
    id=st.just("weging-proef"),
    version=st.just(1),
    activities=st.sampled_from([frozenset({"proef"}), frozenset()]),
    purposes=st.sampled_from([frozenset({URI}), frozenset()]),
    rule_sets=st.just(frozenset({RULES})),
    attributes=NAME_SETS,
    decided_on=DAY,
    valid_from=DAY,
    dpia_reference=st.sampled_from(["DPIA", ""]),
    dpia_on=st.none() | DAY,
    advice_reference=st.just("FG"),
    advice_on=st.none() | DAY,
    announced_on=st.none() | DAY,
    announcement_days=st.sampled_from([0, 1, 2, 28]),
    expires_on=st.none() | DAY,
)
POLICIES = st.builds(
    Policy,
    id=st.just("proef"),
    version=st.just(1),
    uri=st.just(URI),
    service=st.just("proef"),
    kind=st.sampled_from(["service", "right"]),
    status=st.sampled_from(["active", "active", "active", "ended"]),
    valid_from=PAST | DAY,
    valid_to=st.none() | DAY,
    actors=st.lists(
        st.tuples(st.sampled_from(["employee", "system"]), st.sampled_from([None, "loket"])), min_size=1, max_size=2
    ).map(tuple),
    attributes=NAME_SETS,
    permits=st.lists(PERMITS, min_size=1, max_size=3).map(tuple),
    subjects=st.sampled_from([{}, {"user": "employee"}]),
    known=st.lists(KNOWN, max_size=2).map(tuple),
    weighed=st.none() | WEIGHED,
    standstill=st.none() | st.just(Standstill(TODAY, "klacht")),
    never_in_bulk=st.sampled_from([frozenset(), frozenset({"a.een"})]),
    for_caller=st.sampled_from([True, True, True, False]),
)
QUESTIONS = st.builds(
    Question,
    st.sampled_from(["employee", "system", "user", "resident"]),
    IDS,
    st.sampled_from(["read", "write", "wissen"]),
    st.sampled_from(["person", "record"]),
    IDS,
    st.dictionaries(st.sampled_from(["resource.status", "action.soft", "subject.team", "subject.role"]), VALUES),
    st.just(URI),
    NAME_SETS,
    st.sampled_from([None, RULES, "b" * 64]),
    st.sampled_from(
        [
            None,
            f"{TODAY}T08:00Z",
            f"{TODAY - timedelta(days=1)}T08:00Z",
            "2025-04-28T10:00:00Z",
            "2025-06-28T10:00Z",
            "2025-04-20T10:00:00.5+02:00",
            "gisteren",
            "",
        ]
    ),
)
many = settings(max_examples=400)


def asked(question: Question) -> dict[str, Any]:
    """The request as a caller sends it."""
    properties: dict[str, dict[str, Any]] = {"subject": {}, "action": {}, "resource": {}}
    for name, value in question.properties.items():
        entity, _, key = name.partition(".")
        properties[entity][key] = value
    properties["action"] |= {"processing_activity_id": question.activity}
    properties["resource"] |= {"attributes": sorted(question.attributes)}
    if question.rule_set:
        properties["action"] |= {"rule_set": question.rule_set}
    made: dict[str, Any] = {
        "subject": {"type": question.subject_type, "id": question.subject_id},
        "action": {"name": question.action},
        "resource": {"type": question.resource_type, "id": question.resource_id},
    }
    for name, values in properties.items():
        made[name]["properties"] = values
    return made if question.time is None else {**made, "context": {"time": question.time}}


@many
@given(QUESTIONS.filter(lambda one: one.attributes), POLICIES, st.data())
def test_asking_for_less_never_turns_yes_into_no(question: Question, policy: Policy, data: st.DataObject) -> None:
    fewer = data.draw(st.frozensets(st.sampled_from(sorted(question.attributes)), min_size=1))

    less = decide(replace(question, attributes=fewer), policy, today=TODAY)

    assert set(less.codes) <= set(decide(question, policy, today=TODAY).codes)


@many
@given(QUESTIONS, POLICIES)
def test_what_is_not_known_is_no(question: Question, policy: Policy) -> None:
    def allowed(**changes: Any) -> bool:
        return decide(replace(question, **changes), policy, today=TODAY).allowed

    assert not decide(question, None, today=TODAY).allowed
    assert not allowed(action="onbekend")
    assert not allowed(subject_type="onbekend")
    assert not allowed(resource_type="onbekend")
    assert not allowed(subject_id="")
    assert not allowed(attributes=question.attributes | {"a.onbekend"})
    assert not decide(question, replace(policy, for_caller=False), today=TODAY).allowed
    if policy.kind == "service":
        assert not decide(question, replace(policy, weighed=None), today=TODAY).allowed


@many
@given(QUESTIONS, POLICIES)
def test_the_log_keeps_enough_to_decide_again_and_no_more(question: Question, policy: Policy) -> None:
    kept = authzen.kept(question, policy)

    again = decide(authzen.question_of(kept), as_it_was(policy, mutable(policy)), today=TODAY)

    assert again.codes == decide(question, policy, today=TODAY).codes
    if "999990019" not in {word for _, word in authzen.words(policy)}:
        assert "999990019" not in str(kept)


@many
@given(QUESTIONS)
def test_a_request_is_read_as_it_was_meant(question: Question) -> None:
    expected = {"action.processing_activity_id", "action.rule_set", "resource.attributes"}

    found = authzen.question_of(asked(question))

    stated = {name: value for name, value in found.properties.items() if name not in expected}
    assert replace(found, properties=stated) == question


KIND = st.sampled_from(["service", "right"])
ACTOR = st.sampled_from([("system", "ronde"), ("system", ""), ("employee", "ronde"), ("resident", "")])
OURS = st.frozensets(st.sampled_from([STATUS, INCOME, HOUSEHOLD, BORN]), min_size=1)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=KIND, actor=ACTOR, attributes=OURS, time=st.integers(-60, 3), rules=st.sampled_from([None, RULES, "b" * 64]),
    starts=st.integers(-100, 5), ends=st.none() | st.integers(-5, 50), status=st.sampled_from(["active", "ended"]),
    weighed=st.booleans(), announced=st.none() | st.integers(-80, 5), expires=st.integers(-5, 50),
    dpia=st.none() | st.integers(-50, 5), purposes=st.booleans(), still=st.booleans(),
)  # fmt: skip
def test_it_says_what_the_gate_itself_says(
    owner: psycopg.Connection, *, kind: str, actor: tuple[str, str], attributes: frozenset[str], time: int,
    rules: str | None, starts: int, ends: int | None, status: str, weighed: bool, announced: int | None, expires: int,
    dpia: int | None, purposes: bool, still: bool,
) -> None:  # fmt: skip
    first, last = TODAY + timedelta(starts), None if ends is None else TODAY + timedelta(max(ends, starts))
    day = TODAY + timedelta(time)

    def on(count: int | None) -> date | None:
        return None if count is None else TODAY + timedelta(count)

    with owner.transaction(force_rollback=True):
        publish_activity(
            owner, kind=kind, bulk=kind == "service", valid_from=first, valid_to=last, status=status, register_entry={}
        )
        if weighed:
            named = {} if purposes else {"purposes": ["https://example.nl/anders"]}
            decide_weighing(
                owner, announced_on=on(announced), expires_on=on(max(expires, -50)), dpia_on=on(dpia), **named
            )
        if still:
            owner.execute("INSERT INTO pol.suspension (service, suspended_on, suspended_by, reason)"
                          " VALUES ('proef', %s, 'x', 'klacht')", (TODAY,))  # fmt: skip
        request = {"activity": "proef.ronde", "actor": {"kind": actor[0], "role": actor[1], "id": "x"},
                   "as_of": day.isoformat(), "known_at": "2999-01-01T00:00Z", "rule_set": rules}  # fmt: skip
        (of_gate,) = owner.execute(
            "SELECT gate.why_not(gate.activity_on('proef.ronde', %s), %s, %s, %s)",
            (TODAY, Jsonb({k: v for k, v in request.items() if v}), sorted(attributes), TODAY),
        ).fetchone() or ((),)
        policy = _as_owner_sees(owner)
    ours = decide(
        Question(actor[0], "x", "read", "person", "-", {"subject.role": actor[1]}, URI, attributes, rules,
                 f"{day}T12:00:00Z"), policy, today=TODAY,
    )  # fmt: skip

    assert sorted(ours.codes) == sorted(reason["code"] for reason in of_gate)


def _as_owner_sees(owner: psycopg.Connection) -> Policy:
    """The policy by the queries of the room, inside the owner's open transaction."""
    from unittest import mock

    from waardig.access.queries import evaluating
    from waardig.values import queries as values

    with mock.patch.object(evaluating, "connection", owner), mock.patch.object(values, "connection", owner):
        found = policy_asked("proef.ronde", Caller("x", "x", "0" * 20, frozenset(), frozenset({"proef.ronde"})))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("time", "day"),
    [
        (None, TODAY),
        ("2025-06-27T18:03-07:00", date(2025, 6, 28)),
        ("2025-06-27T22:00:00.123Z", date(2025, 6, 28)),
        ("2025-06-27", None),
        ("2025-06-27T18:03", None),
        ("2025-13-27T18:03Z", None),
        ("", None),
    ],
)
def test_a_moment_is_a_day_in_the_netherlands(time: str | None, day: date | None) -> None:
    assert as_of(time, TODAY) == day


def test_a_verdict_without_reasons_is_yes() -> None:
    assert Verdict().allowed
    assert not Verdict((("not_permitted", {}),)).allowed


def test_an_older_version_is_found_by_its_address_alone(owner: psycopg.Connection) -> None:
    publish_activity(owner, id="proef.oud", version=1, status="ended", register_entry={})
    publish_activity(owner, id="proef.oud", version=2, register_entry={})
    uri = "https://example.nl/verwerkingen/proef.oud"
    caller = Caller("x", "x", "0" * 20, frozenset(), frozenset({"proef.oud"}))

    found = [policy_asked(one, caller) for one in (f"{uri}/1", f"{uri}/2", uri, f"{uri}/", "proef.oud", f"{uri}/3")]

    assert [one and one.version for one in found] == [1, 2, 2, 2, 2, None]
    assert policy_of_version(f"{uri}/1", None) is not None
    assert policy_of_version(f"{uri}/1", "weging/7") is None
