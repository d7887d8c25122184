"""The fixed people of Rietwaarden, whom one signs in as and reads about; everything about them is made up.

They come first in every town, whatever the seed and the number of residents. Gerrit Vos, Chantal Mulder, Samir Bouali,
Toos de Wit, Ingrid de Wit, Priya Nair, Yonas Tesfay, Jelle Hoekstra and Danny Kuipers are personas of the design (Ruud
van Aalst, council member, needs no sign-in: he reads the public pages); the others show one outcome each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from waardig.demo.benefits import Administrator, ClientRecord, Spell, halved, norm_spells
from waardig.demo.numbers import fictional_iban, person_id
from waardig.demo.population import Address, Household, Name, Resident
from waardig.demo.staff import BRAM, DECIDERS, FATMA, PAYERS, RECORD_KEEPERS, SANNE
from waardig.identity.terms import Kind, Level, Persona
from waardig.kernel.money import Eurocent

DEMO_DATE = date(2025, 4, 28)
KUIPERS = Administrator("Kuipers Bewind", "99990403", "Veerlaan 7, 1234 AD Rietwaarden")


@dataclass(frozen=True)
class Wish:
    """What a client chose: messages of this service digital, none any more, or English beside the Dutch."""

    bsn: str = field(repr=False)
    digital: bool = False
    opted_out: bool = False
    english: bool = False


@dataclass(frozen=True)
class Part:
    """What one fixed household is and holds; `spell` is other income of the first adult."""

    key: str
    people: tuple[tuple[str, str, str, str, date, str], ...]  # first name, prefix, family, sex, born, bsn
    address: tuple[str, str, str]
    line: str
    kind: str = "single"
    adults: int = 1
    secret: bool = False
    start: date | None = date(2018, 3, 1)
    wealth: tuple[Eurocent, date] | None = (64000, date(2023, 9, 11))
    grants: tuple[date, ...] = ()
    income: Spell | None = None
    administrator: Administrator | None = None
    digital: bool = False
    opted_out: bool = False
    english: bool = False
    signs_in: bool = True
    place: str = "Rietwaarden"
    died: date | None = None
    guardianship: bool = False


_MOLENKADE = ("Molenkade", "12", "1234 AB")

PARTS: tuple[Part, ...] = (
    Part(
        "gerrit",
        (("Gerrit", "", "Vos", "M", date(1966, 11, 8), "980001274"),),
        _MOLENKADE,
        "Heeft bijstand. Krijgt een voorstel van € 521,97.",
        start=date(2016, 9, 1),
        wealth=(124000, date(2024, 2, 3)),
        grants=(date(2024, 3, 14),),
    ),
    Part(
        "chantal",
        (
            ("Chantal", "", "Mulder", "V", date(1991, 9, 17), "980000531"),
            ("Finn", "", "Mulder", "M", date(2015, 5, 2), "980000543"),
            ("Noor", "", "Mulder", "V", date(2018, 12, 20), "980000555"),
        ),
        ("Wilgenhof", "3", "1234 AE"),
        "Moeder van 2 kinderen. Haar adres is geheim.",
        kind="single_parent",
        secret=True,
        start=date(2019, 2, 1),
        wealth=(31000, date(2024, 6, 12)),
    ),
    Part(
        "samir",
        (("Samir", "", "Bouali", "M", date(1990, 7, 4), "980000701"),),
        ("Reigerlaan", "28", "1234 AG"),
        "Is blind. Leest zijn berichten digitaal.",
        wealth=(215050, date(2024, 10, 1)),
        digital=True,
    ),
    Part(
        "boersma",
        (
            ("Willem", "", "Boersma", "M", date(1972, 10, 30), "980000932"),
            ("Aylin", "", "Boersma-Demir", "V", date(1975, 6, 18), "980000944"),
        ),
        ("Sluisweg", "41", "1234 AH"),
        "Woont samen met Aylin. Zij krijgen samen 1 voorstel.",
        kind="couple",
        adults=2,
        wealth=(330000, date(2024, 1, 22)),
    ),
    Part(
        "henk",
        (("Henk", "", "Brouwer", "M", date(1963, 8, 25), "980001109"),),
        ("Kerkpad", "9", "1234 AJ"),
        "Danny Kuipers regelt zijn geldzaken.",
        administrator=KUIPERS,
    ),
    Part(
        "roza",
        (("Roza", "", "Amiri", "V", date(1979, 12, 1), "980001249"),),
        ("Populierendreef", "77", "1234 AK"),
        "Danny Kuipers regelt haar geldzaken.",
        administrator=KUIPERS,
        signs_in=False,
    ),
    Part(
        "piet",
        (("Piet", "", "Zandstra", "M", date(1985, 11, 11), "980001353"),),
        ("Visserstraat", "5", "1234 AL"),
        "Danny Kuipers regelt zijn geldzaken.",
        administrator=KUIPERS,
        signs_in=False,
    ),
    Part(
        "ria",
        (("Ria", "", "Hofman", "V", date(1977, 5, 9), "980001481"),),
        ("Fuutweg", "18", "1234 AM"),
        "Zette dit soort berichten uit.",
        opted_out=True,
    ),
    Part(
        "tom",
        (("Tom", "", "Verhage", "M", date(1995, 10, 3), "980001602"),),
        ("Dijksingel", "60", "1234 AN"),
        "Van hem weten wij niet hoeveel spaargeld hij heeft.",
        start=date(2020, 8, 1),
        wealth=None,
    ),
    Part(
        "lidia",
        (("Lidia", "", "Pereira", "V", date(1980, 10, 14), "980001754"),),
        ("Elzenlaan", "2", "1234 AP"),
        "Kreeg de toeslag op 6 januari 2025. Het kan nog niet opnieuw.",
        grants=(date(2025, 1, 6),),
    ),
    Part(
        "karel",
        (("Karel", "", "Smit", "M", date(1969, 7, 22), "980001869"),),
        ("Hogeweg", "33", "1234 AR"),
        "Had 2 maanden lang meer inkomen dan de grens.",
        income=Spell(160000, date(2024, 5, 1), date(2024, 6, 30)),
    ),
    Part(
        "toos",
        (("Toos", "de", "Wit", "V", date(1940, 9, 30), "980001985"),),
        ("Kolkpad", "14", "1234 AT"),
        "Haar man overleed 3 weken geleden. Zij krijgt alles op papier. Dochter Ingrid helpt.",
        start=None,
    ),
    Part(
        "kees",
        (("Kees", "de", "Wit", "M", date(1938, 2, 11), "980002011"),),
        ("Kolkpad", "14", "1234 AT"),
        "Overleed op 7 april 2025.",
        start=None,
        signs_in=False,
        died=date(2025, 4, 7),
    ),
    Part(
        "ingrid",
        (("Ingrid", "de", "Wit", "V", date(1969, 8, 14), "980002138"),),
        ("Berkenstraat", "80", "8011 ZZ"),
        "Woont ver weg. Helpt haar moeder Toos en haar broer Joost.",
        start=None,
        place="Zwolle",
    ),
    Part(
        "joost_de_wit",
        (("Joost", "de", "Wit", "M", date(1972, 3, 2), "980002266"),),
        ("Vlierhof", "1", "1234 AV"),
        "Staat onder curatele. Zus Ingrid leest mee.",
        start=None,
        signs_in=False,
        guardianship=True,
    ),
    Part(
        "priya",
        (("Priya", "", "Nair", "V", date(1983, 6, 19), "980002394"),),
        ("Havenstraat", "22", "1234 AW"),
        "Heeft een kapsalon. Haar inkomen daalt.",
        start=None,
    ),
    Part(
        "yonas",
        (("Yonas", "", "Tesfay", "M", date(1997, 11, 23), "980002515"),),
        ("Lisdodde", "6", "1234 AX"),
        "Woont hier 7 maanden. Leest liever Engels.",
        start=date(2024, 10, 1),
        wealth=(12000, date(2024, 10, 1)),
        english=True,
    ),
    Part(
        "anneke",
        (
            ("Anneke", "", "Hoekstra", "V", date(1977, 1, 30), "980002643"),
            ("Jelle", "", "Hoekstra", "M", date(2007, 6, 28), "980002771"),
        ),
        ("Zwaluwpad", "15", "1234 AZ"),
        "Moeder van Jelle, die over 2 maanden 18 wordt.",
        kind="single_parent",
        start=None,
    ),
)

NUMBERS = {person[0]: person[5] for part in PARTS for person in part.people}
"""The numbers of the fixed people by first name."""


def fixed_households(
    seed: int, on: date = DEMO_DATE
) -> Iterator[tuple[Household, tuple[ClientRecord, ...], tuple[Wish, ...]]]:
    """The personas' households with their client records and wishes; the ids follow the seed."""
    rng = Random(f"personas {seed}")
    for index, part in enumerate(PARTS):
        household = _household(part, rng)
        yield household, tuple(_clients(part, index, rng, on)), _wishes(part)


