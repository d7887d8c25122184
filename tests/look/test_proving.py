"""Checking one's own lines of the log in the browser: the file stays there, and whatever is wrong with it is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.look.browser import violations
from tests.look.preview import serve, write_pages
from tests.look.samples.proving import own_lines

pytestmark = pytest.mark.browser
NAME = "17a-logboek"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page in Dutch on a small local server."""
    folder = Path(tmp_path_factory.mktemp("proving"))
    write_pages(folder, "nl", [NAME])
    server = serve(folder)
    yield f"http://127.0.0.1:{server.server_port}/{NAME}.html"
    server.shutdown()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, open."""
    tab = browser.new_page()
    tab.goto(address)
    yield tab
    tab.close()


def chosen(page: Page, text: str) -> str:
    """What the page says after this file was chosen."""
    page.get_by_label("Kies uw bestand").set_input_files(
        {"name": "mijn-logregels.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    result = page.locator("[data-verify-result] .w-alert")
    expect(result).to_be_visible()
    return result.inner_text()


def test_lines_that_are_right_are_said_to_be_right_and_nothing_is_sent(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))

    said = chosen(page, json.dumps(own_lines()))

    assert said.startswith("Het klopt.") and "Aantal regels: 3." in said
    assert "april 2025: geteld 4, in uw bestand 3, nu nog geheim 1" in said
    assert "Deze getuigen zagen dit controlepunt ook:" in said
    assert "bibliotheek.rietwaarden.example/getuige, 28-4-2025" in said and "nieuwekerk" not in said
    assert sent == []
    assert violations(page) == []


def test_a_witness_whose_signature_is_under_another_text_is_not_named(page: Page) -> None:
    given, other = own_lines(), own_lines(b"x" * 32)
    given["checkpoint"] = given["checkpoint"].rpartition("\n—")[0] + "\n—" + other["checkpoint"].rpartition("\n—")[2]
    assert "getuigen" in chosen(page, json.dumps(given)), "the text is the same, whoever signed it"

    line = given["checkpoint"].rpartition(" ")[2]
    given["checkpoint"] = given["checkpoint"].replace(line, line.replace(line[12], "A" if line[12] != "A" else "B", 1))
    said = chosen(page, json.dumps(given))
    assert said.startswith("Het klopt.") and "getuigen" not in said


def test_a_line_that_was_left_out_is_noticed_by_the_count_of_its_month(page: Page) -> None:
    given = own_lines()
    del given["lines"][1]

    said = chosen(page, json.dumps(given))

    assert said.startswith("Uw bestand heeft niet de regels die het logboek telde.")
    assert "april 2025: geteld 4, in uw bestand 2, nu nog geheim 1" in said
    assert violations(page) == []


@pytest.mark.parametrize("what", ["counts", "salt", "bucket", "content", "path"])
def test_counts_that_are_not_those_that_were_signed_are_refused(page: Page, what: str) -> None:
    given = own_lines()
    own = given["counts"]["subjects"][0]
    own[what] = {
        "counts": own["counts"].replace(":4", ":5"), "salt": "00" * 16, "bucket": own["bucket"] ^ 1,
        "content": own["content"][:-88], "path": own["path"][::-1],
    }[what]  # fmt: skip
    assert chosen(page, json.dumps(given)).startswith("De handtekening is niet van deze gemeente.")


def changed(what: str) -> dict[str, Any]:
    given = own_lines()
    line = given["lines"][1]
    line[what] = {"line": line["line"].replace("Bekijken", "Niets"), "place": 6, "salt": "00" * 16}[what]
    return given


@pytest.mark.parametrize("what", ["line", "place", "salt"])
def test_a_line_that_was_changed_is_named(page: Page, what: str) -> None:
    said = chosen(page, json.dumps(changed(what)))

    assert said.startswith("Deze regels kloppen niet.")
    assert ("Niets 7, " if what == "line" else "Bekijken 7, ") in said and "Bekijken 0" not in said


def test_a_checkpoint_that_somebody_else_signed_is_refused(page: Page) -> None:
    assert chosen(page, json.dumps(own_lines(b"x" * 32))).startswith("De handtekening is niet van deze gemeente.")


@pytest.mark.parametrize("text", ["", "geen JSON", "{}", '{"form": "waardig-logbewijs-1"}'])
def test_what_is_no_such_file_is_said(page: Page, text: str) -> None:
    assert chosen(page, text).startswith("Dit is geen bestand met uw regels.")


def test_without_script_the_page_says_how_to_check_with_a_program(browser: Browser, address: str) -> None:
    tab = browser.new_context(java_script_enabled=False).new_page()
    tab.goto(address)

    expect(tab.get_by_label("Kies uw bestand")).to_be_hidden()
    expect(tab.get_by_role("link", name="Download het programma (Python)")).to_be_visible()
    tab.context.close()
