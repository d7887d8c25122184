"""Klopt dit niet? A report about one value: form, check, receipt. The holder of the source repairs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .forms import Field
from .frame import Frame
from .words import Page, Shown, Words


@dataclass(frozen=True)
class Doubted:
    """The value the report is about.

    Args: label, value, source as on Mijn gegevens, value None where nothing stands there (any more); holder who must
    repair it.
    """

    label: Words
    value: Shown | None
    source: Words
    holder: Words
    since: date | None = None


@dataclass(frozen=True)
class CorrectionFormPage(Page):
    """Posts `correct_value` (what it should be) and `explanation` (not required) to action.

    Args: with_yes: the report belongs to "ja, maar er klopt iets niet": the day of the yes stays the day of
    application.
    """

    template: ClassVar[str] = "portal/correction_form.html"
    frame: Frame
    back_href: str
    action: str
    doubted: Doubted
    with_yes: bool
    correct_value: Field
    explanation: Field
    errors: tuple[Field, ...]


@dataclass(frozen=True)
class CorrectionChoicePage(Page):
    """Which value is wrong? A list of the values used, each with its own report (for "Laat eerst iets herstellen")."""

    template: ClassVar[str] = "portal/correction_choice.html"
    frame: Frame
    back_href: str
    values: tuple[tuple[Doubted, str], ...]
    data_href: str


@dataclass(frozen=True)
class CorrectionCheckPage(Page):
    """Check before sending; the form posts `send` = "1". change_href returns to the form."""

    template: ClassVar[str] = "portal/correction_check.html"
    frame: Frame
    back_href: str
    action: str
    doubted: Doubted
    correct_value: str
    explanation: str
    change_href: str


@dataclass(frozen=True)
class CorrectionReceiptPage(Page):
    """The receipt. Args: answer_by last day of our answer; frozen: until then nothing is decided with this value."""

    template: ClassVar[str] = "portal/correction_receipt.html"
    frame: Frame
    case_number: str
    doubted: Doubted
    correct_value: str
    answer_by: date
    frozen: bool
    print_href: str
    home_href: str
