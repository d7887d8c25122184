"""Official test persons in the benefits file: who is chosen, and why each is there.

The official set (RvIG) has identities and addresses but no income, so each chosen person gets an ordinary client record
that would lead to a proposal; what the person *is* (deceased, in doubt, secret, under guardianship) must then stop or
steer it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from waardig.demo.benefits import ClientRecord, halved, norm_spells
from waardig.demo.numbers import fictional_iban
from waardig.demo.personas import DEMO_DATE
from waardig.demo.town import SEED
from waardig.registers.terms import PersonRef, ReadPerson

WANTED = {"deceased": 5, "in_onderzoek": 5, "secret_address": 5, "couple": 3, "curatele": 1, "ordinary": 5}
_PENSION_AGE = 67
_START = date(2015, 1, 1)


@dataclass(frozen=True)
class Official:
    """One chosen person; a couple has two with the same `why`. `partner` is filled for a couple."""

    why: str
    bsn: str = field(repr=False)
    born: str | None
    partner: str | None = field(default=None, repr=False)
    minors: int = 0


def choose_officials(persons: Sequence[ReadPerson], seed: int = SEED, on: date = DEMO_DATE) -> tuple[Official, ...]:
    """Persons of the official set for the benefits file, by seed; each stands in one group only.

    Returns:
        At most WANTED of each group (couples: two persons each); fewer when the set has fewer.
    """
    shuffled = list(persons)
    Random(f"officials {seed}").shuffle(shuffled)
    chosen: list[Official] = []
    used: set[str] = set()
    for why, fits in _GROUPS.items():
        for person in [p for p in shuffled if p.number not in used and fits(p, on)][: WANTED[why]]:
            used.add(person.number)
            chosen.append(_official(why, person, on))
    chosen += _couples(shuffled, used, on)
    return tuple(chosen)


def counts(chosen: Sequence[Official]) -> dict[str, int]:
    """How many of each group; couples count as couples."""
    found = Counter(official.why for official in chosen)
    return {why: found[why] // (2 if why == "couple" else 1) for why in WANTED}


def official_clients(chosen: Sequence[Official], seed: int = SEED, on: date = DEMO_DATE) -> Iterator[ClientRecord]:
    """A client record for each: ten years of benefit, little wealth, no supplement yet; numbers from 5,000,001."""
    rng = Random(f"official clients {seed}")
    seen: set[str] = set()
    for number, official in enumerate(chosen, start=5_000_001):
        kind = "PAAR" if official.partner else "ALLEENSTAANDE_OUDER" if official.minors else "ALLEENSTAAND"
        born = date.fromisoformat(official.born) if official.born and _is_complete(official.born) else date(1970, 1, 1)
        norms = norm_spells(kind, born, _START, on, 66)
        first = official.partner not in seen
        seen.add(official.bsn)
        yield ClientRecord(
            number=str(number),
            bsn=official.bsn,
            start=_START,
            household=kind,
            partner_bsn=official.partner,
            norms=halved(norms, first) if official.partner else norms,
            wealth=((rng.randrange(5_000, 250_000), date(2024, rng.randint(1, 12), 15)),),
            iban=fictional_iban(rng),
        )


def _couples(shuffled: Sequence[ReadPerson], used: set[str], on: date) -> list[Official]:
    by_bsn = {person.number: person for person in shuffled}
    found: list[Official] = []
    for person in shuffled:
        partner = by_bsn.get(_partner(person) or "")
        if partner is None or len(found) == 2 * WANTED["couple"] or {person.number, partner.number} & used:
            continue
        if _partner(partner) == person.number and _is_plain(person, on) and _is_plain(partner, on):
            used |= {person.number, partner.number}
            found += [
                _official("couple", person, on, partner.number),
                _official("couple", partner, on, person.number),
            ]
    return found


def _official(why: str, person: ReadPerson, on: date, partner: str | None = None) -> Official:
    born = person.value("brp.geboortedatum")
    return Official(why, person.number, str(born) if born else None, partner, _minors(person, on))


def _minors(person: ReadPerson, on: date) -> int:
    children = person.value("brp.kinderen")
    days = [str(child.get("geboortedatum")) for child in children] if isinstance(children, list) else []
    return sum(1 for day in days if _is_complete(day) and _age(date.fromisoformat(day), on) < 18)


def _partner(person: ReadPerson) -> str | None:
    value = person.value("brp.partner")
    named = value.get("person") if isinstance(value, dict) else None
    return named.bsn if isinstance(named, PersonRef) else None


def _is_alone(person: ReadPerson) -> bool:
    return person.value("brp.partner") is None


def _is_adult(person: ReadPerson, on: date) -> bool:
    born = person.value("brp.geboortedatum")
    return isinstance(born, str) and _is_complete(born) and 21 <= _age(date.fromisoformat(born), on) < _PENSION_AGE


def _is_alive(person: ReadPerson) -> bool:
    return person.value("brp.overlijdensdatum") is None and person.suspended != "O"


def _is_doubted(person: ReadPerson) -> bool:
    """In doubt in a way that reaches the round: identity or address."""
    return person.value("brp.in_onderzoek") is True


def _is_plain(person: ReadPerson, on: date) -> bool:
    """Alive, between 21 and pension age, registered at a Dutch address, and nothing special."""
    address = person.value("brp.adres")
    return (
        _is_adult(person, on)
        and _is_alive(person)
        and not person.suspended
        and isinstance(address, dict)
        and "straat" in address
        and person.value("brp.gemeente") != "1999"
        and not any(fact.under_investigation for fact in person.facts)
        and not _is_doubted(person)
        and person.value("brp.geheimhouding") is not True
        and person.value("brp.curatele") is not True
    )


def _is_registered(person: ReadPerson, on: date) -> bool:
    return _is_adult(person, on) and _is_alive(person) and not person.suspended and _is_alone(person)


_GROUPS: dict[str, Callable[[ReadPerson, date], bool]] = {
    "deceased": lambda person, _: not _is_alive(person) and person.value("brp.overlijdensdatum") is not None,
    "in_onderzoek": lambda person, on: _is_registered(person, on) and _is_doubted(person),
    "secret_address": lambda person, on: (
        _is_registered(person, on)
        and person.value("brp.geheimhouding") is True
        and not _is_doubted(person)
        and person.value("brp.curatele") is not True
    ),
    "curatele": lambda person, on: (
        _is_registered(person, on)
        and person.value("brp.curatele") is True
        and person.value("brp.geheimhouding") is not True
        and not _is_doubted(person)
    ),
    "ordinary": lambda person, on: _is_plain(person, on) and _is_alone(person),
}


def _is_complete(day: str) -> bool:
    """Whether year, month and day are known."""
    return len(day) == 10


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
