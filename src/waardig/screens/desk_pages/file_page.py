"""One file at the desk: an objection, a second look or a penalty, read through the gate, with what can be done now.

Who took the first decision sees the file without forms: a colleague handles it (Awb 10:3 lid 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.cases import actions as reading
from waardig.cases import queries as cases
from waardig.cases.queries import objections as reads
from waardig.cases.terms import Case, CaseKind, CaseState, CaseUnknown, Decision, Official
from waardig.cases.terms.objections import Objection, Penalty, SecondLook
from waardig.catalogue import queries as catalogue
from waardig.kernel.clock import business_today
from waardig.registers import queries as registers
from waardig.screens import file_pages as files
from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages import file_steps as steps
from waardig.screens.desk_pages import words
from waardig.screens.desk_pages.correction_page import OpenedReport, open_report
from waardig.screens.desk_pages.costs_form import costs_facts
from waardig.screens.file_forms import errors_of
from waardig.screens.frames import address
from waardig.screens.late_page import penalty_facts
from waardig.screens.message_pages import day_of
from waardig.screens.names import UNNAMED, name_from
from waardig.screens.own_data_page import shown_value
from waardig.screens.pages import files as pages
from waardig.screens.pages.desk import CaseEvent
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.why import StepGroup
from waardig.screens.pages.words import Amount, PersonName, Words
from waardig.screens.why_page import explained_step

NAME = "brp.naam"
NOT_YOU = Words(
    "U was betrokken bij het eerste besluit. Daarom behandelt een collega dit (Awb 10:3, derde lid).",
    "You were involved in the first decision. So a colleague handles this (Awb 10:3 paragraph 3).",
)
COLLEAGUE = Words("Een collega behandelt dit. U kunt het overnemen.", "A colleague handles this. You can take it over.")


@dataclass(frozen=True)
class Again:
    """What the law says now about the first case: amount in eurocent and the steps; empty when nothing is computed."""

    amount_eurocent: int | None = None
    groups: tuple[StepGroup, ...] = ()


def read_again(about: Case, official: Official) -> Again:
    """Read the household again and let the law explain itself with what we know now (one line in the log a person)."""
    if about.kind is not CaseKind.APPLICATION:
        return Again()
    service = catalogue.service(about.service)
    actor = Actor("employee", official.id, official.role)
    reader = reading.Reader(service.objection_activity or service.decision_activity, actor, about.id)
    on = day_of(about)
    try:
        household = reading.read_household(about.service, about, as_of=on, reader=reader)
    except AccessRefused as refused:
        raise CaseUnknown from refused
    explained = reading.explain_household(about.service, household, on=on)
    doubts = {one.attribute: one for one in cases.corrections_of(about.applicant, only_open=True)}
    shown = tuple(
        explained_step(number, step, about, household.facts, doubts, COUNTER)
        for number, step in enumerate(explained.steps, start=1)
    )
    return Again(explained.judgement.amount_eurocent, (StepGroup(None, shown),))


def name_of(person: UUID, case: UUID, activity: str, official: Official) -> PersonName:
    """How the person of a file is called (one line in the log); CaseUnknown when this official may not see it."""
    actor = Actor("employee", official.id, official.role)
    try:
        ticket = ask(Request(activity, frozenset({NAME}), (person,), actor, business_today(), case=case))
    except AccessRefused as refused:
        raise CaseUnknown from refused
    found = next((fact.value for fact in registers.take(ticket) if fact.attribute == NAME), None)
    return name_from(found) if isinstance(found, dict) else UNNAMED


def _papers(
    case: UUID, person: UUID, decisions: Sequence[Decision], official: Official, *, activity: str, texts: frozenset[str]
) -> tuple[pages.FilePaper, ...]:
    actor = Actor("employee", official.id, official.role)
    try:
        return files.read_papers(case, person, decisions, activity=activity, texts=texts, actor=actor)
    except AccessRefused as refused:
        raise CaseUnknown from refused


def _events(case: UUID) -> tuple[CaseEvent, ...]:
    return tuple(
        CaseEvent(event.at, words.event_words(event), words.event_by(event)) for event in cases.events_of(case)
    )


def objection_desk_page(
    found: Objection,
    official: Official,
    frame: DeskFrame,
    *,
    posted: Mapping[str, str] | None = None,
    wrong: Mapping[str, FieldError] | None = None,
) -> pages.DeskFilePage:
    """An objection as the official handles it: file, first decision, what the law says now, the steps.

    Args:
        posted: what was typed in the form that was refused; wrong: what was wrong with it, by field.
    """
    about, first = cases.case(found.about), reads.decision(found.decision)
    own = cases.decisions_of([found.case]).get(found.case)
    involved = official.id in reads.involved_in(found.decision)
    again = Again() if involved else read_again(about, official)
    report = read_report(about, official) if not involved else None
    is_open = found.state == CaseState.OPEN
    typed, kind = (posted or {}, wrong or {}), report.attribute if report else None
    may = is_open and not involved
    forms = steps.objection_steps(found, official, again.amount_eurocent, *typed, reported=kind) if may else ()
    return pages.DeskFilePage(
        desk=frame,
        back_href=address("desk:objections"),
        number=found.number,
        person=name_of(found.person, found.case, files.OBJECTING, official),
        heading=Words("Bezwaar", "Objection"),
        lead=_lead(about),
        done=not is_open,
        deadline=files.our_term(found.decide_by, found.state),
        notice=NOT_YOU if involved and is_open else _colleague(found, official) if is_open else None,
        facts=(*report_facts(report), *_facts(found, first, own)),
        papers=_objection_papers(found, first, own, official),
        computed=Amount(again.amount_eurocent, "once") if again.amount_eurocent else None,
        groups=again.groups,
        forms=forms,
        events=_events(found.case),
        errors=_errors(forms),
    )


def _facts(found: Objection, first: Decision, own: Decision | None) -> tuple[pages.FileFact, ...]:
    """What there is to know of the objection: the file, how the resident wants it handled, the costs."""
    costs = costs_facts(reads.review(own.id) if own else None)
    return (*files.objection_facts(found, first), *_wishes(found), *costs)


def _objection_papers(
    found: Objection, first: Decision, own: Decision | None, official: Official
) -> tuple[pages.FilePaper, ...]:
    """The papers of the objection and its texts, with the first decision and the one on the objection."""
    decisions = [first, *([own] if own else [])]
    return _papers(found.case, found.person, decisions, official, activity=files.OBJECTING, texts=files.TEXTS)


def read_report(about: Case, official: Official) -> OpenedReport | None:
    """The report that an objection is about, with the value as it stands (one line in the log); None without one."""
    return open_report(about.id, official) if about.kind is CaseKind.CORRECTION else None


def report_facts(report: OpenedReport | None) -> tuple[pages.FileFact, ...]:
    """Which value the report was about and what it is now."""
    if report is None:
        return ()
    label = Words(report.attribute.label.nl, report.attribute.label.en)
    value = shown_value(report.attribute, report.fact) if report.fact else None
    return (
        pages.FileFact(Words("De melding ging over", "The report was about"), label),
        pages.FileFact(Words("De waarde nu", "The value now"), value),
    )


def _errors(forms: tuple[pages.AskForm, ...]) -> tuple[Field, ...]:
    return tuple(field for form in forms for field in errors_of(form))


def _colleague(found: Objection, official: Official) -> Words | None:
    return COLLEAGUE if found.handler not in ("", official.id) else None


def _lead(about: Case) -> Words:
    if about.kind is CaseKind.CORRECTION:
        return Words(
            f"Tegen het antwoord op melding {about.number}. Kijk opnieuw naar alles (Awb 7:11).",
            f"Against the answer to report {about.number}. Look at everything again (Awb 7:11).",
        )
    name = words.service_words(about.service)
    return Words(
        f"Tegen het besluit in zaak {about.number}, {name.nl.lower()}. Kijk opnieuw naar alles (Awb 7:11).",
        f"Against the decision in case {about.number}, {name.en.lower()}. Look at everything again (Awb 7:11).",
    )


def _wishes(found: Objection) -> tuple[pages.FileFact, ...]:
    return (
        pages.FileFact(Words("Volledig", "Complete"), found.is_complete),
        pages.FileFact(Words("Aanvullen kan tot en met", "May be completed until"), found.repair_until or "-"),
        pages.FileFact(Words("Vraagt kosten terug", "Asks costs back"), found.asks_costs),
    )


def look_desk_page(
    found: SecondLook,
    official: Official,
    frame: DeskFrame,
    *,
    posted: Mapping[str, str] | None = None,
    wrong: Mapping[str, FieldError] | None = None,
) -> pages.DeskFilePage:
    """A second look with the form that answers it."""
    about = cases.case(found.about)
    first = reads.decision(found.decision) if found.decision else None
    involved = official.id == found.first_official
    again = Again() if involved else read_again(about, official)
    is_open = found.state == CaseState.OPEN
    forms = (steps.look_step(found, posted or {}, wrong or {}),) if is_open and not involved else ()
    return pages.DeskFilePage(
        desk=frame,
        back_href=address("desk:looks"),
        number=found.number,
        person=name_of(found.person, found.case, files.LOOKING, official),
        heading=files.LOOK_HEADING,
        lead=files.look_lead(found),
        done=not is_open,
        deadline=None,
        notice=NOT_YOU if involved and is_open else None,
        facts=files.look_facts(found, about),
        papers=_papers(
            found.case,
            found.person,
            [first] if first else [],
            official,
            activity=files.LOOKING,
            texts=files.LOOK_TEXTS | {"cases.besluit"},
        ),
        computed=Amount(again.amount_eurocent, "once") if again.amount_eurocent else None,
        groups=again.groups,
        forms=forms,
        events=_events(found.case),
        errors=_errors(forms),
    )


def penalty_desk_page(
    found: Penalty,
    official: Official,
    frame: DeskFrame,
    *,
    posted: Mapping[str, str] | None = None,
    wrong: Mapping[str, FieldError] | None = None,
) -> pages.DeskFilePage:
    """A notice of default with what it comes to, and the form that fixes it (4:18)."""
    about = cases.case(found.about)
    today = business_today()
    is_open = found.state == CaseState.OPEN
    ripe = is_open and (found.ended_on is not None or today > found.last_day)
    counted = reads.penalty_sum(found, on=today)
    forms = (steps.penalty_step(found, counted, posted or {}, wrong or {}),) if ripe else ()
    waits = Words(
        f"Beslis eerst in zaak {about.number}. Daarna stelt u de dwangsom vast.",
        f"First decide in case {about.number}. After that you fix the penalty.",
    )
    return pages.DeskFilePage(
        desk=frame,
        back_href=address("desk:late"),
        number=found.number,
        person=name_of(found.person, found.case, "aanmanen", official),
        heading=Words("Aanmaning en dwangsom", "Notice and penalty"),
        lead=Words(f"Wij zijn te laat in zaak {about.number}.", f"We are late in case {about.number}."),
        done=not is_open,
        deadline=None,
        notice=waits if is_open and not ripe else None,
        facts=(pages.FileFact(Words("Wij moesten beslissen", "We had to decide"), found.due_on), *penalty_facts(found)),
        papers=(),
        computed=None,
        groups=(),
        forms=forms,
        events=_events(found.case),
        errors=_errors(forms),
    )
