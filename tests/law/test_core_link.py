"""References, open terms, versions, hooks, overrides, untranslatables: what belongs to a question."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.law.builders import ON, a_law, ask, facts, the_laws, write_law
from waardig.law import queries
from waardig.law.adapters import duckdb as engine
from waardig.law.terms import (
    Fact,
    LawNotInForce,
    MissingImplementation,
    PresumesAgainst,
    RuleFailed,
    UnknownLaw,
    UnknownOutput,
)

GM1, GM2 = {"gemeente_code": "GM0001"}, {"gemeente_code": "GM0002"}


OF_BOTH = """execution:
  input:
    - {name: partner_bsn, type: string, source: {}}
    - {name: eigen, type: number, source: {regulation: ander, output: inkomen_uit, parameters: {bsn: $bsn}}}
    - {name: van_partner, type: number,
       source: {regulation: ander, output: inkomen_uit, parameters: {bsn: $partner_bsn}}}
  parameters: [{name: bsn, type: string}]
  output: [{name: verschil, type: number}]
  actions:
    - {output: verschil, value: {operation: SUBTRACT, values: [$eigen, $van_partner]}}
"""
OF_ONE = """execution:
  parameters: [{name: bsn, type: string}]
  input: [{name: inkomen, type: number, source: {}}]
  output: [{name: inkomen_uit, type: number}]
  actions: [{output: inkomen_uit, value: $inkomen}]
