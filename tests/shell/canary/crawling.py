"""Walk every page one can come to as somebody, and say which canaries each answer held and what the log says of it."""

from __future__ import annotations

import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from uuid import UUID

import psycopg
import pypdf
from django.conf import settings
from django.test import Client

from tests.shell.canary.planting import Canaries, Owner

ENDS_THE_WALK = ("/uitloggen/", "/sluit/", "/weg/", "/static/", "/inloggen/")
OF_A_KIND = 2
"""Pages of one kind (one address, other ids) that one walk looks at."""
KEPT_FOR_A_SESSION = "brp.naam"
"""Who is signed in, or stands at the counter, is named above every page: read once, kept in the encrypted session."""


@dataclass(frozen=True)
class Shown:
    """A canary in an answer: where, and whether the log has a line that allows it."""

    who: str
    path: str
    token: str
    owner: Owner


@dataclass
class Seen:
    """What somebody met on their way."""

    pages: Counter[str] = field(default_factory=Counter)
    shown: list[Shown] = field(default_factory=list)
    unlogged: list[Shown] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: dict[str, tuple[str, str, dict[str, str]]] = field(default_factory=dict)
    """Of each kind of request the first: method, address, form."""
    named: set[Owner] = field(default_factory=set)
    """Whose name was asked for earlier in this session."""

    def attributes(self) -> set[str]:
        """Attributes of which a value was shown."""
        return {one.owner[1] for one in self.shown}


class Log:
    """What the log allowed since one looked last, read by somebody who may read it all."""

    def __init__(self, superuser: str) -> None:
        self.connection = psycopg.connect(superuser, autocommit=True)
        self.persons: dict[bytes, str] = dict(
            self.connection.execute("SELECT log.pseudonym(person), person::text FROM reg.person").fetchall()
        )
        self._printed: dict[UUID, tuple[Owner, set[str]]] = {}
        self._last = self._newest()

    def allowed(self) -> set[Owner]:
        """Person and attribute of each line that was written since the last call."""
        last, self._last = self._last, self._newest()
        if last == self._last:  # nobody wrote anything
            return set()
        rows = self.connection.execute(
            "SELECT subject, unnest(attributes) FROM log.detail WHERE decision = 'allow' AND xmin::text::bigint >= %s",
            (last,),
        ).fetchall()
        return {(self.persons[subject], attribute) for subject, attribute in rows if subject in self.persons}

    def kept_texts(self, token: str, canaries: Canaries) -> Iterator[Owner]:
        """Whose kept texts of which kind hold this token: a text that may be read may be shown as it was written.

        A letter is kept as it was printed, so its pages are read.
        """
        rows = self.connection.execute(
            "SELECT DISTINCT person::text, kind FROM reg.document WHERE lower(content) LIKE %s", (f"%{token}%",)
        ).fetchall()
        yield from rows
        printed = self.connection.execute(
            "SELECT id, person::text, kind, payload FROM reg.document WHERE payload IS NOT NULL AND id <> ALL (%s)",
            (list(self._printed),),
        ).fetchall()
        for document, person, kind, payload in printed:
            self._printed[document] = ((person, kind), canaries.found_in(pdf_text(payload)))
        yield from (owner for owner, tokens in self._printed.values() if token in tokens)

    def column(self, query: str) -> list[str]:
        """The first column of a query, in its order."""
        return [str(one) for (one,) in self.connection.execute(query.encode()).fetchall()]

    def _newest(self) -> int:
        ((found,),) = self.connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchall()
        return int(found)


