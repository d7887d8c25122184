"""The files of a resident: objection, second look, our term; the same for portal and counter.

Every text is read through the gate (one line in the log); a partner does not read along.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.cases import queries as cases
from waardig.cases.queries import objections as reads
from waardig.cases.terms import ANSWERS, Case, CaseState, CaseUnknown, Decision, DecisionOutcome
from waardig.cases.terms.objections import Hearing, HearingState, Objection, Paper, PaperKind, SecondLook
from waardig.catalogue import queries as catalogue
from waardig.kernel.clock import business_today
from waardig.kernel.money import euros
from waardig.registers import queries as registers
from waardig.screens import file_forms as forms
from waardig.screens.addresses import Addresses
from waardig.screens.pages import files as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Deadline, Link, Shown, Words
from waardig.screens.subject import Subject

OBJECTING = "bezwaar"
LOOKING = "kijk_nog_eens"
REPORT = "cases.melding"
TEXTS = frozenset({"cases.bezwaar", "cases.hoorverslag", "cases.besluit", REPORT})
LOOK_TEXTS = frozenset({"cases.kijk_nog_eens"})
TITLES = {
    PaperKind.OBJECTION: Words("Het bezwaar", "The objection"),
    PaperKind.ADDITION: Words("Aanvulling op het bezwaar", "Addition to the objection"),
    PaperKind.LATE_REASON: Words("Waarom het bezwaar later kwam", "Why the objection came late"),
    PaperKind.HEARING_REPORT: Words("Verslag van het gesprek", "Report of the talk"),
    PaperKind.REMARK: Words("De vraag", "The question"),
}
BY = {
    "resident": Words("Van de inwoner", "From the resident"),
    "helper": Words("Van wie de inwoner helpt", "From who helps the resident"),
    "organisation": Words("Van wie de inwoner vertegenwoordigt", "From who represents the resident"),
    "employee": Words("Vastgelegd door een medewerker", "Recorded by an official"),
}
OUTCOMES = {
    DecisionOutcome.GRANT: Words("Toegekend", "Granted"),
    DecisionOutcome.REFUSE: Words("Afgewezen", "Refused"),
    DecisionOutcome.UPHELD: Words("Bezwaar gegrond", "Objection upheld"),
    DecisionOutcome.PARTLY: Words("Bezwaar deels gegrond", "Objection partly upheld"),
    DecisionOutcome.UNFOUNDED: Words("Bezwaar ongegrond", "Objection unfounded"),
    DecisionOutcome.INADMISSIBLE: Words("Bezwaar niet-ontvankelijk", "Objection inadmissible"),
    DecisionOutcome.REVISED: Words("Besluit verbeterd", "Decision corrected"),
    DecisionOutcome.PENALTY: Words("Dwangsom vastgesteld", "Penalty fixed"),
    DecisionOutcome.CORRECTED: Words("Gegeven hersteld", "Data repaired"),
    DecisionOutcome.UNCORRECTED: Words("Gegeven niet veranderd", "Data not changed"),
}


def read_papers(
    case: UUID,
    person: UUID,
    decisions: Sequence[Decision],
    *,
    activity: str,
    texts: frozenset[str],
    actor: Actor,
    name: str = "",
) -> tuple[pages.FilePaper, ...]:
    """The texts in a file and the decisions about it, oldest first, read through the gate (one line in the log)."""
    found = reads.papers([case])
    ticket = ask(Request(activity, texts, (person,), actor, business_today(), case=case, name=name))
    reports = [one for one in decisions if one.outcome in ANSWERS and REPORT in texts]
    ids = [*(paper.document for paper in found), *(decision.document for decision in decisions)]
    ids += [one.case for one in reports]
    documents = registers.take_documents(ticket, ids) if ids else {}
    told = {identity: document.content for identity, document in documents.items()}
    papers = [_reported(cases.case(one.case), told[one.case]) for one in reports if one.case in told]
    papers += [_paper(one, told.get(one.document, {})) for one in found]
    papers += [_decided(one, told.get(one.document, {})) for one in decisions]
    return tuple(sorted(papers, key=lambda paper: paper.on))


def _paper(paper: Paper, said: dict[str, object]) -> pages.FilePaper:
    written = [str(said.get(name, "")) for name in ("reasons", "report", "remark")]
    lines = [part.strip() for text in written for part in text.splitlines() if part.strip()]
    if said.get("costs"):
        lines.append(f"Kosten: {said['costs']}")
    by = (
        Words(f"Van {said['official']}", f"From {said['official']}")
        if said.get("official")
        else BY.get(paper.by, BY["employee"])
    )
    return pages.FilePaper(TITLES[paper.kind], by, paper.added_on, tuple(lines))


def _decided(decision: Decision, said: dict[str, object]) -> pages.FilePaper:
    outcome = OUTCOMES[decision.outcome]
    lines = [part for part in str(said.get("reasons", "")).splitlines() if part.strip()]
    for name, word in (("not_heard", "Niet gehoord"), ("costs", "Kosten")):
        lines += [f"{word}: {part}" for part in str(said.get(name, "")).splitlines() if part.strip()]
    if decision.amount_eurocent:
        lines.insert(0, f"Bedrag: {euros(decision.amount_eurocent)}")
    title = Words(f"Besluit: {outcome.nl.lower()}", f"Decision: {outcome.en.lower()}")
    if said and not lines:
        lines = ["Dit besluit volgt uit de gegevens en de regels. De uitleg staat in het bericht."]
    return pages.FilePaper(title, _official(decision.official), decision.decided_on, tuple(lines))


def _reported(case: Case, said: dict[str, object]) -> pages.FilePaper:
    """What the resident wrote when they reported that a value is wrong."""
    should_be, explanation = str(said.get("should_be", "")), str(said.get("explanation", ""))
    lines = [f"Het moet zijn: {should_be}", *(part.strip() for part in explanation.splitlines() if part.strip())]
    title = Words("De melding dat een gegeven niet klopt", "The report that data is wrong")
    return pages.FilePaper(title, BY["resident"], case.opened_on, tuple(lines))


def _official(identity: str) -> Words:
    known = catalogue.municipality().officials.get(identity)
    name = known.name if known else identity
    return Words(f"Van {name}", f"From {name}")


def own_decision(subject: Subject, identity: UUID) -> tuple[Decision, Case]:
    """A decision of this subject with its case; else CaseUnknown."""
    decision = reads.decision(identity)
    case = cases.case(decision.case)
    if decision.outcome.value in reads.REVIEW_OUTCOMES or not _is_for(subject, case.persons, case.service):
        raise CaseUnknown
    return decision, case


def own_objection(subject: Subject, case: UUID) -> Objection:
    """An objection of this subject; else CaseUnknown."""
    found = reads.objection(case)
    if not _is_for(subject, (found.person,), found.service):
        raise CaseUnknown
    return found


def own_look(subject: Subject, case: UUID) -> SecondLook:
    """A second look of this subject; else CaseUnknown."""
    found = reads.second_look(case)
    if not _is_for(subject, (found.person,), found.service):
        raise CaseUnknown
    return found


def own_case(subject: Subject, identity: UUID) -> Case:
    """A case of this subject; else CaseUnknown."""
    case = cases.case(identity)
    if not _is_for(subject, case.persons, case.service):
        raise CaseUnknown
    return case


def _is_for(subject: Subject, persons: Collection[UUID], service: str) -> bool:
    """Whether this is about the person of the page, and about what a helper was asked to help with."""
    return subject.person in persons and subject.opens(service)


OBJECT_HEADING = Words("Maak bezwaar", "Object to a decision")
OBJECT_LEAD = Words(
    "Bezwaar kost niets. Een andere medewerker kijkt opnieuw. Uw uitkomst wordt er nooit slechter door.",
    "Objecting costs nothing. Another official looks again. Your outcome never gets worse because of it.",
)


def decision_facts(decision: Decision, case: Case) -> tuple[pages.FileFact, ...]:
    """What an objection is about."""
    return (
        pages.FileFact(Words("Het besluit", "The decision"), OUTCOMES[decision.outcome]),
        pages.FileFact(Words("Van", "Of"), decision.decided_on),
        pages.FileFact(Words("Zaaknummer", "Case number"), case.number),
    )


def objecting_term(until: date) -> tuple[Deadline | None, Words | None]:
    """The resident's term to object; or what we say when it is over: objecting is still possible (6:11)."""
    left = (until - business_today()).days
    if left >= 0:
        return Deadline("resident", until, left), None
    day = cases.in_words("date", until.isoformat())
    return None, Words(
        f"De termijn was tot en met {day.nl}. U kunt toch bezwaar maken. Schrijf waarom het later komt.",
        f"The term was up to and including {day.en}. You can still object. Write why it is late.",
    )


