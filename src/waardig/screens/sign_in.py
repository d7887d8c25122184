"""Signing in, staying and signing out as a browser sees it; built once, portal and desk give it their addresses.

Everything that counts is decided in the room identity; here a request becomes a call and a refusal becomes a page.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from waardig.identity.actions import Destination, begin_sign_in, complete_sign_in, sign_out, touch_session
from waardig.identity.queries import form_targets, means_for, session_term
from waardig.identity.terms import (
    Kind,
    Level,
    LevelTooLow,
    MeansUnknown,
    SignInCancelled,
    SignInExpired,
    SignInRefused,
)
from waardig.kernel.clock import wall_now
from waardig.kernel.days import AMSTERDAM
from waardig.screens.pages.entrance import SignedOutPage
from waardig.screens.pages.words import context_of
from waardig.screens.sign_in_page import EVERYBODY, Asked, Failed, SignInFace, offered_personas, sign_in_page

_NAMESPACE = {Kind.RESIDENT: "portal", Kind.ORGANISATION: "portal", Kind.EMPLOYEE: "desk"}
_NOTICE = (
    "@keyframes w-session-notice{from,to{visibility:visible}}"
    "aside.w-session-notice{position:fixed;inset-block-end:0;inset-inline:0;z-index:10;padding:1rem;"
    "background:#fdf3dd;color:#1d2b33;border-block-start:3px solid #c07f12}"
    ".w-session-notice__frame{border:0;inline-size:100%;block-size:7rem}"
)
_FRAMED = (
    "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)


def ask_to_sign_in(request: HttpRequest, face: SignInFace) -> HttpResponse:
    """The sign-in page, or for a posted choice the way to the issuer."""
    if request.method == "POST":
        return _begin(request, face)
    level = request.GET.get("level", "")
    who = request.who  # type: ignore[attr-defined]
    failed: Failed = "expired" if request.GET.get("expired") else "level" if who.is_signed_in and level else ""
    return _page(request, face, Asked(request.GET.get("next", ""), _known_level(level), failed))


def come_back(request: HttpRequest, face: SignInFace) -> HttpResponse:
    """The answer of the issuer: signed in and on to the asked page, or a page that says what to do."""
    try:
        done = complete_sign_in(
            request.session,
            request.GET.dict(),
            kinds=face.kinds,
            source=request.META.get("REMOTE_ADDR", ""),
            now=wall_now(),
        )
    except SignInRefused as refusal:
        return _page(request, face, Asked(failed=_word(refusal), refusal=refusal), refusal.status)
    request.who = done.who  # type: ignore[attr-defined]
    return HttpResponseRedirect(done.next_page)


def leave(request: HttpRequest, face: SignInFace) -> HttpResponse:
    """Sign out here, then at the issuer where that is possible."""
    goodbye = reverse(f"{face.namespace}:signed_out")
    place = sign_out(request.session, return_to=request.build_absolute_uri(goodbye), now=wall_now())
    return HttpResponseRedirect(place or goodbye)


def say_goodbye(request: HttpRequest, face: SignInFace) -> HttpResponse:
    """The page after signing out."""
    page = SignedOutPage(face.frame(request), bool(request.GET.get("expired")), reverse(f"{face.namespace}:sign_in"))
    return render(request, page.template, context_of(page))


def stay(request: HttpRequest) -> HttpResponse:
    """One tap for more time: shown inside the notice, so that what was typed on the page stays."""
    touch_session(request.session, wall_now(), always=True)
    term = session_term(request.session, wall_now())
    if term is None:
        raise Http404
    response = render(
        request,
        "screens/session_extended.html",
        {"term": term, "until": term.ends_at.astimezone(AMSTERDAM)},
    )
    response["Content-Security-Policy"] = _FRAMED
    return response


def notice_style(request: HttpRequest) -> HttpResponse:
    """The style that shows the notice after so many seconds: a delay is the only clock a page has without script."""
    asked = request.GET.get("na", "")
    seconds = min(int(asked), 86_400) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    delayed = (
        f".w-session-notice{{visibility:hidden;animation:w-session-notice 1s step-end {seconds}s forwards!important}}"
    )
    response = HttpResponse(delayed + _NOTICE, content_type="text/css")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _begin(request: HttpRequest, face: SignInFace) -> HttpResponse:
    level = _known_level(request.GET.get("level", ""))
    asked = Asked(request.POST.get("next", ""), level)
    try:
        means_id, kind = _chosen(request, face)
        back = reverse(f"{_NAMESPACE[kind]}:sign_in_back")
        destination = Destination(
            redirect_uri=request.build_absolute_uri(back),
            next_page=asked.next_page or _home(kind),
            level=Level.parse(level) if level else Level.LOW,
            persona=request.POST.get("persona", ""),
        )
        return HttpResponseRedirect(begin_sign_in(request.session, means_id, destination, now=wall_now()))
    except SignInRefused as refusal:
        return _page(request, face, Asked(asked.next_page, level, _word(refusal), refusal), refusal.status)


def _chosen(request: HttpRequest, face: SignInFace) -> tuple[str, Kind]:
    """The means by its id, or by the kind of a persona of the demo."""
    for persona in offered_personas(face):
        if persona.id == request.POST.get("persona"):
            return next(means.id for means in means_for([persona.kind])), persona.kind
    for means in means_for(face.kinds):
        if means.id == request.POST.get("means"):
            return means.id, means.kind
    raise MeansUnknown


def _home(kind: Kind) -> str:
    try:
        return reverse(f"{_NAMESPACE[kind]}:home")
    except NoReverseMatch:
        return "/"


def _page(request: HttpRequest, face: SignInFace, asked: Asked, status: int = 200) -> HttpResponse:
    kinds = EVERYBODY if offered_personas(face) else face.kinds
    request.form_targets = form_targets(kinds)  # type: ignore[attr-defined]
    page = sign_in_page(request, face, asked)
    return render(request, page.template, context_of(page), status=status)


def _known_level(text: str) -> str:
    return text if text in {level.name.lower() for level in Level} else ""


def _word(refusal: SignInRefused) -> Failed:
    if isinstance(refusal, SignInCancelled):
        return "cancelled"
    if isinstance(refusal, LevelTooLow):
        return "level"
    return "expired" if isinstance(refusal, SignInExpired) else "unavailable"
