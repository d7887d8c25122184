"""From register facts to the facts a law asks, for many households at once: SQL of the same rules as `binding.py`.

Pure: text in, text out. What SQL cannot say exactly is refused (`NotInBulk`), or the household is marked `odd` and
bound one by one. A test holds both executors equal on random households.

Tables that the SQL reads:
    fact(n, attribute, value, since, until, doubt)   value is JSON text, days are dates, an open end is NULL
    household(h, first, partner, state)              n of both; partner only when state is 'present' (see `binding.py`)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waardig.kernel.errors import Refusal
from waardig.law.terms import ABSENT
from waardig.registers.core.binding_terms import Binding, InputBinding
from waardig.registers.core.declaration import Declarations, Kind
from waardig.registers.core.months_sql import months_sql

OK_CODE, ABSENT_CODE, UNKNOWN_CODE = 0, 1, 2
_WORDS = "CASE {code} WHEN 0 THEN 'ok' WHEN 1 THEN 'absent' ELSE 'unknown' END"
_COMPLETE = "regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') AND TRY_CAST({text} AS DATE) IS NOT NULL"
_KINDS = {Kind.BOOLEAN: "boolean", Kind.EUROCENT: "number", Kind.NUMBER: "number", Kind.DATE: "date"}
_JOINTS = {"sum": "{a} + {b}", "max": "greatest({a}, {b})", "min": "least({a}, {b})", "latest": "greatest({a}, {b})",
           "any": "({a} OR {b})", "all": "({a} AND {b})"}  # fmt: skip


class NotInBulk(Refusal):
    """An input that SQL does not bind exactly; the households are bound one by one."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            code="not_in_bulk",
            text_nl=f"{name} kan niet voor veel mensen tegelijk worden bepaald.",
            text_en=f"The input {name} is not bound in bulk: {why}.",
            remedy="Nothing to do: it is computed household by household, which is slower.",
        )


@dataclass(frozen=True)
class Bulk:
    """The SQL of a binding.

    Attributes:
        select: one row a household: h, per input NAME and NAME__reason (ok, absent, unknown), and odd.
        kinds: number, boolean, text or date, by input.
    """

    select: str
    kinds: Mapping[str, str]


@dataclass(frozen=True)
class _Column:
    """SQL of one answer: reason code, value, and whether it must be bound one by one."""

    code: str
    value: str
    odd: str
    kind: str


def bulk(
    binding: Binding,
    known: Declarations,
    inputs: Sequence[str],
    *,
    as_of: date,
    parameters: Mapping[str, object],
) -> Bulk:
    """The SQL that binds these inputs for every household of the tables.

    Raises:
        NotInBulk: an input takes something that SQL does not say exactly.
    """
    wanted = [binding.inputs[name] for name in inputs]
    current = _current(_now_attributes(wanted), as_of)
    months = months_sql([bound for bound in wanted if bound.take == "months"], as_of=as_of, parameters=parameters)
    columns = {bound.name: _column(bound, known, months.columns.get(bound.name)) for bound in wanted}
    picks = [f"{one.value} AS {_name(name)}, {_WORDS.format(code=one.code)} AS {_name(name + '__reason')}"
             for name, one in columns.items()]  # fmt: skip
    odd = " OR ".join(one.odd for one in columns.values() if one.odd != "FALSE") or "FALSE"
    joins = "".join(f" LEFT JOIN {table} ON {table}.h = household.h" for table in months.tables)
    with_ = ", ".join([f"now AS ({current})", *months.stages])
    select = (
        f"WITH {with_} SELECT household.h, {', '.join(picks)}, coalesce({odd}, FALSE) AS odd FROM household"  # noqa: S608
        f" LEFT JOIN now AS p ON p.n = household.first LEFT JOIN now AS q ON q.n = household.partner{joins}"
    )
    return Bulk(select, {name: one.kind for name, one in columns.items()})


def _now_attributes(wanted: Sequence[InputBinding]) -> list[str]:
    found = dict.fromkeys(a for bound in wanted if bound.take != "months" for a in bound.attributes)
    return list(found | dict.fromkeys(a for bound in wanted for a in bound.doubted_by))


def _current(attributes: Sequence[str], as_of: date) -> str:
    """One row a person: the value that holds on the day, of several the one that began last, and its doubt."""
    day = f"DATE '{as_of.isoformat()}'"
    began = "coalesce(since, DATE '0001-01-01')"
    picks = "".join(
        f", arg_max(value, {began}) FILTER (attribute = {text(a)}) AS {_name('v ' + a)}"
        f", arg_max(doubt, {began}) FILTER (attribute = {text(a)}) AS {_name('d ' + a)}"
        for a in attributes
    )
    return (
        f"SELECT n{picks} FROM fact WHERE (since IS NULL OR since <= {day})"  # noqa: S608
        f" AND (until IS NULL OR until >= {day}) GROUP BY n"
    )


def _column(bound: InputBinding, known: Declarations, months: str | None) -> _Column:
    column = _months(months) if months is not None else _joined(bound, known)
    state = "household.state"
    code = column.code
    if bound.of != "person":
        code = f"CASE WHEN {state} IN ('unknown', 'unread') THEN {UNKNOWN_CODE} ELSE {code} END"
    if bound.of == "partner":
        code = f"CASE WHEN {state} = 'none' THEN {ABSENT_CODE} ELSE {code} END"
    doubts = list(_doubts(bound))
    if doubts:
        code = f"CASE WHEN {' OR '.join(doubts)} THEN {UNKNOWN_CODE} ELSE {code} END"
    value = f"CASE WHEN ({code}) = {OK_CODE} THEN {column.value} END"
    return _Column(code, value, column.odd, column.kind)


