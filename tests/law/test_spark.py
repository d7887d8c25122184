"""Spark and DuckDB give the same rows and the same schema, on a real local cluster; and what Spark does otherwise."""

from __future__ import annotations

import datetime
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from tests.law.batches import ASKED, QUICK_JAVA, killed, left, people
from tests.law.builders import LAWS, LIBRARY, ON, a_law, the_laws, write_law
from tests.law.courses import ASKED as STAGED
from tests.law.courses import ON as ON_STAGES
from tests.law.courses import chances, expected, told, two_versions, with_a_name_of_two, written
from waardig.law import queries
from waardig.law.adapters import spark
from waardig.law.cli import law as command
from waardig.law.terms import InputNeed, NotCompilable, PopulationInvalid

SPRING = datetime.date(2025, 3, 1)
LIBRARY_LAWS = (
    ("wet_op_de_zorgtoeslag", ("toegekende_zorgtoeslag", "heeft_recht_op_zorgtoeslag"), SPRING, ""),
    ("participatiewet", ("hoogte_individuele_inkomenstoeslag",), datetime.date(2025, 9, 22), "GM1731"),
    ("wet_op_het_kindgebonden_budget", (), SPRING, ""),
    ("wet_op_de_huurtoeslag", ("rekeninkomen", "soort_huishouden", "huurgrens"), SPRING, ""),
    ("uitvoeringsregeling_invorderingswet_1990", (), SPRING, ""),
    ("algemene_ouderdomswet", (), SPRING, ""),
)
ROWS, LONGEST, TWO = 150, 2, ("toelage", ("recht", "leges"))
WORDS = ("", "d'r", "€ 5", "ALLEENSTAAND")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A local cluster of two workers, small enough for a test machine."""
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("NO SPARK TEST RAN: run `python tools/setup.py --spark` (make test does); it needs Debian's Java")
    from pyspark.sql import SparkSession

    place = tmp_path_factory.mktemp("spark")
    built = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    built = built.config("spark.driver.memory", "1g").config("spark.sql.shuffle.partitions", "1")
    built = built.config("spark.local.dir", str(place)).config("spark.sql.warehouse.dir", str(place / "warehouse"))
    # Planned once: so few rows are not worth planning again for halfway.
    built = built.config("spark.sql.adaptive.enabled", "false").config("spark.ui.showConsoleProgress", "false")
    # A cluster in another time zone than the reader's, and a Spark that wraps around: the engine must not mind.
    built = built.config("spark.sql.session.timeZone", "Pacific/Auckland").config("spark.sql.ansi.enabled", "false")
    built = built.config("spark.driver.bindAddress", "127.0.0.1").config("spark.log.level", "ERROR")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", QUICK_JAVA)  # the program that starts Spark is Java too
        session = built.getOrCreate()
    yield session
    session.stop()


def parquet(folder: Path, select: str, name: str = "people") -> Path:
    """A parquet file with the rows of a SELECT, in several row groups."""
    file = folder / f"{name}.parquet"
    duckdb.sql(f"COPY ({select}) TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return file


def read(place: Path) -> tuple[list[Any], list[Any], list[Any]]:
    """Rows sorted, the schema, and the schema as parquet stores it."""
    files = str(place / "*.parquet") if place.is_dir() else str(place)
    found = duckdb.read_parquet(files)
    schema = list(zip(found.columns, map(str, found.types), strict=True))
    about = duckdb.execute(
        "SELECT DISTINCT name, type, scale, precision FROM parquet_schema($1) WHERE type NOT NULL", [files]
    ).fetchall()
    return sorted(found.fetchall(), key=repr), schema, sorted(map(str, about))


def both(
    folder: Path, book: queries.LawBook, law: str, outputs: tuple[str, ...], population: Path, **more: Any
) -> list[Any]:
    """The rows of both engines, which must be equal in everything."""
    results = []
    for engine in ("duckdb", "spark"):
        out = folder / f"{law}-{engine}.parquet"
        done = queries.evaluate_file(book, law, outputs, population=population, out=out, engine=engine, **more)
        assert (done.engine, done.fallback) == (engine, "")
        results.append(read(out))
        assert done.rows == len(results[-1][0])
    assert results[0] == results[1]
    return results[0][0]


@dataclass
class Making:
    """Makes facts of every type with the words and numbers that a law speaks of, and some that it does not."""

    words: list[str]
    numbers: list[int]
    longest: int
    chance: random.Random

    def stored(self, need: InputNeed) -> str:
        """The type of the column."""
        if need.type == "array":
            fields = [f'"{field.name}" {self.stored(field)}, "{field.name}__reason" VARCHAR' for field in need.members]
            return f"STRUCT({', '.join(fields)})[]"
        return {"boolean": "BOOLEAN", "date": "DATE", "string": "VARCHAR"}.get(need.type, "BIGINT")

    def value(self, need: InputNeed) -> Any:
        """A value, or nothing."""
        if self.chance.random() < 0.06:
            return None
        if need.type == "array":
            return [self.member(need) for _ in range(self.chance.randrange(self.longest + 1))]
        if need.type == "boolean":
            return self.chance.random() < 0.6
        if need.type == "date":
            return (datetime.date(1930, 1, 1) + datetime.timedelta(days=self.chance.randrange(36500))).isoformat()
        if need.type == "string":
            return self.chance.choice(self.words)
        return max(0, self.chance.choice(self.numbers) * self.chance.choice((1, 1, 12)) + self.chance.randrange(-2, 3))

    def member(self, need: InputNeed) -> dict[str, Any] | None:
        """One member: of some nothing is known, of some not every field."""
        if self.chance.random() < 0.02:
            return None
        found = {}
        for field in need.members:
            doubted = self.chance.random() < 0.03
            found[field.name] = self.value(field)
            found[f"{field.name}__reason"] = "unknown" if doubted else self.chance.choice(("ok", None))
        return found


def people_of(
    folder: Path, book: queries.LawBook, law: str, outputs: tuple[str, ...], longest: int = LONGEST, **more: Any
) -> Path:
    """A population for everything that a law asks: edges, lists of so many members, nothing, and doubt."""
    needs = queries.inputs_of(book, law, outputs, on=more["on"], scope=more["parameters"])
    program = queries.program_for(book, law, outputs, on=more["on"], parameters=more["parameters"], mode="report")
    found = [node.value for node in program.nodes]
    words = sorted({value for value in found if isinstance(value, str)} | set(WORDS))[:40]
    numbers = sorted({int(value) for value in found if isinstance(value, int) and not isinstance(value, bool)} | {0, 9})
    make = Making(words, numbers, longest, random.Random(4))
    picks = ["unnest(CAST(CAST($1 AS JSON) AS VARCHAR[])) AS id"]
    columns = [json.dumps([f"persoon {n}" for n in range(ROWS)])]
    for need in needs:
        if need.name in more["parameters"]:
            continue
        columns.append(json.dumps([make.value(need) for _ in range(ROWS)]))
        picks.append(f'unnest(CAST(CAST(${len(columns)} AS JSON) AS {make.stored(need)}[])) AS "{need.name}"')
    reason = f"CASE WHEN hash(id) % 9 = 0 THEN 'unknown' ELSE NULL END AS \"{needs[0].name}__reason\""
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE p AS SELECT {', '.join(picks)}", columns)
    file = folder / f"{law}.parquet"
    connection.execute(f"COPY (SELECT *, {reason} FROM p) TO '{file}' (FORMAT parquet)").fetchall()  # noqa: S608
    return file


@pytest.mark.parametrize(("law", "outputs", "on", "code"), LIBRARY_LAWS, ids=[one[0] for one in LIBRARY_LAWS])
def test_laws_of_the_library_are_the_same_on_spark(
    cluster: Any, tmp_path: Path, law: str, outputs: tuple[str, ...], on: datetime.date, code: str
) -> None:
    book = queries.law_book([LIBRARY])
    parameters = {"gemeente_code": code} if code else {}
    names = outputs or book.version(law, on).output_names()[-3:]
    more = {"on": on, "parameters": parameters}
    population = people_of(tmp_path, book, law, names, **more)

    rows = both(tmp_path, book, law, names, population, **more)

    reasons = {row[2 + 2 * n] for row in rows for n in range(len(names))}
    assert len(rows) == ROWS
    assert "ok" in reasons and any(reason.startswith("unknown:") for reason in reasons)
    assert len({row[1:] for row in rows}) > 3


def test_every_operation_is_the_same_on_spark(cluster: Any, tmp_path: Path) -> None:
    outputs = ("gezamenlijk", "bijdrage_exact", "bijdrage", "soort_klopt", "leeftijd", "weer_mogelijk_vanaf",
               "maanden_geleden", "dag", "deel", "recht", "categorie")  # fmt: skip
    population = people_of(tmp_path, the_laws(), "toetswet", outputs, on=ON, parameters={})
    both(tmp_path, the_laws(), "toetswet", outputs, population, on=ON)


MEMBERS = """execution:
  input:
    - name: leden
      type: array
      source: {}
      members:
        most: 6
        fields: [{name: n, type: number}, {name: 't', type: boolean}, {name: g, type: date}, {name: s, type: string}]
  output: [{name: a, type: number}, {name: b, type: number}, {name: c, type: boolean}, {name: d, type: number}]
  actions:
    - {output: a, value: {operation: FOREACH, subject: $leden, item: lid, combine: COUNT, where: $lid.t}}
    - {output: b, value: {operation: FOREACH, subject: $leden, item: lid, combine: ADD, value: $lid.n}}
    - {output: c, value: {operation: FOREACH, subject: $leden, item: lid, combine: OR,
       value: {operation: EQUALS, subject: $lid.s, value: ALLEENSTAAND}}}
    - {output: d, value: {operation: FOREACH, subject: $leden, item: lid, combine: MAX, value: $lid.n,
       where: {operation: GREATER_THAN, subject: $lid.g, value: '1990-06-01'}}}
