"""The public site: how a service was weighed and what its rounds did, without a person in it."""

from __future__ import annotations

from django.test import Client

from tests.cases.builders import SERVICE, TODAY, a_declaration, a_resident, resident
from tests.desk.builders import words_of
from waardig.accountability.actions import publish_figures
from waardig.cases import queries as cases
from waardig.cases.actions import apply
from waardig.cases.terms import CaseState
from waardig.proposals.actions import run_round
from waardig.values.actions import suspend

PAGE = f"/verantwoording/{SERVICE}/"


def a_round(clients: int, yes: int) -> None:
    """A round over so many clients, of whom the first say yes."""
    for _ in range(clients):
        a_resident()
    run_round(SERVICE)
    for case in cases.waiting([CaseState.PROPOSED])[0][:yes]:
        apply(case.id, a_declaration(), actor=resident(case.applicant), on=TODAY)
    publish_figures(SERVICE)


def csv_rows() -> dict[str, str]:
    """The figures of the file, by their Dutch name."""
    text = Client().get(f"{PAGE}cijfers.csv").content.decode()
    return {line.split(";")[0]: line.split(";")[2] for line in text.split("\r\n")[1:] if line}


def test_a_service_without_a_decision_and_an_unknown_one_give_the_same_answer() -> None:
    pages = [Client().get(path) for path in (PAGE, "/verantwoording/niets/")]

    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content == pages[1].content


def test_the_list_names_the_service_with_its_state(decided: None) -> None:
    shown = words_of(Client().get("/verantwoording/"))

    assert "Individuele inkomenstoeslag Status: In gebruik Voorwaarden: 11, nog niet gemeten" in shown


def test_the_page_tells_what_was_weighed_chosen_and_who_was_against(decided: None) -> None:
    shown = words_of(Client().get(PAGE))

    assert "Zelf zoeken wie geld misloopt: mag dat?" in shown
    assert "Het college vond dat goed, onder 11 voorwaarden." in shown
    assert "Genoeg om van te leven 5 van 5" in shown
    assert "Daarom: ja en nee zijn even groot." in shown
    assert "Daarom: Daarom:" not in shown
    assert "Tegen: de cliëntenraad wilde eerst een jaar proberen." in shown
    assert "Er was nog geen ronde. Niemand is nog benaderd." in shown


def test_the_counts_of_the_newest_round_leave_out_what_gives_somebody_away(decided: None) -> None:
    a_round(clients=24, yes=11)

    shown, rows = words_of(Client().get(PAGE)), csv_rows()

    assert (rows["Mensen over wie het ging"], rows["Ja, of zonder vraag"], rows["Toegekend"]) == (
        "24",
        "11",
        "0",
    )
    assert rows["Kregen een voorstel"] == "24"
    assert "Mensen over wie het ging 24" in shown


def test_a_number_below_ten_stands_neither_on_the_page_nor_in_the_file(decided: None) -> None:
    a_round(clients=24, yes=4)

    shown, rows = words_of(Client().get(PAGE)), csv_rows()

    assert rows["Ja, of zonder vraag"] == ""
    assert "Zeiden ja" not in shown
    assert "Kregen een voorstel 24" in shown


def test_a_suspended_service_says_since_when_why_and_what_goes_on(decided: None) -> None:
    suspend(SERVICE, "Er stond een fout in het bedrag.", "s.post", on=TODAY)

    shown = words_of(Client().get(PAGE))

    assert "Deze dienst staat stil sinds 28 april 2025 . Er stond een fout in het bedrag." in shown
    assert "Uw aanvraag, bezwaar en inzage gaan gewoon door." in shown


def test_without_a_round_there_is_no_file(decided: None) -> None:
    assert Client().get(f"{PAGE}cijfers.csv").status_code == 404


def test_the_page_speaks_english(decided: None) -> None:
    shown = words_of(Client().get(PAGE, headers={"accept-language": "en"}))

    assert "What could the college choose from?" in shown
    assert "Enough to live on 5 out of 5" in shown
