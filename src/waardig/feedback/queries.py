"""Reads of feedback: which texts there are and whose, counts, what was written, what waits. Door."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from waardig.catalogue import queries as catalogue
from waardig.feedback import models
from waardig.feedback.adapters.content import page_names, template_names
from waardig.feedback.adapters.form_number import new_number as new_number
from waardig.feedback.core import gone_topic, key_of_message, key_of_page, read_by
from waardig.feedback.core import topics as made_topics
from waardig.feedback.terms import (
    Counted,
    ReactionUnknown,
    Reader,
    TextState,
    Topic,
    TopicUnknown,
    WrittenReaction,
)
from waardig.inbox import queries as inbox
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.content import content_roots

ANY_MESSAGE = "portal.message"


# -- which texts -------------------------------------------------------------------------------------------------------
def topics() -> Mapping[str, Topic]:
    """Every text that can be asked about, by key: a closed list made of the content."""
    teams = {one.id: (one.name, one.team) for one in catalogue.services()}
    subjects = {template: _subject(template) for template in sorted(template_names(content_roots()))}
    return made_topics(page_names(content_roots()), teams, subjects)


def _subject(template: str) -> Bilingual:
    folder, _, name = template.partition("/")
    return Bilingual(
        inbox.template(folder, name, language="nl").subject, inbox.template(folder, name, language="en").subject
    )


def topic(key: str) -> Topic:
    """One text.

    Raises:
        TopicUnknown: there is none of this key.
    """
    found = topics().get(key)
    if found is None:
        raise TopicUnknown
    return found


def page_key(page: str, service: str = "") -> str:
    """The key of a page, given as "face.name"; "" when it is no page that is asked about.

    Args:
        service: of which service this page is, when it is of one.
    """
    known = page_names(content_roots()).get(page)
    if known is None:
        return ""
    own = service if known.by_service and service in {one.id for one in catalogue.services()} else ""
    return key_of_page(page, own)


def message_key(template: str) -> str:
    """The key of a message by its template; that of any message when nobody kept with which template it was written."""
    return key_of_message(template) if template in template_names(content_roots()) else ANY_MESSAGE


# -- for authors -------------------------------------------------------------------------------------------------------
def of_reader(reader: Reader) -> tuple[Topic, ...]:
    """The texts of which this employee is the author; who makes policy reads all, also of texts that are gone."""
    known = topics()
    own = read_by(reader, known.values())
    if not reader.policy:
        return own
    gone = sorted(set(models.Count.objects.values_list("topic", flat=True).distinct()) - set(known))
    return (*own, *(gone_topic(key) for key in gone))


def reads(reader: Reader) -> bool:
    """Whether this employee is the author of any text."""
    return reader.policy or any(one.team == reader.team for one in catalogue.services() if one.team)


def counted(reader: Reader) -> tuple[Counted, ...]:
    """Every text of this reader that somebody reacted to: most unread first, then most often unclear."""
    known = {one.key: one for one in of_reader(reader)}
    sums = {
        row["topic"]: row
        for row in models.Count.objects.filter(topic__in=known).values("topic").annotate(yes=Sum("yes"), no=Sum("no"))
    }
    waiting = dict(
        models.Text.objects.filter(topic__in=sums, state=TextState.OPEN.value)
        .values("topic")
        .annotate(number=Count("id"))
        .values_list("topic", "number")
    )
    found = [Counted(known[key], row["yes"], row["no"], waiting.get(key, 0)) for key, row in sums.items()]
    return tuple(sorted(found, key=lambda one: (-one.open, -one.no, one.topic.key)))


def waiting_count(reader: Reader) -> int:
    """How many written reactions wait for this reader; every page of the desk asks it, so no template is read."""
    rows = models.Text.objects.filter(state=TextState.OPEN.value)
    return (rows if reader.policy else rows.filter(topic__in=_keys_of_team(reader.team))).count()


def _keys_of_team(team: str) -> tuple[str, ...]:
    own = [one.id for one in catalogue.services() if one.team and one.team == team]
    pages = [page for page, known in page_names(content_roots()).items() if known.by_service]
    templates = [one for one in template_names(content_roots()) if one.partition("/")[0] in own]
    return (*(key_of_page(page, one) for page in pages for one in own), *map(key_of_message, templates))


def written(key: str, state: TextState, *, page: int = 1, size: int = 20) -> tuple[WrittenReaction, ...]:
    """What was written about a text, the newest day first."""
    rows = models.Text.objects.filter(topic=key, state=state.value).order_by("-given_on", "id")
    return tuple(row.to_term() for row in rows[(page - 1) * size : page * size])


def written_counts(key: str) -> Mapping[TextState, int]:
    """How many written reactions a text has, by state."""
    rows = models.Text.objects.filter(topic=key).aggregate(
        open=Count("id", filter=Q(state="open")), handled=Count("id", filter=Q(state="handled"))
    )
    return {TextState.OPEN: rows["open"], TextState.HANDLED: rows["handled"]}


def reaction(identity: UUID, reader: Reader) -> WrittenReaction:
    """One written reaction.

    Raises:
        ReactionUnknown: there is none, or its text has another author: the same answer for both.
    """
    row = models.Text.objects.filter(id=identity).first()
    if row is None or row.topic not in {one.key for one in of_reader(reader)}:
        raise ReactionUnknown
    return row.to_term()


# -- for who must account for it ---------------------------------------------------------------------------------------
def history() -> Iterator[dict[str, Any]]:
    """Counts and written reactions in a stable order; what was written stands here as a fingerprint only."""
    for count in models.Count.objects.order_by("month", "topic"):
        yield {
            "kind": "feedback",
            "topic": count.topic,
            "month": count.month.isoformat(),
            "yes": count.yes,
            "no": count.no,
        }
    texts = (_exported(row) for row in models.Text.objects.all())
    yield from sorted(texts, key=lambda one: (one["given_on"], one["topic"], one["text_sha256"], one["state"]))


def _exported(row: models.Text) -> dict[str, Any]:
    return {
        "kind": "feedback_text",
        "topic": row.topic,
        "given_on": row.given_on.isoformat(),
        "clear": row.clear,
        "language": row.language,
        "state": row.state,
        "text_sha256": hashlib.sha256(row.text.encode()).hexdigest(),
        "done": row.done,
        "official": row.official,
        "handled_on": row.handled_on.isoformat() if row.handled_on else None,
        "kept_until": row.kept_until.isoformat(),
    }
