"""Somebody who wants another activity: names it in every field, header and cookie of a request, and asks again."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client

from tests.shell.canary.crawling import Seen

WANTED = "iit.ronde"
"""A round over everybody: a real activity, active, that no page uses."""
NAMES = ("activity", "activiteit", "processing_activity_id", "dpl.core.processing_activity_id", "uses")
HEADERS = {
    "HTTP_X_ACTIVITY": WANTED, "HTTP_PROCESSING_ACTIVITY_ID": WANTED, "HTTP_DPL_CORE_PROCESSING_ACTIVITY_ID": WANTED,
    "HTTP_X_UNDECLARED": "", "HTTP_TRACEPARENT": WANTED,
}  # fmt: skip


def choose_everywhere(client: Client, seen: Seen) -> int:
    """Every kind of request of a walk again with the activity in it, in three ways; gives how many were sent.

    In names nobody reads; in the place of what each field of the address held; in the place of what each field of the
    form held, and as JSON.
    """
    sent = 0
    for name in NAMES:
        client.cookies[name.replace(".", "_")] = WANTED
    for method, path, form in list(seen.asked.values()):
        address, query = urlsplit(path).path, dict(parse_qsl(urlsplit(path).query))
        beside = {**query, **dict.fromkeys(NAMES, WANTED)}
        inside = dict.fromkeys([*query, *NAMES], WANTED)
        for fields in (beside, inside):
            if method == "get":
                client.get(f"{address}?{urlencode(fields)}", **_headers())
            else:
                client.post(f"{address}?{urlencode(fields)}", {**form, **dict.fromkeys(NAMES, WANTED)}, **_headers())
        if method == "post":
            client.post(address, dict.fromkeys([*form, *NAMES], WANTED), **_headers())
            client.post(address, dict.fromkeys(NAMES, WANTED), "application/json", **_headers())
        sent += 2 if method == "get" else 4
    return sent


def _headers() -> dict[str, Any]:
    return dict(HEADERS)