class _Links(HTMLParser):
    """Addresses and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append((given.get("method", "get").lower(), given.get("action", ""), {}))
        is_sent = tag in ("input", "button") and given.get("type") in ("hidden", "text", "submit", None, "search")
        if is_sent and given.get("name") and self.forms:
            self.forms[-1][2].setdefault(given["name"], given.get("value", ""))


@dataclass(frozen=True)
class Walker:
    """Who walks: with which browser, from where, and which addresses somebody else looks at already."""

    who: str
    client: Client
    starts: tuple[str, ...]
    leaves_out: tuple[str, ...] = ()


def walk(walker: Walker, canaries: Canaries, log: Log) -> Seen:
    """Every page that links lead to, then every form as it stands there; each answer held against the log."""
    who, client, starts = walker.who, walker.client, walker.starts
    client.defaults["SERVER_NAME"] = settings.ALLOWED_HOSTS[0]
    client.raise_request_exception = False
    seen, todo, known = Seen(), deque(starts), set(starts)
    forms: dict[str, tuple[str, dict[str, str]]] = {}
    _remember(seen, log.allowed())
    while todo:
        path = todo.popleft()
        if seen.pages[_named("get", path)] >= OF_A_KIND:
            continue
        body = _ask(who, seen, client, "get", path, {}, canaries, log)
        for address, form in _next(path, body):
            if form is not None:
                forms.setdefault(kind_of(address) + "".join(sorted(form)), (address, form))
            elif address not in known and not address.startswith(walker.leaves_out):
                known.add(address)
                todo.append(address)
    for address, form in forms.values():
        _ask(who, seen, client, "post", address, form, canaries, log)
    return seen


def _next(path: str, body: str) -> Iterator[tuple[str, dict[str, str] | None]]:
    found = _Links()
    found.feed(body)
    for link in found.links:
        address = urldefrag(urljoin(path, link))[0]
        if not urlsplit(address).netloc and address.startswith("/") and not _leaves(address):
            yield address, None
    for method, action, form in found.forms:
        address = urljoin(path, action)
        if method == "post" and not urlsplit(address).netloc and not _leaves(address):
            yield address, form


def _leaves(address: str) -> bool:
    return any(one in address for one in ENDS_THE_WALK)


def _named(method: str, path: str) -> str:
    return f"{method} {kind_of(urlsplit(path).path)}"


def kind_of(address: str) -> str:
    return re.sub(r"[0-9a-f-]{36}|\d+", "*", address)


def _ask(
    who: str, seen: Seen, client: Client, method: str, path: str, sent: dict[str, str], canaries: Canaries, log: Log
) -> str:
    response = getattr(client, method)(path, sent)
    seen.pages[_named(method, path)] += 1
    seen.asked.setdefault(_named(method, path), (method, path, dict(sent)))
    if response.status_code >= 500:
        seen.errors.append(f"{who} {method} {path}: {response.status_code}")
    body = text_of(response)
    heads = " ".join(f"{name}: {value}" for name, value in response.items()) + response.cookies.output()
    weigh(f"{who} {method}", path, f"{heads} {body}", sent, seen, canaries, log)
    if response.status_code in (301, 302, 303) and method == "get":
        return f'<a href="{response["Location"]}"></a>'
    return body if "html" in response.get("Content-Type", "") else ""


def weigh(who: str, path: str, text: str, sent: dict[str, str], seen: Seen, canaries: Canaries, log: Log) -> None:
    """Hold one answer against the log: what it shows must have been asked for and logged for this very answer."""
    if numbers := canaries.numbers_in(path) | (canaries.numbers_in(text) - set(sent.values())):
        seen.numbers.append(f"{who} {path}: {len(numbers)} numbers")
    tokens = canaries.found_in(f"{path} {text}") - canaries.found_in(" ".join(sent.values()))
    allowed = log.allowed()
    _remember(seen, allowed)
    for token in sorted(tokens):
        one = Shown(who, path, token, canaries.owners[token])
        seen.shown.append(one)
        if one.owner in allowed | seen.named or any(kept in allowed for kept in log.kept_texts(token, canaries)):
            continue
        seen.unlogged.append(one)


def _remember(seen: Seen, allowed: set[Owner]) -> None:
    seen.named |= {owner for owner in allowed if owner[1] == KEPT_FOR_A_SESSION}


def text_of(response: Any) -> str:
    """The body as text; of a PDF the words on its pages."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "").startswith("application/pdf"):
        return pdf_text(body)
    return str(body.decode("utf-8", "replace"))


def pdf_text(content: bytes) -> str:
    """The words on the pages of a PDF."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
