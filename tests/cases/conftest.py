"""The sample of these tests: nobody is drawn, unless a test draws everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cases.builders import EVERYBODY, NOBODY
from waardig.cases import jobs


@pytest.fixture(autouse=True)
def _nobody_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "sample_of", lambda _service: NOBODY)


@pytest.fixture
def draw_everybody(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Every case from now on is in the sample."""
    return lambda: monkeypatch.setattr(jobs, "sample_of", lambda _service: EVERYBODY)
