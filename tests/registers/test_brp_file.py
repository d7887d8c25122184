"""Persons of the BRP: the official test set and Haal Centraal, with what is incomplete or in doubt left so."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

from tests.shared_data import shared
from waardig.kernel.content import LIBRARY
from waardig.registers.adapters.brp_file import read_brp_file
from waardig.registers.adapters.content import declarations
from waardig.registers.core.import_terms import PersonRef, ReadFact, ReadFile, ReadPerson, Severity, per_kind
from waardig.registers.core.quality import problem_with

SUZANNE = "999993653"
PERSON_ID = "0b0e7f0c-9d5c-4a43-8f0e-0d6c7d0f6a11"


def a_record(bsn: str = SUZANNE, **changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "burgerservicenummer": bsn,
        "geslacht": {"code": "V"},
        "naam": {"voornamen": "Suzanne Éva", "voorvoegsel": "van der", "geslachtsnaam": "Moulin"},
        "geboorte": {"datum": "19851201"},
        "verblijfplaats": {
            "straat": "Boterdiep",
            "huisnummer": "31",
            "huisletter": "a",
            "postcode": "3077AW",
            "woonplaats": "Rotterdam",
            "datumAanvangAdreshouding": "20150808",
        },
        "gemeenteVanInschrijving": {"code": "0599", "omschrijving": "Rotterdam"},
    }
    return {**plain, **changes}


def read(tmp_path: Path, *records: dict[str, object], wrapped: bool = False) -> ReadFile:
    file = tmp_path / "personen.json"
    file.write_text(
        json.dumps({"type": "RaadpleegMetBurgerservicenummer", "personen": records} if wrapped else records)
    )
    return read_brp_file(file)


def fact(person: ReadPerson, attribute: str) -> ReadFact:
    (found,) = [f for f in person.facts if f.attribute == attribute]
    return found


@cache
def official() -> ReadFile:
    return read_brp_file(shared("data/brp/test-data.json"))


def test_a_record_becomes_facts(tmp_path: Path) -> None:
    (person,) = read(tmp_path, a_record()).persons

    assert person.value("brp.naam") == {
        "voorletters": "S.É.",
        "voorvoegsel": "van der",
        "geslachtsnaam": "Moulin",
        "geslacht": "V",
    }
    assert person.value("brp.geboortedatum") == "1985-12-01"
    assert fact(person, "brp.overlijdensdatum").value is None
    assert person.value("brp.adres") == {
        "straat": "Boterdiep",
        "huisnummer": "31a",
        "postcode": "3077AW",
        "woonplaats": "Rotterdam",
    }
    assert fact(person, "brp.adres").valid_from == date(2015, 8, 8)
    assert person.value("brp.gemeente") == "0599"
    assert [person.value(f"brp.{name}") for name in ("geheimhouding", "curatele", "in_onderzoek")] == [False] * 3
    assert fact(person, "brp.partner").value is None
    assert person.value("brp.kinderen") == []


def test_a_number_that_fails_the_eleven_test_is_reported_masked_and_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, a_record("999999245"), a_record())

    (problem,) = found.problems
    assert (problem.kind, problem.severity, problem.shown, problem.reference) == (
        "bad_bsn",
        Severity.ERROR,
        "••••••245",
        "person 1",
    )
    assert "999999245" not in json.dumps([p.as_row() for p in found.problems])
    assert [person.number for person in found.persons] == [SUZANNE]


def test_the_same_number_twice_is_reported(tmp_path: Path) -> None:
    found = read(tmp_path, a_record(), a_record())
    assert per_kind(found.problems) == {"duplicate_person": 1}
    assert found.counts == {"rows": 2, "persons": 1, "persons_skipped": 1}


def test_incomplete_and_impossible_dates_stay_incomplete_or_unknown(tmp_path: Path) -> None:
    numbers = ["999990019", "999990020", "999990032", "999990044"]
    days = ["19780600", "19700000", "00000000", "19780231"]
    records = [a_record(n, geboorte={"datum": d}) for n, d in zip(numbers, days, strict=True)]
    found = read(tmp_path, *records)

    assert [p.value("brp.geboortedatum") for p in found.persons] == ["1978-06", "1970", None, None]
    assert [(p.kind, p.severity, p.shown) for p in found.problems] == [("impossible_date", Severity.GAP, "19780231")]


def test_what_is_under_investigation_is_flagged_where_it_belongs(tmp_path: Path) -> None:
    doubted = {"aanduidingGegevensInOnderzoek": "010310"}
    (born,) = read(tmp_path, a_record(persoonInOnderzoek=doubted)).persons
    place = {**a_record()["verblijfplaats"], "inOnderzoek": {"aanduidingGegevensInOnderzoek": "081120"}}  # type: ignore[dict-item]
    (address,) = read(tmp_path, a_record(verblijfplaats=place)).persons

    assert fact(born, "brp.geboortedatum").under_investigation
    assert not fact(born, "brp.adres").under_investigation
    assert fact(address, "brp.adres").under_investigation
    assert not fact(address, "brp.geboortedatum").under_investigation
    assert [p.value("brp.in_onderzoek") for p in (born, address)] == [True, True]


def test_a_partner_is_linked_only_when_in_the_file_and_not_divorced(tmp_path: Path) -> None:
    other = "999990019"
    to_other = [{"burgerservicenummer": other, "aangaanHuwelijkPartnerschap": {"datum": "20081201"}}]
    ended = [{"burgerservicenummer": other, "ontbindingHuwelijkPartnerschap": {"datum": "20100101"}}]

    both = read(tmp_path, a_record(partners=to_other), a_record(other)).persons
    assert fact(both[0], "brp.partner").value == {"person": PersonRef(other)}
    assert fact(both[0], "brp.partner").valid_from == date(2008, 12, 1)
    assert read(tmp_path, a_record(partners=to_other)).persons[0].value("brp.partner") == {}
    assert read(tmp_path, a_record(partners=ended), a_record(other)).persons[0].value("brp.partner") is None


def test_death_is_known_even_when_its_day_is_not(tmp_path: Path) -> None:
    (known,) = read(tmp_path, a_record(overlijden={"datum": "20200801"})).persons
    (year,) = read(tmp_path, a_record(overlijden={"datum": "20140000"})).persons
    (suspended,) = read(tmp_path, a_record(opschortingBijhouding={"reden": {"code": "O"}, "datum": "20091201"})).persons
    (nothing,) = read(tmp_path, a_record(overlijden={"datum": "00000000"})).persons

    assert [p.value("brp.overlijdensdatum") for p in (known, year, suspended)] == ["2020-08-01", "2014", "2009-12-01"]
    assert nothing.value("brp.overlijdensdatum") is not None
    assert fact(nothing, "brp.overlijdensdatum").under_investigation


def test_secret_and_foreign_addresses(tmp_path: Path) -> None:
    abroad = {"regel1": "2448 Essex Road 14", "regel2": "Wheatley", "land": {"code": "5001", "omschrijving": "Canada"}}
    (person,) = read(tmp_path, a_record(geheimhoudingPersoonsgegevens="7", verblijfplaats=abroad)).persons
    (plain,) = read(tmp_path, a_record(geheimhoudingPersoonsgegevens="0")).persons

    assert person.value("brp.adres") == {"regel1": "2448 Essex Road 14", "regel2": "Wheatley", "land": "Canada"}
    assert (person.value("brp.geheimhouding"), plain.value("brp.geheimhouding")) == (True, False)


def test_an_answer_of_haal_centraal_is_read(tmp_path: Path) -> None:
    record = {
        "burgerservicenummer": SUZANNE,
        "geslacht": {"code": "V", "omschrijving": "vrouw"},
        "naam": {"voornamen": "Suzanne", "voorletters": "S.", "geslachtsnaam": "Moulin"},
        "geboorte": {"datum": {"type": "JaarMaandDatum", "jaar": 1978, "maand": 6}},
        "geheimhoudingPersoonsgegevens": True,
        "gemeenteVanInschrijving": {"code": "0599"},
        "verblijfplaats": {
            "type": "Adres",
            "datumVan": {"type": "Datum", "datum": "2015-08-08"},
            "verblijfadres": {
                "korteStraatnaam": "Boterdiep",
                "huisnummer": 31,
                "postcode": "3077AW",
                "woonplaats": "Rotterdam",
            },
        },
        "kinderen": [{"geboorte": {"datum": {"type": "Datum", "datum": "2015-05-02"}}}],
    }
    (person,) = read(tmp_path, record, wrapped=True).persons

    assert person.value("brp.geboortedatum") == "1978-06"
    assert person.value("brp.adres") == {
        "straat": "Boterdiep",
        "huisnummer": "31",
        "postcode": "3077AW",
        "woonplaats": "Rotterdam",
    }
    assert fact(person, "brp.adres").valid_from == date(2015, 8, 8)
    assert person.value("brp.geheimhouding") is True
    assert person.value("brp.kinderen") == [{"geboortedatum": "2015-05-02"}]


def test_a_file_without_persons_is_refused(tmp_path: Path) -> None:
    for text in ("{}", "[1]", "geen json", "\ufeff[]x", "[" * 100_000):
        file = tmp_path / "x.json"
        file.write_text(text, encoding="utf-8")
        assert [p.kind for p in read_brp_file(file).of(Severity.REFUSAL)] == ["not_readable"]


def test_the_official_set_gives_1175_of_1176_persons() -> None:
    found = official()
    assert found.counts == {"rows": 1176, "persons": 1175, "persons_skipped": 1}
    assert [(p.kind, p.shown) for p in found.problems] == [("bad_bsn", "••••••245")]


def test_every_official_value_fits_its_declaration() -> None:
    known = declarations([LIBRARY])
    for person in official().persons:
        for f in person.facts:
            value = f.value
            if isinstance(value, dict) and "person" in value:
                value = {**value, "person": PERSON_ID}
            assert problem_with(known.attribute(f.attribute), value) is None, (person.reference, f.attribute)


def test_the_official_set_keeps_what_is_special() -> None:
    persons = official().persons
    special = Counter(
        name
        for person in persons
        for name in ("geheimhouding", "curatele", "in_onderzoek")
        if person.value(f"brp.{name}") is True
    )
    # 47 addresses and 21 identities are in doubt, of 2 persons both
    assert special == {"geheimhouding": 55, "curatele": 16, "in_onderzoek": 66}
    assert sum(person.value("brp.overlijdensdatum") is not None for person in persons) == 40
    born = [person.value("brp.geboortedatum") for person in persons]
    assert (sum(isinstance(day, str) and len(day) < 10 for day in born), born.count(None)) == (12, 3)
    names = " ".join(str(person.value("brp.naam")) for person in persons)
    assert sum(not letter.isascii() for letter in names) > 60
