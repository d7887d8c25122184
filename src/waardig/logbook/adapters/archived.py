"""What stands in the archive, for a function of the gate that asked for it, and whether the files are whole.

Which files and whom, the database says: for a ticket, for a reading of oversight, or for lines that go on elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from waardig.logbook.adapters import archive_files as files
from waardig.logbook.adapters.gate import call_gate
from waardig.logbook.terms import Archived, ArchiveDamaged, ArchiveFault, LineRef, TicketLike

_SPAN = "(span::HUGEINT + CASE WHEN span < 0 THEN 18446744073709551616 ELSE 0 END)"
"""A span as the whole number that its bytes are: a file has it with a sign."""


def archives() -> tuple[Archived, ...]:
    """The months that stand in files, oldest first."""
    rows = call_gate("SELECT month, file, sha256, bytes, lines, first, last, archived_at FROM gate.archives()")
    return tuple(
        Archived(month, file, bytes(digest), size, lines, first, last, at)
        for month, file, digest, size, lines, first, last, at in cast(
            "list[tuple[str, str, bytes, int, int, int, int, datetime]]", rows
        )
    )


def of_ticket(ticket: TicketLike) -> str:
    """The archived lines of the persons of a ticket, to bring to the function that gives their lines."""

    def found() -> str:
        rows = cast(
            "list[tuple[str, list[int]]]", call_gate("SELECT file, heads FROM gate.archived_of(%s)", [ticket.id])
        )
        heads = sorted({head for _, some in rows for head in some})
        return files.lines_in([file for file, _ in rows], *_one_of("head", heads))

    return _again_when_replaced(found)


def for_reading(caller: str, query: Mapping[str, object], most: int) -> str:
    """At most so many archived lines that a question of oversight is about, in the order of a page.

    Args:
        query: as `gate.ask_log` takes it: trace_id, subject, activity_uri, start, end, after.
    """
    asked = json.dumps(query)
    after = cast("Mapping[str, Any] | None", query.get("after"))

    def found() -> str:
        rows = call_gate("SELECT file, forms FROM gate.archived_for(%s, %s::jsonb)", [caller, asked])
        known = cast("list[tuple[str, list[int] | None]]", rows)
        where, values = _asked(query, sorted({form for _, forms in known for form in forms or ()}))
        if after:
            where += f" AND (began, trace::VARCHAR, {_SPAN}) > (?, ?, ?::HUGEINT)"
            values += [after["start"], str(UUID(after["trace"])), int(after["span"], 16)]
        order = f"ORDER BY began, trace::VARCHAR, {_SPAN} LIMIT {int(most)}"
        return files.lines_in([file for file, _ in known], where, values, order=order)

    return _again_when_replaced(found)


def of_places(first: int, past: int) -> str:
    """The archived lines of these places of the tree."""

    def found() -> str:
        rows = cast("list[tuple[str]]", call_gate("SELECT file FROM gate.archived_places(%s, %s)", [first, past]))
        return files.lines_in([file for (file,) in rows], "place >= ? AND place < ?", [first, past])

    return _again_when_replaced(found)


def _asked(query: Mapping[str, object], forms: list[int]) -> tuple[str, list[object]]:
    """The conditions of a question, over the columns of a file."""
    where, values = "true", cast("list[object]", [])
    if "trace_id" in query:
        where, values = where + " AND trace = ?::UUID", [*values, str(query["trace_id"])]
    if "subject" in query:
        head = int.from_bytes(bytes.fromhex(str(query["subject"]))[:8], "big", signed=True)
        where, values = where + " AND head = ?", [*values, head]
    if "activity_uri" in query:
        also, some = _one_of("form", forms)
        where, values = f"{where} AND {also}", [*values, *some]
    if "start" in query:
        where, values = where + " AND began >= ?", [*values, query["start"]]
    if "end" in query:
        where, values = where + " AND began + took <= ?", [*values, query["end"]]
    return where, values


def _one_of(column: str, values: list[int]) -> tuple[str, list[object]]:
    """One value is compared, so that groups of lines without it are passed over."""
    if len(values) == 1:
        return f"{column} = ?", list(values)
    return f"{column} IN (SELECT unnest(?::BIGINT[]))", [values]


def _again_when_replaced(found: Callable[[], str]) -> str:
    """A file may be written anew, without lines that went, between the answer and the reading: then asked again."""
    try:
        return found()
    except ArchiveDamaged:
        return found()


def look_at_archives() -> tuple[int, tuple[LineRef, ...], tuple[ArchiveFault, ...]]:
    """How many lines stand in files, which of them do not fit their leaf, and what is wrong with the files."""
    changed: list[LineRef] = []
    faults: list[ArchiveFault] = []
    total = 0
    for one in archives():
        total += one.lines
        for why in _wrong(one, changed):
            faults.append(ArchiveFault(one.month, one.file, why, one.first, one.last, one.lines))
    return total, tuple(changed), tuple(faults)


def _wrong(one: Archived, changed: list[LineRef]) -> Iterator[str]:
    file = files.archive_folder() / one.file
    if not file.is_file():
        yield "missing"
        return
    if files.sha256_of(file) != one.sha256:
        yield "changed: other bytes than when it was written"
    places: set[int] = set()
    try:
        for part in files.batches([one.file]):
            for place, trace, span, leaf in leaves_of(one.month, part):
                if leaf is None:
                    changed.append(LineRef(trace.hex(), span.hex()))
                places.add(place)
    except ArchiveDamaged:
        yield "unreadable"
        return
    if len(places) != one.lines:
        yield f"incomplete: {len(places)} of its lines are there"


def leaves_of(month: str, rows: str) -> list[tuple[int, bytes, bytes, bytes | None]]:
    """Place, trace, span and leaf of lines of a file; no leaf where the line does not fit its place in the tree."""
    found = call_gate("SELECT place, trace_id, span_id, leaf FROM gate.leaves_of(%s, %s::jsonb)", [month, rows])
    return [
        (place, bytes(trace), bytes(span), None if leaf is None else bytes(leaf))
        for place, trace, span, leaf in cast("list[tuple[int, bytes, bytes, bytes | None]]", found)
    ]
