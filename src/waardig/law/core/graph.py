"""The joined graph that both executors read: nodes bound to law, article and link, and the program of a question."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from waardig.kernel.errors import Refusal
from waardig.kernel.legal_source import Status
from waardig.law.core import ir
from waardig.law.core.status import definition_status
from waardig.law.core.values import Val, known

DEMANDS = ("present", "within")
"""Kinds of nodes that pass on the value below them, or fail."""


@dataclass(frozen=True, eq=False)
class Node:
    """One node of the joined graph.

    Attributes:
        kind: literal, definition, referencedate, parameter, input, argument, operation, path, output, open_term,
            reference, item (one member of a collection), member (a field of it), within (a number that has bounds) or
            refusal. In files of a later schema: present (may not be nothing here) and asked (a law that is not run
            about nobody).
        name: of the variable or output; for an input the name under which its fact is asked (see fact_name).
        roles: the role of each argument.
        env: the parameters in force where an input is asked, for data keyed by a parameter.
        guard: this open norm is filled by a policy rule, which may not say false.
        open_norm: nothing (null) here means unknown: a person decides.
        taint: the article has untranslatable parts that nobody accepted.
        combine: of FOREACH.
        members, most: of a collection, as declared.
    """

    index: int
    kind: str
    name: str
    at: ir.Place
    law: ir.Law
    article: ir.Article
    args: tuple[Node, ...] = ()
    roles: tuple[str, ...] = ()
    op: str = ""
    value: ir.Raw = None
    type: str = ""
    unit: str | None = None
    precision: int = 0
    path: tuple[str, ...] = ()
    env: Mapping[str, Node] = field(default_factory=dict, repr=False)
    fact_name: str = ""
    source: str = ""
    description: str = ""
    refusal: Refusal | None = None
    guard: PresumeGuard | None = None
    open_norm: bool = False
    taint: bool = False
    combine: str = ""
    members: tuple[ir.Field, ...] = ()
    most: int = 0
    bounds: ir.Bounds = ir.UNBOUND

    @cached_property
    def constant(self) -> Val:
        """The value of a constant of the law."""
        return known(self.value)


@dataclass(frozen=True)
class PresumeGuard:
    """Which policy rule fills an open norm."""

    law: str
    article: str
    term: str


@dataclass(frozen=True, eq=False)
class LawPart:
    """What a node comes from: its law version and how certain that text or amount is."""

    law: ir.Law
    status: Status


@dataclass(frozen=True, eq=False)
class Program:
    """Everything that decides the requested outputs.

    Attributes:
        outputs: the requested ones.
        together: outputs of the same articles, hooks and overrides, decided at the same time (RFC-007).
        provenance: "direct" | "reactive" | "override" per output.
        given: parameters by name.
    """

    law: str
    on: datetime.date
    scope: Mapping[str, str]
    outputs: Mapping[str, Node]
    together: Mapping[str, Node]
    provenance: Mapping[str, str]
    size: int

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node below the outputs once, arguments after their parent."""
        return tuple(reachable([*self.outputs.values(), *self.together.values()]))

    @cached_property
    def lists(self) -> frozenset[str]:
        """Names of the collections of its laws, in lower case, also of those that these outputs do not ask."""
        articles = {id(one): one for node in self.nodes for one in node.law.articles}.values()
        inputs = [entry.field for article in articles for entry in article.inputs.values()]
        return frozenset(field.name.lower() for field in inputs if field.members)

    @cached_property
    def told(self) -> dict[int, Any]:
        """What the explanation always says about a node, by its index; filled when it is first told."""
        return {}

    @cached_property
    def units(self) -> dict[int, str | None]:
        """The unit of each node of which one was asked."""
        return {}

    @cached_property
    def refs(self) -> dict[frozenset[LawPart | None], Any]:
        """The law versions behind some parts, as they were first given."""
        return {}

    @cached_property
    def parts(self) -> dict[int, LawPart]:
        """The law and the status behind each node, by its index; nodes of one law and status share theirs."""
        shared: dict[tuple[int, Status], LawPart] = {}
        found = {}
        for node in self.nodes:
            text = node.law.status.text
            status = definition_status(node.law, node.name) if node.kind == "definition" else text
            found[node.index] = shared.setdefault((id(node.law), status), LawPart(node.law, status))
        return found


def bare(node: Node) -> Node:
    """A node without the demand that it is there, or within bounds."""
    while node.kind in DEMANDS:
        node = node.args[0]
    return node


def reachable(roots: Sequence[Node]) -> Iterator[Node]:
    """Every node below the roots once, arguments after their parent."""
    seen: set[int] = set()
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node.index in seen:
            continue
        seen.add(node.index)
        yield node
        stack.extend(reversed(node.args))
