"""What a simulation found, with everything that somebody needs to cite it and to make it again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from waardig.kernel.legal_source import Status
from waardig.law.core.counting import FIGURES, Amount, Row
from waardig.law.core.difference import shown_value
from waardig.law.core.graph import Program, reachable
from waardig.law.core.status import definition_status
from waardig.law.terms import RuleSet


@dataclass(frozen=True)
class Part:
    """Everybody, and everybody told apart.

    Attributes:
        counted: people | households.
        tables: rows by dimension; no rows when no table may be told.
    """

    counted: str
    numeric: bool
    total: Row
    tables: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True)
class Point:
    """One value of a sweep, and what it does; by what is counted."""

    value: str
    rule_set: str
    totals: Mapping[str, Row]


@dataclass(frozen=True)
class Used:
    """An amount or other figure that takes part, before and after; None where it does not."""

    law: str
    article: str
    name: str
    before: str | None
    after: str | None
    status_before: Status | None
    status_after: Status | None
    source_before: str = ""
    source_after: str = ""


@dataclass(frozen=True)
class Population:
    """The file that was used, and the column behind each division."""

    file: str
    sha256: str
    rows: int
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Checked:
    """What the interpreter did again: people of a random sample, edges, and evaluations. All were equal."""

    sample: int = 0
    edges: int = 0
    evaluations: int = 0


@dataclass(frozen=True)
class Note:
    """What a reader must know of a decision that is reached in stages: attached | given (see core/simulation_words)."""

    kind: str
    name: str
    stage: str


@dataclass(frozen=True)
class Simulation:
    """A change of law over a population.

    Attributes:
        changes: as given.
        command: the command without folders and without where the report goes.
        after: of a sweep None: each point has its own.
        sweep: the figure whose values were tried; empty without a sweep.
        notes: on what a simulation does not do with stages of a procedure.
    """

    law: str
    output: str
    unit: str | None
    on: datetime.date
    parameters: Mapping[str, str]
    changes: Sequence[str]
    command: str
    version: str
    population: Population
    before: RuleSet
    after: RuleSet | None
    amounts: Sequence[Used]
    parts: Sequence[Part]
    sweep: str
    points: Sequence[Point]
    engine: str
    fallback: str
    checked: Checked
    notes: Sequence[Note] = ()


Key = tuple[str, str, str]


def used_by(program: Program) -> dict[Key, tuple[str, Status, str]]:
    """Every definition that takes part: value with unit, status and source, by law, article and name."""
    found = {}
    for node in reachable(list(program.outputs.values())):
        if node.kind != "definition":
            continue
        entry = node.law.status.amounts.get(node.name)
        source = (entry.source if entry else "") or node.law.status.source
        value = shown_value(node.value, node.unit)
        key = (node.law.id, node.article.number, node.name)
        found[key] = (value, definition_status(node.law, node.name), source)
    return found


def amounts_of(before: Program, after: Program) -> tuple[Used, ...]:
    """The figures of both, in order of law, article and name."""
    was, now = used_by(before), used_by(after)
    found = []
    for key in sorted({*was, *now}):
        old, new = was.get(key), now.get(key)
        statuses = (old[1] if old else None, new[1] if new else None)
        sources = (old[2] if old else "", new[2] if new else "")
        found.append(Used(*key, old[0] if old else None, new[0] if new else None, *statuses, *sources))
    return tuple(found)


def content_of(found: Simulation) -> dict[str, Any]:
    """The report as data; amounts are whole numbers, or text where they have decimals."""
    content: dict[str, Any] = {
        "report": "waardig law simulate",
        "version": found.version,
        "command": found.command,
        "question": {
            "law": found.law,
            "output": found.output,
            "unit": found.unit,
            "on": found.on.isoformat(),
            "parameters": dict(found.parameters),
        },
        "changes": list(found.changes),
        "population": asdict(found.population),
        "rule_set_before": _rule_set(found.before),
        "engine": {"name": found.engine, "fallback": found.fallback, "checked": asdict(found.checked)},
        "amounts": [_used(one) for one in found.amounts],
    }
    if found.notes:
        content["notes"] = [asdict(note) for note in found.notes]
    if found.after:
        content["rule_set_after"] = _rule_set(found.after)
        content["results"] = [_part(part) for part in found.parts]
    else:
        points = [
            {"value": p.value, "rule_set": p.rule_set, **{name: _row(row) for name, row in p.totals.items()}}
            for p in found.points
        ]
        content["sweep"] = {"figure": found.sweep, "points": points}
    return content


def _rule_set(found: RuleSet) -> dict[str, Any]:
    laws = [
        {"id": ref.id, "valid_from": ref.valid_from, "sha256": ref.sha256, "status": str(ref.status)}
        for ref in found.laws
    ]
    return {"hash": found.hash, "worst_status": str(found.worst_status), "laws": laws}


def _used(one: Used) -> dict[str, Any]:
    sides: dict[str, Any] = {"law": one.law, "article": one.article, "name": one.name}
    for side, value, status, source in (
        ("before", one.before, one.status_before, one.source_before),
        ("after", one.after, one.status_after, one.source_after),
    ):
        sides[side] = {"value": value, "status": str(status), "source": source} if value is not None else None
    return sides


def _part(part: Part) -> dict[str, Any]:
    tables = {name: [_row(row) for row in rows] for name, rows in part.tables.items()}
    return {"counted": part.counted, "total": _row(part.total), "tables": tables}


def _row(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {"groups": list(row.groups)} if row.groups else {}
    counts = {column_of(column): count for column, count in row.counts.items()}
    found |= {"number": row.people, "counts": counts}
    found |= {"entitled_before": row.entitled_before, "entitled_after": row.entitled_after, "changed": row.moved}
    amounts = ("before", "after", "difference", "mean", "median")
    return found | {name: number(getattr(row, name)) for name in amounts}


def column_of(column: frozenset[str]) -> str:
    """The name of a column: its figures, with a plus between those that are told together."""
    return "+".join(sorted(column, key=FIGURES.index))


def number(value: Amount | None) -> int | str | None:
    """An amount for JSON: never a float."""
    return value if value is None or isinstance(value, int) else f"{value:f}"
