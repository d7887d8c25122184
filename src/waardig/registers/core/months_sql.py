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
    """Stages: the spells of a household, its runs of equal months, the parts of spells in them, a row a run."""
    window = months_back(as_of, count)
    first, end = f"DATE '{window[0].isoformat()}'", f"DATE '{month_start(as_of).isoformat()}'"
    origin = window[0].year * 12 + window[0].month - 1
    listed = ", ".join(_text(a) for a in bound.attributes)
    month = "CAST(year({day}) * 12 + month({day}) - 1 - " + str(origin) + " AS INTEGER)"
    begin = f"greatest(coalesce(f.since, {first}), {first})"
    last = f"least(coalesce(f.until, {end} - INTERVAL 1 DAY), {end} - INTERVAL 1 DAY)::DATE"
    persons = " UNION ALL ".join(
        f"SELECT h, {n} AS n, {place} AS p FROM household WHERE {n} IS NOT NULL"  # noqa: S608
        for place, n in enumerate(_people(bound))
    )
    spells = (
        f"SELECT *, {_taken(bound)} AS taken, {month.format(day='since')} AS a,"  # noqa: S608
        f" {month.format(day='until')} AS b FROM ("
        f"SELECT p.h, p.p, f.attribute, f.value, f.doubt, {begin} AS since, {last} AS until"
        f" FROM ({persons}) AS p JOIN fact AS f ON f.n = p.n"
        f" WHERE f.attribute IN ({listed}) AND coalesce(f.since, {first}) < {end}"
        f" AND coalesce(f.until, {first}) >= {first})"
    )
    return [
        f"{name}t AS MATERIALIZED ({spells})", f"{name}r AS ({_runs(name)})", f"{name}s AS ({_parts(name, origin)})",
        f"{name}m AS ({_months(name, bound)})",
    ]  # fmt: skip


def _runs(name: str) -> str:
    """One row a run of equal months of a household: its first month and how many there are."""
    whole, ends = "day(since) = 1", "until = last_day(until)"  # a month in part is a run of its own
    changes = (
        f"CASE WHEN {whole} AND {ends} THEN [a, b + 1] WHEN {whole} THEN [a, b, b + 1]"
        f" WHEN {ends} THEN [a, a + 1, b + 1] ELSE [a, a + 1, b, b + 1] END"
    )
    return (
        f"SELECT h, i, CAST(lead(i) OVER (PARTITION BY h ORDER BY i) - i AS INTEGER) AS w"  # noqa: S608
        f" FROM (SELECT DISTINCT h, unnest({changes}) AS i FROM {name}t)"
    )


def _people(bound: InputBinding) -> tuple[str, ...]:
    return {"person": ("first",), "partner": ("partner",), "both": ("first", "partner")}[bound.of]


def _parts(name: str, origin: int) -> str:
    """One row a spell and run: how many days of the month it covers (of each of them, when there are more)."""
    month = f"make_date((({origin} + i) // 12)::BIGINT, (({origin} + i) % 12 + 1)::BIGINT, 1)"
    return (
        f"SELECT h, p, attribute, taken, doubt, i, w, day(last_day(m)) AS length,"  # noqa: S608
        f" date_diff('day', greatest(since, m), least(until, last_day(m))) + 1 AS days"
        f" FROM (SELECT t.*, r.i, r.w, {month} AS m FROM {name}t AS t"
        f" JOIN {name}r AS r ON r.h = t.h AND r.i >= t.a AND r.i <= t.b)"
    )


