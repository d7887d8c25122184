"""Text that people read, always in Dutch and English together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Bilingual:
    """The same sentence in Dutch (B1, the source) and in English.

    Example:
        >>> Bilingual("ja", "yes").in_language("en")
        'yes'
    """

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The English text for "en", the Dutch text for every other language."""
        return self.en if language == "en" else self.nl

    def capitalised(self) -> Bilingual:
        """With a capital first letter, to begin a line with."""
        return Bilingual(self.nl[:1].upper() + self.nl[1:], self.en[:1].upper() + self.en[1:])

    @classmethod
    def of(cls, content: Mapping[str, str]) -> Bilingual:
        """From content with the keys `nl` and `en`."""
        return cls(content["nl"], content["en"])
