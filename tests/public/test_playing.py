"""Probeer de wet: invented facts, every step of the law, and not one write to the database."""

from __future__ import annotations

import html
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.builders import words_of
from waardig.faces.public.views import playing
from waardig.faces.public.views.pace import MOST_OF_ONE, WINDOW_SECONDS, Pace
from waardig.law.terms import InputNeed
from waardig.screens.playing.facts import NotUsable, shown_value, typed_fact
from waardig.screens.playing.names import plain_words

PAGE = "/verantwoording/proberen/wet_op_de_zorgtoeslag/"


@pytest.fixture(autouse=True)
def _an_own_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "PACE", Pace())


def fields_of(response: Any) -> dict[str, str]:
    """Everything that the form of a page would send."""
    text = response.content.decode()
    found = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def the_example(**changes: str) -> dict[str, str]:
    """The first example of the file about the amount, with changes."""
    return {**fields_of(Client().get(PAGE)), **{f"f-{name}": value for name, value in changes.items()}}


def run(client: Client | None = None, **posted: str) -> Any:
    return (client or Client()).post(PAGE, {"do": "run", **posted, "output": "toegekende_zorgtoeslag"})


def test_a_page_begins_with_the_first_example_of_the_law(db: None) -> None:
    page = Client().get(PAGE)

    fields = fields_of(page)
    assert fields["day"] == "1-6-2025"
    assert (fields["f-geboortedatum"], fields["f-is_verzekerd"], fields["f-toetsingsinkomen"]) == (
        "1980-01-01",
        "ja",
        "0",
    )
    assert "Dit is een proef met verzonnen gegevens." in words_of(page)


def test_a_run_shows_the_outcome_and_every_step_with_article_text_link_and_status(db: None) -> None:
    page = run(**the_example(toetsingsinkomen="30.000"))

    shown = words_of(page)
    assert "toegekende zorgtoeslag: € 1.355" in shown
    assert "is minstens minimum tegemoetkoming" in shown
    assert "Wet op de zorgtoeslag, artikel 2" in shown
    assert "Indien de normpremie voor een verzekerde in het berekeningsjaar minder bedraagt" in shown
    assert "oudere tekst" in shown
    assert 'href="https://wetten.overheid.nl/jci1.3:c:BWBR0018451&amp;artikel=2&amp;lid=1' in page.content.decode()


def test_one_changed_fact_is_set_beside_the_run_before(db: None) -> None:
    first = run(**the_example(toetsingsinkomen="30.000"))

    second = run(**{**fields_of(first), "f-toetsingsinkomen": "20.000"})

    shown = words_of(second)
    assert "toegekende zorgtoeslag: € 1.573" in shown
    assert "Eerst was het: toegekende zorgtoeslag: € 1.355" in shown
    assert "toetsingsinkomen: 30.000 → 20.000" in shown


def test_what_is_left_empty_is_unknown_and_geen_is_absent(db: None) -> None:
    unknown = run(**the_example(toetsingsinkomen=""))

    assert "niet bekend: toetsingsinkomen" in words_of(unknown)


