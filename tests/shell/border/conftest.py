"""One installation of two municipalities for all questions across the border."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.journeys.test_new_municipality import _write
from tests.shell.border.towns import TwoTowns, two_towns


@pytest.fixture(scope="session")
def towns() -> Iterator[TwoTowns]:
    """Rietwaarden and Hoge Veen, both after a round and what people answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with two_towns(_write, port) as made:
        yield made
