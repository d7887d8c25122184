"""A country at once: zorgtoeslag with partner and wealth test, compiled from the law, beside the formula by hand.

By hand is DuckDB SQL as a good engineer writes it: one pass, whole cents, a branch per household, beside the amount a
reason of the same type. Both read one table of the same connection; what is stored and what stays in memory are lines
of their own. Every value, reason and type is compared. Beside it OpenFisca-core from the same parquet file to the same
end, in turns, in a throw-away environment (`other_engines.py`), one fused kernel of numba and a copy of memory.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.law_population import LIBRARY
from waardig.law import queries
from waardig.law.adapters import duckdb as engine
from waardig.law.adapters.arrays import arrays
from waardig.law.core.graph import Program

LAW, OUTPUT, ON = "wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", datetime.date(2025, 3, 1)
Spent = tuple[float, float]
"""Seconds by the clock and of the processor."""
NOTHING: Spent = (1.0, 1.0)
TABLES = ("ours", "hand")
OTHERS = Path(__file__).resolve().parent / "other_engines.py"
NEEDS = ("openfisca-core==46.0.1", "numba>=0.65")
PEOPLE = """
SELECT id,
    CASE WHEN hash(id) % 100 = 0 THEN NULL ELSE CAST(hash(id, 1) % 6000000 AS BIGINT) END AS toetsingsinkomen,
    CASE WHEN hash(id) % 100 = 0 THEN 'unknown' ELSE 'ok' END AS toetsingsinkomen__reason,
    hash(id, 2) % 100 < 35 AS heeft_toeslagpartner,
    CASE WHEN hash(id, 2) % 100 < 35 THEN CAST(hash(id, 3) % 4000000 AS BIGINT) END AS toetsingsinkomen_partner,
    CAST(hash(id, 4) % 20000000 AS BIGINT) AS vermogen,
    CASE WHEN hash(id, 2) % 100 < 35 THEN CAST(hash(id, 5) % 6000000 AS BIGINT) END AS vermogen_partner,
    DATE '1940-01-01' + CAST(hash(id, 6) % 25500 AS INTEGER) AS geboortedatum,
    hash(id, 7) % 50 > 0 AS is_verzekerd,
    CASE WHEN hash(id, 2) % 100 < 35 THEN hash(id, 8) % 40 > 0 END AS partner_is_verzekerd,
    CASE WHEN hash(id, 2) % 100 < 35 THEN hash(id, 9) % 3 > 0 END AS partner_is_verzekeringsplichtig
FROM range({rows}) AS t(id)
"""
REASON = "ENUM('ok', 'error', 'unknown:toetsingsinkomen')"
BY_HAND = """
SELECT CASE WHEN NOT entitled THEN 0 WHEN unknown THEN NULL WHEN whole >= 2400 THEN whole ELSE 0 END AS amount,
       CASE WHEN entitled AND unknown THEN CAST('unknown:toetsingsinkomen' AS {reason})
            ELSE CAST('ok' AS {reason}) END AS reason FROM (
  SELECT entitled, unknown, (exact * share + 10000000) // 20000000 * 100 AS whole FROM (
    SELECT is_verzekerd AND geboortedatum < DATE '2007-03-01' AND CASE WHEN partner
             THEN vermogen + vermogen_partner <= 17942900
               AND (partner_is_verzekerd OR NOT partner_is_verzekeringsplichtig)
             ELSE vermogen <= 14189600 END AS entitled,
           toetsingsinkomen__reason <> 'ok' AS unknown,
           CASE WHEN partner
             THEN 30102116200 - 13700 * greatest(toetsingsinkomen + toetsingsinkomen_partner - 2840600, 0)
             ELSE 15734222400 - 13700 * greatest(toetsingsinkomen - 2840600, 0) END AS exact,
           CASE WHEN partner AND NOT partner_is_verzekerd THEN 1 ELSE 2 END AS share
    FROM (SELECT *, heeft_toeslagpartner AS partner FROM {people})))
