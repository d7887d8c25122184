"""The JSON Schema of law files at a public address, so that an editor completes and checks while somebody writes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waardig.faces.public.views.common import for_everybody
from waardig.faces.public.views.files import fixed_file
from waardig.law.queries import schema_file

NOTICE = "NOTICE"


@require_safe
@for_everybody
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """The schema, or the notice that goes with it (source, owner, licence)."""
    known = schema_file()
    if name == NOTICE:
        return fixed_file(request, known.notice, "text/plain; charset=utf-8")
    if name != known.name:
        raise Http404
    answer = fixed_file(request, known.text, "application/schema+json")
    answer["Link"] = f'<{reverse("public:schema", args=[NOTICE])}>; rel="license"'
    return answer
