"""What a destruction list says, as one fingerprint, and who may approve it. Pure.

Source: Archiefbesluit 1995 art. 8 (declaration of destruction); four eyes as in decision 0064.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from waardig.archive.terms import (
    ApprovedByMaker,
    DestructionLine,
    DestructionList,
    DestructionListChanged,
    LineState,
    ListState,
    NotADraft,
    ReasonMissing,
)

ROLE = "archief"
SHORTEST_REASON = 10
LONGEST_REASON = 300


@dataclass(frozen=True)
class Control:
    """The control total of a list: lines, the things they count for, the fingerprint of what they say."""

    lines: int
    items: int
    sha256: str


def control(lines: Iterable[DestructionLine]) -> Control:
    """The control total of the lines that were not taken off; the database makes the same (archive_control)."""
    kept = sorted((one for one in lines if one.state is not LineState.REMOVED), key=lambda one: one.place)
    said = "\n".join(
        f"{one.place}|{one.kind}|{one.subject}|{one.number}|{one.service}|{one.ending}|{one.result}|{one.term}"
        f"|{one.ended_on.isoformat()}|{one.action_on.isoformat()}|{one.items}"
        for one in kept
    )
    return Control(len(kept), sum(one.items for one in kept), sha256(said.encode()).hexdigest())


def check_draft(of: DestructionList) -> None:
    """Refuse to change a list that is no draft.

    Raises:
        NotADraft.
    """
    if of.state is not ListState.DRAFT:
        raise NotADraft(of.number, of.state)


def check_approval(of: DestructionList, lines: Iterable[DestructionLine], official: str, shown: str) -> None:
    """Refuse an approval by who made the list, of a list that is no draft or not the one that was shown.

    Args:
        shown: the fingerprint that the official saw, or its first characters (at least eight).

    Raises:
        NotADraft, ApprovedByMaker, DestructionListChanged.
    """
    check_draft(of)
    if of.made_by == official:
        raise ApprovedByMaker(of.number)
    found = control(lines)
    same = found.sha256 == of.sha256 and found.lines == of.lines and found.items == of.items
    if not same or not found.lines or len(shown) < 8 or not of.sha256.startswith(shown):
        raise DestructionListChanged(of.number)


def reason_given(text: str) -> str:
    """A reason, trimmed.

    Raises:
        ReasonMissing: shorter than ten characters.
    """
    said = " ".join(text.split())[:LONGEST_REASON]
    if len(said) < SHORTEST_REASON:
        raise ReasonMissing
    return said
