"""Everybody under several versions of the law at once: one SQL, one scan, one row a person.

Each version is a variant, 0 the law as it is. What variants compute alike is computed once; what SQL cannot prove equal
goes to the interpreter, everybody and every variant. Counting is done here in SQL, over the table of outcomes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from waardig.law.adapters import duckdb
from waardig.law.adapters.kinds import narrowest
from waardig.law.adapters.place import read_to_the_end
from waardig.law.core import breakdown
from waardig.law.core.compile import compiled_together
from waardig.law.core.counting import MOVED, Amount, Row, Tally, atom, is_number, known, tallied
from waardig.law.core.graph import Program
from waardig.law.core.handover import carried, decimals, finishing, snapshot, wording
from waardig.law.core.population import REASON, Found, one_by_one, row_facts
from waardig.law.core.sql import column_name, quoted
from waardig.law.core.types import NUMBER
from waardig.law.terms import NotCompilable, PopulationInvalid

ROW = "waardig row"
HOUSEHOLD = "waardig household"
PEOPLE, HOUSEHOLDS = "outcomes", "households"


def group_column(dimension: str) -> str:
    """The column of a dimension in the tables made here."""
    return f"waardig {dimension}"


@dataclass(frozen=True)
class People:
    """A population with a number for each row, its divisions, and whether it has households.

    Attributes:
        by: the column behind each dimension.
    """

    population: duckdb.Population
    by: Mapping[str, str]
    rows: int

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that the population has, in a fixed order."""
        return tuple(name for name in breakdown.DIMENSIONS if name in self.by)

    @property
    def also(self) -> list[str]:
        """The columns to carry along to the outcomes."""
        found = [ROW, *(group_column(name) for name in self.dimensions)]
        return [*found, HOUSEHOLD] if breakdown.HOUSEHOLD in self.by else found


@dataclass(frozen=True)
class Outcomes:
    """What everybody gets under each variant.

    Attributes:
        types: stored type by column.
        engine, fallback: as in PopulationResult.
    """

    people: People
    output: str
    variants: int
    types: Mapping[str, str]
    engine: str
    fallback: str
    unit: str | None = None

    def column(self, variant: int) -> str:
        """The column with the outcome of a variant."""
        return f"{variant} {self.output}"

    @property
    def connection(self) -> Any:
        """Where the tables are."""
        return self.people.population.connection

    @property
    def numeric(self) -> bool:
        """Whether every variant gives numbers."""
        return all(is_number(self.types[self.column(n)]) for n in range(self.variants))


def people_of(path: Path, named: Mapping[str, str], on: datetime.date, bands: Sequence[int]) -> People:
    """Opens a population, numbers its rows and tells the people apart.

    Raises:
        PopulationInvalid: not readable, a division that is not there, or one with too many groups.
    """
    opened = duckdb.open_file(path)
    by = breakdown.columns_by(opened.columns, named)
    picks = [f"row_number() OVER () - 1 AS {column_name(ROW)}"]
    for name, column in by.items():
        text = breakdown.group_sql(name, column, opened.columns[column], on, bands)
        picks.append(f"{_key(column) if name == breakdown.HOUSEHOLD else text} AS {column_name(group_column(name))}")
    query = f"CREATE TEMP TABLE people AS SELECT *, {', '.join(picks)} FROM ({opened.table})"  # noqa: S608
    with read_to_the_end(path):
        opened.connection.execute(query)
    people = duckdb.open_table(opened.connection, "SELECT * FROM people")
    rows = int(opened.connection.execute("SELECT count(*) FROM people").fetchone()[0])
    if not rows:
        raise PopulationInvalid(f"'{path}' has no rows", "Give one row a person.")
    found = People(people, by, rows)
    _refuse_no_ages(found)
    for name in found.dimensions:
        distinct = f"SELECT count(DISTINCT {column_name(group_column(name))}) FROM people"  # noqa: S608
        count = opened.connection.execute(distinct).fetchone()[0]
        if count > breakdown.MOST_GROUPS:
            raise PopulationInvalid(
                f"column '{by[name]}' tells {count} groups apart", f"At most {breakdown.MOST_GROUPS}: join some first."
            )
    return found


def _refuse_no_ages(people: People) -> None:
    """Refuses words in the place of ages: everybody would stand in the group of whom nothing is known."""
    column = people.by.get(breakdown.AGE)
    if column is None:
        return
    known = f"count(*) FILTER ({column_name(group_column(breakdown.AGE))} <> '{breakdown.NOT_KNOWN}')"
    query = f"SELECT {known}, count({column_name(column)}) FROM people"  # noqa: S608
    told, given = people.population.connection.execute(query).fetchone()
    if given and not told:
        raise PopulationInvalid(
            f"column '{column}' holds no ages",
            "Give whole years or dates of birth, or leave it out with --by age=none.",
        )


