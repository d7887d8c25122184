"""The population equals the person: SQL and interpreter give the same value and reason on every row."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.law.builders import LAWS, LIBRARY, ON, a_law, the_laws
from waardig.law import queries
from waardig.law.adapters import duckdb as engine
from waardig.law.adapters.spark import spark_sql
from waardig.law.terms import Fact, PopulationInvalid

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
UNKNOWN, ABSENT = Fact(None, "unknown"), Fact(None, "absent")


def doubt(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values, sometimes absent and sometimes unknown."""
    return st.one_of(values, values, values, st.just(UNKNOWN), st.just(ABSENT))


def around(*limits: int) -> st.SearchStrategy[int]:
    """Amounts at, one below and one above each limit, and anything else."""
    edges = [limit + step for limit in limits for step in (-1, 0, 1)]
    return st.one_of(st.sampled_from(edges), st.integers(-100_000, 10_000_000))


def days() -> st.SearchStrategy[str]:
    leap = st.sampled_from(["2004-02-29", "2004-02-28", "2004-03-01", "2024-01-31", "2025-03-01", "1999-12-31"])
    return st.one_of(leap, st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 12, 31)).map(str))


def columns(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, list[Any]]]:
    """Columns of one length."""
    rows = st.lists(st.fixed_dictionaries(parts), min_size=1, max_size=40)
    return rows.map(lambda found: {name: [row[name] for row in found] for name in parts})


def assert_equal(
    book: queries.LawBook, law: str, outputs: Sequence[str], people: Mapping[str, Sequence[Any]], **more: Any
) -> None:
    """SQL equals the interpreter and SQL really ran."""
    on = more.pop("on", ON)
    fast = queries.evaluate_many(book, law, outputs, on=on, columns=people, **more)
    exact = queries.evaluate_many(book, law, outputs, on=on, columns=people, engine="python", **more)

    assert (fast.engine, fast.fallback) == ("duckdb", "")
    for name in outputs:
        assert list(zip(fast.columns[name], fast.reasons[name], strict=True)) == list(
            zip(exact.columns[name], exact.reasons[name], strict=True)
        ), name


TOETS = {
    "inkomen": doubt(around(2840600)),
    "heeft_partner": doubt(st.booleans()),
    "inkomen_partner": doubt(around(0)),
    "soort": doubt(st.sampled_from(["A", "B", "Z", "", "d'r"])),
    "geboortedatum": doubt(days()),
    "laatste_datum": doubt(days()),
    "verdeling": doubt(st.integers(-9, 9)),
}
TOETS_OUTPUTS = (
    "gezamenlijk",
    "bijdrage_exact",
    "bijdrage",
    "soort_klopt",
    "leeftijd",
    "weer_mogelijk_vanaf",
    "maanden_geleden",
    "dag",
    "deel",
    "recht",
    "categorie",
)


@SLOW
@given(columns(**TOETS))
def test_every_operation_is_equal_in_sql(people: dict[str, list[Any]]) -> None:
    assert_equal(the_laws(), "toetswet", TOETS_OUTPUTS, people)


@SLOW
@given(columns(**{name: TOETS[name] for name in ("inkomen", "heeft_partner", "inkomen_partner", "soort")}))
@pytest.mark.parametrize("code", ["GM0001", "GM0002"])
def test_open_terms_and_open_norms_are_equal_in_sql(code: str, people: dict[str, list[Any]]) -> None:
    outputs = ("na_vrijlating", "uitkomst", "termijn_weken")
    assert_equal(the_laws(), "toetswet", outputs, people, parameters={"gemeente_code": code})


@SLOW
@given(columns(**{name: part for name, part in TOETS.items() if name != "heeft_partner"}))
def test_a_fact_without_a_column_is_unknown_for_everybody(people: dict[str, list[Any]]) -> None:
    result = queries.evaluate_many(the_laws(), "toetswet", ["gezamenlijk"], on=ON, columns=people)

    assert set(result.reasons["gezamenlijk"]) == {"unknown:heeft_partner"}
    assert_equal(the_laws(), "toetswet", TOETS_OUTPUTS, people)


