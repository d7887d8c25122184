"""A self-check (zelf nagaan) as data: the words of each question, who decides, until when, and what may have to be
repaid.

Which question is asked, and when, is never in here: the law asks what it still needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from waardig.catalogue.terms.service import Outputs
from waardig.catalogue.terms.why import WhyPage
from waardig.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class Choice:
    """One answer to choose; value as the law file has it."""

    value: str
    words: Bilingual
    hint: Bilingual | None = None


@dataclass(frozen=True)
class CheckQuestion:
    """The words around one fact that the law may ask.

    Attributes:
        input: the law's name of the fact.
        kind: money | date | yes_no | choice | number.
        per: month | year | "": over which time an amount is.
        topic: how the fact is called in a list.
        fact: the same name in two checks means the same fact, so that an answer counts in both; "" = only here.
        least, most: bounds, in eurocent for money.
        never: words of the answer that there is no such fact at all (absent), None when that cannot be.
    """

    input: str
    kind: str
    topic: Bilingual
    words: Bilingual
    hint: Bilingual
    why: Bilingual
    per: str = ""
    fact: str = ""
    least: int | None = None
    most: int | None = None
    choices: tuple[Choice, ...] = ()
    never: Bilingual | None = None


@dataclass(frozen=True)
class Decider:
    """Who decides; `is_us` when it is this municipality, for one of its own services."""

    name: Bilingual
    is_us: bool


@dataclass(frozen=True)
class WhereToApply:
    """How to apply with the one who decides: link, phone, paper."""

    words: Bilingual
    paper: Bilingual
    href: str = ""
    phone: str = ""


@dataclass(frozen=True)
class LastDay:
    """The law output that gives the last day to apply.

    Attributes:
        after: what is so after that day, None when nothing can be done any more.
    """

    law: str
    output: str
    after: Bilingual | None = None


@dataclass(frozen=True)
class Repaying:
    """Whether the money may have to be repaid, and why.

    Attributes:
        is_possible: an advance on an estimate can be more than what is settled later.
        highest_of: outputs of which the highest is the figure `{bedrag}` in the sentence.
        article, url: where the law says so.
    """

    is_possible: bool
    sentence: Bilingual
    highest_of: tuple[str, ...] = ()
    article: Bilingual | None = None
    url: str = ""


@dataclass(frozen=True)
class Check:
    """One self-check.

    Attributes:
        id: as in the address; of an own service the id of that service.
        year: the year that is computed (berekeningsjaar), None = the day itself.
        per: once | month | year: what the amount is.
        activity: the processing activity under which the person's own facts may be filled in beforehand.
        bring: what to have at hand when applying.
        why: the steps of the explanation and what would have changed the outcome.
        service: the own service this check is about, None when somebody else decides.
        unasked: facts that the law can ask and that nobody is asked here, with the reason why.
    """

    id: str
    name: Bilingual
    summary: Bilingual
    law: str
    outputs: Outputs
    per: str
    decides: Decider
    activity: str
    apply: WhereToApply
    questions: tuple[CheckQuestion, ...]
    why: WhyPage
    bring: tuple[Bilingual, ...] = ()
    year: int | None = None
    last_day: LastDay | None = None
    repay: Repaying | None = None
    service: str | None = None
    unasked: Mapping[str, Bilingual] | None = None

    def question(self, name: str) -> CheckQuestion | None:
        """The question about an input of the law."""
        return next((one for one in self.questions if one.input == name), None)

    def day(self, today: date) -> date:
        """The day for which the law is asked: today, or the nearest day inside the year that is computed."""
        if self.year is None:
            return today
        return min(max(today, date(self.year, 1, 1)), date(self.year, 12, 31))
