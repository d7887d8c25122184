"""Rietwaarden as a whole: fixed people first, then drawn ones; what every register holds of them; what clients wish.

Promise: one pass, household by household; nothing is kept in memory. Income and wealth of everybody who is no client
stand in registers that no round may read (belastingdienst, suwinet).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from waardig.demo.benefits import ClientBook, ClientRecord
from waardig.demo.benefits_export import Blemish
from waardig.demo.personas import DEMO_DATE, Wish, fixed_households, fixed_residents
from waardig.demo.population import PENSION_AGE, Household, Resident, households
from waardig.kernel.period import month_start
from waardig.registers.terms import PersonRef, ReadFact, ReadPerson

SEED = 20250428
MUNICIPALITY = "GM9999"
TOWN = "Rietwaarden"
PARENTS = ("brp.gezag_ouder", "brp.gezag_andere_ouder")
ELSEWHERE = "GM9998"
"""The code of the other municipality from which somebody helps; it does not exist either."""
_MAY_DRIVE = 18
_CARS = (("Volkswagen", "Polo"), ("Toyota", "Yaris"), ("Opel", "Corsa"), ("Kia", "Picanto"), ("Peugeot", "208"))
_PLATE = "BDFGHJKLNPRSTVXZ"
_DIGITAL, _OPTED_OUT = 0.26, 0.03  # of clients; invented, there is no figure for either


@dataclass(frozen=True)
class Settled:
    """One household with everything that is written down about it."""

    household: Household
    clients: tuple[ClientRecord, ...]
    wishes: tuple[Wish, ...]
    persons: tuple[ReadPerson, ...] = field(repr=False)

    def ids(self) -> dict[str, UUID]:
        """Person ids by BSN."""
        return {resident.bsn: resident.person for resident in self.household.residents}


def town(residents: int = 5000, seed: int = SEED, on: date = DEMO_DATE) -> Iterator[Settled]:
    """The town, household by household.

    Args:
        residents: how many people; the fixed people count and are always there, so there are never fewer than they.
        seed: the same seed gives the same town, ids included.
    """
    fixed = list(fixed_households(seed, on))
    for household, clients, wishes in fixed:
        yield Settled(household, clients, wishes, tuple(persons_of(household, on, seed)))
    known = fixed_residents()
    book = ClientBook(seed, on)
    rng = Random(f"wishes {seed}")
    drawn = households(
        max(0, residents - known), seed, on, clients=sum(len(clients) for _, clients, _ in fixed), residents=known
    )
    for household in drawn:
        records = book.clients(household)
        chosen = tuple(_wish(client, rng) for client in records[:1])
        yield Settled(household, records, chosen, tuple(persons_of(household, on, seed)))


def blemishes(clients: list[ClientRecord], seed: int = SEED) -> list[Blemish]:
    """A few mistakes for the town's export, so that its report shows what an import finds; only in drawn people."""
    drawn = [client for client in clients if 1_000_000 <= int(client.number) < 5_000_000]
    Random(f"blemishes {seed}").shuffle(drawn)
    singles = [client for client in drawn if client.partner_bsn is None]
    if len(singles) < 30:
        return []
    wealthy = next((client for client in singles[3:] if client.wealth), singles[3])
    banked = next((client for client in singles[3:] if client.iban and client is not wealthy), singles[4])
    wrong_bsn = singles[0].bsn[:-1] + str((int(singles[0].bsn[-1]) + 1) % 10)
    return [
        Blemish("clienten.csv", singles[0].number, "BSN", wrong_bsn),
        Blemish("perioden.csv", singles[1].number, "SOORT", "ONB"),
        Blemish("clienten.csv", singles[2].number, "BEGINDATUM", "31-02-2021"),
        Blemish("vermogen.csv", wealthy.number, "DATUM_VASTSTELLING", "30-02-2024"),
        Blemish("rekeningen.csv", banked.number, "IBAN", "NL00WAAR0000000000"),
    ]


def persons_of(household: Household, on: date, seed: int = SEED) -> Iterator[ReadPerson]:
    """What the registers hold of each person of a household, the benefits administration excepted."""
    rng = Random(f"{seed} {household.residents[0].person.int}")
    for index, resident in enumerate(household.residents):
        facts = list(_brp(household, resident))
        if index < household.adults:
            facts += _elsewhere(household, resident, index, on, rng)
            facts += _owned(household, resident, index, on, seed)
        yield ReadPerson(resident.bsn, tuple(facts))


