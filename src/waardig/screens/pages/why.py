"""Waarom: every step of the reasoning with its value, source, date and article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .frame import Frame
from .words import Amount, Page, PersonName, Shown, Words

Standing = Literal["met", "presumed", "unknown", "not_met", "corrected"]
RowLabel = Literal["value", "period", "source", "seen", "established", "presumed", "because", "who", "limit"]


@dataclass(frozen=True)
class StepRow:
    """One row under a step. Args: label which row; value; after words behind the value ("in uw hoogste maand")."""

    label: RowLabel
    value: Shown
    after: Words | None = None


@dataclass(frozen=True)
class OpenCorrection:
    """The resident said "this is not right". Args: said_on; answer_by the last day of our answer; href the report."""

    said_on: date
    answer_by: date
    href: str = ""


@dataclass(frozen=True)
class LawText:
    """The legal layer of a step.

    Args: article "Participatiewet, artikel 36, lid 1"; text the literal text (language nl); href to the whole law;
    version date of that text; status as in the kernel, shown with words when it is not "published".
    """

    article: Words
    text: str
    href: str
    version: date
    status: Literal["published", "recomputed", "derived", "older_text", "unverified"] = "published"


@dataclass(frozen=True)
class WhyStep:
    """One step. Args: number from 1; claim the heading; rule the rule in words; correct_href "Klopt dit niet?";
    older_than_year: the value is old, so we ask again; laws the articles it rests on."""

    number: int
    standing: Standing
    claim: Words
    rule: Words
    rows: tuple[StepRow, ...] = ()
    laws: tuple[LawText, ...] = ()
    correct_href: str = ""
    correction: OpenCorrection | None = None
    older_than_year: bool = False


@dataclass(frozen=True)
class StepGroup:
    """Steps under one question; heading None when there are 8 steps or fewer (then one group)."""

    heading: Words | None
    steps: tuple[WhyStep, ...]


@dataclass(frozen=True)
class Considered:
    """The six facts. `never` is generated from the forbidden attributes, `sample_one_in` from the sample safeguard.

    Args: purpose; attributes names of what is read; never names of what never counts; sample_one_in 20 = "1 op de 20
    zaken" (None: no sample safeguard, a person looks at every case); sample_every how often a sample is drawn.
    """

    purpose: Words
    attributes: tuple[Words, ...]
    never: tuple[Words, ...]
    sample_one_in: int | None
    sample_every: Literal["day", "week", "month"] = "week"


@dataclass(frozen=True)
class StepCounts:
    """How the steps came out; total is their sum."""

    total: int
    met: int
    presumed: int
    unknown: int
    not_met: int
    corrected: int


@dataclass(frozen=True)
class WhyPage(Page):
    """Args: amount None when there is none (title then "Waarom dit antwoord?"); stage tells what it is now: a proposal
    ("nog geen besluit"), a running application, or a decision; otherwise: when it would have been different."""

    template: ClassVar[str] = "portal/why.html"
    partial: ClassVar[str] = "screens/_why.html"
    frame: Frame
    back_href: str
    about: PersonName | None
    amount: Amount | None
    stage: Literal["proposal", "application", "decision"]
    counts: StepCounts
    considered: Considered
    weighing_href: str
    groups: tuple[StepGroup, ...]
    otherwise: tuple[Words, ...]
    computed_on: date
    print_href: str
