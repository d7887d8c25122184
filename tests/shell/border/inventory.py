"""What one municipality holds that must never be seen elsewhere, and how it is found in an answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from psycopg import sql

UUID_TEXT = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE)
LONG_HEX = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
WRITTEN = {
    "bsn": re.compile(r"(?<!\d)\d{9}(?!\d)"),
    "iban": re.compile(r"NL\d\dWAAR\d{10}"),
    "code": re.compile(r"(?<![A-Z0-9])[A-Z0-9]{4}[\s\xa0]?[A-Z0-9]{4}(?![A-Z0-9])"),
    "number": re.compile(r"(?:RW|HV)[\s\xa0]\d{4}[\s\xa0]\d{4,}"),
}


@dataclass(frozen=True)
class Inventory:
    """The tokens of one municipality, and what somebody who wants to get in could have stolen.

    Attributes:
        mark: stands in every name, street, note and reason.
        tokens: ids, numbers, hashes and codes, each only here.
        people: persons with the ids that belong to them, by kind.
        stolen: ids by kind, for whoever asks at random.
    """

    mark: str
    tokens: frozenset[str]
    people: tuple[dict[str, Any], ...]
    stolen: dict[str, list[Any]]

    def found_in(self, answer: str, *, asked: str = "") -> set[str]:
        """The tokens in an answer that were not in the question itself."""
        seen = (tokens_of(answer) & self.tokens) | ({self.mark} if self.mark in answer.lower() else set())
        return seen - tokens_of(asked) - ({self.mark} if self.mark in asked.lower() else set())


def tokens_of(text: str) -> set[str]:
    """Everything in a text that could be a token, in one spelling."""
    found = {one.replace("-", "").lower() for one in UUID_TEXT.findall(text)}
    found |= {one.lower() for one in LONG_HEX.findall(text)}
    for pattern in WRITTEN.values():
        found |= {re.sub(r"\s", "", one) for one in pattern.findall(text)}
    return found


def take_inventory(superuser: str, mark: str, cookies: list[dict[str, str]]) -> Inventory:
    """Read everything there is, as who may read everything, and keep what can be recognised."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        everything = _everything(connection)
        stolen: dict[str, Any] = {
            kind: [str(one) for one in _column(connection, text)] for kind, text in _STOLEN.items()
        }
        people = tuple(_person(connection, person) for person in stolen["person"])
    stolen["iban"] = sorted(set(WRITTEN["iban"].findall(everything)))
    tokens = {one.replace("-", "").lower() for one in UUID_TEXT.findall(everything)}
    tokens |= {one.lower() for one in LONG_HEX.findall(everything)}
    tokens |= {re.sub(r"\s", "", one) for kind in WRITTEN for one in stolen[kind]}
    return Inventory(mark.lower(), frozenset(tokens), people, {**stolen, "cookie": cookies})


def only_here(one: Inventory, other: Inventory) -> Inventory:
    """Without what both have: versions of shared content and days written as numbers, which say nothing."""
    return replace(one, tokens=one.tokens - other.tokens)


_STOLEN = {
    "person": "SELECT DISTINCT person FROM cases_party ORDER BY 1",
    "case": "SELECT id FROM cases_case ORDER BY 1",
    "message": "SELECT id FROM inbox_message ORDER BY 1",
    "document": "SELECT id FROM reg.document ORDER BY 1",
    "fact": "SELECT fact FROM reg.fact ORDER BY 1 LIMIT 2000",
    "run": "SELECT id FROM proposals_run ORDER BY 1",
    "reaction": "SELECT id FROM feedback_text ORDER BY 1",
    "ticket": "SELECT id FROM gate.ticket ORDER BY 1 LIMIT 2000",
    "bsn": "SELECT bsn FROM reg.person ORDER BY 1",
    "number": "SELECT number FROM cases_case ORDER BY 1",
    "code": "SELECT content::json ->> 'answer_code' FROM reg.document"
    " WHERE content LIKE '%answer_code%' AND content::json ->> 'answer_code' <> '' ORDER BY 1",
}


def _person(connection: psycopg.Connection, person: str) -> dict[str, Any]:
    def ids(text: str) -> list[str]:
        return [str(one) for one in _column(connection, text, person)]

    return {
        "person": [person],
        "bsn": ids("SELECT bsn FROM reg.person WHERE person = %s"),
        "case": ids("SELECT DISTINCT case_id FROM cases_party WHERE person = %s ORDER BY 1"),
        "message": ids("SELECT id FROM inbox_message WHERE recipient = %s ORDER BY 1"),
        "fact": ids("SELECT fact FROM reg.fact WHERE person = %s ORDER BY 1 LIMIT 40"),
    }


def _column(connection: psycopg.Connection, text: str, *values: object) -> list[Any]:
    return [row[0] for row in connection.execute(text.encode(), values or None).fetchall()]


def _everything(connection: psycopg.Connection) -> str:
    """Every row of every table as text."""
    tables = connection.execute(
        "SELECT schemaname, tablename FROM pg_tables"
        " WHERE schemaname IN ('public', 'reg', 'log', 'gate', 'pol', 'vault')"
    ).fetchall()
    parts = []
    for schema, table in tables:
        query = sql.SQL("SELECT row_to_json(t)::text FROM {} t").format(sql.Identifier(schema, table))
        parts += [row[0] for row in connection.execute(query).fetchall()]
        if (schema, table) == ("reg", "document"):
            parts += [row[0] for row in connection.execute("SELECT content FROM reg.document").fetchall()]
    return "\n".join(parts)


def as_json(one: Inventory) -> str:
    """For the child that asks."""
    return json.dumps({"mark": one.mark, "tokens": sorted(one.tokens), "people": one.people, "stolen": one.stolen})


def from_json(text: str) -> Inventory:
    """As the child reads it."""
    read = json.loads(text)
    return Inventory(read["mark"], frozenset(read["tokens"]), tuple(read["people"]), read["stolen"])
