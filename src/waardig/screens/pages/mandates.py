"""Machtigen: who helps you, giving somebody a mandate, using the code of one, ending it; for portal and counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .forms import Field
from .frame import DeskFrame, Frame
from .words import Page, PersonName, Words


@dataclass(frozen=True)
class GivenMandate:
    """A mandate of this person. Args: helper the name, "" while nobody used the code; what the themes; action reading
    or reading and acting; state asked (code not used), accepted (the helper said yes), waiting (first day not come),
    active; since first day; until the last day it counts (of an asked one: of the code); confirm_action and end_action
    where yes and stop are posted; ruling what a court decided, when the person did not give it themself: then until is
    None when it set no last day, nobody but a court ends it, and ruling_end_href is where the counter records that.
    """

    helper: str
    what: tuple[Words, ...]
    action: Words
    state: Literal["asked", "accepted", "waiting", "active"]
    since: date | None
    until: date | None
    confirm_action: str
    end_action: str
    ruling: Words | None = None
    ruling_end_href: str = ""


@dataclass(frozen=True)
class HeldMandate:
    """A mandate by which this person helps somebody. Args: person "" before both said yes; as GivenMandate."""

    person: str
    what: tuple[Words, ...]
    action: Words
    state: Literal["accepted", "waiting", "active"]
    until: date | None
    end_action: str
    ruling: Words | None = None


@dataclass(frozen=True)
class MandatesPage(Page):
    """Args: done: what was just done, as a receipt on top; persons_href where a helper chooses for whom they act."""

    template: ClassVar[str] = "portal/mandates.html"
    frame: Frame
    back_href: str
    given: tuple[GivenMandate, ...]
    held: tuple[HeldMandate, ...]
    give_href: str
    code_href: str
    persons_href: str
    done: Literal["", "confirmed", "ended", "accepted"]


@dataclass(frozen=True)
class MandateForm:
    """What a mandate may be. Posts `themes` (several), `rights` = view / answer, `months`."""

    themes: Field
    rights: Field
    months: Field


@dataclass(frozen=True)
class GiveMandatePage(Page):
    """Geef iemand toestemming om u te helpen. Args: refused: why this person gives nobody a mandate."""

    template: ClassVar[str] = "portal/mandate_give.html"
    frame: Frame
    back_href: str
    action: str
    form: MandateForm
    errors: tuple[Field, ...]
    refused: Words | None = None


@dataclass(frozen=True)
class MandateCodePage(Page):
    """The code for the helper, shown once."""

    template: ClassVar[str] = "portal/mandate_code.html"
    frame: Frame
    code: str
    until: date
    mandates_href: str


@dataclass(frozen=True)
class UseCodePage(Page):
    """The helper enters the code. Posts `code` and `works_here` (employee number, not required); refused: why not."""

    template: ClassVar[str] = "portal/mandate_use.html"
    frame: Frame
    back_href: str
    action: str
    code: Field
    works_here: Field
    errors: tuple[Field, ...]
    refused: Words | None


@dataclass(frozen=True)
class NotAllowedPage(Page):
    """A helper asked for something that the mandate does not hold."""

    template: ClassVar[str] = "portal/not_allowed.html"
    frame: Frame
    person: PersonName
    home_href: str


@dataclass(frozen=True)
class CounterMandatesPage(Page):
    """Mandates at the counter: what runs, ending one, recording one. may_give False: identified on the phone, so only
    ending; code: the one just made, printed once; court_href where a ruling of a court is registered; refused as
    GiveMandatePage; posts the form with `origin` = counter / paper and `form_reference`.
    """

    template: ClassVar[str] = "desk/counter_mandates.html"
    desk: DeskFrame
    back_href: str
    person: PersonName
    given: tuple[GivenMandate, ...]
    may_give: bool
    action: str
    form: MandateForm
    origin: Field
    form_reference: Field
    errors: tuple[Field, ...]
    code: str
    code_until: date | None
    cooling_off_days: int
    court_href: str = ""
    refused: Words | None = None
