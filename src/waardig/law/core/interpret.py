"""The exact interpreter: one person, every reason, nothing computed that nobody needs.

Lazy: an input behind an untaken branch is never asked. Kleene: a definite false settles AND and a definite true settles
OR, whatever is unknown; an unknown condition makes the outcome unknown. Absent is a value (regelrecht null), unknown is
not.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Set
from typing import Any, Protocol

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.graph import Node, Program, bare
from waardig.law.core.members import Told, foreach, item, member
from waardig.law.core.values import Val
from waardig.law.core.within import checked, fitting
from waardig.law.terms import ABSENT, ERROR, OK, Fact, PresumesAgainst, unknown

NO_LISTS: Set[str] = frozenset()


class FactSource(Protocol):
    """Where facts come from."""

    def find(
        self,
        name: str,
        fact_name: str,
        parameter: Callable[[str], ir.Raw],
        lists: Set[str] = NO_LISTS,
        law: str = "",
    ) -> Fact | None:
        """The fact for an input, or None when the source does not have it.

        Args:
            name: the input's name; fact_name has the relation with it (`geboortedatum@partner_bsn`).
            parameter: the value of a parameter in force where the fact is asked, or None.
            lists: names of the collections of these laws, in lower case: who stands there is somebody else.
            law: the law that asks a source for it; "" for what a law computes.
        """


class NamedFacts:
    """Facts about one person by name."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.facts = facts

    def find(self, name: str, fact_name: str, *_: Any) -> Fact | None:  # noqa: ARG002
        """The fact of exactly this name."""
        return self.facts.get(fact_name)


class Run:
    """One evaluation of a program for one person.

    Attributes:
        memo: value per node index; what is not in it was not needed.
        used: the facts that took part, by fact name.
        taken: index of an IF node -> position of the argument that decided.
        members: index of a FOREACH node -> what was computed for each member that was looked at.
        current: index of an item -> the member at hand.
        on: the reference date, when it is another than that of the program.
    """

    def __init__(
        self,
        program: Program,
        parameters: Mapping[str, Any],
        facts: FactSource,
        *,
        on: datetime.date | None = None,
    ) -> None:
        self.program, self.facts, self.on = program, facts, on
        self.parameters = {name: v.from_outside(value) for name, value in parameters.items()}
        self.memo: dict[int, Val] = {}
        self.used: dict[str, Fact] = {}
        self.found: dict[int, Fact] = {}
        self.taken: dict[int, int] = {}
        self.members: dict[int, tuple[Told, ...]] = {}
        self.current: dict[int, ir.Raw] = {}

    def touched(self) -> set[int]:
        """Indexes of the nodes that took part, those of every member among them."""
        return set(self.memo).union(*(told.memo for each in self.members.values() for told in each))

    def value(self, node: Node) -> Val:
        """The value of a node, computed once.

        Raises:
            PresumesAgainst: a policy rule says false on an open norm.
            Refusal: what the node refuses with (missing implementation, law not in force, circular reference).
        """
        known = self.memo.get(node.index)
        if known is None:
            known = self.memo[node.index] = _KINDS[node.kind](self, node)
        return known

    def _literal(self, node: Node) -> Val:
        return node.constant

    def _reference_date(self, node: Node) -> Val:
        return node.constant if self.on is None else v.known(v.date_object(self.on))

    def _parameter(self, node: Node) -> Val:
        if node.name in self.parameters:
            return fitting(node, self.parameters[node.name])
        fact = self._fact(node)
        return self._from_fact(node, fact) if fact else Val(None, unknown(node.name))

    def _fact(self, node: Node) -> Fact | None:
        if not node.fact_name:
            return None

        def parameter(name: str) -> ir.Raw:
            if name in node.env:
                value = self.value(node.env[name])
                return value.value if value.reason == OK else None
            return self.parameters.get(name)

        law = node.law.id if node.kind == "input" else ""
        return self.facts.find(node.name, node.fact_name, parameter, self.program.lists, law)

    def _from_fact(self, node: Node, fact: Fact) -> Val:
        self.used[node.fact_name] = fact
        self.found[node.index] = fact
        if fact.reason == OK:
            return fitting(node, v.from_outside(fact.value))
        return v.NOTHING if fact.reason == ABSENT else Val(None, unknown(node.fact_name))

    def _input(self, node: Node) -> Val:
        fact = self._fact(node)
        if fact is not None:
            return self._from_fact(node, fact)
        if node.fact_name in self.parameters:
            return fitting(node, self.parameters[node.fact_name])
        return Val(None, unknown(node.fact_name))

    def _reference(self, node: Node) -> Val:
        """A fact given under this input's name goes before computing it (regelrecht: data sources first)."""
        fact = self._fact(node)
        return self._from_fact(node, fact) if fact else self.value(node.args[0])

    def _open_term(self, node: Node) -> Val:
        fact = self._fact(node)
        if fact is not None:
            return self._from_fact(node, fact)
        filled = self.value(node.args[0])
        if node.guard and filled.reason == OK and not v.is_true(filled.value):
            raise PresumesAgainst(node.guard.law, node.guard.article, node.guard.term)
        if node.open_norm and filled.reason == ABSENT:
            return Val(None, unknown(node.fact_name or node.name))
        return filled

    def _output(self, node: Node) -> Val:
        value = self.value(node.args[0])
        return v.TAINTED if node.taint and value.reason != ERROR else value

    def _refusal(self, node: Node) -> Val:
        assert node.refusal is not None
        raise node.refusal

    def _argument(self, node: Node) -> Val:
        return self.value(node.args[0])

    def _path(self, node: Node) -> Val:
        value = self.value(node.args[0])
        if value.bad or (value.reason == ABSENT and node.law.later):
            return value  # a part of what there is not, is not there either (RFC-036)
        return v.part_of(value.value, node.path)

    def _present(self, node: Node) -> Val:
        """What may not be nothing where it stands."""
        value = self.value(node.args[0])
        if value.reason != ABSENT:
            return value
        fact = self.found.get(bare(node).index)
        source = f"source {fact.source}: " if fact and fact.source else ""
        return v.failure(source + node.description, "absent_value")

    def _within(self, node: Node) -> Val:
        """What has bounds."""
        return checked(node, self.value(node.args[0]))

    def _asked(self, node: Node) -> Val:
        """A law that is asked about nobody is not run (RFC-036): nobody gives nothing, unknown stays unknown."""
        for about in node.args[1:]:
            value = self.value(about)
            if value.reason != OK:
                return value
        return self.value(node.args[0])

    def _operation(self, node: Node) -> Val:
        special = _LAZY.get(node.op)
        if special:
            return special(self, node)
        operands = []
        for arg in node.args:
            value = self.value(arg)
            if value.reason != OK and value.bad:
                return value
            operands.append(value.value)
        return _strict(node, operands)

    def _if(self, node: Node) -> Val:
        for position in range(0, len(node.args) - 1, 2):
            if node.roles[position] != "when":
                break
            condition = self.value(node.args[position])
            if condition.bad:
                return condition
            if v.is_true(condition.value):
                self.taken[node.index] = position + 1
                return self.value(node.args[position + 1])
        if node.roles and node.roles[-1] == "default":
            self.taken[node.index] = len(node.args) - 1
            return self.value(node.args[-1])
        return v.NOTHING

    def _junction(self, node: Node) -> Val:
        """AND and OR, left to right."""
        return v.junction(node.op, (self.value(arg) for arg in node.args))

    def _in(self, node: Node) -> Val:
        subject = self.value(node.args[0])
        if subject.bad:
            return subject
        doubt: Val | None = None
        found = False
        for arg in node.args[1:]:
            value = self.value(arg)
            if value.reason == ERROR:
                return value
            if value.bad:
                doubt = doubt or value
                continue
            items = value.value if isinstance(value.value, tuple) and len(node.args) == 2 else (value.value,)
            if any(v.equal(subject.value, item) for item in items):
                found = True
                break
        if not found and doubt:
            return doubt
        return v.truth(found == (node.op == "IN"))


