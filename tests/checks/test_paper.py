"""A check on paper: every question, with the answer after which it counts, as a tagged PDF."""

from __future__ import annotations

from datetime import date

import pypdfium2
from django.test import Client

from waardig.checks import queries as checks

TODAY = date(2025, 4, 28)


def words_on(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_on_paper_a_question_says_after_which_answer_it_counts() -> None:
    asked = checks.paper_questions(checks.check_of("zorgtoeslag"), TODAY)

    only = {one.question.input: one.only_after for one in asked}
    assert [one.number for one in asked] == list(range(1, 10))
    assert only["geboortedatum"] is None
    assert only["heeft_toeslagpartner"] == (2, ("True",))
    assert only["partner_is_verzekerd"] == (3, ("True",))
    assert only["partner_is_verzekeringsplichtig"] == (4, ("False",))
    assert only["toetsingsinkomen_partner"] == (3, ("True",))


def test_the_form_is_a_tagged_pdf_with_every_question_and_no_name(db: None) -> None:
    answer = Client().get("/nagaan/zorgtoeslag/papier.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert b"pdfuaid:part" in answer.content
    words = words_on(answer.content)
    assert "Zelf nagaan: Zorgtoeslag" in words
    assert "9. Hoeveel spaargeld en beleggingen had uw toeslagpartner op 1 januari 2025?" in words
    assert "Alleen als u bij vraag 3 “Ja” koos." in words
    assert "Gemeente Rietwaarden" in words or "gemeente" in words.lower()


def test_the_form_of_an_unknown_check_does_not_exist(db: None) -> None:
    assert Client().get("/nagaan/niets/papier.pdf").status_code == 404
