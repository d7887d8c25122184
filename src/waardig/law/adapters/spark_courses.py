"""The procedure of a decision on Spark: the same queries, with what one gives kept as parquet for the next.

DuckDB reads what Spark kept to know its bounds, as it reads the population itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waardig.law.adapters import duckdb, spark
from waardig.law.adapters.again import chosen, compared_with, looked
from waardig.law.adapters.course_files import every_fact, in_order, some_rows, told_by, turning_rows
from waardig.law.adapters.courses import result_of
from waardig.law.adapters.walk import events_of
from waardig.law.adapters.whole import whole
from waardig.law.core.courses import STAGE, Way
from waardig.law.core.population import REASON
from waardig.law.core.sql import column_name, quoted

PEOPLE = "SELECT * FROM population"


@dataclass(frozen=True)
class SparkEngine:
    """Spark: what is kept is a folder of parquet files."""

    session: Any
    connection: Any
    folder: Path

    def kept(self, query: str, name: str) -> tuple[duckdb.Population, str]:
        """As a folder, and a view of its name."""
        place = self.folder / name
        self.session.sql(spark.spark_sql(query)).write.parquet(str(place))
        self.session.read.parquet(str(place)).createOrReplaceTempView(name)
        files = quoted(str(place / "*.parquet"))
        table = f"SELECT * FROM read_parquet({files})"  # noqa: S608
        return duckdb.open_table(self.connection, table), f"SELECT * FROM {name}"  # noqa: S608

    def shared(self, table: str) -> None:
        """By way of a file."""
        file = self.folder / f"{table}.parquet"
        self.connection.execute(f"COPY {table} TO {quoted(str(file))} (FORMAT parquet)").fetchall()
        self.session.read.parquet(str(file)).createOrReplaceTempView(table)


def write_courses(path: Path, way: Way, out: Path) -> int:
    """Runs the programs of all paths on Spark and writes a folder of parquet files. Returns the rows.

    Raises:
        SparkMissing: pyspark or Java is not installed.
        NotCompilable: SQL cannot say it exactly.
        PopulationInvalid: Spark cannot read the population.
        ResultDiffers: the interpreter says something else about a row.
    """
    session = spark.session()
    people = spark.opened(path)
    with whole(out) as work:
        _look_again(session, people, way, work)
        spark.view(session, people, path)
        (work / "steps").mkdir()
        made = result_of(way, people, SparkEngine(session, people.connection, work / "steps"), PEOPLE)
        place = work / "result"
        session.sql(spark.spark_sql(made.query)).write.parquet(str(place))
        return int(session.read.parquet(str(place)).count())


def _look_again(session: Any, people: duckdb.Population, way: Way, work: Path) -> None:
    """The same programs over some rows and all edges first: Spark keeps no order by which to find them afterwards."""
    rows, file = in_order(people), work / "some.parquet"
    numbers = chosen(rows, events_of(way, rows).stored) | turning_rows(way, rows)
    people.connection.execute(f"COPY ({some_rows(people, numbers)}) TO {quoted(str(file))} (FORMAT parquet)").fetchall()
    some = duckdb.open_file(file)
    spark.view(session, some, file)
    (work / "some").mkdir()
    made = result_of(way, some, SparkEngine(session, some.connection, work / "some"), PEOPLE)
    names = [STAGE, *way.asked]
    picks = ", ".join(f"{column_name(name)}, {column_name(name + REASON)}" for name in names)
    query = f"SELECT {picks} FROM ({made.query}) AS a"  # noqa: S608
    computed = [tuple(row) for row in session.sql(spark.spark_sql(query)).collect()]
    compared_with(told_by(way), looked(some, every_fact(some), names, computed))
