"""The letters that were really printed say what the page says: each sentence of the page stands in the letter."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest

from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
SENTENCES = """() => { const blocks = document.querySelector('.w-blocks');
  const text = [...document.querySelectorAll(
    '.w-text h1, .w-text h2, .w-text dt, .w-text p, .w-text li, .w-text td')];
  return text.filter(e => !blocks || e.closest('.w-blocks, .w-head'))
    .filter(e => !e.closest('noscript, .w-tools, form, .w-links') && !e.querySelector('a, form, .w-cellname'))
    .map(e => e.textContent) }"""
"""What the message says: of a decision its head and blocks, of another message everything but what can be pressed."""
NUMBERS = {"gerrit": "980001274", "toos": "980001985"}


def squeezed(text: str) -> str:
    """Text without white space and soft hyphens: a letter breaks its lines elsewhere."""
    return "".join(text.replace("\u00ad", "").split())


def letters(town: ServedTown, number: str) -> list[str]:
    """The text of every letter that was printed for somebody."""
    stored = town.all(
        "SELECT d.payload FROM reg.document d JOIN reg.person p USING (person)"
        " WHERE d.payload IS NOT NULL AND p.bsn = %s",
        number,
    )
    return [
        squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(bytes(pdf))).pages))
        for (pdf,) in stored
    ]


@pytest.mark.parametrize("persona", NUMBERS)
def test_wat_op_papier_kwam_staat_woord_voor_woord_op_het_scherm(
    somebody: Somebody, town: ServedTown, persona: str
) -> None:
    printed = letters(town, NUMBERS[persona])
    resident = somebody(persona)
    resident.open("/berichten/")
    addresses = [str(one.get_attribute("href")) for one in resident.page.locator("main a[href^='/berichten/']").all()]
    found = 0
    for address in addresses:
        resident.open(address)
        sentences = [squeezed(one) for one in resident.page.evaluate(SENTENCES)]
        (letter,) = [one for one in printed if sentences[0] in one] or [""]
        if letter:
            found += 1
            assert [one for one in sentences if one not in letter] == [], address

    assert found == len(printed) > 0
