"""The portal as an app: what a telephone needs to install it, and the pages that go with it.

Source: W3C Web Application Manifest; Service Workers. Nothing here is about a person, so everything is public.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from waardig.catalogue import queries as catalogue
from waardig.faces.portal.views.common import show
from waardig.identity.terms import audience
from waardig.kernel.declared import uses
from waardig.look.templatetags.look import font, stylesheet
from waardig.screens.frames import NAME_ABOVE_THE_PAGE, language_of, portal_frame
from waardig.screens.pages import help as pages

WORKER = Path(__file__).resolve().parents[3] / "look" / "static" / "look" / "worker.js"
SIZES = (192, 512)
RIVER, SAND = "#0c5468", "#faf6ee"


@require_GET
@audience("public")
@uses()
def manifest(_request: HttpRequest) -> HttpResponse:
    """What the app is called and looks like, in the language of the visitor."""
    name = gettext("Mijn gemeente")
    icons = [
        {
            "src": static(f"look/icon-{n}.png"),
            "sizes": f"{n}x{n}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for n in SIZES
    ]
    content = {
        "id": "/",
        "name": f"{name} {catalogue.municipality().name}",
        "short_name": name,
        "lang": language_of(),
        "start_url": reverse("portal:home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": RIVER,
        "background_color": SAND,
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_GET
@audience("public")
@uses()
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, with what it keeps of the site itself; other files make another version."""
    away = reverse("portal:without_connection")
    frame = [away, stylesheet(), font("latin"), static("look/app.js"), static(f"look/icon-{SIZES[0]}.png")]
    text = WORKER.read_text(encoding="utf-8")
    version = hashlib.sha256((text + json.dumps(frame)).encode()).hexdigest()[:12]
    head = f"const VERSION = {json.dumps(version)}, AWAY = {json.dumps(away)}, FRAME = {json.dumps(frame)};\n"
    return HttpResponse(head + text, content_type="text/javascript; charset=utf-8")


@require_GET
@audience("public")
@uses(NAME_ABOVE_THE_PAGE)
def app(request: HttpRequest) -> HttpResponse:
    """Mijn gemeente op uw telefoon."""
    return show(request, pages.AppPage(portal_frame(request), reverse("portal:messages")))


@require_GET
@audience("public")
@uses()
def without_connection(request: HttpRequest) -> HttpResponse:
    """What an installed app shows without a connection; the same for everybody, and kept by the app."""
    here = catalogue.municipality()
    return show(request, pages.WithoutConnectionPage(here.name, here.phone))
