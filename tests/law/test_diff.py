"""`law diff`: what changes between two versions, and for how many people, without showing small groups."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from tests.law.builders import LIBRARY
from waardig.law import queries
from waardig.law.cli import law
from waardig.law.core.counting import Tally
from waardig.law.core.difference import changes
from waardig.law.core.effect import effect, shielded
from waardig.law.core.load import SourceFile, load
from waardig.law.terms import LawFileInvalid, LawsInvalid, UnknownOutput

OLD = """$id: bijdrage
regulatory_layer: WET
publication_date: '2024-01-01'
valid_from: '2024-01-01'
valid_to: '2024-12-31'
bwb_id: BWBR0000001
url: https://example.org/w
name: Bijdragewet
articles:
  - number: '1'
    text: Wie minder dan 1.000 euro heeft, krijgt 10 euro.
    url: https://example.org/w/1
    machine_readable:
      definitions:
        GRENS: {value: 100000, type: amount, type_spec: {unit: eurocent}}
        BEDRAG: {value: 1000, type: amount, type_spec: {unit: eurocent}}
      execution:
        input: [{name: inkomen, type: amount, type_spec: {unit: eurocent}, source: {description: opgave}}]
        output:
          - {name: krijgt, type: boolean}
          - {name: bedrag, type: amount, type_spec: {unit: eurocent}}
        actions:
          - output: krijgt
            value: {operation: LESS_THAN, subject: $inkomen, value: $GRENS}
          - output: bedrag
            value: {operation: IF, cases: [{when: $krijgt, then: $BEDRAG}], default: 0}
"""
NEW = (
    OLD.replace("valid_from: '2024", "valid_from: '2025")
    .replace("valid_to: '2024-12-31'\n", "")
    .replace("1.000 euro heeft", "1.200 euro heeft")
    .replace("value: 100000", "value: 120000")
    .replace("LESS_THAN,", "LESS_THAN_OR_EQUAL,")
    .replace("value: 1000,", "value: 1001,")
)
FEATURE = """Feature: Bijdrage
  Background:
    Given law "bijdrage" is loaded
    And the calculation date is "2025-06-01"

  Scenario: <naam>
    Given parameter "inkomen" is "<inkomen>"
    When I evaluate "krijgt" of "bijdrage"
    Then output "krijgt" is true
