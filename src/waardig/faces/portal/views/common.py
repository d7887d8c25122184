"""What every view of the portal does: find the subject, make the frame, show a page, answer refusals."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from waardig.access.terms import AccessRefused
from waardig.cases.terms import CaseUnknown
from waardig.identity.terms import Kind, audience
from waardig.inbox.terms import MessageUnknown
from waardig.kernel.declared import uses, uses_of
from waardig.mandates.terms import Action, NoAuthority
from waardig.screens.frames import portal_frame, who_of
from waardig.screens.pages.frame import Current, Frame
from waardig.screens.pages.mandates import NotAllowedPage
from waardig.screens.shown import page_number as page_number
from waardig.screens.shown import show as show
from waardig.screens.shown import too_many_today
from waardig.screens.subject import FINDING_THE_SUBJECT, NobodyChosen, Subject, forget_choice, subject_of

View = Callable[..., HttpResponse]
OUTSIDE = "outside_scope"


def for_residents(
    action: Action = Action.VIEW, theme: str = "", *, own_only: bool = False, nobody: str = "portal:represented"
) -> Callable[[View], View]:
    """A view for residents, helpers and administrators: it gets the subject; what is not theirs does not exist.

    Args:
        theme: what a mandate must be about for a helper to come here.
        own_only: never for a helper, whatever the mandate says.
        nobody: where an organisation goes that chose nobody to act for.

    The view declares what it uses itself (`@uses`); finding the subject comes with it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            try:
                subject = subject_of(request, action, theme)
                if own_only and subject.authority is not None:
                    raise NoAuthority(OUTSIDE)
                return view(request, subject, *arguments, **named)
            except NobodyChosen:
                return HttpResponseRedirect(reverse(nobody))
            except NoAuthority as refused:
                return _no_authority(request, refused)
            except (MessageUnknown, CaseUnknown, AccessRefused) as refused:
                if (page := too_many_today(request, refused)) is not None:
                    return page
                raise Http404(refused.text_nl) from refused

        declared = uses(FINDING_THE_SUBJECT)(run) if uses_of(view) is not None else run
        return audience("resident", "organisation", loa="substantial")(declared)

    return decorate


def _no_authority(request: HttpRequest, refused: NoAuthority) -> HttpResponse:
    """Outside what was agreed there is a page that says so; without any authority the choice of a person is gone."""
    if refused.reason == OUTSIDE and who_of(request).kind is Kind.RESIDENT:
        with suppress(NoAuthority):
            subject = subject_of(request)
            return show(request, NotAllowedPage(frame_for(request, subject), subject.name, reverse("portal:home")), 403)
    forget_choice(request)
    return HttpResponseRedirect(reverse("portal:represented"))


def frame_for(request: HttpRequest, subject: Subject, current: Current = "") -> Frame:
    """The frame of a page about a subject; a helper's own messages are not counted in it."""
    frame = portal_frame(request, current=current, acting_for=subject.about)
    if subject.authority is None or frame.navigation is None:
        return frame
    return replace(frame, navigation=replace(frame.navigation, unread=0))
