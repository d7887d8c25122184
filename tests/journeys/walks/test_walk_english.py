"""Who chose English reads a message in English first, the Dutch text that counts one link away, and back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.walks.applying import apply
from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
COUNTS = "This is a translation. The Dutch text is the one that counts."


def test_gerrit_kiest_engels_en_leest_zijn_ontvangst_in_twee_talen(
    somebody: Callable[..., Walker], town: ServedTown
) -> None:
    gerrit = somebody("gerrit")
    gerrit.open("/weergave/")
    gerrit.choose("Nederlands, met het Engels erbij")
    gerrit.press("Bewaar mijn keuze")
    number = apply(gerrit, living="Alleen", wealth="1.150,50")
    town.settle()

    gerrit.open("/berichten/")
    gerrit.follow(re.compile("aanvraag|antwoord", re.IGNORECASE), within="main")
    assert gerrit.heading == "We have your application"
    gerrit.says(COUNTS, "You need not do anything now.", "Monday 23 June 2025", number)
    assert gerrit.page.locator("main [lang=en]").count() >= 1
    gerrit.follow("Lees de Nederlandse tekst")
    gerrit.says("Wij hebben uw aanvraag", "U hoeft nu niets te doen.", "23 juni 2025", number)
    gerrit.follow("Read the English text")
    gerrit.says(COUNTS)