def objection_page(
    subject: Subject, found: Objection, frame: Frame, addresses: Addresses, *, form: pages.AskForm | None = None
) -> pages.FilePage:
    """The file of an objection with every paper (Awb 7:4).

    Args:
        form: what was typed after a refused post.
    """
    decision = reads.decision(found.decision)
    own = cases.decisions_of([found.case]).get(found.case)
    is_open = found.state == CaseState.OPEN
    papers = read_papers(
        found.case,
        found.person,
        [decision, *([own] if own else [])],
        activity=subject.activity(OBJECTING),
        texts=TEXTS,
        actor=subject.actor,
        name="de stukken van een bezwaar",
    )
    offered = form or forms.complete_form(
        addresses.complete(found.case), {}, {}, is_late=not found.is_timely and not found.has_late_reason
    )
    return pages.FilePage(
        frame=frame,
        back_href=addresses.messages,
        number=found.number,
        about=subject.about,
        heading=Words("Uw bezwaar", "Your objection"),
        lead=_objection_lead(found, own),
        done=not is_open,
        deadline=our_term(found.decide_by, found.state),
        notice=_missing(found) if is_open else None,
        facts=objection_facts(found, decision),
        papers=papers,
        forms=(offered,) if is_open and not subject.is_at_counter else (),
        links=_objection_links(found, subject, addresses) if is_open else (),
        errors=forms.errors_of(form) if form else (),
    )


