"""A country at once: zorgtoeslag with partner and wealth test, compiled from the law, beside the formula by hand.

By hand is DuckDB SQL as a good engineer writes it: one pass, whole cents, a reason beside the amount. Both read one
table of the same connection and store their result; every value and reason is compared. Beside it, in a throw-away
environment: OpenFisca (float32, entities loaded from the same columns), one fused kernel of numba, a copy of memory.
"""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from benchmarks.law_population import LIBRARY, best
from waardig.law import queries
from waardig.law.adapters import duckdb as engine

LAW, OUTPUT, ON = "wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", datetime.date(2025, 3, 1)
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
BY_HAND = """
SELECT CASE WHEN reason = 'ok' THEN CASE WHEN cents >= 2400 THEN cents ELSE 0 END END AS amount, reason FROM (
  SELECT CASE WHEN NOT entitled OR exact <= 0 THEN 0 ELSE (exact * share + 10000000) // 20000000 * 100 END AS cents,
         CASE WHEN entitled AND unknown THEN 'unknown:toetsingsinkomen' ELSE 'ok' END AS reason FROM (
    SELECT is_verzekerd AND geboortedatum < DATE '2007-03-01'
             AND vermogen + CASE WHEN partner THEN vermogen_partner ELSE 0 END
               <= CASE WHEN partner THEN 17942900 ELSE 14189600 END
             AND (NOT partner OR partner_is_verzekerd OR NOT partner_is_verzekeringsplichtig) AS entitled,
           toetsingsinkomen__reason <> 'ok' AS unknown,
           CASE WHEN partner THEN 30102116200 ELSE 15734222400 END - 13700 * greatest(
             toetsingsinkomen + CASE WHEN partner THEN toetsingsinkomen_partner ELSE 0 END - 2840600, 0) AS exact,
           CASE WHEN partner AND NOT partner_is_verzekerd THEN 1 ELSE 2 END AS share
    FROM (SELECT *, heeft_toeslagpartner AS partner FROM population)))
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
    yield f"{'persons':>11}  {'what':<34}{'seconds':>9}{'times by hand':>15}  result"
    for rows in counts:
        with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="waardig-bench-") as place:
            yield from _lines(rows, Path(place))


def _lines(rows: int, place: Path) -> Iterator[str]:
    people = population(rows, place)
    program = queries.program_for(queries.law_book([LIBRARY]), LAW, [OUTPUT], on=ON, parameters={}, mode="report")

    def ours() -> None:
        query = engine.query_for(people, program, {})
        people.connection.execute(f"CREATE OR REPLACE TABLE ours AS {query}").fetchall()

    def by_hand() -> None:
        people.connection.execute(f"CREATE OR REPLACE TABLE hand AS {BY_HAND}").fetchall()

    repeats = 5 if rows <= 1_000_000 else 3 if rows <= 5_000_000 else 2
    law, hand = _turns(ours, by_hand, repeats)
    measure = best(lambda: engine.query_for(people, program, {}), 2)
    yield _line(rows, "by hand in DuckDB SQL", hand, hand, "")
    yield _line(rows, "the law, compiled", law, hand, _differences(people.connection))
    yield _line(rows, "  of which measuring and compiling", measure, hand, "")
    if rows <= 1_000_000:
        yield from _beside(people.connection, rows, hand, place)


def _turns(one: Callable[[], None], other: Callable[[], None], repeats: int) -> tuple[float, float]:
    """The best of both, run in turns, so that a busy moment of the machine meets both."""
    taken = [(best(one, 1), best(other, 1)) for _ in range(repeats)]
    return min(first for first, _ in taken), min(second for _, second in taken)


def _differences(connection: Any) -> str:
    ask = f"SELECT count(*), count(*) FILTER ({OUTPUT} IS DISTINCT FROM amount OR {OUTPUT}__reason <> reason), "  # noqa: S608
    ask += "count(*) FILTER (amount > 0), sum(amount), count(*) FILTER (reason <> 'ok') "
    row = connection.execute(f"{ask} FROM ours POSITIONAL JOIN hand").fetchall()[0]
    if row[1]:
        raise AssertionError(f"{row[1]} rows differ from the formula by hand")
    return f"every row equal; {row[2]:,} get {row[3] / 100:,.2f} euro, {row[4]:,} unknown"


def _beside(connection: Any, rows: int, hand: float, place: Path) -> Iterator[str]:
    """OpenFisca, numba and a copy of memory over the same columns, in an environment of their own."""
    columns = connection.execute("SELECT * EXCLUDE (toetsingsinkomen__reason) FROM population").fetchnumpy()
    known = ~np.ma.getmaskarray(columns["toetsingsinkomen"])
    for name, values in columns.items():
        plain = np.ma.filled(values, 0) if np.ma.isMaskedArray(values) else np.asarray(values)
        kept = plain.astype("datetime64[D]").astype(np.int64) if plain.dtype.kind == "M" else plain
        np.save(place / f"{name}.npy", kept[known])
    amounts = connection.execute("SELECT coalesce(amount, 0) AS amount FROM hand").fetchnumpy()["amount"]
    np.save(place / "amount.npy", np.asarray(amounts)[known].astype(np.int64))
    python = place / "venv" / "bin" / "python"
    venv.create(place / "venv", with_pip=True, symlinks=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *NEEDS]
    if subprocess.run(install, check=False, stderr=subprocess.DEVNULL).returncode:
        yield "            (OpenFisca and numba cannot be installed here: no package index is reachable)"
        return
    done = subprocess.run([str(python), str(OTHERS), str(place)], check=True, capture_output=True, text=True)
    for name, seconds, said in json.loads(done.stdout):
        yield _line(rows, name, seconds, hand, said)
    shutil.rmtree(place / "venv")


def _line(rows: int, what: str, seconds: float, hand: float, result: str) -> str:
    return f"{rows:>11,}  {what:<34}{seconds:>9.3f}{seconds / hand:>15.2f}  {result}"


if __name__ == "__main__":
    for line in table(tuple(int(count) for count in sys.argv[1:]) or (1_000_000,)):
        print(line, flush=True)
