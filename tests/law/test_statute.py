"""`law check --statute`: quoted text beside the published text, word by word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.law.builders import LIBRARY
from tests.shared_data import shared
from waardig.law import queries
from waardig.law.cli import law
from waardig.law.core.statute import read_statute
from waardig.law.terms import LawFileInvalid

STATUTE = """<meta charset=utf-8 />

##Wet van 1 mei 2015 over de pas (Paswet)

### Hoofdstuk  1

####Algemeen

### Artikel  1

####Begrippen

1.  In deze wet is *pas*: de kaart, bedoeld in [artikel 2](../README.md).
2.  Het college geeft de pas, tenzij:

a. de aanvrager jonger is dan 18 jaar; of

b. de aanvrager een pas heeft.
3.  De pas geldt een jaar.

### Artikel 2a

De raad stelt het bedrag vast. Dit bedrag is ten hoogste 10 euro.

### Bijlage

Dit is geen artikel.

###Artikel 3
Deze wet heet: Paswet.

Lasten en bevelen dat deze in het Staatsblad zal worden geplaatst.
"""
ONE = """1. In deze wet is pas: de kaart, bedoeld in artikel 2.

2. Het college geeft de pas, tenzij:

a. de aanvrager jonger is dan 18 jaar; of

b. de aanvrager een pas heeft.

