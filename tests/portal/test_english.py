"""A message in English for who chose it: English first, the Dutch text one link away, no script needed."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk.builders import at_the_counter, find, somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident, signed_in_client
from tests.inbox.builders import SERVICE, a_message, send, values
from tests.portal.test_helping import choose, helped, ingrid
from waardig.inbox.queries import display_of, filled, wanting_english

pytestmark = pytest.mark.usefixtures("decided")
SUBJECT, ENGLISH_SUBJECT = "Wij hebben een voorstel voor u", "We have a proposal for you"
COUNTS = "This is a translation. The Dutch text is the one that counts."


def test_who_chooses_english_reads_english_first_and_the_dutch_text_by_a_link() -> None:
    vos = somebody_with_a_number()
    his = signed_in_client(a_resident(vos))
    his.post("/weergave/", {"large": "no", "shielded": "no", "language": "en"})
    (sent,) = send(a_message(vos, english=filled(SERVICE, "proposal", values(), language="en")))

    english, dutch = his.get(f"/berichten/{sent.id}/"), his.get(f"/berichten/{sent.id}/?tekst=nl")

    assert wanting_english([vos]) == {vos}
    assert COUNTS in words_of(english) and "€521.97" in words_of(english)
    assert f'href="/berichten/{sent.id}/?tekst=nl"' in english.content.decode()
    assert '<div lang="en">' in english.content.decode()
    assert COUNTS not in words_of(dutch) and "€ 521,97" in words_of(dutch) and "€521.97" not in words_of(dutch)
    assert "Read the English text" in words_of(dutch)


def test_who_chose_english_sees_the_english_subject_in_the_list_each_marked_with_its_language() -> None:
    vos = somebody_with_a_number()
    send(a_message(vos, english=filled(SERVICE, "proposal", values(), language="en")), a_message(vos, "dutch"))
    his = signed_in_client(a_resident(vos))
    dutch_page = his.get("/berichten/").content.decode()
    his.cookies["taal"] = "en"

    english_page = his.get("/berichten/").content.decode()

    for page in (dutch_page, english_page):
        assert f'<span lang="en">{ENGLISH_SUBJECT}</span>' in page
        assert page.count(ENGLISH_SUBJECT) == page.count(SUBJECT) == 1
    assert f'<span lang="nl">{SUBJECT}</span>' in english_page and 'lang="nl"' in dutch_page
    assert f">{SUBJECT}</a>" in dutch_page


def test_who_is_shielded_and_chose_english_sees_no_subject_in_any_language() -> None:
    chantal = somebody_with_a_number(brp__geheimhouding=True)
    send(a_message(chantal, english=filled(SERVICE, "proposal", values(), language="en")))

    page = words_of(signed_in_client(a_resident(chantal)).get("/berichten/"))

    assert "Bericht van uw gemeente" in page and ENGLISH_SUBJECT not in page and SUBJECT not in page


def test_the_counter_sees_the_dutch_subject_of_a_message_in_two_languages() -> None:
    vos = somebody_with_a_number()
    send(a_message(vos, english=filled(SERVICE, "proposal", values(), language="en")))
    client = at_the_counter()
    find(client)

    page = words_of(client.get("/balie/loket/berichten/"))

    assert SUBJECT in page and ENGLISH_SUBJECT not in page


def test_a_helper_sees_the_dutch_subject_and_text_until_they_switch_the_page_to_english() -> None:
    vos, helper = somebody_with_a_number(), ingrid()
    (sent,) = send(a_message(vos, english=filled(SERVICE, "proposal", values(), language="en")))
    helped(vos, helper)
    hers = signed_in_client(a_resident(helper))
    choose(hers, vos)
    dutch = [words_of(hers.get(place)) for place in ("/berichten/", f"/berichten/{sent.id}/")]
    hers.cookies["taal"] = "en"

    english = [words_of(hers.get(place)) for place in ("/berichten/", f"/berichten/{sent.id}/")]

    assert (SUBJECT in dutch[0], ENGLISH_SUBJECT in dutch[0], "€ 521,97" in dutch[1]) == (True, False, True)
    assert (SUBJECT in english[0], ENGLISH_SUBJECT in english[0], "€521.97" in english[1]) == (False, True, True)


def test_a_page_in_english_says_honestly_that_a_message_is_in_dutch_only() -> None:
    vos = somebody_with_a_number()
    (sent,) = send(a_message(vos))
    his: Client = signed_in_client(a_resident(vos))
    his.cookies["taal"] = "en"

    page = words_of(his.get(f"/berichten/{sent.id}/"))

    assert "This message is in Dutch only. Do you need help in English? Call" in page
    assert "€ 521,97" in page


def test_the_language_that_a_browser_asks_for_is_not_a_choice() -> None:
    vos = somebody_with_a_number()

    signed_in_client(a_resident(vos)).get("/", HTTP_ACCEPT_LANGUAGE="en")

    assert (display_of(vos), wanting_english([vos])) == (None, frozenset())


def test_a_language_that_is_not_there_is_refused_and_changes_nothing() -> None:
    vos = somebody_with_a_number()

    page = signed_in_client(a_resident(vos)).post("/weergave/", {"large": "no", "shielded": "no", "language": "xx"})

    assert (page.status_code, display_of(vos)) == (400, None)
