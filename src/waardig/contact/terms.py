"""What somebody asks of a human: to be called back, to have a use of their data explained; and what was agreed. Door.

The words of a request stand behind the gate; here is only who, when, and how it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from waardig.kernel.errors import Refusal


class Kind(StrEnum):
    """call_back: please phone me; question: I do not understand this use of my data; note: what was agreed."""

    CALL_BACK = "call_back"
    QUESTION = "question"
    NOTE = "note"


class Outcome(StrEnum):
    """How it ended; open while it waits."""

    OPEN = "open"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    ANSWERED = "answered"
    AGREED = "agreed"


class When(StrEnum):
    """When somebody wants to be called."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    ANY = "any"


@dataclass(frozen=True)
class ContactRequest:
    """A request. Args: due_on our last day; officer whose task it is, by number; line the use that a question is about
    (its span); closed_on the day it ended."""

    id: UUID
    number: str
    kind: Kind
    person: UUID
    asked_on: date
    due_on: date
    officer: str
    outcome: Outcome
    line: str = ""
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for us."""
        return self.outcome is Outcome.OPEN


@dataclass(frozen=True)
class RequestText:
    """What was written. Args: phone and when of a call back; text of a question or note; answer when there is one."""

    phone: str = ""
    when: When = When.ANY
    text: str = ""
    answer: str = ""


class RequestUnknown(Refusal):
    """No such request, or not for this reader: the same answer for both."""

    def __init__(self) -> None:
        super().__init__(
            code="request_unknown",
            text_nl="Dit verzoek bestaat niet, of het is niet voor u.",
            text_en="This request does not exist, or it is not yours.",
            remedy="Open the request from the list.",
        )


class RequestClosed(Refusal):
    """A colleague was first: the request was answered already."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="request_closed",
            text_nl=f"Verzoek {number} is al afgerond.",
            text_en=f"Request {number} was closed already.",
            remedy="Read how it ended; ask the resident before doing it again.",
        )


class AnswerTooShort(Refusal):
    """An answer that explains nothing."""

    def __init__(self, least: int) -> None:
        self.least = least
        super().__init__(
            code="contact_answer_too_short",
            text_nl=f"Schrijf uw antwoord op in ten minste {least} tekens.",
            text_en=f"Write your answer in at least {least} characters.",
            remedy="The resident must understand what was done with the data and why.",
        )