3. De pas geldt een jaar."""
TWO = "De raad stelt het bedrag vast. Dit bedrag is ten hoogste 10 euro."
AGE = "a. de aanvrager jonger is dan 18 jaar; of\n\n"


def files(folder: Path, number: str, text: str, *, status: str = "", statute: str = STATUTE) -> tuple[Path, Path]:
    """A law that quotes one article, and the statute text."""
    law_file, statute_file = folder / "paswet.yaml", folder / "paswet.md"
    quoted = json.dumps(text)
    law_file.write_text(
        "$id: paswet\nregulatory_layer: WET\npublication_date: '2015-05-01'\nvalid_from: '2015-07-01'\n"
        "bwb_id: BWBR0000001\nurl: https://example.org/paswet\narticles:\n"
        f"  - number: '{number}'\n    text: {quoted}\n    url: https://example.org/paswet/{number}\n",
        "utf-8",
    )
    if status:
        (folder / "paswet.status.yaml").write_text(status, "utf-8")
    statute_file.write_text(statute, "utf-8")
    return law_file, statute_file


def call(*arguments: object) -> Result:
    return CliRunner().invoke(law, ["check", *(str(argument) for argument in arguments)])


def test_a_statute_is_read_by_its_headings_without_captions_annexes_and_closing_formula() -> None:
    statute = read_statute(STATUTE, "pas.md")

    assert [(a.number, a.line) for a in statute.articles.values()] == [("1", 9), ("2a", 21), ("3", 29)]
    assert statute.articles["3"].text == "Deze wet heet: Paswet."
    assert statute.articles["1"].text.startswith("1.  In deze wet")
    assert statute.version is None


@pytest.mark.parametrize(
    ("head", "name", "version"),
    [
        ("versie: 2016-01-01\n", "pas_2015-07-01.md", "2016-01-01"),
        ("Bron: https://wetten.overheid.nl/BWBR0000001/2017-02-01\n", "pas.md", "2017-02-01"),
        ("Dit besluit is van 2014-01-01.\n", "pas_2015-07-01.md", "2015-07-01"),
    ],
)
def test_the_version_stands_before_the_first_article_or_in_the_name(head: str, name: str, version: str) -> None:
    assert read_statute(head + STATUTE, f"/teksten/2000-01-01/{name}").version == version


def test_a_text_without_articles_is_refused() -> None:
    with pytest.raises(LawFileInvalid) as refused:
        read_statute("# Paswet\n\nArtikel 1. De pas.", "pas.md")

    assert "no articles in this statute text" in refused.value.message


CASES = [
    pytest.param("1", ONE, "equal", False, [], id="emphasis, links and white space do not count"),
    pytest.param("2a", TWO, "equal", False, [], id="an article without paragraphs"),
    pytest.param(
        *("1", ONE.replace("geldt een jaar", "duurt een jaar"), "paraphrase", True),
        ['paragraph 3, after "3. De pas": "duurt" instead of "geldt"'],
        id="other words",
    ),
    pytest.param(
        *("1", ONE.replace("18 jaar", "21 jaar"), "paraphrase", True),
        ['paragraph 2, after "aanvrager jonger is dan": "21" instead of "18"'],
        id="another number",
    ),
    pytest.param(
        *("1", ONE.replace(AGE, ""), "omission", True),
        ['paragraph 2, after "pas, tenzij:": "a. de aanvrager jonger is dan 18 jaar; of"'],
        id="a part left out",
    ),
    pytest.param("2a", "(...)\n\n(...)", "omission", True, [], id="nothing but a sign that words are left out"),
    pytest.param(
        *("2a", "De raad stelt het bedrag vast.", "omission", True),
        ['text, after "het bedrag vast.": "Dit bedrag is ten hoogste 10 euro."'],
        id="a sentence left out",
    ),
    pytest.param(
        *("2a", "De raad stelt het bedrag vast. (...)", "omission", False),
        ['text, after "het bedrag vast.": "Dit bedrag is ten hoogste 10 euro."'],
        id="a sentence left out, and it says so",
    ),
    pytest.param(
        *("1", ONE.replace(AGE, "(...)\n\n"), "omission", False),
        ['paragraph 2, after "pas, tenzij:": "a. de aanvrager jonger is dan 18 jaar; of"'],
        id="a part left out, and it says so",
    ),
    pytest.param(
        *("1", ONE.split("\n\n")[0], "omission", False),
        [
            'paragraph 2: not quoted: "2. Het college geeft de pas, tenzij: a. de aanvrager jonger is ..." (22 words)',
            'paragraph 3: not quoted: "3. De pas geldt een jaar."',
        ],
        id="whole paragraphs that are not quoted",
    ),
    pytest.param("4", TWO, "not in the statute", True, [], id="an article that is not there"),
    pytest.param("2a", " ", "omission", True, [], id="no text at all"),
]


@pytest.mark.parametrize(("number", "text", "kind", "error", "differences"), CASES)
def test_each_difference_has_its_kind_place_and_remedy(
    tmp_path: Path, number: str, text: str, kind: str, error: bool, differences: list[str]
) -> None:
    law_file, statute = files(tmp_path, number, text)

    (found,) = queries.quoted_articles([law_file], statute)

    assert (found.kind, found.error, found.line) == (kind, error, 9)
    assert list(found.differences) == differences
    assert bool(found.remedy) == error


def test_changed_text_of_another_version_is_called_that_with_both_dates(tmp_path: Path) -> None:
    status = "text_status: older_text\ntext_version: '2015-07-01'\n"
    law_file, statute = files(
        tmp_path, "2a", TWO.replace("10", "12"), status=status, statute="versie: 2013-01-01\n" + STATUTE
    )

    (found,) = queries.quoted_articles([law_file], statute)

    assert (found.kind, found.error) == ("version", True)
    assert found.message == "quotes the text of 2015-07-01, the statute is that of 2013-01-01"
    assert found.differences == ('text, after "bedrag is ten hoogste": "12" instead of "10"',)


def test_the_command_prints_place_difference_and_remedy_and_fails(tmp_path: Path) -> None:
    law_file, statute = files(tmp_path, "2a", TWO.replace("10", "12"))

    done = call(law_file, "--statute", statute)

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{law_file}:9: article 2a: paraphrase: other words in 1 place",
        '    text, after "bedrag is ten hoogste": "12" instead of "10"',
        f"    Copy the words of the statute: {statute}:21. Your own explanation belongs in legal_basis.explanation.",
        "1 files, no problems.",
    ]
    assert done.stderr == "1 articles beside the statute: 1 paraphrase; 1 to correct.\n"
    as_json = json.loads(call(law_file, "--statute", statute, "--json").output)
    assert [(a["article"], a["kind"], a["line"]) for a in as_json["articles"]] == [("2a", "paraphrase", 9)]


def test_equal_text_succeeds(tmp_path: Path) -> None:
    law_file, statute = files(tmp_path, "1", ONE)

    done = call(law_file, "--statute", statute)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.endswith("1 articles beside the statute: 1 equal; 0 to correct.\n")


def test_a_folder_of_statutes_is_read_by_the_name_in_the_status_file(tmp_path: Path) -> None:
    law_file, _ = files(tmp_path, "1", ONE, status="text_status: published\ntext_file: paswet.md\n")

    assert [found.kind for found in queries.quoted_articles([law_file], tmp_path)] == ["equal"]


def test_a_law_without_statute_is_refused(tmp_path: Path) -> None:
    law_file, _ = files(tmp_path, "1", ONE)

    with pytest.raises(LawFileInvalid) as refused:
        queries.quoted_articles([law_file], tmp_path)

    assert "name it as text_file in its status file" in refused.value.message


def test_every_quotation_of_the_library_is_literal_or_shows_what_it_leaves_out() -> None:
    found = queries.quoted_articles([LIBRARY / "laws"], shared("data/statutes"))

    assert [str(quoted) for quoted in found if quoted.error] == []
    assert len(found) > 100
    assert {quoted.kind for quoted in found} == {"equal", "omission"}


def test_a_real_article_that_is_paraphrased_shortened_or_renumbered_is_found(tmp_path: Path) -> None:
    source = LIBRARY / "laws/nl/wet/wet_op_de_zorgtoeslag/2025-01-01.yaml"
    statute = shared("data/statutes/BWBR0018451.md")
    text = source.read_text("utf-8")
    planted = tmp_path / "zorgtoeslag.yaml"
    clause = " voorzover dat toetsingsinkomen het drempelinkomen te boven gaat"
    assert clause in text
    changes = {
        "paraphrase": text.replace("afhankelijk van de draagkracht", "gebaseerd op de draagkracht"),
        "omission": text.replace(clause, ""),
        "not in the statute": text.replace("- number: '4'", "- number: '4z'"),
    }
    for kind, changed in changes.items():
        planted.write_text(changed, "utf-8")
        wrong = [found for found in queries.quoted_articles([planted], statute) if found.error]
        assert [found.kind for found in wrong] == [kind]
        assert wrong[0].line > 10 and wrong[0].remedy


def test_the_text_of_2013_beside_one_of_2015_is_another_version() -> None:
    statute = read_statute(
        shared("data/statutes/BWBR0008659_wht_2013-01-01.md").read_text("utf-8"), "wht_2013-01-01.md"
    )

    assert statute.version == "2013-01-01"
    assert "18" in statute.articles