EXPRESSIONS = [
    "{operation: ROUND, precision: 0, value: {operation: DIVIDE, values: [$a, 7]}}",
    "{operation: ROUND, precision: 2, value: {operation: MULTIPLY, values: [$a, 0.12345]}}",
    "{operation: CEIL, precision: -2, value: {operation: SUBTRACT, values: [$a, $b, 0.5]}}",
    "{operation: FLOOR, precision: 1, value: {operation: MULTIPLY, values: [$a, $b, -0.01]}}",
    "{operation: ROUND, precision: 0, value: {operation: DIVIDE, values: [$a, $b]}}",
    "{operation: CEIL, precision: 0, value: {operation: DIVIDE, values: [$a, $b]}}",
    "{operation: FLOOR, precision: 0, value: {operation: DIVIDE, values: [$a, $b]}}",
    "{operation: MIN, values: [$a, 100.5, {operation: MULTIPLY, values: [$b, 0.5]}]}",
    "{operation: MAX, values: [$a, $b]}",
    "{operation: AND, conditions: [{operation: DIVIDE, values: [$a, 0]}, $b]}",
    "{operation: AND, conditions: [$b, {operation: LESS_THAN, subject: $a, value: null}]}",
    "{operation: OR, conditions: [$a, $b, {operation: EQUALS, subject: $a, value: null}]}",
    "{operation: EQUALS, subject: $a, value: $b}",
    "{operation: NOT_EQUALS, subject: $a, value: tekst}",
    "{operation: NOT, value: $a}",
    "{operation: IN, subject: $a, values: [1, 2.5, null]}",
    "{operation: NOT_IN, subject: $a, values: [0]}",
    "{operation: IF, cases: [{when: $a, then: {operation: DIVIDE, values: [1, 4]}}, {when: $b, then: 2}]}",
    "{operation: IF, cases: [{when: {operation: GREATER_THAN, subject: $a, value: $b}, then: $a}], default: $b}",
    "{operation: IF, cases: [{when: false, then: $weg}], default: $a}",
    "{operation: ADD, values: [$a, $weg]}",
    "{operation: MULTIPLY, values: [$a, 0]}",
    "{operation: LESS_THAN, subject: $a, value: tekst}",
    "{operation: SUBTRACT, values: [{operation: IF, cases: [{when: $b, then: 4224000}], default: 2112000},"
    " {operation: MULTIPLY, values: [$a, 0.00001]}]}",
    "{operation: IS_NULL, subject: $a}",
    "{operation: AGE, date_of_birth: $d, reference_date: $e}",
    "{operation: DATE_ADD, date: $d, years: 1, months: -1, weeks: 2, days: 1}",
    "{operation: DATE_ADD, date: $d, months: {operation: MIN, values: [$a, 12]}}",
    "{operation: GREATER_THAN_OR_EQUAL, subject: {operation: AGE, date_of_birth: $d,"
    " reference_date: $referencedate}, value: 21}",
    "{operation: LESS_THAN, subject: 20.5, value: {operation: AGE, date_of_birth: $d, reference_date: '2024-02-29'}}",
    "{operation: LESS_THAN_OR_EQUAL, subject: {operation: DATE_ADD, date: $d, years: 20, months: 13, days: 1},"
    " value: $referencedate}",
    "{operation: GREATER_THAN, subject: '2025-02-28', value: {operation: IF, cases: [{when: $a, then: {operation:"
    " DATE_ADD, date: $d, months: 1}}], default: {operation: DATE_ADD, date: $e, years: 1}}}",
    "{operation: LESS_THAN, subject: {operation: DATE_DIFF, from: '2000-02-29', to: $d, in: years}, value: 4}",
    "{operation: LESS_THAN_OR_EQUAL, subject: {operation: DATE_DIFF, from: $d, to: $referencedate, in: months},"
    " value: -3}",
    "{operation: DATE_DIFF, from: $d, to: $e, in: days}",
    "{operation: DATE_DIFF, from: $d, to: $e, in: months}",
    "{operation: DATE_DIFF, from: $e, to: $d, in: years}",
    "{operation: GREATER_THAN_OR_EQUAL, subject: $d, value: $e}",
    "{operation: EQUALS, subject: $d, value: '2004-02-29'}",
    "{operation: DAY_OF_WEEK, date: $d}",
    "{operation: DATE_PART, date: $d, in: year}",
    "{operation: DATE_PART, date: {operation: DATE_ADD, date: $d, months: 1}, in: month}",
    "{operation: DATE_PART, date: $e, in: day}",
    "{operation: LESS_THAN, subject: $d, value: {operation: START_OF, date: $e, in: month}}",
    "{operation: DATE_DIFF, from: {operation: START_OF, date: $d, in: year}, to: $d, in: days}",
    "$d.year",
    "$d.iso",
    "{operation: ADD, values: [$d.month, $d.day]}",
]


