"""Companies of the KVK: what the purpose asks and no more, ended ones end, one wrong profile stops no other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from tests.shared_data import shared
from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.kernel.content import LIBRARY
from waardig.registers.adapters.content import declarations
from waardig.registers.adapters.kvk_file import company_id, read_kvk_files
from waardig.registers.cli import import_
from waardig.registers.core.import_terms import ReadFile, Severity
from waardig.registers.core.quality import problem_with
from waardig.registers.queries import take

FATMA = Actor("employee", "f.yildiz", "loket")
SOLE_TRADER, OWNERS = "69599084", "90000749"
HELD = frozenset(f"handelsregister.{name}" for name in ("kvk_nummer", "naam", "rechtsvorm", "adres"))


def a_profile(number: str = SOLE_TRADER, form: str = "Besloten Vennootschap", **changes: object) -> dict[str, object]:
    place = {"type": "bezoekadres", "indAfgeschermd": "Nee", "straatnaam": "Kade", "huisnummer": 7, "huisletter": "b",
             "postcode": "1034WL", "plaats": "Amsterdam", "land": "Nederland"}  # fmt: skip
    return {
        "kvkNummer": number,
        "naam": "Noord  Bewind",
        "materieleRegistratie": {"datumAanvang": "20170108"},
        "_embedded": {"hoofdvestiging": {"adressen": [place]}, "eigenaar": {"rechtsvorm": form}},
        **changes,
    }


def read(tmp_path: Path, *profiles: object) -> ReadFile:
    file = tmp_path / "profielen.json"
    file.write_text(json.dumps(profiles))
    return read_kvk_files(file)


def test_the_published_profiles_give_name_form_and_address() -> None:
    found = read_kvk_files(shared("data/kvk"))

    trader, owners = found.persons
    assert (trader.number, owners.number, found.problems) == (SOLE_TRADER, OWNERS, ())
    assert {f.attribute: f.value for f in trader.facts} == {
        "handelsregister.kvk_nummer": SOLE_TRADER,
        "handelsregister.naam": "Test EMZ Dagobert",
        "handelsregister.rechtsvorm": "Eenmanszaak",
        "handelsregister.adres": {
            "straat": "Abebe Bikilalaan", "huisnummer": "17", "postcode": "1034WL", "plaats": "Amsterdam",
        },
    }  # fmt: skip
    assert {f.valid_from for f in trader.facts} == {date(2017, 1, 8)}
    assert owners.value("handelsregister.adres") == {
        "straat": "Blaauwweg", "huisnummer": "163", "postcode": "3328XD", "plaats": "Dordrecht",
    }  # fmt: skip
    known = declarations([LIBRARY])
    for fact in (*trader.facts, *owners.facts):
        assert problem_with(known.attribute(fact.attribute), fact.value) is None


def test_nobody_behind_a_company_is_taken(tmp_path: Path) -> None:
    home = {
        "type": "correspondentieadres",
        "straatnaam": "Thuisweg",
        "huisnummer": 1,
        "postcode": "1000AA",
        "plaats": "X",
    }
    owner = {"rechtsvorm": "Eenmanszaak", "naam": "Jansen", "bsn": "999993653", "rsin": "992340594", "adressen": [home]}
    profile = a_profile(_embedded={"eigenaar": owner}, functionarissen=[{"naam": "Jansen"}])

    found = read(tmp_path, profile)

    assert [f.attribute for f in found.persons[0].facts] == [
        "handelsregister.kvk_nummer", "handelsregister.naam", "handelsregister.rechtsvorm",
    ]  # fmt: skip
    said = repr(found.persons[0].facts)
    assert not [word for word in ("Jansen", "999993653", "992340594", "Thuisweg") if word in said]
    assert found.counts["not_taken"] == 1


def test_a_shielded_address_is_not_taken(tmp_path: Path) -> None:
    place = {"type": "bezoekadres", "indAfgeschermd": "Ja", "straatnaam": "Kade", "huisnummer": 7}
    other = {"type": "correspondentieadres", "indAfgeschermd": "Nee", "postbusnummer": 12, "plaats": "Assen"}
    eigenaar = {"rechtsvorm": "Stichting"}
    shielded = a_profile(_embedded={"hoofdvestiging": {"adressen": [place]}, "eigenaar": eigenaar})
    box = a_profile(OWNERS, _embedded={"hoofdvestiging": {"adressen": [other]}, "eigenaar": eigenaar})

    found = read(tmp_path, shielded, box)

    assert [p.value("handelsregister.adres") for p in found.persons] == [
        None,
        {"regel": "Postbus 12", "plaats": "Assen"},
    ]
    assert [(p.kind, p.severity) for p in found.problems] == [("shielded_address", Severity.GAP)]


def test_a_company_that_ended_has_facts_that_end(tmp_path: Path) -> None:
    found = read(tmp_path, a_profile(materieleRegistratie={"datumAanvang": "20120000", "datumEinde": "20240131"}))
    assert {(f.valid_from, f.valid_to) for f in found.persons[0].facts} == {(date(2012, 1, 1), date(2024, 1, 31))}
    assert [(p.kind, p.column, p.shown) for p in found.problems] == [("incomplete_date", "datumAanvang", "20120000")]


def test_one_wrong_profile_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    found = read(
        tmp_path, a_profile(), "x", a_profile("123"), a_profile(), {"kvkNummer": OWNERS}, a_profile("90000102")
    )
    whole = read_kvk_files(tmp_path)

    assert [p.number for p in found.persons] == [SOLE_TRADER, "90000102"]
    assert [(p.kind, p.reference) for p in found.problems] == [
        ("no_profile", "profile 2"), ("bad_kvk_number", "profile 3"), ("duplicate_company", "profile 4"),
        ("no_name", "profile 5"),
    ]  # fmt: skip
    assert (whole.problems[0].kind, whole.problems[0].file, len(whole.persons)) == ("not_readable", "a.json", 2)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "", "\x00"])
def test_when_no_file_can_be_read_the_import_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)

    found = read_kvk_files(tmp_path / "a.json")

    assert [one.kind for one in found.of(Severity.REFUSAL)] == ["not_readable"]
    assert found.persons == ()


def test_companies_are_stored_once_and_read_through_the_gate_only(tmp_path: Path, owner: psycopg.Connection) -> None:
    file = tmp_path / "profielen.json"
    file.write_text(json.dumps([a_profile(), a_profile(OWNERS, materieleRegistratie={"datumEinde": "20240131"})]))

    first, again = (json.loads(CliRunner().invoke(import_, ["kvk", str(file), "--json"]).stdout) for _ in range(2))

    assert (first["persons"], first["facts_stored"]) == (2, 8)
    assert (again["facts_stored"], again["facts_unchanged"]) == (0, 8)
    assert owner.execute("SELECT count(*), count(bsn) FROM reg.person").fetchone() == (2, 0)
    facts = {
        number: take(ask(Request("organisatie.nagaan", HELD, (company_id(number),), FATMA, date(2025, 4, 28))))
        for number in (SOLE_TRADER, OWNERS)
    }
    assert {f.attribute: f.value for f in facts[SOLE_TRADER]}["handelsregister.naam"] == "Noord Bewind"
    assert facts[OWNERS] == ()  # it ended
