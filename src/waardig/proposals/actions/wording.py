"""The values of a proposal message: amounts, periods and the data that was used, for screen and letter alike; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from waardig.cases.queries import ExplainedStep, Judgement, data_rows
from waardig.law.terms import Fact


def proposal_values(
    judged: Judgement, inputs: Mapping[str, Fact], steps: Sequence[ExplainedStep], *, on: date, couple: bool
) -> dict[str, Any]:
    """Placeholder values that follow from the judgement of one household."""
    outputs = judged.evaluation.outputs
    months = int(str(outputs["referteperiode_maanden"].value or 0))
    used = judged.evaluation.inputs_used
    benefit = _number(inputs.get("maanden_bijstand"))
    before = inputs.get("datum_laatste_toekenning")
    return {
        "amount": judged.amount_eurocent or 0,
        "couple": couple,
        "income_average": "gemiddeld_maandinkomen" in used and "hoogste_maandinkomen" not in used,
        "benefit_whole_period": months > 0 and benefit is not None and benefit >= months,
        "granted_before": before is not None and before.reason == "ok",
        "reference_in_years": months > 0 and months % 12 == 0,
        "reference_years": months // 12 if months % 12 == 0 else 0,
        "reference_months": months,
        "income_limit": int(str(outputs["inkomensgrens"].value or 0)),
        "computed_on": on,
        "presumed": any(step.standing == "presumed" for step in steps),
        "data_used": data_rows(steps, "nl"),
    }


def _number(fact: Fact | None) -> int | None:
    return int(str(fact.value)) if fact is not None and fact.reason == "ok" else None
