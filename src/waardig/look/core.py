"""How amounts, dates and words look on a screen, in Dutch and English: pure functions from values to HTML text.

Invariants: an amount is never split over lines and never translated, carries its value for machines (`<data
value>`); a date carries `<time datetime>`; text from outside is escaped before marks are applied.
Source: HTML Living Standard (data, time elements); screens README (amount, date); reference rules 4 and 5.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from html import escape

from waardig.kernel.days import AMSTERDAM, MONTHS, date_text
from waardig.kernel.money import cents, euros

NO_BREAK = "\u00a0"
_AMOUNT = {
    "nl": r"€[ \u00a0]?-?\d{1,3}(?:\.?\d{3})*(?:,\d{2})?(?!\d)",
    "en": r"-?€[ \u00a0]?\d{1,3}(?:,?\d{3})*(?:\.\d{2})?(?!\d)",
}
_FACT = {
    language: re.compile(
        rf"(?P<amount>{_AMOUNT[language]})|(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS[language])})"
        r" (?P<year>\d{4})"
    )
    for language in MONTHS
}
_MARK = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<text>[^\]]+)\]\((?P<href>[^)\s]+)\)")
_SAFE_ADDRESS = re.compile(r"(?:/(?!/)|#|tel:|mailto:|https://)")


def money_html(eurocent: int, language: str) -> str:
    """An amount as `<data>`: value in euros with a point for machines, the usual notation for people.

    Example:
        >>> money_html(52197, "nl").replace(NO_BREAK, "~")
        '<data class="w-money" translate="no" value="521.97">€~521,97</data>'
    """
    whole, part = divmod(abs(eurocent), 100)
    value = f"{'-' if eurocent < 0 else ''}{whole}.{part:02d}"
    return f'<data class="w-money" translate="no" value="{value}">{euros(eurocent, language)}</data>'


def date_html(day: date, language: str, *, weekday: bool = False, year: bool = True) -> str:
    """A date as `<time>`. Day and month stay on one line."""
    text = date_text(day, language, weekday=weekday, year=year)
    kept = text.replace(f"{day.day} ", f"{day.day}{NO_BREAK}", 1)
    return f'<time datetime="{day.isoformat()}" translate="no">{kept}</time>'


def moment_html(at: datetime, language: str) -> str:
    """A moment in Dutch local time: "maandag 12 mei, 10.42 uur"; in English "Monday 12 May, 10:42".

    Raises:
        ValueError: the moment has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"a moment needs a time zone, got {at!r}")
    local = at.astimezone(AMSTERDAM)
    clock = f"{local:%H.%M} uur" if language == "nl" else f"{local:%H:%M}"
    words = f"{date_text(local.date(), language, weekday=True, year=False)}, {clock}"
    return f'<time datetime="{local.isoformat(timespec="minutes")}" translate="no">{words}</time>'


def prose_html(text: str, language: str) -> str:
    """Content text to HTML: escaped, `**bold**`, `[text](address)`, amounts kept together, dates as `<time>`.

    An address that is neither on this site (`/`, `#`) nor https, tel or mailto is left as plain text.

    Example:
        >>> prose_html("Bel **nu** <of> [schrijf](/schrijf/).", "nl")
        'Bel <strong>nu</strong> &lt;of&gt; <a class="utrecht-link" href="/schrijf/">schrijf</a>.'
    """
    parts: list[str] = []
    end = 0
    for mark in _MARK.finditer(text):
        parts += [_facts(text[end : mark.start()], language), _marked(mark, language)]
        end = mark.end()
    return "".join(parts) + _facts(text[end:], language)


def _marked(mark: re.Match[str], language: str) -> str:
    if mark["bold"] is not None:
        return f"<strong>{prose_html(mark['bold'], language)}</strong>"
    words = _facts(mark["text"], language)
    if not _SAFE_ADDRESS.match(mark["href"]):
        return words
    return f'<a class="utrecht-link" href="{escape(mark["href"])}">{words}</a>'


def _facts(text: str, language: str) -> str:
    parts: list[str] = []
    end = 0
    for fact in _FACT[language].finditer(text):
        parts += [escape(text[end : fact.start()]), _fact(fact, language)]
        end = fact.end()
    return "".join(parts) + escape(text[end:])


def _fact(fact: re.Match[str], language: str) -> str:
    if fact["amount"]:
        return _amount_as_written(fact["amount"], language)
    try:
        day = date(int(fact["year"]), MONTHS[language].index(fact["month"]) + 1, int(fact["day"]))
    except ValueError:
        return escape(fact[0])
    return date_html(day, language)


def _amount_as_written(text: str, language: str) -> str:
    """Keep the notation of the text ("€ 1.406,00" stays so), only bind it together and add its value."""
    plain = text if language == "nl" else text.replace(",", "").replace("€", "")
    whole, part = divmod(abs(cents(plain)), 100)
    shown = re.sub(r"€[ \u00a0]?", f"€{NO_BREAK}" if language == "nl" else "€", text)
    return f'<data class="w-money" translate="no" value="{"-" if "-" in text else ""}{whole}.{part:02d}">{shown}</data>'


def plain_text(text: str) -> str:
    """The same text without marks, for titles and hidden labels.

    Example:
        >>> plain_text("De **Bank** vroeg [iets](/x/).")
        'De Bank vroeg iets.'
    """
    return _MARK.sub(lambda mark: mark["bold"] or mark["text"], text)


def phone_address(number: str) -> str:
    """A Dutch phone number as a tel: address with country code.

    Example:
        >>> phone_address("088 000 01 20"), phone_address("14 0592")
        ('tel:+31880000120', 'tel:140592')
    """
    digits = re.sub(r"[^\d+]", "", number)
    return f"tel:+31{digits[1:]}" if digits.startswith("0") and not digits.startswith("00") else f"tel:{digits}"
