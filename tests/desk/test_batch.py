"""Confirming prepared grants: only what this official opened, and only a total that was shown."""

from __future__ import annotations

from django.test import Client

from tests.cases.builders import a_couple, a_declaration, a_resident, an_assessed
from tests.desk.builders import a_caseworker, a_decider, words_of
from waardig.cases import queries as cases
from waardig.cases.terms import Case, CaseState

PATH = "/balie/bevestigen/"


def opened(client: Client, count: int) -> list[Case]:
    """Prepared grants of single people that the official opened."""
    found = [an_assessed(a_resident().person) for _ in range(count)]
    for case in found:
        client.get(f"/balie/zaken/{case.id}/")
    return found


def test_only_an_opened_case_has_a_checkbox_and_none_is_ticked() -> None:
    client = a_decider()
    (seen,) = opened(client, 1)
    unseen = an_assessed(a_resident().person)

    page = client.get(PATH).content.decode()

    assert f'name="case" value="{seen.id}"' in page
    assert str(unseen.id) not in page.replace(f"/balie/zaken/{unseen.id}/", "")
    assert " checked" not in page
    assert "Bekijk eerst" in page


def test_the_first_press_shows_the_total_and_the_second_confirms_it() -> None:
    client = a_decider()
    first, second, third = opened(client, 3)
    ticked = [str(first.id), str(second.id)]

    counted = client.post(PATH, {"case": ticked, "shown": "0:0"})
    confirmed = client.post(PATH, {"case": ticked, "shown": "2:104394"})

    assert "Bevestig 2 toekenningen" in words_of(counted)
    assert "€ 1.043,94" in words_of(counted).replace("\u00a0", " ")
    assert confirmed.headers["Location"] == "/balie/bevestigen/klaar/"
    assert [cases.case(one.id).state for one in (first, second, third)] == [
        CaseState.DECIDED, CaseState.DECIDED, CaseState.PREPARED,
    ]  # fmt: skip


def test_the_receipt_says_how_many_how_much_and_how_they_go_out() -> None:
    client = a_decider()
    (case,) = opened(client, 1)
    client.post(PATH, {"case": [str(case.id)], "shown": "1:52197"})

    shown = words_of(client.get("/balie/bevestigen/klaar/")).replace("\u00a0", " ")

    assert "1 toekenning bevestigd Samen € 521,97 . Digitaal: 0. Op papier: 1." in shown


def test_a_total_that_was_not_shown_confirms_nothing() -> None:
    client = a_decider()
    first, second = opened(client, 2)

    response = client.post(PATH, {"case": [str(first.id), str(second.id)], "shown": "1:52197"})

    assert response.status_code == 200
    assert cases.decisions_of([first.id, second.id]) == {}


def test_an_unopened_case_among_the_ticked_ones_confirms_none() -> None:
    client = a_decider()
    (seen,) = opened(client, 1)
    unseen = an_assessed(a_resident().person)

    response = client.post(PATH, {"case": [str(seen.id), str(unseen.id)], "shown": "2:104394"})

    assert response.status_code == 400
    assert "U koos een zaak die u nog niet bekeek." in words_of(response)
    assert cases.decisions_of([seen.id, unseen.id]) == {}


def test_what_a_colleague_opened_cannot_be_confirmed() -> None:
    (case,) = opened(a_decider(), 1)
    colleague = a_decider_petra()

    response = colleague.post(PATH, {"case": [str(case.id)], "shown": "1:52197"})

    assert response.status_code == 400
    assert cases.decisions_of([case.id]) == {}


def a_decider_petra() -> Client:
    """Petra van Dam, another official."""
    from tests.identity.signing_in import an_employee, signed_in_client

    return signed_in_client(an_employee("beslisser", number="p.vandam", name="Petra van Dam"))


def test_an_amount_outside_the_mandate_has_no_checkbox() -> None:
    client, case = a_caseworker(), an_assessed(a_resident().person)
    client.get(f"/balie/zaken/{case.id}/")

    page = client.get(PATH)
    response = client.post(PATH, {"case": [str(case.id)], "shown": "1:52197"})

    assert "Buiten uw mandaat" in words_of(page)
    assert 'name="case"' not in page.content.decode()
    assert response.status_code == 400
    assert cases.decisions_of([case.id]) == {}


def test_ticking_nothing_says_what_to_do() -> None:
    client = a_decider()
    opened(client, 1)

    response = client.post(PATH, {"shown": "0:0"})

    assert response.status_code == 400
    assert "Kies ten minste 1 zaak." in words_of(response)


def test_an_empty_list_names_the_oldest_case_for_a_person() -> None:
    case = an_assessed(a_resident().person, declaration=a_declaration(wealth_eurocent=None))

    shown = words_of(a_decider().get(PATH))

    assert (
        f"Er staat niets klaar. Oudste zaak bij Zelf beslissen: {case.number} , beslis uiterlijk 23 juni 2025" in shown
    )


def test_a_couple_stands_on_one_line_with_both_names() -> None:
    client, case = a_decider(), an_assessed(*a_couple())
    client.get(f"/balie/zaken/{case.id}/")

    assert words_of(client.get(PATH)).count("G. Vos en G. Vos Soort: Paar") == 1
