"""Questions of the public: the page where one asks and reads, and the desk's list and answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .forms import Field
from .frame import DeskFrame, Frame
from .words import Deadline, Link, Page, Words


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question with its answer, as published, and who answered by name and function."""

    text: str
    asked_on: date
    answer: str
    answered_on: date
    by: Words


@dataclass(frozen=True)
class QuestionsPage(Page):
    """Ask a question without signing in, and read what others asked. sent_on: just asked, answer by this day."""

    template: ClassVar[str] = "public/questions.html"
    frame: Frame
    back: Link
    service: Words
    action: str
    question: Field
    name: Field
    errors: tuple[Field, ...]
    answer_by: date | None
    waiting: int
    answered: tuple[AnsweredQuestion, ...]


@dataclass(frozen=True)
class QuestionLine:
    """One question that waits."""

    href: str
    service: Words
    asked_on: date
    answer_by: date
    late: int


@dataclass(frozen=True)
class DeskQuestionsPage(Page):
    """The list of questions of the public."""

    template: ClassVar[str] = "desk/questions.html"
    desk: DeskFrame
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class DeskQuestionPage(Page):
    """One question and the form for its answer; posts `published_text`, `answer` and `outcome` (answer | decline)."""

    template: ClassVar[str] = "desk/question.html"
    desk: DeskFrame
    back_href: str
    service: Words
    text: str
    name: str
    asked_on: date
    deadline: Deadline
    action: str
    outcome: Field
    published_text: Field
    answer: Field
    errors: tuple[Field, ...]
    signed_as: str
