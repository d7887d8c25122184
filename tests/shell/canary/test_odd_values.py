"""Nothing that is typed makes a page fall over: every query and every field of every form, each with an odd value."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client

from tests.shell.canary.conftest import Planted
from tests.shell.canary.crawling import ENDS_THE_WALK, Seen, kind_of

ODD = (
    "\x00", "²", "-1", "9" * 40, "2025-02-30", "x" * 100_000, "NaN", "", "0000-00-00", "1.000.000.000.000.000,00", "٣",
    "9999-12-31", "1e400", "31-02-2025", "'; --", "\u202e", "../../etc/passwd", "{}", "%00", "\ufffe<b>", "[[[",
    "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
"""More than 20, and no count of fields has them all in step."""
Sent = tuple[str, str, dict[str, str]]


class _Fields(HTMLParser):
    """The forms of a page with all their fields, as a browser sends them at first."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Sent] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("method", "get").lower(), given.get("action", ""), {}))
        is_field = tag in ("input", "button", "textarea", "select") and given.get("type") != "file"
        if is_field and self.forms and given.get("name"):
            self.forms[-1][2].setdefault(given["name"], given.get("value", ""))


def _sent(client: Client, seen: Seen) -> Iterator[Sent]:
    """What somebody can send: the queries they met, and each kind of form on the pages they opened."""
    forms: dict[tuple[str, ...], Sent] = {}
    for method, address, form in list(seen.asked.values()):
        parts = urlsplit(address)
        yield method, parts.path, {**dict(parse_qsl(parts.query)), **form}
        answer = client.get(address) if method == "get" else None
        if answer is None or "html" not in answer.get("Content-Type", ""):
            continue
        found = _Fields()
        found.feed(answer.content.decode())
        for way, action, fields in found.forms:
            to = urlsplit(urljoin(address, action)).path
            if not to.startswith(ENDS_THE_WALK):
                forms.setdefault((way, kind_of(to), *sorted(fields)), (way, to, fields))
    yield from forms.values()


def test_an_odd_value_is_answered_and_never_makes_a_page_fall_over(planted: Planted) -> None:
    values, wrong, asked = cycle(ODD), [], set()
    for who, seen in planted.seen.items():
        client = planted.clients[who]
        client.raise_request_exception = False
        for method, address, given in _sent(client, seen):
            for name in given:
                if (method, kind_of(address), name) in asked:
                    continue
                asked.add((method, kind_of(address), name))
                odd = next(values)
                answer = getattr(client, method)(address, {**given, name: odd})
                if answer.status_code >= 500:
                    wrong.append((who, method, address, name, odd[:20], answer.status_code))

    assert wrong == []
    assert len(asked) >= 300
