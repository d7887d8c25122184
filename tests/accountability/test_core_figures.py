"""Which figures of a round may be published beside what was published before, and how amounts are told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from waardig.accountability.core.figures import next_publication
from waardig.accountability.core.measured import public_history
from waardig.accountability.terms import CELLS, Publication, Published, PublishedAmount, RoundCounts
from waardig.kernel.bilingual import Bilingual
from waardig.values.terms import Finding, Measurement, Verdict

DAY = date(2025, 4, 28)
NOW = datetime(2025, 4, 28, 12, tzinfo=UTC)
FIRST, SECOND = UUID(int=1), UUID(int=2)


def counts(*cells: int, run: UUID = FIRST, **tables: dict[str, int]) -> RoundCounts:
    """A round whose cells are these, in the order of CELLS."""
    return RoundCounts(run, "dienst", DAY, DAY, dict(zip(CELLS, cells, strict=True)), tables)


def published(figures: Published | None, run: UUID = FIRST, number: int = 1) -> Publication:
    assert figures is not None
    return Publication(run, "dienst", DAY, number, DAY, NOW, figures)


WHOLE = (12, 35, 13, 14, 31, 10, 11)


def test_a_round_without_small_cells_shows_every_figure() -> None:
    made = next_publication(counts(*WHOLE), [])

    assert made is not None
    assert made.shown == 11
    assert (made.figure("clients"), made.figure("looked_at"), made.figure("proposals")) == (126, 114, 79)
    assert (made.figure("answered_yes"), made.figure("granted"), made.figure("refused")) == (52, 31, 10)


def test_nothing_new_is_no_new_publication() -> None:
    assert next_publication(counts(*WHOLE), [published(next_publication(counts(*WHOLE), []))]) is None


def test_three_more_grants_wait_until_there_are_ten() -> None:
    before = [published(next_publication(counts(*WHOLE), []))]

    three = next_publication(counts(12, 35, 13, 14, 34, 10, 8), before)
    ten = next_publication(counts(12, 35, 13, 14, 41, 10, 1), before)
    eleven = next_publication(counts(12, 35, 13, 14, 42, 10, 0), before)

    assert three is None
    assert ten is None
    assert eleven is not None and (eleven.figure("granted"), eleven.figure("open")) == (42, 0)


def test_the_next_round_does_not_tell_that_two_more_people_opted_out() -> None:
    before = [published(next_publication(counts(*WHOLE), []))]

    made = next_publication(counts(14, 60, 13, 40, 0, 0, 0, run=SECOND), before)

    assert made is not None
    assert made.figure("opted_out") is None
    assert made.figure("answered_no") == 40


def test_a_table_stands_only_beside_the_figure_that_it_splits() -> None:
    reasons = {"leeftijd_voldoet": 14, "inkomen_voldoet": 18, "busy": 3}
    shown = next_publication(counts(*WHOLE, reasons=reasons), [])
    hidden = next_publication(counts(2, 58, 19, 3, 0, 0, 14, days={"week_1": 4}), [])

    assert shown is not None and hidden is not None
    assert sum(shown.tables["reasons"].values()) == shown.figure("no_proposal") == 35
    assert all(count >= 10 for count in shown.tables["reasons"].values())
    assert "days" not in hidden.tables


def test_a_long_table_is_joined_before_it_is_searched() -> None:
    reasons = {f"reden_{number}": number for number in range(1, 12)}
    made = next_publication(counts(12, sum(reasons.values()), 13, 14, 31, 10, 11, reasons=reasons), [])

    assert made is not None
    assert sum(made.tables["reasons"].values()) == 66
    assert frozenset().union(*made.tables["reasons"]) == set(reasons)


def test_a_sum_of_money_is_exact_only_when_nobody_can_work_out_an_amount() -> None:
    apart = next_publication(counts(*WHOLE, granted_amounts={"52197": 20, "74589": 11}), [])
    close = next_publication(counts(*WHOLE, granted_amounts={"52197": 30, "74589": 1}), [])

    assert apart is not None and close is not None
    assert apart.amounts["granted_amounts"] == PublishedAmount(20 * 52197 + 11 * 74589, 0)
    assert close.amounts["granted_amounts"] == PublishedAmount(2_000_000, 2_000_000)


def test_without_the_number_of_grants_there_is_no_sum_either() -> None:
    made = next_publication(counts(12, 35, 13, 14, 3, 0, 20, granted_amounts={"52197": 3}), [])

    assert made is not None
    assert made.figure("granted") is None
    assert made.amounts == {}


# -- measurements --------------------------------------------------------------------------------------------------
def measured(n: int, kind: str = "W11", verdict: Verdict = Verdict.PASSES) -> Measurement:
    words = Bilingual(f"{n} van {n}", f"{n} of {n}")
    return Measurement("dienst", kind.lower(), kind, DAY, NOW, Finding(verdict, n, 0, words))


def told(*history: Measurement) -> list[Any]:
    return [one.n for one in public_history(history)]


def test_a_measurement_over_few_people_tells_its_verdict_only() -> None:
    (one,) = public_history([measured(4, verdict=Verdict.FAILS)])

    assert (one.verdict, one.words, one.n) == (Verdict.FAILS, None, None)


def test_numbers_of_people_grow_in_steps_of_ten() -> None:
    assert told(measured(0), measured(12), measured(13), measured(21), measured(22), measured(22)) == [
        0, 12, None, None, 22, 22,
    ]  # fmt: skip


def test_a_count_of_rounds_is_no_count_of_people() -> None:
    assert told(measured(1, "W09"), measured(2, "W09")) == [1, 2]
