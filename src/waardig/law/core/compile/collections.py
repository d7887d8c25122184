"""FOREACH in SQL: the program of one member is written out for each place that the data have.

A population holds a collection as columns: `kinderen[]` is the number of members and `kinderen[2].inkomen` a field of
the second (`adapters/spread.py` makes them from a list). So many members as the longest list has are written out, each
with the same operations, bounds and reasons as any other fact: a sum is proven to fit for all of them together.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from waardig.law.core.collection import field_called, parts_of, varying
from waardig.law.core.compile.base import Compiler
from waardig.law.core.compile.logic import chosen, joined
from waardig.law.core.compile.numbers import filled
from waardig.law.core.compile.reasons import FAILED, Branch
from waardig.law.core.graph import Node
from waardig.law.core.population import count_name, field_name
from waardig.law.core.sql import (
    ONE,
    R_ABSENT,
    Reason,
    Sql,
    all_of,
    any_of,
    case,
    common,
    held,
    negated,
    within,
    wrapped,
)
from waardig.law.core.types import BOOLEAN, NULL, NUMBER
from waardig.law.terms import ABSENT, unknown

MOST_IN_SQL = 24


def foreach(c: Compiler, node: Node) -> Sql:
    """The combination over all members."""
    if not node.members:
        raise c.refuse(node, f"FOREACH over '{node.name}', of which no members are declared")
    subject = node.args[0]
    if c.is_constant(subject):
        value = c.constant_run.value(subject)
        if value.bad:
            return c.literal(subject, value)
        if value.reason != ABSENT and value.value != ():
            raise c.refuse(node, f"'{node.name}' is a list that is the same for everybody")
        return _ended(c, node, None, [])
    name = _listed(c, node)
    count = c.fact(count_name(name), name)
    if count.hi > min(node.most, MOST_IN_SQL):
        raise c.refuse(node, f"'{node.name}' has {count.hi} members; SQL writes out at most {MOST_IN_SQL}")
    return _ended(c, node, count, [_member(c, node, count, number) for number in range(1, count.hi + 1)])


def _listed(c: Compiler, node: Node) -> str:
    """The fact under which the population holds the collection."""
    step = node.args[0]
    while True:
        if step.taint:
            raise c.refuse(node, f"'{step.name}' has parts that are not translated")
        if count_name(step.fact_name) in c.columns:
            return step.fact_name
        step = step.args[0]


class _Member:
    """One place of a collection: whether somebody stands there, whether they count, and for what."""

    def __init__(self, here: str, counts: Sql, value: Sql | None) -> None:
        self.here, self.counts, self.value = here, counts, value


def _member(c: Compiler, node: Node, count: Sql, number: int) -> _Member:
    """The parts of a FOREACH for the member on one place."""
    parts, differ = parts_of(node), varying(node)
    before = {index: c.memo.pop(index) for index in differ if index in c.memo}
    outer, c.number = c.number, number
    try:
        counts = c.settle(c.sql(parts["where"])) if "where" in parts else Sql(BOOLEAN, "TRUE")
        value = c.settle(c.sql(parts["value"])) if "value" in parts else None
    finally:
        c.number = outer
        for index in differ:
            c.memo.pop(index, None)
        c.memo |= before
    sure = count.sure and number <= count.lo
    here = "TRUE" if sure else c.keep(all_of(count.r.here, f"{count.v} >= {number}"))
    return _Member(here, counts, value)


def field(c: Compiler, node: Node) -> Sql:
    """A field of the member at hand: as it is given, else as a law computes it."""
    item = node.args[0]
    step = item.args[0]
    while count_name(step.fact_name) not in c.columns:
        step = step.args[0]
    name = field_name(step.fact_name, c.number, node.name)
    said = field_called(item, node.name)
    column = c.columns.get(name)
    if len(node.args) == 1:
        return c.fact(name, said) if column else Sql(NULL, "0", c.code(unknown(said)))
    if column is None or column.doubt == "FALSE":
        return c.fact(name, said) if column else c.sql(node.args[1])
    return chosen(c, node, [(Sql(BOOLEAN, column.doubt), c.sql(node.args[1]))], c.fact(name, said))


def _ended(c: Compiler, node: Node, count: Sql | None, members: list[_Member]) -> Sql:
    found = _whether(c, node, members) if node.combine in ("OR", "AND") else _number(c, node, members)
    if count is None or count.sure:
        return found
    return replace(found, r=c.why.first([(None, count.r)], found.r))


def _whether(c: Compiler, node: Node, members: list[_Member]) -> Sql:
    """OR and AND: who is not there settles nothing."""
    inner, neutral = ("AND", "FALSE") if node.combine == "OR" else ("OR", "TRUE")
    values = []
    for one in members:
        assert one.value is not None
        counts = one.counts
        if node.combine == "AND":
            counts = Sql(BOOLEAN, negated(counts.truthy), counts.r.without_absence)
        whole = c.settle(joined(c, inner, [c.settle(counts), one.value]))
        text = case([(negated(one.here), neutral)], whole.v)
        values.append(c.settle(Sql(BOOLEAN, text, whole.r.under(one.here))))
    return joined(c, node.combine, values)


def _number(c: Compiler, node: Node, members: list[_Member]) -> Sql:
    """COUNT, ADD, MIN and MAX: the first member in doubt decides that the whole is."""
    hits = [c.keep(all_of(one.here, one.counts.truthy)) for one in members]
    values = [one.value for one in members if one.value is not None]
    c.no_quotient(node, values)
    wrong = [value.kind not in (NUMBER, NULL) for value in values]
    reasons: list[Branch] = []
    for n, (one, hit) in enumerate(zip(members, hits, strict=True)):
        reasons.append((None, one.counts.r.under(one.here)))
        if one.value is not None:
            reasons.append((None, one.value.r.under(hit)))
            reasons.append((all_of(hit, "TRUE" if wrong[n] else one.value.r.absent), FAILED))
    if node.combine == "COUNT":
        text = " + ".join(_if(hit, "1", "0") for hit in hits) or "0"
        return Sql(NUMBER, text, c.why.first(reasons), lo=0, hi=len(hits))
    plain = [Sql(NULL, "0") if bad else value for bad, value in zip(wrong, values, strict=True)]
    same, scale = common([filled(value, NUMBER) for value in plain]) if plain else ([], ONE)
    if node.combine == "ADD":
        return _sum(same, hits, c.why.first(reasons), scale)
    nobody = negated(any_of(*hits))
    reason = c.why.first([*reasons, (nobody, Reason.always(R_ABSENT))])
    if not same:
        return Sql(NUMBER, "0", reason)
    picks = [f"CASE WHEN {hit} THEN {value.v} END" for value, hit in zip(same, hits, strict=True)]
    word = "LEAST" if node.combine == "MIN" else "GREATEST"
    text = picks[0] if len(picks) == 1 else f"{word}({', '.join(picks)})"
    lo, hi = min(0, *(value.lo for value in same)), max(0, *(value.hi for value in same))
    return Sql(NUMBER, f"COALESCE({text}, 0)", reason, scale, lo, hi)


def _sum(values: list[Sql], hits: list[str], reason: Reason, scale: Fraction) -> Sql:
    text = " + ".join(_if(hit, wrapped(value.v), "0") for value, hit in zip(values, hits, strict=True)) or "0"
    lo = sum(min(0, value.lo) for value in values)
    hi = sum(max(0, value.hi) for value in values)
    return held(Sql(NUMBER, text, reason, scale, *within(lo, hi)))


def _if(hit: str, yes: str, no: str) -> str:
    """A choice as 64 bits: engines give a small literal 32."""
    return f"CAST(CASE WHEN {hit} THEN {yes} ELSE {no} END AS BIGINT)"
