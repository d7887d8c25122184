"""Spark: the same program text, transpiled by sqlglot, for a population that one machine cannot hold.

Needs the extra `waardig[spark]` and Java. The program itself has no date function, so both engines mean the same; what
Spark would do otherwise (wrap around, look at a time zone, round a decimal) is switched off or written out.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlglot

from waardig.kernel.errors import Refusal
from waardig.law.adapters import duckdb
from waardig.law.adapters.again import compared, looked, some_of
from waardig.law.adapters.spread import SparkWords, spread_picks
from waardig.law.adapters.whole import whole
from waardig.law.core.graph import Program
from waardig.law.core.sql import quoted
from waardig.law.terms import PopulationInvalid

SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.parquet.compression.codec": "snappy",
}
"""What the meaning of a result depends on; where it runs and with how much memory is the installation's own choice."""


class SparkMissing(Refusal):
    """The Spark engine was asked but is not installed."""

    def __init__(self, what: str = "Spark") -> None:
        super().__init__(
            code="spark_missing",
            text_nl=f"{what} is niet geïnstalleerd.",
            text_en=f"{what} is not installed, so --engine spark cannot run.",
            remedy="Install it: pip install 'waardig[spark]' and Java 17 or newer, or use --engine duckdb.",
        )


def spark_sql(query: str) -> str:
    """A DuckDB query as Spark SQL; `//` becomes DIV, which truncates whole numbers in the same way."""
    return str(sqlglot.transpile(query, read="duckdb", write="spark")[0])


def write(path: Path, program: Program, parameters: Mapping[str, Any], out: Path) -> int:
    """Runs the compiled program on Spark and writes a folder of parquet files. Returns the rows.

    Raises:
        SparkMissing: pyspark or Java is not installed.
        NotCompilable: the rule has something that SQL cannot prove equal.
        PopulationInvalid: Spark cannot read the population.
        ResultDiffers: the interpreter says something else about a row.
    """
    found = session()
    people = opened(path)
    query = query_for(people, program, parameters)
    with whole(out) as work:
        _look_again(found, query, people, program, parameters, work)
        view(found, people, path)
        made = work / "result"
        found.sql(query).write.parquet(str(made))
        return int(found.read.parquet(str(made)).count())


def _look_again(
    found: Any, query: str, people: duckdb.Population, program: Program, parameters: Mapping[str, Any], work: Path
) -> None:
    """The same program over some rows and all edges first: Spark keeps no order by which to find them afterwards."""
    facts, some = duckdb.found_columns(people, program), work / "some.parquet"
    people.connection.execute(f"COPY ({some_of(people, facts)}) TO {quoted(str(some))} (FORMAT parquet)").fetchall()
    view(found, people, some, files=1)
    computed = [row[-2 * len(program.outputs) :] for row in map(tuple, found.sql(query).collect())]
    compared(program, parameters, looked(duckdb.open_file(some), facts, program.outputs, computed))


def view(found: Any, people: duckdb.Population, path: Path, *, files: int = 0) -> None:
    """Rows of the population as the view `population`, with its lists written out."""
    rows = found.read.parquet(str(path.absolute()))
    rows = rows.coalesce(files) if files else rows
    rows.selectExpr("*", *spread_picks(people.lists, SparkWords)).createOrReplaceTempView("population")


def session() -> Any:
    """The session of this process, set to the meaning that the law has.

    Raises:
        SparkMissing: pyspark or Java is not installed.
    """
    if find_spec("pyspark") is None:
        raise SparkMissing
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise SparkMissing("Java")
    found = import_module("pyspark.sql").SparkSession.builder.appName("waardig").getOrCreate()
    for name, value in SETTINGS.items():
        found.conf.set(name, value)
    return found


def opened(path: Path) -> duckdb.Population:
    """The population as DuckDB measures it.

    Raises:
        PopulationInvalid: it is no parquet file, or not readable.
    """
    if path.suffix.lower() != ".parquet":
        raise PopulationInvalid(f"'{path}' is not a .parquet file", "Spark reads parquet; or use --engine duckdb.")
    return duckdb.open_file(path)


def query_for(people: duckdb.Population, program: Program, parameters: Mapping[str, Any]) -> str:
    """The whole query in Spark SQL over the view `population`, in which every list is written out."""
    also = duckdb.unused(list(people.columns), duckdb.found_columns(people, program))
    return spark_sql(duckdb.query_for(people, program, parameters, also=also, source="SELECT * FROM population"))
