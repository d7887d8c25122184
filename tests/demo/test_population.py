"""The fictional population: the figures of CBS, the same for the same seed, and nobody who could be real."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter
from datetime import date
from functools import cache
from itertools import islice
from random import Random
from statistics import correlation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban as iban_number

from waardig.demo.figures import Curve, choice_of, figures
from waardig.demo.numbers import bsn_from, fictional_bsns, fictional_iban, is_fictional
from waardig.demo.population import Household, households
from waardig.kernel.bsn import is_bsn

ON = date(2025, 4, 28)
BANDS = ((20, "0-19"), (40, "20-39"), (65, "40-64"), (80, "65-79"), (200, "80+"))


@cache
def a_town(count: int = 30000, seed: int = 11) -> tuple[Household, ...]:
    return tuple(households(count, seed, ON))


def private() -> list[Household]:
    return [household for household in a_town() if household.kind != "institution"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 400), st.integers(0, 10**6))
def test_there_are_exactly_as_many_residents_as_asked(count: int, seed: int) -> None:
    assert sum(len(h.residents) for h in households(count, seed, ON)) == count


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    first, again, other = (list(households(300, seed, ON)) for seed in (1, 1, 2))
    assert first == again
    assert not {r.person for h in first for r in h.residents} & {r.person for h in other for r in h.residents}


def test_ages_follow_cbs() -> None:
    ages = Counter[str]()
    for resident in (r for h in a_town() for r in h.residents):
        age = resident.age_on(ON)
        ages[
            "0-19" if age < 20 else "20-39" if age < 40 else "40-64" if age < 65 else "65-79" if age < 80 else "80+"
        ] += 1
    shares = {band: count / ages.total() for band, count in ages.items()}
    for band, share in {"0-19": 0.219, "20-39": 0.249, "40-64": 0.339, "65-79": 0.146, "80+": 0.046}.items():
        assert shares[band] == pytest.approx(share, abs=0.02), band


def test_households_follow_cbs() -> None:
    kinds = Counter(household.kind for household in private())
    for kind, share in {
        "single": 0.399,
        "couple": 0.285,
        "couple_with_children": 0.243,
        "single_parent": 0.073,
    }.items():
        assert kinds[kind] / kinds.total() == pytest.approx(share, abs=0.012), kind
    children = Counter(len(h.residents) - h.adults for h in private() if len(h.residents) > h.adults)
    assert children[1] / children.total() == pytest.approx(0.433, abs=0.02)
    assert children[2] / children.total() == pytest.approx(0.409, abs=0.02)


def test_tenure_follows_cbs() -> None:
    tenures = Counter(household.tenure for household in private())
    assert tenures["own"] / tenures.total() == pytest.approx(0.57, abs=0.03)
    assert tenures["corporation"] / (tenures["corporation"] + tenures["other_rent"]) == pytest.approx(0.663, abs=0.02)


def test_disposable_income_follows_the_percentiles_of_cbs() -> None:
    incomes = sorted(h.disposable_eurocent / 100_000 for h in private())
    expected = [19.0, 24.1, 29.3, 34.9, 41.7, 50.1, 59.7, 71.2, 89.3]
    for rank, value in enumerate(expected, start=1):
        assert incomes[len(incomes) * rank // 10] == pytest.approx(value, rel=0.07), rank


def test_wealth_follows_the_income_decile_and_is_no_multiple_of_income() -> None:
    medians, upper = [1, 3, 5, 12, 24, 33, 40, 56, 90, 195], [11, 24, 50, 103, 146, 171, 184, 206, 255, 489]
    for decile in range(1, 11):
        wealth = [h.wealth_eurocent / 100_000 for h in private() if h.decile == decile]
        assert sum(w <= medians[decile - 1] for w in wealth) / len(wealth) == pytest.approx(0.5, abs=0.05), decile
        assert sum(w <= upper[decile - 1] for w in wealth) / len(wealth) == pytest.approx(0.75, abs=0.04), decile
    poorest = [h for h in private() if h.decile == 1]
    assert abs(correlation([h.disposable_eurocent for h in poorest], [h.wealth_eurocent for h in poorest])) < 0.1
    assert sum(h.wealth_eurocent <= 0 for h in poorest) / len(poorest) == pytest.approx(0.25, abs=0.05)


def test_clients_are_a_fortieth_of_the_town_and_mixed_like_bijstand() -> None:
    clients = [h for h in a_town() if h.on_benefit]
    persons = sum(h.adults for h in clients)
    assert persons / 30000 == pytest.approx(0.023, abs=0.001)
    units = Counter("couple" if h.kind.startswith("couple") else h.kind for h in clients)
    for kind, share in {"single": 0.649, "single_parent": 0.179, "couple": 0.172}.items():
        assert units[kind] / units.total() == pytest.approx(share, abs=0.02), kind
    assert all(18 <= r.age_on(ON) < 67 for h in clients for r in h.residents[: h.adults])


def test_families_are_consistent() -> None:
    for household in a_town():
        adults, children = household.residents[: household.adults], household.residents[household.adults :]
        assert all(a.children == tuple(c.born for c in children) for a in adults)
        assert all(a.age_on(ON) - c.age_on(ON) >= 17 for a in adults for c in children)
        assert all(c.born <= ON for c in children)
        if len(adults) == 2:
            assert (adults[0].partner_bsn, adults[1].partner_bsn) == (adults[1].bsn, adults[0].bsn)
        assert household.address.since <= ON


def test_every_number_is_fictional_passes_the_eleven_test_and_is_used_once() -> None:
    numbers = [r.bsn for h in a_town() for r in h.residents]
    assert len(set(numbers)) == 30000
    assert all(is_bsn(bsn) and is_fictional(bsn) for bsn in numbers)
    assert not any(bsn.startswith(("000", "010", "100", "900", "999")) for bsn in numbers)


@given(st.integers(0, 99_999_999))
def test_a_ninth_digit_always_passes_the_eleven_test(digits: int) -> None:
    bsn = bsn_from(digits)
    assert bsn is None or bsn == "000000000" or is_bsn(bsn)


def test_numbers_of_another_seed_begin_elsewhere() -> None:
    assert next(fictional_bsns(1)) != next(fictional_bsns(2))


@given(st.integers())
def test_an_account_has_right_check_digits_and_no_real_bank(seed: int) -> None:
    account = fictional_iban(Random(seed))
    assert iban_number.is_valid(account)
    assert account[4:8] == "WAAR"


def test_five_thousand_residents_take_less_than_three_seconds() -> None:
    start = time.perf_counter()
    assert sum(len(h.residents) for h in households(5000, 3, ON)) == 5000
    assert time.perf_counter() - start < 3


def test_memory_does_not_grow_with_the_town() -> None:
    stream = households(60000, 5, ON)
    for _ in islice(stream, 2000):
        pass
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in stream:
            pass
        assert tracemalloc.get_traced_memory()[0] - before < 200_000
    finally:
        tracemalloc.stop()


def test_norms_are_those_of_the_day() -> None:
    known = figures()
    assert [known.norm_on("single", d) for d in (date(2022, 12, 31), date(2024, 7, 1), ON)] == [103712, 124303, 127818]
    assert known.norm_on("couple", ON) == 182597


@given(st.floats(0, 1), st.integers(0, 9))
def test_a_curve_never_leaves_its_ends(rank: float, decile: int) -> None:
    curve = figures().wealth_by_decile[decile]
    assert curve.values[0] <= curve.at(rank) <= curve.values[-1]


def test_a_choice_draws_by_weight() -> None:
    rng = Random(1)
    drawn = Counter(choice_of({"a": 3, "b": 1}).draw(rng) for _ in range(4000))
    assert drawn["a"] / 4000 == pytest.approx(0.75, abs=0.03)
    assert Curve((0.0, 1.0), (0.0, 4.0)).at(0.25) == 1.0
