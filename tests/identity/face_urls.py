"""The sign-in pages of portal and desk with two pages behind them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from waardig.faces.desk.sign_in import urlpatterns as desk_sign_in
from waardig.faces.portal.sign_in import urlpatterns as portal_sign_in
from waardig.identity.terms import audience
from waardig.kernel.declared import uses
from waardig.screens.frames import NAME_ABOVE_THE_PAGE, portal_frame


@audience("resident", "organisation", loa="substantial")
def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"dag {request.who.id}")  # type: ignore[attr-defined]


@audience("resident", loa="high")
def very_own(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hoog")


@audience("employee", loa="substantial", role="counter")
def queue(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"dag {request.who.name}")  # type: ignore[attr-defined]


FORM = """{% extends "screens/base_portal.html" %}{% block content %}<h1>Formulier</h1>
<label for="id_text">Uw verhaal</label><textarea id="id_text" name="text"></textarea>{% endblock %}"""


@audience("resident", loa="substantial")
@uses(NAME_ABOVE_THE_PAGE)
def form(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(FORM)
    return HttpResponse(page.render({"frame": portal_frame(request)}, request))


_portal = [
    path("", own, name="home"),
    path("hoog/", very_own),
    path("formulier/", form),
    *portal_sign_in,
]
_desk = [path("", queue, name="home"), *desk_sign_in]

urlpatterns = [path("", include((_portal, "portal"))), path("balie/", include((_desk, "desk")))]
