"""Tables of the message box: metadata and events only; texts and letters stand behind the gate."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from waardig.inbox import terms
from waardig.inbox.terms import Channel, DeliveryState, EventKind, Reader

_ONCE = [kind.value for kind in (EventKind.PUBLISHED, EventKind.HANDED_TO_PRINT)]
_OPENED = [kind.value for kind in (EventKind.OPENED, EventKind.OPENED_BY_REPRESENTATIVE)]


def _values(words: type[Channel] | type[DeliveryState] | type[EventKind] | type[Reader]) -> list[str]:
    return [word.value for word in words]


class Message(models.Model):
    """A message without its text; `key` makes sending idempotent, the line reference ties it to the log."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    key = models.TextField(unique=True)
    recipient = models.UUIDField()
    about = models.UUIDField()
    reader = models.TextField()
    message_type = models.TextField()
    template = models.TextField(default="", db_default="", blank=True)
    service = models.TextField()
    activity = models.TextField()
    subject = models.CharField(max_length=50)
    english_subject = models.CharField(max_length=50, default="", db_default="", blank=True)
    language = models.TextField()
    case = models.UUIDField(null=True)
    run = models.UUIDField(null=True)
    sent_on = models.DateField()
    sent_at = models.DateTimeField(db_default=Now())
    trace_id = models.CharField(max_length=32)
    span_id = models.CharField(max_length=16)
    content_sha256 = models.CharField(max_length=64)
    english_sha256 = models.CharField(max_length=64, default="", db_default="", blank=True)
    answer_code_mac = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        db_table = "inbox_message"
        constraints = [
            models.CheckConstraint(name="inbox_message_reader", condition=Q(reader__in=_values(Reader))),
            models.CheckConstraint(
                name="inbox_message_has_line", condition=~Q(trace_id="") & ~Q(span_id="") & ~Q(content_sha256="")
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "reader", "-sent_at", "id"], name="inbox_message_list"),
            models.Index(fields=["case"], name="inbox_message_case"),
            models.Index(fields=["run"], name="inbox_message_run"),
            models.Index(fields=["trace_id", "span_id"], name="inbox_message_line"),
        ]

    def to_term(self, deliveries: tuple[terms.Delivery, ...], events: tuple[terms.Event, ...]) -> terms.Message:
        """The metadata as the other rooms know it."""
        return terms.Message(
            id=self.id,
            recipient=self.recipient,
            about=self.about,
            reader=Reader(self.reader),
            message_type=self.message_type,
            service=self.service,
            activity=self.activity,
            subject=self.subject,
            english_subject=self.english_subject,
            language="en" if self.language == "en" else "nl",
            case=self.case,
            run=self.run,
            sent_on=self.sent_on,
            sent_at=self.sent_at,
            line=terms.LineRef(self.trace_id, self.span_id),
            content_sha256=self.content_sha256,
            english_sha256=self.english_sha256,
            template=self.template,
            deliveries=deliveries,
            events=events,
        )


