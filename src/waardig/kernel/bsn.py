"""Citizen service number (burgerservicenummer, BSN): the eleven-test and nothing else.

A BSN never stands in a URL, log, event or error text; `masked` is the only form that may be shown.
Source: Wet algemene bepalingen burgerservicenummer; Logisch ontwerp BRP, element 01.20.
"""

from __future__ import annotations

from waardig.kernel.errors import Refusal

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


class InvalidBsn(Refusal):
    """The text is not a BSN. It carries no digits of the text, so that an error page or log cannot leak one."""

    def __init__(self) -> None:
        super().__init__(
            code="invalid_bsn",
            text_nl="Dit burgerservicenummer klopt niet.",
            text_en="This citizen service number fails the eleven-test or does not have 9 digits.",
            remedy="Check the number in the source and send the record again.",
        )


def is_bsn(text: str) -> bool:
    """Whether the text is nine digits that pass the eleven-test.

    Example:
        >>> is_bsn("999993653"), is_bsn("999999245"), is_bsn("000000000")
        (True, False, False)
    """
    if len(text) != 9 or not text.isascii() or not text.isdigit() or text == "000000000":
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True)) % 11 == 0


def parse_bsn(text: str) -> str:
    """The BSN as nine digits; spaces and dots are accepted, eight digits get the leading zero that tables lose.

    Raises:
        InvalidBsn: when what remains is not a BSN.

    Example:
        >>> parse_bsn(" 9999.93.653 ")
        '999993653'
    """
    digits = text.strip().replace(".", "").replace(" ", "")
    if len(digits) == 8:
        digits = "0" + digits
    if not is_bsn(digits):
        raise InvalidBsn
    return digits


def masked(bsn: str) -> str:
    """The form that may be shown: the last three digits only.

    Example:
        >>> masked("999993653")
        '••••••653'
    """
    return "•" * 6 + bsn[-3:]
