"""The frame around every page, for a request: who is signed in, the four links, help of a person today, language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.catalogue import queries as catalogue
from waardig.feedback import queries as feedback
from waardig.identity.terms import ANONYMOUS, Kind, Who
from waardig.inbox import queries as inbox
from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.days import AMSTERDAM
from waardig.kernel.declared import reads
from waardig.registers.queries import take
from waardig.screens.names import UNNAMED, name_from
from waardig.screens.pages import frame
from waardig.screens.pages.words import PersonName, Words

OWN_DATA = "inzage.gegevens"
NAME_ABOVE_THE_PAGE = reads(OWN_DATA, "brp.naam", "brp.geheimhouding")
"""What a page with this frame uses for a resident who is signed in; it is asked once a session."""


def who_of(request: HttpRequest) -> Who:
    """Who makes the request; nobody on an error page that came before sign-in was looked at."""
    who: Who = getattr(request, "who", ANONYMOUS)
    return who


def language_of(_request: HttpRequest | None = None) -> frame.Language:
    """The language of this page."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def portal_frame(
    request: HttpRequest, *, current: frame.Current = "", acting_for: PersonName | None = None, counter: bool = False
) -> frame.Frame:
    """The frame of a page of the portal or the public site.

    Args:
        current: which of the four links this page stands under.
        acting_for: whom a helper or administrator acts for.
        counter: a counter employee looks along, so forms do not submit.
    """
    who = who_of(request)
    resident = who.kind in (Kind.RESIDENT, Kind.ORGANISATION)
    shown = shown_to(request, who)
    return frame.Frame(
        language=language_of(),
        municipality=frame.Municipality(catalogue.municipality().name, address("portal:home")),
        help=human_help(business_today()),
        legal=_legal(),
        languages=frame.LanguageSwitch(address("portal:language"), request.get_full_path()),
        signed_in=frame.SignedIn(_shown_name(request, who), address("portal:sign_out")) if resident else None,
        navigation=_navigation(who, current) if resident else None,
        acting_for=frame.ActingFor(acting_for, address("portal:represented"), who.kind is Kind.ORGANISATION)
        if acting_for
        else None,
        demo=settings.DEMONSTRATION,
        counter=counter,
        leave_href=address("portal:leave") if shown.shielded else "",
        large=shown.large,
        feedback=feedback_on(request),
    )


def feedback_on(request: HttpRequest) -> frame.FeedbackLink | None:
    """Where to say whether this page is clear: by the name of its address, and of which service it is."""
    found = request.resolver_match
    if found is None:
        return None
    service = found.kwargs.get("service") or found.kwargs.get("check") or ""
    return _feedback(feedback.page_key(found.view_name.replace(":", "."), service))


def of_service(of: frame.Frame, page: str, service: str) -> frame.Frame:
    """The same frame for a page of which the address does not say of which service it is."""
    return replace(of, feedback=_feedback(feedback.page_key(page, service))) if of.feedback else of


def of_message(of: frame.Frame, template: str) -> frame.Frame:
    """The same frame under an opened message: what is asked about is its template, never the message."""
    link = _feedback(feedback.message_key(template), "message")
    return replace(of, feedback=link) if of.feedback else of


def _feedback(key: str, about: Literal["page", "message"] = "page") -> frame.FeedbackLink | None:
    href = address("portal:feedback")
    return frame.FeedbackLink(f"{href}?over={key}", about) if key and href else None


def sandbox_frame(request: HttpRequest) -> frame.Frame:
    """The frame of a page that knows nobody: no session, no cookie, no form of its own."""
    return frame.Frame(
        language=language_of(),
        municipality=frame.Municipality(catalogue.municipality().name, address("portal:home")),
        help=human_help(business_today()),
        legal=_legal(),
        languages=frame.LanguageSwitch("", ""),
        demo=settings.DEMONSTRATION,
        feedback=feedback_on(request),
    )


def desk_frame(request: HttpRequest, place: Words | None = None) -> frame.DeskFrame:
    """The frame of a desk page; `place` names where in the desk this is."""
    who = who_of(request)
    limit = who.mandate_limit_eurocent
    return frame.DeskFrame(
        language=language_of(),
        municipality=frame.Municipality(catalogue.municipality().name, address("desk:home")),
        employee=who.name,
        place=place or Words("Balie", "Desk"),
        sign_out_action=address("desk:sign_out"),
        languages=frame.LanguageSwitch(address("portal:language"), request.get_full_path()),
        role=_mandate_words(limit) if limit else None,
        large=request.session.get("large", False) is True,
        large_href=address("desk:large"),
        demo=settings.DEMONSTRATION,
    )


