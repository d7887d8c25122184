"""The town with its fixed people, its benefits administration and what stands in which register."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.registers.test_binding import AFact
from tests.shared_data import shared
from waardig.demo.benefits import ClientBook, ClientRecord, Spell, halved, norm_spells
from waardig.demo.benefits_export import MAPPING
from waardig.demo.official import WANTED, Official, choose_officials, counts, official_clients
from waardig.demo.personas import DEMO_DATE, KUIPERS, PARTS, fixed_residents, sign_in_personas
from waardig.demo.population import households
from waardig.demo.settling import settle, write_benefits_file
from waardig.demo.town import MUNICIPALITY, SEED, Settled, blemishes, town
from waardig.kernel.bsn import is_bsn
from waardig.kernel.content import LIBRARY
from waardig.kernel.period import month_start
from waardig.registers.adapters.benefits_file import read_benefits_file, read_mapping
from waardig.registers.adapters.brp_file import read_brp_file
from waardig.registers.adapters.content import bindings, declarations
from waardig.registers.core.binding import bind
from waardig.registers.core.import_terms import PersonRef, ReadFile, ReadPerson, Severity, per_kind
from waardig.registers.core.months import missing_months
from waardig.registers.core.quality import problem_with

IIT = bindings([LIBRARY]).of("participatiewet")


@cache
def whole_town(residents: int = 5000) -> tuple[Settled, ...]:
    return tuple(town(residents))


def clients(residents: int = 5000) -> list[ClientRecord]:
    return [client for settled in whole_town(residents) for client in settled.clients]


def client_of(key: str) -> ClientRecord:
    (part,) = [part for part in PARTS if part.key == key]
    return next(client for client in clients() if client.bsn == part.people[0][5])


def read(path: Path) -> ReadFile:
    return read_benefits_file(path, read_mapping(MAPPING))


@cache
def official_set() -> ReadFile:
    return read_brp_file(shared("data/brp/test-data.json"))


def test_the_town_has_five_thousand_residents_and_a_fortieth_are_clients() -> None:
    assert sum(len(s.household.residents) for s in whole_town()) == 5000
    assert len(clients()) == pytest.approx(115, abs=6)


def test_a_town_smaller_than_its_fixed_people_has_just_them() -> None:
    assert sum(len(s.household.residents) for s in town(3)) == fixed_residents() == 22


def test_the_same_seed_gives_the_same_town_ids_included() -> None:
    assert list(town(200)) == list(town(200))
    assert {s.household.residents[0].person for s in town(200)}.isdisjoint(
        s.household.residents[0].person for s in town(200, seed=SEED + 1)
    )


def test_every_number_of_the_town_is_different() -> None:
    numbers = [r.bsn for s in whole_town() for r in s.household.residents]
    assert len(set(numbers)) == len(numbers)
    assert all(is_bsn(bsn) for bsn in numbers)
    assert len({client.number for client in clients()}) == len(clients())


def test_gerrit_is_as_on_the_screens() -> None:
    gerrit = client_of("gerrit")
    assert gerrit.bsn.endswith("274")
    assert (gerrit.wealth, gerrit.grants) == (((124000, date(2024, 2, 3)),), (date(2024, 3, 14),))
    assert gerrit.norms[-1] == Spell(127818, date(2025, 1, 1), None)
    (home,) = [s.household for s in whole_town() if s.clients and s.clients[0] == gerrit]
    assert (home.address.street, home.address.number, home.address.postcode) == ("Molenkade", "12", "1234 AB")
    assert home.residents[0].age_on(DEMO_DATE) == 58


def test_the_fixed_people_show_one_outcome_each() -> None:
    assert client_of("chantal").household == "ALLEENSTAANDE_OUDER"
    assert client_of("boersma").partner_bsn is not None
    assert client_of("tom").wealth == ()
    assert client_of("lidia").grants == (date(2025, 1, 6),)
    assert client_of("karel").incomes[0].amount > 140600
    wishes = {wish.bsn: wish for settled in whole_town() for wish in settled.wishes}
    assert wishes[client_of("ria").bsn].opted_out
    assert wishes[client_of("samir").bsn].digital
    assert wishes[client_of("yonas").bsn].english
    assert client_of("gerrit").bsn not in wishes
    secret = [s for s in whole_town() if s.clients and s.clients[0] == client_of("chantal")]
    assert all(person.value("brp.geheimhouding") is True for person in secret[0].persons)


def test_danny_handles_the_affairs_of_three_people() -> None:
    assert sum(client.administrator == KUIPERS for client in clients()) == 3


def test_everybody_one_signs_in_as_has_exactly_one_number() -> None:
    personas = sign_in_personas()
    assert [p.id for p in personas[:4]] == ["gerrit", "chantal", "danny", "fatma"]
    assert all(sum(bool(x) for x in (p.bsn, p.kvk, p.employee_number)) == 1 for p in personas)
    town_numbers = {r.bsn for s in whole_town(15) for r in s.household.residents}
    assert {p.bsn for p in personas if p.bsn} <= town_numbers
    assert {p.name: p.age for p in personas}["Gerrit Vos"] == 58


def test_every_value_of_the_town_fits_its_declaration() -> None:
    known = declarations([LIBRARY])
    for settled in whole_town(1500):
        for person in settled.persons:
            for fact in person.facts:
                value = fact.value
                if isinstance(value, dict) and "person" in value:
                    value = {**value, "person": str(uuid4())}
                assert problem_with(known.attribute(fact.attribute), value) is None, fact.attribute


def test_income_and_wealth_of_others_stand_where_no_round_can_read() -> None:
    never = declarations([LIBRARY]).never_in_bulk()
    for settled in whole_town(1500):
        for person in settled.persons:
            outside = {f.attribute for f in person.facts if not f.attribute.startswith("brp.")}
            assert outside <= never


def test_wages_cover_thirty_six_months_without_overlap() -> None:
    seen = 0
    for settled in whole_town():
        for person in settled.persons:
            wages = [f for f in person.facts if f.attribute == "suwinet.loon"]
            for earlier, later in pairwise(wages):
                assert earlier.valid_to is not None and later.valid_from is not None
                assert earlier.valid_to < later.valid_from
            if wages:
                facts = [AFact("suwinet.loon", w.value, w.valid_from, w.valid_to) for w in wages]
                assert len(missing_months(facts, as_of=DEMO_DATE, count=36)) <= 5
                seen += 1
    assert seen > 1500


def test_among_clients_everything_occurs_that_a_round_must_cope_with(tmp_path: Path) -> None:
    found = read(write_benefits_file(tmp_path, clients()))
    outcomes: Counter[str] = Counter()
    for person in found.persons:
        if person.value("uitkeringen.partner") is None:
            outcomes.update(_what(person))

    for what, least in {
        "fits": 25,
        "granted_lately": 8,
        "income_high": 4,
        "wealth_high": 3,
        "vermogen:unknown": 4,
        "hoogste_maandinkomen:unknown": 8,
    }.items():
        assert outcomes[what] >= least, (what, outcomes)
    administered = [p for p in found.persons if p.value("uitkeringen.bewindvoerder") is not None]
    assert len(administered) >= 6


def _what(person: ReadPerson) -> list[str]:
    facts = [AFact(f.attribute, f.value, f.valid_from, f.valid_to, f.established_on) for f in person.facts]
    names = ["hoogste_maandinkomen", "vermogen", "datum_laatste_toekenning"]
    got = bind(IIT, facts, as_of=DEMO_DATE, parameters={"referteperiode_maanden": 36}, inputs=names)
    income, wealth, granted = (got[name].value for name in names)
    found = [f"{name}:unknown" for name in names if got[name].reason == "unknown"]
    if isinstance(income, int) and income > 150643:
        found.append("income_high")
    if isinstance(wealth, int) and wealth > 1554000:
        found.append("wealth_high")
    if isinstance(granted, str) and granted > "2024-04-28":
        found.append("granted_lately")
    return found or ["fits"]


def test_the_export_of_the_town_holds_a_few_errors_and_gaps_but_agrees(tmp_path: Path) -> None:
    found = read(write_benefits_file(tmp_path / "export.zip", clients()))

    assert not found.refused
    assert per_kind(found.of(Severity.ERROR)) == {"bad_bsn": 1, "bad_iban": 1, "impossible_date": 2, "unknown_code": 1}
    assert {"gap_in_spells", "history_unknown", "wealth_never_established"} <= set(per_kind(found.of(Severity.GAP)))
    assert len(found.persons) == len(clients()) - 5
    fixed = {client.number for client in clients() if int(client.number) < 1_000_000}
    assert fixed <= {person.reference for person in found.persons}


def test_a_small_town_has_no_planted_errors() -> None:
    assert blemishes(clients(300)) == []


def test_the_same_town_writes_the_same_bytes(tmp_path: Path) -> None:
    first = write_benefits_file(tmp_path / "a.zip", clients(600))
    second = write_benefits_file(tmp_path / "b.zip", clients(600))
    assert first.read_bytes() == second.read_bytes()
    manifest = json.loads((write_benefits_file(tmp_path / "c", clients(600)) / "manifest.json").read_text())
    assert (manifest["municipality"], manifest["reference_date"]) == (MUNICIPALITY, "2025-04-28")


def test_a_couple_has_the_norm_together_to_the_cent() -> None:
    norm = norm_spells("PAAR", date(1980, 1, 1), date(2016, 1, 1), DEMO_DATE, 66)
    parts = [halved(norm, first) for first in (True, False)]
    assert [a.amount + b.amount for a, b in zip(*parts, strict=True)] == [spell.amount for spell in norm]
    assert norm[-1].amount == 182597


def test_a_client_has_the_norm_for_young_people_until_the_day_before_21() -> None:
    spells = norm_spells("ALLEENSTAAND", date(2004, 2, 10), date(2024, 3, 1), DEMO_DATE, 66)
    assert spells == (
        Spell(30109, date(2024, 3, 1), date(2024, 12, 31)),
        Spell(31556, date(2025, 1, 1), date(2025, 2, 9)),
        Spell(127818, date(2025, 2, 10), None),
    )


def test_spells_of_clients_never_overlap_and_end_with_the_benefit() -> None:
    book = ClientBook(3, DEMO_DATE)
    for household in households(20000, 3, DEMO_DATE):
        for client in book.clients(household):
            for spells in (client.norms, client.incomes):
                ordered = sorted(spells, key=lambda s: s.start)
                assert all(s.end is None or s.start <= s.end for s in ordered)
                for earlier, later in pairwise(ordered):
                    assert earlier.end is not None and earlier.end < later.start
            if client.end is not None:
                assert all(s.end is not None and s.end <= client.end for s in client.norms)
            assert all(day <= DEMO_DATE for _, day in client.wealth)
            assert client.start <= month_start(DEMO_DATE)


def test_officials_are_chosen_by_seed_and_counted() -> None:
    found = official_set()
    chosen = choose_officials(found.persons)

    assert (
        counts(chosen)
        == WANTED
        == {
            "deceased": 5,
            "in_onderzoek": 5,
            "secret_address": 5,
            "couple": 3,
            "curatele": 1,
            "ordinary": 5,
        }
    )
    assert len({official.bsn for official in chosen}) == len(chosen) == 27
    assert chosen == choose_officials(found.persons)
    assert chosen != choose_officials(found.persons, seed=2)


@pytest.mark.parametrize("seed", range(12))
def test_every_chosen_official_is_what_the_group_says(seed: int) -> None:
    by_bsn = {person.number: person for person in official_set().persons}
    for official in choose_officials(tuple(by_bsn.values()), seed):
        person = by_bsn[official.bsn]
        alive = person.value("brp.overlijdensdatum") is None
        flags = {n: person.value(f"brp.{n}") for n in ("in_onderzoek", "geheimhouding", "curatele")}
        expected = {
            "deceased": not alive,
            "in_onderzoek": alive and flags["in_onderzoek"],
            "secret_address": alive and flags["geheimhouding"] and not flags["in_onderzoek"],
            "curatele": alive and flags["curatele"],
            "ordinary": alive and not any(flags.values()) and person.suspended == "",
            "couple": alive
            and not any(flags.values())
            and person.value("brp.partner") == {"person": PersonRef(official.partner or "")},
        }
        assert expected[official.why], official.why


def test_an_ordinary_official_probably_has_a_right(tmp_path: Path) -> None:
    chosen = choose_officials(official_set().persons)
    path = write_benefits_file(tmp_path, clients(), officials=list(official_clients(chosen)))
    found = {person.number: person for person in read(path).persons}

    ordinary = [found[official.bsn] for official in chosen if official.why == "ordinary"]
    assert len(ordinary) == 5
    assert all(_what(person) == ["fits"] for person in ordinary)
    assert len([official for official in chosen if official.bsn in found]) == 27


def test_fewer_officials_than_wanted_is_counted_truly() -> None:
    assert counts(choose_officials(())) == dict.fromkeys(WANTED, 0)
    assert counts((Official("couple", "a", None, "b"), Official("couple", "b", None, "a")))["couple"] == 1


def test_the_town_settles_in_the_registers_and_again_changes_nothing(owner: psycopg.Connection) -> None:
    steps: list[int] = []
    arrival = settle(town(700), steps.append)

    people = owner.execute("SELECT person, bsn FROM reg.person").fetchall()
    assert set(people) == {(r.person, r.bsn) for s in town(700) for r in s.household.residents}
    assert arrival.residents == 700 == steps[-1]
    assert len(steps) >= 2
    assert arrival.facts_stored == sum(len(p.facts) for s in town(700) for p in s.persons)
    assert arrival.clients == tuple(c for s in town(700) for c in s.clients)
    assert settle(town(700)).facts_stored == 0
