"""The facts of a population as columns in memory: as of a day and as known at a moment, relations resolved once.

Purpose, weighing and the log line of each person come first and are timed apart (`ask`). The snapshot is what follows:
the facts of committed tickets, a table of facts in memory, one row a person with partner and safeguards, one row a
household, and each input of the law as a typed column with its reason. Baseline: the owner copies the same facts, as
they are, into a table in memory of the same engine: no ticket, nothing as of a day, no relation, no column of its own.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks.a_town import SERVICE, database, multiply, prepare
from benchmarks.processor import peak_megabytes

ROUND = "iit.ronde"
IN_ONE_ASK, CHUNK, GATES, BY_DOORS = 500, 10_000, 3, 2_000


@dataclass(frozen=True)
class Made:
    """One snapshot: seconds of asking and of making it, rows of its facts and of its columns, columns a row."""

    asking: float
    making: float
    facts: int
    households: int
    columns: int


def table(clients: int) -> Iterator[str]:
    """The lines of the table."""
    with database() as owner:
        prepare(min(clients, BY_DOORS))
        if clients > BY_DOORS:
            multiply(owner, clients=clients, due=0.03)
        people = _population()
        made = _snapshot(people)
        plain = _plain(owner, people)
    persons, each = len(people), len(people) / made.making
    yield f"A snapshot of {persons:,} persons, {made.facts:,} facts ({made.facts / persons:.1f} a person)"
    yield f"{'ask':<10}{made.asking:>9.2f} s{persons / made.asking:>12,.0f} persons/s   purpose, weighing, a line each"
    yield (
        f"{'snapshot':<10}{made.making:>9.2f} s{each:>12,.0f} persons/s   {made.households:,} households,"
        f" {made.columns} columns; {made.making / plain:.1f} times the baseline; 1,000,000 persons: {1e6 / each:.0f} s"
    )
    yield f"{'baseline':<10}{plain:>9.2f} s{persons / plain:>12,.0f} persons/s   the facts copied by the owner"
    yield f"most memory of this process: {peak_megabytes()} MB (as in a round {CHUNK:,} persons at a time)"


def _population() -> Sequence[UUID]:
    from waardig.access.actions import select_population
    from waardig.access.terms import Actor
    from waardig.cases.queries import rule_set_of
    from waardig.kernel.clock import business_today

    today = business_today()
    rules = rule_set_of(SERVICE, today).hash
    return select_population(ROUND, actor=Actor("system", "proposals"), as_of=today, rule_set=rules).persons


def _snapshot(people: Sequence[UUID]) -> Made:
    from waardig.access.actions import ask
    from waardig.access.queries import attributes_of
    from waardig.access.terms import Actor, Request
    from waardig.cases import queries as cases
    from waardig.kernel.clock import business_today
    from waardig.proposals.actions.chunks import beside
    from waardig.registers import queries as registers

    attributes, today, run = attributes_of(ROUND), business_today(), uuid4()
    rules = cases.rule_set_of(SERVICE, today).hash

    def asked(some: Sequence[UUID]) -> Any:
        return ask(
            Request(ROUND, attributes, tuple(some), Actor("system", "proposals"), today, run=run, rule_set=rules)
        )

    with ExitStack() as stack:
        gates = [stack.enter_context(beside(f"gate-{n}")) for n in range(GATES)]
        begin = time.perf_counter()
        parts = [people[start : start + IN_ONE_ASK] for start in range(0, len(people), IN_ONE_ASK)]
        waiting = [gates[n % GATES].submit(asked, part) for n, part in enumerate(parts)]
        tickets = [one.result() for one in waiting]
        asking = time.perf_counter() - begin
        _columns([(tickets[0].persons[:1], sorted(attributes), None)], attributes, today)  # laws and bindings read once
        begin = time.perf_counter()
        coming: list[Any] = [gates[n % GATES].submit(registers.take_many, ticket) for n, ticket in enumerate(tickets)]
        facts = households = columns = 0
        together = CHUNK // IN_ONE_ASK
        for start in range(0, len(tickets), together):
            given = [
                (ticket.persons, *one.result())
                for ticket, one in zip(tickets[start : start + together], coming[start : start + together], strict=True)
            ]
            coming[start : start + together] = [None] * len(given)
            found = _columns(given, attributes, today)
            facts, households, columns = facts + found[0], households + found[1], found[2]
        return Made(asking, time.perf_counter() - begin, facts, households, columns)


def _columns(given: Sequence[Any], attributes: frozenset[str], today: date) -> tuple[int, int, int]:
    from waardig.cases import queries as cases
    from waardig.proposals.core.bulk_sql import households_sql, people_sql
    from waardig.registers import queries as registers

    snapshot = registers.Snapshot()
    try:
        snapshot.fill(given)
        said = snapshot.connection
        said.execute(f"CREATE TABLE people AS {people_sql(attributes, today)}")
        said.execute(f"CREATE TABLE everybody AS {households_sql()}")
        said.execute("CREATE TABLE household AS SELECT * FROM everybody WHERE excluded = '' AND NOT odd")
        made = registers.bulk(
            cases.binding_of(SERVICE), registers.declared(), cases.bound_inputs(today, SERVICE), as_of=today,
            parameters=cases.parameters(today, SERVICE),
        )  # fmt: skip
        said.execute(f"CREATE TABLE bound AS {made.select}")
        (facts,) = said.execute("SELECT count(*) FROM fact").fetchone()
        (households,) = said.execute("SELECT count(*) FROM bound").fetchone()
        return facts, households, len(said.execute("DESCRIBE bound").fetchall())
    finally:
        snapshot.close()


def _plain(owner: str, people: Sequence[UUID]) -> float:
    """Seconds of copying the facts as they are into a table in memory."""
    import duckdb

    from waardig.access.queries import attributes_of

    listed = ",".join(sorted(attributes_of(ROUND)))
    query = (
        "COPY (SELECT f.person, f.attribute, f.value, nullif(f.valid_from, '-infinity'), f.valid_to,"  # noqa: S608
        " f.under_investigation FROM reg.fact f JOIN read USING (person)"
        f" WHERE f.superseded_at IS NULL AND f.attribute = ANY ('{{{listed}}}')) TO STDOUT"
    )
    with psycopg.connect(owner, autocommit=True) as connection, tempfile.NamedTemporaryFile() as file:
        connection.execute("CREATE TEMP TABLE read (person uuid PRIMARY KEY)")
        with connection.cursor().copy("COPY read FROM STDIN") as into:
            for person in people:
                into.write_row([person])
        connection.execute("ANALYZE read")
        begin = time.perf_counter()
        with connection.cursor().copy(query.encode()) as copy:
            for block in copy:
                file.write(block)
        file.flush()
        duckdb.connect(config={"threads": os.cpu_count() or 1}).execute(
            "CREATE TABLE fact AS SELECT * FROM read_csv($1, header = false, auto_detect = false, delim = '\t',"
            " quote = '', escape = '', nullstr = '\\N',"
            " columns = {'person': 'UUID', 'attribute': 'VARCHAR', 'value': 'VARCHAR',"
            " 'since': 'DATE', 'until': 'DATE', 'doubt': 'VARCHAR'})",
            [file.name],
        )
        return time.perf_counter() - begin
