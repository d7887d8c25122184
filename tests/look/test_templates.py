"""Every page renders from its sample, in both languages, with exactly the fields of its dataclass."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import translation

from tests.look.rendering import FOLDERS, MISSING, PACKAGE, engine, in_language, pages, rendered, set_up
from tests.look.samples import SAMPLES
from waardig.look.templatetags.look import error_text
from waardig.screens.pages.forms import FieldError
from waardig.screens.pages.words import Page, context_of

set_up()
HTML = {language: pages(language) for language in ("nl", "en")}
ALL = [(language, name) for language in HTML for name in HTML[language]]
SANDBOX = "16"
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Outline(HTMLParser):
    """What the tests ask of a page: headings, ids, labels, buttons, and whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.inline: list[str] = []
        self.unbalanced: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.targets += str(given.get(name) or "").split()
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        if tag == "script" and "src" not in given:
            self.inline.append("script")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)


def outline(html: str) -> Outline:
    """The outline of a page."""
    parser = Outline()
    parser.feed(html)
    return parser


@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_page_asks_for_nothing_that_its_dataclass_does_not_give(language: str, name: str) -> None:
    assert MISSING not in HTML[language][name]


@pytest.mark.parametrize("cls", sorted({type(page) for page in SAMPLES.values()}, key=lambda cls: cls.__name__))
def test_every_field_of_a_page_is_used_by_one_of_its_templates(cls: type[Page]) -> None:
    samples = [page for page in SAMPLES.values() if type(page) is cls]
    source = "".join(sources_of(page.template) + sources_of(getattr(page, "partial", "")) for page in samples)

    for field in context_of(samples[0]):
        assert re.search(rf"\b{field}\b", source), f"the templates of {cls.__name__} never use {field}"


def sources_of(template: str) -> str:
    """The text of a template with all that it extends or includes by name, and everything of the look and screens."""
    if not template:
        return ""
    path = next(folder / template for folder in FOLDERS if (folder / template).exists())
    text = path.read_text(encoding="utf-8")
    parts = [text] + [sources_of(name) for name in re.findall(r'{% (?:extends|include) "([^"]+)"', text)]
    return "\n".join(parts)


def test_the_context_of_a_page_is_exactly_its_fields() -> None:
    for page in SAMPLES.values():
        assert is_dataclass(page)
        assert list(context_of(page)) == [field.name for field in fields(page)]


def test_every_page_dataclass_has_a_sample_and_every_page_template_a_dataclass() -> None:
    used = {page.template for page in SAMPLES.values()}
    templates = {
        f"{path.parent.name}/{path.name}"
        for folder in FOLDERS[3:]
        for path in folder.glob("*/*.html")
        if not path.name.startswith(("_", "base"))
    }

    assert {type(page) for page in SAMPLES.values()} >= set(_page_classes())
    assert used == templates


def _page_classes() -> list[type[Page]]:
    return [cls for cls in Page.__subclasses__() if cls.__module__.startswith("waardig.screens.pages.")]


@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_page_has_one_h1_no_skipped_heading_and_closed_tags(language: str, name: str) -> None:
    found = outline(HTML[language][name])

    assert found.headings.count(1) == 1
    assert found.unbalanced == []
    assert found.open == []
    main = found.headings[found.headings.index(1) :]
    assert all(next_ - this <= 1 for this, next_ in pairwise(main)), main


@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_page_names_each_id_once_and_points_only_at_ids_that_are_there(language: str, name: str) -> None:
    found = outline(HTML[language][name])

    assert sorted(set(found.ids)) == sorted(found.ids)
    assert set(found.targets) <= set(found.ids)


@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_page_holds_no_inline_script_or_style(language: str, name: str) -> None:
    assert outline(HTML[language][name]).inline == []


@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_page_says_its_language_and_has_a_title_and_a_way_to_skip(language: str, name: str) -> None:
    html = HTML[language][name]

    assert f'<html lang="{language}"' in html
    assert re.search(r"<title>[^<\n]{3,} – [^<\n]{3,}</title>", html)
    assert 'href="#inhoud"' in html


