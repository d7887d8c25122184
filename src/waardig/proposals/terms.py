"""The words of proactive rounds. Stdlib and kernel only.

A round looks only at whom it may lawfully approach, one log line a person, and gives nobody an unasked no.
Source: Participatiewet art. 7 and 36; AVG art. 5, 6 and 21; weighing dossier of the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from waardig.kernel.errors import Refusal


class ItemOutcome(StrEnum):
    """What the round found for one person."""

    PROPOSED = "proposed"
    ASKED = "asked"
    HELD = "held"
    WITH_PARTNER = "with_partner"
    NOT_ENTITLED = "not_entitled"
    TO_PERSON = "to_person"
    EXCLUDED = "excluded"
    BUSY = "busy"


class Excluded(StrEnum):
    """Safeguards that take a person out before the law is applied."""

    DECEASED = "deceased"
    UNDER_INVESTIGATION = "under_investigation"
    UNDER_GUARDIANSHIP = "under_guardianship"
    PARTNER_OPTED_OUT = "partner_not_read"
    SECRET_ADDRESS = "secret_address"


@dataclass(frozen=True)
class RunSummary:
    """Counts of what this run newly did; persons unless the name says households; money in eurocent.

    clients = opted_out + already + read; read = evaluated + sum(excluded); evaluated = entitled + asked + not_entitled
    + whom the law left to a person; proposals (households) = sum(lanes) = digital + paper + held; log_lines = read.
    """

    run: UUID | None
    service: str
    as_of: date
    dry_run: bool
    population: int = 0
    clients: int = 0
    opted_out: int = 0
    already: int = 0
    read: int = 0
    evaluated: int = 0
    entitled: int = 0
    not_entitled: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    to_person: int = 0
    asked: int = 0
    proposals: int = 0
    lanes: Mapping[str, int] = field(default_factory=dict)
    digital: int = 0
    paper: int = 0
    held: int = 0
    through_administrator: int = 0
    assumed: Mapping[str, int] = field(default_factory=dict)
    log_lines: int = 0
    amount_eurocent: int = 0
    seconds: float = 0.0
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class RunView:
    """A run as it stands."""

    id: UUID
    service: str
    as_of: date
    dry_run: bool
    started_at: datetime
    finished_at: datetime | None
    items: int
    rule_set: str


class RoundUnknown(Refusal):
    """There is no run to resume or to show."""

    def __init__(self, what: str) -> None:
        super().__init__(
            code="round_unknown",
            text_nl=f"Er is geen ronde: {what}.",
            text_en=f"There is no round: {what}.",
            remedy="See `waardig round status` for the rounds there are.",
        )


class LaneNotWeighed(Refusal):
    """The service has a lane that its decided weighing is not about."""

    def __init__(self, service: str, lanes: tuple[str, ...]) -> None:
        super().__init__(
            code="lane_not_weighed",
            text_nl="Over deze manier van geven is niet besloten.",
            text_en=f"The decided weighing of {service} does not cover the lane {', '.join(lanes)}.",
            remedy="Let the deciding body decide again, or remove the lane from service.yaml.",
        )


class ContentUnverified(Refusal):
    """A rule or amount that the round would use is unverified; that blocks activation."""

    def __init__(self, laws: tuple[str, ...]) -> None:
        super().__init__(
            code="content_unverified",
            text_nl="Een bedrag of tekst in de regels is nog niet nagekeken.",
            text_en=f"An amount or text in these laws is unverified: {', '.join(laws)}.",
            remedy="Give it a source and status in the status file beside the law, then decide the dossier again.",
        )


class RoundDisagrees(Refusal):
    """Judging at once and judging one by one gave another outcome for a household; what differs was not stored."""

    def __init__(self, at_once: str, one_by_one: str) -> None:
        super().__init__(
            code="round_disagrees",
            text_nl="De berekening voor velen en die voor een huishouden geven iets anders. De ronde is gestopt.",
            text_en=f"Judged at once a household is '{at_once}', judged one by one '{one_by_one}'; the round stopped.",
            remedy="Report it with the versions of the law files. Until then: waardig round run --judge one-by-one",
        )
