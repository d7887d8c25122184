"""Asking a question about a service without signing in; a machine that fills in everything is let go without a word."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waardig.accountability import actions
from waardig.accountability.terms import TooManyQuestions
from waardig.faces.public.views.common import for_everybody, show
from waardig.screens.floods import TRAP, mark_of
from waardig.screens.frames import portal_frame
from waardig.screens.pages.forms import FieldError
from waardig.screens.public_pages.questions import questions_page, read_question
from waardig.screens.weighing_page import view_of

SENT = "question_sent"


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, service: str) -> HttpResponse:
    """Vraag of twijfel? A post takes the question; after it the page says by when there is an answer."""
    view_of(service)
    frame = portal_frame(request)
    if request.method != "POST":
        answer_by = request.session.pop(SENT, None)
        page = questions_page(service, frame, answer_by=date.fromisoformat(answer_by) if answer_by else None)
        return show(request, page)
    posted = request.POST.dict()
    wrong = read_question(posted)
    if not wrong and not posted.get(TRAP):
        wrong = _ask(request, service, posted["question"], posted.get("name", ""))
    if wrong:
        return show(request, questions_page(service, frame, posted=posted, wrong=wrong), 400)
    return HttpResponseRedirect(reverse("public:questions", args=[service]))


def _ask(request: HttpRequest, service: str, text: str, name: str) -> dict[str, FieldError]:
    try:
        taken = actions.ask(service, text, name=name, sender=mark_of(request, "waardig.public.question"))
    except TooManyQuestions:
        return {"question": FieldError.TOO_MANY_NOW}
    request.session[SENT] = taken.answer_by.isoformat()
    return {}
