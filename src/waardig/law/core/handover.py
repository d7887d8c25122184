"""SQL at both ends of a program: stored types to whole numbers and conditions, and exact values with words back.

A reason is handed over as one of a few words under a number (an ENUM of the engine), or as text where an engine has no
such type; every word stands once in the query, as a column that is the same for everybody. Only here stand date
functions, and only between a stored date and a day number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from waardig.law.core.compile import Column, Compiled
from waardig.law.core.population import REASON, Found
from waardig.law.core.sql import (
    R_ABSENT,
    R_ERROR,
    R_OK,
    Reason,
    Sql,
    all_of,
    any_of,
    case,
    column_name,
    conjuncts,
    negated,
    quoted,
)
from waardig.law.core.types import BOOLEAN, DATE, NUMBER, TEXT
from waardig.law.terms import ABSENT, UNKNOWN

EMPTY = "NULL"
STORED = {NUMBER: "BIGINT", BOOLEAN: "BOOLEAN", DATE: "BIGINT", TEXT: "VARCHAR"}


def value_sql(found: Found, name: str = "") -> str:
    """A stored value as a whole number, boolean or text; NULL stays NULL."""
    name = name or column_name(found.column)
    if found.stored == EMPTY:
        return f"CAST(NULL AS {STORED[found.kind]})"
    if found.kind == DATE:
        return f"CAST(date_diff('day', DATE '1970-01-01', {day_sql(found, name)}) AS BIGINT)"
    if found.kind == NUMBER and found.scale != 1:
        return f"CAST(CAST({name} AS DECIMAL(38,{_places(found)})) * {found.scale.denominator} AS BIGINT)"
    if found.kind == NUMBER:
        return f"CAST({name} AS BIGINT)"
    return name


def day_sql(found: Found, name: str = "") -> str:
    """A stored date as a date."""
    name = name or column_name(found.column)
    return f"TRY_CAST({name} AS DATE)" if found.stored == "VARCHAR" else f"CAST({name} AS DATE)"


def _places(found: Found) -> int:
    return len(str(found.scale.denominator)) - 1


def snapshot(table: str, facts: Sequence[Found], columns: Mapping[str, Column], also: Sequence[str]) -> str:
    """SQL of the population as whole numbers, with conditions of reason columns, and the columns to carry along."""
    picks = [f"{column_name(name)} AS {column_name(key)}" for name, key in zip(also, carried(also), strict=True)]
    for found in facts:
        column = columns[found.fact]
        picks.append(f"{value_sql(found)} AS {column.v}")
        if column.flags:
            picks += [f"{column.flags[0]} AS {column.absent}", f"{column.flags[1]} AS {column.doubt}"]
        if column.stored:
            picks.append(f"{day_sql(found)} AS {column.stored}")
    return f"SELECT {', '.join(picks) or '0 AS k0'} FROM ({table}) AS p"  # noqa: S608


def reason_flags(found: Found, words: Mapping[str, Any], *, has_gaps: bool) -> tuple[str, str]:
    """SQL: there is no value, and nobody doubts it; the reason column says that it is unknown.

    Args:
        words: bounds of the words in the reason column (min, max), as far as known.
        has_gaps: whether the column itself may have gaps.
    """
    word = column_name(found.reason_column or "")
    first, last = words.get("min") or "", words.get("max") or "~"
    doubt = f"{word} = 'unknown'" if last <= UNKNOWN else f"({word} = 'unknown' OR {word} LIKE 'unknown:%')"
    gone = [f"{column_name(found.column)} IS NULL"] if has_gaps else []
    gone += [f"COALESCE({word} = 'absent', FALSE)"] if first <= ABSENT else []
    said = f"COALESCE({doubt}, FALSE)"
    return all_of(negated(said), any_of(*gone)), said


def carried(also: Sequence[str]) -> list[str]:
    """What columns to carry along are called in between: like nothing in a program."""
    return [f"k {name}" for name in also]


def finishing(result: Compiled, also: Sequence[str]) -> str:
    """SQL of the columns to hand over: exact values and reasons, as the columns of `wording`."""
    picks = [f"{column_name(key)} AS {column_name(name)}" for name, key in zip(also, carried(also), strict=True)]
    texts = {name: text for stage in result.stages for name, text in stage}
    for name, value in result.outputs.items():
        picks.append(f"{_finished(value, texts)} AS {column_name(name)}")
        picks.append(f"{_word(value.r)} AS {column_name(name + REASON)}")
    return ", ".join(picks)


def _finished(value: Sql, texts: Mapping[str, str]) -> str:
    """SQL of a value, NULL where it is not there; a choice that is made only where it is there asks that last."""
    text = _exact(value)
    if value.kind == DATE:
        text = f"DATE '1970-01-01' + CAST({value.v} AS INTEGER)"
    here = value.r.here
    if here in ("TRUE", "FALSE"):
        return text if here == "TRUE" else f"CAST(NULL AS {_stored(value)})"
    if value.spelled:
        parts = [(test, _exact(part)) for test, part in value.spelled]
        if all(here in conjuncts(texts.get(test, "")) for test, _ in parts[:-1]):
            return case([*parts[:-1], (here, parts[-1][1])], "NULL")
        return case([(negated(here), "NULL"), *parts[:-1]], parts[-1][1])
    return f"CASE WHEN {here} THEN {text} END"


def _stored(value: Sql) -> str:
    return {BOOLEAN: "BOOLEAN", DATE: "DATE", TEXT: "VARCHAR"}.get(value.kind, "BIGINT")


def _exact(value: Sql) -> str:
    """A number at its real size, as BIGINT or DECIMAL."""
    if value.kind != NUMBER:
        return value.v
    if value.scale.denominator == 1:
        times = value.scale.numerator
        return f"CAST({value.v} AS BIGINT)" if times == 1 else f"CAST({value.v} AS BIGINT) * {times}"
    places = decimals(value.scale.denominator)
    factor = value.scale * 10**places
    unit = Decimal(1).scaleb(-places)
    whole = value.v if factor == 1 else f"({value.v}) * {factor.numerator}"
    exact = f"CAST({whole} AS DECIMAL(19,0)) * CAST('{unit:f}' AS DECIMAL(18,{places}))"
    return f"CAST({exact} AS DECIMAL(38,{places}))"  # the same type in every engine


def decimals(denominator: int) -> int:
    """The decimal places that a denominator of twos and fives needs."""
    places = 0
    while 10**places % denominator:
        places += 1
    return places


def wording(result: Compiled, *, as_text: bool = False) -> str:
    """SQL of the reasons that an output can have, each as a constant column `w{code}`.

    Args:
        as_text: as text and not as one of a list: twenty times as much to carry, but every engine has it.
    """
    codes = sorted(frozenset().union(*(_codes(value.r) for value in result.outputs.values())))
    words = {code: quoted(result.reasons[code]) for code in codes}
    listed = f"ENUM({', '.join(words.values())})"
    return ", ".join(f"{word if as_text else f'CAST({word} AS {listed})'} AS w{code}" for code, word in words.items())


def _codes(reason: Reason) -> frozenset[int]:
    """The codes that a reason can be."""
    flags = ((R_OK, "TRUE"), (R_ABSENT, reason.absent), (R_ERROR, reason.error))
    return frozenset(code for code, flag in flags if flag != "FALSE") | reason.can


def _word(reason: Reason) -> str:
    """SQL of a reason as one of the columns of `wording`."""
    doubts = sorted(reason.can)
    doubt = f"w{doubts[0]}" if len(doubts) == 1 else _chosen(reason.code, doubts)
    said = [(reason.doubt, doubt), (reason.error, f"w{R_ERROR}"), (reason.absent, f"w{R_ABSENT}")]
    found = [(reason.here, f"w{R_OK}"), *(pair for pair in said if pair[0] != "FALSE")]
    return case(found[:-1], found[-1][1])


def _chosen(code: str, codes: Sequence[int]) -> str:
    return f"CASE {code} {' '.join(f'WHEN {n} THEN w{n}' for n in codes)} END"
