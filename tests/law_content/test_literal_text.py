"""Every quoted article stands word for word in the statute text at hand; only white space and emphasis may differ."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.law_content.builders import LIBRARY, content, law_paths, short, status_of
from tests.shared_data import shared

LEFT_OUT = "(...)"
QUOTED = [path for path in law_paths(LIBRARY) if status_of(path).get("text_file")]
OTHER_TEXTS = [path for path in law_paths() if not status_of(path).get("text_file")]


def plain(text: str) -> str:
    """Text without line structure, markdown emphasis and links."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\s*<sup>2</sup>", "²", text)
    return re.sub(r"\s+", " ", text.replace("*", "")).strip()


def article_of(statute: str, number: str) -> str:
    """The text of one article of a statute in markdown, without its heading line."""
    start = re.search(rf"^### *Artikel +{re.escape(number)} *$", statute, re.MULTILINE)
    assert start, f"the statute has no article {number}"
    rest = re.sub(r"^####.*$", "", statute[start.end() :], flags=re.MULTILINE)
    end = re.search(r"^###", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


@pytest.mark.parametrize("path", QUOTED, ids=short)
def test_every_quoted_article_is_literally_in_the_statute(path: Path) -> None:
    statute = shared(f"data/statutes/{status_of(path)['text_file']}").read_text("utf8")

    for article in content(path)["articles"]:
        source = plain(article_of(statute, article["number"]))
        parts = [part for part in article["text"].split(LEFT_OUT) if plain(part)]
        assert parts, f"article {article['number']} quotes nothing"
        for part in parts:
            assert plain(part) in source, f"{short(path)} article {article['number']}: {plain(part)[:80]}"


def test_every_act_of_parliament_is_checked_against_a_statute_text() -> None:
    acts = {content(path)["$id"] for path in law_paths() if content(path)["regulatory_layer"] == "WET"}
    checked = {content(path)["$id"] for path in QUOTED}

    assert acts <= checked
    assert {"wet_op_het_kindgebonden_budget", "algemene_ouderdomswet", "participatiewet"} <= acts


@pytest.mark.parametrize("path", OTHER_TEXTS, ids=short)
def test_a_text_that_cannot_be_checked_says_where_it_comes_from(path: Path) -> None:
    status = status_of(path)

    assert len(status["source"]) > 20
    assert status["text_status"] in {"published", "derived", "older_text", "unverified"}


def test_the_statute_of_the_care_allowance_keeps_the_clause_that_the_prior_art_lost() -> None:
    for path in law_paths(LIBRARY):
        law = content(path)
        if law["$id"] == "wet_op_de_zorgtoeslag":
            text = next(a["text"] for a in law["articles"] if a["number"] == "2")
            assert "voorzover dat toetsingsinkomen het drempelinkomen te boven gaat" in text
