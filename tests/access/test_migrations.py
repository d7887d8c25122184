"""The SQL of the three rooms of the gate goes in, out and in again, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

import waardig
from tests.conftest import postgres
from waardig.kernel.sql_file import halves

_ROOMS = Path(waardig.__file__).parent
_ORDER = [
    ("logbook", ("schemas", "pseudonym", "log", "write", "doors", "tree")),
    ("access", ("policy", "tickets", "decide", "ask", "lines", "wishes")),
    ("registers", ("register", "populations", "take", "persons", "store", "corrections")),
    ("logbook", ("alike",)),
    ("access", ("alike",)),
    ("registers", ("many",)),
    ("logbook", ("witness",)),
    ("registers", ("custody",)),
    ("logbook", ("at_once",)),
    ("access", ("first_part",)),
    ("registers", ("by_person",)),
    ("registers", ("beside_decisions",)),
    ("registers", ("destruction",)),
    ("access", ("retention",)),
    ("logbook", ("in_one_go",)),
    ("registers", ("standing_now",)),
    ("registers", ("counter_reports",)),
    ("registers", ("address_lookup",)),
    ("logbook", ("retention",)),
    ("access", ("ceiling",)),
    ("registers", ("lookup_ceiling",)),
    ("logbook", ("second_look",)),
    ("registers", ("asked_only",)),
    ("access", ("selected", "side_by_side")),
    ("registers", ("in_one_walk",)),
    ("logbook", ("by_subject",)),
    ("access", ("through",)),
    ("registers", ("named_by",)),
    ("logbook", ("signers",)),
    ("access", ("wishes_counted",)),
    ("logbook", ("tree_hashes",)),
    ("access", ("evaluation", "reading")),
    ("access", ("same_trace",)),
    ("registers", ("one_text",)),
    ("logbook", ("witnesses", "counts")),
    ("access", ("counts",)),
    ("registers", ("at_source",)),
    ("registers", ("history",)),
    ("access", ("forwarding",)),
    ("registers", ("terms", "freshness")),
    ("logbook", ("month_tally",)),
    ("access", ("line_pages", "declared")),
    ("logbook", ("archive", "archive_counted")),
    ("access", ("archived",)),
    ("registers", ("own_company", "older_than")),
    ("registers", ("one_number",)),
    ("registers", ("older_people",)),
    ("registers", ("held_persons",)),
    ("logbook", ("waiting", "looked_at")),
]
_LEFT = """
SELECT n.nspname FROM pg_namespace n WHERE n.nspname IN ('log', 'gate', 'reg', 'pol', 'vault')
UNION ALL SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""


def _halves() -> list[tuple[str, str, str]]:
    found = []
    for room, names in _ORDER:
        for name in names:
            found.append((f"{room}/{name}", *halves(room, name)))
    return found


def test_every_sql_file_of_the_gate_is_in_a_migration() -> None:
    named = {f"{room}/{name}" for room, names in _ORDER for name in names}
    there = {f"{room}/{path.stem}" for room, _ in _ORDER for path in (_ROOMS / room / "sql").glob("*.sql")}

    assert named == there


def test_the_gate_can_be_taken_out_and_put_in_again(cluster: postgres.Cluster) -> None:
    name = f"reverse_{uuid4().hex[:8]}"
    with psycopg.connect(cluster.addresses("postgres").superuser, autocommit=True) as superuser:
        postgres.create_database(superuser, name)
        with psycopg.connect(cluster.addresses(name).owner, autocommit=True) as owner:
            for _ in range(2):
                for step, forward, _reverse in _halves():
                    owner.execute(forward.encode())
                    if step == "logbook/schemas":
                        owner.execute("INSERT INTO vault.role VALUES (%s)", (postgres.APPLICATION,))
                for _step, _forward, reverse in reversed(_halves()):
                    owner.execute(reverse.encode())
                assert owner.execute(_LEFT).fetchall() == []
        superuser.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
