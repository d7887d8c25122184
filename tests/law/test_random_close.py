"""Random laws where an error in the lowering hides: ends of months, scales, branches, and facts that are not there.

Laws and facts of every kind (`test_random_laws`) seldom meet there: the twenty-ninth of February, two numbers that are
equal at another scale, the second of three branches. Here each of these has laws and facts of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.test_random_laws import (
    ABSENT,
    MANY,
    UNKNOWN,
    Expression,
    disagreements,
    members,
)

COMPARED = ["GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL", "EQUALS"]
ROUNDED = ["ROUND", "CEIL", "FLOOR"]
YEARS = [1899, 1900, 1999, 2000, 2003, 2004, 2023, 2024]
NEAR = settings(MANY, max_examples=40)


def _end_of_month(year: int, month: int, back: int) -> str:
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.timedelta(days=1 + back)).isoformat()


ENDS = st.builds(_end_of_month, st.sampled_from(YEARS), st.sampled_from([1, 2, 2, 2, 4, 11, 12]), st.integers(-1, 2))


def calendar() -> st.SearchStrategy[Expression]:
    """What is counted on the calendar, and such a count beside a limit."""
    day = st.one_of(st.sampled_from(["$d", "$e", "$d", "$e"]), ENDS)
    counts = st.dictionaries(st.sampled_from(["years", "months", "days"]), st.integers(-14, 14), min_size=1, max_size=2)
    moved = st.builds(lambda d, parts: {"operation": "DATE_ADD", "date": d, **parts}, day, counts)
    begun = st.builds(lambda d, unit: {"operation": "START_OF", "date": d, "in": unit}, day, st.sampled_from(["year"]))
    when = st.one_of(day, moved, moved, begun)
    passed = st.one_of(
        st.builds(lambda d, e: {"operation": "AGE", "date_of_birth": d, "reference_date": e}, day, day),
        st.builds(
            lambda d, e, unit: {"operation": "DATE_DIFF", "from": d, "to": e, "in": unit},
            when,
            day,
            st.sampled_from(["days", "months", "months", "years"]),
        ),
    )
    return st.one_of(
        moved,
        passed,
        passed,
        _compared(when, when),
        _compared(passed, st.integers(-25, 25)),
    )


def scaled() -> st.SearchStrategy[Expression]:
    """Amounts at different scales: added, chosen between, rounded, and found equal."""
    fact = st.sampled_from(["$a", "$b"])
    factor = st.sampled_from([0.5, -0.5, 0.25, -2.5, 1.5, 2, -3, 0.01])
    part = st.one_of(
        fact,
        st.builds(_of, st.sampled_from(["MULTIPLY", "DIVIDE"]), st.tuples(fact, factor)),
        st.builds(_of, st.just("MULTIPLY"), st.tuples(fact, fact)),
    )
    fixed = st.sampled_from([-3, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3])
    several = st.lists(st.one_of(part, part, fixed), min_size=2, max_size=3)
    joined = st.builds(_of, st.sampled_from(["ADD", "SUBTRACT", "MIN", "MAX"]), several)
    value = st.one_of(part, joined, _branches(_compared(part, fixed), st.one_of(part, fixed, st.none())))
    return st.one_of(
        value,
        joined,
        st.builds(_round, st.sampled_from(ROUNDED), value, st.integers(-1, 1)),
        st.builds(_round, st.sampled_from(ROUNDED), st.builds(_of, st.just("DIVIDE"), st.tuples(part, fact))),
        _compared(value, st.one_of(part, fixed, fixed)),
        st.builds(_in, value, st.lists(st.one_of(fixed, st.none()), min_size=1, max_size=3)),
    )


def decided() -> st.SearchStrategy[Expression]:
    """What is decided with AND, OR, NOT and several branches while facts may be missing or in doubt."""
    test = st.one_of(
        st.sampled_from(["$p", "$q", "$a", "$s"]),
        _compared(st.sampled_from(["$a", "$b"]), st.integers(-2, 2)),
        st.builds(lambda name: {"operation": "EQUALS", "subject": name, "value": None}, st.sampled_from(["$p", "$a"])),
        st.builds(_in, st.sampled_from(["$a", "$b"]), st.lists(st.sampled_from([0, 1, -1, None]), max_size=2)),
    )
    opposed = st.one_of(test, test, st.builds(lambda value: {"operation": "NOT", "value": value}, test))
    inner = st.one_of(opposed, _joined(opposed))
    found = _joined(inner)
    return st.one_of(found, found, _branches(inner, st.sampled_from([1, 2, 3, "$b", None])), _branches(inner, test))


def together() -> st.SearchStrategy[Expression]:
    """What is said of the members of a list of whom something is not known."""
    field = st.sampled_from(["$m.t", "$m.n", "$m.c"])
    near = _compared(st.sampled_from(["$m.n", "$m.c"]), st.integers(-2, 2))
    where = st.one_of(st.none(), st.just("$m.t"), near)
    number = st.one_of(st.sampled_from(["$m.n", "$m.c"]), st.builds(_of, st.just("MULTIPLY"), st.just(("$m.n", -0.5))))
    return st.one_of(
        st.builds(_foreach, st.sampled_from(["ADD", "MIN", "MAX", "COUNT"]), where, number),
        st.builds(_foreach, st.sampled_from(["OR", "AND"]), where, st.one_of(field, near)),
    )


def _compared(left: st.SearchStrategy[Expression], right: st.SearchStrategy[Expression]) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda op, subject, value: {"operation": op, "subject": subject, "value": value},
        st.sampled_from(COMPARED),
        left,
        right,
    )


def _joined(part: st.SearchStrategy[Expression]) -> st.SearchStrategy[Any]:
    several = st.lists(part, min_size=2, max_size=3)
    return st.builds(lambda op, parts: {"operation": op, "conditions": parts}, st.sampled_from(["AND", "OR"]), several)


def _branches(when: st.SearchStrategy[Expression], then: st.SearchStrategy[Expression]) -> st.SearchStrategy[Any]:
    """IF with up to three branches, and without an end in which nothing is said."""
    cases = st.lists(st.builds(lambda a, b: {"when": a, "then": b}, when, then), min_size=1, max_size=3)
    end = st.one_of(st.just({}), st.builds(lambda value: {"default": value}, then))
    return st.builds(lambda found, rest: {"operation": "IF", "cases": found, **rest}, cases, end)


def _of(op: str, values: Any) -> Expression:
    return {"operation": op, "values": list(values)}


def _round(op: str, value: Expression, precision: int = 0) -> Expression:
    return {"operation": op, "value": value, "precision": precision}


def _in(subject: Expression, items: list[Expression]) -> Expression:
    return {"operation": "IN", "subject": subject, "values": items}


def _foreach(combine: str, where: Expression, value: Expression) -> Expression:
    made = {"operation": "FOREACH", "subject": "$leden", "item": "m", "combine": combine}
    made |= {} if where is None else {"where": where}
    return made if combine == "COUNT" else {**made, "value": value}


def people(missing: bool) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Small numbers and ends of months; where something may be missing, it is in half of the rows."""

    def given_or_not(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        gone = [st.just(UNKNOWN), st.just(ABSENT)] if missing else [st.sampled_from([UNKNOWN, ABSENT, ABSENT])]
        return st.one_of(values, *([values] if missing else [values] * 5), *gone)

    number, truth = given_or_not(st.integers(-4, 4)), given_or_not(st.booleans())
    facts = {"a": number, "b": number, "p": truth, "q": truth, "d": given_or_not(ENDS), "e": given_or_not(ENDS)}
    facts["s"] = given_or_not(st.sampled_from(["", "A"]))
    facts["leden"] = given_or_not(members([-2, -1, 0, 1, 2], ["2004-02-29"]))
    return st.lists(st.fixed_dictionaries(facts), min_size=6, max_size=20)


def agrees(laws: Callable[[], st.SearchStrategy[Expression]], *, missing: bool) -> tuple[int, int]:
    """Both executors say the same, on every row, of many such laws. Gives how many were asked and in SQL."""
    counted = [0, 0]

    @NEAR
    @given(st.lists(laws(), min_size=3, max_size=4), people(missing))
    def check(expressions: list[Expression], rows: list[dict[str, Any]]) -> None:
        found, compiled = disagreements(expressions, rows)
        counted[0] += len(expressions)
        counted[1] += compiled
        assert found == []

    check()
    return counted[0], counted[1]


def test_both_executors_agree_at_the_ends_of_months() -> None:
    asked, compiled = agrees(calendar, missing=False)

    assert compiled * 10 > asked * 9


def test_both_executors_agree_on_numbers_of_different_scales() -> None:
    asked, compiled = agrees(scaled, missing=False)

    assert compiled * 10 > asked * 8


def test_both_executors_agree_on_what_is_decided_with_facts_missing() -> None:
    asked, compiled = agrees(decided, missing=True)

    assert compiled * 10 > asked * 8


def test_both_executors_agree_on_members_of_whom_something_is_missing() -> None:
    asked, compiled = agrees(together, missing=True)

    assert compiled * 10 > asked * 9
