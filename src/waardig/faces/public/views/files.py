"""Public files: the same for everybody, so other sites may read them and a browser may ask whether they changed.

Only files made of public registers and published figures come through here; pages never do.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date


def csv_file(request: HttpRequest, text: str, name: str, modified: datetime | None = None) -> HttpResponse:
    """A table with semicolons, to be saved under this name."""
    response = _file(request, text, "text/csv; charset=utf-8", modified)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def json_file(
    request: HttpRequest, data: Any, modified: datetime | None = None, content_type: str = "application/json"
) -> HttpResponse:
    """Data for programs, in a stable order."""
    return _file(request, json.dumps(data, ensure_ascii=False, indent=2) + "\n", content_type, modified)


def fixed_file(request: HttpRequest, text: str, content_type: str) -> HttpResponse:
    """A file that never changes under its name, byte for byte: a browser may keep it for a day without asking."""
    found = _file(request, text, content_type, None)
    found["Cache-Control"] = "public, max-age=86400"
    return found


def _file(request: HttpRequest, text: str, content_type: str, modified: datetime | None) -> HttpResponse:
    body = text.encode()
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    seconds = int(modified.timestamp()) if modified else None
    whole = HttpResponse(body, content_type=content_type)
    found = get_conditional_response(request, etag=etag, last_modified=seconds, response=whole) or whole
    found["ETag"] = etag
    if modified:
        found["Last-Modified"] = http_date(modified.timestamp())
    found["Access-Control-Allow-Origin"] = "*"
    found["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    found["Cross-Origin-Resource-Policy"] = "cross-origin"
    found["Cache-Control"] = "public, no-cache"
    return found
