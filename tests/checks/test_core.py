"""The dialogue with the law, typed answers and the sealed state, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.catalogue.terms import CheckQuestion
from waardig.checks import queries as checks
from waardig.checks.adapters.sealing import KEPT_FOR, opened, sealed
from waardig.checks.core.typed import answer_typed
from waardig.checks.terms import Answer, AnswerWrong, CheckExpired, Ending, State, absent, unknown
from waardig.kernel.bilingual import Bilingual

TODAY = date(2025, 4, 28)
NOW = datetime(2025, 4, 28, 12, tzinfo=ZoneInfo("UTC"))
ALONE = {
    "geboortedatum": "1984-11-08", "is_verzekerd": True, "heeft_toeslagpartner": False, "toetsingsinkomen": 3_000_000,
    "vermogen": 0,
}  # fmt: skip


def a_state(check: str = "zorgtoeslag", **facts: object) -> State:
    answers = tuple(Answer(name, value, as_of=TODAY) for name, value in facts.items())  # type: ignore[arg-type]
    return State(check, TODAY, answers)


def asked_of(state: State) -> str | None:
    question = checks.dialogue_of(checks.check_of(state.check), state.on).next_question(state)
    return question.input if question else None


def test_the_law_looks_for_the_partner_only_when_there_is_one() -> None:
    without = {name: value for name, value in ALONE.items() if name in ("geboortedatum", "is_verzekerd")}

    assert asked_of(a_state(**without, heeft_toeslagpartner=False)) == "toetsingsinkomen"
    assert asked_of(a_state(**without, heeft_toeslagpartner=True)) == "partner_is_verzekerd"
    assert asked_of(a_state(**without, heeft_toeslagpartner=True, partner_is_verzekerd=True)) == "toetsingsinkomen"


def test_a_definite_no_ends_it_whatever_is_still_open() -> None:
    assert asked_of(a_state(geboortedatum="1984-11-08", is_verzekerd=False)) is None
    assert checks.found(a_state(is_verzekerd=False)).ending is Ending.NO


def test_an_answer_that_is_not_known_never_decides_but_others_still_can() -> None:
    state = a_state(**{**ALONE, "vermogen": 999_999_999_00}).answered(unknown("toetsingsinkomen"))

    assert checks.found(state).ending is Ending.NO
    assert checks.found(a_state(**ALONE).answered(unknown("toetsingsinkomen"))).ending is Ending.UNSURE


def test_a_judgement_that_only_a_person_gives_is_said_as_such() -> None:
    state = a_state(
        "individuele_inkomenstoeslag", geboortedatum="1984-11-08", woont_in_gemeente=True, leefvorm="ALLEENSTAAND",
        hoogste_maandinkomen=130_000, vermogen=0, maanden_bijstand=0, rechtmatig_verblijf=True, uitgesloten=False,
    ).answered(absent("datum_laatste_toekenning"))  # fmt: skip

    found = checks.found(state)

    assert (found.ending, found.is_for_a_person, found.depends_on) == (Ending.UNSURE, True, ())


def test_a_check_never_assumes_what_a_proposal_may_assume() -> None:
    state = a_state(
        "individuele_inkomenstoeslag", geboortedatum="1984-11-08", woont_in_gemeente=True, leefvorm="ALLEENSTAAND",
        hoogste_maandinkomen=130_000, maanden_bijstand=36, rechtmatig_verblijf=True, uitgesloten=False,
    ).answered(absent("datum_laatste_toekenning")).answered(unknown("vermogen"))  # fmt: skip

    found = checks.found(state)

    assert (found.ending, [topic.nl for topic in found.depends_on]) == (Ending.UNSURE, ["Spaargeld"])


def test_the_greatest_number_of_questions_is_never_passed_and_ends_at_none() -> None:
    check = checks.check_of("zorgtoeslag")
    dialogue = checks.dialogue_of(check, TODAY)
    state, promised = a_state(), [dialogue.most_left({})]

    while question := dialogue.next_question(state):
        value = ALONE.get(question.input, True)
        state = state.answered(Answer(question.input, value))  # type: ignore[arg-type]
        promised.append(len(state.given) + dialogue.most_left(state.facts))

    assert promised == sorted(promised, reverse=True)
    assert promised[-1] == len(state.given) == 5


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("money", "12500", 1_250_000), ("money", "12.500", 1_250_000), ("money", "12.500,00", 1_250_000),
        ("money", "€ 12.500,5", 1_250_050), ("number", "3", 3), ("date", "8 november 1984", "1984-11-08"),
        ("yes_no", "no", False),
    ],
)  # fmt: skip
def test_what_people_type_is_understood(kind: str, text: str, value: object) -> None:
    assert answer_typed(a_question(kind), text, today=TODAY).value == value


@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        ("money", "", "empty"), ("money", "veel", "not_a_number"), ("money", "-1", "too_low"),
        ("money", "99999999", "too_high"), ("number", "2,5", "not_a_number"), ("date", "31-2-2020", "not_a_date"),
        ("date", "1-1-2026", "in_future"), ("date", "1-1-84", "not_a_date"), ("yes_no", "ja", "not_a_choice"),
    ],
)  # fmt: skip
def test_what_is_no_answer_says_what_is_wrong(kind: str, text: str, wrong: str) -> None:
    with pytest.raises(AnswerWrong) as refused:
        answer_typed(a_question(kind), text, today=TODAY)

    assert refused.value.kind == wrong


def a_question(kind: str) -> CheckQuestion:
    words = Bilingual("Vraag", "Question")
    bounds = {"least": 0, "most": 100_000_000} if kind in ("money", "number") else {}
    return CheckQuestion("iets", kind, words, words, words, words, **bounds)  # type: ignore[arg-type]


@given(st.dictionaries(st.text(min_size=1), st.one_of(st.booleans(), st.integers(), st.text()), max_size=5))
def test_a_sealed_state_opens_as_it_was(facts: dict[str, object]) -> None:
    state = replace(a_state(**facts), asking="iets") if "self" not in facts and "check" not in facts else a_state()

    assert opened(sealed(state, secret="s", session="a", now=NOW), secret="s", session="a", now=NOW) == state


@pytest.mark.parametrize(
    "other",
    [
        {"session": "b"}, {"secret": "t"}, {"now": NOW + KEPT_FOR + timedelta(seconds=1)},
    ],
)  # fmt: skip
def test_a_sealed_state_opens_nowhere_else_and_not_for_ever(other: dict[str, object]) -> None:
    text = sealed(a_state(**ALONE), secret="s", session="a", now=NOW)

    with pytest.raises(CheckExpired):
        opened(text, **{"secret": "s", "session": "a", "now": NOW, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "x", "é", "A" * 30_000, "0b0e7f0c-9d5c-4a43-8f0e-0d6c7d0f6a11"])
def test_anything_else_is_refused_without_failing(text: str) -> None:
    with pytest.raises(CheckExpired):
        opened(text, secret="s", session="a", now=NOW)
