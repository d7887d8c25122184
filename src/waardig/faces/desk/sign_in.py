"""The desk's door: employees sign in and out here with their work account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waardig.identity.terms import Kind, audience
from waardig.kernel.declared import uses
from waardig.screens import sign_in as screen
from waardig.screens.frames import NAME_ABOVE_THE_PAGE, portal_frame
from waardig.screens.sign_in_page import SignInFace

FACE = SignInFace("desk", frozenset({Kind.EMPLOYEE}), portal_frame)


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
    return screen.leave(request, FACE)


@audience("public")
@require_GET
@uses(NAME_ABOVE_THE_PAGE)
def signed_out(request: HttpRequest) -> HttpResponse:
    """After signing out."""
    return screen.say_goodbye(request, FACE)


urlpatterns = [
    path("inloggen/", sign_in, name="sign_in"),
    path("inloggen/terug/", sign_in_back, name="sign_in_back"),
    path("uitloggen/", sign_out, name="sign_out"),
    path("uitgelogd/", signed_out, name="signed_out"),
]
