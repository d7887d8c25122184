"""What a batch of a round found: households, and the counts of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from waardig.cases.queries import Judgement
from waardig.catalogue.terms import ServiceLane
from waardig.law.terms import Fact
from waardig.proposals.core.household import Members
from waardig.proposals.core.lanes import ShortForm
from waardig.proposals.terms import ItemOutcome


@dataclass
class BatchResult:
    """Counts of a batch; persons, except proposals, digital, paper, held and amount (households, eurocent)."""

    read: int = 0
    evaluated: int = 0
    entitled: int = 0
    not_entitled: int = 0
    asked: int = 0
    to_person: int = 0
    proposals: int = 0
    digital: int = 0
    paper: int = 0
    held: int = 0
    through_administrator: int = 0
    amount_eurocent: int = 0
    excluded: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    assumed: dict[str, int] = field(default_factory=dict)
    lanes: dict[str, int] = field(default_factory=dict)

    def plus(self, other: BatchResult) -> BatchResult:
        """The sum of two results."""
        total = BatchResult()
        for name, value in vars(self).items():
            added = getattr(other, name)
            if isinstance(value, dict):
                keys = {**value, **added}
                setattr(total, name, {key: value.get(key, 0) + added.get(key, 0) for key in keys})
            else:
                setattr(total, name, value + added)
        return total


@dataclass(frozen=True)
class Judged:
    """One household with what was found."""

    members: Members
    outcome: ItemOutcome
    reason: str
    judgement: Judgement | None
    inputs: Mapping[str, Fact]
    administrator: bool
    lane: ServiceLane | None = None
    form: ShortForm | None = None


@dataclass(frozen=True)
class JudgedBatch:
    """All households of a batch and their counts."""

    households: tuple[Judged, ...]
    result: BatchResult

    def split(self, most: int) -> Iterator[JudgedBatch]:
        """Whole households, at most so many persons each; counts stay with the whole."""
        part: list[Judged] = []
        size = 0
        for one in self.households:
            size += len(one.members.read)
            if part and size > most:
                yield JudgedBatch(tuple(part), BatchResult())
                part, size = [], len(one.members.read)
            part.append(one)
        if part:
            yield JudgedBatch(tuple(part), BatchResult())
