"""The check at the counter, together with the resident: the same pages as the portal shows, read aloud and on paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from waardig.checks import queries as checks
from waardig.faces.desk.views.common import COUNTER_STAFF, for_employees, show
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.screens.checking import pages, steps
from waardig.screens.checking.paper import paper_answer
from waardig.screens.desk_pages.checking import desk_place
from waardig.screens.frames import language_of


@require_safe
@for_employees(COUNTER_STAFF)
@uses()
def check(request: HttpRequest) -> HttpResponse:
    """Which schemes can be checked."""
    return show(request, pages.list_page(desk_place(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees(COUNTER_STAFF)
@uses("loket.meekijken")
def check_one(request: HttpRequest, check: str) -> HttpResponse:
    """The first page, a question or the outcome; a form leads to the address of the next one."""
    known = next((one for one in checks.offered(business_today()) if one.id == check), None)
    if known is None:
        raise Http404
    answer = steps.answer_to(desk_place(request), known, request)
    return answer if isinstance(answer, HttpResponseRedirect) else show(request, *answer)


@require_safe
@for_employees(COUNTER_STAFF)
@uses()
def check_paper(request: HttpRequest, check: str) -> HttpResponse:
    """The questions on paper, to hand over."""
    known = next((one for one in checks.offered(business_today()) if one.id == check), None)
    if known is None:
        raise Http404
    return paper_answer(known, language_of(request))
