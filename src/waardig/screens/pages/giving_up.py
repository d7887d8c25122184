"""Taking an application back, or giving up granted money: what it means, and the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .frame import Frame
from .words import Page, PersonName, Words


@dataclass(frozen=True)
class GiveUpPage(Page):
    """Posts `give_up` = "1" to action. waived: granted money, otherwise an application; done_on: it was taken back."""

    template: ClassVar[str] = "portal/give_up.html"
    frame: Frame
    back_href: str
    action: str
    service: Words
    case_number: str
    waived: bool
    done_on: date | None
    home_href: str
    about: PersonName | None
