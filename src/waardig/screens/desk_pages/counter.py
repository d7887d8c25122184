"""At the counter: who stands here, how that was checked, and for how long; the margin beside the resident's page.

What the employee sees is read under `loket.meekijken`: a line in the resident's own overview each time. It ends after
60 minutes or with "Sluit af"; two people are never open at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.cases import queries as cases
from waardig.cases.terms import Case, CaseKind, CaseState
from waardig.contact import queries as contact
from waardig.contact.terms import Kind
from waardig.identity.terms import Who
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Message, Reader
from waardig.kernel.bsn import InvalidBsn, parse_bsn
from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.declared import declaring, reads
from waardig.registers.actions import persons_for_bsns
from waardig.registers.queries import take
from waardig.screens.addresses import COUNTER
from waardig.screens.contact_page import earlier, officer_name
from waardig.screens.desk_pages.official import frame_of
from waardig.screens.frames import address, portal_frame, who_of
from waardig.screens.mandates_page import helper_of
from waardig.screens.message_language import LANGUAGES, chosen_language
from waardig.screens.message_pages import can_give_up, is_answerable, proposal_types, sent_on_paper
from waardig.screens.names import UNNAMED, name_from
from waardig.screens.pages import desk as pages
from waardig.screens.pages.files import FilePage
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import Current, DeskFrame, Frame, Navigation, SignedIn
from waardig.screens.pages.home import HomePage
from waardig.screens.pages.message import DecisionPage, LetterPage, ProposalPage
from waardig.screens.pages.messages import MessagesPage
from waardig.screens.pages.own_data import OwnDataPage
from waardig.screens.pages.usage import UsagePage
from waardig.screens.pages.why import WhyPage
from waardig.screens.pages.words import Words, context_of
from waardig.screens.subject import MANDATES, Subject

ACTIVITY = "loket.meekijken"
SIGNING_IN = "aanmelden"
ROLE = "loket"
KEY = "counter"
DECLARED = "counter_declared"
ABOVE_THE_PAGE = declaring(reads(MANDATES, "brp.naam"))
"""What every page with a resident at the counter uses: the names of who helps them."""
LASTS = timedelta(minutes=60)
PLACE = Words("Loket", "Counter")
ON_THE_PHONE = "vragen"
IDENTIFIED: Mapping[str, Words] = {
    "paspoort": Words("paspoort", "passport"),
    "idkaart": Words("identiteitskaart", "identity card"),
    "rijbewijs": Words("rijbewijs", "driving licence"),
    "verblijf": Words("verblijfsdocument", "residence document"),
    ON_THE_PHONE: Words("controlevragen aan de telefoon", "control questions on the phone"),
}


ResidentPage = (
    FilePage | HomePage | MessagesPage | ProposalPage | DecisionPage | LetterPage | WhyPage | OwnDataPage | UsagePage
)


class NobodyHere(Exception):
    """Nobody is open at this counter, or the hour is over."""


@dataclass(frozen=True)
class Visit:
    """A resident at the counter."""

    subject: Subject
    identified_by: Words
    is_identified_by_document: bool = True


def find(who: Who, bsn: str) -> UUID | None:
    """The person behind a number (one line in the log), or None for a number of nobody and for no number at all."""
    try:
        number = parse_bsn(bsn)
    except InvalidBsn:
        return None
    actor = Actor("employee", who.id, ROLE)
    return persons_for_bsns([number], activity=SIGNING_IN, actor=actor).get(number)


def open_visit(session: SessionBase, who: Who, person: UUID, identified_by: str) -> None:
    """Open a resident's pages at this counter for an hour; whoever was open is closed.

    Raises:
        AccessRefused: this employee may not look along.
    """
    actor = Actor("employee", who.id, ROLE)
    name = "keek met u mee aan het loket of aan de telefoon"
    ticket = ask(Request(ACTIVITY, frozenset({"brp.naam"}), (person,), actor, business_today(), name=name))
    found = next((fact.value for fact in take(ticket) if fact.attribute == "brp.naam"), None)
    session[KEY] = {
        "person": str(person),
        "name": found if isinstance(found, dict) else {},
        "by": identified_by,
        "since": wall_now().isoformat(),
    }


def close_visit(session: SessionBase) -> None:
    """Sluit af: nothing of the resident stays in the session."""
    session.pop(KEY, None)
    session.pop(DECLARED, None)
    session.pop("counter_met", None)


def visit_of(request: HttpRequest) -> Visit:
    """Who is open at this counter.

    Raises:
        NobodyHere: nobody, or longer than an hour ago.
    """
    kept = request.session.get(KEY)
    if not isinstance(kept, dict):
        raise NobodyHere
    if wall_now() - datetime.fromisoformat(str(kept["since"])) >= LASTS:
        close_visit(request.session)
        raise NobodyHere
    who = who_of(request)
    name = name_from(kept["name"]) if kept["name"] else UNNAMED
    person = UUID(str(kept["person"]))
    subject = Subject(who, person, Actor("employee", who.id, ROLE), Reader.SELF, name, None)
    return Visit(subject, IDENTIFIED[str(kept["by"])], str(kept["by"]) != ON_THE_PHONE)


def find_page(frame: DeskFrame, posted: Mapping[str, str] | None = None, *, unknown: bool = False) -> pages.FindPage:
    """Wie staat bij u? with what was typed.

    Args:
        unknown: the number is of nobody.
    """
    typed = posted or {}
    how = typed.get("identified_by", "")
    missing = posted is not None and how not in IDENTIFIED
    options = tuple(Option(key, _capital(words), chosen=key == how) for key, words in IDENTIFIED.items())
    bsn = Field("bsn", typed.get("bsn", ""), FieldError.PERSON_NOT_FOUND if unknown else None)
    identified = Field("identified_by", how, FieldError.IDENTIFICATION_EMPTY if missing else None, options)
    return pages.FindPage(
        desk=frame,
        action=address("desk:find"),
        bsn=bsn,
        birth_date=None,
        postcode=None,
        identified_by=identified,
        errors=tuple(field for field in (bsn, identified) if field.error),
        check_href=address("desk:check"),
        otherwise_href=address("desk:find_otherwise"),
        company_href=address("desk:company"),
    )


def _capital(words: Words) -> Words:
    return Words(words.nl[:1].upper() + words.nl[1:], words.en[:1].upper() + words.en[1:])


def counter_frame(request: HttpRequest) -> DeskFrame:
    """The bar of the counter."""
    return replace(frame_of(request, "find"), place=PLACE, role=None)


def resident_frame(request: HttpRequest, visit: Visit, current: Current) -> Frame:
    """The frame of the resident's own page inside the desk: their name, their links, forms that do not submit."""
    navigation = Navigation(
        current=current,
        home_href=COUNTER.home,
        messages_href=COUNTER.messages,
        data_href=COUNTER.data,
        usage_href=COUNTER.usage,
        unread=inbox.unopened_count(visit.subject.person),
    )
    frame = portal_frame(request, current=current, counter=True)
    return replace(frame, signed_in=SignedIn(visit.subject.name.short, ""), navigation=navigation)


