"""The bundled sign-in, for tests of pages; the decided weighing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk.conftest import decided
from tests.identity.trial import BASE, PERSONAS
from waardig.identity.adapters import oidc
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import SETUP

__all__ = ["decided"]


@pytest.fixture
def doors(db: None) -> Iterator[None]:
    """People can sign in."""
    setup, provider = open_trial(BASE, PERSONAS, installation="test")
    SETUP.bind(setup)
    yield
    oidc.use_transport(provider.issuer, None)
