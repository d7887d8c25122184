"""The figures of calibration.yaml and the names of names.yaml, ready to draw from with a seeded generator."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar

import yaml

from waardig.kernel.money import Eurocent, cents

_HERE = Path(__file__).resolve().parent
T = TypeVar("T")


@dataclass(frozen=True)
class Choice(Generic[T]):
    """Items with weights."""

    items: tuple[T, ...]
    cumulative: tuple[float, ...]

    def draw(self, rng: Random) -> T:
        """One item, by weight."""
        return self.items[bisect_left(self.cumulative, rng.random() * self.cumulative[-1])]


def choice_of(weights: Mapping[T, float]) -> Choice[T]:
    """A choice from weights by item; they need not add up to 1."""
    return Choice(tuple(weights), tuple(accumulate(weights.values())))


@dataclass(frozen=True)
class Curve:
    """A distribution by its quantiles, straight between them."""

    ranks: tuple[float, ...]
    values: tuple[float, ...]

    def at(self, rank: float) -> float:
        """The value at a rank from 0 to 1.

        Example:
            >>> Curve((0.0, 0.5, 1.0), (0.0, 10.0, 30.0)).at(0.75)
            20.0
        """
        right = min(max(bisect_left(self.ranks, rank), 1), len(self.ranks) - 1)
        low, high = self.ranks[right - 1], self.ranks[right]
        return self.values[right - 1] + (self.values[right] - self.values[right - 1]) * (rank - low) / (high - low)


@dataclass(frozen=True)
class Names:
    """Fictional names and places."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    families: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]
    places: Choice[str]


@dataclass(frozen=True)
class Figures:
    """Everything the generator draws from; amounts in 1,000 euro a year unless the name says eurocent."""

    households: Choice[str]
    institution_share: float
    children: Mapping[str, Choice[int]]
    adult_ages: Mapping[str, Choice[tuple[int, int]]]
    child_ages: Choice[tuple[int, int]]
    parent_older: tuple[float, float, int]
    own_by_quintile: tuple[float, ...]
    corporation_of_rent: float
    quintiles: Mapping[str, Choice[int]]
    disposable: Curve
    gross: Curve
    wealth_by_decile: tuple[Curve, ...]
    client_wealth: Curve
    client_share: float
    benefit_units: Mapping[str, float]
    norms: Mapping[str, tuple[tuple[date, Eurocent], ...]]
    names: Names

    def norm_on(self, kind: str, day: date) -> Eurocent:
        """The norm of "single", "couple" (for both) or "under_21" on a day."""
        return [amount for start, amount in self.norms[kind] if start <= day][-1]


@cache
def figures() -> Figures:
    """The figures, read once."""
    data = _yaml("calibration.yaml")
    households, income, wealth = data["households"], data["income"], data["wealth"]
    ages, tenure, benefits = data["adult_ages"], data["tenure"], data["benefits"]
    own = tenure["own_by_income_quintile"]["shares"]
    quintiles = income["quintile_by_household"]
    savings = wealth["savings_single_under_65"]
    older = ages["parent_older_by"]
    rent = tenure["shares"]["corporation"] + tenure["shares"]["other_rent"]
    return Figures(
        households=choice_of(households["shares"]),
        institution_share=households["institution_persons"]["share"],
        children={
            "couple_with_children": choice_of(households["children_of_couple"]["counts"]),
            "single_parent": choice_of(households["children_of_single_parent"]["counts"]),
        },
        adult_ages={kind: _bands(ages[kind]) for kind in ("single", "couple")},
        child_ages=_bands(ages["child_age_weights"]),
        parent_older=(older["mean"], older["spread"], older["least"]),
        own_by_quintile=tuple(own),
        corporation_of_rent=tenure["shares"]["corporation"] / rent,
        quintiles={kind: choice_of(dict(enumerate(quintiles[kind]))) for kind in households["shares"]},
        disposable=_income_curve(income["percentiles"], income["disposable"]),
        gross=_income_curve(income["percentiles"], income["gross"]),
        wealth_by_decile=tuple(_wealth_curve(wealth, decile) for decile in range(10)),
        client_wealth=Curve((0, 0.25, 0.5, 0.75, 1), (-0.4, savings["p25"] * 0.3, savings["p25"], savings["p50"], 7.7)),
        client_share=benefits["share_of_persons"],
        benefit_units={kind: benefits["units"][kind] for kind in ("single", "single_parent", "couple")},
        norms={
            kind: tuple((step["from"], cents(step["amount"])) for step in data["norms"][kind])
            for kind in ("single", "couple", "under_21")
        },
        names=_names(),
    )


def _names() -> Names:
    data = _yaml("names.yaml")
    streets = tuple(start + end for end in data["street_ends"] for start in data["street_starts"])
    return Names(
        female=tuple(data["female"]),
        male=tuple(data["male"]),
        families=tuple((prefix, family) for prefix, family in data["families"]),
        streets=streets,
        places=choice_of(data["places"]),
    )


def _bands(weights: Mapping[str, float]) -> Choice[tuple[int, int]]:
    """Bands such as "20-39" as (first, last) age."""
    return choice_of({(int(band.split("-")[0]), int(band.split("-")[1])): w for band, w in weights.items()})


def _income_curve(percentiles: Sequence[int], values: Sequence[float]) -> Curve:
    ranks = (0.0, *(p / 100 for p in percentiles), 0.99, 1.0)
    return Curve(ranks, (values[0] * 0.45, *values, values[-1] * 2.0, values[-1] * 3.0))


def _wealth_curve(wealth: Mapping[str, Any], decile: int) -> Curve:
    p25, p50, p75 = (float(wealth[key][decile]) for key in ("p25", "p50", "p75"))
    top = p75 * wealth["above_p75"]["times"]
    return Curve((0, 0.25, 0.5, 0.75, 1), (wealth["below_p25"]["lowest"], p25, p50, p75, top))


def _yaml(name: str) -> Any:
    return yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
