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
from waardig.law.core.findings import said
from waardig.law.core.statute import Statute, paragraphs, plain
from waardig.law.terms import Said

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
KINDS_NL = {
    EQUAL: "gelijk",
    PARAPHRASE: "andere woorden",
    OMISSION: "weggelaten",
    OTHER_VERSION: "andere versie",
    NOT_THERE: "niet in de wettekst",
}


@dataclass(frozen=True)
class Quoted:
    """How one quoted article stands to the statute.

    Attributes:
        line: of the quoted text in the law file.
        kind: equal | paraphrase | omission | version | not in the statute.
        error: False when nothing is wrong: equal, or left out in a way that the reader sees.
        differences: short, at most four: where, and which words.
        remedy: what to do; empty when nothing.
        message_nl, differences_nl, remedy_nl: the same in Dutch.
    """

    file: str
    line: int
    article: str
    kind: str
    error: bool
    message: str
    differences: tuple[str, ...] = ()
    remedy: str = ""
    message_nl: str = ""
    differences_nl: tuple[str, ...] = ()
    remedy_nl: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: article {self.article}: {self.kind}: {self.message}"

    def dutch(self) -> str:
        """`file:line: article: kind: message` in Dutch."""
        return f"{self.file}:{self.line}: artikel {self.article}: {KINDS_NL[self.kind]}: {self.message_nl}"


def quotations(law: ir.Law, statute: Statute, lines: Sequence[int]) -> tuple[Quoted, ...]:
    """Every article of a law file against a statute text.

    Args:
        lines: where the text of each article stands in the law file.
    """
    return tuple(_quoted(law, article, statute, line) for article, line in zip(law.articles, lines, strict=True))


def _quoted(law: ir.Law, article: ir.Article, statute: Statute, line: int) -> Quoted:
    def found(kind: str, error: bool, message: Said, differences: Sequence[Said] = ()) -> Quoted:
        shown = differences[:MOST]
        english, dutch = tuple(map(str, shown)), tuple(one.nl for one in shown)
        place = (law.file, line, article.number, kind, error)
        return Quoted(*place, str(message), english, message.remedy, message.nl, dutch, message.remedy_nl)

    source = statute.articles.get(article.number)
    if source is None:
        return found(NOT_THERE, True, said("not_in_statute", file=statute.file, article=article.number))
    place = f"{statute.file}:{source.line}"
    if not plain(article.text.replace(LEFT_OUT, "")):
        return found(OMISSION, True, said("quotes_nothing", place=place))
    if plain(article.text) == plain(source.text):
        return found(EQUAL, False, said("word_for_word"))
    changed, lost, seen = _compare(article.text, source.text)
    if (changed or lost) and _other_version(law, statute):
        version = said("other_version", own=_dated(law), version=statute.version, place=place)
        return found(OTHER_VERSION, True, version, (*changed, *lost))
    if changed:
        words = said("other_words", places=_places(changed), place=place)
        return found(PARAPHRASE, True, words, (*changed, *lost))
    if lost:
        return found(OMISSION, True, said("words_left_out", places=_places(lost), place=place), lost)
    return found(OMISSION, False, said("shows_left_out"), seen)


def _places(found: Sequence[Said]) -> Said:
    return said("one_place") if len(found) == 1 else said("places", count=len(found))


def _dated(law: ir.Law) -> str | None:
    return law.status.text_version or law.valid_from


def _other_version(law: ir.Law, statute: Statute) -> bool:
    return bool(statute.version and _dated(law) and statute.version != _dated(law))


def _compare(quote: str, source: str) -> tuple[list[Said], list[Said], list[Said]]:
    """Other words, words left out without saying so, and what is left out visibly: by paragraph."""
    changed: list[Said] = []
    lost: list[Said] = []
    seen: list[Said] = []
    own = {number: text for number, text in paragraphs(quote) if plain(text) != LEFT_OUT}
    theirs = dict(paragraphs(source))
    if not set(own) <= set(theirs):
        _differences("", quote, source, changed, lost, seen)
        return changed, lost, seen
    for number, text in theirs.items():
        if number not in own:
            place = seen if number else lost
            place.append(said("not_quoted", where=_where(number), words=_short(_words(text))))
        else:
            _differences(number, own[number], text, changed, lost, seen)
    return changed, lost, seen


def _differences(number: str, quote: str, source: str, changed: list[Said], lost: list[Said], seen: list[Said]) -> None:
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
            changed.append(said("instead", where=where, words=_short(words), other=_short(theirs[low:high])))
        elif high > low:
            gone = said("left_out", where=where, words=_short(theirs[low:high]))
            (seen if marked or _beside(mine, left) else lost).append(gone)


def _beside(mine: Sequence[str], at: int) -> bool:
    """True when the quotation says `(...)` right before or after this place."""
    return LEFT_OUT in (*mine[max(at - 1, 0) : at], *mine[at : at + 1])


def _place(number: str, words: Sequence[str], at: int) -> Said:
    """The paragraph of a word, and the words before it."""
    if not number:
        number = next(_numbers(words, at), "")
    before = _text(words[max(at - 4, 0) : at])
    part = _where(number)
    return said("after", part=part, before=before) if before else said("at_start", part=part)


def _numbers(words: Sequence[str], at: int) -> Iterator[str]:
    for word, after in reversed([*pairwise(words[: at + 1])]):
        if word.isdigit() and after == ".":
            yield word


def _where(number: str) -> Said:
    return said("paragraph", number=number) if number else said("in_text")


def _short(words: Sequence[str]) -> Said:
    """Words between quotation marks, at most twelve."""
    if not words:
        return said("nothing")
    count = sum(word not in ".,;:" for word in words)
    if len(words) <= SHOWN:
        return said("in_full", words=_text(words))
    return said("shortened", words=_text(words[:SHOWN]), count=count)


def _words(text: str) -> list[str]:
    """Words, and the marks between them as words of their own."""
    return WORD.findall(plain(text))


def _text(words: Sequence[str]) -> str:
    return re.sub(r" ([.,;:])", r"\1", " ".join(words))
