"""Who reads the log for oversight stands in the list of the person too, and is called what it is."""

from __future__ import annotations

import time

import psycopg
import pytest

from tests.api.callers import a_caller, sent
from tests.desk.builders import somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident, signed_in_client

pytestmark = pytest.mark.usefixtures("decided")
LINES, OVERSIGHT = "/logboek/v1/processing-activities", "logboek.toezicht"


def test_a_resident_sees_that_the_log_was_looked_at_for_oversight(owner: psycopg.Connection) -> None:
    own = signed_in_client(a_resident(somebody_with_a_number()))
    token = a_caller(OVERSIGHT, id="fg", rights=frozenset({"log_read"}), standing=OVERSIGHT)
    assert own.get("/gegevens/").status_code == 200
    (uri,) = owner.execute("SELECT activity_uri FROM log.detail WHERE activity = 'inzage.gegevens'").fetchone() or ("",)
    now = int(time.time() * 1000)
    asked = {"attributes": {"dpl.core.processing_activity_id": uri}, "startTime": now - 86_400_000, "endTime": now}

    answer = sent(token, LINES, asked)

    assert len(answer.json()["processingActivities"]) >= 1
    told = words_of(own.get("/gebruik/"))
    assert "De toezichthouder keek voor toezicht in het logboek, zonder uw naam te zien." in told
    assert "Uw bewindvoerder" not in told
