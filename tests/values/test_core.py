"""The weighing as pure decisions: when it is complete, what it covers, how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.values.builders import RULES, URI, a_decision, a_dossier, both, changed, codes
from waardig.values.core.completeness import completeness, last_day
from waardig.values.core.coverage import covers, scope_gaps, scope_problems
from waardig.values.core.reading import canonical_hash, dossier_of
from waardig.values.core.standing import standing
from waardig.values.terms import Scope, State, Suspension

ATTRIBUTES = frozenset({"brp.geboortedatum", "uitkeringen.status"})

# Every part a decision cannot do without, and the refusal when it is not there.
MANDATORY: list[tuple[tuple[str | int, ...], str]] = [
    (("options", 0), "doing_nothing_missing"),
    (("options", 1), "too_few_options"),
    (("values", 0), "no_value_served"),
    (("values", 1), "no_value_harmed"),
    (("values", 1, "safeguards"), "harm_without_safeguard"),
    (("positions",), "no_resident_heard"),
    (("positions", 0), "no_resident_heard"),
    (("advice",), "advice_missing"),
    (("advice", "by", "role"), "advice_missing"),
    (("dpia",), "dpia_missing"),
    (("choice",), "choice_missing"),
    (("decision",), "decision_missing"),
    (("announcement",), "announcement_missing"),
    (("safeguards", 0), "safeguard_w04_missing"),
    (("safeguards", 1), "safeguard_w10_missing"),
    (("covers",), "covers_missing"),
    (("covers", "attributes", slice(None)), "covers_missing"),
]


def test_a_dossier_with_every_part_is_complete() -> None:
    assert completeness(a_dossier()) == ()


@pytest.mark.parametrize(("place", "code"), MANDATORY, ids=[".".join(map(str, place)) for place, _ in MANDATORY])
def test_without_a_mandatory_part_a_dossier_is_not_complete(place: tuple[Any, ...], code: str) -> None:
    content = changed(a_decision(), *place)

    found = codes(completeness(dossier_of(content)))

    assert code in found


@given(st.sets(st.sampled_from(range(len(MANDATORY))), min_size=1))
def test_removing_any_mandatory_parts_always_makes_a_dossier_incomplete(chosen: set[int]) -> None:
    content = a_decision()
    for index in sorted(chosen, reverse=True):
        try:
            content = changed(content, *MANDATORY[index][0])
        except (KeyError, IndexError):
            continue  # an earlier removal took this part along

    assert completeness(dossier_of(content)) != ()


@pytest.mark.parametrize(
    ("place", "to", "code"),
    [
        (("choice", "option"), "anders", "choice_unknown"),
        (("decision", "mandate"), " ", "decision_mandate_missing"),
        (("decision", "reference"), " ", "decision_reference_missing"),
        (("decision", "valid_until"), "2027-03-19", "term_too_long"),
        (("decision", "valid_until"), "2025-03-18", "term_too_long"),
        (("decision", "decided_by", "id"), "a.auteur", "four_eyes"),
        (("advice", "by", "id"), "c.college", "four_eyes"),
        (("author", "id"), "f.adviseur", "four_eyes"),
        (("advice", "date"), "2025-03-19", "advice_after_decision"),
        (("advice", "opinion"), "negative", "deviation_unexplained"),
        (("dpia", "valid_until"), "2025-03-17", "dpia_not_valid"),
        (("dpia", "date"), "2025-03-19", "dpia_not_valid"),
        (("announcement", "on"), "2025-03-17", "announced_before_decision"),
        (("announcement", "first_run_not_before"), "2025-03-25", "no_time_to_opt_out"),
        (("values", 1, "safeguards"), ["bestaat-niet"], "unknown_safeguard"),
        (("options", 1, "id"), "niets", "option_twice"),
    ],
)
def test_a_wrong_part_is_named(place: tuple[Any, ...], to: Any, code: str) -> None:
    found = codes(completeness(dossier_of(changed(a_decision(), *place, to=to))))

    assert code in found


def test_a_harm_may_be_accepted_only_by_the_deciding_body() -> None:
    risk = {"text": both("Dat blijft."), "accepted_by": "het college van Voorbeeld"}
    bare = changed(a_decision(), "values", 1, "safeguards")
    accepted = changed(bare, "values", 1, "accepted_risk", to=risk)
    by_another = changed(bare, "values", 1, "accepted_risk", to={**risk, "accepted_by": "de leverancier"})

    assert completeness(dossier_of(accepted)) == ()
    assert codes(completeness(dossier_of(by_another))) == ["harm_without_safeguard"]


def test_a_reasoned_absence_of_residents_is_enough() -> None:
    assert completeness(a_dossier(positions=None, no_resident_position=both("Er is geen cliëntenraad."))) == ()


def test_a_covered_attribute_that_is_forbidden_is_refused() -> None:
    content = a_decision()
    group = {"id": "leeftijd", "name": both("leeftijd"), "attributes": ["brp.geboortedatum"]}
    content["safeguards"].append({"id": "nooit", "type": "W01", "groups": [group]})

    problems = completeness(dossier_of(content))

    assert codes(problems) == ["forbidden_covered"]
    assert "brp.geboortedatum" in problems[0].text_en


def test_a_horizon_past_the_decision_is_refused() -> None:
    content = a_decision()
    late = {"id": "eind", "type": "W09", "valid_until": "2028-01-01", "evaluate_on": "2026-03-18"}
    content["safeguards"].append(late)

    assert codes(completeness(dossier_of(content))) == ["horizon_mismatch"]


def test_every_problem_says_what_to_do_in_both_languages() -> None:
    kept = ("id", "version", "service", "title", "question", "occasion", "author")
    empty = dossier_of({key: a_decision()[key] for key in kept} | {"options": [], "values": []})

    problems = completeness(empty)

    assert len(problems) == 13
    assert all(problem.text_nl and problem.text_en and problem.remedy for problem in problems)


def test_twenty_four_months_end_on_the_same_day_or_the_last_of_the_month() -> None:
    assert last_day(date(2025, 3, 18)) == date(2027, 3, 18)
    assert last_day(date(2024, 2, 29)) == date(2026, 2, 28)


def test_what_was_decided_on_is_covered() -> None:
    assert covers(a_dossier(), RULES, ATTRIBUTES, [URI]) == ()
    assert covers(a_dossier(), RULES, ["uitkeringen.status"], [URI]) == ()


@given(st.sets(st.from_regex(r"[a-z]{2,8}\.[a-z]{2,8}", fullmatch=True), min_size=1, max_size=4))
def test_any_added_attribute_is_a_gap(added: set[str]) -> None:
    gaps = covers(a_dossier(), RULES, ATTRIBUTES | added, [URI])

    assert [gap.name for gap in gaps if gap.kind == "attribute"] == sorted(added - ATTRIBUTES)


@given(st.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
def test_any_other_rule_set_is_a_gap(rule_set: str) -> None:
    expected = [] if rule_set == RULES else ["not_covered_rule_set"]

    assert codes(covers(a_dossier(), rule_set, ATTRIBUTES, [URI])) == expected


def test_another_activity_version_and_a_new_recipient_are_gaps() -> None:
    gaps = covers(a_dossier(), RULES, ATTRIBUTES, [URI + "0"], ["een deurwaarder"])

    assert [(gap.kind, gap.name) for gap in gaps] == [("activity", URI + "0"), ("recipient", "een deurwaarder")]
    assert all(gap.remedy for gap in gaps)


def test_without_a_covers_block_nothing_is_covered() -> None:
    gaps = covers(a_dossier(covers=None), RULES, ATTRIBUTES, [URI])

    assert [gap.kind for gap in gaps] == ["rule_set", "attribute", "attribute", "activity"]


def test_a_scope_gives_gaps_and_unverified_laws() -> None:
    scope = Scope(RULES, ATTRIBUTES | {"suwinet.loon"}, {"proef.ronde": URI}, frozenset(), ("participatiewet",))

    assert [gap.name for gap in scope_gaps(a_dossier(), scope)] == ["suwinet.loon"]
    assert codes(scope_problems(a_dossier(), scope)) == ["unverified_law"]


def test_a_lane_that_was_not_weighed_is_a_gap_and_an_older_decision_weighed_only_a_yes() -> None:
    scope = Scope(RULES, ATTRIBUTES, {"proef.ronde": URI}, frozenset(), (), frozenset({"without_application"}))
    older = replace(scope, lanes=frozenset({"yes_is_enough"}))

    assert [(gap.kind, gap.name) for gap in scope_gaps(a_dossier(), scope)] == [("lane", "without_application")]
    assert scope_gaps(a_dossier(), older) == ()


@pytest.mark.parametrize(
    ("on", "state", "may_run"),
    [
        (date(2025, 3, 17), State.ADVICE, False),
        (date(2025, 3, 18), State.DECIDED, False),
        (date(2025, 4, 27), State.DECIDED, False),
        (date(2025, 4, 28), State.DECIDED, True),
        (date(2027, 2, 1), State.DECIDED, True),
        (date(2027, 2, 2), State.DECIDED, False),
        (date(2027, 3, 18), State.DECIDED, False),
        (date(2027, 3, 19), State.EXPIRED, False),
    ],
)
def test_a_dossier_stands_by_its_dates(on: date, state: State, may_run: bool) -> None:
    stands = standing(a_dossier(), on)

    assert (stands.state, stands.may_run) == (state, may_run)
    assert bool(stands.reasons) is not may_run


def test_before_the_announcement_is_over_the_standing_says_from_when() -> None:
    assert standing(a_dossier(), date(2025, 4, 1)).runs_from == date(2025, 4, 28)
    assert standing(a_dossier(), date(2025, 4, 28)).runs_from is None


def test_states_before_a_decision_follow_from_the_parts() -> None:
    early = date(2025, 1, 1)

    assert standing(a_dossier(advice=None, positions=None, decision=None), early).state is State.CONCEPT
    assert standing(a_dossier(advice=None, decision=None), early).state is State.CONSULTATION
    assert standing(a_dossier(decision=None), early).state is State.ADVICE
    assert standing(a_dossier(withdrawn_on="2025-05-01"), date(2025, 5, 1)).state is State.WITHDRAWN
    assert standing(a_dossier(withdrawn_on="2025-05-01"), date(2025, 4, 30)).state is State.DECIDED


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_a_service_runs_on_no_day_inside_a_suspension(start: int, length: int, day: int) -> None:
    first = date(2025, 4, 28)
    stop = Suspension("individuele_inkomenstoeslag", first + timedelta(start), "f.yildiz", "Er ging iets mis.",
                      resumed_on=first + timedelta(start + length))  # fmt: skip
    on = first + timedelta(day)

    stands = standing(a_dossier(), on, [stop])

    assert stands.may_run is not (start <= day < start + length)
    assert (stands.state is State.SUSPENDED) is (start <= day < start + length)


def test_a_suspension_of_another_service_stops_nothing() -> None:
    stop = Suspension("kwijtschelding", date(2025, 4, 1), "f.yildiz", "Er ging iets mis.")

    assert standing(a_dossier(), date(2025, 5, 1), [stop]).may_run


def test_the_fingerprint_depends_on_content_and_not_on_order() -> None:
    content = a_decision()
    turned = dict(reversed(list(content.items())))

    assert canonical_hash(content) == canonical_hash(turned)
    assert canonical_hash(content) != canonical_hash(changed(content, "title", "nl", to="Mag dit wel?"))
