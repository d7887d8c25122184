"""Lines of months ago, as if they were written then, and everything that anybody reads of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.access.builders import a_person, a_right, a_weighed_service, open_keeping, own_request, publish_activity
from tests.api.callers import a_caller, sent
from waardig.access.actions import ask
from waardig.access.terms import Ticket
from waardig.logbook import queries
from waardig.logbook.actions import link_lines, sequence_lines, sign_checkpoint, write_lines
from waardig.logbook.actions.archiving import archive_month, months_to_archive
from waardig.logbook.terms import Archived, NewLine, NewLink

ORIGIN, KEY = "rietwaarden.example/logboek", b"k" * 32
LINES = "/logboek/v1/processing-activities"
OTHER = "proef.handeling"
URI = f"https://example.nl/verwerkingen/{OTHER}/1"
TRACE = "0af7651916cd43dd8448eb211c80319c"


def open_log(owner: psycopg.Connection) -> str:
    """Activities, the right to see who used one's data, and the officer's software; gives its token."""
    open_keeping(owner)
    a_weighed_service(owner)
    a_right(owner, attributes=["logboek.regel"])
    publish_activity(
        owner, id=OTHER, kind="right", bulk=False, population={"kind": "anyone"}, actors=[{"kind": "system"}]
    )
    return a_caller("logboek.toezicht", id="fg", rights=frozenset({"log_read"}), standing="logboek.toezicht")


def make_older(owner: psycopg.Connection, *days: int, seed: int = 1) -> None:
    """Lines without a place began so many days ago, one of these for each line; text and leaf follow."""
    owner.execute("ALTER TABLE log.line DISABLE TRIGGER only_grows")
    owner.execute(
        "UPDATE log.line l SET start_time = l.start_time - x.back, end_time = l.end_time - x.back FROM ("
        " SELECT trace_id, span_id, 86400000::bigint * (%(d)s::integer[])[1 +"
        " (row_number() OVER (ORDER BY span_id) + %(s)s) %% cardinality(%(d)s::integer[])] AS back"
        " FROM log.line v WHERE NOT EXISTS (SELECT FROM log.tree_leaf t"
        " WHERE t.span_id = v.span_id)) x WHERE x.trace_id = l.trace_id AND x.span_id = l.span_id",
        {"d": list(days), "s": seed},
    )
    owner.execute(
        "UPDATE log.line l SET leaf = log.leaf(l.salt, log.canonical(l, d)) FROM log.detail d"
        " WHERE d.trace_id = l.trace_id AND d.span_id = l.span_id"
    )
    owner.execute("ALTER TABLE log.line ENABLE TRIGGER only_grows")


def some_lines(seed: int, people: Sequence[UUID], runs: Sequence[UUID]) -> None:
    """Lines of many kinds: of rounds and apart, about somebody and nobody, with and without a case and links."""
    chance = random.Random(seed)
    for _ in range(4):
        made = write_lines([_a_line(chance, people, runs) for _ in range(20)])
        link_lines(
            [NewLink(chance.choice(made), chance.choice(["case", "message", "decision"]), uuid4()) for _ in range(4)]
        )


def _a_line(chance: random.Random, people: Sequence[UUID], runs: Sequence[UUID]) -> NewLine:
    return NewLine(
        chance.choice(["proef.ronde", OTHER]),
        chance.choice([*people, None]),
        chance.choice(["", "regel", 'met "aanhaling", \\ en é', "x" * 300]),
        frozenset(chance.sample(["brp.naam", "brp.adres", "bijstand.uitkering"], chance.randrange(3))),
        case=chance.choice([None, uuid4()]),
        message=chance.choice([None, uuid4()]),
        run=chance.choice([None, *runs]),
        trace_id=chance.choice([None, TRACE]),
        parent=chance.choice([None, "ff" + "0" * 14]),
        rule_set=chance.choice([None, "ab" * 32]),
        as_of=chance.choice([None, date(2025, 4, 28)]),
    )


def a_ticket(person: UUID) -> Ticket:
    """The right to see one's own lines."""
    return ask(own_request(person, attributes=frozenset({"logboek.regel"})))


def archived_all() -> tuple[Archived, ...]:
    """Every month that is due goes to its file."""
    return tuple(archive_month(month) for month in months_to_archive())


def signed_now() -> None:
    """Lines get places under a checkpoint."""
    sequence_lines()
    sign_checkpoint(ORIGIN, KEY)


def seen(tickets: Sequence[Ticket], runs: Sequence[UUID]) -> dict[str, Any]:
    """What residents, counts and checks say; the same however often it is asked."""
    published = queries.signed()
    assert published is not None
    state = queries.log_state()
    return {
        "lines": [queries.take_lines(ticket) for ticket in tickets],
        "pages": [queries.take_line_page(one, fold_over=2, page=page, size=9) for one in tickets for page in (1, 2)],
        "each": [queries.take_line(one, line.line.span_id) for one in tickets for line in queries.take_lines(one)[-3:]],
        "proofs": [queries.take_evidence(ticket, published.checkpoint) for ticket in tickets],
        "counts": [queries.take_counts(ticket) for ticket in tickets],
        "runs": [queries.count_lines(run) for run in runs],
        "summary": queries.log_summary(),
        "progress": queries.progress(),
        "state": (state.is_whole, state.lines, state.in_tree, state.checkpoints, state.removed),
        "leaves": queries.tree_leaves(),
    }


def read_by_oversight(token: str, subject: str, until: datetime) -> dict[str, list[Any]]:
    """What oversight reads up to a moment: by trace, by person, by activity in days, in small pages."""
    stamp = int(until.timestamp() * 1000)
    since = stamp - int(timedelta(days=30).total_seconds() * 1000)
    asked: dict[str, dict[str, Any]] = {
        "trace": {"traceId": TRACE, "endTime": stamp},
        "subject": {"attributes": {"dpl.core.data_subject_id": subject}, "endTime": stamp},
        "activity": {"attributes": {"dpl.core.processing_activity_id": URI}, "startTime": since, "endTime": stamp},
        "all three": {
            "traceId": TRACE,
            "attributes": {"dpl.core.processing_activity_id": URI, "dpl.core.data_subject_id": subject},
            "endTime": stamp,
        },
    }
    return {name: _pages(token, one) for name, one in asked.items()}


def _pages(token: str, asked: dict[str, Any]) -> list[Any]:
    found: list[Any] = []
    more: dict[str, Any] = {}
    while True:
        answer = sent(token, LINES, {**asked, "limit": 7, **more})
        assert answer.status_code == 200, answer.content
        body = answer.json()
        found += body["processingActivities"]
        if not body.get("next"):
            return found
        more = {"cursor": body["next"]}


def subject_of(owner: psycopg.Connection, person: UUID) -> str:
    """The pseudonym of a person, in hexadecimal."""
    row = owner.execute("SELECT encode(log.pseudonym(%s), 'hex')", (person,)).fetchone()
    assert row is not None
    return str(row[0])


def days_ago(days: int) -> datetime:
    """A moment so many days ago."""
    return datetime.now(UTC) - timedelta(days=days)


def people(count: int) -> list[UUID]:
    """So many persons."""
    return [a_person() for _ in range(count)]