def fixed_residents() -> int:
    """How many people the personas and their families are."""
    return sum(len(part.people) for part in PARTS)


def sign_in_personas(on: date = DEMO_DATE) -> tuple[Persona, ...]:
    """Everybody one can sign in as: residents, the administrator, employees."""
    residents = [
        Persona(
            id=part.key,
            name=" ".join(text for text in part.people[0][:3] if text),
            line=part.line,
            kind=Kind.RESIDENT,
            age=_age(part.people[0][4], on),
            level=Level.SUBSTANTIAL,
            bsn=part.people[0][5],
        )
        for part in PARTS
        if part.signs_in
    ]
    officials = (*DECIDERS, *PAYERS, SANNE, *RECORD_KEEPERS, BRAM)
    return (*residents[:2], _DANNY, FATMA, *residents[2:], _JELLE, _PRIYA_AT_WORK, *officials)


_DANNY = Persona(
    id="danny",
    name="Danny Kuipers",
    line="Bewindvoerder. Regelt in deze proef zaken voor 3 mensen.",
    kind=Kind.ORGANISATION,
    age=46,
    level=Level.SUBSTANTIAL,
    kvk=KUIPERS.kvk,
    organisation=KUIPERS.name,
)
_JELLE = Persona(
    id="jelle",
    name="Jelle Hoekstra",
    line="Wordt over 2 maanden 18. Ziet nu al zijn eigen zaken.",
    kind=Kind.RESIDENT,
    age=17,
    bsn="980002771",
)
_PRIYA_AT_WORK = Persona(
    id="priya_zaak",
    name="Priya Nair, kapsalon",
    line="Logt in voor haar bedrijf. Ziet dan niets van haar privézaken.",
    kind=Kind.ORGANISATION,
    age=41,
    kvk="99990411",
    organisation="Kapsalon Nair",
)


