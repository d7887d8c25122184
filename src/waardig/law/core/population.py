"""A population as columns: what a fact column may look like, and the same rows for the interpreter.

One row a person, one column per fact (`law inputs` names them). NULL is absent. A column `NAME__reason` beside it may
say ok, absent or unknown per row. A fact without a column is unknown for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from waardig.law.core.evaluate import outcome
from waardig.law.core.graph import Program
from waardig.law.core.interpret import NamedFacts, Run
from waardig.law.core.types import DATE, DECLARED
from waardig.law.terms import ABSENT, OK, UNKNOWN, Fact, PopulationInvalid, Value

REASON = "__reason"


@dataclass(frozen=True)
class Found:
    """A column of a population that holds a fact.

    Attributes:
        fact: the name of the fact.
        column, reason_column: as written in the population; reason_column is None when there is none.
        kind: number, boolean, date or text; dates may be stored as ISO text.
        scale: of a decimal column.
        stored: the engine's type.
    """

    fact: str
    column: str
    reason_column: str | None
    kind: str
    stored: str
    scale: Fraction = Fraction(1)


def matched(fact: str, columns: Sequence[str]) -> tuple[str, str | None] | None:
    """The column of a fact and its reason column, whatever the case of the letters."""
    low = {column.lower(): column for column in columns}
    column = low.get(fact.lower())
    return (column, low.get(f"{fact}{REASON}".lower())) if column else None


def unused(columns: Sequence[str], facts: Sequence[Found]) -> list[str]:
    """Columns that are no fact: numbers, relations and whatever else identifies a row."""
    taken = {found.column for found in facts} | {found.reason_column for found in facts}
    return [column for column in columns if column not in taken]


def misfit(fact: str, declared: str, kind: str) -> PopulationInvalid | None:
    """The refusal of a column whose type the law cannot use."""
    wanted = DECLARED.get(declared)
    if wanted is None or wanted == kind or {wanted, kind} == {DATE, "text"}:
        return None
    return PopulationInvalid(
        f"column '{fact}' holds {kind} values, but the law asks a {declared}",
        "Convert the column; amounts are whole eurocents, dates are dates or YYYY-MM-DD.",
    )


def row_facts(names: Sequence[str], values: Sequence[Any], reasons: Sequence[Any]) -> dict[str, Fact]:
    """The facts of one row."""
    facts = {}
    for name, value, reason in zip(names, values, reasons, strict=True):
        word = reason_word(name, value, reason)
        facts[name] = Fact(value if word == OK else None, word)
    return facts


def reason_word(name: str, value: Any, reason: Any) -> str:
    """ok, absent or unknown for a cell."""
    word = str(reason or OK)
    if word == UNKNOWN or word.startswith(f"{UNKNOWN}:"):
        return UNKNOWN
    if word not in (OK, ABSENT):
        raise PopulationInvalid(f"column '{name}{REASON}' has the reason '{word}'", "Use ok, absent or unknown.")
    return ABSENT if value is None or word == ABSENT else OK


def one_by_one(
    program: Program, parameters: Mapping[str, Any], rows: Iterator[dict[str, Fact]]
) -> tuple[dict[str, list[Value]], dict[str, list[str]]]:
    """Every row through the exact interpreter."""
    columns: dict[str, list[Value]] = {name: [] for name in program.outputs}
    reasons: dict[str, list[str]] = {name: [] for name in program.outputs}
    for facts in rows:
        run = Run(program, parameters, NamedFacts(facts))
        for name, node in program.outputs.items():
            found = outcome(node, run.value(node))
            columns[name].append(found.value)
            reasons[name].append(found.reason)
    return columns, reasons