def expressions(folder: Path) -> tuple[queries.LawBook, list[str]]:
    """A law with every expression as an output of its own."""
    inputs = ", ".join(f"{{name: {name}, type: number, source: {{}}}}" for name in ("a", "b", "weg"))
    inputs += ", " + ", ".join(f"{{name: {name}, type: date, source: {{}}}}" for name in ("d", "e"))
    names = [f"x{n}" for n in range(len(EXPRESSIONS))]
    outputs = ", ".join(f"{{name: {name}, type: object}}" for name in names)
    body = f"execution:\n  input: [{inputs}]\n  output: [{outputs}]\n  actions:\n"
    pairs = zip(names, EXPRESSIONS, strict=True)
    body += "".join(f"    - {{output: {name}, value: {text}}}\n" for name, text in pairs)
    return a_law(folder, body), names


def test_expressions_are_equal_in_sql(tmp_path: Path) -> None:
    book, names = expressions(tmp_path)
    numbers = doubt(st.one_of(st.sampled_from([-7, -3, -1, 0, 1, 2, 3, 4, 7, 50, 100]), st.integers(-999, 999)))

    @SLOW
    @given(columns(a=numbers, b=numbers, d=doubt(days()), e=doubt(days())))
    def check(people: dict[str, list[Any]]) -> None:
        assert_equal(book, "w", names, people)

    check()


ZORGTOESLAG = {
    "is_verzekerd": doubt(st.booleans()),
    "geboortedatum": days(),
    "heeft_toeslagpartner": doubt(st.booleans()),
    "vermogen": doubt(around(14189600)),
    "vermogen_partner": doubt(around(0)),
    "toetsingsinkomen": doubt(around(2840600, 3971900, 3972000, 5020600, 5020700)),
    "toetsingsinkomen_partner": doubt(around(0, 2840600)),
    "partner_is_verzekerd": doubt(st.booleans()),
    "partner_is_verzekeringsplichtig": doubt(st.booleans()),
}


@pytest.mark.skipif(not (LIBRARY / "laws/nl/wet/wet_op_de_zorgtoeslag").is_dir(), reason="the library has no such law")
def test_zorgtoeslag_of_the_library_is_equal_in_sql() -> None:
    book = queries.law_book([LIBRARY])

    @SLOW
    @given(columns(**ZORGTOESLAG))
    def check(people: dict[str, list[Any]]) -> None:
        outputs = ("hoogte_zorgtoeslag", "toegekende_zorgtoeslag", "heeft_recht_op_zorgtoeslag")
        assert_equal(book, "wet_op_de_zorgtoeslag", outputs, people)

    check()


INKOMENSTOESLAG = {
    "geboortedatum": doubt(days()),
    "geboortedatum_partner": doubt(days()),
    "leefvorm": doubt(st.sampled_from(["ALLEENSTAAND", "ALLEENSTAANDE_OUDER", "PAAR", "ANDERS"])),
    "hoogste_maandinkomen": doubt(around(140600, 180800, 200900)),
    "gemiddeld_maandinkomen": doubt(around(140600)),
    "vermogen": doubt(around(777000, 1554000)),
    "datum_laatste_toekenning": doubt(days()),
    "maanden_bijstand": doubt(st.integers(0, 60)),
    "woont_in_gemeente": doubt(st.booleans()),
    "rechtmatig_verblijf": doubt(st.booleans()),
    "uitgesloten": doubt(st.booleans()),
}


@pytest.mark.skipif(not (LIBRARY / "laws/nl/wet/participatiewet").is_dir(), reason="the library has no such law")
def test_inkomenstoeslag_of_the_library_is_equal_in_sql() -> None:
    book = queries.law_book([LIBRARY])

    @SLOW
    @given(columns(**INKOMENSTOESLAG))
    def check(people: dict[str, list[Any]]) -> None:
        outputs = (
            "heeft_recht_op_individuele_inkomenstoeslag",
            "hoogte_individuele_inkomenstoeslag",
            "aanvragen_mogelijk_vanaf",
            "leeftijd_voldoet",
            "inkomensgrens",
        )
        more: dict[str, Any] = {"on": datetime.date(2025, 9, 22), "parameters": {"gemeente_code": "GM1731"}}
        assert_equal(book, "participatiewet", outputs, people, **more)

    check()


