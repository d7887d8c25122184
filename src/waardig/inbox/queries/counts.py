"""Counts and history of messages, for who must account for it. What was destroyed still counts (Tally)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Sum

from waardig.inbox import models
from waardig.inbox.core.template import Template
from waardig.inbox.queries.templates import parsed
from waardig.inbox.terms import Channel, DeliveryState, EventKind, HeldReason
from waardig.kernel.content import content_roots


def delivery_counts() -> dict[tuple[str, str], int]:
    """How many deliveries there are by channel and state."""
    rows = models.Delivery.objects.values_list("channel", "state").annotate(count=Count("id")).order_by()
    found = {(channel, state): int(count) for channel, state, count in rows}
    for cell, count in models.Tally.objects.filter(name="delivery").values_list("cell", "count"):
        channel, _, state = cell.partition("/")
        found[channel, state] = found.get((channel, state), 0) + count
    return found


def paper_counts(service: str, *, due_before: date, within_days: int) -> dict[str, int]:
    """Letters of a service's rounds that should have gone out, those that did in time, and digital without a choice.

    What is held because the person died is not due; what is held for another reason is due and late.

    Args:
        due_before: messages sent on this day or earlier are due.
        within_days: how many days there were for each.
    """
    rows = models.Delivery.objects.filter(message__service=service, message__run__isnull=False)
    paper = rows.filter(channel=Channel.PAPER, message__sent_on__lte=due_before)
    due = paper.exclude(state=DeliveryState.CANCELLED).exclude(held_reason=HeldReason.DECEASED)
    handed = models.MessageEvent.objects.filter(delivery__in=due, kind=EventKind.HANDED_TO_PRINT)
    in_time = handed.filter(on__lte=F("message__sent_on") + timedelta(days=within_days))
    gone = models.Tally.objects.filter(service=service)
    cells = [(row.cell.partition("/"), row.count) for row in gone.filter(name="paper")]
    paper_gone = [(days, count) for (sent, _, days), count in cells if date.fromisoformat(sent) <= due_before]
    unchosen = gone.filter(name="unchosen").aggregate(count=Sum("count"))["count"] or 0
    return {
        "due": due.count() + sum(count for _, count in paper_gone),
        "in_time": in_time.values("delivery").distinct().count()
        + sum(count for days, count in paper_gone if days and int(days) <= within_days),
        "digital_without_choice": rows.filter(channel=Channel.DIGITAL, preference_version__isnull=True).count()
        + unchosen,
    }


EXPLAINED_BY = frozenset({"keyinfo", "why", "question", "data"})
"""The blocks of a proposal that say what, how much, who decides, why, with which data, and what one can do."""


def explained_count(service: str) -> int:
    """How many messages of a service's rounds were written with a template that has every block of the explanation."""
    sent = models.Message.objects.filter(service=service, run__isnull=False)
    counted = sent.values_list("message_type", "language").annotate(count=Count("id"))
    complete = {
        (one.message_type, one.language): EXPLAINED_BY.issubset(one.ids)
        for one in _templates_of(service, content_roots())
    }
    gone = models.Tally.objects.filter(service=service, name="template").values_list("cell", "count")
    destroyed = [(*cell.rsplit("/", 1), count) for cell, count in gone]
    return sum(count for kind, language, count in [*counted, *destroyed] if complete.get((kind, language), False))


def _templates_of(service: str, roots: Sequence[Path]) -> list[Template]:
    files = {file.name: file for root in roots for file in root.glob(f"services/{service}/messages/*.*.md")}
    return [parsed(file, file.stat().st_mtime_ns) for _, file in sorted(files.items())]


def channels_of_run(run: UUID) -> dict[str, int]:
    """How many messages of a round went digital only, and how many on paper (also after digital); three queries."""
    sent = models.Message.objects.filter(run=run)
    paper = sent.filter(delivery_rows__channel=Channel.PAPER).distinct().count()
    gone = dict(models.Tally.objects.filter(run=run, name="channel").values_list("cell", "count"))
    return {"digital": sent.count() - paper + gone.get("digital", 0), "paper": paper + gone.get("paper", 0)}


def history() -> Iterator[dict[str, Any]]:
    """Every message with its deliveries and events in a stable order, without random ids and wall clock times.

    `case` is the id of the case, for who knows its number; texts stand here as a fingerprint only.
    """
    rows = models.Message.objects.prefetch_related("delivery_rows", "event_rows")
    for row in rows.order_by("sent_on", "recipient", "message_type", "content_sha256", "key").iterator(500):
        yield {
            "kind": "message",
            "message_type": row.message_type,
            "service": row.service,
            "activity": row.activity,
            "recipient": str(row.recipient),
            "about": str(row.about),
            "reader": row.reader,
            "language": row.language,
            "subject": row.subject,
            "case": row.case,
            "of_a_run": row.run is not None,
            "sent_on": row.sent_on.isoformat(),
            "content_sha256": row.content_sha256,
            **_in_english(row),
            "deliveries": sorted((d.channel, d.state, d.held_reason) for d in row.delivery_rows.all()),
            "events": [(e.kind, e.on.isoformat()) for e in sorted(row.event_rows.all(), key=lambda event: event.pk)],
        }


def _in_english(row: models.Message) -> dict[str, str]:
    """What there is of an English text; nothing for who did not choose it."""
    if not row.english_sha256:
        return {}
    return {"english_subject": row.english_subject, "english_sha256": row.english_sha256}
