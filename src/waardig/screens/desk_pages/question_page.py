"""Questions of the public at the desk: the list, and answering one by publishing it after a human check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waardig.accountability.queries import questions
from waardig.accountability.terms import LONGEST, SHORTEST_ANSWER, Question
from waardig.kernel.clock import business_today
from waardig.screens.desk_pages import words
from waardig.screens.frames import address
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.questions import DeskQuestionPage, DeskQuestionsPage, QuestionLine
from waardig.screens.pages.words import Words

OUTCOMES = (
    ("answer", Words("Beantwoorden: vraag en antwoord worden openbaar", "Answer: question and answer become public")),
    (
        "decline",
        Words(
            "Niet openbaar maken: misbruik, of het gaat over één persoon",
            "Do not publish: abuse, or it is about one person",
        ),
    ),
)


@dataclass(frozen=True)
class TypedAnswer:
    """What the official typed, when nothing was wrong with it."""

    declined: bool
    published_text: str
    answer: str


def questions_page(frame: DeskFrame) -> DeskQuestionsPage:
    """Every question that waits, the nearest last day first."""
    today = business_today()
    return DeskQuestionsPage(
        desk=frame,
        lines=tuple(
            QuestionLine(
                href=address("desk:question", one.id),
                service=words.service_words(one.service),
                asked_on=one.asked_on,
                answer_by=one.answer_by,
                late=words.days_late(one.answer_by, today),
            )
            for one in questions.open_questions()
        ),
    )


def read_answer(posted: Mapping[str, str]) -> tuple[TypedAnswer | None, dict[str, FieldError]]:
    """What was typed, or what is wrong with it by field."""
    outcome, public, answer = (posted.get(name, "").strip() for name in ("outcome", "published_text", "answer"))
    if outcome == "decline":
        return TypedAnswer(True, "", ""), {}
    wrong: dict[str, FieldError] = {}
    if outcome != "answer":
        wrong["outcome"] = FieldError.ANSWER_OR_NOT
    if len(public) < 3:
        wrong["published_text"] = FieldError.QUESTION_EMPTY
    if len(answer) < SHORTEST_ANSWER:
        wrong["answer"] = FieldError.ANSWER_TOO_SHORT
    wrong |= {name: FieldError.TOO_LONG for name in ("published_text", "answer") if len(posted.get(name, "")) > LONGEST}
    return (None, wrong) if wrong else (TypedAnswer(False, public, answer), {})


def answer_page(
    question: Question,
    frame: DeskFrame,
    signed_as: str,
    *,
    posted: Mapping[str, str] | None = None,
    wrong: Mapping[str, FieldError] | None = None,
) -> DeskQuestionPage:
    """The question with the form; the public text starts as what was typed, for the official to clean."""
    typed, errors = posted or {"published_text": question.text}, wrong or {}
    chosen = typed.get("outcome", "")
    outcome = Field(
        "outcome",
        chosen,
        errors.get("outcome"),
        tuple(Option(value, said, chosen=value == chosen) for value, said in OUTCOMES),
    )
    texts = [Field(name, typed.get(name, ""), errors.get(name)) for name in ("published_text", "answer")]
    return DeskQuestionPage(
        desk=frame,
        back_href=address("desk:questions"),
        service=words.service_words(question.service),
        text=question.text,
        name=question.name,
        asked_on=question.asked_on,
        deadline=words.deadline_of(question.answer_by, business_today()),
        action=address("desk:question", question.id),
        outcome=outcome,
        published_text=texts[0],
        answer=texts[1],
        errors=tuple(field for field in (outcome, *texts) if field.error),
        signed_as=signed_as,
    )
