"""Plain Dutch in messages, and plain English beside it: what a reader with B1 can follow.

Rules (each with its test): sentences of at most 15 words mostly and never over 20; no vague terms of time; no words
that people rejected in tests; no exclamation marks; dates in words; 'recht op' with 'waarschijnlijk' until a decision.
English has the same lengths, no exclamation marks and dates in words (decision 0074, part 10).
Source: user research collected in the 25 rules for our screens (rules 5, 6, 8, 10, 11, 12).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import median

from waardig.inbox.core.blocks import words_of
from waardig.inbox.terms import Block

LONGEST = 20
ORDINARY = 15
MOST_LONG_SHARE = 0.1
MOST_MEDIAN = 10
BANNED = (
    "zo spoedig mogelijk", "tijdig", "binnenkort", "op korte termijn", "product", "klant", "notificatie", "casus",
    "samenwerken", "burger", "fraude", "ongeldig", "verplicht veld", "sorry", "oeps", "foutcode", "mis het niet",
    "laatste kans", "middels", "teneinde", "inzake", "conform", "hieromtrent", "derhalve", "desgewenst", "betreffende",
    "gelieve", "dient u", "u dient", "beschikking",
)  # fmt: skip
_DIGIT_DATE = re.compile(r"\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b")
_ARTICLE = re.compile(r"\bartikel(?:en)? \d")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; a point inside an amount, initial or web address ends none.

    Example:
        >>> list(sentences("U krijgt € 1.406. Bel ons? Dat mag."))
        ['U krijgt € 1.406.', 'Bel ons?', 'Dat mag.']
    """
    for part in re.split(r"(?<=[.?:])\s+(?=[A-ZÉ0-9])", text):
        if part.strip():
            yield part.strip()


def complaints(
    blocks: Iterable[Block], *, is_decision: bool = False, allow_articles: frozenset[str]
) -> tuple[str, ...]:
    """What is not plain in a Dutch message.

    Args:
        is_decision: a decision may say 'recht op' without 'waarschijnlijk'.
        allow_articles: ids of blocks where article numbers may stand, each with a sentence that says why.
    """
    found: list[str] = []
    lengths: list[int] = []
    for block in blocks:
        for medium in ("screen", "paper"):
            for text in words_of(block, medium):
                found += _in_text(text, is_decision=is_decision)
                if _ARTICLE.search(text) and block.id not in allow_articles:
                    found.append(f"article number outside the rules: {text}")
                lengths += [len(sentence.split()) for sentence in sentences(text)]
    found += _rhythm(lengths)
    return tuple(dict.fromkeys(found))


def complaints_in_english(blocks: Iterable[Block]) -> tuple[str, ...]:
    """What is not plain in the English text of a message."""
    shown = [text for block in blocks for medium in ("screen", "paper") for text in words_of(block, medium)]
    found = [complaint for text in shown for complaint in _in_any(text)]
    found += _rhythm([len(sentence.split()) for text in shown for sentence in sentences(text)])
    return tuple(dict.fromkeys(found))


def _in_text(text: str, *, is_decision: bool) -> Iterator[str]:
    lower = text.lower()
    yield from (f"banned word '{word}': {text}" for word in BANNED if re.search(rf"\b{word}\w*", lower))
    if "recht op" in lower and "waarschijnlijk" not in lower and not is_decision:
        yield f"'recht op' without 'waarschijnlijk': {text}"
    yield from _in_any(text)


def _in_any(text: str) -> Iterator[str]:
    """What is not plain in any language."""
    if "!" in text:
        yield f"exclamation mark: {text}"
    if _DIGIT_DATE.search(text):
        yield f"date in digits: {text}"
    yield from (f"sentence over {LONGEST} words: {one}" for one in sentences(text) if len(one.split()) > LONGEST)


def _rhythm(lengths: list[int]) -> Iterator[str]:
    if not lengths:
        return
    if median(lengths) > MOST_MEDIAN:
        yield f"the middle sentence has {median(lengths)} words; at most {MOST_MEDIAN}"
    long = sum(length > ORDINARY for length in lengths) / len(lengths)
    if long > MOST_LONG_SHARE:
        yield f"{long:.0%} of the sentences have over {ORDINARY} words; at most {MOST_LONG_SHARE:.0%}"
