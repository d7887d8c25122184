"""Twenty million lines of the log in the tables, by set-based SQL as the owner: as a town of 200,000 would have them.

Of every hundred lines 85 are of rounds (500 persons a trace, one line a person a run) and 15 of acts of or for one
person, each in a trace of its own and not evenly spread. Leaves follow from text and salt, and have their places.
"""

from __future__ import annotations

import psycopg

PERSONS, MONTHS, ROUNDS, OF_ROUNDS = 200_000, 36, 3, 0.85
FIRST_MONTH = "2023-11-01"

_SETUP = (
    "CREATE SCHEMA bench",
    "CREATE UNLOGGED TABLE bench.person AS SELECT n AS number, log.pseudonym(md5(n::text)::uuid) AS"  # noqa: S608
    f" subject, md5(n::text)::uuid AS person FROM generate_series(0, {PERSONS - 1}) n",
    "ALTER TABLE bench.person ADD PRIMARY KEY (number)",
    # What lines have in common: by month a kind for each round, and eight for acts about one person.
    f"""CREATE UNLOGGED TABLE bench.kind AS
    SELECT m.n AS month, k.n AS kind, d.run, d.as_of, d.activity, d.uri, d.attributes, d.actor, d.role, d.name, d.rules
    FROM generate_series(0, {MONTHS - 1}) m(n) CROSS JOIN generate_series(0, {ROUNDS + 7}) k(n)
    CROSS JOIN LATERAL (SELECT
        CASE WHEN k.n < {ROUNDS} THEN md5(m.n || ':' || k.n)::uuid END AS run,
        CASE WHEN k.n < {ROUNDS} THEN (date '{FIRST_MONTH}' + make_interval(months => m.n))::date END AS as_of,
        'dienst.handeling' || k.n AS activity,
        'https://rietwaarden.example/verwerkingen/dienst.handeling' || k.n || '/' || 1 + m.n / 12 AS uri,
        ARRAY(SELECT 'bron.gegeven' || a FROM generate_series(1, 2 + k.n) a) AS attributes,
        CASE WHEN k.n < {ROUNDS} THEN 'system' WHEN k.n < 8 THEN 'resident' ELSE 'employee' END AS actor,
        CASE WHEN k.n < {ROUNDS} THEN 'proposals' WHEN k.n < 8 THEN '' ELSE 'consulent' END AS role,
        'Nagaan of iemand recht heeft op regeling ' || k.n AS name,
        CASE WHEN k.n < {ROUNDS} THEN encode(sha256((m.n / 6)::text::bytea), 'hex') END AS rules) d""",  # noqa: S608
    """ALTER TABLE bench.kind ADD pattern text""",
    """UPDATE bench.kind k SET pattern = log.canonical(
        ROW('\\x00112233445566778899aabbccddeeff', '\\x0123456789abcdef', NULL, 'Ok', k.name, 1111111111111,
            2222222222222, '{"service.name": "waardig"}', log.ldv_attributes(k.uri, sha256('who')), NULL,
            NULL)::log.line,
        ROW('\\x00112233445566778899aabbccddeeff', '\\x0123456789abcdef', sha256('who'), 'allow', '{}', k.activity,
            k.uri, k.attributes, k.actor, k.role, k.as_of, k.rules, k.run, NULL, NULL, NULL)::log.detail)""",
)
_MADE = """CREATE UNLOGGED TABLE bench.made AS
SELECT g.n, k.*, p.subject, g.trace, g.span, g.salt, g.began, g.began + g.took AS ended,
       sha256('\\x00'::bytea || sha256(g.salt || convert_to(
           replace(replace(replace(replace(replace(k.pattern, encode(sha256('who'), 'hex'), encode(p.subject, 'hex')),
           '00112233445566778899aabbccddeeff', encode(g.trace, 'hex')), '0123456789abcdef', encode(g.span, 'hex')),
           '1111111111111', g.began::text), '2222222222222', (g.began + g.took)::text), 'UTF8'))) AS leaf
FROM (SELECT n, kind, CASE WHEN kind < {rounds} THEN n / {rounds} * 7919 % {persons}
                      ELSE floor({persons} * power(random(), 3))::int END AS number,
             substr(sha256(convert_to(CASE WHEN kind < {rounds} THEN 'r' || kind || ':' || n / {rounds} / 500
                                      ELSE 's' || n END || ':{month}', 'UTF8')), 1, 16) AS trace,
             substr(drawn, 1, 8) AS span, substr(drawn, 9, 16) AS salt, ((n % 7) * 3)::int AS took,
             {since} + CASE WHEN kind < {rounds} THEN kind * 864000000::bigint + n / {rounds} / 500 * 60
                            ELSE floor(random() * 2400000000)::bigint END AS began
      FROM (SELECT n, CASE WHEN n < {of_rounds} THEN n % {rounds} ELSE {rounds} + n % 8 END AS kind,
                   sha256(uuid_send(gen_random_uuid()) || int4send(n)) AS drawn
            FROM generate_series(0, {lines} - 1) n OFFSET 0) a OFFSET 0) g
JOIN bench.kind k ON k.month = {month} AND k.kind = g.kind JOIN bench.person p ON p.number = g.number"""
_INTO = (
    "INSERT INTO log.detail SELECT trace, span, subject, 'allow', '{}', activity, uri, attributes, actor, role, as_of,"
    " rules, run, NULL, NULL, NULL FROM bench.made ORDER BY began, trace",
    "INSERT INTO log.line SELECT trace, span, NULL, 'Ok', name, began, ended, '{\"service.name\": \"waardig\"}',"
    " log.ldv_attributes(uri, subject), salt, leaf FROM bench.made ORDER BY began, trace",
    "INSERT INTO log.tree_leaf SELECT (SELECT coalesce(max(place) + 1, 0) FROM log.tree_leaf)"
    " + row_number() OVER (ORDER BY began, trace, span) - 1, trace, span, leaf FROM bench.made",
    "INSERT INTO log.audit_actor (trace_id, span_id, actor_kind, actor_id)"
    " SELECT trace, span, actor, md5(subject::text) FROM bench.made WHERE actor <> 'system'",
    "DROP TABLE bench.made",
)
TABLES = ("line", "detail", "tree_leaf", "audit_actor")


