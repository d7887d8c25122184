"""Judging a chunk of a round at once, and storing what needs no case: the outcome of who hears nothing.

Only a plain no and a safeguard are taken from the bulk result. Whoever may hear something, and every odd household, is
judged again one by one, with every step; so is a fixed sample of the rest, and any difference stops the round.
Source: decision 0063 (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from waardig.cases import queries as cases
from waardig.cases.queries import Verdict
from waardig.kernel.canonical_json import canonical_json
from waardig.law import queries as law
from waardig.law.terms import NotCompilable
from waardig.proposals import models
from waardig.proposals.actions.batch import TO_PERSON, judge_batch
from waardig.proposals.actions.chunks import Chunk, Part, Settled, facts_of
from waardig.proposals.actions.first_look import settled_at_once
from waardig.proposals.actions.judged import BatchResult, Judged, JudgedBatch
from waardig.proposals.core.bulk_sql import assumed_sql, households_sql, people_sql, verdict_sql
from waardig.proposals.core.household import Members
from waardig.proposals.core.plain import Alike, Plain, in_batches
from waardig.proposals.terms import Excluded, ItemOutcome, RoundDisagrees
from waardig.registers import queries as registers
from waardig.registers.terms import NotInBulk

SAMPLE = 499
"""One in so many plain households is judged again one by one; by its id, so that a repeat draws the same."""


@dataclass(frozen=True)
class JudgedChunk:
    """A chunk: who hears nothing, and the households judged one by one with their own counts."""

    plain: tuple[Alike, ...]
    exact: JudgedBatch
    result: BatchResult


def judge_chunk(service: str, chunk: Chunk, *, on: date, bulk_from: int, waiting: Collection[UUID] = ()) -> JudgedChunk:
    """Apply safeguards and law to a chunk; equal to `judge_batch` on every household.

    Args:
        bulk_from: fewer persons than that are judged one by one, which takes less than preparing tables.
        waiting: who was not read because what is known of them is too old; whose partner waits is judged one by one.

    Raises:
        RoundDisagrees: the two executors differ on a household; nothing of the chunk was stored.
    """
    _check_settled(service, chunk, on)
    done = chunk.settled.alike
    read = sum(len(part.ticket.persons) for part in chunk.parts)
    found = _found(service, chunk, on, any_waits=bool(waiting)) if read >= bulk_from else None
    if found is None:
        everybody = chunk.facts_of([p for part in chunk.parts for p in part.ticket.persons])
        exact = judge_batch(service, everybody, on=on, waiting=waiting)
        return JudgedChunk(done, exact, exact.result.plus(_counted(done)))
    plain, sampled, rows = found
    asked = [p for row in rows for p in row.members.read]
    again = _persons(sampled)
    facts = chunk.facts_of([*asked, *again])
    exact = judge_batch(service, {person: facts[person] for person in asked}, on=on, waiting=waiting)
    _check_equal(sampled, judge_batch(service, {person: facts[person] for person in again}, on=on).households)
    _check_amounts(rows, exact)
    return JudgedChunk((*done, *plain), exact, exact.result.plus(_counted((*done, *plain))))


def _persons(plain: Sequence[Plain]) -> list[UUID]:
    return [UUID(person) for one in plain for person in (one.first, one.partner) if person is not None]


def _check_settled(service: str, chunk: Chunk, on: date) -> None:
    """A sample of what the first look settled is judged one by one, on what it read."""
    sampled = chunk.settled.sampled
    _check_equal(sampled, settled_at_once(service, facts_of(chunk.looked, _persons(sampled)), on=on))


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
_IS_PLAIN_NOW = f"({_IS_PLAIN} AND a.excluded <> '{Excluded.PARTNER_OPTED_OUT}')"
"""Where people wait: a partner who was not read may be one of them."""
_FROM = "FROM everybody AS a LEFT JOIN verdict AS v USING (h) LEFT JOIN bound AS b USING (h)"
_PLAIN = (
    "CREATE TABLE plain AS SELECT a.first, a.partner_n, a.first_id::VARCHAR AS first_id,"
    " CASE WHEN a.partner_n IS NOT NULL THEN a.partner_id::VARCHAR END AS partner_id,"
    f" CASE WHEN a.excluded <> '' THEN '{ItemOutcome.EXCLUDED.value}' ELSE '{ItemOutcome.NOT_ENTITLED.value}' END"
    " AS outcome, CASE WHEN a.excluded <> '' THEN a.excluded ELSE left(v.failed, 120) END AS reason,"
    " CASE WHEN a.excluded <> '' THEN '' ELSE left(coalesce(v.assumed, ''), 200) END AS assumed"
    f" {_FROM} WHERE {{which}}"
)
_ALIKE = (
    "SELECT outcome, reason, assumed, list(first_id ORDER BY first_id),"
    " coalesce(list(partner_id ORDER BY first_id) FILTER (partner_id IS NOT NULL), [])"
    " FROM plain GROUP BY outcome, reason, assumed, partner_id IS NULL ORDER BY ALL"
)
_SAMPLED = (
    "SELECT first_id, partner_id, outcome, reason, assumed FROM plain"  # noqa: S608
    f" WHERE ('0x' || right(first_id, 8))::UBIGINT % {SAMPLE} = 0 ORDER BY first_id"
)
_LEFT = (
    "SELECT id FROM person ANTI JOIN (SELECT first AS n FROM plain UNION ALL SELECT partner_n FROM plain) USING (n)"
    " ORDER BY n"
)
_OTHERS = (
    f"SELECT a.first_id, a.partner_id, a.partner_n IS NOT NULL, a.excluded, {_ODD},"
    f" coalesce(v.verdict, 'unknown'), v.amount {_FROM} WHERE NOT {{which}} ORDER BY a.first_id"
)


def settle(service: str, parts: Sequence[Part], *, on: date) -> Settled:
    """The households of which the first look alone says no; equal to `settled_at_once` on every one."""
    inputs = cases.first_inputs(on, service)
    try:
        with _judged(service, parts, cases.first_attributes(service, on), inputs, {}, on) as said:
            alike, sampled = _plain(said, _IS_NO)
            return Settled(alike, sampled, tuple(person for (person,) in said.execute(_LEFT).fetchall()))
    except (NotInBulk, NotCompilable):  # everybody is looked at whole
        return Settled((), (), tuple(person for part in parts for person in part.ticket.persons))


_Found = tuple[tuple[Alike, ...], tuple[Plain, ...], list[_Row]]


def _found(service: str, chunk: Chunk, on: date, *, any_waits: bool) -> _Found | None:
    """Every household of the chunk as the SQL judges it, or None when this service is not judged in bulk."""
    rules = cases.rules_of(service)
    try:
        everything = (cases.attributes_of(service, on), cases.bound_inputs(on, service), rules.assume)
        with _judged(service, chunk.parts, *everything, on) as said:
            which = _IS_PLAIN_NOW if any_waits else _IS_PLAIN
            plain, others = _plain(said, which), said.execute(_OTHERS.format(which=which)).fetchall()
    except (NotInBulk, NotCompilable):
        return None
    return *plain, [_Row(Members(first, partner, read), *rest) for first, partner, read, *rest in others]


def _plain(said: Any, which: str) -> tuple[tuple[Alike, ...], tuple[Plain, ...]]:
    """Who hears nothing, those alike together; and one in so many of them."""
    said.execute(_PLAIN.format(which=which))
    alike = tuple(Alike(*row) for row in said.execute(_ALIKE).fetchall())
    return alike, tuple(map(Plain._make, said.execute(_SAMPLED).fetchall()))


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
        registers.declared(),
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


def _counted(plain: Sequence[Alike]) -> BatchResult:
    result = BatchResult()
    for one in plain:
        result.read += one.persons
        if one.outcome == ItemOutcome.EXCLUDED:
            result.excluded[one.reason] = result.excluded.get(one.reason, 0) + one.persons
            result.to_person += one.persons if Excluded(one.reason) in TO_PERSON else 0
        else:
            result.evaluated += one.persons
            result.not_entitled += one.persons
            result.reasons[one.reason] = result.reasons.get(one.reason, 0) + one.persons
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


def store_plain(run: models.Run, plain: Sequence[Alike], *, batch: int) -> None:
    """Write the outcomes, at most `batch` persons a transaction and whole households; what is there already stays.

    These transactions do not wait for the disk: who is lost with the database is read again under the same line, and
    closing the run waits for everything before it.
    """
    for some in in_batches(plain, batch):
        _insert(run.id, some)


def _insert(run: UUID, some: Sequence[Alike]) -> None:
    """Outcomes are new nearly always, and are written as if so; only when one is there already each is looked at."""
    rows = [
        {"o": one.outcome, "r": one.reason, "a": assumed, "p": persons}
        for one in some
        for persons, assumed in ((one.firsts, one.assumed), (one.partners, ""))
        if persons
    ]
    try:
        _write(run, canonical_json(rows))
    except IntegrityError:
        _write(run, canonical_json(rows), "ON CONFLICT DO NOTHING")


def _write(run: UUID, rows: str, when_there: str = "") -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
        cursor.execute(
            "INSERT INTO proposals_run_item (run_id, person, outcome, reason, assumed, lane)"  # noqa: S608
            " SELECT %s, one, o, r, a, '' FROM jsonb_to_recordset(%s::jsonb) AS x(o text, r text, a text, p uuid[]),"
            f" unnest(p) AS one {when_there}",
            [run, rows],
        )
