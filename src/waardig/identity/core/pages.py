"""The page to return to after signing in: only a path of this site, so that nobody is led elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

_LONGEST = 2000


def safe_next(asked: str, otherwise: str) -> str:
    r"""The asked path when it stays on this site, else `otherwise`.

    Example:
        >>> safe_next("/berichten/?nieuw=1", "/"), safe_next("//elders.example", "/"), safe_next("/\\elders", "/")
        ('/berichten/?nieuw=1', '/', '/')
    """
    if len(asked) > _LONGEST or not asked.startswith("/") or asked.startswith("//") or "\\" in asked:
        return otherwise
    if any(ord(sign) < 33 or ord(sign) == 127 for sign in asked):
        return otherwise
    try:
        parts = urlsplit(asked)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else asked
