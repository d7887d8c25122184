"""The explanation: the graph of a program with the values of one run, article by article.

Every step has its article, literal text, link, version and status; what was not needed is there and says so. A node
that is used twice is told once in full and after that by the same id without its children.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from waardig.law.core import values as v
from waardig.law.core import words
from waardig.law.core.collection import item_of, parts_of, varying
from waardig.law.core.graph import Node, Program
from waardig.law.core.interpret import Run
from waardig.law.core.status import definition_status
from waardig.law.core.values import Val
from waardig.law.terms import OK, Step

SAME = frozenset({"literal", "definition", "referencedate"})
KINDS = {"path": "operation", "referencedate": "definition", "argument": "reference"}


def explained(program: Program, run: Run) -> tuple[Step, ...]:
    """One tree per requested output."""
    teller = _Teller(program, run)
    return tuple(teller.step(node, "output", False) for node in program.outputs.values())


def _cited(node: Node) -> tuple[str, str, str]:
    """Article, link and literal text: what the legal basis of the node cites in the same law, else its own article."""
    basis = node.at.legal_basis
    cited = node.law.article(basis.get("article", ""))
    if cited is None or basis.get("bwb_id") not in (None, node.law.bwb_id):
        return node.article.number, node.article.url, node.article.text
    return cited.number, basis.get("url") or cited.url, cited.text


def _called(node: Node, language: str) -> str:
    """What a node is called in a sentence."""
    if node.kind == "referencedate":
        return "de dag waarvoor wij rekenen" if language == "nl" else "the day we work it out for"
    if node.kind == "operation":
        return words.OPERATIONS[node.op][0 if language == "nl" else 1]
    return words.plain_name(node.name)


@dataclass(frozen=True)
class Told:
    """What a step says about its node whoever the person is, made once for a program.

    Attributes:
        fields: every field of the step that does not depend on a value; one that is not there has its default.
        called: the node's name in Dutch and in English.
        unneeded: the sentences when it was not needed.
        same: steps that are the same for everybody: not needed, or a constant of the law.
    """

    fields: dict[str, Any]
    unit: str | None
    called: tuple[str, str]
    unneeded: tuple[str, str]
    same: dict[tuple[str, bool, bool], Step] = field(default_factory=dict)


def _told(program: Program, node: Node) -> Told:
    """What a node always says."""
    known: Told | None = program.told.get(node.index)
    if known is not None:
        return known
    status = node.law.status
    article, url, text = _cited(node)
    unit = _unit(program, node)
    fields: dict[str, Any] = {
        "id": f"{node.law.id}#{node.article.number}#{node.name or node.op or node.kind}.{node.index}",
        "law": node.law.id,
        "law_name": node.law.name,
        "layer": node.law.layer,
        "article": article,
        "url": url,
        "article_text": text,
        "version": status.text_version or node.law.valid_from or "",
        "text_status": status.text,
        "kind": _kind(program, node),
        "name": node.name,
        "operation": node.op,
        "value": None,
        "reason": "",
        "unit": unit,
        "words_nl": "",
        "words_en": "",
        "role": "",
        "legal_basis": node.at.legal_basis,
        "description": node.description,
    }
    if node.kind == "definition":
        fields["amount_status"] = definition_status(node.law, node.name)
    called = _called(node, "nl"), _called(node, "en")
    unneeded = f"{called[0] or 'dit'}: niet nodig", f"{called[1] or 'this'}: not needed"
    program.told[node.index] = made = Told(fields, unit, called, unneeded)
    return made


def _kind(program: Program, node: Node) -> str:
    for name, provenance in program.provenance.items():
        if provenance != "direct" and program.together.get(name) is node:
            return "hook" if provenance == "reactive" else "override"
    return KINDS.get(node.kind, node.kind)


def _unit(program: Program, node: Node) -> str | None:
    """The declared unit, or the one that follows from the operands (RFC-023: a label, never a conversion)."""
    if node.unit or node.kind in ("input", "parameter", "member", "item"):
        return node.unit
    if node.index not in program.units:
        program.units[node.index] = None
        program.units[node.index] = _derived(program, node)
    return program.units[node.index]


def _derived(program: Program, node: Node) -> str | None:
    if node.op == "AGE":
        return "years"
    if node.kind in ("output", "reference", "open_term", "path", "argument"):
        return _unit(program, node.args[0])
    if node.op == "FOREACH":
        return _unit(program, node.args[-1]) if node.combine in ("ADD", "MIN", "MAX") else None
    parts = list(node.args)
    if node.op == "IF":
        parts = [arg for arg, role in zip(node.args, node.roles, strict=True) if role != "when"]
    elif node.op not in ("ADD", "SUBTRACT", "MIN", "MAX", "ROUND", "CEIL", "FLOOR", "MULTIPLY"):
        return None
    units = {unit for arg in parts if (unit := _unit(program, arg))}
    units -= {"ratio", "percentage"} if node.op == "MULTIPLY" else set()
    return units.pop() if len(units) == 1 else None


class _Teller:
    """Turns evaluated nodes into steps."""

    def __init__(self, program: Program, run: Run) -> None:
        self.program, self.run = program, run
        self.memo, self.found, self.told = run.memo, run.found, program.told
        self.seen: set[int] = set()
        self.results: dict[int, tuple[Any, tuple[str, str]]] = {}
        self.sentences: dict[int, tuple[str, str]] = {}
        self.within: tuple[frozenset[int], str] = (frozenset(), "")

    def step(self, node: Node, role: str, taken: bool) -> Step:
        """The step of a node and, the first time, of everything below it."""
        index = node.index
        told, value = self.told.get(index) or _told(self.program, node), self.memo.get(index)
        if (value is None or node.kind in SAME) and index not in self.within[0]:
            key = (role, taken, value is None)
            same = told.same.get(key)
            if same is None:
                same = told.same[key] = self._step(node, told, value, role, taken)
            return same
        return self._step(node, told, value, role, taken)

    def _step(self, node: Node, told: Told, value: Val | None, role: str, taken: bool) -> Step:
        index = node.index
        fields = told.fields.copy()
        fields["role"] = role
        if index in self.within[0]:
            fields["id"] += self.within[1]
        if taken:
            fields["taken"] = True
        if value is None:
            fields["words_nl"], fields["words_en"] = told.unneeded
            fields["not_needed"] = True
        else:
            result = self.results.get(index) or self._result(node, told, value)
            said = self.sentences.get(index) or self._said(node, told, result[1])
            fields["value"], fields["reason"] = result[0], value.reason
            fields["words_nl"], fields["words_en"] = said
            if index in self.found:
                fields["fact"] = self.found[index]
            elif node.args and index not in self.seen:
                self.seen.add(index)
                fields["children"] = self._children(node)
        made = object.__new__(Step)
        object.__setattr__(made, "__dict__", fields)  # field by field, as a frozen class does, takes ten times as long
        return made

    def _children(self, node: Node) -> tuple[Step, ...]:
        if node.op == "FOREACH":
            return (self.step(node.args[0], "subject", False), *self._members(node))
        if node.kind == "member":
            return ()
        position = self.run.taken.get(node.index) if node.op == "IF" else None
        chosen = None if position is None else node.args[position]
        step = self.step
        return tuple([step(arg, role, arg is chosen) for arg, role in zip(node.args, node.roles, strict=True)])

    def _members(self, node: Node) -> Iterator[Step]:
        """One step for each member that was looked at, with what was computed for it."""
        run, whole, branches = self.run, self.run.memo, self.run.taken
        differ = varying(node)
        parts = [(role, arg) for role, arg in zip(node.roles, node.args, strict=True) if role in ("where", "value")]
        for number, told in enumerate(run.members.get(node.index, ()), 1):
            self._forget(differ)
            self.within = (differ, f"@{number}")
            run.memo, run.taken = {**whole, **told.memo}, {**branches, **told.taken}
            self.memo = run.memo
            try:
                children = tuple(self.step(arg, role, False) for role, arg in parts if arg.index in run.memo)
                yield replace(self._member(node, number), children=children)
            finally:
                run.memo, run.taken, self.within = whole, branches, (frozenset(), "")
                self.memo = whole
                self._forget(differ)

    def _forget(self, differ: frozenset[int]) -> None:
        """What was told about one member is not so about the next."""
        self.seen -= differ
        for index in differ:
            self.results.pop(index, None)
            self.sentences.pop(index, None)

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

    def _result(self, node: Node, told: Told, value: Val) -> tuple[Any, tuple[str, str]]:
        """The value as it is shown, and what came out in words, in both languages."""
        shown = v.to_outside(value.value) if value.reason == OK else None
        said = words.results(shown, value.reason, told.unit)
        if node.members and isinstance(value.value, tuple):
            said = (str(len(value.value)),) * 2
        known = self.results[node.index] = shown, said
        return known

    def _said(self, node: Node, told: Told, outcome: tuple[str, str]) -> tuple[str, str]:
        """The sentence of a node in both languages."""
        made = self._operation(node, outcome) if node.kind == "operation" else self._named(node, told, outcome)
        self.sentences[node.index] = made
        return made

    def _named(self, node: Node, told: Told, outcome: tuple[str, str]) -> tuple[str, str]:
        if node.kind == "literal":
            return outcome
        fact = self.found.get(node.index)
        nl, en = f"{told.called[0]}: {outcome[0]}", f"{told.called[1]}: {outcome[1]}"
        if fact and fact.source:
            nl, en = f"{nl} (volgens {fact.source})", f"{en} (according to {fact.source})"
        if fact and fact.presumed:
            nl, en = f"{nl} (in uw voordeel aangenomen)", f"{en} (presumed in your favour)"
        return nl, en

    def _label(self, node: Node) -> tuple[str, str]:
        """What an operand is called in a sentence: its name with its value, or only the value."""
        index = node.index
        told = self.told.get(index) or _told(self.program, node)
        nl, en = (self.results.get(index) or self._result(node, told, self.memo[index]))[1]
        if node.kind in ("literal", "operation"):
            return nl, en
        return f"{told.called[0]} ({nl})", f"{told.called[1]} ({en})"

    def _operation(self, node: Node, outcome: tuple[str, str]) -> tuple[str, str]:
        op, (nl, en) = node.op, outcome
        if op == "IF":
            said = self._branch(node)
            return f"{said[0]}: {nl}", f"{said[1]}: {en}"
        if op == "FOREACH":
            verbs, name = words.COMBINED[node.combine], words.plain_name(node.name)
            return f"{verbs[0]} {name}: {nl}", f"{verbs[1]} {name}: {en}"
        verbs = words.OPERATIONS[op]
        if op in ("AND", "OR", "NOT"):
            return f"{verbs[0]}: {nl}", f"{verbs[1]}: {en}"
        labels = [self._label(arg) for arg in node.args if arg.index in self.memo]
        if op in words.ORDERED and len(labels) == 2:
            first, second = labels
            if v.as_date(self.memo[node.args[0].index].value):
                verbs = words.LATER.get(op, verbs)
            return f"{first[0]} {verbs[0]} {second[0]}: {nl}", f"{first[1]} {verbs[1]} {second[1]}: {en}"
        if op in ("IN", "NOT_IN", "IS_NULL", "NOT_NULL") and labels:
            return f"{labels[0][0]} {verbs[0]}: {nl}", f"{labels[0][1]} {verbs[1]}: {en}"
        parts = "; ".join([label[0] for label in labels]), "; ".join([label[1] for label in labels])
        return f"{verbs[0]} ({parts[0]}): {nl}", f"{verbs[1]} ({parts[1]}): {en}"

    def _branch(self, node: Node) -> tuple[str, str]:
        position = self.run.taken.get(node.index)
        if position is None:
            return "geen van de gevallen geldt", "none of the cases holds"
        if node.roles[position] == "default":
            return "in alle andere gevallen", "in all other cases"
        number = position // 2 + 1
        return f"geval {number} geldt", f"case {number} holds"
