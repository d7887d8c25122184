"""How far each row comes in a procedure, in SQL: the stages it enters, their days, and why it comes no further.

The rule is that of `core/procedure`: what a stage requires has happened or it is not entered; its day is the one date
that it requires, else that of the stage before it. Only dates are compared; no date function stands here but the cast
of a stored date.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waardig.law.adapters import duckdb
from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.courses import Way
from waardig.law.core.handover import EMPTY, day_sql
from waardig.law.core.population import Found
from waardig.law.core.procedure import FITS, NOT_YET, PENDING
from waardig.law.core.sql import case, column_name, quoted
from waardig.law.core.types import DECLARED
from waardig.law.terms import ERROR, OK, UNKNOWN, NotCompilable, PopulationInvalid, RuleFailed

ENTERED, WHY, DAY, SPAN = "waardig_entered", "waardig_why", "waardig_day_", "waardig_span_"


@dataclass(frozen=True)
class Events:
    """What the stages require: a column of the population, or a value that is the same for everybody."""

    found: Mapping[str, Found | ir.Raw]

    def columns(self, event: str) -> list[str]:
        """The columns of an event in the population."""
        found = self.found[event]
        return [name for name in (found.column, found.reason_column) if name] if isinstance(found, Found) else []

    @property
    def stored(self) -> list[Found]:
        """The events that differ by row."""
        return [found for found in self.found.values() if isinstance(found, Found)]


def events_of(way: Way, people: duckdb.Population) -> Events:
    """Where each event stands.

    Raises:
        PopulationInvalid: nowhere, for some stages, or in a column of another type.
        RuleFailed: what is given for everybody is of another type.
    """
    found: dict[str, Found | ir.Raw] = {}
    missing = []
    for stage in way.procedure.stages:
        for need in stage.requires:
            column = None if need.name in way.parameters else duckdb.found_column(people, need.name, need.type)
            if column is None and need.name not in way.parameters:
                missing.append(f"{way.file}:{need.line}: stage {stage.name} requires '{need.name}' ({need.type})")
            found[need.name] = column or _constant(way, need)
    if missing:
        raise PopulationInvalid(
            f"no column for what happens in a stage: {'; '.join(missing)}",
            "Add a column of that name, NULL where it has not happened; or --param NAME=VALUE for everybody.",
        )
    return Events(found)


def _constant(way: Way, need: ir.Field) -> ir.Raw:
    value = v.from_outside(way.parameters.get(need.name))
    if value is not None and not FITS[need.type](value):
        law, article = way.decided
        message = f"the procedure requires '{need.name}' as a {need.type}, not {v.show(value)}"
        raise RuleFailed(law.id, article.number, message, problem="type_mismatch")
    return value


def walked_sql(
    way: Way, people: duckdb.Population, events: Events, kept: Sequence[str] = (), *, source: str = ""
) -> str:
    """SQL of the rows with the number of stages entered, why it is not more, and the day and span of each stage.

    Args:
        kept: the columns of the population to keep.
        source: as the engine selects the population; as DuckDB does when empty.

    Raises:
        NotCompilable: an event is a list, or its column has values that are no date.
    """
    duckdb.measured(people, events.stored)
    names = {need.name: n for n, need in enumerate(_needs(way))}
    first = [column_name(name) for name in kept]
    for need in _needs(way):
        n = names[need.name]
        first += [f"{_waits(way, events, need)} AS waardig_waits_{n}", f"{_on(events, need)} AS waardig_on_{n}"]
    days = _days(way, names)
    stops = []
    for position, stage in enumerate(way.procedure.stages):
        waits = [f"waardig_waits_{names[need.name]}" for need in stage.requires]
        early = f"{days[position]} < {days[position - 1]}" if position else "FALSE"
        waits.append(f"CASE WHEN {early} THEN '{ERROR}' END")
        stops.append(f"COALESCE({', '.join(waits)}, NULL)")
    there = ", ".join(f"{stop} AS waardig_stop_{n}" for n, stop in enumerate(stops))
    inner = f"SELECT {', '.join(first) or '0 AS waardig_none'} FROM ({source or people.table}) AS p"  # noqa: S608
    middle = f"SELECT *, {there} FROM ({inner}) AS q"  # noqa: S608
    entered = case([(f"waardig_stop_{n} IS NOT NULL", str(n)) for n in range(len(stops))], str(len(stops)))
    why = ", ".join(f"waardig_stop_{n}" for n in range(len(stops)))
    outer = [*map(column_name, kept), f"{entered} AS {ENTERED}", f"COALESCE({why}, '{OK}') AS {WHY}"]
    for n, day in enumerate(days):
        span = case(
            [(f"{day} < {_date(change)}", str(k)) for k, change in enumerate(way.changes)], f"{len(way.changes)}"
        )
        outer += [f"{day} AS {DAY}{n}", f"CASE WHEN {entered} > {n} THEN {span} END AS {SPAN}{n}"]
    return f"SELECT {', '.join(outer)} FROM ({middle}) AS w"  # noqa: S608


def _needs(way: Way) -> list[ir.Field]:
    return [need for stage in way.procedure.stages for need in stage.requires]


def _days(way: Way, names: Mapping[str, int]) -> list[str]:
    """SQL of the day of each stage, where it is entered."""
    days: list[str] = []
    for stage in way.procedure.stages:
        dates = [need for need in stage.requires if need.type == "date"]
        before = days[-1] if days else _date(way.on)
        days.append(f"waardig_on_{names[dates[0].name]}" if len(dates) == 1 else before)
    return days


def _waits(way: Way, events: Events, need: ir.Field) -> str:
    """SQL of why a stage waits for an event; NULL when it has happened."""
    found = events.found[need.name]
    if DECLARED.get(need.type) not in ("date", "number", "boolean", "text"):
        raise NotCompilable(way.owner, "-", f"'{need.name}' is a {need.type}")
    if not isinstance(found, Found):
        ahead = need.type == "date" and found is not None and way.until and _python(found) > way.until
        word = PENDING if found is None else NOT_YET if ahead else ""
        return quoted(f"{word}:{need.name}") if word else "CAST(NULL AS VARCHAR)"
    value, told = column_name(found.column), column_name(found.reason_column or "")
    branches = [(f"{value} IS NULL", quoted(f"{PENDING}:{need.name}"))]
    if found.reason_column:
        branches.insert(0, (f"{told} = 'absent'", branches[0][1]))
        branches.insert(0, (f"{told} = '{UNKNOWN}' OR {told} LIKE '{UNKNOWN}:%'", quoted(f"{UNKNOWN}:{need.name}")))
    if need.type == "date" and way.until:
        branches.append((f"{_on(events, need)} > {_date(way.until)}", quoted(f"{NOT_YET}:{need.name}")))
    return f"CASE {' '.join(f'WHEN {test} THEN {word}' for test, word in branches)} END"


def _on(events: Events, need: ir.Field) -> str:
    """SQL of the day of an event."""
    found: Any = events.found[need.name]
    if need.type != "date" or found is None or (isinstance(found, Found) and found.stored == EMPTY):
        return "CAST(NULL AS DATE)"
    return day_sql(found) if isinstance(found, Found) else _date(_python(found))


def _python(value: ir.Raw) -> datetime.date:
    day = v.as_date(value)
    assert day is not None
    return day


def _date(day: datetime.date) -> str:
    return f"DATE '{day.isoformat()}'"
