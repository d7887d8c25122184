"""Collections in the joined graph: FOREACH bound to what it goes over, and what of it differs from member to member.

`item` stands for the member at hand and `member` for one field of it. What depends on them is computed for each member;
everything else in a FOREACH once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from waardig.law.core import ir
from waardig.law.core.graph import Node

if TYPE_CHECKING:
    from waardig.law.core.frame import Frame

Items = Mapping[str, Node]
NO_ITEMS: Items = {}


def bind(frame: Frame, expr: ir.Operation, position: int) -> Node:
    """The node of a FOREACH: subject, then where and value with the member bound."""
    subject = expr.args[0][1]
    assert isinstance(subject, ir.Variable)
    declared = _declared(frame.article, subject.name)
    if declared is None or not declared.members:
        message = f"FOREACH goes over '${subject.name}', which declares no members"
        return frame.fail(subject.name, message, "no_collection", expr.at)
    over = frame.variable(subject.name, position, subject.at)
    linker = frame.linker
    item = linker.node(
        "item",
        expr.item,
        frame,
        args=(over,),
        roles=("subject",),
        members=declared.members,
        most=declared.most,
        description=subject.name,
        at=expr.at,
    )
    args = [over, item, *(frame.expression(part, position, {expr.item: item}) for _, part in expr.args[1:])]
    return linker.node(
        "operation",
        subject.name,
        frame,
        args=tuple(args),
        roles=("subject", "item", *(role for role, _ in expr.args[1:])),
        op=expr.op,
        combine=expr.combine,
        members=declared.members,
        most=declared.most,
        at=expr.at,
    )


def field_of(frame: Frame, item: Node, expr: ir.Variable) -> Node:
    """`$kind.geboortedatum`: a field of the member at hand; `.year` of a date may follow."""
    known = {field.name: field for field in item.members}
    name = expr.path[0] if expr.path else ""
    if name not in known:
        message = f"'${item.name}' has no field '{name}'; it has {', '.join(known)}"
        return frame.fail(f"{item.name}.{name}", message, "unknown_variable", expr.at)
    field = known[name]
    node = frame.linker.node(
        "member",
        name,
        frame,
        args=(item,),
        roles=("value",),
        type=field.type,
        unit=field.unit,
        description=field.description,
        at=expr.at,
    )
    return frame._with_path(node, replace(expr, name=f"{item.name}.{name}", path=expr.path[1:]))


def _declared(article: ir.Article, name: str) -> ir.Field | None:
    if name in article.parameters:
        return article.parameters[name]
    return article.inputs[name].field if name in article.inputs else None


def parts_of(node: Node) -> dict[str, Node]:
    """The parts of a FOREACH by role: subject, item, where, value."""
    return dict(zip(node.roles, node.args, strict=True))


def item_of(node: Node) -> Node:
    """What stands for one member of a FOREACH."""
    return node.args[1]


def varying(node: Node) -> frozenset[int]:
    """Indexes of what differs from member to member in a FOREACH."""
    item = item_of(node)
    found: dict[int, bool] = {item.index: True}

    def depends(part: Node) -> bool:
        if part.index not in found:
            below = [depends(arg) for arg in part.args]
            found[part.index] = any(below)
        return found[part.index]

    for part in node.args[2:]:
        depends(part)
    return frozenset(index for index, yes in found.items() if yes)


def fact_of(node: Node) -> Node:
    """The input that a collection comes from, through references and parameters of the same name."""
    while node.kind in ("argument", "reference", "output", "item") and node.args:
        node = node.args[0]
    return node
