"""How many failed sign-ins from one place are too many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
ALLOWED = 20


def is_too_many(failed_at: Sequence[datetime], now: datetime) -> bool:
    """Whether the next try must wait; a library shares one address, so the number is not small."""
    return sum(now - WINDOW < moment <= now for moment in failed_at) >= ALLOWED
