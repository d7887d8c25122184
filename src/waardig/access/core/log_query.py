"""A question to the log as the extension lezen writes it, and its cursor.

An activity alone may have millions of lines, so it comes with a period; the extension leaves a maximum to the server.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from waardig.access.terms import LogCursor, LogQuery, LogQueryInvalid

MOST_LINES = 100
MOST_DAYS = 31
_DAY_MS = 86_400_000
_KNOWN = frozenset({"traceId", "startTime", "endTime", "attributes", "cursor", "limit"})
_ACTIVITY, _SUBJECT = "dpl.core.processing_activity_id", "dpl.core.data_subject_id"


def query_of(asked: Mapping[str, Any]) -> LogQuery:
    """The question.

    Args:
        asked: traceId, startTime, endTime, `attributes` by their names in the standard; and cursor, limit.

    Raises:
        LogQueryInvalid: with the place and what is wrong there; what was sent is not repeated.
    """
    attributes = asked.get("attributes", {})
    if not isinstance(attributes, Mapping):
        raise LogQueryInvalid("attributes", "it is not a JSON object")
    _require_known(asked, attributes)
    found = LogQuery(
        trace_id=_hex(asked.get("traceId"), 32, "traceId"),
        activity_uri=_text(attributes.get(_ACTIVITY), _ACTIVITY),
        subject=_hex(attributes.get(_SUBJECT), 64, _SUBJECT),
        start=_moment(asked.get("startTime"), "startTime"),
        end=_moment(asked.get("endTime"), "endTime"),
        after=_cursor(asked.get("cursor")),
        limit=_limit(asked.get("limit")),
    )
    if not (found.trace_id or found.activity_uri or found.subject):
        raise LogQueryInvalid("the question", f"at least one of traceId, {_ACTIVITY} and {_SUBJECT} must be given")
    if not (found.trace_id or found.subject) and not _is_short(found):
        raise LogQueryInvalid(
            "startTime", f"an activity alone needs startTime and endTime, at most {MOST_DAYS} days apart"
        )
    if found.start is not None and found.end is not None and found.start > found.end:
        raise LogQueryInvalid("endTime", "it lies before startTime")
    return found


def _require_known(asked: Mapping[str, Any], attributes: Mapping[str, Any]) -> None:
    """A name that is written wrong would leave a condition out, and more would be read than was meant."""
    if set(asked) - _KNOWN:
        raise LogQueryInvalid("the question", f"it has a name that is none of {', '.join(sorted(_KNOWN))}")
    if set(attributes) - {_ACTIVITY, _SUBJECT}:
        raise LogQueryInvalid("attributes", f"it has a name that is none of {_ACTIVITY} and {_SUBJECT}")


def cursor_text(cursor: LogCursor) -> str:
    """A cursor as the caller sends it back.

    Example:
        >>> _cursor(cursor_text(LogCursor(3, 2, "0" * 32, "1" * 16)))
        LogCursor(until=3, start=2, trace_id='00000000000000000000000000000000', span_id='1111111111111111')
    """
    text = f"{cursor.until}.{cursor.start}.{cursor.trace_id}.{cursor.span_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _cursor(value: object) -> LogCursor | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else ""
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except ValueError:
        plain = ""
    found = re.fullmatch(r"(\d{1,15})\.(\d{1,15})\.([0-9a-f]{32})\.([0-9a-f]{16})", plain)
    if found is None:
        raise LogQueryInvalid("cursor", "it is not one of ours")
    return LogCursor(int(found[1]), int(found[2]), found[3], found[4])


def _is_short(query: LogQuery) -> bool:
    return query.start is not None and query.end is not None and query.end - query.start <= MOST_DAYS * _DAY_MS


def _text(value: object, where: str) -> str | None:
    if value is not None and (not isinstance(value, str) or not value):
        raise LogQueryInvalid(where, "it is not a text")
    return value


def _hex(value: object, digits: int, where: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{digits}}}", value):
        raise LogQueryInvalid(where, f"it is not {digits} hexadecimal digits")
    return value


def _moment(value: object, where: str) -> int | None:
    """Milliseconds since 1970, or a moment in RFC 3339 as the NL API Design Rules write it."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,15}", value):
        return int(value)
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
            return int(moment.timestamp() * 1000) if moment.tzinfo else _no_moment(where)
        except (ValueError, OverflowError):
            return _no_moment(where)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15):
        return value
    return _no_moment(where)


def _no_moment(where: str) -> int:
    raise LogQueryInvalid(where, "it is neither milliseconds since 1970 nor a moment with a time zone (RFC 3339)")


def _limit(value: object) -> int:
    if value is None:
        return LogQuery.limit
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_LINES:
        raise LogQueryInvalid("limit", f"it is not a number from 1 to {MOST_LINES}")
    return value