def _strict(node: Node, operands: list[ir.Raw]) -> Val:
    """An operation of which every operand is known or absent."""
    op = node.op
    if op in _ARITHMETIC:
        return v.arithmetic(op, operands)
    if op in _ORDERED:
        return v.compare(op, operands[0], operands[1])
    if op in ("EQUALS", "NOT_EQUALS"):
        return v.truth(v.equal(operands[0], operands[1]) == (op == "EQUALS"))
    if op in ("ROUND", "CEIL", "FLOOR"):
        return v.rounded(op, operands[0], node.precision)
    if op == "DATE_ADD":
        return v.date_add(operands[0], dict(zip(node.roles[1:], operands[1:], strict=True)))
    return _OTHER[op](*operands)


_ARITHMETIC = frozenset({"ADD", "SUBTRACT", "MULTIPLY", "DIVIDE", "MIN", "MAX"})
_ORDERED = frozenset({"GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL"})
_OTHER: dict[str, Callable[..., Val]] = {
    "NOT": lambda value: v.truth(not v.is_true(value)),
    "IS_NULL": lambda value: v.truth(value is None),
    "NOT_NULL": lambda value: v.truth(value is not None),
    "LIST": lambda *items: Val(tuple(items)),
    "AGE": v.age,
    "DATE": v.date_of,
    "DATE_DIFF": v.date_diff,
    "DAY_OF_WEEK": v.day_of_week,
    "DATE_PART": v.date_part,
    "START_OF": v.start_of,
}
_LAZY: dict[str, Callable[[Run, Node], Val]] = {
    "IF": Run._if,
    "AND": Run._junction,
    "OR": Run._junction,
    "IN": Run._in,
    "NOT_IN": Run._in,
    "FOREACH": foreach,
}
_KINDS: dict[str, Callable[[Run, Node], Val]] = {
    "literal": Run._literal,
    "definition": Run._literal,
    "referencedate": Run._reference_date,
    "parameter": Run._parameter,
    "input": Run._input,
    "reference": Run._reference,
    "open_term": Run._open_term,
    "output": Run._output,
    "argument": Run._argument,
    "refusal": Run._refusal,
    "item": item,
    "member": member,
    "path": Run._path,
    "present": Run._present,
    "within": Run._within,
    "asked": Run._asked,
    "operation": Run._operation,
}