def our_term(decide_by: date, state: str) -> Deadline | None:
    """Our last day, brick when it is past; None when it ended."""
    if state in (CaseState.DECIDED, CaseState.WITHDRAWN, CaseState.ANSWERED):
        return None
    days = (decide_by - business_today()).days
    if days >= 0:
        return Deadline("ours", decide_by, days)
    return Deadline("late", decide_by, -days, more_time=catalogue.municipality().phone)


def _objection_lead(found: Objection, own: Decision | None) -> Words:
    if own is not None:
        said, on = OUTCOMES[own.outcome], cases.in_words("date", own.decided_on.isoformat())
        return Words(f"{said.nl}, besloten op {on.nl}.", f"{said.en}, decided on {on.en}.")
    if found.forwarded_to:
        return Words(
            f"Wij stuurden dit bezwaar door naar {found.forwarded_to}. Daar beslist men erop.",
            f"We forwarded this objection to {found.forwarded_to}, who decides on it.",
        )
    if found.state == CaseState.WITHDRAWN:
        return Words("U trok dit bezwaar in. Wij beslissen er niet meer op.", "You withdrew this objection.")
    return Words("Een andere medewerker kijkt opnieuw naar alles.", "Another official looks at everything again.")


def _missing(found: Objection) -> Words | None:
    if found.is_complete or found.repair_until is None:
        return None
    day = cases.in_words("date", found.repair_until.isoformat())
    what = ("uw redenen", "your reasons") if not found.has_reasons else ("waarom het later kwam", "why it came late")
    return Words(
        f"Wij missen nog {what[0]}. Stuur dat uiterlijk **{day.nl}**.",
        f"We still miss {what[1]}. Send that on **{day.en}** at the latest.",
    )


def objection_facts(found: Objection, decision: Decision) -> tuple[pages.FileFact, ...]:
    """What is known about an objection: against what, when, who handles it, the talk."""
    officials = catalogue.municipality().officials
    handler: Shown = Words("Nog niet bekend: een andere medewerker", "Not known yet: another official")
    if found.handler:
        handler = officials[found.handler].name if found.handler in officials else found.handler
    return (
        pages.FileFact(Words("Tegen het besluit van", "Against the decision of"), decision.decided_on),
        pages.FileFact(Words("Ontvangen op", "Received on"), found.received_on),
        pages.FileFact(Words("Op tijd", "In time"), found.is_timely),
        pages.FileFact(Words("Wie behandelt het", "Who handles it"), handler),
        pages.FileFact(Words("Gesprek", "Talk"), _hearing_words(found, reads.hearing(found.case))),
    )


