"""Numbers for fictional people: BSNs that pass the eleven-test in a range of their own, IBANs of a bank that is not.

Range: 910,000,000 to 989,999,999; drawn people stay under 975 million, personas begin with 98. Issued numbers and the
official test set (000, 010, 100, 900, 999) lie elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from uuid import UUID

from stdnum import iban as iban_number

_FIRST, _SIZE = 9_100_0000, 650_0000
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
_STRIDE = 2_718_281  # shares no factor with _SIZE, so every number is met once


def fictional_bsns(seed: int) -> Iterator[str]:
    """Different BSNs without end (some six million), in an order that the seed decides."""
    place = Random(seed).randrange(_SIZE)
    for _ in range(_SIZE):
        place = (place + _STRIDE) % _SIZE
        found = bsn_from(_FIRST + place)
        if found is not None:
            yield found


def bsn_from(eight_digits: int) -> str | None:
    """The BSN that begins with these eight digits, or None when no ninth digit passes the eleven-test.

    Example:
        >>> bsn_from(99999365)
        '999993653'
    """
    text = f"{eight_digits:08d}"
    check = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True)) % 11
    return None if check == 10 else f"{text}{check}"


def is_fictional(bsn: str) -> bool:
    """Whether a BSN lies in the range of the demo.

    Example:
        >>> is_fictional("999993653"), is_fictional("910000018")
        (False, True)
    """
    return _FIRST <= int(bsn[:8]) < 9_900_0000


def fictional_iban(rng: Random) -> str:
    """A Dutch IBAN with right check digits of the bank WAAR, which does not exist."""
    account = f"{rng.randrange(10**9, 10**10):010d}"
    return f"NL{iban_number.calc_check_digits(f'NL00WAAR{account}')}WAAR{account}"


def person_id(rng: Random) -> UUID:
    """A person id from the seeded generator; outside the demo the database gives random ones."""
    return UUID(int=rng.getrandbits(128), version=4)
