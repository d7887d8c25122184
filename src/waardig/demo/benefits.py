"""The benefits administration of the fictional town: what it holds of a client, and how such histories are drawn.

Promise: among many clients everything occurs that a round must cope with: probably entitled, granted lately, income
or wealth too high, wealth never established, months nobody knows, an administrator, residence in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from waardig.demo.figures import Figures, figures
from waardig.demo.numbers import fictional_iban
from waardig.demo.population import Household, Resident
from waardig.kernel.money import Eurocent
from waardig.kernel.period import month_start

_DAY = timedelta(days=1)
_LIMITS = {"single": 7770, "couple": 15540}  # wealth limits 2025, Participatiewet article 34


@dataclass(frozen=True, slots=True)
class Spell:
    """An amount per month from a day to a day; `end` None means still so."""

    amount: Eurocent
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Administrator:
    """A professional administrator (bewindvoerder)."""

    name: str
    kvk: str
    address: str


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """One client as the administration holds them.

    Attributes:
        household: ALLEENSTAAND, ALLEENSTAANDE_OUDER or PAAR.
        wealth: the client's own part, with the day it was established; empty when it never was.
        grants: days on which an individual income supplement was granted.
        lives_here, may_stay, excluded: None when not established.
    """

    number: str
    bsn: str = field(repr=False)
    start: date
    household: str
    end: date | None = None
    partner_bsn: str | None = field(default=None, repr=False)
    norms: tuple[Spell, ...] = ()
    incomes: tuple[Spell, ...] = ()
    wealth: tuple[tuple[Eurocent, date], ...] = ()
    administrator: Administrator | None = None
    iban: str | None = field(default=None, repr=False)
    grants: tuple[date, ...] = ()
    lives_here: bool | None = True
    may_stay: bool | None = True
    excluded: bool | None = False


ADMINISTRATORS = (
    Administrator("Bewindkantoor De Griend", "99990411", "Griendkade 4, 1234 AB Rietwaarden"),
    Administrator("Rietland Beheer", "99990438", "Rietlaan 51, 1234 BC Rietwaarden"),
    Administrator("Van der Kreek Bewindvoering", "99990446", "Sluisstraat 9, 1234 CD Zwaluwsluis"),
)


def household_type(kind: str) -> str:
    """The household type of the benefits administration for a type of household."""
    return {"single": "ALLEENSTAAND", "single_parent": "ALLEENSTAANDE_OUDER"}.get(kind, "PAAR")


def norm_spells(household: str, born: date, start: date, on: date, months: int) -> tuple[Spell, ...]:
    """The client's own part of the norm from the start, at most `months` back; half of it for each of a couple.

    The first of a couple gets the odd cent by `partner_spells`; before 21 the norm for young people holds.
    """
    known = figures()
    begin = max(start, month_start(on, -months), known.norms["couple"][0][0])
    young_until = date(born.year + 21, born.month, min(born.day, 28)) - _DAY
    kind = "couple" if household == "PAAR" else "single"
    spells: list[Spell] = []
    if kind == "single" and young_until >= begin:
        spells += _steps(known, "under_21", begin, min(young_until, on))
        begin = young_until + _DAY
    if begin <= on:
        spells += _steps(known, kind, begin, None)
    return tuple(spells)


def halved(spells: Sequence[Spell], first: bool) -> tuple[Spell, ...]:
    """A couple's norm as the part of the first or the second partner; both parts together are the norm to the cent."""
    return tuple(replace(spell, amount=(spell.amount + (1 if first else 0)) // 2) for spell in spells)


def _steps(known: Figures, kind: str, begin: date, until: date | None) -> list[Spell]:
    table = known.norms[kind]
    starts = [day for day, _ in table if day > begin and (until is None or day <= until)]
    days = [begin, *starts]
    ends = [*(day - _DAY for day in starts), until]
    first = max(begin, table[0][0])
    return [Spell(known.norm_on(kind, max(day, first)), day, end) for day, end in zip(days, ends, strict=True)]


class ClientBook:
    """Gives client numbers and draws the history of each household on benefit."""

    def __init__(self, seed: int, on: date, months: int = 66) -> None:
        """`months` is how far back the administration's history goes."""
        self._rng = Random(f"clients {seed}")
        self._on = on
        self._months = months
        self._next = 1_000_000

    def number(self) -> str:
        """The next client number; it says nothing about the person."""
        self._next += 7
        return str(self._next)

    def clients(self, household: Household) -> tuple[ClientRecord, ...]:
        """The adults of a household on benefit as clients; empty for every other household."""
        if not household.on_benefit:
            return ()
        adults = household.residents[: household.adults]
        kind = household_type(household.kind)
        start = self._start(adults)
        end = self._end(start)
        joint = norm_spells(kind, adults[0].born, start, self._on, self._months)
        holes = self._holes()
        shared = self._shared(kind, start, household)
        records = []
        for index, adult in enumerate(adults):
            norms = halved(joint, index == 0) if kind == "PAAR" else joint
            norms = _without(norms, holes)
            norms = _ended(norms, end)
            records.append(
                replace(
                    shared,
                    number=self.number(),
                    bsn=adult.bsn,
                    end=end,
                    partner_bsn=adult.partner_bsn if kind == "PAAR" else None,
                    norms=norms,
                    incomes=_ended(self._incomes(kind, start, index), end),
                    wealth=tuple((amount // len(adults), day) for amount, day in shared.wealth),
                    iban=fictional_iban(self._rng) if self._rng.random() < 0.97 else None,
                    grants=shared.grants if index == 0 else (),
                )
            )
        return tuple(records)

    def _shared(self, kind: str, start: date, household: Household) -> ClientRecord:
        rng = self._rng
        doubt = rng.random()
        return ClientRecord(
            number="",
            bsn="",
            start=start,
            household=kind,
            wealth=self._wealth(kind, start, household),
            administrator=rng.choice(ADMINISTRATORS) if rng.random() < 0.12 else None,
            grants=self._grants(start),
            lives_here=False if doubt < 0.012 else None if doubt < 0.03 else True,
            may_stay=rng.random() > 0.006,
            excluded=rng.random() < 0.01,
        )

    def _start(self, adults: Sequence[Resident]) -> date:
        adult_since = max(month_start(date(a.born.year + 18, a.born.month, 1), 1) for a in adults)
        back = self._rng.randint(37, 150) if self._rng.random() < 0.72 else self._rng.randint(2, 35)
        return max(month_start(self._on, -back), min(adult_since, month_start(self._on, -1)))

    def _end(self, start: date) -> date | None:
        """Some six in a hundred stopped; they are asked about only when they had the supplement before."""
        if self._rng.random() >= 0.06:
            return None
        last = month_start(self._on, -self._rng.randint(1, 14)) - _DAY
        return last if last > start else None

    def _holes(self) -> tuple[date, ...]:
        """Months that nobody knows: one to three in a row, for five in a hundred."""
        if self._rng.random() >= 0.05:
            return ()
        first = month_start(self._on, -self._rng.randint(4, 34))
        return tuple(month_start(first, n) for n in range(self._rng.randint(1, 3)))

    def _incomes(self, kind: str, start: date, index: int) -> tuple[Spell, ...]:
        rng, known = self._rng, figures()
        spells: list[Spell] = []
        if start > month_start(self._on, -36) and rng.random() < 0.6:  # what was verified at the application
            low = rng.random() < 0.5
            norm = known.norm_on("couple" if kind == "PAAR" else "single", start) // (2 if kind == "PAAR" else 1)
            factor = rng.uniform(0.3, 0.98) if low else rng.uniform(1.25, 2.2)
            spells.append(Spell(int(norm * factor), month_start(self._on, -self._months), start - _DAY))
        draw = rng.random()
        if index == 0 and draw < 0.20:
            length = rng.randint(1, 14) if draw < 0.14 else rng.randint(1, 3)
            begin = max(start, month_start(self._on, -rng.randint(length, 34)))
            end = month_start(begin, length) - _DAY
            norm = known.norm_on("couple" if kind == "PAAR" else "single", begin)
            amount = rng.randint(12000, 70000) if draw < 0.14 else int(norm * rng.uniform(1.12, 1.5))
            if end < self._on:
                spells.append(Spell(amount, begin, end))
        return tuple(spells)

    def _wealth(self, kind: str, start: date, household: Household) -> tuple[tuple[Eurocent, date], ...]:
        rng = self._rng
        limit = _LIMITS["couple" if kind != "ALLEENSTAAND" else "single"]
        draw = rng.random()
        if draw < 0.11:
            return ()
        if draw < 0.19:
            euros = rng.randint(limit + 30, limit * 3)
        else:
            euros = min(int(figures().client_wealth.at(rng.random()) * 1000), limit - 5)
        first = max(start, self._on - timedelta(days=2200))
        days = max((self._on - first).days - 10, 1)
        established = first + timedelta(days=rng.randrange(days))
        cents = euros * 100 + (rng.randrange(100) if household.tenure == "own" else 0)
        found = [(cents, established)]
        if rng.random() < 0.25 and established > start + timedelta(days=400):
            found.insert(0, (max(0, cents - rng.randint(0, 90000)), established - timedelta(days=365)))
        return tuple(found)

    def _grants(self, start: date) -> tuple[date, ...]:
        """Earlier supplements: of those long enough on benefit more than half, many of them within the last year."""
        rng = self._rng
        if start > month_start(self._on, -40) or rng.random() < 0.45:
            return ()
        recent = rng.random() < 0.4
        last = self._on - timedelta(days=rng.randint(20, 340) if recent else rng.randint(370, 900))
        return (last - timedelta(days=rng.randint(366, 420)), last) if rng.random() < 0.4 else (last,)


def _without(spells: Sequence[Spell], months: Sequence[date]) -> tuple[Spell, ...]:
    """Spells without these months."""
    left = list(spells)
    for month in months:
        after = month_start(month, 1)
        cut: list[Spell] = []
        for spell in left:
            if spell.start >= after or (spell.end is not None and spell.end < month):
                cut.append(spell)
                continue
            if spell.start < month:
                cut.append(replace(spell, end=month - _DAY))
            if spell.end is None or spell.end >= after:
                cut.append(replace(spell, start=after))
        left = cut
    return tuple(left)


def _ended(spells: Sequence[Spell], end: date | None) -> tuple[Spell, ...]:
    """Spells that stop on the last day of the benefit."""
    if end is None:
        return tuple(spells)
    kept = (spell for spell in spells if spell.start <= end)
    return tuple(replace(spell, end=end if spell.end is None else min(spell.end, end)) for spell in kept)
