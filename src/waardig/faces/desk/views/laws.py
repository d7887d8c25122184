"""Wetten: every employee may read the law beside its machine form, play with it and see its scenarios. No person here.

Invented facts travel in the body of a post only; nothing is kept and no register is read.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waardig.faces.desk.views.common import EVERYBODY, for_employees, page_number, show
from waardig.kernel.declared import uses
from waardig.law.terms import UnknownLaw
from waardig.screens.desk_pages import law_list_page, law_page, law_scenarios_page, law_try_page
from waardig.screens.desk_pages.official import frame_of
from waardig.screens.frames import sandbox_frame
from waardig.screens.playing import pages as playing

CURRENT = "laws"
MOST_READ = law_try_page.MOST_BYTES + 1


@require_safe
@for_employees(EVERYBODY)
@uses()
def laws(request: HttpRequest) -> HttpResponse:
    """The list: search and filters stand in the address."""
    asked = law_list_page.filter_of(request.GET.dict())
    return show(request, law_list_page.list_page(frame_of(request, CURRENT), asked, page=page_number(request)))


@require_safe
@for_employees(EVERYBODY)
@uses()
def law(_request: HttpRequest, law: str) -> HttpResponse:
    """The version that holds today, else the newest."""
    known = law_page.newest(law)
    if known is None:
        raise Http404
    return HttpResponseRedirect(reverse("desk:law_version", args=[known.id, known.key]))


@require_safe
@for_employees(EVERYBODY)
@uses()
def version(request: HttpRequest, law: str, key: str) -> HttpResponse:
    """One version: text and machine form beside each other."""
    try:
        return show(request, law_page.law_page(frame_of(request, CURRENT), law, key))
    except UnknownLaw:
        raise Http404 from None


@require_safe
@for_employees(EVERYBODY)
@uses()
def scenarios(request: HttpRequest, law: str) -> HttpResponse:
    """Every scenario, run now."""
    only_red = request.GET.get("toon") == "rood"
    page = law_scenarios_page.scenarios_page(
        frame_of(request, CURRENT), law, only_red=only_red, page=page_number(request)
    )
    if page is None:
        raise Http404
    return show(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees(EVERYBODY)
@uses()
def draft(request: HttpRequest) -> HttpResponse:
    """A draft that is pasted or uploaded: read and run apart, answered at once, kept nowhere."""
    frame = frame_of(request, CURRENT)
    if request.method != "POST":
        return show(request, law_try_page.try_page(frame))
    chosen = request.FILES.get("file")
    text = law_try_page.text_of(chosen.read(MOST_READ)) if chosen else request.POST.get("law", "")
    page = law_try_page.try_page(frame, text=text, scenarios=request.POST.get("scenarios", ""), posted=True)
    return show(request, page, 400 if page.problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_employees(EVERYBODY)
@uses()
def play(request: HttpRequest, law: str) -> HttpResponse:
    """Play with invented facts; an address with a number begins with that case."""
    begin = {"do": "example", "example": request.GET.get("voorbeeld", "0")[:5]}
    posted = request.POST.dict() if request.method == "POST" else begin
    place = playing.PlayPlace(
        frame=sandbox_frame(request),
        list_href=reverse("desk:law", args=[law]),
        action=reverse("desk:law_play", args=[law]),
        desk=frame_of(request, CURRENT),
    )
    try:
        page = playing.law_page(place, law, posted)
    except playing.UnknownPlay:
        raise Http404 from None
    if posted.get("do") == "download" and page.problem is None:
        response = HttpResponse(page.data, content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="proef.json"'
        return response
    return show(request, page, 400 if page.problem else 200)
