"""What most tests of the gate start from."""

from __future__ import annotations

import psycopg
import pytest

from tests.access.builders import a_weighed_service, open_keeping


@pytest.fixture
def policy(owner: psycopg.Connection) -> psycopg.Connection:
    """The owner's connection, with the general activities published."""
    open_keeping(owner)
    return owner


@pytest.fixture
def weighed(policy: psycopg.Connection) -> psycopg.Connection:
    """The same, with the trial round weighed and in force."""
    a_weighed_service(policy)
    return policy
