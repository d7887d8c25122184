"""What the views of the public site share: render a page whose context is its fields, and the same 404 for all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from waardig.accountability.terms import ActivityVersionUnknown, NoSuchRound, NotRegistered
from waardig.catalogue.terms import UnknownService
from waardig.identity.terms import audience
from waardig.kernel.declared import uses
from waardig.screens.frames import NAME_ABOVE_THE_PAGE
from waardig.screens.shown import show as show
from waardig.screens.weighing_page import NothingPublic
from waardig.values.terms import NoDossier

View = Callable[..., HttpResponse]
NOTHING = (ActivityVersionUnknown, NoSuchRound, NotRegistered, NothingPublic, NoDossier, UnknownService)


def for_everybody(view: View) -> View:
    """A view without signing in; what there is nothing about does not exist. It uses nothing but the name of who did
    sign in, above the page."""

    @wraps(view)
    def run(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *arguments, **named)
        except NOTHING as nothing:
            raise Http404 from nothing

    return audience("public")(uses(NAME_ABOVE_THE_PAGE)(run))
