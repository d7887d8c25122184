"""A decision in the stages of its procedure, for many: each row by the laws of its own days, as for one person."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from tests.law.batches import COURSES, killed, left
from tests.law.builders import LIBRARY
from tests.law.courses import (
    ASKED,
    ON,
    STAGES,
    chances,
    expected,
    told,
    two_versions,
    written,
)
from waardig.law import queries
from waardig.law.adapters import again, lookup, walk
from waardig.law.cli import law as command
from waardig.law.terms import PopulationInvalid, RuleFailed, UnknownOutput

TOELAGE = ("toelage", ASKED)
ROW = {"zaak": "a", "inkomen": 200, "feest": "2025-01-01", "datum_aanvraag": "2024-12-02",
       "datum_besluit": "2024-12-30", "datum_bekendmaking": "2024-12-31", "datum_bezwaar": "2025-01-28",
       "gehoord": True}  # fmt: skip


def made(book: queries.LawBook, folder: Path, rows: list[dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
    """The result of the rows, which SQL must have computed unless another engine is asked."""
    out, engine = folder / "out.parquet", more.pop("engine", "duckdb")
    population, asked = written(folder / "people.parquet", rows), more.pop("asked", ASKED)
    done = queries.courses_file(
        book, "toelage", asked, on=ON, population=population, out=out, engine=engine, **more
    )  # fmt: skip
    assert (done.rows, done.engine, done.fallback) == (len(rows), engine, "")
    return told(out, ("stage", *asked))


@pytest.mark.parametrize("until", [None, datetime.date(2025, 1, 10)])
def test_everybody_gets_what_one_person_gets(tmp_path: Path, until: datetime.date | None) -> None:
    book, rows = two_versions(tmp_path), chances(500, 7)
    exact = [expected(book, row, until=until) for row in rows]

    fast = made(book, tmp_path, rows, until=until)
    slow = made(book, tmp_path, rows, until=until, engine="python")

    assert fast == exact
    assert slow == exact
    ends = {row["stage"] for row in exact}
    assert {stage for stage, _ in ends} == {None, *STAGES} - {"AANVRAAG"}
    assert {reason.partition(":")[0] for _, reason in ends} == {"ok", "error", "pending", "unknown"} | (
        {"not_yet"} if until else set()
    )
    assert {row["termijn"][0] for row in exact} == {4, 6, None}
    assert {row["zitting"][1] for row in exact} > {"ok", "absent", "error"}


def test_a_course_over_new_year_is_computed_by_the_laws_of_each_day(tmp_path: Path) -> None:
    book = two_versions(tmp_path)
    after = {**ROW, "datum_besluit": "2025-01-01", "datum_bekendmaking": "2025-01-01"}
    late = {**after, "datum_bezwaar": "2025-01-31", "gehoord": False}

    one, two, three = made(book, tmp_path, [ROW, after, late])

    assert (one["termijn"], one["bezwaar_tot"]) == ((6, "ok"), ("2025-02-11", "ok"))
    assert (two["termijn"], two["bezwaar_tot"]) == ((4, "ok"), ("2025-01-30", "ok"))
    assert (one["dagen"], two["dagen"]) == ((29, "ok"), (30, "ok"))
    assert (one["kosten"], two["kosten"], three["kosten"]) == ((Decimal(100), "ok"), (Decimal(100), "ok"), (0, "ok"))
    assert (one["op_tijd"], three["op_tijd"]) == ((True, "ok"), (False, "ok"))
    assert one["stage"] == ("BEZWAAR", "ok")


def test_an_output_of_an_older_version_only_is_absent_when_its_stage_has_passed(tmp_path: Path) -> None:
    old = {**ROW, "datum_bekendmaking": "2024-12-31", "datum_bezwaar": "2024-12-31"}

    (found,) = made(two_versions(tmp_path), tmp_path, [old])

    assert (found["zitting"], found["kosten"]) == ((None, "absent"), (Decimal(800), "ok"))


def test_what_a_row_waits_for_is_its_reason_and_no_value_stands_in_its_place(tmp_path: Path) -> None:
    rows = [
        {**ROW, "datum_aanvraag": None},
        {**ROW, "datum_bezwaar": None},
        {**ROW, "gehoord": None},
        {**ROW, "datum_besluit": "2024-12-01"},
    ]

    found = made(two_versions(tmp_path), tmp_path, rows, until=datetime.date(2025, 1, 27))

    assert found[0] == dict.fromkeys(("stage", *ASKED), (None, "pending:datum_aanvraag"))
    assert (found[1]["stage"], found[1]["kosten"]) == (
        ("BEKENDMAKING", "pending:datum_bezwaar"),
        (None, "pending:datum_bezwaar"),
    )
    assert (found[2]["stage"], found[2]["bedrag"]) == (("BEKENDMAKING", "not_yet:datum_bezwaar"), (800, "ok"))
    assert (found[3]["stage"], found[3]["bedrag"]) == (("BEHANDELING", "error"), (None, "error"))
    assert found[3]["beslissen_voor"] == ("2025-01-27", "ok")


def test_a_stage_without_a_column_for_its_day_is_refused_with_its_place_and_what_to_do(tmp_path: Path) -> None:
    book = two_versions(tmp_path)
    some = {name: value for name, value in ROW.items() if name not in ("datum_bekendmaking", "gehoord")}
    lines = (tmp_path / "laws" / "nieuw.yaml").read_text("utf-8").split("\n")

    with pytest.raises(PopulationInvalid) as refused:
        made(book, tmp_path, [some])

    for stage, event, kind in (("BEKENDMAKING", "datum_bekendmaking", "date"), ("BEZWAAR", "gehoord", "boolean")):
        line = next(n for n, text in enumerate(lines, 1) if f"name: {stage}," in text)
        assert f"nieuw.yaml:{line}: stage {stage} requires '{event}' ({kind})" in refused.value.text_en
    assert "Add a column of that name, NULL where it has not happened; or --param" in refused.value.remedy
    assert left(tmp_path) == ["laws"]


def test_what_is_the_same_for_everybody_is_given_once(tmp_path: Path) -> None:
    book = two_versions(tmp_path)
    some = {name: value for name, value in ROW.items() if name not in ("datum_bekendmaking", "gehoord")}
    given = {"datum_bekendmaking": "2025-01-02", "gehoord": False}

    (found,) = made(book, tmp_path, [some], parameters=given)
    (waits,) = made(book, tmp_path, [some], parameters=given, until=datetime.date(2025, 1, 1))

    assert (found["bezwaar_tot"], found["kosten"]) == (("2025-02-13", "ok"), (0, "ok"))
    assert waits["stage"] == ("BESLUIT", "not_yet:datum_bekendmaking")
    with pytest.raises(RuleFailed, match="requires 'gehoord' as a boolean"):
        made(book, tmp_path, [some], parameters={**given, "gehoord": 3})


def test_only_what_is_asked_is_computed_and_other_columns_go_along(tmp_path: Path) -> None:
    book, out = two_versions(tmp_path), tmp_path / "out.parquet"
    population = written(tmp_path / "people.parquet", [ROW, {**ROW, "zaak": "b"}])

    queries.courses_file(book, "toelage", ("bezwaar_tot", "bedrag"), on=ON, population=population, out=out)

    columns = ["zaak", "stage", "stage__reason", "bezwaar_tot", "bezwaar_tot__reason", "bedrag", "bedrag__reason"]
    assert duckdb.read_parquet(str(out)).columns == columns
    assert [row[0] for row in duckdb.read_parquet(str(out)).fetchall()] == ["a", "b"]


@pytest.mark.parametrize(("asked", "known"), [(("bezwaar_tot",), "tekort"), (("recht", "nergens"), "bezwaar_tot")])
def test_what_no_stage_gives_is_refused_with_what_there_is(tmp_path: Path, asked: tuple[str, ...], known: str) -> None:
    with pytest.raises(UnknownOutput) as refused:
        made(two_versions(tmp_path), tmp_path, [ROW], asked=asked)

    assert known in refused.value.known


def test_a_column_that_would_stand_twice_in_the_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PopulationInvalid, match="'Stage' would stand twice"):
        made(two_versions(tmp_path), tmp_path, [{**ROW, "Stage": None}])
    with pytest.raises(PopulationInvalid, match="'bedrag' is asked and given"):
        made(two_versions(tmp_path), tmp_path, [ROW], parameters={"bedrag": 3})


def test_a_day_that_is_no_date_is_an_error_of_that_row_and_days_may_be_text(tmp_path: Path) -> None:
    population, out = tmp_path / "people.parquet", tmp_path / "out.parquet"
    wrong = {"good": ROW["datum_besluit"], "wrong": "2024-12-32"}
    for name, day in wrong.items():
        cells = ", ".join(f"'{value}' AS {key}" for key, value in (ROW | {"datum_besluit": day}).items())
        select = f"SELECT * REPLACE (200 AS inkomen, true AS gehoord) FROM (SELECT {cells})"  # noqa: S608
        duckdb.execute(f"COPY ({select}) TO '{population}' (FORMAT parquet)")
        done = queries.courses_file(two_versions(tmp_path), *TOELAGE, on=ON, population=population, out=out)
        wrong[name] = (done.engine, told(out)[0]["stage"])
    assert wrong == {"good": ("duckdb", ("BEZWAAR", "ok")), "wrong": ("python", ("BEHANDELING", "error"))}


def test_too_many_combinations_for_the_interpreter_are_walked_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MOST", 3)
    book, rows, out = two_versions(tmp_path), chances(60, 2), tmp_path / "out.parquet"
    population = written(tmp_path / "people.parquet", rows)

    done = queries.courses_file(book, *TOELAGE, on=ON, population=population, out=out)

    assert (done.engine, "IN with items that are facts" in done.fallback) == ("python", True)
    assert told(out) == [expected(book, row) for row in rows]


def test_nobody_gives_an_empty_result(tmp_path: Path) -> None:
    book, out = two_versions(tmp_path), tmp_path / "out.parquet"
    population = written(tmp_path / "one.parquet", [ROW])
    nobody = tmp_path / "people.parquet"
    duckdb.read_parquet(str(population)).filter("false").write_parquet(str(nobody))
    for engine in ("duckdb", "python"):
        done = queries.courses_file(book, *TOELAGE, on=ON, population=nobody, out=out, engine=engine)
        assert (done.rows, done.engine, told(out)) == (0, engine, [])


def test_killed_between_two_stages_nothing_stands_under_the_final_name(tmp_path: Path) -> None:
    book, out, population = two_versions(tmp_path), tmp_path / "out.parquet", tmp_path / "people.parquet"
    days = [f"CASE WHEN id % 9 <> {n} THEN DATE '{ROW[name]}' END AS {name}" for n, name in DAYS]
    rest = "id % 2000 AS inkomen, DATE '2025-01-01' AS feest, true AS gehoord"
    duckdb.sql("FROM range(2000000) AS t(id)").project(", ".join(["id", rest, *days])).write_parquet(str(population))

    killed(population, out, "duckdb", lambda work: work.is_dir(), run=COURSES, laws=tmp_path / "laws")

    assert not out.exists()
    assert [name.endswith(".part") for name in left(tmp_path)] == [True, False]
    written(population, [ROW])
    done = queries.courses_file(book, *TOELAGE, on=ON, population=population, out=out)
    assert (done.rows, left(tmp_path)) == (1, ["laws", "out.parquet"])


DAYS = tuple(enumerate(("datum_aanvraag", "datum_besluit", "datum_bekendmaking", "datum_bezwaar")))
FAULTS = {
    "a span that begins a day late": (" < DATE '2025-01-01'", " <= DATE '2025-01-01'"),
    "a stage on the day before the last": ("waardig_on_1 < waardig_on_0", "waardig_on_1 <= waardig_on_0"),
    "an absent day taken for a day": ('WHEN "datum_bezwaar" IS NULL THEN \'pending', "WHEN FALSE THEN 'pending"),
    "doubt taken for no": ("THEN 'unknown:datum_bekendmaking'", "THEN 'pending:datum_bekendmaking'"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_how_rows_are_walked_is_found_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    rows = [row | {"datum_bezwaar": row["datum_bezwaar"] or None} for row in chances(6000, 3)]
    old, new = FAULTS[fault]
    real: Any = walk.walked_sql

    def wrong(*given: Any, **more: Any) -> str:
        text: str = real(*given, **more)
        assert old in text
        return text.replace(old, new)

    for place in ("courses", "course_files"):
        monkeypatch.setattr(f"waardig.law.adapters.{place}.walked_sql", wrong)
    with pytest.raises(again.ResultDiffers):
        made(two_versions(tmp_path), tmp_path, rows)

    assert left(tmp_path) == ["laws"]


def test_a_term_by_the_algemene_termijnenwet_is_right_for_every_day_of_two_years(tmp_path: Path) -> None:
    book, out, population = queries.law_book([LIBRARY]), tmp_path / "out.parquet", tmp_path / "people.parquet"
    select = "SELECT DATE '2024-03-01' + CAST(id % 730 AS INTEGER) AS datum_bekendmaking, id FROM range(20000) AS t(id)"
    duckdb.execute(f"COPY ({select}) TO '{population}' (FORMAT parquet)")
    given = {"datum_aanvraag": "2024-02-01", "datum_besluit": "2024-03-01", "datum_ontvangst_bezwaar": None}
    asked, more = ("toegekende_zorgtoeslag", "bezwaar_einddatum"), {"on": ON, "parameters": given}

    done = queries.courses_file(book, "wet_op_de_zorgtoeslag", asked, population=population, out=out, **more)

    rows = duckdb.sql(
        f"SELECT DISTINCT p.datum_bekendmaking, o.bezwaar_einddatum, o.bezwaar_einddatum__reason, o.stage__reason "  # noqa: S608
        f"FROM '{population}' AS p JOIN '{out}' AS o USING (id) ORDER BY ALL"
    ).fetchall()
    assert (done.engine, done.fallback, len(rows)) == ("duckdb", "", 730)
    assert {row[2:] for row in rows} == {("ok", "pending:datum_ontvangst_bezwaar")}
    ends = {first.isoformat(): last.isoformat() for first, last, *_ in rows}
    assert ends["2025-04-17"] == "2025-06-02"  # Ascension Day, the Friday after it and a weekend
    assert ends["2024-11-13"] == "2024-12-30"  # Christmas, the Friday made equal to a holiday, and a weekend
    assert ends["2025-03-12"] == "2025-04-23"
    for first in list(ends)[::61]:
        found = queries.course_of(
            book, "wet_op_de_zorgtoeslag", asked[:1], on=ON, parameters={**given, "datum_bekendmaking": first}
        )
        assert found.outputs["bezwaar_einddatum"].value == ends[first]


def test_the_command_walks_a_population_and_says_what_until_is_for(tmp_path: Path) -> None:
    two_versions(tmp_path)
    population, out = written(tmp_path / "people.parquet", [ROW]), tmp_path / "out.parquet"
    asked = ["batch", "toelage", "bedrag", "op_tijd", "--on", "2025-01-01", "--laws", str(tmp_path / "laws"),
             "--population", str(population), "--out", str(out), "--until", "2025-01-15"]  # fmt: skip

    refused = CliRunner().invoke(command, asked)
    done = CliRunner().invoke(command, [*asked, "--procedure"], catch_exceptions=False)

    assert (refused.exit_code, "add --procedure" in refused.output) == (2, True)
    assert done.output == f"1 rows by duckdb -> {out}\n"
    assert told(out, ("stage", "bedrag", "op_tijd")) == [
        {
            "stage": ("BEKENDMAKING", "not_yet:datum_bezwaar"),
            "bedrag": (800, "ok"),
            "op_tijd": (None, "not_yet:datum_bezwaar"),
        }
    ]


def test_for_one_person_what_lies_after_the_day_has_not_happened(tmp_path: Path) -> None:
    two_versions(tmp_path)
    events = [
        part for name in ("inkomen", *list(ROW)[3:]) for part in ("--param", f"{name}={ROW[name]}".replace("T", "t"))
    ]
    asked = ["procedure", "toelage", "bedrag", "--on", "2025-01-01", "--laws", str(tmp_path / "laws"), *events]

    done = CliRunner().invoke(command, [*asked, "--until", "2025-01-15"], catch_exceptions=False)

    assert done.output.endswith("Waits for BEZWAAR: datum_bezwaar (not yet)\n")


COUNTED = """
$id: gezin
waardig_format: 1
regulatory_layer: WET
publication_date: '2020-01-01'
articles:
- number: '1'
  text: Artikel 1
  machine_readable:
    execution:
      produces: {legal_character: BESCHIKKING}
      input:
      - name: kinderen
        type: array
        source: {}
        members: {most: 6, fields: [{name: thuis, type: boolean}]}
      output: [{name: aantal, type: number}]
      actions:
      - output: aantal
        value: {operation: FOREACH, subject: $kinderen, item: kind, combine: COUNT, where: $kind.thuis}
