"""The random sample that is decided by hand: the same case always gives the same answer, nobody can guess it."""

from __future__ import annotations

import hashlib
import hmac


def is_sampled(secret: bytes, case_number: str, percent: float) -> bool:
    """Whether a case is in the sample (safeguard W08).

    Args:
        secret: key of this installation.
        percent: 0 to 100.

    Example:
        >>> is_sampled(b"k", "RW 2025 0001", 0), is_sampled(b"k", "RW 2025 0001", 100)
        (False, True)
    """
    digest = hmac.new(secret, case_number.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") < percent / 100 * 2**64