def test_facts_are_downloaded_as_the_command_takes_them_and_pasted_back(db: None, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from waardig.law.cli import law

    sent = {**the_example(toetsingsinkomen="30.000"), "do": "download", "output": "toegekende_zorgtoeslag"}
    file = Client().post(PAGE, sent)
    (tmp_path / "proef.json").write_bytes(file.content)

    assert file["Content-Disposition"] == 'attachment; filename="proef.json"'
    said = CliRunner().invoke(
        law,
        ["run", "wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", "--on", "2025-06-01", "--json", "--data",
         str(tmp_path / "proef.json")],
    )  # fmt: skip
    assert json.loads(said.output)["outputs"]["toegekende_zorgtoeslag"]["value"] == 135500
    pasted = Client().post(
        PAGE, {"do": "upload", "output": "toegekende_zorgtoeslag", "day": "1-6-2025", "data": file.content.decode()}
    )
    assert fields_of(pasted)["f-toetsingsinkomen"] == "30.000"


TOO_LONG_A_NUMBER = '{"a": {"rows": [{"b": ' + "9" * 5000 + "}]}}"


@pytest.mark.parametrize("data", ["{", "[]", '"x"', '{"a": 1}', '{"a": {"rows": 3}}', "[" * 15_000, TOO_LONG_A_NUMBER])
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(db: None, data: str) -> None:
    page = Client().post(PAGE, {"do": "upload", "data": data, "day": "1-6-2025"})

    assert page.status_code == 400
    assert "Dit kunnen wij niet lezen." in words_of(page)


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"day": "gisteren"}, "Vul een dag in, bijvoorbeeld 28-4-2025."),
        ({"day": "1-1-1999"}, "Kies een dag tussen 2010 en 2035."),
        ({"day": "1-6-2019"}, "geldt niet op 2019-06-01"),
        ({"data": "x" * 30_000, "do": "upload"}, "Dit bestand is te groot"),
    ],
)
def test_what_the_law_cannot_answer_is_said_in_plain_words(db: None, posted: dict[str, str], said: str) -> None:
    page = run(**{**the_example(), **posted})

    assert page.status_code == 400
    assert said in words_of(page)


def test_a_wrong_value_is_named_beside_its_field_and_kept(db: None) -> None:
    page = run(**the_example(toetsingsinkomen="veel"))

    assert page.status_code == 200
    assert "Dit past niet. Kijk naar het voorbeeld." in words_of(page)
    assert 'value="veel"' in page.content.decode()
    assert "Elke stap" not in words_of(page)


def test_nothing_is_written_and_no_cookie_is_set(db: None, owner: psycopg.Connection) -> None:
    client = Client(enforce_csrf_checks=True)

    with CaptureQueriesContext(connection) as asked:
        client.get("/verantwoording/proberen/")
        page = run(client, **the_example(toetsingsinkomen="34.567,89"))

    assert page.status_code == 200
    assert [q["sql"] for q in asked.captured_queries if not q["sql"].startswith("SELECT")] == []
    assert client.cookies == {}
    assert owner.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert "34.567,89" not in page.request["PATH_INFO"] + page.request.get("QUERY_STRING", "")


def test_who_tries_too_much_in_a_row_waits_and_keeps_what_was_typed(db: None) -> None:
    client, sent = Client(), the_example(toetsingsinkomen="30.000")
    statuses = [run(client, **sent).status_code for _ in range(MOST_OF_ONE)]

    slow = run(client, **sent)

    assert set(statuses) == {200}
    assert (slow.status_code, slow["Retry-After"]) == (429, str(int(WINDOW_SECONDS)))
    assert "Wacht een minuut" in words_of(slow)
    assert fields_of(slow)["f-toetsingsinkomen"] == "30.000"


def test_the_pace_forgets_after_its_window_and_knows_everybody_apart() -> None:
    from django.test import RequestFactory

    now = [0.0]
    pace = Pace(lambda: now[0])
    one, other = (RequestFactory().post("/", REMOTE_ADDR=address) for address in ("192.0.2.1", "192.0.2.2"))

    assert [pace.allows(one) for _ in range(MOST_OF_ONE + 1)][-2:] == [True, False]
    assert pace.allows(other)
    now[0] = WINDOW_SECONDS + 1
    assert pace.allows(one)


