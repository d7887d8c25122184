"""How large a number can become, before anybody's facts: what 64 bits cannot hold fails while computing.

Only the size counts, not the sign. A fact is taken to be no larger than anything in practice (LARGEST); what is too
large by constants alone is an error, what needs such facts a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from waardig.law.core import values as v
from waardig.law.core.findings import finding, said
from waardig.law.core.graph import Node, reachable
from waardig.law.terms import LawProblem

LARGEST = {"amount": 10**10, "number": 10**6}
BY_UNIT = {"years": 10**4, "months": 10**5, "weeks": 10**6, "days": 10**7, "percentage": 10**4, "ratio": 10**2}

COUNTED = {"AGE": 10**3, "DATE_DIFF": 10**7, "DAY_OF_WEEK": 6, "DATE_PART": 9999}
"""How large a number that is read from dates can be."""


@dataclass(frozen=True)
class Size:
    """The largest absolute value, and whether it rests on what is assumed of facts."""

    most: Fraction
    assumed: bool = False


class Sizes:
    """The size of every number of a graph, and where it first grows past 64 bits."""

    def __init__(self) -> None:
        self.sizes: dict[int, Size] = {}

    def problems(self, roots: Sequence[Node]) -> list[LawProblem]:
        """Every operation that may not fit although its operands do."""
        found = []
        for node in reachable(roots):
            parts = [self.size(arg) for arg in node.args]
            most = self.size(node)
            if node.kind == "operation" and most.most >= v.INT64 and all(part.most < v.INT64 for part in parts):
                large = said("may_overflow", op=node.op, power=len(str(int(most.most))) - 1)
                found.append(finding(node.law.file, node.at.line, large, error=not most.assumed))
            elif node.kind in ("literal", "definition") and most.most >= v.INT64:
                found.append(finding(node.law.file, node.at.line, said("overflow")))
        return found

    def size(self, node: Node) -> Size:
        """The size of a node; nothing for what is no number."""
        if node.index not in self.sizes:
            self.sizes[node.index] = Size(Fraction(0))
            self.sizes[node.index] = self._size(node)
        return self.sizes[node.index]

    def _size(self, node: Node) -> Size:
        if node.kind in ("literal", "definition"):
            return Size(abs(Fraction(node.value))) if v.is_number(node.value) else Size(Fraction(0))  # type: ignore[arg-type]
        if node.kind == "operation":
            return self._foreach(node) if node.op == "FOREACH" else self._operation(node)
        if node.args and node.kind != "member":
            size, ends = self.size(node.args[0]), (node.bounds.low, node.bounds.high)
            if None in ends:
                return size
            most = max(abs(Fraction(end)) for end in ends if end is not None)
            return Size(most) if most < size.most else size
        most = Fraction(BY_UNIT.get(node.unit or "", LARGEST.get(node.type, 0)))
        if len(node.args) == 2:
            return Size(max(most, self.size(node.args[1]).most), assumed=True)
        return Size(most, assumed=True)

    def _foreach(self, node: Node) -> Size:
        """As many members as are declared, each as large as one can be."""
        if node.combine in ("OR", "AND", "LIST"):
            return Size(Fraction(0))
        if node.combine == "COUNT":
            return Size(Fraction(node.most))
        one = self.size(node.args[-1])
        return Size(one.most * (node.most if node.combine == "ADD" else 1), one.assumed)

    def _operation(self, node: Node) -> Size:
        parts = [self.size(a) for a, role in zip(node.args, node.roles, strict=True) if role not in ("when", "subject")]
        sizes = [part.most for part in parts] or [Fraction(0)]
        assumed = any(part.assumed for part in parts)
        if node.op in ("ADD", "SUBTRACT"):
            return Size(Fraction(sum(sizes)), assumed)
        if node.op == "MULTIPLY":
            return Size(prod(sizes, start=Fraction(1)), assumed)
        if node.op == "DIVIDE":
            by = [abs(Fraction(a.value)) for a in node.args[1:] if v.is_number(a.value) and a.value]  # type: ignore[arg-type]
            return Size(sizes[0] / prod(by, start=Fraction(1)), assumed)
        if node.op in ("IF", "MIN", "MAX"):
            return Size(max(sizes), assumed)
        if node.op in ("ROUND", "CEIL", "FLOOR"):
            return Size(sizes[0] + Fraction(10) ** -min(node.precision, 0), assumed)
        return Size(Fraction(COUNTED.get(node.op, 0)), assumed)