def test_what_sql_cannot_prove_is_computed_row_by_row_and_says_why() -> None:
    people = {"inkomen": [100, 200], "heeft_partner": [False, False]}

    result = queries.evaluate_many(the_laws(), "toetswet", ["te_betalen"], on=ON, columns=people)

    assert result.engine == "python"
    assert "endless decimals" in result.fallback
    assert [str(value)[:8] for value in result.columns["te_betalen"]] == ["33.33333", "66.66666"]


def test_amounts_that_64_bits_cannot_hold_go_to_the_interpreter() -> None:
    people = {"inkomen": [2**61, 5], "heeft_partner": [True, False], "inkomen_partner": [2**61, None]}

    result = queries.evaluate_many(the_laws(), "toetswet", ["bijdrage_exact"], on=ON, columns=people)

    assert (result.engine, "64 bits" in result.fallback) == ("python", True)
    assert result.columns["bijdrage_exact"][1] == 0


def test_a_column_of_the_wrong_type_is_refused_by_name() -> None:
    with pytest.raises(PopulationInvalid, match="column 'inkomen' holds text values, but the law asks a amount"):
        queries.evaluate_many(
            the_laws(), "toetswet", ["gezamenlijk"], on=ON, columns={"inkomen": ["veel"], "heeft_partner": [False]}
        )


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(PopulationInvalid, match="not equally long"):
        queries.evaluate_many(the_laws(), "toetswet", ["gezamenlijk"], on=ON, columns={"a": [1], "b": [1, 2]})


def test_decimal_columns_keep_their_cents() -> None:
    people = {"inkomen": [Decimal("1.25"), Decimal("2.50")], "heeft_partner": [False, False]}

    result = queries.evaluate_many(the_laws(), "toetswet", ["gezamenlijk"], on=ON, columns=people)

    assert (result.engine, result.columns["gezamenlijk"]) == ("duckdb", [Decimal("1.25"), Decimal("2.5")])


def test_the_program_holds_no_date_function_and_turns_into_spark_sql() -> None:
    people = engine.open_columns({"geboortedatum": ["2000-01-01", None], "inkomen": [1, 2]})
    program = queries.program_for(the_laws(), "toetswet", ["leeftijd", "bijdrage"], on=ON, parameters={}, mode="report")

    query = engine.query_for(people, program, {})
    spark = spark_sql(query)

    program_text = (
        query[query.index("SELECT *") : query.rindex("FROM (SELECT CAST")] if "FROM (SELECT CAST" in query else ""
    )
    assert not any(word in program_text.lower() for word in ("date_diff", "date_add", "interval", "year(", "month("))
    assert " DIV " in spark
    assert "//" not in spark


def test_the_laws_of_the_tests_are_where_the_builders_say() -> None:
    assert len(list(LAWS.glob("*.yaml"))) == 7


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("{operation: MULTIPLY, values: [$a, 4]}", "error"),
        ("{operation: MULTIPLY, values: [$a, 4, 0.25]}", "error"),
        ("{operation: DIVIDE, values: [$a, 0.25, 4]}", "error"),
        ("{operation: CEIL, precision: -2, value: $b}", "error"),
        ("{operation: ADD, values: [{operation: ROUND, precision: -3, value: $a}, $a, -4611686018427387904]}", "error"),
    ],
)
def test_a_whole_number_beyond_64_bits_is_an_error_at_the_step_where_it_arises(
    tmp_path: Path, expression: str, reason: str
) -> None:
    body = "execution:\n  input: [{name: a, type: number, source: {}}, {name: b, type: number, source: {}}]\n"
    body += f"  output: [{{name: x, type: number}}]\n  actions: [{{output: x, value: {expression}}}]\n"
    people = {"a": [2**62, 1], "b": [2**63 - 1, 1]}

    result = queries.evaluate_many(a_law(tmp_path, body), "w", ["x"], on=ON, columns=people)

    assert result.reasons["x"] == [reason, "ok"]
