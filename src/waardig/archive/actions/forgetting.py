"""Lines of the log that are past their term go, a part a transaction; which ones is decided in the database."""

from __future__ import annotations

import json
from typing import cast

from waardig.archive.actions.destroying import ACTIVITY
from waardig.logbook.queries import call_gate
from waardig.logbook.terms import Actor

FORGET = "archive.forget_lines"
PLACES = 5000
WORKER = Actor("system", "archive")


def forget_lines(*, places: int = PLACES) -> int:
    """Remove lines of the log past the published term of their activity; gives how many went.

    A line of a case that is kept stays. What went is listed and counted, its leaf stays in the tree, and each part is a
    transaction of its own with one line that says how many: killed between two parts, the next run does the rest.

    Args:
        places: how many places of the tree one part looks at.

    Source: AVG article 5(1)(e).
    """
    asked = json.dumps({"activity": ACTIVITY, "actor": WORKER.as_json()})
    after: int | None = -1
    count = 0
    while after is not None:
        ((after, gone),) = cast(
            "list[tuple[int | None, int]]",
            call_gate("SELECT next, gone FROM gate.forget_lines(%s, %s, %s::jsonb)", [after, places, asked]),
        )
        count += gone
    return count
