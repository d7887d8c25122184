"""The words of the kernel."""

from __future__ import annotations

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.kernel import bsn, money, period


@pytest.mark.parametrize("module", [bsn, money, period])
def test_every_example_in_the_documentation_holds(module) -> None:
    outcome = doctest.testmod(module)

    assert (outcome.failed, outcome.attempted > 0) == (0, True)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_survives_being_written_and_read(amount: int) -> None:
    assert money.cents(money.euros(amount)) == amount


@pytest.mark.parametrize("text", ["", "abc", "1,234", "12,5,0", "0.001"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        money.cents(text)


@given(st.integers(0, 99_999_999))
def test_one_wrong_digit_is_always_found(stem: int) -> None:
    numbers = [n for n in range(stem * 10, stem * 10 + 10) if bsn.is_bsn(f"{n:09d}")]

    assert len(numbers) <= 1


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 60))
def test_months_back_gives_whole_months_before_the_day(day: date, count: int) -> None:
    months = period.months_back(day, count)

    assert len(months) == count
    assert months[-1] == period.month_start(day, -1)
    assert list(months) == sorted(set(months))
