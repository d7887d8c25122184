"""Whom a round left to a person: no name in the list, a line when opened, every step once, closing by two."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.cases.builders import AMOUNT, LEFT_OUT, TODAY, a_resident, letters, lines, work
from tests.cases.builders import SERVICE as SUPPLEMENT
from tests.desk.builders import a_caseworker, a_decider, at_the_counter, words_of
from waardig.access.actions import set_business_date
from waardig.cases import queries as cases
from waardig.cases.terms import CaseKind, CaseState
from waardig.kernel.content import content_roots
from waardig.proposals import models, queries
from waardig.proposals.actions import run_round
from waardig.proposals.terms import ClosedBecause, LeftStep
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact
from waardig.values.actions import decide as decide_weighing

PROTECTED = {"brp__overlijdensdatum": None, "brp__in_onderzoek": False, "brp__curatele": False}
LIST, LOOK = "/balie/bekijken/", "iit.nakijken"
DOUBTED = {"brp__in_onderzoek": True}
NOT_KNOWN = {"uitkeringen__woont_in_gemeente": LEFT_OUT}


@pytest.fixture(autouse=True)
def _weighed(owner: psycopg.Connection) -> None:
    decide_weighing(content_roots()[-1] / "services" / SUPPLEMENT / "decision.yaml", on=TODAY)


def left(**changes: Any) -> tuple[UUID, str]:
    """Somebody whom the round left; gives the person and the address of the line."""
    person = a_resident(**{**PROTECTED, **changes}).person
    run_round(SUPPLEMENT)
    return person, f"{LIST}{models.RunItem.objects.get(person=person).id}/"


def done(address: str) -> models.LeftStep | None:
    return models.LeftStep.objects.filter(item_id=int(address.split("/")[-2])).first()


def test_the_list_says_why_and_since_when_and_no_name_and_reads_nothing(owner: psycopg.Connection) -> None:
    person, address = left(**DOUBTED)
    other = a_resident(**{**PROTECTED, "brp__curatele": True}).person
    run_round(SUPPLEMENT)
    client = a_decider()

    page = client.get(LIST)
    one = words_of(client.get(f"{LIST}?dienst={SUPPLEMENT}&reden=under_guardianship"))

    shown = words_of(page)
    assert "2 inwoners wachten op een mens." in shown
    assert "Een gegeven wordt uitgezocht." in shown and "Staat onder curatele." in shown and "28 april 2025" in shown
    assert "Vos" not in shown and str(person) not in page.content.decode()
    assert "1 inwoner wacht op een mens." in one and "Een gegeven wordt uitgezocht." not in one
    assert lines(owner, person, LOOK) == lines(owner, other, LOOK) == []
    assert "Hier mocht de computer niet oordelen" in words_of(client.get("/balie/werk/"))
    assert at_the_counter().get(LIST).status_code == at_the_counter().get(address).status_code == 403


def test_a_long_list_has_pages_with_fifty_lines_each() -> None:
    run = models.Run.objects.create(
        id=UUID(int=1), service=SUPPLEMENT, as_of=TODAY, rule_set="x", started_at="2025-04-28T08:00:00Z",
        known_at="2025-04-28T08:00:00Z",
    )  # fmt: skip
    models.RunItem.objects.bulk_create(
        models.RunItem(run=run, person=UUID(int=n), outcome="to_person", reason="unknown:leefvorm")
        for n in range(2, 53)
    )
    client = a_decider()

    first, second = words_of(client.get(LIST)), words_of(client.get(f"{LIST}?pagina=2"))

    assert (first.count("R-0"), second.count("R-0")) == (50, 1)


def test_opening_one_shows_name_and_facts_with_one_line_in_the_log(owner: psycopg.Connection) -> None:
    person, address = left(**DOUBTED)

    page = words_of(a_caseworker().get(address))

    assert "Meneer Vos" in page
    assert "Dat is nu nog zo: een gegeven wordt uitgezocht." in page
    assert lines(owner, person, LOOK) == ["allow"]


def test_whom_no_round_left_cannot_be_opened(owner: psycopg.Connection) -> None:
    person = a_resident(**PROTECTED).person
    run_round(SUPPLEMENT)

    answer = a_decider().get(f"{LIST}{models.RunItem.objects.get(person=person).id}/")

    assert answer.status_code == 404
    assert lines(owner, person, LOOK) == []


def test_when_all_is_certain_now_the_resident_gets_a_proposal_with_the_amount_of_today() -> None:
    person, address = left(**NOT_KNOWN)
    store_facts([NewFact(person, "uitkeringen.woont_in_gemeente", True, date(2018, 1, 1))])
    client = a_decider()

    before = words_of(client.get(address))
    first = client.post(address, {"step": "ask"})
    client.post(address, {"step": "ask"})

    assert "Met de gegevens van nu is er recht." in before
    [case] = cases.cases_of(person)
    assert (case.kind, case.state, case.lane, case.amount_eurocent, case.run) == (
        CaseKind.PROPOSAL, CaseState.PROPOSED, "yes_is_enough", AMOUNT, None,
    )  # fmt: skip
    assert len(letters(case.id)) == 1
    assert first.headers["Location"] == address
    after = words_of(client.get(address))
    assert f"De inwoner kreeg een vraag. Door Willem de Graaf Zaak {case.number}" in after
    assert "Er wacht niemand." in words_of(client.get(LIST))


def test_who_is_still_in_doubt_gets_the_form_without_an_amount() -> None:
    person, address = left(**DOUBTED)

    a_decider().post(address, {"step": "ask"})

    [case] = cases.cases_of(person)
    assert (case.lane, case.amount_eurocent) == ("short_form", None)
    assert set(case.asked) == {"leefvorm", "vermogen", "iban"}
    assert "Misschien is er geld voor u" in letters(case.id)[0]


def test_nobody_under_guardianship_gets_a_message_from_here(owner: psycopg.Connection) -> None:
    person, address = left(brp__curatele=True)
    client = a_decider()

    page = words_of(client.get(address))
    client.post(address, {"step": "ask"})

    assert "Er gaat geen bericht naar deze inwoner." in page and "Stuur de vraag" not in page
    assert cases.cases_of(person) == ()
    assert done(address) is None


def test_an_application_that_came_in_otherwise_is_recorded_once_and_goes_to_a_person() -> None:
    person, address = left(brp__curatele=True)
    client = a_decider()
    typed = {"step": "begin", "applied_on": "28-04-2025", "how": "vertegenwoordiger"}

    client.post(address, typed)
    client.post(address, typed)
    work()

    [case] = cases.cases_of(person)
    assert (case.kind, case.state, case.applied_on) == (CaseKind.APPLICATION, CaseState.BY_HAND, TODAY)
    assert case.decide_by == date(2025, 6, 23)
    assert letters(case.id) == []
    assert case.number in words_of(client.get(address))


@pytest.mark.parametrize(
    ("day", "how"), [("27-04-2025", "brief"), ("29-04-2025", "brief"), ("gisteren", "brief"), ("28-04-2025", "")]
)
def test_a_day_that_cannot_be_or_no_origin_changes_nothing(day: str, how: str) -> None:
    person, address = left(**DOUBTED)

    answer = a_decider().post(address, {"step": "begin", "applied_on": day, "how": how})

    assert answer.status_code == 400
    assert (cases.cases_of(person), done(address)) == ((), None)


def test_closing_takes_a_reason_and_a_second_official() -> None:
    _person, address = left(**DOUBTED)
    first, second = a_caseworker(), a_decider()

    assert first.post(address, {"step": "close"}).status_code == 400
    first.post(address, {"step": "close", "because": "helped"})
    first.post(address, {"step": "agree"})
    waiting = done(address)
    assert waiting is not None and (waiting.step, waiting.second) == ("close_proposed", "")
    assert "Een andere medewerker moet dit bevestigen." in words_of(first.get(address))
    assert "Een collega wil dit afsluiten." in words_of(second.get(LIST))
    second.post(address, {"step": "agree"})
    second.post(address, {"step": "agree"})

    left_ = queries.left_of(int(address.split("/")[-2]))
    assert (left_.step, left_.because, left_.second) == (LeftStep.CLOSED, ClosedBecause.HELPED, "w.degraaf")
    assert "Afgesloten: er is niets te doen. De inwoner is al geholpen." in words_of(second.get(address))
    assert second.post(address, {"step": "ask"}).status_code == 200 and cases.cases_of(_person) == ()


def test_a_colleague_who_does_not_agree_puts_it_back() -> None:
    _person, address = left(**DOUBTED)
    a_caseworker().post(address, {"step": "close", "because": "no_right"})

    a_decider().post(address, {"step": "disagree"})

    assert done(address) is None
    assert "1 inwoner wacht op een mens." in words_of(a_decider().get(LIST))


def test_the_database_refuses_that_one_official_closes_alone() -> None:
    _person, address = left(**DOUBTED)
    item = int(address.split("/")[-2])

    with pytest.raises(IntegrityError), transaction.atomic():
        models.LeftStep.objects.create(
            item_id=item, step="closed", official="a", second="a", role="beslisser", on=TODAY, at="2025-04-28T08:00:00Z"
        )


def test_a_newer_round_takes_the_place_of_the_older_one_and_since_stays() -> None:
    person, address = left(**DOUBTED)
    set_business_date(date(2025, 5, 28))
    decided = run_round(SUPPLEMENT)
    assert decided.read == 1

    [again], total = queries.left_waiting()

    assert (total, again.person, again.as_of, again.since) == (1, person, date(2025, 5, 28), TODAY)
    assert a_decider().get(address).status_code == 404


def test_after_an_end_a_newer_round_that_leaves_somebody_again_starts_anew() -> None:
    person, address = left(**DOUBTED)
    a_caseworker().post(address, {"step": "close", "because": "helped"})
    a_decider().post(address, {"step": "agree"})
    set_business_date(date(2025, 5, 28))
    run_round(SUPPLEMENT)

    [again], _ = queries.left_waiting()

    assert (again.person, again.since) == (person, date(2025, 5, 28))


def test_partners_are_handled_together() -> None:
    from tests.cases.builders import a_couple

    first, second = a_couple()
    guarded = {name.replace("__", "."): value for name, value in PROTECTED.items()} | {"brp.in_onderzoek": True}
    store_facts(
        [NewFact(one, name, value, date(2018, 1, 1)) for one in (first, second) for name, value in guarded.items()]
    )
    run_round(SUPPLEMENT)
    item = models.RunItem.objects.get(person=first).id

    a_decider().post(f"{LIST}{item}/", {"step": "ask"})

    assert models.LeftStep.objects.count() == 2
    [case] = cases.cases_of(first)
    assert set(case.persons) == {first, second}


def test_without_signing_in_nothing_is_shown() -> None:
    assert Client().get(LIST).status_code == 302
