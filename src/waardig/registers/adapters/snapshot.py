"""Facts of many people as a table in memory, for a round: taken with tickets, gone when the snapshot is closed.

DuckDB holds the table and may not spill to a disk; what it reads is in memory too. Source: AVG art. 5 lid 1 onder c
and e (no more, no longer than needed).
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import UUID

import duckdb

_FACT = {
    "part": "INTEGER", "n": "INTEGER", "a": "INTEGER", "value": "VARCHAR", "since": "DATE", "until": "DATE",
    "doubt": "BOOLEAN",
}  # fmt: skip
_NUMBERS = itertools.count(1)
_PERSON = {"n": "INTEGER", "id": "UUID"}


class Snapshot:
    """Tables `person(n, id)` and `fact(n, attribute, value, since, until, doubt)` of one chunk of a round."""

    def __init__(self) -> None:
        self.connection: Any = _instance().cursor()
        self._name = f"snapshot_{next(_NUMBERS)}"
        self.connection.execute(f"ATTACH ':memory:' AS {self._name}")
        self.connection.execute(f"USE {self._name}")

    def fill(self, parts: Iterable[tuple[Sequence[UUID], Sequence[str], str | None]]) -> None:
        """Make the tables, once, of what tickets gave (`gate.take_many`).

        Args:
            parts: by ticket its persons and attributes in their order, and a line of text a fact.
        """
        facts, people, places = [], [], []
        before = 0
        for part, (persons, attributes, text) in enumerate(parts):
            places += [(part, before, number, name) for number, name in enumerate(attributes, 1)]
            people += [f"{number}\t{person.hex}" for number, person in enumerate(persons, before + 1)]
            before += len(persons)
            if text:
                facts.append(f"{part}\t" + text.replace("\n", f"\n{part}\t"))
        known = sorted({name for _part, _before, _number, name in places}) or ["none"]
        listed = ", ".join("'" + name.replace("'", "''") + "'" for name in known)
        self.connection.execute(f"CREATE TYPE attribute AS ENUM ({listed})")  # compared as a number, not as a text
        self.connection.execute("CREATE TABLE place (part INTEGER, before INTEGER, a INTEGER, attribute attribute)")
        self.connection.execute(
            "INSERT INTO place SELECT unnest($1), unnest($2), unnest($3), unnest($4)",
            [list(column) for column in zip(*places, strict=True)] or [[], [], [], []],
        )
        self._read("CREATE TABLE person AS SELECT * FROM {rows}", _PERSON, people)
        self._read(
            "CREATE TABLE fact AS SELECT before + n AS n, attribute, value, since, until, doubt"
            " FROM {rows} JOIN place USING (part, a)",
            _FACT,
            facts,
        )

    def _read(self, statement: str, columns: Mapping[str, str], lines: Sequence[str]) -> None:
        """Run a statement over lines of text with tabs; where memory has no path, over lists of their columns."""
        if not hasattr(os, "memfd_create"):
            found, cells = _in_lists(columns, lines)
            self.connection.execute(statement.format(rows=found), cells)
            return
        csv = (
            "read_csv($1, header = false, auto_detect = false, delim = '\t', quote = '', escape = '', nullstr = '',"
            f" columns = {dict(columns)})"
        )
        with _in_memory("\n".join(lines).encode()) as path:
            self.connection.execute(statement.format(rows=csv), [path])

    def close(self) -> None:
        """Forget everything."""
        self.connection.execute("USE memory")
        self.connection.execute(f"DETACH {self._name}")
        self.connection.close()


@cache
def _instance() -> Any:
    """DuckDB once a process, empty by itself: starting it takes longer than reading a chunk."""
    return duckdb.connect(config={"temp_directory": "", "threads": 1})


@contextmanager
def _in_memory(data: bytes) -> Iterator[str]:
    """A path to bytes in memory, which go with the file."""
    with os.fdopen(os.memfd_create("facts"), "wb") as file:
        file.write(data)
        file.flush()
        yield f"/proc/self/fd/{file.fileno()}"


def _in_lists(columns: Mapping[str, str], lines: Sequence[str]) -> tuple[str, list[list[str | None]]]:
    """The same rows as a query over one list a column; slower, and never in a file either."""
    rows = [line.split("\t") for text in lines for line in text.split("\n") if line]
    cells = [[row[place] or None for row in rows] for place in range(len(columns))]
    named = ", ".join(
        f"CAST(unnest(CAST(${place} AS VARCHAR[])) AS {kind}) AS {name}"
        for place, (name, kind) in enumerate(columns.items(), 1)
    )
    return f"(SELECT {named})", cells
