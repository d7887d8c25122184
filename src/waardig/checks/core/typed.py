"""What a person typed becomes an answer: 12500, 12.500 and 12.500,00 are the same amount; pure."""

from __future__ import annotations

import re
from datetime import date

from waardig.catalogue.terms import CheckQuestion
from waardig.checks.terms import Answer, AnswerWrong
from waardig.kernel.days import date_typed
from waardig.kernel.money import cents
from waardig.law.terms import Value

OLDEST = 1900
YES, NO = "yes", "no"


def answer_typed(question: CheckQuestion, text: str, *, today: date) -> Answer:
    """The answer that was typed or chosen.

    Args:
        today: a date of something that happened is not after it.

    Raises:
        AnswerWrong: with what is wrong, so that the page can say what to do.
    """
    given = text.strip()
    if not given:
        raise AnswerWrong(question.input, "empty")
    return Answer(question.input, _read(question, given, today), as_of=today, since=today)


def _read(question: CheckQuestion, text: str, today: date) -> Value:
    match question.kind:
        case "money":
            return _money(question, text)
        case "number":
            return _number(question, text)
        case "yes_no":
            return _yes_no(question, text)
        case "choice":
            return _choice(question, text)
    day = _date(question, text)
    if day > today:
        raise AnswerWrong(question.input, "in_future")
    return day.isoformat()


def _money(question: CheckQuestion, text: str) -> int:
    """
    >>> from waardig.kernel.bilingual import Bilingual as B
    >>> asked = CheckQuestion("inkomen", "money", *[B("x", "x")] * 4)
    >>> [_money(asked, text) for text in ("12500", "12.500", "12.500,00", "€ 12 500,5")]
    [1250000, 1250000, 1250000, 1250050]
    """
    try:
        amount = cents(text)
    except ValueError:
        raise AnswerWrong(question.input, "not_a_number") from None
    return _within(question, amount)


def _number(question: CheckQuestion, text: str) -> int:
    if not re.fullmatch(r"-?\d{1,6}", text):
        raise AnswerWrong(question.input, "not_a_number")
    return _within(question, int(text))


def _within(question: CheckQuestion, value: int) -> int:
    if question.least is not None and value < question.least:
        raise AnswerWrong(question.input, "too_low")
    if question.most is not None and value > question.most:
        raise AnswerWrong(question.input, "too_high")
    return value


def _date(question: CheckQuestion, text: str) -> date:
    try:
        found = date_typed(text)
    except ValueError:
        raise AnswerWrong(question.input, "not_a_date") from None
    if found.year < OLDEST:
        raise AnswerWrong(question.input, "not_a_date")
    return found


def _yes_no(question: CheckQuestion, text: str) -> bool:
    if text not in (YES, NO):
        raise AnswerWrong(question.input, "not_a_choice")
    return text == YES


def _choice(question: CheckQuestion, text: str) -> str:
    if text not in {choice.value for choice in question.choices}:
        raise AnswerWrong(question.input, "not_a_choice")
    return text
