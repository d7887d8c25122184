"""The form with which an official decides: outcome, amount, own reasons, and the norms that only a person fills in.

What an official thinks of an open norm stands in the decision, before the other reasons (Awb 3:46).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from waardig.cases import actions as reading
from waardig.cases import queries as cases
from waardig.cases.queries import ExplainedStep
from waardig.cases.terms import Case, CaseKind, DecisionOutcome, Official
from waardig.kernel.clock import business_today
from waardig.kernel.money import cents, euros
from waardig.screens.desk_pages.official import may_refuse
from waardig.screens.frames import address
from waardig.screens.pages import desk as pages
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Words

SHORTEST_REASON = 40
LONGEST = 2000
GRANT = Option("grant", Words("Toekennen", "Grant"))
REFUSE = Option("refuse", Words("Afwijzen", "Refuse"))
INSTEAD = Option("instead", Words("Niet zonder aanvraag: vraag het de inwoner", "Not unasked: let the resident apply"))
"""Nobody gets a no who asked nothing: what was announced can be turned into a proposal."""
NORM_YES = Option(
    "yes", Words("Ja, dat is zo. Dat is goed voor de aanvraag.", "Yes. That is good for the application.")
)
NORM_NO = Option("no", Words("Nee, dat is niet zo.", "No, it is not so."))


@dataclass(frozen=True)
class Asked:
    """What is to be decided, by whom; blind: without seeing what was computed."""

    case: Case
    explained: reading.Explained
    official: Official
    blind: bool

    @property
    def norms(self) -> tuple[ExplainedStep, ...]:
        """The norms a person fills in now: those that no rule presumes in favour; in a blind case all of them."""
        steps = self.explained.steps
        return tuple(step for step in steps if step.kind == "open_norm" and (self.blind or step.standing == "unknown"))

    @property
    def outcomes(self) -> tuple[Option, ...]:
        """What the mandate lets this official choose."""
        granting = (GRANT,) if self.official.mandate_eurocent > 0 else ()
        if self.case.kind is CaseKind.OWN_INITIATIVE:
            return (*granting, *((INSTEAD,) if granting else ()))
        refusing = (REFUSE,) if may_refuse(self.official, self.case.service, business_today()) else ()
        return (*granting, *refusing)


@dataclass(frozen=True)
class Typed:
    """A decision as it was typed, when nothing was wrong with it; outcome None: a proposal instead of a grant."""

    outcome: DecisionOutcome | None
    amount_eurocent: int | None
    reasons: str


def decision_form(
    asked: Asked, *, posted: Mapping[str, str] | None, refused: Mapping[str, FieldError] | None = None
) -> pages.DecisionForm:
    """The form with what was typed and what was wrong.

    Args:
        posted: None for an empty form.
        refused: what the rules refused after the form itself was right, by field.
    """
    typed = posted or {}
    wrong = {**(_errors(asked, typed) if posted is not None else {}), **(refused or {})}
    amount = asked.explained.judgement.amount_eurocent
    computed = euros(amount).replace("€", "").strip() if amount and not asked.blind else ""
    norms = tuple(_norm(step, typed, wrong, blind=asked.blind) for step in asked.norms)
    fields = {
        "outcome": Field("outcome", typed.get("outcome", ""), wrong.get("outcome"), _shown_outcomes(asked, typed)),
        "amount": Field("amount", typed.get("amount", computed), wrong.get("amount")),
        "reason": Field("reason", typed.get("reason", ""), wrong.get("reason")),
    }
    every = [*(part for norm in norms for part in (norm.choice, norm.reason)), *fields.values()]
    return pages.DecisionForm(
        action=address("desk:case", asked.case.id),
        outcome=fields["outcome"],
        amount=fields["amount"],
        reason=fields["reason"],
        ask=None,
        norms=norms,
        errors=tuple(one for one in every if one.error),
        mandate_ok=asked.blind or amount is None or amount <= asked.official.mandate_eurocent,
    )


def read_decision(asked: Asked, posted: Mapping[str, str]) -> Typed | None:
    """The decision that was typed, or None when something is missing, wrong or outside the mandate."""
    if _errors(asked, posted):
        return None
    grant = posted["outcome"] == "grant"
    said = [_norm_sentence(step, posted) for step in asked.norms]
    return Typed(
        outcome=_OUTCOMES[posted["outcome"]],
        amount_eurocent=cents(posted["amount"]) if grant else None,
        reasons="\n".join([*said, posted["reason"].strip()]),
    )


_OUTCOMES = {"grant": DecisionOutcome.GRANT, "refuse": DecisionOutcome.REFUSE, INSTEAD.value: None}


def _errors(asked: Asked, posted: Mapping[str, str]) -> dict[str, FieldError]:
    wrong: dict[str, FieldError] = {}
    for step in asked.norms:
        wrong |= _norm_errors(step, posted)
    outcome = posted.get("outcome", "")
    if outcome not in {option.value for option in asked.outcomes}:
        wrong["outcome"] = FieldError.OUTCOME_EMPTY
    elif outcome == "grant":
        wrong |= _amount_errors(posted.get("amount", ""))
        if any(posted.get(f"norm_{step.id}") == "no" for step in asked.norms):
            wrong["outcome"] = FieldError.NORM_AGAINST
    return wrong | _reason_errors("reason", posted.get("reason", ""), shortest=SHORTEST_REASON)


def _norm_errors(step: ExplainedStep, posted: Mapping[str, str]) -> dict[str, FieldError]:
    wrong: dict[str, FieldError] = {}
    if posted.get(f"norm_{step.id}") not in ("yes", "no"):
        wrong[f"norm_{step.id}"] = FieldError.ANSWER_EMPTY
    name = f"norm_{step.id}_reason"
    return wrong | _reason_errors(name, posted.get(name, ""), shortest=1)


def _amount_errors(text: str) -> dict[str, FieldError]:
    try:
        return {} if cents(text) > 0 else {"amount": FieldError.AMOUNT_NOT_A_NUMBER}
    except ValueError:
        return {"amount": FieldError.AMOUNT_NOT_A_NUMBER}


def _reason_errors(name: str, text: str, *, shortest: int) -> dict[str, FieldError]:
    said = " ".join(text.split())
    if not said:
        return {name: FieldError.REASON_EMPTY}
    if len(said) < shortest:
        return {name: FieldError.REASON_TOO_SHORT}
    return {name: FieldError.TOO_LONG} if len(text) > LONGEST else {}


def _shown_outcomes(asked: Asked, typed: Mapping[str, str]) -> tuple[Option, ...]:
    """The choices, with a warning that a refusal waits while a value is being looked into."""
    waits = cases.is_correction_open(asked.case.persons)
    hint = Words(
        "Let op: er loopt nog een melding. Afwijzen kan pas na het antwoord daarop.",
        "Note: a report is open. Refusing is possible only after its answer.",
    )
    return tuple(
        replace(one, chosen=typed.get("outcome") == one.value, hint=hint if waits and one is REFUSE else None)
        for one in asked.outcomes
    )


def _norm(
    step: ExplainedStep, typed: Mapping[str, str], wrong: Mapping[str, FieldError], *, blind: bool
) -> pages.OpenNorm:
    name, answer = f"norm_{step.id}", typed.get(f"norm_{step.id}", "")
    options = tuple(replace(one, chosen=answer == one.value) for one in (NORM_YES, NORM_NO))
    return pages.OpenNorm(
        id=step.id,
        question=Words(
            f"Alleen een mens beslist dit: {step.heading.nl}", f"Only a person decides this: {step.heading.en}"
        ),
        presumption=None if blind else Words(step.said.nl, step.said.en),
        choice=Field(name, answer, wrong.get(name), options),
        reason=Field(f"{name}_reason", typed.get(f"{name}_reason", ""), wrong.get(f"{name}_reason")),
    )


def _norm_sentence(step: ExplainedStep, posted: Mapping[str, str]) -> str:
    so = "Ja." if posted[f"norm_{step.id}"] == "yes" else "Nee."
    why = posted[f"norm_{step.id}_reason"].strip()
    return f"{step.heading.nl}? {so} {why}"
