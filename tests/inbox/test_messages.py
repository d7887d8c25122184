"""The messages of the individuele inkomenstoeslag: both languages alike, plain Dutch, screen and paper the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp
from django.template.loader import render_to_string

from tests.inbox.builders import SERVICE, values
from waardig.inbox.adapters.typst import FONTS, code_address, letter_pdf
from waardig.inbox.core.blocks import blocks_from_data, blocks_to_data, words_of
from waardig.inbox.core.letter import LABELS, Letter
from waardig.inbox.core.plain import complaints
from waardig.inbox.queries import filled, template, template_problems
from waardig.inbox.terms import (
    AnswerCard,
    Block,
    Filled,
    Language,
    Lead,
    MessageLinks,
    Paragraph,
    PlaceholderType,
    Section,
    Sender,
    Span,
    TemplateInvalid,
)
from waardig.kernel.content import LIBRARY

NAMES = (
    "proposal", "proposal_administrator", "receipt", "decision_grant", "decision_refuse", "decision_other",
    "correction_receipt", "correction_answer", "announcement",
)  # fmt: skip
DECISIONS = {name for name in NAMES if name.startswith("decision")}
LANGUAGES: tuple[Language, ...] = ("nl", "en")
SENDER = Sender(
    name="Rietwaarden", kind_nl="Gemeente", kind_en="Municipality", phone="088 000 01 20",
    postal_address="Postbus 100, 9999 ZZ Rietwaarden",
    return_address="Antwoordnummer 100, 9999 ZX Rietwaarden", answer_url="https://mijn.rietwaarden.example/antwoord",
    logo_svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>',
)  # fmt: skip
WINDOW = ("De heer G. Vos", "Molenkade 12", "9999 AB Rietwaarden")
every_message = pytest.mark.parametrize("name", NAMES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def message(name: str, language: Language = "nl", **changes: object) -> Filled:
    return filled(SERVICE, name, values(**changes), language=language)


def letter(text: Filled, *, large_print: bool = False) -> Letter:
    has_card = any(isinstance(block, AnswerCard) for block in text.blocks)
    code = "K7QM2FRP" if has_card else None
    return Letter(text.blocks, SENDER, WINDOW, date(2025, 5, 12), text.language, large_print, code)


def variants(name: str) -> list[dict[str, bool]]:
    """Every flag of a message on and off, one at a time and all together."""
    placeholders = template(SERVICE, name).placeholders
    flags = [flag for flag, kind in placeholders.items() if kind is PlaceholderType.FLAG]
    return [{}, *({flag: value} for flag in flags for value in (True, False)), dict.fromkeys(flags, True)]


def squeezed(text: str) -> str:
    """Text without the spaces and line ends that differ between media."""
    return re.sub(r"\s+", "", text)


def on_screen(blocks: tuple[Block, ...], language: Language = "nl", links: MessageLinks | None = None) -> str:
    context = {"blocks": blocks, "language": language, "has_title": True, "links": links or MessageLinks()}
    return render_to_string("inbox/_blocks.html", context)


class Words(HTMLParser):
    """Collects the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_in(html: str) -> str:
    reader = Words()
    reader.feed(html)
    return squeezed("".join(reader.found))


@every_message
def test_both_languages_have_the_same_blocks_and_placeholders(name: str) -> None:
    dutch, english = (template(SERVICE, name, language=language) for language in LANGUAGES)

    assert dutch.ids == english.ids
    assert dutch.placeholders == english.placeholders
    assert dutch.message_type == english.message_type
    assert [block.kind for block in dutch.blocks] == [block.kind for block in english.blocks]


def test_the_library_has_no_problem_in_its_templates() -> None:
    assert template_problems([LIBRARY]) == ()


def test_a_municipality_can_replace_a_message_and_problems_in_it_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "services" / SERVICE / "messages"
    folder.mkdir(parents=True)
    own = "---\nlanguage: nl\nmessage_type: x\nsubject: Wij schrijven u\nplaceholders: {}\n---\n# Dag\n\nHallo.\n"
    (folder / "proposal.nl.md").write_text(own)
    (folder / "receipt.nl.md").write_text(own + "\n## Kop\n")
    (folder / "receipt.en.md").write_text(own.replace("language: nl", "language: en"))

    assert filled(SERVICE, "proposal", {}, roots=[LIBRARY, tmp_path]).subject == "Wij schrijven u"
    assert filled(SERVICE, "decision_grant", values(), roots=[LIBRARY, tmp_path]).language == "nl"
    found = [
        (problem.file.split("/")[-1], problem.line, problem.message[:23]) for problem in template_problems([tmp_path])
    ]
    assert found == [
        ("receipt.nl.md", 11, "a heading needs an id a"),
        ("proposal.nl.md", 1, "the other language is m"),
        ("receipt.en.md", 1, "the other language is m"),
    ]


