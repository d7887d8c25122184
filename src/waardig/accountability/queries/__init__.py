"""What happened, for who must account for it: everything in a stable order, and the counts of a service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waardig.accountability.queries import questions
from waardig.archive import queries as archive
from waardig.cases import queries as cases
from waardig.contact import queries as contact
from waardig.feedback import queries as feedback
from waardig.inbox import queries as inbox
from waardig.logbook import queries as logbook
from waardig.outbox import queries as outbox
from waardig.payments import queries as payments
from waardig.proposals import queries as proposals


def canonical() -> Iterator[dict[str, Any]]:
    """Everything that happened, in a stable order, without random ids, log trace ids and wall clock times.

    Two installations to which the same happened give the same export, however often their processes were killed.
    Publications of figures stand not in it: they say how things stood at the moment they were made.
    """
    yield from proposals.history()
    yield from proposals.list_history()
    yield from cases.history()
    yield from payments.history()
    yield from archive.history()
    yield from _messages()
    yield from feedback.history()
    yield from contact.history()
    yield from questions.history()
    for run in sorted(proposals.runs(), key=lambda one: (one.service, one.as_of)):
        if not run.dry_run:
            counted = logbook.count_lines(run.id)
            yield {"kind": "log", "service": run.service, "as_of": run.as_of.isoformat(), "read": counted.read}
    yield from outbox.history()


def _messages() -> Iterator[dict[str, Any]]:
    """Messages with the number of their case in place of its id."""
    numbers = cases.case_numbers()
    for entry in inbox.history():
        yield {**entry, "case": numbers.get(entry["case"])}
