"""When a failed job returns, and when it is given up; which of a batch failed."""

from __future__ import annotations

from datetime import timedelta

MOST_ATTEMPTS = 8
LEASE = timedelta(minutes=5)
BEAT = timedelta(seconds=10)
"""How often a worker says that it is there."""
SILENT_AFTER = LEASE
"""A worker that says nothing for as long as it may hold a job no longer counts as there."""
FORGET_WORKERS = timedelta(days=1)
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(hours=1)


def wait_after(attempts: int) -> timedelta:
    """How long a job waits after its nth failed attempt: times four from two seconds, at most an hour.

    Example:
        >>> [wait_after(n).total_seconds() for n in (1, 2, 3, 8)]
        [2.0, 8.0, 32.0, 3600.0]
    """
    factor: int = 4 ** min(max(attempts - 1, 0), 10)
    return min(_FIRST_WAIT * factor, _LONGEST_WAIT)


def is_given_up(attempts: int) -> bool:
    """Whether a job that failed this often needs a person.

    Example:
        >>> is_given_up(7), is_given_up(8)
        (False, True)
    """
    return attempts >= MOST_ATTEMPTS


def short_error(error: BaseException) -> str:
    """The kind of an error and its first line, at most 300 characters; handlers keep personal data out of errors.

    Example:
        >>> short_error(ValueError("no\\nsecond line"))
        'ValueError: no'
    """
    first = str(error).strip().splitlines()[:1]
    return f"{type(error).__name__}: {first[0] if first else ''}".rstrip(": ")[:300]
