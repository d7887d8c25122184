"""A population as columns: what a fact column may look like, and the same rows for the interpreter.

One row a person, one column per fact (`law inputs` names them). NULL is absent. A column `NAME__reason` beside it may
say ok, absent or unknown per row. A fact without a column is unknown for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from waardig.law.core.evaluate import outcome
from waardig.law.core.graph import Node, Program, reachable
from waardig.law.core.interpret import NamedFacts, Run
from waardig.law.core.types import DATE, DECLARED
from waardig.law.terms import ABSENT, OK, UNKNOWN, Fact, PopulationInvalid, Value

REASON = "__reason"
COUNT = "[]"
PLACE = re.compile(r"(.+)\[(\d+)\]\.(.+)\Z", re.DOTALL)


def count_name(collection: str) -> str:
    """The column with the number of members of a collection."""
    return f"{collection}{COUNT}"


def field_name(collection: str, place: int, field: str) -> str:
    """The column of a field of the member on a place.

    >>> field_name("kinderen", 2, "inkomen")
    'kinderen[2].inkomen'
    """
    return f"{collection}[{place}].{field}"


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


def column_names(program: Program) -> dict[str, Node]:
    """Facts that a program can use, by name; the first node that asks each."""
    found: dict[str, Node] = {}
    for node in reachable(list(program.outputs.values())):
        if node.fact_name:
            found.setdefault(node.fact_name, node)
    return found


def matched(fact: str, columns: Sequence[str]) -> tuple[str, str | None] | None:
    """The column of a fact and its reason column, whatever the case of the letters."""
    low = {column.lower(): column for column in columns}
    column = low.get(fact.lower())
    return (column, low.get(f"{fact}{REASON}".lower())) if column else None


def unused(columns: Sequence[str], facts: Sequence[Found]) -> list[str]:
    """Columns that are no fact: numbers, relations and whatever else identifies a row; no collections."""
    taken = {found.column for found in facts} | {found.reason_column for found in facts}
    return [column for column in columns if column not in taken and not _of_collection(column)]


def _of_collection(column: str) -> bool:
    bare = column.removesuffix(REASON)
    return bare.endswith(COUNT) or PLACE.match(bare) is not None


def asked_columns(program: Program, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Fact and declared type of every column that a program can use: facts, and the places of collections."""
    fields = _fields(program)
    for fact, node in column_names(program).items():
        if fact in fields:
            yield count_name(fact), "number"
        else:
            yield fact, node.type
    for column in columns:
        match = PLACE.match(column)
        if match and match[3] in fields.get(match[1], {}):
            yield column, fields[match[1]][match[3]]


def _fields(program: Program) -> dict[str, dict[str, str]]:
    """The fields that a program reads of each collection, with their types."""
    found: dict[str, dict[str, str]] = {}
    for node in reachable(list(program.outputs.values())):
        if node.kind == "item":
            for name in _names(node):
                found.setdefault(name, {}).update({field.name: field.type for field in node.members})
    return found


def _names(item: Node) -> Iterator[str]:
    """Every fact under which a collection may be given."""
    node = item
    while node.args:
        node = node.args[0]
        if node.fact_name:
            yield node.fact_name


def collected(facts: dict[str, Fact]) -> dict[str, Fact]:
    """The facts of a row with every collection as the list that the interpreter reads; what is unknown is left out."""
    lists = {name.removesuffix(COUNT): fact for name, fact in facts.items() if name.endswith(COUNT)}
    if not lists:
        return facts
    members: dict[str, list[dict[str, Value]]] = {
        name: [{} for _ in range(int(str(fact.value)))] for name, fact in lists.items() if fact.reason == OK
    }
    for name, fact in facts.items():
        match = PLACE.match(name)
        if match and match[1] in members and int(match[2]) <= len(members[match[1]]) and fact.reason != UNKNOWN:
            members[match[1]][int(match[2]) - 1][match[3]] = fact.value
    plain = {name: fact for name, fact in facts.items() if not _of_collection(name)}
    given = {name: Fact(members.get(name) if fact.reason == OK else None, fact.reason) for name, fact in lists.items()}
    return {**plain, **given}


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
    return collected(facts)


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
