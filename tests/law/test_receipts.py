"""Receipts: an evaluation can be done again from its receipt alone, and what differs is named."""

from __future__ import annotations

import datetime
import json
import shutil
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests.law.builders import LAWS, ON, a_law, the_laws
from waardig import __version__
from waardig.kernel.canonical_json import canonical_json
from waardig.law import queries
from waardig.law.cli import law
from waardig.law.core.receipt import decoded, encoded
from waardig.law.core.tables import tables_of
from waardig.law.core.values import from_outside
from waardig.law.terms import Fact

AT = datetime.datetime(2025, 4, 28, 9, 30, tzinfo=datetime.UTC)
FACTS = {
    "inkomen": Fact(2840700, source="belastingdienst", as_of=datetime.date(2025, 1, 1)),
    "heeft_partner": Fact(False, presumed=True),
    "geboortedatum": Fact("2000-03-01", source="brp"),
    "soort": Fact(None, "unknown"),
}
ASKED = ("bijdrage_exact", "leeftijd", "soort_klopt")


def a_receipt(**more: Any) -> dict[str, Any]:
    return queries.receipt_of(the_laws(), "toetswet", ASKED, **{"on": ON, "at": AT, "facts": FACTS, **more})


def kinds(found: tuple[queries.Difference, ...]) -> set[tuple[str, str]]:
    return {(one.kind, one.name) for one in found}


def test_a_receipt_has_the_shape_of_the_rfc_and_every_fact_with_its_source() -> None:
    made = a_receipt()

    assert made["provenance"] == {
        "engine": "waardig",
        "engine_version": __version__,
        "schema_version": "v0.5.6",
        "regulation_id": "toetswet",
        "regulation_valid_from": "2024-01-01",
        "regulation_hash": f"sha256:{the_laws().version('toetswet', ON).sha256}",
        "rule_set": queries.rule_set(the_laws(), "toetswet", ASKED, on=ON).hash,
    }
    assert made["execution"]["inputs"]["inkomen"] == {
        "value": 2840700,
        "reason": "ok",
        "source": "belastingdienst",
        "as_of": "2025-01-01",
        "since": None,
        "presumed": False,
    }
    assert made["execution"]["inputs"]["heeft_partner"]["presumed"] is True
    assert made["results"]["outputs"]["bijdrage_exact"]["value"] == {"number": "1.896"}
    assert made["results"]["outputs"]["soort_klopt"]["reason"] == "unknown:soort"
    assert made["results"]["outputs"]["bezwaartermijn"]["provenance"] == "override"
    assert made["results"]["outputs"]["motivering_vereist"]["provenance"] == "reactive"
    assert made["timestamp"] == "2025-04-28T09:30:00+00:00"


def test_the_same_question_gives_the_same_text_byte_for_byte() -> None:
    turned = dict(reversed(FACTS.items()))

    assert canonical_json(a_receipt()) == canonical_json(a_receipt(facts=turned))


def test_a_receipt_read_back_from_json_comes_out_the_same() -> None:
    read = json.loads(canonical_json(a_receipt()))

    assert queries.verify_receipt(the_laws(), read) == ()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda c: c["execution"]["inputs"]["inkomen"].update(value=2840800), ("altered", "execution.inputs.inkomen")),
        (lambda c: c["execution"]["inputs"].pop("soort"), ("altered", "execution.inputs")),
        (lambda c: c["results"]["outputs"]["leeftijd"].update(value=26), ("altered", "results.outputs.leeftijd")),
        (lambda c: c["execution"].update(calculation_date="2025-03-02"), ("altered", "execution.question")),
        (lambda c: c.update(timestamp="2026-01-01T00:00:00+00:00"), ("altered", "timestamp")),
        (lambda c: c.update(hash=f"sha256:{'0' * 64}"), ("altered", "hash")),
    ],
)
def test_what_was_altered_in_the_receipt_is_named(change: Any, named: tuple[str, str]) -> None:
    content = deepcopy(a_receipt())
    change(content)

    assert named in kinds(queries.verify_receipt(the_laws(), content))


def test_an_altered_fact_also_shows_in_the_outcome_and_no_value_is_said() -> None:
    content = deepcopy(a_receipt())
    content["execution"]["inputs"]["inkomen"]["value"] = 2840800

    found = queries.verify_receipt(the_laws(), content)

    assert ("outcome", "bijdrage_exact") in kinds(found)
    assert ("trace", "trace") in kinds(found)
    assert not any("2840" in one.text for one in found)


def changed_laws(folder: Path, old: str, new: str) -> queries.LawBook:
    shutil.copytree(LAWS, folder, dirs_exist_ok=True)
    file = folder / "toetswet.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return queries.law_book([], foreign=[folder])


