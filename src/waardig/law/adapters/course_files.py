"""The procedure of a decision from a population file to a result file: whole or not at all, and looked at again.

In the order of the population: identifying columns, `stage` with why the next one is not entered, and each output
with its reason. Some rows by chance, each edge of a fact, and the first and last day in each span between changes of
law are walked again by the interpreter, which joins the laws by the day and knows nothing of spans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from waardig.law.adapters import duckdb
from waardig.law.adapters.again import PLACE, compared_with, placed, sampled
from waardig.law.adapters.batch import copied, roomy, write_told
from waardig.law.adapters.courses import DuckEngine, carried_along, plan_of, refuse_doubles, result_of
from waardig.law.adapters.walk import DAY, ENTERED, SPAN, WHY, Events, events_of, walked_sql
from waardig.law.adapters.whole import whole
from waardig.law.core.courses import STAGE, Branch, Way, cells, straight
from waardig.law.core.interpret import NamedFacts
from waardig.law.core.population import REASON, Found
from waardig.law.core.procedure import Asked, walked
from waardig.law.core.sql import column_name
from waardig.law.core.types import TEXT
from waardig.law.terms import Fact, NotCompilable, Value

Cells = Mapping[str, tuple[Value, str]]


class AnyCase(NamedFacts):
    """Facts by name, whatever the case of the letters, as columns are found."""

    def find(self, name: str, fact_name: str, *_: Any) -> Fact | None:  # noqa: ARG002
        """The fact of this name."""
        return self.facts.get(fact_name.lower())


def write(people: duckdb.Population, way: Way, out: Path) -> int:
    """Runs the programs of all paths into one parquet file. Returns the rows.

    Raises:
        NotCompilable: SQL cannot say it exactly; nothing is written.
        ResultDiffers: the interpreter says something else about a row; nothing is written.
    """
    rows = in_order(people)
    with whole(out) as work:
        roomy(people.connection, work)
        made = result_of(way, rows, DuckEngine(people.connection))
        count = copied(people.connection, made.query, work)
        result = duckdb.open_file(work / "result", reader="read_parquet")
        more, known = turning_rows(way, rows), every_fact(people)
        again = sampled(people, made.facts, result, [STAGE, *way.asked], more=more, known=known)
        compared_with(told_by(way), again)
    return count


def write_rows(people: duckdb.Population, way: Way, out: Path) -> int:
    """The same through the interpreter, row by row. Returns the rows."""
    events = events_of(way, people)
    refuse_doubles(way, people, _planned(way, people, events))
    also = carried_along(way, people, events)
    rows, tell, names = duckdb.fact_rows(people, every_fact(people)), told_by(way), [STAGE, *way.asked]

    def told(part: Iterator[dict[str, Fact]]) -> tuple[dict[str, list[Value]], dict[str, list[str]]]:
        found = [tell(facts) for facts in part]
        values = {name: [row[name][0] for row in found] for name in names}
        return values, {name: [row[name][1] for row in found] for name in names}

    return write_told(people, rows, names, told, also=also, out=out)


def _planned(way: Way, people: duckdb.Population, events: Events) -> Branch:
    """The programs for the days that the rows have; for days that SQL cannot read, those that laws can ask."""
    try:
        return plan_of(way, people, events)
    except NotCompilable:
        return straight(way)


def in_order(people: duckdb.Population) -> duckdb.Population:
    """The population with the place of each row."""
    return duckdb.open_table(people.connection, placed(people))


def told_by(way: Way) -> Callable[[Mapping[str, Fact]], Cells]:
    """What the interpreter says about the facts of a row: each column with its reason."""
    law = way.decided[0].id

    def told(facts: Mapping[str, Fact]) -> Cells:
        source = AnyCase({name.lower(): fact for name, fact in facts.items()})
        asked = Asked(law, way.decides, way.on, way.scope, way.parameters, source, way.mode, until=way.until)
        return cells(way, walked(way.book, asked, way.join))

    return told


def every_fact(people: duckdb.Population) -> list[Found]:
    """Every column as a fact of its own name: what a row can be asked for."""
    low = {name.lower(): name for name in people.columns}
    found = []
    for name, stored in people.columns.items():
        whose = name.lower().removesuffix(REASON)
        if column_name(name) != PLACE and (whose == name.lower() or whose not in low):
            found.append(Found(name, name, low.get(f"{name}{REASON}".lower()), TEXT, stored))
    return found


def turning_rows(way: Way, people: duckdb.Population, events: Events | None = None) -> set[int]:
    """The number of a row for each way to stop, and of the first and last day of each stage in each span."""
    stages = range(len(way.procedure.stages))
    text = walked_sql(way, people, events or events_of(way, people), [PLACE.strip('"')])
    picks = [f"min({PLACE})", *(f"{word}({PLACE}, {DAY}{n})" for n in stages for word in ("arg_min", "arg_max"))]
    groups = ", ".join([ENTERED, WHY, *(f"{SPAN}{n}" for n in stages)])
    query = f"SELECT {', '.join(picks)} FROM ({text}) AS w GROUP BY {groups}"  # noqa: S608
    return {int(number) for row in people.connection.execute(query).fetchall() for number in row if number is not None}


def some_rows(people: duckdb.Population, numbers: Set[int]) -> str:
    """SQL of these rows as they were given, with their place."""
    given = replace(people, table=people.given)
    return f"SELECT * FROM ({placed(given)}) WHERE {PLACE} IN ({', '.join(map(str, sorted(numbers))) or '-1'})"  # noqa: S608