def _household(part: Part, rng: Random) -> Household:
    children = tuple(person[4] for person in part.people[part.adults :])
    numbers = [person[5] for person in part.people]
    residents = tuple(
        Resident(
            person=person_id(rng),
            bsn=bsn,
            name=Name(first, prefix, family, sex),
            born=born,
            partner_bsn=numbers[1 - index] if part.adults == 2 and index < 2 else None,
            children=children if index < part.adults else (),
            secret=part.secret,
            guardianship=part.guardianship,
            died=part.died,
            parents=tuple(numbers[: part.adults]) if index >= part.adults else (),
        )
        for index, (first, prefix, family, sex, born, bsn) in enumerate(part.people)
    )
    since = part.start or date(1998, 6, 1)
    return Household(
        kind=part.kind,
        residents=residents,
        adults=part.adults,
        address=Address(*part.address, part.place, since),
        tenure="corporation",
        decile=1 if part.start else 2,
        disposable_eurocent=1_780_000 if part.start else 2_150_000,
        gross_eurocent=1_900_000 if part.start else 2_300_000,
        wealth_eurocent=part.wealth[0] if part.wealth else 0,
        on_benefit=part.start is not None,
    )


def _clients(part: Part, index: int, rng: Random, on: date) -> Iterator[ClientRecord]:
    if part.start is None:
        return
    types = {"single": "ALLEENSTAAND", "single_parent": "ALLEENSTAANDE_OUDER", "couple": "PAAR"}
    kind = types[part.kind]
    joint = norm_spells(kind, part.people[0][4], part.start, on, 66)
    for place, person in enumerate(part.people[: part.adults]):
        first = place == 0
        yield ClientRecord(
            number=str(900_001 + index * 10 + place),
            bsn=person[5],
            start=part.start,
            household=kind,
            partner_bsn=part.people[1 - place][5] if part.adults == 2 else None,
            norms=halved(joint, first) if part.adults == 2 else joint,
            incomes=(part.income,) if part.income and first else (),
            wealth=((part.wealth[0] // part.adults, part.wealth[1]),) if part.wealth else (),
            administrator=part.administrator,
            iban=fictional_iban(rng),
            grants=part.grants if first else (),
        )


def _wishes(part: Part) -> tuple[Wish, ...]:
    if not (part.digital or part.opted_out or part.english):
        return ()
    return tuple(Wish(person[5], part.digital, part.opted_out, part.english) for person in part.people[: part.adults])


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
