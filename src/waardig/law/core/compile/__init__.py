"""Compiles a joined program to SQL text that gives, row by row, exactly what the interpreter gives.

Only operations proven equal are here; anything else is refused by name and computed by the interpreter. Reasons
travel as conditions beside the values (decisions 0093 and 0106); three-valued logic never decides. One nested SELECT
per depth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from waardig.law.core.compile import collections, dates, logic, numbers
from waardig.law.core.compile.base import COMPARISONS, REFERENCE, Column, Compiler, Operations
from waardig.law.core.compile.stages import Compiled, staged
from waardig.law.core.graph import Program
from waardig.law.core.sql import Sql
from waardig.law.terms import NotCompilable

__all__ = ["REFERENCE", "Column", "Compiled", "NotCompilable", "compiled", "compiled_together"]

OPERATIONS = Operations(
    member=collections.field,
    spread=logic.spread,
    lazy={
        "IF": logic.choice,
        "AND": logic.junction,
        "OR": logic.junction,
        "IN": logic.member,
        "NOT_IN": logic.member,
        "FOREACH": collections.foreach,
    },
    strict={
        **dict.fromkeys(("ADD", "SUBTRACT"), numbers.add),
        "MULTIPLY": numbers.multiply,
        "DIVIDE": numbers.divide,
        **dict.fromkeys(("MIN", "MAX"), numbers.extreme),
        **dict.fromkeys(("ROUND", "CEIL", "FLOOR"), numbers.rounding),
        **dict.fromkeys(COMPARISONS, logic.compare),
        **dict.fromkeys(("EQUALS", "NOT_EQUALS"), logic.equals),
        "NOT": logic.opposite,
        **dict.fromkeys(("IS_NULL", "NOT_NULL"), logic.presence),
        "AGE": dates.age,
        "DATE_DIFF": dates.date_diff,
        "DATE_ADD": dates.date_add,
        "DAY_OF_WEEK": dates.day_of_week,
        "DATE_PART": dates.date_part,
        "START_OF": dates.start_of,
    },
)


def compiled(program: Program, parameters: Mapping[str, Any], columns: Mapping[str, Column]) -> Compiled:
    """The program as SQL for these columns.

    Args:
        columns: by fact name; a fact without a column is unknown for everybody.

    Raises:
        NotCompilable: an operation outside the proven list, or bounds that 64 bits cannot hold.
    """
    compiler = Compiler(program, parameters, columns, OPERATIONS)
    outputs = {name: compiler.checked(node) for name, node in program.outputs.items()}
    outputs = {name: compiler.finished(program.outputs[name], value) for name, value in outputs.items()}
    return _together(compiler, outputs)


def compiled_together(
    programs: Sequence[Program], parameters: Mapping[str, Any], columns: Mapping[str, Column]
) -> Compiled:
    """Several programs as one SQL over the same columns; what they compute alike is computed once.

    Returns:
        outputs: under the place of the program and the name of the output: "0 NAME", "1 NAME", ...

    Raises:
        NotCompilable: one of them cannot be compiled.
    """
    first: Compiler | None = None
    outputs = {}
    for place, program in enumerate(programs):
        compiler = Compiler(program, parameters, columns, OPERATIONS)
        if first is None:
            first = compiler
        else:
            compiler.share(first)
        for name, node in program.outputs.items():
            outputs[f"{place} {name}"] = compiler.finished(node, compiler.checked(node))
    assert first is not None
    return _together(first, outputs)


def _together(compiler: Compiler, outputs: Mapping[str, Sql]) -> Compiled:
    every = (column for stage in compiler.stages for column in stage)
    given = {name for column in compiler.columns.values() for name in column.names}
    return Compiled(staged(every, outputs.values()), outputs, tuple(compiler.reasons), frozenset(given))
