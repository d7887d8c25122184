"""The log of data processing in public: hashes and signatures, nothing about anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waardig.faces.public.views.common import for_everybody, show
from waardig.screens.frames import portal_frame
from waardig.screens.public_pages.log import log_page


@for_everybody
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Klopt het logboek?"""
    return show(request, log_page(portal_frame(request)))