"""


def test_lists_up_to_their_bound_are_the_same_on_spark_and_a_list_in_doubt_is_unknown(
    cluster: Any, tmp_path: Path
) -> None:
    head, asked = "waardig_format: 1\n", ("a", "b", "c", "d")
    write_law(tmp_path, MEMBERS, head=head)
    book = queries.law_book([], foreign=[tmp_path])
    population = people_of(tmp_path, book, "w", asked, longest=6, on=ON, parameters={})

    rows = both(tmp_path, book, "w", asked, population, on=ON)

    made = duckdb.read_parquet(str(population))
    ((shortest, longest, there),) = made.aggregate("min(len(leden)), max(len(leden)), count(leden)").fetchall()
    assert (shortest, longest) == (0, 6) and there < ROWS
    assert {row[2] for row in rows} >= {"ok", "unknown:leden", "unknown:leden.t"}
    assert {row[6] for row in rows} >= {"ok", "unknown:leden", "unknown:leden.s"}
    assert {row[5] for row in rows} == {True, False, None} and max(row[1] or 0 for row in rows) > 5


def test_bounds_of_fields_of_members_hold_in_the_same_way_on_spark(cluster: Any, tmp_path: Path) -> None:
    asked, bound = ("a", "b", "c", "d"), "n, type: number, type_spec: {min: 0, max: 9}}"
    write_law(tmp_path, MEMBERS.replace("n, type: number}", bound), head="waardig_format: 1\n")
    book, exact = queries.law_book([], foreign=[tmp_path]), tmp_path / "exact.parquet"
    population = people_of(tmp_path, book, "w", asked, longest=6, on=ON, parameters={})

    rows = both(tmp_path, book, "w", asked, population, on=ON)

    queries.evaluate_file(book, "w", asked, on=ON, population=population, out=exact, engine="python")
    assert _sorted(rows) == _sorted(duckdb.read_parquet(str(exact)).fetchall())
    assert {row[4] for row in rows} >= {"ok", "error", "unknown:leden", "unknown:leden.n"}
    assert "error" not in {row[2] for row in rows} and max(row[7] or 0 for row in rows) <= 9


DIVIDED = """execution:
  input: [{name: a, type: number, source: {}}, {name: b, type: number, source: {}}]
  output: [{name: q, type: number}, {name: f, type: number}, {name: c, type: number}, {name: t, type: number},
           {name: p, type: number}, {name: n, type: number}]
  actions:
    - {output: q, value: {operation: ROUND, precision: 0, value: {operation: DIVIDE, values: [$a, $b]}}}
    - {output: f, value: {operation: FLOOR, precision: 0, value: {operation: DIVIDE, values: [$a, 7]}}}
    - {output: c, value: {operation: CEIL, precision: 0, value: {operation: DIVIDE, values: [$a, -7]}}}
    - {output: t, value: {operation: DIVIDE, values: [$a, 16]}}
    - {output: p, value: {operation: MULTIPLY, values: [$a, 0.000000001]}}
    - {output: n, value: {operation: ROUND, precision: -2, value: $a}}
