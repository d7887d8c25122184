"""The facts of a population as columns in memory: as of a day and as known at a moment, relations resolved once.

Purpose, weighing and the log line of each person come first and are timed apart (`ask`). The snapshot is what follows:
the facts of committed tickets in one table in memory, then over all of them one row a person with partner and
safeguards, one row a household, and each input of the law as a typed column with its reason. Baseline: the owner copies
the same facts, as they are, into a table in memory of the same engine: no ticket, nothing as of a day, no relation, no
column of its own.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks.a_town import SERVICE, database, multiply, prepare
from benchmarks.processor import database_seconds, peak_megabytes, postmaster_of

ROUND = "iit.ronde"
IN_ONE_ASK, CHUNK, GATES, BY_DOORS = 500, 10_000, 3, 2_000
AHEAD = 20
"""Tickets that a thread is ahead, so that what waits in memory does not grow with the population."""


STEPS = {
    "ask": "purpose, weighing, a line each",
    "take": "waiting for facts that the gate gives, which {gates} threads do meanwhile",
    "fill": "into one table in memory, while the next come",
    "relate": "partner, safeguards, one row a household",
    "columns": "each input of the law with its reason",
}


@dataclass(frozen=True)
class Made:
    """One snapshot.

    Attributes:
        steps: seconds by step; `ask` is not in the snapshot itself.
        facts, households, columns: rows of its facts and of its columns, and columns a row.
        cpu: seconds of processor of the snapshot in this process and in the database.
        memory: the most megabytes of this process.
    """

    steps: Mapping[str, float]
    facts: int
    households: int
    columns: int
    cpu: tuple[float, float]
    memory: int

    @property
    def making(self) -> float:
        """Seconds of the snapshot, without the asking."""
        return sum(self.steps.values()) - self.steps["ask"]


def table(clients: int) -> Iterator[str]:
    """The lines of the table."""
    with database() as owner:
        prepare(min(clients, BY_DOORS))
        if clients > BY_DOORS:
            multiply(owner, clients=clients, due=0.03)
        people = _population()
        made = _snapshot(people, postmaster_of(owner))
        plain = _plain(owner, people)
    persons, each = len(people), len(people) / made.making
    yield f"A snapshot of {persons:,} persons, {made.facts:,} facts ({made.facts / persons:.1f} a person)"
    for name, seconds in made.steps.items():
        said = STEPS[name].format(gates=GATES)
        yield f"{name:<10}{seconds:>9.2f} s{seconds / persons * 1e6:>9.1f} microseconds a person   {said}"
    yield (
        f"{'snapshot':<10}{made.making:>9.2f} s{each:>12,.0f} persons/s   {made.households:,} households,"
        f" {made.columns} columns; {made.making / plain:.2f} times the baseline"
    )
    yield f"{'baseline':<10}{plain:>9.2f} s{persons / plain:>12,.0f} persons/s   the facts copied by the owner"
    yield (
        f"1,000,000 persons: {1e6 / each:.0f} s, with asking {(made.making + made.steps['ask']) / persons * 1e6:.0f} s;"
        f" {1e6 * plain / persons:.0f} s for the baseline"
    )
    ours, theirs = [seconds / persons * 1e6 for seconds in made.cpu]
    yield f"processor: {ours:.0f} microseconds a person in this process and {theirs:.0f} in the database"
    yield f"most memory of this process: {made.memory} MB"


def _population() -> Sequence[UUID]:
    from waardig.access.actions import select_population
    from waardig.access.terms import Actor
    from waardig.cases.queries import rule_set_of
    from waardig.kernel.clock import business_today

    today = business_today()
    rules = rule_set_of(SERVICE, today).hash
    return select_population(ROUND, actor=Actor("system", "proposals"), as_of=today, rule_set=rules).persons


def _snapshot(people: Sequence[UUID], server: int) -> Made:
    from waardig.access.queries import attributes_of
    from waardig.kernel.clock import business_today
    from waardig.proposals.actions.chunks import beside
    from waardig.registers import queries as registers

    attributes, today = attributes_of(ROUND), business_today()
    steps = dict.fromkeys(STEPS, 0.0)
    with ExitStack() as stack:
        gates = [stack.enter_context(beside(f"gate-{n}")) for n in range(GATES)]
        with _timed(steps, "ask"):
            tickets = _asked(people, attributes, today, gates)
        _columns(registers.Snapshot(), [(tickets[0].persons[:1], sorted(attributes), None)], today, dict(steps))
        before = time.process_time(), database_seconds(server)
        coming: deque[Any] = deque()
        waiting = iter(tickets)
        for gate, ticket in zip(gates * AHEAD, waiting, strict=False):
            coming.append((ticket, gate, gate.submit(registers.take_many, ticket)))
        facts, households, columns = _columns(
            registers.Snapshot(threads=os.cpu_count() or 1), _given(coming, waiting, steps), today, steps
        )
        cpu = time.process_time() - before[0], database_seconds(server) - before[1]
    return Made(steps, facts, households, columns, cpu, peak_megabytes())


def _asked(people: Sequence[UUID], attributes: frozenset[str], today: date, gates: Sequence[Any]) -> list[Any]:
    from waardig.access.actions import ask
    from waardig.access.terms import Actor, Request
    from waardig.cases import queries as cases

    run, rules = uuid4(), cases.rule_set_of(SERVICE, today).hash

    def asked(some: Sequence[UUID]) -> Any:
        return ask(
            Request(ROUND, attributes, tuple(some), Actor("system", "proposals"), today, run=run, rule_set=rules)
        )

    parts = [people[start : start + IN_ONE_ASK] for start in range(0, len(people), IN_ONE_ASK)]
    waiting = [gates[n % len(gates)].submit(asked, part) for n, part in enumerate(parts)]
    return [one.result() for one in waiting]


def _given(coming: deque[Any], waiting: Iterator[Any], steps: dict[str, float]) -> Iterator[Any]:
    """What the gate gave, a ticket at a time in their order; the next ones are asked for meanwhile."""
    from waardig.registers import queries as registers

    while coming:
        ticket, gate, one = coming.popleft()
        with _timed(steps, "take"):
            taken = one.result()
        following = next(waiting, None)
        if following is not None:
            coming.append((following, gate, gate.submit(registers.take_many, following)))
        yield (ticket.persons, *taken)


def _columns(snapshot: Any, given: Iterable[Any], today: date, steps: dict[str, float]) -> tuple[int, int, int]:
    from waardig.access.queries import attributes_of
    from waardig.cases import queries as cases
    from waardig.proposals.core.bulk_sql import households_sql, people_sql
    from waardig.registers import queries as registers

    try:
        said, attributes, parts = snapshot.connection, attributes_of(ROUND), iter(given)
        while some := list(islice(parts, CHUNK // IN_ONE_ASK)):
            with _timed(steps, "fill"):
                snapshot.fill(some)
        with _timed(steps, "relate"):
            said.execute(f"CREATE TABLE people AS {people_sql(attributes, today)}")
            said.execute(f"CREATE TABLE everybody AS {households_sql()}")
            said.execute("CREATE TABLE household AS SELECT * FROM everybody WHERE excluded = '' AND NOT odd")
        with _timed(steps, "columns"):
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


@contextmanager
def _timed(steps: dict[str, float], name: str) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    steps[name] += time.perf_counter() - begin


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
