"""The check files: every fact that the law can ask has words, and a mistake is named with file and line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from waardig.catalogue import queries as catalogue
from waardig.catalogue.adapters import content
from waardig.checks import queries as checks
from waardig.kernel.content import LIBRARY, content_roots
from waardig.kernel.content_file import ContentInvalid

TODAY = date(2025, 4, 28)
FILE = "checks/zorgtoeslag.yaml"


@pytest.mark.parametrize("check", [one.id for one in catalogue.checks()])
def test_every_fact_that_the_law_can_ask_has_a_question_or_a_reason_not_to_ask(check: str) -> None:
    found = checks.check_of(check)

    assert checks.unspoken_inputs(found, found.day(TODAY)) == frozenset()
    assert found in checks.offered(TODAY)


def test_a_check_is_offered_until_the_last_day_to_apply_and_not_after_it() -> None:
    def ids(on: date) -> list[str]:
        return [check.id for check in checks.offered(on)]

    assert "zorgtoeslag" in ids(date(2026, 8, 31))
    assert "zorgtoeslag" not in ids(date(2026, 9, 1))


def test_a_municipality_without_the_regulation_does_not_offer_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    from waardig.cases import queries as cases

    monkeypatch.setenv("WAARDIG_CONTENT", "")
    monkeypatch.setattr(cases, "scope", lambda: {"gemeente_code": "GM0000"})
    monkeypatch.setattr(cases, "parameters", lambda _on, _service: {"gemeente_code": "GM0000"})

    assert content_roots() == (LIBRARY,)
    assert [check.id for check in checks.offered(TODAY)] == ["zorgtoeslag"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: date", "kind: dag", "'dag' is not one of"),
        ("activity: nagaan.zorgtoeslag", "activity: iit.ronde", "must be"),
        ("activity: nagaan.zorgtoeslag", "activity: nagaan.niets", "no activities.yaml declares 'nagaan.niets'"),
        ("is_us: false", "is_us: true", "it is not ours to decide"),
        ("check: zorgtoeslag", "check: toeslag", "its place is 'zorgtoeslag'"),
        ("- input: is_verzekerd\n", "- input: geboortedatum\n", "'geboortedatum' is asked twice"),
        ("highest_of: [gezamenlijk_toetsingsinkomen,", "highest_of: [inkomen,", "'inkomen' is not among outputs"),
        ("{law: awir, output:", "{output:", "'law' is missing; name the law that gives the last day"),
        ("law: wet_op_de_zorgtoeslag\n", "", "'law' is missing; add it"),
        ("output: vermogen_voldoet\n", "output: vermogen\n", "'vermogen' is not among outputs"),
        ("    kind: yes_no\n", "    kind: yes_no\n    per: year\n", "only money is per month or per year"),
    ],
)
def test_a_mistake_in_a_check_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    shutil.copytree(LIBRARY / "checks", tmp_path / "checks")
    text = (tmp_path / FILE).read_text("utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(ContentInvalid) as refused:
        content.load((*content_roots(), tmp_path))

    assert any(FILE in problem.file and problem.line > 0 for problem in refused.value.problems)
    assert said in str(refused.value) or "a check of one's own is a right" in str(refused.value)