def _brp(household: Household, resident: Resident) -> Iterator[ReadFact]:
    born, name, home = resident.born, resident.name, household.address
    record = {
        "voorletters": name.initials,
        "voorvoegsel": name.prefix,
        "geslachtsnaam": name.family,
        "geslacht": name.sex,
    }
    address = {
        "straat": home.street,
        "huisnummer": home.number,
        "postcode": home.postcode,
        "woonplaats": home.place,
    }
    since = max(home.since, born)
    partner = {"person": PersonRef(resident.partner_bsn)} if resident.partner_bsn else None
    yield ReadFact("brp.naam", {key: text for key, text in record.items() if text}, born)
    yield ReadFact("brp.geboortedatum", born.isoformat(), born)
    yield ReadFact("brp.overlijdensdatum", resident.died.isoformat() if resident.died else None, resident.died or born)
    yield ReadFact("brp.adres", address, since, under_investigation=resident.in_doubt)
    yield ReadFact("brp.gemeente", MUNICIPALITY if home.place == TOWN else ELSEWHERE, since)
    yield ReadFact("brp.geheimhouding", resident.secret, born)
    yield ReadFact("brp.curatele", resident.guardianship, born)
    yield ReadFact("brp.in_onderzoek", resident.in_doubt, born)
    for attribute, parent in zip(PARENTS, resident.parents, strict=False):
        yield ReadFact(attribute, {"person": PersonRef(parent)}, born)
    yield ReadFact("brp.partner", partner, since if partner else born)
    yield ReadFact("brp.kinderen", [{"geboortedatum": day.isoformat()} for day in resident.children], born)


def _elsewhere(household: Household, resident: Resident, index: int, on: date, rng: Random) -> Iterator[ReadFact]:
    """Income and wealth as the tax administration and UWV know them; clients earn nothing beside their benefit."""
    share = 1.0 if household.adults == 1 else (0.6, 0.4)[index]
    for year in (on.year - 2, on.year - 1):
        amount = round(household.gross_eurocent * share * (0.95 if year == on.year - 2 else 1.0) / 100) * 100
        yield ReadFact("belastingdienst.toetsingsinkomen", amount, date(year, 1, 1), date(year, 12, 31))
    wealth = round(household.wealth_eurocent * (1 / household.adults) / 100) * 100
    yield ReadFact("belastingdienst.vermogen", wealth, date(on.year, 1, 1), date(on.year, 12, 31))
    if household.on_benefit or not 18 <= resident.age_on(on) < PENSION_AGE:
        return
    monthly = round(household.disposable_eurocent * share / 12)
    if monthly > 60_000:
        yield from _wages(monthly, on, rng)


def _owned(household: Household, resident: Resident, index: int, on: date, seed: int) -> Iterator[ReadFact]:
    """The home that the first adult owns, and a car for three in five grown-ups; all invented."""
    rng, home = Random(f"{seed} bezit {resident.person.int}"), household.address
    homes: list[object] = []
    if household.tenure == "own" and index == 0:
        homes = [
            {
                "objectnummer": f"9999{rng.randrange(10**8):08d}",
                "adres": f"{home.street} {home.number}, {home.place}",
                "belang": "B",
                "waarde": (180 + 35 * household.decile + rng.randrange(40)) * 100_000,
                "waardepeildatum": date(on.year - 1, 1, 1).isoformat(),
            }
        ]
    if homes:
        yield ReadFact("woz.panden", homes, max(home.since, date(on.year, 1, 1)))
    if rng.random() < 0.6 and resident.age_on(on) >= _MAY_DRIVE:
        make, model = rng.choice(_CARS)
        bought = on - timedelta(days=rng.randrange(30, 1500))
        car: dict[str, object] = {
            "kenteken": f"{rng.choice(_PLATE)}{rng.randrange(1000):03d}{rng.choice(_PLATE)}{rng.choice(_PLATE)}",
            "soort": "Personenauto",
            "merk": make,
            "handelsbenaming": model,
            "eerste_toelating": (bought - timedelta(days=rng.randrange(4000))).isoformat(),
        }
        yield ReadFact("kentekenregister.voertuigen", [car], bought)


def _wages(monthly: int, on: date, rng: Random) -> Iterator[ReadFact]:
    """36 months of wages, a rise every January, and for one in twelve some months without work."""
    start = month_start(on, -36)
    idle = month_start(on, -rng.randint(6, 30)) if rng.random() < 0.08 else None
    back = month_start(idle, rng.randint(1, 5)) if idle else None
    amount = round(monthly / 1.12)
    bounds = [start, *(date(year, 1, 1) for year in range(start.year + 1, on.year + 1))]
    for begin, following in zip(bounds, [*bounds[1:], None], strict=True):
        end = following - timedelta(days=1) if following else None
        yield from _around(amount, begin, end, idle, back)
        amount = round(amount * rng.uniform(1.015, 1.055))


def _around(amount: int, begin: date, end: date | None, idle: date | None, back: date | None) -> Iterator[ReadFact]:
    """A spell without the days from `idle` until `back`."""
    if idle is None or back is None or back <= begin or (end is not None and end < idle):
        yield ReadFact("suwinet.loon", amount, begin, end)
        return
    if begin < idle:
        yield ReadFact("suwinet.loon", amount, begin, idle - timedelta(days=1))
    if end is None or end >= back:
        yield ReadFact("suwinet.loon", amount, back, end)


def _wish(client: ClientRecord, rng: Random) -> Wish:
    draw = rng.random()
    return Wish(client.bsn, digital=draw < _DIGITAL, opted_out=draw > 1 - _OPTED_OUT)
