"""Finds what may be absent (null) and is compared by order or computed with before anybody asked whether it is there.

What may be absent: an input or parameter that its own article compares with null somewhere, a definition that is null,
and an output with a branch that says null. A condition that settles the question guards what is read after it. A choice
without default counts as complete.
"""

from __future__ import annotations

from collections.abc import Iterator

from waardig.law.core import ir
from waardig.law.core.findings import finding, said
from waardig.law.terms import LawProblem

NONE: frozenset[str] = frozenset()
NEEDS_VALUE = {
    *("GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL"),
    *("ADD", "SUBTRACT", "MULTIPLY", "DIVIDE", "MIN", "MAX", "ROUND", "CEIL", "FLOOR"),
    *("AGE", "DATE_ADD", "DATE_DIFF", "DAY_OF_WEEK", "DATE_PART", "START_OF"),
}


def absences(law: ir.Law, article: ir.Article) -> Iterator[LawProblem]:
    """Every place of an article that reads a value which may be absent, as if it were there."""
    found = _Absence(article)
    for action in article.actions:
        for line, name, op in found.read(action.expr, NONE):
            yield finding(law.file, line, said("may_be_absent", op=op, name=name))
        found.learn(action)


class _Absence:
    """What may be absent in one article, and what a condition says about it."""

    def __init__(self, article: ir.Article) -> None:
        asked = {name for action in article.actions for name in _asked(action.expr)}
        empty = {name for name, found in article.definitions.items() if found.value is None}
        self.maybe = {name for name in asked if name in article.inputs or name in article.parameters} | empty
        self.meaning: dict[str, ir.Expr] = {}

    def learn(self, action: ir.Action) -> None:
        """An output that later actions may read."""
        self.meaning[action.output] = action.expr
        self.maybe.discard(action.output)

    def empty(self, expr: ir.Expr, there: frozenset[str], depth: int = 20) -> bool:
        """True when an expression may give nothing."""
        if isinstance(expr, ir.Literal):
            return expr.value is None
        if isinstance(expr, ir.Variable):
            if expr.path or expr.name in there:
                return False
            meaning = self.meaning.get(expr.name)
            return expr.name in self.maybe if meaning is None or not depth else self.empty(meaning, there, depth - 1)
        if expr.op != "IF":
            return False
        for (role, part), (_, condition) in zip(expr.args, [*expr.args[:1], *expr.args], strict=False):
            if role == "then":
                here = there | self.says(condition, True)
                if not self.never(condition, there) and self.empty(part, here, depth):
                    return True
                there |= self.says(condition, False)
            elif role == "default" and self.empty(part, there, depth):
                return True
        return False

    def never(self, condition: ir.Expr, there: frozenset[str], depth: int = 20) -> bool:
        """True when a condition asks whether something is absent that is certainly there."""
        if isinstance(condition, ir.Variable):
            meaning = self.meaning.get(condition.name)
            return meaning is not None and depth > 0 and self.never(meaning, there, depth - 1)
        if isinstance(condition, ir.Literal):
            return False
        if condition.op in ("AND", "OR"):
            answers = [self.never(part, there, depth) for _, part in condition.args]
            return any(answers) if condition.op == "AND" else all(answers)
        return condition.op in ("EQUALS", "IS_NULL") and _tested(condition) in there

    def read(self, expr: ir.Expr, there: frozenset[str]) -> Iterator[tuple[int, str, str]]:
        """Line, name and operation of what is read while it may be absent."""
        if not isinstance(expr, ir.Operation):
            return
        if expr.op == "IF":
            yield from self._cases(expr, there)
            return
        for _, part in expr.args:
            if expr.op in NEEDS_VALUE and isinstance(part, ir.Variable) and self.empty(part, there):
                yield part.at.line, part.name, expr.op
            yield from self.read(part, there)
            if expr.op in ("AND", "OR"):
                there |= self.says(part, expr.op == "AND")

    def _cases(self, choice: ir.Operation, there: frozenset[str]) -> Iterator[tuple[int, str, str]]:
        condition: ir.Expr | None = None
        for role, part in choice.args:
            if role == "then" and condition is not None:
                yield from self.read(part, there | self.says(condition, True))
                there |= self.says(condition, False)
            else:
                yield from self.read(part, there)
                condition = part

    def says(self, condition: ir.Expr, answer: bool, depth: int = 20) -> frozenset[str]:
        """Names that are certainly there when a condition has this answer."""
        if isinstance(condition, ir.Variable):
            meaning = self.meaning.get(condition.name)
            known = self.says(meaning, answer, depth - 1) if meaning is not None and depth else NONE
            return known | {condition.name} if answer else known
        if isinstance(condition, ir.Literal):
            return NONE
        parts = [part for _, part in condition.args]
        if condition.op == "NOT":
            return self.says(parts[0], not answer, depth)
        if condition.op in ("AND", "OR"):
            every = [self.says(part, answer, depth) for part in parts]
            if (condition.op == "AND") == answer:
                return NONE.union(*every)
            return every[0].intersection(*every[1:]) if every else NONE
        name = _tested(condition)
        if name:
            return frozenset({name}) if (condition.op in ("NOT_EQUALS", "NOT_NULL")) == answer else NONE
        if condition.op in NEEDS_VALUE or (condition.op in ("EQUALS", "IN") and answer):
            return frozenset(part.name for part in parts if isinstance(part, ir.Variable))
        return NONE


def _tested(expr: ir.Operation) -> str | None:
    """The name that an operation compares with null."""
    parts = [part for _, part in expr.args]
    names = [part.name for part in parts if isinstance(part, ir.Variable) and not part.path]
    if expr.op in ("IS_NULL", "NOT_NULL"):
        return names[0] if names else None
    null = any(isinstance(part, ir.Literal) and part.value is None for part in parts)
    return names[0] if expr.op in ("EQUALS", "NOT_EQUALS") and null and names else None


def _asked(expr: ir.Expr) -> Iterator[str]:
    if isinstance(expr, ir.Operation):
        name = _tested(expr)
        if name:
            yield name
        for _, part in expr.args:
            yield from _asked(part)
