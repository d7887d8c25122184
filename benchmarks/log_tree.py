"""A checkpoint, a resident's proofs and a comparison from kept hashes of full tiles, and what keeping them costs.

Baseline: all leaves are read and the tree is computed from them, as it was before decision 0098; in turns, same run.
The counts of persons and months, which a checkpoint holds once a month: from the kept tally against every line, as it
was before decision 0109, and what keeping the tally costs for each line that gets a place.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg

from benchmarks.a_town import database
from waardig.kernel.sql_file import made_function

TURNS = 5
LINES = 50
"""So many lines of one resident, spread over the whole log."""
KEPT = 144
"""The checkpoints of a day, one every ten minutes."""
_LEAVES = (
    "INSERT INTO log.tree_leaf (place, trace_id, span_id, leaf)"
    " SELECT n, decode(lpad(to_hex(n), 32, '0'), 'hex'), decode(lpad(to_hex(n), 16, '0'), 'hex'),"
    " sha256(n::text::bytea) FROM generate_series(%s, %s - 1) n"
)


def table(leaves: int) -> Iterator[str]:
    """Milliseconds, least of five turns, for a log of this size."""
    with database() as owner:
        from waardig.shell import system

        system.prepare(owner=True)
        system.migrate()
        placing, keeping = _fill(owner, leaves)
        yield f"{leaves:,} lines; least of {TURNS} turns, each beside its baseline"
        yield f"{'':<44}{'all leaves':>14}{'kept hashes':>14}{'times':>9}"
        for name, plain, kept in _pairs(leaves):
            before, now = _in_turns(plain, kept)
            yield f"{name:<44}{before * 1e3:>11.1f} ms{now * 1e3:>11.1f} ms{before / now:>9,.0f}"
        found = _counts(owner)
        name = f"counts of {found.persons:,} persons for a checkpoint"
        yield f"{name:<44}{'all lines':>14}{'kept tally':>14}{'times':>9}"
        yield f"{'':<44}{found.plain:>12.1f} s{found.kept:>13.1f} s{found.plain / found.kept:>9.1f}"
        yield f"keeping the tally costs {found.keeping / leaves * 1e6:.0f} microseconds a line in batches of 10,000"
        yield f"keeping the hashes adds {keeping / placing:.0%} to giving the leaves their place ({placing:.1f} s)"


def _fill(owner: str, leaves: int) -> tuple[float, float]:
    """Seconds for giving places in batches of the sequencer, and for keeping the hashes."""
    placing = keeping = 0.0
    with psycopg.connect(owner, autocommit=True) as connection:
        for start in range(0, leaves, 10_000):
            past = min(start + 10_000, leaves)
            with connection.transaction():
                begun = time.perf_counter()
                connection.execute(_LEAVES, (start, past))
                placed = time.perf_counter()
                connection.execute("SELECT log.keep_hashes(%s)", (past,))
                keeping += time.perf_counter() - placed
                placing += placed - begun
        connection.execute("VACUUM ANALYZE log.tree_leaf")
    return placing, keeping


@dataclass(frozen=True)
class _Counted:
    """Seconds for the counts of a checkpoint from all lines and from the tally, and for keeping that up."""

    plain: float
    kept: float
    keeping: float
    persons: int


def _counts(owner: str) -> _Counted:
    """The same counts both ways, or it stops; the salts differ each time."""
    with psycopg.connect(owner, autocommit=True) as connection:
        for statement in _LINES:
            connection.execute(statement)
        keeping = _tallied(connection)
        now = made_function("logbook", "month_tally", "gate.make_counts")
        seconds: dict[str, list[float]] = {"plain": [], "kept": []}
        made = []
        for _ in range(TURNS):
            for name, made_by in (("plain", made_function("logbook", "counts", "gate.make_counts")), ("kept", now)):
                connection.execute(made_by.encode())
                begun = time.perf_counter()
                connection.execute("SELECT gate.make_counts((SELECT max(place) + 1 FROM log.tree_leaf))")
                seconds[name].append(time.perf_counter() - begun)
                made.append(connection.execute("SELECT subject, counts FROM log.month_count ORDER BY 1").fetchall())
        if any(one != made[0] for one in made):
            raise SystemExit("the tally gives other counts than the lines")
        return _Counted(min(seconds["plain"]), min(seconds["kept"]), keeping, len(made[0]))


def _tallied(connection: psycopg.Connection) -> float:
    """Seconds for counting along each batch that gets its places, from the first line on."""
    ((leaves,),) = connection.execute("SELECT count(*) FROM log.tree_leaf").fetchall()
    connection.execute("CREATE TEMPORARY TABLE later AS SELECT * FROM log.tree_leaf")
    connection.execute("ALTER TABLE log.tree_leaf DISABLE TRIGGER USER")
    connection.execute("DELETE FROM log.tree_leaf")
    seconds = 0.0
    for start in range(0, leaves, 10_000):
        connection.execute("INSERT INTO log.tree_leaf SELECT * FROM later WHERE place >= %s AND place < %s",
                           (start, start + 10_000))  # fmt: skip
        begun = time.perf_counter()
        connection.execute("SELECT log.keep_tally(%s)", (start,))
        seconds += time.perf_counter() - begun
    connection.execute("VACUUM ANALYZE log.tree_leaf")
    return seconds


_LINES = (
    "INSERT INTO log.line SELECT t.trace_id, t.span_id, NULL, 'Ok', 'regel', 1764000000000 + t.place % 7 * 3000000000,"
    " 1800000000000, '{}', '{\"dpl.core.processing_activity_id\": \"x\"}', substr(t.leaf, 1, 16), t.leaf"
    " FROM log.tree_leaf t",
    "INSERT INTO log.detail (trace_id, span_id, subject, decision, reasons, activity, activity_uri, attributes,"
    " actor_kind, actor_role) SELECT t.trace_id, t.span_id, sha256((t.place / 5)::text::bytea), 'allow', '{}', 'x',"
    " 'x', '{}', 'system', '' FROM log.tree_leaf t",
    "VACUUM ANALYZE log.line",
    "VACUUM ANALYZE log.detail",
)


def _pairs(leaves: int) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """What is measured: its name, from all leaves, from kept hashes. Both give the same, or it stops."""
    from waardig.logbook import core
    from waardig.logbook.queries import tree_leaves, tree_root, tree_roots

    paths = [core.path_spans(number * leaves // LINES, leaves) for number in range(LINES)]
    steps = sorted({span for path in paths for span in path})
    sizes = [leaves - number * leaves // 10_000 for number in range(KEPT)]

    def proofs() -> object:
        tiles = {
            (level, number): b"".join(row[number * 256 : number * 256 + 256])
            for level, row in core.levels(tree_leaves())
            for number in range(-(-len(row) // 256))
        }
        return core.roots_of(steps, tiles)

    yield "checkpoint", lambda: core.root(tree_leaves()), lambda: tree_root(leaves)
    yield f"proofs of {LINES} lines", proofs, lambda: tree_roots(steps)
    yield (
        f"comparing with {KEPT} kept checkpoints",
        lambda: core.roots_at(tree_leaves(), sizes),
        lambda: {size: root for (_, size), root in tree_roots([(0, size) for size in sizes]).items()},
    )


def _in_turns(plain: Callable[[], object], kept: Callable[[], object]) -> tuple[float, float]:
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        found = []
        for run, measured in zip((plain, kept), seconds, strict=True):
            begun = time.perf_counter()
            found.append(run())
            measured.append(time.perf_counter() - begun)
        if found[0] != found[1]:
            raise SystemExit("the kept hashes give another result")
    return min(seconds[0]), min(seconds[1])
