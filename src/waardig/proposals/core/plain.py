"""Households of which nobody hears anything, as judged in bulk; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Plain(NamedTuple):
    """One household of which nobody hears anything; `partner` only when read."""

    first: str
    partner: str | None
    outcome: str
    reason: str
    assumed: str


@dataclass(frozen=True)
class Alike:
    """All households of a chunk with one outcome for one reason: of one person each, or of two.

    Attributes:
        firsts: ids, in order; partners: beside each the partner who was read, or nothing when nobody has one.
    """

    outcome: str
    reason: str
    assumed: str
    firsts: Sequence[str]
    partners: Sequence[str] = ()

    @property
    def persons(self) -> int:
        """How many persons were read."""
        return len(self.firsts) + len(self.partners)

    def cut(self, most: int) -> tuple[Alike, Alike]:
        """As many whole households as have room in `most` persons, and the rest."""
        end = most // 2 if self.partners else most
        return self._some(slice(end)), self._some(slice(end, None))

    def _some(self, part: slice) -> Alike:
        return Alike(self.outcome, self.reason, self.assumed, self.firsts[part], self.partners[part])


def in_batches(found: Iterable[Alike], most: int) -> Iterator[list[Alike]]:
    """Whole households in batches of at most `most` persons (at least two)."""
    batch: list[Alike] = []
    room = most
    for alike in found:
        rest = alike
        while rest.firsts:
            some, rest = rest.cut(room)
            if some.firsts:
                batch.append(some)
            room -= some.persons
            if rest.firsts:  # no room for its next household
                yield batch
                batch, room = [], most
    if batch:
        yield batch
