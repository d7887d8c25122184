"""Collections: reading and checking, the explanation of each member, tables, files with lists, and bounds.

What FOREACH means stands in `conformance/v0.5.6/foreach.json`; that both executors agree in `test_random_laws.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from tests.law.builders import ask, write_law
from waardig.law import queries
from waardig.law.adapters import duckdb as adapter
from waardig.law.adapters.spread import fields_of
from waardig.law.cli import law
from waardig.law.core.tables import tables_of
from waardig.law.queries import law_problems
from waardig.law.terms import Fact, LawsInvalid, PopulationInvalid, Step

ON = date(2025, 1, 1)
AT = datetime(2025, 4, 28, tzinfo=UTC)
HEAD = "waardig_format: 1\nbwb_id: BWBR0000001\nvalid_from: '2020-01-01'\nurl: https://example.org/w\n"
INPUT = """
execution:
  input:
    - name: kinderen
      type: array
      source: {}
      members:
        most: 30
        fields:
          - {name: geboren, type: date}
          - {name: bedrag, type: amount, type_spec: {unit: eurocent}}
          - {name: thuis, type: boolean}
  output:
    - {name: aantal, type: number}
    - {name: som, type: amount, type_spec: {unit: eurocent}}
  actions:
    - output: aantal
      value: {operation: FOREACH, subject: $kinderen, item: kind, combine: COUNT, where: WHERE}
    - output: som
      value: {operation: FOREACH, subject: $kinderen, item: kind, combine: ADD, value: $kind.bedrag}
