"""The smallest parts of a page: text that is content, values a person reads, links, names.

Invariant: pure data (stdlib only); nothing here knows a database, a request or an address scheme. Every address
(`*_href`, `action`) is filled by the face, because the counter shows the same page with addresses of its own; ""
means: no such link.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import ClassVar, Literal

Per = Literal["", "once", "month", "year"]


@dataclass(frozen=True)
class Words:
    """Text that is content: Dutch, and the official English translation where there is one.

    Inline marks: `**bold**` and `[text](address)`. An English page shows Dutch words marked `lang="nl"` when `en` is
    empty.
    """

    nl: str
    en: str = ""


@dataclass(frozen=True)
class Amount:
    """Money in eurocent and per what it is paid."""

    eurocent: int
    per: Per = ""


Shown = Words | Amount | str | int | date | datetime | bool | None
"""A value as the filter `shown` prints it: amount, date, words, whole number, yes or no; None is "Hierover weten wij
niets".
"""


@dataclass(frozen=True)
class Link:
    """A link with words of its own."""

    words: Words
    href: str


@dataclass(frozen=True)
class PersonName:
    """How a page names a person.

    Args: salutation "meneer", "mevrouw" or "" (not known or not wanted); short "G. Vos"; surname as it stands after the
    salutation ("Vos", "De Wit"); full "Gerrit Vos".
    """

    short: str
    surname: str
    full: str
    salutation: Literal["meneer", "mevrouw", ""] = ""


@dataclass(frozen=True)
class Deadline:
    """A term with its date. Kinds: the resident's (reed), ours (river), ours and passed (brick, "Wij zijn te laat").

    Args: on the date; days = days left, or days too late for kind "late", both 0 or more; before = the date itself
    is too late ("vóór"), else it is the last day ("uiterlijk"); consequence what happens otherwise; more_time the
    phone number that gives more time or, for kind "late", that urges us on.
    """

    kind: Literal["resident", "ours", "late"]
    on: date
    days: int
    before: bool = False
    consequence: Words | None = None
    more_time: str = ""


@dataclass(frozen=True)
class TrackStep:
    """One step of the track of a case, in order; exactly one is "now" unless all are done."""

    words: Words
    state: Literal["done", "now", "later"]
    on: date | None = None


@dataclass(frozen=True)
class SourceFailure:
    """A source that gave no answer. Args: what "uw betalingen"; phone; try_after a time "14.00" or ""."""

    what: Words
    phone: str
    try_after: str = ""


@dataclass(frozen=True)
class Paging:
    """Where a list stands. Addresses are "" when there is no such page; number and total count from 1."""

    number: int
    total: int
    previous_href: str = ""
    next_href: str = ""


class Page:
    """What a template gets. Its context is exactly the fields of the dataclass that inherits from this."""

    template: ClassVar[str] = ""


def context_of(page: Page) -> dict[str, object]:
    """The template context of a page: its dataclass fields by name, nothing else."""
    return {field.name: getattr(page, field.name) for field in fields(page)}  # type: ignore[arg-type]
