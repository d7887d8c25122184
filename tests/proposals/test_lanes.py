"""Which lane a household goes into: the widest that facts and rules allow, and else a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.catalogue.terms import ServiceLane
from waardig.proposals.core.lanes import APPROACHES, LaneRules, lane_of_known, lane_of_unknown

ALL = frozenset(ServiceLane)
OPEN = frozenset({"geen_uitzicht"})


def rules(
    *lanes: ServiceLane, askable: frozenset[str] = frozenset({"inkomen"}), open_norms: frozenset[str] = frozenset()
) -> LaneRules:
    return LaneRules(frozenset(lanes) or ALL, askable, open_norms)


@pytest.mark.parametrize(
    ("allowed", "unasked", "assumed", "lane"),
    [
        (rules(), True, (), ServiceLane.WITHOUT_APPLICATION),
        (rules(), False, (), ServiceLane.YES_IS_ENOUGH),
        (rules(), True, ("vermogen",), ServiceLane.YES_IS_ENOUGH),
        (rules(open_norms=OPEN), True, (), ServiceLane.YES_IS_ENOUGH),
        (rules(ServiceLane.YES_IS_ENOUGH), True, (), ServiceLane.YES_IS_ENOUGH),
        (rules(ServiceLane.WITHOUT_APPLICATION), False, (), None),
        (rules(ServiceLane.SHORT_FORM), True, (), None),
    ],
)
def test_who_qualifies_goes_into_the_widest_lane_that_is_allowed(
    allowed: LaneRules, unasked: bool, assumed: tuple[str, ...], lane: ServiceLane | None
) -> None:
    assert lane_of_known(allowed, unasked=unasked, assumed=assumed) is lane


@pytest.mark.parametrize(
    ("allowed", "reasons", "administrator", "lane"),
    [
        (rules(), ("unknown:inkomen",), False, ServiceLane.SHORT_FORM),
        (rules(open_norms=OPEN), ("unknown:inkomen", "unknown:geen_uitzicht"), False, ServiceLane.SHORT_FORM),
        (rules(open_norms=OPEN), ("unknown:geen_uitzicht",), False, None),
        (rules(), ("unknown:woont_in_gemeente",), False, None),
        (rules(), ("unknown:inkomen", "unknown:woont_in_gemeente"), False, None),
        (rules(), ("unknown:inkomen",), True, None),
        (rules(), ("untranslatable",), False, None),
        (rules(ServiceLane.YES_IS_ENOUGH), ("unknown:inkomen",), False, None),
    ],
)
def test_only_facts_that_people_can_tell_are_asked_and_the_rest_goes_to_a_person(
    allowed: LaneRules, reasons: tuple[str, ...], administrator: bool, lane: ServiceLane | None
) -> None:
    assert lane_of_unknown(allowed, reasons, administrator=administrator) is lane


@given(st.frozensets(st.sampled_from(list(ServiceLane))), st.booleans(), st.sets(st.text(max_size=5)), st.booleans())
def test_no_household_goes_into_a_lane_that_the_service_does_not_have(
    lanes: frozenset[ServiceLane], unasked: bool, names: set[str], norm: bool
) -> None:
    allowed = LaneRules(lanes, frozenset(names), OPEN if norm else frozenset())

    found = {
        lane_of_known(allowed, unasked=unasked, assumed=names),
        lane_of_unknown(allowed, [f"unknown:{name}" for name in names], administrator=False),
    } - {None}

    assert found <= lanes
    assert not (ServiceLane.WITHOUT_APPLICATION in found and (norm or names or not unasked))


def test_every_lane_opens_something_and_only_the_unasked_one_without_a_question() -> None:
    assert set(APPROACHES) == ALL
    assert [lane for lane, one in APPROACHES.items() if one.kind.value == "own_initiative"] == [
        ServiceLane.WITHOUT_APPLICATION
    ]
