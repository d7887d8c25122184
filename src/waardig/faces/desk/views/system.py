"""The pages of who runs the system: the overview, and trying given up jobs again after a question."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.faces.desk.views.common import ADMINISTRATORS, for_employees, page_number, show
from waardig.kernel.declared import uses
from waardig.outbox import actions as outbox
from waardig.screens.desk_pages.official import frame_of
from waardig.screens.desk_pages.system_page import again_page, chosen, system_page
from waardig.screens.frames import who_of

AGAIN = "tried_again"


@require_GET
@for_employees(ADMINISTRATORS)
@uses()
def overview(request: HttpRequest) -> HttpResponse:
    """Systeem: what waits, what was given up, who works, what is kept."""
    again = request.session.pop(AGAIN, None)
    return show(request, system_page(frame_of(request, "system"), page=page_number(request), again=again))


@require_http_methods(["GET", "POST"])
@for_employees(ADMINISTRATORS)
@uses()
def again(request: HttpRequest) -> HttpResponse:
    """Opnieuw proberen: asks first, then gives the jobs a new life; doing it twice changes nothing more."""
    topic, number = request.GET.get("soort", "")[:120], _number(request.GET.get("opdracht", ""))
    if request.method == "POST":
        jobs = chosen(topic=topic, number=number)
        request.session[AGAIN] = outbox.replay([job.id for job in jobs], by=who_of(request).id)
        return HttpResponseRedirect(reverse("desk:system"))
    page = again_page(frame_of(request, "system"), topic=topic, number=number)
    return show(request, page) if page else HttpResponseRedirect(reverse("desk:system"))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
