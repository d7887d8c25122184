"""A message as a page: a proposal in all its states, a decision with its terms, or any other letter."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from waardig.access import queries as wishes
from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.archive import queries as archive
from waardig.cases import queries as cases
from waardig.cases.queries import objections
from waardig.cases.terms import Case, CaseKind, CaseState, Decision, DecisionOutcome, EventKind
from waardig.catalogue import queries as catalogue
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Message, MessageLinks, MessageText, MessageUnknown
from waardig.kernel.clock import business_today
from waardig.payments import queries as payments
from waardig.payments.terms import OrderState
from waardig.screens.addresses import Addresses
from waardig.screens.frames import address, of_message
from waardig.screens.pages import message as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Amount, Deadline, Link, Words
from waardig.screens.payment_words import paid_on
from waardig.screens.subject import Subject
from waardig.values import queries as values

READING = "bericht.lezen"
OPEN_STATES = (CaseState.PROPOSED, CaseState.DECLINED, CaseState.LAPSED)
EXPLAINED = (CaseKind.PROPOSAL, CaseKind.APPLICATION, CaseKind.OWN_INITIATIVE)
DECISIONS = ("decision_grant", "decision_unasked", "decision_refuse", "decision_other", "correction_answer")
PROPOSALS = ("proposal", "grant_announcement", "short_form", "proposal_instead")
WITH_ADMINISTRATOR = ("proposal", "grant_announcement")
TELL_CHANGES = Words(
    "Verandert er iets in uw inkomen, spaargeld of met wie u woont? Geef dat dan door.",
    "Does anything change in your income, savings or who you live with? Then tell us.",
)
UNDECIDED = (CaseState.ANNOUNCED, CaseState.PREPARED, CaseState.BY_HAND)
"""Where an announced grant stands while a no is enough."""


def own_message(subject: Subject, identity: UUID) -> Message:
    """Metadata of a message of this subject.

    Raises:
        MessageUnknown: there is none, or it is somebody else's: the same answer for both.
    """
    found = inbox.message(identity)
    if found is None or found.recipient != subject.person or found.reader != subject.reader:
        raise MessageUnknown(identity)
    if not subject.opens(found.service):
        raise MessageUnknown(identity)
    return found


def services_of(subject: Subject) -> frozenset[str] | None:
    """The services whose messages a helper may read; None for everybody who reads all of them."""
    if subject.authority is None:
        return None
    return frozenset(one.id for one in catalogue.services() if subject.opens(one.id))


def read_text(subject: Subject, message: Message) -> MessageText:
    """The text as it was sent, read through the gate (one line in the log)."""
    ticket = ask(
        Request(
            subject.activity(READING),
            frozenset({"inbox.bericht"}),
            (message.about,),
            subject.actor,
            business_today(),
            case=message.case,
        )
    )
    return inbox.text(ticket, message.id)


def message_page(
    subject: Subject, message: Message, frame: Frame, addresses: Addresses, *, shown_in: str = ""
) -> pages.ProposalPage | pages.DecisionPage | pages.LetterPage:
    """The page that fits the type of message.

    Args:
        shown_in: "nl" or "en" for who picked one of two texts on the page itself.
    """
    frame = of_message(frame, message.template)
    text = read_text(subject, message)
    body = _body(subject, text, frame, addresses, shown_in)
    case = cases.case(message.case) if message.case else None
    if case is not None and message.message_type in proposal_types(case.service):
        return _proposal(subject, message, body, case, frame, addresses)
    decision = cases.decisions_of([case.id]).get(case.id) if case else None
    if case is not None and decision is not None and message.message_type in decision_types(case.service):
        return _decision(subject, message, body, case, decision, frame, addresses)
    return pages.LetterPage(
        frame=frame,
        back_href=addresses.messages,
        message=body,
        links=MessageLinks(why=addresses.why(message.id) if case and case.kind in EXPLAINED else ""),
        about=subject.about,
        deadline=our_deadline(case) if case else None,
        next=_next(case, addresses) if case else None,
        side=_side(message, case, addresses),
        give_up_href=_give_up(case, message, addresses) if case else "",
    )


def reads_own(subject: Subject) -> bool:
    """Whether the resident reads for themself: who helps them or looks along at the counter reads Dutch first."""
    return subject.authority is None and not subject.is_at_counter


def _body(subject: Subject, text: MessageText, frame: Frame, addresses: Addresses, shown_in: str) -> pages.MessageBody:
    """The text in one of its languages: English first for who chose it when it was made; Dutch at the counter."""
    href = addresses.message(text.id)
    if not text.english:
        unread = text.language == "nl" and frame.language == "en"
        return pages.MessageBody(
            text.language, text.blocks, dutch_only=unread, phone=catalogue.municipality().phone if unread else ""
        )
    in_english = shown_in == "en" or (shown_in != "nl" and (reads_own(subject) or frame.language == "en"))
    if in_english:
        return pages.MessageBody("en", text.english, f"{href}?tekst=nl")
    return pages.MessageBody("nl", text.blocks, f"{href}?tekst=en")


def _next(case: Case, addresses: Addresses) -> Link | None:
    """The way on from a letter: the file it belongs to, urging us when we are late, or asking to look again."""
    if case.kind is CaseKind.OBJECTION:
        return Link(
            Words("Bekijk uw bezwaar en alle stukken", "See your objection and all papers"),
            addresses.objection(case.id),
        )
    if case.kind is CaseKind.SECOND_LOOK:
        return Link(Words("Bekijk uw vraag", "See your question"), addresses.look(case.id))
    if case.kind is CaseKind.PENALTY:
        about = objections.penalty(case.id).about
        return Link(Words("Bekijk wat u van ons krijgt", "See what you get from us"), addresses.late(about))
    if case.kind is CaseKind.CORRECTION and case.state is CaseState.ANSWERED:
        return Link(
            Words("Vraag een collega nog eens te kijken", "Ask a colleague to look again"),
            addresses.look_again(case.id),
        )
    deadline = our_deadline(case)
    if deadline is not None and deadline.kind == "late":
        return Link(Words("Maan ons aan", "Urge us on"), addresses.late(case.id))
    return None


def proposal_types(service: str) -> tuple[str, ...]:
    """The message types that are proposals of a service."""
    known = catalogue.service(service).messages
    names = [name for name in PROPOSALS if name in known]
    both = [*names, *(f"{name}_administrator" for name in names if name in WITH_ADMINISTRATOR)]
    return tuple(inbox.template(service, name).message_type for name in both)


def decision_types(service: str) -> tuple[str, ...]:
    """The message types that are decisions of a service."""
    known = catalogue.service(service).messages
    return tuple(inbox.template(service, name).message_type for name in DECISIONS if name in known)


def _proposal(
    subject: Subject, message: Message, body: pages.MessageBody, case: Case, frame: Frame, addresses: Addresses
) -> pages.ProposalPage:
    today = business_today()
    is_open = is_answerable(case)
    unasked = case.kind is CaseKind.OWN_INITIATIVE
    reported = cases.corrections_of(subject.person, only_open=True)
    links = MessageLinks(
        answer=addresses.answer(message.id) if is_open else "",
        yes_but=addresses.yes_but(message.id) if is_open and not unasked else "",
        correct=addresses.wrong(message.id),
        opt_out=addresses.opt_out,
        why=addresses.why(message.id),
    )
    return pages.ProposalPage(
        frame=frame,
        back_href=addresses.messages,
        message=body,
        about=subject.about,
        links=links,
        yes=_yes(case, addresses) if case.kind is CaseKind.APPLICATION else None,
        no=_no(subject, case) if case.state in (CaseState.DECLINED, CaseState.OPTED_OUT) else None,
        suspended_since=_suspended_since(case.service),
        computed_on=case.as_of if case.as_of and case.as_of < today and is_open and not unasked else None,
        corrected_on=reported[0].case.opened_on if reported else None,
        side=_side(message, case, addresses),
        unasked=unasked,
        give_up_href=_give_up(case, message, addresses),
    )


def is_answerable(case: Case) -> bool:
    """Whether this case still takes an answer: an open proposal, or an announced grant before it is decided."""
    if case.kind is CaseKind.OWN_INITIATIVE:
        return case.state in UNDECIDED
    return case.kind is CaseKind.PROPOSAL and case.state in OPEN_STATES


def can_give_up(case: Case) -> bool:
    """Whether the resident can take this back: an application that waits, or granted money before it is paid."""
    if case.kind is CaseKind.APPLICATION and case.state in (CaseState.RECEIVED, *UNDECIDED):
        return True
    decision = cases.decisions_of([case.id]).get(case.id) if case.state is CaseState.DECIDED else None
    if decision is None or not decision.amount_eurocent or business_today() > (decision.pay_by or date.min):
        return False
    orders = payments.orders_of_cases([case.id]).get(case.id, ())
    return not any(order.state in (OrderState.RELEASED, OrderState.PAID) for order in orders)


def _give_up(case: Case, message: Message, addresses: Addresses) -> str:
    return addresses.give_up(message.id) if can_give_up(case) else ""


def _suspended_since(service: str) -> date | None:
    return next((one.suspended_on for one in values.suspensions(service) if one.resumed_on is None), None)


def _yes(case: Case, addresses: Addresses) -> pages.Yes:
    return pages.Yes(
        on=case.applied_on or case.opened_on,
        case_number=case.number,
        deadline=_required_deadline(case),
        case_href=addresses.late(case.id),
    )


def _no(subject: Subject, case: Case) -> pages.No:
    said = [event.on for event in cases.events_of(case.id) if event.kind is EventKind.DECLINED]
    never = bool({"*", case.service} & wishes.opted_out(subject.person))
    return pages.No(on=said[-1] if said else case.opened_on, never_again=never)


def _required_deadline(case: Case) -> Deadline:
    found = our_deadline(case)
    return found or Deadline("ours", case.applied_on or case.opened_on, 0)


def our_deadline(case: Case) -> Deadline | None:
    """The day on which we decide at the latest, brick when that day is past and there is no decision."""
    ended = (CaseState.DECIDED, CaseState.WITHDRAWN, CaseState.WAIVED, CaseState.OPTED_OUT)
    if case.decide_by is None or case.state in ended:
        return None
    days = (case.decide_by - business_today()).days
    if days >= 0:
        return Deadline("ours", case.decide_by, days)
    return Deadline("late", case.decide_by, -days, more_time=catalogue.municipality().phone)


def _decision(
    subject: Subject,
    message: Message,
    body: pages.MessageBody,
    case: Case,
    decision: Decision,
    frame: Frame,
    addresses: Addresses,
) -> pages.DecisionPage:
    here = catalogue.municipality()
    granted = decision.outcome is DecisionOutcome.GRANT
    return pages.DecisionPage(
        frame=frame,
        back_href=addresses.messages,
        message=body,
        links=MessageLinks(why=addresses.why(message.id) if case.kind in EXPLAINED else ""),
        about=subject.about,
        amount=Amount(decision.amount_eurocent, "once") if granted and decision.amount_eurocent else None,
        pay_by=decision.pay_by,
        paid_on=paid_on(payments.orders_of_cases([case.id]).get(case.id, ())),
        account_end="",
        decided_by=None if body.has("who") else _decided_by(here.officials[decision.official].name),
        objection=_against(subject, body, case, decision, addresses),
        duties=(TELL_CHANGES,) if granted and not body.has("duties") else (),
        other=(),
        side=_side(message, case, addresses),
        give_up_href=_give_up(case, message, addresses),
    )


def _decided_by(official: str) -> Words:
    here = catalogue.municipality()
    return Words(
        f"{official}, namens {here.deciding_body.nl} ({here.mandate_decree.name.nl})",
        f"{official}, on behalf of {here.deciding_body.en} ({here.mandate_decree.name.en})",
    )


def _against(
    subject: Subject, body: pages.MessageBody, case: Case, decision: Decision, addresses: Addresses
) -> pages.Objection:
    """The doors against a decision: object until a day, see what was made, ask to look again."""
    left = (decision.objection_until - business_today()).days
    made = objections.objection_against(decision.id, subject.person)
    return pages.Objection(
        deadline=Deadline("resident", decision.objection_until, max(0, left)),
        href=addresses.object_to(decision.id),
        phone=catalogue.municipality().phone,
        explained=body.has("objection"),
        made_href=addresses.objection(made.case) if made else "",
        look_href=addresses.look_again(case.id),
    )


def _side(message: Message, case: Case | None, addresses: Addresses) -> pages.MessageSide:
    here = catalogue.municipality()
    team = here.teams[case.team].name.nl if case and case.team in here.teams else here.name
    explained = case is not None and case.kind in EXPLAINED
    return pages.MessageSide(
        team=team,
        sent_on=message.sent_on,
        why_href=addresses.why(message.id) if explained else "",
        data_href=addresses.data,
        basis_href=address("public:service", case.service) if case and explained else "",
        kept_until=_kept_until(case),
        look_href=addresses.look_again(case.id) if case and explained and case.state is not CaseState.DECIDED else "",
    )


def _kept_until(case: Case | None) -> date | None:
    """The last day of the term of the selection list, once the archive knows it."""
    found = archive.record_of(case.id) if case else None
    return found.action_on - timedelta(days=1) if found and found.action_on else None


def sent_on_paper(message: Message) -> bool:
    """Whether this message also went by post."""
    return any(delivery.channel.value == "paper" for delivery in message.deliveries)


def day_of(case: Case) -> date:
    """The day the case is judged on: of the yes, or of the proposal; of what nobody asked, the day of the decision."""
    if case.kind is CaseKind.OWN_INITIATIVE and case.state is not CaseState.ANNOUNCED:
        decided = cases.decisions_of([case.id]).get(case.id)
        return decided.decided_on if decided else business_today()
    return case.applied_on or case.as_of or case.opened_on
