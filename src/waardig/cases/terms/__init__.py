"""The words of cases (zaken) and decisions (besluiten). Stdlib and kernel only.

An application keeps the day on which the resident said yes, whatever happens after it; nothing suspends it.
Source: Awb 1:3, 3:41-3:47, 4:1, 4:13-4:15, 4:87, 6:7, 6:8; Participatiewet art. 36.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from waardig.kernel.bilingual import Bilingual
from waardig.kernel.errors import Refusal


class CaseKind(StrEnum):
    """What a case is about; own_initiative: granted without an application (ambtshalve), unless somebody says no."""

    PROPOSAL = "proposal"
    APPLICATION = "application"
    CORRECTION = "correction"
    OWN_INITIATIVE = "own_initiative"
    OBJECTION = "objection"
    SECOND_LOOK = "second_look"
    PENALTY = "penalty"


class CaseState(StrEnum):
    """Where a case stands. `prepared` and `by_hand` both wait for an official; `announced` for its term to pass."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    RECEIVED = "received"
    PREPARED = "prepared"
    BY_HAND = "by_hand"
    DECIDED = "decided"
    OPEN = "open"
    ANSWERED = "answered"
    ANNOUNCED = "announced"
    OPTED_OUT = "opted_out"
    WITHDRAWN = "withdrawn"
    WAIVED = "waived"


class EventKind(StrEnum):
    """What can happen in a case."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    SAID_YES = "said_yes"
    APPLIED = "applied"
    SOMETHING_WRONG = "something_wrong"
    ASSESSED = "assessed"
    VIEWED = "viewed"
    DECIDED = "decided"
    REPORTED = "reported"
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    NOTED = "noted"
    LAPSED = "lapsed"
    ANNOUNCED = "announced"
    TO_A_PERSON = "to_a_person"
    WITHDRAWN = "withdrawn"
    WAIVED = "waived"
    OBJECTED = "objected"
    COMPLETED = "completed"
    HEARING_ANSWERED = "hearing_answered"
    TAKEN = "taken"
    INVITED = "invited"
    HEARD = "heard"
    POSTPONED = "postponed"
    LOOK_ASKED = "look_asked"
    TURNED = "turned"
    SENT_ON = "sent_on"
    URGED = "urged"
    NOTHING_DUE = "nothing_due"
    WAITS = "waits"


class Lane(StrEnum):
    """How an application reaches a decision: a full grant prepared for confirmation, or a person from the start."""

    PREPARED = "prepared"
    BY_HAND = "by_hand"


class DecisionOutcome(StrEnum):
    """What was decided; of an objection (7:11), a mistake put right (revised), a penalty (4:18) or a report."""

    GRANT = "grant"
    REFUSE = "refuse"
    UPHELD = "upheld"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    INADMISSIBLE = "inadmissible"
    REVISED = "revised"
    PENALTY = "penalty"
    CORRECTED = "corrected"
    UNCORRECTED = "uncorrected"


ANSWERS = (DecisionOutcome.CORRECTED, DecisionOutcome.UNCORRECTED)
"""The answer to a report that a value is wrong: a decision as well (Uitvoeringswet AVG art. 34; Wet BRP art. 2.60)."""


@dataclass(frozen=True)
class Party:
    """A person in a case: applicant, partner or subject."""

    person: UUID
    role: str


@dataclass(frozen=True)
class Case:
    """One case (zaak); amounts in eurocent, business dates; reader "self" or "administrator" (BW 1:431).

    Attributes:
        lane: how a round reached the household (catalogue.terms.ServiceLane); empty when nobody was approached.
        say_no_until: of an announced grant: the last day before anything is decided.
        asked: of a short form: the ids of what is asked because no register knows it.
    """

    id: UUID
    number: str
    kind: CaseKind
    state: CaseState
    service: str
    opened_on: date
    applied_on: date | None = None
    decide_by: date | None = None
    amount_eurocent: int | None = None
    run: UUID | None = None
    rule_set: str = ""
    as_of: date | None = None
    team: str = ""
    household_type: str = ""
    reader: str = "self"
    parties: tuple[Party, ...] = ()
    lane: str = ""
    say_no_until: date | None = None
    asked: tuple[str, ...] = ()

    @property
    def applicant(self) -> UUID:
        """The person the case is about first."""
        return next((p.person for p in self.parties if p.role == "applicant"), self.parties[0].person)

    @property
    def persons(self) -> tuple[UUID, ...]:
        """Everybody in the case, applicant first."""
        return (self.applicant, *(p.person for p in self.parties if p.person != self.applicant))


@dataclass(frozen=True)
class NewCase:
    """A case to open; `key` makes opening idempotent.

    Attributes:
        first: its first event, where that is not the usual one.
        code: of the first event, for example by which way it came in; without personal data.
    """

    key: str
    kind: CaseKind
    state: CaseState
    service: str
    parties: tuple[Party, ...]
    opened_on: date
    amount_eurocent: int | None = None
    run: UUID | None = None
    rule_set: str = ""
    as_of: date | None = None
    team: str = ""
    household_type: str = ""
    reader: str = "self"
    first: EventKind | None = None
    lane: str = ""
    say_no_until: date | None = None
    decide_by: date | None = None
    asked: tuple[str, ...] = ()
    applied_on: date | None = None
    code: str = ""


@dataclass(frozen=True)
class CaseEvent:
    """Something that happened: business date, wall moment, who, and a code without personal data."""

    kind: EventKind
    on: date
    at: datetime
    actor_kind: str
    actor: str
    code: str = ""


@dataclass(frozen=True)
class Declaration:
    """What the resident declares with yes. Wealth in eurocent, None = "I do not know"; iban as checked by the form.

    Attributes:
        told: answers of a short form by id; None = "I do not know".
        wealth_asked: False where the register's own amount counts, because it was not asked.
    """

    household_unchanged: bool
    household_note: str
    wealth_eurocent: int | None
    iban: str
    something_wrong: str = ""
    told: Mapping[str, int | str | bool | None] = field(default_factory=dict)
    wealth_asked: bool = True


@dataclass(frozen=True)
class Assessment:
    """What the law said on the day of the application: lane, reason codes, amount in eurocent when it grants."""

    case: UUID
    lane: Lane
    reasons: tuple[str, ...]
    amount_eurocent: int | None
    household_type: str
    rule_set: str
    as_of: date
    sampled: bool = False


@dataclass(frozen=True)
class Decision:
    """A decision with its terms; the text itself is read through the gate.

    Attributes:
        amount_eurocent: what is paid because of it; of a decision in place of an older one only the difference.
        objection_until: last day of objection; of a decision on objection last day of appeal at the court (6:7, 8:1).
    """

    id: UUID
    case: UUID
    outcome: DecisionOutcome
    amount_eurocent: int | None
    decided_on: date
    official: str
    body: str
    mandate: str
    objection_until: date
    pay_by: date | None
    document: UUID


@dataclass(frozen=True)
class Correction:
    """A report that a value is wrong: which attribute, who holds it, by when it is answered.

    Attributes:
        fact: the value that was doubted, None when nothing was known.
        replaced_by: the value that took its place because of an answer or an objection.
    """

    case: Case
    person: UUID
    attribute: str
    fact: UUID | None
    holder: str
    answer_by: date
    replaced_by: UUID | None = None


@dataclass(frozen=True)
class Official:
    """The employee who decides, with the mandate that the municipality's decree gives (eurocent per decision)."""

    id: str
    name: str
    role: str
    mandate_eurocent: int
    function: str = "medewerker"


