"""Pages of every audience, to test the middleware alone."""

from __future__ import annotations

from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from waardig.identity.terms import audience


def told(request: HttpRequest) -> JsonResponse:
    who = request.who  # type: ignore[attr-defined]
    return JsonResponse({"kind": who.kind, "id": who.id, "role": who.role, "term": bool(request.session_term)})  # type: ignore[attr-defined]


@audience("public")
def public(request: HttpRequest) -> HttpResponse:
    return told(request)


@audience("public")
def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sign in")


@csrf_exempt
@audience("resident", loa="substantial")
def own(request: HttpRequest) -> HttpResponse:
    return told(request)


@audience("resident", loa="high")
def very_own(request: HttpRequest) -> HttpResponse:
    return told(request)


@audience("employee", loa="substantial", role=["decider", "counter"])
def desk(request: HttpRequest) -> HttpResponse:
    return told(request)


@audience("employee", loa="substantial", role="decider")
class Decide(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return told(request)


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("this must never be seen")


@wraps(own)
def wrapped(request: HttpRequest) -> HttpResponse:
    return own(request)


_sign_in = [path("inloggen/", sign_in, name="sign_in")]

urlpatterns = [
    path("", include((_sign_in, "portal"))),
    path("balie/", include((_sign_in, "desk"))),
    path("openbaar/", public),
    path("eigen/", own),
    path("heel-eigen/", very_own),
    path("werk/", desk),
    path("beslis/", Decide.as_view()),
    path("stil/", silent),
    path("ingepakt/", wrapped),
]
