"""Who decides sees how old the facts of a source are; the resident sees when it was asked."""

from __future__ import annotations

import psycopg
import pytest

from tests.cases.builders import an_application, work
from tests.cases.test_freshening import Source, long_ago, must_wait, somebody, source, waiting
from tests.desk.builders import a_decider, words_of
from tests.identity.signing_in import a_resident as signed_in
from tests.identity.signing_in import signed_in_client
from waardig.cases.actions import freshening
from waardig.cases.queries import case as case_of

__all__ = ["must_wait", "source"]
pytestmark = pytest.mark.usefixtures("decided")


def test_the_official_sees_how_old_it_is_and_the_resident_when_it_was_asked(
    source: Source, owner: psycopg.Connection
) -> None:
    case = an_application(somebody())
    work()
    ((day,),) = owner.execute("SELECT DISTINCT reg.day_of(asked_at) FROM reg.asked").fetchall()
    desk = a_decider()

    fresh = words_of(desk.get(f"/balie/zaken/{case.id}/"))
    own = words_of(signed_in_client(signed_in(case.applicant)).get("/gegevens/"))
    assert "Aan de BRP gevraagd op" in fresh and "Wij vragen het nu opnieuw" not in fresh
    assert "Gevraagd aan de bron op" in own and str(day.year) in own

    long_ago(owner)
    old = words_of(desk.get(f"/balie/zaken/{case.id}/"))
    assert "Wij vragen het nu opnieuw. U kunt wachten" in old
    work()
    assert freshening.too_old(case_of(case.id)) == ()


def test_the_form_says_why_nothing_was_decided(source: Source, must_wait: None, owner: psycopg.Connection) -> None:
    case = waiting(owner)
    source.silent = True
    desk = a_decider()

    page = words_of(desk.get(f"/balie/zaken/{case.id}/"))

    assert "Beslissen kan als er antwoord is." in page