class CaseUnknown(Refusal):
    """No such case, or not for this person: the same answer for both."""

    def __init__(self) -> None:
        super().__init__(
            code="case_unknown",
            text_nl="Deze zaak bestaat niet, of is niet van u.",
            text_en="This case does not exist, or it is not yours.",
            remedy="Open the case from the list.",
        )


class StepNotPossible(Refusal):
    """The case stands somewhere from where this step is not possible, for example answered already."""

    def __init__(self, number: str, state: str, step: str) -> None:
        super().__init__(
            code="step_not_possible",
            text_nl=f"Dit kan nu niet meer bij zaak {number}.",
            text_en=f"Case {number} is {state}; {step} is not possible from there.",
            remedy="Open the case again to see where it stands.",
        )


class AutomaticDecision(Refusal):
    """Only a person decides; the computer prepares."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="automatic_decision",
            text_nl=f"Een computer mag niet beslissen over zaak {number}. Een medewerker moet dat doen.",
            text_en=f"Case {number} can only be decided by a person (AVG art. 22, weighing safeguard W04).",
            remedy="Let an official decide at the desk, with reasons of their own.",
        )


class OwnReasonsMissing(Refusal):
    """A decision by hand needs the official's own reasons (Awb 3:46)."""

    def __init__(self, minimum: int) -> None:
        super().__init__(
            code="own_reasons_missing",
            text_nl=f"Schrijf in uw eigen woorden waarom u dit beslist: minstens {minimum} tekens.",
            text_en=f"Write your own reasons for this decision, at least {minimum} characters.",
            remedy="Name the facts and the rule that decide, as you would tell the resident.",
        )


class BeyondMandate(Refusal):
    """The amount is more than this official may grant."""

    def __init__(self, official: str) -> None:
        super().__init__(
            code="beyond_mandate",
            text_nl="Dit bedrag is hoger dan uw mandaat.",
            text_en=f"The amount is above the mandate of {official}, or the role gives no mandate.",
            remedy="Let a colleague with a higher mandate decide this case.",
        )


class NotViewed(Refusal):
    """Only what the official opened can be confirmed in a batch."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="not_viewed",
            text_nl=f"U bekeek zaak {number} nog niet. Bekijk de zaak eerst.",
            text_en=f"Case {number} was not opened by this official, or is in the sample that is decided by hand.",
            remedy="Open the case first; sampled cases are decided one by one.",
        )


class CorrectionOpen(Refusal):
    """A value that decides is being looked into; no adverse decision until it is answered."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="correction_open",
            text_nl=f"Er loopt nog een melding bij zaak {number}. Beslis daar eerst over.",
            text_en=f"A correction that touches case {number} is still open; a refusal has to wait for its answer.",
            remedy="Answer the correction first, then decide.",
        )


class FactsTooOld(Refusal):
    """What a register says of these people is older than it declares, and nothing is decided with that."""

    def __init__(self, number: str, register: Bilingual) -> None:
        super().__init__(
            code="facts_too_old",
            text_nl=f"De gegevens uit {register.nl} bij zaak {number} zijn te oud. Wij vragen ze opnieuw aan de bron.",
            text_en=f"The facts of {register.en} for case {number} are too old. They are asked at the source again.",
            remedy="Open the case again in some minutes. Stays it so? Tell who runs the system: the source is silent.",
        )


class UnaskedRefusal(Refusal):
    """Nobody gets a no who asked nothing."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="unasked_refusal",
            text_nl="Deze inwoner vroeg niets aan. Wijs dus niets af. Vraag of zij het willen aanvragen.",
            text_en=f"Case {number} was opened by the municipality; nobody asked, so there is nothing to refuse.",
            remedy="Send a proposal instead: the resident can then apply, and a refusal of that has its reasons.",
        )
