"""A population as arrays: amounts as numbers, a reason as the place of its word in a short list.

A million reasons are a million bytes that way; as words each would become an object of its own. Needs numpy, which the
caller has who wants arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waardig.law.adapters import duckdb
from waardig.law.core.graph import Program
from waardig.law.core.population import REASON
from waardig.law.core.sql import column_name


@dataclass(frozen=True)
class Coded:
    """One output of many people, in the order of the population.

    Attributes:
        values: numpy array of whole numbers, yes or no, days or text; masked where a value is not there.
        places: decimal places of a number: `values` are whole numbers of this power of ten, never a float.
        reasons: numpy array of whole numbers: the place in `words`.
        words: the reasons that this output can have.
    """

    values: Any
    places: int
    reasons: Any
    words: tuple[str, ...]


def arrays(population: duckdb.Population, program: Program, parameters: Mapping[str, Any]) -> dict[str, Coded]:
    """Each output of a program over a population, by name.

    Raises:
        NotCompilable: SQL cannot say it exactly; columns of the interpreter can.
    """
    query = duckdb.query_for(population, program, parameters)
    made = population.connection.sql(query)
    types = dict(zip(made.columns, made.types, strict=True))
    picks = []
    for name in program.outputs:
        value, reason = column_name(name), column_name(name + REASON)
        places = _places(types[name])
        whole = f"CAST({value} * {10**places} AS BIGINT) AS {value}" if places else value
        picks += [whole, f"enum_code({reason}) AS {reason}"]
    found = population.connection.execute(f"SELECT {', '.join(picks)} FROM ({query})").fetchnumpy()  # noqa: S608
    return {
        name: Coded(found[name], _places(types[name]), found[name + REASON], _words(types[name + REASON]))
        for name in program.outputs
    }


def _places(stored: Any) -> int:
    return int(dict(stored.children)["scale"]) if stored.id == "decimal" else 0


def _words(stored: Any) -> tuple[str, ...]:
    return tuple(dict(stored.children)["values"])
