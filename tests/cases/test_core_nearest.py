"""Which nearest changes stand beside a no: facts of the explanation, never who somebody is, only a whole right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from waardig.cases.core.judge import Judgement, Verdict
from waardig.cases.core.nearest import nearest_lines
from waardig.catalogue import queries as catalogue
from waardig.law.queries import Change
from waardig.law.terms import Evaluation, Fact, Outcome

ON = date(2025, 4, 28)
PAGE = catalogue.why_page("individuele_inkomenstoeslag")
NOW: Mapping[str, Any] = {
    "hoogste_maandinkomen": 140_601,
    "vermogen": 900_000,
    "datum_laatste_toekenning": "2025-01-06",
    "maanden_bijstand": 20,
    "geboortedatum": "2010-01-01",
    "leefvorm": "PAAR",
    "aantal_kinderen": 0,
    "uitgesloten": True,
}
FACTS = {name: Fact(value) for name, value in NOW.items()}


def a_change(name: str, how: str, value: Any) -> Change:
    return Change(name, NOW.get(name), how, value, None, Outcome(True), "", "")


def judged(verdict: Verdict) -> Judgement:
    return Judgement(verdict, (), None, "", (), None, Evaluation({}, (), {}, (), ON, {}))


def said(*changes: Change, verdict: Verdict = Verdict.QUALIFIES, private: frozenset[str] = frozenset()) -> list[str]:
    lines = nearest_lines(PAGE, changes, FACTS, lambda _facts: judged(verdict), private=private)
    return [line.nl.replace("\xa0", " ") for line in lines]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (a_change("hoogste_maandinkomen", "at_most", 140_600), "Hoogste maand: hoogstens € 1.406"),
        (a_change("vermogen", "at_most", 777_000), "Spaargeld: hoogstens € 7.770"),
        (
            a_change("datum_laatste_toekenning", "on_or_before", "2024-04-28"),
            "Uw vorige toeslag: op of voor 28 april 2024",
        ),
        (a_change("datum_laatste_toekenning", "is", None), "Uw vorige toeslag: geen"),
        (a_change("maanden_bijstand", "at_least", 36), "Maanden bijstand: minstens 3 jaar"),
        (a_change("uitgesloten", "is", False), "Uitgesloten door de wet: nee"),
    ],
)
def test_a_change_is_said_in_the_words_of_the_explanation(change: Change, line: str) -> None:
    assert said(change) == [line]


@pytest.mark.parametrize(
    "change",
    [
        a_change("geboortedatum", "on_or_before", "2004-04-28"),
        a_change("leefvorm", "is", "ALLEENSTAAND"),
        a_change("aantal_kinderen", "at_least", 2),
        a_change("een_ander_gegeven", "at_most", 1),
    ],
)
def test_who_somebody_is_or_lives_with_and_what_is_not_explained_is_never_said(change: Change) -> None:
    assert said(change) == []


def test_of_one_fact_a_value_goes_before_nothing() -> None:
    both = (a_change("datum_laatste_toekenning", "is", None),
            a_change("datum_laatste_toekenning", "on_or_before", "2024-04-28"))  # fmt: skip

    assert said(*both) == ["Uw vorige toeslag: op of voor 28 april 2024"]


@pytest.mark.parametrize("verdict", [Verdict.NOT, Verdict.UNKNOWN])
def test_what_gives_no_whole_right_is_not_said(verdict: Verdict) -> None:
    assert said(a_change("vermogen", "at_most", 777_000), verdict=verdict) == []


def test_what_may_be_about_one_of_a_couple_is_not_said() -> None:
    change = a_change("datum_laatste_toekenning", "on_or_before", "2024-04-28")

    assert said(change, private=frozenset({"datum_laatste_toekenning"})) == []


def test_what_was_presumed_or_not_given_is_not_said() -> None:
    change = a_change("vermogen", "at_most", 777_000)
    presumed = {**FACTS, "vermogen": Fact(0, presumed=True)}

    assert nearest_lines(PAGE, (change,), presumed, lambda _facts: judged(Verdict.QUALIFIES)) == ()
    assert nearest_lines(PAGE, (change,), {}, lambda _facts: judged(Verdict.QUALIFIES)) == ()


def test_the_law_is_asked_again_with_the_changed_fact_only() -> None:
    asked: list[Mapping[str, Fact]] = []

    def again(facts: Mapping[str, Fact]) -> Judgement:
        asked.append(facts)
        return judged(Verdict.QUALIFIES)

    nearest_lines(PAGE, (a_change("vermogen", "at_most", 777_000),), FACTS, again)

    assert [{name for name in facts if facts[name] != FACTS[name]} for facts in asked] == [{"vermogen"}]
    assert asked[0]["vermogen"].value == 777_000
