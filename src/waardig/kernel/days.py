"""Days in words, as people write them in Dutch and English."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONTHS = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
        *("augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
}
WEEKDAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def date_text(day: date, language: str, *, weekday: bool = False, year: bool = True) -> str:
    """A date in words: "23 mei 2025", with weekday "vrijdag 23 mei 2025", without year "23 mei".

    Example:
        >>> date_text(date(2025, 5, 23), "nl", weekday=True), date_text(date(2025, 5, 23), "en", year=False)
        ('vrijdag 23 mei 2025', '23 May')
    """
    text = f"{day.day} {MONTHS[language][day.month - 1]}"
    text = f"{text} {day.year}" if year else text
    return f"{WEEKDAYS[language][day.weekday()]} {text}" if weekday else text


def month_text(year: int, month: int, language: str) -> str:
    """A month in words.

    Example:
        >>> month_text(1978, 6, "en")
        'June 1978'
    """
    return f"{MONTHS[language][month - 1]} {year}"


def time_in_english(text: str) -> str:
    """A time of the day as Dutch writes it, in English; another text stays as it is.

    Example:
        >>> time_in_english("10.00 uur"), time_in_english("9.30"), time_in_english("half tien")
        ('10:00', '9:30', 'half tien')
    """
    found = re.fullmatch(r"([01]?\d|2[0-3])[.:]([0-5]\d)(?: uur)?", text.strip())
    return f"{found[1]}:{found[2]}" if found else text


def date_typed(text: str) -> date:
    """A date as people type it, the day first or as ISO 8601; ValueError when it is none.

    Example:
        >>> date_typed("8 november 1966"), date_typed("8-11-1966"), date_typed("1966-11-08") == date_typed("08/11/1966")
        (datetime.date(1966, 11, 8), datetime.date(1966, 11, 8), True)
    """
    parts = text.lower().replace("/", " ").replace(".", " ").replace("-", " ").split()
    if len(parts) != 3:
        raise ValueError("not a date: type day, month and year")
    if len(parts[0]) == 4:
        parts.reverse()
    names = ([name.lower() for name in months] for months in MONTHS.values())
    named = next((months.index(parts[1]) + 1 for months in names if parts[1] in months), None)
    return date(int(parts[2]), named or int(parts[1]), int(parts[0]))


def day_of(at: datetime) -> date:
    """The day in the Netherlands on which a moment (with its zone) falls.

    Example:
        >>> from datetime import UTC
        >>> day_of(datetime(2025, 6, 27, 23, 30, tzinfo=UTC))
        datetime.date(2025, 6, 28)
    """
    return at.astimezone(AMSTERDAM).date()


def of_age_on(born: date) -> date:
    """The day on which somebody is 18 (BW 1:233); who was born on 29 February is so on 1 March.

    Example:
        >>> of_age_on(date(2007, 6, 28)), of_age_on(date(2008, 2, 29))
        (datetime.date(2025, 6, 28), datetime.date(2026, 3, 1))
    """
    try:
        return born.replace(year=born.year + 18)
    except ValueError:
        return date(born.year + 18, 3, 1)
