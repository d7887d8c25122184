"""At the counter: one company by its number, in the body of a post only; each look is a line in the log."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from waardig.access.terms import AccessRefused
from waardig.faces.desk.views.common import COUNTER_STAFF, for_employees, show
from waardig.kernel.declared import uses
from waardig.screens.company_page import find_company_page
from waardig.screens.desk_pages import counter
from waardig.screens.frames import who_of
from waardig.screens.shown import too_many_today


@require_http_methods(["GET", "POST"])
@for_employees(COUNTER_STAFF)
@uses("organisatie.nagaan")
def company(request: HttpRequest) -> HttpResponse:
    """The form, and after a post what is known of that company."""
    typed = request.POST.get("kvk", "").strip()[:20] if request.method == "POST" else None
    try:
        page = find_company_page(who_of(request), counter.counter_frame(request), typed)
    except AccessRefused as refused:
        if (many := too_many_today(request, refused)) is not None:
            return many
        raise Http404(refused.text_nl) from refused
    return show(request, page, 400 if page.errors else 200)