def _hearing_words(found: Objection, hearing: Hearing | None) -> Words:
    if hearing is not None:
        on = cases.in_words("date", (hearing.held_on or hearing.plan.on).isoformat())
        if hearing.state is HearingState.HELD:
            return Words(f"Gehouden op {on.nl}", f"Held on {on.en}")
        until = cases.in_words("date", hearing.papers_until.isoformat())
        return Words(
            f"{on.nl}, {hearing.plan.at}, {hearing.plan.place}. Stukken sturen kan tot en met {until.nl}.",
            f"{on.en}, {hearing.plan.at}, {hearing.plan.place}. Papers can be sent up to and including {until.en}.",
        )
    by = cases.in_words("date", found.hearing_reply_by.isoformat())
    return {
        True: Words("Gewenst. De uitnodiging komt.", "Wanted. The invitation comes."),
        False: Words("Niet gewenst", "Not wanted"),
        None: Words(f"Zeg het uiterlijk {by.nl}", f"Tell us on {by.en} at the latest"),
    }[found.wants_hearing]


def _objection_links(found: Objection, subject: Subject, addresses: Addresses) -> tuple[Link, ...]:
    links = [Link(Words("Trek dit bezwaar in", "Withdraw this objection"), addresses.withdraw(found.case))]
    if forms.may_choose_talk(found, reads.hearing(found.case)):
        links.insert(
            0, Link(Words("Kies of u een gesprek wilt", "Choose if you want a talk"), addresses.talk(found.case))
        )
    if subject.is_at_counter:
        adding = Words("Leg een aanvulling vast", "Record an addition")
        links.insert(0, Link(adding, addresses.complete(found.case)))
    if business_today() > found.decide_by:
        links.insert(
            0, Link(Words("Wij zijn te laat: maan ons aan", "We are late: urge us on"), addresses.late(found.case))
        )
    return tuple(links)


LOOK_HEADING = Words("Kijk nog eens", "Please look again")
LOOK_LEAD = Words(
    "Klopt het volgens u niet? Een collega kijkt nog eens en legt het uit, of herstelt de fout.",
    "Do you think it is wrong? A colleague looks again and explains it, or puts the mistake right.",
)


def look_notice(about: Case) -> Words:
    """That a second look stops no term, with its last day."""
    decision = cases.decisions_of([about.id]).get(about.id)
    if decision is None or decision.objection_until < business_today():
        return Words("Dit is geen bezwaar. Het verandert geen termijn.", "This is no objection. It changes no term.")
    day = cases.in_words("date", decision.objection_until.isoformat())
    return Words(
        f"Dit is geen bezwaar. Uw termijn voor bezwaar loopt door, tot en met **{day.nl}**.",
        f"This is no objection. Your term to object goes on, up to and including **{day.en}**.",
    )


def look_page(subject: Subject, found: SecondLook, frame: Frame, addresses: Addresses) -> pages.FilePage:
    """The file of a second look."""
    about = cases.case(found.about)
    is_open = found.state == CaseState.OPEN
    papers = read_papers(
        found.case,
        found.person,
        (),
        activity=subject.activity(LOOKING),
        texts=LOOK_TEXTS,
        actor=subject.actor,
        name="een vraag om nog eens te kijken",
    )
    links = []
    if found.objection is not None:
        links.append(Link(Words("Bekijk uw bezwaar", "See your objection"), addresses.objection(found.objection)))
    elif found.decision is not None and (found.objection_until or found.asked_on) >= found.asked_on:
        links.append(Link(Words("Maak er een bezwaar van", "Turn it into an objection"), addresses.turn(found.case)))
    return pages.FilePage(
        frame=frame,
        back_href=addresses.messages,
        number=found.number,
        about=subject.about,
        heading=LOOK_HEADING,
        lead=look_lead(found),
        done=not is_open,
        deadline=None,
        notice=look_notice(about),
        facts=look_facts(found, about),
        papers=papers,
        forms=(),
        links=tuple(links),
        errors=(),
    )


def look_lead(found: SecondLook) -> Words:
    """Where a second look stands."""
    if found.state == CaseState.OPEN:
        day = cases.in_words("date", found.answer_by.isoformat())
        return Words(
            f"Een collega kijkt en antwoordt uiterlijk {day.nl}.", f"A colleague looks and answers by {day.en}."
        )
    if found.objection is not None:
        return Words("Dit is een bezwaar geworden.", "This became an objection.")
    return Words("Wij antwoordden. Lees het bericht.", "We answered. Read the message.")


def look_facts(found: SecondLook, about: Case) -> tuple[pages.FileFact, ...]:
    """What a second look is about."""
    return (
        pages.FileFact(Words("Over zaak", "About case"), about.number),
        pages.FileFact(Words("Gevraagd op", "Asked on"), found.asked_on),
        pages.FileFact(Words("Antwoord uiterlijk", "Answer at the latest"), found.answer_by),
    )