"""


def population(rows: int, place: Path) -> engine.Population:
    """People in a table on disk, as a snapshot of a country is: it need not fit in memory."""
    connection = duckdb.connect(str(place / "people.db"))
    connection.execute("SET threads = 2").execute("SET memory_limit = '3GB'")
    connection.execute(f"CREATE TABLE population AS {PEOPLE.format(rows=rows)}").fetchall()
    connection.execute("CHECKPOINT").fetchall()
    return engine.open_table(connection, "SELECT * FROM population")


def table(counts: tuple[int, ...]) -> Iterator[str]:
    """Lines for each number of persons."""
    yield f"{'persons':>11}  {'what':<42}{'seconds':>11}{'times':>7}{'processor':>11}{'times':>7}  result"
    for rows in counts:
        with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="waardig-bench-") as place:
            yield from _lines(rows, Path(place))


def _lines(rows: int, place: Path) -> Iterator[str]:
    people = population(rows, place)
    program = queries.program_for(queries.law_book([LIBRARY]), LAW, [OUTPUT], on=ON, parameters={}, mode="report")
    hand = BY_HAND.format(people="population", reason=REASON)

    def law(kind: str) -> Callable[[], None]:
        return lambda: _made(people.connection, f"{kind} ours", engine.query_for(people, program, {}))

    def by_hand(kind: str) -> Callable[[], None]:
        return lambda: _made(people.connection, f"{kind} hand", hand)

    repeats = 7 if rows <= 1_000_000 else 3
    base = NOTHING
    for kind, where in (("TABLE", "stored"), ("TEMP TABLE", "kept in memory")):
        ours, base = _turns([law(kind), by_hand(kind)], repeats)
        yield _line(rows, f"by hand in DuckDB SQL, {where}", base, base, "")
        yield _line(rows, f"the law, compiled, {where}", ours, base, _differences(people.connection))
        people.connection.execute(f"DROP {kind.removeprefix('TEMP ')} ours").execute("DROP TABLE hand")
    (measure,) = _turns([lambda: engine.query_for(people, program, {})], 5)
    yield _line(rows, "  of which measuring and compiling", measure, base, "")
    if rows <= 1_000_000:
        yield from _beside(people, program, rows, place)


def _made(connection: Any, what: str, query: str) -> None:
    connection.execute(f"CREATE OR REPLACE {what} AS {query}").fetchall()


def _turns(runs: Sequence[Callable[[], object]], repeats: int) -> list[Spent]:
    """The best of each, run in turns, so that a busy moment of the machine meets all."""
    taken = [[_spent(run) for run in runs] for _ in range(repeats)]
    return [(min(one for one, _ in column), min(two for _, two in column)) for column in zip(*taken, strict=True)]


def _spent(run: Callable[[], object]) -> Spent:
    """What a run took; another process says so itself."""
    start = time.perf_counter(), time.process_time()
    said = run()
    return said if isinstance(said, tuple) else (time.perf_counter() - start[0], time.process_time() - start[1])


def _differences(connection: Any) -> str:
    ask = f"SELECT count(*), count(*) FILTER ({OUTPUT} IS DISTINCT FROM amount OR {OUTPUT}__reason <> reason), "  # noqa: S608
    ask += "count(*) FILTER (amount > 0), sum(amount), count(*) FILTER (reason <> 'ok') "
    row = connection.execute(f"{ask} FROM ours POSITIONAL JOIN hand").fetchall()[0]
    ours, hand = ([stored for _, stored, *_ in connection.execute(f"DESCRIBE {one}").fetchall()] for one in TABLES)
    if row[1] or ours != hand:
        raise AssertionError(f"{row[1]} rows differ from the formula by hand, which gives {hand} and not {ours}")
    return f"every row equal; {row[2]:,} get {row[3] / 100:,.2f} euro, {row[4]:,} unknown"


def _beside(people: engine.Population, program: Program, rows: int, place: Path) -> Iterator[str]:
    """OpenFisca, numba and a copy of memory over the same parquet file, in an environment of their own."""
    file, out = place / "people.parquet", place / "ours.parquet"
    people.connection.execute(f"COPY population TO '{file}' (FORMAT parquet)").fetchall()
    known = "(SELECT * FROM population WHERE toetsingsinkomen IS NOT NULL)"
    people.connection.execute(
        f"COPY ({BY_HAND.format(people=known, reason=REASON)}) TO '{place / 'wanted.parquet'}' (FORMAT parquet)"
    ).fetchall()
    other = _other(place)
    if other is None:
        yield "            (OpenFisca and numba cannot be installed here: no package index is reachable)"
        return
    said: dict[str, Any] = {}

    def asked(what: str) -> Callable[[], Spent]:
        def ask() -> Spent:
            said[what] = _answer(other, what)
            return said[what]["seconds"], said[what]["processor"]

        return ask

    runs: list[Callable[[], object]] = [
        lambda: _from_file(file, program, None),
        asked("memory"),
        lambda: _from_file(file, program, out),
    ]
    names = ["the law, parquet to numpy arrays", "OpenFisca-core, parquet to a numpy array"]
    names += ["the law, parquet to parquet", "OpenFisca-core, parquet to parquet"]
    taken = _turns([*runs, asked("stored")], 7)
    results = ["amount and reason", said["memory"]["said"], "amount and reason", "amount"]
    for name, seconds, result in zip(names, taken, results, strict=True):
        yield _line(rows, name, seconds, taken[0], result)
    for what in ("loaded", "evaluated", "kernel", "copy"):
        (spent,) = _turns([asked(what)], 5)
        yield _line(rows, said[what]["name"], spent, taken[0], said[what]["said"])
    other.communicate("\n")


def _from_file(file: Path, program: Program, out: Path | None) -> None:
    """Everything from opening a file of people to outcomes as arrays, or in a file."""
    people = engine.open_file(file)
    people.connection.execute("SET threads = 2")
    if out is None:
        arrays(people, program, {})
    else:
        query = engine.query_for(people, program, {})
        people.connection.execute(f"COPY ({query}) TO '{out}' (FORMAT parquet)").fetchall()


def _other(place: Path) -> subprocess.Popen[str] | None:
    """The program with the other engines, waiting for questions; None where it cannot be installed."""
    python = place / "venv" / "bin" / "python"
    venv.create(place / "venv", with_pip=True, symlinks=True)
    needs = [*NEEDS, f"duckdb=={duckdb.__version__}"]
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *needs]
    if subprocess.run(install, check=False, stderr=subprocess.DEVNULL).returncode:
        return None
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([str(python), str(OTHERS), str(place)], **pipes)  # type: ignore[call-overload, no-any-return]


def _answer(other: subprocess.Popen[str], what: str) -> dict[str, Any]:
    assert other.stdin is not None and other.stdout is not None
    other.stdin.write(f"{what}\n")
    other.stdin.flush()
    found: dict[str, Any] = json.loads(other.stdout.readline())
    return found


def _line(rows: int, what: str, spent: Spent, base: Spent, result: str) -> str:
    numbers = "".join(f"{one:>11.3f}{one / other:>7.2f}" for one, other in zip(spent, base, strict=True))
    return f"{rows:>11,}  {what:<42}{numbers}  {result}"


if __name__ == "__main__":
    for line in table(tuple(int(count) for count in sys.argv[1:]) or (1_000_000,)):
        print(line, flush=True)
