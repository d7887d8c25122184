"""Mijn gegevens: every value held, its source, since when, and "Klopt dit niet?" beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from .frame import Frame
from .why import OpenCorrection
from .words import Page, PersonName, Shown, SourceFailure, Words


@dataclass(frozen=True)
class EarlierValue:
    """A value that was recorded before: it held from since to until, and when replaced_on is given it was wrong."""

    value: Shown
    since: date | None
    until: date | None
    replaced_on: date | None = None


@dataclass(frozen=True)
class KeptFor:
    """How long a value is kept.

    Args: until the last day, None while the day from which the term counts has not come; starts from what that counts;
    term in words ("10 jaar"); with_case: at least as long as a case that needs it.
    """

    until: date | None
    starts: Literal["end", "recorded", "relation", "death", "copy"]
    term: Words
    with_case: bool = False


@dataclass(frozen=True)
class DataFact:
    """One value.

    Args: label; value (None: we know nothing about it); masked_end shows dots and these last digits instead of the
    value; source "Uit de Basisregistratie personen (BRP)"; since first day it holds, until the
    last when it ended, since_birth from birth on;
    established_on the day it was established; correct_href / change_href / reveal_href the ways on; failure replaces
    the value; hidden: a secret address, shown only after asking (reveal_href); in_doubt: its source doubts it; earlier
    values, the latest first, and whether there are more of them than stand here; kept: for how
    long; asked_on when the source itself was last asked, None when it is not asked there.
    """

    label: Words
    value: Shown
    source: Words
    since: date | None = None
    until: date | None = None
    since_birth: bool = False
    established_on: date | None = None
    older_than_year: bool = False
    masked_end: str = ""
    hidden: bool = False
    correct_href: str = ""
    change_href: str = ""
    reveal_href: str = ""
    correction: OpenCorrection | None = None
    failure: SourceFailure | None = None
    in_doubt: bool = False
    earlier: tuple[EarlierValue, ...] = ()
    more_earlier: bool = False
    kept: KeptFor | None = None
    asked_on: date | None = None


@dataclass(frozen=True)
class DataGroup:
    """A group under one heading; an empty group shows "Hierover weten wij niets."."""

    heading: Literal["self", "living", "money", "reach", "other"]
    facts: tuple[DataFact, ...]


@dataclass(frozen=True)
class OwnDataPage(Page):
    """Args: about names the person when a helper reads; print_href, file_href: a copy of everything ("": none)."""

    template: ClassVar[str] = "portal/data.html"
    partial: ClassVar[str] = "screens/_data.html"
    frame: Frame
    about: PersonName | None
    groups: tuple[DataGroup, ...]
    print_href: str
    file_href: str = ""


@dataclass(frozen=True)
class RevealPage(Page):
    """A page of its own that shows one value in full: the BSN or a secret address."""

    template: ClassVar[str] = "portal/reveal.html"
    partial: ClassVar[str] = "screens/_reveal.html"
    frame: Frame
    back_href: str
    what: Literal["bsn", "address"]
    value: str
