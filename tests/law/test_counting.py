"""Telling who gains and loses: nothing small, not by subtraction, and not by one value of a sweep beside another."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from waardig.kernel.small_cells import SMALLEST, Group
from waardig.law.core.counting import ATOMS, FIGURES, MONEY, Row, Tally, mean, rows_of, tallied, total_row

COUNTS = st.sampled_from([0, 0, 1, 3, 9, 10, 12, 25, 100])
TALLIES = st.fixed_dictionaries({name: COUNTS for name in ATOMS if name != "other"}).map(
    lambda counts: Tally({**counts, "other": 0}, 100, 250)
)


def sums(row: Row) -> dict[Group, int]:
    """Every count that a reader can add up; who is not mentioned where everybody is told is nobody."""
    told = dict(row.counts)
    if row.people is not None:
        seen = frozenset(chain.from_iterable(told))
        told |= {frozenset({name}): 0 for name in FIGURES if name not in seen}
    some = chain.from_iterable(combinations(told, size) for size in range(1, len(told) + 1))
    return {frozenset().union(*chosen): sum(told[group] for group in chosen) for chosen in some}


@settings(max_examples=60, deadline=None)
@given(TALLIES)
def test_no_sum_and_no_difference_of_what_is_told_is_about_one_to_nine_people(tally: Tally) -> None:
    row = total_row(tally, numeric=True)
    found = sums(row)
    figures = tally.figures()

    assert all(count == sum(figures[name] for name in group) for group, count in found.items())
    assert all(count == 0 or count >= SMALLEST for count in found.values())
    for group, count in found.items():
        for wider, more in found.items():
            assert not group < wider or more == count or more - count >= SMALLEST
    told = [group for group in MONEY if group in found]
    assert (row.difference is not None) == (len(told) == len(MONEY))


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(TALLIES, min_size=2, max_size=4))
def test_no_two_values_of_a_sweep_differ_by_one_to_nine_in_any_count(tallies: list[Tally]) -> None:
    everybody = max(tally.people for tally in tallies) + SMALLEST
    same = [Tally({**one.counts, "none": one.counts["none"] + everybody - one.people}, 0, 0) for one in tallies]
    rows: list[Row] = []
    for tally in same:
        rows.append(total_row(tally, numeric=True, earlier=[row.counts for row in rows if row.counts]))

    for left, right in combinations(rows, 2):
        one, other = sums(left), sums(right)
        both = one.keys() & other.keys()
        for group in (found for found in both if not any(smaller < found for smaller in both)):
            assert one[group] == other[group] or abs(one[group] - other[group]) >= SMALLEST


def test_three_who_gain_at_the_next_value_stand_with_those_they_were_counted_with_before() -> None:
    nobody = Tally({**dict.fromkeys(ATOMS, 0), "same": 50, "none": 47})
    three = Tally({**dict.fromkeys(ATOMS, 0), "same": 50, "none": 44, "gained": 3})

    first = total_row(nobody, numeric=True, earlier=[])
    second = total_row(three, numeric=True, earlier=[first.counts])

    assert (first.counts[frozenset({"gained"})], first.counts[frozenset({"none"})]) == (0, 47)
    assert second.counts[frozenset({"same"})] == 50
    assert sum(count for group, count in second.counts.items() if group & {"gained", "none"}) == 47
    assert frozenset({"gained"}) not in second.counts and second.difference is None


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), TALLIES, min_size=1), st.booleans())
def test_rows_hold_everybody_once_and_add_up_to_what_the_total_tells(groups: dict[str, Tally], ordered: bool) -> None:
    everybody = tallied(())
    for tally in groups.values():
        everybody = everybody.plus(tally)
    total = total_row(everybody, numeric=True)

    rows = rows_of(groups, total, numeric=True, ordered=ordered)

    if rows and total.people is not None:
        assert sorted(chain.from_iterable(row.groups for row in rows)) == sorted(groups)
        assert sum(row.people or 0 for row in rows) == total.people
    for row in rows:
        figures = [sum(groups[name].figures()[figure] for name in row.groups) for figure in FIGURES]
        for column, count in row.counts.items():
            assert count == sum(figures[FIGURES.index(figure)] for figure in column)
            assert count == 0 or count >= SMALLEST
    if rows and all(row.difference is not None for row in rows):
        assert sum(row.difference or 0 for row in rows) == total.difference


@pytest.mark.parametrize(
    ("amount", "people", "told"),
    [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (-4, 3, -1), (0, 7, 0), (10**18, 3, 333333333333333333)],
)
def test_a_mean_is_rounded_half_away_from_zero(amount: int, people: int, told: int) -> None:
    assert mean(amount, people) == told
