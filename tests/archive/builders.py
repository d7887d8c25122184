"""Cases that ended, destruction lists of them, and what the whole database says of something."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import psycopg
from psycopg import sql

from tests.cases.builders import MAY_12, TODAY, a_proposal, a_resident, resident
from waardig.access.actions import set_business_date
from waardig.archive import actions, jobs, queries
from waardig.archive.terms import DestructionLine, DestructionList
from waardig.cases import actions as cases
from waardig.cases.terms import Case
from waardig.outbox.actions import drain

MARIT, DAAN = "m.kuiper", "d.smits"
IN_JULY = date(2025, 7, 1)
LONG_AFTER = date(2047, 1, 1)
REASON = "De rechter vroeg het dossier op."


def a_no() -> Case:
    """A proposal to which somebody said no on 28 April: kept 42 days."""
    person = a_resident().person
    case = a_proposal(person)
    cases.decline(case.id, actor=resident(person), on=TODAY, never_again=False)
    return case


def listed(on: date = IN_JULY) -> DestructionList:
    set_business_date(on)
    actions.appraise()
    return actions.make_list(MARIT, on=on)


def approved(on: date = IN_JULY) -> DestructionList:
    made = listed(on)
    return actions.approve(made.id, DAAN, on=on, shown=made.sha256)


def executed(on: date = IN_JULY) -> tuple[DestructionList, tuple[DestructionLine, ...]]:
    """Made, approved and executed by the worker."""
    made = approved(on)
    work()
    return queries.list_of(made.id), queries.lines_of(made.id)


def work() -> None:
    drain(jobs.handlers(), until_empty=True)


def tables(owner: psycopg.Connection) -> list[tuple[str, str]]:
    rows = owner.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'reg', 'gate', 'pol', 'log')"
    )
    return [(schema, name) for schema, name in rows]


def said_of(owner: psycopg.Connection, *tokens: object) -> dict[str, int]:
    """In which tables any of these texts stands, and in how many rows."""
    patterns = [f"%{token}%" for token in tokens]
    found = {}
    for schema, name in tables(owner):
        query = sql.SQL("SELECT count(*) FROM {} t WHERE t::text LIKE ANY (%s)").format(sql.Identifier(schema, name))
        row = owner.execute(query, (patterns,)).fetchone()
        if row and row[0]:
            found[f"{schema}.{name}"] = int(row[0])
    return found


def ids_of(owner: psycopg.Connection, case: UUID) -> list[str]:
    """Every id that belongs to a case and to nothing else: itself, its decision, texts, messages, letters, orders."""
    rows = owner.execute(
        "SELECT %(case)s::text UNION SELECT id::text FROM cases_decision WHERE case_id = %(case)s"
        " UNION SELECT document::text FROM cases_decision WHERE case_id = %(case)s"
        " UNION SELECT document::text FROM cases_paper WHERE case_id = %(case)s"
        ' UNION SELECT id::text FROM inbox_message WHERE "case" = %(case)s'
        " UNION SELECT d.id::text FROM inbox_delivery d JOIN inbox_message m ON m.id = d.message_id"
        ' WHERE m."case" = %(case)s'
        " UNION SELECT l.id::text FROM inbox_letter l JOIN inbox_delivery d ON d.id = l.delivery_id"
        ' JOIN inbox_message m ON m.id = d.message_id WHERE m."case" = %(case)s'
        ' UNION SELECT id::text FROM payments_order WHERE "case" = %(case)s'
        " UNION SELECT l.document::text FROM payments_line l JOIN payments_order o ON o.id = l.order_id"
        ' WHERE o."case" = %(case)s',
        {"case": case},
    )
    return [row[0] for row in rows]


__all__ = [
    "DAAN", "IN_JULY", "LONG_AFTER", "MARIT", "MAY_12", "REASON", "a_no", "approved", "executed", "ids_of", "listed",
    "said_of", "tables", "work",
]  # fmt: skip
