"""`law check` warns of an output that cites an article with several paragraphs and does not say which."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.law.builders import LIBRARY, write_law
from waardig.law.queries import law_problems
from waardig.law.terms import LawProblem

TOWN = LIBRARY.parent / "demo" / "content" / "rietwaarden"
HEAD = "bwb_id: BWBR0000001\nvalid_from: '2020-01-01'\nurl: https://example.org/w\nname: Wet\n"
TEXT = "    text: |-\n      1. Recht heeft wie werkt.\n\n      2. Werk is werk.\n\n      2a. Ander werk ook.\n"
BODY = """
execution:
  input: [{name: werkt, type: boolean, legal_basis: {article: '1'}, source: {}}]
  output: [{name: recht, type: boolean}]
  actions:
    - output: recht
      value: $werkt
      legal_basis: BASIS
"""
OTHER = """$id: ander
regulatory_layer: WET
publication_date: '2020-01-01'
valid_from: 'FIRST'
bwb_id: BWBR0000009
url: https://example.org/a
articles:
- number: '7'
  text: |-
TEXT
  url: https://example.org/a/7
"""


def found(folder: Path, basis: str, text: str = TEXT) -> list[LawProblem]:
    file = write_law(folder, BODY.replace("BASIS", basis), head=HEAD)
    content = file.read_text("utf-8").replace("    text: Tekst\n", f"{text}    url: https://example.org/w/1\n")
    file.write_text(content, "utf-8")
    problems = law_problems([folder], roots=())[0]
    assert [one for one in problems if one.kind not in ("paragraph_not_cited", "paragraph_unknown")] == []
    return list(problems)


@pytest.mark.parametrize("basis", ["{article: '1'}", "{article: '1', law: Wet}", "{article: '1', bwb_id: BWBR0000001}"])
def test_an_article_with_paragraphs_cited_without_one_is_a_warning_on_its_line(tmp_path: Path, basis: str) -> None:
    (one,) = found(tmp_path, basis)

    lines = (tmp_path / "w.yaml").read_text("utf-8").splitlines()
    assert "output: recht" in lines[one.line - 1]
    assert (one.error, one.kind, Path(one.file).name) == (False, "paragraph_not_cited", "w.yaml")
    assert one.message == "'recht' rests on article 1, which has paragraphs, and does not say on which"
    assert one.remedy == "Name the paragraph under legal_basis: paragraph, one of 1, 2, 2a."
    assert one.remedy_nl == "Noem het lid onder legal_basis: paragraph, een van 1, 2, 2a."


@pytest.mark.parametrize(
    ("basis", "text"),
    [
        ("{article: '1', paragraph: '2a'}", TEXT),
        ("{article: '1', law: Andere wet}", TEXT),
        ("{article: '9'}", TEXT),
        ("{article: '1'}", "    text: 1. Een lid alleen.\n"),
        ("{article: '1'}", "    text: |-\n      a. een deel;\n\n      b. nog een; 2. en midden in een regel.\n"),
        ("{article: '1', paragraph: '3'}", TEXT.replace("      2.", "      (...)\n\n      2.")),
    ],
)
def test_what_names_its_paragraph_or_has_none_to_name_is_no_finding(tmp_path: Path, basis: str, text: str) -> None:
    assert found(tmp_path, basis, text) == []


def test_a_paragraph_that_the_text_does_not_have_is_a_warning(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "{article: '1', paragraph: '3'}")

    assert (one.error, one.kind) == (False, "paragraph_unknown")
    assert one.message == "'recht' rests on paragraph 3 of article 1, and the text here has no such paragraph"
    assert "(the text has 1, 2, 2a)" in one.remedy


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("2019-01-01", "2021-01-01", ["paragraph_not_cited"]),
        ("2021-01-01", "2019-01-01", []),
        ("2022-01-01", "2023-01-01", ["paragraph_not_cited"]),
    ],
)
def test_another_law_is_looked_up_in_the_version_of_the_day_on_which_the_file_begins(
    tmp_path: Path, first: str, second: str, kinds: list[str]
) -> None:
    """The version of `first` has paragraphs, that of `second` has none."""
    for day, text in ((first, "    1. Een.\n\n    2. Twee."), (second, "    Zonder leden.")):
        (tmp_path / f"{day}.yaml").write_text(OTHER.replace("FIRST", day).replace("TEXT", text), "utf-8")

    assert [one.kind for one in found(tmp_path, "{article: '7', bwb_id: BWBR0000009}")] == kinds


def test_every_outcome_of_the_regulations_of_the_demo_town_cites_its_paragraph() -> None:
    problems, _ = law_problems([TOWN / "laws"], roots=(LIBRARY,))

    assert [str(one) for one in problems if one.kind.startswith("paragraph_")] == []
    cited = [text for file in (TOWN / "laws").rglob("*.yaml") for text in file.read_text("utf-8").splitlines()]
    assert sum("paragraph: '" in line for line in cited) > 25
