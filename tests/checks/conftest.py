"""The bundled sign-in stands; a weighing is decided where a test says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import RIETWAARDEN, TODAY
from tests.identity.trial import BASE, PERSONAS
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


@pytest.fixture
def decided(db: None) -> None:
    """The weighing of the service is decided."""
    decide(RIETWAARDEN / "services/individuele_inkomenstoeslag/decision.yaml", on=TODAY)
