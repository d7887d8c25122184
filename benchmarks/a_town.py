"""The town that is measured: the demo's clients in an embedded database that waits for the disk, as many as asked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from waardig.demo.town import Settled, town
from waardig.kernel.declared import declare, declaring
from waardig.shell import postgres, system

SERVICE = "individuele_inkomenstoeslag"
RIETWAARDEN = Path(system.__file__).resolve().parent.parent / "demo/content/rietwaarden"


@contextmanager
def database() -> Iterator[str]:
    """A fresh database; gives the owner's address. The process uses it as the application until the end."""
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
        from waardig.catalogue.queries import activities

        declare("a benchmark", declaring(*(one.id for one in activities())))
        try:
            yield addresses.owner
        finally:
            from django.db import connections

            connections.close_all()
            cluster.destroy()


def prepare(clients: int) -> None:
    """Tables, content, a decided weighing, and clients through the doors of the product."""
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


def multiply(owner: str, *, clients: int, due: float) -> int:
    """Copy the clients as the owner until there are so many; gives how many persons there are.

    Args:
        due: the share of the copies whose last grant is as long ago as in the original. The others were granted this
            year, as in a municipality that runs the round every month.
    """
    with psycopg.connect(owner, autocommit=True) as connection:
        (base,) = connection.execute(_BASE).fetchone() or (0,)
        for statement in _COPY:
            connection.execute(statement, {"times": max(0, -(-clients // base) - 1), "due": due})
        return int((connection.execute("SELECT count(*) FROM reg.person").fetchone() or (0,))[0])


_BASE = "SELECT count(DISTINCT person) FROM reg.fact WHERE attribute = 'uitkeringen.status' AND superseded_at IS NULL"
_COPY = (
    "CREATE TEMP TABLE twin AS SELECT b.person AS old, k, gen_random_uuid() AS new, random() < %(due)s AS due"
    " FROM (SELECT DISTINCT person FROM reg.fact WHERE attribute = 'uitkeringen.status' AND superseded_at IS NULL) b,"
    " generate_series(1, %(times)s) k",
    "CREATE INDEX ON twin (old, k)",
    "ANALYZE twin",
    "INSERT INTO reg.person (person) SELECT new FROM twin",
    "INSERT INTO reg.fact (person, attribute, valid_from, valid_to, recorded_at, established_on, value, holder, source,"
    " under_investigation)"
    " SELECT t.new, f.attribute, f.valid_from, f.valid_to, f.recorded_at, f.established_on,"
    " CASE WHEN f.value ? 'person'"
    " THEN jsonb_set(f.value, '{person}', to_jsonb(coalesce(p.new, gen_random_uuid())::text)) ELSE f.value END,"
    " f.holder, f.source, f.under_investigation"
    " FROM reg.fact f JOIN twin t ON t.old = f.person"
    " LEFT JOIN twin p ON f.value ? 'person' AND p.old = (f.value ->> 'person')::uuid AND p.k = t.k"
    " WHERE f.superseded_at IS NULL AND (t.due OR f.attribute <> 'uitkeringen.laatste_iit')"
    " ORDER BY t.new, f.attribute",  # as an import writes them: person by person
    "INSERT INTO reg.fact (person, attribute, valid_from, established_on, value, holder, source)"
    " SELECT new, 'uitkeringen.laatste_iit', DATE '2025-02-01', DATE '2025-02-01', '\"2025-02-01\"', 'gemeente',"
    " 'besluit' FROM twin WHERE NOT due",
    "VACUUM ANALYZE reg.fact",  # as the database does by itself after an import
    "VACUUM ANALYZE reg.person",
)
