"""A register of persons as a file with rows: what is taken and when it holds, what is refused, and how it is said."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.demo.numbers import bsn_from
from waardig.kernel.content_file import ContentInvalid
from waardig.registers.actions import person_for_bsn
from waardig.registers.adapters.content import declared
from waardig.registers.adapters.table_file import read_table_file, read_table_mapping
from waardig.registers.cli import import_
from waardig.registers.core.import_terms import ReadFile, Severity
from waardig.registers.queries import take

ANNA, BEN, CEM = (str(bsn_from(92_500_000 + n)) for n in (1, 2, 3))
ON = date(2025, 4, 28)
CARS: dict[str, Any] = {
    "system": "Kentekenregister", "register": "kentekenregister", "file": "voertuigen.csv", "dates": ["YYYYMMDD"],
    "person": "BSN", "reference": "NR", "from": "VANAF", "to": "TOT",
    "attributes": {"voertuigen": {"fields": {"kenteken": "KENTEKEN", "merk": "MERK", "catalogusprijs": "PRIJS"}}},
}  # fmt: skip
HOMES: dict[str, Any] = {
    "system": "WOZ", "register": "woz", "file": "panden.csv", "dates": ["DD-MM-YYYY"], "person": "BSN", "from": "VANAF",
    "amounts": {"decimal": ","},
    "attributes": {
        "panden": {
            "fields": {"objectnummer": "OBJ", "adres": "ADRES", "belang": "BELANG", "waarde": "WAARDE",
                       "waardepeildatum": "PEIL"},
            "field_codes": {"belang": {"Eig": "E", "Huur": "G", "Beide": "B"}},
        }
    },
}  # fmt: skip
HEADER = ["NR", "BSN", "VANAF", "TOT", "KENTEKEN", "MERK", "PRIJS"]
Row = Sequence[str]


def a_mapping(folder: Path, content: dict[str, Any]) -> Path:
    path = folder / "mapping.yaml"
    path.write_text(yaml.safe_dump(content))
    return path


def a_table(
    folder: Path, rows: Sequence[Row], header: Row = HEADER, name: str = "voertuigen.csv", **totals: int
) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([header, *rows])
    content = text.getvalue().encode()
    (folder / name).write_bytes(content)
    counted = {"persons": len({row[header.index("BSN")] for row in rows}), **totals}
    if name == "voertuigen.csv" and "PRIJS_eurocent" not in totals:
        counted["PRIJS_eurocent"] = sum(int(row[6] or 0) * 100 for row in rows)
    (folder / "manifest.json").write_text(json.dumps({
        "municipality": "GM9999", "reference_date": ON.isoformat(), "totals": counted,
        "files": {name: {"rows": len(rows), "sha256": hashlib.sha256(content).hexdigest()}},
    }))  # fmt: skip
    return folder


def read(folder: Path, rows: Sequence[Row], mapping: dict[str, Any] | None = None, **totals: int) -> ReadFile:
    chosen = read_table_mapping(a_mapping(folder, mapping or CARS), declared())
    return read_table_file(a_table(folder, rows, **totals), chosen)


def cars(found: ReadFile, place: int = 0) -> list[tuple[list[str], date | None, date | None]]:
    return [
        ([car["kenteken"] for car in fact.value], fact.valid_from, fact.valid_to)  # type: ignore[attr-defined]
        for fact in found.persons[place].facts
    ]


def test_rows_that_hold_side_by_side_become_a_list_for_every_stretch_of_days(tmp_path: Path) -> None:
    found = read(tmp_path, [
        ["1", ANNA, "20200101", "20221231", "AB123C", "Opel", ""],
        ["2", ANNA, "20220601", "", "XX999X", "Kia", "15000"],
        ["3", BEN, "20240101", "20241231", "GH001J", "", ""],
    ])  # fmt: skip

    assert found.problems == ()
    assert cars(found) == [
        (["AB123C"], date(2020, 1, 1), date(2022, 5, 31)),
        (["AB123C", "XX999X"], date(2022, 6, 1), date(2022, 12, 31)),
        (["XX999X"], date(2023, 1, 1), None),
    ]
    assert cars(found, 1) == [(["GH001J"], date(2024, 1, 1), date(2024, 12, 31)), ([], date(2025, 1, 1), None)]
    assert found.persons[0].facts[2].value == [{"kenteken": "XX999X", "merk": "Kia", "catalogusprijs": 1_500_000}]


SPANS = st.tuples(st.integers(0, 40), st.none() | st.integers(0, 20))


@settings(max_examples=60, deadline=None)
@given(st.lists(SPANS, min_size=1, max_size=6))
def test_on_every_day_the_list_is_what_the_rows_of_that_day_say(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int | None]]
) -> None:
    def day(number: int) -> date:
        return date(2024, 1, 1) + timedelta(days=number)

    rows = [
        (f"A{n:05d}", day(first), None if length is None else day(first + length))
        for n, (first, length) in enumerate(spans)
    ]
    found = read(tmp_path_factory.mktemp("t"), [
        ["1", ANNA, f"{first:%Y%m%d}", f"{last:%Y%m%d}" if last else "", plate, "", ""] for plate, first, last in rows
    ])  # fmt: skip

    for number in range(-1, 65):
        said = [one for one, first, last in cars(found) if (first is None or first <= day(number)) and (last is None or day(number) <= last)]  # fmt: skip  # noqa: E501
        held = [plate for plate, first, last in rows if first <= day(number) and (last is None or day(number) <= last)]
        assert said in ([held], [] if not held else [held])


def test_who_has_a_wrong_row_is_left_out_whole_and_everybody_else_is_taken(tmp_path: Path) -> None:
    found = read(tmp_path, [
        ["1", ANNA, "20200101", "", "AB123C", "Opel", ""],
        ["2", ANNA, "20200230", "", "XX999X", "Kia", ""],
        ["3", "999999999", "20200101", "", "ZZ111Z", "Kia", ""],
        ["4", BEN, "20240101", "", "", "Fiat", ""],
        ["5", CEM, "20240101", "20230101", "GH001J", "", "duur"],
        ["6", CEM, "", "20230101", "GH001J", "", ""],
    ], PRIJS_eurocent=0)  # fmt: skip

    assert found.persons == ()
    assert [(p.line, p.column, p.kind, p.reference) for p in found.problems] == [
        (3, "VANAF", "impossible_date", "2"),
        (4, "BSN", "bad_bsn", "3"),
        (5, "KENTEKEN", "missing_value", "4"),
        (6, "TOT", "ends_before_start", "5"),
        (6, "PRIJS", "bad_amount", "5"),
        (7, "VANAF", "missing_value", "6"),
    ]
    assert not any(number in str(p.as_row()) for p in found.problems for number in (ANNA, BEN, CEM, "999999999"))


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"persons": 7}, ["total_differs"]),
        ({"PRIJS_eurocent": 1}, ["total_differs"]),
        ({"rows": 9}, ["rows_differ"]),
        ({"sha256": "0" * 64}, ["hash_differs"]),
        ({"drop": "PRIJS_eurocent"}, ["total_missing"]),
    ],
)
def test_totals_that_disagree_refuse_the_whole_file(tmp_path: Path, change: dict[str, Any], kinds: list[str]) -> None:
    mapping = read_table_mapping(a_mapping(tmp_path, CARS), declared())
    a_table(tmp_path, [["1", ANNA, "20200101", "", "AB123C", "Opel", "100"]])
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    file = manifest["files"]["voertuigen.csv"]
    file |= {key: change[key] for key in ("rows", "sha256") if key in change}
    manifest["totals"] |= {key: value for key, value in change.items() if key in manifest["totals"]}
    manifest["totals"].pop(change.get("drop", ""), None)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))

    found = read_table_file(tmp_path, mapping)

    assert found.persons == ()
    assert [(p.kind, p.severity) for p in found.problems] == [(kind, Severity.REFUSAL) for kind in kinds]


def test_a_file_of_another_municipality_or_without_a_column_is_refused(tmp_path: Path) -> None:
    mapping = read_table_mapping(a_mapping(tmp_path, CARS), declared())
    a_table(tmp_path, [["1", ANNA, "20200101", "", "AB123C", "Opel", ""]], header=["NR", "BSN", "VANAF", "EIND", "KENTEKEN", "MERK", "PRIJS"])  # fmt: skip  # noqa: E501

    found = read_table_file(tmp_path, mapping, "GM0001")

    assert [(p.kind, p.column) for p in found.problems] == [
        ("other_municipality", "municipality"),
        ("column_missing", "TOT"),
    ]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"register": "bestaat_niet"}, "no register of persons"),
    ({"register": "handelsregister"}, "no register of persons"),
    ({"attributes": {"fietsen": {"column": "X"}}}, "declares no 'fietsen'"),
    ({"attributes": {"voertuigen": {"column": "X"}}}, "is a list: give fields"),
    ({"attributes": {"voertuigen": {"fields": {"kenteken": "K", "kleur": "C"}}}}, "'kleur' is no field"),
    ({"attributes": {"voertuigen": {"fields": {"merk": "M"}}}}, "required field 'kenteken'"),
    ({"to": "TOT", "from": None}, "'to' needs 'from'"),
    ({"dates": ["MM/DD/YYYY"]}, "MM/DD/YYYY"),
    ({"kolommen": 1}, "kolommen"),
]


@pytest.mark.parametrize(("change", "said"), WRONG)
def test_a_wrong_mapping_is_refused_with_line_and_reason(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    content = {key: value for key, value in {**CARS, **change}.items() if value is not None}

    with pytest.raises(ContentInvalid) as refused:
        read_table_mapping(a_mapping(tmp_path, content), declared())

    assert said in str(refused.value)
    assert "mapping.yaml:" in str(refused.value)


def test_a_code_that_the_declaration_does_not_have_is_refused_in_the_mapping(tmp_path: Path) -> None:
    wrong = json.loads(json.dumps(HOMES))
    wrong["attributes"]["panden"]["field_codes"]["belang"]["Eig"] = "X"

    with pytest.raises(ContentInvalid, match="'X' is no code of 'belang'; choose from E, G, B"):
        read_table_mapping(a_mapping(tmp_path, wrong), declared())


def test_it_comes_in_for_who_is_known_here_and_stays_the_same_when_run_again(
    tmp_path: Path, owner: psycopg.Connection
) -> None:
    person = person_for_bsn(ANNA, create=True)
    a_mapping(tmp_path, HOMES)
    header = ["BSN", "VANAF", "OBJ", "ADRES", "BELANG", "WAARDE", "PEIL"]
    rows = [
        [ANNA, "01-01-2025", "999900000001", "Dorpsstraat 1, Rietwaarden", "Beide", "315.000,00", "01-01-2024"],
        [BEN, "01-01-2025", "999900000002", "Dorpsstraat 2, Rietwaarden", "Eig", "250.000,00", "01-01-2024"],
    ]
    a_table(tmp_path, rows, header, "panden.csv", WAARDE_eurocent=56_500_000)

    looked, first, again = (
        json.loads(CliRunner().invoke(import_, ["table", str(tmp_path), "--json", *more]).stdout)
        for more in (["--dry-run"], [], [])
    )

    assert (looked["accepted"], looked["persons"], looked["facts_stored"]) == (2, 0, 0)
    assert (first["persons"], first["facts_stored"], first["errors"]) == (1, 1, {"not_known_here": 1})
    assert (again["facts_stored"], again["facts_unchanged"]) == (0, 1)
    assert owner.execute("SELECT count(*) FROM reg.person").fetchone() == (1,)
    wanted = Request("inzage.gegevens", frozenset({"woz.panden"}), (person,), Actor("resident", str(person)), ON)
    (fact,) = take(ask(wanted))
    assert fact.value == [{
        "objectnummer": "999900000001", "adres": "Dorpsstraat 1, Rietwaarden", "belang": "B", "waarde": 31_500_000,
        "waardepeildatum": "2024-01-01",
    }]  # fmt: skip
