"""Reading a household through the gate as facts for the law; each person read has a line in the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import UUID

from waardig.access import actions as access
from waardig.access.terms import Actor, Request
from waardig.cases.core.explained import ExplainedStep, counterfactuals, explain
from waardig.cases.core.judge import Judgement, Verdict, judge
from waardig.cases.core.nearest import nearest_lines
from waardig.cases.queries import rules as content
from waardig.cases.terms import Case, CaseKind
from waardig.catalogue import queries as catalogue
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import wall_now
from waardig.law import queries as law
from waardig.law.terms import Fact, Value
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact

DECLARED = "opgave."
ACCOUNT = "uitkeringen.iban"
MOST_PROBES = 200
"""Evaluations for one fact in one direction, so that deciding takes no longer than somebody waits."""


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

    def declared(self, number: str) -> Mapping[str, object]:
        """What the applicant declared with the case of that number, by name without the register."""
        return {
            fact.attribute.removeprefix(DECLARED): fact.value
            for fact in sorted(self.facts, key=lambda f: f.recorded_at)
            if fact.person == self.applicant and fact.source == source_of(number)
        }


def source_of(number: str) -> str:
    """The source under which the declaration of a case is kept."""
    return f"opgave bij {number}"


def read_household(service: str, case: Case, *, as_of: date, reader: Reader) -> Household:
    """Read everybody in a case and bind the facts to the inputs of the service's law.

    Of an application, what was declared with it counts; what is typed and not sent yet does not.

    Must not run inside a transaction: the gate commits its log line before it gives data.

    Raises:
        AccessRefused: the gate says no; the refusal is in the log.
    """
    allowed = access.attributes_of(reader.activity)
    declared = frozenset(a for a in allowed if a.startswith(DECLARED)) | _account(case, allowed)
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
    declared_in = case.number if case.kind is CaseKind.APPLICATION else ""
    inputs = inputs_of(service, case.applicant, partner, facts, as_of, declared_in=declared_in)
    return Household(case.applicant, partner, facts, inputs)


def _account(case: Case, allowed: frozenset[str]) -> frozenset[str]:
    """Where nobody applied and so nobody told an account, the one that the administration knows."""
    return allowed & {ACCOUNT} if case.kind is CaseKind.OWN_INITIATIVE else frozenset()


def inputs_of(
    service: str,
    applicant: UUID,
    partner: UUID | None,
    facts: tuple[RegisterFact, ...],
    as_of: date,
    *,
    declared_in: str = "",
    only: Sequence[str] | None = None,
) -> dict[str, Fact]:
    """The inputs of the law for one household.

    A partner who is not the one that the register knows on that day was not read: what needs them is unknown.

    Args:
        declared_in: number of the case whose declaration takes the place of an older value; none when empty.
        only: some of the inputs, when not everything was read; the others are left out, and so unknown.
    """
    known = [f for f in facts if f.person == applicant]
    is_linked = partner is not None and linked_partner(service, applicant, facts, as_of) in (partner, None)
    inputs = registers.bind(
        content.binding_of(service),
        known,
        [f for f in facts if f.person == partner] if is_linked else None,
        as_of=as_of,
        parameters=content.parameters(as_of, service),
        inputs=content.bound_inputs(as_of, service) if only is None else only,
    )
    known_service = content.service_of(service)
    asked_inputs = [(one.id, one.input) for one in known_service.ask_at_yes]
    asked_inputs += [(one.id, one.input) for one in known_service.ask_when_unknown]
    for identity, name in asked_inputs:
        if declared_in and name and (fact := _declared(identity, known, declared_in)):
            inputs[name] = replace(fact, source="opgave")
    return inputs


def linked_partner(service: str, applicant: UUID, facts: tuple[RegisterFact, ...], as_of: date) -> UUID | None:
    """The partner whom the register knows on that day, or None."""
    attribute = content.binding_of(service).partner
    valid = [
        fact
        for fact in facts
        if fact.person == applicant
        and fact.attribute == attribute
        and (fact.valid_from is None or fact.valid_from <= as_of)
        and (fact.valid_to is None or as_of <= fact.valid_to)
    ]
    link = max(valid, key=lambda f: f.valid_from or date.min, default=None)
    named = link.value.get("person") if link and isinstance(link.value, dict) else None
    return UUID(str(named)) if named else None


def _declared(name: str, known: list[RegisterFact], number: str) -> Fact | None:
    found = [f for f in known if f.attribute == f"{DECLARED}{name}" and f.source == source_of(number)]
    if not found:
        return None
    newest = max(found, key=lambda f: f.recorded_at)
    if newest.value is None or newest.under_investigation:
        return Fact(None, "unknown", as_of=newest.established_on)
    return Fact(cast("Value", newest.value), as_of=newest.established_on, since=newest.established_on)


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
    private = content.private_inputs(service) if household.partner else frozenset[str]()
    judged = judge_household(service, household, on=on, assuming=assuming, explaining=True)
    return Explained(
        judgement=judged,
        steps=explain(page, judged, household.inputs, on=on, private=private),
        otherwise=counterfactuals(
            page, household.inputs, judged, lambda changed: judge_inputs(service, changed, on=on, assuming=assuming)
        ),
    )


def receipt_of_household(service: str, household: Household, *, on: date) -> Mapping[str, object] | None:
    """The receipt of what the law says about a household, to be done again long after its facts are gone elsewhere.

    None where the facts say too little by their names to do it again: a decision is not stopped by that.
    """
    rules = content.rules_of(service)
    try:
        return law.receipt_of(
            content.book(),
            rules.law,
            rules.outputs,
            on=on,
            at=wall_now(),
            parameters=content.parameters(on, service),
            facts=household.inputs,
        )
    except law.ReceiptInvalid:
        return None


def nearest_to_a_right(service: str, household: Household, judged: Judgement, *, on: date) -> tuple[Bilingual, ...]:
    """With which other value of one fact a household would have had a right; empty unless the law itself says no.

    What is unknown is no ground here: then nobody knows what the law would say.
    """
    if judged.verdict is not Verdict.NOT:
        return ()
    rules = content.rules_of(service)
    said = law.nearest_changes(
        content.book(),
        rules.law,
        rules.entitlement,
        on=on,
        parameters=content.parameters(on, service),
        facts=household.inputs,
        probes=MOST_PROBES,
    )
    return nearest_lines(
        catalogue.why_page(service),
        said.changes,
        household.inputs,
        lambda changed: judge_inputs(service, changed, on=on),
        private=content.private_inputs(service) if household.partner else frozenset(),
    )
