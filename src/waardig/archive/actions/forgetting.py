"""Lines of the log and facts of registers past their term go, a part a transaction; the database decides which."""

from __future__ import annotations

import json
from typing import cast
from uuid import UUID

from django.db import transaction

from waardig.archive.actions.destroying import ACTIVITY
from waardig.kernel.declared import require
from waardig.logbook.actions.archiving import drop_others, wait_for_turn, write_without
from waardig.logbook.queries import batches, call_gate
from waardig.logbook.terms import Actor
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob

FORGET = "archive.forget_lines"
FORGET_FACTS, FORGET_PEOPLE, FACT_ACTIVITY = "archive.forget_facts", "archive.forget_people", "registers.vergeten"
PEOPLE = 200
PLACES, PARTS, START = 5000, 40, -1
WORKER = Actor("system", "archive")


def forget_lines(*, places: int = PLACES) -> int:
    """Remove lines of the log past the published term of their activity; gives how many went.

    A line of a case that is kept stays. What went is listed and counted, its leaf stays in the tree, and each part is a
    transaction of its own with one line that says how many: killed between two parts, the next run does the rest.

    Args:
        places: how many places of the tree one part looks at.

    Source: AVG article 5(1)(e).
    """
    after: int | None = START
    count = 0
    while after is not None:
        gone, after = forget_some(after, places=places)
        count += gone
    return count + forget_archived()


def forget_archived() -> int:
    """Remove lines past their term from the archive of the log by the same rule; gives how many went.

    One transaction a month: what goes is listed and the file is written anew without it; then the old file goes.

    Source: AVG article 5(1)(e).
    """
    require(ACTIVITY)
    count = 0
    for (month,) in cast("list[tuple[str]]", call_gate("SELECT month FROM gate.archives_due()")):
        count += _forget_of(month)
    if count:
        drop_others()
    return count


def _forget_of(month: str) -> int:
    asked = json.dumps({"activity": ACTIVITY, "actor": WORKER.as_json()})
    with transaction.atomic():
        wait_for_turn()
        found = call_gate("SELECT file, forms, past FROM gate.archives_due() WHERE month = %s", [month])
        gone: list[int] = []
        for file, forms, past in cast("list[tuple[str, list[int], int]]", found):
            for part in batches([file], "form IN (SELECT unnest(?::INTEGER[])) AND began < ?", [forms, past]):
                rows = call_gate(
                    "SELECT place FROM gate.forget_archived(%s, %s::jsonb, %s::jsonb)", [month, part, asked]
                )
                gone += [place for (place,) in cast("list[tuple[int]]", rows)]
            if gone:
                write_without(month, file, gone)
    return len(gone)


def forget_some(after: int, *, parts: int = PARTS, places: int = PLACES) -> tuple[int, int | None]:
    """The same for at most so many parts of the tree, so that a job of the worker stays well within its lease.

    Args:
        after: the last place that was looked at.

    Returns:
        How many went, and the last place that was looked at now; None when there is nothing further on.
    """
    require(ACTIVITY)
    asked = json.dumps({"activity": ACTIVITY, "actor": WORKER.as_json()})
    count, last = 0, after
    for _ in range(parts):
        ((following, gone),) = cast(
            "list[tuple[int | None, int]]",
            call_gate("SELECT next, gone FROM gate.forget_lines(%s, %s, %s::jsonb)", [last, places, asked]),
        )
        count += gone
        if following is None:
            return count, None
        last = following
    return count, last


def go_on(day: str, after: int) -> None:
    """Have the rest of the tree looked at by another job; the same again asks nothing."""
    with transaction.atomic():
        enqueue([NewJob(FORGET, f"{day}:{after}", {"after": f"place:{after}"})])  # a bare number may look like a BSN


def forget_facts(*, people: int = PEOPLE) -> int:
    """Remove facts of registers past their declared term that nothing needs any more; gives how many went.

    Each part is a transaction of its own with a line in the log for each person: killed between two parts, the next run
    does the rest.

    Args:
        people: how many people one part looks at.

    Source: AVG article 5(1)(e).
    """
    after: UUID | None = None
    count = 0
    while True:
        gone, after = forget_facts_of_some(after, people=people)
        count += gone
        if after is None:
            return count


def forget_facts_of_some(after: UUID | None, *, parts: int = PARTS, people: int = PEOPLE) -> tuple[int, UUID | None]:
    """The same for at most so many parts, so that a job of the worker stays well within its lease.

    Returns:
        How many went, and the last person that was looked at; None when nobody is further on.
    """
    return _of_some("SELECT next, gone FROM gate.forget_facts(%s, %s, %s::jsonb)", after, parts, people)


def _of_some(door: str, after: UUID | None, parts: int, people: int) -> tuple[int, UUID | None]:
    require(FACT_ACTIVITY)
    asked = json.dumps({"activity": FACT_ACTIVITY, "actor": WORKER.as_json()})
    count, last = 0, after
    for _ in range(parts):
        ((following, gone),) = cast("list[tuple[UUID | None, int]]", call_gate(door, [last, people, asked]))
        count += gone
        if following is None:
            return count, None
        last = following
    return count, last


def forget_people(*, people: int = PEOPLE) -> int:
    """Remove whom the registers know and about whom nothing is left; gives how many went.

    A fact, text, case, outcome, message, mandate, question, no or line of the log keeps somebody until its own term.
    Each part is a transaction of its own with a line in the log for each person.

    Args:
        people: how many people one part looks at.

    Source: AVG article 5(1)(e).
    """
    count, after = forget_people_of_some(None, people=people)
    while after is not None:
        gone, after = forget_people_of_some(after, people=people)
        count += gone
    return count


def forget_people_of_some(after: UUID | None, *, parts: int = PARTS, people: int = PEOPLE) -> tuple[int, UUID | None]:
    """The same for at most so many parts; gives as `forget_facts_of_some`."""
    return _of_some("SELECT next, gone FROM gate.forget_people(%s, %s, %s::jsonb)", after, parts, people)


def go_on_with_people(topic: str, day: str, after: UUID) -> None:
    """Have the rest of the people looked at by another job of this topic; the same again asks nothing."""
    with transaction.atomic():
        enqueue([NewJob(topic, f"{day}:{after}", {"after": str(after)})])
