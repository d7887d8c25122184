"""The certification scenario of AuthZEN 1.0, line by line through the addresses; its fixture is a declared activity."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import psycopg
import pytest
import yaml
from django.test import Client

from tests.api.callers import a_caller, a_declared, declared_evaluation, records, sent
from waardig.access.actions import replay, set_business_date

SCENARIO: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "scenario.yaml").read_text(encoding="utf-8"))
ONE, MANY = "/access/v1/evaluation", "/access/v1/evaluations"
# The shape of AuthZEN sections 5 and 6: what its own schemas demand of a request and of an answer.
_ENTITY = {
    "type": "object",
    "required": ["type", "id"],
    "properties": {"type": {"type": "string"}, "id": {"type": "string"}, "properties": {"type": "object"}},
}
REQUEST = {
    "type": "object",
    "required": ["subject", "resource", "action"],
    "properties": {
        "subject": _ENTITY,
        "resource": _ENTITY,
        "action": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}, "properties": {"type": "object"}},
        },
        "context": {"type": "object"},
    },
}
ANSWER = {
    "type": "object",
    "required": ["decision"],
    "properties": {"decision": {"type": "boolean"}, "context": {"type": "object"}},
}


@pytest.fixture
def token(owner: psycopg.Connection) -> str:
    """A caller of plain AuthZEN, bound to the one activity of the fixture."""
    set_business_date(date(2026, 8, 20))
    activity = a_declared(owner, declared_evaluation(SCENARIO["evaluation"]))
    return a_caller(activity, standing=activity)


@pytest.mark.parametrize("line", SCENARIO["single"], ids=lambda line: line["section"])
def test_a_request_gets_the_decision_of_the_scenario_each_time(token: str, line: dict[str, Any]) -> None:
    jsonschema.validate(line["request"], REQUEST)

    for _ in range(2):
        answer = sent(token, ONE, line["request"])
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
        jsonschema.validate(answer.json(), ANSWER)
        assert answer.json()["decision"] is line["decision"], answer.json()


@pytest.mark.parametrize("line", SCENARIO["wrong"], ids=lambda line: line["section"])
def test_a_request_that_is_not_one_is_refused_and_says_where(
    token: str, line: dict[str, Any], owner: psycopg.Connection
) -> None:
    answer = sent(token, ONE, line["request"])

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert f" {line['names']}:" in answer.json()["title"]
    assert records(owner) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[1",
        "nee",
        '{"a": NaN}',
        "[" * 100_000,
        r'{"a": "\u0000"}',
        r'{"\ud800": 1}',
        "[" * 60 + "]" * 60,
        '{"a": 1e999}',
        '{"subject": {}, "subject": {}}',
        '{"a": {"b": 1, "b": 1}}',
    ],
)
def test_what_is_no_json_is_refused(token: str, body: str) -> None:
    assert sent(token, ONE, body).status_code == 400


def test_another_content_type_is_refused(token: str) -> None:
    answer = Client().post(
        ONE, "a=b", content_type="application/x-www-form-urlencoded", headers={"Authorization": f"Bearer {token}"}
    )

    assert answer.status_code == 400


def test_the_number_of_a_request_comes_back_also_with_an_error(token: str) -> None:
    good = sent(token, ONE, SCENARIO["single"][0]["request"], **{"X-Request-ID": "bfe9eb29"})
    wrong = sent(token, ONE, {}, **{"X-Request-ID": "bfe9eb30"})

    assert (good["X-Request-ID"], wrong["X-Request-ID"]) == ("bfe9eb29", "bfe9eb30")
    assert "X-Request-ID" not in sent(token, ONE, SCENARIO["single"][0]["request"])


@pytest.mark.parametrize("line", SCENARIO["batch"], ids=lambda line: line["section"])
def test_a_batch_is_answered_whole_and_in_its_order(token: str, line: dict[str, Any]) -> None:
    answer = sent(token, MANY, line["request"])

    assert answer.status_code == 200
    found = answer.json()["evaluations"]
    assert len(found) == len(line["request"]["evaluations"])
    for one, wanted in zip(found, line["decisions"], strict=True):
        jsonschema.validate(one, ANSWER)
        assert wanted is None or one["decision"] is wanted
    assert "decision" not in answer.json()


@pytest.mark.parametrize("line", SCENARIO["alone"], ids=lambda line: line["section"])
def test_a_batch_without_evaluations_is_one_request(token: str, line: dict[str, Any]) -> None:
    answer = sent(token, MANY, line["request"])

    jsonschema.validate(answer.json(), ANSWER)
    assert answer.json()["decision"] is True


@pytest.mark.parametrize(
    ("semantic", "decisions"),
    [
        ("execute_all", [True, False, True]),
        ("deny_on_first_deny", [True, False]),
        ("permit_on_first_permit", [True]),
    ],
)
def test_a_batch_ends_where_its_semantic_says(token: str, semantic: str, decisions: list[bool]) -> None:
    asked = [SCENARIO["single"][place]["request"] for place in (0, 3, 1)]

    answer = sent(token, MANY, {"evaluations": asked, "options": {"evaluations_semantic": semantic}})

    assert [one["decision"] for one in answer.json()["evaluations"]] == decisions


def test_a_semantic_that_is_none_of_the_three_is_refused(token: str) -> None:
    body = {**SCENARIO["batch"][1]["request"], "options": {"evaluations_semantic": "some"}}

    assert sent(token, MANY, body).status_code == 400


def test_the_configuration_says_where_to_ask(settings: Any) -> None:
    settings.BASE_URL = "https://pdp.rietwaarden.example"

    answer = Client().get("/.well-known/authzen-configuration", secure=True)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == {
        "policy_decision_point": "https://pdp.rietwaarden.example",
        "access_evaluation_endpoint": "https://pdp.rietwaarden.example/access/v1/evaluation",
        "access_evaluations_endpoint": "https://pdp.rietwaarden.example/access/v1/evaluations",
    }


def test_every_decision_of_the_scenario_can_be_made_again_from_the_log(token: str, owner: psycopg.Connection) -> None:
    for line in SCENARIO["single"]:
        sent(token, ONE, line["request"])
    for line in SCENARIO["batch"]:
        sent(token, MANY, line["request"])

    found = replay(1000)

    assert (found.records, found.decisions) == (len(SCENARIO["single"]) + len(SCENARIO["batch"]), 27)
    assert found.agrees
    for record in records(owner):
        asked = record["body"]["adl.core.request"]
        for one in asked.get("evaluations", [asked]):
            if one:
                jsonschema.validate(one, REQUEST)
