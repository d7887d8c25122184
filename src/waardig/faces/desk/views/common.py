"""What every view of the desk does: the role it asks, a refusal that looks like a page that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from waardig.access.terms import AccessRefused
from waardig.cases.terms import CaseUnknown
from waardig.identity.terms import Role, audience
from waardig.inbox.terms import MessageUnknown
from waardig.screens.pages.words import Page, context_of

View = Callable[..., HttpResponse]
OFFICIALS = (Role.DECIDER.value, Role.CASEWORKER.value)
COUNTER_STAFF = (Role.COUNTER.value,)
ADMINISTRATORS = (Role.SYSTEM.value,)
EVERYBODY = tuple(role.value for role in Role)


def for_employees(roles: Iterable[str]) -> Callable[[View], View]:
    """A view for employees with one of these roles; what they may not see does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            try:
                return view(request, *arguments, **named)
            except (CaseUnknown, MessageUnknown, AccessRefused) as refused:
                raise Http404 from refused

        return audience("employee", loa="substantial", role=tuple(roles))(run)

    return decorate


def show(request: HttpRequest, page: Page, status: int = 200) -> HttpResponse:
    """Render a page: its context is exactly its fields."""
    return render(request, page.template, context_of(page), status=status)


def page_number(request: HttpRequest) -> int:
    """The asked page of a list; the first when it is no number."""
    asked = request.GET.get("pagina", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
