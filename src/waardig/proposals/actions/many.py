"""Judging a chunk of a round at once, and storing what needs no case: the outcome of who hears nothing.

Only a plain no and a safeguard are taken from the bulk result. Whoever may hear something, and every odd household, is
judged again one by one, with every step; so is a fixed sample of the rest, and any difference stops the round.
Source: decision 0063 (docs/decisions).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from waardig.cases import queries as cases
from waardig.cases.queries import Verdict
from waardig.kernel.content import content_roots
from waardig.law import queries as law
from waardig.law.terms import NotCompilable
from waardig.proposals import models
from waardig.proposals.actions.batch import TO_PERSON, BatchResult, Judged, JudgedBatch, judge_batch
from waardig.proposals.actions.chunks import Chunk
from waardig.proposals.core.bulk_sql import assumed_sql, households_sql, people_sql, verdict_sql
from waardig.proposals.core.household import Members
from waardig.proposals.terms import Excluded, ItemOutcome, RoundDisagrees
from waardig.registers import queries as registers
from waardig.registers.terms import NotInBulk

SAMPLE = 499
"""One in so many plain households is judged again one by one; by its id, so that a repeat draws the same."""


@dataclass(frozen=True)
class Plain:
    """A household of which nobody hears anything, as judged in bulk."""

    members: Members
    outcome: ItemOutcome
    reason: str
    assumed: str


@dataclass(frozen=True)
class JudgedChunk:
    """A chunk: who hears nothing, and the households judged one by one with their own counts."""

    plain: tuple[Plain, ...]
    exact: JudgedBatch
    result: BatchResult


def judge_chunk(service: str, chunk: Chunk, *, on: date) -> JudgedChunk:
    """Apply safeguards and law to a chunk; equal to `judge_batch` on every household.

    Raises:
        RoundDisagrees: the two executors differ on a household; nothing of the chunk was stored.
    """
    rows = _rows(service, chunk, on)
    if rows is None:
        exact = judge_batch(service, chunk.facts_of([p for part in chunk.parts for p in part.ticket.persons]), on=on)
        return JudgedChunk((), exact, exact.result)
    plain = tuple(one for one in (_plain(row) for row in rows) if one is not None)
    taken = {one.members.first for one in plain}
    sampled = [one for one in plain if one.members.first.int % SAMPLE == 0]
    asked = [p for row in rows if row.members.first not in taken for p in row.members.read]
    exact = judge_batch(service, chunk.facts_of(asked), on=on)
    _check_equal(sampled, judge_batch(service, chunk.facts_of([p for s in sampled for p in s.members.read]), on=on))
    _check_amounts(rows, exact)
    return JudgedChunk(plain, exact, exact.result.plus(_counted(plain)))


@dataclass(frozen=True)
class _Row:
    members: Members
    excluded: str
    odd: bool
    verdict: str
    failed: str
    assumed: str
    amount: int | None


def _rows(service: str, chunk: Chunk, on: date) -> list[_Row] | None:
    """Every household of the chunk as the SQL judges it, or None when this service is not judged in bulk."""
    snapshot = registers.Snapshot()
    try:
        for part in chunk.parts:
            snapshot.add(part.ticket.persons, part.attributes, part.facts)
        _judge_in(snapshot.connection, service, on)
        found = snapshot.connection.execute(
            "SELECT a.first_id, a.partner_id, a.partner_n IS NOT NULL, a.excluded, a.odd OR coalesce(b.odd, FALSE),"
            " coalesce(v.verdict, 'unknown'), v.failed, coalesce(v.assumed, ''), v.amount"
            " FROM everybody AS a LEFT JOIN verdict AS v USING (h) LEFT JOIN bound AS b USING (h) ORDER BY a.first_id"
        ).fetchall()
    except (NotInBulk, NotCompilable):
        return None
    finally:
        snapshot.close()
    return [_Row(Members(first, partner, read), *rest) for first, partner, read, *rest in found]


def _judge_in(connection: Any, service: str, on: date) -> None:
    rules, parameters = cases.rules_of(service), cases.parameters(on, service)
    connection.execute(f"CREATE TABLE people AS {people_sql(cases.attributes_of(service, on), on)}")
    connection.execute(f"CREATE TABLE everybody AS {households_sql()}")
    connection.execute("CREATE TABLE household AS SELECT * FROM everybody WHERE excluded = '' AND NOT odd")
    made = registers.bulk(
        cases.binding_of(service),
        registers.declarations(content_roots()),
        cases.bound_inputs(on, service),
        as_of=on,
        parameters=parameters,
    )
    connection.execute(f"CREATE TABLE bound AS {made.select}")
    given = assumed_sql("SELECT * FROM bound", made.kinds, rules.assume)
    connection.execute(f"CREATE TABLE given AS {given}")
    said = law.table_query(
        cases.book(),
        rules.law,
        (rules.entitlement, rules.amount, *rules.conditions),
        on=on,
        connection=connection,
        table="SELECT * EXCLUDE (odd) FROM given",
        parameters=parameters,
    )
    connection.execute(
        f"CREATE TABLE verdict AS {verdict_sql(said, rules.entitlement, rules.amount, rules.conditions)}"
    )


def _plain(row: _Row) -> Plain | None:
    if row.odd:
        return None
    if row.excluded:
        return Plain(row.members, ItemOutcome.EXCLUDED, row.excluded, "")
    if row.verdict != Verdict.NOT:
        return None
    return Plain(row.members, ItemOutcome.NOT_ENTITLED, row.failed[:120], row.assumed[:200])


def _counted(plain: Sequence[Plain]) -> BatchResult:
    result = BatchResult()
    for one in plain:
        persons = len(one.members.read)
        result.read += persons
        if one.outcome is ItemOutcome.EXCLUDED:
            result.excluded[one.reason] = result.excluded.get(one.reason, 0) + persons
            result.to_person += persons if Excluded(one.reason) in TO_PERSON else 0
        else:
            result.evaluated += persons
            result.not_entitled += persons
            result.reasons[one.reason] = result.reasons.get(one.reason, 0) + persons
    return result


def _check_equal(plain: Sequence[Plain], exact: JudgedBatch) -> None:
    """Raises RoundDisagrees when a household judged one by one differs."""
    by_first = {one.members.first: one for one in exact.households}
    for one in plain:
        other = by_first.get(one.members.first)
        if other is None or (one.members, one.outcome, one.reason, one.assumed) != _as_plain(other):
            raise RoundDisagrees(one.outcome.value, other.outcome.value if other else "nobody")


def _as_plain(one: Judged) -> tuple[Members, ItemOutcome, str, str]:
    return one.members, one.outcome, one.reason, ",".join(one.judgement.assumed)[:200] if one.judgement else ""


def _check_amounts(rows: Sequence[_Row], exact: JudgedBatch) -> None:
    """Who qualifies in bulk qualifies one by one, for the same amount."""
    by_first = {one.members.first: one.judgement for one in exact.households}
    for row in rows:
        if row.odd or row.excluded or row.verdict == Verdict.NOT:
            continue
        judged = by_first.get(row.members.first)
        said = (judged.verdict, judged.amount_eurocent) if judged else (None, None)
        amount = row.amount if row.verdict == Verdict.QUALIFIES else None
        if said != (row.verdict, amount):
            raise RoundDisagrees(f"{row.verdict} {amount}", f"{said[0]} {said[1]}")


def store_plain(run: models.Run, plain: Sequence[Plain], *, batch: int) -> None:
    """Write the outcomes, at most `batch` persons a transaction; what is there already stays."""
    rows: list[dict[str, Any]] = []
    for one in plain:
        for person in one.members.read:
            is_first = person == one.members.first
            rows.append(
                {"p": str(person), "o": one.outcome.value, "r": one.reason, "a": one.assumed if is_first else ""}
            )
        if len(rows) > batch - 2:
            _insert(run.id, rows)
            rows = []
    if rows:
        _insert(run.id, rows)


def _insert(run: UUID, rows: Sequence[dict[str, Any]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO proposals_run_item (run_id, person, outcome, reason, assumed, lane)"
            " SELECT %s, p, o, r, a, '' FROM jsonb_to_recordset(%s::jsonb) AS x(p uuid, o text, r text, a text)"
            " ON CONFLICT DO NOTHING",
            [run, json.dumps(rows)],
        )
