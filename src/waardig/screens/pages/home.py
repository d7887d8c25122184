"""Overzicht (home): must I act, and what else is going on? Order of the five headings is fixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .frame import Frame
from .words import Amount, Deadline, Page, PersonName, SourceFailure, TrackStep, Words


@dataclass(frozen=True)
class Task:
    """What the resident must do: verb and object, how much work ("3 vragen over uw inkomen"), the term with its
    consequence.
    """

    words: Words
    href: str
    effort: Words
    deadline: Deadline


@dataclass(frozen=True)
class NextTask:
    """The next task that is expected. It comes to the resident on `on`."""

    words: Words
    on: date


@dataclass(frozen=True)
class Payment:
    """A payment that is to come or came.

    Args: on the last day, or the day it was paid; what "Uw bijstandsuitkering over mei"; account_end last digits of the
    account; state "returned" when the bank sent it back, "late" past its last day.
    """

    on: date
    amount: Amount
    what: Words
    account_end: str = ""
    state: Literal["due", "late", "returned", "paid"] = "due"


@dataclass(frozen=True)
class Money:
    """The heading Geld. to_pay_eurocent 0 shows "U hoeft ons niets te betalen."; failure replaces everything else."""

    payments: tuple[Payment, ...] = ()
    to_pay_eurocent: int = 0
    all_href: str = ""
    failure: SourceFailure | None = None


@dataclass(frozen=True)
class RunningCase:
    """A case that is being handled; ask is what we asked the resident, None when nothing is needed."""

    words: Words
    href: str
    track: tuple[TrackStep, ...]
    deadline: Deadline
    ask: Words | None = None


@dataclass(frozen=True)
class FoundItem:
    """A proposal. Never a reason (benefit, debt) here: only the amount, the service and the person it is for.
    The amount is None when we do not know it yet: perhaps there is something.

    Args: joint is True for a couple ("samen"); for_person names the person when a helper reads, else None.
    """

    amount: Amount | None
    service: Words
    href: str
    joint: bool = False
    for_person: PersonName | None = None


@dataclass(frozen=True)
class Found:
    """The heading Voor u gevonden. opted_out_on: the resident switched proposals off on that day."""

    items: tuple[FoundItem, ...] = ()
    check_href: str = ""
    opt_out_href: str = ""
    opted_out_on: date | None = None


@dataclass(frozen=True)
class FinishedCase:
    """A finished case. outcome "granted", "ended" or "unchanged"; bad news is never told here ("read the message")."""

    words: Words
    href: str
    outcome: Literal["granted", "read"]
    amount: Amount | None = None
    paid_on: date | None = None


@dataclass(frozen=True)
class Reach:
    """How we reach the resident. chosen_on None: nothing was chosen, so paper. display_href: large letters."""

    channel: Literal["paper", "digital", "mixed"]
    href: str
    chosen_on: date | None = None
    display_href: str = ""


@dataclass(frozen=True)
class Helpers:
    """Who may act or look along; href leads to giving or ending a mandate ("" while that is not offered)."""

    names: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True)
class HomePage(Page):
    """Args: tasks at most 3, worst consequence first; task_count all of them; running_failure as for money."""

    template: ClassVar[str] = "portal/home.html"
    partial: ClassVar[str] = "screens/_home.html"
    frame: Frame
    part_of_day: Literal["morning", "afternoon", "evening"]
    person: PersonName
    tasks: tuple[Task, ...]
    task_count: int
    all_tasks_href: str
    next_task: NextTask | None
    money: Money
    running: tuple[RunningCase, ...]
    running_failure: SourceFailure | None
    found: Found
    finished: tuple[FinishedCase, ...]
    finished_href: str
    reach: Reach
    helpers: Helpers