"""
AGE = "{operation: AGE, date_of_birth: $kind.geboren, reference_date: '2025-01-01'}"
YOUNG = f"{{operation: LESS_THAN, subject: {AGE}, value: 12}}"
ANN, BEN = (
    {"geboren": "2020-05-05", "bedrag": 100, "thuis": True},
    {"geboren": "2001-05-05", "bedrag": 5, "thuis": False},
)


def a_book(folder: Path, where: str = "$kind.thuis", body: str = INPUT) -> queries.LawBook:
    file = write_law(folder, body.replace("WHERE", where), head=HEAD)
    file.write_text(
        file.read_text().replace("    text: Tekst\n", "    text: Tekst\n    url: https://example.org/w/1\n")
    )
    return queries.law_book([], foreign=[folder])


def steps(step: Step) -> Iterator[Step]:
    yield step
    for child in step.children:
        yield from steps(child)


def test_the_explanation_tells_of_each_member_whether_they_count_and_why(tmp_path: Path) -> None:
    book = a_book(tmp_path, f"{{operation: AND, conditions: [$kind.thuis, {YOUNG}]}}")

    found = ask(book, "w", "aantal", on=ON, facts={"kinderen": Fact([ANN, BEN, {"thuis": True}])}, explain=True)

    (root,) = found.steps
    (counted,) = root.children
    assert counted.words_nl == "hoeveel kinderen: niet bekend: kinderen.geboren"
    assert (counted.children[0].words_nl, counted.children[0].words_en) == ("kinderen: 3", "kinderen: 3")
    members = [step for step in steps(root) if step.role == "item"]
    assert [step.words_nl for step in members] == [
        "kind 1: telt mee",
        "kind 2: telt niet mee",
        "kind 3: dat weten wij niet",
    ]
    assert [step.words_en for step in members] == ["kind 1: counts", "kind 2: does not count", "kind 3: we do not know"]
    assert [child.value for child in members[0].children] == [True]
    assert [step.words_nl for step in steps(members[1]) if step.not_needed] == ["is minder dan: niet nodig"]


def test_no_two_steps_of_an_explanation_with_members_have_one_id(tmp_path: Path) -> None:
    book = a_book(tmp_path, YOUNG)

    found = ask(book, "w", "aantal", on=ON, facts={"kinderen": Fact([ANN, BEN])}, explain=True)

    ids = [step.id for step in steps(found.steps[0])]
    repeated = {one for one in ids if ids.count(one) > 1}
    assert all("literal" in one for one in repeated)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("most: 30", "most: 51", "members need 'most', a whole number from 1 to 50"),
        ("most: 30", "meest: 30", "members need 'most'"),
        ("type: array", "type: number", "members belong to an input of type array"),
        ("{name: thuis, type: boolean}", "{name: bedrag, type: boolean}", "field 'bedrag' stands here twice"),
        ("{name: thuis, type: boolean}", "{name: thuis, type: array}", "field 'thuis' needs a type: string, number"),
        ("combine: COUNT", "combine: LIST", "FOREACH needs 'combine': COUNT, ADD, MIN, MAX, OR, AND"),
        ("item: kind, combine: COUNT", "combine: COUNT", "FOREACH needs 'item'"),
        ("combine: ADD, value: $kind.bedrag", "combine: ADD", "FOREACH needs 'value'"),
        ("subject: $kinderen, item: kind, combine: COUNT", "subject: 3, item: kind, combine: COUNT", "needs 'subject'"),
        ("$kind.bedrag", "$kind.naam", "'$kind' has no field 'naam'; it has geboren, bedrag, thuis"),
        ("$kind.bedrag", "$kind", "'$kind' has no field ''"),
        ("where: WHERE", "where: $kind.bedrag", "FOREACH needs true or false for 'where', not a number"),
        ("value: $kind.bedrag", "value: $kind.thuis", "FOREACH with ADD needs a number for 'value', not a boolean"),
        ("som, type: amount, type_spec: {unit: eurocent}", "som, type: amount, type_spec: {unit: euro}", "in euro but"),
        ("$kind.bedrag", "{operation: ADD, values: [$kind.bedrag, {operation: AGE, date_of_birth: $kind.geboren, "
         "reference_date: $referencedate}]}", "the values of ADD are in different units: eurocent and years"),
        ("$kind.bedrag", "{operation: MULTIPLY, values: [$kind.geboren, 1]}", "MULTIPLY needs numbers, not a date"),
    ],
)  # fmt: skip
def test_check_names_what_does_not_fit_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in INPUT
    with suppress(LawsInvalid):
        a_book(tmp_path, "$kind.thuis", INPUT.replace(old, new))

    problems, _ = law_problems([tmp_path], roots=[])

    (found,) = [problem for problem in problems if message in problem.message]
    lines = (tmp_path / "w.yaml").read_text().split("\n")
    assert found.error and 1 < found.line <= len(lines)


def test_a_sum_is_proven_to_fit_for_as_many_members_as_there_can_be(tmp_path: Path) -> None:
    big = "{operation: MULTIPLY, values: [$kind.bedrag, 100000000]}"
    a_book(tmp_path, "$kind.thuis", INPUT.replace("value: $kind.bedrag", f"value: {big}"))

    problems, _ = law_problems([tmp_path], roots=[])

    assert [problem.message for problem in problems] == [
        "FOREACH may overflow: up to about 10^19, 64 bits hold 9.2 x 10^18"
    ]


def test_a_foreign_file_with_another_foreach_is_refused_where_it_stands(tmp_path: Path) -> None:
    body = (
        "execution:\n  output: [{name: x, type: number}]\n  actions:\n    - {output: x, value: {operation: FOREACH}}\n"
    )
    write_law(tmp_path, body)
    book = queries.law_book([], foreign=[tmp_path])

    (article,) = book.laws[0].articles

    assert article.problem is not None
    assert "FOREACH is no operation of regelrecht v0.5.6; say 'waardig_format: 1'" in article.problem[1]


def test_the_members_are_the_rows_of_a_table_with_the_name_of_the_collection(tmp_path: Path) -> None:
    rows = [{"bsn": "1", **ANN}, {"bsn": "2", **BEN}, {"bsn": "1", **BEN}]
    tables = tables_of({"kinderen": {"key": "bsn", "rows": rows}})

    found = ask(a_book(tmp_path), "w", "aantal", "som", on=ON, parameters={"bsn": "1"}, facts=tables)
    nobody = ask(a_book(tmp_path), "w", "aantal", "som", on=ON, parameters={"bsn": "9"}, facts=tables)

    assert {name: out.value for name, out in found.outputs.items()} == {"aantal": 1, "som": 105}
    assert found.inputs_used["kinderen"].source == "kinderen"
    assert {name: out.value for name, out in nobody.outputs.items()} == {"aantal": 0, "som": 0}


@pytest.mark.parametrize("output", ["som", "dubbel"])
def test_a_fact_is_not_read_from_the_rows_of_a_collection(tmp_path: Path, output: str) -> None:
    body = INPUT.replace("  output:\n", "    - {name: bedrag, type: number, source: {}}\n  output:\n")
    body = body.replace("  actions:\n", "    - {name: dubbel, type: number}\n  actions:\n")
    body += "    - {output: dubbel, value: {operation: MULTIPLY, values: [2, $bedrag]}}\n"
    person = {"key": "bsn", "rows": [{"bsn": "1", "bedrag": 7}]}
    facts = tables_of({"personen": person, "Kinderen": {"key": "bsn", "rows": [{"bsn": "1", **ANN}]}})

    found = ask(a_book(tmp_path, body=body), "w", output, on=ON, parameters={"bsn": "1"}, facts=facts)

    assert found.outputs[output].value == {"som": 100, "dubbel": 14}[output]


def test_a_parquet_file_with_a_list_of_structs_is_computed_in_sql(tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    struct = 'STRUCT(bedrag BIGINT, thuis BOOLEAN, thuis__reason VARCHAR, "geboren" DATE)[]'
    rows = [
        "[{'bedrag': 100, 'thuis': true, 'thuis__reason': 'ok', 'geboren': DATE '2020-05-05'}, NULL]",
        "[{'bedrag': 7, 'thuis': NULL, 'thuis__reason': 'unknown', 'geboren': NULL}]",
        "[]",
        "NULL",
        "[{'bedrag': 1, 'thuis': NULL, 'thuis__reason': NULL, 'geboren': NULL}]",
    ]
    rows.append("[{'bedrag': 1, 'thuis': true, 'thuis__reason': 'ok', 'geboren': NULL}]")
    said = ["NULL"] * 5 + ["'unknown'"]
    values = ", ".join(f"({n}, CAST({row} AS {struct}), {said[n]})" for n, row in enumerate(rows))
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {values}) t(nr, kinderen, kinderen__reason)) TO '{file}'")  # noqa: S608
    book = a_book(tmp_path)

    fast = queries.evaluate_many(book, "w", ("aantal", "som"), on=ON, columns=file)
    exact = queries.evaluate_many(book, "w", ("aantal", "som"), on=ON, columns=file, engine="python")

    assert (fast.engine, fast.columns, fast.reasons) == ("duckdb", exact.columns, exact.reasons)
    assert fast.reasons["aantal"] == [*["unknown:kinderen.thuis"] * 2, *["ok"] * 3, "unknown:kinderen"]
    assert fast.columns["som"] == [None, 7, 0, 0, 1, None]
    assert fast.reasons["som"][0] == "unknown:kinderen.bedrag"
    out = tmp_path / "out.parquet"
    done = queries.evaluate_file(book, "w", ("som",), on=ON, population=file, out=out)
    assert (done.rows, done.engine) == (6, "duckdb")
    assert duckdb.read_parquet(str(out)).columns == ["nr", "som", "som__reason"]


@pytest.mark.parametrize("gap", [True, False])
def test_a_member_of_whom_nothing_is_known_is_looked_for_before_fields_go_without_a_reason(
    tmp_path: Path, gap: bool
) -> None:
    file, last = tmp_path / "people.parquet", "NULL" if gap else "{'bedrag': NULL, 'thuis': NULL}"
    rows = ["[{'bedrag': 100, 'thuis': true}, {'bedrag': 3, 'thuis': false}]", "[]", "NULL", f"[{last}]"]
    values = ", ".join(f"({n}, CAST({row} AS STRUCT(bedrag BIGINT, thuis BOOLEAN)[]))" for n, row in enumerate(rows))
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {values}) t(nr, kinderen)) TO '{file}'")  # noqa: S608
    book = a_book(tmp_path)

    fast = queries.evaluate_many(book, "w", ("aantal", "som"), on=ON, columns=file)
    exact = queries.evaluate_many(book, "w", ("aantal", "som"), on=ON, columns=file, engine="python")

    assert (fast.engine, fast.columns, fast.reasons) == ("duckdb", exact.columns, exact.reasons)
    assert fast.reasons["aantal"][3] == ("unknown:kinderen.thuis" if gap else "ok")
    assert ("kinderen[1].bedrag__reason" in adapter.open_file(file).columns) is gap


@pytest.mark.parametrize(("members", "engine"), [(24, "duckdb"), (25, "python")])
def test_sql_writes_out_so_many_members_and_the_interpreter_does_the_rest(
    tmp_path: Path, members: int, engine: str
) -> None:
    rows = {"kinderen": [[ANN] * members, [BEN]]}

    found = queries.evaluate_many(a_book(tmp_path), "w", ("aantal", "som"), on=ON, columns=rows)

    assert found.engine == engine
    assert found.columns == {"aantal": [members, 0], "som": [100 * members, 5]}
    assert ("at most 24" in found.fallback) is (engine == "python")


def test_a_collection_of_nobody_is_absent_and_a_column_of_something_else_is_refused(tmp_path: Path) -> None:
    book = a_book(tmp_path)

    found = queries.evaluate_many(book, "w", ("aantal",), on=ON, columns={"kinderen": [None, Fact(None, "unknown")]})

    assert (found.columns["aantal"], found.reasons["aantal"]) == ([0, None], ["ok", "unknown:kinderen"])
    with pytest.raises(PopulationInvalid, match="holds no lists of members"):
        queries.evaluate_many(book, "w", ("aantal",), on=ON, columns={"kinderen": [3]})
    with pytest.raises(PopulationInvalid, match="has 101 members"):
        queries.evaluate_many(book, "w", ("aantal",), on=ON, columns={"kinderen": [[ANN] * 101]})


def test_field_names_of_a_struct_are_read_whatever_stands_in_them() -> None:
    stored = 'STRUCT(bedrag DECIMAL(10,2), "na""am, x" VARCHAR, adres STRUCT(straat VARCHAR, nr INTEGER))[]'

    assert fields_of(stored) == ("bedrag", 'na"am, x', "adres")


def test_a_receipt_keeps_the_members_and_does_them_again(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    facts = {"kinderen": Fact([ANN, None, {"bedrag": 1}])}

    made = queries.receipt_of(book, "w", ("aantal", "som"), on=ON, at=AT, facts=facts)

    assert made["execution"]["inputs"]["kinderen"]["value"][1:] == [None, {"object": {"bedrag": 1}}]
    assert queries.verify_receipt(book, json.loads(json.dumps(made))) == ()


def test_the_command_computes_with_members_from_a_file(tmp_path: Path) -> None:
    a_book(tmp_path)
    data = tmp_path / "data.json"
    data.write_text(json.dumps({"kinderen": {"key": "bsn", "rows": [{"bsn": "1", **ANN}, {"bsn": "1", **BEN}]}}))

    done = CliRunner().invoke(law, arguments("run", tmp_path, data))
    told = CliRunner().invoke(law, arguments("explain", tmp_path, data))

    assert json.loads(done.output)["outputs"]["som"]["value"] == 105
    assert '"words_en": "kind 2: does not count"' in told.output


def arguments(command: str, folder: Path, data: Path) -> list[str]:
    asked: list[Any] = [command, "w", "aantal", "som", "--on", "2025-01-01", "--laws", folder, "--data", data]
    return [str(part) for part in (*asked, "--param", "bsn=1", "--json")]


def test_a_limit_that_each_member_is_held_to_is_found_as_a_nearest_change(tmp_path: Path) -> None:
    rich = "{operation: GREATER_THAN, subject: $kind.bedrag, value: $grens}"
    body = INPUT.replace(
        "  output:\n", "    - {name: grens, type: amount, type_spec: {unit: eurocent}, source: {}}\n  output:\n"
    )
    facts = {"kinderen": Fact([ANN, BEN]), "grens": Fact(100)}

    found = queries.nearest_changes(a_book(tmp_path, rich, body), "w", "aantal", on=ON, facts=facts)

    assert [(change.name, change.value) for change in found.changes] == [("grens", 99)]


def test_needs_name_the_fields_of_members_and_stop_at_what_is_given(tmp_path: Path) -> None:
    body = """
    execution:
      input:
        - {name: tel, type: number, source: {output: aantal}}
        - {name: kinderen, type: array, source: {}, members: {most: 9, fields: [{name: thuis, type: boolean}]}}
      output: [{name: aantal, type: number}, {name: dubbel, type: number}]
      actions:
        - output: aantal
          value: {operation: FOREACH, subject: $kinderen, item: kind, combine: COUNT, where: $kind.thuis}
        - output: dubbel
          value: {operation: MULTIPLY, values: [2, $tel]}
    """
    book = a_book(tmp_path, body=body)

    (asked,) = queries.inputs_of(book, "w", ("dubbel",), on=ON)
    (counted,) = queries.inputs_of(book, "w", ("dubbel",), on=ON, given=frozenset({"tel"}))

    assert (asked.name, [(field.name, field.type) for field in asked.members]) == ("kinderen", [("thuis", "boolean")])
    assert (counted.name, counted.kind, counted.type) == ("tel", "input", "number")


ASKED = """
execution:
  input:
    - {name: grens, type: amount, type_spec: {unit: eurocent}, source: {}}
    - name: leden
      type: array
      source: {}
      members:
        most: 9
        fields:
          - {name: bedrag, type: amount, type_spec: {unit: eurocent}}
          - {name: jong, type: boolean}
          - name: telt
            type: amount
            type_spec: {unit: eurocent}
            source: {regulation: b, output: telt, parameters: {inkomen: $bedrag, jong: $jong, grens: $grens}}
  output: [{name: som, type: amount, type_spec: {unit: eurocent}}]
  actions:
    - {output: som, value: {operation: FOREACH, subject: $leden, item: lid, combine: ADD, value: $lid.telt}}
