"""The bundled sign-in, and no case in the sample unless a test says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.cases.builders import EVERYBODY, NOBODY
from tests.conftest import RIETWAARDEN, TODAY
from tests.identity.trial import BASE, PERSONAS
from waardig.cases import jobs
from waardig.identity.adapters import oidc
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import SETUP
from waardig.values.actions import decide


@pytest.fixture(autouse=True)
def _sign_in(db: None) -> Iterator[None]:
    setup, provider = open_trial(BASE, PERSONAS, installation="test")
    SETUP.bind(setup)
    yield
    oidc.use_transport(provider.issuer, None)


@pytest.fixture(autouse=True)
def _nobody_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "sample_of", lambda _service: NOBODY)


@pytest.fixture
def draw_everybody(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Every case from now on is in the sample."""
    return lambda: monkeypatch.setattr(jobs, "sample_of", lambda _service: EVERYBODY)


@pytest.fixture
def decided(db: None) -> None:
    """The weighing of the service is decided."""
    decide(RIETWAARDEN / "services/individuele_inkomenstoeslag/decision.yaml", on=TODAY)
