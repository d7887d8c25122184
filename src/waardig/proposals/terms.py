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
    FACTS_TOO_OLD = "facts_too_old"


@dataclass(frozen=True)
class RunSummary:
    """Counts of what this run newly did; persons unless the name says households; money in eurocent.

    clients = opted_out + waiting + read; read = log_lines = evaluated + sum(excluded); evaluated = entitled + asked
    + not_entitled + left by the law; proposals (households) = sum(lanes) = digital + paper + held.

    Attributes:
        already, waiting: had an outcome, a case or a recent no; what is known is too old, so the source is asked.
        shares: seconds of each stage as part of `seconds`; threads work at the same time, so together more than one.
    """

    run: UUID | None
    service: str
    as_of: date
    dry_run: bool
    population: int = 0
    clients: int = 0
    opted_out: int = 0
    already: int = 0
    waiting: int = 0
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
    waiting: int = 0


class LineStanding(StrEnum):
    """Where one case of a list stands, as one official sees it."""

    READY = "ready"
    TO_JUDGE = "to_judge"
    AGREES = "agrees"
    DEVIATES = "deviates"
    OVER_MANDATE = "over_mandate"
    DOUBTED = "doubted"
    CONFIRMED = "confirmed"
    GRANTED = "granted"
    SAID_NO = "said_no"
    TO_A_PERSON = "to_a_person"


@dataclass(frozen=True)
class GrantLine:
    """One case of a list; the amount as computed, in eurocent; decided is what a person decided on a sampled one."""

    case: UUID
    number: str
    household_type: str
    amount_eurocent: int
    sampled: bool
    standing: LineStanding
    decided_eurocent: int | None = None


@dataclass(frozen=True)
class GrantList:
    """Announced grants whose term is over, judged again on one day.

    Attributes:
        completed_at: None while the computer still judges.
        released_by: the official who let a list go on of which the sample deviated, with reasons.
    """

    id: UUID
    service: str
    listed_on: date
    rule_set: str
    completed_at: datetime | None
    released_by: str = ""
    release_reasons: str = ""


@dataclass(frozen=True)
class Confirmation:
    """An official granted a list, or the part of it within their mandate."""

    id: UUID
    list: UUID
    official: str
    role: str
    function: str
    mandate_eurocent: int
    on: date
    count: int
    total_eurocent: int


@dataclass(frozen=True)
class ListSummary:
    """What listing the announced grants of a service newly did; households unless the name says persons.

    due = waiting (as in a round) + ready + sampled + to_person + said_no; log_lines = persons read.
    """

    list: UUID | None
    service: str
    on: date
    due: int = 0
    waiting: int = 0
    persons: int = 0
    ready: int = 0
    sampled: int = 0
    to_person: int = 0
    said_no: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    amount_eurocent: int = 0
    log_lines: int = 0
    seconds: float = 0.0


class LeftStep(StrEnum):
    """What an official did with somebody whom a round left to a person; closing takes a second official."""

    ASKED = "asked"
    BY_HAND = "by_hand"
    CLOSE_PROPOSED = "close_proposed"
    CLOSED = "closed"


class ClosedBecause(StrEnum):
    """Why there is nothing to do."""

    DIED = "died"
    NO_RIGHT = "no_right"
    HELPED = "helped"
    UNREACHABLE = "unreachable"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True)
