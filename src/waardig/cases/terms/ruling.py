"""What an official wants to decide on an objection, or on a mistake that is put right (Awb 7:11, 7:12, 7:15)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from waardig.cases.terms import DecisionOutcome
from waardig.cases.terms.objections import HearingGround
from waardig.kernel.errors import Refusal


class CostsGround(StrEnum):
    """What is decided on the costs of an objection (Awb 7:15 lid 2 and 4); a closed list."""

    GRANTED = "granted"
    NOT_REVOKED = "not_revoked"
    NOT_ATTRIBUTABLE = "not_attributable"
    NOT_COMPENSABLE = "not_compensable"


class Repair(StrEnum):
    """How a value is put right when an objection against the answer to a report is upheld.

    VALUE: another value over the same spell. ABSENT: there is none. HOLDER: who keeps it looks again and answers.
    """

    VALUE = "value"
    ABSENT = "absent"
    HOLDER = "holder"


@dataclass(frozen=True)
class CostsRuling:
    """The answer to a request to pay back costs, given in the decision on the objection itself (7:15 lid 3).

    Attributes:
        reasons: how the amount was found (points, amount per point, which text), or why nothing is paid.
        eurocent: what is paid back; None when nothing is.
        to_lawyer: there was legal aid (toevoeging): it is paid to the lawyer, not to the resident (7:15 lid 5).
    """

    ground: CostsGround
    reasons: str
    eurocent: int | None = None
    to_lawyer: bool = False


@dataclass(frozen=True)
class Ruling:
    """What an official wants to decide on an objection.

    Attributes:
        new_outcome: grant, refuse or corrected in place of the old decision, when it is (partly) upheld.
        new_amount_eurocent: the whole amount of the new decision.
        hearing_ground: why nobody was heard; None when somebody was.
        hearing_why: why that is plain, in own words to the resident (7:3 a and b).
        costs: the answer to the request for costs (7:15); None when the resident asked nothing.
    """

    outcome: DecisionOutcome
    reasons: str
    new_outcome: DecisionOutcome | None = None
    new_amount_eurocent: int | None = None
    hearing_ground: HearingGround | None = None
    hearing_why: str = ""
    costs: CostsRuling | None = None

    @property
    def costs_eurocent(self) -> int | None:
        """What is paid back of the costs; None when nothing is."""
        return self.costs.eurocent if self.costs else None

    @property
    def pays_costs_here(self) -> bool:
        """Whether costs go to the resident with an order of ours; a lawyer with legal aid is paid outside it."""
        return self.costs is not None and bool(self.costs.eurocent) and not self.costs.to_lawyer


class CostsUnanswered(Refusal):
    """The resident asked for costs, and the decision says nothing about it (Awb 7:15 lid 3)."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="costs_unanswered",
            text_nl=f"In bezwaar {number} vroeg de inwoner om vergoeding van kosten. Beslis daar ook over.",
            text_en=f"The resident asked for costs in {number}; the decision must answer that (Awb 7:15).",
            remedy="Grant the costs with an amount and how it was found, or choose why not.",
        )


class CostsNotPossible(Refusal):
    """This answer about costs does not fit the decision on the objection (Awb 7:15 lid 2)."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="costs_not_possible",
            text_nl=f"Dit antwoord over de kosten past niet bij uw besluit op bezwaar {number}.",
            text_en=f"This answer about costs does not fit the decision on {number} (Awb 7:15 paragraph 2).",
            remedy="Costs are paid only when asked, when our decision is revoked and the mistake was ours.",
        )


class ValueMoved(Refusal):
    """The value that an objection is about was replaced at its source meanwhile."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="value_moved",
            text_nl=f"De bron veranderde dit gegeven zelf, na het antwoord. Herstellen kan zo niet (bezwaar {number}).",
            text_en=f"The value that {number} is about was replaced at its source after the answer.",
            remedy="Choose that the holder looks again: a new report then goes to who keeps the value.",
        )
