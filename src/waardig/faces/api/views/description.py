"""The description of each API (OpenAPI 3.1), where the NL API Design Rules look for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from waardig.faces.api.views.common import address

_FOLDER = Path(__file__).resolve().parent.parent


@address("GET")
def access(_request: HttpRequest) -> HttpResponse:
    """Decisions about access."""
    return _told("openapi_access.yaml", "/access/v1")


@address("GET")
def log(_request: HttpRequest) -> HttpResponse:
    """The log for oversight."""
    return _told("openapi_log.yaml", "/logboek/v1")


def _told(name: str, base: str) -> HttpResponse:
    here = settings.BASE_URL.rstrip("/") + base
    response = JsonResponse({**_description(name), "servers": [{"url": here}]})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@cache
def _description(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
    return found