"""


def files(folder: Path, new: str = NEW) -> tuple[Path, Path]:
    old_file, new_file = folder / "2024.yaml", folder / "2025.yaml"
    old_file.write_text(OLD, "utf-8")
    new_file.write_text(new, "utf-8")
    return old_file, new_file


def people(folder: Path, *groups: tuple[int, int | None]) -> Path:
    """A CSV: so many people with this income."""
    path = folder / "personen.csv"
    rows = [f"{'' if income is None else income}" for count, income in groups for _ in range(count)]
    numbered = "".join(f"{n},{income}\n" for n, income in enumerate(rows))
    path.write_text(f"persoon,inkomen\n{numbered}", "utf-8")
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(law, ["diff", *(str(argument) for argument in arguments)])


def test_what_changed_is_listed_by_article_with_both_lines(tmp_path: Path) -> None:
    old, new = files(tmp_path)

    done = call(old, new)

    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "bijdrage: 4 changes",
        f"  article 1 - text changed  [{old}:10 | {new}:9]",
        f"  article 1 - definition GRENS changed: 100000 eurocent -> 120000 eurocent  [{old}:15 | {new}:14]",
        f"  article 1 - definition BEDRAG changed: 1000 eurocent -> 1001 eurocent  [{old}:16 | {new}:15]",
        "  article 1 - rule krijgt changed: LESS_THAN($inkomen, $GRENS) -> LESS_THAN_OR_EQUAL($inkomen, $GRENS)"
        f"  [{old}:24 | {new}:23]",
        "Both versions asked as if in force on 2025-01-01.",
    ]


def test_only_the_smallest_part_of_a_rule_that_changed_is_named(tmp_path: Path) -> None:
    old, new = files(tmp_path, OLD.replace("default: 0", "default: 5"))

    (change,) = queries.law_difference(queries.law_book([]), old, new).changes

    assert (change.kind, change.name, change.old, change.new) == ("rule", "bedrag", "0", "5")
    assert change.told("nl") == "artikel 1 - regel bedrag anders: 0 -> 5"


PLAIN = "type_spec: {unit: eurocent}, source: {description: opgave}}]"
INPUT = f"[{{name: inkomen, type: amount, {PLAIN}"
CHILDREN = (
    f"[{{name: inkomen, type: amount, {PLAIN[:-1]}, {{name: kinderen, type: array, source: {{}}, members: "
    "{most: 9, fields: [{name: uren, type: number, type_spec: {max: MOST}}, {name: loon, type: number}]}}]"
)
TIED = "      execution:\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            (INPUT, INPUT.replace("eurocent}", "eurocent, min: 0, max: 9.5}")),
            (INPUT, INPUT.replace("eurocent}", "eurocent, min: 0, precision: 0}")),
            ["input inkomen changed: amount eurocent min 0 max 9.5 -> amount eurocent min 0 precision 0"],
        ),
        (
            (INPUT, CHILDREN.replace("MOST", "230")),
            (INPUT, CHILDREN.replace("MOST", "160").replace("most: 9", "most: 8").replace("loon", "geld")),
            [
                "input kinderen changed: array most 9 -> array most 8",
                "input kinderen.uren changed: number max 230 -> number max 160",
                "input kinderen.geld added: number",
                "input kinderen.loon removed: number",
            ],
        ),
        (
            (INPUT, INPUT),
            (INPUT, INPUT.replace("{description: opgave}", "{regulation: awir, output: x, parameters: {bsn: $bsn}}")),
            ["input inkomen changed: amount eurocent -> amount eurocent from awir#x(bsn $bsn)"],
        ),
        (
            (TIED, f"      overrides: [{{law: awir, article: '8', output: x}}]\n{TIED}"),
            (TIED, f"      implements: [{{law: awir, article: '8', open_term: t}}]\n{TIED}"),
            ["tie implements awir 8 t added", "tie overrides awir 8 x removed"],
        ),
        (
            (TIED, f"{TIED}        produces: {{legal_character: BESCHIKKING}}\n"),
            (
                TIED,
                f"      hooks: [{{hook_point: post_actions, applies_to: {{legal_character: BESCHIKKING}}}}]\n{TIED}",
            ),
            ["tie hook post_actions BESCHIKKING BESLUIT added", "tie produces removed: BESCHIKKING"],
        ),
    ],
)
def test_what_is_declared_of_a_fact_and_what_an_article_is_tied_to_are_changes(
    tmp_path: Path, old: tuple[str, str], new: tuple[str, str], told: list[str]
) -> None:
    head = OLD.replace("regulatory_layer", "waardig_format: 1\nregulatory_layer")
    texts = [
        head.replace(*one).replace("valid_from: '2024", f"valid_from: '202{4 + n}") for n, one in enumerate((old, new))
    ]
    laws = []
    for text in texts:
        loaded = load(SourceFile("w.yaml", text.encode()), validate=False)
        assert loaded.law is not None, loaded.problems
        laws.append(loaded.law)

    found = changes(*laws)

    assert [one.told("en") for one in found] == [f"article 1 - {text}" for text in told]
    assert all("verband" in one.told("nl") for one in found if one.kind == "tie")


def test_the_law_as_a_whole_and_the_stages_of_its_procedures_are_told() -> None:
    stage = "{name: BEZWAAR, requires: [{name: datum_bezwaar, type: date}]}"
    head = f"""$id: algemeen
