"""The log of data processing in public: hashes and signatures, nothing about anybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from waardig.faces.public.views.common import for_everybody, show
from waardig.logbook.actions.witnesses import answer_as_witness
from waardig.logbook.terms import MOST_BYTES, PolicyUnreadable
from waardig.screens.frames import portal_frame
from waardig.screens.public_pages.log import log_page


@for_everybody
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Klopt het logboek?"""
    return show(request, log_page(portal_frame(request)))


@csrf_exempt  # a machine of another organisation asks; what it sends is believed by its signature only
@for_everybody
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Be a witness: cosign the checkpoint of a log that is known here (C2SP tlog-witness)."""
    try:
        answer = answer_as_witness(request.read(MOST_BYTES + 1))
    except PolicyUnreadable:
        answer = None
    if answer is None:
        raise Http404
    return HttpResponse(answer.body, status=answer.status, content_type=answer.content_type)