def _key(column: str) -> str:
    """SQL of a household; who has none is one of their own."""
    own = "'row ' || (row_number() OVER () - 1)"
    return f"COALESCE('household ' || CAST({column_name(column)} AS VARCHAR), {own})"


def outcomes_of(people: People, programs: Sequence[Program], parameters: Mapping[str, Any]) -> Outcomes:
    """Computes everybody under every program; all give the same outputs, the first of which is looked at first."""
    engine, fallback = duckdb.NAME, ""
    try:
        execute(people, together_query(people, programs, parameters))
    except NotCompilable as refusal:
        engine, fallback = "python", refusal.text_en
        _interpreted(people, programs, parameters)
    output = next(iter(programs[0].outputs))
    types = _types(people, PEOPLE)
    unit = programs[-1].outputs[output].unit
    return Outcomes(people, output, len(programs), types, engine, fallback, unit)


def execute(people: People, query: str) -> None:
    """Runs the one query that computes everybody under every variant."""
    people.population.connection.execute(f"CREATE TEMP TABLE {PEOPLE} AS {query}")


def together_query(people: People, programs: Sequence[Program], parameters: Mapping[str, Any]) -> str:
    """The SQL of all programs over the people.

    Raises:
        NotCompilable: one of them cannot be said in SQL.
    """
    facts: dict[str, Found] = {}
    for program in programs:
        for found in duckdb.found_columns(people.population, program):
            if facts.setdefault(found.fact, found) != found:
                raise NotCompilable(program.law, "-", f"'{found.fact}' is asked as two types")
    columns = duckdb.measured(people.population, list(facts.values()))
    result = compiled_together(programs, parameters, columns)
    for value in result.outputs.values():
        if value.kind == NUMBER and decimals(value.scale.denominator) > 17:
            raise NotCompilable(programs[0].law, "-", "an output has more than 17 decimals")
    table = snapshot(people.population.table, list(facts.values()), columns, people.also)
    return result.select(table, finishing(result, people.also), carried(people.also), wording(result))


def _interpreted(people: People, programs: Sequence[Program], parameters: Mapping[str, Any]) -> None:
    """The same table, row by row."""
    picks, values = [], []
    for place, program in enumerate(programs):
        facts = duckdb.found_columns(people.population, program)
        rows = (found for _, found in fact_rows(people, facts))
        columns, reasons = one_by_one(program, parameters, rows)
        for name in columns:
            kind = narrowest(columns[name]) or "VARCHAR"
            values += [columns[name], reasons[name]]
            picks.append(f"unnest(CAST(${len(values) - 1} AS {kind}[])) AS {column_name(f'{place} {name}')}")
            picks.append(f"unnest(CAST(${len(values)} AS VARCHAR[])) AS {column_name(f'{place} {name}{REASON}')}")
    connection = people.population.connection
    connection.execute(f"CREATE TEMP TABLE computed AS SELECT {', '.join(picks)}", values)
    also = ", ".join(f"p.{column_name(name)}" for name in people.also)
    ordered = f"(SELECT * FROM people ORDER BY {column_name(ROW)})"  # noqa: S608
    connection.execute(
        f"CREATE TEMP TABLE {PEOPLE} AS SELECT {also}, c.* FROM {ordered} AS p POSITIONAL JOIN computed AS c"  # noqa: S608
    )


def fact_rows(people: People, facts: Sequence[Found], rows: Sequence[int] = ()) -> Iterator[tuple[int, dict[str, Any]]]:
    """The facts of everybody, or of some rows, by the number of the row, in that order."""
    names = [found.fact for found in facts]
    picks = [column_name(ROW), *(column_name(found.column) for found in facts)]
    picks += [column_name(found.reason_column) if found.reason_column else "'ok'" for found in facts]
    where = f"WHERE {column_name(ROW)} IN ({', '.join(map(str, rows))})" if rows else ""
    query = f"SELECT {', '.join(picks)} FROM people {where} ORDER BY {column_name(ROW)}"  # noqa: S608
    found = people.population.connection.execute(query)
    size = len(facts)
    while chunk := found.fetchmany(duckdb.CHUNK):
        for row in chunk:
            yield row[0], row_facts(names, row[1 : size + 1], row[size + 1 :])


def _types(people: People, table: str) -> dict[str, str]:
    described = people.population.connection.execute(f"DESCRIBE {table}").fetchall()
    return {name: stored for name, stored, *_ in described}


