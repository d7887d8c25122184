"""Months of many households at once: SQL of the same rules as `months.py`.

Inputs over the same attributes, persons and window share one stage. A month that only spells of two attributes together
may cover is left to the exact rule: the household is odd.

Months are taken together in runs: from one change of a spell of the household to the next every month is the same. A
month that a spell covers in part is a run of its own; in a longer run the length of a month does not matter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waardig.kernel.period import month_start, months_back
from waardig.registers.core.binding_terms import InputBinding

_AGGREGATES = ("max", "min", "sum", "mean", "latest", "count")


@dataclass(frozen=True)
class MonthsSql:
    """Stages (`name AS (..)`) in order, the last table of each group, and the table that answers each input.

    A table has one row a household: h, code (0 ok, 2 unknown), amount, odd.
    """

    stages: tuple[str, ...]
    tables: tuple[str, ...]
    columns: Mapping[str, str]


def months_sql(wanted: Sequence[InputBinding], *, as_of: date, parameters: Mapping[str, object]) -> MonthsSql:
    """The stages that answer these inputs; each takes calendar months."""
    stages: list[str] = []
    tables: list[str] = []
    columns: dict[str, str] = {}
    groups: dict[tuple[object, ...], str] = {}
    for bound in wanted:
        count = _window(bound, parameters)
        counting = bound.equals if bound.aggregate == "count" else ()
        key = (bound.attributes, bound.of, count, counting, bound.within_month)
        if key not in groups:
            groups[key] = f"months{len(groups)}"
            stages += _group(groups[key], bound, count, as_of)
        table = f"{groups[key]}_{len(tables)}"
        stages.append(f"{table} AS ({_answer(groups[key], bound, count)})")
        tables.append(table)
        columns[bound.name] = table
    return MonthsSql(tuple(stages), tuple(tables), columns)


def _window(bound: InputBinding, parameters: Mapping[str, object]) -> int:
    value = bound.window if isinstance(bound.window, int) else parameters[str(bound.window)]
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"the window {bound.window} of {bound.name} must be a whole number of months, at least 1")
    return value


def _group(name: str, bound: InputBinding, count: int, as_of: date) -> list[str]:
    """Stages: the persons, the parts of spells in months, the months, and the sums of a household."""
    window = months_back(as_of, count)
    first, end = f"DATE '{window[0].isoformat()}'", f"DATE '{month_start(as_of).isoformat()}'"
    origin = window[0].year * 12 + window[0].month - 1
    listed = ", ".join(_text(a) for a in bound.attributes)
    place = "(year({day}) * 12 + month({day}) - 1 - " + str(origin) + ")"
    begin = f"greatest(coalesce(f.since, {first}), {first})"
    last = f"least(coalesce(f.until, {end} - INTERVAL 1 DAY), {end} - INTERVAL 1 DAY)::DATE"
    persons = " UNION ALL ".join(f"SELECT h, {n} AS n FROM household WHERE {n} IS NOT NULL" for n in _people(bound))  # noqa: S608
    spells = (
        f"SELECT *, {place.format(day='since')} AS a, {place.format(day='until')} AS b FROM ("  # noqa: S608
        f"SELECT p.h, p.n, f.attribute, f.value, f.doubt, {begin} AS since, {last} AS until"
        f" FROM {name}p AS p JOIN fact AS f ON f.n = p.n"
        f" WHERE f.attribute IN ({listed}) AND coalesce(f.since, {first}) < {end}"
        f" AND coalesce(f.until, {first}) >= {first})"
    )
    parts = f"SELECT t.*, r.i, r.w FROM {name}t AS t JOIN {name}r AS r ON r.h = t.h AND r.i >= t.a AND r.i <= t.b"  # noqa: S608
    return [
        f"{name}p AS ({persons})", f"{name}t AS MATERIALIZED ({spells})", f"{name}r AS ({_runs(name)})",
        f"{name}s AS ({parts})",
        *_months(name, bound, origin),
    ]  # fmt: skip


def _runs(name: str) -> str:
    """One row a run of equal months of a household: its first month and how many there are."""
    changes = (
        "a, CASE WHEN day(since) = 1 THEN a ELSE a + 1 END,"
        " CASE WHEN until = last_day(until) THEN b + 1 ELSE b END, b + 1"
    )
    return (
        f"SELECT h, i, lead(i) OVER (PARTITION BY h ORDER BY i) - i AS w"  # noqa: S608
        f" FROM (SELECT DISTINCT h, unnest([{changes}]) AS i FROM {name}t)"
    )


def _people(bound: InputBinding) -> tuple[str, ...]:
    return {"person": ("first",), "partner": ("partner",), "both": ("first", "partner")}[bound.of]


def _months(name: str, bound: InputBinding, origin: int) -> list[str]:
    month = f"make_date((({origin} + i) // 12)::BIGINT, (({origin} + i) % 12 + 1)::BIGINT, 1)"
    days = (
        f"SELECT h, n, attribute, value, doubt, i, w, {month} AS m, day(last_day({month})) AS length,"  # noqa: S608
        f" date_diff('day', greatest(since, {month}), least(until, last_day({month}))) + 1 AS days FROM {name}s"
    )
    amount = _amount()
    fits = _fits(bound)
    by_attribute = (
        f"SELECT h, n, i, attribute, any_value(w) AS w, any_value(length) AS length, sum(days) AS days,"  # noqa: S608
        f" sum({amount}) AS amount, coalesce(sum(days) FILTER ({fits}), 0) AS fitting, bool_or(doubt) AS doubt"
        f" FROM {name}d GROUP BY h, n, i, attribute"
    )
    by_person = (
        f"SELECT h, n, i, any_value(w) AS w, max(days) >= any_value(length) AS covered,"  # noqa: S608
        f" sum(days) >= any_value(length) AS perhaps,"
        f" sum(fitting) >= any_value(length) AS counts, max(fitting) >= any_value(length) AS surely,"
        f" bool_or(doubt) AS doubt FROM {name}a GROUP BY h, n, i"
    )
    totals = ", ".join(
        f"coalesce(sum(amount) FILTER (attribute = {_text(a)}), 0)" for a in dict.fromkeys(bound.attributes)
    )
    many = len(set(bound.attributes)) > 1
    joint = (f"greatest({totals})" if bound.within_month == "max" else "sum(amount)") if many else "sum(amount)"
    by_month = f"SELECT h, i, any_value(w) AS w, {joint} AS amount FROM {name}a GROUP BY h, i"  # noqa: S608
    return [
        f"{name}d AS ({days})", f"{name}a AS ({by_attribute})", f"{name}n AS ({by_person})", f"{name}m AS ({by_month})",
        f"{name}c AS ({_covered(name)})",
    ]  # fmt: skip


def _amount() -> str:
    """The part of a month's amount, to the cent, half upwards; other values than whole numbers are nothing."""
    whole = "coalesce(CASE WHEN regexp_full_match(value, '-?[0-9]{1,15}') THEN CAST(value AS BIGINT) END, 0)"
    return f"CASE WHEN days = length THEN {whole} ELSE {floored(f'2 * {whole} * days + length', '2 * length')} END"


