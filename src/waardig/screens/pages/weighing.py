"""Verantwoording (07): the weighing of a service, public, without personal data.

Counts below 10 never stand here: the builder adds small cells to another so that no difference shows them either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .frame import Frame
from .words import Link, Page, Words

State = Literal["in_use", "announced", "suspended", "expired", "draft"]


@dataclass(frozen=True)
class WeighedValue:
    """A value at stake. Args: weight 1-5; meaning one sentence; safeguard the sentence after "Daarom:" (harmed
    values).
    """

    words: Words
    weight: int
    meaning: Words
    safeguard: Words | None = None


@dataclass(frozen=True)
class WeighedOption:
    """An option the deciding body had."""

    words: Words
    explains: Words
    chosen: bool = False


@dataclass(frozen=True)
class Condition:
    """A safeguard with its last measurement (None: never measured)."""

    words: Words
    measured: Words | None
    on: date | None
    verdict: Literal["met", "failed", "too_little", "never"]


@dataclass(frozen=True)
class RoundCount:
    """One figure of the round. Values below 10 are merged before they come here."""

    words: Words
    count: int


@dataclass(frozen=True)
class RoundFigures:
    """A round. Args: on its day; counts that may be shown; paid_eurocent granted so far (None: not shown); as_of
    the day of these figures; download_href a CSV; rounds_href all rounds; rounded: the sum was rounded so that nobody
    can work out an amount."""

    on: date
    counts: tuple[RoundCount, ...]
    paid_eurocent: int | None
    as_of: date
    download_href: str = ""
    rounds_href: str = ""
    rounded: bool = False


@dataclass(frozen=True)
class Suspension:
    """The service stands still since a day, with why and what goes on."""

    since: date
    why: Words
    goes_on: Words


@dataclass(frozen=True)
class WeighingPage(Page):
    """The whole weighing on one page.

    Args: body "het college"; state with decided_on, valid_until, starts_on (announced); gain_sum and harm_sum the
    sums of the weights (the drawing tips to the heavier side); against who was against; round None: "Er was nog geen
    ronde.".
    """

    template: ClassVar[str] = "public/weighing.html"
    frame: Frame
    back_href: str
    title: Words
    answer: Words
    state: State
    decided_on: date | None
    valid_until: date | None
    starts_on: date | None
    suspension: Suspension | None
    body: Words
    gaining: tuple[WeighedValue, ...]
    harmed: tuple[WeighedValue, ...]
    gain_sum: int
    harm_sum: int
    options: tuple[WeighedOption, ...]
    against: Words | None
    opinions: Link | None
    conditions: tuple[Condition, ...]
    round: RoundFigures | None
    more: tuple[Link, ...]
    question_href: str
    check_href: str = ""
