"""A service (dienst) that municipalities share: which law decides it, what it asks, assumes and never looks at."""

from __future__ import annotations

from dataclasses import dataclass

from waardig.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class Outputs:
    """Which outputs of the law answer which question; names as in the law file."""

    entitlement: str
    amount: str
    conditions: tuple[str, ...]
    possible_from: str | None = None
    figures: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every output that the service asks of the law, the entitlement first."""
        found = (self.entitlement, self.amount, *self.conditions, *self.figures)
        return tuple(dict.fromkeys((*found, self.possible_from) if self.possible_from else found))


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
class ForbiddenGroup:
    """Data that may never count in the service, under one everyday word (afkomst, geloof, wijk)."""

    id: str
    name: Bilingual
    attributes: frozenset[str]


@dataclass(frozen=True)
class Service:
    """A service (dienst).

    Attributes:
        upl_uri: its place in the Uniforme Productnamenlijst.
        lanes: how a yes becomes an application: `yes_is_enough`, `short_form`.
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
    lanes: tuple[str, ...]
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

    @property
    def forbidden_attributes(self) -> frozenset[str]:
        """Every attribute that may never count."""
        return frozenset().union(*(group.attributes for group in self.forbidden))
