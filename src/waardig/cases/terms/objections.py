"""Objection (bezwaar), hearing, a second look (kijk nog eens) and the penalty for being late (dwangsom).

Objecting is a right: nothing suspends it, and what was written stands behind the gate, never here.
Source: Awb 4:17-4:19, 6:4-6:15, 7:2-7:15, 10:3 lid 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from waardig.kernel.errors import Refusal


class Channel(StrEnum):
    """How an objection or notice came in."""

    PORTAL = "portal"
    COUNTER = "counter"
    PAPER = "paper"


class PaperKind(StrEnum):
    """What a text in the file is."""

    OBJECTION = "objection"
    ADDITION = "addition"
    LATE_REASON = "late_reason"
    HEARING_REPORT = "hearing_report"
    REMARK = "remark"


class HearingState(StrEnum):
    """Where the hearing stands."""

    INVITED = "invited"
    HELD = "held"


class HearingGround(StrEnum):
    """Why nobody was heard (Awb 7:3, the letters of the article)."""

    PLAINLY_INADMISSIBLE = "a"
    PLAINLY_UNFOUNDED = "b"
    NOT_WANTED = "c"
    NO_ANSWER = "d"
    FULLY_MET = "e"


class LookOutcome(StrEnum):
    """How a second look ended."""

    EXPLAINED = "explained"
    REVISED = "revised"
    OBJECTION = "objection"


@dataclass(frozen=True)
class ObjectionText:
    """What the resident wrote. Empty reasons are possible at first (pro forma, Awb 6:6).

    Attributes:
        late_reason: why it came too late, when it did (6:11).
        costs: costs that the resident asks back (7:15), in own words.
    """

    reasons: str = ""
    late_reason: str = ""
    costs: str = ""
    wants_hearing: bool | None = None


@dataclass(frozen=True)
class Objection:
    """One objection against one decision.

    Attributes:
        about: the case in which the decision was taken.
        decide_by: our last day as it stands now (7:10).
        first_official: who took the decision; that person never handles or decides this (10:3 lid 3).
        repair_until: last day to send what is missing; None when nothing was missing.
        hearing_reply_by: last day to say whether a hearing is wanted (7:3 d).
        forwarded_to: the other body that it belongs to (6:15), empty when it is ours.
    """

    case: UUID
    number: str
    about: UUID
    decision: UUID
    person: UUID
    service: str
    state: str
    first_official: str
    received_on: date
    posted_on: date | None
    channel: Channel
    is_timely: bool
    has_reasons: bool
    has_late_reason: bool
    asked_on: date | None
    repair_until: date | None
    repaired_on: date | None
    wants_hearing: bool | None
    hearing_reply_by: date
    asks_costs: bool
    handler: str
    postponed_on: date | None
    decide_by: date
    forwarded_to: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether everything is there that was asked: reasons, and why it came too late when it did."""
        return self.has_reasons and (self.is_timely or self.has_late_reason)

    def had_the_chance(self, on: date) -> bool:
        """Whether the term to repair what was missing has passed (Awb 6:6)."""
        return self.repair_until is not None and on > self.repair_until


@dataclass(frozen=True)
class Forwarding:
    """To which other body an objection goes, where, and why it belongs there (Awb 6:15)."""

    body: str
    address: str
    why: str


@dataclass(frozen=True)
class HearingPlan:
    """When and where (Awb 7:2); by phone when that is what was agreed."""

    on: date
    at: str
    place: str
    by_phone: bool = False


@dataclass(frozen=True)
class Hearing:
    """The hearing of an objection: when invited, when and where, and whether it was held."""

    case: UUID
    state: HearingState
    plan: HearingPlan
    invited_on: date
    papers_until: date
    inspection_from: date
    held_on: date | None = None


@dataclass(frozen=True)
class Paper:
    """A text in the file of a case; the words are read through the gate under `document`."""

    case: UUID
    document: UUID
    kind: PaperKind
    added_on: date
    by: str


@dataclass(frozen=True)
class Review:
    """A decision in place of an older one: what it says now, and what is paid because of that (eurocent).

    Attributes:
        new_outcome: grant or refuse, empty where the older decision stands.
        hearing_ground: why nobody was heard, empty when somebody was.
        costs_ground: what was decided on the costs (7:15), empty when nothing was asked.
        costs_to_lawyer: paid to the lawyer because of legal aid, outside our payments (7:15 lid 5).
    """

    decision: UUID
    against: UUID
    new_outcome: str
    new_amount_eurocent: int | None
    payable_eurocent: int | None
    hearing_ground: str
    costs_eurocent: int | None
    costs_ground: str = ""
    costs_to_lawyer: bool = False


@dataclass(frozen=True)
class SecondLook:
    """Please look again: about a case, its decision when there is one; answered by somebody else."""

    case: UUID
    number: str
    about: UUID
    decision: UUID | None
    person: UUID
    service: str
    state: str
    first_official: str
    asked_on: date
    answer_by: date
    objection_until: date | None
    outcome: LookOutcome | None
    objection: UUID | None


