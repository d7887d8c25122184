"""Terms of a decision for somebody else: an enforcement point asks whether an act fits an activity.

Source: OpenID AuthZEN Authorization API 1.0 and its Dutch profile (NL GOV). No person's data is in any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from waardig.kernel.errors import Refusal

Scalar = str | int | float | bool


@dataclass(frozen=True)
class Caller:
    """Who may ask: an organisation's enforcement point (policy enforcement point, PEP), known by a token of its own.

    Attributes:
        rights: `evaluate` (ask decisions), `log_read` (read the log for oversight).
        activities: ids of the activities it may ask about or read under, and no others.
        standing: the activity of a caller that speaks plain AuthZEN and names none.
        valid_until: its last day.
    """

    id: str
    name: str
    organisation: str
    rights: frozenset[str]
    activities: frozenset[str]
    standing: str | None = None
    valid_until: date | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Question:
    """One access evaluation request, read.

    Attributes:
        properties: what the caller states, by `subject.role`, `action.soft`, `resource.status`.
        activity: `action.properties.processing_activity_id`; empty when none was named.
        attributes: `resource.properties.attributes`: what would be read, as register.attribute.
        rule_set: `action.properties.rule_set`: hash of the rules that will use the data (services only).
        time: `context.time`, RFC 3339; None = now.
    """

    subject_type: str
    subject_id: str
    action: str
    resource_type: str
    resource_id: str
    properties: Mapping[str, object] = field(default_factory=dict)
    activity: str = ""
    attributes: frozenset[str] = frozenset()
    rule_set: str | None = None
    time: str | None = None


@dataclass(frozen=True)
class Permit:
    """A permission that an activity declares: these acts on this kind of thing, under these conditions.

    Attributes:
        subjects, resources: ids it is limited to; empty = every one.
        when: by property (`resource.status`): the values under which it holds; a property that is not known fails.
    """

    actions: frozenset[str]
    resource: str
    subjects: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    when: Mapping[str, tuple[Scalar, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the declaration itself says of one subject or resource; a caller cannot talk it away."""

    entity: str
    type: str
    id: str
    properties: Mapping[str, Scalar]


@dataclass(frozen=True)
class Weighed:
    """The decided weighing of a service, as far as a decision depends on it."""

    id: str
    version: int
    activities: frozenset[str]
    purposes: frozenset[str]
    rule_sets: frozenset[str]
    attributes: frozenset[str]
    decided_on: date
    valid_from: date
    dpia_reference: str
    dpia_on: date | None
    advice_reference: str
    advice_on: date | None
    announced_on: date | None
    announcement_days: int
    expires_on: date | None


@dataclass(frozen=True)
class Standstill:
    """A service stands still since a day, and why."""

    since: date
    why: str


@dataclass(frozen=True)
class Policy:
    """One version of an activity with everything a decision depends on, as it was known at one moment.

    Attributes:
        actors: (kind, role) of who may act; role None = every role.
        subjects: which kind of actor a type of subject is; a type that is not named must be a kind itself.
        never_in_bulk: attributes that no service may read.
        for_caller: the activity is one of those that the caller may ask about.
    """

    id: str
    version: int
    uri: str
    service: str
    kind: str
    status: str
    valid_from: date
    valid_to: date | None
    actors: tuple[tuple[str, str | None], ...]
    attributes: frozenset[str]
    permits: tuple[Permit, ...]
    subjects: Mapping[str, str] = field(default_factory=dict)
    known: tuple[Known, ...] = ()
    population: str = ""
    weighed: Weighed | None = None
    standstill: Standstill | None = None
    never_in_bulk: frozenset[str] = frozenset()
    for_caller: bool = True


class Verdict(NamedTuple):
    """Yes, or the reasons against as (code, facts); no reason means yes."""

    reasons: tuple[tuple[str, Mapping[str, object]], ...] = ()

    @property
    def allowed(self) -> bool:
        """True when nothing speaks against it."""
        return not self.reasons

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons, in order."""
        return tuple(code for code, _ in self.reasons)


@dataclass(frozen=True)
class Evaluated:
    """What is answered: the body of AuthZEN, and the W3C trace under which it is in the decision log."""

    body: Mapping[str, object]
    traceparent: str


@dataclass(frozen=True)
class Replayed:
    """Decisions of the log that were decided again from the versions the log names.

    Attributes:
        records: calls looked at; `decisions` of them, each with its own answer.
        differing: traces of calls with a decision or reasons that now come out otherwise.
    """

    records: int
    decisions: int
    differing: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """True when every decision came out the same."""
        return not self.differing


class EvaluationInvalid(Refusal):
    """A request that is not one: a field is missing or of another type."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(
            code="evaluation_invalid",
            text_nl=f"Het verzoek klopt niet bij {where}: {what}.",
            text_en=f"The request is not valid at {where}: {what}.",
            remedy="Send subject {type, id}, action {name} and resource {type, id} as JSON (AuthZEN 1.0, section 6).",
        )
        self.where = where
        self.what = what


class CallerRefused(Refusal):
    """A caller that cannot be registered, changed or let in."""

    def __init__(self, code: str, text_nl: str, text_en: str, remedy: str) -> None:
        super().__init__(code, text_nl, text_en, remedy)


class DecisionsDiffer(Refusal):
    """Decisions of the log come out otherwise now: the log was changed, or the code decides otherwise."""

    def __init__(self, found: Replayed) -> None:
        super().__init__(
            code="decisions_differ",
            text_nl=f"{len(found.differing)} van {found.records} beslissingen komen nu anders uit.",
            text_en=f"{len(found.differing)} of {found.records} calls come out otherwise now.",
            remedy="Run waardig access replay for their traces, and explain each difference.",
        )
