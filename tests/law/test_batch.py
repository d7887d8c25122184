"""`law batch` is whole or nothing: killed halfway nothing stands under the final name; what is written was checked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.law.batches import ASKED, killed, left, people
from tests.law.builders import ON, a_law, the_laws
from waardig.law import queries
from waardig.law.adapters import again, batch
from waardig.law.adapters.whole import whole
from waardig.law.core.compile import numbers


@pytest.mark.parametrize("former", [False, True])
def test_killed_halfway_nothing_new_stands_under_the_final_name(tmp_path: Path, former: bool) -> None:
    population, out = people(tmp_path, 3_000_000), tmp_path / "out.parquet"
    if former:
        out.write_bytes(b"a former result")

    killed(population, out, "duckdb", lambda work: (work / "result").exists() and (work / "result").stat().st_size > 0)

    assert (out.read_bytes() == b"a former result") if former else not out.exists()
    parts = [name for name in left(tmp_path) if name.endswith(".part")]
    assert len(parts) == 1
    small = people(tmp_path, 50_000)
    done = queries.evaluate_file(the_laws(), *ASKED, on=ON, population=small, out=out)
    assert done.rows == duckdb.read_parquet(str(out)).count("*").fetchall()[0][0] == 50_000
    assert left(tmp_path) == ["out.parquet"]


def test_killed_row_by_row_nothing_stands_under_the_final_name(tmp_path: Path) -> None:
    population, out = people(tmp_path, 400_000), tmp_path / "out.parquet"
    killed(population, out, "python", lambda work: (work / "rows").exists() and (work / "rows").stat().st_size > 4096)
    assert not out.exists()
    queries.evaluate_file(the_laws(), *ASKED, on=ON, population=people(tmp_path, 30), out=out, engine="python")
    assert left(tmp_path) == ["out.parquet"]


def test_somebody_who_still_works_keeps_their_unfinished_result(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with whole(out) as mine:
        with whole(out) as other:
            (other / "result").write_text("other", "utf-8")
        assert out.read_text("utf-8") == "other"
        assert mine.is_dir()
        (mine / "result").write_text("mine", "utf-8")
    assert out.read_text("utf-8") == "mine"
    assert left(tmp_path) == ["out"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("before", "utf-8")
    with pytest.raises(RuntimeError), whole(out) as work:
        (work / "result").write_text("half", "utf-8")
        raise RuntimeError
    assert (out.read_text("utf-8"), left(tmp_path)) == ("before", ["out"])


def test_a_folder_takes_the_place_of_a_folder_and_of_a_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for content in ("one", "two"):
        with whole(out) as work:
            (work / "result").mkdir()
            (work / "result" / content).write_text("", "utf-8")
        assert [path.name for path in out.iterdir()] == [content]
    with whole(out) as work:
        (work / "result").write_text("a file", "utf-8")
    assert (out.read_text("utf-8"), left(tmp_path)) == ("a file", ["out"])


def test_both_engines_write_the_same_rows_in_the_order_of_the_population(tmp_path: Path) -> None:
    population = people(tmp_path, 22_000)
    for engine in ("duckdb", "python"):
        out = tmp_path / engine
        queries.evaluate_file(the_laws(), *ASKED, on=ON, population=population, out=out, engine=engine)
    fast, slow = (duckdb.read_parquet(str(tmp_path / engine)) for engine in ("duckdb", "python"))
    assert fast.columns == slow.columns == ["id", "gezamenlijk", "gezamenlijk__reason", "bijdrage", "bijdrage__reason"]
    rows = fast.fetchall()
    assert rows == slow.fetchall()
    assert [row[0] for row in rows] == list(range(22_000))
    assert rows[21_000][1] == 42_000


def test_row_by_row_the_type_holds_what_came_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CHUNK", 2)
    body = "execution:\n  input: [{name: a, type: number, source: {}}, {name: t, type: string, source: {}}]\n"
    body += "  output: [{name: x, type: number}, {name: y, type: string}, {name: z, type: string}]\n  actions:\n"
    body += "    - {output: x, value: {operation: DIVIDE, values: [$a, 4]}}\n    - {output: y, value: $t}\n"
    body += "    - {output: z, value: null}\n"
    population = tmp_path / "p.parquet"
    rows = "(4, '2025-01-01'), (NULL, NULL), (-8, '2025-01-31'), (3, NULL), (1, '20250101')"
    duckdb.execute(f"COPY (SELECT * FROM (VALUES {rows}) AS v(a, t)) TO '{population}' (FORMAT parquet)")  # noqa: S608
    out = tmp_path / "o.parquet"
    more = {"on": ON, "population": population, "out": out, "engine": "python"}

    queries.evaluate_file(a_law(tmp_path, body), "w", ("x", "y", "z"), **more)

    found = duckdb.read_parquet(str(out))
    assert list(map(str, found.types))[::2] == ["DECIMAL(38,10)", "VARCHAR", "VARCHAR"]
    assert [(row[0], row[2], row[4]) for row in found.fetchall()] == [
        (1, "2025-01-01", None), (None, None, None), (-2, "2025-01-31", None), (Decimal("0.75"), None, None),
        (Decimal("0.25"), "20250101", None),
    ]  # fmt: skip


def test_a_fault_of_the_compiler_is_found_by_the_interpreter_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "execution:\n  input: [{name: a, type: number, source: {}}]\n  output: [{name: x, type: number}]\n"
    body += "  actions: [{output: x, value: {operation: ROUND, precision: 0, value: {operation: DIVIDE, "
    body += "values: [$a, 2]}}}]\n"
    population, out = tmp_path / "p.parquet", tmp_path / "o.parquet"
    # Only the largest of a hundred thousand is odd: chance would not find it, the edge does.
    select = "SELECT 2 * id + CASE WHEN id = 77777 THEN 1000001 ELSE 0 END AS a FROM range(100000) AS t(id)"
    duckdb.execute(f"COPY ({select}) TO '{population}' (FORMAT parquet)")
    real: Any = numbers._division
    monkeypatch.setattr(numbers, "_division", lambda op, *given, **more: real("FLOOR", *given, **more))
    with pytest.raises(again.ResultDiffers, match="Row 77777: SQL and the interpreter differ about 'x' \\(ok, ok\\)"):
        queries.evaluate_file(a_law(tmp_path, body), "w", ("x",), on=ON, population=population, out=out)
    assert left(tmp_path) == ["p.parquet", "w.yaml"]


def test_an_empty_population_gives_an_empty_result(tmp_path: Path) -> None:
    for engine in ("duckdb", "python"):
        out = tmp_path / f"{engine}.parquet"
        done = queries.evaluate_file(the_laws(), *ASKED, on=ON, population=people(tmp_path, 0), out=out, engine=engine)
        assert (done.rows, done.fallback) == (0, "")
        assert duckdb.read_parquet(str(out)).fetchall() == []


def test_edges_of_every_fact_are_looked_at(tmp_path: Path) -> None:
    population = tmp_path / "p.parquet"
    select = """SELECT CASE WHEN id = 5000 THEN NULL ELSE id END AS inkomen, id = 7000 AS heeft_partner,
        CASE WHEN id = 8000 THEN 'unknown' ELSE 'ok' END AS heeft_partner__reason,
        DATE '2000-01-01' - CAST(abs(id - 6000) AS INTEGER) AS geboortedatum FROM range(20000) AS t(id)"""
    duckdb.execute(f"COPY ({select}) TO '{population}' (FORMAT parquet)")
    program = queries.program_for(
        the_laws(), "toetswet", ["gezamenlijk", "leeftijd"], on=ON, parameters={}, mode="report"
    )
    opened = queries.duckdb.open_file(population)
    rows = again.some_of(opened, queries.duckdb.found_columns(opened, program))
    found = opened.connection.execute(rows).fetchall()
    assert 200 <= len(found) <= 210
    assert {(None, False, "ok", date(1997, 4, 6)), (0, False, "ok", date(1983, 7, 29))} <= set(found)
    assert (6000, False, "ok", date(2000, 1, 1)) in found
    assert {row[2] for row in found} == {"ok", "unknown"}