def _doubts(bound: InputBinding) -> Iterator[str]:
    for person in _people(bound):
        for attribute in bound.doubted_by:
            value, doubt = _name("v " + attribute), _name("d " + attribute)
            yield f"coalesce({person}.{doubt} OR {person}.{value} = 'true', FALSE)"


def _people(bound: InputBinding) -> tuple[str, ...]:
    """The aliases of the persons whose facts count; `q` finds nothing where no partner was read."""
    return {"person": ("p",), "partner": ("q",), "both": ("p", "q")}[bound.of]


def _months(name: str) -> _Column:
    return _Column(f"coalesce({name}.code, {UNKNOWN_CODE})", f"{name}.amount", f"coalesce({name}.odd, FALSE)", "number")


def _joined(bound: InputBinding, known: Declarations) -> _Column:
    people = [_one(bound, known, person) for person in _people(bound)]
    if len(people) == 1:
        return people[0]
    a, b = people
    if bound.joint not in _JOINTS:
        raise NotInBulk(bound.name, f"two values joined by {bound.joint}")
    present = "household.state = 'present'"
    both = _JOINTS[bound.joint].format(a=a.value, b=b.value)
    code = (
        f"CASE WHEN ({a.code}) = 2 OR ({present} AND ({b.code}) = 2) THEN 2"
        f" WHEN ({a.code}) = 0 OR ({present} AND ({b.code}) = 0) THEN 0 ELSE 1 END"
    )
    value = (
        f"CASE WHEN ({a.code}) = 0 AND {present} AND ({b.code}) = 0 THEN {both}"
        f" WHEN ({a.code}) = 0 THEN {a.value} ELSE {b.value} END"
    )
    return _Column(code, value, f"({a.odd} OR ({present} AND {b.odd}))", a.kind)


def _one(bound: InputBinding, known: Declarations, person: str) -> _Column:
    """One person's answer, from the value and the doubt of the attribute."""
    attribute = known.attribute(bound.attributes[0])
    stored, doubt = f"{person}.{_name('v ' + attribute.id)}", f"{person}.{_name('d ' + attribute.id)}"
    missing = ABSENT_CODE if bound.missing == ABSENT else UNKNOWN_CODE
    if bound.take == "exists":
        gone = OK_CODE if missing == ABSENT_CODE else UNKNOWN_CODE
        code = f"CASE WHEN {stored} IS NULL THEN {gone} WHEN {doubt} THEN 2 ELSE 0 END"
        return _Column(code, f"coalesce({stored} <> 'null', FALSE)", "FALSE", "boolean")
    if bound.take != "current":
        raise NotInBulk(bound.name, f"take: {bound.take}")
    raw, kind = stored, _KINDS.get(attribute.kind, "text")
    if bound.record_field is not None:
        raw = f"coalesce(json_extract({stored}, {text('$.' + bound.record_field)})::VARCHAR, 'null')"
        kind = _KINDS.get(attribute.fields[bound.record_field].kind, "text")
    elif attribute.kind in (Kind.RECORD, Kind.LIST, Kind.DOCUMENT):
        raise NotInBulk(bound.name, f"{attribute.id} is a {attribute.kind.value}")
    plain = _plain(bound, raw, kind)
    code = (
        f"CASE WHEN {stored} IS NULL THEN {missing} WHEN {doubt} THEN 2"
        f" WHEN {raw} = 'null' THEN 1 ELSE {plain.code} END"
    )
    odd = f"({stored} IS NOT NULL AND {raw} <> 'null' AND ({plain.odd}))" if plain.odd != "FALSE" else "FALSE"
    return _Column(code, plain.value, odd, plain.kind)


def _plain(bound: InputBinding, raw: str, kind: str) -> _Column:
    """A value that is there: mapped, compared or as it is; what has another form than declared is odd."""
    if bound.codes:
        return _coded(bound, raw, kind)
    if bound.equals:
        fitting = ", ".join(text(json.dumps(one, ensure_ascii=False)) for one in bound.equals)
        return _Column("0", f"({raw} IN ({fitting}))", "FALSE", "boolean")
    value, odd = _typed(raw, kind)
    if bound.ages or bound.unit == "date":
        spoken = f"json_extract_string({raw}, '$')"
        whole = _COMPLETE.format(text=spoken)
        odd = f"NOT coalesce({whole}, FALSE)"
        return _Column("0", spoken, odd, "date")
    return _Column("0", value, odd, kind)


def _coded(bound: InputBinding, raw: str, kind: str) -> _Column:
    kinds = {type(one) for one in bound.codes.values()}
    if kind not in ("text", "number") or len(kinds) != 1 or not kinds <= {str, bool, int}:
        raise NotInBulk(bound.name, "codes of more than one form")
    spoken = f"json_extract_string({raw}, '$')"
    value = " ".join(f"WHEN {text(code)} THEN {_literal(meant)}" for code, meant in bound.codes.items())
    listed = ", ".join(text(code) for code in bound.codes)
    to = {str: "text", bool: "boolean", int: "number"}[kinds.pop()]
    return _Column(f"CASE WHEN {spoken} IN ({listed}) THEN 0 ELSE 2 END", f"CASE {spoken} {value} END", "FALSE", to)


def _typed(raw: str, kind: str) -> tuple[str, str]:
    if kind == "number":
        return f"TRY_CAST({raw} AS BIGINT)", f"NOT regexp_full_match({raw}, '-?[0-9]{{1,15}}')"
    if kind == "boolean":
        return f"({raw} = 'true')", f"{raw} NOT IN ('true', 'false')"
    return f"json_extract_string({raw}, '$')", f"NOT starts_with({raw}, '\"')"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int) else text(str(value))


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
