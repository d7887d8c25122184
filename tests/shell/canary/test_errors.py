"""What goes wrong is told without what it went wrong with: in an answer, in an address, in the log of the server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from unittest import mock
from uuid import UUID

from django.conf import settings
from django.db import OperationalError
from django.test import Client

from tests.identity.signing_in import a_resident, signed_in_client
from tests.shell.canary.conftest import Planted
from tests.shell.canary.crawling import text_of
from waardig.access.terms import AccessRefused, Reason
from waardig.logbook.terms import LogbookUnavailable

EVALUATION, LINES = "/access/v1/evaluation", "/logboek/v1/processing-activities"


class Broken:
    """Makes each kind of answer that is an error; what was asked or broke holds a number and a value of a resident."""

    def __init__(self, planted: Planted) -> None:
        self.person = planted.people[0]
        self.number = next(one for one, of in planted.canaries.numbers.items() if of == self.person)
        self.token = next(token for token, owner in planted.canaries.owners.items() if owner[0] == self.person)
        self.caller = planted.tokens.evaluate
        self.reader = planted.tokens.log_read
        self.said = f"duplicate key: (bsn)=({self.number}) already exists, naam={self.token}"

    def resident(self, **known: Any) -> Client:
        """The browser of the resident."""
        return _at_home(signed_in_client(a_resident(UUID(self.person))), **known)

    def software(self, path: str, body: str, token: str = "", way: str = "post") -> Any:
        """What software gets."""
        heads = {"Authorization": f"Bearer {token or self.caller}"}
        client = _at_home(Client())
        return getattr(client, way)(path, body, content_type="application/json", headers=heads)

    def raising(self, error: Exception, ask: Callable[[], Any], *places: str) -> Any:
        """The answer while these functions fail."""
        with ExitStack() as stack:
            for place in places:
                stack.enter_context(mock.patch(place, side_effect=error))
            return ask()

    def ways(self) -> Iterator[tuple[int, Callable[[], Any]]]:
        """The status that is expected, and how it is asked."""
        sent = json.dumps({"subject": {"id": self.number}, self.token: self.number})
        page = "waardig.screens.own_data_page.own_ticket"
        decide, read = "waardig.access.actions.evaluate", "waardig.faces.api.views.log.read_log"
        own = lambda: self.resident().get("/gegevens/")  # noqa: E731
        yield 404, lambda: self.resident().get(f"/zaken/{self.number}/")
        yield 404, lambda: _at_home(Client()).get(f"/{self.token}/{self.number}/?bsn={self.number}")
        yield 404, lambda: self.software(f"/access/v1/{self.number}", sent)
        yield 403, lambda: _csrf(self).post("/taal/", {"bsn": self.number, "naam": self.token})
        yield 403, lambda: self.resident().get(f"/balie/?bsn={self.number}")
        yield 403, lambda: self.software(LINES, sent)
        yield 405, lambda: self.software(EVALUATION, sent, way="put")
        yield 405, lambda: self.resident().put("/verantwoording/", sent, content_type="application/json")
        yield 400, lambda: self.software(EVALUATION, sent[:-1])
        yield 400, lambda: self.software(EVALUATION, sent)
        yield 400, lambda: _at_home(Client(), host=f"{self.token}.example").get("/")
        yield 413, lambda: self.software(EVALUATION, json.dumps({self.number: self.token * 100_000}))
        yield 401, lambda: self.software(EVALUATION, sent, token=self.number)
        today = Reason("ceiling_reached", "Vandaag niet meer.", "No more today.", {})
        yield 429, lambda: self.raising(AccessRefused("inzage.gegevens", (today,)), own, page)
        yield 500, lambda: self.raising(ValueError(self.said), own, page)
        yield 500, lambda: self.raising(ValueError(self.said), lambda: self.software(EVALUATION, sent), decide)
        yield 503, lambda: self.raising(OperationalError(self.said), own, page)
        yield 503, lambda: self.raising(LogbookUnavailable("53100"), own, page)
        yield (
            503,
            lambda: self.raising(LogbookUnavailable("53100"), lambda: self.software(LINES, "{}", self.reader), read),
        )


def _at_home(client: Client, host: str = "") -> Client:
    client.defaults["SERVER_NAME"] = host or settings.ALLOWED_HOSTS[0]
    client.raise_request_exception = False
    return client


def _csrf(broken: Broken) -> Client:
    client = broken.resident()
    client.handler.enforce_csrf_checks = True
    return client


def test_an_answer_that_is_an_error_repeats_nothing_of_anybody(planted: Planted) -> None:
    """Typed in a form is something else: here nothing of it comes back."""
    broken, told = Broken(planted), []
    for expected, ask in broken.ways():
        planted.log.allowed()
        response = ask()
        text = text_of(response) + str(response.headers) + response.cookies.output()
        assert response.status_code == expected, (expected, response.status_code, text[:500])
        assert not planted.canaries.found_in(text) - _names(planted) | planted.canaries.numbers_in(text), (
            expected,
            text,
        )
        told.append(expected)
    assert set(told) == {400, 401, 403, 404, 405, 413, 429, 500, 503}


def _names(planted: Planted) -> set[str]:
    """The name above every page of who is signed in: there is a line for it, written when it was asked for."""
    allowed = planted.log.allowed()
    return {token for token, owner in planted.canaries.owners.items() if owner in allowed}


def test_the_log_of_the_server_says_where_and_never_with_what(planted: Planted) -> None:
    broken, before = Broken(planted), len(planted.heard.lines)

    for _, ask in broken.ways():
        ask()

    said = "\n".join(planted.heard.lines[before:])
    assert "builtins.ValueError" in said and "own_data_page.py" in said
    assert not planted.canaries.found_in(said) | planted.canaries.numbers_in(said), said
