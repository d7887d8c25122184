"""Whether a text points at one person, and whose a text is: pure decisions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.feedback import core
from waardig.feedback.terms import PageName, Personal, Reader, TopicKind
from waardig.kernel.bilingual import Bilingual

BSN = "999990019"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Mijn nummer is {BSN}.", Personal.BSN),
        ("Mijn nummer is 9999.90.019", Personal.BSN),
        ("999 990 019, zo heet ik", Personal.BSN),
        ("op 28 april 2025 999990019", Personal.BSN),
        ("9 9 9 9 9 0 0 1 9", Personal.BSN),
        ("999-990-019", Personal.BSN),
        ("bel 06 00 00 01 23", Personal.PHONE),
        ("bel 088-0000120", Personal.PHONE),
        ("+31 (0)6 00000123", Personal.PHONE),
        ("0031600000123", Personal.PHONE),
        ("toos@voorbeeld.example", Personal.EMAIL),
        ("toos @ voorbeeld.example", Personal.EMAIL),
        ("NL91 ABNA 0417 1643 00", Personal.ACCOUNT),
        ("nl91abna0417164300", Personal.ACCOUNT),
        ("zaak RW-C 2025 0001", Personal.CASE),
        ("zaak RW 2025 0481 gaat over mij", Personal.CASE),
        ("rw-2025-0481", Personal.CASE),
    ],
)
def test_what_points_at_one_person_is_found_however_it_is_written(text: str, found: Personal) -> None:
    assert core.personal_in(text, "RW") is found


@pytest.mark.parametrize(
    "text",
    [
        "Het bedrag van € 1.406 op 28-04-2025 begrijp ik niet.",
        "Eerst 12.500 en toen 30.000, wat is het nu?",
        "12.500 3.000 4.000,25",
        "Artikel 36 van de Participatiewet, lid 1 en 2, sinds 2015.",
        "Postcode 9999 ZZ",
        "Stap 1, 2, 3, 4, 5, 6, 7, 8, 9",
        "999990018 is geen nummer van een mens",
        "",
    ],
)
def test_amounts_dates_and_articles_point_at_nobody(text: str) -> None:
    assert core.personal_in(text, "RW") is None


@given(st.text(alphabet="abc \n.,", max_size=60), st.text(alphabet="abc \n,", max_size=60))
def test_a_number_of_a_person_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert core.personal_in(f"{before} {BSN} {after}") is Personal.BSN


@given(st.text(max_size=300))
def test_no_text_breaks_the_search(text: str) -> None:
    assert core.personal_in(text, "RW") in {None, *Personal}


def test_a_text_has_the_team_of_its_service_as_author_and_else_nobody_but_policy() -> None:
    said = Bilingual("Waarom", "Why")
    known = core.topics(
        {"portal.why": PageName(said, by_service=True), "portal.home": PageName(Bilingual("Overzicht", "Overview"))},
        {"toeslag": (Bilingual("Toeslag", "Supplement"), "inkomen")},
        {"toeslag/proposal": Bilingual("Een voorstel", "A proposal"), "_algemeen/helper": Bilingual("Hulp", "Help")},
    )

    assert {key: topic.team for key, topic in known.items()} == {
        "portal.why": "",
        "portal.home": "",
        "portal.why.toeslag": "inkomen",
        "bericht.toeslag.proposal": "inkomen",
        "bericht._algemeen.helper": "",
    }
    assert known["portal.why.toeslag"].name == Bilingual("Waarom: Toeslag", "Why: Supplement")
    assert known["bericht.toeslag.proposal"].file == "toeslag/proposal"
    assert known["bericht.toeslag.proposal"].kind is TopicKind.MESSAGE


def test_a_team_reads_its_own_texts_and_policy_reads_all() -> None:
    known = core.topics(
        {"portal.home": PageName(Bilingual("Overzicht", "Overview"))},
        {"toeslag": (Bilingual("Toeslag", "Supplement"), "inkomen")},
        {"toeslag/proposal": Bilingual("Een voorstel", "A proposal")},
    ).values()

    def keys(reader: Reader) -> set[str]:
        return {one.key for one in core.read_by(reader, known)}

    assert keys(Reader("a", "inkomen", policy=False)) == {"bericht.toeslag.proposal"}
    assert keys(Reader("b", "betalen", policy=False)) == set()
    assert keys(Reader("c", "", policy=False)) == set()
    assert keys(Reader("d", "beleid", policy=True)) == {"portal.home", "bericht.toeslag.proposal"}
