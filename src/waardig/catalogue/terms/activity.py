"""A processing activity (verwerkingsactiviteit, AVG art. 30): who may use which facts about whom, what for and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from waardig.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class LegalBasis:
    """One article the activity rests on; `url` opens it (JCI 1.3 for Dutch law, ELI for European law)."""

    law: str
    article: str
    url: str
    sentence: Bilingual


@dataclass(frozen=True)
class SourceLaw:
    """The statute under which a fact was first collected."""

    law: str
    article: str
    url: str


@dataclass(frozen=True)
class Window:
    """How far back a fact is read: the output of a law that gives a number of months."""

    law: str
    output: str


@dataclass(frozen=True)
class ActivityAttribute:
    """One attribute with the sentence why it is needed.

    Attributes:
        window: months back, the law output that says so, or None for what holds on the day itself.
    """

    id: str
    necessity: Bilingual
    collected_under: SourceLaw
    window: int | Window | None = None


@dataclass(frozen=True)
class ActorRule:
    """Who may act: a kind of actor, and a role when not every role may."""

    kind: str
    role: str | None = None


@dataclass(frozen=True)
class Delivery:
    """How facts are served: query, event or bulk; persons in one ask (1-500), and over how many different persons one
    actor may ask in a day (when the activity looks people up: how often)."""

    form: str
    persons_per_ask: int
    daily_ceiling: int | None = None


@dataclass(frozen=True)
class Retention:
    """How long what the activity leaves behind is kept (ISO 8601 period) and by which selectielijst result."""

    period: str
    since: Bilingual
    process: str
    result: str
    result_name: str
    appraisal: str
    selection_list: str
    executed_by: Bilingual


@dataclass(frozen=True)
class Recipient:
    """Who receives data outside the municipality, and in which role."""

    name: Bilingual
    role: str


@dataclass(frozen=True)
class Logging:
    """How deep use is logged: per person or as a count, and why."""

    depth: str
    reason: Bilingual


@dataclass(frozen=True)
class Activity:
    """A processing activity as content declares it; publishing makes it an immutable version.

    Attributes:
        kind: service (needs a decided weighing, stops with it), right, execution or identification (never stopped).
        population: predicate as data, as the gate reads it.
        automated: whether the activity itself takes automated decisions (AVG 22).
        may_correct: a ticket of it may open and settle corrections of facts.
        content: the file's content of this activity, for the register and the fingerprint.
    """

    id: str
    service: str
    name: Bilingual
    purpose: Bilingual
    citizen_text: Bilingual
    kind: str
    valid_from: date
    ground: str
    legal_basis: tuple[LegalBasis, ...]
    actors: tuple[ActorRule, ...]
    attributes: tuple[ActivityAttribute, ...]
    population: Mapping[str, Any]
    delivery: Delivery
    automated: bool
    algorithm: str | None
    recipients: tuple[Recipient, ...]
    retention: Retention
    logging: Logging
    content: Mapping[str, Any]
    may_correct: bool = False

    @property
    def attribute_ids(self) -> frozenset[str]:
        """The attributes of the activity, and no others."""
        return frozenset(attribute.id for attribute in self.attributes)

    @property
    def needs_weighing(self) -> bool:
        """Rights, execution and identification need no weighing and are never suspended."""
        return self.kind == "service"


@dataclass(frozen=True)
class ActivityVersion:
    """A published, immutable version of an activity with an address of its own.

    Attributes:
        windows: months back per attribute, resolved.
        sha256: fingerprint of what is published; same content is the same version.
    """

    activity: Activity
    version: int
    uri: str
    controller: str
    organisation: str
    windows: Mapping[str, int]
    sha256: str


@dataclass(frozen=True)
class RegisteredVersion:
    """A version as the processing register (AVG art. 30) shows it: what it is, and from when until when it held.

    Attributes:
        status: active or ended; an ended version keeps its address.
        valid_to: the last day, when it has one.
    """

    version: ActivityVersion
    status: str
    valid_from: date
    valid_to: date | None
    published_at: datetime

    @property
    def fingerprint(self) -> str:
        """The last part of the address."""
        return self.version.uri.rpartition("/")[2]
