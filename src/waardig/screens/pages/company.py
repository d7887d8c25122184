"""What the register of companies says of one company: for the company itself, and at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .forms import Field
from .frame import DeskFrame, Frame
from .own_data import DataFact
from .words import Page, Words


@dataclass(frozen=True)
class CompanyPage(Page):
    """The company that somebody signed in for.

    Args: name as it signed in; facts that are held, () when nothing is; correction who repairs what is wrong;
    persons_href where the people are for whom it acts.
    """

    template: ClassVar[str] = "portal/company.html"
    partial: ClassVar[str] = "screens/_company.html"
    frame: Frame
    name: str
    facts: tuple[DataFact, ...]
    correction: Words
    persons_href: str


@dataclass(frozen=True)
class FindCompanyPage(Page):
    """A company at the counter. Posts `kvk`, never in an address; asked: what is shown is the answer, () nothing."""

    template: ClassVar[str] = "desk/company.html"
    desk: DeskFrame
    back_href: str
    action: str
    kvk: Field
    correction: Words
    errors: tuple[Field, ...] = ()
    asked: bool = False
    facts: tuple[DataFact, ...] = ()