def test_a_message_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(TemplateInvalid, match=r"messages/nothing.nl.md:1: no content folder has this file"):
        filled(SERVICE, "nothing", {})


@every_message
def test_a_stored_text_reads_back_as_the_same_blocks(name: str) -> None:
    for flags in variants(name):
        blocks = message(name, **flags).blocks
        assert blocks_from_data(json.loads(json.dumps(blocks_to_data(blocks)))) == blocks


@every_message
def test_every_placeholder_that_is_declared_is_used(name: str) -> None:
    for language in LANGUAGES:
        parsed = template(SERVICE, name, language=language)
        assert unused(parsed.file.removeprefix("services/"), parsed.placeholders) == set(), language


def unused(file: str, placeholders: Iterable[str]) -> set[str]:
    body = (LIBRARY / "services" / file).read_text(encoding="utf-8").split("\n---\n", 1)[1]
    return {name for name in placeholders if not re.search(rf"\{{(?:if |unless )?{name}\}}", body)}


@every_message
def test_the_dutch_is_plain_with_every_flag_on_and_off(name: str) -> None:
    for flags in variants(name):
        blocks = message(name, **flags).blocks
        found = complaints(blocks, is_decision=name in DECISIONS, allow_articles=frozenset({"rules", "who"}))
        assert found == (), flags


@every_message
def test_the_subject_says_nothing_about_the_subject(name: str) -> None:
    for language in LANGUAGES:
        subject = message(name, language).subject
        assert len(subject) <= 50
        assert not re.search(r"toeslag|inkomen|bijstand|geld|€|supplement|income|money", subject, re.IGNORECASE)


@every_message
def test_the_first_lines_say_what_it_means_and_whether_to_act(name: str) -> None:
    title, lead = message(name).blocks[:2]
    told = "".join(words_of(lead, "screen"))
    act = r"U hoeft (nu )?niets te doen|Zegt u ja\?|Hieronder leest u waarom|Het geld staat"
    assert re.search(act, told), told
    assert "".join(words_of(title, "screen")).strip()


@every_language
@every_message
def test_screen_and_letter_show_the_same_words_in_the_same_order(name: str, language: Language) -> None:
    for flags in variants(name):
        text = message(name, language, **flags)
        html = words_in(on_screen(text.blocks, language))
        pages = pypdf.PdfReader(BytesIO(letter_pdf(letter(text)))).pages
        paper = squeezed("".join(page.extract_text() for page in pages))
        for medium, shown in (("screen", html), ("paper", paper)):
            for block in text.blocks:
                for words in words_of(block, medium):
                    if words.startswith(("Zaaknummer", "Case number", "RW")):
                        assert squeezed(words) in shown
                        continue
                    assert squeezed(words) in shown, (medium, block.id, words)
        assert html.index(squeezed("".join(words_of(text.blocks[0], "screen")))) == 0


@every_language
@every_message
def test_a_letter_is_pdf_ua_with_language_title_and_one_heading_of_level_one(name: str, language: Language) -> None:
    text = message(name, language)
    reader = pypdf.PdfReader(BytesIO(letter_pdf(letter(text))))
    root = reader.trailer["/Root"]
    xmp = reader.xmp_metadata
    assert xmp is not None

    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in xmp.stream.get_data()
    assert reader.metadata is not None
    assert squeezed(reader.metadata.title or "") == squeezed("".join(words_of(text.blocks[0], "paper")))
    tags = structure(root["/StructTreeRoot"])
    headings = [tag for tag in tags if re.fullmatch(r"/H\d", tag)]
    assert headings[0] == "/H1" and headings.count("/H1") == 1
    assert set(headings) == {"/H1", "/H2"}


