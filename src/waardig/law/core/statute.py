"""Reads a statute text in markdown, as the published collection of Dutch law has it.

How that collection marks things: the title of a law is `##`, a chapter, section or article `### Artikel  2a`, a caption
`####`, a paragraph (lid) a line that begins with `1.  `, a part `a. `; words may stand in `*emphasis*` or be a
`[link](...)`. The closing formula ("Lasten en bevelen ...") is part of no article.
A version is stated as `versie: 2015-07-01` before the first article, in a wetten.overheid.nl link there, or in the file
name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from waardig.law.core.findings import said
from waardig.law.terms import LawFileInvalid

HEADING = re.compile(r"#{1,3}(?!#)")
ARTICLE = re.compile(r"#{1,3}\s*Artikel\s+(?P<number>[^\s\[(]+)")
CAPTION = re.compile(r"####")
CLOSING = re.compile(r"\s*(Lasten en bevelen|Gegeven te )")
PARAGRAPH = re.compile(r"\s*(?P<number>\d+[a-z]{0,2})\.\s+\S")
RAISED = re.compile(r"\s*<sup>\s*(?P<digits>\d+)\s*</sup>")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
DAY = r"(?P<day>\d{4}-\d{2}-\d{2})"
STATED = re.compile(
    rf"(?:versie|version|text_version|geldend op)\W{{1,4}}{DAY}|overheid\.nl/BWB\w+/{DAY.replace('day', 'link')}", re.I
)
IN_NAME = re.compile(DAY)


@dataclass(frozen=True)
class StatuteArticle:
    """One article as published: its number, the line of its heading and its text without heading and captions."""

    number: str
    line: int
    text: str


@dataclass(frozen=True)
class Statute:
    """A statute text; `version` is the date of the text when the file or its name says one."""

    file: str
    version: str | None
    articles: Mapping[str, StatuteArticle]


def read_statute(text: str, file: str) -> Statute:
    """The articles of a statute text.

    Raises:
        LawFileInvalid: it has no heading of an article.
    """
    found: dict[str, StatuteArticle] = {}
    number, start, kept = "", 0, []  # type: str, int, list[str]
    head: list[str] = []
    for line, row in enumerate([*text.splitlines(), "# einde"], start=1):
        if HEADING.match(row):
            if number and number not in found:
                found[number] = StatuteArticle(number, start, "\n".join(kept).strip())
            heading = ARTICLE.match(row)
            number, start, kept = heading["number"] if heading else "", line, []
        elif CLOSING.match(row) and number:
            found.setdefault(number, StatuteArticle(number, start, "\n".join(kept).strip()))
            number = ""
        elif number and not CAPTION.match(row):
            kept.append(row)
        elif not found and not number:
            head.append(row)
    if not found:
        raise LawFileInvalid(file, 1, said("statute_no_articles"))
    return Statute(file, _version("\n".join(head), file), found)


def _version(head: str, file: str) -> str | None:
    stated = STATED.search(head)
    if stated:
        return stated["day"] or stated["link"]
    named = IN_NAME.search(file.replace("\\", "/").rsplit("/", 1)[-1])
    return named["day"] if named else None


def plain(text: str) -> str:
    """Text without line structure, links and emphasis.

    >>> plain("1.  *college:* zie [artikel 2](../x.md)  ")
    '1. college: zie artikel 2'
    >>> plain("(a x Y <sup>2</sup>)")
    '(a x Y²)'
    """
    raised = RAISED.sub(lambda found: found["digits"].translate(SUPERSCRIPT), LINK.sub(r"\1", text))
    return re.sub(r"\s+", " ", raised.replace("*", "")).strip()


def paragraphs(text: str) -> tuple[tuple[str, str], ...]:
    """The paragraphs (leden) of an article: number ("" before the first one) and text with that number.

    Only a number that follows on the one before begins a paragraph: a numbered list inside one does not.

    >>> paragraphs("1. Een.\\n2. Twee, te weten:\\n1. dit.")
    (('1', '1. Een.'), ('2', '2. Twee, te weten:\\n1. dit.'))
    """
    parts: list[tuple[str, list[str]]] = [("", [])]
    for row in text.splitlines():
        begins = PARAGRAPH.match(row)
        if begins and _order(begins["number"]) > _order(parts[-1][0]):
            parts.append((begins["number"], []))
        parts[-1][1].append(row)
    return tuple((number, "\n".join(rows)) for number, rows in parts if plain("\n".join(rows)))


def _order(number: str) -> tuple[int, str]:
    digits = re.match(r"\d*", number)
    count = digits.group() if digits else ""
    return (int(count or 0), number[len(count) :])
