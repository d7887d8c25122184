"""Plain English beside the Dutch: short sentences in every message, and in what stands on a letter around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from tests.inbox.test_scheme_messages import VALUES
from waardig.inbox.core.letter import LABELS, TRANSLATED
from waardig.inbox.core.plain import LONGEST, ORDINARY, complaints, complaints_in_english, sentences
from waardig.inbox.queries import filled, template
from waardig.inbox.terms import Block, Filled, Language, Lead, PlaceholderType, Span
from waardig.kernel.content import LIBRARY

WORDS: dict[Language, dict[PlaceholderType, object]] = {
    "nl": VALUES,
    "en": {**VALUES, PlaceholderType.TEXT: "Income team", PlaceholderType.LIST: ("Your income is low enough.",)},
}
EVERY = sorted((path.parts[-3], path.name[: -len(".en.md")]) for path in LIBRARY.glob("services/*/messages/*.en.md"))


def variants(service: str, name: str, language: Language) -> Iterator[Filled]:
    """A message under every title that it can have, with its other flags all on, all off, and each alone."""
    known = template(service, name, language=language)
    given = {key: WORDS[language][kind] for key, kind in known.placeholders.items()}
    flags = [key for key, kind in known.placeholders.items() if kind is PlaceholderType.FLAG]
    of_titles = sorted({flag for title in known.titles for flag, _ in title.flags})
    others = [flag for flag in flags if flag not in of_titles]
    for chosen in product((True, False), repeat=len(of_titles)):
        titled = dict(zip(of_titles, chosen, strict=True))
        if sum(all(titled[flag] is wanted for flag, wanted in title.flags) for title in known.titles) != 1:
            continue
        for one in (dict.fromkeys(others, True), {}, *({flag: True} for flag in others)):
            yield filled(service, name, {**given, **dict.fromkeys(flags, False), **titled, **one}, language=language)


@pytest.mark.parametrize(("service", "name"), EVERY)
def test_the_english_of_every_message_is_plain(service: str, name: str) -> None:
    texts = list(variants(service, name, "en"))

    assert texts
    assert {complaint for text in texts for complaint in complaints_in_english(text.blocks)} == set()


@pytest.mark.parametrize(("service", "name"), EVERY)
def test_no_dutch_sentence_of_any_message_is_longer_than_an_english_one_may_be(service: str, name: str) -> None:
    found = {
        complaint
        for text in variants(service, name, "nl")
        for complaint in complaints(text.blocks, is_decision=True, allow_articles=frozenset())
        if complaint.startswith("sentence over")
    }

    assert found == set()


def test_what_a_letter_says_in_english_around_the_text_is_short() -> None:
    said = [*TRANSLATED, *LABELS["en"].values()]

    assert [one for text in said for one in sentences(text) if len(one.split()) > ORDINARY] == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (" ".join(["word"] * (LONGEST + 1)) + ".", "sentence over 20 words"),
        ("One two three four five six seven eight nine ten eleven.", "the middle sentence"),
        (f"A b. C d. W{' '.join(['word'] * (ORDINARY + 1))}.", "33% of the sentences have over 15 words"),
        ("Call us!", "exclamation mark"),
        ("Do this before 12-05-2025.", "date in digits"),
    ],
)
def test_english_that_is_not_plain_is_named(text: str, complaint: str) -> None:
    block: Block = Lead("lead", (Span(text),))

    assert any(one.startswith(complaint) for one in complaints_in_english([block]))


def test_plain_english_is_accepted() -> None:
    block: Block = Lead("lead", (Span("You probably have a right to €521.97. Call us."),))

    assert complaints_in_english([block]) == ()