"""


def test_negative_quotients_and_nine_decimals_are_exact_on_spark(cluster: Any, tmp_path: Path) -> None:
    population = parquet(
        tmp_path,
        "SELECT a, b FROM (SELECT unnest([-8, -7, -4, -1, 0, 1, 4, 7, 8, 50, -50, -150, 151, 123456789012, NULL]) AS a)"
        ", (SELECT unnest([-7, -2, 0, 2, 3, NULL]) AS b)",
    )

    rows = both(tmp_path, a_law(tmp_path, DIVIDED), "w", ("q", "f", "c", "t", "p", "n"), population, on=ON)

    exact = queries.evaluate_file(
        a_law(tmp_path, DIVIDED), "w", ("q", "f", "c", "t", "p", "n"), on=ON, population=population,
        out=tmp_path / "exact.parquet", engine="python",
    )  # fmt: skip
    assert exact.rows == len(rows) == 90
    slow = duckdb.read_parquet(str(tmp_path / "exact.parquet")).fetchall()
    assert _sorted(rows) == _sorted(slow)
    assert (-4, "ok", -1, "ok", 1, "ok", Decimal("-0.4375")) in {row[:7] for row in rows}
    assert {row[8] for row in rows if row[0] is None or row[0] != 0} >= {Decimal("123.456789012"), Decimal("-1E-9") * 8}


def _sorted(rows: list[Any]) -> list[Any]:
    """By value, whatever number of decimals is stored."""
    return sorted(([Fraction(v) if isinstance(v, Decimal | int) else v for v in row] for row in rows), key=repr)


def test_what_64_bits_cannot_hold_is_refused_before_spark_could_wrap_around(cluster: Any, tmp_path: Path) -> None:
    body = "execution:\n  input: [{name: a, type: number, source: {}}]\n  output: [{name: x, type: number}]\n"
    body += "  actions: [{output: x, value: {operation: MULTIPLY, values: [$a, $a]}}]\n"
    population = parquet(tmp_path, "SELECT unnest([3037000500, 1]) AS a")
    out = tmp_path / "o.parquet"
    with pytest.raises(NotCompilable, match="64 bits"):
        queries.evaluate_file(a_law(tmp_path, body), "w", ["x"], on=ON, population=population, out=out, engine="spark")
    assert not out.exists()
    cluster.conf.set("spark.sql.ansi.enabled", "false")
    with pytest.raises(Exception, match="ARITHMETIC_OVERFLOW"):
        spark.session().sql("SELECT CAST(9223372036854775807 AS BIGINT) + id FROM range(1, 2)").collect()


def test_days_do_not_move_with_the_time_zone_of_the_cluster(cluster: Any, tmp_path: Path) -> None:
    body = "execution:\n  input: [{name: d, type: date, source: {}}, {name: e, type: date, source: {}}]\n"
    body += "  output: [{name: x, type: date}, {name: y, type: number}]\n  actions:\n"
    body += "    - {output: x, value: {operation: DATE_ADD, date: $d, months: 1}}\n"
    body += "    - {output: y, value: {operation: DATE_DIFF, from: $d, to: $e, in: days}}\n"
    days = "unnest([TIMESTAMP '1883-12-31 23:59:59', TIMESTAMP '2025-03-30 02:30:00', TIMESTAMP '2024-01-31 00:00:00'])"
    population = parquet(tmp_path, f"SELECT {days} AS d, unnest([DATE '1582-10-04', DATE '0001-01-01', NULL]) AS e")
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        cluster.conf.set("spark.sql.session.timeZone", zone)
        rows = both(tmp_path, a_law(tmp_path, body), "w", ("x", "y"), population, on=ON)
        assert [row[0] for row in rows] == [
            datetime.date(1884, 1, 31), datetime.date(2024, 2, 29), datetime.date(2025, 4, 30)
        ]  # fmt: skip
    wrong = parquet(tmp_path, "SELECT TIMESTAMPTZ '2025-01-01 00:30:00+01' AS d, DATE '2025-01-01' AS e", "moment")
    for engine in ("duckdb", "spark"):
        with pytest.raises(PopulationInvalid, match="time zone"):
            queries.evaluate_file(
                a_law(tmp_path, body), "w", ["x"], on=ON, population=wrong, out=tmp_path / "m", engine=engine
            )


def staged(folder: Path, book: queries.LawBook, asked: tuple[str, ...], rows: list[dict[str, Any]], **more: Any) -> Any:
    """The rows and columns of both engines, which must be equal in everything."""
    population, results = written(folder / "people.parquet", rows), []
    for engine in ("duckdb", "spark"):
        more |= {"on": ON_STAGES, "population": population, "out": folder / engine, "engine": engine}
        done = queries.courses_file(book, "toelage", asked, **more)
        assert (done.rows, done.engine, done.fallback) == (len(rows), engine, "")
        results.append(read(folder / engine))
    assert results[0] == results[1]
    assert left(folder) == ["duckdb", "laws", "spark"]
    return results[0]


def test_stages_are_walked_by_the_laws_of_each_day_in_the_same_way_on_spark(cluster: Any, tmp_path: Path) -> None:
    book, rows, until = two_versions(tmp_path), chances(250, 11), datetime.date(2025, 2, 1)

    _, columns, _ = staged(tmp_path, book, STAGED, rows, until=until)

    assert [name for name, _ in columns][:3] == ["zaak", "stage", "stage__reason"]
    assert told(tmp_path / "duckdb") == [expected(book, row, until=until) for row in rows]


def test_a_name_that_stands_for_two_things_in_stages_is_the_same_on_spark(cluster: Any, tmp_path: Path) -> None:
    book, rows, said = with_a_name_of_two(tmp_path), chances(120, 5), set()
    found, columns, _ = staged(tmp_path, book, (*TWO[1], "termijn"), rows)

    assert {row[[name for name, _ in columns].index("leges")] for row in found} == {603, 403, None}
    more = {"population": written(tmp_path / "people.parquet", [{**row, "termijn": None} for row in rows])}
    for engine in ("duckdb", "spark"):
        with pytest.raises(PopulationInvalid, match="column 'termijn' has the name of what stage BESLUIT") as refused:
            queries.courses_file(book, *TWO, on=ON_STAGES, out=tmp_path / "no", engine=engine, **more)
        said.add(str(refused.value))
    assert len(said) == 1 and left(tmp_path) == ["duckdb", "laws", "spark"]


def test_the_command_writes_a_folder_and_replaces_a_former_result(cluster: Any, tmp_path: Path) -> None:
    population = parquet(
        tmp_path,
        "SELECT unnest(['a', 'b']) AS id, unnest([100, 50]) AS inkomen, true AS heeft_partner, 5 AS inkomen_partner",
    )
    out = tmp_path / "result"
    out.mkdir()
    (out / "part-old.parquet").write_text("", "utf-8")
    asked = [
        "batch",
        "toetswet",
        "gezamenlijk",
        "--on",
        "2025-03-01",
        "--laws",
        LAWS,
        "--population",
        population,
        "--out",
    ]
    done = CliRunner().invoke(command, [*map(str, asked), str(out), "--engine", "spark"], catch_exceptions=False)
    assert done.output == f"2 rows by spark -> {out}\n"
    assert read(out)[0] == [("a", 105, "ok"), ("b", 55, "ok")]
    assert not (out / "part-old.parquet").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.parquet", "result"]


def test_killed_halfway_on_spark_nothing_stands_under_the_final_name(cluster: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    killed(people(tmp_path, 300_000), out, "spark", lambda work: any(work.glob("result/_temporary/**/*.parquet")))
    assert not out.exists()
    assert [name.endswith(".part") for name in left(tmp_path)] == [True]
    done = queries.evaluate_file(the_laws(), *ASKED, on=ON, population=people(tmp_path, 40), out=out, engine="spark")
    assert (done.rows, len(read(out)[0]), left(tmp_path)) == (40, 40, ["out"])


@pytest.mark.parametrize("missing", ["Spark", "Java"])
def test_what_is_missing_is_said_with_how_to_install_it(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(spark, "find_spec", lambda _: None if missing == "Spark" else object())
    monkeypatch.setattr("waardig.law.adapters.spark.shutil.which", lambda _: None)
    population = parquet(tmp_path, "SELECT 1 AS inkomen")
    asked = ["batch", "toetswet", "gezamenlijk", "--on", "2025-03-01", "--laws", LAWS, "--population", population]
    done = CliRunner().invoke(command, [*map(str, asked), "--out", str(tmp_path / "o"), "--engine", "spark"])
    assert f"{missing} is not installed" in str(done.exception)
    assert "pip install 'waardig[spark]'" in str(done.exception)
    assert not (tmp_path / "o").exists()
