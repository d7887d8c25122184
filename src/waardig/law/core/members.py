"""FOREACH for one person: each member of a collection in turn.

No collection (absent) is an empty one; an unknown collection makes the outcome unknown. A field that is not there is
unknown, a null field is absent. COUNT, ADD, MIN and MAX stop at the first member of whom it is not known whether they
count or what they count for; OR and AND are settled by a member that settles them, whoever else is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.collection import field_called, item_of, parts_of, varying
from waardig.law.core.graph import Node
from waardig.law.core.values import Val
from waardig.law.core.within import fitting
from waardig.law.terms import ABSENT, unknown

if TYPE_CHECKING:
    from waardig.law.core.interpret import Run

Found = TypeVar("Found")


@dataclass(frozen=True)
class Told:
    """What was computed for one member: values and branches by node index."""

    memo: Mapping[int, Val]
    taken: Mapping[int, int]


def foreach(run: Run, node: Node) -> Val:
    """The combination over all members."""
    subject = run.value(node.args[0])
    if subject.bad:
        return subject
    if subject.reason != ABSENT and not isinstance(subject.value, tuple):
        if not node.members:
            return foreach_of(run, node, (subject.value,))  # regelrecht RFC-016: what is no list is one member
        return v.failure(f"FOREACH needs a list, not {v.show(subject.value)}")
    return foreach_of(run, node, subject.value if isinstance(subject.value, tuple) else ())


def foreach_of(run: Run, node: Node, members: tuple[ir.Raw, ...]) -> Val:
    """The combination over these members."""
    if len(members) > node.most:
        return v.failure(f"'{node.name}' has more than {node.most} members", "too_many_members")
    walk = _Walk(run, node, members)
    found = walk.junction() if node.combine in ("OR", "AND") else walk.combined()
    run.members[node.index] = tuple(walk.told)
    return found


@dataclass
class _Walk:
    """The members of one FOREACH; each is looked at only when the ones before leave it open."""

    run: Run
    node: Node
    members: tuple[ir.Raw, ...]
    told: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parts = parts_of(self.node)
        self.item = item_of(self.node)
        self.differ = varying(self.node)

    def look(self, one: ir.Raw, compute: Callable[[], Found]) -> Found:
        """Computes something for one member, with nothing left of the member before."""
        run = self.run
        run.current[self.item.index] = one
        found = compute()
        memo = {index: run.memo.pop(index) for index in self.differ if index in run.memo}
        taken = {index: run.taken.pop(index) for index in self.differ if index in run.taken}
        self.told.append(Told(memo, taken))
        return found

    def combined(self) -> Val:
        """COUNT, ADD, MIN and MAX of the members that count."""
        combine = self.node.combine
        each: list[ir.Raw] = []
        values: list[ir.Raw] = [0] if combine == "ADD" else []
        count = 0
        for one in self.members:
            counts, value = self.look(one, self._one)
            if counts.bad or not v.is_true(counts.value):
                if counts.bad:
                    return counts
                continue
            count += 1
            if value is None:
                continue
            if value.bad:
                return value
            if combine == "LIST":
                each.append(value.value)
                continue
            values.append(value.value)
            checked = v.arithmetic(combine, values)
            if checked.bad:
                return checked
        if combine == "COUNT":
            return Val(count)
        if combine == "LIST":
            return Val(tuple(each))
        return v.arithmetic(combine, values) if values else v.NOTHING

    def _one(self) -> tuple[Val, Val | None]:
        """Whether a member counts, and for what."""
        counts = self._counts()
        if counts.bad or not v.is_true(counts.value) or self.node.combine == "COUNT":
            return counts, None
        return counts, self.run.value(self.parts["value"])

    def _counts(self) -> Val:
        return self.run.value(self.parts["where"]) if "where" in self.parts else v.TRUE

    def junction(self) -> Val:
        """OR: somebody counts for whom it is true. AND: it is true for everybody who counts."""
        whether = (self.look(one, self._settles) for one in self.members)
        return v.junction(self.node.combine, whether)

    def _settles(self) -> Val:
        return v.junction("AND" if self.node.combine == "OR" else "OR", self._both())

    def _both(self) -> Iterator[Val]:
        counts = self._counts()
        yield counts if counts.bad or self.node.combine == "OR" else v.truth(not v.is_true(counts.value))
        yield self.run.value(self.parts["value"])


def item(run: Run, node: Node) -> Val:
    """The member at hand, where nothing is declared of it."""
    return v.known(run.current[node.index])


def member(run: Run, node: Node) -> Val:
    """A field of the member at hand; what is not there may be computed."""
    item = node.args[0]
    one = run.current[item.index]
    if one is None or (isinstance(one, Mapping) and node.name not in one):
        if len(node.args) == 2:
            return run.value(node.args[1])
        return Val(None, unknown(field_called(item, node.name)))
    if not isinstance(one, Mapping):
        return v.failure(f"a member of '{item.description}' is {v.show(one)}")
    return fitting(node, one[node.name], field_called(item, node.name))
