"""The joined graph of a question, and what the law says about everybody at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waardig.law.adapters import duckdb
from waardig.law.adapters.arrays import Coded, arrays
from waardig.law.core import ir
from waardig.law.core.book import LawBook
from waardig.law.core.graph import Program
from waardig.law.core.link import link
from waardig.law.terms import NotCompilable, PopulationInvalid, PopulationResult


@dataclass(frozen=True)
class FileResult:
    """A population written to a file: rows, the engine that computed them, and why it was not the one asked."""

    rows: int
    engine: str
    fallback: str


def scope_of(parameters: Mapping[str, Any] | None) -> dict[str, str]:
    """The parameters that select municipal, provincial and water board regulations."""
    return {name: str(parameters[name]) for name in ir.SCOPE_FIELDS if parameters and parameters.get(name)}


def program_for(
    book: LawBook, law: str, outputs: Sequence[str], *, on: datetime.date, parameters: Mapping[str, Any], mode: str
) -> Program:
    """The joined graph for a question."""
    given = frozenset(parameters)
    return link(book, law, outputs, on=on, scope=scope_of(parameters), given=given, mode=mode)


def evaluate_many(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    columns: Mapping[str, Sequence[Any]] | Path,
    parameters: Mapping[str, Any] | None = None,
    engine: str = "duckdb",
) -> PopulationResult:
    """What the law says about everybody, equal to `evaluate` on every row.

    Args:
        columns: values by fact name (None is absent; a Fact carries its own reason), or a parquet file.
        engine: duckdb | python. What SQL cannot prove equal is computed row by row; `fallback` says why.

    Raises:
        PopulationInvalid: a column cannot be used. And what `evaluate` raises.
    """
    parameters = parameters or {}
    program = program_for(book, law, outputs, on=on, parameters=parameters, mode="report")
    population = duckdb.open_file(columns) if isinstance(columns, Path) else duckdb.open_columns(columns)
    if engine == "python":
        return duckdb.run_python(population, program, parameters, "")
    if engine != "duckdb":
        raise PopulationInvalid(f"engine '{engine}' does not give columns", "Use duckdb or python.")
    try:
        return duckdb.run(population, program, parameters)
    except NotCompilable as refusal:
        return duckdb.run_python(population, program, parameters, refusal.text_en)


def evaluate_arrays(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    population: Path,
    parameters: Mapping[str, Any] | None = None,
) -> dict[str, Coded]:
    """The same from a parquet file to numpy arrays, with reasons as places in a list of words; for whoever has numpy.

    Raises:
        PopulationInvalid: a column cannot be used.
        NotCompilable: SQL cannot say it exactly. And what `evaluate` raises.
    """
    program = program_for(book, law, outputs, on=on, parameters=parameters or {}, mode="report")
    return arrays(duckdb.open_file(population), program, parameters or {})
