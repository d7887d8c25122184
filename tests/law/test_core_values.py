"""The meaning of every operation, exactly (regelrecht RFC-021, RFC-024, RFC-036)."""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.builders import an_expression
from waardig.law.core import values as v

EXACT = [
    ("{operation: MULTIPLY, values: [211200, 0.01896]}", Decimal("4004.352")),
    ("{operation: ADD, values: [1, 2, 3.5]}", Decimal("6.5")),
    ("{operation: ADD, values: [ab, cd]}", "abcd"),
    ("{operation: SUBTRACT, values: [10, 3, 4]}", 3),
    ("{operation: DIVIDE, values: [10, 4]}", Decimal("2.5")),
    ("{operation: DIVIDE, values: [10, 5]}", 2),
    ("{operation: MULTIPLY, values: [{operation: DIVIDE, values: [1, 3]}, 3]}", 1),
    ("{operation: MIN, values: [3, 1.5, 2]}", Decimal("1.5")),
    ("{operation: MAX, values: [3, 1.5, 2]}", 3),
    ("{operation: ROUND, value: 2.5, precision: 0}", 3),
    ("{operation: ROUND, value: -2.5, precision: 0}", -3),
    ("{operation: ROUND, value: 2.345, precision: 2}", Decimal("2.35")),
    ("{operation: ROUND, value: 157350, precision: -2}", 157400),
    ("{operation: CEIL, value: -2.1, precision: 0}", -2),
    ("{operation: FLOOR, value: -2.1, precision: 0}", -3),
    ("{operation: FLOOR, value: 157342.2, precision: -2}", 157300),
    ("{operation: EQUALS, subject: 2, value: 2.0}", True),
    ("{operation: EQUALS, subject: '42', value: 42}", False),
    ("{operation: EQUALS, subject: null, value: null}", True),
    ("{operation: EQUALS, subject: null, value: 0}", False),
    ("{operation: EQUALS, subject: true, value: 1}", False),
    ("{operation: NOT_EQUALS, subject: 1, value: 2}", True),
    ("{operation: EQUALS, subject: $referencedate, value: '2025-03-01'}", True),
    ("{operation: LESS_THAN, subject: '2025-02-28', value: $referencedate}", True),
    ("{operation: GREATER_THAN_OR_EQUAL, subject: 2, value: 2}", True),
    ("{operation: AND, conditions: []}", True),
    ("{operation: OR, conditions: []}", False),
    ("{operation: NOT, value: 0}", True),
    ("{operation: NOT, value: null}", True),
    ("{operation: IN, subject: 2, values: [1, 2.0]}", True),
    ("{operation: IN, subject: null, values: [1, null]}", True),
    ("{operation: NOT_IN, subject: 3, values: [1, 2]}", True),
    ("{operation: IN, subject: 3, value: 3}", True),
    ("{operation: LIST, items: [1, a]}", [1, "a"]),
    ("{operation: IF, cases: [{when: false, then: 1}], default: 2}", 2),
    ("{operation: SWITCH, cases: [{when: {operation: EQUALS, subject: $D, value: 1}, then: een}]}", "een"),
    ("{operation: AGE, date_of_birth: '2004-02-29', reference_date: '2025-02-28'}", 21),
    ("{operation: AGE, date_of_birth: '2004-02-29', reference_date: '2025-02-27'}", 20),
    ("{operation: AGE, date_of_birth: '2004-03-02', reference_date: $referencedate}", 20),
    ("{operation: DATE_ADD, date: '2025-01-31', months: 1}", "2025-02-28"),
    ("{operation: DATE_ADD, date: '2024-02-29', years: 1, months: 12}", "2026-02-28"),
    ("{operation: DATE_ADD, date: '2025-01-31', months: 1, weeks: 1, days: -1}", "2025-03-06"),
    ("{operation: DATE_DIFF, from: '2025-01-31', to: '2025-02-28', in: months}", 1),
    ("{operation: DATE_DIFF, from: '2025-07-01', to: '2025-01-01', in: days}", -181),
    ("{operation: DATE_DIFF, from: '2025-07-01', to: '2023-01-01', in: years}", -2),
    ("{operation: DATE, year: 2024, month: 2, day: 29}", "2024-02-29"),
    ("{operation: DAY_OF_WEEK, date: '2025-03-01'}", 5),
    ("$referencedate.year", 2025),
    ("{operation: DATE_PART, date: '2024-02-29', in: year}", 2024),
    ("{operation: DATE_PART, date: '2024-02-29', in: month}", 2),
    ("{operation: DATE_PART, date: $referencedate, in: day}", 1),
    ("{operation: START_OF, date: '2024-02-29', in: month}", "2024-02-01"),
    ("{operation: START_OF, date: '2024-02-29', in: year}", "2024-01-01"),
    ("{operation: DATE_ADD, date: {operation: START_OF, date: '2025-12-31', in: month}, months: 1}", "2026-01-01"),
]


@pytest.mark.parametrize(("expression", "expected"), EXACT)
def test_an_operation_gives_exactly_this(tmp_path: Path, expression: str, expected: object) -> None:
    found = an_expression(tmp_path, expression)

    assert (found.value, found.reason) == (expected, "ok")


