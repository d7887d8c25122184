"""Households and safeguards of many people at once: SQL of the same rules as `household.py`; pure.

Reads `person(n, id)` and `fact(n, attribute, value, since, until, doubt)` of a snapshot of the registers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from waardig.proposals.core.household import ADMINISTRATOR, PARTNER
from waardig.proposals.terms import Excluded


def people_sql(deciding: Collection[str], on: date) -> str:
    """One row a person: marks of the safeguards, who helps, and the partner whom the administration names."""
    day = f"DATE '{on.isoformat()}'"
    now = f"((since IS NULL OR since <= {day}) AND (until IS NULL OR until >= {day}))"
    began = "coalesce(since, DATE '0001-01-01')"
    listed = ", ".join(_text(attribute) for attribute in sorted(deciding)) or "''"

    def newest(attribute: str, value: str = "value") -> str:
        return f"arg_max({value}, {began}) FILTER (attribute = {_text(attribute)} AND {now})"

    marks = (
        f"SELECT n, bool_or(attribute = 'brp.overlijdensdatum' AND value <> 'null') AS died,"  # noqa: S608
        f" bool_or((attribute = 'brp.in_onderzoek' AND value = 'true' AND (until IS NULL OR until >= {day}))"
        f" OR (doubt AND attribute IN ({listed}))) AS doubted,"
        f" bool_or(attribute = 'brp.curatele' AND value = 'true') AS guarded,"
        f" bool_or(attribute = 'brp.geheimhouding' AND value = 'true') AS secret,"
        f" coalesce({newest(ADMINISTRATOR)} <> 'null', FALSE) AS helped,"
        f" {newest(PARTNER)} AS link, {newest(PARTNER, 'doubt')} AS unsure FROM fact GROUP BY n"
    )
    return (
        "SELECT p.n, p.id, coalesce(m.died, FALSE) AS died, coalesce(m.doubted, FALSE) AS doubted,"  # noqa: S608
        " coalesce(m.guarded, FALSE) AS guarded, coalesce(m.secret, FALSE) AS secret,"
        " coalesce(m.helped, FALSE) AS helped, m.link, m.unsure,"
        " TRY_CAST(CASE WHEN starts_with(m.link, '{') THEN json_extract_string(m.link, '$.person') END AS UUID)"
        " AS partner"
        f" FROM person AS p LEFT JOIN ({marks}) AS m USING (n)"
    )


def households_sql() -> str:
    """One row a household from the table `people`: members, the partner's state, what takes it out, whether it is odd.

    Of a couple the person with the lowest id comes first. Odd: somebody stands in two households (two people who do not
    name each other); those are judged one by one, in the fixed order.
    """
    pair = "least(p.id, coalesce(p.partner, p.id)), greatest(p.id, coalesce(p.partner, p.id))"
    first = f"SELECT p.*, row_number() OVER (PARTITION BY {pair} ORDER BY p.id) AS place FROM people AS p"  # noqa: S608
    rows = (
        f"SELECT f.n AS first, f.id AS first_id, f.partner AS partner_id, q.n AS partner, f.helped, f.link, f.unsure,"  # noqa: S608
        f" f.died OR coalesce(q.died, FALSE) AS died, f.doubted OR coalesce(q.doubted, FALSE) AS doubted,"
        f" f.guarded OR coalesce(q.guarded, FALSE) AS guarded, f.secret OR coalesce(q.secret, FALSE) AS secret"
        f" FROM ({first}) AS f LEFT JOIN people AS q ON q.id = f.partner AND q.id <> f.id WHERE f.place = 1"
    )
    often = (
        "SELECT n FROM (SELECT first AS n FROM pairs UNION ALL SELECT partner FROM pairs WHERE partner IS NOT NULL)"
        " GROUP BY n HAVING count(*) > 1"
    )
    state = (
        "CASE WHEN link IS NULL OR unsure THEN 'unknown' WHEN link = 'null' THEN 'none'"
        " WHEN partner IS NOT NULL THEN 'present' ELSE 'unread' END"
    )
    out = (
        f"CASE WHEN died THEN '{Excluded.DECEASED}'"
        f" WHEN partner_id IS NOT NULL AND partner IS NULL THEN '{Excluded.PARTNER_OPTED_OUT}'"
        f" WHEN doubted THEN '{Excluded.UNDER_INVESTIGATION}'"
        f" WHEN guarded THEN '{Excluded.UNDER_GUARDIANSHIP}' WHEN secret THEN '{Excluded.SECRET_ADDRESS}' ELSE '' END"
    )
    return (
        f"WITH pairs AS ({rows}), often AS ({often})"  # noqa: S608
        f" SELECT CAST(row_number() OVER (ORDER BY first_id) AS INTEGER) AS h, first, first_id, partner_id,"
        f" partner AS partner_n, CASE WHEN {state} = 'present' THEN partner END AS partner, {state} AS state, helped,"
        f" {out} AS excluded,"
        f" first IN (SELECT n FROM often) OR coalesce(partner IN (SELECT n FROM often), FALSE) AS odd FROM pairs"
    )


def assumed_sql(bound: str, kinds: Collection[str], assume: Mapping[str, object]) -> str:
    """The bound inputs with what a proposal assumes in favour in place of what is unknown, and which (`assumed`)."""
    taken = [name for name in assume if name in kinds]
    replaced = "".join(
        f", CASE WHEN {_reason(n)} = 'unknown' THEN {_literal(assume[n])} ELSE {_name(n)} END AS {_name(n)},"
        f" CASE WHEN {_reason(n)} = 'unknown' THEN 'ok' ELSE {_reason(n)} END AS {_reason(n)}"
        for n in taken
    )
    added = "".join(f", {_literal(assume[n])} AS {_name(n)}, 'ok' AS {_reason(n)}" for n in assume if n not in kinds)
    names = ", ".join(
        f"CASE WHEN {_reason(n)} = 'unknown' THEN {_text(n)} END" if n in kinds else _text(n) for n in assume
    )
    dropped = ", ".join(f"{_name(n)}, {_reason(n)}" for n in taken)
    keep = f"* EXCLUDE ({dropped})" if dropped else "*"
    said = f"concat_ws(',', {names})" if names else "''"
    return f"SELECT {keep}{replaced}{added}, {said} AS assumed FROM ({bound})"  # noqa: S608


def verdict_sql(said: str, entitlement: str, amount: str, conditions: Sequence[str]) -> str:
    """One row a household: verdict (qualifies, not, unknown), its reasons as the round keeps them, and the amount."""
    right, sum_ = _name(entitlement), _name(amount)
    right_is, sum_is = _reason(entitlement), _reason(amount)
    failed = ", ".join(f"CASE WHEN NOT {_name(c)} THEN {_text(c)} END" for c in conditions) or "NULL"
    asked = ", ".join(_reason(name) for name in (entitlement, amount, *conditions))
    return (
        f"SELECT h, assumed, {sum_} AS amount, CASE WHEN {right_is} = 'ok' AND NOT {right} THEN 'not'"  # noqa: S608
        f" WHEN {right_is} = 'ok' AND {right} AND {sum_is} = 'ok' AND {sum_} <> 0 THEN 'qualifies' ELSE 'unknown' END"
        f" AS verdict, coalesce(nullif(concat_ws(',', {failed}), ''), {_text(entitlement)}) AS failed,"
        f" [{asked}] AS asked FROM ({said})"
    )


def _reason(name: str) -> str:
    return _name(f"{name}__reason")


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int) else _text(str(value))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
