"""The law at the desk: every employee reads it beside its machine form, plays with it and sees its scenarios."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.builders import a_decider, words_of
from tests.identity.signing_in import a_resident, an_employee, signed_in_client
from tests.public.test_playing import fields_of
from waardig.cases.queries import book
from waardig.identity.terms import Role
from waardig.kernel.content import content_roots
from waardig.law import queries as law
from waardig.law.core.findings import finding, said
from waardig.law.queries import ScenarioResult
from waardig.screens.desk_pages import law_list_page, law_scenarios_page
from waardig.screens.playing.pages import cases_of

pytestmark = pytest.mark.usefixtures("db")
ZORG = "/balie/wetten/wet_op_de_zorgtoeslag"


@pytest.fixture
def sanne() -> Client:
    """Sanne Post, who writes policy."""
    return signed_in_client(an_employee("beleid", number="s.post", name="Sanne Post"))


@pytest.mark.parametrize("role", list(Role))
def test_every_employee_may_read_the_law(role: Role) -> None:
    client = signed_in_client(an_employee(role.value))

    assert client.get("/balie/wetten/").status_code == 200
    assert client.get(f"{ZORG}/2025-01-01/").status_code == 200


@pytest.mark.parametrize("page", ["/", "/x/", "/x/spelen/", "/x/scenarios/", "/x/2025-01-01/"])
def test_the_pages_are_for_employees_only(page: str) -> None:
    assert signed_in_client(a_resident()).get(f"/balie/wetten{page}").status_code == 403


def test_the_list_shows_layer_region_version_status_and_scenarios(sanne: Client) -> None:
    words = words_of(sanne.get("/balie/wetten/?zoek=zorgtoeslag&laag=WET"))

    assert "1 wet " in words
    assert "Wet op de zorgtoeslag Wet, heel Nederland" in words
    assert "Geldt nu sinds 1 januari 2025 3 versies" in words
    assert "oudere tekst" in words
    number = len(law.scenarios_of(book(), content_roots(), "wet_op_de_zorgtoeslag"))
    assert f"{number} groen" in words
    assert "rood" not in words.replace("rode", "")


def test_the_list_finds_the_regulations_of_the_municipality(sanne: Client) -> None:
    words = words_of(sanne.get("/balie/wetten/?gebied=GM9999"))

    assert "gemeente Rietwaarden" in words
    assert "Wet op de zorgtoeslag" not in words
    assert "Laat alle wetten zien" in words


def test_a_search_without_result_says_so(sanne: Client) -> None:
    words = words_of(sanne.get("/balie/wetten/?zoek=griffierecht"))

    assert "0 wetten" in words
    assert "Er is geen wet die hierbij past." in words


def test_the_list_is_paged_and_keeps_the_filter(sanne: Client) -> None:
    first = sanne.get("/balie/wetten/")

    assert first.content.decode().count('scope="row"') == 20
    assert "/balie/wetten/?pagina=2" in first.content.decode()
    assert sanne.get("/balie/wetten/?pagina=99").status_code == 302


@pytest.mark.usefixtures("session_not_touched")
def test_the_list_asks_the_database_the_same_for_one_law_and_for_twenty(sanne: Client) -> None:
    counts = []
    for address in ("/balie/wetten/?zoek=zorgtoeslag&laag=WET", "/balie/wetten/"):
        sanne.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            sanne.get(address)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_law_leads_to_the_version_of_today(sanne: Client) -> None:
    assert sanne.get(f"{ZORG}/").headers["Location"] == f"{ZORG}/2025-01-01/"
    assert sanne.get("/balie/wetten/wet_van_niets/").status_code == 404
    assert sanne.get(f"{ZORG}/1999-01-01/").status_code == 404
    assert sanne.get("/balie/wetten/wet_van_niets/spelen/").status_code == 404
    assert sanne.get("/balie/wetten/wet_van_niets/scenarios/").status_code == 404


def tidy(words: str) -> str:
    """Without the space that a mark leaves before a comma, a colon or a bracket."""
    return re.sub(r" ([,.:;)])", r"\1", words).replace("( ", "(")


def test_a_law_stands_beside_its_machine_form(sanne: Client) -> None:
    page = sanne.get(f"{ZORG}/2024-01-01/")

    words = tidy(words_of(page))
    assert "Gold van 1 januari 2024 tot en met 31 december 2024" in words
    assert "Indien de normpremie voor een verzekerde in het berekeningsjaar minder bedraagt" in words
    assert "Drempelinkomen € 26.819 gepubliceerd: officieel drempelinkomen 2024" in words
    assert "Als: heeft toeslagpartner Dan: 2 keer standaardpremie In alle andere gevallen: standaardpremie" in words
    assert "Normpremie is minder dan standaardpremie huishouden" in words
    assert "Ingevuld door: Regeling vaststelling standaardpremie" in words
    assert "Berekend in: Algemene wet inkomensafhankelijke regelingen, artikel 14" in words
    assert "vult in: standaardpremie (artikel 4 hier)" in words
    assert "Niets op aan te merken." in words
    assert 'href="https://wetten.overheid.nl/jci1.3:c:BWBR0018451&amp;artikel=2' in page.content.decode()
    assert "448    - number: 2a" in page.content.decode()


def test_every_version_of_every_law_can_be_read_in_both_languages(sanne: Client) -> None:
    for version in law.versions_in(book()):
        page = sanne.get(f"/balie/wetten/{version.id}/{version.key}/")
        assert page.status_code == 200, version
        assert "Traceback" not in page.content.decode()


def test_links_of_a_law_to_other_laws_lead_somewhere(sanne: Client) -> None:
    page = sanne.get(f"{ZORG}/2025-01-01/").content.decode()

    found = set(re.findall(r'href="(/balie/wetten/[^"]+)"', page))
    assert len(found) > 6
    for href in found:
        assert sanne.get(href).status_code in (200, 302), href


def test_playing_begins_with_a_case_of_the_version_that_is_read(sanne: Client) -> None:
    page = sanne.get(f"{ZORG}/2020-01-01/").content.decode()
    href = re.search(r'href="([^"]+spelen/\?voorbeeld=\d+)"', page)
    assert href

    fields = fields_of(sanne.get(href[1]))
    assert fields["day"].endswith("-2020")


def test_an_employee_plays_and_an_unknown_fact_becomes_a_question(sanne: Client) -> None:
    fields = fields_of(sanne.get(f"{ZORG}/spelen/"))

    page = sanne.post(f"{ZORG}/spelen/", {**fields, "do": "run", "f-toetsingsinkomen": ""})

    words = words_of(page)
    assert "De wet moet eerst nog dit weten: Toetsingsinkomen van het berekeningsjaar" in words
    assert 'href="#id_f-toetsingsinkomen"' in page.content.decode()
    assert "Wij bewaren niets. Vul hier geen gegevens van echte mensen in." in words


def test_an_employee_sees_when_it_would_be_another_outcome_and_no_advice(sanne: Client) -> None:
    fields = fields_of(sanne.get(f"{ZORG}/spelen/"))

    page = sanne.post(f"{ZORG}/spelen/", {**fields, "do": "turns", "f-toetsingsinkomen": "39.720"})

    words = words_of(page)
    assert "Wanneer wordt het anders?" in words
    assert "Dit is geen advies." in words


def test_playing_wants_the_token_of_a_form() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = a_decider().cookies

    assert strict.post(f"{ZORG}/spelen/", {"do": "run"}).status_code == 403


def test_wrong_input_is_said_at_the_field(sanne: Client) -> None:
    fields = fields_of(sanne.get(f"{ZORG}/spelen/"))

    words = words_of(sanne.post(f"{ZORG}/spelen/", {**fields, "do": "run", "f-toetsingsinkomen": "veel"}))

    assert "Dit past niet. Kijk naar het voorbeeld." in words


def test_a_law_without_any_case_can_be_played_with_at_the_desk(sanne: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("waardig.screens.playing.pages.playable", lambda: ())

    fields = fields_of(sanne.get(f"{ZORG}/spelen/"))

    assert fields["day"] == "28-4-2025"
    assert Client().get("/verantwoording/proberen/wet_op_de_zorgtoeslag/").status_code == 404


def test_every_scenario_of_a_law_is_shown_green_and_leads_to_its_facts(sanne: Client) -> None:
    page = sanne.get(f"{ZORG}/scenarios/")

    text = page.content.decode()
    assert text.count("Groen: klopt") == 25
    assert "Rood: klopt niet" not in text
    assert "Ze gaan over niemand." in words_of(page)
    hrefs = re.findall(r'href="([^"]+\?voorbeeld=\d+)"', text)
    assert len(set(hrefs)) == 25
    assert fields_of(sanne.get(f"{ZORG}/spelen/?voorbeeld=4"))["f-toetsingsinkomen"] == "39.715"


def test_a_scenario_in_the_folder_of_a_law_that_asks_another_law_belongs_to_both(sanne: Client) -> None:
    page = sanne.get("/balie/wetten/regeling_standaardpremie/scenarios/")

    assert "Groen: klopt" in words_of(page)
    hrefs = re.findall(r'href="([^"]+/spelen/[^"]+)"', page.content.decode())
    assert hrefs
    assert {href.partition("/spelen/")[0] for href in hrefs} == {ZORG}
    assert fields_of(sanne.get(hrefs[0]))["day"] == "1-6-2020"


def _wrong(book_: law.LawBook, tmp_path: Path) -> tuple[ScenarioResult, ...]:
    feature = next((content_roots()[0] / "laws").rglob("wet_op_de_zorgtoeslag/scenarios/hoogte.feature"))
    text = feature.read_text("utf-8")
    broken = text.replace("| 135504   | 135500    |", "| 135504   | 135600    |")
    assert broken != text
    folder = tmp_path / "laws" / "nl"
    folder.mkdir(parents=True)
    (folder / "hoogte.feature").write_text(broken, "utf-8")
    return law.scenarios_of(book_, [tmp_path], "wet_op_de_zorgtoeslag")


def test_a_red_scenario_says_what_was_expected_and_shows_every_step(
    sanne: Client, tmp_path: Path, monkeypatch: Any
) -> None:
    results = _wrong(book(), tmp_path)
    red = [one for one in results if one.status == "failed"]
    assert red
    assert [(one.output, one.expected, one.found) for one in red] == [("toegekende_zorgtoeslag", "135600", "135500")]
    case = next(case for case in cases_of("wet_op_de_zorgtoeslag") if case.line == red[0].at)
    monkeypatch.setattr(law_list_page, "scenarios_of", lambda _law: results)
    monkeypatch.setattr(
        law_scenarios_page, "cases_of", lambda _law: (law.Example(**{**vars(case), "file": red[0].file}),)
    )

    page = sanne.get(f"{ZORG}/scenarios/?toon=rood")

    words = words_of(page)
    assert "1 rood" in words
    assert "Uitkomst toegekende zorgtoeslag Verwacht 135600 Gevonden 135500" in words
    assert "Rood: klopt niet" in words
    assert "Elke stap" in words
    assert "Groen: klopt" not in words
    assert f"{ZORG}/spelen/?voorbeeld=0" in page.content.decode()


def test_reading_the_law_and_playing_read_nobody_and_keep_nothing(sanne: Client, owner: psycopg.Connection) -> None:
    fields = fields_of(sanne.get(f"{ZORG}/spelen/"))
    lines = owner.execute("SELECT count(*) FROM log.line").fetchone()

    with CaptureQueriesContext(connection) as asked:
        for address in ("/balie/wetten/", f"{ZORG}/2025-01-01/", f"{ZORG}/scenarios/", f"{ZORG}/spelen/"):
            assert sanne.get(address).status_code == 200
        page = sanne.post(f"{ZORG}/spelen/", {**fields, "do": "run", "f-toetsingsinkomen": "34.567,89"})

    assert "34.567,89" in page.content.decode()
    statements = [q["sql"] for q in asked.captured_queries]
    assert [one for one in statements if not one.startswith("SELECT") and "identity_session" not in one] == []
    assert [one for one in statements if "34567" in one or "34.567" in one] == []
    assert owner.execute("SELECT count(*) FROM log.line").fetchone() == lines


def test_a_draft_is_tried_and_nothing_is_kept(sanne: Client, monkeypatch: Any) -> None:
    asked: list[tuple[str, str]] = []
    draft = law.TriedDraft(
        law_id="regeling_fietspas",
        name="Regeling fietspas",
        valid_from="2025-01-01",
        replaces=True,
        findings=(finding("ontwerp.yaml", 12, said("unknown_variable", name="x")),),
        scenarios=(
            ScenarioResult("/a/b.feature", "fout", 9, "failed", "", 7, "regeling_fietspas", "bedrag", "100", "99"),
            ScenarioResult("/a/b.feature", "goed", 3, "passed", "", 3, "regeling_fietspas"),
        ),
        left_out=2,
    )
    monkeypatch.setattr(law, "try_draft", lambda _roots, text, own: asked.append((text, own)) or draft)

    with CaptureQueriesContext(connection) as statements:
        page = sanne.post("/balie/wetten/uitproberen/", {"law": "$id: a", "scenarios": "Feature: x"})

    words = tidy(words_of(page))
    assert asked == [("$id: a", "Feature: x")]
    assert "Regeling fietspas, 2025-01-01. Deze versie staat al in de bibliotheek." in words
    assert "Fout, regel 12: de variabele '$x' is er niet Verbeter de naam, of geef hem hierboven op" in words
    assert "1 groen, 1 rood" in words
    assert "Uitkomst bedrag Verwacht 100 Gevonden 99" in words
    assert "Nog 2 regels staan hier niet." in words
    assert "/a/b.feature" not in page.content.decode(), "a path of the machine is nobody's business"
    assert [q["sql"] for q in statements.captured_queries if "fietspas" in q["sql"] or "$id: a" in q["sql"]] == []


def test_a_chosen_file_goes_before_what_was_pasted(sanne: Client, monkeypatch: Any) -> None:
    asked: list[str] = []
    monkeypatch.setattr(law, "try_draft", lambda _roots, text, _own: asked.append(text) or law.TriedDraft())

    sanne.post("/balie/wetten/uitproberen/", {"law": "geplakt", "file": BytesIO(b"\xef\xbb\xbfgekozen")})

    assert asked == ["gekozen"]


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"law": "  "}, "Plak een wetsbestand of kies een bestand."),
        ({"file": b"\xff\xfe\x00"}, "Dit bestand is geen tekst. Kies een YAML-bestand."),
        ({"law": "x" * 200_001}, "Dit is te groot. Een ontwerp mag 200.000 tekens lang zijn."),
        ({"file": b"x" * 300_000}, "Dit is te groot. Een ontwerp mag 200.000 tekens lang zijn."),
    ],
)
def test_what_cannot_be_tried_is_said_at_the_field(sanne: Client, posted: dict[str, Any], words: str) -> None:
    sent = {name: BytesIO(value) if isinstance(value, bytes) else value for name, value in posted.items()}

    page = sanne.post("/balie/wetten/uitproberen/", sent)

    assert page.status_code == 400
    assert words_of(page).count(words) == 2
    assert 'aria-invalid="true"' in page.content.decode()


def test_the_form_for_a_draft_is_empty_and_says_that_nothing_is_kept(sanne: Client) -> None:
    words = words_of(sanne.get("/balie/wetten/uitproberen/"))

    assert "Wij bewaren niets." in words
    assert "Niets op aan te merken." not in words
    assert "/balie/wetten/uitproberen/" in sanne.get("/balie/wetten/").content.decode()


def test_the_stages_of_a_decision_stand_on_the_page_of_their_law(sanne: Client) -> None:
    words = tidy(words_of(sanne.get("/balie/wetten/algemene_wet_bestuursrecht/2015-01-01/")))

    assert "Hoe komt een besluit tot stand?" in words
    assert "Bekendmaking" in words.partition("Hoe komt een besluit tot stand?")[2].partition("De artikelen")[0]
    other = words_of(sanne.get(f"{ZORG}/2025-01-01/"))
    assert "Hoe komt een besluit tot stand?" not in other
