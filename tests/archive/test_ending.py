"""Every way in which a case of any kind can end has an ending, and every ending a result of the selection list."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from waardig.archive.adapters.content import selection_list
from waardig.archive.core.dating import action_on, holds, plus, starts_on
from waardig.archive.terms import Appraisal, Hold, Result, Start
from waardig.cases.core.ending import ENDED, Closed, Ending, ending_of
from waardig.cases.terms import (
    Case,
    CaseEvent,
    CaseKind,
    CaseState,
    Decision,
    DecisionOutcome,
    EventKind,
    Party,
)
from waardig.kernel.content import LIBRARY
from waardig.kernel.content_file import ContentInvalid

DAY, LATER = date(2025, 4, 28), date(2025, 5, 12)
LIST = selection_list([LIBRARY])


def a_case(kind: CaseKind, state: CaseState) -> Case:
    return Case(uuid4(), "RW 2025 0001", kind, state, "individuele_inkomenstoeslag", DAY,
                parties=(Party(uuid4(), "applicant"),))  # fmt: skip


def decided(outcome: DecisionOutcome) -> Decision:
    return Decision(uuid4(), uuid4(), outcome, None, LATER, "w.degraaf", "x", "x", LATER, None, uuid4())


def happened(kind: EventKind, code: str = "") -> CaseEvent:
    return CaseEvent(kind, LATER, datetime(2025, 5, 12, tzinfo=UTC), "employee", "x", code)


@pytest.mark.parametrize(
    ("kind", "state", "outcome", "event", "ending", "number"),
    [
        ("application", "decided", "grant", "decided", "granted", "8.1"),
        ("own_initiative", "decided", "grant", "decided", "granted", "8.1"),
        ("application", "decided", "refuse", "decided", "refused", "8.2"),
        ("proposal", "declined", "", "declined", "declined", "8.4.1"),
        ("proposal", "lapsed", "", "lapsed", "lapsed", "8.4.1"),
        ("own_initiative", "opted_out", "", "declined", "opted_out", "8.4.1"),
        ("application", "withdrawn", "", "withdrawn", "withdrawn", "8.4.1"),
        ("own_initiative", "waived", "grant", "waived", "waived", "8.3"),
        ("correction", "answered", "", "answered:upheld", "correction_upheld", "6.1"),
        ("correction", "answered", "", "answered:stands", "correction_stands", "6.2"),
        ("correction", "answered", "corrected", "answered:upheld", "correction_upheld", "6.1"),
        ("correction", "answered", "uncorrected", "answered:stands", "correction_stands", "6.2"),
        ("objection", "decided", "upheld", "decided", "objection_upheld", "13.1.1"),
        ("objection", "decided", "partly", "decided", "objection_upheld", "13.1.1"),
        ("objection", "decided", "unfounded", "decided", "objection_unfounded", "13.1"),
        ("objection", "decided", "inadmissible", "decided", "objection_inadmissible", "13.1.4"),
        ("objection", "withdrawn", "", "withdrawn", "objection_withdrawn", "13.2"),
        ("objection", "answered", "", "sent_on", "objection_forwarded", "13.2"),
        ("second_look", "answered", "", "answered", "looked_again", "6.1"),
        ("second_look", "decided", "revised", "decided", "looked_again", "6.1"),
        ("penalty", "decided", "penalty", "decided", "penalty_fixed", "13.1.1"),
        ("penalty", "answered", "", "nothing_due", "no_penalty_due", "6.2"),
    ],
)
def test_how_a_case_ended_gives_its_result(
    kind: str, state: str, outcome: str, event: str, ending: str, number: str
) -> None:
    case = a_case(CaseKind(kind), CaseState(state))
    name, _, code = event.partition(":")

    found = ending_of(case, decided(DecisionOutcome(outcome)) if outcome else None, [happened(EventKind(name), code)])

    assert found == Closed(Ending(ending), LATER)
    assert LIST.result_for(case.service, found.ending).number == number


@pytest.mark.parametrize("state", [state for state in CaseState if state not in ENDED])
def test_a_case_that_runs_has_no_ending(state: CaseState) -> None:
    for kind in CaseKind:
        assert ending_of(a_case(kind, state), None, []) is None


def test_no_outcome_of_a_decision_is_forgotten() -> None:
    for outcome in DecisionOutcome:
        found = ending_of(a_case(CaseKind.APPLICATION, CaseState.DECIDED), decided(outcome), [])
        assert found is not None, outcome


@pytest.mark.parametrize(
    ("number", "term", "starts"),
    [
        ("8.1", "P10Y", "bestaansduur_procesobject"), ("8.2", "P5Y", "nihil"), ("8.3", "P10Y", "nihil"),
        ("8.4.1", "P42D", "nihil"), ("6.1", "P5Y", "nihil"), ("6.2", "P1Y", "nihil"), ("13.1", "P5Y", "nihil"),
        ("13.1.1", "P7Y", "nihil"), ("13.1.4", "P1Y", "nihil"), ("13.2", "P1Y", "nihil"),
    ],
)  # fmt: skip
def test_the_terms_are_those_of_the_published_list(number: str, term: str, starts: str) -> None:
    found = LIST.results[number]

    assert (found.appraisal, found.term, found.starts.value) == (Appraisal.DESTROY, term, starts)
    assert len(LIST.results) == 10


def test_content_that_forgets_an_ending_or_names_an_unknown_result_is_refused(tmp_path: Path) -> None:
    content = yaml.safe_load((LIBRARY / "archive/selectielijst.yaml").read_text(encoding="utf-8"))
    del content["endings"]["lapsed"]
    content["endings"]["refused"] = "99.9"
    content["endings"]["gone"] = "8.1"
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/selectielijst.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")

    with pytest.raises(ContentInvalid) as refused:
        selection_list([LIBRARY, tmp_path])

    said = " ".join(one.message for one in refused.value.problems)
    assert "ending 'lapsed' has no result" in said
    assert "result 99.9 is not among results" in said
    assert "no case ends as 'gone'" in said


def test_a_service_may_keep_one_ending_longer(tmp_path: Path) -> None:
    (tmp_path / "services/x").mkdir(parents=True)
    (tmp_path / "services/x/archive.yaml").write_text('endings: {refused: "8.3"}\n', encoding="utf-8")

    found = selection_list([LIBRARY, tmp_path])

    assert found.result_for("x", "refused").number == "8.3"
    assert found.result_for("y", "refused").number == "8.2"
    assert found.result_for("x", "granted").number == "8.1"


def test_a_grant_counts_from_the_day_all_of_it_was_paid_and_not_before() -> None:
    granted = LIST.results["8.1"]

    assert starts_on(granted, DAY, None) is None and action_on(granted, None) is None
    assert starts_on(granted, DAY, LATER) == LATER
    assert action_on(granted, LATER) == date(2035, 5, 13)
    assert action_on(LIST.results["8.4.1"], DAY) == date(2025, 6, 10)


def test_what_is_kept_for_good_never_has_a_day() -> None:
    kept = Result("1", "x", "x", Appraisal.KEEP, "", Start.ENDED)

    assert action_on(kept, DAY) is None


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 130), st.sampled_from("YMD"))
def test_a_term_never_ends_early_and_more_time_never_ends_sooner(day: date, count: int, unit: str) -> None:
    end, next_ = plus(day, f"P{count}{unit}"), plus(day, f"P{count + 1}{unit}")

    assert day <= end < next_
    if unit != "D":
        assert end.day <= day.day
        months = (end.year - day.year) * 12 + end.month - day.month
        assert months == count * (12 if unit == "Y" else 1)


@pytest.mark.parametrize("term", ["10Y", "P10", "P1Y6M", "", "P-1Y"])
def test_what_is_no_term_is_not_guessed(term: str) -> None:
    with pytest.raises(ValueError, match="no term"):
        plus(DAY, term)


def test_what_still_runs_holds_a_case_back() -> None:
    free = {
        "objection_until": None, "objection_open": False, "correction_open": False, "unpaid": False,
        "asked_for": False, "case_about_it": False,
    }  # fmt: skip

    assert holds(today=DAY, **free) == ()
    assert holds(today=DAY, **{**free, "objection_until": DAY}) == (Hold.OBJECTION_TERM,)
    assert holds(today=LATER, **{**free, "objection_until": DAY}) == ()
    assert holds(today=DAY, **{**free, "objection_open": True, "correction_open": True, "unpaid": True}) == (
        Hold.OBJECTION_OPEN, Hold.CORRECTION_OPEN, Hold.NOT_PAID
    )  # fmt: skip
