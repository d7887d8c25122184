"""How large the log is, and how long "all lines of this person" takes, in tables and from the archive; and partitions.

Baselines of the same run: one line by its key, for lookups in the tables; the tables, for the archive; tables without
partitions that are otherwise the same, in turns, for partitions.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg

from benchmarks.a_town import database
from benchmarks.log_lines import FIRST_MONTH, MONTHS, PERSONS, TABLES, fill
from benchmarks.log_waiting import waiting

ASKED, PASSES = 300, 3
"""So many persons are asked for, each once to warm and then three times, of which the least counts."""
OLD = 12
"""Months that stand in files by the term that holds when nothing is set: of three years the first."""
TURNS, BATCH = 40, 500
_OF_SUBJECT = (
    "SELECT d.*, l.* FROM log.detail d JOIN log.line l ON l.trace_id = d.trace_id AND l.span_id = d.span_id"
    " WHERE d.subject = %s"
)


def table(lines: int) -> Iterator[str]:
    """The tables for a log of this size, in an embedded database that is thrown away."""
    with database() as owner:
        from waardig.shell import system

        system.prepare(owner=True)
        system.migrate()
        yield from partitions(owner)
        fill(owner, lines)
        yield from tables(owner)
        yield from waiting(owner)
        yield from packed(owner)
        yield from files(owner)


# -- in the tables -----------------------------------------------------------------------------------------------------
def tables(owner: str) -> Iterator[str]:
    """Bytes a line in each table, and lookups."""
    with psycopg.connect(owner, autocommit=True) as connection:
        (lines,) = connection.execute("SELECT count(*) FROM log.line").fetchone() or (1,)
        yield f"{lines:,} lines of {PERSONS:,} persons in {MONTHS} months, in the tables"
        for name in TABLES:
            heap, indexes = connection.execute(
                "SELECT pg_table_size(%s::regclass), pg_indexes_size(%s::regclass)", (f"log.{name}", f"log.{name}")
            ).fetchone() or (0, 0)
            yield f"{name:<14}{heap / lines:>8.1f} bytes a line and {indexes / lines:.1f} of indexes"
        share = min(100.0, ASKED * 2000 / lines)
        sampled = f"SELECT trace_id, span_id FROM log.line TABLESAMPLE SYSTEM ({share})"  # noqa: S608
        keys = connection.execute(sampled.encode()).fetchall()
        chosen = _subjects(connection)
        base = _times(
            lambda key: len(connection.execute(_ONE_LINE, key).fetchall()), random.Random(2).sample(keys, ASKED)
        )
        yield _said("one line by its key (baseline)", base, None)
        found = _times(lambda subject: len(connection.execute(_OF_SUBJECT, (subject,)).fetchall()), chosen)
        yield _said("all lines of a person", found, base)


_ONE_LINE = "SELECT * FROM log.line WHERE trace_id = %s AND span_id = %s"


def _subjects(connection: psycopg.Connection) -> list[bytes]:
    numbers = random.Random(1).sample(range(PERSONS), ASKED)
    rows = connection.execute("SELECT subject FROM bench.person WHERE number = ANY (%s)", (numbers,)).fetchall()
    return [bytes(subject) for (subject,) in rows]


def _times(ask: Callable[[Any], int], asked: Sequence[Any]) -> tuple[list[float], int]:
    """Sorted seconds of each, and how many rows there are in the middle."""
    rows = sorted(ask(one) for one in asked)
    seconds = [1e9] * len(asked)
    for _ in range(PASSES):
        for number, one in enumerate(asked):
            begun = time.perf_counter()
            ask(one)
            seconds[number] = min(seconds[number], time.perf_counter() - begun)
    return sorted(seconds), rows[len(rows) // 2]


def _said(name: str, found: tuple[list[float], int], base: tuple[list[float], int] | None) -> str:
    seconds, rows = found
    middle, most = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
    times = f"{middle / base[0][len(base[0]) // 2]:>8.1f} times" if base else ""
    return (
        f"{name:<40}{rows:>6} rows  p50 {middle * 1e3:.2f}  p95 {most * 1e3:.2f}  max {seconds[-1] * 1e3:.1f} ms{times}"
    )


# -- leaves of full tiles in one row -----------------------------------------------------------------------------------
_PACKED = {
    "leaves": "string_agg(t.leaf, ''::bytea ORDER BY t.place) AS leaves",
    "leaves and keys": "string_agg(t.leaf, ''::bytea ORDER BY t.place) AS leaves,"
    " string_agg(t.trace_id || t.span_id, ''::bytea ORDER BY t.place) AS keys",
}
_OF_TILE = "SELECT octet_length(log.tile(0, %s))"
_OF_PACKED = "SELECT octet_length(leaves) FROM bench.tile WHERE number = %s"
_PLACE = "SELECT place FROM log.tree_leaf WHERE trace_id = %s AND span_id = %s"
_FOUND = (
    "SELECT number * 256 + position(%s::bytea || %s::bytea IN keys) / 24 FROM bench.tile"
    " WHERE since <= %s AND until >= %s AND position(%s::bytea || %s::bytea IN keys) %% 24 = 1"
)

_UNPLACED = (
    "SELECT count(*) FROM (SELECT FROM log.line l WHERE NOT EXISTS (SELECT FROM log.tree_leaf t"
    " WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id) LIMIT 5000) u"
)
_UNPLACED_PACKED = (
    "SELECT count(*) FROM (SELECT FROM log.line l WHERE NOT EXISTS (SELECT FROM ("
    " SELECT substr(keys, n * 24 + 1, 16) AS trace_id, substr(keys, n * 24 + 17, 8) AS span_id"
    " FROM bench.tile, generate_series(0, 255) n) t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id)"
    " LIMIT 5000) u"
)


def packed(owner: str) -> Iterator[str]:
    """What the leaves of a full tile take in one row, without and with whose they are; and reading them and a place.

    A row has the first and last moment of its lines, by which a place is found where no index has its key.
    """
    with psycopg.connect(owner, autocommit=True) as connection:
        yield ""
        for name, columns in _PACKED.items():
            yield f"full tiles, {name:<16}{_tiles(connection, columns):>8.1f} bytes a line"

        def ask(query: str) -> Callable[[Any], int]:
            return lambda given: len(connection.execute(query.encode(), given).fetchall())

        ((tiles,),) = connection.execute("SELECT count(*) FROM bench.tile").fetchall()
        numbers = [(n,) for n in random.Random(4).sample(range(tiles), min(ASKED, tiles))]
        keys = connection.execute(
            "SELECT l.trace_id, l.span_id, l.start_time FROM log.tree_leaf JOIN log.line l USING (trace_id, span_id)"
            " WHERE place = ANY (%s)",
            ([n * 256 + 7 for (n,) in numbers],),
        ).fetchall()
        searched = [(trace, span, at, at, trace, span) for trace, span, at in keys]
        for what, rows, in_one, asked, asked_in_one in (
            ("the leaves of a tile", _OF_TILE, _OF_PACKED, numbers, numbers),
            ("the place of a line", _PLACE, _FOUND, [key[:2] for key in keys], searched),
            ("lines without a place", _UNPLACED, _UNPLACED_PACKED, [()], [()]),
        ):
            base = _times(ask(rows), asked)
            yield _said(f"{what}, a row each (baseline)", base, None)
            yield _said("  packed", _times(ask(in_one), asked_in_one), base)
        connection.execute(b"DROP TABLE bench.tile")


def _tiles(connection: psycopg.Connection, columns: str) -> float:
    """Make `bench.tile` of the full tiles; gives the bytes of it a line."""
    for statement in (
        "DROP TABLE IF EXISTS bench.tile",
        f"CREATE TABLE bench.tile AS SELECT t.place / 256 AS number, {columns}, min(l.start_time) AS since,"  # noqa: S608
        " max(l.start_time) AS until FROM log.tree_leaf t JOIN log.line l USING (trace_id, span_id)"
        " GROUP BY 1 HAVING count(*) = 256",
        "ALTER TABLE bench.tile ADD PRIMARY KEY (number)",
        "CREATE INDEX ON bench.tile (until, since)",
        "VACUUM ANALYZE bench.tile",
    ):
        connection.execute(statement.encode())
    ((size, tiles),) = connection.execute(
        "SELECT pg_total_relation_size('bench.tile'), count(*) FROM bench.tile"
    ).fetchall()
    return float(size / max(tiles, 1) / 256)


# -- in files ----------------------------------------------------------------------------------------------------------
_FORMS = (
    "ALTER TABLE log.archived_kind DROP CONSTRAINT archived_kind_activity_activity_uri_decision_key",
    "INSERT INTO log.archived_kind (id, activity, activity_uri, decision) OVERRIDING SYSTEM VALUE"
    " SELECT month * 100 + kind + 1, activity || '/' || month, uri, 'allow' FROM bench.kind",
    "INSERT INTO log.archived_form OVERRIDING SYSTEM VALUE SELECT month * 100 + kind + 1,"
    " sha256((month * 100 + kind)::text::bytea), month * 100 + kind + 1, 'Ok', name, '{\"service.name\": \"waardig\"}',"
    " NULL, '{}', attributes, actor, role, as_of, rules, run, NULL FROM bench.kind",
    "UPDATE log.archived_kind SET activity = split_part(activity, '/', 1)",
)
_LINES = (
    "COPY (SELECT log.as_number(substr(d.subject, 1, 8)), encode(substr(d.subject, 9, 16), 'hex')::uuid,"
    " log.as_number(substr(d.subject, 25)), encode(l.trace_id, 'hex')::uuid, log.as_number(l.span_id),"
    " encode(l.salt, 'hex')::uuid, t.place, l.start_time, l.end_time - l.start_time, k.month * 100 + k.kind + 1, NULL,"
    " NULL, NULL FROM log.line l JOIN log.detail d USING (trace_id, span_id)"
    " JOIN log.tree_leaf t USING (trace_id, span_id) JOIN bench.kind k ON k.month = {month} AND k.activity = d.activity"
    " WHERE l.start_time >= {since} AND l.start_time < {past}) TO STDOUT (FORMAT csv)"
)


def files(owner: str) -> Iterator[str]:
    """The first year as the archive has it (it stays in the tables too): bytes a line, and the same lookups."""
    from waardig.logbook.adapters import archive_files

    with psycopg.connect(owner, autocommit=True) as connection:
        for statement in _FORMS:
            connection.execute(statement.encode())
        begun = time.perf_counter()
        made = [archive_files.write_month(f"bench-{month:02}", _month(connection, month)) for month in range(OLD)]
        seconds, lines = time.perf_counter() - begun, sum(one.lines for one in made)
        yield ""
        size = sum(one.size for one in made) / lines
        yield f"{lines:,} of them in {len(made)} files: {size:.1f} bytes a line; {seconds:.0f} s to make them"
        names, chosen = [one.name for one in made], _subjects(connection)
        past = _since(connection, OLD)
        old = f"{_OF_SUBJECT} AND l.start_time < {past}".encode()
        base = _times(lambda subject: len(connection.execute(old, (subject,)).fetchall()), chosen)
        yield _said("those of a person, in tables (baseline)", base, None)

        def read(subject: bytes) -> str:
            head = int.from_bytes(subject[:8], "big", signed=True)
            return archive_files.lines_in(names, "head = ?", [head])

        def believed(subject: bytes) -> int:
            rows = connection.execute("SELECT l FROM log.brought(%s::jsonb)", (read(subject),)).fetchall()
            return len(rows)

        yield _said("found in the files", _times(lambda one: read(one).count('"head"'), chosen), base)
        yield _said("found, and each checked against the tree", _times(believed, chosen), base)


def _since(connection: psycopg.Connection, month: int) -> int:
    row = connection.execute(
        f"SELECT log.milliseconds((date '{FIRST_MONTH}' + make_interval(months => %s)) AT TIME ZONE 'UTC')", (month,)
    ).fetchone()
    return int(row[0]) if row else 0


def _month(connection: psycopg.Connection, month: int) -> Iterator[bytes]:
    since, past = _since(connection, month), _since(connection, month + 1)
    with connection.cursor().copy(_LINES.format(month=month, since=since, past=past).encode()) as copy:
        yield from (bytes(block) for block in copy)


# -- partitions --------------------------------------------------------------------------------------------------------
_KINDS = {
    "plain": ("PRIMARY KEY (trace_id, span_id)", "PRIMARY KEY (trace_id, span_id), UNIQUE (subject, run)", ""),
    "parted": (
        "PRIMARY KEY (trace_id, span_id, start_time)",
        "PRIMARY KEY (trace_id, span_id, started), UNIQUE (subject, run, started)",
        "PARTITION BY RANGE ({})",
    ),
}


_WRITE = "SELECT count(*) FROM bench2.{}_alike(%s::jsonb, %s)"
_FIND = (
    "SELECT d.*, l.* FROM bench2.{}_detail d JOIN bench2.{}_line l USING (trace_id, span_id)"
    " WHERE d.subject = sha256(%s::text::bytea)"
)


def partitions(owner: str, lines: int = 360_000) -> Iterator[str]:
    """Writing lines of a round, and finding those of a person, in tables with a partition a month and without."""
    with psycopg.connect(owner, autocommit=True) as connection:
        for name, (of_line, of_detail, how) in _KINDS.items():
            _copies(connection, name, of_line, of_detail, how)
        _filled(connection, lines)
        writing: dict[str, list[float]] = {name: [] for name in _KINDS}
        finding: dict[str, list[float]] = {name: [] for name in _KINDS}
        for turn in range(TURNS):
            for name in _KINDS:
                begun = time.perf_counter()
                connection.execute(_WRITE.format(name).encode(), _batch(turn))
                writing[name].append(time.perf_counter() - begun)
        for number in random.Random(3).sample(range(20_000), ASKED):
            for name in _KINDS:
                begun = time.perf_counter()
                connection.execute(_FIND.format(name, name).encode(), (number,)).fetchall()
                finding[name].append(time.perf_counter() - begun)
        yield f"partitions by month ({MONTHS + 2}) over {lines:,} lines; baseline: the same tables without, in turns"
        for what, found, unit, scale in (
            ("writing 500 lines", writing, "ms", 1e3),
            ("lines of a person", finding, "ms", 1e3),
        ):
            plain, parted = (sorted(found[name])[len(found[name]) // 2] for name in _KINDS)
            times = f"with partitions {parted * scale:.2f} ({parted / plain:.2f} times)"
            yield f"{what:<24}{plain * scale:>8.2f} {unit}, {times}"
        connection.execute("DROP SCHEMA bench2 CASCADE")


def _batch(turn: int) -> tuple[str, list[str]]:
    import json
    from uuid import UUID

    persons = [str(UUID(int=turn * BATCH + n + 1)) for n in range(BATCH)]
    common = {"uri": "https://rietwaarden.example/v/1", "decision": "allow", "reasons": [], "activity": "proef",
              "attributes": ["brp.naam", "brp.adres"], "actor": {"kind": "system", "id": "x", "role": "proposals"},
              "name": "Nagaan of iemand recht heeft", "run": str(UUID(int=9)), "as_of": "2026-01-01"}  # fmt: skip
    return json.dumps(common), persons


def _copies(connection: psycopg.Connection, name: str, of_line: str, of_detail: str, how: str) -> None:
    """Tables of this kind, and the function that writes lines of a round into them."""
    connection.execute(b"CREATE SCHEMA IF NOT EXISTS bench2")
    connection.execute(
        f"CREATE TABLE bench2.{name}_line (LIKE log.line, {of_line}) {how.format('start_time')}".encode()
    )
    connection.execute(
        f"CREATE TABLE bench2.{name}_detail (LIKE log.detail, started bigint NOT NULL DEFAULT log.milliseconds(now()),"
        f" {of_detail}) {how.format('started')}".encode()
    )
    connection.execute(f"CREATE INDEX ON bench2.{name}_detail (run) WHERE run IS NOT NULL".encode())
    for month in range(MONTHS + 2) if how else ():
        for of in ("line", "detail"):
            bounds = " TO ".join(
                f"(log.milliseconds((date_trunc('month', now()) - interval '{MONTHS - n} months')))"
                for n in (month, month + 1)
            )
            connection.execute(
                f"CREATE TABLE bench2.{name}_{of}_{month} PARTITION OF bench2.{name}_{of}"
                f" FOR VALUES FROM {bounds}".encode()
            )
    (text,) = connection.execute(
        "SELECT pg_get_functiondef('log.insert_alike(jsonb,uuid[])'::regprocedure)"
    ).fetchone() or ("",)
    columns = (
        "(trace_id, span_id, subject, decision, reasons, activity, activity_uri, attributes, actor_kind, actor_role,"
    )
    columns += " as_of, rule_set, run, about_run, case_id, message_id)"
    text = text.replace("FUNCTION log.insert_alike", f"FUNCTION bench2.{name}_alike")
    text = text.replace("INSERT INTO log.detail", f"INSERT INTO bench2.{name}_detail {columns}")
    connection.execute(text.replace("INSERT INTO log.line", f"INSERT INTO bench2.{name}_line").encode())


def _filled(connection: psycopg.Connection, lines: int) -> None:
    """The same lines in both kinds, spread over the months that were."""
    for name in _KINDS:
        month = f"date_trunc('month', now()) - interval '1 month' * (1 + n %% {MONTHS})"
        moment = f"log.milliseconds({month} + interval '3 days')"
        connection.execute(
            f"INSERT INTO bench2.{name}_line SELECT substr(sha256(('t' || n / 500)::bytea), 1, 16),"  # noqa: S608
            " substr(sha256(n::text::bytea), 1, 8), NULL, 'Ok', 'Nagaan of iemand recht heeft',"
            f" {moment}, {moment}, '{{}}',"
            " log.ldv_attributes('https://rietwaarden.example/v/1', sha256((n %% 20000)::text::bytea)),"
            " substr(sha256(n::text::bytea), 9, 16), sha256(n::text::bytea) FROM generate_series(1, %s) n".encode(),
            (lines,),
        )
        connection.execute(
            f"INSERT INTO bench2.{name}_detail SELECT substr(sha256(('t' || n / 500)::bytea), 1, 16),"  # noqa: S608
            " substr(sha256(n::text::bytea), 1, 8), sha256((n %% 20000)::text::bytea), 'allow', '{}', 'proef', 'x',"
            " '{a,b}',"
            f" 'system', '', NULL, NULL, md5((n / 20000)::text)::uuid, NULL, NULL, NULL, {moment}"
            " FROM generate_series(1, %s) n".encode(),
            (lines,),
        )
        connection.execute(f"ANALYZE bench2.{name}_line".encode())
        connection.execute(f"ANALYZE bench2.{name}_detail".encode())
