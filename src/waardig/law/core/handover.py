"""SQL at both ends of a program: stored types to whole numbers and reason codes, and exact values with words back.

Only here stand date functions, and only between a stored date and a day number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from waardig.law.core.compile import Column, Compiled
from waardig.law.core.population import REASON, Found
from waardig.law.core.sql import Sql, codes, column_name, quoted
from waardig.law.core.types import BOOLEAN, DATE, NUMBER, TEXT

EMPTY = "NULL"
STORED = {NUMBER: "BIGINT", BOOLEAN: "BOOLEAN", DATE: "BIGINT", TEXT: "VARCHAR"}


def value_sql(found: Found, name: str = "") -> str:
    """A stored value as a whole number, boolean or text; NULL stays NULL."""
    name = name or column_name(found.column)
    if found.stored == EMPTY:
        return f"CAST(NULL AS {STORED[found.kind]})"
    if found.kind == DATE:
        day = f"TRY_CAST({name} AS DATE)" if found.stored == "VARCHAR" else f"CAST({name} AS DATE)"
        return f"CAST(date_diff('day', DATE '1970-01-01', {day}) AS BIGINT)"
    if found.kind == NUMBER and found.scale != 1:
        return f"CAST(CAST({name} AS DECIMAL(38,{_places(found)})) * {found.scale.denominator} AS BIGINT)"
    if found.kind == NUMBER:
        return f"CAST({name} AS BIGINT)"
    return name


def _places(found: Found) -> int:
    return len(str(found.scale.denominator)) - 1


def snapshot(table: str, facts: Sequence[Found], columns: Mapping[str, Column], also: Sequence[str]) -> str:
    """SQL of the population as whole numbers with reason codes, and the columns to carry along."""
    picks = [f"{column_name(name)} AS {column_name('k ' + name)}" for name in also]
    for found in facts:
        column = columns[found.fact]
        filler = {NUMBER: "0", DATE: "0", BOOLEAN: "FALSE", TEXT: "''"}[found.kind]
        value = value_sql(found)
        picks.append(f"{value if column.always else f'COALESCE({value}, {filler})'} AS {column.v}")
        if not column.always:
            picks.append(f"{_reason(found)} AS {column.r}")
    return f"SELECT {', '.join(picks) or '0 AS k0'} FROM ({table}) AS p"  # noqa: S608


def _reason(found: Found) -> str:
    name = column_name(found.column)
    if not found.reason_column:
        return f"CASE WHEN {name} IS NULL THEN 1 ELSE 0 END"
    word = column_name(found.reason_column)
    return (
        f"CASE WHEN {word} = 'ok' AND {name} IS NOT NULL THEN 0 "
        f"WHEN {word} = 'unknown' OR {word} LIKE 'unknown:%' THEN 4 "
        f"WHEN {name} IS NULL OR {word} = 'absent' THEN 1 ELSE 0 END"
    )


def finishing(result: Compiled, also: Sequence[str]) -> str:
    """SQL of the columns to hand over: exact values and reason words."""
    picks = [f"{column_name('k ' + name)} AS {column_name(name)}" for name in also]
    for name, value in result.outputs.items():
        picks.append(f"{_finished(value)} AS {column_name(name)}")
        picks.append(f"{_words(value.r, result.reasons)} AS {column_name(name + REASON)}")
    return ", ".join(picks)


def _finished(value: Sql) -> str:
    text = _exact(value)
    if value.kind == DATE:
        text = f"DATE '1970-01-01' + CAST({value.v} AS INTEGER)"
    if value.r.isdigit():
        return text if value.r == "0" else f"CAST(NULL AS {_stored(value)})"
    return f"CASE WHEN {value.r} = 0 THEN {text} END"


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


def _words(code: str, reasons: Sequence[str]) -> str:
    if code.isdigit():
        return quoted(reasons[int(code)])
    can = codes(code)
    cases = " ".join(f"WHEN {n} THEN {quoted(word)}" for n, word in enumerate(reasons) if can is None or n in can)
    return f"CASE {code} {cases} END"
