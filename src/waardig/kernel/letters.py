"""Characters that no database, letter or archive file can hold, and those that no name or address has.

Stored is what PostgreSQL holds as text and XML 1.0 as characters (its section 2.2): no NUL, no half of a surrogate
pair, no control character but tab and line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, halves of pairs, and turns of direction (Unicode Standard Annex #9): with the last a text shows
as another than it is."""
_NOT_STORED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class TooDeep(ValueError):
    """JSON with more levels than anybody means."""


def is_odd(text: str) -> bool:
    """Whether a text has what no name or address has: it is not printed, or it turns the reading direction."""
    return _ODD.search(text) is not None


def printable(text: str) -> str:
    """A text with a replacement character for each of those."""
    return _ODD.sub("\ufffd", text)


def is_stored(text: str) -> bool:
    """Whether a text can be stored as it stands."""
    return _NOT_STORED.search(text) is None


def stored(text: str) -> str:
    """A text without what cannot be stored.

    Example:
        >>> stored("geplakt\\x00 uit\\x0b een brief")
        'geplakt uit een brief'
    """
    return _NOT_STORED.sub("", text)


def texts_in(value: object, levels: int) -> Iterator[str]:
    """Every text in a JSON value, names of fields too.

    Raises:
        TooDeep: it has more levels.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        if levels == 0:
            raise TooDeep
        parts = [part for pair in value.items() for part in pair] if isinstance(value, Mapping) else value
        for part in parts:
            yield from texts_in(part, levels - 1)