def _months(name: str, bound: InputBinding) -> str:
    """One row a household and run: the joint amount, how many persons it is covered for and counts for, doubt, odd."""
    people, attributes = range(len(_people(bound))), list(dict.fromkeys(bound.attributes))
    part = "CASE WHEN taken THEN days ELSE 0 END" if _counting(bound) else _amount()
    sums = "".join(
        f", sum(days) FILTER ({_of(p, a)}) AS days{p}_{k}, sum({part}) FILTER ({_of(p, a)}) AS part{p}_{k}"
        for p in people
        for k, a in enumerate(attributes)
    )
    totals = [" + ".join(f"coalesce(part{p}_{k}, 0)" for p in people) for k in range(len(attributes))]
    joint = f"greatest({', '.join(totals)})" if bound.within_month == "max" else " + ".join(totals)
    said = [_said(bound, p, len(attributes)) for p in people]
    covered, counting = (" + ".join(f"CAST({one[n]} AS INTEGER)" for one in said) for n in (0, 1))
    return (
        f"SELECT h, w, {joint} AS amount, doubt, {covered} AS covered, {counting} AS counting,"  # noqa: S608
        f" {' OR '.join(one[2] for one in said)} AS odd, i FROM ("
        f"SELECT h, i, max(w) AS w, max(length) AS length, bool_or(doubt) AS doubt{sums} FROM {name}s GROUP BY h, i)"
    )


def _of(person: int, attribute: str) -> str:
    return f"p = {person} AND attribute = {_text(attribute)}"


def _said(bound: InputBinding, person: int, attributes: int) -> tuple[str, str, str]:
    """Of a person in a run: does one attribute cover it, does it count, and may only several together say so (odd)."""
    alone, together = _at_least(f"days{person}", attributes)
    if not _counting(bound):
        return alone, together, f"({together} AND NOT {alone})"
    counts_alone, counts = _at_least(f"part{person}", attributes)
    return alone, counts, f"({together} AND NOT {alone}) OR ({counts} AND NOT {counts_alone})"


def _at_least(what: str, attributes: int) -> tuple[str, str]:
    """One attribute alone has the days of the month, and all of them together."""
    columns = [f"coalesce({what}_{k}, 0)" for k in range(attributes)]
    return f"(greatest({', '.join(columns)}) >= length)", f"({' + '.join(columns)} >= length)"


def _counting(bound: InputBinding) -> bool:
    """Months are counted that hold certain values, so their amounts are not asked."""
    return bound.aggregate == "count" and bool(bound.equals)


def _taken(bound: InputBinding) -> str:
    """What a spell adds: whether its value counts, or its amount; what is no whole number adds nothing."""
    if _counting(bound):
        return f"value IN ({', '.join(_text(json.dumps(one, ensure_ascii=False)) for one in bound.equals)})"
    return "coalesce(CASE WHEN regexp_full_match(value, '-?[0-9]{1,15}') THEN CAST(value AS BIGINT) END, 0)"


def _amount() -> str:
    """The part of a month's amount, to the cent, half upwards."""
    return f"CASE WHEN days = length THEN taken ELSE {floored('2 * taken * days + length', '2 * length')} END"


def floored(top: str, bottom: str) -> str:
    """A quotient rounded down, also below zero; `bottom` is positive."""
    return f"(CASE WHEN ({top}) < 0 THEN -((-({top}) + ({bottom}) - 1) // ({bottom})) ELSE ({top}) // ({bottom}) END)"


def _answer(name: str, bound: InputBinding, count: int) -> str:
    """Code and amount of one input over the months of its group."""
    many = " + ".join(f"CAST({n} IS NOT NULL AS INTEGER)" for n in _people(bound))
    persons = f"(SELECT h, {many} AS persons FROM household)"  # noqa: S608
    if bound.aggregate == "count":
        amount = "coalesce(sum(w) FILTER (counting = persons), 0)"
    else:
        amount = _totals(bound.aggregate, count)
    unknown = "bool_or(doubt)"
    if bound.missing_month == "unknown":
        unknown += f" OR coalesce(sum(w * covered), 0) < any_value(persons) * {count}"
    # Without one spell in the window nothing is known, unless no month is missing, which cannot be.
    return (
        f"SELECT h, CASE WHEN {unknown} THEN 2 ELSE 0 END AS code, {amount} AS amount, bool_or(odd) AS odd"  # noqa: S608
        f" FROM {name}m JOIN {persons} USING (h) GROUP BY h"
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