def counter_page(
    request: HttpRequest, visit: Visit, page: ResidentPage, *, message: Message | None = None
) -> pages.CounterPage:
    """The resident's page with the staff margin beside it.

    Args:
        page: built for the frame of `resident_frame` with the addresses of the counter.
        message: the message that is open, for what can be recorded.
    """
    return pages.CounterPage(
        desk=counter_frame(request),
        person=visit.subject.name,
        identified_by=visit.identified_by,
        helper=helper_of(visit.subject.person, visit.subject),
        close_action=address("desk:counter_close"),
        margin=_margin(visit, message),
        partial=page.partial,
        resident=context_of(page),
    )


def _margin(visit: Visit, message: Message | None) -> pages.CounterMargin:
    proposal = open_proposal(message) if message else None
    return pages.CounterMargin(
        standing=_standing(visit.subject.person),
        record_action=address("desk:counter_answer", message.id) if message and proposal else "",
        say=_say(proposal) if proposal else None,
        only_no=proposal is not None and proposal.kind is CaseKind.OWN_INITIATIVE,
        give_up_action=_give_up(message),
        agreements=_agreements(visit.subject),
        note=Field("note"),
        note_action=address("desk:counter_note"),
        signal_href="",
        language=LANGUAGES[chosen_language(visit.subject.person)],
        language_href=address("desk:counter_language"),
    )


def _agreements(subject: Subject) -> tuple[pages.Agreement, ...]:
    """What was agreed with this resident, newest first, with who wrote it down."""
    notes = contact.requests_of(subject.person, kinds=[Kind.NOTE], size=5)
    told = earlier(subject, notes)
    return tuple(
        pages.Agreement(
            one.asked_on, Words("loket of telefoon", "counter or phone"), Words(said.text), officer_name(one)
        )
        for one, said in zip(notes, told, strict=True)
    )


