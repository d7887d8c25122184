"""Arrays say what columns say: whole numbers and never a float, a reason as the place of its word."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.law.builders import ON, a_law, the_laws
from waardig.law import queries
from waardig.law.adapters import duckdb as engine
from waardig.law.adapters.arrays import Coded
from waardig.law.terms import NotCompilable, Value

OUTPUTS = ("gezamenlijk", "bijdrage_exact", "bijdrage", "leeftijd", "weer_mogelijk_vanaf", "recht", "categorie")
PEOPLE = """
SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE CAST(i * 36000 AS BIGINT) END AS inkomen,
    CASE WHEN i % 5 = 0 THEN 'unknown' ELSE 'ok' END AS inkomen__reason, i % 3 = 0 AS heeft_partner,
    CASE WHEN i % 3 = 0 THEN CAST(i * 999 AS BIGINT) END AS inkomen_partner,
    CASE WHEN i % 4 > 0 THEN chr(65 + CAST(i % 4 AS INTEGER)) END AS soort,
    DATE '1940-02-29' + CAST(i * 97 AS INTEGER) AS geboortedatum,
    DATE '2024-01-31' + CAST(i AS INTEGER) AS laatste_datum, CAST(i % 9 AS BIGINT) AS verdeling
FROM range(1, 301) AS t(i)
"""


def stored(folder: Path, query: str) -> Path:
    file = folder / "people.parquet"
    duckdb.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)").fetchall()
    return file


def spoken(one: Coded) -> list[tuple[Value, str]]:
    """The arrays of an output as the values and words that columns have."""
    there, found = ~np.ma.getmaskarray(one.values), np.ma.getdata(one.values)
    assert found.dtype.kind in "bOiM"
    assert one.reasons.dtype == np.uint8
    values: list[Any] = [
        (str(value)[:10] if found.dtype.kind == "M" else value) if here else None
        for value, here in zip(found if found.dtype.kind == "M" else found.tolist(), there.tolist(), strict=True)
    ]
    if one.places:
        exact = [None if value is None else Decimal(value).scaleb(-one.places) for value in values]
        values = [engine.plain_value(value) for value in exact]
    return list(zip(values, [one.words[place] for place in one.reasons], strict=True))


def test_arrays_say_what_the_interpreter_says_on_every_row(tmp_path: Path) -> None:
    file = stored(tmp_path, PEOPLE)

    found = queries.evaluate_arrays(the_laws(), "toetswet", OUTPUTS, on=ON, population=file)
    exact = queries.evaluate_many(the_laws(), "toetswet", OUTPUTS, on=ON, columns=file, engine="python")

    for name in OUTPUTS:
        assert spoken(found[name]) == list(zip(exact.columns[name], exact.reasons[name], strict=True)), name
    assert found["bijdrage_exact"].places == 5
    assert len({one.words for one in found.values()}) == 1
    said = {word for name in OUTPUTS for word in exact.reasons[name]}
    assert said <= set(found["recht"].words)
    assert {"ok", "error", "unknown:inkomen"} <= said


def test_what_sql_cannot_say_gives_no_arrays(tmp_path: Path) -> None:
    body = "execution:\n  input: [{name: a, type: number, source: {}}]\n  output: [{name: x, type: number}]\n"
    body += "  actions: [{output: x, value: {operation: DIVIDE, values: [1, $a]}}]\n"
    file = stored(tmp_path, "SELECT unnest([3, 4]) AS a")

    with pytest.raises(NotCompilable, match="divides by a fact"):
        queries.evaluate_arrays(a_law(tmp_path, body), "w", ["x"], on=ON, population=file)


def test_reasons_are_a_list_of_words_in_the_engine_and_text_in_a_file(tmp_path: Path) -> None:
    file, out = stored(tmp_path, PEOPLE), tmp_path / "out.parquet"
    people = engine.open_file(file)
    program = queries.program_for(the_laws(), "toetswet", OUTPUTS, on=ON, parameters={}, mode="report")

    types = people.connection.sql(engine.query_for(people, program, {})).types
    queries.evaluate_file(the_laws(), "toetswet", OUTPUTS, on=ON, population=file, out=out)

    reasons = types[1::2]
    assert {(one.id, str(one)) for one in reasons} == {("enum", str(reasons[0]))}
    kinds = dict(row[:2] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{out}'").fetchall())  # noqa: S608
    assert {kinds[f"{name}__reason"] for name in OUTPUTS} == {"VARCHAR"}
    elsewhere = engine.query_for(people, program, {}, source="SELECT * FROM population")
    assert "ENUM" not in elsewhere


def test_outcomes_of_one_law_are_facts_of_another_with_their_list_of_words(tmp_path: Path) -> None:
    people = engine.open_file(stored(tmp_path, PEOPLE))
    connection, asked = people.connection, ("gezamenlijk", "recht")
    program = queries.program_for(the_laws(), "toetswet", asked, on=ON, parameters={}, mode="report")
    connection.execute(f"CREATE TABLE made AS {engine.query_for(people, program, {})}")
    body = "execution:\n  input: [{name: gezamenlijk, type: number, source: {}}]\n"
    body += "  output: [{name: x, type: number}]\n  actions: [{output: x, value: $gezamenlijk}]\n"
    law = queries.program_for(a_law(tmp_path, body), "w", ["x"], on=ON, parameters={}, mode="report")
    made = engine.open_table(connection, "SELECT * FROM made WHERE gezamenlijk__reason <> 'error'")

    fast, exact = engine.run(made, law, {}), engine.run_python(made, law, {}, "")

    assert fast.columns == exact.columns
    assert fast.reasons == exact.reasons
    assert {"ok", "unknown:gezamenlijk"} <= set(fast.reasons["x"])
