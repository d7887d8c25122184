"""The headings of "Mijn gegevens" under which attributes stand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Group(StrEnum):
    """The heading under which "Mijn gegevens" shows an attribute."""

    SELF = "uzelf"
    HOUSING = "wonen"
    MONEY = "inkomen_en_spaargeld"
    CONTACT = "zo_bereiken_wij_u"


GROUP_TITLES: Mapping[Group, tuple[str, str]] = {
    Group.SELF: ("Uzelf", "Yourself"),
    Group.HOUSING: ("Wonen", "Housing"),
    Group.MONEY: ("Inkomen en spaargeld", "Income and savings"),
    Group.CONTACT: ("Zo bereiken wij u", "How we reach you"),
}
