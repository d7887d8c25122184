"""Where a rule, text or amount comes from and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """How an amount or text was obtained; unverified blocks activation, all are shown with the explanation."""

    PUBLISHED = "published"
    RECOMPUTED = "recomputed"
    DERIVED = "derived"
    OLDER_TEXT = "older_text"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class LegalSource:
    """One place in the law: law, article, paragraph (lid), deep link, date of the text quoted, status."""

    law: str
    article: str
    paragraph: str | None = None
    url: str = ""
    version_date: date | None = None
    status: Status = Status.PUBLISHED
