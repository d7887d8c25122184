"""The reasoning as people read it: true to what the law did, and never about one of two partners."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.facts import SERVICE, TODAY, a_couple, a_fact, a_judgement, the_facts
from waardig.cases.actions import Explained, Household, explain_household
from waardig.cases.core.explained import ExplainedStep, explain, in_words
from waardig.cases.queries import private_inputs
from waardig.catalogue import queries as catalogue
from waardig.kernel.bilingual import Bilingual
from waardig.law.terms import Fact

GOLDEN = Path(__file__).parent / "golden"
UNKNOWN = Fact(None, "unknown")


def explained(facts: Mapping[str, Fact], *, assuming: bool = False, couple: bool = False) -> Explained:
    household = Household(uuid4(), uuid4() if couple else None, (), facts)
    return explain_household(SERVICE, household, on=TODAY, assuming=assuming)


def step(found: Explained, identity: str) -> ExplainedStep:
    return next(one for one in found.steps if one.id == identity)


def as_text(found: Explained, language: str) -> str:
    """Every word of an explanation, as one reads it from top to bottom."""
    lines = []

    def say(text: Bilingual) -> str:
        return text.in_language(language)

    for one in found.steps:
        lines += [f"# {say(one.heading)} [{one.standing}{', old' if one.is_old else ''}]", say(one.rule), say(one.said)]
        for fact in one.facts:
            lines.append(f"- {say(fact.label)}: {say(fact.words)} ({fact.source}, {fact.dated})")
        for layer in one.laws:
            place = f"{layer.article}({layer.paragraph})" if layer.paragraph else layer.article
            lines.append(f"= {layer.law}, {place} ({layer.version}, {layer.status})")
        lines.append("")
    lines += [f"? {say(line)}" for line in found.otherwise]
    return "\n".join(lines).replace("\xa0", " ") + "\n"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_of_gerrit_are_these(language: str) -> None:
    golden = GOLDEN / f"gerrit.{language}.txt"
    found = as_text(explained(the_facts(), assuming=True), language)

    if os.environ.get("WAARDIG_WRITE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_every_step_of_somebody_who_qualifies_is_met_and_the_open_norm_presumed() -> None:
    found = explained(the_facts())

    assert [(one.id, one.standing) for one in found.steps] == [
        ("leeftijd", "met"),
        ("inkomen", "met"),
        ("vermogen", "met"),
        ("vorige_toeslag", "met"),
        ("uitzicht", "presumed"),
        ("bedrag", "met"),
    ]


def test_an_income_one_cent_above_the_limit_is_not_met_and_there_is_no_amount() -> None:
    found = explained(the_facts(hoogste_maandinkomen=a_fact(140_601, "uitkeringen")))

    assert step(found, "inkomen").standing == "not_met"
    assert step(found, "inkomen").said.nl == "Uw inkomen was hoger dan €\xa01.406."
    assert step(found, "bedrag").standing == "not_met"
    assert step(found, "bedrag").said.nl == "Er is nu geen recht. Daarom is er geen bedrag."
    assert step(found, "bedrag").rule == step(found, "bedrag").said


def test_a_grant_too_recent_says_from_which_day() -> None:
    found = explained(the_facts(datum_laatste_toekenning=a_fact("2025-01-06", "uitkeringen")))

    assert step(found, "vorige_toeslag").said.nl.endswith("Aanvragen kan vanaf 6 januari 2026.")


def test_what_is_presumed_never_stands_as_established() -> None:
    found = explained(the_facts(vermogen=UNKNOWN), assuming=True)
    savings = step(found, "vermogen")

    assert found.judgement.assumed == ("vermogen",)
    assert savings.standing == "unknown"
    assert [(fact.value, fact.words.nl) for fact in savings.facts] == [(None, "Dit weten wij niet")]
    assert savings.said.nl == "Dit weten wij niet. Wij vragen het als u ja zegt."


def test_what_is_presumed_is_not_established_either_when_nobody_ever_named_it() -> None:
    facts = the_facts()
    del facts["vermogen"]

    assert step(explained(facts, assuming=True), "vermogen").standing == "unknown"


def test_an_open_norm_that_no_rule_presumes_is_unknown() -> None:
    found = explained(the_facts(maanden_bijstand=a_fact(20, "uitkeringen")))

    assert step(found, "uitzicht").standing == "unknown"
    assert step(found, "uitzicht").who_looks is not None
    assert step(found, "bedrag").standing == "unknown"


def test_conditions_that_hold_are_not_listed_and_one_that_fails_is() -> None:
    assert "recht_op_bijstand" not in [one.id for one in explained(the_facts()).steps]

    excluded = step(explained(the_facts(uitgesloten=a_fact(True, "uitkeringen"))), "recht_op_bijstand")
    unsure = step(explained(the_facts(rechtmatig_verblijf=UNKNOWN)), "recht_op_bijstand")

    assert (excluded.standing, unsure.standing) == ("not_met", "unknown")


@pytest.mark.parametrize(
    ("since", "is_old"), [(date(2024, 4, 27), True), (date(2024, 4, 28), False), (date(2025, 4, 1), False)]
)
def test_savings_of_more_than_a_year_ago_are_old(since: date, is_old: bool) -> None:
    found = explained(the_facts(vermogen=a_fact(124_000, "uitkeringen", since)))

    assert step(found, "vermogen").is_old is is_old


def test_a_couple_sees_joint_sums_and_never_what_is_of_one_of_them() -> None:
    found = explained(a_couple(datum_laatste_toekenning=a_fact("2024-01-09", "uitkeringen")), couple=True)

    text = as_text(found, "nl") + as_text(found, "en")

    assert "€ 6.600" in text  # savings of both together
    assert "9 januari 2024" not in text and "2024-01-09" not in text
    assert "1975" not in text and "49 jaar" not in text  # the partner's age
    (fact,) = step(found, "vorige_toeslag").facts
    assert (fact.value, fact.as_of, fact.since) == (None, None, None)
    assert fact.words.nl == "Bekend bij ons, van een van u beiden"
    assert step(found, "vorige_toeslag").standing == "met"


def test_a_couple_that_never_had_it_reads_so() -> None:
    found = explained(a_couple(datum_laatste_toekenning=a_fact(None, "uitkeringen")), couple=True)

    assert step(found, "vorige_toeslag").facts[0].words.nl == "U kreeg deze toeslag nog niet van ons."


def test_the_inputs_that_may_be_of_one_partner_are_known_from_the_binding() -> None:
    assert private_inputs(SERVICE) == {"geboortedatum_partner", "datum_laatste_toekenning"}


def test_the_articles_are_quoted_literally_with_the_date_of_their_text() -> None:
    laws = {(one.law, one.article): one for one in step(explained(the_facts()), "inkomen").laws}

    assert ("Participatiewet", "36") in laws
    assert "wordt het verzoek afgewezen" in laws["Participatiewet", "36"].text
    own = laws["Verordening individuele inkomenstoeslag Rietwaarden 2025", "2"]
    assert "voor een alleenstaande: € 1.406,00" in own.text
    assert (own.version, own.paragraph) == ("2025-01-01", "1")


def test_the_paragraph_is_of_the_article_that_is_shown_and_not_of_another_law() -> None:
    """A fact of a municipal article may rest on a paragraph of the Participatiewet, whose text is not shown there."""
    laws = {
        (one.law, one.article): one.paragraph
        for found in (explained(the_facts()), explained(a_couple(), couple=True))
        for part in found.steps
        for one in part.laws
        if "Rietwaarden" in one.law
    }

    assert laws == {
        ("Verordening individuele inkomenstoeslag Rietwaarden 2025", "1"): "2",
        ("Verordening individuele inkomenstoeslag Rietwaarden 2025", "2"): "1",
        ("Verordening individuele inkomenstoeslag Rietwaarden 2025", "3"): "",
        ("Beleidsregel geen uitzicht op inkomensverbetering Rietwaarden 2025", "1"): "1",
    }


# -- when was it different? --------------------------------------------------------------------------------------------
def otherwise(facts: Mapping[str, Fact], *, couple: bool = False) -> list[str]:
    return [line.nl.replace("\xa0", " ") for line in explained(facts, assuming=True, couple=couple).otherwise]


def test_a_line_stands_only_when_recomputing_gives_what_it_says() -> None:
    assert otherwise(the_facts()) == [
        "Was uw inkomen in 1 maand hoger dan € 1.406? Dan kon u deze toeslag nu niet krijgen.",
        "Hebt u meer spaargeld dan € 7.770? Dan kunt u deze toeslag nu niet krijgen.",
        "Woont u samen? Dan tellen inkomen en spaargeld van u samen. Het bedrag is dan € 745,89.",
    ]


def test_a_couple_is_not_told_what_living_together_would_give() -> None:
    assert not [line for line in otherwise(a_couple(), couple=True) if "samen?" in line]


def test_who_has_no_right_is_not_told_that_more_would_take_it_away() -> None:
    lines = otherwise(the_facts(hoogste_maandinkomen=a_fact(300_000, "uitkeringen")))

    assert lines == []


def test_no_line_names_an_amount_of_nothing() -> None:
    lines = otherwise(the_facts(datum_laatste_toekenning=a_fact("2025-01-06", "uitkeringen")))

    assert not [line for line in lines if "€ 0" in line or "niet bekend" in line]


def a_household(kind: str) -> Fact:
    return a_fact(kind, "uitkeringen")


def an_amount(most: int) -> st.SearchStrategy[Fact]:
    return st.one_of(st.just(UNKNOWN), st.integers(0, most).map(lambda cents: a_fact(cents, "uitkeringen")))


@given(
    st.fixed_dictionaries(
        {
            "hoogste_maandinkomen": an_amount(300_000),
            "vermogen": an_amount(2_000_000),
            "leefvorm": st.sampled_from(["ALLEENSTAAND", "ALLEENSTAANDE_OUDER", "PAAR"]).map(a_household),
            "maanden_bijstand": st.integers(0, 36).map(lambda months: a_fact(months, "uitkeringen")),
        }
    )
)
def test_no_step_says_more_than_the_law_found(changes: dict[str, Fact]) -> None:
    facts = the_facts(**changes)
    judged = a_judgement(facts, explaining=True)

    for one in explain(catalogue.why_page(SERVICE), judged, facts, on=TODAY):
        for fact in one.facts:
            assert (fact.value is not None) is (facts[fact.input].reason == "ok")
        if one.standing == "met" and one.kind == "condition":
            output = next(s.output for s in catalogue.why_page(SERVICE).steps if s.id == one.id)
            assert judged.evaluation.outputs[output].value is True
        assert "{" not in one.rule.nl + one.rule.en + one.said.nl + one.said.en


@pytest.mark.parametrize(
    ("show", "value", "nl", "en"),
    [
        ("eurocent", 52197, "€\xa0521,97", "€521.97"),
        ("date", "2024-03-14", "14 maart 2024", "14 March 2024"),
        ("months", 36, "3 jaar", "3 years"),
        ("months", 12, "1 jaar", "1 year"),
        ("months", 7, "7 maanden", "7 months"),
        ("months", 1, "1 maand", "1 month"),
        ("yes_no", False, "nee", "no"),
        ("number", 2, "2", "2"),
    ],
)
def test_values_are_written_as_people_do(show: str, value: object, nl: str, en: str) -> None:
    found = in_words(show, value)

    assert (found.nl, found.en.replace("\xa0", "")) == (nl, en)
