"""At the counter without a number: birth date, postcode and house number, all in the body of a post only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waardig.faces.desk.views.common import COUNTER_STAFF, for_employees, show
from waardig.kernel.declared import reads, uses
from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages import counter
from waardig.screens.desk_pages import counter_find as pages
from waardig.screens.frames import who_of


@require_http_methods(["GET", "POST"])
@for_employees(COUNTER_STAFF)
@uses("loket.zoeken", reads("loket.meekijken", "brp.naam"))
def find_otherwise(request: HttpRequest) -> HttpResponse:
    """One met opens; several lead to a choice; none, too many or the end of today's lookups says so."""
    frame = counter.counter_frame(request)
    if request.method != "POST":
        return show(request, pages.find_page(frame))
    counter.close_visit(request.session)
    typed = request.POST.dict()
    wrong = pages.errors_in(typed)
    if wrong:
        return show(request, pages.find_page(frame, typed, wrong), 400)
    met, refused = pages.find(who_of(request), typed)
    if refused:
        return show(request, pages.find_page(frame, typed, refused), 400)
    if len(met) == 1:
        counter.open_visit(request.session, who_of(request), met[0], typed["identified_by"])
        return HttpResponseRedirect(COUNTER.home)
    pages.keep(request.session, met, typed["identified_by"])
    return HttpResponseRedirect(reverse("desk:find_choice"))


@require_http_methods(["GET", "POST"])
@for_employees(COUNTER_STAFF)
@uses("loket.zoeken", reads("loket.meekijken", "brp.naam"))
def choose(request: HttpRequest) -> HttpResponse:
    """Who of those that were met: initials and the addition to the house number, nothing more."""
    kept = pages.kept_in(request.session)
    if kept is None:
        return HttpResponseRedirect(reverse("desk:find_otherwise"))
    chosen = pages.chosen(kept, request.POST.get("person", ""))
    if chosen is not None:
        request.session.pop(pages.KEY, None)
        counter.open_visit(request.session, who_of(request), chosen, kept.identified_by)
        return HttpResponseRedirect(COUNTER.home)
    page = pages.choice_page(counter.counter_frame(request), who_of(request), kept, posted=request.method == "POST")
    return show(request, page, 400 if page.errors else 200)
