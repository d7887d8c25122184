"""Stages, reasons and facts of one compilation; the operations are in the modules beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from waardig.kernel.errors import Refusal
from waardig.law.core import sql_dates as cal
from waardig.law.core import values as v
from waardig.law.core.compile.reasons import FAILED, Branch, Reasons
from waardig.law.core.compile.stages import LONG, names_in
from waardig.law.core.graph import Node, Program, reachable
from waardig.law.core.interpret import NamedFacts, Run
from waardig.law.core.population import count_name
from waardig.law.core.sql import (
    ONE,
    R_UNTRANSLATABLE,
    SURE,
    Overflow,
    Parts,
    Reason,
    Sql,
    all_of,
    any_of,
    case,
    held,
    quoted,
    wrapped,
)
from waardig.law.core.types import BOOLEAN, DATE, NULL, NUMBER, TEXT, can_be_false
from waardig.law.core.values import Val
from waardig.law.terms import ABSENT, ERROR, OK, UNTRANSLATABLE, NotCompilable

MAX_STAGES = 60
COMPARISONS = {"GREATER_THAN": ">", "LESS_THAN": "<", "GREATER_THAN_OR_EQUAL": ">=", "LESS_THAN_OR_EQUAL": "<="}
REFERENCE = "$referencedate"
"""Under which name a population may bring a reference date for each row; without it, that of the program."""
ROUNDING = {"ROUND", "CEIL", "FLOOR"}
SPREAD = {"ADD", "SUBTRACT", "MULTIPLY", "MIN", "MAX", *ROUNDING, *COMPARISONS}
"""Operations that may be done in each branch of a choice."""


@dataclass(frozen=True)
class Column:
    """A fact column of a snapshot: `v{n}` holds the value.

    Attributes:
        kind: number, boolean, date or text.
        scale: of a decimal column.
        lo, hi: smallest and largest value in the data.
        absent, doubt: SQL over the snapshot: there is no value, it is unknown; FALSE where no row has that.
        flags: SQL over the population of both, where a reason column says more than a gap does.
        stored: `d{n}` of a date: the date itself beside its day number.
    """

    name: str
    kind: str
    v: str
    scale: Fraction = ONE
    lo: int = 0
    hi: int = 0
    absent: str = "FALSE"
    doubt: str = "FALSE"
    flags: tuple[str, str] | None = None
    stored: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Its columns in the snapshot."""
        flags = (self.absent, self.doubt) if self.flags else ()
        return (self.v, *flags, self.stored) if self.stored else (self.v, *flags)


@dataclass(frozen=True)
class Operations:
    """The proven list: operations that decide what of their operands is needed, and those that need them all."""

    member: Callable[[Compiler, Node], Sql]
    spread: Callable[[Compiler, str, list[Sql], Callable[[list[Sql]], Sql]], Sql | None]
    lazy: Mapping[str, Callable[[Compiler, Node], Sql]]
    strict: Mapping[str, Callable[[Compiler, Node, list[Sql]], Sql]]


