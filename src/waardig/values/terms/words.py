"""Small words that generated sentences share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from waardig.kernel.bilingual import Bilingual

_UNITS = {
    "Y": ("jaar", "jaar", "year", "years"),
    "M": ("maand", "maanden", "month", "months"),
    "D": ("dag", "dagen", "day", "days"),
}


def listed(names: Sequence[Bilingual], language: str) -> str:
    """Names as a list in a sentence.

    Example:
        >>> listed([Bilingual("a", "a"), Bilingual("b", "b"), Bilingual("c", "c")], "nl")
        'a, b en c'
    """
    texts = [name.in_language(language) for name in names]
    joiner = " and " if language == "en" else " en "
    return joiner.join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def iso_period(period: str) -> Bilingual:
    """An ISO 8601 period in words.

    Example:
        >>> iso_period("P1Y6M").nl, iso_period("P2M").en
        ('1 jaar en 6 maanden', '2 months')
    """
    parts = [(int(number), *_UNITS[unit]) for number, unit in re.findall(r"(\d+)([YMD])", period)]
    dutch = [f"{n} {one if n == 1 else many}" for n, one, many, _, _ in parts]
    english = [f"{n} {one if n == 1 else many}" for n, _, _, one, many in parts]
    return Bilingual(" en ".join(dutch), " and ".join(english))


def count_words(count: int, nl: str, en: str) -> Bilingual:
    """A count with its noun."""
    return Bilingual(f"{count} {nl}", f"{count} {en}")