def structure(node: object) -> list[str]:
    """Tags of a PDF in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for child in node for tag in structure(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (structure(node["/K"]) if "/K" in node else [])


def alternative_texts(node: object) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for child in node for text in alternative_texts(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if node.get("/S") == "/Figure" else []
    return own + (alternative_texts(node["/K"]) if "/K" in node else [])


@every_language
def test_pictures_have_an_alternative_text_and_tables_have_header_cells(language: Language) -> None:
    reader = pypdf.PdfReader(BytesIO(letter_pdf(letter(message("proposal", language)))))
    tree = reader.trailer["/Root"]["/StructTreeRoot"]

    assert alternative_texts(tree) == [LABELS[language]["logo_alt"], LABELS[language]["code_alt"]]
    assert structure(tree).count("/TH") == 3


@pytest.mark.parametrize(("large_print", "smallest"), [(False, 12), (True, 16)])
def test_no_letter_is_smaller_than_promised(large_print: bool, smallest: int) -> None:
    for name in NAMES:
        for page in pypdf.PdfReader(BytesIO(letter_pdf(letter(message(name), large_print=large_print)))).pages:
            sizes: set[float] = set()

            def note(text: str, matrix: list[float], text_matrix: list[float], font: object, size: float) -> None:
                if text.strip():
                    sizes.add(round(size * abs(text_matrix[3] or 1) * abs(matrix[3] or 1), 1))  # noqa: B023

            page.extract_text(visitor_text=note)
            assert min(sizes) >= smallest, (name, sizes)


def test_a_proposal_is_two_sheets_of_a4_with_the_card_on_the_second() -> None:
    reader = pypdf.PdfReader(BytesIO(letter_pdf(letter(message("proposal")))))

    assert len(reader.pages) == 2
    assert [round(float(size)) for size in reader.pages[0].mediabox[2:]] == [595, 842]
    first, second = (page.extract_text() for page in reader.pages)
    for box in ("Ja, ik vraag dit aan", "Nee, nu niet", "nooit meer", "Bel mij op:", "K7QM", "Antwoordnummer 100"):
        assert box in second.replace("\u00a0", " ")
        assert box not in first
    assert "Bladzijde 1 van 2" in first and "Bladzijde 2 van 2" in second


@every_message
def test_the_window_of_the_envelope_shows_the_address_and_nothing_else(name: str) -> None:
    page = pypdfium2.PdfDocument(letter_pdf(letter(message(name))))[0]
    millimetre = 72 / 25.4

    shown = page.get_textpage().get_text_bounded(
        left=18 * millimetre, right=112 * millimetre, top=842 - 31 * millimetre, bottom=842 - 55 * millimetre
    )

    assert shown.split("\r\n") == list(WINDOW)


def test_the_square_code_holds_an_address_and_a_code_and_nothing_about_a_person() -> None:
    assert code_address(letter(message("proposal"))) == "https://mijn.rietwaarden.example/antwoord/K7QM2FRP"


@pytest.mark.parametrize("large_print", [False, True])
def test_the_square_code_can_be_read_from_the_printed_page(large_print: bool) -> None:
    printed = letter(message("proposal"), large_print=large_print)
    pages = pypdfium2.PdfDocument(letter_pdf(printed))

    read = [found for page in pages for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    assert [(found.text, found.ec_level) for found in read] == [(code_address(printed), "M")]


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert letter_pdf(letter(message("proposal"))) == letter_pdf(letter(message("proposal")))


def test_text_that_looks_like_typst_or_html_stays_text() -> None:
    nasty = '#panic("x") $a$ \\ *b* _c_ @d <e> = f // g `h` [i] <script>alert(1)</script> & "'
    nasty += ' ")) #panic("y") \\u{41} \\n \\" \\'
    text = message("proposal", employee=nasty, team=nasty)

    pages = pypdf.PdfReader(BytesIO(letter_pdf(letter(text)))).pages
    assert squeezed(nasty) in squeezed("".join(page.extract_text() for page in pages))
    html = on_screen(text.blocks)
    assert "<script>" not in html
    assert squeezed(nasty) in words_in(html)


def test_a_character_that_ends_a_line_or_a_literal_text_stays_a_character() -> None:
    text = message("proposal", employee="Eva\u2028Tom\u2029Bo`Jo\u0085Li``Al```", team="`")

    pages = pypdf.PdfReader(BytesIO(letter_pdf(letter(text)))).pages
    words = squeezed("".join(page.extract_text() for page in pages))
    for name in ("Eva", "Tom", "Bo`Jo", "Li``Al```"):
        assert name in words


@pytest.mark.parametrize("name", ["proposal", "receipt"])
def test_no_space_of_a_letter_needs_a_note_that_it_is_one(name: str) -> None:
    pages = pypdf.PdfReader(BytesIO(letter_pdf(letter(message(name))))).pages

    assert "\u00a0" in "".join(page.extract_text() for page in pages)
    assert not any(b"/ActualText" in page["/Contents"].get_data() for page in pages)


def test_the_letters_use_the_font_that_comes_with_the_product() -> None:
    assert sorted(path.name for path in FONTS.glob("*.ttf")) == ["WaardigSans-Bold.ttf", "WaardigSans-Regular.ttf"]
    reader = pypdf.PdfReader(BytesIO(letter_pdf(letter(message("proposal", employee="Fatma Yıldız Şahin")))))
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert all("WaardigSans-" in font for font in fonts), fonts


def test_yes_and_no_are_equal_buttons_of_one_form_and_shown_only_when_one_can_answer() -> None:
    blocks = message("proposal").blocks
    html = on_screen(blocks, links=MessageLinks(answer="/antwoord/1", yes_but="/maar", opt_out="/uit", why="/waarom"))

    buttons = re.findall(r"<button ([^>]*)>([^<]*)</button>", html)
    assert [(re.sub(r'value="\w+"', "", a), label) for a, label in buttons] == [
        ('class="utrecht-button utrecht-button--primary-action" name="answer" ', "Ja, ik vraag dit aan"),
        ('class="utrecht-button utrecht-button--primary-action" name="answer" ', "Nee, nu niet"),
    ]
    assert html.count("<form") == 1
    assert "<button" not in on_screen(blocks)


def test_a_couple_is_told_the_joint_amount_only() -> None:
    text = message("proposal", couple=True, amount=74589)

    assert "".join(words_of(text.blocks[0], "screen")) == "U hebt samen waarschijnlijk recht op €\u00a0745,89"


def test_amounts_and_dates_carry_a_machine_value_on_screen() -> None:
    html = on_screen(message("receipt").blocks + message("proposal").blocks)

    assert '<data value="521.97" translate="no">€\u00a0521,97</data>' in html
    assert '<time datetime="2025-07-07">maandag 7\u00a0juli 2025</time>' in html
    assert '<a class="utrecht-link" href="tel:0880000120"' in html


@pytest.mark.parametrize("name", sorted(DECISIONS))
def test_a_decision_names_body_mandate_facts_rules_objection_and_its_term(name: str) -> None:
    text = message(name)
    ids = {block.id for block in text.blocks}
    told = " ".join(words for block in text.blocks for words in words_of(block, "paper"))

    assert {"who", "data", "rules", "objection"} <= ids
    for fact in ("Het college", "Willem de Graaf", "Mandaatbesluit", "Participatiewet, artikel 36", "58 jaar"):
        assert fact in told
    assert "tot en met donderdag 10\u00a0juli 2025" in told
    assert Span("donderdag 10\u00a0juli 2025", False, "date", "2025-07-10") in next(
        item.text
        for block in text.blocks
        if block.id == "objection"
        for item in block.items  # type: ignore[union-attr]
    )


@pytest.mark.parametrize(
    ("sentence", "complaint"),
    [
        ("Reageer zo spoedig mogelijk.", "banned word"),
        ("U bent onze klant.", "banned word"),
        ("Gefeliciteerd!", "exclamation mark"),
        ("Doe dit vóór 12-05-2025.", "date in digits"),
        ("U hebt recht op geld.", "'recht op' without"),
        ("Dat staat in artikel 36.", "article number outside"),
        (" ".join(["woord"] * 21) + ".", "sentence over 20 words"),
        ("Een twee drie vier vijf zes zeven acht negen tien elf twaalf.", "the middle sentence"),
    ],
)
def test_the_lint_finds_what_is_not_plain(sentence: str, complaint: str) -> None:
    block = Section("a", (Span("Kop"),), (Paragraph((Span(sentence),)),))
    blocks = (block,) if complaint != "the middle sentence" else (Lead("lead", (Span(sentence),)),)

    found = complaints(blocks, allow_articles=frozenset())

    assert any(one.startswith(complaint) for one in found), found


def test_the_lint_accepts_plain_dutch() -> None:
    block = Section("a", (Span("Kop"),), (Paragraph((Span("U hebt waarschijnlijk recht op € 1.406,50. Bel ons."),)),))

    assert complaints((block,), allow_articles=frozenset()) == ()
