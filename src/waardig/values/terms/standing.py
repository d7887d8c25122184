"""How a dossier stands on a day (stand), what it does not cover (gat in de dekking), and how a service stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waardig.kernel.bilingual import Bilingual


class State(StrEnum):
    """concept · consultatie · advies · besloten · opgeschort · verlopen · ingetrokken."""

    CONCEPT = "concept"
    CONSULTATION = "consultation"
    ADVICE = "advice"
    DECIDED = "decided"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Problem:
    """Something that is missing or wrong, and what to do about it."""

    code: str
    text_nl: str
    text_en: str
    remedy: str


@dataclass(frozen=True)
class Gap:
    """Something that would run but that the decision does not cover.

    Attributes:
        kind: rule_set | attribute | activity | recipient | lane.
        name: what is not covered.
    """

    kind: str
    name: str
    text_nl: str
    text_en: str
    remedy: str

    @property
    def code(self) -> str:
        """Stable word for programs."""
        return f"not_covered_{self.kind}"


@dataclass(frozen=True)
class Scope:
    """What a service would do now: the rule set, the attributes it reads, its activities and recipients.

    Attributes:
        activities: activity id to the address of the version that the content gives.
        unverified: laws with a text or amount that nobody verified; with any, the service may not start.
        lanes: how people get it.
    """

    rule_set: str
    attributes: frozenset[str]
    activities: Mapping[str, str]
    recipients: frozenset[str]
    unverified: tuple[str, ...] = ()
    lanes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Suspension:
    """A stop of new effects of a service; rights go on. Open while `resumed_on` is None."""

    service: str
    suspended_on: date
    suspended_by: str
    reason: str
    resumed_on: date | None = None
    resumed_by: str | None = None
    confirmed_by: str | None = None
    resume_reason: str | None = None

    def is_open(self, on: date) -> bool:
        """Whether it stops the service on this day."""
        return self.suspended_on <= on and (self.resumed_on is None or on < self.resumed_on)


@dataclass(frozen=True)
class Standing:
    """How the dossier stands on a day.

    Attributes:
        may_run: whether new effects (rounds, proposals, bulk reads) are allowed; rights never depend on it.
        reasons: why not.
        runs_from: the first day of a round, when that is still to come.
        text: the state in words for the public page.
    """

    state: State
    may_run: bool
    reasons: tuple[Problem, ...]
    text: Bilingual
    runs_from: date | None = None
    suspension: Suspension | None = None