class Left:
    """Somebody whom a round left to a person.

    Attributes:
        item: the outcome in that run, as it stands in addresses and on paper.
        since: the day of the first round that left them, when no official did anything since.
        step, because: what was done, None while nothing was; official, second: by whom, of a closing who agreed too.
    """

    item: int
    service: str
    person: UUID
    reason: str
    as_of: date
    since: date
    step: LeftStep | None = None
    because: ClosedBecause | None = None
    official: str = ""
    on: date | None = None
    second: str = ""
    case: UUID | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether an official still has something to do."""
        return self.step in (None, LeftStep.CLOSE_PROPOSED)


class LeftUnknown(Refusal):
    """No such person was left by a round, or a newer round looked again."""

    def __init__(self) -> None:
        super().__init__(
            code="left_unknown",
            text_nl="Deze regel staat niet meer op de lijst.",
            text_en="No round left this line to a person, or a newer round looked again.",
            remedy="Open the list of people whom a round left to a person again.",
        )


class LeftDone(Refusal):
    """A colleague was first."""

    def __init__(self, step: LeftStep) -> None:
        self.step = step
        super().__init__(
            code="left_done",
            text_nl="Een collega handelde dit al af.",
            text_en=f"This was handled already: {step.value}.",
            remedy="Open the line again; it shows what was done and by whom.",
        )


class LeftNotPossible(Refusal):
    """This cannot be done for this person as it stands."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(
            code="left_not_possible",
            text_nl="Dit kan nu niet voor deze inwoner.",
            text_en=f"This cannot be done for this person: {why}.",
            remedy="Choose another step on the page of this line.",
        )


class NeedsAnother(Refusal):
    """Closing takes two officials."""

    def __init__(self) -> None:
        super().__init__(
            code="needs_another",
            text_nl="Een collega moet dit bevestigen.",
            text_en="Whoever proposed to close it cannot confirm it.",
            remedy="Ask another official to open the line and confirm it.",
        )


class RoundUnknown(Refusal):
    """There is no run to resume or to show."""

    def __init__(self, what: str) -> None:
        super().__init__(
            code="round_unknown",
            text_nl=f"Er is geen ronde: {what}.",
            text_en=f"There is no round: {what}.",
            remedy="See `waardig round status` for the rounds there are.",
        )


class NotInPackage(Refusal):
    """The service package names no activity for this: for rounds, or for granting without an application."""

    def __init__(self, service: str, activity: str) -> None:
        super().__init__(
            code="not_in_package",
            text_nl=f"Op deze manier geeft de gemeente {service} niet.",
            text_en=f"Service {service} has no {activity} in its service.yaml, so this is not done for it.",
            remedy="Name a service that has one; to begin with it, let the deciding body decide on it first.",
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


class ListUnknown(Refusal):
    """No such list."""

    def __init__(self) -> None:
        super().__init__(
            code="list_unknown",
            text_nl="Deze lijst bestaat niet.",
            text_en="There is no such list of announced grants.",
            remedy="Open the list from the work list.",
        )


class ListNotReady(Refusal):
    """The computer still judges the cases of the list."""

    def __init__(self) -> None:
        super().__init__(
            code="list_not_ready",
            text_nl="De lijst wordt nog nagerekend.",
            text_en="The cases of this list are still being judged.",
            remedy="Let `waardig round grants` come to its end, then open the list again.",
        )


class SampleNotJudged(Refusal):
    """Cases of the sample were not judged by hand yet."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            code="sample_not_judged",
            text_nl=f"Beslis eerst zelf over de steekproef: nog {count}.",
            text_en=f"{count} cases of the sample wait to be judged by hand (safeguard W08).",
            remedy="Open each of them from the list and decide it; then confirm the rest.",
        )


class ListHeldBack(Refusal):
    """A person found something else than the computer in the sample."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            code="list_held_back",
            text_nl="In de steekproef vond een mens iets anders dan de computer. De lijst wacht.",
            text_en=f"In {count} cases of the sample a person found something else than the computer; the list waits.",
            remedy="Find out why. Another official than the one who judged may release the list, with reasons.",
        )


class ControlTotalDiffers(Refusal):
    """The total that was typed is not the total of the list."""

    def __init__(self) -> None:
        super().__init__(
            code="control_total_differs",
            text_nl="Dit is niet het totaal van de lijst. Kijk de lijst opnieuw na.",
            text_en="The control total that was typed is not the total of the cases that can be granted now.",
            remedy="Open the list again: somebody may have said no meanwhile. Then type the total that it shows.",
        )
