"""The weighing dossier (weging): options, values at stake, positions, choice, advice, safeguards, decision.

Every part that a dossier may still miss is None or empty; `core.completeness` says what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms.safeguards import Safeguard


class Direction(StrEnum):
    """Whether a value gains (gediend) or suffers (geschaad)."""

    SERVED = "served"
    HARMED = "harmed"


@dataclass(frozen=True)
class Person:
    """Somebody who wrote, advised or decided."""

    id: str
    name: str
    role: str | None = None


@dataclass(frozen=True)
class Option:
    """A way that was open (optie); one of them is doing nothing."""

    id: str
    name: Bilingual
    text: Bilingual
    does_nothing: bool = False


@dataclass(frozen=True)
class AcceptedRisk:
    """A drawback that remains and that the deciding body takes upon itself (restrisico)."""

    text: Bilingual
    accepted_by: str


@dataclass(frozen=True)
class ValueAtStake:
    """A public value that the chosen option serves or harms.

    Attributes:
        value: id in the catalogue of values.
        weight: 1 to 5, as the deciding body saw it; nothing is computed with it.
        safeguards: ids of the safeguards that answer a harm.
    """

    value: str
    label: Bilingual
    direction: Direction
    weight: int
    because: Bilingual
    safeguards: tuple[str, ...] = ()
    therefore: Bilingual | None = None
    accepted_risk: AcceptedRisk | None = None


@dataclass(frozen=True)
class Position:
    """What somebody who is affected or works with it thinks (standpunt)."""

    party: Bilingual
    role: str
    stance: str
    text: Bilingual
    source: str
    public: bool
    option: str | None = None


@dataclass(frozen=True)
class Advice:
    """Advice of the data protection officer (functionaris gegevensbescherming, AVG art. 35(2), 39)."""

    by: Person
    given_on: date
    reference: str
    opinion: str
    text: Bilingual


@dataclass(frozen=True)
class Dpia:
    """The data protection impact assessment (AVG art. 35) and until when it holds."""

    reference: str
    made_on: date
    valid_until: date


@dataclass(frozen=True)
class Choice:
    """The chosen option with its reasons; `deviation` says why advice was not followed (Awb 3:50)."""

    option: str
    reasons: Bilingual
    deviation: Bilingual | None = None


@dataclass(frozen=True)
class Announcement:
    """Where and from when people were told, how they opt out, and the first day of a round."""

    on: date
    places: tuple[Bilingual, ...]
    opt_out_how: Bilingual
    first_run_not_before: date


@dataclass(frozen=True)
class Covers:
    """Exactly what the decision is about; anything else is not covered.

    Attributes:
        rule_set: fingerprint of the law versions that decide (law.queries.rule_set).
        activities: activity id to the address of its version.
        recipients: who receives data.
        lanes: how people get it; a decision from before there were lanes weighed a proposal and its yes only.
    """

    rule_set: str
    attributes: frozenset[str]
    activities: Mapping[str, str]
    recipients: frozenset[str]
    lanes: frozenset[str] = frozenset({"yes_is_enough"})


@dataclass(frozen=True)
class Decision:
    """Who decided, under which power, when, and until when it holds (last day)."""

    body: str
    body_kind: str
    decided_by: Person
    mandate: str
    reference: str
    decided_on: date
    valid_until: date


@dataclass(frozen=True)
class CitedTotal:
    """What a simulation says about everybody; None is not shown, because it is about too few people.

    Attributes:
        counted: people | households.
        value: the value that was tried, in a sweep; else empty.
        rules_after: hash of the rule set that it is about.
        before, after, difference: in the unit of the output; text where it has decimals.
    """

    counted: str
    value: str
    rules_after: str
    number: int | None
    before: int | str | None
    after: int | str | None
    difference: int | str | None
    gained: int | None
    lost: int | None
    more: int | None
    less: int | None


@dataclass(frozen=True)
class CitedSimulation:
    """A report of `waardig law simulate` that was weighed along (onderbouwing), with its figures.

    Attributes:
        report, sha256: the file beside the dossier and its fingerprint.
        shows: what it teaches, in a sentence.
        population: sha256 of the file with people; they themselves are nowhere here.
    """

    report: str
    sha256: str
    shows: Bilingual
    law: str
    output: str
    unit: str | None
    on: date
    changes: tuple[str, ...]
    rows: int
    population: str
    rules_before: str
    totals: tuple[CitedTotal, ...]


@dataclass(frozen=True)
class Dossier:
    """A weighing dossier (weging) of one service.

    Attributes:
        version: a new decision is a new version; decided versions never change.
        no_resident_position: why no resident was heard, when none was.
        withdrawn_on: the day the deciding body withdrew it.
        sha256: fingerprint of the canonical content.
    """

    id: str
    version: int
    service: str
    title: Bilingual
    question: Bilingual
    occasion: Bilingual
    author: Person
    options: tuple[Option, ...]
    values: tuple[ValueAtStake, ...]
    positions: tuple[Position, ...]
    no_resident_position: Bilingual | None
    advice: Advice | None
    dpia: Dpia | None
    choice: Choice | None
    safeguards: tuple[Safeguard, ...]
    residual_risks: tuple[AcceptedRisk, ...]
    announcement: Announcement | None
    covers: Covers | None
    decision: Decision | None
    content: Mapping[str, Any]
    sha256: str
    withdrawn_on: date | None = None
    simulations: tuple[CitedSimulation, ...] = ()
