"""Reactions to pages and messages, for who wrote them: the list, one text, one written reaction and closing it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.faces.desk.views.common import EVERYBODY, for_employees, page_number, show
from waardig.feedback import actions
from waardig.feedback.queries import reaction
from waardig.feedback.terms import (
    PersonalInText,
    ReactionHandled,
    ReactionTooLong,
    ReactionUnknown,
    Reader,
    TextState,
    TopicUnknown,
)
from waardig.kernel.declared import uses
from waardig.screens.desk_pages import feedback_page as pages
from waardig.screens.desk_pages.official import frame_of, reader_of
from waardig.screens.feedback_page import PERSONAL
from waardig.screens.frames import who_of
from waardig.screens.pages.forms import FieldError


@require_GET
@for_employees(EVERYBODY)
@uses()
def feedback(request: HttpRequest) -> HttpResponse:
    """Reacties op onze teksten."""
    reader, only_open = reader_of(who_of(request)), request.GET.get("toon") == "open"
    try:
        page = pages.feedback_list(
            frame_of(request, "feedback"), reader, only_open=only_open, page=page_number(request)
        )
    except TopicUnknown as unknown:
        raise Http404 from unknown
    return show(request, page)


@require_GET
@for_employees(EVERYBODY)
@uses()
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One text."""
    reader, handled = reader_of(who_of(request)), request.GET.get("toon") == "gelezen"
    try:
        page = pages.topic_page(frame_of(request, ""), reader, topic, handled=handled, page=page_number(request))
    except TopicUnknown as unknown:
        raise Http404 from unknown
    return show(request, page)


@require_http_methods(["GET", "POST"])
@for_employees(EVERYBODY)
@uses()
def text(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One written reaction; a post closes it. What a colleague closed stays as it was."""
    reader = reader_of(who_of(request))
    try:
        found = reaction(identity, reader)
        back = HttpResponseRedirect(reverse("desk:feedback_topic", args=[found.topic]))
        if found.state is not TextState.OPEN:
            return back
        frame, typed = frame_of(request, ""), request.POST.get("done", "")
        if request.method != "POST":
            return show(request, pages.text_page(frame, reader, found))
        error = _handle(identity, reader, typed)
        return show(request, pages.text_page(frame, reader, found, typed=typed, error=error), 400) if error else back
    except (ReactionUnknown, TopicUnknown) as unknown:
        raise Http404 from unknown


def _handle(identity: UUID, reader: Reader, typed: str) -> FieldError | None:
    try:
        actions.handle(identity, reader, done=typed)
    except ReactionHandled:
        return None
    except PersonalInText as personal:
        return PERSONAL[personal.found]
    except ReactionTooLong:
        return FieldError.DONE_TOO_LONG
    return None
