"""Compares the article text that a law file quotes with the statute, word by word.

Literal means: the same words in the same order with the same punctuation; only white space, emphasis and links may
differ. Whole paragraphs (leden) that are not quoted, and words left out where the quotation says `(...)`, are said and
are no error; every other difference is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from waardig.law.core import ir
from waardig.law.core.statute import Statute, paragraphs, plain

EQUAL, PARAPHRASE, OMISSION, OTHER_VERSION, NOT_THERE = (
    "equal",
    "paraphrase",
    "omission",
    "version",
    "not in the statute",
)
LEFT_OUT = "(...)"
WORD = re.compile(r"\(\.\.\.\)|[^\s.,;:]+(?:[.,:][^\s.,;:]+)*|[.,;:]")
SHOWN = 16
MOST = 4
COPY = "Copy the words of the statute"


@dataclass(frozen=True)
class Quoted:
    """How one quoted article stands to the statute.

    Attributes:
        line: of the quoted text in the law file.
        kind: equal | paraphrase | omission | version | not in the statute.
        error: False when nothing is wrong: equal, or left out in a way that the reader sees.
        differences: short, at most four: where, and which words.
        remedy: what to do; empty when nothing.
    """

    file: str
    line: int
    article: str
    kind: str
    error: bool
    message: str
    differences: tuple[str, ...] = ()
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: article {self.article}: {self.kind}: {self.message}"


def quotations(law: ir.Law, statute: Statute, lines: Sequence[int]) -> tuple[Quoted, ...]:
    """Every article of a law file against a statute text.

    Args:
        lines: where the text of each article stands in the law file.
    """
    return tuple(_quoted(law, article, statute, line) for article, line in zip(law.articles, lines, strict=True))


def _quoted(law: ir.Law, article: ir.Article, statute: Statute, line: int) -> Quoted:
    def found(kind: str, error: bool, message: str, differences: Sequence[str] = (), remedy: str = "") -> Quoted:
        return Quoted(law.file, line, article.number, kind, error, message, tuple(differences), remedy)

    source = statute.articles.get(article.number)
    if source is None:
        return found(
            *(NOT_THERE, True, f"{statute.file} has no article {article.number}"),
            remedy="Correct the number, or name the text in which the article stands.",
        )
    if not plain(article.text):
        remedy = f"{COPY}: {statute.file}:{source.line}."
        return found(OMISSION, True, "the law file quotes no text", remedy=remedy)
    if plain(article.text) == plain(source.text):
        return found(EQUAL, False, "word for word")
    changed, lost, seen = _compare(article.text, source.text)
    if (changed or lost) and _other_version(law, statute):
        return found(
            *(OTHER_VERSION, True, f"quotes the text of {_dated(law)}, the statute is that of {statute.version}"),
            (*changed, *lost)[:MOST],
            f"Compare with the text of {_dated(law)}, or quote {statute.file}:{source.line} and date it: text_version.",
        )
    if changed:
        remedy = f"{COPY}: {statute.file}:{source.line}. Your own explanation belongs in legal_basis.explanation."
        return found(PARAPHRASE, True, _count(changed, "other words"), (*changed, *lost)[:MOST], remedy)
    if lost:
        remedy = f"{COPY} ({statute.file}:{source.line}), or write {LEFT_OUT} where words are left out."
        return found(OMISSION, True, _count(lost, "words left out"), lost[:MOST], remedy)
    return found(OMISSION, False, "literal, and it shows what is left out", seen[:MOST])


def _count(places: Sequence[str], what: str) -> str:
    return f"{what} in {len(places)} place{'' if len(places) == 1 else 's'}"


def _dated(law: ir.Law) -> str | None:
    return law.status.text_version or law.valid_from


def _other_version(law: ir.Law, statute: Statute) -> bool:
    return bool(statute.version and _dated(law) and statute.version != _dated(law))


def _compare(quote: str, source: str) -> tuple[list[str], list[str], list[str]]:
    """Other words, words left out without saying so, and what is left out visibly: by paragraph."""
    changed: list[str] = []
    lost: list[str] = []
    seen: list[str] = []
    own = {number: text for number, text in paragraphs(quote) if plain(text) != LEFT_OUT}
    theirs = dict(paragraphs(source))
    if not set(own) <= set(theirs):
        _differences("", quote, source, changed, lost, seen)
        return changed, lost, seen
    for number, text in theirs.items():
        if number not in own:
            place = seen if number else lost
            place.append(f"{_where(number)}: not quoted: {_short(_words(text))}")
        else:
            _differences(number, own[number], text, changed, lost, seen)
    return changed, lost, seen


def _differences(number: str, quote: str, source: str, changed: list[str], lost: list[str], seen: list[str]) -> None:
    """Sorts the differences of one paragraph into the three lists."""
    mine, theirs = _words(quote), _words(source)
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for tag, left, right, low, high in matcher.get_opcodes():
        words = [word for word in mine[left:right] if word != LEFT_OUT]
        marked = len(words) < right - left
        where = _place(number, theirs, low)
        if tag == "equal":
            continue
        if words:
            changed.append(f"{where}: {_short(words)} instead of {_short(theirs[low:high])}")
        elif high > low:
            (seen if marked or _beside(mine, left) else lost).append(f"{where}: {_short(theirs[low:high])}")


def _beside(mine: Sequence[str], at: int) -> bool:
    """True when the quotation says `(...)` right before or after this place."""
    return LEFT_OUT in (*mine[max(at - 1, 0) : at], *mine[at : at + 1])


def _place(number: str, words: Sequence[str], at: int) -> str:
    """The paragraph of a word, and the words before it."""
    if not number:
        number = next(_numbers(words, at), "")
    before = _text(words[max(at - 4, 0) : at])
    return f'{_where(number)}, after "{before}"' if before else f"{_where(number)}, at the start"


def _numbers(words: Sequence[str], at: int) -> Iterator[str]:
    for word, after in reversed([*pairwise(words[: at + 1])]):
        if word.isdigit() and after == ".":
            yield word


def _where(number: str) -> str:
    return f"paragraph {number}" if number else "text"


def _short(words: Sequence[str]) -> str:
    """Words between quotation marks, at most twelve."""
    if not words:
        return "nothing"
    count = sum(word not in ".,;:" for word in words)
    return f'"{_text(words)}"' if len(words) <= SHOWN else f'"{_text(words[:SHOWN])} ..." ({count} words)'


def _words(text: str) -> list[str]:
    """Words, and the marks between them as words of their own."""
    return WORD.findall(plain(text))


def _text(words: Sequence[str]) -> str:
    return re.sub(r" ([.,;:])", r"\1", " ".join(words))
