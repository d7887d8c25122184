"""Bram runs the system: he sees that all is well, then that letters failed, and tries them again."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]


def _letters_fail(town: ServedTown) -> int:
    """Two letters were given up; gives how many jobs of that topic were done before."""
    with psycopg.connect(town.superuser, autocommit=True) as connection:
        connection.execute(
            "UPDATE outbox_job SET state = 'dead', attempts = 8, last_error = 'ValueError: Gerrit Vos'"
            " WHERE id IN (SELECT id FROM outbox_job WHERE topic = 'inbox.letter' ORDER BY id LIMIT 2)"
        )
        row = connection.execute("SELECT count(*) FROM inbox_letter").fetchone()
    assert row
    return int(row[0])


def test_de_beheerder_ziet_wat_is_opgegeven_en_probeert_het_opnieuw(somebody: Somebody, town: ServedTown) -> None:
    bram = somebody("bram")
    bram.open("/balie/")
    assert (bram.path, bram.heading) == ("/balie/systeem/", "Systeem")
    bram.says("Er is niets opgegeven.", "Er wacht niets. Alles is gedaan.", "werkt", "Logboek ondertekend")
    bram.says_not("Vos", "Mulder")
    letters = _letters_fail(town)

    bram.open("/balie/systeem/")
    bram.says("2 opdrachten zijn opgegeven.", "inbox.letter", "ValueError")
    bram.says_not("Vos")
    bram.follow("Probeer alle opnieuw inbox.letter")
    assert bram.heading == "Opnieuw proberen?"
    bram.says("2 opdrachten worden opnieuw geprobeerd.", "ValueError")
    bram.press("Ja, probeer opnieuw")

    assert bram.path == "/balie/systeem/"
    bram.says("2 opdrachten worden opnieuw geprobeerd.", "Opnieuw geprobeerd (2), b.hoekstra")
    town.settle()
    bram.open("/balie/systeem/")
    bram.says("Er is niets opgegeven.")
    assert town.all("SELECT count(*) FROM inbox_letter") == [(letters,)], "a letter that was made is not made twice"
    bram.open("/balie/werk/", status=403)
