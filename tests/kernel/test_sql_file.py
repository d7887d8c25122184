"""The two halves of an SQL file, and a function that another file made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from waardig.kernel import sql_file
from waardig.kernel.sql_file import halves

BODY = "FUNCTION a.one(x text) RETURNS text\nLANGUAGE sql AS $$\n    SELECT 'old'\n$$;\n"
OLD = f"CREATE {BODY}-- reverse\nDROP FUNCTION a.one;\n"
NEW = (
    "CREATE OR REPLACE FUNCTION a.one(x text) RETURNS text\nLANGUAGE plpgsql AS $$\nBEGIN\n    RETURN 'new';\nEND $$;\n"
)


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "room" / "sql"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sql_file, "_ROOMS", tmp_path)
    (folder / "old.sql").write_text(OLD)
    return folder


def test_a_function_of_another_file_is_taken_from_there(rooms: Path) -> None:
    (rooms / "new.sql").write_text(NEW + "-- reverse\n-- again: room/old a.one\nDROP TABLE b;\n")

    forward, reverse = halves("room", "new")

    assert forward == NEW
    assert reverse == f"CREATE OR REPLACE {BODY}DROP TABLE b;\n"


def test_of_a_function_in_two_statements_each_file_gives_its_own(rooms: Path) -> None:
    (rooms / "new.sql").write_text(NEW + "-- reverse\n-- again: room/old a.one\n")
    (rooms / "newest.sql").write_text("SELECT 1;\n-- reverse\n-- again: room/new a.one\n")

    assert halves("room", "newest")[1] == NEW


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT 1;\n", "room/sql/wrong.sql has no line '-- reverse'"),
        ("SELECT 1;\n-- reverse\n-- again: room/old a.two\n", "room/sql/old.sql makes no function a.two"),
    ],
)
def test_what_cannot_be_taken_back_is_refused(rooms: Path, text: str, said: str) -> None:
    (rooms / "wrong.sql").write_text(text)

    with pytest.raises(ValueError, match=re.escape(said)):
        halves("room", "wrong")
