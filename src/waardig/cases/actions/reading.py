"""Reading a household through the gate as facts for the law; each person read has a line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import UUID

from waardig.access import actions as access
from waardig.access.terms import Actor, Request
from waardig.cases.core.explained import ExplainedStep, counterfactuals, explain
from waardig.cases.core.judge import Judgement, judge
from waardig.cases.queries import rules as content
from waardig.cases.terms import Case
from waardig.catalogue import queries as catalogue
from waardig.kernel.bilingual import Bilingual
from waardig.law.terms import Fact, Value
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact

DECLARED = "opgave."


@dataclass(frozen=True)
class Reader:
    """Under which activity, for whom and for which case a household is read."""

    activity: str
    actor: Actor
    case: UUID | None = None


@dataclass(frozen=True)
class Household:
    """A household as read: facts per person, and what the law is given."""

    applicant: UUID
    partner: UUID | None
    facts: tuple[RegisterFact, ...]
    inputs: Mapping[str, Fact]


def read_household(service: str, case: Case, *, as_of: date, reader: Reader) -> Household:
    """Read everybody in a case and bind the facts to the inputs of the service's law.

    Must not run inside a transaction: the gate commits its log line before it gives data.

    Raises:
        AccessRefused: the gate says no; the refusal is in the log.
    """
    declared = frozenset(a for a in access.attributes_of(reader.activity) if a.startswith(DECLARED))
    ticket = access.ask(
        Request(
            activity=reader.activity,
            attributes=content.attributes_of(service, as_of) | declared,
            persons=case.persons,
            actor=reader.actor,
            as_of=as_of,
            case=reader.case,
        )
    )
    facts = registers.take(ticket)
    partner = next((person for person in case.persons if person != case.applicant), None)
    return Household(case.applicant, partner, facts, inputs_of(service, case.applicant, partner, facts, as_of))


def inputs_of(
    service: str, applicant: UUID, partner: UUID | None, facts: tuple[RegisterFact, ...], as_of: date
) -> dict[str, Fact]:
    """The inputs of the law for one household; what the resident declared takes the place of an older value."""
    inputs = registers.bind(
        content.binding_of(service),
        [f for f in facts if f.person == applicant],
        [f for f in facts if f.person == partner] if partner else None,
        as_of=as_of,
        parameters=content.parameters(as_of, service),
        inputs=content.bound_inputs(as_of, service),
    )
    for asked in content.service_of(service).ask_at_yes:
        if asked.input and (fact := _declared(asked.id, applicant, facts)):
            inputs[asked.input] = replace(fact, source="opgave")
    return inputs


def _declared(name: str, applicant: UUID, facts: tuple[RegisterFact, ...]) -> Fact | None:
    found = [f for f in facts if f.person == applicant and f.attribute == f"{DECLARED}{name}"]
    if not found:
        return None
    newest = max(found, key=lambda f: f.recorded_at)
    if newest.value is None:
        return Fact(None, "unknown", as_of=newest.established_on)
    return Fact(cast("Value", newest.value), as_of=newest.established_on, since=newest.valid_from)


def judge_household(
    service: str, household: Household, *, on: date, assuming: bool = False, explaining: bool = False
) -> Judgement:
    """Let the law run for a household as read."""
    return judge_inputs(service, household.inputs, on=on, assuming=assuming, explaining=explaining)


def judge_inputs(
    service: str, inputs: Mapping[str, Fact], *, on: date, assuming: bool = False, explaining: bool = False
) -> Judgement:
    """Let the law run on facts by input name.

    Args:
        assuming: use what the service package assumes in favour for what is unknown; only for proposals.
        explaining: keep every step, for people who ask why.
    """
    return judge(
        content.book(),
        content.rules_of(service),
        inputs,
        on=on,
        parameters=content.parameters(on, service),
        assuming=assuming,
        explain=explaining,
    )


@dataclass(frozen=True)
class Explained:
    """A judgement with its steps in words and the lines that say when it would have been different."""

    judgement: Judgement
    steps: tuple[ExplainedStep, ...]
    otherwise: tuple[Bilingual, ...]


def explain_household(service: str, household: Household, *, on: date, assuming: bool = False) -> Explained:
    """Judge a household with every step, as the Why page, the letter and the official see it."""
    page = catalogue.why_page(service)
    judged = judge_household(service, household, on=on, assuming=assuming, explaining=True)
    return Explained(
        judgement=judged,
        steps=explain(page, judged, household.inputs, on=on),
        otherwise=counterfactuals(
            page, household.inputs, judged, lambda changed: judge_inputs(service, changed, on=on, assuming=assuming)
        ),
    )
