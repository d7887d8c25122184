"""Terms never end on a Saturday, Sunday or public holiday; Easter is checked against another computation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law_content.builders import book, facts
from waardig.law.queries import evaluate

DECREED = {"2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30"}
LATER = {"2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26"}


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computation (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> set[date]:
    """Public holidays of Algemene termijnenwet article 3."""
    sunday = easter(year)
    king = date(year, 4, 27)
    king = king - timedelta(days=1) if king.weekday() == 6 else king
    fixed = {date(year, 1, 1), king, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return fixed | {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}


def free(day: date, decreed: set[str]) -> bool:
    """True when no term ends on this day."""
    return day.weekday() >= 5 or day in holidays(day.year) or day.isoformat() in decreed


def term_end(start: date, count: int, unit: str) -> str:
    """The last day of a term by the law file."""
    found = evaluate(
        book(),
        "algemene_termijnenwet",
        ["einddatum"],
        on=start,
        parameters={"dag_voor_begin": start.isoformat(), "aantal": count, "eenheid": unit},
    )
    return str(found.outputs["einddatum"].value)


@settings(max_examples=150, deadline=None)
@given(start=st.dates(date(2023, 1, 1), date(2098, 11, 1)), weeks=st.integers(1, 12))
def test_a_term_in_weeks_ends_on_the_first_ordinary_day(start: date, weeks: int) -> None:
    decreed = DECREED | (LATER if start >= date(2025, 10, 4) else set())
    expected = start + timedelta(weeks=weeks)
    while free(expected, decreed):
        expected += timedelta(days=1)

    assert term_end(start, weeks, "WEKEN") == expected.isoformat()


@settings(max_examples=40, deadline=None)
@given(start=st.dates(date(2023, 1, 1), date(2098, 1, 1)), weeks=st.integers(13, 60))
def test_a_term_of_more_than_twelve_weeks_is_never_extended(start: date, weeks: int) -> None:
    assert term_end(start, weeks, "WEKEN") == (start + timedelta(weeks=weeks)).isoformat()


@pytest.mark.parametrize("year", range(2000, 2100))
def test_easter_is_right_in_every_year(year: int) -> None:
    found = evaluate(
        book(),
        "algemene_termijnenwet",
        ["eerste_paasdag"],
        on=date(2025, 1, 1),
        parameters={"dag": f"{year}-07-01"},
    )

    assert found.outputs["eerste_paasdag"].value == easter(year).isoformat()


@settings(max_examples=60, deadline=None)
@given(made_known=st.dates(date(2023, 1, 1), date(2028, 6, 1)))
def test_objection_starts_the_day_after_and_ends_with_the_payment_term(made_known: date) -> None:
    found = evaluate(
        book(),
        "algemene_wet_bestuursrecht",
        ["bezwaar_begindatum", "bezwaar_einddatum", "betaling_uiterlijk"],
        on=made_known,
        facts=facts({"datum_bekendmaking": made_known.isoformat()}),
    ).outputs

    assert found["bezwaar_begindatum"].value == (made_known + timedelta(days=1)).isoformat()
    assert found["bezwaar_einddatum"].value == found["betaling_uiterlijk"].value
    assert found["bezwaar_einddatum"].value == term_end(made_known, 6, "WEKEN")
