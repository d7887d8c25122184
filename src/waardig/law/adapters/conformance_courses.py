"""The cases of the conformance suite that walk a decision through its stages, put to a population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from waardig.law.adapters import duckdb
from waardig.law.adapters.course_files import every_fact, told_by
from waardig.law.adapters.courses import DuckEngine, result_of
from waardig.law.core.book import LawBook
from waardig.law.core.conformance import Case, Observed
from waardig.law.core.courses import STAGE, Way, way_of
from waardig.law.core.population import REASON
from waardig.law.core.sql import column_name
from waardig.law.terms import ABSENT, ERROR, OK, UNKNOWN, Fact, NotCompilable, Outcome, Value

Cells = Mapping[str, tuple[Value, str]]


def walked_rows(
    case: Case, book: LawBook, people: Sequence[Mapping[str, Fact]], scope: Mapping[str, str], differ: str
) -> Observed:
    """What the first row gets; the last one is the same and must get the same.

    Args:
        differ: the error when it does not.
    """
    asked: dict[str, Any] = {"on": case.on, "scope": scope, "parameters": case.parameters, "until": case.until}
    gives = way_of(book, case.law, case.outputs, **asked).gives
    want = case.expected
    names = dict.fromkeys((*case.outputs, *want.outputs, *want.reasons, *(n for n in want.not_in_result if n in gives)))
    way = way_of(book, case.law, tuple(names), **asked)
    rows, engine = _computed(way, _columns(case, way, people))
    first, last = rows[0], rows[-1]
    return Observed(
        _outcomes(case, first),
        error="" if first == last else differ,
        whole=False,
        engine=engine,
        stage=str(first[STAGE][0] or ""),
        pending=tuple(first[STAGE][1].split(":")[1:]),
    )


def _columns(case: Case, way: Way, people: Sequence[Mapping[str, Fact]]) -> dict[str, list[Any]]:
    """The rows as columns; an event of which nothing is said is unknown, and one of another type is text."""
    events = {need.name: need.type for stage in way.procedure.stages for need in stage.requires}
    nobody = dict.fromkeys(case.data, Fact(None, ABSENT)) | dict.fromkeys(events, Fact(None, UNKNOWN))
    nobody |= {name: Fact(None, ABSENT) for name in case.data if name not in events}
    columns: dict[str, list[Any]] = {
        name: [row.get(name, nobody[name]) for row in people] for name in nobody if name not in case.parameters
    }
    for name in columns:
        if events.get(name) == "date":
            columns[name] = [Fact(None if f.value is None else str(f.value), f.reason) for f in columns[name]]
    return columns | {"row": list(range(len(people)))}


def _computed(way: Way, columns: Mapping[str, Sequence[Any]]) -> tuple[list[Cells], str]:
    people = duckdb.open_columns(columns)
    names = [STAGE, *way.asked]
    try:
        query = result_of(way, people, DuckEngine(people.connection)).query
    except NotCompilable:
        return [told_by(way)(facts) for facts in duckdb.fact_rows(people, every_fact(people))], "python"
    picks = ", ".join(f"{column_name(name)}, {column_name(name + REASON)}" for name in names)
    found = people.connection.execute(f"SELECT {picks} FROM ({query}) AS r ORDER BY r.row").fetchall()  # noqa: S608
    told: list[Cells] = [
        {name: (duckdb.plain_value(row[2 * n]), row[2 * n + 1]) for n, name in enumerate(names)} for row in found
    ]
    return told, duckdb.NAME


def _outcomes(case: Case, cells: Cells) -> dict[str, Outcome]:
    """The outcomes of a row; without a value and not expected is not there, and a course that fails is an error."""
    want = (*case.expected.outputs, *case.expected.reasons)
    found = {name: Outcome(*cell) for name, cell in cells.items() if name in want or cell[1] == OK}
    failed = dict.fromkeys(case.outputs, Outcome(None, ERROR)) if cells[STAGE][1] == ERROR else {}
    return {**found, **failed}
