"""Every sample page in a real browser: no axe-core violation, no sideways scroll, equal buttons, room to touch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.look.browser import LETTERS, SIZES, opened, violations
from tests.look.preview import serve, write_pages
from tests.look.rendering import ERROR_PAGES
from tests.look.samples import SAMPLES

pytestmark = pytest.mark.browser
NAMES = [*SAMPLES, *(f"fout-{name[:3]}" for name in ERROR_PAGES)]
ONE_OF_EACH = list({page.template: name for name, page in SAMPLES.items()}.values())
TOUCH = """() => [...document.querySelectorAll(
    '.utrecht-button, .w-nav a, summary, .w-option, input[type=text], .w-act a, .w-links a')]
  .filter(e => e.offsetParent !== null && !e.closest('[aria-hidden=true]') && e.getBoundingClientRect().height < 43.5)
  .map(e => e.className + ' ' + e.textContent.trim().slice(0, 40) + ' ' + e.getBoundingClientRect().height)"""
LOOKS = """all => all.map(e => {
  const s = getComputedStyle(e); return [s.backgroundColor, s.color, s.fontWeight, s.fontSize].join() })"""
FOCUSED = """e => {
  const s = getComputedStyle(e); return [s.outlineColor, s.outlineWidth, s.backgroundColor, s.boxShadow] }"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages in Dutch on a small local server."""
    yield from served(Path(tmp_path_factory.mktemp("pages")), "nl")


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same pages in English."""
    yield from served(Path(tmp_path_factory.mktemp("english")), "en")


def served(folder: Path, language: str) -> Iterator[str]:
    """The address of a server with all pages, until the tests are done."""
    write_pages(folder, language, [])
    server = serve(folder)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One tab in which page after page is opened, so that style and letters are fetched once."""
    tab = browser.new_page()
    yield tab
    tab.close()


def read(page: Page, address: str, width: int) -> None:
    """Open an address in the tab at this width, letters loaded."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    page.evaluate(LETTERS)


def test_axe_finds_what_is_wrong_on_a_page_and_names_the_element(page: Page) -> None:
    page.set_content("<main><h1>Een</h1><img src='/a.png'><button></button></main>")

    found = dict(violations(page))

    assert found["image-alt"] == ['<img src="/a.png">']
    assert found["button-name"] == ["<button></button>"]
    assert "html-has-lang" in found


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_an_english_page_has_no_axe_violation_and_no_sideways_scroll(page: Page, english: str, name: str) -> None:
    read(page, f"{english}/{name}.html", 320)
    assert page.evaluate(WIDER) <= 0
    assert violations(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_no_axe_violation_and_no_sideways_scroll(page: Page, address: str, name: str) -> None:
    read(page, f"{address}/{name}.html", 320)
    for width in (320, *SIZES):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDER) <= 0, f"{name} is wider than {width} px"
        if width in SIZES:
            assert violations(page) == []
        if width == 390:
            assert page.evaluate(TOUCH) == []


def test_yes_and_no_are_equally_large(browser: Browser, address: str) -> None:
    for width in SIZES:
        page = opened(browser, f"{address}/02-voorstel.html", width)
        boxes = [button.bounding_box() for button in page.locator("button[name=answer]").all()]
        sizes = {(round(box["width"]), round(box["height"])) for box in boxes if box}
        looks = page.locator("button[name=answer]").evaluate_all(LOOKS)
        assert len(boxes) == 2
        assert len(sizes) == 1
        assert min(size[1] for size in sizes) >= 56
        assert len(set(looks)) == 1
        page.close()


def test_the_skip_link_shows_on_the_first_tab_and_leads_to_the_content(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/01-home.html", 390)
    skip = page.locator(".utrecht-skip-link")
    before = skip.bounding_box()

    page.keyboard.press("Tab")

    after = skip.bounding_box()
    assert before is not None and before["y"] + before["height"] <= 0
    assert after is not None and after["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    page.close()


def test_focus_shows_a_dark_line_on_yellow(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/02-voorstel.html", 390)
    page.locator("button[name=answer]").first.focus()
    page.keyboard.press("Tab")

    look = page.locator("button[name=answer]").nth(1).evaluate(FOCUSED)

    assert look[:3] == ["rgb(17, 24, 28)", "3px", "rgb(255, 216, 61)"]
    assert look[3].startswith("rgb(255, 216, 61)")
    page.close()


def test_large_letters_are_half_as_large_again_without_sideways_scroll(browser: Browser, address: str) -> None:
    sizes = {}
    for name in ("06a-loket", "06a2-loket-onbekend"):
        page = opened(browser, f"{address}/{name}.html", 1280)
        sizes[name] = float(page.locator("main p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
        assert page.evaluate(WIDER) <= 0
        page.close()
    assert sizes["06a2-loket-onbekend"] >= 1.4 * sizes["06a-loket"]


def test_without_javascript_there_is_no_read_aloud_button_but_a_phone_line(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/02-voorstel.html")

    assert page.locator("[data-read-aloud-button]").is_visible() is False
    assert page.locator("noscript a[href^='tel:']").first.is_visible()
    page.locator("details.w-language summary").click()
    assert page.locator("button[name=language]").first.is_visible()
    context.close()


def test_a_page_calls_nobody_but_its_own_server(browser: Browser, address: str) -> None:
    page = browser.new_page()
    called: list[str] = []
    page.on("request", lambda request: called.append(request.url))
    page.goto(f"{address}/01-home.html")
    page.wait_for_load_state("networkidle")

    assert called
    assert all(url.startswith(address) for url in called)
    page.close()
