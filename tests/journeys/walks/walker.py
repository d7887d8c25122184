"""Somebody with a browser: signs in, reads, presses buttons; every page met is checked once as it is met.

What holds for every page: status as expected, one h1, a title, a language, no sideways scroll at 320, 390 and 1200 px,
and no axe-core violation at 390 and 1200 px. axe needs script, so without JavaScript only the others are measured.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.journeys.walks.serving import ServedTown
from tests.look.browser import violations

NARROW, PHONE_WIDTH, DESKTOP_WIDTH = 320, 390, 1200
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WORDS = """() => { const main = document.querySelector('main').cloneNode(true);
  main.querySelectorAll('noscript').forEach(e => e.remove());
  main.querySelectorAll('p, li, dt, dd, h1, h2, h3, summary, div, td, th').forEach(e => e.append(' '));
  return main.textContent }"""


GREETINGS = tuple(f"Goede{part}, meneer Vos" for part in ("morgen", "middag", "navond"))
"""What stands above the home page of Gerrit Vos, whatever the hour of the walk."""
EMPLOYEES = ("fatma", "willem", "petra", "bram", "sanne", "nadia", "joost", "marit", "daan")
Faces = MutableMapping[str, Any]
"""The cookies of people who signed in once, by persona; filled when somebody is met for the first time."""
SESSION = "waardig"
"""The cookie of a session in a town without https."""


@dataclass(frozen=True)
class Manner:
    """How somebody looks: a telephone or a desktop, with or without JavaScript."""

    name: str
    width: int
    height: int
    script: bool


PHONE = Manner("telefoon", PHONE_WIDTH, 844, True)
DESKTOP = Manner("bureau", DESKTOP_WIDTH, 900, True)
PHONE_BARE = Manner("telefoon-zonder-script", PHONE_WIDTH, 844, False)
DESKTOP_BARE = Manner("bureau-zonder-script", DESKTOP_WIDTH, 900, False)
MANNERS = (PHONE, DESKTOP, PHONE_BARE, DESKTOP_BARE)
PAIRS = ((PHONE, DESKTOP_BARE), (DESKTOP, PHONE_BARE))
"""Each walk is done at both widths, once with and once without script; which, alternates from walk to walk."""


@dataclass
class Checked:
    """What was already measured in this session: (script, shape of the page); `skip` measures nothing."""

    skip: bool = False
    seen: set[tuple[bool, str]] = field(default_factory=set)


class Walker:
    """One person with one browser."""

    def __init__(self, browser: Browser, town: ServedTown, manner: Manner, checked: Checked) -> None:
        self.town, self.manner, self.checked = town, manner, checked
        self.context: BrowserContext = browser.new_context(
            viewport={"width": manner.width, "height": manner.height},
            java_script_enabled=manner.script,
            locale="nl-NL",
            bypass_csp=True,  # axe is put into the page; the policy itself is tested elsewhere
        )
        self.context.set_default_timeout(90_000)
        self.page: Page = self.context.new_page()
        self._answer: Response | None = None
        self.page.on("response", self._remember)

    def _remember(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self._answer = response

    # -- going somewhere -------------------------------------------------------------------------------------------
    def open(self, path: str, status: int = 200) -> None:
        """Open an address of the town."""
        self.page.goto(self.town.base + path)
        self.arrived(status)

    def sign_in(self, persona: str) -> None:
        """Sign in as somebody of the demo, through the bundled provider."""
        self.open("/inloggen/")
        # with the keyboard: right after a page was measured at every width a mouse may press beside what moved
        self.page.locator(f"button[name=persona][value={persona}]").press("Enter")
        try:
            self.page.wait_for_url(re.compile(r"^(?!.*/(inloggen|proef-inloggen)).*$"))
        except PlaywrightTimeout as problem:
            raise AssertionError(f"signing in as {persona} stopped at {self.path}: {self.heading}") from problem
        self.arrived()

    def come_in(self, persona: str, faces: Faces) -> None:
        """Be signed in already, as when the browser was left open; signs in the first time, and where it is over."""
        if persona in faces:
            self.context.add_cookies(faces[persona])
            self.open("/balie/" if persona in EMPLOYEES else "/")
            if "/inloggen/" not in self.path:
                return
        self.sign_in(persona)
        faces[persona] = self.context.cookies()
        (session,) = (cookie["value"] for cookie in faces[persona] if cookie["name"] == SESSION)
        self.town.stay_signed_in(session)

    def sign_out(self) -> None:
        """Sign out with the button of the page."""
        self.press("Uitloggen")

    def press(self, name: str | re.Pattern[str], *, nth: int = 0, status: int = 200, within: str = "body") -> None:
        """Press a button; the page that follows is checked."""
        self._go(
            self.page.locator(within).get_by_role("button", name=name, exact=isinstance(name, str)).nth(nth), status
        )

    def follow(self, name: str | re.Pattern[str], *, nth: int = 0, status: int = 200, within: str = "body") -> None:
        """Follow a link; the page that follows is checked."""
        self._go(self.page.locator(within).get_by_role("link", name=name, exact=isinstance(name, str)).nth(nth), status)

    def _go(self, target: Locator, status: int) -> None:
        with self.page.expect_navigation():
            target.click()
        self.arrived(status)

    def fill(self, label: str, text: str) -> None:
        """Type in the field with this label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str) -> None:
        """Pick the option with this label."""
        self.page.get_by_label(label, exact=True).check()

    # -- reading ---------------------------------------------------------------------------------------------------
    @property
    def path(self) -> str:
        """The address of the page without the place of the town."""
        return self.page.url.removeprefix(self.town.base)

    @property
    def heading(self) -> str:
        """The one h1."""
        return plain(self.page.locator("h1").inner_text())

    @property
    def text(self) -> str:
        """What the main part of the page says, layers included."""
        return plain(str(self.page.evaluate(WORDS)))

    def says(self, *sentences: str) -> None:
        """The page says each of these."""
        text = self.text
        for sentence in sentences:
            assert sentence in text, f"{self.path} does not say {sentence!r}; it says:\n{text[:3000]}"

    def says_not(self, *sentences: str) -> None:
        """Neither the page nor its source holds any of these; the drawn letters of a form's token do not count."""
        source = re.sub(r"\b[A-Za-z0-9]{64}\b", "", plain(self.page.content()))
        for sentence in sentences:
            assert sentence not in source, f"{self.path} holds {sentence!r}"

    # -- what holds for every page -----------------------------------------------------------------------------------
    def arrived(self, status: int = 200) -> None:
        """Measure the page once at every width, with and without script."""
        self.page.wait_for_load_state()
        assert self._answer is not None
        assert self._answer.status == status, f"{self.path} answered {self._answer.status}, expected {status}"
        assert self.page.locator("h1").count() == 1, f"{self.path} has {self.page.locator('h1').count()} h1"
        assert self.page.title().strip(" –"), f"{self.path} has no title"
        assert self.page.locator("html").get_attribute("lang") in ("nl", "en")
        key = (self.manner.script, self.shape())
        if not self.checked.skip and key not in self.checked.seen:
            self.checked.seen.add(key)
            self._measure()

    def shape(self) -> str:
        """Pages of one shape are measured once: the address without ids and query, the language, the parts."""
        parts = self.page.evaluate("() => [...document.querySelectorAll('main *')].map(e => e.className).join()")
        address = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "#", self.path.split("?")[0])
        language = self.page.locator("html").get_attribute("lang")
        return f"{address}|{language}|{','.join(sorted(set(str(parts).split(','))))}"

    def _measure(self) -> None:
        other = PHONE_WIDTH + DESKTOP_WIDTH - self.manner.width
        for width in (NARROW, other, self.manner.width):
            self.page.set_viewport_size({"width": width, "height": self.manner.height})
            assert self.page.evaluate(WIDER) <= 0, f"{self.path} is wider than {width} px"
            if self.manner.script and width != NARROW:
                assert violations(self.page) == [], f"axe-core at {width} px on {self.path}"

    def tab_to(self, name: str, *, most: int = 80) -> None:
        """Reach a control with the Tab key alone."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate("() => document.activeElement.textContent.trim()")
            if focused == name:
                return
        raise AssertionError(f"{name!r} is not reached by {most} times Tab on {self.path}")

    def close(self) -> None:
        """Close the browser of this person."""
        self.context.close()


def plain(text: str) -> str:
    """Text with every white space as one ordinary space."""
    return re.sub(r"\s+", " ", text).strip()