class Compiler:
    """One compilation."""

    def __init__(
        self, program: Program, parameters: Mapping[str, Any], columns: Mapping[str, Column], operations: Operations
    ) -> None:
        self.program, self.columns = program, columns
        self.lazy, self.strict, self.member = operations.lazy, operations.strict, operations.member
        self.spread = operations.spread
        self.parameters = dict(parameters)
        self.constant_run = Run(program, parameters, NamedFacts({}))
        self.memo: dict[int, Sql] = {}
        self.constants: dict[int, bool] = {}
        self.reasons = [OK, ABSENT, UNTRANSLATABLE, ERROR]
        self.stages: list[list[tuple[str, str]]] = []
        self.uses = _uses(program)
        self.kept: dict[str, tuple[str, int]] = {}
        self.depths: dict[str, int] = {}
        self.civils: dict[str, cal.Civil] = {}
        self.why = Reasons(self.keep)
        self.number = 0

    def share(self, first: Compiler) -> None:
        """Writes into the stages of another compilation over the same columns: the same text is stored once."""
        self.reasons, self.stages, self.kept = first.reasons, first.stages, first.kept
        self.depths, self.civils, self.why.apart = first.depths, first.civils, first.why.apart

    def refuse(self, node: Node, why: str) -> NotCompilable:
        """The refusal of one node."""
        return NotCompilable(node.law.id, node.article.number, why)

    def finished(self, node: Node, value: Sql) -> Sql:
        """An output that can be handed over."""
        if value.over is not None:
            raise self.refuse(node, f"'{node.name}' divides by a fact without rounding")
        bottom = value.scale.denominator
        for prime in (2, 5):
            while bottom % prime == 0:
                bottom //= prime
        if bottom != 1:
            raise self.refuse(node, f"'{node.name}' has endless decimals; round it in the law")
        return value

    def checked(self, node: Node) -> Sql:
        """A node, with an overflow as a refusal of that node."""
        try:
            return self.sql(node)
        except Overflow as overflow:
            raise self.refuse(node, str(overflow)) from overflow

    def depth_of(self, text: str) -> int:
        """How many stages must lie below an expression."""
        return max((self.depths[name] for name in names_in(text) if name in self.depths), default=0)

    def keep(self, text: str) -> str:
        """Stores an expression as a column and returns its name; the same text is stored once."""
        if text.replace("_", "").isalnum() or text.lstrip("-").isdigit():
            return text
        if text not in self.kept:
            depth = self.depth_of(text)
            if depth >= MAX_STAGES:
                root = next(iter(self.program.outputs.values()))
                raise self.refuse(root, f"it needs more than {MAX_STAGES} stages")
            while len(self.stages) <= depth:
                self.stages.append([])
            name = f"n{len(self.kept)}"
            self.stages[depth].append((name, text))
            self.kept[text] = (name, depth)
            self.depths[name] = depth + 1
        return self.kept[text][0]

    def settle(self, value: Sql, uses: int = 2) -> Sql:
        """A value that can be used as often as needed; what is used once may stay inside its parent."""
        if held(value).over is not None:
            return value
        shared = uses > 1 or len(value.v) > LONG
        text, reason = self.keep(value.v) if shared else value.v, self.why.settled(value.r)
        return value if (text, reason) == (value.v, value.r) else replace(value, v=text, r=reason)

    def sql(self, node: Node) -> Sql:
        """The SQL of a node, made once."""
        if node.index not in self.memo:
            value = self.constant(node) if self.is_constant(node) else self.made(node)
            self.memo[node.index] = self.settle(value, self.uses.get(node.index, 1))
        return self.memo[node.index]

    def made(self, node: Node) -> Sql:
        """The SQL of a node that is not the same for everybody."""
        return self.member(self, node) if node.kind == "member" else _KINDS[node.kind](self, node)

    def is_constant(self, node: Node) -> bool:
        """True when no column takes part."""
        if node.index not in self.constants:
            given = node.kind == "parameter" and node.name in self.parameters
            fact = REFERENCE if node.kind == "referencedate" else node.fact_name
            has_column = (fact in self.columns or count_name(fact) in self.columns) and not given
            self.constants[node.index] = not has_column and all(self.is_constant(arg) for arg in node.args)
        return self.constants[node.index]

    def constant(self, node: Node) -> Sql:
        """A node that is the same for everybody, computed by the interpreter."""
        try:
            value = self.constant_run.value(node)
        except Refusal as refusal:
            raise self.refuse(node, str(refusal)) from refusal
        return self.literal(node, value)

    def literal(self, node: Node, value: Val) -> Sql:
        """A value as SQL."""
        if value.reason != OK:
            return Sql(NULL, "0", self.code(value.reason))
        raw = value.value
        if isinstance(raw, bool):
            return Sql(BOOLEAN, "TRUE" if raw else "FALSE")
        if isinstance(raw, int | Fraction):
            return _number(Fraction(raw))
        day = v.as_date(raw)
        if day is not None:
            number = day.toordinal() - 719163
            return Sql(DATE, str(number), lo=number, hi=number)
        if isinstance(raw, str):
            return Sql(TEXT, quoted(raw))
        raise self.refuse(node, "a list or mapping cannot be a value in SQL")

    def code(self, reason: str) -> Reason:
        """A reason that is the same for everybody; it gets a code when it has none yet."""
        if reason not in self.reasons:
            self.reasons.append(reason)
        return Reason.always(self.reasons.index(reason))

    def column(self, node: Node) -> Sql:
        """A fact from the snapshot."""
        return self.fact(node.fact_name, node.fact_name)

    def reference(self, node: Node) -> Sql:
        """The reference date of each row."""
        return self.fact(REFERENCE, node.name)

    def fact(self, name: str, called: str) -> Sql:
        """A column of the snapshot; `called` is what is unknown when it is."""
        column = self.columns[name]
        unknown = self.code(f"unknown:{called}") if column.doubt != "FALSE" else SURE
        reason = replace(unknown, absent=column.absent, doubt=column.doubt)
        return Sql(column.kind, column.v, reason, column.scale, column.lo, column.hi, stored=column.stored)

    def inner(self, node: Node) -> Sql:
        """A reference, argument or input: the fact when there is a column, else what it refers to."""
        return self.column(node) if node.fact_name in self.columns else self.sql(node.args[0])

    def open_term(self, node: Node) -> Sql:
        """An open term; nothing on an open norm is unknown."""
        if node.fact_name in self.columns:
            return self.column(node)
        if node.guard is not None and can_be_false(node.args[0]):
            raise self.refuse(node, f"policy rule '{node.guard.law}' could presume against a person")
        filled = self.sql(node.args[0])
        if not node.open_norm or filled.sure:
            return filled
        own, given = self.code(f"unknown:{node.fact_name or node.name}"), filled.r
        code = case([(given.absent, own.code)], given.code)
        return replace(
            filled, r=Reason("FALSE", given.error, any_of(given.absent, given.doubt), code, own.can | given.can)
        )

    def output(self, node: Node) -> Sql:
        """An output, tainted when its article says more than operations can."""
        value = self.sql(node.args[0])
        if not node.taint:
            return value
        return replace(value, r=self.why.first([(value.r.error, FAILED)], Reason.always(R_UNTRANSLATABLE)))

    def path(self, node: Node) -> Sql:
        """A part of a date."""
        value = self.sql(node.args[0])
        if value.kind != DATE or len(node.path) != 1:
            raise self.refuse(node, f"'{node.name}' reads a part of something that is not a date")
        reason = value.r if node.law.later else self.strict_reason([value])
        if node.path[0] == "iso":
            return replace(value, r=reason)
        parts = self.civil(value)
        bounds = {"year": (parts.y, 1, 9999), "month": (parts.m, 1, 12), "day": (parts.d, 1, 31)}
        if node.path[0] not in bounds:
            raise self.refuse(node, f"a date has no part '{node.path[0]}'")
        text, lo, hi = bounds[node.path[0]]
        taken = part_of(value, node.path[0])
        return Sql(NUMBER, text, reason, lo=lo, hi=hi, curve=taken.curve, parts=taken)

    def present(self, node: Node) -> Sql:
        """What may not be nothing where it stands."""
        value = self.sql(node.args[0])
        return replace(value, r=self.strict_reason([value]))

    def within(self, node: Node) -> Sql:
        """What has bounds: outside them an error. The value keeps its own size: rows that fail hold it still."""
        value, bounds = self.settle(self.sql(node.args[0])), node.bounds
        if value.kind != NUMBER:
            return value
        self.no_quotient(node, [value])
        wrong = []
        if bounds.low is not None:
            wrong.append(f"{wrapped(value.v)} < {ceil(Fraction(bounds.low) / value.scale)}")
        if bounds.high is not None:
            wrong.append(f"{wrapped(value.v)} > {floor(Fraction(bounds.high) / value.scale)}")
        if bounds.places is not None:
            by = (value.scale * 10**bounds.places).denominator
            wrong += [f"{wrapped(value.v)} % {by} <> 0"] if by > 1 else []
        return replace(value, r=self.why.first([(all_of(value.r.here, one), FAILED) for one in wrong], value.r))

    def asked(self, node: Node) -> Sql:
        """A law that is not run about nobody."""
        raise self.refuse(node, f"'{node.name}' is asked of a law that is not run about nobody (RFC-036)")

    def refused(self, node: Node) -> Sql:
        """A node that only refuses."""
        raise self.refuse(node, str(node.refusal))

    def operation(self, node: Node) -> Sql:
        """An operation."""
        special = self.lazy.get(node.op)
        if special is not None:
            return special(self, node)
        made = self.strict.get(node.op)
        if made is None:
            raise self.refuse(node, f"operation {node.op} is not on the proven list")
        values = [self.sql(arg) for arg in node.args]
        apart = self.spread(self, node.op, values, lambda part: made(self, node, part)) if node.op in SPREAD else None
        return made(self, node, values) if apart is None else apart

    def strict_reason(self, values: list[Sql], *problems: str, absent_fails: bool = True) -> Reason:
        """First what cannot be computed with, in order; then errors; else ok."""
        branches: list[Branch] = [(None, value.r) for value in values]
        if absent_fails:
            branches += [(value.r.absent, FAILED) for value in values]
        branches += [(problem, FAILED) for problem in problems]
        return self.why.first(branches)

    def failing(self, values: list[Sql]) -> Sql:
        """Values that do not fit the operation: an error for everybody who has them all."""
        return Sql(NULL, "0", self.strict_reason(values, "TRUE"))

    def are(self, values: list[Sql], kind: str) -> bool:
        """True when every value is of a kind, or never there at all."""
        return all(value.kind in (kind, NULL) for value in values)

    def no_quotient(self, node: Node, values: list[Sql]) -> None:
        """A quotient of facts may only be rounded."""
        if any(value.over is not None for value in values):
            raise self.refuse(node, "a division by a fact must be rounded before it is used")

    def no_text_date(self, node: Node, values: list[Sql]) -> None:
        """A text fact beside a date could hold a date; only the interpreter knows."""
        kinds = {value.kind for value in values}
        if kinds == {TEXT, DATE} or kinds == {TEXT}:
            texts = [value for value in values if value.kind == TEXT]
            if any(not value.v.startswith("'") for value in texts):
                raise self.refuse(node, f"{node.op} of text facts that may be dates")

    def civil(self, value: Sql) -> cal.Civil:
        """Year, month and day of a date, computed once."""
        if value.v not in self.civils:
            if value.lo == value.hi:
                day = _date_of(value.lo)
                self.civils[value.v] = cal.Civil(str(day.year), str(day.month), str(day.day))
            else:
                self.civils[value.v] = cal.civil(value.v, self.keep)
        return self.civils[value.v]


