"""Money is a whole number of eurocents; text becomes cents exactly and cents become text exactly."""

from __future__ import annotations

import re
from decimal import Decimal

Eurocent = int
_NO_BREAK = "\u00a0"
_DUTCH = re.compile(r"(-?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+))(?:,(\d{1,2}))?")
_POINT = re.compile(r"-?\d+\.\d{1,2}")


def cents(amount: str | int | Decimal) -> Eurocent:
    """Euros as text or number to eurocents, exactly.

    Args:
        amount: euros; text may use a decimal comma and thousands dots ("12.500,00") or a decimal point ("12500.00").

    Raises:
        ValueError: not an amount, or a part of a cent.

    Example:
        >>> cents("521,97"), cents("12.500"), cents("1.405,50"), cents("1406.00")
        (52197, 1250000, 140550, 140600)
    """
    scaled = Decimal(_plain(amount) if isinstance(amount, str) else amount) * 100
    if scaled != scaled.to_integral_value():
        raise ValueError("an amount has at most two decimals")
    return int(scaled)


def _plain(text: str) -> str:
    raw = text.strip().replace("€", "").replace(" ", "").replace(_NO_BREAK, "")
    if match := _DUTCH.fullmatch(raw):
        return match[1].replace(".", "") + "." + (match[2] or "0")
    if _POINT.fullmatch(raw):
        return raw
    raise ValueError("not an amount in euros")


def euros(amount: Eurocent, language: str = "nl") -> str:
    """Eurocents as people write them; cents only when they are not zero, never split over lines.

    Example:
        >>> euros(52197).replace(chr(160), " "), euros(140600).replace(chr(160), " ")
        ('€ 521,97', '€ 1.406')
        >>> euros(140650, "en")
        '€1,406.50'
    """
    sign = "-" if amount < 0 else ""
    whole, part = divmod(abs(amount), 100)
    grouped = f"{whole:,}"
    if language == "nl":
        tail = f",{part:02d}" if part else ""
        return f"€{_NO_BREAK}{sign}{grouped.replace(',', '.')}{tail}"
    return f"{sign}€{grouped}" + (f".{part:02d}" if part else "")
