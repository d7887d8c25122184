"""DuckDB: reads a population, runs a compiled program on it, writes the result.

The snapshot turns stored types into whole numbers (dates into days); the program in between has no date function;
finishing turns them back. Parameters never enter SQL text except as numbers and quoted literals made by the compiler.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from waardig.law.adapters.place import why_unreadable
from waardig.law.adapters.spread import STRUCTS, Members, fields_of, flattened, spread_picks
from waardig.law.core.compile import REFERENCE, Column, compiled
from waardig.law.core.graph import Program
from waardig.law.core.handover import (
    EMPTY,
    STORED,
    carried,
    decimals,
    finishing,
    reason_flags,
    snapshot,
    value_sql,
    wording,
)
from waardig.law.core.population import (
    COUNT,
    Found,
    asked_columns,
    matched,
    misfit,
    one_by_one,
    reason_word,
    row_facts,
    unused,
)
from waardig.law.core.sql import column_name, quoted
from waardig.law.core.types import BOOLEAN, DATE, DECLARED, LIST, NUMBER, TEXT
from waardig.law.terms import NotCompilable, PopulationInvalid, PopulationResult, Value

INTEGERS = {
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT"),
}
TEXTS = ("VARCHAR", "ENUM", '"NULL"', "NULL")
CHUNK = 10_000
NAME = "duckdb"
ENDINGS = {".parquet": "read_parquet", ".csv": "read_csv"}


@dataclass
class Population:
    """An open population.

    Attributes:
        table: SQL that selects it.
        columns: stored type by column name, in order.
        lists: columns that held a collection, written out here; `given` selects them as they were.
    """

    connection: Any
    table: str
    columns: Mapping[str, str]
    lists: Mapping[str, Members] = field(default_factory=dict)
    given: str = ""


def open_file(path: Path, *, reader: str = "") -> Population:
    """Opens a parquet (or CSV) file.

    Args:
        reader: the function of the engine that reads it; by the end of its name when empty.

    Raises:
        PopulationInvalid: it is not there or not readable.
    """
    reader = reader or ENDINGS.get(path.suffix.lower(), "")
    if not reader:
        raise PopulationInvalid(
            f"'{path}' is not a .parquet or .csv file", "Give a parquet file with one row a person."
        )
    if not path.is_file():
        raise PopulationInvalid(f"'{path}' is not there", "Check the path.")
    connection = duckdb.connect()
    return _opened(connection, f"SELECT * FROM {reader}({quoted(str(path))})", str(path))  # noqa: S608


def _opened(connection: Any, table: str, label: str) -> Population:
    try:
        described = connection.execute(f"DESCRIBE {table}").fetchall()
    except duckdb.Error as error:
        raise PopulationInvalid(
            f"'{label}' cannot be read: {why_unreadable(error)}", "Write it again as parquet."
        ) from None
    columns = {name: stored for name, stored, *_ in described}
    names = [name for name, stored in columns.items() if STRUCTS.match(stored)]
    if not names:
        return Population(connection, table, columns, given=table)
    asks = ", ".join(_asked_of_lists(column_name(name)) for name in names)
    told = connection.execute(f"SELECT {asks} FROM ({table})").fetchone()  # noqa: S608
    lists = {}
    for name, most, gaps in zip(names, told[::2], told[1::2], strict=True):
        match = matched(name, list(columns))
        lists[name] = Members(fields_of(columns[name]), most, match[1] if match else None, gaps)
    taken = [*names, *(members.reason_column for members in lists.values() if members.reason_column)]
    without = ", ".join(map(column_name, taken))
    written = f"SELECT * EXCLUDE ({without}), {', '.join(spread_picks(lists))} FROM ({table}) AS c"  # noqa: S608
    return replace(_opened(connection, written, label), lists=lists, given=table)


def _asked_of_lists(column: str) -> str:
    """SQL: how many the longest list has, and whether some member is NULL."""
    return f"COALESCE(max(len({column})), 0), COALESCE(bool_or(list_count({column}) < len({column})), FALSE)"


def open_table(connection: Any, table: str) -> Population:
    """A population that an open connection already holds.

    Args:
        table: the SQL that selects it.
    """
    return _opened(connection, table, "the table")


def open_columns(columns: Mapping[str, Sequence[Any]]) -> Population:
    """Opens columns from memory; a Fact in a column carries its own reason.

    Raises:
        PopulationInvalid: the columns are not equally long.
    """
    flat = flattened(columns)
    sizes = {len(values) for values in flat.values()}
    if len(sizes) > 1:
        raise PopulationInvalid("the columns are not equally long", "Give one value per person in every column.")
    connection = duckdb.connect()
    picks = ", ".join(f"unnest(${n}) AS {column_name(name)}" for n, name in enumerate(flat, 1))
    connection.execute(f"CREATE TABLE population AS SELECT {picks}", [_listed(values) for values in flat.values()])
    return _opened(connection, "SELECT * FROM population", "columns")


def _listed(values: Sequence[Any]) -> list[Any]:
    return [value.item() if hasattr(value, "item") else value for value in values]


def found_columns(population: Population, program: Program) -> list[Found]:
    """The facts of the program that the population has.

    Raises:
        PopulationInvalid: a column has a type that the law cannot use.
    """
    asked = asked_columns(program, list(population.columns))
    return [found for fact, declared in asked if (found := found_column(population, fact, declared))]


def found_column(population: Population, fact: str, declared: str) -> Found | None:
    """The column of a fact, when the population has it.

    Raises:
        PopulationInvalid: it has a type that the law cannot use.
    """
    match = matched(fact, list(population.columns)) or _nobody(population, fact)
    if match is None:
        return None
    column, reason = match
    stored = population.columns[column]
    if stored.endswith("WITH TIME ZONE"):
        raise PopulationInvalid(f"column '{column}' holds moments in a time zone", "Give the days as DATE.")
    _refuse_reasons(population, reason)
    kind, scale = _kind(stored, declared)
    refusal = misfit(fact, declared, kind)
    if refusal is not None and not all_null(population, column):
        raise refusal
    if refusal is not None or stored.strip('"') == EMPTY or fact.removesuffix(COUNT) == column != fact:
        stored, kind, scale = EMPTY, DECLARED.get(declared, NUMBER), Fraction(1)
    return Found(fact, column, reason, kind if kind in STORED else NUMBER, stored, scale)


def _refuse_reasons(population: Population, column: str | None) -> None:
    """Refuses a reason column that holds no words."""
    stored = population.columns[column] if column else TEXTS[0]
    if column and not stored.startswith(TEXTS) and not all_null(population, column):
        raise PopulationInvalid(f"column '{column}' holds {stored.lower()} values", "Give ok, absent or unknown.")


def _nobody(population: Population, fact: str) -> tuple[str, str | None] | None:
    """The column of a collection that nobody in it has: nothing in it says that it would hold lists.

    Raises:
        PopulationInvalid: it holds something else than lists of members.
    """
    match = matched(fact.removesuffix(COUNT), list(population.columns)) if fact.endswith(COUNT) else None
    if match is not None and not all_null(population, match[0]):
        raise PopulationInvalid(
            f"column '{match[0]}' holds no lists of members", "Give a list of structs for each row."
        )
    return match


def _kind(stored: str, declared: str) -> tuple[str, Fraction]:
    """What a stored type holds; text where a date is asked holds ISO dates."""
    if stored == "BOOLEAN":
        return BOOLEAN, Fraction(1)
    if stored in INTEGERS or stored in ("FLOAT", "DOUBLE"):
        return NUMBER, Fraction(1)
    if stored.startswith("DECIMAL"):
        return NUMBER, Fraction(1, 10 ** int(stored.partition(",")[2].rstrip(")")))
    if stored.startswith(("DATE", "TIMESTAMP")):
        return DATE, Fraction(1)
    if not stored.startswith(TEXTS) and DECLARED.get(declared, LIST) != LIST:
        return stored.lower(), Fraction(1)
    return (DATE if declared == "date" else TEXT), Fraction(1)


def all_null(population: Population, column: str) -> bool:
    """True when nobody has a value in a column."""
    query = f"SELECT count({column_name(column)}) FROM ({population.table})"  # noqa: S608
    return bool(population.connection.execute(query).fetchone()[0] == 0)


def measured(population: Population, facts: Sequence[Found]) -> dict[str, Column]:
    """The columns with their smallest and largest value, and which of them have gaps.

    Asked so that the engine answers from its statistics where it keeps them (its own tables, parquet), without reading.

    Raises:
        NotCompilable: a column holds values that are not whole or not dates; the interpreter reads those row by row.
    """
    _refuse_strange(population, facts)
    known = _statistics(population, [name for one in facts for name in (one.column, one.reason_column) if name])
    edges = _plain_edges(population, facts)
    columns = {}
    for n, found in enumerate(facts):
        lo, hi = _edges(population, found) if _needs_look(found) else edges.get(found.fact, (0, 0))
        stored = f"d{n}" if found.kind == DATE and found.stored != EMPTY else ""
        column = Column(found.fact, found.kind, f"v{n}", found.scale, int(lo or 0), int(hi or 0), stored=stored)
        has_gaps = bool(known[found.column]["has_null"])
        if found.reason_column:
            flags = reason_flags(found, known[found.reason_column], has_gaps=has_gaps)
            columns[found.fact] = replace(column, absent=f"a{n}", doubt=f"u{n}", flags=flags)
        else:
            columns[found.fact] = replace(column, absent=f"v{n} IS NULL" if has_gaps else "FALSE")
    return columns


def _one(population: Population, asks: Sequence[str], rest: str = "") -> Any:
    """One row of answers over a population; None when there is none."""
    query = f"SELECT {', '.join(asks)} FROM ({population.table}) {rest}"  # noqa: S608
    return population.connection.execute(query).fetchone() if asks else ()


def _refuse_strange(population: Population, facts: Sequence[Found]) -> None:
    odd = {found.column: _odd(found) for found in facts if _odd(found) != "FALSE"}
    counts = _one(population, [f"count(*) FILTER ({test})" for test in odd.values()])
    for column, strange in zip(odd, counts, strict=True):
        if strange:
            raise NotCompilable("population", column, f"{strange} values are not a whole number or a date")


def _statistics(population: Population, columns: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """What the engine knows of columns without reading them: sound, and possibly too wide."""
    row = _one(population, [f"stats({column_name(column)})" for column in columns], "LIMIT 1")
    return dict(zip(columns, row, strict=True)) if row else {column: {"has_null": False} for column in columns}


def _plain_edges(population: Population, facts: Sequence[Found]) -> dict[str, tuple[Any, Any]]:
    """Smallest and largest whole number or day.

    Raises:
        NotCompilable: a date outside the calendar.
    """
    filled = [found for found in facts if found.stored != EMPTY]
    plain = [found for found in filled if found.kind in (NUMBER, DATE) and not _needs_look(found)]
    asks = []
    for found in plain:
        lo, hi = (f"{word}({column_name(found.column)})" for word in ("min", "max"))
        inside = f"{lo} >= DATE '0001-01-01' AND {hi} <= DATE '9999-12-31'" if found.kind == DATE else "TRUE"
        asks += [f"COALESCE({inside}, TRUE)", value_sql(found, lo), value_sql(found, hi)]
    row = _one(population, asks)
    for n, found in enumerate(plain):
        if not row[3 * n]:
            raise NotCompilable("population", found.column, "some values are not a date between the years 1 and 9999")
    return {found.fact: row[3 * n + 1 : 3 * n + 3] for n, found in enumerate(plain)}


def _needs_look(found: Found) -> bool:
    """Types whose cast could fail before the odd values are counted."""
    return found.stored in ("FLOAT", "DOUBLE", "UBIGINT", "HUGEINT", "VARCHAR") or found.stored.startswith("DECIMAL")


def _edges(population: Population, found: Found) -> tuple[Any, Any]:
    if found.kind not in (NUMBER, DATE):
        return 0, 0
    edge = value_sql(found)
    query = f"SELECT min({edge}), max({edge}) FROM ({population.table})"  # noqa: S608
    first: tuple[Any, Any] = population.connection.execute(query).fetchone()
    return first


def _odd(found: Found) -> str:
    """SQL: a value that whole numbers cannot hold."""
    name = column_name(found.column)
    if found.stored == EMPTY:
        return "FALSE"
    if found.stored in ("FLOAT", "DOUBLE"):
        return f"{name} <> floor({name}) OR abs({name}) > 9007199254740991 OR isnan({name})"
    if found.stored in ("UBIGINT", "HUGEINT") or found.stored.startswith("DECIMAL"):
        return f"abs({name}) > {4 * 10**18 // found.scale.denominator}"
    if found.kind == DATE and found.stored == "VARCHAR":
        shape = f"regexp_full_match({name}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')"
        return f"{name} IS NOT NULL AND (TRY_CAST({name} AS DATE) IS NULL OR NOT {shape})"
    return "FALSE"


def query_for(
    population: Population,
    program: Program,
    parameters: Mapping[str, Any],
    *,
    also: Sequence[str] = (),
    source: str = "",
    reference: str = "",
) -> str:
    """The whole SQL of a program over a population.

    Args:
        source: SQL that selects the same rows in another engine, which gets reasons as text; of this one when empty.
        reference: the column with the reference date of each row; that of the program when empty.

    Raises:
        NotCompilable: with the reason; the interpreter can still compute it.
    """
    facts = found_columns(population, program)
    if reference and any(node.kind == "referencedate" for node in program.nodes):
        facts.append(Found(REFERENCE, reference, None, DATE, "DATE"))
    columns = measured(population, facts)
    result = compiled(program, parameters, columns)
    for value in result.outputs.values():
        if value.kind == NUMBER and decimals(value.scale.denominator) > 17:
            raise NotCompilable(program.law, "-", "an output has more than 17 decimals")
    rows, words = snapshot(source or population.table, facts, columns, also), wording(result, as_text=bool(source))
    return result.select(rows, finishing(result, also), carried(also), words)


def run(population: Population, program: Program, parameters: Mapping[str, Any]) -> PopulationResult:
    """Runs the compiled program and gives the columns."""
    rows = population.connection.execute(query_for(population, program, parameters)).fetchall()
    columns: dict[str, list[Value]] = {}
    reasons: dict[str, list[str]] = {}
    for n, name in enumerate(program.outputs):
        columns[name] = [plain_value(row[2 * n]) for row in rows]
        reasons[name] = [row[2 * n + 1] for row in rows]
    return PopulationResult(columns, reasons, NAME, "", len(rows))


def plain_value(value: Any) -> Value:
    """A value of the database as the words of the law have it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value  # type: ignore[no-any-return]


def run_python(population: Population, program: Program, parameters: Mapping[str, Any], why: str) -> PopulationResult:
    """Runs every row through the interpreter."""
    facts = found_columns(population, program)
    columns, reasons = one_by_one(program, parameters, fact_rows(population, facts))
    size = len(next(iter(columns.values())))
    return PopulationResult(columns, reasons, "python", why, size)


def fact_rows(population: Population, facts: Sequence[Found]) -> Iterator[dict[str, Any]]:
    names = [found.fact for found in facts]
    picks = [column_name(found.column) for found in facts]
    picks += [column_name(found.reason_column) if found.reason_column else "'ok'" for found in facts]
    query = f"SELECT {', '.join(picks) or '0'} FROM ({population.table})"  # noqa: S608
    cursor = population.connection.execute(query)
    size = len(facts)
    while rows := cursor.fetchmany(CHUNK):
        for row in rows:
            yield row_facts(names, row[:size], row[size : 2 * size])


__all__ = [
    "CHUNK", "NAME", "Population", "all_null", "fact_rows", "found_column", "found_columns", "measured",
    "open_columns", "open_file", "open_table", "plain_value", "query_for", "reason_word", "run", "run_python", "unused",
]  # fmt: skip
