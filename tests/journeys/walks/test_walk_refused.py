"""A no of the law says with which other fact it would have been a yes: on the screen, on paper and at the counter.

Before these walks Gerrit declared more savings than the law leaves room for, Karel applied though his income was too
high for two months, Yonas told of such an income, and Willem refused all three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.walks.applying import DECISION, NUMBER, apply, declare, open_message
from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.test_walk_letters import NUMBERS, SENTENCES, letters, squeezed
from tests.journeys.walks.test_walk_official import decide, row
from tests.journeys.walks.walker import DESKTOP_BARE, Checked, Faces, Walker, plain

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
REFUSED = "kept_refused_by_law"
INCOME = "Uw inkomen was in een maand hoger dan de grens. Daarom krijgt u de toeslag nu niet."
REASON = "U hebt 9.000 euro spaargeld. Dat is meer dan de grens. Daarom krijgt u de toeslag nu niet."
SECTION = "Wanneer was het anders geweest?"
LINE = "Spaargeld: hoogstens € 7.770"
SAID = (
    "Wij veranderden steeds één gegeven en rekenden opnieuw. Hierbij had u deze toeslag wel gekregen:",
    LINE,
    "Dit is geen advies. Het laat alleen zien waar de wet een grens trekt.",
)


@pytest.fixture(scope="session")
def refused(browser: Browser, open_town: ServedTown, faces: Faces) -> None:
    """All three apply and are refused; the town is kept like that."""

    def come(persona: str) -> Walker:
        walker = Walker(browser, open_town, DESKTOP_BARE, Checked(skip=True))
        walker.come_in(persona, faces)
        return walker

    gerrit, karel, yonas, willem = come("gerrit"), come("karel"), come("yonas"), come("willem")
    cases = {apply(gerrit, living="Alleen", wealth="9.000"): REASON}
    cases |= {apply_anyway(karel): INCOME, tell_income(yonas, "1.600"): INCOME}
    open_town.settle()
    for number, reason in cases.items():
        willem.open("/balie/beslissen/")
        row(willem, number)
        decide(willem, "Afwijzen", reason)
    for walker in (gerrit, karel, yonas, willem):
        walker.close()
    open_town.settle()
    open_town.keep(REFUSED)
    open_town.rewind()


@pytest.fixture
def people(refused: None, town: ServedTown, somebody: Somebody) -> Iterator[Somebody]:
    """People with a browser in the town where Gerrit was refused."""
    town.rewind(REFUSED)
    yield somebody


def test_gerrit_leest_op_scherm_en_papier_tot_welk_bedrag_hij_recht_had(people: Somebody, town: ServedTown) -> None:
    gerrit = people("gerrit")
    gerrit.says_not(LINE)
    gerrit.open("/berichten/")
    gerrit.says_not(LINE)
    open_message(gerrit, DECISION)

    assert said_under(gerrit, SECTION) == list(SAID)
    gerrit.says(REASON)
    sentences = [squeezed(one) for one in gerrit.page.evaluate(SENTENCES)]
    (letter,) = [one for one in letters(town, NUMBERS["gerrit"]) if squeezed(REASON) in one]
    assert [one for one in sentences if one not in letter] == []
    assert squeezed(SECTION) + "".join(map(squeezed, SAID[:1])) in letter
    assert squeezed(LINE) in letter


def test_aan_het_loket_staat_hetzelfde_als_bij_gerrit(people: Somebody) -> None:
    gerrit = people("gerrit")
    open_message(gerrit, DECISION)
    at_home = gerrit.page.evaluate(SENTENCES)

    fatma = people("fatma")
    fatma.fill("Burgerservicenummer", NUMBERS["gerrit"])
    fatma.choose("Identiteitskaart")
    fatma.press("Open het overzicht")
    fatma.says_not(LINE)
    fatma.open("/balie/loket/berichten/")
    fatma.follow(re.compile("besluit", re.IGNORECASE))

    assert said_under(fatma, SECTION) == list(SAID)
    assert fatma.page.evaluate(SENTENCES) == at_home


def test_karel_leest_tot_welk_inkomen_hij_recht_had(people: Somebody) -> None:
    karel = people("karel")
    open_message(karel, DECISION)
    assert said_under(karel, SECTION) == [SAID[0], "Hoogste maand: hoogstens € 1.406", SAID[2]]
    karel.says(INCOME, "€ 1.600")
    karel.says_not("Spaargeld: hoogstens")


def test_waar_een_mens_ook_nog_moet_oordelen_belooft_geen_ander_bedrag_iets(people: Somebody) -> None:
    """Yonas has six months of benefit: with less income an official would still have to judge his prospects."""
    yonas = people("yonas")
    open_message(yonas, DECISION)

    yonas.says(INCOME, "€ 1.600")
    yonas.says_not(SECTION, "When would it have been different?", "hoogstens € 1.406")


def apply_anyway(walker: Walker) -> str:
    """Apply though the check says that there is probably no right. Gives the case number of the receipt."""
    walker.open("/nagaan/individuele_inkomenstoeslag/")
    walker.press("Begin, en vul in wat u weet")
    walker.says("U hebt waarschijnlijk geen recht op individuele inkomenstoeslag", "Hoogste maand: hoogstens € 1.406")
    with walker.page.expect_navigation():
        walker.page.locator("form[action$='/aanvragen/'] button").click()
    walker.arrived()
    return declare(walker, living="Alleen", wealth="900")


def tell_income(walker: Walker, amount: str) -> str:
    """Yes, with the highest income of a month that we did not know. Gives the case number of the receipt."""
    open_message(walker, "Perhaps there is money for you")
    walker.press("Yes, I apply for this")
    walker.fill("Bedrag, in euro", amount)
    walker.press("Verder")
    walker.press("Vraag de toeslag aan")
    found = NUMBER.search(walker.text)
    assert found, walker.text[:500]
    return found[1]


def said_under(walker: Walker, heading: str) -> list[str]:
    """The sentences under a heading of a message, up to the next heading."""
    section = walker.page.locator("section, div", has=walker.page.get_by_role("heading", name=heading, exact=True)).last
    return [plain(text) for text in section.locator("p, li").all_inner_texts()]
