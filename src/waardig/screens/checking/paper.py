"""The questions of a check on paper, as PDF/UA: to fill in at home, or to talk through at the counter."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.http import HttpResponse

from waardig.catalogue.terms import Check, CheckQuestion
from waardig.checks import queries as checks
from waardig.checks.queries import PaperQuestion
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Blank, Block, Language, Lead, Option, Paragraph, Section, Span, Text, Title
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots

YES, NO = Bilingual("Ja", "Yes"), Bilingual("Nee", "No")
UNKNOWN = Bilingual("Ik weet het niet", "I do not know")
LEAD = Bilingual(
    "U hoeft uw naam niet op te schrijven. Weet u iets niet? Sla het over.",
    "You need not write your name. Do you not know something? Skip it.",
)
DONE = Bilingual("Klaar?", "Done?")
BRING = Bilingual(
    "Neem dit blad mee naar ons loket, of bel ons. Wij gaan het samen met u na en bewaren dit blad niet.",
    "Bring this sheet to our counter, or phone us. We check it together with you and do not keep this sheet.",
)


def paper_answer(check: Check, language: Language) -> HttpResponse:
    """The form as a file to print."""
    response = HttpResponse(paper_form(check, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{check.id}.pdf"'
    return response


def paper_form(check: Check, language: Language) -> bytes:
    """The blank form in a language."""
    return _form(content_roots(), check.id, language, business_today().toordinal())


@lru_cache(maxsize=32)
def _form(_roots: tuple[Path, ...], check_id: str, language: Language, _day: int) -> bytes:
    check, today = checks.check_of(check_id), business_today()
    asked = checks.paper_questions(check, check.day(today))
    blocks: tuple[Block, ...] = (
        Title("titel", _text(Bilingual(f"Zelf nagaan: {check.name.nl}", f"Check yourself: {check.name.en}"), language)),
        Lead("lead", _text(LEAD, language)),
        *(_question(one, asked, language) for one in asked),
        Section("klaar", _text(DONE, language), (Paragraph(_text(BRING, language)),)),
    )
    return inbox.printed_form(blocks, on=today, language=language)


def _text(words: Bilingual, language: Language) -> Text:
    return (Span(words.in_language(language)),)


def _question(one: PaperQuestion, asked: tuple[PaperQuestion, ...], language: Language) -> Blank:
    question = one.question
    heading = Bilingual(f"{one.number}. {question.words.nl}", f"{one.number}. {question.words.en}")
    skip = _skip(one, asked)
    items = tuple(Paragraph(_text(words, language)) for words in (skip, question.hint) if words)
    boxes = [*_choices(question), *([question.never] if question.never else []), UNKNOWN]
    return Blank(
        id=f"vraag-{one.number}",
        heading=_text(heading, language),
        items=items,
        boxes=tuple(Option(str(number), _text(words, language)) for number, words in enumerate(boxes)),
        has_line=question.kind in ("money", "date", "number"),
    )


def _choices(question: CheckQuestion) -> list[Bilingual]:
    return [YES, NO] if question.kind == "yes_no" else [choice.words for choice in question.choices]


def _skip(one: PaperQuestion, asked: tuple[PaperQuestion, ...]) -> Bilingual | None:
    """ "Alleen als u bij vraag 3 ja koos.", in the words of that question."""
    if one.only_after is None:
        return None
    number, values = one.only_after
    earlier = asked[number - 1].question
    words = [_answer_words(earlier, value) for value in values]
    nl, en = " of ".join(f"“{w.nl}”" for w in words), " or ".join(f"“{w.en}”" for w in words)
    return Bilingual(f"Alleen als u bij vraag {number} {nl} koos.", f"Only if you chose {en} at question {number}.")


def _answer_words(question: CheckQuestion, value: str) -> Bilingual:
    if question.kind == "yes_no":
        return YES if value == "True" else NO
    return next(choice.words for choice in question.choices if choice.value == value)
