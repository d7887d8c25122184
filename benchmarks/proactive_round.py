"""A proactive round over many clients, stage by stage, against plainly reading the same facts.

The town is the demo's: its clients and their households in an embedded database of this measurement, which waits for
the disk as a real one does. Baseline: one SELECT as the owner over the same facts, rows fetched into Python; no
purpose, no log, no law.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from waardig.demo.town import Settled, town
from waardig.shell import postgres, system

SERVICE = "individuele_inkomenstoeslag"
RIETWAARDEN = Path(system.__file__).resolve().parent.parent / "demo/content/rietwaarden"
STAGES = {
    "select": "who is a client, opt-outs removed (law book read once)",
    "ask": "purpose and weighing checked, a log line a person",
    "take": "facts given for the ticket",
    "judge": "safeguards and law",
    "cases": "cases with number, parties and event",
    "messages": "explanation, text, proof, delivery, job",
    "outcomes": "outcome a person, commit",
}


@dataclass(frozen=True)
class Measured:
    """One round.

    Attributes:
        persons: read by the round.
        proposals: households that got one.
        stages: seconds by stage; total: seconds of the whole round, cpu: of them on the processor in this process.
        plain, facts: seconds of the baseline and what it read.
        deliver, delivered: seconds of the worker for so many deliveries.
    """

    persons: int
    proposals: int
    stages: Mapping[str, float]
    total: float
    cpu: float
    plain: float
    facts: int
    deliver: float
    delivered: int


def measured(clients: int) -> Measured:
    """Prepare a town with at least so many clients and run its round once."""
    with _database() as owner:
        _prepare(clients)
        plain, facts = _plain_reading(owner)
        from waardig.proposals.actions import run_round

        begin = time.process_time()
        summary = run_round(SERVICE)
        cpu = time.process_time() - begin
        deliver, delivered = _deliver()
    spent = sum(summary.shares.values())
    stages = {name: share / spent * summary.seconds for name, share in summary.shares.items()}
    return Measured(summary.read, summary.proposals, stages, summary.seconds, cpu, plain, facts, deliver, delivered)


def table(clients: int) -> Iterator[str]:
    """The lines of the table."""
    found = measured(clients)
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
    rate = found.persons / found.cpu
    yield f"processor time of this process in it: {found.cpu:.2f} s, {rate:,.0f} persons per second"
    each = found.deliver / max(1, found.delivered) * 1000
    yield f"afterwards the worker delivered {found.delivered}: {each:.1f} ms each (letters as PDF/UA)"


@contextmanager
def _database() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="waardig-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        cluster = postgres.Cluster(folder / "pg")
        addresses = cluster.start()
        os.environ |= {
            "DATABASE_URL": addresses.application,
            "DATABASE_OWNER_URL": addresses.owner,
            "WAARDIG_DATA": name,
            "WAARDIG_CONTENT": str(RIETWAARDEN),
            "WAARDIG_SECRET_KEY": "benchmark",
        }
        try:
            yield addresses.owner
        finally:
            from django.db import connections

            connections.close_all()
            cluster.destroy()


def _prepare(clients: int) -> None:
    system.prepare(owner=True)
    system.migrate()

    from waardig.demo.personas import DEMO_DATE
    from waardig.demo.settling import settle, write_benefits_file
    from waardig.registers.actions.imports import import_benefits
    from waardig.shell import wiring
    from waardig.shell.town import publish_and_decide

    wiring.bind()
    publish_and_decide(DEMO_DATE)
    arrival = settle(_only_clients(clients))
    export = write_benefits_file(Path(os.environ["WAARDIG_DATA"]) / "uitkeringen", arrival.clients)
    import_benefits(export, export / "mapping.yaml")


def _only_clients(wanted: int) -> Iterator[Settled]:
    met = 0
    for settled in town(100 * wanted):
        if settled.clients:
            met += len(settled.clients)
            yield settled
        if met >= wanted:
            return


def _plain_reading(owner: str) -> tuple[float, int]:
    """The shortest of three readings of what the round will read, and the number of facts."""
    from waardig.access.queries import attributes_of

    query = (
        "SELECT person, attribute, value, valid_from, valid_to, recorded_at, established_on, source FROM reg.fact"
        " WHERE superseded_at IS NULL AND attribute = ANY(%s) AND person IN"
        " (SELECT person FROM reg.fact WHERE attribute = 'uitkeringen.status' AND superseded_at IS NULL)"
    )
    taken, rows = [], []
    with psycopg.connect(owner, autocommit=True) as connection:
        for _ in range(3):
            begin = time.perf_counter()
            rows = connection.execute(query, (sorted(attributes_of("iit.ronde")),)).fetchall()
            taken.append(time.perf_counter() - begin)
    return min(taken), len(rows)


def _deliver() -> tuple[float, int]:
    """Seconds and number of the first hundred deliveries or so."""
    from waardig.outbox.actions import drain
    from waardig.shell import wiring

    begin = time.perf_counter()
    done = drain(wiring.handlers(), batch=50).done + drain(wiring.handlers(), batch=50).done
    return time.perf_counter() - begin, done