ERRORS = [
    ("{operation: DIVIDE, values: [1, 0]}", "division by zero"),
    ("{operation: ADD, values: [1, null]}", "ADD needs numbers, not a number and nothing (null)"),
    ("{operation: GREATER_THAN, subject: null, value: 1}", "GREATER_THAN compares two numbers or two dates"),
    ("{operation: LESS_THAN, subject: '2025-1-1', value: '2025-02-01'}", "LESS_THAN compares two numbers or two dates"),
    ("{operation: MIN, values: ['2025-01-01', '2025-02-01']}", "MIN needs numbers"),
    ("{operation: DATE, year: 2025, month: 2, day: 29}", "DATE has no day 29 in month 2 of year 2025"),
    ("{operation: MULTIPLY, values: [9223372036854775807, 2]}", "arithmetic overflow"),
    ("{operation: DATE_ADD, date: '9999-12-31', days: 1}", "outside the years 1 to 9999"),
    ("{operation: DATE_PART, date: '2025-3-1', in: year}", "DATE_PART needs a date, not text"),
    ("{operation: DATE_PART, date: null, in: year}", "DATE_PART needs a date, not nothing (null)"),
    ("{operation: DATE_PART, date: '2025-03-01', in: week}", "DATE_PART reads the year, month or day"),
    ("{operation: START_OF, date: 2025, in: year}", "START_OF needs a date, not a number"),
    ("{operation: START_OF, date: '2025-03-01', in: day}", "START_OF goes back to the start of the year or month"),
]


@pytest.mark.parametrize(("expression", "message"), ERRORS)
def test_what_cannot_be_computed_is_an_error_with_its_cause(tmp_path: Path, expression: str, message: str) -> None:
    found = an_expression(tmp_path, expression)

    assert (found.value, found.reason) == (None, "error")
    assert message in found.detail


def test_an_if_without_default_is_absent_when_no_case_holds(tmp_path: Path) -> None:
    found = an_expression(tmp_path, "{operation: IF, cases: [{when: false, then: 1}]}")

    assert (found.value, found.reason) == (None, "absent")


KLEENE = [
    ("{operation: AND, conditions: [$onbekend, false]}", (False, "ok")),
    ("{operation: AND, conditions: [$onbekend, true]}", (None, "unknown:onbekend")),
    ("{operation: AND, conditions: [$onbekend, null]}", (False, "ok")),
    ("{operation: OR, conditions: [$onbekend, true]}", (True, "ok")),
    ("{operation: OR, conditions: [$onbekend, false]}", (None, "unknown:onbekend")),
    ("{operation: NOT, value: $onbekend}", (None, "unknown:onbekend")),
    ("{operation: EQUALS, subject: $onbekend, value: null}", (None, "unknown:onbekend")),
    ("{operation: IF, cases: [{when: $onbekend, then: 1}], default: 1}", (None, "unknown:onbekend")),
    ("{operation: IF, cases: [{when: true, then: 1}], default: $onbekend}", (1, "ok")),
    ("{operation: IN, subject: 1, values: [$onbekend, 1]}", (True, "ok")),
    ("{operation: IN, subject: 2, values: [$onbekend, 1]}", (None, "unknown:onbekend")),
    ("{operation: ADD, values: [1, $onbekend]}", (None, "unknown:onbekend")),
]


@pytest.mark.parametrize(("expression", "expected"), KLEENE)
def test_unknown_never_decides_and_what_settles_wins(
    tmp_path: Path, expression: str, expected: tuple[object, str]
) -> None:
    from tests.law.builders import a_law, ask

    body = (
        "execution:\n  input: [{name: onbekend, type: boolean, source: {}}]\n"
        f"  output: [{{name: x, type: boolean}}]\n  actions: [{{output: x, value: {expression}}}]\n"
    )
    found = ask(a_law(tmp_path, body), "w", "x").outputs["x"]

    assert (found.value, found.reason) == expected


dates = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))


@given(dates, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day: datetime.date, months: int) -> None:
    moved = v.add_months(day, months)

    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day == min(day.day, calendar.monthrange(moved.year, moved.month)[1])


@given(dates, dates)
def test_age_grows_by_one_on_the_birthday_only(born: datetime.date, on: datetime.date) -> None:
    today = v.age(born.isoformat(), on.isoformat()).value
    before = v.age(born.isoformat(), (on - datetime.timedelta(days=1)).isoformat()).value
    birthday = v.add_months(born, 12 * (on.year - born.year))

    if on > born:
        assert today - before == (1 if on == birthday else 0)


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(-4, 6))
def test_rounding_stays_within_half_a_unit(value: Fraction, precision: int) -> None:
    unit = Fraction(10) ** -precision
    nearest, up, down = (Fraction(v.rounded(op, value, precision).value) for op in ("ROUND", "CEIL", "FLOOR"))

    assert abs(nearest - value) <= unit / 2
    assert down <= value <= up
    assert up - down in (0, unit)
