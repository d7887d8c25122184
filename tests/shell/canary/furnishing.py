"""What a town comes to have in years rather than in a day, so that every address has something to open.

A list that grants without an application, a notice that we are late, a list of what may be destroyed, a representative
whom a court appointed, a helper who said yes, a question about a use of data, a report about a value, an application
that waits.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from threading import Event
from uuid import UUID

from tests.shell.canary.crawling import Log
from tests.shell.canary.living import SERVICE

GRANTED = "meedoenregeling"
_FIRST_LINE = """
    SELECT encode(span_id, 'hex') FROM log.detail JOIN log.line USING (trace_id, span_id)
    WHERE subject = log.pseudonym('{person}') AND decision = 'allow' ORDER BY start_time
"""
_NAME = "SELECT fact FROM reg.fact WHERE person = '{person}' AND attribute = 'brp.naam' AND superseded_at IS NULL"
YEARS_LATER = date(2041, 1, 1)
BEFORE = timedelta(days=25)
"""Longer than the term to say no."""


def furnish(person: str, log: Log) -> None:
    """All of it; `person` is who asks, says yes and is represented."""
    from waardig.demo.personas import DEMO_DATE

    for then in (_announce, _apply, _be_late, _end_of_term):
        then(DEMO_DATE)
        _work()
    _represent(UUID(person), DEMO_DATE)
    _say_yes_to_help(UUID(person), DEMO_DATE)
    (line, *_) = log.column(_FIRST_LINE.format(person=person))
    _ask_about_a_line(UUID(person), line, DEMO_DATE)
    (fact, *_) = log.column(_NAME.format(person=person))
    _report(UUID(person), UUID(fact), DEMO_DATE)
    _work()


def _work() -> None:
    from waardig.logbook.actions import sequence_lines
    from waardig.outbox.jobs import run_worker
    from waardig.shell import wiring

    sequence_lines()
    run_worker(wiring.handlers(), Event(), until_empty=True)


def _announce(on: date) -> None:
    """A round of what is granted without an application; the list of whoever said nothing."""
    from waardig.access.actions import set_business_date
    from waardig.proposals.actions import list_grants, run_round

    set_business_date(on - BEFORE)
    run_round(GRANTED)
    _work()
    set_business_date(on)
    assert list_grants(GRANTED).list is not None


def _apply(on: date) -> None:
    """Two people begin an application themselves; one of them sends it, and waits."""
    from waardig.access.terms import Actor
    from waardig.cases.actions import apply
    from waardig.cases.actions.starting import start_application
    from waardig.cases.models import CaseParty
    from waardig.cases.terms import Declaration
    from waardig.demo.numbers import fictional_iban

    busy = CaseParty.objects.filter(case__service=SERVICE).values("person")
    free = CaseParty.objects.filter(case__service=GRANTED, case__reader="self", role="applicant").exclude(
        person__in=busy
    )
    people = list(free.order_by("case__number").values_list("person", flat=True)[:2])
    begun = [start_application(SERVICE, one, actor=Actor("resident", str(one)), on=on) for one in people]
    said = Declaration(True, "", 120_000, fictional_iban(random.Random(7)), "")
    apply(begun[1].case.id, said, actor=Actor("resident", str(people[1])), on=on)


def _be_late(on: date) -> None:
    """A resident says that we are late with an objection."""
    from waardig.access.terms import Actor
    from waardig.cases.actions.penalty import urge
    from waardig.cases.models import Objection

    one = Objection.objects.filter(withdrawn=False).exclude(case__state="decided").order_by("case__number")[0]
    late = (one.case.decide_by or on) + timedelta(days=30)
    urge(one.case_id, one.person, actor=Actor("resident", str(one.person)), on=late)


def _end_of_term(_on: date) -> None:
    """One case that may be destroyed stands on a draft list."""
    from waardig.archive.actions import appraise, make_list

    appraise()
    make_list("m.kuiper", on=YEARS_LATER, most=1)


def _represent(person: UUID, on: date) -> None:
    """The counter registers whom a court appointed."""
    from waardig.access.terms import Actor
    from waardig.mandates.actions import appoint
    from waardig.mandates.terms import Appointment, CourtOrder

    ruled = on - timedelta(days=60)
    order = CourtOrder(Appointment.ADMINISTRATOR, "Rechtbank Oost", "C/25/202", ruled, ruled + timedelta(days=7))
    appoint(person, _another(person, 0), order, actor=Actor("employee", "f.yildiz", "loket"), on=on)


def _say_yes_to_help(person: UUID, on: date) -> None:
    """A helper entered the code; the person has not said yes yet."""
    from waardig.access.terms import Actor
    from waardig.identity.terms import Level
    from waardig.mandates.actions import accept, invite
    from waardig.mandates.queries import rules
    from waardig.mandates.terms import Action

    decided = rules()
    asked = invite(
        person, themes=[decided.themes[0].id], action=Action.ANSWER, months=decided.terms_months[0],
        actor=Actor("resident", str(person)), on=on,
    )  # fmt: skip
    accept(asked.code, _another(person, 1), level=Level.SUBSTANTIAL, on=on)


def _another(person: UUID, place: int) -> UUID:
    """Somebody else who is known here."""
    from waardig.cases.models import CaseParty

    found: UUID = (
        CaseParty.objects.exclude(person=person).order_by("case__number").values_list("person", flat=True)[place]
    )
    return found


def _ask_about_a_line(person: UUID, line: str, on: date) -> None:
    """A question about one use of one's data."""
    from waardig.access.terms import Actor
    from waardig.contact.actions import ask_question

    ask_question(person, line=line, question="Waarom keek u hier?", actor=Actor("resident", str(person)), on=on)


def _report(person: UUID, fact: UUID, on: date) -> None:
    """The resident says which value is wrong, and waits for an answer."""
    from waardig.access.terms import Actor
    from waardig.cases.actions.correcting import report_wrong

    report_wrong(
        person, "brp.naam", fact, should_be="anders", explanation="Zo heet ik niet.",
        actor=Actor("resident", str(person)), on=on,
    )  # fmt: skip
