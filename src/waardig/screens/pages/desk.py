"""Desk pages: find a resident, the counter's margin, work queue, decide a case, decide yourself, confirm in a batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from .forms import Field
from .frame import DeskFrame
from .why import StepGroup
from .words import Amount, Deadline, Link, Page, Paging, PersonName, Shown, Words


@dataclass(frozen=True)
class Agreement:
    """What was agreed: day, channel ("telefoon"), text written to the resident, owner."""

    on: date
    channel: Words
    text: Words
    owner: str


@dataclass(frozen=True)
class CounterMargin:
    """The staff margin beside the resident's page.

    Args: standing generated lines; record_action where "ja", "nee, nu niet", "ja, maar" post `answer` = yes / no /
    yes_but ("" when there is nothing to record); say the spoken text (amounts as words); agreements; note the field
    `note` that the resident reads too; note_action; signal_href "Dit loopt niet goed"; only_no: an announced grant;
    give_up_action takes back an application or granted money ("" when there is nothing); language of messages as
    chosen, language_href changes it.
    """

    standing: tuple[Words, ...]
    record_action: str
    say: Words | None
    agreements: tuple[Agreement, ...]
    note: Field
    note_action: str
    signal_href: str
    only_no: bool = False
    give_up_action: str = ""
    language: Words | None = None
    language_href: str = ""


@dataclass(frozen=True)
class CounterPage(Page):
    """The resident's own page inside the desk (06a): `partial` is the resident's partial, `resident` its context.

    Args: desk the bar; person, identified_by how the identity was checked ("paspoort"), None = not identified: only
    general texts; helper the name of who helps the resident; close_action ends the session.
    """

    template: ClassVar[str] = "desk/counter.html"
    desk: DeskFrame
    person: PersonName
    identified_by: Words | None
    helper: str
    close_action: str
    margin: CounterMargin
    partial: str
    resident: dict[str, object]


@dataclass(frozen=True)
class FindPage(Page):
    """Who stands before you? Posts `bsn` or `birth_date` + `postcode` (never in an address) and `identified_by`
    (choice).
    """

    template: ClassVar[str] = "desk/find.html"
    desk: DeskFrame
    action: str
    bsn: Field
    birth_date: Field | None
    postcode: Field | None
    identified_by: Field
    errors: tuple[Field, ...]
    check_href: str = ""
    otherwise_href: str = ""
    company_href: str = ""


@dataclass(frozen=True)
class QueueLine:
    """One kind of work: how many cases, the oldest last day, how many are past it."""

    words: Words
    href: str
    count: int
    oldest_due: date | None
    late: int


@dataclass(frozen=True)
class QueuePage(Page):
    """Werkvoorraad. runs: what the last round left for a person, in one line each."""

    template: ClassVar[str] = "desk/queue.html"
    desk: DeskFrame
    today: date
    lines: tuple[QueueLine, ...]
    late_total: int
    notes: tuple[Words, ...]


@dataclass(frozen=True)
class CaseLine:
    """One case in a list. Args: why it waits for a person; due our last day; late days past it (0: in time)."""

    number: str
    href: str
    household: str
    kind: Words
    why: Words
    said_yes_on: date | None
    due: date
    late: int = 0
    opened: bool = False
    amount_eurocent: int | None = None


@dataclass(frozen=True)
class DecideListPage(Page):
    """Zelf beslissen: every no, every unknown, every open norm and every doubt; oldest last day first."""

    template: ClassVar[str] = "desk/decide_list.html"
    desk: DeskFrame
    back_href: str
    total: int
    cases: tuple[CaseLine, ...]
    paging: Paging


@dataclass(frozen=True)
class OpenNorm:
    """A norm that only a person fills in: question in words, what the policy rule presumes (only ever in favour),
    fields `norm_<id>` (choice) and `norm_<id>_reason`."""

    id: str
    question: Words
    presumption: Words | None
    choice: Field
    reason: Field


@dataclass(frozen=True)
class CaseEvent:
    """One line of the timeline that resident and desk both see."""

    at: datetime
    words: Words
    by: str


@dataclass(frozen=True)
class CaseFact:
    """One fact used, with source and date; doubted: the resident said it is not right."""

    label: Words
    value: Shown
    source: Words
    on: date | None
    doubted: bool = False


@dataclass(frozen=True)
class DecisionForm:
    """Posts `outcome` = grant / refuse / ask, `amount` (euros), `reason` (own words, to the resident), `ask` (what
    we ask) and the open norms. mandate_ok False: the amount is outside this official's mandate, so the form is not
    shown.
    """

    action: str
    outcome: Field
    amount: Field
    reason: Field
    ask: Field | None
    norms: tuple[OpenNorm, ...]
    errors: tuple[Field, ...]
    mandate_ok: bool = True


@dataclass(frozen=True)
class PaymentLine:
    """A payment of the case: number, where it stands in words."""

    number: str
    href: str
    eurocent: int
    state: Words


@dataclass(frozen=True)
class SourceAge:
    """When a source was asked.

    Args: source as a sentence names it ("de BRP"); asked_on None: never asked by us; is_old: asked again now;
    must_wait: nothing is decided before it answers.
    """

    source: Words
    asked_on: date | None
    is_old: bool
    must_wait: bool


@dataclass(frozen=True)
class CasePage(Page):
    """One case at the desk.

    Args: blind: a sampled case is decided without the computed outcome (groups are empty, computed None); computed the
    prepared outcome; form None: nothing to decide (decided or not ours); decision what was decided, with reason;
    next_href the next case of the list; ages when each connected source was asked.
    """

    template: ClassVar[str] = "desk/case.html"
    desk: DeskFrame
    back_href: str
    number: str
    person: PersonName
    household: Words
    service: Words
    deadline: Deadline
    why_here: Words
    blind: bool
    computed: Amount | None
    groups: tuple[StepGroup, ...]
    facts: tuple[CaseFact, ...]
    form: DecisionForm | None
    decision: Words | None
    decision_reason: str
    payments: tuple[PaymentLine, ...]
    events: tuple[CaseEvent, ...]
    resident_href: str
    ages: tuple[SourceAge, ...] = ()


@dataclass(frozen=True)
class BatchLine:
    """One full grant. status: "seen" has a checkbox (posts `case` = id), "unseen" and "sample" a link, "outside"
    neither.
    """

    id: str
    href: str
    household: str
    kind: Words
    amount_eurocent: int
    said_yes_on: date
    due: date
    late: int
    status: Literal["seen", "unseen", "sample", "outside"]
    chosen: bool = False


@dataclass(frozen=True)
class BatchPage(Page):
    """Toekenningen bevestigen (06b). No "select all". chosen and chosen_eurocent are of what is ticked now; errors
    after a refused post; assumed the open norm presumed in every case; oldest_case for an empty list. The form posts
    `shown` back: what the total on the button is of, so that nobody confirms a total they did not see."""

    template: ClassVar[str] = "desk/batch.html"
    desk: DeskFrame
    back_href: str
    action: str
    service: Words
    lines: tuple[BatchLine, ...]
    seen: int
    chosen: int
    chosen_eurocent: int
    decide_href: str
    decide_count: int
    assumed: Words | None
    oldest_case: Link | None
    oldest_due: date | None
    errors: tuple[Field, ...]
    shown: str = ""


@dataclass(frozen=True)
class BatchDonePage(Page):
    """The receipt of a confirmation: how many, how much, how they go out."""

    template: ClassVar[str] = "desk/batch_done.html"
    desk: DeskFrame
    back_href: str
    confirmed: int
    amount_eurocent: int
    digital: int
    paper: int