def open_proposal(message: Message) -> Case | None:
    """The proposal of a message that can still be answered, or None."""
    if message.case is None:
        return None
    case = cases.case(message.case)
    is_proposal = message.message_type in proposal_types(case.service)
    return case if is_proposal and is_answerable(case) else None


def _give_up(message: Message | None) -> str:
    """Where the counter takes back an application or granted money for the resident, "" when there is nothing."""
    case = cases.case(message.case) if message and message.case else None
    return address("desk:counter_give_up", message.id) if message and case and can_give_up(case) else ""


def _say(case: Case) -> Words:
    """What the employee says: amounts as words, a free choice, no hurry."""
    whole, part = divmod(case.amount_eurocent or 0, 100)
    nl = f"{whole} euro en {part} cent" if part else f"{whole} euro"
    en = f"{whole} euros and {part} cents" if part else f"{whole} euros"
    together = (" samen", " together") if len(case.persons) > 1 else ("", "")
    if case.kind is CaseKind.OWN_INITIATIVE:
        return Words(
            f"U krijgt{together[0]} waarschijnlijk {nl}. U hoeft niets te doen. Wilt u het niet? Dan zeg ik dat door.",
            f"You will{together[1]} probably get {en}. You need not do anything. If you do not want it, I record that.",
        )
    return Words(
        f"U hebt{together[0]} waarschijnlijk recht op {nl}. U kiest zelf. Vandaag hoeft niet.",
        f"You probably have a right{together[1]} to {en}. You choose. It need not be today.",
    )


_STANDING: Mapping[CaseState, Words] = {
    CaseState.PROPOSED: Words("Nog geen keuze.", "No choice yet."),
    CaseState.DECLINED: Words("Zei nee, nu niet.", "Said no, not now."),
    CaseState.LAPSED: Words("Het voorstel is verlopen.", "The proposal has lapsed."),
    CaseState.RECEIVED: Words("Zei ja. Wij rekenen de aanvraag na.", "Said yes. The application is being computed."),
    CaseState.PREPARED: Words("Zei ja. Een medewerker beslist nog.", "Said yes. An official still decides."),
    CaseState.BY_HAND: Words("Zei ja. Een medewerker kijkt ernaar.", "Said yes. An official looks at it."),
    CaseState.DECIDED: Words("Er is besloten. Lees het bericht.", "It was decided. Read the message."),
    CaseState.ANNOUNCED: Words("Aangekondigd. Nee zeggen kan nog.", "Announced. Saying no is still possible."),
    CaseState.OPTED_OUT: Words("Wil deze bijdrage niet.", "Does not want this contribution."),
    CaseState.WITHDRAWN: Words("Trok de aanvraag in.", "Withdrew the application."),
    CaseState.WAIVED: Words("Zag af van het geld.", "Gave up the money."),
}


_UNASKED = {
    CaseState.PREPARED: Words("Op de lijst. Een medewerker beslist nog.", "On the list. An official still decides."),
    CaseState.BY_HAND: Words("Een medewerker kijkt ernaar.", "An official looks at it."),
}


def _is_unasked(case: Case) -> bool:
    return case.kind is CaseKind.OWN_INITIATIVE


def _standing(person: UUID) -> tuple[Words, ...]:
    """Where the resident's cases stand, newest first; a fixed number of queries."""
    mine = cases.cases_of(person)
    sent = {m.case: m for m in reversed(inbox.messages_for(person, size=100).messages) if m.case}
    lines = [_line(case, sent.get(case.id)) for case in mine[:5] if case.state in _STANDING]
    reports = [one for one in mine if one.kind is CaseKind.CORRECTION and one.state is CaseState.OPEN]
    if reports:
        nl = "Er loopt 1 melding." if len(reports) == 1 else f"Er lopen {len(reports)} meldingen."
        lines.append(Words(nl, f"{len(reports)} open report{'s' if len(reports) > 1 else ''}."))
    return tuple(lines)


def _line(case: Case, message: Message | None) -> Words:
    state = _UNASKED.get(case.state, _STANDING[case.state]) if _is_unasked(case) else _STANDING[case.state]
    if message is None or case.kind is not CaseKind.PROPOSAL:
        return Words(f"Zaak {case.number}. {state.nl}", f"Case {case.number}. {state.en}")
    on = cases.in_words("date", message.sent_on.isoformat())
    nl, en = ("op papier", "on paper") if sent_on_paper(message) else ("digitaal", "digitally")
    return Words(f"Voorstel verstuurd op {on.nl}, {nl}. {state.nl}", f"Proposal sent on {on.en}, {en}. {state.en}")
