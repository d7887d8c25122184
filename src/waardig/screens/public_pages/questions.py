"""Vraag of twijfel? Questions about a service with their answers, and the form to ask one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from waardig.accountability.queries import questions
from waardig.accountability.terms import LONGEST, LONGEST_NAME, Question
from waardig.catalogue import queries as catalogue
from waardig.kernel.clock import business_today
from waardig.screens.frames import address
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.questions import AnsweredQuestion, QuestionsPage
from waardig.screens.pages.words import Words
from waardig.screens.public_pages.words import to_service, words


def read_question(posted: Mapping[str, str]) -> dict[str, FieldError]:
    """What is wrong with what was typed, by field; empty when nothing is."""
    wrong: dict[str, FieldError] = {}
    if len(posted.get("question", "").strip()) < 3:
        wrong["question"] = FieldError.QUESTION_EMPTY
    elif len(posted["question"]) > LONGEST:
        wrong["question"] = FieldError.TOO_LONG
    if len(posted.get("name", "")) > LONGEST_NAME:
        wrong["name"] = FieldError.NAME_TOO_LONG
    return wrong


def questions_page(
    service: str,
    frame: Frame,
    *,
    posted: Mapping[str, str] | None = None,
    wrong: Mapping[str, FieldError] | None = None,
    answer_by: date | None = None,
) -> QuestionsPage:
    """The page of one service.

    Raises:
        UnknownService: there is no such service.
    """
    name, typed, errors = words(catalogue.service(service).name), posted or {}, wrong or {}
    fields = [Field(field, typed.get(field, ""), errors.get(field)) for field in ("question", "name")]
    return QuestionsPage(
        frame=frame,
        back=to_service(service, name),
        service=name,
        action=address("public:questions", service),
        question=fields[0],
        name=fields[1],
        errors=tuple(field for field in fields if field.error),
        answer_by=answer_by,
        waiting=questions.waiting(business_today(), service).count,
        answered=tuple(_answered(one) for one in questions.answered(service)),
    )


def _answered(one: Question) -> AnsweredQuestion:
    return AnsweredQuestion(
        text=one.published_text,
        asked_on=one.asked_on,
        answer=one.answer,
        answered_on=one.answered_on or one.asked_on,
        by=official_words(one.official),
    )


def official_words(official: str) -> Words:
    """Who answered: name and team, as the municipality's content says."""
    here = catalogue.municipality()
    known = here.officials.get(official)
    if known is None:
        return Words("een medewerker van de gemeente", "an official of the municipality")
    team = here.teams[known.team].name
    return Words(f"{known.name}, {team.nl}", f"{known.name}, {team.en}")
