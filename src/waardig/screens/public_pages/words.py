"""What pages of the public site have in common: words of two languages, ways back, files to download."""

from __future__ import annotations

from waardig.kernel.bilingual import Bilingual
from waardig.screens.frames import address
from waardig.screens.pages.words import Link, Words

CSV = Words("Download als CSV", "Download as CSV")
JSON = Words("Download als JSON", "Download as JSON")
SMALL = Words(
    "Een aantal onder de 10 tellen wij bij een ander aantal op, of tonen wij niet. Zo herkent niemand u.",
    "A number under 10 is added to another, or not shown. So nobody can recognise you.",
)


def words(text: Bilingual) -> Words:
    """Content in both languages as words of a page."""
    return Words(text.nl, text.en)


def to_services() -> Link:
    """The way back to the start of the public site."""
    return Link(Words("Verantwoording", "Accountability"), address("public:services"))


def to_service(service: str, name: Words) -> Link:
    """The way back to a weighed service."""
    return Link(name, address("public:service", service))
