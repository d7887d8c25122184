"""Messages, deliveries, events and preferences; metadata of a message holds no personal text.

Source: Awb 2:8-2:13 (Wet modernisering elektronisch bestuurlijk verkeer).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from waardig.inbox.terms.blocks import Block, Language
from waardig.inbox.terms.templates import Filled
from waardig.logbook.terms import LineRef


class Channel(StrEnum):
    """How a message reaches someone."""

    DIGITAL = "digital"
    PAPER = "paper"


class Reader(StrEnum):
    """Who reads it: the person self, the administrator (bewindvoerder, BW 1:431) in their place, or whom a court
    appointed: a copy beside the person's own, about the person and addressed to who represents them."""

    SELF = "self"
    ADMINISTRATOR = "administrator"
    REPRESENTATIVE = "representative"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    HELD = "held"
    PUBLISHED = "published"
    HANDED_TO_PRINT = "handed_to_print"
    HANDED_TO_POST = "handed_to_post"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class EventKind(StrEnum):
    """What can happen to a message or a delivery; kept as proof (Awb 2:10) until the term of the proof."""

    ACCEPTED = "accepted"
    PUBLISHED = "published"
    HELD = "held"
    RELEASED = "released"
    HANDED_TO_PRINT = "handed_to_print"
    HANDED_TO_POST = "handed_to_post"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    OPENED = "opened"
    OPENED_BY_REPRESENTATIVE = "opened_by_representative"


class HeldReason(StrEnum):
    """Why a delivery waits for a person."""

    ADDRESS_MISSING = "address_missing"
    ADDRESS_DOUBTED = "address_doubted"
    ADMINISTRATOR_APPEARED = "administrator_appeared"
    DECEASED = "deceased"
    ACCESS_REFUSED = "access_refused"
    ADMINISTRATOR_ADDRESS_MISSING = "administrator_address_missing"
    RETURNED_BY_POST = "returned_by_post"


@dataclass(frozen=True)
class NewMessage:
    """A message to send.

    `recipient` is the person in whose box it comes, `about` the person it is about (mostly the same); `activity` the
    processing activity under which it is sent; `key` makes it idempotent; `line` a log line that already tells of it.
    An administrator's name and address are read at delivery, so they are not given here. `template` the folder and name
    of the template it was written with (`Filled.template`), so that who reads can say how clear it was. `english` the
    translation beside the Dutch text, for who chose that; the Dutch text is the one that counts (Awb 2:6).
    """

    recipient: UUID
    about: UUID
    message_type: str
    service: str
    activity: str
    subject: str
    blocks: tuple[Block, ...]
    key: str
    language: Language = "nl"
    reader: Reader = Reader.SELF
    case: UUID | None = None
    run: UUID | None = None
    line: LineRef | None = None
    answer_code: str | None = None
    id: UUID | None = None
    template: str = ""
    english: Filled | None = None


@dataclass(frozen=True)
class SentMessage:
    """What sending gave: the id, the channel, and whether this call created it."""

    id: UUID
    key: str
    channel: Channel
    new: bool


@dataclass(frozen=True)
class Event:
    """Something that happened: wall clock moment (UTC), business date, by which kind of actor, a code."""

    kind: EventKind
    at: datetime
    on: date
    actor: str
    code: str = ""


@dataclass(frozen=True)
class Delivery:
    """One message over one channel, with the preference that held when it was sent."""

    id: UUID
    message: UUID
    channel: Channel
    state: DeliveryState
    preference_version: int | None
    large_print: bool
    held_reason: str = ""


