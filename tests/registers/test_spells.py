"""Whatever dates a source gives its versions, their spells follow on each other and say nothing that was not known."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from waardig.registers.core.incomplete_date import bounds, from_digits
from waardig.registers.core.spells import Version, spells_of

WHOLE = st.dates(date(1999, 1, 1), date(2003, 12, 31)).map(lambda day: day.strftime("%Y%m%d"))
ANY = st.one_of(WHOLE, WHOLE.map(lambda text: f"{text[:6]}00"), WHOLE.map(lambda text: f"{text[:4]}0000"),
                st.sampled_from(["00000000", "", "20010231"]))  # fmt: skip
VERSIONS = st.lists(st.builds(Version, start=ANY, value=st.sampled_from(["a", "b", None]), recorded=ANY), max_size=6)


@given(VERSIONS)
def test_spells_follow_on_each_other_and_the_newest_version_holds_now(versions: list[Version]) -> None:
    told: list[str] = []
    spells = spells_of(versions, lambda kind, _: told.append(kind))

    for earlier, later in pairwise(spells):
        assert later.valid_from is not None
        assert earlier.valid_to == later.valid_from - timedelta(days=1)
        assert earlier.valid_from is None or earlier.valid_from <= earlier.valid_to
    assert (len(spells) > 0) == (len(versions) > 0)
    if versions:
        assert (spells[-1].value, spells[-1].valid_to) == (versions[0].value, None)


def _day(text: str) -> date | None:
    whole = from_digits(text) if text else None
    possible = bounds(whole) if whole else None
    return possible[0] if possible else None


@given(st.lists(WHOLE, min_size=1, max_size=8, unique=True))
def test_whole_days_in_order_are_taken_as_they_are_without_a_word(days: list[str]) -> None:
    newest_first = sorted(days, reverse=True)
    told: list[str] = []
    versions = [Version(day, place) for place, day in enumerate(newest_first)]

    spells = spells_of(versions, lambda kind, _: told.append(kind))

    assert told == []
    assert [spell.valid_from for spell in spells] == [_day(day) for day in sorted(days)]