@pytest.mark.parametrize(
    "name", [name for name, page in SAMPLES.items() if hasattr(page, "frame") and not getattr(page, "desk", None)]
)
def test_every_page_for_residents_has_the_human_door(name: str) -> None:
    assert '<h2 class="utrecht-heading-2" id="hulp">Hulp van een mens</h2>' in HTML["nl"][name]
    assert "tel:+31880000120" in HTML["nl"][name]


def test_forms_that_post_carry_the_token_against_forgery() -> None:
    for name, html in HTML["nl"].items():
        if name.startswith(SANDBOX):
            continue  # it changes nothing and knows nobody: a token would need a session (decision 0056)
        for form in re.findall(r'<form[^>]*method="post".*?</form>', html, re.DOTALL):
            assert 'name="csrfmiddlewaretoken"' in form


def test_yes_and_no_are_equal_buttons() -> None:
    html = HTML["nl"]["02-voorstel"]
    classes = re.findall(r'<button class="([^"]+)" name="answer"', html)

    assert classes == ["utrecht-button utrecht-button--primary-action"] * 2
    assert html.index("Ja, ik vraag dit aan</button>") < html.index("Nee, nu niet</button>")


def test_after_an_answer_the_buttons_are_gone() -> None:
    assert 'name="answer"' not in HTML["nl"]["02d-voorstel-ja"]


def test_at_the_counter_the_buttons_of_the_resident_do_not_submit() -> None:
    html = HTML["nl"]["06a-loket"]

    assert re.findall(r'name="answer" value="(\w+)" type="button"', html) == ["yes", "no"]
    assert re.findall(r'name="answer" value="(\w+)">', html) == ["yes", "no", "yes_but"]


def test_the_counter_shows_the_same_words_as_the_resident_sees() -> None:
    def text_of_main(html: str) -> str:
        found = re.search(r'<main[^>]*id="inhoud".*?</main>', html, re.DOTALL)
        assert found is not None
        return re.sub(r"\s+", "", found[0].replace(' type="button" aria-disabled="true"', ""))

    resident, counter = text_of_main(HTML["nl"]["02-voorstel"]), text_of_main(HTML["nl"]["06a-loket"])
    assert resident == counter


def test_home_shows_all_five_headings_in_order_in_every_state() -> None:
    headings = ["Dit moet u doen", "Geld", "Loopt nog", "Voor u gevonden", "Klaar"]
    for name in (name for name in SAMPLES if name.startswith("01")):
        places = [re.search(rf'id="\w+">{heading}', HTML["nl"][name]) for heading in headings]
        assert all(places)
        assert [place.start() for place in places if place] == sorted(place.start() for place in places if place)


def test_a_checkbox_stands_only_with_cases_that_were_opened() -> None:
    assert re.findall(r'type="checkbox" name="case" value="(\d)"', HTML["nl"]["06b-bevestigen"]) == ["1", "2", "3"]
    assert re.findall(r"checked", HTML["nl"]["06b-bevestigen-fout"]) == []


def test_a_value_without_translation_is_marked_as_dutch_on_an_english_page() -> None:
    html = HTML["en"]["03-waarom"]

    assert '<span lang="nl">Uw leeftijd past</span>' in html
    assert "Personal Records Database (BRP)" in html


def test_every_field_error_has_words_in_both_languages() -> None:
    for language in ("nl", "en"):
        with translation.override(language):
            texts = [error_text(error) for error in FieldError]
        assert all(texts)
        assert len(set(texts)) >= len(texts) - 1


def test_an_error_stands_beside_the_field_and_in_the_summary_with_a_link() -> None:
    html = HTML["nl"]["ja-2-fout"]

    assert '<a class="utrecht-link" href="#id_wealth">Vul uw spaargeld in als getal, bijvoorbeeld 12.500.</a>' in html
    assert 'value="veel"' in html
    assert 'aria-invalid="true"' in html
    assert "<title>Fout:" in html


def test_templates_hold_no_addresses_of_their_own() -> None:
    for folder in FOLDERS:
        for path in Path(folder).rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r'(?:href|action|src)="(?:https?:)?//', text), path.relative_to(PACKAGE)


def test_rendering_twice_gives_the_same_bytes() -> None:
    page = in_language(SAMPLES["03-waarom"], "nl")

    assert rendered(page, "nl", engine()) == rendered(page, "nl", engine())