def test_a_changed_rule_names_the_file_the_article_and_the_outcome(tmp_path: Path) -> None:
    book = changed_laws(tmp_path, "PERCENTAGE: 0.01896", "PERCENTAGE: 0.01897")

    assert kinds(queries.verify_receipt(book, a_receipt())) == {
        ("law_file", "toetswet 2024-01-01"),
        ("article", "toetswet 2024-01-01 1"),
        ("outcome", "bijdrage_exact"),
        ("trace", "trace"),
    }


def test_another_remark_in_the_law_file_is_told_and_does_not_decide(tmp_path: Path) -> None:
    book = changed_laws(tmp_path, "# A law that does not exist", "# Another remark about a law that does not exist")

    found = queries.verify_receipt(book, a_receipt())

    assert [(one.kind, one.decisive) for one in found] == [("law_file", False)]


def test_another_version_of_the_engine_is_told_and_does_not_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    made = a_receipt()
    monkeypatch.setattr("waardig.law.queries.receipts.__version__", "9.9.9")

    found = queries.verify_receipt(the_laws(), made)

    assert [(one.kind, one.name, one.decisive) for one in found] == [("engine", "engine_version", False)]


def test_facts_of_today_are_compared_by_name() -> None:
    row = {"bsn": "1", "inkomen": 1, "heeft_partner": False, "soort": "A"}
    today = tables_of({"register": {"key": "bsn", "rows": [row]}})

    found = queries.verify_receipt(the_laws(), a_receipt(), facts=today)

    assert kinds(found) == {("input", "inkomen"), ("input", "soort"), ("input", "geboortedatum")}


def test_what_is_no_receipt_is_refused() -> None:
    content = a_receipt() | {"provenance": {}}

    with pytest.raises(queries.ReceiptInvalid, match="provenance has not the shape"):
        queries.verify_receipt(the_laws(), content)


def test_a_receipt_of_a_lazy_answer_has_no_rule_set_where_a_regulation_is_missing(tmp_path: Path) -> None:
    book = a_law(
        tmp_path,
        """
        open_terms: [{id: term, type: number}]
        execution:
          input: [{name: nodig, type: boolean, source: {}}]
          output: [{name: x, type: number}]
          actions:
            - output: x
              value: {operation: IF, cases: [{when: $nodig, then: $term}], default: 0}
        """,
    )

    made = queries.receipt_of(book, "w", ("x",), on=ON, at=AT, facts={"nodig": Fact(False)})

    assert made["provenance"]["rule_set"] == ""
    assert queries.verify_receipt(book, made) == ()


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.fractions()
    | st.decimals(allow_nan=False, allow_infinity=False, places=4)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["number", "object", "a"]), inner),
    max_leaves=6,
)


@given(VALUES)
def test_every_value_comes_back_exactly_from_canonical_json(value: Any) -> None:
    assert from_outside(decoded(json.loads(canonical_json(encoded(value))))) == from_outside(value)


def test_a_number_is_written_shortest() -> None:
    written = [encoded(value) for value in (Fraction(-1, 8), Decimal("1.50"), Fraction(2, 3), 2**53, 2**53 - 1)]

    assert written == [
        {"number": "-0.125"},
        {"number": "1.5"},
        {"number": "2/3"},
        {"number": "9007199254740992"},
        9007199254740991,
    ]


def call(*arguments: object) -> Result:
    return CliRunner().invoke(law, [str(argument) for argument in arguments])


def run_with_receipt(folder: Path, **row: Any) -> Path:
    data, out = folder / "data.json", folder / "receipt.json"
    data.write_text(json.dumps({"register": {"key": "bsn", "rows": [{"bsn": "1", **row}]}}))
    done = call(
        *("run", "toetswet", "gezamenlijk", "--on", "2025-03-01", "--laws", LAWS, "--param", "bsn=1"),
        *("--data", data, "--receipt", out),
    )
    assert done.exit_code == 0, done.output
    return out


def test_the_command_writes_a_receipt_that_only_its_owner_reads_and_verifies_it(tmp_path: Path) -> None:
    out = run_with_receipt(tmp_path, inkomen=7, heeft_partner=False)

    verified = call("receipt", "verify", out, "--laws", LAWS, "--data", tmp_path / "data.json")

    assert (verified.exit_code, verified.output) == (0, "The same comes out.\n")
    assert out.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.json", "receipt.json"]
    assert json.loads(out.read_text())["execution"]["inputs"]["inkomen"]["source"] == "register"


def test_the_command_ends_with_status_one_and_names_what_differs(tmp_path: Path) -> None:
    out = run_with_receipt(tmp_path, inkomen=7, heeft_partner=False)
    out.write_text(out.read_text().replace('"value":7', '"value":8', 1))

    verified = call("receipt", "verify", out, "--laws", LAWS, "--json")

    assert verified.exit_code == 1
    told = json.loads(verified.output)
    assert told["same"] is False
    assert {one["name"] for one in told["differences"]} == {"execution.inputs.inkomen", "gezamenlijk", "trace"}
