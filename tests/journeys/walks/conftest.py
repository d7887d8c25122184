"""A served town and people with a browser for the walks; without a browser they are skipped, loudly."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.walks.serving import ServedTown, a_served_town
from tests.journeys.walks.walker import DESKTOP_BARE, MANNERS, Checked, Faces, Manner, Walker
from tests.look.browser import browser_program

SomebodyWithABrowser = Callable[..., Walker]
PEOPLE = (
    "gerrit", "chantal", "samir", "boersma", "henk", "ria", "toos", "danny", "fatma", "willem", "ingrid", "anneke",
    "jelle", "bram", "priya", "yonas", "priya_zaak",
)  # fmt: skip


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
    """Everybody signed in once; the town is kept like that, so that a walk need not begin with signing in."""
    found = {}
    for persona in PEOPLE:
        walker = Walker(browser, open_town, DESKTOP_BARE, Checked(skip=True))
        walker.sign_in(persona)
        found[persona] = walker.context.cookies()
        walker.close()
    open_town.keep()
    return found


@pytest.fixture(scope="session")
def checked() -> Checked:
    """Which pages were measured already."""
    return Checked()


@pytest.fixture
def town(open_town: ServedTown, faces: Faces) -> Iterator[ServedTown]:
    """The town as it opened: put back after the walk."""
    yield open_town
    open_town.rewind()


@pytest.fixture(params=MANNERS, ids=lambda manner: manner.name)
def manner(request: pytest.FixtureRequest) -> Manner:
    """Telephone and desktop, each with and without JavaScript."""
    chosen: Manner = request.param
    return chosen


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
