"""Refusals: a refusal is a result that is explained and logged, never a crash.

Every room subclasses `Refusal` in its terms.py; the text says what happened, with which value, why, and what to do now.
"""

from __future__ import annotations

from dataclasses import dataclass

NEW_LINE = "\n"


@dataclass(eq=False)
class Refusal(Exception):
    """Something was asked that may not or cannot be done.

    Attributes:
        code: stable word for programs, for example `attribute_outside_activity`.
        text_nl: plain Dutch (B1) for the person on the screen.
        text_en: the same in English.
        remedy: what the reader can do now, in English for staff and logs.
    """

    code: str
    text_nl: str
    text_en: str
    remedy: str = ""

    def __str__(self) -> str:
        text, remedy = self.text_en.rstrip(), self.remedy.strip()
        if not text or not remedy:
            return text or remedy
        ended = text if text.endswith((".", "!", "?", ":")) else f"{text}."
        return f"{ended}{NEW_LINE if NEW_LINE in text else ' '}{remedy}"
