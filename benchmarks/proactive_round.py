"""A proactive round over many clients, stage by stage, against plainly reading the same facts.

The town is the demo's: its clients and their households in an embedded database of this measurement, which waits for
the disk as a real one does. Baseline: one SELECT as the owner over the same facts, rows fetched into Python; no
purpose, no log, no law.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import psycopg

from benchmarks.a_town import SERVICE, database, multiply, prepare
from benchmarks.processor import database_seconds, postmaster_of, resident_megabytes

BY_DOORS = 2_000
"""So many clients come in through the doors; a larger town is copied from them as the owner."""
STAGES = {
    "select": "who is a client, opt-outs removed (law book read once)",
    "read": "waiting for ask and take of the next chunk, which threads do meanwhile",
    "ask": "purpose and weighing checked, a log line a person",
    "take": "facts given for the ticket",
    "judge": "safeguards and law",
    "store": "waiting until the chunk before is stored, which threads do meanwhile",
    "cases": "cases with number, parties and event",
    "messages": "explanation, text, proof, delivery, job (cases and these in one thread)",
    "outcomes": "outcome a person, commit (in another thread)",
}


@dataclass(frozen=True)
class Measured:
    """One round.

    Attributes:
        persons: read by the round.
        proposals: households that got one.
        stages: seconds by stage, more than the whole where threads work at once; total: seconds of the whole round.
        cpu: seconds of processor in this process and in all processes of the database together.
        memory: megabytes of this process after each chunk.
        plain, facts: seconds of the baseline and what it read.
        deliver, delivered: seconds of the worker for so many deliveries; measure: of measuring the safeguards once.
    """

    persons: int
    proposals: int
    stages: Mapping[str, float]
    total: float
    cpu: tuple[float, float]
    memory: tuple[int, ...]
    plain: float
    facts: int
    deliver: float
    delivered: int
    measure: float


def measured(clients: int, due: float) -> Measured:
    """Prepare a town with at least so many clients and run its round once."""
    memory: list[int] = []
    with database() as owner:
        prepare(min(clients, BY_DOORS))
        if clients > BY_DOORS:
            multiply(owner, clients=clients, due=due)
        plain, facts = _plain_reading(owner)
        from waardig.proposals.actions import run_round

        server = postmaster_of(owner)
        begin, there = time.process_time(), database_seconds(server)
        summary = run_round(SERVICE, progress=lambda _done, _all: memory.append(resident_megabytes()))
        cpu = (time.process_time() - begin, database_seconds(server) - there)
        deliver, delivered = _deliver()
        measure = _measure()
    stages = {name: share * summary.seconds for name, share in summary.shares.items()}
    return Measured(
        summary.read, summary.proposals, stages, summary.seconds, cpu, tuple(memory), plain, facts, deliver, delivered,
        measure,
    )  # fmt: skip


def table(clients: int, due: float) -> Iterator[str]:
    """The lines of the table."""
    found = measured(clients, due)
    thousand = found.persons / 1000
    yield f"The round: {found.persons} persons read, {found.proposals} proposals, {found.total:.2f} s"
    yield f"{'stage':<10}{'s per 1,000 persons':>20}{'share':>8}   what"
    for name, seconds in found.stages.items():
        yield f"{name:<10}{seconds / thousand:>20.3f}{seconds / found.total:>8.1%}   {STAGES[name]}"
    yield f"{'whole':<10}{found.total / thousand:>20.3f}{1:>8.1%}   {found.persons / found.total:,.0f} persons/s"
    yield (
        f"{'baseline':<10}{found.plain / thousand:>20.3f}{found.plain / found.total:>8.1%}   "
        f"one SELECT of the same {found.facts:,} facts as owner; the round: {found.total / found.plain:.0f} times that"
    )
    ours, theirs = found.cpu
    each = [seconds / found.persons * 1e6 for seconds in (ours, theirs)]
    yield (
        f"processor time: {ours:.1f} s in this process and {theirs:.1f} s in the database,"
        f" {each[0]:.0f} + {each[1]:.0f} microseconds a person; two processors that do nothing else:"
        f" at most {min(1e6 / max(each), 2e6 / sum(each)):,.0f} persons/s"
    )
    yield f"memory of this process after each chunk, in MB: {', '.join(map(str, found.memory))}"
    letter = found.deliver / max(1, found.delivered) * 1000
    yield f"afterwards the worker delivered {found.delivered}: {letter:.1f} ms each (letters as PDF/UA)"
    yield f"and measured the safeguards over all of it once: {found.measure:.1f} s"


def _plain_reading(owner: str) -> tuple[float, int]:
    """The shortest of three readings of what the round will read, and the number of facts."""
    from waardig.access.queries import attributes_of

    query = (
        "SELECT person, attribute, value, valid_from, valid_to, recorded_at, established_on, source FROM reg.fact"
        " WHERE superseded_at IS NULL AND attribute = ANY(%s) AND person IN"
        " (SELECT person FROM reg.fact WHERE attribute = 'uitkeringen.status' AND superseded_at IS NULL)"
    )
    taken, facts = [], 0
    with psycopg.connect(owner) as connection:
        for _ in range(3):
            begin = time.perf_counter()
            with connection.cursor("plain") as cursor:
                cursor.itersize = 10_000
                cursor.execute(query, (sorted(attributes_of("iit.ronde")),))
                facts = sum(1 for _row in cursor)
            taken.append(time.perf_counter() - begin)
    return min(taken), facts


def _deliver() -> tuple[float, int]:
    """Seconds and number of the first hundred deliveries or so."""
    from waardig.outbox.actions import drain
    from waardig.shell import wiring

    begin = time.perf_counter()
    post = {topic: handler for topic, handler in wiring.handlers().items() if topic.startswith("inbox.")}
    done = drain(post, batch=50).done + drain(post, batch=50).done
    return time.perf_counter() - begin, done


def _measure() -> float:
    """Seconds of measuring every safeguard over what the round did, which the worker does once after it."""
    from waardig.outbox.actions import drain
    from waardig.shell import wiring
    from waardig.values.terms import MEASURE

    begin = time.perf_counter()
    drain({MEASURE: wiring.handlers()[MEASURE]}, batch=1)
    return time.perf_counter() - begin
