"""From an announcement to a grant without an application: anybody can say no, and what differs goes to a person."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from django.db import transaction

from tests.cases.builders import REASONS, resident, rolled_back
from tests.proposals.builders import (
    LAST_DAY,
    LISTED,
    PETRA,
    SERVICE,
    WILLEM,
    a_client,
    announced,
    case_of,
    confirmed,
    judge_sample,
    later,
    letters,
    listed,
    total,
    weighed,
)
from waardig.access.actions import opt_out, set_business_date
from waardig.cases import actions as cases_actions
from waardig.cases import models as case_models
from waardig.cases import queries as cases
from waardig.cases.actions import decide, decline, propose_instead, waive
from waardig.cases.terms import (
    BeyondMandate,
    CaseKind,
    CaseState,
    DecisionOutcome,
    StepNotPossible,
    UnaskedRefusal,
)
from waardig.outbox.actions import drain
from waardig.outbox.models import Job
from waardig.proposals import jobs, models, queries
from waardig.proposals.actions import confirm_list, grant_part, list_grants, release_list, run_round
from waardig.proposals.terms import ControlTotalDiffers, LineStanding, ListHeldBack, SampleNotJudged


@pytest.fixture(autouse=True)
def _weighed(owner: psycopg.Connection) -> None:
    weighed()


def test_an_announcement_says_what_when_and_how_to_say_no_and_decides_nothing() -> None:
    person = a_client(brp__kinderen=[{"geboortedatum": "2015-05-02"}], uitkeringen__leefvorm="ALLEENSTAANDE_OUDER")

    summary = run_round(SERVICE)

    case = case_of(person)
    assert (summary.read, summary.entitled, summary.proposals, summary.log_lines) == (1, 1, 1, 1)
    assert (case.kind, case.state, case.lane) == (CaseKind.OWN_INITIATIVE, CaseState.ANNOUNCED, "without_application")
    assert (case.amount_eurocent, case.say_no_until, case.decide_by) == (35_000, LAST_DAY, date(2025, 5, 8))
    [text] = letters(case.id)
    assert "U krijgt waarschijnlijk € 350" in text and "Zeg nee, liefst uiterlijk donderdag 24 april 2025" in text
    assert cases.decisions_of([case.id]) == {}


def test_before_its_term_is_over_nothing_is_listed_and_nobody_is_read(owner: psycopg.Connection) -> None:
    [case] = announced(a_client())
    before = owner.execute("SELECT count(*) FROM log.detail").fetchone()

    set_business_date(LAST_DAY)
    found = list_grants(SERVICE)

    assert (found.list, found.due) == (None, 0)
    assert cases.case(case.id).state is CaseState.ANNOUNCED
    assert owner.execute("SELECT count(*) FROM log.detail").fetchone() == before


def test_who_says_no_gets_nothing_and_is_left_alone_for_a_year() -> None:
    person = a_client()
    [case] = announced(person)

    decline(case.id, actor=resident(person), on=LAST_DAY, never_again=False)
    set_business_date(LISTED)
    found = list_grants(SERVICE)
    again = run_round(SERVICE)

    assert (cases.case(case.id).state, found.due) == (CaseState.OPTED_OUT, 0)
    assert (again.read, again.already) == (0, 1)
    with pytest.raises(StepNotPossible):
        decline(case.id, actor=resident(person), on=LISTED, never_again=False)


def test_a_list_is_granted_by_an_official_with_one_line_a_person_and_nothing_twice(owner: psycopg.Connection) -> None:
    persons = [a_client() for _ in range(4)]
    announced(*persons)
    identity = listed()

    with pytest.raises(SampleNotJudged):
        confirm_list(identity, WILLEM, typed_eurocent=45_000, on=LISTED)
    judge_sample(identity)
    with pytest.raises(ControlTotalDiffers):
        confirm_list(identity, WILLEM, typed_eurocent=60_000, on=LISTED)
    assert confirmed(identity) == 3

    decisions = cases.decisions_of(case_of(person).id for person in persons)
    assert {(one.official, one.mandate, one.amount_eurocent) for one in decisions.values()} == {
        ("w.degraaf", "Mandaatbesluit Rietwaarden 2025, artikel 4", 15_000)
    }
    assert len(decisions) == 4
    [kept] = queries.confirmations_of(identity)
    read = "SELECT count(*), count(DISTINCT subject) FROM log.detail WHERE run = %s"
    lines = owner.execute(read, [kept.id]).fetchone()
    assert lines == (3, 3)
    assert (grant_part(kept.id, 0), kept.total_eurocent) == (0, 45_000)
    granted = next(line for line in queries.lines_of(identity, WILLEM, on=LISTED) if not line.sampled)
    assert "U hoefde dit niet aan te vragen" in letters(granted.case)[-1]
    set_business_date(LISTED + timedelta(days=3))
    assert run_round(SERVICE).reasons == {"nog_niet_gekregen_dit_jaar": 4}


def test_whoever_changed_since_the_announcement_goes_to_a_person_and_hears_no_no() -> None:
    persons = {
        "other_amount": a_client(uitkeringen__leefvorm="ALLEENSTAANDE_OUDER"),
        "not_any_more": a_client(),
        "under_guardianship": a_client(),
        "deceased": a_client(),
        "no_account": a_client(),
        "not_readable": a_client(),
        "same": a_client(),
    }
    announced(*persons.values())
    set_business_date(LISTED)
    later(persons["other_amount"], brp__kinderen=[{"geboortedatum": "2020-01-01"}])
    later(persons["not_any_more"], uitkeringen__inkomen=300_000)
    later(persons["under_guardianship"], brp__curatele=True)
    later(persons["deceased"], brp__overlijdensdatum="2025-04-10")
    later(persons["no_account"], uitkeringen__iban=None)
    later(persons["not_readable"], uitkeringen__status="beeindigd")

    found = list_grants(SERVICE)

    reasons = {name: cases.assessments_of([case_of(one).id])[case_of(one).id].reasons for name, one in persons.items()}
    assert {name: found_[0] for name, found_ in reasons.items() if name != "same"} == {
        name: name for name in persons if name != "same"
    }
    assert (found.due, found.to_person, found.sampled) == (7, 6, 1)
    assert models.GrantListItem.objects.count() == 1
    waiting = case_of(persons["not_any_more"])
    assert waiting.state is CaseState.BY_HAND
    with pytest.raises(UnaskedRefusal):
        decide(waiting.id, WILLEM, DecisionOutcome.REFUSE, actor_kind="employee", reasons=REASONS, on=LISTED)
    asked = propose_instead(waiting.id, WILLEM, REASONS, on=LISTED)
    assert (asked.kind, asked.state) == (CaseKind.PROPOSAL, CaseState.PROPOSED)
    assert "Dit is geen afwijzing" in letters(asked.id)[-1]


def test_a_change_between_the_list_and_the_decision_drops_to_a_person_and_a_no_still_counts() -> None:
    changed, refuses, opted, same = (a_client() for _ in range(4))
    announced(changed, refuses, opted, same)
    identity = listed()
    judge_sample(identity)
    waiting = {line.case for line in queries.lines_of(identity, WILLEM, on=LISTED) if not line.sampled}
    kept = confirm_list(identity, WILLEM, typed_eurocent=total(identity), on=LISTED)
    later(changed, uitkeringen__inkomen=300_000)
    if case_of(refuses).id in waiting:
        decline(case_of(refuses).id, actor=resident(refuses), on=LISTED, never_again=False)
    with transaction.atomic():
        opt_out(opted, SERVICE, resident(opted), LISTED)
    drain(jobs.handlers(), until_empty=True)

    expected = {changed: CaseState.BY_HAND, refuses: CaseState.OPTED_OUT, opted: CaseState.OPTED_OUT}
    states = {one: case_of(one).state for one in expected if case_of(one).id in waiting}
    assert states == {one: state for one, state in expected.items() if case_of(one).id in waiting}
    assert kept.count == 3 and len(states) >= 2


def test_a_list_waits_when_the_sample_deviates_until_somebody_else_says_why_the_rest_holds() -> None:
    announced(*(a_client() for _ in range(3)))
    identity = listed()
    judge_sample(identity, amount_eurocent=10_000)

    with pytest.raises(ListHeldBack):
        confirm_list(identity, WILLEM, typed_eurocent=total(identity), on=LISTED)
    with pytest.raises(BeyondMandate):
        release_list(identity, WILLEM, REASONS, on=LISTED)
    assert models.GrantConfirmation.objects.count() == 0
    release_list(identity, PETRA, REASONS, on=LISTED)
    assert confirmed(identity, PETRA) == 2


def test_what_is_above_the_mandate_is_left_out_with_the_reason_and_a_colleague_can_grant_it() -> None:
    children = [{"geboortedatum": "2015-05-02"}] * 5
    rich = a_client(brp__kinderen=children, uitkeringen__leefvorm="ALLEENSTAANDE_OUDER")
    announced(rich, *(a_client() for _ in range(3)))
    identity = listed()
    judge_sample(identity, PETRA)
    by_case = {line.case: line.standing for line in queries.lines_of(identity, WILLEM, on=LISTED)}

    if by_case[case_of(rich).id] is not LineStanding.AGREES:  # not the one that was drawn
        assert by_case[case_of(rich).id] is LineStanding.OVER_MANDATE
        assert confirmed(identity, WILLEM) == 2
        assert case_of(rich).state is CaseState.PREPARED
    assert confirmed(identity, PETRA) >= 1
    assert case_of(rich).state is CaseState.DECIDED


def test_a_batch_that_is_killed_leaves_nothing_and_the_next_try_grants_all() -> None:
    announced(*(a_client() for _ in range(3)))
    identity = listed()
    judge_sample(identity)
    kept = confirm_list(identity, WILLEM, typed_eurocent=total(identity), on=LISTED)
    before = case_models.Decision.objects.count()

    with pytest.raises(RuntimeError), rolled_back():
        grant_part(kept.id, 0)  # the gate refuses to be asked inside a transaction that could be undone
    assert case_models.Decision.objects.count() == before
    assert grant_part(kept.id, 0) == 2
    assert grant_part(kept.id, 0) == 0
    assert case_models.Decision.objects.count() == before + 2


def test_granted_money_can_be_given_up_before_it_is_paid_and_is_not_paid_then() -> None:
    person = a_client()
    announced(person)
    identity = listed()
    judge_sample(identity)
    case, decision = case_of(person), cases.decisions_of([case_of(person).id])[case_of(person).id]

    waive(case.id, actor=resident(person), on=LISTED)

    assert case_of(person).state is CaseState.WAIVED
    assert [row.payload for row in Job.objects.filter(topic="payments.cancel")] == [{"decision": str(decision.id)}]
    assert "U ziet af van dit geld" in letters(case.id)[-1]
    with pytest.raises(StepNotPossible):
        waive(case.id, actor=resident(person), on=LISTED)
    with pytest.raises(StepNotPossible):
        cases_actions.withdraw(case.id, actor=resident(person), on=LISTED)
