"""Collections in the joined graph: FOREACH bound to what it goes over, and what of it differs from member to member.

`item` stands for the member at hand and `member` for one field of it. What depends on them is computed for each member;
everything else in a FOREACH once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from waardig.kernel.errors import Refusal
from waardig.law.core import ir
from waardig.law.core.findings import said
from waardig.law.core.graph import Node
from waardig.law.core.within import field_within

if TYPE_CHECKING:
    from waardig.law.core.frame import Frame
    from waardig.law.core.link import Linker

Items = Mapping[str, Node]
NO_ITEMS: Items = {}
LIMIT = 1000
"""How many members a list has at most that declares none (the limit of regelrecht for a list)."""


def bind(frame: Frame, expr: ir.Operation, position: int, items: Items = NO_ITEMS) -> Node:
    """The node of a FOREACH: subject, then where and value with the member bound.

    Args:
        items: members at hand where it stands; what it goes over may be a part of one (regelrecht RFC-016).
    """
    subject = expr.args[0][1]
    name = subject.name if isinstance(subject, ir.Variable) else expr.item
    declared = _declared(frame.article, name)
    if declared is not None and declared.members:
        over, most = frame.variable(name, position, expr.at), declared.most
    elif frame.law.later:
        over, most = frame.expression(subject, position, items), LIMIT
    else:
        return frame.fail(name, said("no_collection", name=name), "no_collection", expr.at)
    members = declared.members if declared is not None else ()
    linker, more = frame.linker, {"members": members, "most": most, "at": expr.at}
    item = linker.node("item", expr.item, frame, args=(over,), roles=("subject",), description=name, **more)
    args = [over, item, *(frame.expression(part, position, {expr.item: item}) for _, part in expr.args[1:])]
    roles = ("subject", "item", *(role for role, _ in expr.args[1:]))
    made = linker.node(
        "operation", name, frame, args=tuple(args), roles=roles, op=expr.op, combine=expr.combine, **more
    )
    if members and items_of(linker, made):
        return frame.fail(name, said("nested_foreach", name=name), "nested_foreach", expr.at)
    return made


def field_of(frame: Frame, item: Node, expr: ir.Variable) -> Node:
    """`$kind.geboortedatum`: a field of the member at hand; `.year` of a date may follow."""
    if not item.members:
        return _open_field(frame, item, expr)
    known = {field.name: field for field in item.members}
    name = expr.path[0] if expr.path else ""
    if name not in known:
        message = said("unknown_field", item=item.name, name=name, known=", ".join(known))
        return frame.fail(f"{item.name}.{name}", message, "unknown_variable", expr.at)
    field = known[name]
    below = (computed(frame, item, field),) if field.source is not None else ()
    node = frame.linker.node(
        "member",
        name,
        frame,
        args=(item, *below),
        roles=("subject", "value")[: 1 + len(below)],
        type=field.type,
        unit=field.unit,
        description=field.description,
        at=expr.at,
    )
    held = field_within(frame, field, field_called(item, name), node)
    return frame._with_path(held, replace(expr, name=f"{item.name}.{name}", path=expr.path[1:]))


def field_called(item: Node, field: str) -> str:
    """What a field of a member is called where something is said of it: `kinderen.inkomen`."""
    return f"{fact_of(item).fact_name or item.description}.{field}"


def _open_field(frame: Frame, item: Node, expr: ir.Variable) -> Node:
    """A field of a member of whom nothing is declared; without a path the member itself, which may be a number."""
    if not expr.path:
        return item
    at, name = expr.at, expr.path[0]
    node = frame.linker.node("member", name, frame, args=(item,), roles=("subject",), at=at)
    return frame._with_path(node, replace(expr, name=f"{item.name}.{name}", path=expr.path[1:]))


def computed(frame: Frame, item: Node, field: ir.Field) -> Node:
    """A field that a law computes from other fields of the same member; made once for each item."""
    linker, key = frame.linker, (item.index, field.name)
    at = ir.Place(frame.law.id, frame.article.number, frame.article.url, field.line)
    if any(item is other and field is one for _, other, one in linker.asking):
        message = said("circular_field", name=f"{item.description}.{field.name}")
        return frame.fail(f"{item.description}.{field.name}", message, "circular_reference", at)
    if key not in linker.computed:
        linker.asking.append((frame, item, field))
        try:
            target = _asked(frame, item, field, at)
        finally:
            linker.asking.pop()
        linker.computed[key] = linker.node(
            "reference",
            field.name,
            frame,
            args=(target,),
            roles=("value",),
            type=field.type,
            unit=field.unit,
            description=field.description,
            at=at,
        )
    return linker.computed[key]


def _asked(frame: Frame, item: Node, field: ir.Field, at: ir.Place) -> Node:
    """The output behind a computed field, with fields and variables as its parameters."""
    source, linker = field.source, frame.linker
    assert source is not None and source.output is not None
    try:
        law, article = linker.book.producer(source.regulation or frame.law.id, source.output, linker.on)
    except Refusal as refusal:
        return linker.refuse(frame, f"{item.description}.{field.name}", refusal, at)
    env = {name: _parameter(frame, item, expr) for name, expr in (source.parameters or {}).items()}
    return linker.frame(law, article, env).output(source.output)


def _parameter(frame: Frame, item: Node, expr: ir.Expr) -> Node:
    """`$name` is a field of the member when it has one of that name, else what it means in the article."""
    if isinstance(expr, ir.Variable) and expr.name in {field.name for field in item.members}:
        key = (item.index, ".".join((expr.name, *expr.path)))
        if key not in frame.linker.fields:
            field = replace(expr, name=item.name, path=(expr.name, *expr.path))
            frame.linker.fields[key] = field_of(frame, item, field)
        return frame.linker.fields[key]
    node = frame.expression(expr, 0)
    while node.kind == "argument":
        node = node.args[0]
    return node


def not_given(linker: Linker, law: str, name: str) -> Node:
    """The refusal of a fact that another article asks of a member and that the field does not pass on."""
    frame, item, field = linker.asking[-1]
    at = ir.Place(frame.law.id, frame.article.number, frame.article.url, field.line)
    called = f"{item.description}.{field.name}"
    message = said("member_not_given", law=law, name=name, field=called)
    return frame.fail(called, message, "member_not_given", at)


def items_of(linker: Linker, node: Node) -> frozenset[int]:
    """The items that a node differs by: indexes of members that are at hand where it is computed."""
    known = linker.items.get(node.index)
    if known is None:
        known = frozenset().union(*[items_of(linker, arg) for arg in node.args])
        known = known | {node.index} if node.kind == "item" else known
        known = known - {item_of(node).index} if node.op == "FOREACH" else known
        linker.items[node.index] = known
    return known


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
