"""Zelf nagaan at the counter: together with somebody who need not say who they are, or with a resident who is
identified.
"""

from __future__ import annotations

import psycopg

from tests.checks.builders import SINGLE, Visitor, heading_of, state_of, words_of
from tests.desk.builders import a_decider, at_the_counter, find, somebody_with_a_number

AT = "/balie/loket/nagaan/"


def test_the_counter_goes_through_the_same_questions_without_knowing_who_it_is(
    db: None, owner: psycopg.Connection
) -> None:
    visitor = Visitor(client=at_the_counter(), at=AT).begin()

    page = visitor.through(SINGLE)

    assert visitor.asked == list(SINGLE)
    assert heading_of(page) == "U hebt waarschijnlijk recht op zorgtoeslag"
    assert "U weet niet wie dit is. Dat hoeft ook niet." in words_of(page)
    assert owner.execute("SELECT count(*) FROM log.detail").fetchone() == (0,)


def test_of_somebody_who_is_identified_the_line_of_the_log_names_the_counter(
    db: None, owner: psycopg.Connection
) -> None:
    somebody_with_a_number()
    client = at_the_counter()
    find(client)
    before = owner.execute("SELECT count(*) FROM log.detail WHERE activity = 'loket.meekijken'").fetchone()

    visitor = Visitor("individuele_inkomenstoeslag", client, AT).begin("known")

    assert "Meneer Vos staat bij u." in words_of(visitor.page)
    assert heading_of(visitor.page) == "U hebt waarschijnlijk recht op individuele inkomenstoeslag"
    after = owner.execute(
        "SELECT count(*), min(actor_kind), min(actor_role) FROM log.detail WHERE activity = 'loket.meekijken'"
    ).fetchone()
    assert before and after == (before[0] + 1, "employee", "loket")


def test_what_was_filled_in_for_one_resident_opens_for_no_next_one(db: None) -> None:
    somebody_with_a_number()
    client = at_the_counter()
    find(client)
    visitor = Visitor("individuele_inkomenstoeslag", client, AT).begin("known")
    client.post("/balie/loket/sluit/")

    again = client.post(visitor.address, {"state": state_of(visitor.page)})

    assert again.status_code == 400
    assert "Uw antwoorden zijn weg." in words_of(again)


def test_the_page_that_asks_who_stands_there_leads_to_it_and_only_the_counter_has_it(db: None) -> None:
    assert "Ga het samen na" in words_of(at_the_counter().get("/balie/loket/"))
    assert a_decider().get(AT).status_code == 403
