"""One case at the desk: read for the decision (one line in the log a person), with the form that decides it.

A sampled case is blind: what the computer said is shown to nobody before a person decided (safeguard W08).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from waardig.access.actions import ask, attributes_of
from waardig.access.terms import AccessRefused, Actor, Request, Ticket
from waardig.cases import actions as reading
from waardig.cases import queries as cases
from waardig.cases.terms import (
    Assessment,
    Case,
    CaseKind,
    CaseState,
    CaseUnknown,
    Decision,
    DecisionOutcome,
    Official,
)
from waardig.catalogue import queries as catalogue
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.kernel.days import day_of as calendar_day_of
from waardig.kernel.money import euros
from waardig.payments import queries as payments
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact, SourceAge
from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages import words
from waardig.screens.desk_pages.decision_form import Asked, decision_form
from waardig.screens.frames import address
from waardig.screens.message_pages import day_of
from waardig.screens.names import UNNAMED, name_from
from waardig.screens.own_data_page import shown_value
from waardig.screens.pages import desk as pages
from waardig.screens.pages.desk import DecisionForm
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.why import StepGroup, WhyStep
from waardig.screens.pages.words import Amount, PersonName, Shown, Words
from waardig.screens.payment_words import EVENTS as PAYMENT_EVENTS
from waardig.screens.payment_words import official_name, why_words
from waardig.screens.why_page import explained_step

NAME = "brp.naam"
DOCUMENT = "cases.besluit"
WAITING = (CaseState.PREPARED, CaseState.BY_HAND)
DECIDED_HERE = (CaseKind.APPLICATION, CaseKind.OWN_INITIATIVE)


@dataclass(frozen=True)
class OpenedCase:
    """A case as an official opened it: what was read, what the law says, who they are.

    Attributes:
        reasons: the official's own words in a decision that was taken.
    """

    case: Case
    assessment: Assessment | None
    decision: Decision | None
    names: dict[UUID, PersonName]
    household: reading.Household
    explained: reading.Explained
    reasons: str
    ages: tuple[SourceAge, ...] = ()

    @property
    def is_blind(self) -> bool:
        """Whether the outcome stays hidden until a person decided."""
        return bool(self.assessment and self.assessment.sampled) and self.decision is None

    @property
    def is_waiting(self) -> bool:
        """Whether the case waits for an official."""
        return self.case.state in WAITING

    @property
    def called(self) -> str:
        """How a list calls this household, applicant first."""
        short = [self.names[person].short for person in self.case.persons if person in self.names]
        return " en ".join(short) or self.case.number


def service_of_case(identity: UUID) -> str:
    """Which service a case belongs to; raises CaseUnknown."""
    return cases.case(identity).service


def open_case(identity: UUID, official: Official) -> OpenedCase:
    """Read an application for a decision.

    Raises:
        CaseUnknown: there is no such application, or this official may not see it: the same answer for both.
    """
    case = cases.case(identity)
    if case.kind not in DECIDED_HERE:
        raise CaseUnknown
    decision = cases.decisions_of([identity]).get(identity)
    try:
        ticket = _ticket(case, official, decision)
    except AccessRefused as refused:
        raise CaseUnknown from refused
    facts = registers.take(ticket)
    on = day_of(case)
    partner = next((person for person in case.persons if person != case.applicant), None)
    inputs = reading.inputs_of(case.service, case.applicant, partner, facts, on, declared_in=case.number)
    household = reading.Household(case.applicant, partner, facts, inputs)
    return OpenedCase(
        case=case,
        assessment=cases.assessments_of([identity]).get(identity),
        decision=decision,
        names=_names(facts),
        household=household,
        explained=reading.explain_household(case.service, household, on=on),
        reasons=_reasons(ticket, decision),
        ages=_ages(ticket, case) if decision is None else (),
    )


def _ages(ticket: Ticket, case: Case) -> tuple[SourceAge, ...]:
    needed = cases.attributes_of(case.service, day_of(case))
    activity = catalogue.service(case.service).application_activity
    return registers.source_ages(ticket, case.persons, needed, activity=activity)


def _ticket(case: Case, official: Official, decision: Decision | None) -> Ticket:
    activity = catalogue.service(case.service).decision_activity
    declared = frozenset(name for name in attributes_of(activity) if name.startswith("opgave."))
    texts = frozenset({DOCUMENT}) if decision else frozenset()
    asked = cases.attributes_of(case.service, day_of(case)) | declared | texts | {NAME}
    actor = Actor("employee", official.id, official.role)
    return ask(Request(activity, asked, case.persons, actor, day_of(case), case=case.id))


def _names(facts: Sequence[RegisterFact]) -> dict[UUID, PersonName]:
    return {
        fact.person: name_from(fact.value) for fact in facts if fact.attribute == NAME and isinstance(fact.value, dict)
    }


def _reasons(ticket: Ticket, decision: Decision | None) -> str:
    if decision is None:
        return ""
    found = registers.take_documents(ticket, [decision.document]).get(decision.document)
    return str(found.content.get("reasons", "")) if found else ""


def case_page(
    opened: OpenedCase, official: Official, frame: DeskFrame, *, form: DecisionForm | None = None
) -> pages.CasePage:
    """The page of a case.

    Args:
        form: what the official typed, after a refused post; None makes an empty one where there is something to decide.
    """
    case, today = opened.case, business_today()
    return pages.CasePage(
        desk=frame,
        back_href=address(_list_of(case)),
        number=case.number,
        person=opened.names.get(case.applicant, UNNAMED),
        household=_lower(words.household_words(case.household_type)),
        service=words.service_words(case.service),
        deadline=words.deadline_of(case.decide_by, today),
        why_here=_why_here(opened, official),
        blind=opened.is_blind,
        computed=_computed(opened),
        groups=() if opened.is_blind else (StepGroup(None, _steps(opened)),),
        facts=case_facts(opened),
        form=form or _new_form(opened, official),
        decision=_decision_words(opened.decision) if opened.decision else None,
        decision_reason=opened.reasons,
        payments=_payment_lines(case),
        events=_events(case),
        resident_href="",
        ages=tuple(_age(one) for one in opened.ages),
    )


def _age(one: SourceAge) -> pages.SourceAge:
    name, freshness = one.register.short_name, one.register.freshness
    return pages.SourceAge(
        source=Words(f"de {name.nl}", f"the {name.en}"),
        asked_on=calendar_day_of(one.asked_at) if one.asked_at else None,
        is_old=one.is_old,
        must_wait=one.is_old and bool(freshness and freshness.must_wait),
    )


def _events(case: Case) -> tuple[pages.CaseEvent, ...]:
    """What happened in the case and to its payments, oldest first; the resident sees the same."""
    found = [
        pages.CaseEvent(event.at, words.event_words(event), words.event_by(event)) for event in cases.events_of(case.id)
    ]
    orders = [one.id for one in payments.orders_of_cases([case.id]).get(case.id, ())]
    for events in payments.events_of(orders).values():
        found += [
            pages.CaseEvent(event.at, PAYMENT_EVENTS[event.kind], official_name(event.actor_kind, event.actor))
            for event in events
        ]
    return tuple(sorted(found, key=lambda event: event.at))


def _payment_lines(case: Case) -> tuple[pages.PaymentLine, ...]:
    return tuple(
        pages.PaymentLine(one.number, address("desk:payment_order", one.id), one.amount_eurocent, why_words(one))
        for one in payments.orders_of_cases([case.id]).get(case.id, ())
    )


def _list_of(case: Case) -> str:
    if case.state is not CaseState.PREPARED:
        return "desk:decide_list"
    return "desk:grant_lists" if case.kind is CaseKind.OWN_INITIATIVE else "desk:batch"


def _new_form(opened: OpenedCase, official: Official) -> DecisionForm | None:
    return decision_form(asked_of(opened, official), posted=None) if may_decide(opened, official) else None


def asked_of(opened: OpenedCase, official: Official) -> Asked:
    """What this official is asked to decide."""
    return Asked(opened.case, opened.explained, official, opened.is_blind)


def may_decide(opened: OpenedCase, official: Official) -> bool:
    """Whether the case waits and the decree gives this official any mandate for it."""
    return opened.is_waiting and bool(asked_of(opened, official).outcomes)


def _why_here(opened: OpenedCase, official: Official) -> Words:
    if opened.decision is not None:
        return Words("Hierover is besloten.", "This was decided.")
    if opened.case.state is CaseState.RECEIVED:
        return Words("Deze aanvraag wordt nog nagerekend.", "This application is still being computed.")
    said = words.why_here(opened.assessment, opened.case.service)
    if opened.case.state is CaseState.PREPARED:
        said = Words(
            "Dit is een volledige toekenning. Bevestigen kan in de lijst, of beslis hier zelf.",
            "This is a full grant. Confirm it in the list, or decide it here.",
        )
    if may_decide(opened, official):
        return said
    nl, en = "U kunt deze zaak lezen. Beslissen doet een collega.", "You can read this case. A colleague decides it."
    return Words(f"{said.nl} {nl}", f"{said.en} {en}")


def _computed(opened: OpenedCase) -> Amount | None:
    amount = opened.explained.judgement.amount_eurocent
    return Amount(amount, "once") if amount and not opened.is_blind else None


def _steps(opened: OpenedCase) -> tuple[WhyStep, ...]:
    doubts = {one.attribute: one for one in cases.corrections_of(opened.case.applicant, only_open=True)}
    return tuple(
        explained_step(number, step, opened.case, opened.household.facts, doubts, COUNTER)
        for number, step in enumerate(opened.explained.steps, start=1)
    )


def _decision_words(decision: Decision) -> Words:
    here = catalogue.municipality().officials
    by = here[decision.official].name if decision.official in here else decision.official
    on = cases.in_words("date", decision.decided_on.isoformat())
    if decision.outcome is DecisionOutcome.GRANT:
        amount = decision.amount_eurocent or 0
        return Words(
            f"Toegekend: {euros(amount)}, op {on.nl}, door {by}", f"Granted: {euros(amount, 'en')}, {on.en}, by {by}"
        )
    return Words(f"Afgewezen op {on.nl}, door {by}", f"Refused on {on.en}, by {by}")


def case_facts(opened: OpenedCase) -> tuple[pages.CaseFact, ...]:
    """The facts that the law was given, once each, and what the resident wrote; with source and date."""
    found: dict[str, pages.CaseFact] = {}
    doubted = {one.attribute for one in cases.corrections_of(opened.case.applicant, only_open=True)}
    for fact in (fact for step in opened.explained.steps for fact in step.facts):
        value: Shown = Words(fact.words.nl, fact.words.en)
        if fact.show == "eurocent" and fact.value is not None:
            value = Amount(int(fact.value))
        found.setdefault(
            fact.input,
            pages.CaseFact(
                label=Words(fact.label.nl, fact.label.en),
                value=value,
                source=_source(fact.source),
                on=fact.dated,
                doubted=_is_doubted(opened, fact.input, doubted),
            ),
        )
    return (*found.values(), *_written(opened))


def _source(register: str) -> Words:
    if not register:
        return Words("Niet bekend", "Not known")
    nl, en = cases.source_name(register, "nl"), cases.source_name(register, "en")
    return Words(nl[:1].upper() + nl[1:], en[:1].upper() + en[1:])


def _is_doubted(opened: OpenedCase, name: str, doubted: set[str]) -> bool:
    binding = cases.binding_of(opened.case.service)
    if not doubted or name not in binding.inputs:
        return False
    return bool(registers.attributes_needed(binding, [name]) & doubted)


def _written(opened: OpenedCase) -> tuple[pages.CaseFact, ...]:
    """What the resident declared besides what the law was given; of an account number only its end."""
    known = registers.declarations(content_roots())
    asked = {f"opgave.{one.id}" for one in catalogue.service(opened.case.service).ask_at_yes if one.input}
    newest: dict[str, RegisterFact] = {}
    for fact in opened.household.facts:
        if fact.attribute.startswith("opgave.") and fact.attribute not in asked and fact.value is not None:
            before = newest.get(fact.attribute)
            newest[fact.attribute] = fact if before is None or fact.recorded_at > before.recorded_at else before
    return tuple(
        pages.CaseFact(
            label=Words(known.attribute(name).label.nl, known.attribute(name).label.en),
            value=_account_end(str(fact.value)) if name.endswith(".iban") else shown_value(known.attribute(name), fact),
            source=_source("opgave"),
            on=fact.established_on,
        )
        for name, fact in sorted(newest.items())
    )


def _account_end(iban: str) -> Words:
    end = iban.replace(" ", "")[-4:]
    return Words(f"eindigt op {end}", f"ends in {end}")


def _lower(said: Words) -> Words:
    return Words(said.nl.lower(), said.en.lower())
