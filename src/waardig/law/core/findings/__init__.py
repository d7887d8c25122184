"""Every kind of finding that `waardig law check` knows: its words in English and in Dutch, and what to do.

A sentence is made here and nowhere else: `said` fills the facts of a kind into both languages, `finding` puts it on a
line of a file. Facts are names and numbers from the file; a fact whose name ends in `_word` is a word of our own and is
said in both languages, and so is a fact that is itself a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from waardig.law.core.findings.joining import JOINING, LOOKING, TYPES
from waardig.law.core.findings.quoting import PARTS, QUOTING
from waardig.law.core.findings.reading import READING, SCHEMA
from waardig.law.core.findings.standing import STANDING
from waardig.law.core.findings.text import Text
from waardig.law.terms import LawProblem, Said, in_dutch

TEXTS: Mapping[str, Text] = {**READING, **SCHEMA, **JOINING, **TYPES, **LOOKING, **STANDING, **QUOTING, **PARTS}

WORDS = {
    "number": "een getal",
    "boolean": "waar of niet waar",
    "date": "een datum",
    "text": "een tekst",
    "list": "een lijst",
    "null": "niets",
    "any": "iets anders",
    "branches": "takken",
    "values": "waarden",
    "and": "en",
}
"""What our own words are in Dutch; units and operations are those of the file and stay."""


def said(kind: str, **facts: object) -> Said:
    """A finding of a kind, or a part of one, in both languages.

    Args:
        facts: what the text names; a surplus or a missing one is a KeyError.
    """
    text = TEXTS[kind]
    dutch = {name: _dutch(name, fact) for name, fact in facts.items()}
    made = Said(text.en.format(**facts))
    made.kind, made.nl = kind, text.nl.format(**dutch)
    made.remedy, made.remedy_nl = text.remedy.en.format(**facts), text.remedy.nl.format(**dutch)
    return made


def _dutch(name: str, fact: object) -> object:
    if name.endswith("_word"):
        return " ".join(WORDS.get(word, word) for word in str(fact).split())
    return in_dutch(fact) if isinstance(fact, str) else fact


def finding(file: str, line: int, what: Said, *, error: bool = True) -> LawProblem:
    """A finding on a line of a file."""
    return LawProblem(file, line, str(what), what.remedy, error, what.kind, what.nl, what.remedy_nl)