@dataclass(frozen=True)
class Penalty:
    """A notice of default (ingebrekestelling) and what follows from it.

    Attributes:
        due_on: our last day to decide on what we are late with.
        decide_before: last day to decide without a penalty (4:17 lid 3).
        ended_on: the day our decision was made known.
    """

    case: UUID
    number: str
    about: UUID
    person: UUID
    service: str
    state: str
    received_on: date
    due_on: date
    decide_before: date
    first_day: date
    last_day: date
    ended_on: date | None


@dataclass(frozen=True)
class PenaltySum:
    """What a penalty stands at on a day, by the law file (eurocent).

    Attributes:
        settle_by: last day to fix it by decision (4:18).
        text_version: date of the text the amounts come from; they may have been raised since.
    """

    days: int
    amount_eurocent: int
    per_day_eurocent: int
    most_eurocent: int
    settle_by: date
    text_version: str


class SameOfficial(Refusal):
    """Who took the first decision does not handle the objection (Awb 10:3 lid 3)."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="same_official",
            text_nl=f"U was betrokken bij het eerste besluit. Een collega behandelt zaak {number}.",
            text_en=f"This official took or advised on the first decision and may not handle case {number}.",
            remedy="Let a colleague who was not involved take the case (Awb 10:3 lid 3).",
        )


class ChanceNotGiven(Refusal):
    """An objection is never inadmissible without the chance to repair it (Awb 6:6, 6:11)."""

    def __init__(self, number: str, until: date | None) -> None:
        when = f" ({until.isoformat()})" if until else ""
        super().__init__(
            code="chance_not_given",
            text_nl=f"De inwoner kan bezwaar {number} nog aanvullen{when}. Niet-ontvankelijk kan nu niet.",
            text_en=f"Objection {number} is on time and complete, or may still be completed{when}.",
            remedy="Wait for the last day to complete it, or decide on what it says.",
        )


class HearingMissing(Refusal):
    """The resident was neither heard nor is there a legal ground to leave it out (Awb 7:2, 7:3)."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="hearing_missing",
            text_nl=f"Bij bezwaar {number} is nog niet gehoord, en deze grond geldt hier niet.",
            text_en=f"Nobody was heard in {number}, and the ground to leave it out does not hold here.",
            remedy="Invite the resident, or choose a ground of article 7:3 that holds.",
        )


class BodyMissing(Refusal):
    """An objection is forwarded to a body with a name and an address, and never to ourselves (Awb 6:15)."""

    def __init__(self) -> None:
        super().__init__(
            code="body_missing",
            text_nl="Vul in naar welke andere instantie het bezwaar gaat, met het adres.",
            text_en="Forwarding needs the name and the address of another body than ours.",
            remedy="Fill in who decides on this objection and where that body is reached.",
        )


class HearingReasonMissing(Refusal):
    """That an objection is plainly inadmissible or unfounded is a judgement, and it needs its reason (Awb 7:12)."""

    def __init__(self, number: str, least: int) -> None:
        super().__init__(
            code="hearing_reason_missing",
            text_nl=f"Schrijf in ten minste {least} tekens waarom dit in bezwaar {number} duidelijk is.",
            text_en=f"Without hearing anybody, say in {least} characters why {number} is plainly so (Awb 7:3, 7:12).",
            remedy="Write why nobody could doubt it, or invite the resident.",
        )


class HearingTooSoon(Refusal):
    """There must be ten days to send papers before the hearing (Awb 7:4)."""

    def __init__(self, earliest: date) -> None:
        super().__init__(
            code="hearing_too_soon",
            text_nl="Deze dag is te vroeg: de inwoner moet nog stukken kunnen sturen.",
            text_en=f"The hearing cannot be before {earliest.isoformat()} (Awb 7:4).",
            remedy="Choose a later day.",
        )
        self.earliest = earliest


class PostponementNotPossible(Refusal):
    """The decision may be put off once for six weeks, and further only with consent (Awb 7:10)."""

    def __init__(self, number: str, latest: date) -> None:
        super().__init__(
            code="postponement_not_possible",
            text_nl=f"Zo lang uitstellen mag niet zonder dat de inwoner het goedvindt (zaak {number}).",
            text_en=f"Without consent {number} may be put off once, to {latest.isoformat()} at the latest.",
            remedy="Ask the resident for consent, or choose an earlier day.",
        )
        self.latest = latest


class NotLateYet(Refusal):
    """A notice of default counts only when the term has passed (Awb 4:17 lid 3)."""

    def __init__(self, due_on: date) -> None:
        super().__init__(
            code="not_late_yet",
            text_nl="Onze termijn loopt nog. Aanmanen kan pas als wij te laat zijn.",
            text_en=f"The term to decide runs until {due_on.isoformat()}.",
            remedy="Wait for that day; after it the notice counts.",
        )
        self.due_on = due_on


class AmountTooLow(Refusal):
    """An amount lower than the law file gives, or lower than the decision it replaces."""

    def __init__(self, least: int) -> None:
        super().__init__(
            code="amount_too_low",
            text_nl="Dit bedrag is lager dan het bedrag dat volgt uit de wet of uit het eerste besluit.",
            text_en=f"The amount is below {least} eurocent.",
            remedy="Give at least that amount. An objection never makes the outcome worse.",
        )
        self.least = least
