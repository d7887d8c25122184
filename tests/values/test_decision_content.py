"""The decision of the demo town: the real thing, bound to exactly the rules and data that run."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.values.builders import DECISION, ROOTS, SERVICE, TOWN, a_decision, changed, written
from waardig.catalogue.queries import service, weighed_scope
from waardig.demo.redecide import redecide
from waardig.kernel.content_file import ContentInvalid
from waardig.values.adapters.content import check_template, dossier_file, known_values, read_dossier
from waardig.values.core.completeness import completeness
from waardig.values.core.coverage import scope_gaps
from waardig.values.core.standing import standing
from waardig.values.terms import Direction, ForbiddenAttributes, RandomSample, Scope

FIRST_DAY = date(2025, 4, 28)


def the_scope(on: date = FIRST_DAY) -> Scope:
    """What the round would do on a day."""
    found = weighed_scope(SERVICE, on)
    return Scope(found.rule_set, found.attributes, found.activities, found.recipients, found.unverified)


@pytest.fixture(autouse=True)
def content_of_the_town(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_CONTENT", str(TOWN))


def test_the_decision_covers_the_rule_set_that_runs() -> None:
    dossier = read_dossier(DECISION, roots=ROOTS)

    assert dossier.covers is not None
    assert dossier.covers.rule_set == the_scope().rule_set, "the law changed: python -m waardig.demo.redecide"
    assert scope_gaps(dossier, the_scope()) == (), "activities changed: python -m waardig.demo.redecide"
    assert the_scope().unverified == ()


def test_the_decision_is_complete_and_stands_from_the_first_day() -> None:
    dossier = read_dossier(DECISION, roots=ROOTS)

    assert completeness(dossier) == ()
    assert standing(dossier, FIRST_DAY).may_run
    assert not standing(dossier, date(2025, 4, 27)).may_run
    assert not standing(dossier, date(2027, 3, 19)).may_run


def test_the_decision_says_what_the_college_weighed() -> None:
    dossier = read_dossier(DECISION, roots=ROOTS)

    served = [value.label.nl for value in dossier.values if value.direction is Direction.SERVED]
    harmed = [value.label.nl for value in dossier.values if value.direction is Direction.HARMED]
    assert served == ["Genoeg om van te leven", "Gelijkheid", "Waardigheid", "Uitleg"]
    assert harmed == ["Privacy", "Zelf kiezen", "Gelijkheid buiten de bijstand"]
    assert [option.id for option in dossier.options] == ["niets-doen", "folder", "uitrekenen"]
    assert [position.role for position in dossier.positions if position.stance == "against"] == ["client_council"]


def test_the_decision_and_the_service_forbid_the_same_data() -> None:
    guards = read_dossier(DECISION, roots=ROOTS).safeguards
    forbidden = next(guard for guard in guards if isinstance(guard, ForbiddenAttributes))
    sample = next(guard for guard in guards if isinstance(guard, RandomSample))

    assert forbidden.attributes == service(SERVICE).forbidden_attributes
    assert sample.percent == service(SERVICE).sample_percent


def test_one_more_attribute_in_the_round_is_no_longer_covered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town = tmp_path / "town"
    shutil.copytree(TOWN, town)
    library = ROOTS[0] / "services" / SERVICE / "activities.yaml"
    content: dict[str, Any] = yaml.safe_load(library.read_text(encoding="utf-8"))
    extra = {**content["activities"][0]["attributes"][0], "id": "uitkeringen.iban"}
    extra.pop("window")
    content["activities"][0]["attributes"].append(extra)
    written_to = town / "services" / SERVICE / "activities.yaml"
    written_to.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    monkeypatch.setenv("WAARDIG_CONTENT", str(town))

    gaps = scope_gaps(read_dossier(DECISION, roots=ROOTS), the_scope())

    assert [gap.kind for gap in gaps] == ["attribute", "activity"]
    assert gaps[0].name == "uitkeringen.iban"


def test_a_changed_amount_in_the_regulation_is_no_longer_covered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = tmp_path / "town"
    shutil.copytree(TOWN, town)
    changed_files = 0
    for path in town.glob("laws/nl/gemeentelijke_verordening/*/2025-01-01.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("52197", "52198"), encoding="utf-8")
        changed_files += "52197" in text
    monkeypatch.setenv("WAARDIG_CONTENT", str(town))

    gaps = scope_gaps(read_dossier(DECISION, roots=ROOTS), the_scope())

    assert changed_files == 1
    assert [gap.kind for gap in gaps] == ["rule_set"]


def test_the_developers_command_writes_exactly_what_runs_and_twice_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = tmp_path / "town"
    shutil.copytree(TOWN, town)
    decision = town / "services" / SERVICE / "decision.yaml"
    text = decision.read_text(encoding="utf-8")
    dossier = read_dossier(decision)
    assert dossier.covers is not None
    decision.write_text(text.replace(dossier.covers.rule_set, "0" * 64), encoding="utf-8")

    assert redecide(town, FIRST_DAY) == (decision,)
    assert decision.read_text(encoding="utf-8") == text
    assert redecide(town, FIRST_DAY) == ()


def test_the_template_of_the_service_package_decides_nothing() -> None:
    template = ROOTS[0] / "services" / SERVICE / "weighing.yaml"

    check_template(template)
    content = yaml.safe_load(template.read_text(encoding="utf-8"))
    assert not {"decision", "covers", "choice", "advice", "announcement"} & set(content)


def test_every_value_at_stake_stands_in_the_catalogue_of_values(tmp_path: Path) -> None:
    path = written(tmp_path, changed(a_decision(), "values", 0, "value", to="eer"))

    with pytest.raises(ContentInvalid) as refused:
        read_dossier(path, roots=ROOTS)

    assert len(known_values(ROOTS)) == 16
    assert len(refused.value.problems) == 1
    assert "value 'eer' is not in values/*.yaml; add it there" in str(refused.value.problems[0])


def test_a_wrong_dossier_file_gives_every_problem_with_its_line(tmp_path: Path) -> None:
    content = changed(a_decision(), "options", 0, "nam", to="Niets")
    content["values"][0]["weight"] = 6
    content["safeguards"][1]["honoured_within_hours"] = "een dag"
    content["covers"]["rule_set"] = "abc"
    path = written(tmp_path, content)
    lines = path.read_text(encoding="utf-8").splitlines()

    with pytest.raises(ContentInvalid) as refused:
        read_dossier(path)

    found = {problem.line: problem.message for problem in refused.value.problems}
    where = {word: next(n for n, line in enumerate(lines, 1) if word in line) for word in
             ("nam:", "weight: 6", "honoured_within_hours: een dag", "rule_set: abc")}  # fmt: skip
    assert found[where["nam:"]] == "options.0: 'nam' is not known here; did you mean 'name'?"
    assert "6 is greater than the maximum of 5" in found[where["weight: 6"]]
    assert "'een dag' is not of type 'integer'" in found[where["honoured_within_hours: een dag"]]
    assert "expected: a sha256 of 64 hexadecimal digits, in quotes" in found[where["rule_set: abc"]]
    assert len(found) == 4


def test_a_service_without_a_decision_says_where_to_start() -> None:
    with pytest.raises(ContentInvalid, match=r"start from weighing\.yaml of the service package"):
        dossier_file(ROOTS, "kwijtschelding")
