"""One line of the technical log: what went wrong and where, never with what.

The text of an exception quotes what somebody sent or what stood in a row, and an address holds what somebody typed.
Neither is written; the kind of the exception and the places in the code are enough to repair it.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any


class LogLine(logging.Formatter):
    """Writes exceptions without their text, and an error of a request by the pattern of its address."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the places of an exception below it."""
        request = getattr(record, "request", None)
        if request is not None:
            record = logging.makeLogRecord({**record.__dict__, "msg": _said(record.name, request), "args": ()})
        if record.exc_info:  # what another handler made of it may hold the text
            record = logging.makeLogRecord({**record.__dict__, "exc_text": None})
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        """The exception and what it came from, the first cause first: kinds, files, lines and functions."""
        chain, error, seen = [], ei[1], set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            chain.append(_places(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(chain))


def _places(error: BaseException) -> str:
    kind = type(error)
    state = getattr(error, "sqlstate", None)
    lines = [f"{kind.__module__}.{kind.__qualname__}" + (f" (SQLSTATE {state})" if state else "")]
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join(lines + [f"  {one.filename}:{one.lineno} in {one.name}" for one in frames])


def _said(logger: str, request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match is not None else "an address that is not there"
    return f"{logger}: {getattr(request, 'method', '')} {route}"
