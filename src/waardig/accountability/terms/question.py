"""A question of the public about a service: asked without a name, answered by a named official, published together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from waardig.kernel.errors import Refusal

WORKING_DAYS = 10
LONGEST = 2000
LONGEST_NAME = 80
SHORTEST_ANSWER = 20
PER_SENDER_AN_HOUR = 5
OPEN_A_SERVICE = 200


class QuestionState(StrEnum):
    """open (wacht) · answered (beantwoord en openbaar) · declined (niet openbaar gemaakt)."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"


@dataclass(frozen=True)
class Question:
    """A question. What was typed (`text`, `name`) is kept only while it is open; then what may be public remains."""

    id: UUID
    service: str
    state: QuestionState
    text: str
    name: str
    asked_on: date
    answer_by: date
    published_text: str = ""
    answer: str = ""
    answered_on: date | None = None
    official: str = ""


class TooManyQuestions(Refusal):
    """More questions than can be read: from one place in an hour, or waiting for one service."""

    def __init__(self, service: str) -> None:
        super().__init__(
            code="too_many_questions",
            text_nl="Er komen nu te veel vragen tegelijk. Probeer het over een uur opnieuw, of bel ons.",
            text_en=f"Too many questions about {service} at once; this one was not kept.",
            remedy="Try again in an hour, or call.",
        )


class QuestionUnknown(Refusal):
    """No such question."""

    def __init__(self) -> None:
        super().__init__(
            code="question_unknown",
            text_nl="Deze vraag is er niet.",
            text_en="There is no such question.",
            remedy="Open the list of questions again.",
        )


class QuestionClosed(Refusal):
    """A question that a colleague already answered or left unpublished."""

    def __init__(self) -> None:
        super().__init__(
            code="question_closed",
            text_nl="Een collega handelde deze vraag al af.",
            text_en="A colleague already dealt with this question.",
            remedy="Open the list of questions again.",
        )


class AnswerIncomplete(Refusal):
    """An answer or a published question that is too short to say anything."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            code="answer_incomplete",
            text_nl="De vraag en het antwoord moeten allebei leesbaar zijn.",
            text_en=f"{field} is too short; the public reads both question and answer.",
            remedy=f"Write at least {SHORTEST_ANSWER} characters as the answer, and leave the question readable.",
        )
