"""Absent and unknown in files of a later schema than v0.5.6, as regelrecht's RFC-036 became.

Nothing is no verdict and no amount: deciding on it is an error. A law that is asked about nobody is not run. Where a
file says `nullable` of any field, each other field of it is held to be there. Files of v0.5.6 keep their meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from waardig.law.core import ir
from waardig.law.core.findings import said
from waardig.law.core.graph import Node, bare

if TYPE_CHECKING:
    from waardig.law.core.frame import Frame

OPERAND = "{op}: an operand is null; ask first with EQUALS whether it is there"
NEVER = "{origin}: '{name}' is null, which '{law}' declares as never absent; it is not declared nullable"
PROMISED = "'{name}' of '{law}' evaluated to null and is not declared nullable"


def decided(frame: Frame, expr: ir.Operation, role: str, node: Node) -> Node:
    """A condition that must be there: of AND, OR, NOT and IF."""
    if not frame.law.later or expr.op not in ("AND", "OR", "NOT", "IF") or (expr.op == "IF" and role != "when"):
        return node
    plain = node.kind in ("literal", "definition") or (node.kind == "operation" and node.op not in ("IF", "FOREACH"))
    return node if plain else demanded(frame, node, OPERAND.format(op=expr.op))


def declared_input(frame: Frame, name: str, node: Node) -> Node:
    """An input where a file says which may be absent."""
    field = frame.article.inputs[name].field
    return _held(frame, field, node, f"law {bare(node).law.id}" if node.kind == "reference" else "register")


def declared_parameter(frame: Frame, name: str, node: Node) -> Node:
    """A parameter, or an input that the caller gives, where a file says which may be absent."""
    field = frame.article.declared(name)
    given = bare(frame.env.get(name, node))
    origin = "parameter from caller" if given.kind == "parameter" else f"parameter from {given.law.id}"
    return _held(frame, field, node, origin)


def declared_output(frame: Frame, name: str, node: Node) -> Node:
    """An output where a file says which may be absent."""
    field = frame.article.outputs.get(name)
    if field is None or field.nullable or not frame.law.declares_absence or node.kind == "refusal":
        return node
    return demanded(frame, node, PROMISED.format(name=name, law=frame.law.id))


def _held(frame: Frame, field: ir.Field | None, node: Node, origin: str) -> Node:
    if field is None or field.nullable or not frame.law.declares_absence or node.kind == "refusal":
        return node
    return demanded(frame, node, NEVER.format(origin=origin, name=field.name, law=frame.law.id))


def demanded(frame: Frame, node: Node, message: str) -> Node:
    """A node that may not be nothing; made once in a frame."""
    if node.index not in frame.demands:
        frame.demands[node.index] = frame.linker.node(
            "present",
            node.name,
            frame,
            args=(node,),
            roles=("value",),
            type=node.type,
            unit=node.unit,
            description=message,
            at=node.at,
        )
    return frame.demands[node.index]


def asked_about(
    frame: Frame, entry: ir.Input, article: ir.Article, env: Mapping[str, Node], output: Callable[[], Node]
) -> Node:
    """What another law says, when the file that asks it is of a later schema: about somebody, or not at all."""
    if not frame.law.later:
        return output()
    needed = [field for field in article.parameters.values() if field.required]
    missing = [field.name for field in needed if field.name not in env]
    name = entry.field.name
    if missing:
        message = said("missing_parameter", law=entry.source.regulation, name=missing[0], input=name)
        at = ir.Place(frame.law.id, frame.article.number, frame.article.url, entry.field.line)
        return frame.fail(name, message, "missing_parameter", at)
    about = tuple(env[field.name] for field in needed if not field.nullable)
    if not about:
        return output()
    roles = ("value", *("about" for _ in about))
    return frame.linker.node("asked", name, frame, args=(output(), *about), roles=roles)
