"""Puts `request.who` on every request and lets nobody past a view that is not meant for them.

A view without a declared audience is refused for everybody: silence never means public. Signed-in pages are not cached.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from waardig.identity.actions import touch_session
from waardig.identity.core.admission import Verdict, role_for, verdict
from waardig.identity.queries import form_targets, session_is_over, session_term, who_of
from waardig.identity.terms import Audience, AudienceMissing, Kind
from waardig.kernel.clock import wall_now

NEXT = "next"
LEVEL = "level"
EXPIRED = "expired"


def audience_of(view: Any) -> Audience | None:
    """The declared audience of a view function or view class; None when it declares none."""
    declared = getattr(view, "audience", None) or getattr(getattr(view, "view_class", None), "audience", None)
    return declared if isinstance(declared, Audience) else None


class IdentityMiddleware:
    """Who is here, and may they see this page. Needs SessionMiddleware before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say who is here; end a session that is over before anybody sees the page."""
        now = wall_now()
        expired = session_is_over(request.session, now)
        if expired:
            request.session.flush()
        request.who = who_of(request.session, now)  # type: ignore[attr-defined]
        request.session_expired = expired  # type: ignore[attr-defined]
        touch_session(request.session, now)
        request.session_term = session_term(request.session, now)  # type: ignore[attr-defined]
        if request.who.is_signed_in:  # type: ignore[attr-defined]
            request.form_targets = form_targets([request.who.kind])  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.who.is_signed_in:  # type: ignore[attr-defined]
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse, or send to the sign-in page of the face; None lets the view run.

        Raises:
            AudienceMissing: the view declares no audience.
            PermissionDenied: signed in, but the page is for others.
        """
        del args, kwargs
        audience = audience_of(view)
        if audience is None:
            raise AudienceMissing(f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}")
        outcome = verdict(request.who, audience)  # type: ignore[attr-defined]
        if outcome is Verdict.WELCOME:
            who = request.who  # type: ignore[attr-defined]
            request.who = replace(who, role=role_for(who, audience))  # type: ignore[attr-defined]
            return None
        if outcome is Verdict.OTHER_AUDIENCE:
            raise PermissionDenied("this page is meant for another audience")
        return HttpResponseRedirect(_sign_in_address(request, audience))


def _sign_in_address(request: HttpRequest, audience: Audience) -> str:
    desk = audience.kinds == {Kind.EMPLOYEE}
    query = {NEXT: _page_to_return_to(request)}
    if audience.level:
        query[LEVEL] = audience.level.name.lower()
    if request.session_expired:  # type: ignore[attr-defined]
        query[EXPIRED] = "1"
    return f"{reverse('desk:sign_in' if desk else 'portal:sign_in')}?{urlencode(query)}"


def _page_to_return_to(request: HttpRequest) -> str:
    """The asked page; for a form, the page that the form stood on, because its answer page cannot be opened."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")
