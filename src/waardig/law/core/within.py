"""What a number must be by `min`, `max` and `precision` of its declaration, and a fact by its type.

A number outside its bounds is an error, never the nearest one that would do. `precision` is asked of what is given;
of an outcome it is a label, because nothing rounds unless the law says so (RFC-024).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.graph import Node
from waardig.law.core.values import Val
from waardig.law.terms import OK

if TYPE_CHECKING:
    from waardig.law.core.frame import Frame

OUT_OF_RANGE = "out_of_range"


def given_within(frame: Frame, field: ir.Field | None, node: Node) -> Node:
    """What an article is given: a parameter, an input or an open term."""
    return node if field is None else _bounded(frame, field.name, field.bounds, node)


def field_within(frame: Frame, field: ir.Field, called: str, node: Node) -> Node:
    """A field of a member of a collection, given or computed; `called` as `kinderen.inkomen`."""
    return _bounded(frame, called, field.bounds, node)


def outcome_within(frame: Frame, name: str, node: Node) -> Node:
    """An outcome of an article."""
    field = frame.article.outputs.get(name)
    return node if field is None else _bounded(frame, name, replace(field.bounds, places=None), node)


def _bounded(frame: Frame, name: str, bounds: ir.Bounds, node: Node) -> Node:
    """A node that is an error outside its bounds; made once in a frame."""
    if bounds == ir.UNBOUND or node.kind == "refusal":
        return node
    key = (node.index, bounds)
    if key not in frame.bounded:
        frame.bounded[key] = frame.linker.node(
            "within",
            node.name or name,
            frame,
            args=(node,),
            roles=("value",),
            type=node.type,
            unit=node.unit,
            description=name,
            bounds=bounds,
            at=node.at,
        )
    return frame.bounded[key]


def checked(node: Node, value: Val) -> Val:
    """The value of a node that has bounds, or the error that it is outside them."""
    number = value.value
    if value.reason != OK or not v.is_number(number):
        return value
    exact, bounds = Fraction(number), node.bounds  # type: ignore[arg-type]
    wrong = ""
    if bounds.low is not None and exact < bounds.low:
        wrong = f"is at least {v.to_outside(bounds.low)}"
    elif bounds.high is not None and exact > bounds.high:
        wrong = f"is at most {v.to_outside(bounds.high)}"
    elif bounds.places is not None and (exact * 10**bounds.places).denominator != 1:
        wrong = f"has at most {bounds.places} decimal places"
    if not wrong:
        return value
    return v.failure(f"'{node.description}' {wrong} ({node.law.id} article {node.article.number})", OUT_OF_RANGE)


def fitting(node: Node, value: ir.Raw, called: str = "") -> Val:
    """A fact as given, or the error that it is not of the type that the law declares.

    Args:
        called: the name in the error; that of the fact when empty.
    """
    kind = node.type
    if value is None:
        return v.NOTHING
    if kind == "date" and v.as_date(value) is None:
        wrong = "a date (YYYY-MM-DD)"
    elif kind in ("number", "amount") and not v.is_number(value):
        wrong = "a number"
    elif kind == "boolean" and isinstance(value, str | tuple | dict):
        wrong = "true or false"
    else:
        return Val(value)
    return v.failure(f"'{called or node.fact_name or node.name}' must be {wrong}, not {v.show(value)}")
