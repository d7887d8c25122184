"""A served town and people with a browser for the walks; without a browser they are skipped, loudly."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.walks.serving import ServedTown, a_served_town
from tests.journeys.walks.walker import MANNERS, PAIRS, Checked, Faces, Manner, Walker
from tests.look.browser import browser_program

SomebodyWithABrowser = Callable[..., Walker]
EVERY_MANNER = "every-manner"


def pytest_report_header() -> str:
    """Say at the start which browser walks."""
    return f"walks: {browser_program() or 'NO BROWSER FOUND, THE JOURNEYS WILL NOT RUN'}"


@pytest.fixture(scope="session")
def open_town(browser: Browser) -> Iterator[ServedTown]:
    """One town for all walks of a session."""
    with a_served_town() as town:
        yield town


@pytest.fixture(scope="session")
def faces(browser: Browser, open_town: ServedTown) -> Faces:
    """Who signed in before; the town is kept as it opened."""
    open_town.keep()
    return {}


@pytest.fixture(scope="session")
def checked() -> Checked:
    """Which pages were measured already."""
    return Checked()


@pytest.fixture
def town(open_town: ServedTown, faces: Faces) -> Iterator[ServedTown]:
    """The town as it opened: put back after the walk."""
    yield open_town
    open_town.rewind()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Telephone and desktop, with and without JavaScript; `WAARDIG_WALKS=every-manner` does every walk in all four."""
    if "manner" not in metafunc.fixturenames:
        return
    walks = [name for name in vars(metafunc.module) if name.startswith("test_")]
    pair = PAIRS[walks.index(metafunc.function.__name__) % 2]
    chosen = MANNERS if os.environ.get("WAARDIG_WALKS") == EVERY_MANNER else pair
    metafunc.parametrize("manner", chosen, ids=lambda manner: manner.name)


@pytest.fixture
def somebody(
    browser: Browser, town: ServedTown, manner: Manner, checked: Checked, faces: Faces
) -> Iterator[SomebodyWithABrowser]:
    """Makes people with a browser of their own; with a name they are signed in."""
    there: list[Walker] = []

    def make(persona: str = "") -> Walker:
        walker = Walker(browser, town, manner, checked)
        there.append(walker)
        if persona:
            walker.come_in(persona, faces)
        return walker

    yield make
    for walker in there:
        walker.close()
