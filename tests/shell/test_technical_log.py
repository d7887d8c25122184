"""The technical log says what kind of error it was and where, and never with what."""

from __future__ import annotations

import logging
import logging.config
from unittest import mock

import pytest
from django.conf import settings

from waardig.shell.technical_log import LogLine


def test_it_is_how_the_server_writes() -> None:
    written = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(
        dict(settings.LOGGING["formatters"]["line"])  # it empties what it gets
    )  # type: ignore[attr-defined]

    assert isinstance(written, LogLine)
    assert settings.LOGGING["handlers"]["stderr"]["formatter"] == "line"


def test_a_line_of_the_technical_log_has_the_places_of_every_cause_and_no_text() -> None:
    try:
        try:
            int("999990019x")
        except ValueError as inner:
            raise RuntimeError("of 999990019") from inner
    except RuntimeError as wrong:
        record = logging.LogRecord(
            "a", logging.ERROR, "p", 1, "it failed", None, (type(wrong), wrong, wrong.__traceback__)
        )

    text = LogLine("%(levelname)s %(message)s").format(record)

    assert text.startswith("ERROR it failed\nbuiltins.ValueError\n")
    assert "builtins.RuntimeError" in text and "test_technical_log.py" in text
    assert "999990019" not in text


@pytest.mark.parametrize(
    ("match", "expected"), [(None, "an address that is not there"), ("antwoord/<str:code>/", "/antwoord/<str:code>/")]
)
def test_a_request_that_failed_is_named_by_its_pattern(match: str | None, expected: str) -> None:
    request = mock.Mock(method="GET", resolver_match=mock.Mock(route=match) if match else None)
    record = logging.makeLogRecord(
        {"name": "django.request", "msg": "Internal Server Error: %s", "args": ("/antwoord/BCDF/",), "request": request}
    )

    assert LogLine("%(message)s").format(record) == f"django.request: GET {expected}"