@dataclass(frozen=True)
class Message:
    """Metadata of a message; the text itself stands behind the gate."""

    id: UUID
    recipient: UUID
    about: UUID
    reader: Reader
    message_type: str
    service: str
    activity: str
    subject: str
    language: Language
    case: UUID | None
    run: UUID | None
    sent_on: date
    sent_at: datetime
    line: LineRef
    content_sha256: str
    deliveries: tuple[Delivery, ...] = ()
    events: tuple[Event, ...] = ()
    template: str = ""
    english_sha256: str = ""
    english_subject: str = ""

    @property
    def is_opened(self) -> bool:
        """True when someone who may read it opened it."""
        opened = {EventKind.OPENED, EventKind.OPENED_BY_REPRESENTATIVE}
        return any(event.kind in opened for event in self.events)

    @property
    def has_english(self) -> bool:
        """True when an English text was sent beside the Dutch one."""
        return bool(self.english_sha256)


@dataclass(frozen=True)
class MessagePage:
    """A page of messages, newest first; `total` counts all of them."""

    messages: tuple[Message, ...]
    page: int
    size: int
    total: int

    @property
    def has_next(self) -> bool:
        """True when older messages follow."""
        return self.page * self.size < self.total


@dataclass(frozen=True)
class MessageText:
    """The text as sent: the proof; `english` the translation that was sent beside it, or nothing."""

    id: UUID
    subject: str
    language: Language
    blocks: tuple[Block, ...]
    answer_code: str | None
    sha256: str
    english: tuple[Block, ...] = ()
    english_sha256: str = ""


HELD_WORDS = {
    HeldReason.ADDRESS_MISSING: "Er is geen adres bekend. Zoek het adres uit en geef de brief dan vrij.",
    HeldReason.ADDRESS_DOUBTED: "Het adres klopt misschien niet. Zoek het uit en geef de brief dan vrij.",
    HeldReason.ADMINISTRATOR_APPEARED: "Er is nu een bewindvoerder. Trek dit bericht in en schrijf de bewindvoerder.",
    HeldReason.DECEASED: "De persoon is overleden. Trek dit bericht in.",
    HeldReason.ACCESS_REFUSED: "De toegang tot naam en adres is geweigerd. Bekijk de reden in het logboek.",
    HeldReason.ADMINISTRATOR_ADDRESS_MISSING: "Van de bewindvoerder is geen adres bekend. Zoek het uit.",
    HeldReason.RETURNED_BY_POST: "De post bracht de brief terug. Bel de persoon.",
}


@dataclass(frozen=True)
class HeldDelivery:
    """A delivery that waits for a person, and why."""

    delivery: Delivery
    message: Message
    reason: HeldReason
    since: datetime


@dataclass(frozen=True)
class Preference:
    """A choice of one person for one type of message (Awb 2:8: consent is per type of message)."""

    person: UUID
    message_type: str
    channel: Channel
    version: int
    set_on: date
    where: str
    large_print: bool = False


@dataclass(frozen=True)
class Display:
    """How a person wants pages and letters. Args: large letters on screen (150 %) and on paper (16 point); shielded
    pages say nothing that others may not read, and can be left at once; None: not chosen, so who has a secret address
    gets it; where it was chosen: web or counter; language of messages and letters beside Dutch.
    """

    person: UUID
    large: bool
    shielded: bool | None
    set_on: date
    where: str
    language: Language = "nl"

    def is_shielded(self, *, secret_address: bool) -> bool:
        """Whether pages are shielded: as chosen, or else because the address is secret."""
        return secret_address if self.shielded is None else self.shielded


@dataclass(frozen=True)
class Sender:
    """Who sends: names and addresses on the letter. `logo_svg` is the text of an SVG file, or empty."""

    name: str
    kind_nl: str
    kind_en: str
    postal_address: str
    phone: str
    return_address: str
    answer_url: str
    logo_svg: str = ""


@dataclass(frozen=True)
class MessageLinks:
    """Addresses that the page gives to the blocks on screen; an empty one is not shown.

    `answer` receives the POST of the question (field `answer`, values of the options).
    """

    answer: str = ""
    yes_but: str = ""
    correct: str = ""
    opt_out: str = ""
    why: str = ""