class Delivery(models.Model):
    """One message over one channel, with a snapshot of the preference that held at sending."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="delivery_rows")
    channel = models.TextField()
    state = models.TextField(default=DeliveryState.PENDING.value)
    held_reason = models.TextField(default="")
    held_at = models.DateTimeField(null=True)
    preference_version = models.IntegerField(null=True)
    preference_where = models.TextField(default="")
    large_print = models.BooleanField(default=False)

    class Meta:
        db_table = "inbox_delivery"
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="inbox_delivery_message_channel"),
            models.CheckConstraint(name="inbox_delivery_channel", condition=Q(channel__in=_values(Channel))),
            models.CheckConstraint(name="inbox_delivery_state", condition=Q(state__in=_values(DeliveryState))),
            models.CheckConstraint(
                name="inbox_delivery_held",
                condition=(Q(state="held") & ~Q(held_reason="") & Q(held_at__isnull=False))
                | (~Q(state="held") & Q(held_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["held_at"], name="inbox_delivery_held_list", condition=Q(state="held"))]

    def to_term(self) -> terms.Delivery:
        """The delivery as the other rooms know it."""
        return terms.Delivery(
            id=self.id,
            message=self.message_id,
            channel=Channel(self.channel),
            state=DeliveryState(self.state),
            preference_version=self.preference_version,
            large_print=self.large_print,
            held_reason=self.held_reason,
        )


class MessageEvent(models.Model):
    """What happened, in order; never changed or removed (a trigger and the rights see to it)."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="event_rows")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="event_rows")
    kind = models.TextField()
    at = models.DateTimeField(db_default=Now())
    on = models.DateField()
    actor = models.TextField()
    code = models.TextField(default="")

    class Meta:
        db_table = "inbox_message_event"
        constraints = [
            models.CheckConstraint(name="inbox_event_kind", condition=Q(kind__in=_values(EventKind))),
            models.UniqueConstraint(fields=["delivery", "kind"], name="inbox_event_once", condition=Q(kind__in=_ONCE)),
            models.UniqueConstraint(
                fields=["message", "kind"], name="inbox_event_first_opening", condition=Q(kind__in=_OPENED)
            ),
        ]
        indexes = [models.Index(fields=["message", "id"], name="inbox_event_message")]

    def to_term(self) -> terms.Event:
        """The event as the other rooms know it."""
        return terms.Event(EventKind(self.kind), self.at, self.on, self.actor, self.code)


class Preference(models.Model):
    """A choice of a channel; a new choice is a new version."""

    person = models.UUIDField()
    message_type = models.TextField()
    version = models.IntegerField()
    channel = models.TextField()
    large_print = models.BooleanField(default=False)
    set_on = models.DateField()
    set_at = models.DateTimeField(db_default=Now())
    where = models.TextField()

    class Meta:
        db_table = "inbox_preference"
        constraints = [
            models.UniqueConstraint(fields=["person", "message_type", "version"], name="inbox_preference_version"),
            models.CheckConstraint(name="inbox_preference_channel", condition=Q(channel__in=_values(Channel))),
        ]

    def to_term(self) -> terms.Preference:
        """The choice as the other rooms know it."""
        return terms.Preference(
            person=self.person,
            message_type=self.message_type,
            channel=Channel(self.channel),
            version=self.version,
            set_on=self.set_on,
            where=self.where,
            large_print=self.large_print,
        )


class Display(models.Model):
    """How a person wants pages and letters: large, shielded from who looks over the shoulder, in English too."""

    person = models.UUIDField(primary_key=True)
    large = models.BooleanField(default=False)
    shielded = models.BooleanField(null=True)
    language = models.CharField(max_length=2, default="nl", db_default="nl")
    set_on = models.DateField()
    where = models.TextField()

    class Meta:
        db_table = "inbox_display"
        constraints = [models.CheckConstraint(name="inbox_display_language", condition=Q(language__in=["nl", "en"]))]

    def to_term(self) -> terms.Display:
        """The choice as the other rooms know it."""
        language: terms.Language = "en" if self.language == "en" else "nl"
        return terms.Display(self.person, self.large, self.shielded, self.set_on, self.where, language)


class LetterBatch(models.Model):
    """What was handed to the print queue at once: the hash over the hashes of its letters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    manifest_sha256 = models.CharField(max_length=64, unique=True)
    letters = models.IntegerField()
    handed_over_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "inbox_letter_batch"


class Letter(models.Model):
    """The one letter of a delivery; the PDF with the address stands behind the gate under the same id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="letter")
    batch = models.ForeignKey(LetterBatch, on_delete=models.PROTECT, related_name="letter_rows")
    pdf_sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "inbox_letter"


class Tally(models.Model):
    """What destroyed messages counted for, so that every count of a round stays as it was."""

    service = models.CharField(max_length=60)
    run = models.UUIDField(null=True)
    name = models.CharField(max_length=20)
    cell = models.CharField(max_length=120, default="", blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "inbox_tally"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "run", "name", "cell"], name="inbox_tally_once", nulls_distinct=False
            ),
        ]
