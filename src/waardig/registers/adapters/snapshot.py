"""Facts of many people as a table in memory, of a round or a population: taken with tickets, gone when it is closed.

DuckDB holds the table and may not spill to a disk; what it reads is in memory too. Source: AVG art. 5 lid 1 onder c
and e (no more, no longer than needed).
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import UUID

import duckdb

_FACT = {"before": "INTEGER", "number": "BIGINT", "value": "VARCHAR", "since": "INTEGER", "until": "INTEGER"}
"""A line of a fact (`gate.take_many`) behind how many persons come before those of its ticket."""
_PERSON = {"n": "INTEGER", "id": "UUID"}
_OF_PERSON = 10_000
_NUMBERS = itertools.count(1)
_FACTS = (
    f"INSERT INTO fact SELECT before + CAST(number // {_OF_PERSON} AS INTEGER), attribute, value,"  # noqa: S608
    " DATE '1970-01-01' + since, DATE '1970-01-01' + until, number % 2 = 1"
    f" FROM {{rows}} JOIN place ON place.a = CAST(number % {_OF_PERSON} // 2 AS INTEGER)"
)

Part = tuple[Sequence[UUID], Sequence[str], str | None]


def named(attributes: Sequence[str], facts: str | None, attribute: str) -> Iterator[UUID]:
    """Whom the facts of an attribute name as {"person": ..}, in the text that `gate.take_many` gives."""
    if not facts or attribute not in attributes:
        return
    place = 2 * (attributes.index(attribute) + 1)
    line = rf'^\d+(?:{place:04d}|{place + 1:04d})\t\{{[^\t]*"person": "([0-9a-f-]{{36}})"'
    for found in re.findall(line, facts, re.MULTILINE):
        yield UUID(found)


class Snapshot:
    """Tables `person(n, id)` and `fact(n, attribute, value, since, until, doubt)` of many people."""

    def __init__(self, *, threads: int = 1) -> None:
        """Begin with nothing.

        Args:
            threads: how many work on it; more than one for a snapshot that nothing else works beside.
        """
        self._own = _engine(threads) if threads > 1 else None
        self.connection: Any = (self._own or _instance()).cursor()
        self._name = f"snapshot_{next(_NUMBERS)}"
        self._names: frozenset[str] | None = None
        self._persons = 0
        self.connection.execute(f"ATTACH ':memory:' AS {self._name}")
        self.connection.execute(f"USE {self._name}")

    def fill(self, parts: Iterable[Part]) -> None:
        """Add what tickets gave (`gate.take_many`) to the tables; persons go on being numbered.

        Args:
            parts: by ticket its persons and attributes in their order, and a line of text a fact.

        Raises:
            ValueError: an attribute that the first time did not have; nothing of these parts was added.
        """
        given = list(parts)
        self._begin({name for _persons, attributes, _text in given for name in attributes})
        facts: dict[tuple[str, ...], list[str]] = {}
        people = []
        for persons, attributes, text in given:
            before = self._persons
            people += [f"{number}\t{person.hex}" for number, person in enumerate(persons, before + 1)]
            self._persons += len(persons)
            if text:
                lines = f"{before}\t" + text.replace("\n", f"\n{before}\t")
                facts.setdefault(tuple(attributes), []).append(lines)
        self._read("INSERT INTO person SELECT * FROM {rows}", _PERSON, people)
        for names, texts in facts.items():
            self.connection.execute(
                "CREATE OR REPLACE TABLE place AS SELECT unnest($1) AS a, CAST(unnest($2) AS attribute) AS attribute",
                [list(range(1, len(names) + 1)), list(names)],
            )
            self._read(_FACTS, _FACT, texts)

    def _begin(self, names: set[str]) -> None:
        if self._names is not None:
            if not names <= self._names:
                raise ValueError(f"not among the attributes of the first time: {sorted(names - self._names)}")
            return
        self._names = frozenset(names)
        listed = ", ".join("'" + name.replace("'", "''") + "'" for name in sorted(names) or ["none"])
        self.connection.execute(f"CREATE TYPE attribute AS ENUM ({listed})")  # compared as a number, not as a text
        self.connection.execute("CREATE TABLE person (n INTEGER, id UUID)")
        self.connection.execute(
            "CREATE TABLE fact (n INTEGER, attribute attribute, value VARCHAR, since DATE, until DATE, doubt BOOLEAN)"
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
        if self._own is not None:
            self._own.close()


@cache
def _instance() -> Any:
    """DuckDB once a process, empty by itself: starting it takes longer than reading a chunk."""
    return _engine(1)


def _engine(threads: int) -> Any:
    return duckdb.connect(config={"temp_directory": "", "threads": threads})


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
    picked = ", ".join(
        f"CAST(unnest(CAST(${place} AS VARCHAR[])) AS {kind}) AS {name}"
        for place, (name, kind) in enumerate(columns.items(), 1)
    )
    return f"(SELECT {picked})", cells
