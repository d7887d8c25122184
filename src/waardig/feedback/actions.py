"""Writes of feedback: take a reaction, close a written one, forget what is past its term. Door.

No line of the log: nothing of a person is asked or kept (decision 0072).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F

from waardig.catalogue.queries import municipality
from waardig.feedback import models
from waardig.feedback.adapters.form_number import fingerprint
from waardig.feedback.core import personal_in
from waardig.feedback.queries import reaction, topic
from waardig.feedback.terms import (
    FORM_HOURS,
    KEEP_DAYS,
    LONGEST,
    LONGEST_DONE,
    OPEN_A_TOPIC,
    PER_SENDER_AN_HOUR,
    PersonalInText,
    ReactionHandled,
    ReactionTooLong,
    ReactionUnknown,
    Reader,
    TextState,
    TooManyReactions,
    WrittenReaction,
)
from waardig.kernel.clock import business_today, wall_now


def give(
    key: str,
    *,
    clear: bool,
    text: str = "",
    language: str = "nl",
    number: str,
    sender: str = "",
    on: date | None = None,
) -> bool:
    """Take a reaction of somebody who is not asked who they are; gives False for a form that was counted before.

    Args:
        key: of the text it is about. number: of the form (`queries.new_number`).
        sender: a mark of where it came from that says nothing about whom, kept for this hour against floods.

    Raises:
        TopicUnknown, ReactionTooLong, PersonalInText, FormUsedUp, TooManyReactions: nothing is kept.
    """
    today, said = on or business_today(), text.strip()
    topic(key)
    _refuse_unfit(said, LONGEST)
    used = fingerprint(number)
    with transaction.atomic():
        _one_at_a_time()
        if not _is_first(used, sender):
            return False
        if said and models.Text.objects.filter(topic=key, state=TextState.OPEN.value).count() >= OPEN_A_TOPIC:
            raise TooManyReactions
        row, _ = models.Count.objects.get_or_create(topic=key, month=today.replace(day=1))
        counted = "yes" if clear else "no"
        models.Count.objects.filter(pk=row.pk).update(**{counted: F(counted) + 1})
        if said:
            _keep_text(key, said, clear, language, today)
    return True


def _keep_text(key: str, said: str, clear: bool, language: str, today: date) -> None:
    models.Text.objects.create(
        id=uuid4(),
        topic=key,
        given_on=today,
        clear=clear,
        language="en" if language == "en" else "nl",
        text=said,
        kept_until=today + timedelta(days=KEEP_DAYS),
    )


def _refuse_unfit(text: str, most: int) -> None:
    if len(text) > most:
        raise ReactionTooLong(most)
    found = personal_in(text, municipality().case_prefix)
    if found is not None:
        raise PersonalInText(found)


def _one_at_a_time() -> None:
    """Wait until no other reaction is taken; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('feedback:give', 0))")


def _is_first(used: str, sender: str) -> bool:
    """Keep that this form was used; False when it was used before.

    Raises:
        TooManyReactions: this place sent more than can be read in an hour.
    """
    hour = _hour(wall_now())
    models.UsedForm.objects.exclude(hour=hour).exclude(sender="").update(sender="")
    if models.UsedForm.objects.filter(number=used).exists():
        return False
    if sender and models.UsedForm.objects.filter(hour=hour, sender=sender).count() >= PER_SENDER_AN_HOUR:
        raise TooManyReactions
    models.UsedForm.objects.create(number=used, hour=hour, sender=sender)
    return True


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def handle(identity: UUID, reader: Reader, *, done: str = "", on: date | None = None) -> WrittenReaction:
    """Close a written reaction: it was read, and perhaps something was done with it.

    Args:
        done: what was done, in a few words for colleagues; "" when it was only read.

    Raises:
        ReactionUnknown: there is none, or this employee is not its author.
        ReactionHandled: a colleague was first.
        ReactionTooLong, PersonalInText: of what was done; nothing changes.
    """
    said = done.strip()
    _refuse_unfit(said, LONGEST_DONE)
    reaction(identity, reader)
    with transaction.atomic():
        row = models.Text.objects.select_for_update().filter(id=identity).first()
        if row is None:
            raise ReactionUnknown
        if row.state != TextState.OPEN.value:
            raise ReactionHandled
        row.state, row.done = TextState.HANDLED.value, said
        row.official, row.handled_on = reader.official, on or business_today()
        row.save(update_fields=["state", "done", "official", "handled_on"])
    return row.to_term()


def forget(on: date, now: datetime) -> int:
    """Remove texts past their term and form numbers that can no longer be used; counts stay. Gives how many rows."""
    texts, _ = models.Text.objects.filter(kept_until__lt=on).delete()
    models.UsedForm.objects.exclude(hour=_hour(now)).exclude(sender="").update(sender="")
    forms, _ = models.UsedForm.objects.filter(hour__lt=now - timedelta(hours=FORM_HOURS + 1)).delete()
    return texts + forms