def _mandate_words(limit: int) -> Words:
    whole = f"{limit // 100:,}"
    return Words(f"mandaat tot € {whole.replace(',', '.')} per besluit", f"mandate up to €{whole} per decision")


def address(name: str, *arguments: object) -> str:
    """The address of a page, or "" when this installation does not have it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def human_help(on: date) -> frame.HumanHelp:
    """The human door: phone, counter and hours of today, who knows the case."""
    here = catalogue.municipality()
    phone, counter = here.hours_on("phone", on), here.hours_on("counter", on)
    return frame.HumanHelp(
        phone=here.phone,
        desk=here.visit.place.in_language(language_of()),
        phone_until=phone[1].replace(":", ".") if phone else "",
        desk_until=counter[1].replace(":", ".") if counter else "",
        contact=here.officials[here.contact_person].name,
        call_back_href=address("portal:call_back"),
    )


def part_of_day(moment: datetime | None = None) -> Literal["morning", "afternoon", "evening"]:
    """Which greeting fits the wall clock in the Netherlands."""
    hour = (moment or wall_now()).astimezone(AMSTERDAM).hour
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def _legal() -> frame.LegalLinks:
    return frame.LegalLinks(
        how_it_works_href=address("portal:how_it_works"),
        accessibility_href=address("portal:accessibility"),
        privacy_href=address("portal:privacy"),
        accountability_href=address("public:services"),
    )


def _navigation(who: Who, current: frame.Current) -> frame.Navigation:
    unread = inbox.unopened_count(who.person) if who.person else 0
    return frame.Navigation(
        current=current,
        home_href=address("portal:home"),
        messages_href=address("portal:messages"),
        data_href=address("portal:data"),
        usage_href=address("portal:usage"),
        unread=unread,
    )


def _shown_name(request: HttpRequest, who: Who) -> str:
    return own_name(request, who).short if who.person else who.name


def own_name(request: HttpRequest, who: Who) -> PersonName:
    """The resident's own name: read through the gate once a session, kept in the encrypted session."""
    if who.person is None:
        return PersonName(who.name, who.name, who.name)
    kept = request.session.get("name")
    if not isinstance(kept, dict):
        kept = _read_name(request, who.person)
        request.session["name"] = kept
    return name_from(kept) if kept else UNNAMED


@dataclass(frozen=True)
class ShownTo:
    """How pages look for who is here."""

    shielded: bool = False
    large: bool = False


LARGE_COOKIE = "waardig_large"


def shown_to(request: HttpRequest, who: Who) -> ShownTo:
    """How this person wants pages: kept once a session; who did not sign in has only the letters of this browser."""
    in_browser = request.COOKIES.get(LARGE_COOKIE) == "1"
    if who.kind is not Kind.RESIDENT or who.person is None:
        return ShownTo(large=in_browser)
    own_name(request, who)
    kept = request.session.get("shown")
    if not isinstance(kept, dict):
        chosen = inbox.display_of(who.person)
        secret = request.session.get("secret") is True
        kept = {
            "shielded": chosen.is_shielded(secret_address=secret) if chosen else secret,
            "large": chosen.large if chosen else False,
        }
        request.session["shown"] = kept
    return ShownTo(kept.get("shielded") is True, kept.get("large") is True or in_browser)


def _read_name(request: HttpRequest, person: UUID) -> dict[str, object]:
    """Name, and whether the address is secret, which shields the pages (both stay in the encrypted session)."""
    ticket = ask(
        Request(
            OWN_DATA,
            frozenset({"brp.naam", "brp.geheimhouding"}),
            (person,),
            Actor("resident", str(person)),
            business_today(),
            name="uw naam boven de pagina",
        )
    )
    facts = {fact.attribute: fact.value for fact in take(ticket)}
    request.session["secret"] = facts.get("brp.geheimhouding") is True
    found = facts.get("brp.naam")
    return dict(found) if isinstance(found, dict) else {}
