"""What a population cannot hold, and where a result may not be written: told, and nothing is written."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.law.builders import ON, a_law
from waardig.law import queries
from waardig.law.adapters import batch
from waardig.law.queries import LawBook
from waardig.law.terms import PopulationInvalid

BODY = """
execution:
  input:
    - {name: a, type: number, source: {}}
    - {name: d, type: date, source: {}}
    - {name: t, type: string, source: {}}
  output: [{name: x, type: number}, {name: jaren, type: number}, {name: y, type: boolean}]
  actions:
    - {output: x, value: {operation: ADD, values: [$a, 1]}}
    - {output: jaren, value: {operation: AGE, date_of_birth: $d, reference_date: $referencedate}}
    - {output: y, value: {operation: EQUALS, subject: $t, value: 'é'}}
"""
PLAIN = {"id": "1", "a": "5", "d": "DATE '2000-01-01'", "t": "'é'"}
OUTPUTS = ("x", "jaren", "y")


def a_file(folder: Path, **columns: str) -> Path:
    path = folder / "people.parquet"
    picks = ", ".join(f'{sql} AS "{name}"' for name, sql in {**PLAIN, **columns}.items())
    duckdb.execute(f"COPY (SELECT {picks}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.fixture
def book(tmp_path: Path) -> LawBook:
    folder = tmp_path / "laws"
    folder.mkdir()
    return a_law(folder, BODY)


def computed(book: LawBook, population: Path, out: Path, engine: str = "duckdb") -> list[tuple[Any, ...]]:
    queries.evaluate_file(book, "w", OUTPUTS, on=ON, population=population, out=out, engine=engine)
    return duckdb.read_parquet(str(out)).fetchall()


REFUSED = {
    "an identifier for a text": ({"t": "uuid()"}, "column 't' holds uuid values, but the law asks a string"),
    "bytes for a text": ({"t": "'x'::BLOB"}, "column 't' holds blob values"),
    "a list for a number": ({"a": "[1]"}, r"column 'a' holds integer\[\] values, but the law asks a number"),
    "numbers for reasons": ({"a__reason": "3"}, "column 'a__reason' holds integer values"),
    "an output": ({"X": "1"}, "column 'X' has the name of an outcome that is asked"),
    "a reason of an output": ({"y__reason": "'ok'"}, "column 'y__reason' has the name of an outcome that is asked"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_column_that_cannot_be_used_is_named_and_nothing_is_written(tmp_path: Path, book: LawBook, name: str) -> None:
    columns, message = REFUSED[name]
    out = tmp_path / "out.parquet"

    with pytest.raises(PopulationInvalid, match=message):
        computed(book, a_file(tmp_path, **columns), out)

    assert not out.exists()


@pytest.mark.parametrize("value", ["'nan'::DOUBLE", "'-infinity'::DOUBLE"])
def test_no_number_is_an_error_of_that_row_and_not_of_the_run(tmp_path: Path, book: LawBook, value: str) -> None:
    found = computed(book, a_file(tmp_path, a=value), tmp_path / "out.parquet")

    assert found == [(1, None, "error", 25, "ok", True, "ok")]


def test_a_number_that_no_decimal_holds_stays_exact(tmp_path: Path, book: LawBook) -> None:
    large = "9" * 36 + ".25"

    found = computed(book, a_file(tmp_path, a=f"{large}::DECIMAL(38,2)"), tmp_path / "out.parquet")

    assert found[0][1].startswith("1" + "0" * 27)


def test_the_type_of_an_outcome_that_nobody_has_is_the_one_it_would_have(tmp_path: Path, book: LawBook) -> None:
    out = tmp_path / "out.parquet"

    computed(book, a_file(tmp_path, d="'31-12-2000'", a="NULL::BIGINT"), out, "python")

    types = dict(zip(*(lambda r: (r.columns, map(str, r.types)))(duckdb.read_parquet(str(out))), strict=True))
    assert (types["x"], types["jaren"], types["y"]) == ("BIGINT", "BIGINT", "BOOLEAN")


def test_a_file_that_is_damaged_inside_is_refused_and_nothing_is_written(tmp_path: Path, book: LawBook) -> None:
    path, out = a_file(tmp_path), tmp_path / "out.parquet"
    data = path.read_bytes()
    path.write_bytes(data[:4] + bytes(255 - one for one in data[4:60]) + data[60:])

    with pytest.raises(PopulationInvalid, match=r"cannot be read to its end|cannot be read, or"):
        computed(book, path, out)

    assert not out.exists()


def test_a_result_never_takes_the_place_of_its_population(tmp_path: Path, book: LawBook) -> None:
    path = a_file(tmp_path)
    before = path.read_bytes()
    (tmp_path / "link.parquet").symlink_to(path)

    for out in (path, tmp_path / "laws" / ".." / "people.parquet", tmp_path / "link.parquet"):
        with pytest.raises(PopulationInvalid, match="is the population itself"):
            computed(book, path, out)

    assert path.read_bytes() == before


def test_a_result_never_takes_the_place_of_a_folder_with_other_things(tmp_path: Path, book: LawBook) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / "last year.parquet").write_bytes(b"kept")

    with pytest.raises(PopulationInvalid, match="a folder that holds 'last year"):
        computed(book, a_file(tmp_path), folder)

    assert (folder / "last year.parquet").read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x"), "No space left on device"),
        (duckdb.IOException("IO Error: Could not write file\nsecret row"), "IO Error: Could not write file. Look"),
        (duckdb.ConversionException("Could not convert 'secret'"), r"to its end \(ConversionException\)"),
    ],
)
def test_a_failure_of_the_disk_is_told_without_what_stood_in_a_row(
    tmp_path: Path, book: LawBook, monkeypatch: pytest.MonkeyPatch, failure: Exception, message: str
) -> None:
    def fails(*_: Any) -> int:
        raise failure

    monkeypatch.setattr(batch, "copied", fails)

    with pytest.raises(PopulationInvalid, match=message) as refused:
        computed(book, a_file(tmp_path), tmp_path / "out.parquet")

    assert "secret" not in str(refused.value)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["laws", "people.parquet"]
