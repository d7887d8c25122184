"""The portal's door: residents and organisations sign in and out here; in a demo everybody starts here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waardig.identity.terms import Kind, audience
from waardig.kernel.declared import uses
from waardig.screens import sign_in as screen
from waardig.screens.frames import NAME_ABOVE_THE_PAGE, portal_frame
from waardig.screens.sign_in_page import SignInFace

FACE = SignInFace("portal", frozenset({Kind.RESIDENT, Kind.ORGANISATION}), portal_frame)


@audience("public")
@require_http_methods(["GET", "HEAD", "POST"])
@uses(NAME_ABOVE_THE_PAGE, "aanmelden")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose how to sign in."""
    return screen.ask_to_sign_in(request, FACE)


@audience("public")
@require_GET
@uses(NAME_ABOVE_THE_PAGE, "aanmelden")
def sign_in_back(request: HttpRequest) -> HttpResponse:
    """The issuer sends the browser back here."""
    return screen.come_back(request, FACE)


@audience("public")
@require_POST
@uses("aanmelden")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; harmless for somebody who was not signed in."""
    answer = screen.leave(request, FACE)
    answer["Clear-Site-Data"] = '"cache", "storage"'  # kept messages of the app go with the session
    return answer


@audience("public")
@require_GET
@uses(NAME_ABOVE_THE_PAGE)
def signed_out(request: HttpRequest) -> HttpResponse:
    """After signing out."""
    return screen.say_goodbye(request, FACE)


@audience("resident", "organisation", "employee", loa="low")
@require_POST
@xframe_options_sameorigin
@uses()
def session_extend(request: HttpRequest) -> HttpResponse:
    """One tap for more time."""
    return screen.stay(request)


@audience("public")
@require_GET
@uses()
def session_notice(request: HttpRequest) -> HttpResponse:
    """The style that makes the notice appear in time."""
    return screen.notice_style(request)


urlpatterns = [
    path("inloggen/", sign_in, name="sign_in"),
    path("inloggen/terug/", sign_in_back, name="sign_in_back"),
    path("uitloggen/", sign_out, name="sign_out"),
    path("uitgelogd/", signed_out, name="signed_out"),
    path("sessie/verlengen/", session_extend, name="session_extend"),
    path("sessie/melding.css", session_notice, name="session_notice"),
]
