"""What an invented case is called in a list: amounts as people write them, and no two alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from waardig.kernel.days import date_text
from waardig.kernel.money import euros
from waardig.law.queries import Example

CENTS = re.compile(r"(?<![\w.,-])((?:-?\d+|null)(?:(?:,| en) (?:-?\d+|null))*) (?:euro)?cent\b")
TRUTH = re.compile(r"\b(true|false)\b")
ONE = re.compile(r"-?\d+|null")
DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")


def names_of(examples: Sequence[Example]) -> tuple[str, ...]:
    """The names of cases in Dutch, in their order; the day, and else a number, tells apart what is called the same."""
    plain = [plain_words(one.name) for one in examples]
    alike = Counter(plain)
    dated = [
        f"{name} (op {date_text(one.on, 'nl')})" if alike[name] > 1 else name
        for name, one in zip(plain, examples, strict=True)
    ]
    alike, seen, told = Counter(dated), Counter[str](), []
    for name in dated:
        seen[name] += 1
        told.append(f"{name} ({seen[name]})" if alike[name] > 1 else name)
    return tuple(told)


def plain_words(name: str) -> str:
    """A name with euros in place of cents and days in words.

    >>> plain_words("verzekerd true, samen 2000000 en null cent op 2025-06-01").replace(chr(160), " ")
    'verzekerd ja, samen € 20.000 en niets op 1 juni 2025'
    """
    told = DAY.sub(_day, CENTS.sub(lambda found: ONE.sub(_amount, found[1]), name))
    return TRUTH.sub(lambda found: {"true": "ja", "false": "nee"}[found[0]], told)


def _amount(found: re.Match[str]) -> str:
    return "niets" if found[0] == "null" else euros(int(found[0]), "nl")


def _day(found: re.Match[str]) -> str:
    try:
        return date_text(date.fromisoformat(found[0]), "nl")
    except ValueError:
        return found[0]
