"""The export of a benefits administration: what is taken, what is refused, and how it is said."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registers.planting import add_row, plant, rows_of, set_total, total, write_bytes, write_rows
from waardig.demo.benefits import Administrator, ClientRecord, Spell
from waardig.demo.benefits_export import MAPPING, tables_of, write_export
from waardig.demo.numbers import bsn_from
from waardig.kernel.content_file import ContentInvalid
from waardig.registers.adapters.benefits_file import read_benefits_file, read_mapping
from waardig.registers.adapters.export.cells import amount_of
from waardig.registers.core.import_terms import PersonRef, ReadFile, ReadPerson, Severity, per_kind, show

ON = date(2025, 4, 28)
SINCE = date(2019, 1, 1)
ANNA, BEN, CEM, DORA, EVA = (str(bsn_from(91_500_000 + n)) for n in (1, 2, 3, 4, 7))


def a_client(number: str = "100", bsn: str = ANNA, **changes: object) -> ClientRecord:
    plain = ClientRecord(
        number=number,
        bsn=bsn,
        start=SINCE,
        household="ALLEENSTAAND",
        norms=(Spell(121964, SINCE, date(2024, 12, 31)), Spell(127818, date(2025, 1, 1))),
        wealth=((124000, date(2024, 2, 3)),),
        iban="NL91ABNA0417164300",
        grants=(date(2024, 3, 14),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def a_couple(first: str = "200", second: str = "201") -> tuple[ClientRecord, ClientRecord]:
    return (
        a_client(first, BEN, household="PAAR", partner_bsn=CEM),
        a_client(second, CEM, household="PAAR", partner_bsn=BEN, grants=()),
    )


def an_export(folder: Path, *clients: ClientRecord) -> Path:
    return write_export(folder, tables_of(clients), reference_date=ON, municipality="GM9999")


def read(path: Path) -> ReadFile:
    return read_benefits_file(path, read_mapping(MAPPING))


def values(person: ReadPerson, attribute: str) -> list[tuple[object, date | None, date | None]]:
    return [(f.value, f.valid_from, f.valid_to) for f in person.facts if f.attribute == attribute]


def only_error(found: ReadFile) -> tuple[str, str, int, str, str]:
    (problem,) = found.of(Severity.ERROR)
    return problem.kind, problem.file, problem.line, problem.column, problem.shown


def test_what_the_demo_writes_is_what_the_import_reads(tmp_path: Path) -> None:
    office = Administrator("Kuipers Bewind", "99990403", "Veerlaan 7, 1234 AD Rietwaarden")
    found = read(an_export(tmp_path, a_client(administrator=office, incomes=(Spell(25050, SINCE, date(2019, 6, 30)),))))

    assert not found.problems
    (anna,) = found.persons
    assert (anna.number, anna.reference) == (ANNA, "100")
    assert values(anna, "uitkeringen.status") == [("lopend", SINCE, None)]
    assert values(anna, "uitkeringen.leefvorm") == [("ALLEENSTAAND", SINCE, None)]
    assert values(anna, "uitkeringen.partner") == [(None, SINCE, None)]
    assert values(anna, "uitkeringen.norm") == [
        (121964, SINCE, date(2024, 12, 31)),
        (127818, date(2025, 1, 1), None),
    ]
    assert values(anna, "uitkeringen.inkomen") == [(25050, SINCE, date(2019, 6, 30))]
    assert values(anna, "uitkeringen.laatste_iit") == [("2024-03-14", date(2024, 3, 14), None)]
    assert values(anna, "uitkeringen.iban") == [("NL91ABNA0417164300", SINCE, None)]
    assert values(anna, "uitkeringen.bewindvoerder") == [
        ({"naam": "Kuipers Bewind", "kvk": "99990403", "adres": "Veerlaan 7, 1234 AD Rietwaarden"}, SINCE, None)
    ]
    (wealth,) = [f for f in anna.facts if f.attribute == "uitkeringen.vermogen"]
    assert (wealth.value, wealth.established_on) == (124000, date(2024, 2, 3))
    assert [(f.attribute, f.value) for f in anna.facts if f.value in (True, False)] == [
        ("uitkeringen.woont_in_gemeente", True),
        ("uitkeringen.rechtmatig_verblijf", True),
        ("uitkeringen.uitsluiting", False),
    ]


def test_a_couple_names_each_other(tmp_path: Path) -> None:
    found = read(an_export(tmp_path, *a_couple()))

    assert [values(p, "uitkeringen.partner") for p in found.persons] == [
        [({"person": PersonRef(CEM)}, SINCE, None)],
        [({"person": PersonRef(BEN)}, SINCE, None)],
    ]


def test_a_zip_and_a_folder_say_the_same(tmp_path: Path) -> None:
    folder = an_export(tmp_path / "folder", a_client())
    zipped = an_export(tmp_path / "export.zip", a_client())

    assert zipfile.is_zipfile(zipped)
    assert read(zipped).persons == read(folder).persons
    assert read(zipped).sha256 == read(folder).sha256


def test_an_ended_client_was_running_before(tmp_path: Path) -> None:
    last = date(2024, 9, 30)
    norms = (Spell(121964, SINCE, last),)
    (person,) = read(an_export(tmp_path, a_client(end=last, norms=norms))).persons

    assert values(person, "uitkeringen.status") == [("lopend", SINCE, last), ("beeindigd", date(2024, 10, 1), None)]


def test_a_newer_wealth_ends_the_older_one(tmp_path: Path) -> None:
    twice = ((90000, date(2022, 5, 1)), (124000, date(2024, 2, 3)))
    (person,) = read(an_export(tmp_path, a_client(wealth=twice))).persons

    assert values(person, "uitkeringen.vermogen") == [
        (90000, date(2022, 5, 1), date(2024, 2, 2)),
        (124000, date(2024, 2, 3), None),
    ]


@pytest.mark.parametrize(
    ("table", "column", "value", "kind", "shown"),
    [
        ("clienten.csv", "BSN", "915000002", "bad_bsn", "••••••002"),
        ("clienten.csv", "BSN", "", "missing_value", "••••••"),
        ("clienten.csv", "STATUS", "X", "unknown_code", "X"),
        ("clienten.csv", "LEEFVORM", "ZZ", "unknown_code", "ZZ"),
        ("clienten.csv", "WOONT_IN_GEMEENTE", "?", "unknown_code", "?"),
        ("clienten.csv", "BEGINDATUM", "31-02-2020", "impossible_date", "31-02-2020"),
        ("clienten.csv", "BEGINDATUM", "2020-01-31", "impossible_date", "2020-01-31"),
        ("clienten.csv", "BEGINDATUM", "01-01-1899", "impossible_date", "01-01-1899"),
        ("clienten.csv", "BEGINDATUM", "29-04-2025", "future_date", "29-04-2025"),
        ("clienten.csv", "EINDDATUM", "31-12-2018", "end_before_start", "31-12-2018"),
        ("perioden.csv", "SOORT", "ONB", "unknown_code", "ONB"),
        ("perioden.csv", "BEDRAG", "-1,00", "bad_amount", "-1,00"),
        ("perioden.csv", "BEDRAG", "12.34", "bad_amount", "12.34"),
        ("vermogen.csv", "DATUM_VASTSTELLING", "30-02-2024", "impossible_date", "30-02-2024"),
        ("vermogen.csv", "DATUM_VASTSTELLING", "", "missing_value", ""),
        ("rekeningen.csv", "IBAN", "NL91ABNA0417164301", "bad_iban", "••••••301"),
        ("toekenningen.csv", "DATUM", "14-13-2024", "impossible_date", "14-13-2024"),
        ("toekenningen.csv", "REGELING", "XXX", "unknown_code", "XXX"),
    ],
)
def test_a_planted_error_is_reported_with_its_line_and_leaves_out_that_client_only(
    tmp_path: Path, table: str, column: str, value: str, kind: str, shown: str
) -> None:
    an_export(tmp_path, a_client(), a_client("101", DORA))
    line = plant(tmp_path, table, "101", column, value)

    found = read(tmp_path)

    assert only_error(found) == (kind, table, line, column, shown)
    (problem,) = found.of(Severity.ERROR)
    assert problem.reference == "101"
    assert problem.remedy
    totals_touched = column == "BEDRAG" or (table == "perioden.csv" and column == "SOORT")
    assert found.refused == totals_touched
    assert [person.reference for person in found.persons] == ([] if totals_touched else ["100"])


def test_a_duplicate_client_is_reported_and_neither_record_taken(tmp_path: Path) -> None:
    an_export(tmp_path, a_client(), a_client("101", DORA))
    twin = {**rows_of(tmp_path, "clienten.csv")[1], "CLIENTNR": "102"}
    line = add_row(tmp_path, "clienten.csv", twin)
    set_total(tmp_path, "clients", 3)

    found = read(tmp_path)

    assert only_error(found) == ("duplicate_client", "clienten.csv", line, "BSN", f"••••••{DORA[-3:]}")
    assert [person.reference for person in found.persons] == ["100"]


def test_a_partner_without_a_client_record_is_reported(tmp_path: Path) -> None:
    first, _ = a_couple()
    found = read(an_export(tmp_path, first, a_client()))

    assert only_error(found) == ("missing_partner", "partners.csv", 2, "PARTNER_BSN", f"••••••{CEM[-3:]}")
    assert [person.reference for person in found.persons] == ["100"]


def test_a_partner_who_does_not_name_the_client_is_reported(tmp_path: Path) -> None:
    first, second = a_couple()
    third = a_client("300", DORA, household="PAAR", partner_bsn=BEN)
    found = read(an_export(tmp_path, first, second, third))

    assert only_error(found)[:2] == ("missing_partner", "partners.csv")
    assert {person.reference for person in found.persons} == {"200", "201"}


def test_a_couple_is_taken_together_or_not_at_all(tmp_path: Path) -> None:
    an_export(tmp_path, *a_couple(), a_client())
    plant(tmp_path, "vermogen.csv", "201", "DATUM_VASTSTELLING", "30-02-2024")

    found = read(tmp_path)

    assert per_kind(found.of(Severity.ERROR)) == {"impossible_date": 1, "partner_skipped": 1}
    assert [person.reference for person in found.persons] == ["100"]


def test_household_type_and_partner_must_agree(tmp_path: Path) -> None:
    alone = a_client(household="PAAR")
    found = read(an_export(tmp_path, alone))
    assert [p.kind for p in found.of(Severity.ERROR)] == ["missing_partner"]

    first, second = a_couple()
    other = tmp_path / "other"
    found = read(an_export(other, replace(first, household="ALLEENSTAAND"), second))
    assert per_kind(found.of(Severity.ERROR)) == {"household_mismatch": 1, "partner_skipped": 1}


def test_overlapping_spells_are_reported_with_both_lines(tmp_path: Path) -> None:
    norms = (Spell(121964, SINCE), Spell(127818, date(2025, 1, 1)))
    found = read(an_export(tmp_path, a_client(norms=norms)))

    assert only_error(found) == ("overlapping_spells", "perioden.csv", 3, "BEGINDATUM", "2025-01-01")
    assert "line 2" in found.of(Severity.ERROR)[0].message
    assert not found.persons


def test_a_row_of_nobody_is_reported(tmp_path: Path) -> None:
    an_export(tmp_path, a_client())
    line = add_row(tmp_path, "toekenningen.csv", {"CLIENTNR": "999", "REGELING": "IIT", "DATUM": "01-01-2024"})

    assert only_error(read(tmp_path)) == ("unknown_client", "toekenningen.csv", line, "CLIENTNR", "999")


def test_a_row_with_a_separator_in_a_value_is_reported(tmp_path: Path) -> None:
    an_export(tmp_path, a_client(), a_client("101", DORA))
    lines = (tmp_path / "vermogen.csv").read_text().splitlines()
    write_bytes(tmp_path, "vermogen.csv", "\r\n".join([*lines[:2], lines[2] + ";te veel"]).encode())

    assert only_error(read(tmp_path))[:3] == ("column_count", "vermogen.csv", 3)


def test_gaps_are_reported_and_accepted(tmp_path: Path) -> None:
    holed = (Spell(121964, date(2023, 1, 1), date(2024, 1, 31)), Spell(127818, date(2024, 4, 1)))
    client = a_client(norms=holed, wealth=(), iban=None, start=date(2023, 1, 1), lives_here=None)
    found = read(an_export(tmp_path, client))

    assert len(found.persons) == 1
    assert [(p.kind, p.message) for p in found.of(Severity.GAP)] == [
        ("gap_in_spells", "no norm or income in 2024-02 to 2024-03"),
        ("history_unknown", "no norm or income before the benefit began: 2022-04 to 2022-12"),
        ("wealth_never_established", "wealth was never established"),
        ("account_unknown", "there is no account number"),
        ("not_established", "uitkeringen.woont_in_gemeente was not established"),
    ]


def test_a_month_with_income_nought_is_no_gap(tmp_path: Path) -> None:
    norms = (Spell(127818, date(2024, 4, 1)),)
    nothing = (Spell(0, SINCE, date(2024, 3, 31)),)
    assert not read(an_export(tmp_path, a_client(norms=norms, incomes=nothing))).problems


@pytest.mark.parametrize("name", ["clients", "norm_eurocent", "wealth_eurocent"])
def test_a_total_that_does_not_add_up_refuses_everything(tmp_path: Path, name: str) -> None:
    an_export(tmp_path, a_client())
    set_total(tmp_path, name, total(tmp_path, name) + 1)

    found = read(tmp_path)

    (problem,) = found.of(Severity.REFUSAL)
    assert (problem.kind, problem.column) == ("total_differs", name)
    assert "difference -1" in problem.message
    assert found.persons == ()


def test_a_refused_file_still_names_its_wrong_rows(tmp_path: Path) -> None:
    an_export(tmp_path, a_client(), a_client("101", DORA))
    plant(tmp_path, "clienten.csv", "101", "BSN", "123456789")
    set_total(tmp_path, "clients", 7)

    found = read(tmp_path)

    assert [p.kind for p in found.problems if p.severity is not Severity.GAP] == ["bad_bsn", "total_differs"]


def test_a_file_changed_after_the_export_is_refused(tmp_path: Path) -> None:
    an_export(tmp_path, a_client())
    path = tmp_path / "vermogen.csv"
    path.write_bytes(path.read_bytes().replace(b"03-02-2024", b"04-02-2024"))

    assert [p.kind for p in read(tmp_path).of(Severity.REFUSAL)] == ["hash_differs"]


def test_a_file_or_row_that_is_missing_is_refused(tmp_path: Path) -> None:
    an_export(tmp_path, a_client(), a_client("101", DORA))
    rows = rows_of(tmp_path, "toekenningen.csv")
    write_rows(tmp_path, "toekenningen.csv", rows[:1])
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    manifest["files"]["toekenningen.csv"]["rows"] = 2
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    assert [p.kind for p in read(tmp_path).of(Severity.REFUSAL)] == ["rows_differ"]

    (tmp_path / "toekenningen.csv").unlink()
    assert [p.kind for p in read(tmp_path).of(Severity.REFUSAL)] == ["file_missing", "file_missing"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("CLIENTNR;IBAN;BEGINDATUM\r\n100;NL91ABNA0417164300;01-01-2019\r\n".encode("utf-16"), "encoding"),
        ("CLIENTNR;IBAN;BEGINDATUM\r\n".encode("utf-16-le"), "encoding"),
        ("CLIENTNR;IBAN;BEGINDATUM\r\n100;é;\r\n".encode("cp1252"), "encoding"),
        (b"CLIENTNR;BEGINDATUM\r\n100;01-01-2019\r\n", "column_missing"),
        (b"", "empty_file"),
    ],
)
def test_trouble_with_a_file_is_recognised_and_said(tmp_path: Path, content: bytes, kind: str) -> None:
    an_export(tmp_path, a_client())
    write_bytes(tmp_path, "rekeningen.csv", content)

    found = read(tmp_path)

    assert kind in [p.kind for p in found.of(Severity.REFUSAL)]
    assert found.persons == ()


def test_a_byte_order_mark_and_commas_are_read(tmp_path: Path) -> None:
    an_export(tmp_path, a_client())
    for name in ("clienten.csv", "rekeningen.csv"):
        text = (tmp_path / name).read_text().replace(";", ",")
        write_bytes(tmp_path, name, text.encode("utf-8-sig"))

    assert not read(tmp_path).problems


def test_without_a_manifest_nothing_is_taken(tmp_path: Path) -> None:
    an_export(tmp_path, a_client())
    for text in ("{}", "[" * 100_000):
        (tmp_path / "manifest.json").write_text(text)
        assert [p.kind for p in read(tmp_path).of(Severity.REFUSAL)] == ["manifest_invalid"]

    (tmp_path / "manifest.json").unlink()
    assert [p.kind for p in read(tmp_path).of(Severity.REFUSAL)] == ["manifest_missing"]


def test_an_export_of_another_municipality_is_refused_when_asked(tmp_path: Path) -> None:
    an_export(tmp_path, a_client())
    found = read_benefits_file(tmp_path, read_mapping(MAPPING), "GM0001")
    assert [p.kind for p in found.of(Severity.REFUSAL)] == ["other_municipality"]


ONE_FILE = """\
system: one file
dates: [YYYYMMDD]
amounts: {decimal: ".", unit: euro}
records:
  client:
    file: export.csv
    where: {column: SOORT, equals: CL}
    columns: {NR: client, A: bsn, B: uitkeringen.status, VAN: from, TOT: to, C: uitkeringen.leefvorm}
    codes:
      uitkeringen.status: {L: lopend}
      uitkeringen.leefvorm: {A: ALLEENSTAAND}
  spell:
    file: export.csv
    where: {column: SOORT, equals: PE}
    columns: {NR: client, A: attribute, B: amount, VAN: from, TOT: to}
    codes:
      attribute: {N: uitkeringen.norm}
