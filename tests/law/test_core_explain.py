"""The explanation says which article, which text, which value and what was not needed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.law.builders import LAWS, ask, facts, the_laws
from waardig.law.core import words
from waardig.law.queries import LawBook, law_book
from waardig.law.terms import Step, Value


def walk(step: Step) -> Iterator[Step]:
    yield step
    for child in step.children:
        yield from walk(child)


def steps(**values: object) -> list[Step]:
    result = ask(the_laws(), "toetswet", "bijdrage", facts=facts(**values), explain=True)
    return [step for tree in result.steps for step in walk(tree)]


def test_every_step_cites_its_article_with_text_link_and_version() -> None:
    for step in steps(inkomen=3000000, heeft_partner=False):
        assert (step.law, step.article, step.version) == ("toetswet", "1", "2024-01-01")
        assert step.url == "https://example.org/toetswet/1"
        assert step.article_text.startswith("De bijdrage is 1,896 procent")
        assert step.words_nl
        assert step.words_en


def test_the_branch_that_decided_is_marked_and_the_other_was_not_needed() -> None:
    found = {
        step.role: step for step in steps(inkomen=3000000, heeft_partner=False) if step.role in ("then", "default")
    }

    assert (found["then"].not_needed, found["then"].taken) == (True, False)
    assert (found["default"].not_needed, found["default"].taken) == (False, True)
    assert found["then"].words_nl == "opgeteld: niet nodig"


def test_a_fact_tells_where_it_comes_from() -> None:
    from waardig.law.terms import Fact

    asked = {"inkomen": Fact(3000000, source="Belastingdienst"), "heeft_partner": Fact(False, presumed=True)}
    result = ask(the_laws(), "toetswet", "bijdrage", facts=asked, explain=True)
    words = {step.name: step.words_nl for tree in result.steps for step in walk(tree) if step.kind == "input"}

    assert words == {
        "heeft_partner": "heeft partner: nee (in uw voordeel aangenomen)",
        "inkomen": "inkomen: € 30.000 (volgens Belastingdienst)",
    }


def test_a_step_told_twice_keeps_its_id_and_leaves_out_its_children() -> None:
    result = ask(
        the_laws(), "toetswet", "bijdrage", "categorie", facts=facts(inkomen=1, heeft_partner=False), explain=True
    )
    told = [step for tree in result.steps for step in walk(tree) if step.name == "gezamenlijk"]

    assert len({step.id for step in told}) == 1
    assert [bool(step.children) for step in told] == [True, False, False]


def test_the_sentence_of_the_whole_is_golden() -> None:
    tree = ask(
        the_laws(),
        "toetswet",
        "recht",
        explain=True,
        facts=facts(inkomen=2840600, heeft_partner=False, soort="Z", geboortedatum="2000-01-01", laatste_datum=None),
    ).steps[0]

    assert tree.words_nl == "recht: ja"
    lines = [step.words_nl for step in walk(tree) if step.kind == "operation" and not step.not_needed]
    assert lines == [
        "alle voorwaarden gelden: ja",
        "leeftijd (25 jaar) is minstens 21: ja",
        "leeftijd in hele jaren (geboortedatum (1 januari 2000); de dag waarvoor wij rekenen (1 maart 2025)): 25 jaar",
        "het omgekeerde: ja",
        "weer mogelijk vanaf (1 maart 2025) is eerder dan 1 januari 2020: nee",
        "geval 1 geldt: 1 maart 2025",
        "laatste datum (er is niets) is gelijk aan er is niets: ja",
        "referencedate.iso: 1 maart 2025",
        "minstens één voorwaarde geldt: ja",
        "soort (Z) staat in het rijtje: nee",
        "gezamenlijk (€ 28.406) is hoogstens drempel (€ 28.406): ja",
        "in alle andere gevallen: € 28.406",
    ]


def test_an_explanation_says_nothing_of_whoever_was_explained_before() -> None:
    persons = [
        facts(inkomen=3000000, heeft_partner=False),
        facts(inkomen=1, heeft_partner=True, inkomen_partner=5),
        facts(heeft_partner=None),
    ]
    apart = [ask(a_new_book(), "toetswet", "bijdrage", "categorie", facts=one, explain=True) for one in persons]

    book = a_new_book()
    after = [ask(book, "toetswet", "bijdrage", "categorie", facts=one, explain=True) for one in persons * 2]

    assert after == apart * 2
    assert len({step.words_nl for found in apart for step in found.steps}) > 2


def a_new_book() -> LawBook:
    """The laws of these tests, with no program made yet."""
    return law_book([], foreign=[LAWS])


@pytest.mark.parametrize(
    ("value", "unit", "nl", "en"),
    [
        (123456700, "eurocent", "€ 1.234.567", "€ 1,234,567"),
        (-123456, "eurocent", "€ -1.234,56", "€ -1,234.56"),
        (Decimal("123456.5"), "eurocent", "€ 1.234,565", "€ 1,234.565"),
        (Decimal("1234.5"), "euro", "€ 1.234,50", "€ 1,234.50"),
        (Decimal("-20000"), "euro", "€ -20.000", "€ -20,000"),
        (2024, None, "2024", "2024"),
        (20240, None, "20.240", "20,240"),
        (Decimal("1234.25"), None, "1.234,25", "1,234.25"),
        (1, "months", "1 maand", "1 month"),
        (3, "years", "3 jaar", "3 years"),
        (Decimal("4.273"), "percentage", "4,273 procent", "4.273 percent"),
        ("2025-03-01", None, "1 maart 2025", "1 March 2025"),
        ("2025-13-01", None, "2025-13-01", "2025-13-01"),
        (False, None, "nee", "no"),
        ([1, True, None], None, "1, ja, er is niets", "1, yes, there is nothing"),
        ([], None, "leeg", "empty"),
        ({"a": 1, "b": "2025-03-01"}, None, "a: 1, b: 1 maart 2025", "a: 1, b: 1 March 2025"),
    ],
)
def test_a_value_is_said_in_both_languages(value: Value, unit: str | None, nl: str, en: str) -> None:
    assert words.said(value, unit) == (nl, en)
    assert (words.shown(value, unit, "nl"), words.shown(value, unit, "en")) == (nl, en)
