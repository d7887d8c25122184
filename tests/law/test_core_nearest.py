"""The nearest change of a fact is computed: at it the outcome is another, and one step nearer it is not."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.builders import LIBRARY, a_law, facts
from waardig.law import queries
from waardig.law.cli import law as commands
from waardig.law.core.tables import tables_of
from waardig.law.queries import Change, Nearest, nearest_changes
from waardig.law.terms import Fact

ON = date(2025, 6, 1)
ALONE: dict[str, Any] = {
    "geboortedatum": "1990-01-01", "is_verzekerd": True, "heeft_toeslagpartner": False, "vermogen": 1_000_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def library() -> queries.LawBook:
    return queries.law_book([LIBRARY])


def care(library: queries.LawBook, **values: Any) -> Nearest:
    asked = facts(**{**ALONE, **values})
    return nearest_changes(library, "wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", on=ON, facts=asked)


def granted(library: queries.LawBook, **values: Any) -> object:
    asked = facts(**{**ALONE, **values})
    found = queries.evaluate(library, "wet_op_de_zorgtoeslag", ("toegekende_zorgtoeslag",), on=ON, facts=asked)
    return found.outputs["toegekende_zorgtoeslag"].value


def by_name(found: Nearest) -> dict[str, list[Change]]:
    names: dict[str, list[Change]] = {}
    for change in found.changes:
        names.setdefault(change.name, []).append(change)
    return names


def test_a_refused_allowance_names_the_income_up_to_which_there_is_one(library: queries.LawBook) -> None:
    """Above the published limit of EUR 39,719 for one person in 2025 there is nothing (W016, W017)."""
    found = care(library, toetsingsinkomen=4_500_000)

    (income,) = found.changes
    assert isinstance(income.value, int)
    assert (found.now.value, income.how, income.value // 100, income.outcome.value) == (0, "at_most", 39_719, 2_400)
    assert income.words_en == f"toetsingsinkomen: at most € {income.value / 100:,.2f} → € 24"
    assert granted(library, toetsingsinkomen=income.value) == 2_400
    assert granted(library, toetsingsinkomen=income.value + 1) == 0


def test_of_what_is_granted_each_fact_tells_where_it_ends(library: queries.LawBook) -> None:
    found = by_name(care(library, toetsingsinkomen=3_000_000))

    assert {name: [(one.how, one.value) for one in changes] for name, changes in found.items()} == {
        "is_verzekerd": [("is", False)],
        "geboortedatum": [("on_or_after", "2007-06-01")],
        "vermogen": [("at_least", 14_189_601)],
        "toetsingsinkomen": [("at_least", found["toetsingsinkomen"][0].value)],
    }
    assert granted(library, toetsingsinkomen=3_000_000, vermogen=14_189_600) != 0


def test_a_fact_that_the_law_did_not_ask_changes_nothing_alone(library: queries.LawBook) -> None:
    alone = care(library, toetsingsinkomen=4_500_000, toetsingsinkomen_partner=1)

    assert "toetsingsinkomen_partner" not in (*by_name(alone), *alone.decided_by)


def test_what_decided_is_that_without_which_nothing_could_be_said(library: queries.LawBook) -> None:
    too_rich = care(library, toetsingsinkomen=3_000_000, vermogen=90_000_000)

    assert too_rich.now.value == 0
    assert "vermogen" in too_rich.decided_by
    assert "toetsingsinkomen" not in too_rich.decided_by


def _thresholds(folder: Path, islands: list[tuple[int, int]]) -> queries.LawBook:
    inside = "".join(
        f"        - {{operation: AND, conditions: [{{operation: GREATER_THAN_OR_EQUAL, subject: $n, value: {low}}},"
        f" {{operation: LESS_THAN_OR_EQUAL, subject: $n, value: {high}}}]}}\n"
        for low, high in islands
    )
    body = (
        "execution:\n  input:\n    - {name: n, type: number, source: {}}\n  output: [{name: x, type: boolean}]\n"
        f"  actions:\n    - output: x\n      value:\n        operation: OR\n        conditions:\n{inside}"
    )
    return a_law(folder, body)


@given(
    islands=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 15)), min_size=1, max_size=4),
    start=st.integers(0, 140),
)
@settings(max_examples=60, deadline=None)
def test_no_island_nearer_than_the_one_found_is_stepped_over(islands: list[tuple[int, int]], start: int) -> None:
    spans = [(low, low + width) for low, width in islands]
    with tempfile.TemporaryDirectory() as folder:
        found = nearest_changes(_thresholds(Path(folder), spans), "w", "x", on=ON, facts=facts(n=start))

    def holds(n: int) -> bool:
        return any(low <= n <= high for low, high in spans)

    up = next((n for n in range(start + 1, 400) if holds(n) != holds(start)), None)
    down = next((n for n in range(start - 1, -1, -1) if holds(n) != holds(start)), None)
    said = {change.how: change.value for change in found.changes}
    assert said == {how: n for how, n in (("at_most", down), ("at_least", up)) if n is not None}


_INPUT = "execution:\n  input:\n    - {{name: n, type: {type}, source: {{}}}}\n  output: [{{name: x, type: boolean}}]\n"
_SAYS = _INPUT + "  actions:\n    - output: x\n      value: {value}\n"
IN_LIST = "{operation: IN, subject: $n, values: [HUUR, KAMER]}"
NOT_BOUGHT = "{operation: NOT_EQUALS, subject: $n, value: KOOP}"
NEVER = "{operation: IS_NULL, subject: $n}"


@pytest.mark.parametrize(
    ("kind", "says", "now", "said"),
    [
        ("string", IN_LIST, "KOOP", [("is", "HUUR"), ("is", "KAMER")]),
        ("string", IN_LIST, "HUUR", [("is", None)]),
        ("string", NOT_BOUGHT, "HUUR", [("is", "KOOP")]),
        ("number", "{operation: EQUALS, subject: $n, value: 7}", 3, [("at_least", 7)]),
        ("number", "{operation: IN, subject: $n, values: [40, 900]}", 500, [("at_most", 40), ("at_least", 900)]),
        ("number", "{operation: NOT_EQUALS, subject: $n, value: 7}", 1000, [("at_most", 7)]),
        ("date", NEVER, "2025-01-01", [("is", None)]),
        ("boolean", "$n", True, [("is", False)]),
    ],
)
def test_a_word_a_date_or_a_yes_is_changed_into_what_the_law_looks_at(
    tmp_path: Path, kind: str, says: str, now: object, said: list[tuple[str, object]]
) -> None:
    book = a_law(tmp_path, _SAYS.format(type=kind, value=says))

    found = nearest_changes(book, "w", "x", on=ON, facts=facts(n=now))

    assert [(one.how, one.value) for one in found.changes] == said


def test_what_is_not_known_is_not_guessed(library: queries.LawBook) -> None:
    asked = {**facts(**ALONE), "toetsingsinkomen": Fact(None, "unknown")}
    found = nearest_changes(library, "wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", on=ON, facts=asked)

    assert found.now.reason == "unknown:toetsingsinkomen"
    assert "toetsingsinkomen" not in by_name(found)


def test_the_command_tells_it_in_both_languages_and_as_json() -> None:
    given_facts = [part for name, value in ALONE.items() for part in ("--param", f"{name}={str(value).lower()}")]
    asked = ["nearest", "wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", "--on", "2025-06-01", *given_facts]
    asked += ["--param", "toetsingsinkomen=4500000"]

    dutch = CliRunner().invoke(commands, [*asked, "--language", "nl"])
    as_json = CliRunner().invoke(commands, [*asked, "--json"])

    assert dutch.exit_code == as_json.exit_code == 0
    assert "Het wordt anders bij:\n    toetsingsinkomen: hoogstens € 39.719,30 → € 24\n" in dutch.output
    assert '"how": "at_most"' in as_json.output


def test_facts_in_a_table_with_the_key_of_the_person_are_searched_too(library: queries.LawBook) -> None:
    row = {"bsn": "1", **ALONE, "toetsingsinkomen": 3_971_931}
    found = nearest_changes(
        library,
        "wet_op_de_zorgtoeslag",
        "toegekende_zorgtoeslag",
        on=ON,
        parameters={"bsn": "1"},
        facts=tables_of({"register": {"key": "bsn", "rows": [row]}}),
    )

    assert [(change.how, change.value) for change in by_name(found)["toetsingsinkomen"]] == [("at_most", 3_971_930)]
