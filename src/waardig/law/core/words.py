"""Words for every step, in plain Dutch (B1) and English. Data first; a sentence only says what the data say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from waardig.kernel.days import date_text
from waardig.law.core.values import as_date
from waardig.law.terms import ABSENT, ERROR, OK, UNTRANSLATABLE

Pair: TypeAlias = tuple[str, str]
"""The same in Dutch and in English."""
NOTHING, EMPTY = ("er is niets", "there is nothing"), ("leeg", "empty")
YES, NO = ("ja", "yes"), ("nee", "no")
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
    "DATE_PART": ("jaar, maand of dag van", "year, month or day of"),
    "START_OF": ("eerste dag van het jaar of de maand", "first day of the year or month"),
}
COMBINED = {
    "LIST": ("een rijtje uit", "a list from"),
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


PARTS = {"year": ("jaar", "year"), "month": ("maand", "month"), "day": ("dag", "day")}
"""The parts of a date, as a name of the law ends in them (`$referencedate.year`)."""


def part_of(part: str, called: Pair) -> Pair:
    """A part of a date in words.

    >>> part_of("year", ("geboortedatum", "geboortedatum"))
    ('het jaar van geboortedatum', 'the year of geboortedatum')
    """
    nl, en = PARTS[part]
    return f"{'het' if part == 'year' else 'de'} {nl} van {called[0]}", f"the {en} of {called[1]}"


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
    return said(value, unit)[language != "nl"]


def said(value: Any, unit: str | None) -> Pair:
    """A value in words, in Dutch and in English."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, (int, Decimal)):
        return _number(value, unit)
    if isinstance(value, str):
        return _date(value) or (value, value)
    if isinstance(value, Sequence):
        return _joined([said(item, unit) for item in value]) if value else EMPTY
    items = [(key, said(item, None)) for key, item in value.items()]
    return _joined([(f"{key}: {nl}", f"{key}: {en}") for key, (nl, en) in items])


def _joined(parts: Sequence[Pair]) -> Pair:
    return ", ".join([nl for nl, _ in parts]), ", ".join([en for _, en in parts])


def _number(value: int | Decimal, unit: str | None) -> Pair:
    if unit in ("euro", "eurocent"):
        text = _cents(value) if unit == "eurocent" and isinstance(value, int) else _amount(Decimal(value), unit)
        return f"€ {_swap(text)}", f"€ {text}"
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}" if abs(value) > 9999 else str(value)
    dutch = _swap(text)
    if unit not in UNITS_NL:
        return dutch, text
    nl = UNITS_ONE_NL.get(unit, UNITS_NL[unit]) if value == 1 else UNITS_NL[unit]
    en = "percent" if unit == "percentage" else unit[:-1] if value == 1 else unit
    return f"{dutch} {nl}", f"{text} {en}"


def _cents(value: int) -> str:
    whole, cents = divmod(abs(value), 100)
    text = f"{whole:,}.{cents:02}" if cents else f"{whole:,}"
    return f"-{text}" if value < 0 else text


def _amount(value: Decimal, unit: str) -> str:
    amount = value / 100 if unit == "eurocent" else value
    if amount != amount.quantize(_CENT):
        return f"{amount.normalize():,f}"
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


_CENT = Decimal("0.01")


def _swap(text: str) -> str:
    """Dutch thousands and decimals; some times faster than translate()."""
    if "." not in text:
        return text.replace(",", ".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _date(value: str) -> Pair | None:
    day = as_date(value)
    return None if day is None else (date_text(day, "nl"), date_text(day, "en"))


def result(value: Any, reason: str, unit: str | None, language: str) -> str:
    """A value or why there is none."""
    return results(value, reason, unit)[language != "nl"]


def results(value: Any, reason: str, unit: str | None) -> Pair:
    """A value or why there is none, in Dutch and in English."""
    return _remembered(value, reason, unit) if type(value) in _PLAIN else _result(value, reason, unit)


def _result(value: Any, reason: str, unit: str | None) -> Pair:
    if reason == OK:
        return said(value, unit)
    if reason in _WHY:
        return _WHY[reason]
    name = plain_name(reason.partition(":")[2])
    return f"niet bekend: {name}", f"not known: {name}"


_remembered = lru_cache(maxsize=4096, typed=True)(_result)
"""The amounts of the law, yes and no come back with every person."""
_PLAIN = frozenset({type(None), bool, int, str, Decimal})
_WHY = {
    ABSENT: NOTHING,
    UNTRANSLATABLE: ("dit kan een computer niet uitrekenen", "a computer cannot work this out"),
    ERROR: ("dit kon niet worden uitgerekend", "this could not be worked out"),
}
