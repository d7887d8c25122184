"""What a letter holds, as plain data for the typesetter: the blocks of the screen in the same order and words.

Differs from the screen only in how to answer (card instead of buttons) and in the place of the case number (above the
title). Nothing about the subject stands in the window of the envelope.
Source: designs 08 (letter), rule 'paper parity'; PDF/UA-1 needs a title and a heading of level 1 first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from waardig.inbox import terms
from waardig.inbox.core.blocks import case_number, is_case_row, plain
from waardig.inbox.core.filling import date_words
from waardig.inbox.terms import Block, Language, Sender

LABELS: dict[Language, dict[str, str]] = {
    "nl": {
        "case": "Zaaknummer",
        "call": "Bel",
        "call_note": "(ook als lezen lastig is)",
        "page": "Bladzijde",
        "of": "van",
        "date": "Datum:",
        "signature": "Handtekening:",
        "code": "Of antwoord met uw telefoon. Uw code:",
        "code_note": "In de code staat niets over u.",
        "code_alt": "Code om met uw telefoon te antwoorden. De code staat er ook in letters onder.",
        "logo_alt": "Wapen van de gemeente",
        "box_alt": "Leeg vakje om aan te kruisen",
    },
    "en": {
        "case": "Case number",
        "call": "Call",
        "call_note": "(also if reading is hard)",
        "page": "Page",
        "of": "of",
        "date": "Date:",
        "signature": "Signature:",
        "code": "Or answer with your phone. Your code:",
        "code_note": "The code says nothing about you.",
        "code_alt": "Code to answer with your phone. The code also stands below in letters.",
        "logo_alt": "Coat of arms of the municipality",
        "box_alt": "Empty box to tick",
    },
}


TRANSLATED = (
    "This is a translation of our letter of {date}. The Dutch text before it is the one that counts.",
    "English? A translation stands after the Dutch text.",
    "This letter is in Dutch. Do you need help in English? Call {phone}.",
)
"""What a letter says in English to who chose that: above the translation, on the first sheet, and without one."""


@dataclass(frozen=True)
class Letter:
    """One letter. `address` has 2 to 5 lines for the window; `answer_code` has letters and digits only.

    `english` the translation that follows the Dutch text; `wants_english` says where help is when there is none.
    """

    blocks: tuple[Block, ...]
    sender: Sender
    address: tuple[str, ...]
    on: date
    language: Language = "nl"
    large_print: bool = False
    answer_code: str | None = None
    english: tuple[Block, ...] = ()
    wants_english: bool = False


def letter_data(letter: Letter, *, code_svg: str = "") -> dict[str, Any]:
    """The letter as values that JSON can hold: texts, never markup. A block is a pair: its kind and itself."""
    sender = letter.sender
    return {
        "language": letter.language,
        "labels": LABELS[letter.language],
        "foot": {"letter": _foot(sender, letter.language), "translation": _foot(sender, "en")},
        "size": 16 if letter.large_print else 12,
        "title": plain(next(block.text for block in letter.blocks if isinstance(block, terms.Title))),
        "sender": {
            "name": sender.name,
            "kind": _kind(sender, letter.language),
            "postal_address": sender.postal_address,
            "phone": sender.phone.replace(" ", "\u00a0"),
            "return_address": sender.return_address,
            "logo": sender.logo_svg,
        },
        "address": list(letter.address),
        "date": date_words(letter.on, letter.language),
        "case": case_number(letter.blocks) or "",
        "code": spaced_code(letter.answer_code) if letter.answer_code else "",
        "code_svg": code_svg,
        "blocks": [(block.kind, block) for block in on_paper(letter.blocks)],
        **_in_english(letter),
    }


def _kind(sender: Sender, language: Language) -> str:
    return sender.kind_nl if language == "nl" else sender.kind_en


def _foot(sender: Sender, language: Language) -> dict[str, str]:
    """What stands at the foot of a page: who writes, and which page it is, in the language of that page."""
    words = LABELS[language]
    return {"who": f"{_kind(sender, language)} {sender.name}", "page": words["page"], "of": words["of"]}


def _in_english(letter: Letter) -> dict[str, Any]:
    """The translation with the line above it, and the English line on the first sheet; both empty for who has Dutch."""
    above, first, alone = TRANSLATED
    phone = letter.sender.phone.replace(" ", "\u00a0")
    line = first if letter.english else alone.format(phone=phone) if letter.wants_english else ""
    if not letter.english:
        return {"english_line": line, "english_above": "", "english": []}
    return {
        "english_line": line,
        "english_above": above.format(date=date_words(letter.on, "en")),
        "english": [(block.kind, block) for block in map(_without_card, on_paper(letter.english))],
    }


def _without_card(block: Block) -> Block:
    """The answer card is printed once, in Dutch; its translation says in words what stands on it."""
    if not isinstance(block, terms.AnswerCard):
        return block
    boxes = terms.Bullets(tuple(box.label for box in block.boxes))
    return terms.Section(block.id, block.heading, (*block.items, boxes))


def on_paper(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks and items that paper shows."""
    return tuple(_paper(block) for block in blocks if getattr(block, "only", "") != "screen")


def _paper(block: Block) -> Block:
    if isinstance(block, terms.KeyInfo):
        return replace(block, rows=tuple(row for row in block.rows if not is_case_row(row)))
    if isinstance(block, terms.Section | terms.Notice | terms.Deadline | terms.DataTable | terms.AnswerCard):
        kept = tuple(i for i in block.items if isinstance(i, terms.Bullets) or i.only != "screen")
        return replace(block, items=kept)
    return block


def spaced_code(code: str) -> str:
    """A code in groups of four, so that people can read it aloud.

    Example:
        >>> spaced_code("K7QM2FRP").replace(chr(160), " ")
        'K7QM 2FRP'
    """
    bare = code.replace(" ", "").upper()
    return "\u00a0".join(bare[i : i + 4] for i in range(0, len(bare), 4))