def fill(owner: str, lines: int) -> None:
    """Put so many lines in the tables of the log, a month at a time; indexes are built at the end."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'; SET synchronous_commit = off")
        for statement in _SETUP:
            connection.execute(statement.encode())
        again = _without_indexes(connection)
        for month in range(MONTHS):
            _month(connection, month, lines // MONTHS)
        for statement in again:
            connection.execute(statement.encode())
        for table in TABLES:
            connection.execute(f"ALTER TABLE log.{table} ENABLE TRIGGER USER".encode())
            connection.execute(f"VACUUM (FREEZE, ANALYZE) log.{table}".encode())
        connection.execute("SELECT log.keep_hashes((SELECT max(place) + 1 FROM log.tree_leaf))")


def _month(connection: psycopg.Connection, month: int, lines: int) -> None:
    row = connection.execute(
        f"SELECT log.milliseconds((date '{FIRST_MONTH}' + make_interval(months => %s)) AT TIME ZONE 'UTC')", (month,)
    ).fetchone()
    of_rounds = int(lines * OF_ROUNDS) // ROUNDS * ROUNDS
    made = _MADE.format(
        rounds=ROUNDS, persons=PERSONS, month=month, since=(row or (0,))[0], of_rounds=of_rounds, lines=lines
    )
    for statement in (made, *_INTO):
        connection.execute(statement.encode())


def _without_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop every index and key, and give what makes them again; triggers are off meanwhile."""
    keys = connection.execute(
        "SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c"
        " JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'log' AND c.contype IN ('p', 'u', 'f')"
        " AND (c.conrelid::regclass::text = ANY (%(t)s) OR c.confrelid::regclass::text = ANY (%(t)s))"
        " ORDER BY c.contype = 'f'",
        {"t": [f"log.{table}" for table in TABLES]},
    ).fetchall()
    again = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}" for table, name, what in keys]
    for table, name, _ in reversed(keys):
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())
    for name, what in connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'log' AND tablename = ANY (%s)", (list(TABLES),)
    ).fetchall():
        connection.execute(f"DROP INDEX log.{name}".encode())
        again.append(what)
    for table in TABLES:
        connection.execute(f"ALTER TABLE log.{table} DISABLE TRIGGER USER".encode())
    return again
