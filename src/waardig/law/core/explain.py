"""The explanation: the graph of a program with the values of one run, article by article.

Every step has its article, literal text, link, version and status; what was not needed is there and says so. A node
that is used twice is told once in full and after that by the same id without its children.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from waardig.law.core import values as v
from waardig.law.core import words
from waardig.law.core.collection import item_of, parts_of, varying
from waardig.law.core.graph import Node, Program
from waardig.law.core.interpret import Run
from waardig.law.core.status import definition_status
from waardig.law.core.values import Val
from waardig.law.terms import OK, Step

KINDS = {"path": "operation", "referencedate": "definition", "argument": "reference"}


def explained(program: Program, run: Run) -> tuple[Step, ...]:
    """One tree per requested output."""
    teller = _Teller(program, run)
    return tuple(teller.step(node, "output", None) for node in program.outputs.values())


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


class _Teller:
    """Turns evaluated nodes into steps."""

    def __init__(self, program: Program, run: Run) -> None:
        self.program, self.run = program, run
        self.told: set[int] = set()
        self.units: dict[int, str | None] = {}
        self.within: tuple[frozenset[int], str] = (frozenset(), "")

    def step(self, node: Node, role: str, parent: Node | None) -> Step:
        """The step of a node and, the first time, of everything below it."""
        value = self.run.memo.get(node.index)
        again = node.index in self.told
        self.told.add(node.index)
        needed = value is not None
        children = () if again or not needed else self._children(node)
        unit = self.unit(node)
        shown = v.to_outside(value.value) if value and value.reason == OK else None
        nl, en = self._words(node, value)
        status = node.law.status
        article, url, text = _cited(node)
        return Step(
            id=self._id(node),
            law=node.law.id,
            law_name=node.law.name,
            layer=node.law.layer,
            article=article,
            url=url,
            article_text=text,
            version=status.text_version or node.law.valid_from or "",
            text_status=status.text,
            kind=self._kind(node),
            name=node.name,
            operation=node.op,
            value=shown,
            reason=value.reason if value else "",
            unit=unit,
            words_nl=nl,
            words_en=en,
            children=children,
            fact=self.run.found.get(node.index),
            not_needed=not needed,
            role=role,
            taken=self._taken(node, parent),
            amount_status=definition_status(node.law, node.name) if node.kind == "definition" else None,
            legal_basis=node.at.legal_basis,
            description=node.description,
        )

    def _children(self, node: Node) -> tuple[Step, ...]:
        if node.index in self.run.found:
            return ()
        if node.op == "FOREACH":
            return (self.step(node.args[0], "subject", node), *self._members(node))
        if node.kind == "member":
            return ()
        return tuple(self.step(arg, role, node) for arg, role in zip(node.args, node.roles, strict=True))

    def _members(self, node: Node) -> Iterator[Step]:
        """One step for each member that was looked at, with what was computed for it."""
        run, whole, branches = self.run, self.run.memo, self.run.taken
        differ = varying(node)
        parts = [(role, arg) for role, arg in zip(node.roles, node.args, strict=True) if role in ("where", "value")]
        for number, told in enumerate(run.members.get(node.index, ()), 1):
            self.told -= differ
            self.within = (differ, f"@{number}")
            run.memo, run.taken = {**whole, **told.memo}, {**branches, **told.taken}
            try:
                children = tuple(self.step(arg, role, node) for role, arg in parts if arg.index in run.memo)
                yield replace(self._member(node, number), children=children)
            finally:
                run.memo, run.taken, self.within = whole, branches, (frozenset(), "")

    def _member(self, node: Node, number: int) -> Step:
        """The heading of one member: which one, and whether it counts."""
        counts = self.run.memo.get(parts_of(node)["where"].index) if "where" in parts_of(node) else v.TRUE
        reason = counts.reason if counts else ""
        yes = counts is not None and not counts.bad and v.is_true(counts.value)
        nl, en = words.member(item_of(node).name, number, None if counts is None or counts.bad else yes)
        item = item_of(node)
        bare = self.step(item, "item", node)
        return replace(
            bare,
            id=self._id(item),
            value=yes if counts is not None and not counts.bad else None,
            reason=reason,
            words_nl=nl,
            words_en=en,
            children=(),
            not_needed=False,
        )

    def _taken(self, node: Node, parent: Node | None) -> bool:
        if parent is None or parent.op != "IF":
            return False
        position = self.run.taken.get(parent.index)
        return position is not None and parent.args[position] is node

    def _kind(self, node: Node) -> str:
        for name, provenance in self.program.provenance.items():
            if provenance != "direct" and self.program.together.get(name) is node:
                return "hook" if provenance == "reactive" else "override"
        return KINDS.get(node.kind, node.kind)

    def _id(self, node: Node) -> str:
        label = node.name or node.op or node.kind
        member = self.within[1] if node.index in self.within[0] else ""
        return f"{node.law.id}#{node.article.number}#{label}.{node.index}{member}"

    def unit(self, node: Node) -> str | None:
        """The declared unit, or the one that follows from the operands (RFC-023: a label, never a conversion)."""
        if node.unit or node.kind in ("input", "parameter", "member", "item"):
            return node.unit
        if node.index not in self.units:
            self.units[node.index] = None
            self.units[node.index] = self._derived(node)
        return self.units[node.index]

    def _derived(self, node: Node) -> str | None:
        if node.op == "AGE":
            return "years"
        if node.kind in ("output", "reference", "open_term", "path", "argument"):
            return self.unit(node.args[0])
        if node.op in ("ADD", "SUBTRACT", "MIN", "MAX", "ROUND", "CEIL", "FLOOR", "MULTIPLY"):
            units = {unit for arg in node.args if (unit := self.unit(arg))}
            units -= {"ratio", "percentage"} if node.op == "MULTIPLY" else set()
            return units.pop() if len(units) == 1 else None
        if node.op == "FOREACH" and node.combine in ("ADD", "MIN", "MAX"):
            return self.unit(node.args[-1])
        if node.op == "IF":
            parts = [arg for arg, role in zip(node.args, node.roles, strict=True) if role != "when"]
            units = {unit for arg in parts if (unit := self.unit(arg))}
            return units.pop() if len(units) == 1 else None
        return None

    def _words(self, node: Node, value: Val | None) -> tuple[str, str]:
        if value is None:
            return f"{_called(node, 'nl') or 'dit'}: niet nodig", f"{_called(node, 'en') or 'this'}: not needed"
        return self._sentence(node, value, "nl"), self._sentence(node, value, "en")

    def _result(self, node: Node, value: Val, language: str) -> str:
        if node.members and isinstance(value.value, tuple):
            return str(len(value.value))
        shown = v.to_outside(value.value) if value.reason == OK else None
        return words.result(shown, value.reason, self.unit(node), language)

    def _sentence(self, node: Node, value: Val, language: str) -> str:
        outcome = self._result(node, value, language)
        if node.kind == "literal":
            return outcome
        if node.kind == "operation":
            return f"{self._operation(node, value, language)}"
        fact = self.run.found.get(node.index)
        source = f" ({'volgens' if language == 'nl' else 'according to'} {fact.source})" if fact and fact.source else ""
        if fact and fact.presumed:
            source += " (in uw voordeel aangenomen)" if language == "nl" else " (presumed in your favour)"
        return f"{_called(node, language)}: {outcome}{source}"

    def _label(self, node: Node, language: str) -> str:
        """What an operand is called in a sentence: its name with its value, or only the value."""
        value = self.run.memo.get(node.index)
        if value is None:
            return _called(node, language) or "…"
        outcome = self._result(node, value, language)
        if node.kind in ("literal", "operation"):
            return outcome
        return f"{_called(node, language)} ({outcome})"

    def _operation(self, node: Node, value: Val, language: str) -> str:
        side = 0 if language == "nl" else 1
        outcome = self._result(node, value, language)
        verb = words.OPERATIONS[node.op][side]
        labels = [self._label(arg, language) for arg in node.args if arg.index in self.run.memo]
        if node.op in words.ORDERED and len(labels) == 2:
            first = self.run.memo[node.args[0].index].value
            if v.as_date(first):
                verb = words.LATER.get(node.op, words.OPERATIONS[node.op])[side]
            return f"{labels[0]} {verb} {labels[1]}: {outcome}"
        if node.op == "IF":
            return self._branch(node, outcome, language)
        if node.op == "FOREACH":
            return f"{words.COMBINED[node.combine][side]} {words.plain_name(node.name)}: {outcome}"
        if node.op in ("IN", "NOT_IN", "IS_NULL", "NOT_NULL") and labels:
            return f"{labels[0]} {verb}: {outcome}"
        if node.op in ("AND", "OR", "NOT"):
            return f"{verb}: {outcome}"
        return f"{verb} ({'; '.join(labels)}): {outcome}"

    def _branch(self, node: Node, outcome: str, language: str) -> str:
        position = self.run.taken.get(node.index)
        dutch = language == "nl"
        if position is None:
            return f"{'geen van de gevallen geldt' if dutch else 'none of the cases holds'}: {outcome}"
        if node.roles[position] == "default":
            return f"{'in alle andere gevallen' if dutch else 'in all other cases'}: {outcome}"
        number = position // 2 + 1
        return f"{f'geval {number} geldt' if dutch else f'case {number} holds'}: {outcome}"
