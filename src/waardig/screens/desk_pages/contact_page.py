"""At the desk: who wants to be called, who asked about the use of their data; one request and how it ends."""

from __future__ import annotations

from uuid import UUID

from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.contact import queries as contact
from waardig.contact.terms import ContactRequest, Kind, RequestText
from waardig.identity.terms import Who
from waardig.kernel.clock import business_today
from waardig.registers.queries import take
from waardig.screens.contact_page import ACTIVITY, ENDED, WHEN, deadline_of
from waardig.screens.desk_pages import words
from waardig.screens.desk_pages.official import actor_of
from waardig.screens.desk_pages.queue_page import SIZE, paging
from waardig.screens.frames import address
from waardig.screens.names import UNNAMED, name_from
from waardig.screens.pages import desk_work as pages
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Words

KINDS = {
    Kind.CALL_BACK: Words("Terugbellen", "Call back"),
    Kind.QUESTION: Words("Vraag over gebruik van gegevens", "Question about the use of data"),
    Kind.NOTE: Words("Afspraak", "Agreement"),
}


def contact_list(frame: DeskFrame, *, page: int) -> pages.ContactListPage:
    """What waits, the first last day on top; nobody is named."""
    today = business_today()
    waiting = contact.waiting_requests(today)
    lines = tuple(
        pages.ContactLine(
            number=one.number,
            href=address("desk:contact_request", one.id),
            kind=KINDS[one.kind],
            asked_on=one.asked_on,
            due_on=one.due_on,
            late=words.days_late(one.due_on, today),
        )
        for one in contact.open_requests(page=page, size=SIZE)
    )
    return pages.ContactListPage(
        desk=frame,
        back_href=address("desk:home"),
        total=waiting.count,
        lines=lines,
        paging=paging("desk:contact", page, waiting.count),
    )


def contact_request(
    frame: DeskFrame, who: Who, identity: UUID, *, typed: str = "", error: FieldError | None = None
) -> pages.ContactRequestPage:
    """One request with its words and the name, read under the own activity (one line in the log).

    Raises:
        RequestUnknown, AccessRefused.
    """
    found = contact.request(identity)
    attributes = frozenset({"brp.naam", contact.DOCUMENT})
    ticket = ask(Request(ACTIVITY, attributes, (found.person,), actor_of(who), business_today(), case=identity))
    name = next((fact.value for fact in take(ticket) if fact.attribute == "brp.naam"), None)
    told = contact.texts(ticket, [identity]).get(identity, RequestText())
    answer = Field("answer", typed or told.answer, error)
    return pages.ContactRequestPage(
        desk=frame,
        back_href=address("desk:contact"),
        action=address("desk:contact_request", identity),
        number=found.number,
        person=name_from(name) if isinstance(name, dict) else UNNAMED,
        is_call=found.kind is Kind.CALL_BACK,
        phone=told.phone,
        when=WHEN[told.when],
        text=told.text,
        deadline=deadline_of(found.due_on),
        answer=answer,
        errors=(answer,) if error else (),
        closed=_closed(found),
    )


def _closed(found: ContactRequest) -> Words | None:
    return None if found.is_open else ENDED[found.outcome]
