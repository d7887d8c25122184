"""Characters that no value of a register has: half a character, a control character, a turn of direction."""

from __future__ import annotations

import unicodedata

TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""With these a text shows as another than it is (Unicode Standard Annex #9, explicit directional formatting)."""


def is_odd(letter: str) -> bool:
    """Whether a value cannot have this character: it cannot be stored, printed or read as it stands."""
    return letter in TURNS or unicodedata.category(letter) in ("Cc", "Cs")


def is_stored(text: str) -> bool:
    """Whether the database can hold a text at all (no NUL, no half of a surrogate pair)."""
    return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)
