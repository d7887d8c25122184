"""A rule as lines that a lawyer reads, in plain Dutch (B1) and English, before anybody's facts. Pure.

A condition or sum over names and values is one sentence; what is deeper stands indented under it. Nothing is left out
and nothing is worked out: the lines say what the file says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from waardig.law.core import ir, words
from waardig.law.core import values as v
from waardig.law.core.words import Pair

Constants = Mapping[str, ir.Definition]

BETWEEN: Mapping[str, Pair] = {
    "ADD": ("plus", "plus"),
    "SUBTRACT": ("min", "minus"),
    "MULTIPLY": ("keer", "times"),
    "DIVIDE": ("gedeeld door", "divided by"),
}
"""Arithmetic of names and values in one sentence."""

ABOVE: Mapping[str, Pair] = {
    "ADD": ("Tel op:", "Add up:"),
    "SUBTRACT": ("Begin met het eerste en trek de rest af:", "Begin with the first and take the others off:"),
    "MULTIPLY": ("Vermenigvuldig:", "Multiply:"),
    "DIVIDE": ("Begin met het eerste en deel door de rest:", "Begin with the first and divide by the others:"),
    "MIN": ("Neem de laagste van deze:", "Take the lowest of these:"),
    "MAX": ("Neem de hoogste van deze:", "Take the highest of these:"),
    "AND": ("Al deze voorwaarden gelden:", "All these conditions hold:"),
    "OR": ("Minstens één van deze voorwaarden geldt:", "At least one of these conditions holds:"),
    "NOT": ("Dit geldt niet:", "This does not hold:"),
    "LIST": ("Een rijtje:", "A list:"),
    "AGE": ("De leeftijd in hele jaren, van geboortedatum tot dag:", "The age in whole years, from birth to day:"),
    "DATE": ("De datum met dit jaar, deze maand en deze dag:", "The date of this year, month and day:"),
    "DATE_ADD": ("Tel bij de datum op:", "Add to the date:"),
    "DATE_DIFF": ("De tijd van de eerste tot de tweede datum:", "The time from the first to the second date:"),
    "DAY_OF_WEEK": ("De dag van de week (maandag is 0) van:", "The day of the week (Monday is 0) of:"),
    "DATE_PART": ("Het jaar, de maand of de dag van:", "The year, month or day of:"),
    "START_OF": ("De eerste dag van het jaar of de maand van:", "The first day of the year or month of:"),
    "IS_NULL": ("Dit is er niet:", "This is absent:"),
    "NOT_NULL": ("Dit is er:", "This is present:"),
}
"""The line above the operands when they are no single names or values."""

MEMBERS: Mapping[str, Pair] = {
    "LIST": ("Maak een rijtje, voor elk in", "Make a list, for each in"),
    "COUNT": ("Tel hoeveel er zijn in", "Count how many there are in"),
    "ADD": ("Tel op, voor elk in", "Add up, for each in"),
    "MIN": ("Neem de laagste, van elk in", "Take the lowest, of each in"),
    "MAX": ("Neem de hoogste, van elk in", "Take the highest, of each in"),
    "OR": ("Dit geldt voor minstens één in", "This holds for at least one in"),
    "AND": ("Dit geldt voor elk in", "This holds for each in"),
}
"""The line above what is asked of each member of a collection."""

PARTS: Mapping[str, Pair] = {
    "years": ("jaren", "years"),
    "months": ("maanden", "months"),
    "weeks": ("weken", "weeks"),
    "days": ("dagen", "days"),
    "in": ("geteld in", "counted in"),
}
TESTS = frozenset({*words.ORDERED, "IN", "NOT_IN"})
ROUNDINGS: Mapping[str, Pair] = {
    "ROUND": ("Rond af", "Round"),
    "CEIL": ("Rond af naar boven", "Round up"),
    "FLOOR": ("Rond af naar beneden", "Round down"),
}


@dataclass(frozen=True)
class RuleLine:
    """One line of a rule.

    Attributes:
        depth: 0 for the rule itself, one more for what stands under it.
        line: in the law file.
    """

    depth: int
    nl: str
    en: str
    line: int


def rule_lines(expr: ir.Expr, constants: Constants, *, depth: int = 0, before: Pair = ("", "")) -> Iterator[RuleLine]:
    """An expression as lines.

    Args:
        constants: definitions of the article: their value stands behind their name.
        before: words in front of the first line ("Dan: ").
    """
    short = phrase(expr, constants)
    if short:
        yield _line(depth, before, short, expr.at.line)
        return
    assert isinstance(expr, ir.Operation)
    if expr.op == "IF":
        yield from _cases(expr, constants, depth, before)
    elif expr.op == "FOREACH":
        yield from _members(expr, constants, depth, before)
    elif expr.op in TESTS and len(expr.args) >= 2:
        yield from _test(expr, constants, depth, before)
    else:
        yield _line(depth, before, _heading(expr), expr.at.line)
        for role, arg in expr.args:
            yield from rule_lines(arg, constants, depth=depth + 1, before=_before(role))


def _line(depth: int, before: Pair, text: Pair, line: int) -> RuleLine:
    nl, en = (_sentence(first, rest) for first, rest in zip(before, text, strict=True))
    return RuleLine(depth, nl, en, line)


def _sentence(first: str, rest: str) -> str:
    text = f"{first} {rest[:1].lower()}{rest[1:]}" if first else rest
    return text[:1].upper() + text[1:]


def _before(role: str) -> Pair:
    nl, en = PARTS.get(role, ("", ""))
    return (f"{nl}:", f"{en}:") if nl else ("", "")


def _heading(expr: ir.Operation) -> Pair:
    if expr.op in ROUNDINGS:
        nl, en = ROUNDINGS[expr.op]
        places = _places(expr.precision)
        return f"{nl} {places[0]}:", f"{en} {places[1]}:"
    if expr.op in ABOVE:
        return ABOVE[expr.op]
    nl, en = words.OPERATIONS.get(expr.op, (expr.op.lower(), expr.op.lower()))
    return f"{nl}:", f"{en}:"


def _places(precision: int) -> Pair:
    if precision == 0:
        return "op een heel getal", "to a whole number"
    if precision < 0:
        step = 10**-precision
        return f"op een veelvoud van {step}", f"to a multiple of {step}"
    return f"op {precision} cijfers achter de komma", f"to {precision} decimal places"


def _cases(expr: ir.Operation, constants: Constants, depth: int, before: Pair) -> Iterator[RuleLine]:
    if any(before):
        yield _line(depth, before, ("dit hangt ervan af", "this depends"), expr.at.line)
        depth += 1
    heads = {"when": ("Als:", "If:"), "then": ("Dan:", "Then:"), "default": ("In alle andere gevallen:", "Otherwise:")}
    seen = 0
    for role, arg in expr.args:
        seen += role == "when"
        again = role == "when" and seen > 1
        head = ("Anders, als:", "Else, if:") if again else heads.get(role, ("", ""))
        yield from rule_lines(arg, constants, depth=depth + (role == "then"), before=head)


def _members(expr: ir.Operation, constants: Constants, depth: int, before: Pair) -> Iterator[RuleLine]:
    """What is asked of each member of a collection, and which members count."""
    (_, collection), *rest = expr.args
    of = phrase(collection, constants) or ("", "")
    nl, en = MEMBERS.get(expr.combine, words.OPERATIONS["FOREACH"])
    called = words.plain_name(expr.item)
    yield _line(depth, before, (f"{nl} {of[0]} (elk: {called}):", f"{en} {of[1]} (each: {called}):"), expr.at.line)
    for role, arg in rest:
        head = ("Alleen als:", "Only if:") if role == "where" else ("", "")
        yield from rule_lines(arg, constants, depth=depth + 1, before=head)


def _test(expr: ir.Operation, constants: Constants, depth: int, before: Pair) -> Iterator[RuleLine]:
    """A comparison of which a side is a rule of its own: first the one side, then the words, then the other side."""
    verb = words.OPERATIONS[expr.op]
    (_, first), *rest = expr.args
    yield _line(depth, before, ("vergelijk:", "compare:"), expr.at.line)
    yield from rule_lines(first, constants, depth=depth + 1)
    for _, arg in rest:
        yield from rule_lines(arg, constants, depth=depth + 1, before=verb)


def phrase(expr: ir.Expr, constants: Constants) -> Pair | None:
    """An expression as one sentence; None when it needs lines of its own."""
    if isinstance(expr, ir.Literal):
        return literal_words(expr.value, None)
    if isinstance(expr, ir.Variable):
        return _variable(expr, constants)
    parts = [_simple(arg, constants) for _, arg in expr.args]
    known = [part for part in parts if part]
    if len(known) != len(parts):
        return None
    return _joined(expr, known, constants)


def _simple(expr: ir.Expr, constants: Constants) -> Pair | None:
    if isinstance(expr, ir.Operation):
        inside = all(isinstance(arg, ir.Literal) for _, arg in expr.args)
        is_value = expr.op == "LIST" and inside
        return phrase(expr, constants) if is_value or expr.op == "AGE" else None
    return phrase(expr, constants)


def _joined(expr: ir.Operation, parts: Sequence[Pair], constants: Constants) -> Pair | None:
    def of(side: int) -> list[str]:
        return [part[side] for part in parts]

    if expr.op in BETWEEN and 1 < len(parts) <= 3:
        return _each(lambda side: f" {BETWEEN[expr.op][side]} ".join(of(side)))
    if expr.op in words.ORDERED and len(parts) == 2:
        verbs = words.LATER.get(expr.op, words.OPERATIONS[expr.op]) if _dated(expr, constants) else None
        verb = verbs or words.OPERATIONS[expr.op]
        return _each(lambda side: f"{of(side)[0]} {verb[side]} {of(side)[1]}")
    if expr.op in ("IN", "NOT_IN"):
        verb = words.OPERATIONS[expr.op]
        return _each(lambda side: f"{of(side)[0]} {verb[side]}: {', '.join(of(side)[1:])}")
    if expr.op in ("IS_NULL", "NOT_NULL"):
        return _each(lambda side: f"{of(side)[0]} {words.OPERATIONS[expr.op][side]}")
    if expr.op == "NOT" and isinstance(expr.args[0][1], ir.Variable):
        return f"{parts[0][0]}: nee", f"{parts[0][1]}: no"
    if expr.op == "AGE" and len(parts) == 2:
        nl, en = zip(*parts, strict=True)
        return f"de leeftijd op {nl[1]} van wie geboren is op {nl[0]}", f"the age on {en[1]} of who was born on {en[0]}"
    return _each(lambda side: ", ".join(of(side))) if expr.op == "LIST" and parts else None


def _each(say: Any) -> Pair:
    return say(0), say(1)


def _dated(expr: ir.Operation, constants: Constants) -> bool:
    """Whether a comparison is one of dates, as far as the rule itself shows."""
    for _, arg in expr.args:
        if isinstance(arg, ir.Variable):
            known = constants.get(arg.name)
            if "datum" in arg.name or "date" in arg.name or (known and known.type == "date"):
                return True
        if isinstance(arg, ir.Literal) and isinstance(arg.value, str) and v.as_date(arg.value):
            return True
    return False


def _variable(expr: ir.Variable, constants: Constants) -> Pair:
    if expr.name == "referencedate":
        day = ("de dag waarop de wet rekent", "the day on which the law computes")
        return words.part_of(expr.path[0], day) if expr.path and expr.path[0] in words.PARTS else day
    if len(expr.path) == 1 and expr.path[0] in words.PARTS:
        return words.part_of(expr.path[0], (words.plain_name(expr.name),) * 2)
    name = words.plain_name(" ".join((expr.name, *expr.path)))
    known = constants.get(expr.name)
    if known is None or expr.path or isinstance(known.value, Mapping | tuple):
        return name, name
    value = literal_words(known.value, known.unit)
    return f"{name} ({value[0]})", f"{name} ({value[1]})"


def literal_words(value: ir.Raw, unit: str | None) -> Pair:
    """A value of the file in words."""
    outside = v.to_outside(value)
    if isinstance(value, Fraction) and unit in ("ratio", None):
        return str(outside).replace(".", ","), str(outside)
    return words.said(outside, unit)
