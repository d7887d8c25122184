"""Figures that leave the municipality: no sum and no difference with what was published before points at few people."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardig.kernel.small_cells import SMALLEST, Earlier, Group, joined, publishable, table, value_of

NAMES = ("opted_out", "none", "silent", "no", "granted", "other")
EACH = tuple(frozenset({name}) for name in NAMES)
ROUNDS = st.fixed_dictionaries({name: st.integers(0, 40) for name in NAMES})


def sums(groups: Mapping[Group, int]) -> dict[Group, int]:
    """Every figure that a reader can add up from groups."""
    some = chain.from_iterable(combinations(groups, size) for size in range(1, len(groups) + 1))
    return {frozenset().union(*chosen): sum(groups[group] for group in chosen) for chosen in some}


def same_sets(left: Mapping[Group, int], right: Mapping[Group, int]) -> list[tuple[Group, int, int]]:
    """The smallest sets that both tell: larger ones are sums of these."""
    mine, theirs = sums(left), sums(right)
    both = mine.keys() & theirs.keys()
    return [(one, mine[one], theirs[one]) for one in both if not any(other < one for other in both)]


def held(left: Mapping[Group, int], right: Mapping[Group, int]) -> list[tuple[Group, int, int]]:
    """Groups of the one inside the smallest set of the other that holds them, where the rest is told by neither."""
    mine, theirs = sums(left), sums(right)
    found = []
    for group, count in left.items():
        around = sorted((one for one in theirs if group < one), key=len)
        if group not in theirs and around and around[0] not in mine:
            found.append((group, count, theirs[around[0]]))
    return found


def apart(left: int, right: int) -> bool:
    return left == right or abs(left - right) >= 10


def test_without_small_cells_everything_is_shown() -> None:
    cells = dict(zip(NAMES, (12, 35, 13, 14, 31, 10), strict=True))

    assert publishable(cells, EACH) == {frozenset({name}): count for name, count in cells.items()}


def test_a_small_cell_is_added_to_the_one_that_hides_least() -> None:
    groups = publishable({"a": 12, "b": 3, "c": 31}, [frozenset({"c"})])

    assert groups == {frozenset({"c"}): 31, frozenset({"a", "b"}): 15}
    assert value_of(groups, frozenset({"c"})) == 31
    assert value_of(groups, frozenset({"a"})) is None
    assert value_of(groups, frozenset({"a", "b", "c"})) == 46


def test_fewer_than_ten_people_have_no_figures_at_all() -> None:
    assert publishable({"a": 4, "b": 5}) == {}


def test_nine_more_than_last_time_is_not_told_and_ten_more_is() -> None:
    earlier = [Earlier({frozenset({"yes"}): 20, frozenset({"no"}): 30})]

    nine = publishable({"yes": 29, "no": 21}, [frozenset({"yes"})], earlier)
    ten = publishable({"yes": 30, "no": 20}, [frozenset({"yes"})], earlier)

    assert nine == {frozenset({"yes", "no"}): 50}
    assert ten == {frozenset({"yes"}): 30, frozenset({"no"}): 20}


def test_a_part_of_what_was_told_before_may_not_be_almost_all_of_it() -> None:
    earlier = [Earlier({frozenset({"granted"}): 20, frozenset({"silent"}): 40})]

    groups = publishable({"granted": 23, "silent": 37}, [frozenset({"granted"})], earlier)

    assert groups == {frozenset({"granted", "silent"}): 60}


def test_another_round_is_compared_on_the_same_figure_only() -> None:
    earlier = [Earlier({frozenset({"clients"}): 115}, same_people=False)]

    assert publishable({"clients": 118}, (), earlier) == {}
    assert publishable({"clients": 125}, (), earlier) == {frozenset({"clients"}): 125}


def test_too_many_cells_are_refused_and_joining_makes_them_few() -> None:
    cells = {str(number): number for number in range(9)}

    with pytest.raises(ValueError, match="9 cells"):
        publishable(cells)
    assert joined(cells, most=3) == {("8",): 8, ("7",): 7, ("0", "1", "2", "3", "4", "5", "6"): 21}


@given(ROUNDS)
@settings(max_examples=40)
def test_no_sum_points_at_few_people(cells: dict[str, int]) -> None:
    for count in sums(publishable(cells, EACH)).values():
        assert count == 0 or count >= 10


@given(ROUNDS, st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(0, 12)), max_size=6))
@settings(max_examples=40)
def test_no_difference_with_any_earlier_publication_points_at_few_people(
    cells: dict[str, int], moves: list[tuple[str, str, int]]
) -> None:
    told = [publishable(cells, EACH)]
    for source, target, count in moves:
        moved = min(count, cells[source])
        cells = {**cells, source: cells[source] - moved}
        cells[target] += moved
        told.append(publishable(cells, EACH, [Earlier(one) for one in told if one]))

    for number, later in enumerate(told):
        for before in told[:number]:
            for group, count, known in [*same_sets(later, before), *held(later, before), *held(before, later)]:
                assert apart(count, known), group


@given(ROUNDS, ROUNDS)
@settings(max_examples=40)
def test_no_figure_of_a_next_round_differs_a_little_from_the_same_figure(
    first: dict[str, int], second: dict[str, int]
) -> None:
    before = publishable(first, EACH)
    after = publishable(second, EACH, [Earlier(before, same_people=False)] if before else [])

    for figure, count, known in same_sets(after, before):
        assert apart(count, known), figure


def test_rows_that_are_too_small_stand_together_and_the_others_alone() -> None:
    groups = {
        "a": {"yes": 20, "no": 30},
        "b": {"yes": 4, "no": 40},
        "c": {"yes": 7, "no": 50},
        "d": {"yes": 0, "no": 12},
    }

    found = table(groups, [frozenset({"yes"}), frozenset({"no"})])

    assert found is not None
    assert found.rows == (frozenset("a"), frozenset("bc"), frozenset("d"))
    assert set(found.columns) == {frozenset({"yes"}), frozenset({"no"})}


def test_a_small_row_without_company_takes_the_smallest_of_the_others_or_its_neighbour() -> None:
    groups = {
        "a": {"yes": 20, "no": 30},
        "b": {"yes": 9, "no": 10},
        "c": {"yes": 30, "no": 50},
        "d": {"yes": 11, "no": 9},
    }
    told = [frozenset({"yes"}), frozenset({"no"})]
    del groups["d"]

    loose, neighbours = table(groups, told, told), table(groups, told, told, ordered=True)

    assert loose is not None and loose.rows == (frozenset("ab"), frozenset("c"))
    assert neighbours is not None and neighbours.rows == (frozenset("a"), frozenset("bc"))


def test_columns_are_joined_before_everybody_stands_in_one_row_unless_more_is_told_about_them() -> None:
    groups = {name: {"yes": 4, "no": 40} for name in "abc"}
    told = [frozenset({"yes"}), frozenset({"no"})]

    free, bound = table(groups, told), table(groups, told, [frozenset({"yes"})])

    assert free is not None and (len(free.rows), free.columns) == (3, (frozenset({"yes", "no"}),))
    assert bound is not None and (bound.rows, len(bound.columns)) == ((frozenset("abc"),), 2)


def test_the_rows_of_a_table_beside_it_are_kept_or_nothing_is_told() -> None:
    rows = [frozenset("a"), frozenset("b")]
    told = [frozenset({"yes"}), frozenset({"no"})]

    kept = table({"a": {"yes": 5, "no": 6}, "b": {"yes": 10, "no": 10}}, told, rows=rows)
    nothing = table({"a": {"yes": 5, "no": 4}, "b": {"yes": 10, "no": 10}}, told, rows=rows)

    assert kept is not None and (set(kept.rows), kept.columns) == (set(rows), (frozenset({"yes", "no"}),))
    assert nothing is None


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"), st.fixed_dictionaries({n: st.integers(0, 25) for n in "xyz"}), min_size=1
    ),
    st.booleans(),
)
def test_every_figure_of_a_table_is_none_or_enough_and_everybody_stands_in_it_once(
    groups: dict[str, dict[str, int]], ordered: bool
) -> None:
    columns = [frozenset({name}) for name in "xyz"]
    found = table(groups, columns, ordered=ordered)
    everybody = sum(sum(cells.values()) for cells in groups.values())

    assert (found is None) == (0 < everybody < SMALLEST)
    if found is not None:
        assert sorted(chain.from_iterable(found.rows)) == sorted(groups)
        assert sorted(chain.from_iterable(found.columns)) == sorted("xyz")
        counts = [sum(groups[g][c] for g in row for c in column) for row in found.rows for column in found.columns]
        assert all(count == 0 or count >= SMALLEST for count in counts)
        places = [sorted("".join(groups).index(name) for name in row) for row in found.rows]
        assert not ordered or all(row == list(range(row[0], row[-1] + 1)) for row in places)
