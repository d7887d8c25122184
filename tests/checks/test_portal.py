"""Zelf nagaan in the portal: without signing in, one question a page, an outcome with a last day, and nothing kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.checks.builders import SINGLE, Visitor, heading_of, state_of, words_of


def test_without_signing_in_the_care_allowance_of_2025_is_worked_out_with_its_last_day(db: None) -> None:
    visitor = Visitor().begin()

    outcome = words_of(visitor.through(SINGLE))

    assert visitor.asked == list(SINGLE)
    assert heading_of(visitor.page) == "U hebt waarschijnlijk recht op zorgtoeslag"
    assert "Zorgtoeslag over 2025 € 1.355 voor het hele jaar. Dat is ongeveer € 113 per maand." in outcome
    assert "Vóór dinsdag 1 september 2026 (nog 490 dagen). Daarna kan het niet meer voor 2025." in outcome
    assert "Wij kunnen dat niet voor u beslissen." in outcome
    assert "Kan dit later terug moeten? Ja. Wordt het inkomen over het hele jaar hoger dan € 30.000?" in outcome
    assert "Had u op 1 januari meer vermogen dan € 141.896? Dan kreeg u geen zorgtoeslag." in outcome
    assert "Dit is een oudere tekst. De regel zelf geldt nog." in outcome


def test_not_entitled_is_a_page_like_any_other_and_stops_asking_at_once(db: None) -> None:
    visitor = Visitor().begin()

    page = visitor.through({**SINGLE, "Hoe hoog is uw inkomen in heel 2025?": "90000"})

    assert page.status_code == 200
    assert "Hoeveel spaargeld en beleggingen had u op 1 januari 2025?" not in visitor.asked
    assert heading_of(page) == "U hebt waarschijnlijk geen recht op zorgtoeslag"
    assert "Aanvragen mag altijd." in words_of(page)
    assert "Uw inkomen is te hoog." in words_of(page)


INCOME, WEALTH = "Hoe hoog is uw inkomen in heel 2025?", "Hoeveel spaargeld en beleggingen had u op 1 januari 2025?"
LIMIT, NO_ADVICE = "Waar ligt de grens?", "Dit is geen advies. Het laat alleen zien waar de wet een grens trekt."


def limits_in(words: str) -> str:
    """What a page says of limits."""
    return words.partition(LIMIT)[2].partition(NO_ADVICE)[0]


def test_a_no_shows_with_which_other_fact_there_is_a_right_and_there_is_one(db: None) -> None:
    words = words_of(Visitor().begin().through({**SINGLE, WEALTH: "200.000"}))

    told = limits_in(words)
    assert "Wij veranderden steeds één gegeven en rekenden opnieuw. Hierbij had u wel recht:" in told
    assert "kunt u wel recht hebben" not in told
    (limit,) = re.findall(r"hoogstens € ([0-9.,]+)", told)
    assert limit == "141.896"
    assert heading_of(Visitor().begin().through({**SINGLE, WEALTH: limit})).startswith("U hebt waarschijnlijk recht")
    over = Visitor().begin().through({**SINGLE, WEALTH: "141.897"})
    assert heading_of(over).startswith("U hebt waarschijnlijk geen recht")


def test_a_no_that_stopped_the_questions_shows_where_there_can_be_a_right_and_that_more_is_open(db: None) -> None:
    told = limits_in(words_of(Visitor().begin().through({**SINGLE, INCOME: "90000"})))

    assert "Hierbij kunt u wel recht hebben. Dat hangt dan nog af van wat wij u niet vroegen:" in told
    assert "Hierbij had u wel recht" not in told
    (limit,) = re.findall(r"hoogstens € ([0-9.,]+)", told)
    asking = Visitor().begin()
    again = asking.through({**SINGLE, INCOME: limit})
    assert heading_of(again).startswith("U hebt waarschijnlijk recht") and WEALTH in asking.asked


@pytest.mark.parametrize("answers", [{INCOME: "90000"}, {WEALTH: "200.000"}])
def test_no_limit_is_worded_as_something_to_do(db: None, answers: dict[str, str]) -> None:
    words = words_of(Visitor().begin().through({**SINGLE, **answers}))

    assert NO_ADVICE in words
    told = limits_in(words).lower()
    for advice in ("minder werken", "verdien", "geef uit", "u moet", "zorg dat", "verlaag"):
        assert advice not in told


def test_a_yes_and_what_is_not_sure_show_no_limit(db: None) -> None:
    assert LIMIT not in words_of(Visitor().begin().through(SINGLE))


def test_what_a_partner_earns_is_asked_only_when_there_is_a_partner(db: None) -> None:
    answers = {
        **SINGLE,
        "Hebt u het hele jaar dezelfde toeslagpartner?": "yes",
        "Heeft uw toeslagpartner een Nederlandse zorgverzekering?": "yes",
        "Hoe hoog is het inkomen van uw toeslagpartner in heel 2025?": "10.000",
        "Hoeveel spaargeld en beleggingen had uw toeslagpartner op 1 januari 2025?": "0",
    }

    together, alone = Visitor().begin(), Visitor().begin()
    together.through(answers)
    alone.through(SINGLE)

    assert [q for q in together.asked if "partner" in q] == [q for q in answers if "partner" in q]
    assert [q for q in alone.asked if "partner" in q] == ["Hebt u het hele jaar dezelfde toeslagpartner?"]


def test_what_somebody_does_not_know_is_said_with_what_decides(db: None) -> None:
    page = Visitor().begin().through({**SINGLE, "Hoe hoog is uw inkomen in heel 2025?": "?"})

    assert heading_of(page) == "Of u waarschijnlijk recht hebt op zorgtoeslag, weten wij niet zeker"
    assert "Het hangt af van wat wij nog niet weten: Inkomen in 2025" in words_of(page)


def test_a_wrong_amount_is_named_on_top_and_beside_the_field_and_nothing_is_lost(db: None) -> None:
    visitor = Visitor().begin()
    for text in list(SINGLE.values())[:3]:
        visitor.answer(text)

    page = visitor.answer("veel")

    assert page.status_code == 400
    assert words_of(page).count("Vul een bedrag in als getal, bijvoorbeeld 12.500. Hebt u niets? Vul 0 in.") == 2
    assert 'value="veel"' in page.content.decode()
    assert "Uw antwoord op vraag 3" in words_of(page)


def test_one_question_back_shows_what_was_said_and_a_changed_answer_changes_the_outcome(db: None) -> None:
    visitor = Visitor().begin()
    for text in list(SINGLE.values())[:4]:
        visitor.answer(text)

    back = visitor.post(back="1")
    assert (heading_of(back), 'value="30.000"' in back.content.decode()) == (
        "Hoe hoog is uw inkomen in heel 2025?",
        True,
    )
    visitor.answer("20000")
    visitor.through(SINGLE)
    changed = visitor.post(change="toetsingsinkomen")
    assert 'value="20.000"' in changed.content.decode()

    assert "€ 1.355" in words_of(visitor.answer("30000"))


def test_the_same_form_sent_again_gives_the_same_page(db: None) -> None:
    visitor = Visitor().begin()
    first = visitor.page
    visitor.answer("8-11-1984")
    after = heading_of(visitor.page)

    form = {"state": state_of(first), "answering": "1", "answer": "8-11-1984"}
    again = visitor.client.post(visitor.address, form, follow=True)

    assert (again.status_code, heading_of(again)) == (200, after)


def test_the_browsers_own_back_shows_every_page_again_and_reads_nothing_twice(db: None) -> None:
    visitor = Visitor().begin()
    addresses, headings = [], []
    for text in (*list(SINGLE.values())[:3], "veel", *list(SINGLE.values())[3:]):
        addresses.append(visitor.page.redirect_chain[-1][0])
        headings.append((visitor.page.status_code, heading_of(visitor.page)))
        visitor.answer(text)

    again = [visitor.client.get(address) for address in reversed(addresses)]

    assert [(page.status_code, heading_of(page)) for page in again] == list(reversed(headings))
    assert [status for status, _ in headings] == [200, 200, 200, 200, 400, 200]
    assert 'value="veel"' in again[1].content.decode()
    assert all(page.headers["Cache-Control"] == "no-store" for page in again)


def test_an_address_of_a_check_opens_in_no_other_session_and_at_no_other_check(db: None) -> None:
    visitor = Visitor().begin()
    visitor.through(SINGLE)
    ((address, _status),) = visitor.page.redirect_chain
    query = address.split("?")[1]

    other = Client().get(address)
    elsewhere = visitor.client.get(f"/nagaan/individuele_inkomenstoeslag/?{query}")

    for page in (other, elsewhere):
        assert page.status_code == 400
        assert "Deze pagina was te oud. Uw antwoorden zijn weg." in words_of(page)
    assert len(address) < 4000, "fits in the request line of every web server in front"


def test_what_stands_in_a_page_opens_in_no_other_session_and_not_when_changed(db: None) -> None:
    visitor = Visitor().begin()
    visitor.answer("8-11-1984")
    state = state_of(visitor.page)

    other = Client().post(visitor.address, {"state": state, "answering": "1", "answer": "yes"})
    broken = visitor.client.post(visitor.address, {"state": state[:-6] + "AAAAAA", "answering": "1", "answer": "yes"})

    for page in (other, broken):
        assert page.status_code == 400
        assert "Deze pagina was te oud. Uw antwoorden zijn weg." in words_of(page)
        assert 'name="state"' not in page.content.decode()


def test_the_shared_facts_go_along_to_another_scheme_and_the_others_do_not(db: None) -> None:
    visitor = Visitor().begin()
    visitor.through(SINGLE)

    other = visitor.client.post("/nagaan/individuele_inkomenstoeslag/", {"state": state_of(visitor.page)}, follow=True)

    assert heading_of(other) == "Woont u in deze gemeente?"
    assert "8 november 1984" in words_of(other)
    assert "12.500" not in words_of(other)


def test_an_outcome_to_print_has_every_layer_open_and_no_buttons(db: None) -> None:
    visitor = Visitor().begin()
    visitor.through(SINGLE)

    page = visitor.post(print="1")

    assert 'details class="w-details" open' in page.content.decode()
    assert "Wijzig" not in words_of(page)


def test_an_unknown_check_does_not_exist(db: None) -> None:
    assert Client().get("/nagaan/huurtoeslag/").status_code == 404


def test_the_list_says_who_decides_and_leads_on(db: None) -> None:
    page = words_of(Client().get("/nagaan/"))

    assert "Individuele inkomenstoeslag" in page
    assert "Hierover beslist uw gemeente." in page
    assert "Hierover beslist Dienst Toeslagen." in page
