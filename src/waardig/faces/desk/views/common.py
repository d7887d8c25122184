"""What every view of the desk does: the role it asks, a refusal that looks like a page that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from waardig.access.terms import AccessRefused
from waardig.cases.terms import CaseUnknown
from waardig.identity.terms import Role, audience
from waardig.inbox.terms import MessageUnknown
from waardig.screens.shown import page_number as page_number
from waardig.screens.shown import show as show
from waardig.screens.shown import too_many_today

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
                if (page := too_many_today(request, refused)) is not None:
                    return page
                raise Http404 from refused

        return audience("employee", loa="substantial", role=tuple(roles))(run)

    return decorate
