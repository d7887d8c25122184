"""A service (dienst) that municipalities share: which law decides it, what it asks, assumes and never looks at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from waardig.kernel.bilingual import Bilingual


class ServiceLane(StrEnum):
    """How a household gets what it has a right to (rijstrook): the widest that its facts and the rules allow.

    without_application: granted unless somebody says no; yes_is_enough: a proposal; short_form: only what is unknown is
    asked.
    """

    WITHOUT_APPLICATION = "without_application"
    YES_IS_ENOUGH = "yes_is_enough"
    SHORT_FORM = "short_form"


@dataclass(frozen=True)
class Outputs:
    """Which outputs of the law answer which question; names as in the law file.

    Attributes:
        without_application: whether this household may get it without an application.
    """

    entitlement: str
    amount: str
    conditions: tuple[str, ...]
    possible_from: str | None = None
    figures: tuple[str, ...] = ()
    without_application: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """Every output that the service asks of the law, the entitlement first."""
        extra = (self.possible_from, self.without_application)
        found = (self.entitlement, self.amount, *self.conditions, *self.figures, *filter(None, extra))
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Assumption:
    """A value assumed for the person (never against) when it is not known.

    It serves only to compute a proposal; a decision starts from what is established.

    Attributes:
        value: in the unit of the input (eurocent for money).
    """

    input: str
    value: bool | int | str
    sentence: Bilingual


@dataclass(frozen=True)
class AskedAtYes:
    """What the person is asked after saying yes: a fact of the law (`input`) or a fact for paying (`attribute`)."""

    id: str
    name: Bilingual
    why: Bilingual
    input: str | None = None
    attribute: str | None = None


@dataclass(frozen=True)
class WithoutApplication:
    """What lets the municipality grant without an application (ambtshalve), and how it announces that.

    Attributes:
        law, article: where the regulation allows it; checked to be in force and to say for whom (an output).
        activity: under which the household is judged again and decided on; of kind service.
        announce_weeks: whole weeks between the announcement and the decision, in which everybody can say no.
        decide_within_weeks: weeks after that within which the municipality promises to decide.
    """

    law: str
    article: str
    activity: str
    announce_weeks: int
    decide_within_weeks: int


@dataclass(frozen=True)
class AskedWhenUnknown:
    """A fact of the law that the short form asks when no register knows it; answered as `opgave.<id>`.

    Attributes:
        kind: eurocent, yes_no, date or number.
    """

    id: str
    input: str
    kind: str
    question: Bilingual
    hint: Bilingual
    why: Bilingual


@dataclass(frozen=True)
class LastGrant:
    """Where a grant is remembered, and the input of the law that asks for it."""

    attribute: str
    input: str


@dataclass(frozen=True)
class OwnRegulation:
    """The municipality's own regulation for a service that no national law prescribes (regulation.yaml)."""

    service: str
    law: str
    article: str
    without_application: str | None = None


@dataclass(frozen=True)
class ForbiddenGroup:
    """Data that may never count in the service, under one everyday word (afkomst, geloof, wijk)."""

    id: str
    name: Bilingual
    attributes: frozenset[str]


@dataclass(frozen=True)
class Service:
    """A service (dienst).

    Attributes:
        upl_uri: its place in the Uniforme Productnamenlijst; empty when the list has no such product.
        lanes: which lanes the service allows.
        without_application: present when `without_application` is among the lanes.
        ask_when_unknown: what a short form can ask.
        last_grant: where a grant is remembered for a next time.
        objection_activity: reading again because of an objection; None = as for the decision itself.
        look_activity: reading somebody whom a round left to a person; None = no official can open them.
        first_look: inputs of the law that a round reads first; of whom the law already says no, it reads nothing else.
        round_activity: the bulk activity, None when the service is never offered unasked.
        decide_within_weeks: term for the decision (Awb 4:13).
        sample_percent: percentage of cases that a second person looks at.
        team: team of the municipality that handles it.
    """

    id: str
    name: Bilingual
    summary: Bilingual
    upl_name: str
    upl_uri: str
    law: str
    article: str
    outputs: Outputs
    per: str
    household: bool
    lanes: tuple[ServiceLane, ...]
    application_activity: str
    decision_activity: str
    round_activity: str | None
    assume_for: tuple[Assumption, ...]
    ask_at_yes: tuple[AskedAtYes, ...]
    messages: tuple[str, ...]
    decide_within_weeks: int
    team: str
    sample_percent: int
    forbidden: tuple[ForbiddenGroup, ...]
    last_grant: LastGrant
    without_application: WithoutApplication | None = None
    ask_when_unknown: tuple[AskedWhenUnknown, ...] = ()
    objection_activity: str | None = None
    look_activity: str | None = None
    first_look: tuple[str, ...] = ()

    @property
    def forbidden_attributes(self) -> frozenset[str]:
        """Every attribute that may never count."""
        return frozenset().union(*(group.attributes for group in self.forbidden))

    @property
    def grants_unasked(self) -> bool:
        """Whether some households get it without an application."""
        return ServiceLane.WITHOUT_APPLICATION in self.lanes
