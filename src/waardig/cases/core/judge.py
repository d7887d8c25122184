"""What the law says about one household, as an outcome with reason codes; pure.

A proposal may assume in favour what the service package names (`assume`); a decision never assumes.
Source: Participatiewet art. 36; AVG art. 22; the service package (service.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from waardig.cases.terms import Lane
from waardig.law import queries as law
from waardig.law.terms import Evaluation, Fact


class Verdict(StrEnum):
    """The law's answer for a household."""

    QUALIFIES = "qualifies"
    NOT = "not"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rules:
    """Which outputs of which law decide a service, and what may be assumed for a proposal (input -> value)."""

    law: str
    entitlement: str
    amount: str
    possible_from: str
    conditions: tuple[str, ...]
    figures: tuple[str, ...]
    assume: Mapping[str, Any]
    household_input: str = "leefvorm"
    unasked: str = ""

    @property
    def outputs(self) -> tuple[str, ...]:
        """Every output that a judgement asks for."""
        extra = tuple(name for name in (self.possible_from, self.unasked) if name)
        return (self.entitlement, self.amount, *extra, *self.conditions, *self.figures)


@dataclass(frozen=True)
class Judgement:
    """The verdict with its reasons (outputs that were false, or what is unknown); amount in eurocent.

    Attributes:
        unasked: the regulation lets the municipality grant it to this household without an application.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    amount_eurocent: int | None
    household_type: str
    assumed: tuple[str, ...]
    possible_from: str | None
    evaluation: Evaluation
    unasked: bool = False


def judge(
    book: law.LawBook,
    rules: Rules,
    facts: Mapping[str, Fact],
    *,
    on: date,
    parameters: Mapping[str, Any],
    assuming: bool = False,
    explain: bool = False,
) -> Judgement:
    """Apply the law to the facts of one household.

    Args:
        facts: by input name; what is missing is unknown.
        assuming: use `rules.assume` for what is unknown (proposals only).
        explain: keep every step.
    """
    known = dict(facts)
    assumed = _assume(known, rules) if assuming else ()
    said = law.evaluate(
        book, rules.law, rules.outputs, on=on, parameters=dict(parameters), facts=known, explain=explain
    )
    return _read(said, rules, _household_type(facts, rules), assumed)


def _assume(known: dict[str, Fact], rules: Rules) -> tuple[str, ...]:
    named = tuple(name for name in rules.assume if name not in known or known[name].reason == "unknown")
    for name in named:
        before = known.get(name, Fact(None, "unknown"))
        known[name] = replace(before, value=rules.assume[name], reason="ok", presumed=True)
    return named


def _read(said: Evaluation, rules: Rules, household_type: str, assumed: tuple[str, ...]) -> Judgement:
    entitled = said.outputs[rules.entitlement]
    amount = said.outputs[rules.amount]
    verdict, reasons = Verdict.UNKNOWN, _unknowns(said, rules)
    if entitled.reason == "ok" and entitled.value is False:
        verdict, reasons = Verdict.NOT, _false_conditions(said, rules)
    elif entitled.reason == "ok" and entitled.value is True and amount.reason == "ok" and amount.value:
        verdict, reasons = Verdict.QUALIFIES, ()
    possible = said.outputs.get(rules.possible_from)
    return Judgement(
        verdict=verdict,
        reasons=reasons,
        amount_eurocent=int(str(amount.value)) if verdict is Verdict.QUALIFIES else None,
        household_type=household_type,
        assumed=assumed,
        possible_from=str(possible.value) if possible and possible.reason == "ok" and possible.value else None,
        evaluation=said,
        unasked=_is_true(said, rules.unasked),
    )


def _is_true(said: Evaluation, output: str) -> bool:
    found = said.outputs.get(output)
    return found is not None and found.reason == "ok" and found.value is True


def _false_conditions(said: Evaluation, rules: Rules) -> tuple[str, ...]:
    found = tuple(
        name for name in rules.conditions if said.outputs[name].reason == "ok" and said.outputs[name].value is False
    )
    return found or (rules.entitlement,)


def _unknowns(said: Evaluation, rules: Rules) -> tuple[str, ...]:
    asked = (rules.entitlement, rules.amount, *rules.conditions)
    codes = dict.fromkeys(said.outputs[name].reason for name in asked if said.outputs[name].reason != "ok")
    return tuple(codes) or (f"unknown:{rules.amount}",)


def _household_type(facts: Mapping[str, Fact], rules: Rules) -> str:
    fact = facts.get(rules.household_input)
    return str(fact.value) if fact is not None and fact.reason == "ok" else ""


def lane(judgement: Judgement, *, something_wrong: bool, household_changed: bool, sampled: bool) -> Lane:
    """How an application goes on: only a full grant without any doubt is prepared for confirmation.

    Every no, every unknown, every remark of the resident and every sampled case goes to a person (safeguards W04, W08).
    """
    doubt = something_wrong or household_changed or sampled
    return Lane.PREPARED if judgement.verdict is Verdict.QUALIFIES and not doubt else Lane.BY_HAND
