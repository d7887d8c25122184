"""A snapshot is in memory from the first byte to the last, and gone when it is closed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pytest

from waardig.registers.adapters import snapshot
from waardig.registers.adapters.snapshot import Snapshot

PEOPLE = [UUID(int=number) for number in range(1, 4)]
ATTRIBUTES = ("a.een", "a.twee")
MARK = "qzsnapshot"
TEXT = f"10002\t{MARK}\t20089\t\n10005\t\t20089\t20240\n30002\t7\t\t"
FACTS = "SELECT n, attribute::VARCHAR, value, since::VARCHAR, until::VARCHAR, doubt FROM fact ORDER BY ALL"
EXPECTED = [
    (1, "a.een", MARK, "2025-01-01", None, False), (1, "a.twee", None, "2025-01-01", "2025-06-01", True),
    (3, "a.een", "7", None, None, False), (5, "a.een", MARK, "2025-01-01", None, False),
    (5, "a.twee", None, "2025-01-01", "2025-06-01", True), (7, "a.een", "7", None, None, False),
]  # fmt: skip


@pytest.fixture
def filled() -> Iterator[Snapshot]:
    """Two tickets; in the second the same three facts of other people, and one more person between."""
    made = Snapshot()
    made.fill([([*PEOPLE, UUID(int=9)], ATTRIBUTES, TEXT), (PEOPLE, ATTRIBUTES, TEXT), (PEOPLE, ATTRIBUTES, None)])
    yield made
    made.close()


def on_disk() -> set[str]:
    """Files with a place on a disk that this process has open."""
    there = set()
    for handle in Path("/proc/self/fd").iterdir():
        try:
            place = str(handle.readlink())
        except FileNotFoundError:  # the handle with which this folder is read
            continue
        if place.startswith("/") and not place.startswith(("/memfd:", "/dev/", "/proc/")):
            there.add(place)
    return there


def test_nothing_of_it_has_a_place_on_a_disk(filled: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[set[str]] = []
    real = snapshot._in_memory
    before, left = on_disk(), set(Path(tempfile.gettempdir()).iterdir())

    def watched(data: bytes) -> Any:
        opened.append(on_disk())
        return real(data)

    monkeypatch.setattr(snapshot, "_in_memory", watched)
    other = Snapshot()
    other.fill([(PEOPLE, ATTRIBUTES, TEXT)])

    paths = other.connection.execute("SELECT database_name, path FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert [one for one in paths if one[1]] == []
    assert opened == [before, before] and on_disk() == before
    other.close()
    made_here = {one for one in set(Path(tempfile.gettempdir()).iterdir()) - left if "duckdb" in one.name}
    assert made_here == set()


def test_what_does_not_fit_in_memory_stops_and_never_spills(filled: Snapshot) -> None:
    allowed = filled.connection.execute("SELECT current_setting('memory_limit')").fetchone()[0]
    assert filled.connection.execute("SELECT current_setting('temp_directory')").fetchone() == ("",)
    try:
        filled.connection.execute("SET GLOBAL memory_limit = '20MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            filled.connection.execute(
                "CREATE TABLE much AS SELECT $1 || n AS value FROM range(9_000_000) t(n) ORDER BY value", [MARK]
            )
        spilled = filled.connection.execute("SELECT count(*) FROM duckdb_temporary_files()").fetchone()
    finally:
        filled.connection.execute(f"SET GLOBAL memory_limit = '{allowed}'")

    assert spilled == (0,)


def test_a_closed_snapshot_is_gone_and_holds_no_memory() -> None:
    made = Snapshot()
    name = made._name
    made.fill([(PEOPLE, ATTRIBUTES, TEXT)])
    looking = snapshot._instance().cursor()
    assert name in {one for (one,) in looking.execute("SELECT database_name FROM duckdb_databases()").fetchall()}

    made.close()

    assert name not in {one for (one,) in looking.execute("SELECT database_name FROM duckdb_databases()").fetchall()}
    with pytest.raises(duckdb.CatalogException):
        looking.execute(f"SELECT * FROM {name}.fact")  # noqa: S608
    assert not [one for one in Path("/proc/self/fd").iterdir() if one.exists() and "memfd:facts" in str(one.readlink())]


@pytest.mark.parametrize("has_memfd", [True, False])
def test_the_same_stands_in_it_where_memory_has_no_path(has_memfd: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_memfd:
        monkeypatch.delattr(os, "memfd_create")
    made = Snapshot()

    made.fill([([*PEOPLE, UUID(int=9)], ATTRIBUTES, TEXT), (PEOPLE, ATTRIBUTES, TEXT), (PEOPLE, ATTRIBUTES, None)])

    assert made.connection.execute(FACTS).fetchall() == EXPECTED
    people = made.connection.execute("SELECT n, id FROM person ORDER BY n").fetchall()
    assert people == list(enumerate([*PEOPLE, UUID(int=9), *PEOPLE, *PEOPLE], 1))
    made.close()
