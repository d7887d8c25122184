"""What a law file says of itself that does not agree is found on its line; what agrees is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.law.builders import LIBRARY
from waardig.law.queries import law_problems

FILE = """$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.5.6/schema/v0.5.6/schema.json
$id: pas
name: Pas
officiele_titel: Pas
regulatory_layer: GEMEENTELIJKE_VERORDENING
publication_date: '2024-12-17'
valid_from: '2025-01-01'
gemeente_code: GM9998
legal_basis:
  - {law_id: participatiewet, article: '36'}
  - {law_id: gemeentewet, article: '149'}
url: https://x.example/pas
articles:
  - number: '2'
    text: Wie een inkomen heeft van ten hoogste 1.400 euro, krijgt de pas.
    url: https://x.example/pas#2
    machine_readable:
      definitions:
        GRENS: {value: 140000, type: amount, type_spec: {unit: eurocent}}
      execution:
        input:
          - {name: inkomen, type: amount, type_spec: {unit: eurocent}, source: {description: opgave}}
        output:
          - {name: gratis, type: boolean}
        actions:
          - output: gratis
            value:
              operation: AND
              conditions:
                - {operation: LESS_THAN_OR_EQUAL, subject: $inkomen, value: $GRENS}
                - {operation: GREATER_THAN_OR_EQUAL, subject: $inkomen, value: 0}
            legal_basis:
              law: Participatiewet
              bwb_id: BWBR0015703
              article: '36'
              paragraph: '2'
              url: https://wetten.overheid.nl/jci1.3:c:BWBR0015703&artikel=36&lid=2&g=2025-01-01
              explanation: Heeft u weinig inkomen? Dan krijgt u de pas.
"""
STATUS = (
    "text_status: published\ntext_version: '2025-01-01'\nsource: gemeenteblad\namounts:\n  GRENS: {status: published}\n"
)
LINK = "BWBR0015703&artikel=36&lid=2"


def found(folder: Path, text: str = FILE, status: str = STATUS) -> list[tuple[str, int, str, bool]]:
    """Findings: file, line, kind, whether it is an error."""
    (folder / "2025-01-01.yaml").write_text(text, "utf-8")
    (folder / "2025-01-01.status.yaml").write_text(status, "utf-8")
    problems, _ = law_problems([folder], roots=[LIBRARY])
    return [(Path(one.file).name, one.line, one.kind, one.error) for one in problems]


def test_what_agrees_is_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "kind", "error"),
    [
        (LINK, "BWBR0005537&artikel=36&lid=2", 26, "basis_number", True),
        (LINK, "BWBR0015703&artikel=35&lid=2", 26, "basis_article", True),
        (LINK, "BWBR0015703&artikel=36&lid=3", 26, "basis_paragraph", True),
        ("jci1.3:c:BWBR0015703&artikel=36&lid=2&g=2025-01-01", "BWBR0005537/2025-01-01", 26, "basis_number", True),
        ("law: Participatiewet\n", "law: Algemene wet bestuursrecht\n", 26, "basis_law", True),
        (
            "law: Participatiewet\n              bwb_id: BWBR0015703\n              article: '36'\n"
            "              paragraph: '2'\n              url: https://wetten.overheid.nl/jci1.3:c:" + LINK,
            "law: Pas\n              article: '99'\n              url: https://x.example/pas#" + LINK,
            26, "basis_own", False,
        ),
        ("law_id: participatiewet", "law_id: partcipatiewet", 10, "rests_on_no_law", True),
        ("  - number: '2'\n", "  - {number: '2', text: Iets, url: 'https://x.example'}\n  - number: '2'\n", 15,
         "article_twice", True),
        ("GRENS: {", "inkomen: 3\n        GRENS: {", 19, "definition_hidden", True),
        ("value: 140000", "value: 1400.50", 19, "cents_broken", False),
        ("valid_from: '2025", "valid_from: '0025", 1, "year_strange", True),
        ("value: 0}", "value: 140001}", 28, "never_true_at_all", True),
        ("operation: AND", "operation: OR", 28, "always_true_at_all", False),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_found(
    tmp_path: Path, right: str, wrong: str, line: int, kind: str, error: bool
) -> None:
    assert right in FILE

    assert found(tmp_path, FILE.replace(right, wrong)) == [("2025-01-01.yaml", line, kind, error)]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "kind", "error"),
    [
        ("GRENS:", "GRENZ:", 5, "status_no_definition", True),
        ("amounts:", "amount: 3\namounts:", 4, "status_key", False),
        ("'2025-01-01'", "'2025-13-01'", 1, "status_date", True),
    ],
)
def test_a_status_file_that_does_not_fit_its_law_is_found(
    tmp_path: Path, right: str, wrong: str, line: int, kind: str, error: bool
) -> None:
    assert found(tmp_path, status=STATUS.replace(right, wrong)) == [("2025-01-01.status.yaml", line, kind, error)]


def _next(folder: Path) -> None:
    (folder / "2025-07-01.yaml").write_text(FILE.replace("valid_from: '2025-01", "valid_from: '2025-07"), "utf-8")


@pytest.mark.parametrize(
    ("until", "kinds"),
    [("2025-05-31", ["gap"]), ("2025-06-29", ["gap"]), ("2025-06-30", []), ("2025-07-01", ["overlap"])],
)
def test_days_between_two_versions_on_which_nothing_holds_are_found(
    tmp_path: Path, until: str, kinds: list[str]
) -> None:
    _next(tmp_path)

    text = FILE.replace("gemeente_code:", f"valid_to: '{until}'\ngemeente_code:")

    assert found(tmp_path, text) == [("2025-01-01.yaml", 1, kind, False) for kind in kinds]


def test_a_gap_with_its_reason_is_no_finding(tmp_path: Path) -> None:
    _next(tmp_path)
    text = FILE.replace("gemeente_code:", "valid_to: '2025-05-31'\ngemeente_code:")

    assert found(tmp_path, text, STATUS + "gap_after: de raad had niets vastgesteld\n") == []


NOT_AT_HAND = {("participatiewet", "2022-01-01.yaml"), ("participatiewet", "2022-07-01.yaml")}
"""The energietoeslag rested on a fourth paragraph of article 35 that is not at hand; the one in the file is another."""


def test_the_library_has_no_finding_but_a_paragraph_that_is_not_at_hand() -> None:
    problems, files = law_problems([LIBRARY / "laws"], roots=[LIBRARY])

    assert {(Path(one.file).parent.name, Path(one.file).name) for one in problems} == NOT_AT_HAND
    assert {one.kind for one in problems} == {"paragraph_not_cited"} and len(problems) == 4
    assert all("energietoeslag' rests on article 35" in one.message for one in problems)
    assert files > 50
