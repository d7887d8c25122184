"""A name that is a column and an outcome of a stage, or of two laws: refused with what to do, or told apart."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.law.batches import left
from tests.law.courses import ON, chances, two_versions, with_a_name_of_two, written
from tests.law.test_courses import ROW, made
from waardig.law import queries
from waardig.law.terms import PopulationInvalid


@pytest.mark.parametrize("engine", ["duckdb", "python"])
@pytest.mark.parametrize("column", ["termijn", "Termijn", "termijn__reason", "tekort"])
def test_a_column_with_the_name_of_what_an_earlier_stage_gives_is_refused_with_what_to_do(
    tmp_path: Path, engine: str, column: str
) -> None:
    book, asked = two_versions(tmp_path), ("recht", "bezwaar_tot", "kosten")

    with pytest.raises(PopulationInvalid) as refused:
        made(book, tmp_path, [{**ROW, column: None}], asked=asked, engine=engine)

    stage = "BESLUIT"
    assert refused.value.text_en.startswith(
        f"The population cannot be used: column '{column}' has the name of what stage {stage} gives, and a later one "
    )
    assert refused.value.remedy == "Give the column another name, then it goes along to the result; or leave it out."
    assert left(tmp_path) == ["laws"]


def test_a_column_that_no_later_stage_builds_on_goes_along_whatever_a_stage_gives_of_that_name(tmp_path: Path) -> None:
    book, out = two_versions(tmp_path), tmp_path / "out.parquet"
    population = written(tmp_path / "people.parquet", [{**ROW, "termijn": None, "kosten": None}])

    done = queries.courses_file(book, "toelage", ("recht",), on=ON, population=population, out=out)

    assert (done.engine, done.fallback) == ("duckdb", "")
    assert duckdb.read_parquet(str(out)).columns[:4] == ["zaak", "feest", "termijn", "kosten"]


def test_a_column_is_refused_for_the_days_of_the_rows_too(tmp_path: Path) -> None:
    """A version that gives a term and another that asks for one: only a row over new year has both."""
    two_versions(tmp_path)
    old, new = tmp_path / "laws" / "oud.yaml", tmp_path / "laws" / "nieuw.yaml"
    old.write_text(old.read_text("utf-8").replace("weeks: $termijn", "weeks: 6"), "utf-8")
    text = new.read_text("utf-8").replace("name: termijn, type: number, source: {output: termijn}",
                                          "name: termijn, type: number, source: {}")  # fmt: skip
    new.write_text(text.replace("output: termijn, value", "output: term, value").replace(
        "output: [{name: termijn", "output: [{name: term"), "utf-8")  # fmt: skip
    book = queries.law_book([], foreign=[tmp_path / "laws"])
    over = {**ROW, "datum_bekendmaking": "2025-01-02", "termijn": None}
    after = {**over, "datum_aanvraag": "2025-01-01", "datum_besluit": "2025-01-02"}

    for engine in ("duckdb", "python"):
        with pytest.raises(PopulationInvalid, match="'termijn' has the name of what stage BESLUIT gives"):
            made(book, tmp_path, [after, over], asked=("recht", "bezwaar_tot"), engine=engine)
        assert made(book, tmp_path, [after], asked=("recht", "bezwaar_tot"), engine=engine)[0]["bezwaar_tot"][0] is None


def test_what_another_law_computes_for_itself_is_not_taken_from_a_stage_of_the_same_name(tmp_path: Path) -> None:
    book, rows = with_a_name_of_two(tmp_path), chances(120, 5)
    asked = ("recht", "termijn", "leges")

    fast = made(book, tmp_path, rows, asked=asked)
    slow = made(book, tmp_path, rows, asked=asked, engine="python")

    assert fast == slow
    assert {row["leges"][0] for row in fast} == {603, 403, None}
    assert {row["leges"][1].partition(":")[0] for row in fast} >= {"ok", "pending", "unknown"}
