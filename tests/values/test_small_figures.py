"""Public figures: no figure, and no difference between a figure and its part, points at fewer than ten people."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.values.core.small_figures import figures_of, merged
from waardig.values.terms import RoundNumbers

DAY = date(2025, 4, 28)
SIZES = st.integers(0, 40)
# Pairs of which the first is part of the second.
INSIDE = [
    ("opted_out", "clients"), ("looked_at", "clients"), ("proposals", "looked_at"), ("proposals", "clients"),
    ("answered_yes", "proposals"), ("answered_no", "proposals"), ("granted", "answered_yes"),
    ("refused_or_open", "answered_yes"), ("granted", "proposals"), ("answered_yes", "looked_at"),
]  # fmt: skip


def numbers(opted_out: int, none: int, silent: int, no: int, granted: int, other: int) -> RoundNumbers:
    """A round whose cells are these."""
    yes = granted + other
    proposals = silent + no + yes
    return RoundNumbers(
        round_on=DAY, as_of=DAY, clients=opted_out + none + proposals, opted_out=opted_out, looked_at=none + proposals,
        proposals=proposals, answered_yes=yes, answered_no=no, granted=granted, refused_or_open=other,
        paid_eurocent=granted * 52197,
    )  # fmt: skip


def test_a_round_without_small_cells_is_shown_whole() -> None:
    figures = figures_of(numbers(12, 35, 13, 14, 31, 10))

    assert (figures.clients, figures.opted_out, figures.looked_at, figures.proposals) == (115, 12, 103, 68)
    assert (figures.answered_yes, figures.answered_no, figures.granted, figures.refused_or_open) == (41, 14, 31, 10)
    assert figures.paid_eurocent == 31 * 52197


def test_a_small_cell_is_added_to_another_and_its_figures_are_hidden() -> None:
    figures = figures_of(numbers(12, 35, 13, 14, 31, 3))

    assert (figures.granted, figures.refused_or_open, figures.answered_yes) == (31, None, None)
    assert (figures.clients, figures.looked_at) == (108, 96)
    assert merged({"a": 12, "b": 3, "c": 31}) == {frozenset({"c"}): 31, frozenset({"a", "b"}): 15}


def test_small_cells_are_added_to_their_neighbours_so_that_most_figures_stay() -> None:
    figures = figures_of(numbers(2, 58, 19, 3, 0, 14))

    assert (figures.clients, figures.proposals, figures.answered_yes) == (96, 36, 14)
    assert (figures.granted, figures.refused_or_open) == (0, 14)
    assert (figures.opted_out, figures.looked_at, figures.answered_no) == (None, None, None)


@given(SIZES, SIZES, SIZES, SIZES, SIZES, SIZES)
def test_nobody_can_be_recognised(opted_out: int, none: int, silent: int, no: int, granted: int, other: int) -> None:
    figures = figures_of(numbers(opted_out, none, silent, no, granted, other))
    shown = {field.name: getattr(figures, field.name) for field in fields(figures)}

    for name in {name for pair in INSIDE for name in pair}:
        assert shown[name] is None or shown[name] == 0 or shown[name] >= 10, name
    for part, whole in INSIDE:
        if shown[part] is not None and shown[whole] is not None:
            difference = shown[whole] - shown[part]
            assert difference == 0 or difference >= 10, (part, whole)


def test_figures_that_do_not_add_up_are_refused() -> None:
    wrong = RoundNumbers(DAY, DAY, 115, 12, 100, 68, 41, 14, 31, 10, 0)

    with pytest.raises(ValueError, match="do not add up"):
        figures_of(wrong)
