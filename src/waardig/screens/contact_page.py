"""A human: being called back, asking about a use, what was agreed; at the portal and at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.catalogue.queries import municipality
from waardig.contact import queries as contact
from waardig.contact.terms import ContactRequest, Kind, Outcome, RequestText, When
from waardig.kernel.clock import business_today
from waardig.screens.frames import address
from waardig.screens.pages import entrance as pages
from waardig.screens.pages import usage as usage_pages
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Deadline, Words
from waardig.screens.subject import Subject
from waardig.screens.usage_page import usage_entry

ACTIVITY = "contact.verzoek"
WHEN: Mapping[When, Words] = {
    When.MORNING: Words("Overdag voor 12 uur", "Before noon"),
    When.AFTERNOON: Words("Overdag na 12 uur", "After noon"),
    When.ANY: Words("Dat maakt niet uit", "Any time"),
}
WHAT: Mapping[Kind, Words] = {
    Kind.CALL_BACK: Words("U vroeg ons te bellen", "You asked us to call"),
    Kind.QUESTION: Words("U vroeg iets over uw gegevens", "You asked about your data"),
    Kind.NOTE: Words("Dit spraken wij af", "This is what we agreed"),
}
ENDED: Mapping[Outcome, Words] = {
    Outcome.OPEN: Words("Wij zijn ermee bezig", "We are working on it"),
    Outcome.REACHED: Words("Wij spraken u", "We spoke to you"),
    Outcome.NOT_REACHED: Words(
        "Wij kregen u niet te pakken. Vraag het gerust opnieuw", "We could not reach you. Ask again"
    ),
    Outcome.ANSWERED: Words("Wij stuurden u een bericht", "We sent you a message"),
    Outcome.AGREED: Words("Afgesproken", "Agreed"),
}


def phone_number(typed: str) -> str | None:
    """A telephone number as people write it, or None when it is none."""
    bare = "".join(one for one in typed if one.isdigit() or one == "+")
    digits = bare.removeprefix("+")
    return bare if digits.isdigit() and 9 <= len(digits) <= 15 else None


def call_back_page(subject: Subject, frame: Frame, posted: Mapping[str, str] | None = None) -> pages.CallBackPage:
    """Bel mij terug, with what was asked before."""
    typed = posted or {}
    wrong = posted is not None
    phone, when = typed.get("phone", "").strip(), typed.get("when", When.ANY.value)
    fields = (
        Field("phone", phone[:30], FieldError.PHONE_NOT_A_NUMBER if wrong and phone_number(phone) is None else None),
        Field(
            "when", when, None, tuple(Option(one.value, words, chosen=one.value == when) for one, words in WHEN.items())
        ),
    )
    mine = contact.requests_of(subject.person)
    open_call = next((one for one in mine if one.kind is Kind.CALL_BACK and one.is_open), None)
    return pages.CallBackPage(
        frame=frame,
        back_href=address("portal:home"),
        action=address("portal:call_back"),
        phone=fields[0],
        when=fields[1],
        errors=tuple(field for field in fields if field.error),
        waiting=_waiting(open_call) if open_call else None,
        earlier=earlier(subject, mine),
    )


def earlier(subject: Subject, mine: tuple[ContactRequest, ...]) -> tuple[pages.EarlierContact, ...]:
    """What was asked and agreed, newest first; the words of what was agreed are read through the gate."""
    notes = [one.id for one in mine if one.kind is Kind.NOTE]
    words: dict[UUID, RequestText] = {}
    if notes:
        activity = subject.activity(ACTIVITY)
        asked = Request(activity, frozenset({contact.DOCUMENT}), (subject.person,), subject.actor, business_today())
        words = contact.texts(ask(asked), notes)
    return tuple(
        pages.EarlierContact(WHAT[one.kind], one.asked_on, ENDED[one.outcome], words.get(one.id, RequestText()).text)
        for one in mine
    )


def _waiting(one: ContactRequest) -> pages.WaitingCall:
    return pages.WaitingCall(one.number, officer_name(one), deadline_of(one.due_on))


def officer_name(one: ContactRequest) -> str:
    """Who handles it, by name."""
    known = municipality().officials.get(one.officer)
    return known.name if known else municipality().name


def deadline_of(on: date) -> Deadline:
    """Our last day, and whether it has passed."""
    days = (on - business_today()).days
    return Deadline("ours", on, days) if days >= 0 else Deadline("late", on, -days, more_time=municipality().phone)


def question_page(
    subject: Subject, frame: Frame, line: str, posted: str | None
) -> usage_pages.UsageQuestionPage | None:
    """Dit begrijp ik niet: the use and the form; None when there is no such use of this person's data."""
    entry = usage_entry(subject, line)
    if entry is None:
        return None
    field = Field("question", posted or "", FieldError.QUESTION_EMPTY if posted is not None and not posted else None)
    if posted and len(posted) > 2000:
        field = Field("question", posted, FieldError.TOO_LONG)
    return usage_pages.UsageQuestionPage(
        frame=frame,
        back_href=address("portal:usage"),
        action=address("portal:usage_question", line),
        entry=entry,
        question=field,
        errors=(field,) if field.error else (),
    )
