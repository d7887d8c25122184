"""Random laws where an error in the lowering hides: ends of months, scales, branches, and facts that are not there.

Laws and facts of every kind (`test_random_laws`) seldom meet there: the twenty-ninth of February, two numbers that are
equal at another scale, the second of three branches. Here each of these has laws and facts of its own.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.law.test_random_laws import (
    ABSENT,
    MANY,
    UNKNOWN,
    Expression,
    disagreements,
)

COMPARED = ["GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL", "EQUALS"]
ROUNDED = ["ROUND", "CEIL", "FLOOR"]
MONTHS, BACK = [1, 2, 2, 4, 11, 12], [-1, 0, 0, 1, 2]
ROWS = 40
"""Drawn apart from the laws: so many that each of them meets the edges."""
YEARS = [1899, 1900, 1999, 2000, 2003, 2004, 2023, 2024]
NEAR = settings(MANY, max_examples=50)


def _end_of_month(year: int, month: int, back: int) -> str:
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.timedelta(days=1 + back)).isoformat()


ENDS = st.builds(_end_of_month, st.sampled_from(YEARS), st.sampled_from(MONTHS), st.sampled_from(BACK))


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
    one, fixed = st.sampled_from(["$d", "$e"]), ENDS
    ends = st.one_of(st.tuples(one, fixed), st.tuples(fixed, one))
    years = st.builds(lambda pair: {"operation": "DATE_DIFF", "from": pair[0], "to": pair[1], "in": "years"}, ends)
    aged = st.builds(lambda pair: {"operation": "AGE", "date_of_birth": pair[0], "reference_date": pair[1]}, ends)
    apart = st.sampled_from([later - earlier for later in YEARS for earlier in YEARS])
    later = st.builds(lambda d, count: {"operation": "DATE_ADD", "date": d, "years": count}, one, apart)
    months = st.sampled_from([-13, -11, -2, -1, 1, 2, 11, 13])
    monthly = st.builds(lambda d, count: {"operation": "DATE_ADD", "date": d, "months": count}, one, months)
    return st.one_of(
        moved,
        later,
        monthly,
        passed,
        _compared(when, when),
        _compared(st.one_of(years, aged), apart),
        _compared(later, fixed),
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
    part = st.one_of(part, part, st.builds(_of, st.just("MULTIPLY"), st.tuples(part, part)))
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
        _compared(fixed, part),
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
    return st.one_of(found, found, _branches(opposed, st.sampled_from([1, 1, 2, "$b"])), _branches(inner, test))


def limited() -> st.SearchStrategy[Expression]:
    """A rounded choice that counts only beside a limit, as an amount that is too small to pay out."""
    fact, fixed = st.sampled_from(["$a", "$b"]), st.sampled_from([-1, 0, 0, 1, 1, 2])
    part = st.builds(_of, st.just("MULTIPLY"), st.tuples(fact, st.sampled_from([0.5, -0.5, 0.5, -0.5, 1.5, 2])))
    test = st.one_of(st.sampled_from(["$p", "$q"]), st.sampled_from(["$p", "$q"]), _compared(fact, fixed))
    one = st.builds(
        lambda t, p, f: {"operation": "IF", "cases": [{"when": t, "then": p}], "default": f}, test, part, fixed
    )
    chosen = st.one_of(one, one, _branches(test, st.one_of(part, fixed, fixed)))
    above = st.sampled_from(["GREATER_THAN", "GREATER_THAN_OR_EQUAL", *COMPARED])
    return st.builds(
        _beside_limit, st.sampled_from(ROUNDED), chosen, above, fixed, test, st.sampled_from([True, True, False])
    )


def _beside_limit(op: str, value: Expression, comparison: str, limit: int, test: Expression, own: bool) -> Expression:
    amount = _round(op, {**value, "default": limit + 1} if own else value)
    reached = {"operation": comparison, "subject": "$y", "value": limit}
    given = {"operation": "AND", "conditions": [reached, test]}
    branch = value["cases"][0]["then"]
    cases = [{"when": given, "then": "$y"}, {"when": reached, "then": 9}, {"when": test, "then": "$y"}]
    if own and branch is not None:
        cases = [{"when": reached, "then": _round(op, branch)}, {"when": test, "then": "$y"}]
    return {"shared": amount, "value": {"operation": "IF", "cases": cases, "default": 0}}


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


def people(chance: random.Random, *, missing: bool) -> list[dict[str, Any]]:
    """Ends of months, and numbers in a few steps, so that a limit lies on their edge; some facts are missing."""
    shares = (0.0, 0.0, 0.1, 0.5) if missing else (0.0, 0.08)
    least = {name: chance.choice((-4, -1, 0, 1)) for name in "ab"}
    most = {name: least[name] + chance.choice((1, 2, 5)) for name in "ab"}
    gone = {name: chance.choice(shares) for name in (*"abpqdes", "leden")}

    def one(name: str, value: Any) -> Any:
        return chance.choice((UNKNOWN, ABSENT)) if chance.random() < gone[name] else value

    def day() -> str:
        return _end_of_month(chance.choice(YEARS), chance.choice(MONTHS), chance.choice(BACK))

    def member() -> dict[str, Any] | None:
        fields = {"n": chance.randrange(-2, 3), "t": chance.random() < 0.5, "c": chance.randrange(-2, 3), "g": day()}
        kept = {name: value for name, value in fields.items() if chance.random() < 0.8}
        kept |= {name: None for name in kept if chance.random() < 0.1}
        return kept if chance.random() < 0.95 else None

    shortest = chance.randrange(2)
    return [
        {
            **{name: one(name, chance.randint(least[name], most[name])) for name in "ab"},
            **{name: one(name, chance.random() < 0.5) for name in "pq"},
            **{name: one(name, day()) for name in "de"},
            "s": one("s", chance.choice(("", "A"))),
            "leden": one("leden", [member() for _ in range(chance.randint(shortest, 3))]),
        }
        for _ in range(ROWS)
    ]


def agrees(laws: Callable[[], st.SearchStrategy[Expression]], *, missing: bool, small: bool = True) -> tuple[int, int]:
    """Both executors say the same, on every row, of many such laws. Gives how many were asked and in SQL.

    Args:
        small: where they differ, look for the smallest law that shows it.
    """
    counted = [0, 0]
    phases = tuple(Phase) if small else (Phase.generate,)

    @settings(NEAR, phases=phases, report_multiple_bugs=False)
    @given(st.lists(laws(), min_size=3, max_size=5, unique_by=str), st.integers(0, 2**32))
    def check(expressions: list[Expression], seed: int) -> None:
        found, compiled = disagreements(expressions, people(random.Random(seed), missing=missing))
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


def test_both_executors_agree_on_rounded_choices_beside_a_limit() -> None:
    for missing in (False, True):
        asked, compiled = agrees(limited, missing=missing)

        assert compiled * 10 > asked * 9


def test_both_executors_agree_on_what_is_decided_with_facts_missing() -> None:
    asked, compiled = agrees(decided, missing=True)

    assert compiled * 10 > asked * 8


def test_both_executors_agree_on_members_of_whom_something_is_missing() -> None:
    asked, compiled = agrees(together, missing=True)

    assert compiled * 10 > asked * 9
