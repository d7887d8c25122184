"""The description of each API says what its addresses do: every path, and the shape of real answers."""

from __future__ import annotations

from typing import Any

import jsonschema
import psycopg
import pytest
from django.test import Client

from tests.api.callers import a_caller, a_declared, sent
from waardig.faces.api.urls import urlpatterns

ACCESS, LOG = "/access/v1/openapi.json", "/logboek/v1/openapi.json"


def description(address: str) -> dict[str, Any]:
    """What is served there."""
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = answer.json()
    return found


def schema(whole: dict[str, Any], name: str) -> dict[str, Any]:
    """A schema of the description that can be used by itself."""
    return {"components": whole["components"], "$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize("address", [ACCESS, LOG])
def test_a_description_is_openapi_and_every_reference_leads_somewhere(db: None, address: str) -> None:
    whole = description(address)

    assert whole["openapi"] == "3.1.0"
    assert set(whole["info"]) >= {"title", "version", "contact", "license"}
    for name, one in whole["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(one), name
    for reference in _references(whole):
        found: Any = whole
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [one for value in node.values() for one in _references(value)]
    return [one for value in node for one in _references(value)] if isinstance(node, list) else []


@pytest.mark.parametrize(("address", "base"), [(ACCESS, "access/v1/"), (LOG, "logboek/v1/")])
def test_every_address_is_described_and_no_other(db: None, address: str, base: str) -> None:
    whole = description(address)
    served = {
        route.removeprefix(base)
        for pattern in urlpatterns
        if (route := str(pattern.pattern)).startswith(base) and not route.endswith("openapi.json")
    }

    assert {path.removeprefix("/") for path in whole["paths"]} == served
    assert whole["servers"][0]["url"].endswith(f"/{base.rstrip('/')}")
    for path in whole["paths"].values():
        for operation in path.values():
            assert {"200", "400", "401", "403"} <= set(operation["responses"])


def test_answers_have_the_shape_that_is_described(owner: psycopg.Connection) -> None:
    activity = a_declared(owner, None, attributes=[])
    token = a_caller(activity, standing=activity)
    one = {
        "subject": {"type": "employee", "id": "e"},
        "action": {"name": "read"},
        "resource": {"type": "person", "id": "p"},
    }
    whole = description(ACCESS)

    yes, no = (
        sent(token, "/access/v1/evaluation", one),
        sent(token, "/access/v1/evaluation", {**one, "action": {"name": "x"}}),
    )
    both = sent(token, "/access/v1/evaluations", {"evaluations": [one, {}]})
    wrong = [sent(token, "/access/v1/evaluation", {}), sent("", "/access/v1/evaluation", one)]

    jsonschema.validate(one, schema(whole, "Request"))
    for answer in (yes, no):
        jsonschema.validate(answer.json(), schema(whole, "Decision"))
    assert [yes.json()["decision"], no.json()["decision"]] == [True, False]
    jsonschema.validate(both.json(), schema(whole, "BatchDecision"))
    for answer in wrong:
        jsonschema.validate(answer.json(), schema(whole, "Problem"))
