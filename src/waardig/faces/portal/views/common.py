"""What every view of the portal does: find the subject, make the frame, show a page, answer refusals."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from waardig.access.terms import AccessRefused
from waardig.cases.terms import CaseUnknown
from waardig.identity.terms import audience
from waardig.inbox.terms import MessageUnknown
from waardig.mandates.terms import Action, NoAuthority
from waardig.screens.frames import portal_frame
from waardig.screens.pages.frame import Current, Frame
from waardig.screens.pages.words import Page, context_of
from waardig.screens.subject import NobodyChosen, Subject, subject_of

View = Callable[..., HttpResponse]


def for_residents(action: Action = Action.VIEW) -> Callable[[View], View]:
    """A view for residents and administrators: it gets the subject; what is not theirs does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            try:
                return view(request, subject_of(request, action), *arguments, **named)
            except (NobodyChosen, NoAuthority):
                request.session.pop("acting_for", None)
                return HttpResponseRedirect(reverse("portal:represented"))
            except (MessageUnknown, CaseUnknown, AccessRefused) as refused:
                raise Http404(refused.text_nl) from refused

        return audience("resident", "organisation", loa="substantial")(run)

    return decorate


def frame_for(request: HttpRequest, subject: Subject, current: Current = "") -> Frame:
    """The frame of a page about a subject."""
    return portal_frame(request, current=current, acting_for=subject.about)


def show(request: HttpRequest, page: Page, status: int = 200) -> HttpResponse:
    """Render a page: its context is exactly its fields."""
    return render(request, page.template, context_of(page), status=status)
