"""Persoonslijsten in CSV: history in two times, what is not known left so, and one wrong list never stops another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.registers.persoonslijsten import COLUMNS, Row, a_file, a_list
from tests.registers.test_brp_file import SUZANNE, fact
from tests.shared_data import shared
from waardig.kernel.content import LIBRARY
from waardig.registers.adapters.brp_lists import Tables, read_brp_lists, read_tables
from waardig.registers.adapters.content import declarations
from waardig.registers.core.import_terms import PersonRef, ReadFile, ReadPerson, Severity, per_kind
from waardig.registers.core.quality import problem_with

OTHER, THIRD = "999990019", "999990020"
EARLIER: Row = {
    "08.09.10": "0518", "08.10.30": "20101001", "08.11.10": "Leyweg", "08.11.20": "1", "08.11.60": "2584AE",
    "08.85.10": "20101001", "08.86.10": "20101003",
}  # fmt: skip


def read(tmp_path: Path, *lists: list[Row], tables: Tables | None = None) -> ReadFile:
    return read_brp_lists(a_file(tmp_path, *lists), tables)


def spells(person: ReadPerson, attribute: str) -> list[tuple[object, date | None, date | None]]:
    return [(f.value, f.valid_from, f.valid_to) for f in person.facts if f.attribute == attribute]


def kinds(found: ReadFile) -> list[tuple[str, str, int, str]]:
    return [(p.kind, p.column, p.line, p.reference) for p in found.problems]


def test_a_list_becomes_the_same_facts_as_a_record_of_json(tmp_path: Path) -> None:
    found = read(tmp_path, a_list())

    (person,) = found.persons
    assert found.problems == ()
    assert (person.number, person.reference) == (SUZANNE, "Lg01_1")
    assert person.value("brp.naam") == {
        "voorletters": "S.É.", "voorvoegsel": "van der", "geslachtsnaam": "Moulin", "geslacht": "V",
    }  # fmt: skip
    assert person.value("brp.geboortedatum") == "1985-12-01"
    assert person.value("brp.adres") == {
        "straat": "Boterdiep", "huisnummer": "31a", "postcode": "3077AW", "woonplaats": "Rotterdam",
    }  # fmt: skip
    assert [person.value(f"brp.{name}") for name in ("geheimhouding", "curatele", "in_onderzoek")] == [False] * 3
    assert (person.value("brp.gemeente"), person.value("brp.kinderen")) == ("0599", [])
    assert spells(person, "brp.partner") == [(None, date(1985, 12, 1), None)]


def test_history_becomes_spells_that_follow_on_each_other(tmp_path: Path) -> None:
    (person,) = read(tmp_path, a_list(SUZANNE, EARLIER, e08_H="58")).persons

    old = {"straat": "Leyweg", "huisnummer": "1", "postcode": "2584AE"}
    assert spells(person, "brp.adres")[0] == (old, date(2010, 10, 1), date(2015, 8, 7))
    assert spells(person, "brp.adres")[1][1:] == (date(2015, 8, 8), None)
    assert [code for code, *_ in spells(person, "brp.gemeente")] == ["0518", "0599"]


def test_history_in_columns_of_its_own_is_history_too(tmp_path: Path) -> None:
    row = {f"58.{name[3:]}": text for name, text in EARLIER.items()}
    columns = [*COLUMNS, *(f"58.{name[3:]}" for name in COLUMNS if name.startswith("08.") and name != "08.H")]
    (person,) = read_brp_lists(a_file(tmp_path, a_list(SUZANNE, row), columns=columns)).persons
    assert [start for _, start, _ in spells(person, "brp.adres")] == [date(2010, 10, 1), date(2015, 8, 8)]


def test_the_same_address_with_its_town_added_is_one_spell(tmp_path: Path) -> None:
    same = {**EARLIER, "08.11.10": "Boterdiep", "08.11.20": "31", "08.11.30": "a", "08.11.60": "3077AW"}
    (person,) = read(tmp_path, a_list(SUZANNE, same, e08_H="58")).persons
    ((value, start, end),) = spells(person, "brp.adres")
    assert (start, end) == (date(2010, 10, 1), None)
    assert isinstance(value, dict) and value["woonplaats"] == "Rotterdam"


def test_a_version_that_was_never_right_is_left_out_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, a_list(SUZANNE, {**EARLIER, "08.84.10": "O"}, e08_H="58"))
    assert len(spells(found.persons[0], "brp.adres")) == 1
    assert kinds(found) == [("declared_wrong", "08.84.10", 3, "Lg01_1")]


@pytest.mark.parametrize(
    ("start", "recorded", "first", "kind"),
    [
        ("20150000", "20150808", date(2015, 1, 1), "incomplete_start"),
        ("20150800", "20150808", date(2015, 8, 1), "incomplete_start"),
        ("20100000", "20150808", date(2010, 10, 1), "incomplete_start"),  # not before what was there in that year
        ("00000000", "20150808", date(2015, 8, 8), "unknown_start"),  # by then it held
        ("20090101", "20150808", date(2009, 1, 1), "history_out_of_order"),
        ("00000000", "20100101", None, "history_out_of_order"),
        ("20101001", "20150808", date(2010, 10, 1), "same_start"),
    ],
)
def test_a_start_that_is_not_wholly_known_is_placed_and_told(
    tmp_path: Path, start: str, recorded: str, first: date | None, kind: str
) -> None:
    found = read(tmp_path, a_list(SUZANNE, EARLIER, e08_H="58", e08_85_10=start, e08_86_10=recorded))

    placed = spells(found.persons[0], "brp.adres")
    assert (placed[-1][1], placed[-1][2]) == (first, None)
    assert [(p.kind, p.column, p.line) for p in found.problems if p.kind == kind] == [(kind, "08.85.10", 2)]
    assert len(placed) == (1 if kind in ("history_out_of_order", "same_start") or start == "20100000" else 2)


def test_the_oldest_version_without_a_day_held_always(tmp_path: Path) -> None:
    found = read(tmp_path, a_list(e08_85_10="00000000"))
    assert [start for _, start, _ in spells(found.persons[0], "brp.adres")] == [None]
    assert per_kind(found.problems) == {"unknown_start": 1}


def test_dates_with_zeros_stay_incomplete_and_impossible_ones_are_told_with_their_element(tmp_path: Path) -> None:
    numbers = (SUZANNE, OTHER, THIRD)
    born = ("19780600", "00000000", "19780231")
    found = read(tmp_path, *(a_list(n, e01_03_10=d) for n, d in zip(numbers, born, strict=True)))
    assert [p.value("brp.geboortedatum") for p in found.persons] == ["1978-06", None, None]
    assert [(p.kind, p.column, p.shown) for p in found.problems] == [("impossible_date", "01.03.10", "19780231")]


def test_an_investigation_counts_until_it_ends(tmp_path: Path) -> None:
    doubted = a_list(e08_83_10="081110", e08_83_20="20210801", e01_83_10="010310", e01_83_20="20210801")
    settled = a_list(OTHER, e08_83_10="081110", e08_83_20="20210801", e08_83_30="20210901")
    odd = a_list(THIRD, e08_83_10="straat")
    found = read(tmp_path, doubted, settled, odd)

    first, second, third = found.persons
    assert [fact(first, f"brp.{name}").under_investigation for name in ("adres", "geboortedatum", "naam")] == [
        True, True, False,
    ]  # fmt: skip
    assert [p.value("brp.in_onderzoek") for p in found.persons] == [True, False, True]
    assert not fact(second, "brp.adres").under_investigation
    assert fact(third, "brp.adres").under_investigation
    assert kinds(found) == [("doubt_unreadable", "08.83.10", 4, "Lg01_3")]


def test_marriages_follow_on_each_other(tmp_path: Path) -> None:
    divorced: Row = {
        "05.01.20": OTHER,
        "05.02.40": "Maassen",
        "05.07.10": "20100301",
        "05.85.10": "20100301",
        "05.H": "55",
    }
    married: Row = {"05.01.20": OTHER, "05.02.40": "Maassen", "05.06.10": "20050501", "05.85.10": "20050501"}
    again = {"e05_01_20": THIRD, "e05_02_40": "Jansen", "e05_06_10": "20120101", "e05_85_10": "20120101", "e05_H": "05"}
    person = read(tmp_path, a_list(SUZANNE, divorced, married, **again), a_list(OTHER)).persons[0]

    assert spells(person, "brp.partner") == [
        (None, date(1985, 12, 1), date(2005, 4, 30)),
        ({"person": PersonRef(OTHER)}, date(2005, 5, 1), date(2010, 2, 28)),
        (None, date(2010, 3, 1), date(2011, 12, 31)),
        ({}, date(2012, 1, 1), None),  # the third person is not in the file
    ]


def test_children_are_those_of_now_and_all_or_none(tmp_path: Path) -> None:
    corrected: Row = {"09.02.10": "Noa", "09.02.40": "Moulin", "09.03.10": "20150502", "09.H": "09"}
    second: Row = {"09.02.10": "Ivo", "09.02.40": "Moulin", "09.03.10": "20170000"}
    noa = {"e09_02_10": "Noa", "e09_02_40": "Moulin", "e09_03_10": "20150501", "e09_H": "59"}
    (person,) = read(tmp_path, a_list(SUZANNE, corrected, second, **noa)).persons
    assert person.value("brp.kinderen") == [{"geboortedatum": "2015-05-01"}, {"geboortedatum": "2017"}]

    unknown = read(tmp_path, a_list(SUZANNE, **{**noa, "e09_03_10": "00000000", "e09_H": ""}))
    assert all(f.attribute != "brp.kinderen" for f in unknown.persons[0].facts)
    assert per_kind(unknown.problems) == {"children_unknown": 1}


def test_death_secrecy_and_guardianship(tmp_path: Path) -> None:
    dead = a_list(e06_08_10="20200801", e07_67_10="20200801", e07_67_20="O")
    other = a_list(OTHER, e07_70_10="7", e11_33_10="1")
    first, second = read(tmp_path, dead, other).persons
    assert (first.value("brp.overlijdensdatum"), first.suspended) == ("2020-08-01", "O")
    assert [second.value(f"brp.{name}") for name in ("geheimhouding", "curatele")] == [True, True]


def test_what_is_wrong_with_one_list_leaves_the_others(tmp_path: Path) -> None:
    file = a_file(tmp_path, a_list("999999245"), a_list(), a_list(OTHER), a_list(), a_list(THIRD, e07_67_20="F"))
    lines = file.read_bytes().split(b"\n")
    lines[3] = lines[3].replace(b"Boterdiep", b"Boterd\xefp")
    lines.insert(6, b"Lg01_6;too;short")
    file.write_bytes(b"\n".join(lines))

    found = read_brp_lists(file)

    assert [person.number for person in found.persons] == [SUZANNE]
    assert [(p.kind, p.line, p.reference) for p in found.of(Severity.ERROR)] == [
        ("bad_bsn", 2, "Lg01_1"),
        ("not_utf8", 4, "Lg01_3"),
        ("duplicate_person", 5, "Lg01_4"),
        ("list_removed", 6, "Lg01_5"),
        ("wrong_number_of_columns", 7, "Lg01_6"),
    ]
    assert found.counts == {"lists": 6, "persons": 1, "persons_skipped": 5}
    assert SUZANNE not in str([p.as_row() for p in found.problems])


def test_what_is_announced_and_what_comes_are_compared(tmp_path: Path) -> None:
    never = read(tmp_path, a_list(SUZANNE, e08_H="58"))
    assert [kind for kind, *_ in kinds(never)] == ["history_missing"]
    unmarked = read(tmp_path, a_list(SUZANNE, EARLIER))
    assert kinds(unmarked) == [("history_unmarked", "08.H", 3, "Lg01_1")]
    assert len(spells(unmarked.persons[0], "brp.adres")) == 2


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    for text in ("", "naam;adres\nx;y\n", "Lg01_1;x"):
        file.write_text(text)
        found = read_brp_lists(file)
        assert (found.refused, found.persons) == (True, ())
        assert {p.kind for p in found.of(Severity.REFUSAL)} == {"missing_column"}


def test_columns_that_are_no_elements_or_stand_twice_are_told(tmp_path: Path) -> None:
    found = read_brp_lists(a_file(tmp_path, a_list(), columns=[*COLUMNS, "06.08.10", "opmerking"]))
    assert kinds(found) == [("double_column", "06.08.10", 1, ""), ("unknown_column", "opmerking", 1, "")]
    assert len(found.persons) == 1


def test_codes_get_their_names_from_the_national_tables(tmp_path: Path) -> None:
    abroad = {"e08_13_10": "5002", "e08_13_30": "12 rue du Four", "e08_11_10": "", "e08_11_60": "", "e08_09_10": "1999"}
    tables = Tables({"0518": "'s-Gravenhage"}, {"5002": "Frankrijk"})

    (with_names,) = read(tmp_path, a_list(SUZANNE, EARLIER, e08_H="58", **abroad), tables=tables).persons
    without = read(tmp_path, a_list(**abroad))

    assert [value for value, *_ in spells(with_names, "brp.adres")] == [
        {"straat": "Leyweg", "huisnummer": "1", "postcode": "2584AE", "woonplaats": "'s-Gravenhage"},
        {"regel1": "12 rue du Four", "land": "Frankrijk"},
    ]
    assert without.persons[0].value("brp.adres") == {"regel1": "12 rue du Four", "land": "5002"}
    assert kinds(without) == [("code_without_name", "08.13.10", 2, "Lg01_1")]


def test_the_published_tables_are_read_whatever_their_encoding() -> None:
    tables = read_tables(shared("data/brp"))
    assert (tables.municipalities["0599"], tables.countries["5002"]) == ("Rotterdam", "Frankrijk")
    with pytest.raises(ValueError, match="Tabel33"):
        read_tables(LIBRARY)


def test_every_value_fits_its_declaration(tmp_path: Path) -> None:
    known = declarations([LIBRARY])
    (person,) = read(tmp_path, a_list(SUZANNE, EARLIER, e08_H="58", e06_08_10="20140000")).persons
    for one in person.facts:
        assert problem_with(known.attribute(one.attribute), one.value) is None, one.attribute