def floored(top: str, bottom: str) -> str:
    """A quotient rounded down, also below zero; `bottom` is positive."""
    return f"(CASE WHEN ({top}) < 0 THEN -((-({top}) + ({bottom}) - 1) // ({bottom})) ELSE ({top}) // ({bottom}) END)"


def _fits(bound: InputBinding) -> str:
    if bound.aggregate != "count" or not bound.equals:
        return "TRUE"
    return f"value IN ({', '.join(_text(json.dumps(one, ensure_ascii=False)) for one in bound.equals)})"


def _covered(name: str) -> str:
    """One row a household: pairs of person and month that are covered, and doubt."""
    return (
        f"SELECT h, coalesce(sum(w) FILTER (covered), 0) AS covered, bool_or(doubt) AS doubt,"  # noqa: S608
        f" bool_or(perhaps AND NOT covered) OR bool_or(counts AND NOT surely) AS odd FROM {name}n GROUP BY h"
    )


def _answer(name: str, bound: InputBinding, count: int) -> str:
    """Code and amount of one input over the months of its group."""
    persons = f"(SELECT h, count(*) AS persons FROM {name}p GROUP BY h)"  # noqa: S608
    if bound.aggregate == "count":
        counted = (
            f"(SELECT h, sum(w) AS amount FROM (SELECT v.h, v.i, any_value(v.w) AS w FROM {name}n AS v"  # noqa: S608
            f" JOIN {persons} AS k USING (h) GROUP BY v.h, v.i"
            " HAVING count(*) FILTER (v.counts) = any_value(k.persons)) GROUP BY h)"
        )
        values, amount = counted, "coalesce(v.amount, 0)"
    else:
        values = f"(SELECT h, {_totals(bound.aggregate, count)} AS amount FROM {name}m GROUP BY h)"  # noqa: S608
        amount = "v.amount"
    missing = f"c.covered < k.persons * {count}"
    unknown = f"c.doubt OR c.h IS NULL{f' OR {missing}' if bound.missing_month == 'unknown' else ''}"
    # Without one spell in the window nothing is known, unless no month is missing, which cannot be.
    return (
        f"SELECT k.h, CASE WHEN {unknown} THEN 2 ELSE 0 END AS code, {amount} AS amount,"  # noqa: S608
        f" coalesce(c.odd, FALSE) AS odd FROM {persons} AS k LEFT JOIN {name}c AS c USING (h)"
        f" LEFT JOIN {values} AS v USING (h)"
    )


def _totals(aggregate: str, count: int) -> str:
    """The aggregate over all months (`w` in a run); a month without a spell is zero."""
    zero = f"sum(w) < {count}"
    if aggregate in ("max", "min"):
        edge = "greatest" if aggregate == "max" else "least"
        return f"CASE WHEN {zero} THEN {edge}({aggregate}(amount), 0) ELSE {aggregate}(amount) END"
    if aggregate == "sum":
        return "sum(amount * w)"
    if aggregate == "latest":
        return f"coalesce(max(amount) FILTER (i + w = {count}), 0)"
    return floored(f"2 * sum(amount * w) + {count}", f"{2 * count}")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
