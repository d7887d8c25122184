"""Comparing, membership, AND, OR, NOT and IF with reasons that decide before values do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from waardig.law.core import values as v
from waardig.law.core.compile.base import COMPARISONS, ROUNDING, Compiler
from waardig.law.core.compile.numbers import filled
from waardig.law.core.compile.reasons import FAILED, Branch
from waardig.law.core.graph import Node
from waardig.law.core.sql import (
    ONE,
    R_ABSENT,
    SURE,
    Overflow,
    Reason,
    Sql,
    all_of,
    any_of,
    case,
    common,
    conjuncts,
    joined_neighbours,
    negated,
    rescaled,
    wrapped,
)
from waardig.law.core.types import BOOLEAN, DATE, NULL, NUMBER

MIRRORED = {
    "GREATER_THAN": "LESS_THAN",
    "LESS_THAN": "GREATER_THAN",
    "GREATER_THAN_OR_EQUAL": "LESS_THAN_OR_EQUAL",
    "LESS_THAN_OR_EQUAL": "GREATER_THAN_OR_EQUAL",
}


def compare(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """Greater and less of two numbers or two dates."""
    reason = c.strict_reason(values)
    sign = COMPARISONS[node.op]
    if c.are(values, NUMBER):
        c.no_quotient(node, values)
        left, right = (filled(value, NUMBER) for value in values)
        bounded = _bounded(left, node.op, right) or _bounded(right, MIRRORED[node.op], left)
        if bounded in ("TRUE", "FALSE") or (bounded and not (_follows(left) or _follows(right))):
            return Sql(BOOLEAN, bounded, reason)
    elif c.are(values, DATE):
        left, right = values
    else:
        c.no_text_date(node, values)
        return c.failing(values)
    for value, op, limit in ((left, node.op, right), (right, MIRRORED[node.op], left)):
        limited = beneath(value, op, limit)
        if limited:
            return Sql(BOOLEAN, limited, reason, least=_least(value, op, limit))
    if c.are(values, NUMBER):
        (left, right), _ = common([left, right])
    return Sql(BOOLEAN, f"{wrapped(left.v)} {sign} {wrapped(right.v)}", reason)


def _bounded(value: Sql, op: str, limit: Sql) -> str | None:
    """A number compared with a constant, in units of that number; no comparison where all the data are on one side."""
    if limit.lo != limit.hi or not limit.v.lstrip("-").isdigit():
        return None
    exact = limit.lo * limit.scale / value.scale
    below = op.startswith("LESS")
    edge = floor(exact) + 1 if op in ("LESS_THAN_OR_EQUAL", "GREATER_THAN") else ceil(exact)
    if value.hi < edge or value.lo >= edge:
        return str((value.hi < edge) == below).upper()
    return f"{wrapped(value.v)} {'<' if below else '>='} {edge}"


def beneath(value: Sql, op: str, limit: Sql) -> str | None:
    """A comparison with a constant as one of the date or number underneath: without a calendar, without rounding."""
    if limit.lo != limit.hi or not limit.v.lstrip("-").isdigit() or not _follows(value):
        return None
    return _limited(value, op, limit.lo * limit.scale)


def _follows(value: Sql) -> bool:
    if value.branches:
        return all(part.lo == part.hi or _follows(part) for _, part in value.branches)
    return value.curve is not None


def _least(value: Sql, op: str, limit: Sql) -> tuple[str, int] | None:
    """What is at least how much where a rounded number, or the only branch of a choice that can, is above a limit."""
    reached = [part for _, part in value.branches if _limited(part, op, limit.lo * limit.scale) != "FALSE"]
    if value.branches:
        return _least(reached[0], op, limit) if len(reached) == 1 else None
    curve, edge = value.curve, limit.lo * limit.scale
    if curve is None or curve.above is None or op.startswith("LESS"):
        return None
    return curve.base, curve.first(lambda found: found > edge if op == "GREATER_THAN" else found >= edge)


def _narrowed(test: Sql, then: Sql) -> Sql:
    """A branch with what its own condition says: a choice is made, what is above a limit is rounded in one way."""
    then = _taken(conjuncts(test.truthy), then)
    curve = then.curve
    if test.least is None or curve is None or curve.above is None or curve.base != test.least[0]:
        return then
    return replace(then, v=curve.above(test.least[1]), curve=None, parts=None)


def _taken(given: list[str], value: Sql) -> Sql:
    """The branch of a choice that is taken for sure where these conditions hold; the choice itself when none is."""
    for test, part in value.branches:
        if not set(conjuncts(test)).difference(given, ("TRUE",)):
            return replace(part, r=value.r)
        if negated(test) not in given:
            break
    return value


def _limited(value: Sql, op: str, limit: Fraction) -> str:
    if value.branches:
        parts = [(test, _limited(part, op, limit)) for test, part in value.branches]
        return case(parts[:-1], parts[-1][1])
    equal = op in ("LESS_THAN_OR_EQUAL", "GREATER_THAN")
    if value.curve is None:
        fixed = value.lo * value.scale
        below = "TRUE" if fixed < limit or (equal and fixed == limit) else "FALSE"
    else:
        below = value.curve.below(limit, equal=equal)
    return below if op.startswith("LESS") else negated(below)


def equals(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """EQUALS and NOT_EQUALS; nothing equals nothing."""
    same = equality(c, node, values[0], values[1])
    reason = c.strict_reason(values, absent_fails=False)
    return Sql(BOOLEAN, same if node.op == "EQUALS" else negated(same), reason)


def equality(c: Compiler, node: Node, left: Sql, right: Sql) -> str:
    """SQL: two values that are there or absent are equal."""
    both = all_of(left.r.absent, right.r.absent)
    one = any_of(left.r.absent, right.r.absent)
    if left.kind == NULL or right.kind == NULL:
        return both
    if left.kind != right.kind:
        c.no_text_date(node, [left, right])
        return both
    c.no_quotient(node, [left, right])
    pair = common([left, right])[0] if left.kind == NUMBER else [left, right]
    text = f"{wrapped(pair[0].v)} = {wrapped(pair[1].v)}"
    return case([(one, both)], text)


def member(c: Compiler, node: Node) -> Sql:
    """IN and NOT_IN over items that are the same for everybody."""
    subject = c.sql(node.args[0])
    if not all(c.is_constant(arg) for arg in node.args[1:]):
        raise c.refuse(node, f"{node.op} with items that are facts is not on the proven list")
    hits = []
    for arg in node.args[1:]:
        value = c.constant_run.value(arg)
        if value.bad:
            raise c.refuse(node, f"{node.op} with an unknown item")
        items = value.value if isinstance(value.value, tuple) and len(node.args) == 2 else (value.value,)
        hits += [equality(c, node, subject, c.literal(node, v.known(item))) for item in items]
    found = any_of(*hits)
    return Sql(BOOLEAN, found if node.op == "IN" else negated(found), subject.r.without_absence)


def junction(c: Compiler, node: Node) -> Sql:
    """AND and OR from left to right: an error stops, what settles it wins over what is unknown."""
    values: list[Sql] = []
    for arg in node.args:
        values.append(c.sql(arg))
        if _settling(values[-1], node.op) == "TRUE":
            break
    return joined(c, node.op, values)


def joined(c: Compiler, op: str, values: list[Sql]) -> Sql:
    """AND and OR of values."""
    hits = [_settling(value, op) for value in values]
    if not all(value.sure for value in values):
        hits = [c.keep(hit) for hit in hits]
    branches: list[Branch] = []
    for value, hit in zip(values, hits, strict=True):
        c.why.disjoint(hit, value.r.error)
        c.why.disjoint(hit, value.r.doubt)
        branches += [(hit, SURE), (value.r.error, FAILED)]
    found = any_of(*hits)
    reason = c.why.first([*branches, *((None, value.r) for value in values)])
    if op == "OR":
        return Sql(BOOLEAN, found, reason)
    least = next((value.least for value in values if value.least), None)
    never = frozenset().union(*(value.never.union(value.r.flags) for value in values))
    return Sql(BOOLEAN, negated(found), reason, least=least, never=never)


def opposite(c: Compiler, _node: Node, values: list[Sql]) -> Sql:
    """NOT; nothing counts as false."""
    return Sql(BOOLEAN, negated(values[0].truthy), c.strict_reason(values, absent_fails=False))


def presence(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """IS_NULL and NOT_NULL."""
    absent = values[0].r.absent
    reason = c.strict_reason(values, absent_fails=False)
    return Sql(BOOLEAN, absent if node.op == "IS_NULL" else negated(absent), reason)


def choice(c: Compiler, node: Node) -> Sql:
    """IF: a condition that is the same for everybody is decided here; what is not taken is not compiled."""
    conditions: list[tuple[Sql, Sql]] = []
    default = Sql(NULL, "0", Reason.always(R_ABSENT))
    count = node.roles.count("when")
    pairs = [(node.args[2 * n], node.args[2 * n + 1]) for n in range(count)]
    for when, then in pairs:
        test = c.sql(when)
        if test.r.bad == "TRUE":
            default = Sql(NULL, "0", test.r)
            break
        if test.truthy == "FALSE" and test.r.bad == "FALSE":
            continue
        if test.truthy == "TRUE":
            default = c.sql(then)
            break
        conditions.append((test, c.sql(then)))
    else:
        if node.roles[-1] == "default":
            default = c.sql(node.args[-1])
    return chosen(c, node, conditions, default)


def chosen(c: Compiler, node: Node, conditions: list[tuple[Sql, Sql]], default: Sql) -> Sql:
    """The branches as one value of one kind."""
    branches = [_narrowed(test, then) for test, then in conditions] + [default]
    if len(branches) == 1:
        return default
    c.no_quotient(node, branches)
    kinds = {branch.kind for branch in branches if branch.kind != NULL}
    if len(kinds) > 1:
        raise c.refuse(node, f"the branches of IF give {' and '.join(sorted(kinds))}")
    kind = kinds.pop() if kinds else NULL
    present = [branch for branch in branches if branch.kind != NULL]
    scale = common(present)[1] if kind == NUMBER else ONE
    fitted = [rescaled(b, scale) if b.kind == NUMBER else filled(b, kind) for b in branches]
    sure = all(part.sure for pair in conditions for part in pair) and default.sure
    tests = [test.truthy if sure else c.keep(test.truthy) for test, _ in conditions]
    pairs = zip(tests, [_wide(b, kind) for b in fitted[:-1]], strict=True)
    text = case([(c.keep(test), value) for test, value in joined_neighbours(pairs)], _wide(fitted[-1], kind))
    reasons: list[Branch] = []
    for (test, then), hit in zip(conditions, tests, strict=True):
        c.why.disjoint(hit, test.r.error)
        c.why.disjoint(hit, test.r.doubt)
        c.why.excludes(hit, test.never)
        reasons += [(None, test.r), (hit, then.r)]
    solid = [b for b, raw in zip(fitted, branches, strict=True) if raw.kind != NULL] or fitted
    lo, hi = min(0, *(b.lo for b in solid)), max(0, *(b.hi for b in solid))
    if all(raw.kind != NULL for raw in branches):
        lo, hi = min(b.lo for b in solid), max(b.hi for b in solid)
    parts = (*zip(tests, fitted[:-1], strict=True), ("TRUE", fitted[-1]))
    kept = parts if all(raw.kind != NULL for raw in branches) else ()
    return Sql(kind, text, c.why.first(reasons, default.r), scale, lo, hi, branches=kept)


def spread(c: Compiler, op: str, values: list[Sql], made: Callable[[list[Sql]], Sql]) -> Sql | None:
    """An operation on choices that are made on the same conditions, as one choice between operations.

    None where that would compute something twice, or where the branches do not all give a value of one kind. A choice
    is rounded so when all of its branches but one are constants: that one is a number of its own, compared as it is.
    """
    choices = [value for value in values if _is_open(value)]
    others = [value for value in values if not _is_open(value) and not value.v.lstrip("-").isdigit()]
    tests = {tuple(test for test, _ in value.branches) for value in choices}
    if len(tests) != 1 or (others and len(choices) < 2):
        return None
    count = len(choices[0].branches)
    if op in ROUNDING and sum(part.lo != part.hi for _, part in choices[0].branches) != 1:
        return None
    picked = [
        [replace(value.branches[n][1] if _is_open(value) else value, r=SURE) for value in values] for n in range(count)
    ]
    try:
        parts = [made(part) for part in picked]
        if not all(part.sure and part.over is None and part.kind == parts[0].kind != NULL for part in parts):
            return None
        same, scale = common(parts) if parts[0].kind == NUMBER else (parts, ONE)
    except Overflow:
        return None
    return _choice(list(zip(tests.pop(), same, strict=True)), scale, c.strict_reason(values))


def _choice(branches: list[tuple[str, Sql]], scale: Fraction, reason: Reason) -> Sql:
    """Branches of one kind at one scale as a value."""
    kind = branches[0][1].kind
    texts = [(test, _wide(part, kind)) for test, part in branches]
    lo, hi = min(part.lo for _, part in branches), max(part.hi for _, part in branches)
    return Sql(kind, case(texts[:-1], texts[-1][1]), reason, scale, lo, hi, branches=tuple(branches))


def _is_open(value: Sql) -> bool:
    """True for a choice that stands in no column yet, or of which every branch is a constant."""
    fixed = all(part.v.lstrip("-").isdigit() for _, part in value.branches)
    return bool(value.branches) and (fixed or value.v.startswith("CASE "))


def _wide(value: Sql, kind: str) -> str:
    """A constant branch as 64 bits: engines give a small literal 32, and the next step would overflow."""
    is_literal = kind in (NUMBER, DATE) and value.v.lstrip("-").isdigit()
    return f"CAST({value.v} AS BIGINT)" if is_literal else value.v


def _settling(value: Sql, op: str) -> str:
    """SQL: this operand settles the whole."""
    if op == "OR":
        return value.truthy
    if value.r.absent == "FALSE":
        return all_of(value.r.here, negated(value.truth))
    return all_of(negated(value.r.bad), negated(value.truthy))