def test_every_example_of_every_law_can_be_filled_in_and_run(db: None) -> None:
    from waardig.screens.frames import sandbox_frame
    from waardig.screens.playing.pages import law_page, playable, public_place

    failed = []
    for law, examples in playable():
        place = public_place(sandbox_frame(HttpRequest()), law.id, other_href="")
        for number in range(0, len(examples), max(1, len(examples) // 6)):
            filled = law_page(place, law.id, {"do": "example", "example": str(number)})
            posted = {field.name: field.value for field in filled.fields} | {"do": "run", "day": filled.day}
            chosen = next(option.value for option in filled.outputs if option.chosen)
            page = law_page(place, law.id, {**posted, "output": chosen, "example": str(number)})
            refused = page.problem is not None and "over aan een andere regeling" in page.problem.nl
            if (page.result is None and not refused) or any(field.error for field in page.fields):
                failed.append((law.id, number, page.problem))

    assert failed == []


def test_the_list_names_laws_with_examples_in_both_languages(db: None) -> None:
    dutch, english = (words_of(Client().get(f"/verantwoording/proberen/{query}")) for query in ("", "?taal=en"))

    assert "Wet op de zorgtoeslag Wet." in dutch
    assert "Act of parliament." in english
    assert Client().get("/verantwoording/proberen/niets/").status_code == 404


def test_where_the_outcome_turns_is_computed_when_somebody_asks(db: None) -> None:
    asked = the_example(toetsingsinkomen="45.000")

    plain = words_of(run(**asked))
    page = words_of(Client().post(PAGE, {**asked, "do": "turns", "output": "toegekende_zorgtoeslag"}))

    assert "toetsingsinkomen: hoogstens € 39.719,30 → € 24" in page
    assert "Dit is geen advies." in page
    assert "Zonder deze gegevens was de uitkomst anders: heeft toeslagpartner, toetsingsinkomen" in page
    assert "hoogstens € 39.719,30" not in plain


def test_what_is_not_known_yet_is_asked_before_anything_is_said_about_changes(db: None) -> None:
    asked = {**the_example(toetsingsinkomen=""), "do": "turns", "output": "toegekende_zorgtoeslag"}

    page = words_of(Client().post(PAGE, asked))

    assert "Dat is nog niet te zeggen. De wet moet eerst meer weten." in page
    assert "wordt de uitkomst niet anders" not in page
    assert "Zonder deze gegevens" not in page


def test_a_search_that_was_too_long_is_no_claim_that_nothing_changes_it(db: None) -> None:
    objection = "/verantwoording/proberen/algemene_wet_bestuursrecht/"
    facts = {
        "f-datum_bekendmaking": "28-4-2025",
        "f-datum_ontvangst_bezwaar": "18-6-2026",
        "f-datum_poststempel": "geen",
    }
    asked = {"do": "turns", "output": "bezwaar_tijdig", "day": "28-4-2025", "example": "0", **facts}

    page = words_of(Client().post(objection, asked))

    assert "Bij deze gegevens kon de computer niet alles nagaan: " in page
    assert "wordt de uitkomst niet anders" not in page


def test_examples_are_told_in_euros_and_days_and_no_two_alike(db: None) -> None:
    page = words_of(Client().get(PAGE))

    assert "zonder partner, inkomen €\xa030.000 in het jaar van 1 juni 2025" in page.replace("€ ", "€\xa0")
    assert " cent" not in page.partition("Begin met een voorbeeld")[2].partition("Vul het voorbeeld in")[0]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("inkomen 3000000 cent in 2025-06-01", "inkomen € 30.000 in 1 juni 2025"),
        ("samen 100 en null cent", "samen € 1 en niets"),
        ("2349.9 cent berekend", "2349.9 cent berekend"),
        ("eerste kind true, tot 2025-02-30", "eerste kind ja, tot 2025-02-30"),
        ("zaak 2025-06-01-12", "zaak 2025-06-01-12"),
    ],
)
def test_an_invented_case_is_called_in_words(name: str, told: str) -> None:
    assert plain_words(name).replace("\xa0", " ") == told


def test_a_day_that_cannot_be_is_no_law_that_needs_nothing(db: None) -> None:
    page = Client().post(PAGE, {**the_example(), "day": "1-1-0001", "do": "run"})

    assert page.status_code == 400
    assert "De wet heeft hiervoor geen gegevens nodig." not in words_of(page)


def test_a_step_names_its_paragraph_and_a_part_of_a_day_in_words(db: None) -> None:
    shown = words_of(run(**the_example(toetsingsinkomen="30.000")))

    assert "Wet op de zorgtoeslag, art. 2 lid 1" in shown
    assert "het jaar van de dag waarvoor wij rekenen: 2025" in shown
    assert "referencedate" not in shown