"""


def test_lists_empty_columns_and_other_letters_are_read_as_without_stages(tmp_path: Path) -> None:
    two_versions(tmp_path)
    (tmp_path / "laws" / "gezin.yaml").write_text(COUNTED.lstrip(), "utf-8")
    book, population = queries.law_book([], foreign=[tmp_path / "laws"]), tmp_path / "people.parquet"
    home = "CASE id % 3 WHEN 0 THEN NULL ELSE [{'thuis': true}, {'thuis': id % 2 = 0}] END"
    days = "DATE '2024-12-30' AS Datum_Aanvraag, TIMESTAMP '2024-12-31 23:59:59' AS datum_BESLUIT"
    select = (
        f"SELECT id, {home} AS kinderen, {days}, NULL AS datum_bekendmaking, NULL AS datum_bezwaar, NULL AS gehoord"
    )
    duckdb.execute(f"COPY ({select} FROM range(12) AS t(id)) TO '{population}' (FORMAT parquet)")
    results = []
    for engine in ("duckdb", "python"):
        out = tmp_path / f"{engine}.parquet"
        done = queries.courses_file(
            book, "gezin", ("aantal", "termijn"), on=ON, population=population, out=out, engine=engine
        )
        assert (done.engine, done.fallback) == (engine, "")
        assert duckdb.read_parquet(str(out)).columns[:3] == ["id", "stage", "stage__reason"]
        results.append(duckdb.read_parquet(str(out)).fetchall())

    assert results[0] == results[1]
    waits = ("BESLUIT", "pending:datum_bekendmaking")
    assert results[0][:3] == [
        (0, *waits, 0, "ok", 6, "ok"),
        (1, *waits, 1, "ok", 6, "ok"),
        (2, *waits, 2, "ok", 6, "ok"),
    ]
