"""Questions of the public, for who makes policy: the list, and the answer that is published after this check."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.accountability import actions
from waardig.accountability.queries.questions import question as question_of
from waardig.accountability.terms import QuestionClosed, QuestionState, QuestionUnknown
from waardig.faces.desk.views.common import for_employees, show
from waardig.identity.terms import Role
from waardig.kernel.declared import uses
from waardig.screens.desk_pages import question_page as pages
from waardig.screens.desk_pages.official import frame_of
from waardig.screens.frames import language_of, who_of
from waardig.screens.public_pages.questions import official_words

POLICY = (Role.CONTENT.value,)


@require_GET
@for_employees(POLICY)
@uses()
def questions(request: HttpRequest) -> HttpResponse:
    """Vragen van iedereen."""
    return show(request, pages.questions_page(frame_of(request, "questions")))


@require_http_methods(["GET", "POST"])
@for_employees(POLICY)
@uses()
def question(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One question; a post publishes the answer or leaves the question unpublished."""
    try:
        found = question_of(identity)
    except QuestionUnknown as unknown:
        raise Http404 from unknown
    if found.state is not QuestionState.OPEN:
        return HttpResponseRedirect(reverse("desk:questions"))
    who = who_of(request)
    signed = official_words(who.id)
    signed_as = signed.en if language_of() == "en" else signed.nl
    frame = frame_of(request, "")
    if request.method != "POST":
        return show(request, pages.answer_page(found, frame, signed_as))
    posted = request.POST.dict()
    typed, wrong = pages.read_answer(posted)
    if typed is None:
        return show(request, pages.answer_page(found, frame, signed_as, posted=posted, wrong=wrong), 400)
    _close(identity, who.id, typed)
    return HttpResponseRedirect(reverse("desk:questions"))


def _close(identity: UUID, official: str, typed: pages.TypedAnswer) -> None:
    """A colleague who was first leaves nothing to do: the list shows that it is gone."""
    try:
        if typed.declined:
            actions.decline(identity, official)
        else:
            actions.answer(identity, official, published_text=typed.published_text, text=typed.answer)
    except QuestionClosed:
        return