def test_no_case_is_said_to_fail_while_it_is_not_known(db: None) -> None:
    shown = words_of(run(**the_example(toetsingsinkomen="")))

    assert "welk geval geldt: niet bekend: toetsingsinkomen" in shown
    assert "geen van de gevallen geldt" not in shown


def test_what_no_single_fact_can_change_is_said(db: None) -> None:
    asked = the_example(toetsingsinkomen="45.000", is_verzekerd="nee", vermogen="900.000")

    page = words_of(Client().post(PAGE, {**asked, "do": "turns", "output": "toegekende_zorgtoeslag"}))

    assert "Met één ander gegeven wordt de uitkomst niet anders." in page


CHILDREN = "/verantwoording/proberen/wet_op_het_kindgebonden_budget/"
HOUSEHOLD = {
    "do": "run",
    "output": "hoogte_kindgebonden_budget",
    "day": "1-6-2025",
    "f-heeft_toeslagpartner": "nee",
    "f-toetsingsinkomen": "40.000",
    "f-vermogen": "0",
}


def test_an_example_with_counts_of_children_asks_those_counts_and_no_list(db: None) -> None:
    fields = fields_of(Client().get(CHILDREN))

    assert (fields["f-aantal_kinderen_tot_12"], "f-kinderen" in fields) == ("1", False)
    assert "hoogte kindgebonden budget: € 5.900" in words_of(
        Client().post(CHILDREN, {**fields, "do": "run", "output": "hoogte_kindgebonden_budget"})
    )


@pytest.mark.parametrize(
    ("text", "amount"), [("23,499", Decimal("2349.9")), ("-1.000,005", Decimal("-100000.5")), ("12,50", 1250)]
)
def test_an_amount_may_have_a_part_of_a_cent(text: str, amount: Decimal | int) -> None:
    need = InputNeed("a", "amount", "eurocent", "", (), "w", "1", "", "input")

    fact = typed_fact(need, text)

    assert fact is not None and fact.value == amount
    assert shown_value(need, fact) == text


@pytest.mark.parametrize("text", ["1,2,345", "1,23x", "12,34 5"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotUsable):
        typed_fact(InputNeed("a", "amount", "eurocent", "", (), "w", "1", "", "input"), text)


def test_children_are_typed_one_by_one_and_each_is_explained(db: None) -> None:
    children = "11-4-2020 / ja; 30-6-2013 / ja; 1-6-2009 / ja; 1-1-2015 / nee"

    page = Client().post(CHILDREN, {**HOUSEHOLD, "f-kinderen": children})

    shown = words_of(page)
    assert "hoogte kindgebonden budget: € 10.801,83" in shown
    assert "kind 4: telt niet mee" in shown
    assert fields_of(page)["f-kinderen"] == children
    again = Client().post(CHILDREN, {**fields_of(page), "do": "download", "output": "hoogte_kindgebonden_budget"})
    (row,) = json.loads(again.content)["proef"]["rows"]
    assert row["kinderen"][3] == {"geboortedatum": "2015-01-01", "kinderbijslag": False}
    sent = {"do": "upload", "output": "hoogte_kindgebonden_budget", "day": "1-6-2025", "data": again.content.decode()}
    back = Client().post(CHILDREN, sent)
    assert fields_of(back)["f-kinderen"].startswith("2020-04-11 / ja; 2013-06-30 / ja")


def test_a_child_of_whom_the_birthday_is_left_out_leaves_the_outcome_open(db: None) -> None:
    page = Client().post(CHILDREN, {**HOUSEHOLD, "f-kinderen": " / ja"})

    assert "niet bekend: kinderen.geboortedatum" in words_of(page)


def test_more_about_a_child_than_the_law_asks_does_not_fit(db: None) -> None:
    page = Client().post(CHILDREN, {**HOUSEHOLD, "f-kinderen": "11-4-2020 / ja / Anna"})

    assert "Dit past niet. Kijk naar het voorbeeld." in words_of(page)
