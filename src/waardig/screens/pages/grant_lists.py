"""Desk pages for lists of announced grants: which lists wait, and one list that an official confirms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .forms import Field
from .frame import DeskFrame
from .words import Page, Words


@dataclass(frozen=True)
class ListLine:
    """One list: the service, the day on which it was judged, how many cases wait, until when we promised to decide."""

    service: Words
    href: str
    listed_on: date
    count: int


@dataclass(frozen=True)
class GrantListsPage(Page):
    """Lists that wait for an official."""

    template: ClassVar[str] = "desk/grant_lists.html"
    desk: DeskFrame
    back_href: str
    lists: tuple[ListLine, ...]


@dataclass(frozen=True)
class CaseRow:
    """One case of a list. Args: standing in words; href "" when it need not be opened; what a person decided."""

    number: str
    kind: Words
    amount_eurocent: int
    standing: Words
    href: str = ""
    decided_eurocent: int | None = None


@dataclass(frozen=True)
class KindTotal:
    """How many households of one type, and how much together, in eurocent."""

    kind: Words
    count: int
    amount_eurocent: int


@dataclass(frozen=True)
class RuleLine:
    """One rule that was applied: the law with its version and status."""

    law: str
    version: str


@dataclass(frozen=True)
class GrantListPage(Page):
    """One list: count, total, types, rules, the sample, what is left out and why; then the control total.

    Args: may_confirm False hides the form and `why_not` says why; held_back: the sample deviates, and release holds the
    field with which a second official lets the list go on (None: not this official's to do); total as the form asks it
    to be typed (`total`); done counts what was confirmed before and how many decisions were made of it.
    """

    template: ClassVar[str] = "desk/grant_list.html"
    desk: DeskFrame
    back_href: str
    action: str
    service: Words
    listed_on: date
    count: int
    total_eurocent: int
    kinds: tuple[KindTotal, ...]
    rules: tuple[RuleLine, ...]
    sample: tuple[CaseRow, ...]
    sample_percent: int
    left_out: tuple[CaseRow, ...]
    rows: tuple[CaseRow, ...]
    confirmed: int
    granted: int
    held_back: bool
    release: Field | None
    released_by: str
    may_confirm: bool
    why_not: Words | None
    total: Field
    errors: tuple[Field, ...]
