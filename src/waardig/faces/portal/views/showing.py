"""How somebody wants to see the site: large letters, shielding; and leaving a page at once."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.catalogue import queries as catalogue
from waardig.faces.portal.views.common import for_residents, frame_for, show
from waardig.identity.terms import audience
from waardig.inbox import actions as inbox
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.screens.frames import LARGE_COOKIE, NAME_ABOVE_THE_PAGE, portal_frame, shown_to
from waardig.screens.message_language import chosen_language, language_field, read_language
from waardig.screens.pages.choices import DisplayPage
from waardig.screens.pages.entrance import NeutralPage
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Words
from waardig.screens.subject import Subject

YES, NO = Words("Ja", "Yes"), Words("Nee", "No")
DAYS = (
    Words("Maandag", "Monday"), Words("Dinsdag", "Tuesday"), Words("Woensdag", "Wednesday"),
    Words("Donderdag", "Thursday"), Words("Vrijdag", "Friday"), Words("Zaterdag", "Saturday"),
    Words("Zondag", "Sunday"),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_residents(own_only=True)
@uses()
def display(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Large letters and shielding; remembered for this person, for pages and letters."""
    now = shown_to(request, subject.who)
    posted = request.POST if request.method == "POST" else {"large": _word(now.large), "shielded": _word(now.shielded)}
    large, shielded = (_field(name, str(posted.get(name, ""))) for name in ("large", "shielded"))
    language = language_field(str(posted.get("language", "")) or chosen_language(subject.person))
    errors = tuple(field for field in (large, shielded, language) if field.error)
    if request.method == "POST" and not errors:
        inbox.set_display(
            subject.person,
            large=large.value == "yes",
            shielded=shielded.value == "yes",
            where="web",
            language=read_language(language.value),
        )
        request.session.pop("shown", None)
        response = HttpResponseRedirect(reverse("portal:display") + "?bewaard=1")
        _remember(response, large=large.value == "yes")
        return response
    page = DisplayPage(
        frame=frame_for(request, subject),
        back_href=reverse("portal:home"),
        action=reverse("portal:display"),
        large=large,
        shielded=shielded,
        language=language,
        errors=errors,
        saved=request.GET.get("bewaard") == "1" and not errors,
        secret_address=request.session.get("secret") is True,
    )
    return show(request, page, 400 if errors else 200)


def _word(chosen: bool) -> str:
    return "yes" if chosen else "no"


def _field(name: str, value: str) -> Field:
    options = (Option("yes", YES, chosen=value == "yes"), Option("no", NO, chosen=value == "no"))
    return Field(name, value, None if value in ("yes", "no") else FieldError.ANSWER_EMPTY, options)


def _remember(response: HttpResponse, *, large: bool) -> None:
    """Large letters also before signing in, in this browser; the cookie says nothing about who it is."""
    if large:
        response.set_cookie(
            LARGE_COOKIE, "1", max_age=365 * 86400, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES
        )
    else:
        response.delete_cookie(LARGE_COOKIE, samesite="Lax")


@require_GET
@audience("public")
@uses()
def leave(request: HttpRequest) -> HttpResponse:
    """Verlaat deze pagina: signed out at once, nothing of it kept by the browser, and on to a neutral page."""
    request.session.flush()
    response = HttpResponseRedirect(reverse("portal:neutral"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_GET
@audience("public")
@uses(NAME_ABOVE_THE_PAGE)
def neutral(request: HttpRequest) -> HttpResponse:
    """When the municipality is open."""
    here = catalogue.municipality()
    monday = business_today() - timedelta(days=business_today().weekday())
    found = [here.hours_on("counter", monday + timedelta(days=place)) for place in range(7)]
    hours = tuple(
        (day, f"{times[0]} - {times[1]}".replace(":", ".") if times else "")
        for day, times in zip(DAYS, found, strict=True)
    )
    return show(request, NeutralPage(portal_frame(request), here.visit.place.nl, hours, here.phone))
