"""Desk pages besides deciding: post that could not go out, reports that a value is wrong, and answering one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .forms import Field
from .frame import DeskFrame
from .words import Deadline, Page, Paging, PersonName, Shown, Words


@dataclass(frozen=True)
class HeldLine:
    """Post that waits for a person. Args: id of the delivery, posted back; number of the case, "" when there is none;
    subject as sent (neutral); why it waits; since which day; to_administrator: it goes to the administrator."""

    id: str
    number: str
    subject: Words
    why: Words
    since: date
    to_administrator: bool


@dataclass(frozen=True)
class HeldPage(Page):
    """Post that could not go out. The form of a line posts `delivery` and `step` = release / cancel."""

    template: ClassVar[str] = "desk/held.html"
    desk: DeskFrame
    back_href: str
    action: str
    total: int
    lines: tuple[HeldLine, ...]
    paging: Paging


@dataclass(frozen=True)
class ContactLine:
    """A request to a human. Args: kind in words; due_on our last day; late days past it."""

    number: str
    href: str
    kind: Words
    asked_on: date
    due_on: date
    late: int


@dataclass(frozen=True)
class ContactListPage(Page):
    """Who wants to be called, and who asked about the use of their data; the first last day on top."""

    template: ClassVar[str] = "desk/contact.html"
    desk: DeskFrame
    back_href: str
    total: int
    lines: tuple[ContactLine, ...]
    paging: Paging


@dataclass(frozen=True)
class ContactRequestPage(Page):
    """One request. A call back posts `outcome` = reached / not_reached, a question `answer`. Args: phone, when and text
    what was asked; is_call tells the two apart; about the use that a question is about, in words; closed how it ended.
    """

    template: ClassVar[str] = "desk/contact_request.html"
    desk: DeskFrame
    back_href: str
    action: str
    number: str
    person: PersonName
    is_call: bool
    phone: str
    when: Words
    text: str
    deadline: Deadline
    answer: Field
    errors: tuple[Field, ...]
    closed: Words | None


@dataclass(frozen=True)
class CorrectionLine:
    """A report. Args: label of the value; holder who keeps it; answer_by our last day; late days past it."""

    number: str
    href: str
    label: Words
    holder: Words
    reported_on: date
    answer_by: date
    late: int


@dataclass(frozen=True)
class CorrectionsPage(Page):
    """Reports that a value is wrong, the first last day on top."""

    template: ClassVar[str] = "desk/corrections.html"
    desk: DeskFrame
    back_href: str
    total: int
    lines: tuple[CorrectionLine, ...]
    paging: Paging


@dataclass(frozen=True)
class CorrectionAnswerPage(Page):
    """One report, and the form that answers it.

    Args: value and source as they stand now; said what the resident says it should be and explanation, None when that
    text cannot be read; form posts `outcome` = upheld / absent / stands, the fields in `corrected` (the right value)
    and `answer` (own words to the resident); example how to type the value; is_open False: it was answered.
    """

    template: ClassVar[str] = "desk/correction_answer.html"
    desk: DeskFrame
    back_href: str
    action: str
    number: str
    person: PersonName
    label: Words
    value: Shown
    source: Words
    since: date | None
    said: str | None
    explanation: str
    deadline: Deadline
    outcome: Field
    corrected: tuple[tuple[Words, Field], ...]
    example: Words | None
    answer: Field
    errors: tuple[Field, ...]
    is_open: bool
