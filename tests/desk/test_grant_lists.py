"""A list at the desk: what an official sees, the sample first, the control total; and a no of a resident."""

from __future__ import annotations

import psycopg
import pytest
from django.urls import reverse

from tests.desk.builders import a_caseworker, a_decider, words_of
from tests.identity.signing_in import a_resident, signed_in_client
from tests.proposals.builders import LISTED, WILLEM, a_client, announced, case_of, judge_sample, listed, weighed
from waardig.access.actions import set_business_date
from waardig.cases import queries as cases
from waardig.cases.terms import CaseKind, CaseState
from waardig.inbox import queries as inbox
from waardig.outbox.actions import drain
from waardig.proposals import jobs, models, queries


@pytest.fixture(autouse=True)
def _weighed(owner: psycopg.Connection) -> None:
    weighed()


def test_a_list_shows_counts_rules_and_the_sample_and_is_confirmed_with_its_total() -> None:
    persons = [a_client() for _ in range(3)]
    announced(*persons)
    identity = listed()
    path = f"/balie/lijsten/{identity}/"
    client = a_decider()

    before = words_of(client.get(path))
    judge_sample(identity)
    shown = words_of(client.get(path))
    wrong = client.post(path, {"step": "confirm", "total": "450"})
    after_wrong = models.GrantConfirmation.objects.count()
    right = client.post(path, {"step": "confirm", "total": "300,00"})
    drain(jobs.handlers(), until_empty=True)
    done = words_of(client.get(path))

    assert "Beslis eerst zelf over de steekproef: nog 1." in before and "niet getoond" in before
    assert "2 huishoudens staan klaar" in shown and "Alleenstaand 2, € 300" in shown
    assert "Verordening meedoenregeling Rietwaarden 2025" in shown and "versie 2025-01-01" in shown
    assert (wrong.status_code, after_wrong) == (400, 0)
    assert "Dit is niet het totaal van de lijst" in words_of(wrong)
    assert right.status_code == 302
    assert "2 huishoudens zijn bevestigd. 2 besluiten zijn gemaakt" in done
    assert {case_of(person).state for person in persons} == {CaseState.DECIDED}
    assert "Lijsten om toe te kennen" in words_of(client.get("/balie/werk/"))


def test_who_has_no_role_to_decide_sees_the_list_and_can_confirm_nothing() -> None:
    announced(*(a_client() for _ in range(2)))
    identity = listed()
    judge_sample(identity)

    refused = a_caseworker().post(f"/balie/lijsten/{identity}/", {"step": "confirm", "total": "150"})

    assert refused.status_code == 400
    assert models.GrantConfirmation.objects.count() == 0


def test_an_official_can_ask_instead_of_grant_and_cannot_refuse_what_nobody_asked() -> None:
    announced(*(a_client() for _ in range(2)))
    identity = listed()
    (sampled,) = [line for line in queries.lines_of(identity, WILLEM, on=LISTED) if line.sampled]
    path, client = f"/balie/zaken/{sampled.case}/", a_decider()
    words = "Ik kan niet zien of de kinderen bij u wonen. Wilt u dat zelf vertellen?"

    page = client.get(path).content.decode()
    done = client.post(path, {"outcome": "instead", "reason": words})

    assert 'value="refuse"' not in page and 'value="instead"' in page
    assert done.status_code == 302
    assert cases.case(sampled.case).kind is CaseKind.PROPOSAL
    assert "Deze lijst wacht" in words_of(client.get(f"/balie/lijsten/{identity}/"))


def test_a_resident_says_no_on_the_announcement_and_is_asked_for_no_yes() -> None:
    person = a_client()
    (case,) = announced(person)
    (message,) = inbox.messages_of_case(case.id).messages
    client = signed_in_client(a_resident(person))
    set_business_date(LISTED)
    path = reverse("portal:message", args=[message.id])

    page = client.get(path).content.decode()
    client.post(f"{path}nee/", {"scope": "now"})
    after = words_of(client.get(path))

    assert 'value="no"' in page and 'value="yes"' not in page
    assert cases.case(case.id).state is CaseState.OPTED_OUT
    assert "U krijgt dit geld niet." in after
