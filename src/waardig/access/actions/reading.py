"""Oversight reads the log: the line of every person in a page is committed before the page is given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from waardig.access.actions.asking import undeclared
from waardig.access.core.authzen import trace_of
from waardig.access.core.log_query import cursor_text, query_of
from waardig.access.core.reasons import reason_of
from waardig.access.terms import AccessRefused, Caller, LogCursor, LoggedLine, LogPage, LogQuery, TicketWorthless
from waardig.logbook.queries import archived_for_reading, call_gate


def read_log(caller: Caller, asked: Mapping[str, Any], *, traceparent: str = "") -> LogPage:
    """A page of the log, under the standing activity of the caller; outside any transaction.

    Args:
        asked: the question as the extension lezen writes it.
        traceparent: the trace in which the lines of this reading are written.

    Raises:
        LogQueryInvalid: it is no question.
        AccessRefused: the caller may not read under its activity; the refusal is in the log.
        LogbookUnavailable: the lines of this reading could not be written, so nothing is given.
    """
    query = query_of(asked)
    question = _as_json(query, trace_of({}, traceparent))
    if (running := undeclared(caller.standing or "")) is not None:
        question["undeclared"] = running
    archived = archived_for_reading(caller.id, question, query.limit + 1)
    ((number,),) = call_gate(
        "SELECT gate.ask_log(%s, %s::jsonb, %s, %s::jsonb)",
        [caller.id, json.dumps(question), query.limit, archived],
    )
    rows = cast("list[tuple[str, str, bool, int]]", call_gate("SELECT * FROM gate.log_answer(%s)", [number]))
    if not rows:
        raise TicketWorthless("unknown")
    ((activity, reasons, more, until),) = rows
    if json.loads(reasons):
        raise AccessRefused(activity, tuple(reason_of(one["code"], one["facts"]) for one in json.loads(reasons)))
    lines = tuple(_line(row) for row in call_gate("SELECT * FROM gate.take_log(%s, %s::jsonb)", [number, archived]))
    last = lines[-1] if more else None
    return LogPage(lines, cursor_text(LogCursor(until, last.start_time, last.trace_id, last.span_id)) if last else None)


def forget_readings() -> int:
    """Remove which lines were read more than ten minutes ago; the lines that say so stay. Gives how many."""
    ((count,),) = call_gate("SELECT gate.forget_readings()")
    return cast("int", count)


def _as_json(query: LogQuery, trace: tuple[str, str] | None) -> dict[str, object]:
    after = query.after
    found: dict[str, object | None] = {
        "trace_id": query.trace_id,
        "activity_uri": query.activity_uri,
        "subject": query.subject,
        "start": query.start,
        "end": query.end,
        "until": after.until if after else None,
        "after": {"start": after.start, "trace": after.trace_id, "span": after.span_id} if after else None,
        "trace": trace[0] if trace else None,
        "parent": trace[1] if trace else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _line(row: tuple[object, ...]) -> LoggedLine:
    *_, resource, attributes = known = cast("tuple[str, str, str | None, str, str, int, int, str, str]", row)
    return LoggedLine(*known[:7], json.loads(resource), json.loads(attributes))
