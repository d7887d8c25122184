"""Zelf nagaan: without signing in, or signed in with what the municipality may show. Every form leads to
the address of the next page; nothing is kept.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waardig.cases.terms import StepNotPossible
from waardig.catalogue.terms import Check
from waardig.checks import queries as checks
from waardig.checks.terms import CheckExpired
from waardig.faces.portal.views.common import for_residents, show
from waardig.identity.terms import audience
from waardig.kernel.clock import business_today
from waardig.kernel.declared import OF_CHECKS, service_role, uses
from waardig.mandates.terms import Action
from waardig.screens.checking import pages, steps
from waardig.screens.checking.applying import begin_application
from waardig.screens.checking.paper import paper_answer
from waardig.screens.checking.place import Place, portal_place
from waardig.screens.frames import NAME_ABOVE_THE_PAGE, address, language_of
from waardig.screens.subject import Subject


def _place(request: HttpRequest) -> Place:
    return portal_place(request, lambda name, *arguments: address(f"portal:{name}", *arguments))


def offered_check(check: str) -> Check:
    """A check that can be done today.

    Raises:
        Http404: there is none of this name, or it is too late to apply.
    """
    found = next((one for one in checks.offered(business_today()) if one.id == check), None)
    if found is None:
        raise Http404
    return found


@audience("public")
@require_safe
@uses(NAME_ABOVE_THE_PAGE)
def check(request: HttpRequest) -> HttpResponse:
    """Which schemes can be checked."""
    return show(request, pages.list_page(_place(request)))


@audience("public")
@require_http_methods(["GET", "HEAD", "POST"])
@uses(NAME_ABOVE_THE_PAGE, OF_CHECKS)
def check_one(request: HttpRequest, check: str) -> HttpResponse:
    """The first page, a question or the outcome; a form leads to the address of the next one."""
    known, place = offered_check(check), _place(request)
    answer = steps.answer_to(place, known, request)
    return answer if isinstance(answer, HttpResponseRedirect) else show(request, *answer)


@require_POST
@for_residents(Action.ANSWER)
@uses("inzage.gegevens", "registers.bijhouden", service_role("application_activity"))
def check_apply(request: HttpRequest, subject: Subject, check: str) -> HttpResponse:
    """From the outcome to an application of today; what was filled in goes along only with a tick."""
    known, place = offered_check(check), _place(request)
    if known.service is None or place.person != subject.person:
        raise Http404
    try:
        state = checks.open_state(request.POST.get("state", ""), place.session)
    except CheckExpired:
        return show(request, pages.start_page(place, known, expired=True), status=400)
    carry = request.POST.get("carry") == "1" and state.check == known.id
    try:
        message = begin_application(subject, known, state, carry=carry, on=business_today())
    except StepNotPossible:
        return HttpResponseRedirect(reverse("portal:home"))
    return HttpResponseRedirect(reverse("portal:declare", args=[message, "household"]))


@audience("public")
@require_safe
@uses()
def check_paper(request: HttpRequest, check: str) -> HttpResponse:
    """The questions on paper."""
    return paper_answer(offered_check(check), language_of(request))
