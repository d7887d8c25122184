"""Builders for tests of the gate: a declared service, its weighing, and persons made through the gate's own doors."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from waardig.access.terms import Actor, Request
from waardig.kernel.bsn import is_bsn
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact

TODAY = date(2025, 4, 28)
RULES = "a" * 64
STATUS, INCOME, HOUSEHOLD, LAST, PARTNER, BORN = (
    "uitkeringen.status",
    "uitkeringen.inkomen",
    "uitkeringen.leefvorm",
    "uitkeringen.laatste_iit",
    "uitkeringen.partner",
    "brp.geboortedatum",
)
CLIENTS: dict[str, Any] = {"kind": "client", "attribute": STATUS, "values": ["lopend"], "or_exists": LAST}
ROUND = Actor("system", "test-round", "ronde")
OFFICIAL = Actor("employee", "e-1001", "iit-behandelaar")

_ACTIVITY: dict[str, Any] = {
    "id": "proef.ronde",
    "version": 1,
    "uri": "https://example.nl/verwerkingen/proef.ronde/1",
    "service": "proef",
    "kind": "service",
    "status": "active",
    "valid_from": date(2025, 1, 1),
    "valid_to": None,
    "name_nl": "Proefronde",
    "name_en": "Trial round",
    "purpose_nl": "Nagaan wie de proef mist",
    "purpose_en": "Find who misses the trial",
    "controller": "00000001999999999000",
    "organisation": "Gemeente Rietwaarden",
    "legal_basis": [{"ground": "AVG 6.1.e", "law": "Participatiewet", "article": "36", "url": "https://example.nl/36"}],
    "attributes": sorted({STATUS, INCOME, HOUSEHOLD, LAST, PARTNER}),
    "windows": {},
    "population": CLIENTS,
    "actors": [{"kind": "system", "role": "ronde"}],
    "bulk": True,
    "max_persons": 500,
    "may_correct": False,
    "automated": True,
    "algorithm": "https://example.nl/algoritmes/proef",
    "confidential_until": None,
    "retention": "P5Y",
    "sha256": "0" * 64,
}
_DOSSIER: dict[str, Any] = {
    "id": "weging-proef",
    "version": 1,
    "service": "proef",
    "status": "decided",
    "decided_on": date(2025, 3, 1),
    "decided_by": "College van B en W",
    "mandate": "Mandaatbesluit 2025, artikel 4",
    "activities": ["proef.ronde"],
    "rule_sets": [RULES],
    "attributes": _ACTIVITY["attributes"],
    "purposes": [_ACTIVITY["uri"]],
    "dpia_reference": "DPIA 2025-07",
    "dpia_on": date(2025, 2, 1),
    "advice_reference": "FG 2025-03",
    "advice_on": date(2025, 2, 15),
    "announced_on": date(2025, 3, 15),
    "announcement_days": 28,
    "valid_from": date(2025, 3, 1),
    "expires_on": date(2027, 3, 1),
    "safeguards": [],
    "content": {},
    "sha256": "0" * 64,
}
_COLUMNS_OF_JSON = {"register_entry", "legal_basis", "windows", "population", "actors", "safeguards", "content"}


def publish_activity(owner: psycopg.Connection, **changes: Any) -> str:
    """An activity in force, changed as asked; gives its id."""
    row = {**_ACTIVITY, **changes}
    row["uri"] = changes.get("uri", f"https://example.nl/verwerkingen/{row['id']}/{row['version']}")
    _insert(owner, "activity", row)
    return str(row["id"])


def decide_weighing(owner: psycopg.Connection, **changes: Any) -> None:
    """A decided, announced and advised weighing of the service, changed as asked."""
    _insert(owner, "dossier", {**_DOSSIER, **changes})


def a_weighed_service(owner: psycopg.Connection, **changes: Any) -> str:
    """The trial round with everything it needs to run."""
    decide_weighing(owner)
    return publish_activity(owner, **changes)


def open_keeping(owner: psycopg.Connection) -> None:
    """The activities under which the tests store facts, sign in and opt out (unless the content has them)."""
    anyone = {"population": {"kind": "anyone"}, "attributes": [], "bulk": False, "service": "algemeen"}
    actors = [{"kind": kind} for kind in ("system", "employee", "resident")]
    for name, kind in (("registers.bijhouden", "execution"), ("aanmelden", "identification"), ("afmelden", "right")):
        if not owner.execute("SELECT 1 FROM pol.activity WHERE id = %s", (name,)).fetchone():
            publish_activity(owner, id=name, kind=kind, actors=actors, **anyone)


def a_right(owner: psycopg.Connection, **changes: Any) -> str:
    """A person's own access to their data: needs no weighing."""
    own = {
        "id": "proef.inzage",
        "kind": "right",
        "population": {"kind": "self"},
        "actors": [{"kind": "resident"}],
        "bulk": False,
        "max_persons": 1,
        "automated": False,
    }
    return publish_activity(owner, **{**own, **changes})


_numbers = itertools.count(1)


def a_bsn() -> str:
    """A number that passes the eleven-test, from the range that is never issued (starts with 9999)."""
    while True:
        number = f"9999{next(_numbers) + 20000:05d}"
        if is_bsn(number):
            return number


def a_person() -> UUID:
    """Somebody who is enrolled and about whom nothing is known."""
    person = uuid4()
    enrol_persons([(person, a_bsn())])
    return person


def a_client(**values: Any) -> UUID:
    """Somebody with a running benefit; keyword = name of an attribute of `uitkeringen`."""
    person = a_person()
    known = {"status": "lopend", "leefvorm": "ALLEENSTAAND", "inkomen": 127_818, **values}
    store_facts(
        [
            NewFact(person, f"uitkeringen.{name}", value, valid_from=date(2024, 1, 1))
            for name, value in known.items()
            if value is not None
        ]
    )
    return person


def many_clients(count: int, attributes: Mapping[str, Any]) -> list[UUID]:
    """Clients in bulk, each with the given attributes (full ids)."""
    people = [uuid4() for _ in range(count)]
    for start in range(0, count, 500):
        part = people[start : start + 500]
        enrol_persons([(person, None) for person in part])
        store_facts([NewFact(p, name, value, date(2024, 1, 1)) for p in part for name, value in attributes.items()])
    return people


def a_request(*persons: UUID, **changes: Any) -> Request:
    """The round asking status and income."""
    given: dict[str, Any] = {
        "activity": "proef.ronde",
        "attributes": frozenset({STATUS, INCOME}),
        "persons": persons,
        "actor": ROUND,
        "as_of": TODAY,
        "rule_set": RULES,
    }
    return Request(**{**given, **changes})


def own_request(person: UUID, **changes: Any) -> Request:
    """A resident asking their own data."""
    return a_request(
        person,
        **{"activity": "proef.inzage", "actor": Actor("resident", str(person)), "rule_set": None, **changes},
    )


def days(count: int) -> timedelta:
    """A number of days."""
    return timedelta(days=count)


def shuffled(items: list[UUID]) -> list[UUID]:
    """The same items in another, repeatable order."""
    mixed = list(items)
    random.Random(7).shuffle(mixed)
    return mixed


def _insert(owner: psycopg.Connection, table: str, row: Mapping[str, Any]) -> None:
    values = {name: Jsonb(value) if name in _COLUMNS_OF_JSON else value for name, value in row.items()}
    owner.execute(
        sql.SQL("INSERT INTO pol.{} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(sql.Identifier(name) for name in row),
            sql.SQL(", ").join(sql.Placeholder(name) for name in row),
        ),
        values,
    )
