"""The bundled provider with its personas, and a session that existed before anybody signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.identity.trial import BASE, PERSONAS, People, Trial
from waardig.identity.adapters import oidc
from waardig.identity.adapters.session_store import SessionStore
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import (
    PERSON_REGISTER,
    SETUP,
)


@pytest.fixture
def trial(db: None) -> Iterator[Trial]:
    setup, provider = open_trial(BASE, PERSONAS, installation="test")
    people = People()
    SETUP.bind(setup)
    PERSON_REGISTER.bind(people)
    yield Trial(provider, people)
    oidc.use_transport(provider.issuer, None)


@pytest.fixture
def session(db: None) -> SessionStore:
    made = SessionStore()
    made["before"] = "something"
    made.save()
    return made
