"""Imports into the database: what is stored, what stays, what is refused, and what the command prints."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from tests.registers.persoonslijsten import a_file, a_list
from tests.registers.planting import plant, rows_of, set_total, total, write_rows
from tests.registers.test_benefits_file import ANNA, BEN, CEM, a_client, a_couple, an_export
from tests.registers.test_brp_file import a_record
from waardig.registers.actions import imports
from waardig.registers.adapters.brp_lists import read_brp_lists
from waardig.registers.cli import import_
from waardig.registers.core.import_terms import ReadFact

NOTHING = {"facts_stored": 0, "facts_unchanged": 0, "facts_superseded": 0}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(import_, [str(argument) for argument in arguments])


def printed(*arguments: str | Path) -> dict[str, object]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.exception
    found: dict[str, object] = json.loads(result.stdout)
    return found


def facts(owner: psycopg.Connection) -> list[tuple[str, str, object, str | None]]:
    """Every current fact: whose, which, value, and when it was established."""
    return owner.execute(
        "SELECT p.bsn, f.attribute, f.value, f.established_on::text FROM reg.fact f JOIN reg.person p USING (person) "
        "WHERE f.superseded_at IS NULL ORDER BY 1, 2, f.valid_from"
    ).fetchall()


def count(owner: psycopg.Connection, table: str) -> int:
    (found,) = owner.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)  # noqa: S608
    return int(found)


def test_an_export_is_stored_with_its_holder_and_source(tmp_path: Path, owner: psycopg.Connection) -> None:
    done = printed("benefits", an_export(tmp_path, a_client()))

    assert (done["refused"], done["persons"], done["facts_stored"]) == (False, 1, 12)
    assert (ANNA, "uitkeringen.vermogen", 124000, "2024-02-03") in facts(owner)
    rows = owner.execute("SELECT DISTINCT holder, source FROM reg.fact").fetchall()
    assert rows == [("inkomen", "uitkeringen")]


def test_the_same_export_again_changes_nothing(tmp_path: Path, owner: psycopg.Connection) -> None:
    export = an_export(tmp_path, a_client(), *a_couple())
    first = printed("benefits", export)
    before = facts(owner)

    again = printed("benefits", export)

    assert {name: again[name] for name in NOTHING} == {**NOTHING, "facts_unchanged": first["facts_stored"]}
    assert facts(owner) == before
    assert count(owner, "reg.fact") == first["facts_stored"]


def test_a_newer_export_supersedes_and_keeps_the_past(tmp_path: Path, owner: psycopg.Connection) -> None:
    printed("benefits", an_export(tmp_path / "march", a_client()))
    newer = a_client(wealth=((150000, date(2024, 2, 3)),))

    done = printed("benefits", an_export(tmp_path / "april", newer))

    assert (done["facts_stored"], done["facts_superseded"]) == (1, 1)
    history = owner.execute(
        "SELECT value, superseded_at IS NULL FROM reg.fact WHERE attribute = 'uitkeringen.vermogen' "
        "ORDER BY recorded_at"
    ).fetchall()
    assert history == [(124000, False), (150000, True)]


def test_partners_are_linked_by_person_id_and_never_by_bsn(tmp_path: Path, owner: psycopg.Connection) -> None:
    printed("benefits", an_export(tmp_path, *a_couple()))

    links = owner.execute(
        "SELECT p.bsn, o.bsn FROM reg.fact f JOIN reg.person p USING (person) "
        "JOIN reg.person o ON o.person = (f.value ->> 'person')::uuid "
        "WHERE f.attribute = 'uitkeringen.partner' ORDER BY 1"
    ).fetchall()
    assert links == [(BEN, CEM), (CEM, BEN)]
    values = owner.execute("SELECT string_agg(value::text, ' ') FROM reg.fact").fetchone()
    assert values is not None and BEN not in values[0] and CEM not in values[0]


def test_a_dry_run_stores_nothing_and_says_everything(tmp_path: Path, owner: psycopg.Connection) -> None:
    export = an_export(tmp_path, a_client(wealth=()))

    done = printed("benefits", export, "--dry-run")

    assert (done["dry_run"], done["accepted"], done["persons"]) == (True, 1, 0)
    assert done["gaps"] == {"wealth_never_established": 1}
    assert count(owner, "reg.person") == count(owner, "reg.fact") == count(owner, "log.line") == 0


def test_a_refused_export_stores_nothing_and_exits_with_1(tmp_path: Path, owner: psycopg.Connection) -> None:
    export = an_export(tmp_path, a_client())
    set_total(tmp_path, "norm_eurocent", total(tmp_path, "norm_eurocent") + 5)

    result = run("benefits", export)

    assert result.exit_code == 1
    assert "norm_eurocent" in result.stderr and "difference -5" in result.stderr
    assert count(owner, "reg.person") == count(owner, "reg.fact") == 0


def test_errors_leave_out_their_client_and_exit_with_0(tmp_path: Path, owner: psycopg.Connection) -> None:
    export = an_export(tmp_path, a_client(), *a_couple())
    line = plant(tmp_path, "rekeningen.csv", "200", "IBAN", "NL00")

    result = run("benefits", export)

    assert result.exit_code == 0
    assert f"error: rekeningen.csv:{line}: IBAN" in result.stderr
    assert {bsn for bsn, *_ in facts(owner)} == {ANNA}


def test_the_report_lists_every_problem(tmp_path: Path, db: None) -> None:
    export = an_export(tmp_path / "export", a_client(wealth=()), *a_couple())
    plant(export, "clienten.csv", "201", "STATUS", "X")
    run("benefits", export, "--dry-run", "--report", tmp_path / "report.csv")
    run("benefits", export, "--dry-run", "--report", tmp_path / "report.json")

    with (tmp_path / "report.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["severity"], row["kind"], row["client"]) for row in rows] == [
        ("error", "partner_skipped", "200"),
        ("error", "unknown_code", "201"),
        ("gap", "wealth_never_established", "100"),
    ]
    assert [str(row["line"]) for row in json.loads((tmp_path / "report.json").read_text())] == [r["line"] for r in rows]


def test_a_wrong_call_exits_with_2(tmp_path: Path, db: None) -> None:
    (tmp_path / "x.csv").write_text("a;b\n")
    assert run("benefits", tmp_path / "nowhere").exit_code == 2
    assert run("benefits", tmp_path / "x.csv").exit_code == 2
    (tmp_path / "mapping.yaml").write_text("system: x\n")
    result = run("benefits", tmp_path / "x.csv")
    assert result.exit_code == 2
    assert "mapping.yaml:1" in result.stderr


def test_brp_persons_are_stored_and_numbers_that_fail_reported(tmp_path: Path, owner: psycopg.Connection) -> None:
    partner = [{"burgerservicenummer": "999990019"}]
    file = tmp_path / "brp.json"
    file.write_text(json.dumps([a_record(partners=partner), a_record("999990019"), a_record("999999245")]))

    done = printed("brp", file)

    assert (done["rows"], done["persons"], done["errors"]) == (3, 2, {"bad_bsn": 1})
    assert {bsn for bsn, *_ in facts(owner)} == {"999990019", "999993653"}
    assert printed("brp", file)["facts_stored"] == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"naam": {"geslachtsnaam": "Mou\0lin"}}, "brp.naam: geslachtsnaam: the text holds a control character"),
        ({"naam": {"geslachtsnaam": "Mou\ud800lin"}}, "brp.naam: geslachtsnaam: the text holds a control character"),
        ({"naam": {"geslachtsnaam": "M" * 201}}, "brp.naam: geslachtsnaam: the text is longer than 200 characters"),
        ({"geboorte": {"datum": "99990101"}}, "brp.geboortedatum: the date is in the future"),
        ({"geboorte": {"datum": "10000101"}}, "brp.geboortedatum: the date is before 1850-01-01"),
    ],
)
def test_a_value_that_no_database_or_reader_can_hold_leaves_out_its_own_person_only(
    tmp_path: Path, owner: psycopg.Connection, wrong: dict[str, object], told: str
) -> None:
    file = tmp_path / "brp.json"
    file.write_text(json.dumps([a_record(), a_record("999990019", **wrong)]))

    result = run("brp", file, "--report", tmp_path / "report.csv")

    assert result.exit_code == 0 and told in result.stderr
    assert {bsn for bsn, *_ in facts(owner)} == {"999993653"}
    assert told in (tmp_path / "report.csv").read_text()


def test_what_a_file_has_in_its_names_and_numbers_can_be_reported(tmp_path: Path, db: None) -> None:
    file = tmp_path / "brp.json"
    file.write_text(json.dumps([a_record("99\ud8009\x1b[31m\0" + "9" * 500), a_record()]))

    result = run("brp", file, "--report", tmp_path / "report.csv")

    assert result.exit_code == 0 and "\x1b" not in result.stderr
    assert len((tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()) == 2


def test_lists_and_records_come_in_by_the_same_command(tmp_path: Path, owner: psycopg.Connection) -> None:
    file = a_file(tmp_path, a_list(), a_list("999999245"), a_list("999990019", e08_11_60="12"))

    result = run("brp", file, "--report", tmp_path / "report.csv")

    assert result.exit_code == 0
    assert {bsn for bsn, *_ in facts(owner)} == {"999993653"}
    assert "error: lijsten.csv:3: 01.01.20 '••••••245' (Lg01_2)" in result.stderr
    assert "error: lijsten.csv:4: (Lg01_3): brp.adres: postcode" in result.stderr
    with (tmp_path / "report.csv").open(encoding="utf-8", newline="") as report:
        rows = [(row["kind"], row["line"], row["column"], row["done"]) for row in csv.DictReader(report, delimiter=";")]
    assert rows == [
        ("bad_bsn", "3", "01.01.20", "left out; the others were taken"),
        ("wrong_value", "4", "", "left out; the others were taken"),
    ]
    assert "999990019" not in (tmp_path / "report.csv").read_text()
    assert printed("brp", file)["facts_stored"] == 0


def test_who_the_database_refuses_stops_nobody_else(
    tmp_path: Path, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spells that overlap: the reader never makes them, so it is made to."""
    read = read_brp_lists(a_file(tmp_path, a_list(), a_list("999990019")))
    good, other = read.persons
    twice = replace(other, facts=(*other.facts, ReadFact("brp.gemeente", "0518", date(2016, 1, 1))))
    monkeypatch.setattr(imports, "read_brp_lists", lambda *_: replace(read, persons=(good, twice)))

    done = printed("brp", tmp_path / "lijsten.csv")

    assert (done["persons"], done["errors"]) == (1, {"not_stored": 1})
    assert {bsn for bsn, *_ in facts(owner)} == {"999993653"}


