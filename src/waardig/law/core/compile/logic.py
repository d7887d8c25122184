"""Comparing, membership, AND, OR, NOT and IF with reasons that decide before values do."""

from __future__ import annotations

from fractions import Fraction

from waardig.law.core import values as v
from waardig.law.core.compile.base import COMPARISONS, Compiler
from waardig.law.core.compile.numbers import filled
from waardig.law.core.graph import Node
from waardig.law.core.sql import (
    ONE,
    R_ABSENT,
    R_ERROR,
    Sql,
    all_of,
    any_of,
    case,
    common,
    negated,
    reason_case,
    rescaled,
    without_absence,
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
        (left, right), _ = common([filled(value, NUMBER) for value in values])
    elif c.are(values, DATE):
        left, right = values
    else:
        c.no_text_date(node, values)
        return c.failing(values)
    limited = on_the_date(left, node.op, right) or on_the_date(right, MIRRORED[node.op], left)
    return Sql(BOOLEAN, limited or f"{wrapped(left.v)} {sign} {wrapped(right.v)}", reason)


def on_the_date(value: Sql, op: str, limit: Sql) -> str | None:
    """A comparison with a constant as a comparison of the date underneath, which needs no calendar at all."""
    if limit.lo != limit.hi or not limit.v.lstrip("-").isdigit() or not _follows_a_date(value):
        return None
    return _limited(value, op, limit.lo * limit.scale)


def _follows_a_date(value: Sql) -> bool:
    if value.branches:
        return all(part.lo == part.hi or _follows_a_date(part) for _, part in value.branches)
    return value.curve is not None and value.scale == 1


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
    both = all_of(left.absent, right.absent)
    one = any_of(left.absent, right.absent)
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
    return Sql(BOOLEAN, found if node.op == "IN" else negated(found), case([(subject.bad, subject.r)], "0"))


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
    settles = "TRUE" if op == "OR" else "FALSE"
    hits = [_settling(value, op) for value in values]
    if not all(value.sure for value in values):
        hits = [c.keep(hit) for hit in hits]
    branches: list[tuple[str, str]] = []
    for value, hit in zip(values, hits, strict=True):
        branches += [(hit, "0"), (value.failed, str(R_ERROR))]
    doubts = [(value.bad, value.r) for value in values]
    reason = "0" if all(value.sure for value in values) else without_absence(reason_case([*branches, *doubts], "0"))
    found = any_of(*hits)
    return Sql(BOOLEAN, found if settles == "TRUE" else negated(found), reason)


def opposite(c: Compiler, _node: Node, values: list[Sql]) -> Sql:
    """NOT; nothing counts as false."""
    return Sql(BOOLEAN, negated(values[0].truthy), c.strict_reason(values, absent_fails=False))


def presence(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """IS_NULL and NOT_NULL."""
    absent = values[0].absent
    reason = c.strict_reason(values, absent_fails=False)
    return Sql(BOOLEAN, absent if node.op == "IS_NULL" else negated(absent), reason)


def choice(c: Compiler, node: Node) -> Sql:
    """IF: a condition that is the same for everybody is decided here; what is not taken is not compiled."""
    conditions: list[tuple[Sql, Sql]] = []
    default = Sql(NULL, "0", str(R_ABSENT))
    count = node.roles.count("when")
    pairs = [(node.args[2 * n], node.args[2 * n + 1]) for n in range(count)]
    for when, then in pairs:
        test = c.sql(when)
        if test.r != "0" and test.r.isdigit() and int(test.r) > R_ABSENT:
            default = Sql(NULL, "0", test.r)
            break
        if test.truthy == "FALSE" and test.bad == "FALSE":
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
    branches = [then for _, then in conditions] + [default]
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
    text = case(list(zip(tests, [_wide(b, kind) for b in fitted[:-1]], strict=True)), _wide(fitted[-1], kind))
    reasons: list[tuple[str, str]] = []
    for (test, then), hit in zip(conditions, tests, strict=True):
        reasons += [(test.bad, test.r), (hit, then.r)]
    solid = [b for b, raw in zip(fitted, branches, strict=True) if raw.kind != NULL] or fitted
    lo, hi = min(0, *(b.lo for b in solid)), max(0, *(b.hi for b in solid))
    if all(raw.kind != NULL for raw in branches):
        lo, hi = min(b.lo for b in solid), max(b.hi for b in solid)
    parts = (*zip(tests, fitted[:-1], strict=True), ("TRUE", fitted[-1]))
    kept = parts if all(raw.kind != NULL for raw in branches) else ()
    return Sql(kind, text, reason_case(reasons, default.r), scale, lo, hi, branches=kept)


def _wide(value: Sql, kind: str) -> str:
    """A constant branch as 64 bits: engines give a small literal 32, and the next step would overflow."""
    is_literal = kind in (NUMBER, DATE) and value.v.lstrip("-").isdigit()
    return f"CAST({value.v} AS BIGINT)" if is_literal else value.v


def _settling(value: Sql, op: str) -> str:
    """SQL: this operand settles the whole."""
    if op == "OR":
        return value.truthy
    return all_of(negated(value.bad), negated(value.truthy))
