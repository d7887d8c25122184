"""Home and message page with 1 and with 1,000 messages: processor time and queries, against a page without data.

Baseline: the page that explains how it works, which reads nothing about a person.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmarks.a_town import SERVICE, database, prepare

if TYPE_CHECKING:
    from django.test import Client

TIMES = 20
MANY = 1_000


@dataclass(frozen=True)
class Measured:
    """One page: milliseconds of processor (least of several), queries."""

    page: str
    messages: int
    milliseconds: float
    queries: int


def measured() -> tuple[Measured, ...]:
    """A resident with one message, then with many."""
    with database():
        prepare(60)
        from tests.identity.signing_in import a_resident, signed_in_client
        from tests.identity.trial import BASE, PERSONAS
        from waardig.identity.adapters.trial import open_trial
        from waardig.identity.terms import SETUP
        from waardig.inbox.models import Message
        from waardig.outbox.actions import drain
        from waardig.proposals.actions import run_round
        from waardig.shell import wiring

        SETUP.bind(open_trial(BASE, PERSONAS, installation="test")[0])
        run_round(SERVICE)
        while drain(wiring.handlers(), batch=100).done:
            pass
        first = Message.objects.filter(reader="self").order_by("id")[0]
        person, address = first.recipient, f"/berichten/{first.id}/"
        client = signed_in_client(a_resident(person))
        found = [counted_page(client, "/uitleg/", "how it works", 0)]
        for messages in (1, MANY):
            _fill(person, messages - 1)
            found += [
                counted_page(client, "/", "home", messages),
                counted_page(client, "/berichten/", "messages", messages),
                counted_page(client, address, "message", messages),
            ]
        return tuple(found)


def _fill(person: UUID, count: int) -> None:
    """More messages for a person, through the door of the message box."""
    from django.db import transaction

    from tests.inbox.builders import a_message
    from waardig.demo.personas import DEMO_DATE
    from waardig.inbox.actions import send_messages

    for start in range(0, count, 500):
        batch = [a_message(person, key=f"page-{n}") for n in range(start, min(start + 500, count))]
        with transaction.atomic():
            send_messages(batch, on=DEMO_DATE)


def counted_page(client: Client, address: str, name: str, messages: int) -> Measured:
    """Ask a page several times: the least processor time, and its queries."""
    from django.db import connection

    queries: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(sql)
        return execute(sql, params, many, context)

    spent = []
    for _ in range(TIMES):
        queries.clear()
        with connection.execute_wrapper(count):
            begin = time.process_time()
            answer = client.get(address)
            spent.append(time.process_time() - begin)
        assert answer.status_code == 200, (address, answer.status_code)
    return Measured(name, messages, min(spent) * 1000, len(queries))


def table() -> Iterator[str]:
    """The lines of the table."""
    found = measured()
    base = found[0]
    yield "Pages: least processor time of the web process, and queries"
    for one in found:
        what = f"{one.messages} messages" if one.messages else "baseline"
        ratio = one.milliseconds / base.milliseconds
        yield f"{one.page:<14}{what:<16}{one.milliseconds:>8.1f} ms{ratio:>8.1f} times{one.queries:>6} queries"