def test_tables_that_are_not_there_are_a_wrong_call(tmp_path: Path, db: None) -> None:
    result = run("brp", a_file(tmp_path, a_list()), "--tables", tmp_path)
    assert result.exit_code == 2
    assert "Tabel33" in result.stderr


def test_more_than_a_batch_of_clients_is_stored(tmp_path: Path, owner: psycopg.Connection) -> None:
    from waardig.demo.numbers import fictional_bsns

    numbers = fictional_bsns(7)
    clients = [a_client(str(1000 + n), next(numbers)) for n in range(520)]

    done = printed("benefits", an_export(tmp_path, *clients))

    assert (done["persons"], count(owner, "reg.person")) == (520, 520)


@pytest.mark.parametrize("name", ["vermogen.csv", "toekenningen.csv"])
def test_what_an_export_no_longer_says_of_a_value_ends(tmp_path: Path, owner: psycopg.Connection, name: str) -> None:
    wealth = ((90000, date(2022, 5, 1)), (124000, date(2024, 2, 3)))
    twice = a_client(wealth=wealth, grants=(date(2023, 1, 9), date(2024, 3, 14)))
    export = an_export(tmp_path, twice)
    printed("benefits", export)
    rows = rows_of(export, name)
    if name == "vermogen.csv":
        set_total(export, "wealth_eurocent", 124000)
    write_rows(export, name, rows[1:])

    done = printed("benefits", export)

    assert done["refused"] is False
    attribute = {"vermogen.csv": "uitkeringen.vermogen", "toekenningen.csv": "uitkeringen.laatste_iit"}[name]
    assert len([f for f in facts(owner) if f[1] == attribute]) == 1
