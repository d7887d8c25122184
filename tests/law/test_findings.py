"""Each kind of finding has a sentence in English and in Dutch, and what to do; findings.txt has the golden texts."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest
from click.testing import CliRunner

from tests.law.builders import LIBRARY
from tests.law.test_planted import FIELDS, HEAD, LEEG, SMALL, Planted
from waardig.law import queries
from waardig.law.cli import law
from waardig.law.core.findings import TEXTS, WORDS, finding, said
from waardig.law.core.findings.quoting import PARTS
from waardig.law.core.types import ANY, BOOLEAN, DATE, LIST, NULL, NUMBER, TEXT
from waardig.law.terms import LawFileInvalid, LawsInvalid

GOLDEN = Path(__file__).with_name("findings.txt")
CODE = LIBRARY.parent / "law"
ONLY_PARTS = {*PARTS, "whole_file", "nothing_known", "no_scope", "why_layer", "why_scope", "why_none"}
SAMPLES = {
    **{"found_word": "date", "wanted_word": "number", "left_word": "number", "right_word": "text"},
    **{"what_word": "values", "types_word": "number and date", "units_word": "eurocent and euro"},
    **{"places": said("places", count=2), "where": said("paragraph", number="2"), "part": said("in_text")},
    **{"why": said("why_none"), "problem": said("operand_empty", op="ADD"), "first": 3, "before": 7, "line": 9},
}


def facts(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name})


def example(kind: str) -> str:
    text = TEXTS[kind]
    names = {*facts(text.en), *facts(text.remedy.en)}
    what = said(kind, **{name: SAMPLES.get(name, name.upper()) for name in sorted(names)})
    remedies = (f"     {what.remedy}", f"     {what.remedy_nl}") if what.remedy else ()
    return "\n".join((kind, f"  en {what}", f"  nl {what.nl}", *remedies))


def test_the_texts_of_every_kind_are_the_golden_ones() -> None:
    assert GOLDEN.read_text("utf-8") == "\n".join(example(kind) for kind in TEXTS) + "\n"


@pytest.mark.parametrize("kind", TEXTS)
def test_every_kind_has_both_languages_the_same_facts_and_a_remedy(kind: str) -> None:
    text = TEXTS[kind]

    assert text.en.strip()
    assert text.nl.strip()
    assert text.en != text.nl or kind in ("left_out", "in_full")
    assert facts(text.en) == facts(text.nl)
    assert facts(text.remedy.en) == facts(text.remedy.nl)
    assert bool(text.remedy.en) == bool(text.remedy.nl) == (kind not in ONLY_PARTS)


def calls(name: str) -> list[ast.Call]:
    trees = [ast.parse(file.read_text("utf-8")) for file in sorted(CODE.rglob("*.py"))]
    found = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [node for node in found if isinstance(node.func, ast.Name) and node.func.id == name]


def named_in_code() -> set[str]:
    trees = [
        ast.parse(file.read_text("utf-8")) for file in sorted(CODE.rglob("*.py")) if file.parent.name != "findings"
    ]
    trees.append(ast.parse((CODE / "core/findings/refusals.py").read_text("utf-8")))
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str)}


def test_no_kind_is_asked_that_has_no_text_and_none_has_a_text_that_nobody_asks() -> None:
    asked = {call.args[0].value for call in calls("said") if isinstance(call.args[0], ast.Constant)}

    assert asked - set(TEXTS) == set()
    assert set(TEXTS) - named_in_code() == set()


def test_every_call_gives_the_facts_of_its_kind_and_no_others() -> None:
    seen = 0
    for call in calls("said"):
        if not isinstance(call.args[0], ast.Constant) or any(word.arg is None for word in call.keywords):
            continue
        text = TEXTS[str(call.args[0].value)]
        assert {word.arg for word in call.keywords} == {*facts(text.en), *facts(text.remedy.en)}, call.args[0].value
        seen += 1
    assert seen > 80


def test_a_finding_is_made_in_one_place_so_that_none_lacks_its_dutch() -> None:
    made = {
        file.relative_to(CODE).as_posix() for file in CODE.rglob("*.py") if "LawProblem(" in file.read_text("utf-8")
    }

    assert made == {"core/findings/__init__.py", "queries/trying.py"}  # the second reads back what the first made


def test_every_type_of_value_has_a_dutch_word() -> None:
    assert {ANY, BOOLEAN, DATE, LIST, NULL, NUMBER, TEXT} <= set(WORDS)


@pytest.mark.parametrize("planted", SMALL, ids=lambda planted: planted.name)
def test_a_planted_error_is_said_in_dutch_too(tmp_path: Path, planted: Planted) -> None:
    text = HEAD + FIELDS
    if "$leeg" in planted.new:
        text = text.replace("        actions:\n", "        actions:\n" + LEEG)
    path = tmp_path / "w.yaml"
    path.write_text(text.replace(planted.old, planted.new, 1), "utf-8")

    found = [one for one in queries.law_problems([path])[0] if planted.message in one.message]

    assert [bool(one.kind and one.message_nl and one.remedy_nl) for one in found] == [True]
    assert found[0].message_nl != found[0].message


def test_the_command_says_findings_in_dutch_and_counts_them_so(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text((HEAD + FIELDS).replace("value: $GRENS}", "value: A}"), "utf-8")

    done = CliRunner().invoke(law, ["check", str(path), "--language", "nl"])

    assert done.exit_code == 1
    assert done.output.splitlines() == [
        f"{path}:12: waarschuwing: definitie 'GRENS' wordt nergens in het artikel gebruikt",
        "    Gebruik het of laat het weg; wat niemand gebruikt, wordt ook niet aan mensen gevraagd.",
        f"{path}:25: LESS_THAN vergelijkt een getal met een tekst",
        "    Geef beide kanten hetzelfde type en dezelfde eenheid, of verbeter wat is opgegeven.",
        "1 bestanden, 1 fouten, 1 waarschuwingen.",
    ]


def test_a_text_beside_the_statute_is_said_in_dutch(tmp_path: Path) -> None:
    path, statute = tmp_path / "w.yaml", tmp_path / "w.md"
    path.write_text((HEAD + FIELDS).replace("text: Tekst", "text: De gemeente geeft geld."), "utf-8")
    statute.write_text("### Artikel 1\n\nDe gemeente geeft steun.\n", "utf-8")

    done = CliRunner().invoke(law, ["check", str(path), "--statute", str(statute), "--language", "nl"])

    assert done.output.splitlines()[:3] == [
        f"{path}:9: artikel 1: andere woorden: andere woorden op 1 plaats",
        '    tekst, na "De gemeente geeft": "geld" in plaats van "steun"',
        f"    Neem de woorden van de wet over: {statute}:1. Uw eigen uitleg hoort in legal_basis.explanation.",
    ]


def test_a_refused_file_says_its_finding_in_both_languages() -> None:
    wrong = finding("w.yaml", 4, said("key_twice", key="name", first=2))

    assert LawFileInvalid("w.yaml", 4, said("no_id")).text_nl == (
        "w.yaml:4: dit wetsbestand klopt niet: een wetsbestand heeft een $id nodig"
    )
    assert "w.yaml:4: sleutel 'name' staat er twee keer (eerst op regel 2)" in LawsInvalid([wrong]).text_nl
    assert "w.yaml:4: key 'name' is written twice (first on line 2)" in LawsInvalid([wrong]).text_en
