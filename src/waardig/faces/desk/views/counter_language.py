"""At the counter: in which language this resident wants messages and letters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waardig.faces.desk.views.common import show
from waardig.faces.desk.views.counter import with_resident
from waardig.inbox import actions as inbox
from waardig.kernel.declared import uses
from waardig.screens.desk_pages import counter
from waardig.screens.desk_pages import counter_language as pages
from waardig.screens.desk_pages.counter import Visit
from waardig.screens.message_language import read_language


@require_http_methods(["GET", "POST"])
@with_resident
@uses("loket.taal")
def language(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Recorded for who stands here or calls; the same choice again changes nothing."""
    frame = counter.counter_frame(request)
    if request.method != "POST":
        return show(request, pages.language_page(visit, frame, saved=request.GET.get("bewaard") == "1"))
    said = request.POST.get("language", "")
    chosen = read_language(said)
    if chosen is None:
        return show(request, pages.language_page(visit, frame, said), 400)
    inbox.record_language(visit.subject.person, chosen, activity=pages.ACTIVITY, actor=visit.subject.actor)
    return HttpResponseRedirect(reverse("desk:counter_language") + "?bewaard=1")
