"""The log goes on to a collector: places are taken together with the jobs that send their lines until it took them.

Nothing is sent unless the owner set a collector. Forwarding is part of logging and has no line of its own.
"""

from __future__ import annotations

import json
import os
from typing import cast

from django.db import IntegrityError, connection, connections, transaction

from waardig.access.adapters.otlp import hand_over
from waardig.access.terms import CollectorInvalid, CollectorMissing, LoggedLine
from waardig.logbook.queries import archived_of_places, call_gate
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob

FORWARD = "access.forward_log"
LINES_A_JOB = 500
MOST_JOBS = 1000


def set_collector(address: str | None, *, from_now: bool = False) -> None:
    """Say where the log goes on to, as the owner; None = nowhere any more.

    Args:
        from_now: leave out the lines that have a place in the tree already.

    Raises:
        CollectorInvalid: the address is not https (http only on this machine), or this is not the owner.
    """
    if "owner" not in connections:
        raise CollectorInvalid("only the owner of the database may set it (DATABASE_OWNER_URL)")
    try:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SELECT gate.set_collector(%s, %s)", [address, from_now])
    except IntegrityError:
        wanted = "it must be https://, or http:// on this machine only, without user, query or fragment"
        raise CollectorInvalid(wanted) from None


def collector() -> str | None:
    """The address the log goes on to; None when it goes nowhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM pol.collector")
        row = cursor.fetchone()
    return cast("str", row[0]) if row else None


def enqueue_lines() -> int:
    """Make jobs for lines that have a place and were not taken yet; joins the caller's transaction. Gives how many."""
    made = 0
    while collector() is not None and made < MOST_JOBS:
        rows = cast("list[tuple[int, int]]", call_gate("SELECT * FROM gate.take_places(%s)", [LINES_A_JOB]))
        if not rows:
            break
        made += enqueue([NewJob(FORWARD, f"p{first}-p{past}", {"places": f"p{first}-p{past}"}) for first, past in rows])
    return made


def forward_lines(places: str) -> int:
    """Send the lines of these places; gives how many there were (fewer when some are past their term).

    Args:
        places: "p0-p500" for the places 0 to 499, as `enqueue_lines` wrote it.

    Raises:
        CollectorMissing: the owner set none any more; the lines wait as a job that can be tried again.
        CollectorRefused: the collector did not take every line.
    """
    address = collector()
    if address is None:
        raise CollectorMissing
    first, past = (int(one.removeprefix("p")) for one in places.split("-"))
    rows = call_gate(
        "SELECT * FROM gate.lines_to_forward(%s, %s, %s::jsonb)", [first, past, archived_of_places(first, past)]
    )
    lines = [_line(row) for row in rows]
    if lines:
        hand_over(address, lines, token=os.environ.get("WAARDIG_COLLECTOR_TOKEN", ""))
    return len(lines)


def _line(row: tuple[object, ...]) -> LoggedLine:
    trace, span, parent, status, name, start, end, resource, attributes = row
    return LoggedLine(
        trace_id=cast("bytes", trace).hex(),
        span_id=cast("bytes", span).hex(),
        parent_span_id=cast("bytes", parent).hex() if parent else None,
        status=cast("str", status),
        name=cast("str", name),
        start_time=cast("int", start),
        end_time=cast("int", end),
        resource_attributes=json.loads(cast("str", resource)),
        attributes=json.loads(cast("str", attributes)),
    )
