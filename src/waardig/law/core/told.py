"""What a step says about its node whoever the person is: made once for a program, shared by every explanation of it.

Article, literal text, link, version, status, unit, name and the words of the operation come from the law alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from waardig.law.core import words
from waardig.law.core.graph import DEMANDS, Node, Program
from waardig.law.core.status import definition_status
from waardig.law.core.values import to_outside
from waardig.law.core.words import Pair
from waardig.law.terms import Step

CONSTANT = frozenset({"literal", "definition", "referencedate"})
KINDS = {"path": "operation", "referencedate": "definition", "argument": "reference"}


@dataclass(frozen=True, slots=True)
class Operand:
    """How a sentence about an operation names one operand.

    Attributes:
        label: the whole, for a constant of the law; None when it depends on the person.
        called: its name before its value; None when it is its value only.
    """

    index: int
    label: Pair | None
    called: Pair | None


@dataclass(frozen=True, slots=True)
class Told:
    """One node.

    Attributes:
        fields: every field of the step that does not depend on a value; one that is not there has its default.
        called: the node's name, or what its operation is called.
        form: which of the forms of a sentence it has.
        constant: its value is a constant of the law.
        below: the operands, each with its role; not those of a collection, which are told for each member.
        same: steps that are the same for everybody, as they were first made: not needed, or a constant of the law.
    """

    fields: dict[str, Any]
    unit: str | None
    called: Pair
    form: str
    constant: bool
    below: tuple[tuple[Node, str], ...]
    operands: tuple[Operand, ...]
    same: dict[tuple[str, bool, bool], Step]


def told_of(program: Program, node: Node) -> Told:
    """What a node always says."""
    told: Told | None = program.told.get(node.index)
    if told is None:
        unit = unit_of(program, node)
        told = program.told[node.index] = Told(
            fields=_fields(program, node, unit),
            unit=unit,
            called=_called(node),
            form=_form(node),
            constant=node.kind in CONSTANT,
            below=_below(node),
            operands=tuple(_operand(program, arg) for arg in node.args),
            same={},
        )
    return told


def _below(node: Node) -> tuple[tuple[Node, str], ...]:
    if node.op == "FOREACH":
        return ()
    if node.kind == "member":
        return tuple((arg, "value") for arg in node.args[1:])
    return tuple(zip(node.args, node.roles, strict=True))


def _operand(program: Program, node: Node) -> Operand:
    called = None if node.kind in ("literal", "operation") else _called(node)
    if node.kind not in CONSTANT:
        return Operand(node.index, None, called)
    value = node.constant
    said = words.results(to_outside(value.value), value.reason, unit_of(program, node))
    return Operand(node.index, labelled(called, said), called)


def labelled(called: Pair | None, value: Pair) -> Pair:
    """A name with its value, or only the value."""
    return (f"{called[0]} ({value[0]})", f"{called[1]} ({value[1]})") if called else value


def _fields(program: Program, node: Node, unit: str | None) -> dict[str, Any]:
    status = node.law.status
    article, url, text = _cited(node)
    called = _called(node)
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
        "words_nl": f"{called[0] or 'dit'}: niet nodig",
        "words_en": f"{called[1] or 'this'}: not needed",
        "role": "",
        "legal_basis": node.at.legal_basis,
        "description": node.description,
    }
    if node.kind == "definition":
        fields["amount_status"] = definition_status(node.law, node.name)
    return fields


def _cited(node: Node) -> tuple[str, str, str]:
    """Article, link and literal text: what the legal basis of the node cites in the same law, else its own article."""
    basis = node.at.legal_basis
    cited = node.law.article(basis.get("article", ""))
    if cited is None or basis.get("bwb_id") not in (None, node.law.bwb_id):
        return node.article.number, node.article.url, node.article.text
    return cited.number, basis.get("url") or cited.url, cited.text


def _called(node: Node) -> Pair:
    """What a node is called in a sentence."""
    if node.kind == "referencedate":
        return "de dag waarvoor wij rekenen", "the day we work it out for"
    if node.kind == "operation":
        return words.OPERATIONS[node.op]
    if node.kind == "path" and node.path[-1] in words.PARTS and len(node.path) == 1:
        return words.part_of(node.path[0], _called(node.args[0]))
    name = words.plain_name(node.name)
    return name, name


def _form(node: Node) -> str:
    if node.kind != "operation":
        return "literal" if node.kind == "literal" else "named"
    if node.op in ("IF", "FOREACH"):
        return node.op
    if node.op in ("AND", "OR", "NOT"):
        return "named"
    if node.op in words.ORDERED and len(node.args) == 2:
        return "compared"
    return "tested" if node.op in ("IN", "NOT_IN", "IS_NULL", "NOT_NULL") else "listed"


def _kind(program: Program, node: Node) -> str:
    for name, provenance in program.provenance.items():
        if provenance != "direct" and program.together.get(name) is node:
            return "hook" if provenance == "reactive" else "override"
    return KINDS.get(node.kind, node.kind)


def unit_of(program: Program, node: Node) -> str | None:
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
    if node.kind in ("output", "reference", "open_term", "path", "argument", *DEMANDS, "asked"):
        return unit_of(program, node.args[0])
    if node.op == "FOREACH":
        return unit_of(program, node.args[-1]) if node.combine in ("ADD", "MIN", "MAX") else None
    parts = list(node.args)
    if node.op == "IF":
        parts = [arg for arg, role in zip(node.args, node.roles, strict=True) if role != "when"]
    elif node.op not in ("ADD", "SUBTRACT", "MIN", "MAX", "ROUND", "CEIL", "FLOOR", "MULTIPLY"):
        return None
    units = {unit for arg in parts if (unit := unit_of(program, arg))}
    units -= {"ratio", "percentage"} if node.op == "MULTIPLY" else set()
    return units.pop() if len(units) == 1 else None
