"""Pure decisions: lanes, who may decide, terms, how long a proposal stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.builders import REASONS, SERVICE, WILLEM
from tests.cases.facts import a_judgement, the_facts
from waardig.cases.core import statutory
from waardig.cases.core.deciding import Conditions, check_confirmation, check_decision, guarded_outcome
from waardig.cases.core.judge import Verdict, lane
from waardig.cases.core.lapsing import a_year_before
from waardig.cases.queries import next_possible
from waardig.cases.terms import (
    AutomaticDecision,
    Case,
    CaseKind,
    CaseState,
    CorrectionOpen,
    DecisionOutcome,
    Lane,
    NotViewed,
    Party,
    StepNotPossible,
)
from waardig.kernel.content import content_roots
from waardig.kernel.errors import Refusal
from waardig.law.queries import LawBook, law_book
from waardig.law.terms import Fact
from waardig.values.terms import HumanDecides

GRANT, REFUSE = DecisionOutcome.GRANT, DecisionOutcome.REFUSE
FREE = Conditions(mandated=True, correction_open=False)


@cache
def book() -> LawBook:
    return law_book(content_roots())


def a_case(state: CaseState = CaseState.BY_HAND) -> Case:
    parties = (Party(uuid4(), "applicant"),)
    return Case(uuid4(), "RW 2025 0001", CaseKind.APPLICATION, state, SERVICE, date(2025, 4, 28), parties=parties)


# -- lanes -------------------------------------------------------------------------------------------------------------
@given(st.sampled_from(Verdict), st.booleans(), st.booleans(), st.booleans())
def test_only_a_grant_without_any_doubt_is_prepared(
    verdict: Verdict, wrong: bool, changed: bool, sampled: bool
) -> None:
    judged = replace(a_judgement(), verdict=verdict)

    found = lane(judged, something_wrong=wrong, household_changed=changed, sampled=sampled)

    is_plain = verdict is Verdict.QUALIFIES and not (wrong or changed or sampled)
    assert found is (Lane.PREPARED if is_plain else Lane.BY_HAND)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.just("unknown")
            for name in ("hoogste_maandinkomen", "leefvorm", "woont_in_gemeente", "rechtmatig_verblijf", "uitgesloten",
                         "geboortedatum", "vermogen", "maanden_bijstand")
        },
    )
)  # fmt: skip
def test_what_is_not_known_never_gives_a_prepared_grant(missing: dict[str, str]) -> None:
    facts = {**the_facts(), **{name: Fact(None, reason) for name, reason in missing.items()}}

    judged = a_judgement(facts)

    assert (judged.verdict is Verdict.QUALIFIES) is (not missing)


def test_a_proposal_may_assume_savings_and_a_decision_never() -> None:
    facts = {**the_facts(), "vermogen": Fact(None, "unknown")}

    assumed, strict = a_judgement(facts, assuming=True), a_judgement(facts)

    assert (assumed.verdict, assumed.assumed, assumed.amount_eurocent) == (Verdict.QUALIFIES, ("vermogen",), 52197)
    assert (strict.verdict, strict.reasons, strict.assumed) == (Verdict.UNKNOWN, ("unknown:vermogen",), ())


# -- deciding ----------------------------------------------------------------------------------------------------------
@given(
    st.text().filter(lambda kind: kind != "employee"),
    st.sampled_from(DecisionOutcome),
    st.sampled_from(CaseState),
    st.integers(),
    st.text(),
    st.booleans(),
)
def test_nobody_but_an_employee_ever_gets_through(
    kind: str, outcome: DecisionOutcome, state: CaseState, amount: int, reasons: str, is_free: bool
) -> None:
    conditions = Conditions(mandated=is_free, correction_open=not is_free)

    with pytest.raises(AutomaticDecision):
        check_decision(
            a_case(state),
            WILLEM,
            outcome,
            actor_kind=kind,
            amount_eurocent=amount,
            reasons=reasons,
            conditions=conditions,
        )


@given(
    st.sampled_from(DecisionOutcome),
    st.sampled_from(CaseState),
    st.one_of(st.none(), st.integers(-10, 200_000)),
    st.sampled_from(["", "kort", REASONS]),
    st.booleans(),
    st.booleans(),
)
def test_a_decision_gets_through_only_when_everything_is_right(
    outcome: DecisionOutcome, state: CaseState, amount: int | None, reasons: str, mandated: bool, is_open: bool
) -> None:
    grants = outcome is GRANT
    is_right = (
        state in (CaseState.PREPARED, CaseState.BY_HAND)
        and reasons == REASONS
        and mandated
        and (0 < (amount or 0) <= WILLEM.mandate_eurocent if grants else outcome is REFUSE and not is_open)
    )
    conditions = Conditions(mandated=mandated, correction_open=is_open)
    try:
        check_decision(
            a_case(state), WILLEM, outcome, actor_kind="employee", amount_eurocent=amount, reasons=reasons,
            conditions=conditions,
        )  # fmt: skip
        passed = True
    except Refusal:
        passed = False

    assert passed is is_right


@given(st.sampled_from(CaseState), st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.integers(0, 200_000))
def test_a_confirmation_gets_through_only_when_everything_is_right(
    state: CaseState, sampled: bool, viewed: bool, mandated: bool, is_open: bool, amount: int
) -> None:
    conditions = Conditions(mandated=mandated, correction_open=is_open)
    is_right = (
        state is CaseState.PREPARED and viewed and mandated and not sampled and not is_open
        and 0 < amount <= WILLEM.mandate_eurocent
    )  # fmt: skip
    try:
        check_confirmation(
            a_case(state), WILLEM, lane=Lane.PREPARED, sampled=sampled, viewed=viewed, amount_eurocent=amount,
            conditions=conditions,
        )  # fmt: skip
        passed = True
    except (StepNotPossible, NotViewed, CorrectionOpen, Refusal):
        passed = False

    assert passed is is_right


def test_the_weighing_sets_how_long_reasons_are_and_which_role_decides() -> None:
    guard = HumanDecides("mens-beslist", frozenset({"afwijzing"}), "beslisser", 100)
    conditions = replace(FREE, guard=guard, guarded="afwijzing")

    def refuse(reasons: str, role: str = "beslisser") -> None:
        check_decision(
            a_case(), replace(WILLEM, role=role), REFUSE, actor_kind="employee", amount_eurocent=None, reasons=reasons,
            conditions=conditions,
        )  # fmt: skip

    refuse("x" * 100)
    with pytest.raises(Refusal, match="at least 100"):
        refuse("x" * 99)
    with pytest.raises(Refusal, match="mandate"):
        refuse("x" * 100, role="loket")


@pytest.mark.parametrize(
    ("outcome", "amount", "computed", "reasons", "said"),
    [
        (REFUSE, None, 52197, (), "afwijzing"),
        (GRANT, 40_000, 52197, (), "lager"),
        (GRANT, 52197, 52197, ("sampled",), ""),
        (GRANT, 52197, None, ("unknown:norm",), "open_norm"),
        (GRANT, 52197, None, ("unknown:norm", "unknown:vermogen"), "onbekend"),
        (GRANT, 52197, None, ("inkomen_voldoet",), ""),
    ],
)
def test_what_the_weighing_calls_an_outcome(
    outcome: DecisionOutcome, amount: int | None, computed: int | None, reasons: tuple[str, ...], said: str
) -> None:
    found = guarded_outcome(
        outcome, amount_eurocent=amount, computed_eurocent=computed, reasons=reasons, open_norms={"norm"}
    )

    assert found == said


# -- terms -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("on", "answer_by"),
    [
        (date(2025, 4, 28), date(2025, 5, 6)),  # over Bevrijdingsdag, Monday 5 May
        (date(2025, 4, 17), date(2025, 4, 28)),  # over Good Friday and Easter Monday
        (date(2025, 5, 23), date(2025, 6, 2)),  # over Ascension Day, Thursday 29 May
        (date(2025, 12, 19), date(2025, 12, 30)),  # over both days of Christmas
        (date(2025, 3, 1), date(2025, 3, 7)),  # from a Saturday
    ],
)
def test_five_working_days_leave_out_weekends_and_general_holidays(on: date, answer_by: date) -> None:
    assert statutory.working_days_after(book(), on, 5) == answer_by


def test_eight_weeks_to_decide_and_six_to_object_and_to_pay() -> None:
    terms = statutory.decision_terms(book(), date(2025, 5, 28))

    assert statutory.decide_by(book(), date(2025, 5, 12)) == date(2025, 7, 7)
    assert (terms.objection_until, terms.pay_by) == (date(2025, 7, 9), date(2025, 7, 9))
    assert statutory.objection_weeks(book(), date(2025, 5, 28)) == 6


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_no_term_ever_ends_in_a_weekend(day: date) -> None:
    terms = statutory.decision_terms(book(), day)

    assert terms.objection_until.weekday() < 5
    assert terms.pay_by.weekday() < 5
    assert (terms.objection_until - day).days >= 42


@given(st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_the_next_time_is_twelve_months_later_to_the_day(granted_on: date) -> None:
    found = next_possible(SERVICE, granted_on)

    assert found is not None
    assert (found.year, found.month) == (granted_on.year + 1, granted_on.month)
    assert found.day == granted_on.day or (granted_on.month, granted_on.day, found.day) == (2, 29, 28)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_year_before_is_at_most_366_days(on: date) -> None:
    before = a_year_before(on)

    assert (before.year, before.month) == (on.year - 1, on.month)
    assert 365 <= (on - before).days <= 366
