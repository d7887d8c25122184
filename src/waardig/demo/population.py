"""The people of the fictional town, household by household, calibrated on CBS figures and the same for the same seed.

Invariants: exactly as many residents as asked; partners name each other; children are younger than their parents;
wealth follows the income decile but not the income; nothing is kept in memory but the household at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from waardig.demo.figures import Figures, figures
from waardig.demo.numbers import fictional_bsns, person_id
from waardig.kernel.money import Eurocent

PENSION_AGE = 67  # AOW age in 2025 (Algemene Ouderdomswet article 7a)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the BRP has it; sex is M or V."""

    first: str
    prefix: str
    family: str
    sex: str

    @property
    def initials(self) -> str:
        """For example "G."."""
        return f"{self.first[0]}."


@dataclass(frozen=True, slots=True)
class Address:
    """A home in the town."""

    street: str
    number: str
    postcode: str
    place: str
    since: date


@dataclass(frozen=True, slots=True)
class Resident:
    """One resident. `children` are the dates of birth of their own children."""

    person: UUID
    bsn: str = field(repr=False)
    name: Name
    born: date
    partner_bsn: str | None = field(default=None, repr=False)
    children: tuple[date, ...] = ()
    secret: bool = False
    in_doubt: bool = False
    guardianship: bool = False
    died: date | None = None
    parents: tuple[str, ...] = field(default=(), repr=False)

    def age_on(self, day: date) -> int:
        """Whole years of age."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class Household:
    """People at one address. Adults come first.

    Attributes:
        kind: single, couple, couple_with_children, single_parent or institution.
        tenure: own, corporation or other_rent.
        decile: income decile, 1 to 10.
        disposable_eurocent, gross_eurocent: a year; wealth_eurocent: the household's, may be negative.
        on_benefit: whether the adults are clients of the benefits administration.
    """

    kind: str
    residents: tuple[Resident, ...]
    adults: int
    address: Address
    tenure: str
    decile: int
    disposable_eurocent: Eurocent
    gross_eurocent: Eurocent
    wealth_eurocent: Eurocent
    on_benefit: bool


def households(count: int, seed: int, on: date, *, clients: int = 0, residents: int = 0) -> Iterator[Household]:
    """Households with `count` residents in all.

    Args:
        seed: the same seed gives the same people.
        on: the day for which ages count.
        clients, residents: how many clients and residents the town holds already, so that the share stays right.
    """
    builder = _Builder(Random(seed), figures(), on, fictional_bsns(seed))
    quota = _Quota(builder.figures, clients, residents)
    left = count
    while left:
        kind, children = builder.composition(left)
        made = builder.household(kind, children, quota)
        left -= len(made.residents)
        yield made


class _Quota:
    """Keeps the share of clients and the mix of household types right while the town grows."""

    def __init__(self, known: Figures, clients: int, residents: int) -> None:
        units = known.benefit_units
        persons = sum(weight * (2 if kind == "couple" else 1) for kind, weight in units.items())
        self._rate = {kind: known.client_share * weight / persons for kind, weight in units.items()}
        self._owed = {kind: rate * residents for kind, rate in self._rate.items()}
        for kind, rate in self._rate.items():
            self._owed[kind] -= clients * rate / known.client_share

    def grow(self, residents: int) -> None:
        """That many residents came."""
        for kind, rate in self._rate.items():
            self._owed[kind] += rate * residents

    def take(self, kind: str, rng: Random) -> bool:
        """Whether a household of this type becomes a client now."""
        unit = "couple" if kind.startswith("couple") else kind
        if self._owed.get(unit, 0) < 1 or rng.random() > 0.7:
            return False
        self._owed[unit] -= 1
        return True


class _Builder:
    """Draws one household at a time."""

    def __init__(self, rng: Random, known: Figures, on: date, numbers: Iterator[str]) -> None:
        self.rng = rng
        self.figures = known
        self.on = on
        self.numbers = numbers
        self._house_numbers: dict[str, int] = {}

    def composition(self, left: int) -> tuple[str, int]:
        """A type of household and its number of children that fits in what is left."""
        if self.rng.random() < self.figures.institution_share * 2.1:  # per household; 2.1 persons a household
            return "institution", 0
        kind = self.figures.households.draw(self.rng)
        children = self.figures.children[kind].draw(self.rng) if kind in self.figures.children else 0
        if children == 3 and self.rng.random() < 0.25:
            children = 4
        size = children + (1 if kind in ("single", "single_parent") else 2)
        if size <= left:
            return kind, children
        return ("couple", 0) if left >= 2 else ("single", 0)

    def household(self, kind: str, children: int, quota: _Quota) -> Household:
        """A household with people, home, income and wealth."""
        adults_born, children_born = self._births(kind, children)
        quota.grow(len(adults_born) + len(children_born))
        fits = all(18 <= _age(born, self.on) < PENSION_AGE for born in adults_born)
        quintile = 0 if kind == "institution" else self.figures.quintiles[kind].draw(self.rng)
        benefit = fits and quintile == 0 and kind != "institution" and quota.take(kind, self.rng)
        rank = (quintile + self.rng.random()) / 5
        decile = min(int(rank * 10), 9)
        people = self._people(adults_born, children_born)
        return Household(
            kind=kind,
            residents=people,
            adults=len(adults_born),
            address=self._address(min((*adults_born, *children_born)), kind),
            tenure=self._tenure(quintile, benefit),
            decile=decile + 1,
            disposable_eurocent=_thousand(self.figures.disposable.at(rank)),
            gross_eurocent=_thousand(self.figures.gross.at(rank)),
            wealth_eurocent=_thousand(self.figures.wealth_by_decile[decile].at(self.rng.random())),
            on_benefit=benefit,
        )

    def _births(self, kind: str, children: int) -> tuple[list[date], list[date]]:
        rng = self.rng
        if kind == "institution":
            return [self._born(rng.randint(72, 97))], []
        if children:
            born = self._children_born(children)
            mean, spread, least = self.figures.parent_older
            eldest = _age(min(born), self.on)
            first = eldest + max(least, round(rng.gauss(mean, spread)))
            adults = [self._born(min(first, eldest + 48))]
            if kind == "couple_with_children":
                second = max(eldest + least, first + round(rng.gauss(2, 3)))
                adults.append(self._born(min(second, eldest + 52)))
            return adults, born
        low, high = self.figures.adult_ages[kind].draw(rng)
        age = rng.randint(low, high)
        if kind == "single":
            return [self._born(age)], []
        return [self._born(age), self._born(max(19, age + round(rng.gauss(-1, 3))))], []

    def _children_born(self, children: int) -> list[date]:
        low, high = self.figures.child_ages.draw(self.rng)
        age = self.rng.randint(low, high)
        ages = [age]
        for _ in range(children - 1):
            age = max(0, age - self.rng.choice((1, 2, 2, 3, 3, 4)))
            ages.append(age)
        return [self._born(a) for a in ages]

    def _born(self, age: int) -> date:
        """A day of birth that makes someone this old today."""
        first = date(self.on.year - age - 1, self.on.month, min(self.on.day, 28)) + timedelta(days=1)
        return first + timedelta(days=self.rng.randrange(364))

    def _people(self, adults: list[date], children: list[date]) -> tuple[Resident, ...]:
        rng = self.rng
        prefix, family = rng.choice(self.figures.names.families)
        numbers = [next(self.numbers) for _ in (*adults, *children)]
        people: list[Resident] = []
        sex = rng.choice("MV")
        for index, born in enumerate((*adults, *children)):
            adult = index < len(adults)
            if adult and index == 1:
                sex = {"M": "V", "V": "M"}[sex] if rng.random() < 0.97 else sex
                own = rng.choice(self.figures.names.families)
                name = self._name(sex, *(own if rng.random() < 0.6 else (prefix, family)))
            else:
                name = self._name(sex if adult else rng.choice("MV"), prefix, family)
            people.append(
                Resident(
                    person=person_id(rng),
                    bsn=numbers[index],
                    name=name,
                    born=born,
                    partner_bsn=numbers[1 - index] if adult and len(adults) == 2 else None,
                    children=tuple(children) if adult else (),
                    secret=rng.random() < 0.007,
                    in_doubt=rng.random() < 0.004,
                    guardianship=adult and rng.random() < 0.003,
                )
            )
        return tuple(people)

    def _name(self, sex: str, prefix: str, family: str) -> Name:
        names = self.figures.names
        return Name(self.rng.choice(names.female if sex == "V" else names.male), prefix, family, sex)

    def _address(self, earliest: date, kind: str) -> Address:
        rng, names = self.rng, self.figures.names
        index = rng.randrange(len(names.streets))
        street = names.streets[index]
        number = self._house_numbers.get(street, 0) + (0 if kind == "institution" else 1)
        self._house_numbers[street] = number
        moved = self.on - timedelta(days=rng.randrange(30, 9000))
        place = names.places.draw(rng)
        if kind == "institution":
            return Address("Waardhuis", str(rng.randint(1, 90)), "1234 WH", "Rietwaarden", max(moved, earliest))
        return Address(street, str(number), f"1234 {_letters(index)}", place, max(moved, earliest))

    def _tenure(self, quintile: int, benefit: bool) -> str:
        share = 0.05 if benefit else self.figures.own_by_quintile[quintile]
        if self.rng.random() < share:
            return "own"
        return "corporation" if self.rng.random() < self.figures.corporation_of_rent else "other_rent"


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _thousand(euros: float) -> Eurocent:
    return round(euros * 1000) * 100


def _letters(index: int) -> str:
    """Two letters of a postcode; SA, SD and SS are not used in Dutch postcodes, nor are they here."""
    alphabet = "ABCDEGHJKLMNPRTVWXZ"
    return alphabet[(index // len(alphabet)) % len(alphabet)] + alphabet[index % len(alphabet)]
