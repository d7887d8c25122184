"""The resident's answer to a proposal: yes is an application on that day (Awb 1:3 lid 3, 4:1); no changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from waardig.access import actions as access
from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.acting import note_outsider, refuse_outsider
from waardig.cases.actions.messages import send
from waardig.cases.actions.opening import record
from waardig.cases.actions.reading import DECLARED, source_of
from waardig.cases.core import statutory
from waardig.cases.core.explained import in_words
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.terms import (
    Case,
    CaseKind,
    CaseState,
    CaseUnknown,
    Declaration,
    EventKind,
    Party,
    StepNotPossible,
)
from waardig.inbox.terms import Language
from waardig.kernel.money import euros
from waardig.mandates import queries as mandates
from waardig.mandates.terms import NoAuthority, mandate_of
from waardig.outbox import actions as outbox
from waardig.outbox.terms import NewJob
from waardig.registers import actions as registers
from waardig.registers.terms import NewFact, Value

ANSWERABLE = (CaseState.PROPOSED, CaseState.DECLINED, CaseState.LAPSED)
ANNOUNCED = (CaseState.ANNOUNCED, CaseState.PREPARED, CaseState.BY_HAND)
"""Where an announced grant stands before it is decided: until then a no is enough."""
ASSESS = "cases.assess"


def apply(case: UUID, declaration: Declaration, *, actor: Actor, on: date) -> Case:
    """Turn a proposal into an application of today, with a receipt; what was declared is kept behind the gate.

    One transaction: application, declared facts, receipt with its log line, and the job that lets the law run again.

    Args:
        actor: the resident, the administrator, or the employee at the counter who records it.

    Raises:
        CaseUnknown: no such case, or not of this resident.
        StepNotPossible: already answered yes, or the household has another application for this service running.
    """
    refuse_outsider(actor, case, on=on)
    with transaction.atomic():
        row = _answerable(case, "applying")
        if _has_running_application(row):
            raise StepNotPossible(row.number, row.state, "applying while another application runs")
        applied_on = _yes_since_a_no(case) or on
        last_day = statutory.decide_by(content.book(), applied_on)
        row.kind, row.state = CaseKind.APPLICATION.value, CaseState.RECEIVED.value
        row.applied_on, row.decide_by = applied_on, last_day
        row.save(update_fields=["kind", "state", "applied_on", "decide_by"])
        known = row.to_term(parties_in(row))
        record(case, EventKind.APPLIED, on, actor.kind, actor.id)
        if declaration.something_wrong:
            record(case, EventKind.SOMETHING_WRONG, on, actor.kind, actor.id)
        registers.store_facts(_declared(known, declaration, applied_on, on))
        activity = content.service_of(known.service).application_activity
        values, english = _receipt(known, declaration), {"declared": _declared_sentences(known, declaration, "en")}
        send(known, "receipt", values, on=on, english=english, activity=activity, key="receipt")
        note_outsider(case, "vroeg aan voor u", actor)
        outbox.enqueue([NewJob(topic=ASSESS, key=str(case), payload={"case": str(case)})])
    return known


def say_yes(case: UUID, *, actor: Actor, on: date) -> date:
    """Keep the day of the yes: it stays the day of the application, also when the questions are answered later.

    A yes after a no is possible, and counts from its own day.

    Returns:
        The day that counts: of the first yes since a no.

    Raises:
        CaseUnknown, StepNotPossible.
    """
    refuse_outsider(actor, case, on=on)
    with transaction.atomic():
        row = _answerable(case, "saying yes")
        said = _yes_since_a_no(case)
        if said is None:
            record(case, EventKind.SAID_YES, on, actor.kind, actor.id)
        row.state = CaseState.PROPOSED.value  # after a no, or when it had lapsed, the proposal is open again
        row.save(update_fields=["state"])
        return said or on


def _yes_since_a_no(case: UUID) -> date | None:
    said: date | None = None
    for event in models.CaseEvent.objects.filter(case_id=case).order_by("id"):
        if event.kind == EventKind.DECLINED:
            said = None
        elif event.kind == EventKind.SAID_YES and said is None:
            said = event.on
    return said


def declare(case: Case, values: Mapping[str, Value], *, on: date) -> None:
    """Keep answers of a declaration that is not sent yet, behind the gate, so that somebody can stop and go on later.

    Args:
        values: by name without the register, for example {"vermogen": 120000}; None = "I do not know".
    """
    with transaction.atomic():
        since = _yes_since_a_no(case.id) or on
        registers.store_facts([_fact(case, f"{DECLARED}{name}", value, since, on) for name, value in values.items()])


def decline(case: UUID, *, actor: Actor, on: date, never_again: bool) -> Case:
    """Record a no: to a proposal, or to an announced grant until it is decided.

    With `never_again` the household's applicant gets no proposals any more until they say otherwise.

    Raises:
        CaseUnknown, StepNotPossible.
    """
    refuse_outsider(actor, case, on=on)
    with transaction.atomic():
        row = _refusable(case)
        unasked = row.kind == CaseKind.OWN_INITIATIVE
        row.state = (CaseState.OPTED_OUT if unasked else CaseState.DECLINED).value
        row.save(update_fields=["state"])
        known = row.to_term(parties_in(row))
        record(case, EventKind.DECLINED, on, actor.kind, actor.id, code="never" if never_again else "now")
        if never_again:
            _may_opt_out(actor, on)
            access.opt_out(known.applicant, known.service, actor=actor, on=on)
        note_outsider(case, "zei nee voor u", actor)
    return known


def _may_opt_out(actor: Actor, on: date) -> None:
    """A helper switches proposals off only with a mandate about that too."""
    if mandate_of(actor.role) and mandates.principal_answered_for(actor, "post", on=on) is None:
        raise NoAuthority("outside_scope")


def _refusable(case: UUID) -> models.Case:
    """The locked case of which somebody may say no: an open proposal, or a grant that was announced and not decided."""
    row = models.Case.objects.select_for_update().filter(id=case).first()
    if row is not None and row.kind == CaseKind.OWN_INITIATIVE:
        if row.state not in ANNOUNCED:
            raise StepNotPossible(row.number, row.state, "declining")
        return row
    return _answerable(case, "declining")


def _answerable(case: UUID, step: str) -> models.Case:
    """The locked proposal."""
    row = models.Case.objects.select_for_update().filter(id=case).first()
    if row is None:
        raise CaseUnknown
    if row.state not in ANSWERABLE or row.kind != CaseKind.PROPOSAL:
        raise StepNotPossible(row.number, row.state, step)
    return row


def _has_running_application(row: models.Case) -> bool:
    """Whether somebody of this household applied for this service and waits for the decision."""
    persons = row.parties.values("person")
    running = models.Case.objects.filter(
        service=row.service, kind=CaseKind.APPLICATION.value, parties__person__in=persons
    )
    ended = (CaseState.DECIDED.value, CaseState.WITHDRAWN.value, CaseState.WAIVED.value)
    return running.exclude(state__in=ended).exists()


def parties_in(row: models.Case) -> tuple[Party, ...]:
    """Everybody in a case."""
    return lists.parties_of([row.id])[row.id]


def _declared(case: Case, declaration: Declaration, since: date, on: date) -> list[NewFact]:
    values: Mapping[str, Value] = {
        "opgave.vermogen": declaration.wealth_eurocent,
        "opgave.iban": declaration.iban,
        "opgave.huishouden_klopt": declaration.household_unchanged,
        "opgave.huishouden": declaration.household_note or None,
        "opgave.opmerking": declaration.something_wrong or None,
        **{f"{DECLARED}{name}": value for name, value in declaration.told.items()},
    }
    told = {
        name: value for name, value in values.items() if name != "opgave.vermogen" or _told_wealth(case, declaration)
    }
    return [_fact(case, attribute, value, since, on) for attribute, value in told.items()]


def _fact(case: Case, attribute: str, value: Value, since: date, on: date) -> NewFact:
    """What was told on `on` counts from the day of the yes, for which the law runs."""
    return NewFact(
        person=case.applicant,
        attribute=attribute,
        value=value,
        valid_from=since,
        established_on=on,
        source=source_of(case.number),
    )


def _receipt(case: Case, declaration: Declaration) -> dict[str, Any]:
    return {
        "case_number": case.number,
        "answered_on": case.applied_on,
        "decide_by": case.decide_by,
        "something_wrong": bool(declaration.something_wrong),
        "declared": _declared_sentences(case, declaration, "nl"),
    }


def _declared_sentences(case: Case, declaration: Declaration, language: Language) -> tuple[str, ...]:
    told = told_sentences(case, declaration, language)
    return declared_sentences(declaration, asks_wealth=_told_wealth(case, declaration), told=told, language=language)


def _told_wealth(case: Case, declaration: Declaration) -> bool:
    return declaration.wealth_asked and asks_wealth(case.service)


def told_sentences(case: Case, declaration: Declaration, language: Language = "nl") -> tuple[str, ...]:
    """What a short form asked, with what was answered."""
    asked = {one.id: one for one in content.service_of(case.service).ask_when_unknown}
    return tuple(
        f"{asked[name].question.in_language(language)} {_shown(asked[name].kind, value, language)}"
        for name, value in declaration.told.items()
        if name in asked
    )


def _shown(kind: str, value: int | str | bool | None, language: Language) -> str:
    if value is None:
        return "Dat weet u niet." if language == "nl" else "You do not know."
    shown = {"eurocent": "eurocent", "date": "date", "yes_no": "yes_no"}.get(kind, "number")
    return f"{in_words(shown, value).in_language(language)}."


def asks_wealth(service: str) -> bool:
    """Whether a service asks for savings at a yes; what it does not ask is not declared either."""
    return any(asked.id == "vermogen" for asked in content.service_of(service).ask_at_yes)


_DECLARED: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "same": "Met wie u woont, klopt.",
        "changed": "Met wie u woont, is veranderd.",
        "wealth": "Uw spaargeld is {}.",
        "wealth_unknown": "Hoeveel spaargeld u hebt, weet u niet.",
        "account": "Uw rekening eindigt op {}.",
        "wrong": "Volgens u klopt dit niet: {}",
    },
    "en": {
        "same": "Who you live with is right.",
        "changed": "Who you live with has changed.",
        "wealth": "Your savings are {}.",
        "wealth_unknown": "You do not know how much savings you have.",
        "account": "Your account ends in {}.",
        "wrong": "You say this is not right: {}",
    },
}


def declared_sentences(
    declaration: Declaration, *, asks_wealth: bool = True, told: tuple[str, ...] = (), language: Language = "nl"
) -> tuple[str, ...]:
    """A copy of what was declared, in sentences (Awb 4:3a); what somebody wrote stays in their own words."""
    say, wealth = _DECLARED[language], declaration.wealth_eurocent
    saved = say["wealth_unknown"] if wealth is None else say["wealth"].format(euros(wealth, language))
    return (
        say["same" if declaration.household_unchanged else "changed"],
        *([declaration.household_note] if declaration.household_note else []),
        *told,
        *([saved] if asks_wealth else []),
        say["account"].format(declaration.iban.replace(" ", "")[-4:]),
        *([say["wrong"].format(declaration.something_wrong)] if declaration.something_wrong else []),
    )
