"""Wie gebruikte mijn gegevens: sentences "wie deed wat, waarom", by week, newest first.

Invariant: no sentence about a gap, and no entry that would disclose another person's affairs (left out by rule).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from .forms import Field
from .frame import Frame
from .words import Link, Page, Paging, PersonName, Words


@dataclass(frozen=True)
class UsageEntry:
    """One use. Args: sentence "**Team Inkomen** keek of u geld misloopt."; at aware time; kept_until; basis why it was
    allowed (a link to the decision or law); consequence what followed from it, None if nothing; destroyed_on the day
    on which the case it was for was destroyed, destroyed_by the number of the list; question_href "Dit begrijp ik
    niet"; by_computer no human looked; unusual gets the chip and stands first in its week."""

    sentence: Words
    at: datetime
    attributes: tuple[Words, ...]
    purpose: Words
    basis: Words
    question_href: str
    kept_until: date | None = None
    consequence: Link | None = None
    by_computer: bool = False
    unusual: bool = False
    destroyed_on: date | None = None
    destroyed_by: str = ""


@dataclass(frozen=True)
class FoldedUse:
    """Over 20 entries of one kind in a week: one sentence with a count."""

    sentence: Words
    count: int


@dataclass(frozen=True)
class UsageWeek:
    """A week from Monday `first` to Sunday `last`."""

    relation: Literal["this", "previous", "other"]
    first: date
    last: date
    entries: tuple[UsageEntry, ...]
    folded: tuple[FoldedUse, ...] = ()


@dataclass(frozen=True)
class NextUse:
    """A service that looks by itself: for whom, with which data, whether it runs now (or from which day), when it last
    looked at the reader (None: not yet, as far as the lines that are kept say), and the public page about it.
    """

    service: Words
    purpose: Words
    people: Words
    data: tuple[Words, ...]
    runs: bool
    runs_from: date | None
    last: date | None
    more_href: str


@dataclass(frozen=True)
class Receiver:
    """Who receives data from the municipality, and for which act."""

    name: Words
    act: Words


@dataclass(frozen=True)
class UsagePage(Page):
    """Args: since first day shown; times and organisations counted over what is shown; earlier_href the older
    entries; proofs_href the lines as a file with proofs ("" where there is none), check_href where it is
    checked; next_uses, receivers: who will use the data next.
    """

    template: ClassVar[str] = "portal/usage.html"
    partial: ClassVar[str] = "screens/_usage.html"
    frame: Frame
    about: PersonName | None
    since: date
    times: int
    organisations: int
    weeks: tuple[UsageWeek, ...]
    earlier_href: str
    earlier_since: date | None
    opt_out_href: str
    paging: Paging
    proofs_href: str = ""
    check_href: str = ""
    next_uses: tuple[NextUse, ...] = ()
    receivers: tuple[Receiver, ...] = ()


@dataclass(frozen=True)
class UsageQuestionPage(Page):
    """ "Dit begrijp ik niet": ask about one use. The form posts `question`; errors (name, code) as in forms."""

    template: ClassVar[str] = "portal/usage_question.html"
    frame: Frame
    back_href: str
    action: str
    entry: UsageEntry
    question: Field
    errors: tuple[Field, ...]


@dataclass(frozen=True)
class UsageQuestionSentPage(Page):
    """The receipt of such a question: a named officer answers on answer_by at the latest (10 working days)."""

    template: ClassVar[str] = "portal/usage_question_sent.html"
    frame: Frame
    case_number: str
    answer_by: date
    back_href: str
