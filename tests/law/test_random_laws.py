"""Random laws with random facts: SQL gives what the interpreter gives, value and reason, on every row."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.law.builders import ON
from waardig.law.adapters import duckdb as engine
from waardig.law.core.book import LawBook
from waardig.law.core.link import link
from waardig.law.core.load import SourceFile, load
from waardig.law.terms import Fact, NotCompilable

Expression = Any
UNKNOWN, ABSENT = Fact(None, "unknown"), Fact(None, "absent")
INPUTS = {"a": "number", "b": "number", "p": "boolean", "q": "boolean", "d": "date", "e": "date", "s": "string"}
FIELDS = {"n": "number", "t": "boolean", "g": "date"}
COMPUTED = {"name": "c", "type": "number", "source": {"output": "c", "parameters": {"n": "$n", "t": "$t", "b": "$b"}}}
OF_A_MEMBER = {
    "execution": {
        "parameters": [
            {"name": name, "type": kind} for name, kind in (("n", "number"), ("t", "boolean"), ("b", "number"))
        ],
        "output": [{"name": "c", "type": "number"}],
        "actions": [
            {
                "output": "c",
                "value": {
                    "operation": "IF",
                    "cases": [{"when": "$t", "then": "$n"}],
                    "default": {"operation": "ADD", "values": ["$b", 1]},
                },
            }
        ],
    }
}
NO_BOUNDS: Mapping[str, Any] = {}
SMALL = [-7, -2, -1, 0, 1, 2, 3, 10, 99, 100, 101]
LARGE = [2**31 - 1, -(2**31), 2**53 + 1, 10**15, 2**62, 2**63 - 1, -(2**63)]
LIMITS = [-2.5, -0.5, 0.5, 1.5, 0.01, 0.01896]
DAYS = ["2004-02-29", "2004-02-28", "2004-03-01", "2024-01-31", "2025-03-01", "1900-02-28", "1999-12-31", "2000-12-31"]
FAR = ["0001-01-01", "9999-12-31"]


def numbers(depth: int, within: bool = False) -> st.SearchStrategy[Expression]:
    names = ["$a", "$b", *(["$m.n", "$m.n", "$m.c"] if within else [])]
    plain = st.one_of(st.sampled_from(names), st.sampled_from([*SMALL, *LIMITS]))
    if depth == 0:
        return plain
    part = numbers(depth - 1, within)
    several = st.lists(part, min_size=1, max_size=3)
    return st.one_of(
        plain,
        st.builds(_values, st.sampled_from(["ADD", "SUBTRACT", "MULTIPLY", "MIN", "MAX"]), several),
        st.builds(_rounded, st.sampled_from(["ROUND", "CEIL", "FLOOR"]), part, st.integers(-3, 3)),
        st.builds(_quotient, st.sampled_from(["ROUND", "CEIL", "FLOOR"]), part, part, st.integers(-2, 2)),
        st.builds(_choice, truths(depth - 1, within), part, st.one_of(part, st.none())),
        st.builds(
            lambda d, e: {"operation": "AGE", "date_of_birth": d, "reference_date": e}, dates(0, within), dates(0)
        ),
        st.builds(
            lambda d, e, unit: {"operation": "DATE_DIFF", "from": d, "to": e, "in": unit},
            dates(depth - 1, within),
            dates(0),
            st.sampled_from(["days", "months", "years"]),
        ),
        st.builds(lambda d: {"operation": "DAY_OF_WEEK", "date": d}, dates(depth - 1, within)),
        st.builds(_part, st.just("DATE_PART"), dates(depth - 1, within), st.sampled_from(["year", "month", "day"])),
        st.sampled_from(["$d.year", "$d.month", "$e.day", *(["$m.g.year"] if within else [])]),
    )


def collections(depth: int) -> st.SearchStrategy[Expression]:
    """FOREACH in every combination, alone and inside something that uses it."""
    where = st.one_of(st.none(), truths(depth, within=True))
    counted = st.builds(_foreach, st.just("COUNT"), where, st.none())
    summed = st.builds(_foreach, st.sampled_from(["ADD", "MIN", "MAX"]), where, numbers(depth, within=True))
    tested = st.builds(_foreach, st.sampled_from(["OR", "AND"]), where, truths(depth, within=True))
    amount = st.one_of(counted, summed)
    return st.one_of(
        amount,
        tested,
        st.builds(_values, st.sampled_from(["ADD", "MAX", "MULTIPLY"]), st.lists(amount, min_size=1, max_size=2)),
        st.builds(_choice, tested, amount, st.one_of(amount, st.none())),
    )


def _foreach(combine: str, where: Expression, value: Expression) -> Expression:
    made = {"operation": "FOREACH", "subject": "$leden", "item": "m", "combine": combine}
    made |= {} if where is None else {"where": where}
    return made if combine == "COUNT" else {**made, "value": value}


def truths(depth: int, within: bool = False) -> st.SearchStrategy[Expression]:
    plain = st.sampled_from(["$p", "$q", True, False, *(["$m.t", "$m.t"] if within else [])])
    if depth == 0:
        return plain
    words = ["GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL", "EQUALS"]
    return st.one_of(
        plain,
        st.builds(_compared, st.sampled_from(words), numbers(depth - 1, within), numbers(depth - 1, within)),
        st.builds(_compared, st.sampled_from(words), dates(depth - 1, within), dates(depth - 1, within)),
        st.builds(_compared, st.just("EQUALS"), st.sampled_from(["$a", "$p", "$s"]), st.sampled_from([None, 1, "A"])),
        st.builds(
            lambda op, parts: {"operation": op, "conditions": parts},
            st.sampled_from(["AND", "OR"]),
            st.lists(st.one_of(truths(depth - 1, within), numbers(0, within)), max_size=3),
        ),
        st.builds(lambda part: {"operation": "NOT", "value": part}, truths(depth - 1, within)),
        st.builds(
            lambda part, items: {"operation": "IN", "subject": part, "values": items},
            numbers(depth - 1, within),
            st.lists(st.sampled_from([*SMALL, 0.5, None, "A"]), max_size=3),
        ),
    )


def dates(depth: int, within: bool = False) -> st.SearchStrategy[Expression]:
    names = ["$d", "$e", *(["$m.g", "$m.g"] if within else [])]
    plain = st.sampled_from([*names, "$referencedate", "2004-02-29", "2025-02-28"])
    if depth == 0:
        return plain
    counts = st.dictionaries(
        st.sampled_from(["years", "months", "weeks", "days"]), st.integers(-30, 30), min_size=1, max_size=3
    )
    moved = st.builds(lambda d, parts: {"operation": "DATE_ADD", "date": d, **parts}, dates(depth - 1, within), counts)
    begun = st.builds(_part, st.just("START_OF"), dates(depth - 1, within), st.sampled_from(["year", "month"]))
    return st.one_of(plain, moved, begun, st.builds(_choice, truths(depth - 1, within), plain, plain))


def _values(op: str, values: list[Expression]) -> Expression:
    return {"operation": op, "values": values}


def _rounded(op: str, value: Expression, precision: int) -> Expression:
    return {"operation": op, "value": value, "precision": precision}


def _quotient(op: str, value: Expression, by: Expression, precision: int) -> Expression:
    return _rounded(op, {"operation": "DIVIDE", "values": [value, by]}, precision)


def _part(op: str, date: Expression, unit: str) -> Expression:
    return {"operation": op, "date": date, "in": unit}


def _choice(when: Expression, then: Expression, default: Expression) -> Expression:
    return {"operation": "IF", "cases": [{"when": when, "then": then}], "default": default}


def _compared(op: str, subject: Expression, value: Expression) -> Expression:
    return {"operation": op, "subject": subject, "value": value}


def doubt(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, values, st.just(UNKNOWN), st.just(ABSENT))


def people(amounts: list[int], days: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    amount = doubt(st.one_of(st.sampled_from(amounts), st.integers(-1000, 1000)))
    day = doubt(
        st.one_of(st.sampled_from(days), st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)).map(str))
    )
    truth, text = doubt(st.booleans()), doubt(st.sampled_from(["A", "B", "", "d'r"]))
    facts = {"a": amount, "b": amount, "p": truth, "q": truth, "d": day, "e": day, "s": text}
    row = st.fixed_dictionaries({**facts, "leden": doubt(members(amounts, days))})
    return st.lists(row, min_size=1, max_size=12)


def members(amounts: list[int], days: list[str]) -> st.SearchStrategy[list[Any]]:
    """Lists of members: fields may be nothing, or not be there at all; a member may be wholly unknown."""
    number = st.one_of(st.none(), st.sampled_from(amounts), st.integers(-1000, 1000))
    optional = {
        "c": number,
        "n": number,
        "t": st.one_of(st.none(), st.booleans()),
        "g": st.one_of(st.none(), st.sampled_from(days)),
    }
    whole = st.fixed_dictionaries({"n": st.sampled_from(amounts), "t": st.booleans(), "g": st.sampled_from(days)})
    member = st.one_of(whole, whole, whole, st.fixed_dictionaries({}, optional=optional), st.none())
    return st.lists(member, max_size=4)


def a_law_of(expressions: list[Expression], bounds: Mapping[str, Any] = NO_BOUNDS) -> LawBook:
    """One law with an output per expression; what stands under `shared` is an output of its own, there called `$y`.

    Args:
        bounds: `type_spec` of an input or of a field of a member, by its name.
    """
    actions = {}
    for n, expression in enumerate(expressions):
        if isinstance(expression, dict) and "shared" in expression:
            actions[f"y{n}"] = expression["shared"]
            expression = json.loads(json.dumps(expression["value"]).replace('"$y"', f'"$y{n}"'))
        actions[f"x{n}"] = expression
    fields: list[Any] = [*({"name": name, "type": kind} for name, kind in FIELDS.items()), COMPUTED]
    inputs: list[Any] = [{"name": name, "type": kind, "source": {}} for name, kind in INPUTS.items()]
    fields, inputs = (
        [{**one, "type_spec": dict(bounds[one["name"]])} if one["name"] in bounds else one for one in some]
        for some in (fields, inputs)
    )
    rules = {
        "execution": {
            "input": [
                *inputs,
                {"name": "leden", "type": "array", "source": {}, "members": {"most": 4, "fields": fields}},
            ],
            "output": [{"name": name, "type": "object"} for name in actions],
            "actions": [{"output": name, "value": part} for name, part in actions.items()],
        }
    }
    article = {"number": "1", "text": "Artikel 1", "machine_readable": rules}
    content = {
        "$id": "w",
        "waardig_format": 1,
        "regulatory_layer": "WET",
        "publication_date": "2020-01-01",
        "articles": [article, {"number": "2", "text": "Artikel 2", "machine_readable": OF_A_MEMBER}],
    }
    loaded = load(SourceFile("w.yaml", yaml.safe_dump(content, sort_keys=False).encode()), validate=False)
    assert loaded.law is not None, loaded.problems
    return LawBook((loaded.law,))


def disagreements(
    expressions: list[Expression], rows: list[dict[str, Any]], bounds: Mapping[str, Any] = NO_BOUNDS
) -> tuple[list[Any], int]:
    """Rows on which SQL and interpreter differ, and how many expressions SQL computed."""
    book = a_law_of(expressions, bounds)
    population = engine.open_columns({name: [row[name] for row in rows] for name in (*INPUTS, "leden")})
    found, compiled = [], 0
    for n, expression in enumerate(expressions):
        name = f"x{n}"
        program = link(book, "w", [name], on=ON, scope={})
        try:
            fast = engine.run(population, program, {})
        except NotCompilable:
            continue
        compiled += 1
        exact = engine.run_python(population, program, {}, "")
        pairs = zip(fast.columns[name], fast.reasons[name], exact.columns[name], exact.reasons[name], strict=True)
        found += [
            (expression, row, left, right)
            for row, (value, reason, true, why) in zip(rows, pairs, strict=True)
            if (left := (value, reason)) != (right := (true, why))
        ]
    return found, compiled


MANY = settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LAW = st.lists(st.one_of(numbers(2), truths(2), dates(2)), min_size=1, max_size=3)


def test_both_executors_agree_on_random_laws_and_facts() -> None:
    total = {"compiled": 0, "asked": 0}

    @MANY
    @given(LAW, people(SMALL, DAYS))
    def check(expressions: list[Expression], rows: list[dict[str, Any]]) -> None:
        found, compiled = disagreements(expressions, rows)
        total["compiled"] += compiled
        total["asked"] += len(expressions)
        assert found == []

    check()
    assert total["compiled"] * 2 > total["asked"]


def test_both_executors_agree_on_random_collections() -> None:
    total = {"compiled": 0, "asked": 0}

    @MANY
    @given(st.lists(collections(1), min_size=1, max_size=3), people(SMALL, DAYS))
    def check(expressions: list[Expression], rows: list[dict[str, Any]]) -> None:
        found, compiled = disagreements(expressions, rows)
        total["compiled"] += compiled
        total["asked"] += len(expressions)
        assert found == []

    check()
    assert total["compiled"] * 2 > total["asked"]


def bounds() -> st.SearchStrategy[dict[str, Any]]:
    """What facts, fields of members and a field that a law computes may be; some with no number between."""
    ends = {"min": st.sampled_from([*SMALL, *LIMITS]), "max": st.sampled_from([*SMALL, *LIMITS])}
    one = st.fixed_dictionaries({}, optional={**ends, "precision": st.integers(0, 2)})
    return st.fixed_dictionaries({"a": one, "n": one}, optional={"b": one, "c": one})


def test_both_executors_hold_random_bounds_of_facts_and_of_members() -> None:
    total = {"compiled": 0, "asked": 0, "held": 0}

    @MANY
    @given(st.lists(st.one_of(collections(1), numbers(1)), min_size=1, max_size=3), people(SMALL, DAYS), bounds())
    def check(expressions: list[Expression], rows: list[dict[str, Any]], declared: dict[str, Any]) -> None:
        found, compiled = disagreements(expressions, rows, declared)
        total["compiled"] += compiled
        total["asked"] += len(expressions)
        total["held"] += sum(map(bool, declared.values()))
        assert found == []

    check()
    assert total["compiled"] * 2 > total["asked"]
    assert total["held"] > 40


@settings(MANY, max_examples=25)
@given(st.lists(collections(1), min_size=1, max_size=2), people([*SMALL, *LARGE], [*DAYS, *FAR]), bounds())
def test_bounds_hold_at_the_edges_of_numbers(
    expressions: list[Expression], rows: list[dict[str, Any]], declared: dict[str, Any]
) -> None:
    found, _ = disagreements(expressions, rows, declared)

    assert found == []


@settings(MANY, max_examples=25)
@given(st.lists(collections(1), min_size=1, max_size=2), people([*SMALL, *LARGE], [*DAYS, *FAR]), st.randoms())
def test_collections_at_the_edges_agree_whatever_the_order_of_the_rows(
    expressions: list[Expression], rows: list[dict[str, Any]], shuffle: Any
) -> None:
    found, _ = disagreements(expressions, rows)
    shuffled = sorted(rows, key=lambda _: shuffle.random())

    assert found == []
    assert disagreements(expressions, shuffled)[0] == []


@MANY
@given(LAW, people([*SMALL, *LARGE], [*DAYS, *FAR]))
def test_both_executors_agree_at_the_edges_of_numbers_and_calendar(
    expressions: list[Expression], rows: list[dict[str, Any]]
) -> None:
    found, _ = disagreements(expressions, rows)

    assert found == []
