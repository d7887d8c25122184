"""`law new`: three files that are valid at once, and nothing written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from waardig.law import queries
from waardig.law.cli import law
from waardig.law.terms import LawsInvalid

TERM = "participatiewet#36#"


def call(*arguments: object, answers: str = "") -> Result:
    return CliRunner().invoke(law, ["new", *(str(argument) for argument in arguments)], input=answers)


def options(folder: Path, layer: str, *more: str) -> tuple[str, ...]:
    given = ("--layer", layer, "--name", "Regeling Één voor de proef", "--valid-from", "2025-01-01")
    codes = ("--bwb-id", "BWBR0000001") if layer in ("WET", "AMVB", "MINISTERIELE_REGELING", "GRONDWET") else ()
    own = ("--gemeente-code", "GM9998") if layer in ("GEMEENTELIJKE_VERORDENING", "BELEIDSREGEL") else ()
    return (*given, "--url", "https://example.org/regeling", *codes, *own, "--into", str(folder), *more)


def assert_valid(folder: Path) -> None:
    checked = CliRunner().invoke(law, ["check", str(folder)])
    tested = CliRunner().invoke(law, ["test", str(folder), "--laws", str(folder)])
    assert (checked.output, checked.exit_code) == ("1 files, no problems.\n", 0)
    assert (tested.output, tested.exit_code) == ("1 scenarios, 1 passed, 0 failed, 0 skipped\n", 0), tested.output


@pytest.mark.parametrize("layer", ["WET", "KONINKLIJK_BESLUIT", "GEMEENTELIJKE_VERORDENING"])
def test_a_layer_gives_a_law_that_check_and_test_accept(tmp_path: Path, layer: str) -> None:
    done = call(*options(tmp_path, layer))

    base = tmp_path / "nl" / layer.lower() / "regeling_een_voor_de_proef"
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[:3] == [
        str(base / "2025-01-01.yaml"),
        str(base / "2025-01-01.status.yaml"),
        str(base / "scenarios/2025-01-01.feature"),
    ]
    assert_valid(tmp_path)
    (loaded,) = queries.law_book([], foreign=[tmp_path]).laws
    assert loaded.status.text.value == "unverified"


def test_an_editor_finds_the_schema_in_the_first_line(tmp_path: Path) -> None:
    assert call(*options(tmp_path / "a", "WET")).exit_code == 0
    assert call(*options(tmp_path / "b", "WET", "--schema", "https://x.example/s.json")).exit_code == 0
    assert call(*options(tmp_path / "c", "WET", "--schema", "")).exit_code == 0

    first = [next(tmp_path.glob(f"{name}/**/2025-01-01.yaml")).read_text("utf-8").splitlines()[0] for name in "abc"]

    url = "https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.5.6/schema/v0.5.6/schema.json"
    assert first[0] == f"# yaml-language-server: $schema={url}"
    assert first[1] == "# yaml-language-server: $schema=https://x.example/s.json"
    assert first[2] == f"$schema: {url}"
    assert_valid(tmp_path / "b")


def test_the_line_for_editors_is_one_line(tmp_path: Path) -> None:
    refused = call(*options(tmp_path, "WET", "--schema", "https://x\nz: 1"))

    assert refused.exit_code == 2
    assert "--schema" in refused.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("layer", "term", "type_"),
    [
        ("GEMEENTELIJKE_VERORDENING", "bedrag_inkomenstoeslag", "amount"),
        ("GEMEENTELIJKE_VERORDENING", "referteperiode_in_maanden", "number"),
        ("BELEIDSREGEL", "geen_uitzicht_op_inkomensverbetering", "boolean"),
    ],
)
def test_an_open_term_gives_the_output_its_type(tmp_path: Path, layer: str, term: str, type_: str) -> None:
    done = call(*options(tmp_path, layer, "--implements", TERM + term))

    assert done.exit_code == 0, done.output
    assert_valid(tmp_path)
    (loaded,) = queries.law_book([], foreign=[tmp_path]).laws
    assert loaded.articles[0].outputs[term].type == type_


def test_what_is_not_given_is_asked(tmp_path: Path) -> None:
    answers = "GEMEENTELIJKE_VERORDENING\nPasregeling\n2025-07-01\nhttps://example.org/pas\nGM9998\n"

    done = call("--into", tmp_path, answers=answers)

    assert done.exit_code == 0, done.output
    assert (tmp_path / "nl/gemeentelijke_verordening/pasregeling/2025-07-01.yaml").is_file()
    assert_valid(tmp_path)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    call(*options(tmp_path, "WET"))
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    files[1].write_text("mine\n")
    before = [path.read_bytes() for path in files]

    done = call(*options(tmp_path, "WET"))

    assert done.exit_code == 1
    assert "is already there. Nothing was written" in done.output
    assert [path.read_bytes() for path in files] == before


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--implements", f"{TERM}weg"), f"{TERM}bedrag_inkomenstoeslag"),
        (("--implements", "weg#1#x"), "none: that law is not known"),
        (("--name", "..."), "has no letters"),
    ],
)
def test_an_unusable_answer_is_refused_before_anything_is_written(
    tmp_path: Path, more: tuple[str, ...], words: str
) -> None:
    done = call(*options(tmp_path, "GEMEENTELIJKE_VERORDENING", *more))

    assert (done.exit_code, words in done.output) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("layer", "more", "words"),
    [
        ("WET", ("--bwb-id", "36"), "'36' does not match"),
        ("BELEIDSREGEL", ("--implements", f"{TERM}bedrag_inkomenstoeslag"), "is left to a GEMEENTELIJKE_VERORDENING"),
    ],
)
def test_answers_that_make_no_valid_law_leave_no_file(
    tmp_path: Path, layer: str, more: tuple[str, ...], words: str
) -> None:
    done = call(*options(tmp_path, layer, *more))

    assert isinstance(done.exception, LawsInvalid)
    assert words in str(done.exception)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
