"""Households of which nobody hears anything, cut into batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from waardig.proposals.core.plain import Alike, in_batches


def _alone(count: int, start: int = 0, reason: str = "vermogen") -> Alike:
    return Alike("not_entitled", reason, "", [f"p{n}" for n in range(start, start + count)])


def _couples(count: int, start: int = 0) -> Alike:
    firsts = [f"f{n}" for n in range(start, start + count)]
    return Alike("not_entitled", "inkomen", "kosten", firsts, [f"q{n}" for n in range(start, start + count)])


def test_a_batch_is_filled_with_whole_households_and_no_couple_is_cut() -> None:
    batches = list(in_batches([_alone(3), _couples(2)], 4))
    assert batches == [
        [_alone(3)],
        [_couples(2)],
    ]


def test_a_couple_that_has_room_goes_with_those_before_it() -> None:
    assert list(in_batches([_alone(2), _couples(3)], 4)) == [[_alone(2), _couples(1)], [_couples(2, start=1)]]


def test_nobody_makes_no_batch() -> None:
    assert list(in_batches([], 4)) == []
    assert list(in_batches([Alike("excluded", "deceased", "", [])], 4)) == []


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=6), st.integers(2, 9))
def test_every_household_is_in_one_batch_and_no_batch_is_too_large(groups: list[tuple[bool, int]], most: int) -> None:
    found = [
        _couples(count, 100 * n) if couple else _alone(count, 100 * n, f"r{n}")
        for n, (couple, count) in enumerate(groups)
    ]
    batches = list(in_batches(found, most))
    assert all(1 <= sum(one.persons for one in batch) <= most for batch in batches)
    assert all(one.firsts and len(one.partners) in (0, len(one.firsts)) for batch in batches for one in batch)
    assert _households(one for batch in batches for one in batch) == _households(found)


def _households(found: Iterable[Alike]) -> Counter[tuple[str, str, str, str | None]]:
    counted: Counter[tuple[str, str, str, str | None]] = Counter()
    for one in found:
        partners = one.partners or [None] * len(one.firsts)
        counted.update((one.reason, one.assumed, *pair) for pair in zip(one.firsts, partners, strict=True))
    return counted