"""
OTHER = """
execution:
  parameters:
    - {name: inkomen, type: amount, type_spec: {unit: eurocent}}
    - {name: jong, type: boolean}
  input: [{name: grens, type: amount, type_spec: {unit: eurocent}, source: {}}]
  output: [{name: telt, type: amount, type_spec: {unit: eurocent}}]
  actions:
    - output: telt
      value:
        operation: IF
        cases:
          - when: $jong
            then: {operation: MAX, values: [0, {operation: SUBTRACT, values: [$inkomen, $grens]}]}
        default: $inkomen
"""
PAID = {"leden": Fact([{"bedrag": 500, "jong": True}, {"bedrag": 30, "jong": False}, {"telt": 7}]), "grens": Fact(100)}


def two_laws(folder: Path, old: str = "", new: str = "") -> queries.LawBook:
    """A law whose members are asked of law `b`."""
    a_book(folder, body=ASKED.replace(old, new))
    other = write_law(folder, OTHER, "b", head=HEAD)
    other.write_text(
        other.read_text().replace("    text: Tekst\n", "    text: Tekst\n    url: https://example.org/w/1\n")
    )
    return queries.law_book([], foreign=[folder])


def test_a_member_is_asked_of_another_law_and_the_explanation_goes_into_it(tmp_path: Path) -> None:
    found = ask(two_laws(tmp_path), "w", "som", on=ON, facts=PAID, explain=True)

    assert (found.outputs["som"].value, [law.id for law in found.laws]) == (437, ["b", "w"])
    first, second, third = [step for step in steps(found.steps[0]) if step.role == "item"]
    assert [(step.law, step.name, step.value) for step in steps(first) if step.kind == "output"] == [("b", "telt", 400)]
    assert [step.words_nl for step in steps(second) if step.not_needed] == ["de hoogste van deze: niet nodig"]
    assert [(step.name, step.value, step.children) for step in third.children] == [("telt", 7, ())]
    ids = [step.id for step in steps(first)]
    assert {one.split("@")[-1] for one in ids if "telt" in one} == {"1"}


def test_what_a_law_computes_of_a_member_is_not_asked_of_people(tmp_path: Path) -> None:
    needs = queries.inputs_of(two_laws(tmp_path), "w", ("som",), on=ON)

    assert [(need.name, [field.name for field in need.members]) for need in needs] == [
        ("leden", ["bedrag", "jong"]),
        ("grens", []),
    ]


ARTICLE = """  - number: '%d'
    text: Tekst
    machine_readable:
      execution:
        input:
          - {name: leden, type: array, source: {}, members: {most: 3, fields: [{name: %s, type: %s}]}}
        output: [{name: uitkomst_%d, type: number}]
        actions:
          - {output: uitkomst_%d, value: {operation: FOREACH, subject: $leden, item: lid, combine: MAX, value: $lid.%s}}
