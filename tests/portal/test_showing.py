"""Large letters, shielding, and leaving a page at once."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from tests.desk.builders import a_sent_proposal, somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident, signed_in_client
from tests.inbox.builders import a_message, send
from waardig.inbox.actions import set_display
from waardig.inbox.queries import display_of
from waardig.inbox.queries import message as message_of

pytestmark = pytest.mark.usefixtures("decided")
SUBJECT = "Wij hebben een voorstel voor u"
CHOICE = {"large": "yes", "shielded": "yes"}


def browser_of(person: UUID) -> Client:
    return signed_in_client(a_resident(person))


def test_a_secret_address_shields_the_pages_without_asking() -> None:
    chantal = somebody_with_a_number(brp__geheimhouding=True)
    _, message = a_sent_proposal(chantal)
    hers = browser_of(chantal)

    home, messages, letter = hers.get("/"), hers.get("/berichten/"), hers.get(f"/berichten/{message}/")

    for page in (home, messages, letter):
        assert "Verlaat deze pagina" in words_of(page)
        assert "no-store" in page.headers["Cache-Control"]
    assert "Bericht van uw gemeente" in words_of(messages) and SUBJECT not in messages.content.decode()
    assert "€" not in words_of(home) and "toeslag" not in words_of(home).lower()


def test_who_is_not_shielded_sees_subject_and_amount_and_may_choose_otherwise() -> None:
    vos = somebody_with_a_number()
    a_sent_proposal(vos)
    his = browser_of(vos)
    assert SUBJECT in words_of(his.get("/berichten/")) and "Verlaat deze pagina" not in words_of(his.get("/"))

    saved = his.post("/weergave/", CHOICE, follow=True)

    assert "Uw keuze is bewaard." in words_of(saved)
    assert "Verlaat deze pagina" in words_of(his.get("/")) and SUBJECT not in his.get("/berichten/").content.decode()
    chosen = display_of(vos)
    assert chosen is not None and (chosen.large, chosen.shielded) == (True, True)


def test_somebody_with_a_secret_address_may_switch_shielding_off() -> None:
    chantal = somebody_with_a_number(brp__geheimhouding=True)
    hers = browser_of(chantal)

    hers.post("/weergave/", {"large": "no", "shielded": "no"})

    assert "Verlaat deze pagina" not in words_of(hers.get("/"))


def test_leaving_signs_out_at_once_and_ends_on_a_neutral_page() -> None:
    chantal = somebody_with_a_number(brp__geheimhouding=True)
    hers = browser_of(chantal)
    assert hers.get("/berichten/").status_code == 200

    left = hers.get("/weg/")

    assert (left.status_code, left.headers["Location"]) == (302, "/openingstijden/")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    neutral = hers.get("/openingstijden/")
    assert "Openingstijden" in words_of(neutral) and "ingelogd" not in words_of(neutral)
    assert hers.get("/berichten/").headers["Location"].startswith("/inloggen/")


def test_a_choice_without_an_answer_says_what_to_do_and_changes_nothing() -> None:
    vos = somebody_with_a_number()

    page = browser_of(vos).post("/weergave/", {"large": "yes"})

    assert (page.status_code, "Kies ja of nee." in words_of(page), display_of(vos)) == (400, True, None)


def test_large_letters_are_remembered_on_another_device_and_before_signing_in() -> None:
    vos = somebody_with_a_number()
    his = browser_of(vos)
    his.post("/weergave/", {"large": "yes", "shielded": "no"})

    elsewhere, before = browser_of(vos).get("/"), Client()
    before.cookies["waardig_large"] = his.cookies["waardig_large"].value

    assert 'waardig-theme w-large"' in elsewhere.content.decode()
    assert 'waardig-theme w-large"' in before.get("/openingstijden/").content.decode()
    his.post("/weergave/", {"large": "no", "shielded": "no"})
    assert "w-large" not in his.get("/").content.decode()


def test_letters_follow_the_choice_of_large_print() -> None:
    vos, other = somebody_with_a_number(), somebody_else()
    set_display(vos, large=True, shielded=None, where="counter")

    (hers,), (his,) = send(a_message(other, key="a")), send(a_message(vos, key="b"))

    assert [message_of(one.id).deliveries[0].large_print for one in (hers, his)] == [False, True]  # type: ignore[union-attr]


def somebody_else() -> UUID:
    from tests.inbox.builders import a_resident as somebody

    return somebody()


def test_the_source_of_a_fact_is_said_in_right_dutch() -> None:
    from waardig.registers.queries import declared
    from waardig.screens.own_data_page import source_of

    said = {name: source_of(register).nl for name, register in declared().registers.items()}

    assert said["kentekenregister"] == "Uit het kentekenregister"
    assert said["handelsregister"] == "Uit het handelsregister"
    assert said["woz"] == "Uit de basisregistratie WOZ"
    assert said["brp"] == "Uit de Basisregistratie personen (BRP)"
    assert said["opgave"] == "Wat u zelf opgaf"
