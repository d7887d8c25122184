"""Software that calls: a registered caller with its token, and requests as it sends them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import psycopg
from django.test import Client

import waardig
from tests.access.builders import publish_activity
from waardig.access.actions import add_caller
from waardig.access.terms import Caller

OIN = "00000001999999999000"
EVALUATE = frozenset({"evaluate"})


def a_caller(*activities: str, **changes: Any) -> str:
    """A caller that may ask about these activities; gives its token."""
    given: dict[str, Any] = {"id": "proef-pep", "name": "Proef", "organisation": OIN, "rights": EVALUATE}
    return add_caller(Caller(**{**given, "activities": frozenset(activities), **changes}))


def sent(token: str, path: str, body: object, **headers: str) -> Any:
    """The answer to a POST with this token."""
    text = body if isinstance(body, str) else json.dumps(body)
    known = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().post(path, text, content_type="application/json", headers={**known, **headers}, secure=True)


def records(owner: psycopg.Connection) -> list[dict[str, Any]]:
    """The decision log, oldest first."""
    rows = owner.execute("SELECT to_jsonb(e) FROM gate.evaluation e ORDER BY timestamp, span_id").fetchall()
    return [row[0] for row in rows]


def a_declared(owner: psycopg.Connection, evaluation: dict[str, Any] | None, **changes: Any) -> str:
    """An activity that reads nothing and declares what others may be told; gives its id."""
    given: dict[str, Any] = {
        "id": "proef.dossier",
        "kind": "execution",
        "attributes": [],
        "population": {"kind": "anyone"},
        "actors": [{"kind": "employee"}],
        "bulk": False,
        "register_entry": {} if evaluation is None else {"evaluation": evaluation},
    }
    return publish_activity(owner, **{**given, **changes})


def declared_evaluation(content: dict[str, Any]) -> dict[str, Any]:
    """The same, once the schema of activities accepts it."""
    whole = json.loads((Path(waardig.__file__).parent / "catalogue/schema/activities.schema.json").read_text())
    jsonschema.validate(content, {"$defs": whole["$defs"], "$ref": "#/$defs/evaluation"})
    return content
