"""Words and numbers that every bank in SEPA takes: the Latin character set, IBAN, BIC, working days.

Source: EPC132-08 (SEPA credit transfer C2B guidelines: character set and usage rules); ISO 13616; ISO 9362.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from stdnum import bic as bic_number
from stdnum import iban as iban_number

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_LETTERS = str.maketrans(
    {"ß": "ss", "ı": "i", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D",
     "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ð": "d", "’": "'", "‘": "'", "–": "-", "—": "-", "&": "+"}
)  # fmt: skip


def latin(text: str, most: int) -> str:
    """Text in the character set of SEPA, at most so long.

    Example:
        >>> latin("F. Yıldız-Brontë & Zn.", 70)
        'F. Yildiz-Bronte + Zn.'
    """
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(one for one in parts if not unicodedata.combining(one))
    return " ".join(_NOT_ALLOWED.sub(" ", plain).split())[:most].strip(" /")


def compact_iban(text: str) -> str | None:
    """An IBAN without spaces, or None when it is none (modulus 97 and the form of its country)."""
    found: str = iban_number.compact(text)
    return found.upper() if iban_number.is_valid(found) else None


def is_bic(text: str) -> bool:
    """Whether this is the form of a BIC."""
    return bool(bic_number.is_valid(text))


def working_day_after(start: date, count: int, is_holiday: Callable[[date], bool]) -> date:
    """The day that is `count` working days after `start`; Saturdays, Sundays and holidays do not count."""
    day = start
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and not is_holiday(day):
            count -= 1
    return day
