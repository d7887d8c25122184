"""Words for every step, in plain Dutch (B1) and English. Data first; a sentence only says what the data say."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from waardig.kernel.days import date_text
from waardig.law.terms import ABSENT, ERROR, OK, UNTRANSLATABLE

UNITS_NL = {"years": "jaar", "months": "maanden", "weeks": "weken", "days": "dagen", "percentage": "procent"}
UNITS_ONE_NL = {"months": "maand", "weeks": "week", "days": "dag"}

OPERATIONS = {
    "ADD": ("opgeteld", "added up"),
    "SUBTRACT": ("afgetrokken", "subtracted"),
    "MULTIPLY": ("vermenigvuldigd", "multiplied"),
    "DIVIDE": ("gedeeld", "divided"),
    "MIN": ("de laagste van deze", "the lowest of these"),
    "MAX": ("de hoogste van deze", "the highest of these"),
    "ROUND": ("afgerond", "rounded"),
    "CEIL": ("naar boven afgerond", "rounded up"),
    "FLOOR": ("naar beneden afgerond", "rounded down"),
    "AND": ("alle voorwaarden gelden", "all conditions hold"),
    "OR": ("minstens één voorwaarde geldt", "at least one condition holds"),
    "NOT": ("het omgekeerde", "the opposite"),
    "EQUALS": ("is gelijk aan", "equals"),
    "NOT_EQUALS": ("is niet gelijk aan", "does not equal"),
    "GREATER_THAN": ("is meer dan", "is more than"),
    "LESS_THAN": ("is minder dan", "is less than"),
    "GREATER_THAN_OR_EQUAL": ("is minstens", "is at least"),
    "LESS_THAN_OR_EQUAL": ("is hoogstens", "is at most"),
    "IF": ("hangt ervan af", "depends"),
    "IN": ("staat in het rijtje", "is in the list"),
    "NOT_IN": ("staat niet in het rijtje", "is not in the list"),
    "LIST": ("een rijtje", "a list"),
    "FOREACH": ("voor elk", "for each"),
    "IS_NULL": ("is er niet", "is absent"),
    "NOT_NULL": ("is er", "is present"),
    "AGE": ("leeftijd in hele jaren", "age in whole years"),
    "DATE_ADD": ("datum met tijd erbij", "date with time added"),
    "DATE": ("een datum", "a date"),
    "DATE_DIFF": ("tijd tussen twee datums", "time between two dates"),
    "DAY_OF_WEEK": ("dag van de week", "day of the week"),
}
COMBINED = {
    "COUNT": ("hoeveel", "how many"),
    "ADD": ("opgeteld voor", "added up over"),
    "MIN": ("de laagste van", "the lowest of"),
    "MAX": ("de hoogste van", "the highest of"),
    "OR": ("voor minstens \u00e9\u00e9n van", "for at least one of"),
    "AND": ("voor alle", "for all"),
}
ORDERED = {"GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL", "EQUALS", "NOT_EQUALS"}
LATER = {
    "GREATER_THAN": ("is later dan", "is later than"),
    "LESS_THAN": ("is eerder dan", "is earlier than"),
    "GREATER_THAN_OR_EQUAL": ("is op of na", "is on or after"),
    "LESS_THAN_OR_EQUAL": ("is op of voor", "is on or before"),
}


def plain_name(name: str) -> str:
    """A name as words: `hoogte_zorgtoeslag` becomes `hoogte zorgtoeslag`."""
    text = name.replace("@", " van ").replace("_", " ").strip()
    return text.lower() if text.isupper() else text


def member(name: str, number: int, counts: bool | None) -> tuple[str, str]:
    """A member of a collection in both languages.

    >>> member("kind", 2, True)
    ('kind 2: telt mee', 'kind 2: counts')
    """
    nl = {True: "telt mee", False: "telt niet mee", None: "dat weten wij niet"}[counts]
    en = {True: "counts", False: "does not count", None: "we do not know"}[counts]
    return f"{plain_name(name)} {number}: {nl}", f"{plain_name(name)} {number}: {en}"


def shown(value: Any, unit: str | None, language: str) -> str:
    """A value in words.

    >>> shown(52197, "eurocent", "nl"), shown("2025-09-22", None, "en"), shown(True, None, "nl")
    ('€ 521,97', '22 September 2025', 'ja')
    """
    dutch = language == "nl"
    if value is None:
        return "er is niets" if dutch else "there is nothing"
    if isinstance(value, bool):
        return ("ja" if value else "nee") if dutch else ("yes" if value else "no")
    if isinstance(value, (int, Decimal)):
        return _number(value, unit, dutch)
    if isinstance(value, str):
        return _date(value, dutch) or value
    if isinstance(value, Sequence):
        return ", ".join(shown(item, unit, language) for item in value) or ("leeg" if dutch else "empty")
    return ", ".join(f"{key}: {shown(item, None, language)}" for key, item in value.items())


def _number(value: int | Decimal, unit: str | None, dutch: bool) -> str:
    if unit in ("euro", "eurocent"):
        if unit == "eurocent" and isinstance(value, int):
            whole, cents = divmod(abs(value), 100)
            text = f"{'-' if value < 0 else ''}{whole:,}" + (f".{cents:02}" if cents else "")
            return "€ " + (_swap(text) if dutch else text)
        amount = Decimal(value) / 100 if unit == "eurocent" else Decimal(value)
        places = 2 if amount == amount.quantize(Decimal("0.01")) else None
        text = f"{amount:,.2f}" if places else f"{amount.normalize():,f}"
        if places and amount == amount.to_integral_value():
            text = f"{amount:,.0f}"
        return "€ " + (_swap(text) if dutch else text)
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}" if abs(value) > 9999 else str(value)
    text = _swap(text) if dutch else text
    if unit in UNITS_NL:
        if dutch:
            return f"{text} {UNITS_ONE_NL.get(unit, UNITS_NL[unit]) if value == 1 else UNITS_NL[unit]}"
        word = "percent" if unit == "percentage" else unit[:-1] if value == 1 else unit
        return f"{text} {word}"
    return text


_SWAPPED = str.maketrans(",.", ".,")


def _swap(text: str) -> str:
    """Dutch thousands and decimals."""
    return text.translate(_SWAPPED)


def _date(value: str, dutch: bool) -> str | None:
    try:
        day = datetime.date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
    if day is None:
        return None
    return date_text(day, "nl" if dutch else "en")


def results(value: Any, reason: str, unit: str | None) -> tuple[str, str]:
    """A value or why there is none, in Dutch and in English."""
    if value is None or isinstance(value, (bool, int, str, Decimal)):
        return _remembered(value, reason, unit)
    return result(value, reason, unit, "nl"), result(value, reason, unit, "en")


@lru_cache(maxsize=4096, typed=True)
def _remembered(value: Any, reason: str, unit: str | None) -> tuple[str, str]:
    """The amounts of the law, yes and no come back with every person."""
    return result(value, reason, unit, "nl"), result(value, reason, unit, "en")


def result(value: Any, reason: str, unit: str | None, language: str) -> str:
    """A value or why there is none."""
    dutch = language == "nl"
    if reason == OK:
        return shown(value, unit, language)
    if reason == ABSENT:
        return "er is niets" if dutch else "there is nothing"
    if reason == UNTRANSLATABLE:
        return "dit kan een computer niet uitrekenen" if dutch else "a computer cannot work this out"
    if reason == ERROR:
        return "dit kon niet worden uitgerekend" if dutch else "this could not be worked out"
    name = plain_name(reason.partition(":")[2])
    return f"niet bekend: {name}" if dutch else f"not known: {name}"
