"""A simulation over real law files and an invented town: sums agree with the law itself, tables with their total."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.people import written
from tests.law_content.builders import book
from waardig.law import queries
from waardig.law.core.changing import change_of, sweep_of
from waardig.law.core.simulation import Simulation
from waardig.law.queries.simulating import Changes, Question, simulate

LAW, OUTPUT, ON = "wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", date(2025, 3, 1)
ABOVE = "besluit_percentages_zorgtoeslag:PERCENTAGE_BOVEN_DREMPELINKOMEN"
PREMIUM = "regeling_standaardpremie:STANDAARDPREMIE"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight thousand applicants."""
    path = tmp_path_factory.mktemp("town") / "people.parquet"
    written(8_000, path)
    return path


def simulated(town: Path, *sets: str, sweep: str = "") -> Simulation:
    """A simulation of the zorgtoeslag."""
    changes = Changes(
        figures=[change_of(text) for text in sets], sweep=sweep_of(sweep) if sweep else (), written=[*sets, sweep]
    )
    return simulate(book(), Question(LAW, OUTPUT, ON, town), changes)


def test_the_budget_before_is_what_the_law_gives_everybody_and_tables_add_up_to_it(town: Path) -> None:
    found = simulated(town, f"{PREMIUM}=2200 euro")
    everybody = queries.evaluate_many(book(), LAW, [OUTPUT], on=ON, columns=town)

    for part in found.parts:
        assert part.total.before == sum(value for value in everybody.columns[OUTPUT] if isinstance(value, int))
        assert part.total.difference is not None and part.total.difference > 0
        for name in ("household_type", "age", "income", "neighbourhood"):
            rows = part.tables[name]
            assert len(rows) > 1 and sum(row.people or 0 for row in rows) == part.total.people == 8_000
            assert sum(row.difference or 0 for row in rows) == part.total.difference
            assert sum(row.entitled_after or 0 for row in rows) == part.total.entitled_after
            assert all(count == 0 or count >= 10 for row in rows for count in row.counts.values())
    assert (found.engine, found.fallback) == ("duckdb", "") and found.checked.evaluations > 400


def test_a_point_of_a_sweep_is_what_a_simulation_of_that_value_says(town: Path) -> None:
    sweep = simulated(town, sweep=f"{PREMIUM}=2000,2200 euro")
    alone = [simulated(town, f"{PREMIUM}={value} euro") for value in (2000, 2200)]

    told = [point.totals["people"] for point in sweep.points]
    counts = [{group: count for group, count in row.counts.items() if count} for row in told]
    assert [replace(row, counts=some) for row, some in zip(told, counts, strict=True)] == [
        one.parts[0].total for one in alone
    ]
    assert [point.rule_set for point in sweep.points] == [one.after.hash for one in alone if one.after]


def test_a_percentage_may_be_given_as_per_cent_or_ratio_and_every_figure_tells_its_status(town: Path) -> None:
    percent, ratio = simulated(town, f"{ABOVE}=14%"), simulated(town, f"{ABOVE}=0.14 ratio")

    assert percent.after and ratio.after and percent.after.hash == ratio.after.hash
    (changed,) = (one for one in percent.amounts if one.before != one.after)
    assert (changed.before, changed.after) == ("0.137 ratio", "0.14 ratio")
    assert (changed.status_before, changed.status_after) == ("published", "unverified")
    assert percent.before.worst_status != "unverified" == percent.after.worst_status