"""


def test_one_file_with_several_kinds_of_record_is_read(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(ONE_FILE)
    export = tmp_path / "maart.csv"
    export.write_text(f"SOORT,NR,A,B,C,VAN,TOT\nCL,7,{ANNA},L,A,20200101,\nPE,7,N,1278.18,,20200101,\n")
    manifest = {
        "municipality": "GM1234",
        "reference_date": "2025-04-28",
        "files": {"maart.csv": {"rows": 2}},
        "totals": {"clients": 1, "norm_eurocent": 127818, "wealth_eurocent": 0},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))

    found = read_benefits_file(export, read_mapping(mapping))

    assert not found.refused
    (person,) = found.persons
    assert values(person, "uitkeringen.norm") == [(127818, date(2020, 1, 1), None)]


def test_a_mapping_that_misses_a_target_says_so_with_its_line(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(ONE_FILE.replace("A: bsn", "A: bsm").replace("attribute: {N: uitkeringen.norm}", "x: {a: b}"))
    with pytest.raises(ContentInvalid) as refused:
        read_mapping(mapping)

    messages = [str(problem) for problem in refused.value.problems]
    assert any("'bsm' is no target here" in m for m in messages)
    assert any("no column gives 'bsn'" in m for m in messages)
    assert any("'attribute' needs its codes" in m for m in messages)
    assert all(m.startswith(f"{mapping}:") for m in messages)


def test_no_problem_ever_shows_a_whole_bsn(tmp_path: Path) -> None:
    an_export(tmp_path, *a_couple(), a_client())
    for table, column in (("clienten.csv", "STATUS"), ("perioden.csv", "BEDRAG"), ("bewind.csv", "KVK")):
        if rows_of(tmp_path, table):
            plant(tmp_path, table, "100", column, ANNA)
    plant(tmp_path, "partners.csv", "200", "PARTNER_BSN", "123456789")

    text = json.dumps([p.as_row() for p in read(tmp_path).problems], ensure_ascii=False)

    assert "••••••" in text
    for bsn in (ANNA, BEN, CEM, "123456789"):
        assert bsn not in text


@given(st.integers(0, 10**8 - 1), st.sampled_from(["{}", "zie {} hier", "{}x", "nr.{}"]))
def test_a_bsn_hidden_in_any_text_is_masked(digits: int, frame: str) -> None:
    bsn = bsn_from(digits)
    if bsn is not None:
        assert bsn not in show(frame.format(bsn))


@given(st.integers(-(10**9), 10**9))
def test_an_amount_written_is_the_amount_read(cents: int) -> None:
    mapping = read_mapping(MAPPING)
    sign = "-" if cents < 0 else ""
    assert amount_of(f"{sign}{abs(cents) // 100},{abs(cents) % 100:02d}", mapping) == cents
    dotted = f"{sign}{abs(cents) // 100:,}".replace(",", ".") + f",{abs(cents) % 100:02d}"
    assert amount_of(dotted, mapping) == cents


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_single_changed_cell_never_gives_half_a_client(data: st.DataObject) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as place:
        folder = an_export(Path(place) / "export", a_client(), *a_couple())
        before = {person.reference: person for person in read(folder).persons}
        table = data.draw(st.sampled_from(["clienten.csv", "partners.csv", "perioden.csv", "vermogen.csv"]))
        rows = rows_of(folder, table)
        row = data.draw(st.sampled_from(rows))
        column = data.draw(st.sampled_from(sorted(row)))
        row[column] = data.draw(st.text(st.sampled_from("0123456789-,ALGH é"), max_size=12))
        write_rows(folder, table, rows)

        found = read(folder)

        for person in found.persons:
            if person.reference not in before:  # a client number changed: the rows it left behind are reported
                assert found.of(Severity.ERROR)
                continue
            changed = {f.attribute for f in before[person.reference].facts} - {f.attribute for f in person.facts}
            assert changed <= {"uitkeringen.vermogen", "uitkeringen.norm", "uitkeringen.woont_in_gemeente",
                               "uitkeringen.rechtmatig_verblijf", "uitkeringen.uitsluiting"}  # fmt: skip
        paired = {person.reference for person in found.persons} & {"200", "201"}
        assert len(paired) in (0, 2)
