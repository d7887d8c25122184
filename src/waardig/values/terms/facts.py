"""What a measurement tells a safeguard: counts only, never a person. Other rooms give these through the port Meter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True)
class AttributesSeen:
    """W01: attributes that the rule can read, and those really read, in how many reads."""

    rule_attributes: frozenset[str]
    accessed: frozenset[str]
    accesses: int


@dataclass(frozen=True)
class AccessCount:
    """W02: reads, and reads outside the covered purposes or recipients."""

    accesses: int
    outside: int


@dataclass(frozen=True)
class AttributeUse:
    """W03: asks, attributes served, and agreed attributes that no rule ever used."""

    asks: int
    served: frozenset[str]
    unused: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DecisionCount:
    """W04: decisions with a guarded outcome, those taken by the computer, those without own reasons."""

    decisions: int
    by_system: int
    without_reasons: int = 0


@dataclass(frozen=True)
class FollowCount:
    """W05: decisions by people, those equal to what the computer prepared, median handling time in seconds."""

    decided: int
    followed: int
    median_seconds: int


@dataclass(frozen=True)
class SampleCount:
    """W08: cases, drawn, reviewed, drawn but past their term, errors found."""

    cases: int
    drawn: int
    done: int
    overdue: int
    errors: int


@dataclass(frozen=True)
class Calendar:
    """W09: the business date, rounds done so far, the day of the evaluation if it was done."""

    on: date
    runs: int
    evaluated_on: date | None = None


@dataclass(frozen=True)
class OptOutCount:
    """W10: people who opted out, and those of them who were read all the same."""

    opted_out: int
    approached: int


@dataclass(frozen=True)
class PaperCount:
    """W11: people without a digital choice who should have paper by now, who got it in time, digital without choice."""

    due: int
    in_time: int
    digital_without_choice: int = 0


@dataclass(frozen=True)
class MessageCount:
    """W12: messages sent, and those without a complete explanation."""

    sent: int
    incomplete: int


@dataclass(frozen=True)
class RetentionCount:
    """W14: outcomes kept, and those past their term."""

    kept: int
    past_term: int


@dataclass(frozen=True)
class PublicationState:
    """W15: whether the entry is public, whether it differs from what runs, until when the assessment holds."""

    on: date
    registered: bool
    differs: bool
    assessment_valid_until: date | None


Facts: TypeAlias = (
    AttributesSeen
    | AccessCount
    | AttributeUse
    | DecisionCount
    | FollowCount
    | SampleCount
    | Calendar
    | OptOutCount
    | PaperCount
    | MessageCount
    | RetentionCount
    | PublicationState
)
