"""Decisions against Cedar, another engine with its own semantics: default deny, a forbid beats every permit.

The activity is written as Cedar policies; every reason that we give is the forbid policy that Cedar names, for random
activities and questions. Cedar is used here and nowhere else. Source: Cedar policy language 4.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import cedarpy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.access.builders import TODAY
from tests.access.test_deciding import EDGES, POLICIES, QUESTIONS, WEIGHED
from waardig.access.core.deciding import as_of, decide
from waardig.access.terms import Permit, Policy, Question

HERE = Path(__file__).parent
ASLEEP, AWAKE = ((HERE / name).read_text() for name in ("asleep.cedar", "awake.cedar"))
SOON = st.integers(0, 2)


@settings(max_examples=400)
@given(QUESTIONS, POLICIES)
def test_every_reason_against_is_the_one_that_cedar_names(question: Question, policy: Policy) -> None:
    ours = decide(question, policy, today=TODAY)

    assert sorted(ours.codes) == sorted(by_cedar(question, policy, TODAY))


@settings(max_examples=200)
@given(
    data=st.data(),
    question=QUESTIONS,
    policy=POLICIES,
    time=st.sampled_from([None, *(f"{TODAY + timedelta(days=n)}T08:00Z" for n in (-2, -1, 0, 1))]),
)
def test_the_first_and_last_day_of_a_weighing_are_the_same_day(
    data: st.DataObject, question: Question, policy: Policy, time: str | None
) -> None:
    days = dict.fromkeys(("decided_on", "dpia_on", "advice_on", "announced_on", "expires_on", "valid_from"), EDGES)
    weighed = data.draw(WEIGHED)
    weighed = replace(
        weighed, **{name: data.draw(day) for name, day in days.items()}, announcement_days=data.draw(SOON)
    )
    service = replace(policy, kind="service", status="active", valid_from=TODAY, valid_to=None, for_caller=True)
    one, policy = replace(question, time=time), replace(service, weighed=weighed)

    assert sorted(decide(one, policy, today=TODAY).codes) == sorted(by_cedar(one, policy, TODAY))


@settings(max_examples=150)
@given(QUESTIONS, POLICIES)
def test_what_cedar_permits_is_what_we_permit_when_nothing_else_stands_in_the_way(
    question: Question, policy: Policy
) -> None:
    """Most random questions are refused for something; here only who acts and what is permitted decides."""
    plain = replace(policy, kind="right", status="active", valid_from=TODAY, valid_to=None, for_caller=True)
    one = replace(question, attributes=policy.attributes, time=None)

    assert decide(one, plain, today=TODAY).allowed == (not by_cedar(one, plain, TODAY))


def by_cedar(question: Question, policy: Policy, today: date) -> list[str]:
    """The codes of everything that speaks against it, as Cedar finds them; empty = it allows."""
    context = _context(question, policy, today)
    asleep = _denied_by(ASLEEP, context)
    if asleep is not None:
        return asleep
    forbidden = _denied_by(f"{AWAKE}\n{_actors(policy)}\npermit (principal, action, resource);", context) or []
    permitted = _denied_by("\n".join(_permit(one) for one in policy.permits), context) is None
    return forbidden if permitted else [*forbidden, "not_permitted"]


def _denied_by(policies: str, context: Mapping[str, Any]) -> list[str] | None:
    """The ids of the forbid policies, or None when Cedar allows; a policy with an error, which Cedar skips, fails."""
    request = {
        "principal": 'Subject::"one"', "action": 'Action::"one"', "resource": 'Resource::"one"', "context": context,
    }  # fmt: skip
    found = cedarpy.is_authorized(request, policies, [])
    assert found.diagnostics.errors == []
    return None if found.allowed else [str(name) for name in found.diagnostics.id_annotations_by_reason.values()]


def _actors(policy: Policy) -> str:
    """A forbid unless one of the declared actors is who acts; a type of subject may stand for a kind of actor."""

    def types(kind: str) -> list[str]:
        named = [type_ for type_, of in policy.subjects.items() if of == kind]
        return named if kind in policy.subjects else [*named, kind]

    clauses = [
        f"({_text(types(kind))}.contains(context.subject.type)"
        + ("" if role is None else f" && context.subject.role == {_text(role)}")
        + ")"
        for kind, role in policy.actors
    ]
    return (
        '@id("actor_not_allowed") forbid (principal, action, resource)'
        f' unless {{ context.subject.id != "" && ({" || ".join(clauses)}) }};'
    )


def _permit(permit: Permit) -> str:
    conditions = [
        f"{_text(sorted(permit.actions))}.contains(context.act)",
        f"context.resource.type == {_text(permit.resource)}",
    ]
    if permit.subjects:
        conditions.append(f"{_text(sorted(permit.subjects))}.contains(context.subject.id)")
    if permit.resources:
        conditions.append(f"{_text(sorted(permit.resources))}.contains(context.resource.id)")
    for name, values in permit.when.items():
        among = [
            f"(!(context.{side} has {_text(name)}) || {_text(list(values))}.contains(context.{side}[{_text(name)}]))"
            for side in ("declared", "stated")
        ]
        conditions.append(
            f"(context.declared has {_text(name)} || context.stated has {_text(name)}) && {' && '.join(among)}"
        )
    return f"permit (principal, action, resource) when {{ {' && '.join(f'({one})' for one in conditions)} }};"


def _context(question: Question, policy: Policy, today: date) -> dict[str, Any]:
    day = today if question.time is None else as_of(question.time, today)
    role = question.properties.get("subject.role")
    weighed = policy.weighed
    return _present(
        today=today,
        act=question.action,
        subject={
            "type": question.subject_type,
            "id": question.subject_id,
            "role": role if isinstance(role, str) else "",
        },
        resource={"type": question.resource_type, "id": question.resource_id},
        stated=dict(question.properties),
        declared=_declared(question, policy),
        asked=_present(attributes=question.attributes, day=day, rule_set=question.rule_set),
        policy=_present(
            id=policy.id,
            uri=policy.uri,
            kind=policy.kind,
            status=policy.status,
            valid_from=policy.valid_from,
            valid_to=policy.valid_to,
            attributes=policy.attributes,
            never_in_bulk=policy.never_in_bulk,
            for_caller=policy.for_caller,
            stands_still=policy.standstill is not None,
        ),
        weighed=_present(**{name: getattr(weighed, name) for name in weighed.__dataclass_fields__})
        if weighed
        else None,
    )


def _declared(question: Question, policy: Policy) -> dict[str, object]:
    """What the activity says of this subject and resource; the first statement about one counts."""
    found: dict[str, object] = {}
    for entity, type_, id_ in (
        ("subject", question.subject_type, question.subject_id),
        ("resource", question.resource_type, question.resource_id),
    ):
        said = [one for one in policy.known if (one.entity, one.type, one.id) == (entity, type_, id_)]
        found |= {f"{entity}.{name}": value for name, value in (said[0].properties if said else {}).items()}
    return found


def _present(**values: Any) -> dict[str, Any]:
    """Without what is not known; days as numbers, sets as lists."""
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.toordinal()
    return sorted(value) if isinstance(value, frozenset) else value


def _text(value: str | Iterable[object]) -> str:
    """A literal of Cedar: JSON writes texts, whole numbers, booleans and lists as Cedar reads them."""
    return json.dumps(value)