def households_of(outcomes: Outcomes) -> tuple[Outcomes, str, tuple[str, ...]] | None:
    """The same per household: amounts together, a yes when one of them has it; its table, and the dimensions it has.

    The table of people when everybody is a household. None without households, or for what cannot be added up.
    """
    people = outcomes.people
    names = [outcomes.column(n) for n in range(outcomes.variants)]
    is_yes = all(outcomes.types[name] == "BOOLEAN" for name in names)
    if breakdown.HOUSEHOLD not in people.by or not (outcomes.numeric or is_yes):
        return None
    key = column_name(HOUSEHOLD)
    alone = f"SELECT count(DISTINCT {key}) = count(*) FROM {PEOPLE}"  # noqa: S608
    if outcomes.connection.execute(alone).fetchone()[0]:
        return outcomes, PEOPLE, people.dimensions
    kept = tuple(name for name in people.dimensions if _is_shared(outcomes, name))
    picks = [f"any_value({column_name(group_column(name))}) AS {column_name(group_column(name))}" for name in kept]
    for name in names:
        picks.append(f"{'bool_or' if is_yes else 'sum'}({column_name(name)}) AS {column_name(name)}")
        reason = f"CASE WHEN bool_and({known(name)}) THEN 'ok' ELSE 'unknown' END"
        picks.append(f"{reason} AS {column_name(name + REASON)}")
    query = f"CREATE TEMP TABLE {HOUSEHOLDS} AS SELECT {', '.join(picks)} FROM {PEOPLE} GROUP BY {key}"  # noqa: S608
    outcomes.connection.execute(query)
    types = _types(people, HOUSEHOLDS)
    return replace(outcomes, types=types), HOUSEHOLDS, kept


def _is_shared(outcomes: Outcomes, dimension: str) -> bool:
    """Whether everybody in a household stands in the same group."""
    name = column_name(group_column(dimension))
    inner = f"SELECT count(DISTINCT {name}) AS groups FROM {PEOPLE} GROUP BY {column_name(HOUSEHOLD)}"  # noqa: S608
    return bool(outcomes.connection.execute(f"SELECT max(groups) = 1 FROM ({inner})").fetchone()[0])  # noqa: S608


def tallies(outcomes: Outcomes, table: str, variant: int, dimension: str = "") -> dict[str, Tally]:
    """Who gains and loses under a variant, by group of a dimension in order; without one everybody under "all"."""
    before, after = outcomes.column(0), outcomes.column(variant)
    group = column_name(group_column(dimension)) if dimension else "'all'"
    sums = [f"sum({column_name(name)})" if outcomes.numeric else "NULL" for name in (before, after)]
    query = (
        f"SELECT {group} AS part, {atom(before, after, outcomes.types)} AS atom, count(*), {', '.join(sums)} "  # noqa: S608
        f"FROM {table} GROUP BY part, atom ORDER BY part, atom"
    )
    found: dict[str, list[Any]] = {}
    for part, name, people, was, now in outcomes.connection.execute(query).fetchall():
        found.setdefault(part, []).append((name, people, exact(was), exact(now)))
    return {part: tallied(rows) for part, rows in found.items()}


def exact(value: Any) -> Amount | None:
    """A sum as the database gives it."""
    plain = duckdb.plain_value(value)
    return plain if plain is None or not isinstance(plain, str) else None  # type: ignore[return-value]


def medians(outcomes: Outcomes, table: str, variant: int, dimension: str, rows: Sequence[Row]) -> list[Amount | None]:
    """Per row the lower middle change of those for whom it changes."""
    before, after = outcomes.column(0), outcomes.column(variant)
    place = "0"
    if dimension:
        name = column_name(group_column(dimension))
        cases = (f"WHEN {name} IN ({', '.join(map(quoted, row.groups))}) THEN {n}" for n, row in enumerate(rows))
        place = f"CASE {' '.join(cases)} END"
    moved = ", ".join(quoted(word) for word in sorted(MOVED))
    change = f"COALESCE({column_name(after)}, 0) - COALESCE({column_name(before)}, 0)"
    query = (
        f"SELECT {place} AS place, quantile_disc({change}, 0.5) FROM {table} "  # noqa: S608
        f"WHERE {atom(before, after, outcomes.types)} IN ({moved}) GROUP BY place"
    )
    found = {place: exact(value) for place, value in outcomes.connection.execute(query).fetchall()}
    return [found.get(n) for n in range(len(rows))]


def differing(outcomes: Outcomes, table: str, variant: int, others: Sequence[int]) -> dict[int, int]:
    """For how many a variant is another outcome than each of some others."""
    if not others:
        return {}
    mine = outcomes.column(variant)
    picks = []
    for other in others:
        theirs = outcomes.column(other)
        apart = f"{column_name(mine)} IS DISTINCT FROM {column_name(theirs)}"
        apart += f" OR {column_name(mine + REASON)} <> {column_name(theirs + REASON)}"
        picks.append(f"count(*) FILTER ({apart})")
    row = outcomes.connection.execute(f"SELECT {', '.join(picks)} FROM {table}").fetchone()  # noqa: S608
    return dict(zip(others, map(int, row), strict=True))
