"""What purpose and log cost: decisions in this process, reading in bulk through the gate, and looking back.

Baselines, in turns in the same run: a bare test of sets; one COPY of the same facts as the owner and one COPY of as
many finished lines into tables like those of the log (no purpose, no hash, no pseudonym); a person with one line.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg

from benchmarks.a_town import SERVICE, database, multiply, prepare
from benchmarks.pages import counted_page

if TYPE_CHECKING:
    from collections.abc import Sequence

BY_DOORS = 2_000
TURNS = 5
DECISIONS = 200_000
IN_ONE_ASK = 500
LINES = (1, 100, 10_000)
ROUND = "iit.ronde"
"""A service: fifteen attributes, a weighing with everything that must be in order."""


def table(clients: int) -> Iterator[str]:
    """The lines of the table, for a town with at least so many clients."""
    with database() as owner:
        prepare(min(clients, BY_DOORS))
        if clients > BY_DOORS:
            multiply(owner, clients=clients, due=0.03)
        yield from _decisions()
        yield from _bulk(owner)
        yield from _looking_back()


# -- decisions ---------------------------------------------------------------------------------------------------------
def _decisions() -> Iterator[str]:
    from waardig.access.core.deciding import Deciding
    from waardig.access.queries import policy_asked
    from waardig.access.terms import Caller, Question
    from waardig.cases.queries import rule_set_of
    from waardig.kernel.clock import business_today

    today = business_today()
    policy = policy_asked(ROUND, Caller("bench", "bench", "bench", frozenset({"evaluate"}), frozenset({ROUND})))
    assert policy is not None
    permit = policy.permits[0]
    question = Question(
        "system", "proposals", next(iter(permit.actions)), permit.resource, "x", activity=ROUND,
        attributes=policy.attributes, rule_set=rule_set_of(SERVICE, today).hash,
    )  # fmt: skip
    refused = replace(question, attributes=policy.attributes | {"suwinet.loon"})
    deciding = Deciding(policy, today)
    assert deciding.of(question).allowed and len(deciding.of(refused).codes) == 2

    def sets() -> None:
        for _ in range(DECISIONS):
            _ = policy.attributes.issuperset(question.attributes)

    yield f"Decisions in one process, least of {TURNS} turns"
    stranger = replace(question, subject_type="resident")
    for name, asked in (("yes", question), ("no, one reason", stranger), ("no, two reasons", refused)):

        def decide(asked: Question = asked) -> None:
            for _ in range(DECISIONS):
                deciding.of(asked)

        plain, ours = _in_turns(sets, decide)
        yield (
            f"{name:<18}{ours / DECISIONS * 1e6:>8.2f} microseconds{DECISIONS / ours:>12,.0f}/s"
            f"{ours / plain:>8.0f} times a test of sets"
        )


# -- in bulk -----------------------------------------------------------------------------------------------------------
_LINES = (
    "COPY (SELECT * FROM log.%s WHERE (trace_id, span_id) IN (SELECT trace_id, span_id FROM log.detail"
    " WHERE run = (SELECT max(run::text)::uuid FROM log.detail))) TO STDOUT"
)
_FACTS = (
    "COPY (SELECT person, attribute, value, valid_from, valid_to, under_investigation FROM reg.fact"
    " WHERE superseded_at IS NULL AND attribute = ANY ('{%s}') AND person = ANY ('{%s}')) TO STDOUT"
)


def _bulk(owner: str) -> Iterator[str]:
    from waardig.access.actions import select_population
    from waardig.access.queries import attributes_of
    from waardig.access.terms import Actor
    from waardig.cases.queries import rule_set_of
    from waardig.kernel.clock import business_today

    attributes, today = attributes_of(ROUND), business_today()
    rules = rule_set_of(SERVICE, today).hash
    with psycopg.connect(owner, autocommit=True) as connection:
        people = select_population(ROUND, actor=Actor("system", "proposals"), as_of=today, rule_set=rules).persons
        for table in ("line", "detail"):
            connection.execute(f"CREATE TABLE public.plain_{table} (LIKE log.{table} INCLUDING INDEXES)".encode())
        gate = [_gate(attributes, people, rules) for _ in range(TURNS)]
        lines = [_copied(connection, table) for table in ("line", "detail")]
        plain = [_plain(connection, sorted(attributes), people, lines) for _ in range(TURNS)]
        for table in ("line", "detail"):
            connection.execute(f"DROP TABLE public.plain_{table}".encode())
    ours, theirs = min(gate), min(plain)
    yield ""
    yield f"Reading {len(attributes)} attributes of {len(people):,} persons, {IN_ONE_ASK} in one ask, least of {TURNS}"
    yield f"{'through the gate':<18}{len(people) / ours:>12,.0f} persons/s, a line of the log for each"
    yield f"{'two COPYs':<18}{len(people) / theirs:>12,.0f} persons/s; the gate does {theirs / ours:.0%} of that"


def _gate(attributes: frozenset[str], people: Sequence[UUID], rules: str) -> float:
    from uuid import uuid4

    from waardig.access.actions import ask
    from waardig.access.terms import Actor, Request
    from waardig.kernel.clock import business_today
    from waardig.registers.queries import take_many

    today, run = business_today(), uuid4()
    begin = time.perf_counter()
    for start in range(0, len(people), IN_ONE_ASK):
        part = tuple(people[start : start + IN_ONE_ASK])
        asked = Request(ROUND, attributes, part, Actor("system", "proposals"), today, run=run, rule_set=rules)
        take_many(ask(asked))
    return time.perf_counter() - begin


def _copied(connection: psycopg.Connection[Any], table: str) -> tuple[str, list[bytes]]:
    """The finished lines of one run as COPY gives them: as many as the gate wrote in one turn."""
    with connection.cursor().copy((_LINES % table).encode()) as copy:
        return table, [bytes(block) for block in copy]


def _plain(
    connection: psycopg.Connection[Any],
    attributes: Sequence[str],
    people: Sequence[UUID],
    lines: Sequence[tuple[str, list[bytes]]],
) -> float:
    for table, _ in lines:
        connection.execute(f"TRUNCATE public.plain_{table}".encode())
    begin = time.perf_counter()
    for start in range(0, len(people), IN_ONE_ASK):
        part = people[start : start + IN_ONE_ASK]
        query = _FACTS % (",".join(attributes), ",".join(map(str, part)))
        with connection.cursor().copy(query.encode()) as copy:
            for _block in copy:
                pass
    for table, blocks in lines:
        with connection.cursor().copy(f"COPY public.plain_{table} FROM STDIN".encode()) as into:
            for block in blocks:
                into.write(block)
    return time.perf_counter() - begin


# -- looking back ------------------------------------------------------------------------------------------------------
def _looking_back() -> Iterator[str]:
    from tests.identity.signing_in import a_resident, signed_in_client
    from tests.identity.trial import BASE, PERSONAS
    from waardig.identity.adapters.trial import open_trial
    from waardig.identity.terms import SETUP
    from waardig.registers.actions import enrol_persons

    SETUP.bind(open_trial(BASE, PERSONAS, installation="test")[0])
    person = UUID("0d9a2f8a-0000-4000-8000-00000000b00c")
    enrol_persons([(person, None)])
    client = signed_in_client(a_resident(person))
    yield ""
    yield "Who used my data: least processor time of the web process, and queries, by the lines that there are"
    first, written = 0.0, 0
    for lines in LINES:
        _write(person, lines - written)
        written = lines
        found = counted_page(client, "/gebruik/", "usage", lines)
        first = first or found.milliseconds
        yield (
            f"{lines:>8,} lines{found.milliseconds:>10.1f} ms{found.milliseconds / first:>8.1f} times"
            f"{found.queries:>6} queries"
        )


def _write(person: UUID, count: int) -> None:
    from django.db import transaction

    from waardig.logbook.actions import write_lines
    from waardig.logbook.terms import NewLine

    for start in range(0, count, 1_000):
        with transaction.atomic():
            write_lines([NewLine("bericht.bezorgen", person)] * min(1_000, count - start))


def _in_turns(plain: Callable[[], None], ours: Callable[[], None]) -> tuple[float, float]:
    """The least seconds of each, one after the other."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        for place, act in enumerate((plain, ours)):
            begin = time.process_time()
            act()
            spent[place].append(time.process_time() - begin)
    return min(spent[0]), min(spent[1])
