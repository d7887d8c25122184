"""Pages of the desk about people whom a round left to a person: the list without names, and one opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .forms import Field
from .frame import DeskFrame
from .words import Amount, Page, Paging, PersonName, Shown, Words


@dataclass(frozen=True)
class LeftLine:
    """One line, without a name: a list is no reason to read. Args: number; second: it waits for a colleague."""

    number: str
    href: str
    service: Words
    why: Words
    since: date
    second: bool


@dataclass(frozen=True)
class LeftFilter:
    """A choice of the list with how many there are. Args: href; chosen."""

    label: Words
    href: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class LeftListPage(Page):
    """Who waits for a person after a round, the oldest round first."""

    template: ClassVar[str] = "desk/left_list.html"
    desk: DeskFrame
    back_href: str
    total: int
    filters: tuple[LeftFilter, ...]
    lines: tuple[LeftLine, ...]
    paging: Paging


@dataclass(frozen=True)
class LeftFact:
    """What is known. Args: whose it is ("" of the person themselves); in_doubt: it is being looked into."""

    label: Words
    value: Shown
    since: date | None
    of_partner: bool
    in_doubt: bool


@dataclass(frozen=True)
class LeftPage(Page):
    """One person, opened: what is known, why the round stopped, and what an official can do.

    Posts `step` = ask | begin (with `applied_on` and `how`) | close (with `because`) | agree | disagree.

    Args: today_words: what the law says of the facts of today; done: what was done, None while it waits; closing: the
    reason that a colleague proposed, None when nobody did; may_agree: this official may confirm it.
    """

    template: ClassVar[str] = "desk/left.html"
    desk: DeskFrame
    back_href: str
    action: str
    number: str
    service: Words
    person: PersonName | None
    why: Words
    since: date
    today_words: Words | None
    amount: Amount | None
    facts: tuple[LeftFact, ...]
    ask_words: Words | None
    applied_on: Field | None
    how: Field | None
    because: Field | None
    closing: Words | None
    closing_by: str
    may_agree: bool
    done: Words | None
    done_by: Words
    case_number: str
    case_href: str
    errors: tuple[Field, ...]
