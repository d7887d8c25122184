"""Judging a chunk of a round at once, and storing what needs no case: the outcome of who hears nothing.

Only a plain no and a safeguard are taken from the bulk result. Whoever may hear something, and every odd household, is
judged again one by one, with every step; so is a fixed sample of the rest, and any difference stops the round.
Source: decision 0063 (docs/decisions).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from waardig.cases import queries as cases
from waardig.cases.queries import Verdict
from waardig.kernel.canonical_json import canonical_json
from waardig.kernel.content import content_roots
from waardig.law import queries as law
from waardig.law.terms import NotCompilable
from waardig.proposals import models
from waardig.proposals.actions.batch import TO_PERSON, judge_batch
from waardig.proposals.actions.chunks import Chunk, Part, facts_of
from waardig.proposals.actions.first_look import settled_at_once
from waardig.proposals.actions.judged import BatchResult, Judged, JudgedBatch
from waardig.proposals.core.bulk_sql import assumed_sql, households_sql, people_sql, verdict_sql
from waardig.proposals.core.household import Members
from waardig.proposals.core.plain import Plain
from waardig.proposals.terms import Excluded, ItemOutcome, RoundDisagrees
from waardig.registers import queries as registers
from waardig.registers.terms import NotInBulk

SAMPLE = 499
"""One in so many plain households is judged again one by one; by its id, so that a repeat draws the same."""


@dataclass(frozen=True)
class JudgedChunk:
    """A chunk: who hears nothing, and the households judged one by one with their own counts."""

    plain: tuple[Plain, ...]
    exact: JudgedBatch
    result: BatchResult


def judge_chunk(service: str, chunk: Chunk, *, on: date, bulk_from: int) -> JudgedChunk:
    """Apply safeguards and law to a chunk; equal to `judge_batch` on every household.

    Args:
        bulk_from: fewer persons than that are judged one by one, which takes less than preparing tables.

    Raises:
        RoundDisagrees: the two executors differ on a household; nothing of the chunk was stored.
    """
    _check_settled(service, chunk, on)
    done = chunk.settled
    read = sum(len(part.ticket.persons) for part in chunk.parts)
    found = _found(service, chunk, on) if read >= bulk_from else None
    if found is None:
        exact = judge_batch(service, chunk.facts_of([p for part in chunk.parts for p in part.ticket.persons]), on=on)
        return JudgedChunk(done, exact, exact.result.plus(_counted(done)))
    plain, rows = found
    sampled = _sample(plain)
    asked = [p for row in rows for p in row.members.read]
    again = [UUID(p) for one in sampled for p in one.persons]
    facts = chunk.facts_of([*asked, *again])
    exact = judge_batch(service, {person: facts[person] for person in asked}, on=on)
    _check_equal(sampled, judge_batch(service, {person: facts[person] for person in again}, on=on).households)
    _check_amounts(rows, exact)
    return JudgedChunk((*done, *plain), exact, exact.result.plus(_counted((*done, *plain))))


def _sample(plain: Sequence[Plain]) -> list[Plain]:
    return [one for one in plain if int(one.first[-8:], 16) % SAMPLE == 0]


def _check_settled(service: str, chunk: Chunk, on: date) -> None:
    """A sample of what the first look settled is judged one by one, on what it read."""
    sampled = _sample(chunk.settled)
    facts = facts_of(chunk.looked, [UUID(p) for one in sampled for p in one.persons])
    _check_equal(sampled, settled_at_once(service, facts, on=on))


@dataclass(frozen=True)
class _Row:
    members: Members
    excluded: str
    odd: bool
    verdict: str
    amount: int | None


_ODD = "(a.odd OR coalesce(b.odd, FALSE))"
_IS_NO = f"coalesce(v.verdict, 'unknown') = 'not' AND NOT {_ODD}"
_IS_PLAIN = f"((a.excluded <> '' AND NOT {_ODD}) OR ({_IS_NO}))"
_FROM = "FROM everybody AS a LEFT JOIN verdict AS v USING (h) LEFT JOIN bound AS b USING (h)"
_PLAIN = (
    "SELECT a.first_id::VARCHAR, CASE WHEN a.partner_n IS NOT NULL THEN a.partner_id::VARCHAR END,"
    f" CASE WHEN a.excluded <> '' THEN '{ItemOutcome.EXCLUDED.value}' ELSE '{ItemOutcome.NOT_ENTITLED.value}' END,"
    " CASE WHEN a.excluded <> '' THEN a.excluded ELSE left(v.failed, 120) END,"
    " CASE WHEN a.excluded <> '' THEN '' ELSE left(coalesce(v.assumed, ''), 200) END"
    f" {_FROM} WHERE {{which}} ORDER BY a.first_id"
)
_OTHERS = (
    f"SELECT a.first_id, a.partner_id, a.partner_n IS NOT NULL, a.excluded, {_ODD},"
    f" coalesce(v.verdict, 'unknown'), v.amount {_FROM} WHERE NOT {_IS_PLAIN} ORDER BY a.first_id"
)


def settle(service: str, parts: Sequence[Part], *, on: date) -> tuple[Plain, ...]:
    """The households of which the first look alone says no; equal to `settled_at_once` on every one."""
    inputs = cases.first_inputs(on, service)
    try:
        with _judged(service, parts, cases.first_attributes(service, on), inputs, {}, on) as said:
            return _plain(said, _IS_NO)
    except (NotInBulk, NotCompilable):
        return ()  # everybody is looked at whole


def _found(service: str, chunk: Chunk, on: date) -> tuple[tuple[Plain, ...], list[_Row]] | None:
    """Every household of the chunk as the SQL judges it, or None when this service is not judged in bulk."""
    rules = cases.rules_of(service)
    try:
        everything = (cases.attributes_of(service, on), cases.bound_inputs(on, service), rules.assume)
        with _judged(service, chunk.parts, *everything, on) as said:
            plain, others = _plain(said, _IS_PLAIN), said.execute(_OTHERS).fetchall()
    except (NotInBulk, NotCompilable):
        return None
    return plain, [_Row(Members(first, partner, read), *rest) for first, partner, read, *rest in others]


def _plain(said: Any, which: str) -> tuple[Plain, ...]:
    return tuple(map(Plain._make, said.execute(_PLAIN.format(which=which)).fetchall()))


@contextmanager
def _judged(
    service: str,
    parts: Sequence[Part],
    attributes: frozenset[str],
    inputs: Sequence[str],
    assume: Mapping[str, Any],
    on: date,
) -> Iterator[Any]:
    """A connection with the tables `everybody`, `bound` and `verdict` of what was read.

    Args:
        attributes, inputs: what was read, and what that answers; other inputs are unknown.
        assume: what is taken for an unknown input.
    """
    snapshot = registers.Snapshot()
    try:
        snapshot.fill((part.ticket.persons, part.attributes, part.facts) for part in parts)
        _judge_in(snapshot.connection, service, attributes, inputs, assume, on)
        yield snapshot.connection
    finally:
        snapshot.close()


def _judge_in(
    connection: Any,
    service: str,
    attributes: frozenset[str],
    inputs: Sequence[str],
    assume: Mapping[str, Any],
    on: date,
) -> None:
    rules, parameters = cases.rules_of(service), cases.parameters(on, service)
    connection.execute(f"CREATE TABLE people AS {people_sql(attributes, on)}")
    connection.execute(f"CREATE TABLE everybody AS {households_sql()}")
    connection.execute("CREATE TABLE household AS SELECT * FROM everybody WHERE excluded = '' AND NOT odd")
    made = registers.bulk(
        cases.binding_of(service),
        registers.declarations(content_roots()),
        inputs,
        as_of=on,
        parameters=parameters,
    )
    connection.execute(f"CREATE TABLE bound AS {made.select}")
    given = assumed_sql("SELECT * FROM bound", made.kinds, assume)
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


def _counted(plain: Sequence[Plain]) -> BatchResult:
    result = BatchResult()
    sums = Counter((one.outcome, one.reason, one.partner is None) for one in plain)
    for (outcome, reason, alone), households in sums.items():
        persons = households if alone else 2 * households
        result.read += persons
        if outcome == ItemOutcome.EXCLUDED:
            result.excluded[reason] = result.excluded.get(reason, 0) + persons
            result.to_person += persons if Excluded(reason) in TO_PERSON else 0
        else:
            result.evaluated += persons
            result.not_entitled += persons
            result.reasons[reason] = result.reasons.get(reason, 0) + persons
    return result


def _check_equal(plain: Sequence[Plain], exact: Sequence[Judged]) -> None:
    """Raises RoundDisagrees when a household judged one by one differs."""
    by_first = {str(one.members.first): one for one in exact}
    for one in plain:
        other = by_first.get(one.first)
        if other is None or one != _as_plain(other):
            raise RoundDisagrees(one.outcome, other.outcome.value if other else "nobody")


def _as_plain(one: Judged) -> Plain:
    members = one.members
    return Plain(
        str(members.first),
        str(members.partner) if members.partner is not None and members.partner_read else None,
        one.outcome.value,
        one.reason,
        ",".join(one.judgement.assumed)[:200] if one.judgement else "",
    )


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
    """Write the outcomes, at most `batch` persons a transaction; what is there already stays.

    These transactions do not wait for the disk: who is lost with the database is read again under the same line, and
    closing the run waits for everything before it.
    """
    alike: dict[tuple[str, str, str], list[str]] = {}
    size = 0
    for first, partner, outcome, reason, assumed in plain:
        if size + (2 if partner is not None else 1) > batch and size:
            _insert(run.id, alike)
            alike, size = {}, 0
        alike.setdefault((outcome, reason, assumed), []).append(first)
        size += 1
        if partner is not None:
            alike.setdefault((outcome, reason, ""), []).append(partner)
            size += 1
    if alike:
        _insert(run.id, alike)


def _insert(run: UUID, alike: Mapping[tuple[str, str, str], Sequence[str]]) -> None:
    rows = [{"o": o, "r": r, "a": a, "p": persons} for (o, r, a), persons in alike.items()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
        cursor.execute(
            "INSERT INTO proposals_run_item (run_id, person, outcome, reason, assumed, lane)"
            " SELECT %s, one, o, r, a, '' FROM jsonb_to_recordset(%s::jsonb) AS x(o text, r text, a text, p uuid[]),"
            " unnest(p) AS one ON CONFLICT DO NOTHING",
            [run, canonical_json(rows)],
        )
