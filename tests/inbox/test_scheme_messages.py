"""The messages of the participation scheme, and of taking something back: alike, plain Dutch, a letter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.inbox.test_messages import SENDER
from waardig.catalogue.queries import service as service_of
from waardig.inbox.adapters.typst import letter_pdf
from waardig.inbox.core.letter import Letter
from waardig.inbox.core.plain import complaints
from waardig.inbox.queries import filled, template
from waardig.inbox.terms import DataRow, PlaceholderType, Question, Span

SCHEME = "meedoenregeling"
WITH_ADMINISTRATOR = ("proposal", "grant_announcement")
VALUES: dict[PlaceholderType, Any] = {
    PlaceholderType.TEXT: "Team Inkomen",
    PlaceholderType.MONEY: 15_000,
    PlaceholderType.DATE: date(2025, 4, 24),
    PlaceholderType.DAY: date(2025, 4, 24),
    PlaceholderType.NUMBER: 3,
    PlaceholderType.PHONE: "088 000 01 20",
    PlaceholderType.WEB: "www.rietwaarden.example",
    PlaceholderType.CASE: "RW 2025 0001",
    PlaceholderType.FLAG: False,
    PlaceholderType.LIST: ("Uw inkomen is laag genoeg.",),
    PlaceholderType.ROWS: (DataRow("Inkomen", (Span("1.278"),), (Span("de gemeente, 1 april 2025"),)),),
}


def names() -> list[tuple[str, str]]:
    own = [name for name in service_of(SCHEME).messages if not name.startswith("correction")]
    both = [*own, *(f"{name}_administrator" for name in own if name in WITH_ADMINISTRATOR)]
    return [("individuele_inkomenstoeslag", "given_up"), *((SCHEME, name) for name in both)]


@pytest.mark.parametrize(("service", "name"), names())
def test_both_languages_are_alike_the_dutch_is_plain_and_it_fits_a_letter(service: str, name: str) -> None:
    dutch, english = template(service, name), template(service, name, language="en")
    assert dutch.ids == english.ids and dutch.placeholders == english.placeholders
    flags = [flag for flag, kind in dutch.placeholders.items() if kind is PlaceholderType.FLAG]
    allowed = frozenset({"rules", "who"})
    for on in (False, True):
        values = {key: VALUES[kind] for key, kind in dutch.placeholders.items()} | dict.fromkeys(flags, on)
        text = filled(service, name, values)
        assert complaints(text.blocks, is_decision=name.startswith("decision"), allow_articles=allowed) == ()
        code = "K7QM2FRP" if any(block.kind == "card" for block in text.blocks) else None
        letter = Letter(text.blocks, SENDER, ("G. Vos", "Kade 1", "9999 AB Rietwaarden"), date(2025, 4, 3), "nl")
        assert letter_pdf(letter if code is None else Letter(**{**vars(letter), "answer_code": code})).startswith(
            b"%PDF"
        )


def test_an_announcement_asks_only_for_a_no_and_says_which_data_and_why_it_may() -> None:
    placeholders = template(SCHEME, "grant_announcement").placeholders
    values = {key: VALUES[kind] for key, kind in placeholders.items()}
    blocks = {block.id: block for block in filled(SCHEME, "grant_announcement", values).blocks}

    assert {"keyinfo", "why", "question", "data", "may", "answer"} <= set(blocks)
    question = blocks["question"]
    assert isinstance(question, Question)
    assert [option.value for option in question.options] == ["no"]
