"""The explanation: the graph of a program with the values of one run, article by article.

Every step has its article, literal text, link, version and status; what was not needed is there and says so. A node
that is used twice is told once in full and after that by the same id without its children. What does not depend on the
person is in `told` and shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from waardig.law.core import values as v
from waardig.law.core import words
from waardig.law.core.collection import item_of, parts_of, varying
from waardig.law.core.graph import DEMANDS, Node, Program
from waardig.law.core.interpret import Run
from waardig.law.core.told import Told, labelled, told_of
from waardig.law.core.values import Val
from waardig.law.core.words import Pair
from waardig.law.terms import ERROR, Step

_new, _fill = object.__new__, Step.__dict__["__dict__"].__set__
"""A step of which the fields are already there; field by field, as a frozen class does, takes ten times as long."""


def explained(program: Program, run: Run) -> tuple[Step, ...]:
    """One tree per requested output."""
    teller = _Teller(program, run)
    return tuple(teller.step(node, "output", False) for node in program.outputs.values())


class _Teller:
    """Turns evaluated nodes into steps."""

    def __init__(self, program: Program, run: Run) -> None:
        self.program, self.run = program, run
        self.memo, self.found, self.told = run.memo, run.found, program.told
        self.first: dict[int, dict[str, Any]] = {}
        """The fields of a node where it was told in full."""
        self.outcomes: dict[int, Pair] = {}
        self.differ: frozenset[int] = frozenset()
        self.place = ""

    def step(self, node: Node, role: str, taken: bool) -> Step:
        """The step of a node and, the first time, of everything below it.

        One frame of the stack a level: several would cross the pieces in which Python keeps its stack again and again.
        """
        index = node.index
        if node.kind in DEMANDS and (index not in self.memo or self.memo[index].reason != ERROR):
            made = self.step(node.args[0], role, taken)
            if index in self.memo:
                self.outcomes[index] = self.outcomes[node.args[0].index]
            return made
        told, value = self.told.get(index) or told_of(self.program, node), self.memo.get(index)
        differs, key = index in self.differ, (role, taken, value is None)
        shared = (value is None or told.constant) and not differs
        if shared and key in told.same:
            return told.same[key]
        fields = told.fields.copy()
        fields["role"] = role
        if taken:
            fields["taken"] = True
        if differs:
            fields["id"] += self.place
        if value is None:
            fields["not_needed"] = True
        elif index in self.first:
            self._again(index, value, fields)
        else:
            if told.below and not self._was_given(node):
                chosen, children = self._chosen(index, node), []
                for arg, part in told.below:
                    children.append(self.step(arg, part, arg is chosen))
                fields["children"] = tuple(children)
            elif node.op == "FOREACH":
                fields["children"] = (self.step(node.args[0], "subject", False), *self._members(node))
            self._tell(node, told, value, fields)  # after its children: its sentence names them
        made = _new(Step)
        _fill(made, fields)
        if shared:
            told.same[key] = made
        return made

    def _was_given(self, node: Node) -> bool:
        """Whether its value was there, so that nothing below it was computed."""
        return node.index in self.found or (node.kind == "member" and node.args[1].index not in self.memo)

    def _chosen(self, index: int, node: Node) -> Node | None:
        """The argument of an IF that decided."""
        position = self.run.taken.get(index)
        return None if position is None else node.args[position]

    def _again(self, index: int, value: Val, fields: dict[str, Any]) -> None:
        """What was told in full before, without what is below it."""
        first = self.first[index]
        fields["value"], fields["reason"], fields["fact"] = first["value"], value.reason, first.get("fact")
        fields["words_nl"], fields["words_en"] = first["words_nl"], first["words_en"]

    def _tell(self, node: Node, told: Told, value: Val, fields: dict[str, Any]) -> None:
        """Its value, where that comes from, and its sentence in both languages."""
        index = node.index
        fields["value"] = shown = v.to_outside(value.value)
        fields["reason"] = value.reason
        if index in self.found:
            fields["fact"] = self.found[index]
        outcome = words.results(shown, value.reason, told.unit)
        if node.members and isinstance(value.value, tuple):
            outcome = (str(len(value.value)),) * 2
        self.first[index], self.outcomes[index] = fields, outcome
        fields["words_nl"], fields["words_en"] = _FORMS[told.form](self, node, told, outcome)

    def _members(self, node: Node) -> Iterator[Step]:
        """One step for each member that was looked at, with what was computed for it."""
        run, whole, branches = self.run, self.run.memo, self.run.taken
        differ = varying(node)
        parts = [(role, arg) for role, arg in zip(node.roles, node.args, strict=True) if role in ("where", "value")]
        for number, told in enumerate(run.members.get(node.index, ()), 1):
            self._forget(differ)
            self.differ, self.place = differ, f"@{number}"
            run.memo, run.taken = {**whole, **told.memo}, {**branches, **told.taken}
            self.memo = run.memo
            try:
                children = tuple(self.step(arg, role, False) for role, arg in parts if arg.index in run.memo)
                yield replace(self._member(node, number), children=children)
            finally:
                run.memo, run.taken, self.differ = whole, branches, frozenset()
                self.memo = whole
                self._forget(differ)

    def _forget(self, differ: frozenset[int]) -> None:
        """What was told about one member is not so about the next."""
        for index in differ:
            self.first.pop(index, None)

    def _member(self, node: Node, number: int) -> Step:
        """The heading of one member: which one, and whether it counts."""
        counts = self.run.memo.get(parts_of(node)["where"].index) if "where" in parts_of(node) else v.TRUE
        reason = counts.reason if counts else ""
        yes = counts is not None and not counts.bad and v.is_true(counts.value)
        item = item_of(node)
        nl, en = words.member(item.name, number, None if counts is None or counts.bad else yes)
        return replace(
            self.step(item, "item", False),
            value=yes if counts is not None and not counts.bad else None,
            reason=reason,
            words_nl=nl,
            words_en=en,
            children=(),
            not_needed=False,
        )

    def _literal(self, _node: Node, _told: Told, outcome: Pair) -> Pair:
        return outcome

    def _named(self, node: Node, told: Told, outcome: Pair) -> Pair:
        nl, en = f"{told.called[0]}: {outcome[0]}", f"{told.called[1]}: {outcome[1]}"
        fact = self.found.get(node.index)
        if fact and fact.source:
            nl, en = f"{nl} (volgens {fact.source})", f"{en} (according to {fact.source})"
        if fact and fact.presumed:
            nl, en = f"{nl} (in uw voordeel aangenomen)", f"{en} (presumed in your favour)"
        return nl, en

    def _labels(self, told: Told) -> list[Pair]:
        """What the operands that were needed are called in a sentence: name with value, or only the value."""
        memo, outcomes, found = self.memo, self.outcomes, []
        for operand in told.operands:
            if operand.index in memo:
                found.append(operand.label or labelled(operand.called, outcomes[operand.index]))
        return found

    def _listed(self, _node: Node, told: Told, outcome: Pair) -> Pair:
        labels = self._labels(told)
        nl, en = "; ".join([label[0] for label in labels]), "; ".join([label[1] for label in labels])
        return f"{told.called[0]} ({nl}): {outcome[0]}", f"{told.called[1]} ({en}): {outcome[1]}"

    def _compared(self, node: Node, told: Told, outcome: Pair) -> Pair:
        labels, verbs = self._labels(told), told.called
        if len(labels) < 2:
            return self._listed(node, told, outcome)
        if v.as_date(self.memo[node.args[0].index].value):
            verbs = words.LATER.get(node.op, verbs)
        nl, en = f"{labels[0][0]} {verbs[0]} {labels[1][0]}", f"{labels[0][1]} {verbs[1]} {labels[1][1]}"
        return f"{nl}: {outcome[0]}", f"{en}: {outcome[1]}"

    def _tested(self, _node: Node, told: Told, outcome: Pair) -> Pair:
        label = self._labels(told)[0]
        return f"{label[0]} {told.called[0]}: {outcome[0]}", f"{label[1]} {told.called[1]}: {outcome[1]}"

    def _combined(self, node: Node, _told: Told, outcome: Pair) -> Pair:
        verbs, name = words.COMBINED[node.combine], words.plain_name(node.name)
        return f"{verbs[0]} {name}: {outcome[0]}", f"{verbs[1]} {name}: {outcome[1]}"

    def _branch(self, node: Node, _told: Told, outcome: Pair) -> Pair:
        position = self.run.taken.get(node.index)
        if position is None and self.memo[node.index].bad:  # a condition is not known, so no case is settled
            return f"welk geval geldt: {outcome[0]}", f"which case holds: {outcome[1]}"
        if position is None:
            return f"geen van de gevallen geldt: {outcome[0]}", f"none of the cases holds: {outcome[1]}"
        if node.roles[position] == "default":
            return f"in alle andere gevallen: {outcome[0]}", f"in all other cases: {outcome[1]}"
        number = position // 2 + 1
        return f"geval {number} geldt: {outcome[0]}", f"case {number} holds: {outcome[1]}"


_FORMS: dict[str, Callable[[_Teller, Node, Told, Pair], Pair]] = {
    "literal": _Teller._literal,
    "named": _Teller._named,
    "listed": _Teller._listed,
    "compared": _Teller._compared,
    "tested": _Teller._tested,
    "IF": _Teller._branch,
    "FOREACH": _Teller._combined,
}
