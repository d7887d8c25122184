"""How pages name a person, from the name in the population register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from waardig.screens.pages.words import PersonName

UNNAMED = PersonName("", "", "")
_SALUTATIONS: dict[str, Literal["meneer", "mevrouw"]] = {"M": "meneer", "V": "mevrouw"}


def name_from(name: Mapping[str, object]) -> PersonName:
    """A name record (voorletters, voorvoegsel, geslachtsnaam, geslacht) as pages need it.

    Example:
        >>> name_from({"voorletters": "G.", "geslachtsnaam": "Vos", "geslacht": "M"}).short
        'G. Vos'
        >>> name_from({"voorletters": "T.", "voorvoegsel": "de", "geslachtsnaam": "Wit"}).surname
        'De Wit'
    """
    initials = str(name.get("voorletters") or "")
    surname = " ".join(str(name[part]) for part in ("voorvoegsel", "geslachtsnaam") if name.get(part))
    short = f"{initials} {surname}".strip()
    return PersonName(
        short=short,
        surname=surname[:1].upper() + surname[1:],
        full=short,
        salutation=_SALUTATIONS.get(str(name.get("geslacht")), ""),
    )
