"""From the versions of one value (newest first, as a source keeps them) to spells that do not overlap.

Invariant: a spell ends the day before the next one starts. What cannot be placed in time is told, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from waardig.registers.core.incomplete_date import bounds, from_digits


@dataclass(frozen=True)
class Version:
    """One version of a value in a source.

    Attributes:
        start: eight digits as the BRP writes them: 20100000 is a day in 2010, 00000000 is not known.
        recorded: the day the source wrote it down, eight digits: by then it held.
        value: None where nothing holds from then on; its spell is given like any other.
        line: where it stands in the file.
    """

    start: str
    value: object
    recorded: str = ""
    doubt: bool = False
    line: int = 0


@dataclass(frozen=True)
class Spell:
    """A value with its first and last day; None = always so far, still so."""

    value: object
    valid_from: date | None
    valid_to: date | None = None
    doubt: bool = False


Complain = Callable[[str, Version], None]
Same = Callable[[object, object], bool]


def spells_of(versions: Sequence[Version], complain: Complain, same: Same | None = None) -> tuple[Spell, ...]:
    """The spells of a value, oldest first.

    Args:
        versions: newest first.
        complain: called with a kind of problem and the version it is about: `unknown_start`, `incomplete_start`,
            `history_out_of_order` (everything older is left out) or `same_start` (the newer one is taken).
        same: whether two values are one value with more said of it; equality when None.
    """
    alike = same or (lambda one, other: one == other)
    found: list[Spell] = []
    for version in reversed(versions):
        before = found[-1] if found else None
        start, kind = _start(version, before)
        if kind is not None:
            complain(kind, version)
        if kind == "history_out_of_order":
            found = []
        elif before is not None:
            if alike(before.value, version.value):
                found[-1] = replace(before, value=version.value, doubt=version.doubt)
                continue
            found.pop()
            if before.valid_from == start:
                complain("same_start", version)
            elif start is not None:
                found.append(replace(before, valid_to=start - timedelta(days=1)))
        found.append(Spell(version.value, start, None, version.doubt))
    return tuple(found)


def _start(version: Version, before: Spell | None) -> tuple[date | None, str | None]:
    """The first day of a version and what is odd about it: the first day that is possible, after the version before."""
    text = from_digits(version.start) if version.start else None
    possible = bounds(text) if text else None
    earlier = before.valid_from if before else None
    if possible is None:
        if before is None:
            return None, "unknown_start"
        written = from_digits(version.recorded)
        day = bounds(written) if written else None
        if day is None or (earlier is not None and day[0] <= earlier):
            return None, "history_out_of_order"
        return day[0], "unknown_start"
    first, last = possible
    if earlier is not None and last < earlier:
        return first, "history_out_of_order"
    day_one = max(first, earlier) if earlier is not None else first
    return day_one, None if first == last else "incomplete_start"
