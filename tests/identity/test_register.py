"""Signing in with the register of persons behind the port, as an installation binds it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.identity.trial import BASE, BSN, PERSONAS, People, Trial, complete, sign_in_lines
from waardig.identity.adapters import oidc
from waardig.identity.adapters.session_store import SessionStore
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import PERSON_REGISTER, SETUP, PersonUnknown
from waardig.registers import actions as registers


@pytest.fixture
def trial(db: None) -> Iterator[Trial]:
    setup, provider = open_trial(BASE, PERSONAS, installation="test")
    SETUP.bind(setup)
    PERSON_REGISTER.bind(registers)
    yield Trial(provider, People())
    oidc.use_transport(provider.issuer, None)


def test_an_enrolled_resident_signs_in(trial: Trial, owner: psycopg.Connection) -> None:
    gerrit = uuid4()
    registers.enrol_persons([(gerrit, BSN)])
    session = SessionStore()

    who = complete(session, trial.answer(session, "gerrit")).who

    assert who.person == gerrit and isinstance(who.person, UUID)
    print(sign_in_lines(owner))


def test_somebody_who_is_not_enrolled_is_told_so_and_is_not_enrolled(trial: Trial, owner: psycopg.Connection) -> None:
    session = SessionStore()

    with pytest.raises(PersonUnknown):
        complete(session, trial.answer(session, "gerrit"))

    assert registers.person_for_bsn(BSN) is None
    print(sign_in_lines(owner))
