"""The values of a proposal message: amounts, periods and the data that was used, for screen and letter alike; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from waardig.cases.queries import ExplainedStep, Judgement, data_rows
from waardig.law.terms import Fact, Outcome


def proposal_values(
    judged: Judgement, inputs: Mapping[str, Fact], steps: Sequence[ExplainedStep], *, on: date, couple: bool
) -> dict[str, Any]:
    """Placeholder values that follow from the judgement of one household; every whole number of the law by its name."""
    outputs = judged.evaluation.outputs
    months = _figure(outputs, "referteperiode_maanden")
    used = judged.evaluation.inputs_used
    benefit = _number(inputs.get("maanden_bijstand"))
    before = inputs.get("datum_laatste_toekenning")
    numbers = {name: found.value for name, found in outputs.items() if _is_number(found)}
    return {
        **numbers,
        "amount": judged.amount_eurocent or 0,
        "couple": couple,
        "income_average": "gemiddeld_maandinkomen" in used and "hoogste_maandinkomen" not in used,
        "benefit_whole_period": months > 0 and benefit is not None and benefit >= months,
        "granted_before": before is not None and before.reason == "ok",
        "reference_in_years": months > 0 and months % 12 == 0,
        "reference_years": months // 12 if months % 12 == 0 else 0,
        "reference_months": months,
        "income_limit": _figure(outputs, "inkomensgrens"),
        "computed_on": on,
        "presumed": any(step.standing == "presumed" for step in steps),
        "data_used": data_rows(steps, "nl"),
    }


def _is_number(found: Outcome) -> bool:
    return found.reason == "ok" and isinstance(found.value, int) and not isinstance(found.value, bool)


def _figure(outputs: Mapping[str, Outcome], name: str) -> int:
    found = outputs.get(name)
    return int(str(found.value)) if found is not None and _is_number(found) else 0


def _number(fact: Fact | None) -> int | None:
    return int(str(fact.value)) if fact is not None and fact.reason == "ok" else None


def addressed(name: Mapping[str, object]) -> dict[str, str]:
    """ "meneer Vos" and "Meneer Vos"; initials in place of a salutation that is not known."""
    salutation = {"M": "meneer", "V": "mevrouw"}.get(str(name.get("geslacht")), str(name.get("voorletters") or ""))
    surname = " ".join(str(name[part]) for part in ("voorvoegsel", "geslachtsnaam") if name.get(part))
    shown = f"{salutation} {surname[:1].upper()}{surname[1:]}".strip()
    return {"person": shown, "person_start": shown[:1].upper() + shown[1:]}
