"""In which language somebody wants messages and letters: the same choice in the portal and at the counter.

Source: Awb 2:6; docs/decisions/0074-english-beside-the-dutch.md.
"""

from __future__ import annotations

from uuid import UUID

from waardig.inbox.queries import display_of
from waardig.inbox.terms import Language
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Words

LANGUAGES: dict[Language, Words] = {
    "nl": Words("Nederlands", "Dutch"),
    "en": Words("Nederlands, met het Engels erbij", "Dutch, with English beside it"),
}


def chosen_language(person: UUID) -> Language:
    """What this person chose; Dutch while nothing was chosen."""
    chosen = display_of(person)
    return chosen.language if chosen else "nl"


def language_field(value: str) -> Field:
    """The choice; what a browser asks for is no choice."""
    options = tuple(Option(one, words, chosen=value == one) for one, words in LANGUAGES.items())
    return Field("language", value, None if read_language(value) else FieldError.LANGUAGE_EMPTY, options)


def read_language(value: str) -> Language | None:
    """A posted choice, or None when it is none."""
    return next((one for one in LANGUAGES if one == value), None)
