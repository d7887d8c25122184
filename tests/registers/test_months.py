"""Months are taken together in runs; every month must be what it is when looked at alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

from waardig.kernel.period import month_start, months_back
from waardig.registers.core.months import months_of

AS_OF = date(2025, 4, 28)
COUNT = 14
FIRST = months_back(AS_OF, COUNT)[0]


@dataclass(frozen=True)
class A:
    """A spell."""

    value: object
    valid_from: date | None
    valid_to: date | None
    under_investigation: bool
    fact_id: UUID


def test_every_month_of_a_window_is_what_it_is_alone() -> None:
    random = Random(7)
    seen: set[tuple[bool, bool]] = set()
    for _ in range(400):
        people = [[_spells(random) for _ in range(2)] for _ in range(random.choice((1, 2)))]
        counting = random.choice((None, (100, 250)))
        within = random.choice(("sum", "max"))

        whole = months_of(people, as_of=AS_OF, count=COUNT, counting=counting, within_month=within)
        alone = [
            months_of(people, as_of=month_start(month, 1), count=1, counting=counting, within_month=within)
            for month in months_back(AS_OF, COUNT)
        ]

        assert whole.amounts == tuple(one.amounts[0] for one in alone)
        assert whole.missing == tuple(month for one in alone for month in one.missing)
        seen.add((bool(whole.missing), len(set(whole.amounts)) > 1))

    assert seen == {(True, True), (True, False), (False, True), (False, False)}


def _spells(random: Random) -> list[A]:
    """Spells after each other, of whole months or broken anywhere, with holes now and then."""
    spells, day = [], FIRST - timedelta(days=random.choice((0, 0, 1, 40)))
    while day < AS_OF and random.random() < 0.9:
        length = random.choice((1, 14, 31, 61, 200, 500))
        last = day + timedelta(days=length)
        if random.random() < 0.5:
            last = month_start(last, 1) - timedelta(days=1)
        ends = None if random.random() < 0.3 else last
        begins = None if random.random() < 0.1 and not spells else day
        spells.append(A(random.choice((100, 250, 333, None)), begins, ends, False, uuid4()))
        if ends is None:
            break
        day = ends + timedelta(days=random.choice((1, 1, 1, 20)))
    random.shuffle(spells)
    return spells
