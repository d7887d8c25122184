"""Nobody is in the sample of these tests."""

from __future__ import annotations

import pytest

from tests.cases.builders import NOBODY
from waardig.cases import jobs


@pytest.fixture(autouse=True)
def _nobody_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "sample_of", lambda _service: NOBODY)
