"""Spark: the same program text, transpiled by sqlglot, for a population that one machine cannot hold.

Needs the extra `waardig[spark]`. The program itself has no date function, so both engines mean the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlglot

from waardig.kernel.errors import Refusal
from waardig.law.adapters import duckdb
from waardig.law.core.compile import compiled
from waardig.law.core.graph import Program
from waardig.law.core.handover import finishing, snapshot
from waardig.law.core.population import unused


class SparkMissing(Refusal):
    """The Spark engine was asked but is not installed."""

    def __init__(self) -> None:
        super().__init__(
            code="spark_missing",
            text_nl="Spark is niet geïnstalleerd.",
            text_en="Spark is not installed, so --engine spark cannot run.",
            remedy="Install it: pip install 'waardig[spark]' (needs Java 17 or newer), or use --engine duckdb.",
        )


def spark_sql(query: str) -> str:
    """A DuckDB query as Spark SQL; `//` becomes DIV, which truncates whole numbers in the same way."""
    return str(sqlglot.transpile(query, read="duckdb", write="spark")[0])


def write(path: Path, program: Program, parameters: Mapping[str, Any], out: Path) -> int:
    """Runs the compiled program on Spark and writes parquet. Returns the rows.

    Raises:
        SparkMissing: pyspark is not installed.
        NotCompilable: the rule has something that SQL cannot prove equal.
    """
    if find_spec("pyspark") is None:
        raise SparkMissing
    session = import_module("pyspark.sql").SparkSession.builder.appName("waardig").getOrCreate()
    session.conf.set("spark.sql.ansi.enabled", "true")
    session.read.parquet(str(path)).createOrReplaceTempView("population")
    frame = session.sql(query_for(path, program, parameters))
    frame.write.mode("overwrite").parquet(str(out))
    return int(session.read.parquet(str(out)).count())


def query_for(path: Path, program: Program, parameters: Mapping[str, Any]) -> str:
    """The whole query in Spark SQL over the view `population`; the file is measured with DuckDB first."""
    people = duckdb.open_file(path)
    facts = duckdb.found_columns(people, program)
    columns = duckdb.measured(people, facts)
    result = compiled(program, parameters, columns)
    also = unused(list(people.columns), facts)
    source = snapshot("SELECT * FROM population", facts, columns, also)
    query = result.select(source, finishing(result, also))
    return spark_sql(query)
