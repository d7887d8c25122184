"""Judging a chunk of a round at once, and storing what needs no case: the outcome of who hears nothing.

Only a plain no and a safeguard are taken from the bulk result. Whoever may hear something, and every odd household, is
judged again one by one, with every step; so is a fixed sample of the rest, and any difference stops the round.
Source: decision 0063 (docs/decisions).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from waardig.cases import queries as cases
from waardig.cases.queries import Verdict
from waardig.kernel.canonical_json import canonical_json
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


class Plain(NamedTuple):
    """A household of which nobody hears anything, as judged in bulk; `partner` only when read."""

    first: str
    partner: str | None
    outcome: str
    reason: str
    assumed: str

    @property
    def persons(self) -> tuple[str, ...]:
        """Who was read."""
        return (self.first,) if self.partner is None else (self.first, self.partner)


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
    found = _found(service, chunk, on)
    if found is None:
        exact = judge_batch(service, chunk.facts_of([p for part in chunk.parts for p in part.ticket.persons]), on=on)
        return JudgedChunk((), exact, exact.result)
    plain, rows = found
    sampled = [one for one in plain if UUID(one.first).int % SAMPLE == 0]
    asked = [p for row in rows for p in row.members.read]
    again = [UUID(p) for one in sampled for p in one.persons]
    facts = chunk.facts_of([*asked, *again])
    exact = judge_batch(service, {person: facts[person] for person in asked}, on=on)
    _check_equal(sampled, judge_batch(service, {person: facts[person] for person in again}, on=on))
    _check_amounts(rows, exact)
    return JudgedChunk(plain, exact, exact.result.plus(_counted(plain)))


@dataclass(frozen=True)
class _Row:
    members: Members
    excluded: str
    odd: bool
    verdict: str
    amount: int | None


_IS_PLAIN = "(a.excluded <> '' OR coalesce(v.verdict, 'unknown') = 'not') AND NOT a.odd AND NOT coalesce(b.odd, FALSE)"
_FROM = "FROM everybody AS a LEFT JOIN verdict AS v USING (h) LEFT JOIN bound AS b USING (h)"
_PLAIN = (
    "SELECT a.first_id::VARCHAR, CASE WHEN a.partner_n IS NOT NULL THEN a.partner_id::VARCHAR END,"
    f" CASE WHEN a.excluded <> '' THEN '{ItemOutcome.EXCLUDED.value}' ELSE '{ItemOutcome.NOT_ENTITLED.value}' END,"
    " CASE WHEN a.excluded <> '' THEN a.excluded ELSE left(v.failed, 120) END,"
    " CASE WHEN a.excluded <> '' THEN '' ELSE left(coalesce(v.assumed, ''), 200) END"
    f" {_FROM} WHERE {_IS_PLAIN} ORDER BY a.first_id"
)
_OTHERS = (
    "SELECT a.first_id, a.partner_id, a.partner_n IS NOT NULL, a.excluded, a.odd OR coalesce(b.odd, FALSE),"
    f" coalesce(v.verdict, 'unknown'), v.amount {_FROM} WHERE NOT ({_IS_PLAIN}) ORDER BY a.first_id"
)


def _found(service: str, chunk: Chunk, on: date) -> tuple[tuple[Plain, ...], list[_Row]] | None:
    """Every household of the chunk as the SQL judges it, or None when this service is not judged in bulk."""
    snapshot = registers.Snapshot()
    try:
        snapshot.fill((part.ticket.persons, part.attributes, part.facts) for part in chunk.parts)
        _judge_in(snapshot.connection, service, on)
        plain = tuple(map(Plain._make, snapshot.connection.execute(_PLAIN).fetchall()))
        others = snapshot.connection.execute(_OTHERS).fetchall()
    except (NotInBulk, NotCompilable):
        return None
    finally:
        snapshot.close()
    return plain, [_Row(Members(first, partner, read), *rest) for first, partner, read, *rest in others]


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


def _check_equal(plain: Sequence[Plain], exact: JudgedBatch) -> None:
    """Raises RoundDisagrees when a household judged one by one differs."""
    by_first = {str(one.members.first): one for one in exact.households}
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
    """Write the outcomes, at most `batch` persons a transaction; what is there already stays."""
    for part in _parts(plain, batch):
        alike: dict[tuple[str, str, str], list[str]] = {}
        for first, partner, outcome, reason, assumed in part:
            alike.setdefault((outcome, reason, assumed), []).append(first)
            if partner is not None:
                alike.setdefault((outcome, reason, ""), []).append(partner)
        _insert(run.id, [{"o": o, "r": r, "a": a, "p": persons} for (o, r, a), persons in alike.items()])


def _parts(plain: Sequence[Plain], most: int) -> Iterator[list[Plain]]:
    """Whole households, at most so many persons a part."""
    part: list[Plain] = []
    size = 0
    for one in plain:
        persons = len(one.persons)
        if part and size + persons > most:
            yield part
            part, size = [], 0
        part.append(one)
        size += persons
    if part:
        yield part


def _insert(run: UUID, rows: Sequence[dict[str, Any]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO proposals_run_item (run_id, person, outcome, reason, assumed, lane)"
            " SELECT %s, one, o, r, a, '' FROM jsonb_to_recordset(%s::jsonb) AS x(o text, r text, a text, p uuid[]),"
            " unnest(p) AS one ON CONFLICT DO NOTHING",
            [run, canonical_json(rows)],
        )
