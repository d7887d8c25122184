"""Desk pages of destruction (vernietigen): the lists, and one list that two officials check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .frame import DeskFrame
from .words import Page, Paging, Words


@dataclass(frozen=True)
class DestructionListLine:
    """One list in the list of lists."""

    number: str
    href: str
    state: Words
    made_on: date
    by: str
    lines: int


@dataclass(frozen=True)
class HeldCase:
    """A case that an official keeps, with the reason. again: the day to look again; is_past it has come."""

    number: str
    reason: str
    by: str
    on: date
    again: date | None
    is_past: bool


@dataclass(frozen=True)
class HoldTyped:
    """What was typed about keeping a case longer, and about ending that; empty before a refusal."""

    number: str = ""
    reason: str = ""
    until: str = ""
    lift_number: str = ""
    lift_reason: str = ""


@dataclass(frozen=True)
class DestructionListsPage(Page):
    """Vernietigen: how much is past its term, and the lists. The forms post `step` = make, hold (with `number`,
    `reason`, `until`) or lift (with `lift_number`, `lift_reason`).

    Args: past how many cases are past their term, those that something holds too; refused why the last step was.
    """

    template: ClassVar[str] = "desk/destruction_lists.html"
    desk: DeskFrame
    action: str
    past: int
    held: tuple[HeldCase, ...]
    typed: HoldTyped
    lists: tuple[DestructionListLine, ...]
    paging: Paging
    refused: Words | None


@dataclass(frozen=True)
class DestructionLineShown:
    """One line: what it is, how it ended, the ground and days, what became of it. service of a case or a round."""

    place: int
    number: str
    service: Words
    ending: Words
    ground: str
    ended_on: date
    action_on: date
    items: int
    state: Words
    why: Words | None


@dataclass(frozen=True)
class DestructionListPage(Page):
    """One list. The forms of a draft post `step` = approve (with `count` and `shown`) / remove (with `place` and
    `reason`) / withdraw (with `reason`); of an approved list `step` = declaration, which gives a file.

    Args: own the reader made it, so somebody else approves; shown the fingerprint of what this page says; destroyed
    and skipped lines so far; typed, place and reason as typed after a refusal.
    """

    template: ClassVar[str] = "desk/destruction_list.html"
    desk: DeskFrame
    back_href: str
    action: str
    number: str
    state: Words
    is_draft: bool
    is_approved: bool
    is_executed: bool
    own: bool
    made_on: date
    made_by: str
    approved_on: date | None
    approved_by: str
    executed_on: date | None
    count: int
    items: int
    destroyed: int
    skipped: int
    shown: str
    typed: str
    place: str
    reason: str
    lines: tuple[DestructionLineShown, ...]
    paging: Paging
    refused: Words | None