"""


def test_two_articles_that_each_ask_something_of_the_members_ask_people_for_both(tmp_path: Path) -> None:
    head = f"$id: w\nregulatory_layer: WET\npublication_date: '2020-01-01'\n{HEAD}articles:\n"
    articles = ARTICLE % (1, "bedrag", "number", 1, 1, "bedrag") + ARTICLE % (2, "jaar", "date", 2, 2, "jaar.year")
    (tmp_path / "w.yaml").write_text(head + articles)
    book = queries.law_book([], foreign=[tmp_path])

    (need,) = queries.inputs_of(book, "w", ("uitkomst_1", "uitkomst_2"), on=ON)
    (alone,) = queries.inputs_of(book, "w", ("uitkomst_2",), on=ON)

    assert [(field.name, field.type) for field in need.members] == [("bedrag", "number"), ("jaar", "date")]
    assert [field.name for field in alone.members] == ["jaar"]
    found = ask(book, "w", "uitkomst_2", on=ON, facts={"leden": Fact([{"jaar": "2011-01-01"}])})
    assert found.outputs["uitkomst_2"].value == 2011


def test_a_receipt_of_members_asked_of_another_law_names_that_law(tmp_path: Path) -> None:
    book = two_laws(tmp_path)

    made = queries.receipt_of(book, "w", ("som",), on=ON, at=AT, facts=PAID)

    assert [law["id"] for law in made["scope"]["loaded_regulations"]] == ["b", "w"]
    assert queries.verify_receipt(book, json.loads(json.dumps(made))) == ()


def test_sql_asks_the_other_law_where_a_member_does_not_say_it(tmp_path: Path) -> None:
    leden = [[{"bedrag": 500, "jong": True}, {"telt": 7}], [{"bedrag": 20}], [None], [{"telt": None}], None]
    rows = {"leden": leden, "grens": [100, 1, 1, 1, None]}

    fast = queries.evaluate_many(two_laws(tmp_path), "w", ("som",), on=ON, columns=rows)
    exact = queries.evaluate_many(two_laws(tmp_path), "w", ("som",), on=ON, columns=rows, engine="python")

    assert (fast.engine, fast.columns, fast.reasons) == ("duckdb", exact.columns, exact.reasons)
    assert fast.columns["som"] == [407, None, None, None, 0]
    assert fast.reasons["som"] == ["ok", "unknown:leden.jong", "unknown:leden.jong", "error", "ok"]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (", grens: $grens", "", "- name: telt", "'b' asks 'grens' for 'leden.telt'; give it under 'parameters'"),
        ("output: telt", "output: elders", "- name: telt", "Output 'elders' not found in law 'b'"),
        ("regulation: b", "regulation: c", "- name: telt", "Law 'c' not found"),
        ("$bedrag, jong", "$naam, jong", "source: {regulation: b", "variable '$naam' not found"),
        ("$bedrag, jong", "$telt, jong", "- name: telt", "circular reference: 'leden.telt' needs itself"),
        (", parameters: {inkomen: $bedrag, jong: $jong, grens: $grens}", "", "source: {reg", "needs 'parameters'"),
        ("regulation: b, output: telt, ", "", "source: {par", "'source' needs 'output'"),
        ("$bedrag, jong", "{operation: ADD, values: [1]}, jong", "source: {reg", "a parameter is a $variable"),
        ("            type_spec: {unit: eurocent}\n", "            type_spec: {unit: euro}\n", "- name: telt",
         "'telt' is declared in euro but its value is in eurocent"),
        ("            type: amount\n", "            type: boolean\n", "- name: telt",
         "'telt' is declared boolean but its value is a number"),
    ],
)  # fmt: skip
def test_check_names_what_is_wrong_with_a_member_asked_of_a_law_with_its_line(
    tmp_path: Path, old: str, new: str, line: str, message: str
) -> None:
    assert old in ASKED
    with suppress(LawsInvalid):
        two_laws(tmp_path, old, new)

    problems, _ = law_problems([tmp_path], roots=[])

    (found,) = [problem for problem in problems if message in problem.message and problem.error][:1]
    assert line in (tmp_path / "w.yaml").read_text().split("\n")[found.line - 1]


def test_nothing_is_said_about_a_sound_law_that_asks_another_about_its_members(tmp_path: Path) -> None:
    two_laws(tmp_path)

    assert law_problems([tmp_path], roots=[])[0] == ()