"""


def test_what_is_asked_of_the_partner_is_another_fact_for_one_person_and_for_many(tmp_path: Path) -> None:
    write_law(tmp_path, OF_ONE, "ander")
    book = a_law(tmp_path, OF_BOTH)
    given = {"inkomen": 30, "inkomen@partner_bsn": 12, "partner_bsn": "x"}
    one = ask(book, "w", "verschil", parameters={"bsn": "y"}, facts=facts(**given))
    alone = ask(book, "w", "verschil", parameters={"bsn": "y"}, facts=facts(inkomen=30, partner_bsn="x"))

    program = queries.program_for(book, "w", ["verschil"], on=ON, parameters={"bsn": "y"}, mode="report")
    people = engine.open_columns({name: [value, value, None] for name, value in given.items()})
    many = engine.run(people, program, {"bsn": "y"})

    assert (one.outputs["verschil"].value, alone.outputs["verschil"].reason) == (18, "unknown:inkomen@partner_bsn")
    assert (many.engine, many.columns["verschil"][:2]) == ("duckdb", [18, 18])


def test_the_partners_income_is_not_needed_without_a_partner() -> None:
    result = ask(the_laws(), "toetswet", "gezamenlijk", facts=facts(inkomen=3000000, heeft_partner=False))

    assert result.outputs["gezamenlijk"].value == 3000000
    assert set(result.inputs_used) == {"inkomen", "heeft_partner"}


def test_a_missing_fact_is_unknown_and_names_itself() -> None:
    result = ask(the_laws(), "toetswet", "gezamenlijk", facts=facts(inkomen=1, heeft_partner=True))

    assert result.outputs["gezamenlijk"].reason == "unknown:inkomen_partner"


def test_a_percentage_is_exact() -> None:
    result = ask(
        the_laws(), "toetswet", "bijdrage_exact", "bijdrage", facts=facts(inkomen=2840700, heeft_partner=False)
    )

    assert str(result.outputs["bijdrage_exact"].value) == "1.896"
    assert result.outputs["bijdrage"].value == 0


def test_a_third_taken_three_times_is_whole_again_through_another_law() -> None:
    asked = facts(inkomen=100, heeft_partner=False)
    book = the_laws()

    assert str(ask(book, "toetswet", "te_betalen", facts=asked).outputs["te_betalen"].value)[:10] == "33.3333333"
    assert ask(book, "premiewet", "driemaal", parameters={"grondslag": 100}).outputs["driemaal"].value == 100


def test_a_municipality_fills_the_open_term() -> None:
    asked = facts(inkomen=50000, heeft_partner=False)

    first = ask(the_laws(), "toetswet", "na_vrijlating", parameters=GM1, facts=asked)
    second = ask(the_laws(), "toetswet", "na_vrijlating", parameters=GM2, facts=asked)

    assert first.outputs["na_vrijlating"].value == 40000
    assert second.outputs["na_vrijlating"].value == 25000


def test_the_regulation_in_force_on_the_date_counts_not_the_newest() -> None:
    asked = facts(inkomen=50000, heeft_partner=False)

    before = ask(the_laws(), "toetswet", "na_vrijlating", on=datetime.date(2024, 12, 31), parameters=GM2, facts=asked)

    assert before.outputs["na_vrijlating"].value == 30000


def test_a_required_open_term_without_regulation_refuses_and_says_for_which_codes_there_are() -> None:
    with pytest.raises(MissingImplementation) as refused:
        ask(the_laws(), "toetswet", "na_vrijlating", facts=facts(inkomen=1, heeft_partner=False))

    assert "gemeente_code=GM0001, gemeente_code=GM0002" in refused.value.text_en


def test_a_default_fills_an_open_term_that_nobody_implements() -> None:
    assert ask(the_laws(), "toetswet", "termijn_weken").outputs["termijn_weken"].value == 8


@pytest.mark.parametrize(("soort", "reason"), [("A", "ok"), ("B", "unknown:bijzonder_geval")])
def test_a_policy_rule_presumes_for_a_person_or_leaves_it_to_a_person(soort: str, reason: str) -> None:
    asked = facts(inkomen=50000, heeft_partner=False, soort=soort)

    found = ask(the_laws(), "toetswet", "uitkomst", parameters=GM1, facts=asked).outputs["uitkomst"]

    assert (found.value, found.reason) == (True if soort == "A" else None, reason)


def test_an_open_norm_that_nobody_fills_is_unknown_never_no() -> None:
    found = ask(the_laws(), "toetswet", "uitkomst", parameters=GM2, facts=facts(inkomen=50000, heeft_partner=False))

    assert found.outputs["uitkomst"].reason == "unknown:bijzonder_geval"


def test_a_persons_judgement_fills_an_open_norm_also_with_no() -> None:
    asked = facts(inkomen=50000, heeft_partner=False, bijzonder_geval=False)

    assert ask(the_laws(), "toetswet", "uitkomst", parameters=GM2, facts=asked).outputs["uitkomst"].value is False


def test_a_policy_rule_that_says_no_is_refused_by_check_and_by_evaluation(tmp_path: Path) -> None:
    write_law(
        tmp_path,
        """
        open_terms: [{id: norm, type: boolean, required: false, delegation_type: BELEIDSREGEL}]
        execution:
          output: [{name: uit, type: boolean}]
          actions: [{output: uit, value: $norm}]
        """,
    )
    rule = write_law(
        tmp_path,
        """
        implements: [{law: w, article: '1', open_term: norm}]
        execution:
          input: [{name: x, type: number, source: {}}]
          output: [{name: norm, type: boolean}]
          actions: [{output: norm, value: {operation: GREATER_THAN, subject: $x, value: 1}}]
        """,
        name="b",
    )
    rule.write_text(rule.read_text().replace("regulatory_layer: WET", "regulatory_layer: BELEIDSREGEL"))
    book = queries.law_book([], foreign=[tmp_path])
    problems, _ = queries.law_problems([tmp_path])

    assert any(p.file == str(rule) and p.line == 13 and "presumes against" in p.message for p in problems)
    assert ask(book, "w", "uit", facts=facts(x=2)).outputs["uit"].value is True
    with pytest.raises(PresumesAgainst):
        ask(book, "w", "uit", facts=facts(x=1))


def test_a_decision_takes_its_hooks_along_and_the_special_law_overrides() -> None:
    result = ask(the_laws(), "toetswet", "soort_klopt", facts=facts(soort="A"))

    assert result.outputs["motivering_vereist"].value is True
    assert result.provenance["motivering_vereist"] == "reactive"
    assert result.outputs["bezwaartermijn"].value == 4
    assert result.provenance["bezwaartermijn"] == "override"
    assert result.provenance["soort_klopt"] == "direct"


def test_an_article_that_decides_nothing_has_no_hooks() -> None:
    assert list(ask(the_laws(), "premiewet", "premie", parameters={"grondslag": 3}).outputs) == ["premie", "driemaal"]


def test_a_law_is_in_force_through_its_last_day_and_then_says_until_when() -> None:
    book = the_laws()

    assert ask(book, "premiewet", "premie", on=datetime.date(2026, 12, 31), parameters={"grondslag": 3})
    with pytest.raises(LawNotInForce) as refused:
        ask(book, "premiewet", "premie", on=datetime.date(2027, 1, 1), parameters={"grondslag": 3})
    assert "No version of law 'premiewet' in force on 2027-01-01; last in force until 2026-12-31" in str(refused.value)


def test_a_law_or_output_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownLaw, match="nietbestaand"):
        ask(the_laws(), "nietbestaand", "x")
    with pytest.raises(UnknownOutput, match=r"Output 'x' not found in law 'premiewet'\. It has: premie, driemaal"):
        ask(the_laws(), "premiewet", "x")


@pytest.mark.parametrize(
    ("mode", "reason"), [("report", "untranslatable"), ("propagate", "untranslatable"), ("warn", "ok")]
)
def test_what_no_operation_can_say_is_reported(mode: str, reason: str) -> None:
    found = ask(the_laws(), "toetswet", "redelijk", untranslatable=mode).outputs["redelijk"]

    assert found.reason == reason


@pytest.mark.parametrize("mode", ["error", "ignore"])
def test_an_unaccepted_untranslatable_refuses_in_these_modes(mode: str) -> None:
    with pytest.raises(RuleFailed, match="Untranslatable construct"):
        ask(the_laws(), "toetswet", "redelijk", untranslatable=mode)


@pytest.mark.parametrize(("mode", "reason"), [("report", "ok"), ("error", "ok"), ("propagate", "untranslatable")])
def test_an_accepted_untranslatable_computes_unless_taint_is_asked(mode: str, reason: str) -> None:
    assert ask(the_laws(), "toetswet", "aanvaard", untranslatable=mode).outputs["aanvaard"].reason == reason


def test_references_in_a_circle_are_refused(tmp_path: Path) -> None:
    book = a_law(
        tmp_path,
        """
        execution:
          input: [{name: b, type: number, source: {output: a}}]
          output: [{name: a, type: number}]
          actions: [{output: a, value: $b}]
        """,
    )

    with pytest.raises(RuleFailed, match="circular reference: w#a -> w#a"):
        ask(book, "w", "a")


def test_a_parameter_named_as_an_input_takes_its_place() -> None:
    result = ask(the_laws(), "toetswet", "gezamenlijk", parameters={"inkomen": 5, "heeft_partner": False})

    assert result.outputs["gezamenlijk"].value == 5


def test_a_fact_about_the_partner_is_asked_under_the_relation(tmp_path: Path) -> None:
    write_law(
        tmp_path,
        """
        execution:
          parameters: [{name: bsn, type: string}]
          input: [{name: leeftijd, type: number, source: {}}]
          output: [{name: is_oud, type: boolean}]
          actions: [{output: is_oud, value: {operation: GREATER_THAN, subject: $leeftijd, value: 66}}]
        """,
        name="register",
    )
    book = a_law(
        tmp_path,
        """
        execution:
          parameters: [{name: bsn, type: string}]
          input:
            - {name: bsn_partner, type: string, source: {}}
            - {name: zelf_oud, type: boolean, source: {regulation: register, output: is_oud, parameters: {bsn: $bsn}}}
            - name: partner_oud
              type: boolean
              source: {regulation: register, output: is_oud, parameters: {bsn: $bsn_partner}}
          output: [{name: beiden, type: boolean}]
          actions: [{output: beiden, value: {operation: AND, conditions: [$zelf_oud, $partner_oud]}}]
        """,
    )
    asked = {"bsn_partner": Fact("2"), "leeftijd": Fact(70), "leeftijd@bsn_partner": Fact(60)}

    names = [need.name for need in queries.inputs_of(book, "w", ["beiden"], on=ON)]
    found = ask(book, "w", "beiden", parameters={"bsn": "1"}, facts=asked)

    assert names == ["leeftijd", "leeftijd@bsn_partner"]
    assert found.outputs["beiden"].value is False


def test_the_list_of_inputs_is_complete_and_says_who_asks() -> None:
    needs = queries.inputs_of(the_laws(), "toetswet", ["uitkomst"], on=ON, scope=GM1)

    assert [(need.name, need.law, need.article) for need in needs] == [
        ("soort", "beleidsregel_0001", "1"),
        ("heeft_partner", "toetswet", "1"),
        ("inkomen", "toetswet", "1"),
        ("inkomen_partner", "toetswet", "1"),
    ]


def test_the_rule_set_changes_with_law_scope_and_version_but_not_with_the_day() -> None:
    book = the_laws()

    def fingerprint(on: datetime.date, scope: dict[str, str]) -> str:
        return queries.rule_set(book, "toetswet", ["na_vrijlating"], on=on, scope=scope).hash

    assert fingerprint(ON, GM2) == fingerprint(datetime.date(2025, 9, 1), GM2)
    assert fingerprint(ON, GM2) != fingerprint(datetime.date(2024, 9, 1), GM2)
    assert fingerprint(ON, GM2) != fingerprint(ON, GM1)


def test_the_rule_set_ignores_articles_that_do_not_take_part(tmp_path: Path) -> None:
    body = "execution:\n  input: [{name: i, type: number, source: {}}]\n  output: [{name: x, type: number}]\n"
    body += "  actions: [{output: x, value: $i}]\n"
    more = "  - number: '2'\n    text: Anders\n    machine_readable: {definitions: {A: 1}}\n"
    path = write_law(tmp_path, body)
    first = queries.rule_set(queries.law_book([], foreign=[tmp_path]), "w", ["x"], on=ON)
    path.write_text(path.read_text() + more)
    second = queries.rule_set(queries.law_book([], foreign=[tmp_path]), "w", ["x"], on=ON)
    path.write_text(path.read_text().replace("name: i,", "name: j,").replace("value: $i}", "value: $j}"))
    third = queries.rule_set(queries.law_book([], foreign=[tmp_path]), "w", ["x"], on=ON)

    assert first.hash == second.hash != third.hash
    assert (first.inputs, third.inputs) == ({"i"}, {"j"})
    assert first.worst_status == "unverified"


LATER_FIRST = """
execution:
  parameters: [{name: a, type: number}]
  output: [{name: x, type: number}, {name: y, type: number}]
  actions:
    - {output: x, value: {operation: ADD, values: [$y, 1]}}
    - {output: y, value: {operation: MULTIPLY, values: [$a, 2]}}
"""


def test_the_order_of_actions_changes_no_outcome(tmp_path: Path) -> None:
    found = ask(a_law(tmp_path, LATER_FIRST), "w", "x", parameters={"a": 20})

    assert found.outputs["x"].value == 41


def test_outputs_that_need_each_other_are_a_circle_on_the_line_of_the_action(tmp_path: Path) -> None:
    a_law(tmp_path, LATER_FIRST.replace("$a, 2", "$x, 2"))

    found = [one for one in queries.law_problems([tmp_path], roots=())[0] if "circular" in one.message]

    assert [(one.line, one.message) for one in found] == [(13, "circular reference: w#x -> w#y -> w#x")]


def test_what_is_asked_before_the_actions_has_none_of_their_outputs(tmp_path: Path) -> None:
    body = """
        execution:
          parameters: [{name: a, type: number}]
          input: [{name: i, type: number, source: {regulation: w, output: y, parameters: {a: $x}}}]
          output: [{name: x, type: number}, {name: y, type: number}]
          actions: [{output: y, value: $a}, {output: x, value: $i}]
    """

    with pytest.raises(RuleFailed, match="variable '\\$x' not found"):
        ask(a_law(tmp_path, body), "w", "x")
