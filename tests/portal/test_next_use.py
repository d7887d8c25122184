"""Who will use my data next: what may look by itself, whether it runs, and when it last looked at me."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from tests.desk.builders import somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident, signed_in_client
from waardig.proposals.actions import run_round
from waardig.values.actions import suspend

SERVICE = "individuele_inkomenstoeslag"
pytestmark = pytest.mark.usefixtures("decided")


def next_of(person: UUID) -> str:
    """The part of the page about what comes, about this service."""
    words = re.sub(r" ([.,)])", r"\1", words_of(signed_in_client(a_resident(person)).get("/gebruik/")))
    return words[words.index("Wie gebruikt ze straks?") :].partition("Nagaan of dit klopt")[0]


def about(words: str) -> str:
    """What it says of this service."""
    return words[words.index("Individuele inkomenstoeslag") :].partition("Waarom dit mag en wat is afgewogen")[0]


def test_a_service_that_runs_says_for_what_with_which_data_and_who_receives_something() -> None:
    words = next_of(somebody_with_a_number())

    assert "Dit gebeurt weer bij de volgende ronde. Nog niet bij u." in about(words)
    assert "wie een uitkering heeft of had" in about(words) and "Spaargeld en ander bezit" in about(words)
    assert "de drukker en postbezorger" in words and "de bank van de gemeente" in words


def test_after_a_round_it_says_when_it_looked() -> None:
    person = somebody_with_a_number()

    run_round(SERVICE)

    assert "De laatste keer bij u:" in about(next_of(person))


def test_a_service_that_was_stopped_stands_still() -> None:
    person = somebody_with_a_number()

    suspend(SERVICE, "Er zit een fout in de regels.", "s.post")

    assert "Dit staat nu stil: er wordt niets gelezen." in about(next_of(person))