regulatory_layer: WET
publication_date: '2020-01-01'
valid_from: '2024-01-01'
procedure:
- {{id: beschikking, default: true, applies_to: {{legal_character: BESCHIKKING}}, stages: [{{name: BESLUIT}}, {stage}]}}
articles: [{{number: '1', text: Artikel 1}}]
"""
    other = (
        head.replace("valid_from: '2024", "valid_to: '2026-06-30'\nname: Wet\nvalid_from: '2025")
        .replace("default: true", "default: false")
        .replace("{name: BESLUIT}, ", "{name: HEROVERWEGING}, ")
        .replace("datum_bezwaar", "datum_ontvangst")
    )
    old, new = (load(SourceFile("w.yaml", text.encode()), validate=False).law for text in (head, other))
    assert old is not None and new is not None

    assert [one.told("en") for one in changes(old, new)] == [
        "law name changed: algemeen -> Wet",
        "law valid_to added: 2026-06-30",
        "procedure beschikking changed: BESCHIKKING default -> BESCHIKKING",
        "stage beschikking HEROVERWEGING added: 1.",
        "stage beschikking BEZWAAR changed: 2. requires datum_bezwaar (date) -> 2. requires datum_ontvangst (date)",
        "stage beschikking BESLUIT removed: 1.",
    ]
    assert changes(new, old)[1].told("nl") == "regeling valid_to weg: 2026-06-30"


def test_that_a_version_ends_where_the_next_begins_is_no_change() -> None:
    laws = [load(SourceFile("w.yaml", text.encode()), validate=False).law for text in (OLD, NEW)]
    assert laws[0] is not None and laws[1] is not None

    assert not [one for one in changes(laws[0], laws[1]) if one.kind == "law"]
    ends = replace(laws[0], valid_to="2024-11-30")
    assert [one.told("en") for one in changes(ends, laws[1]) if one.kind == "law"] == [
        "law valid_to removed: 2024-11-30"
    ]


def test_articles_and_fields_that_come_and_go_are_named(tmp_path: Path) -> None:
    more = OLD.replace(
        "{name: krijgt, type: boolean}", "{name: krijgt, type: boolean}\n          - {name: extra, type: number}"
    )
    more += "          - output: extra\n            value: 1\n"
    more += "  - number: '2'\n    text: Nieuw.\n    url: https://example.org/w/2\n"
    old, new = files(tmp_path, more)

    there = queries.law_difference(queries.law_book([]), old, new).changes
    back = queries.law_difference(queries.law_book([]), new, old).changes

    assert [(c.article, c.kind, c.how, c.name) for c in there] == [
        ("1", "output", "added", "extra"),
        ("1", "rule", "added", "extra"),
        ("2", "article", "added", ""),
    ]
    assert [(c.article, c.kind, c.how, c.name) for c in back] == [
        ("1", "output", "removed", "extra"),
        ("1", "rule", "removed", "extra"),
        ("2", "article", "removed", ""),
    ]


def test_people_and_exact_cents_are_counted_per_outcome(tmp_path: Path) -> None:
    old, new = files(tmp_path)
    persons = people(tmp_path, (30, 50000), (20, 110000), (12, 120000), (40, 130000), (10, None))

    done = call(old, new, "--population", persons, "--json")

    assert done.exit_code == 0, done.output
    effects = {one["output"]: one for one in json.loads(done.output)["effects"]}
    assert effects["krijgt"]["groups"] == {"same": 80, "gained": 32, "lost": 0, "more": 0, "less": 0, "other": 0}
    assert effects["bedrag"]["groups"] == {"same": 50, "gained": 32, "lost": 0, "more": 30, "less": 0, "other": 0}
    assert (effects["bedrag"]["people"], effects["bedrag"]["changed"]) == (112, 62)
    sums = [effects["bedrag"][name] for name in ("old_sum", "new_sum", "difference")]
    assert sums == [30 * 1000, 62 * 1001, 62 * 1001 - 30 * 1000]


def test_parquet_gives_the_same_as_csv_and_the_other_way_round_people_lose(tmp_path: Path) -> None:
    old, new = files(tmp_path)
    persons = people(tmp_path, (15, 110000), (25, 50000))
    parquet = tmp_path / "personen.parquet"
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{persons}')) TO '{parquet}'")  # noqa: S608

    done = call(new, old, "--population", parquet, "--on", "2025-06-01", "--language", "nl")

    assert done.output.splitlines()[-7:] == [
        "krijgt: 40 personen, waarvan anders: 15",
        "  gelijk: 25",
        "  verliest alles: 15",
        "bedrag: 40 personen, waarvan anders: 40",
        "  verliest alles: 15",
        "  minder: 25",
        "  samen was, wordt, verschil: 40040, 25000, -15040 eurocent",
    ]


def test_fewer_than_ten_people_are_not_shown_nor_their_money(tmp_path: Path) -> None:
    old, new = files(tmp_path, OLD.replace("value: 100000", "value: 120000"))
    persons = people(tmp_path, (9, 110000), (50, 130000))

    done = call(old, new, "--population", persons, "--output", "bedrag")
    as_json = json.loads(call(old, new, "--population", persons, "--output", "bedrag", "--json").output)["effects"][0]

    assert done.output.splitlines()[-4:] == [
        "bedrag: 59 people, of whom different: < 10",
        "  same: not shown",
        "  gained (nothing before): < 10",
        "  The amounts are about too few people to show.",
    ]
    assert (as_json["changed"], as_json["groups"]["gained"], as_json["groups"]["same"]) == ("< 10", "< 10", "withheld")
    assert [as_json[name] for name in ("old_sum", "new_sum", "difference")] == [None, None, None]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 100, "b": 10, "c": 0}, {"a": 100, "b": 10, "c": 0}),
        ({"a": 100, "b": 9, "c": 0}, {"a": "withheld", "b": "< 10", "c": 0}),
        ({"a": 100, "b": 9, "c": 30}, {"a": 100, "b": "< 10", "c": "withheld"}),
        ({"a": 100, "b": 9, "c": 1}, {"a": 100, "b": "< 10", "c": "< 10"}),
        ({"a": 100, "b": 1, "c": 2, "d": 30}, {"a": 100, "b": "< 10", "c": "< 10", "d": "withheld"}),
    ],
)
def test_a_small_group_cannot_be_found_by_subtraction(counts: dict[str, int], shown: dict[str, int | str]) -> None:
    assert shielded(counts) == shown


def test_a_changed_reason_counts_as_other_and_halves_of_cents_add_up_exactly() -> None:
    from decimal import Decimal

    tally = Tally({"more": 10, "unknown": 1}, Decimal(1), Decimal("4.5"))

    found = effect("x", None, tally, numeric=True)

    assert found.groups["more"] == "withheld" and found.groups["other"] == "< 10"
    assert (found.old_sum, found.new_sum, found.difference) == (1, Decimal("4.5"), Decimal("3.5"))


def test_invented_cases_that_change_are_listed_by_name(tmp_path: Path) -> None:
    old, new = files(tmp_path)
    first = FEATURE.replace("<naam>", "er tussen").replace("<inkomen>", "110000")
    more = first[first.index("  Scenario") :].replace("er tussen", "eronder").replace("110000", "1")
    (tmp_path / "gevallen.feature").write_text(first + "\n" + more, "utf-8")

    done = call(old, new, "--scenarios", tmp_path)

    assert done.output.splitlines()[-2:] == [
        "2 invented cases, of which different: 1",
        f"  er tussen: krijgt: false -> true  [{tmp_path / 'gevallen.feature'}]",
    ]


def test_two_equal_versions_say_so(tmp_path: Path) -> None:
    old, new = files(tmp_path, OLD)

    assert call(old, new).output.splitlines()[0] == "Nothing in rules or text differs."
    assert call(old, new, "--language", "nl").output.splitlines()[0] == "Niets in de regels of de tekst is anders."


def test_a_broken_file_another_law_and_an_unknown_output_are_refused(tmp_path: Path) -> None:
    book = queries.law_book([])
    old, new = files(tmp_path, NEW.replace("bwb_id: BWBR0000001\n", ""))
    with pytest.raises(LawsInvalid) as broken:
        queries.law_difference(book, old, new)
    new.write_text(NEW.replace("$id: bijdrage", "$id: anders"), "utf-8")
    with pytest.raises(LawFileInvalid) as other:
        queries.law_difference(book, old, new)
    new.write_text(NEW, "utf-8")
    with pytest.raises(UnknownOutput):
        queries.law_difference(book, old, new, outputs=["weg"])

    assert f"{new}:1: the file: 'bwb_id' is a required property" in str(broken.value)
    assert "give two versions of one law" in str(other.value)


def test_two_real_years_of_the_care_allowance_name_their_amounts_and_cases() -> None:
    folder = LIBRARY / "laws/nl/wet/wet_op_de_zorgtoeslag"
    book = queries.law_book([LIBRARY])

    found = queries.law_difference(
        book, folder / "2024-01-01.yaml", folder / "2025-01-01.yaml", scenarios=[folder / "scenarios"]
    )

    amounts = {change.name: (change.old, change.new) for change in found.changes if change.kind == "definition"}
    assert amounts == {
        "DREMPELINKOMEN": ("2681900 eurocent", "2840600 eurocent"),
        "VERMOGENSGRENS_ALLEENSTAAND": ("14021300 eurocent", "14189600 eurocent"),
        "VERMOGENSGRENS_PARTNERS": ("17730100 eurocent", "17942900 eurocent"),
    }
    assert len(found.changed_cases) > 0 and found.cases > 40
