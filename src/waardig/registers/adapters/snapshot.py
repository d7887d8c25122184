"""Facts of many people as a table in memory, for a round: taken with tickets, gone when the snapshot is closed.

DuckDB holds the table and may not spill to a disk. Source: AVG art. 5 lid 1 onder c and e (no more, no longer than
needed).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any
from uuid import UUID

import duckdb

_COLUMNS = "{'n': 'INTEGER', 'a': 'INTEGER', 'value': 'VARCHAR', 'since': 'DATE', 'until': 'DATE', 'doubt': 'BOOLEAN'}"


class Snapshot:
    """Tables `person(n, id)` and `fact(n, attribute, value, since, until, doubt)` of one chunk of a round."""

    def __init__(self) -> None:
        self.connection: Any = duckdb.connect(config={"temp_directory": "", "threads": 1})
        self.connection.execute("CREATE TABLE person (n INTEGER, id UUID)")
        self.connection.execute(
            "CREATE TABLE fact (n INTEGER, attribute VARCHAR, value VARCHAR, since DATE, until DATE, doubt BOOLEAN)"
        )
        self._size = 0

    def add(self, persons: Sequence[UUID], attributes: Sequence[str], facts: str | None) -> None:
        """Add what one ticket gave (`gate.take_many`): persons and attributes in the order of the ticket."""
        before = self._size
        self._size += len(persons)
        self.connection.execute(
            "INSERT INTO person SELECT unnest(range($1::INTEGER + 1, $2::INTEGER + 1)), CAST(unnest($3) AS UUID)",
            [before, self._size, [str(person) for person in persons]],
        )
        if facts:
            with _in_memory(facts.encode()) as path:
                self.connection.execute(
                    "INSERT INTO fact SELECT $1::INTEGER + n, ($2::VARCHAR[])[a], value, since, until, doubt"  # noqa: S608
                    f" FROM read_csv($3, header = false, auto_detect = false, delim = '\t', quote = '', escape = '',"
                    f" nullstr = '', columns = {_COLUMNS})",
                    [before, list(attributes), path],
                )

    def close(self) -> None:
        """Forget everything."""
        self.connection.close()


@contextmanager
def _in_memory(data: bytes) -> Iterator[str]:
    """A path to read bytes from: memory on Linux; elsewhere a file without a name that goes with its handle."""
    file: IO[bytes]
    if hasattr(os, "memfd_create"):
        file = os.fdopen(os.memfd_create("facts"), "wb")
        place = f"/proc/self/fd/{file.fileno()}"
    else:
        file = tempfile.NamedTemporaryFile("wb")  # noqa: SIM115 - closed below
        place = file.name
    with file:
        file.write(data)
        file.flush()
        yield place
