"""How a value of a register is shown to the person it is about: money, dates and sentences, in Dutch and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from string import Formatter

from waardig.kernel import days
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.money import euros
from waardig.registers.core.declaration import Attribute, Field, Kind
from waardig.registers.core.incomplete_date import is_complete

_PER_NL = {"eurocent per month": " per maand", "eurocent per year": " per jaar"}
_PER_EN = {"eurocent per month": " per month", "eurocent per year": " per year"}
_NOTHING = Bilingual("Hierover weten wij niets.", "We know nothing about this.")


def shown(attribute: Attribute, value: object, language: str = "nl") -> str:
    """A value in the words of "Mijn gegevens".

    Args:
        value: a value that fits the attribute; None is shown as the declaration's text for absent.

    Example: eurocent per month 127818 is shown as "€ 1.278,18 per maand".
    """
    if value is None or value == []:
        return (attribute.absent_text or _NOTHING).in_language(language)
    if attribute.kind is Kind.RECORD and isinstance(value, Mapping):
        return _filled(attribute, value, language)
    if attribute.kind is Kind.LIST and isinstance(value, list):
        return "; ".join(_filled(attribute, item, language) for item in value)
    return _scalar(Field(attribute.id, attribute.kind, True, attribute.codes), value, language) + _per(
        attribute, language
    )


def date_text(text: str, language: str = "nl") -> str:
    """An ISO date in words; what is not known of it is left out.

    Example:
        >>> date_text("1966-11-08"), date_text("1978-06", "en"), date_text("1970")
        ('8 november 1966', 'June 1978', '1970')
    """
    if is_complete(text):
        return days.date_text(date.fromisoformat(text), language)
    year, _, month = text.partition("-")
    return days.month_text(int(year), int(month), language) if month else year


def _per(attribute: Attribute, language: str) -> str:
    return (_PER_EN if language == "en" else _PER_NL).get(attribute.unit, "")


def _scalar(declared: Field, value: object, language: str) -> str:
    match declared.kind:
        case Kind.BOOLEAN:
            return {True: ("Ja", "Yes"), False: ("Nee", "No")}[bool(value)][language == "en"]
        case Kind.EUROCENT if isinstance(value, int):
            return euros(value, language)
        case Kind.DATE:
            return date_text(str(value), language)
        case Kind.CODE if value in declared.codes:
            return declared.codes[str(value)].in_language(language)
        case Kind.PERSON:
            return ""
    return str(value)


def _filled(attribute: Attribute, record: Mapping[str, object], language: str) -> str:
    template = attribute.shown_as.in_language(language) if attribute.shown_as else ""
    names = [name for _, name, _, _ in Formatter().parse(template) if name]
    values = {
        name: "" if record.get(name) is None else _scalar(attribute.fields[name], record[name], language)
        for name in names
    }
    return _tidy(template.format(**values))


def _tidy(text: str) -> str:
    """Without the commas and spaces that empty fields leave behind."""
    parts = (" ".join(part.split()) for part in text.split(","))
    return re.sub(r"\s+", " ", ", ".join(part for part in parts if part))
