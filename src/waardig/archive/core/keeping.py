"""An executed destruction list as a text that is kept outside the database, and read again after a restore. Pure.

Ids, numbers, endings and days; nothing about a person. The control total of the list is checked when it is read, so a
text in which a line was changed is refused (decision 0073).
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from waardig.archive.core.listing import control
from waardig.archive.terms import (
    DestructionLine,
    DestructionList,
    Kept,
    KeptListUnreadable,
    LineKind,
    LineState,
    ListState,
)

FORMAT = "waardig/destroyed/v1"
_LIST = ("id", "number", "made_on", "made_by", "approved_by", "approved_on", "lines", "items", "sha256")
_LINE = (
    "id", "place", "kind", "subject", "number", "service", "ending", "result", "term", "ended_on", "action_on", "items",
)  # fmt: skip
_SEQUENCE = re.compile(r"(?P<prefix>.+-V)(?P<last>\d+)")


def kept_text(kept: Kept) -> str:
    """What an approved list destroyed so far: the list, its lines, and which of them are gone.

    Reasons that officials wrote are left out. The same list in the same state gives the same text.
    """
    said = {
        "list": _plain(asdict(kept.list), _LIST),
        "lines": [{**_plain(asdict(one), _LINE), "destroyed": one.state is LineState.DESTROYED} for one in kept.lines],
    }
    return f"{FORMAT}\n{json.dumps(said, sort_keys=True, separators=(',', ':'))}\n"


def _plain(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] if isinstance(row[name], int) else str(row[name]) for name in names}


def read_kept(text: str, place: str) -> Kept:
    """The list and its lines from a text of `kept_text`; what comes after the second line (a signature) is left alone.

    Args:
        place: where it was found, for who reads the refusal.

    Raises:
        KeptListUnreadable: it is no such text, or its lines do not give the control total of the list.
    """
    head, _, rest = text.partition("\n")
    if head != FORMAT:
        raise KeptListUnreadable(place, "it is not an executed destruction list")
    try:
        said = json.loads(rest.split("\n", 1)[0])
        of, lines = _list_of(said["list"]), tuple(_line_of(one) for one in said["lines"])
    except (ValueError, KeyError, TypeError) as problem:
        raise KeptListUnreadable(place, "it is damaged") from problem
    found = control(lines)
    if (found.lines, found.items, found.sha256) != (of.lines, of.items, of.sha256):
        raise KeptListUnreadable(place, "its lines do not give its control total")
    return Kept(of, lines)


def _list_of(said: dict[str, Any]) -> DestructionList:
    return DestructionList(
        id=UUID(said["id"]),
        number=said["number"],
        state=ListState.APPROVED,
        made_on=date.fromisoformat(said["made_on"]),
        made_by=said["made_by"],
        lines=said["lines"],
        items=said["items"],
        sha256=said["sha256"],
        approved_by=said["approved_by"],
        approved_on=date.fromisoformat(said["approved_on"]),
        executed_on=None,
    )


def _line_of(said: dict[str, Any]) -> DestructionLine:
    return DestructionLine(
        id=UUID(said["id"]),
        subject=UUID(said["subject"]),
        kind=LineKind(said["kind"]),
        ended_on=date.fromisoformat(said["ended_on"]),
        action_on=date.fromisoformat(said["action_on"]),
        state=LineState.DESTROYED if said["destroyed"] else LineState.WAITING,
        reason="",
        changed_by="",
        changed_on=None,
        parts={},
        **{name: said[name] for name in ("place", "number", "service", "ending", "result", "term", "items")},
    )


def sequence_of(number: str) -> tuple[str, int]:
    """The counter and the place in it of the number of a list.

    Example:
        >>> sequence_of("RW-2025-V0012")
        ('RW-2025-V', 12)

    Raises:
        KeptListUnreadable: it is no number of a list.
    """
    found = _SEQUENCE.fullmatch(number)
    if found is None:
        raise KeptListUnreadable(number, "it is no number of a destruction list")
    return found["prefix"], int(found["last"])
