"""From a check to an application: the day counts, answers go along only with a tick, pressing twice is one case."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest

from tests.checks.builders import Visitor, heading_of, state_of, words_of
from tests.checks.test_kept import gerrit
from waardig.cases import queries as cases
from waardig.cases.terms import CaseState, EventKind

APPLY = "/nagaan/individuele_inkomenstoeslag/aanvragen/"


def outcome(visitor: Visitor) -> Visitor:
    """Gerrit, at the outcome, with savings of his own saying."""
    visitor.begin("known")
    visitor.post(change="vermogen")
    visitor.answer("1.234,56")
    return visitor


def declared(owner: psycopg.Connection) -> list[tuple[str, object]]:
    return owner.execute(
        "SELECT attribute, value FROM reg.fact WHERE attribute LIKE 'opgave.%' ORDER BY attribute"
    ).fetchall()


def test_an_application_begins_today_and_leads_to_its_questions(db: None, owner: psycopg.Connection) -> None:
    visitor = outcome(gerrit())

    page = visitor.client.post(APPLY, {"state": state_of(visitor.page)}, follow=True)

    assert heading_of(page) == "Met wie woont u?"
    (case,) = cases.cases_of(person_of(owner))
    assert (case.state, case.amount_eurocent) == (CaseState.PROPOSED, None)
    assert [(event.kind, event.on.isoformat()) for event in cases.events_of(case.id)] == [
        (EventKind.SAID_YES, "2025-04-28")
    ]
    assert declared(owner) == []
    assert "Maak uw aanvraag af: individuele inkomenstoeslag" in words_of(visitor.client.get("/"))
    assert "recht op" not in words_of(visitor.client.get("/")).split("Voor u gevonden")[1].split("Klaar")[0]


def test_with_a_tick_what_was_filled_in_goes_along(db: None, owner: psycopg.Connection) -> None:
    visitor = outcome(gerrit())

    page = visitor.client.post(APPLY, {"state": state_of(visitor.page), "carry": "1"}, follow=True)

    assert declared(owner) == [("opgave.vermogen", 123456)]
    wealth = visitor.client.get(page.request["PATH_INFO"].replace("household", "wealth"))
    assert 'value="1234,56"' in wealth.content.decode()


def test_pressing_twice_gives_one_case_and_one_message(db: None, owner: psycopg.Connection) -> None:
    visitor = outcome(gerrit())
    sent = {"state": state_of(visitor.page)}

    first, second = (visitor.client.post(APPLY, sent) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert len(cases.cases_of(person_of(owner))) == 1
    assert owner.execute("SELECT count(*) FROM inbox_message").fetchone() == (1,)


def test_an_open_proposal_is_used_and_a_running_application_is_not_doubled(db: None, owner: psycopg.Connection) -> None:
    from tests.cases.builders import TODAY, a_declaration, resident
    from tests.desk.builders import a_sent_proposal
    from waardig.cases.actions import apply

    visitor = outcome(gerrit())
    person = person_of(owner)
    case, message = a_sent_proposal(person)

    page = visitor.client.post(APPLY, {"state": state_of(visitor.page)})
    assert str(message) in page["Location"]
    apply(case.id, a_declaration(), actor=resident(person), on=TODAY)
    again = visitor.client.post(APPLY, {"state": state_of(visitor.page)})

    assert again["Location"] == "/"
    assert [one.id for one in cases.cases_of(person)] == [case.id]


@pytest.mark.parametrize("state", ["", "AAAA"])
def test_without_a_state_of_this_session_nothing_begins(db: None, owner: psycopg.Connection, state: str) -> None:
    visitor = gerrit()

    page = visitor.client.post(APPLY, {"state": state})

    assert page.status_code == 400
    assert cases.cases_of(person_of(owner)) == ()


def person_of(owner: psycopg.Connection) -> UUID:
    """The one person there is."""
    (row,) = owner.execute("SELECT DISTINCT person FROM reg.fact").fetchall()
    return UUID(str(row[0]))
