"""Histories of facts as they would stand after years of keeping, and what a look back on them answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import psycopg
from psycopg.types.json import Jsonb

INFINITE = date.max


@dataclass(frozen=True)
class Kept:
    """One recorded fact: it held from since to until (included), and was known from heard until replaced."""

    value: int
    since: date
    until: date
    heard: datetime
    replaced: datetime | None = None


Saying = tuple[int, date, date]
"""The value, its first day and its last day; the last of all days is an open end."""


def moment(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def history(sayings: list[tuple[date, Saying]]) -> list[Kept]:
    """What stands after these sayings, each heard on its day, in that order: nothing overlaps at any moment."""
    rows: list[Kept] = []
    for day, (value, since, until) in sorted(sayings, key=lambda one: one[0]):
        now, rest = moment(day), []
        for row in rows:
            if row.replaced is None and row.since <= until and since <= row.until:
                rest.append(replace(row, replaced=now))
                if row.since < since:
                    rest.append(replace(row, until=since - timedelta(days=1), heard=now))
                if until < row.until:
                    rest.append(replace(row, since=until + timedelta(days=1), heard=now))
            else:
                rest.append(row)
        rows = [one for one in rest if one.replaced != one.heard]
        rows.append(Kept(value, since, until, now))
    return rows


def put(owner: psycopg.Connection, person: UUID, attribute: str, rows: list[Kept]) -> None:
    """Stand these in the register, as its owner: no test can wait ten years."""
    for row in rows:
        owner.execute(
            "INSERT INTO reg.fact (fact, person, attribute, value, valid_from, valid_to, recorded_at, superseded_at,"
            " holder, source) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'proef', 'proef')",
            (uuid4(), person, attribute, Jsonb(row.value), row.since, None if row.until == INFINITE else row.until,
             row.heard, row.replaced),
        )  # fmt: skip


def standing(owner: psycopg.Connection, person: UUID, attribute: str) -> list[Kept]:
    rows = owner.execute(
        "SELECT value, valid_from, valid_to, recorded_at, superseded_at FROM reg.fact"
        " WHERE person = %s AND attribute = %s",
        (person, attribute),
    ).fetchall()
    return [Kept(value, since, until or INFINITE, heard, replaced) for value, since, until, heard, replaced in rows]


def looked_back(rows: list[Kept], day: date, known: datetime) -> list[int]:
    """What held on a day, as it was known at a moment."""
    return [
        row.value
        for row in rows
        if row.since <= day <= row.until and row.heard <= known and (row.replaced is None or row.replaced > known)
    ]