def _uses(program: Program) -> dict[int, int]:
    """How many parents each node has; an output that is asked counts as one."""
    found: dict[int, int] = {}
    for node in reachable(list(program.outputs.values())):
        for arg in node.args:
            found[arg.index] = found.get(arg.index, 0) + 1
    for node in program.outputs.values():
        found[node.index] = found.get(node.index, 0) + 1
    return found


def _number(value: Fraction) -> Sql:
    """A constant number."""
    scale = Fraction(1, value.denominator)
    return Sql(NUMBER, str(value.numerator), SURE, scale, value.numerator, value.numerator)


def part_of(day: Sql, part: str) -> Parts:
    """The year, month or day of a date."""
    return Parts(wrapped(day.v), day.lo, day.hi, day.stored, **{part: Fraction(1)})


def _date_of(days: int) -> date:
    return date.fromordinal(days + 719163)


_KINDS: dict[str, Callable[[Compiler, Node], Sql]] = {
    "input": Compiler.column,
    "parameter": Compiler.column,
    "referencedate": Compiler.reference,
    "reference": Compiler.inner,
    "argument": Compiler.inner,
    "open_term": Compiler.open_term,
    "output": Compiler.output,
    "path": Compiler.path,
    "present": Compiler.present,
    "within": Compiler.within,
    "asked": Compiler.asked,
    "refusal": Compiler.refused,
    "operation": Compiler.operation,
}
