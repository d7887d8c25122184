"""Reports that a value is wrong: the list, and one report with the form that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from waardig.access.actions import ask, attributes_of
from waardig.access.terms import AccessRefused, Actor, Request, Ticket
from waardig.cases import queries as cases
from waardig.cases.queries import desk as counts
from waardig.cases.terms import CaseState, CaseUnknown, Correction, Official
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.registers import queries as registers
from waardig.registers.terms import Attribute, Declarations, RegisterFact, Value
from waardig.screens.desk_pages import typed_value, words
from waardig.screens.desk_pages.queue_page import SIZE, paging
from waardig.screens.frames import address
from waardig.screens.names import UNNAMED, name_from
from waardig.screens.own_data_page import shown_value
from waardig.screens.pages import desk_work as pages
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import PersonName, Shown, Words

ACTIVITY = "correctie"
NAME = "brp.naam"
TEXT = "cases.melding"
SHORTEST_ANSWER = 20
LONGEST = 2000
UPHELD = Option(
    "upheld", Words("De inwoner heeft gelijk: dit wordt de waarde.", "The resident is right: use this value.")
)
ABSENT = Option("absent", Words("De inwoner heeft gelijk: dit is er niet.", "The resident is right: there is none."))
STANDS = Option("stands", Words("De waarde klopt en blijft staan.", "The value is right and stays."))


@dataclass(frozen=True)
class OpenedReport:
    """A report as an official opened it; text is what the resident wrote, None when that cannot be read."""

    correction: Correction
    attribute: Attribute
    fact: RegisterFact | None
    name: PersonName
    text: Mapping[str, object] | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.correction.case.state is CaseState.OPEN

    @property
    def can_replace(self) -> bool:
        """Whether a value can be put in the place of this one here."""
        return self.fact is not None and typed_value.can_type(self.attribute)


@dataclass(frozen=True)
class TypedAnswer:
    """An answer as it was typed, when nothing was wrong with it."""

    upheld: bool
    corrected: Value
    answer: str


def corrections_page(frame: DeskFrame, *, page: int = 1) -> pages.CorrectionsPage:
    """Open reports, the first last day on top; a fixed number of queries."""
    today = business_today()
    known = registers.declarations(content_roots())
    total = counts.open_corrections_count(today).count
    return pages.CorrectionsPage(
        desk=frame,
        back_href=address("desk:queue"),
        total=total,
        lines=tuple(
            pages.CorrectionLine(
                number=one.case.number,
                href=address("desk:correction", one.case.id),
                label=_label(known, one.attribute),
                holder=_holder(known, one.attribute),
                reported_on=one.case.opened_on,
                answer_by=one.answer_by,
                late=words.days_late(one.answer_by, today),
            )
            for one in counts.open_corrections(page=page, size=SIZE)
        ),
        paging=paging("desk:corrections", page, total),
    )


def _label(known: Declarations, attribute: str) -> Words:
    label = known.attribute(attribute).label
    return Words(label.nl, label.en)


def _holder(known: Declarations, attribute: str) -> Words:
    name = known.holder_of(attribute).name
    return Words(name.nl, name.en)


def service_of_report(identity: UUID) -> str:
    """Which service a report belongs to; raises CaseUnknown."""
    return cases.correction(identity).case.service


def open_report(identity: UUID, official: Official) -> OpenedReport:
    """Read a report with the value it is about (one line in the log).

    Raises:
        CaseUnknown: there is no such report, or this official may not see it: the same answer for both.
    """
    found = cases.correction(identity)
    texts = frozenset({TEXT}) & attributes_of(ACTIVITY)
    asked = frozenset({found.attribute, NAME}) | texts
    actor = Actor("employee", official.id, official.role)
    try:
        ticket = ask(Request(ACTIVITY, asked, (found.person,), actor, business_today(), case=identity))
    except AccessRefused as refused:
        raise CaseUnknown from refused
    facts = registers.take(ticket)
    name = next((fact.value for fact in facts if fact.attribute == NAME and isinstance(fact.value, dict)), None)
    return OpenedReport(
        correction=found,
        attribute=registers.declarations(content_roots()).attribute(found.attribute),
        fact=_fact(facts, found),
        name=name_from(name) if name else UNNAMED,
        text=_text(ticket, identity) if texts else None,
    )


def _fact(facts: tuple[RegisterFact, ...], found: Correction) -> RegisterFact | None:
    """The fact that was doubted; once it was replaced, the value that stands now."""
    same = next((fact for fact in facts if fact.fact_id == found.fact), None)
    return same or next((fact for fact in facts if found.fact and fact.attribute == found.attribute), None)


def _text(ticket: Ticket, identity: UUID) -> Mapping[str, object] | None:
    document = registers.take_documents(ticket, [identity]).get(identity)
    return document.content if document else None


def _source(known: Declarations, opened: OpenedReport) -> Words:
    """Who keeps the value."""
    register = known.register_of(opened.attribute.id)
    return Words(register.name.nl, register.name.en)


def answer_page(
    opened: OpenedReport,
    frame: DeskFrame,
    *,
    posted: Mapping[str, str] | None = None,
    refused: Mapping[str, FieldError] | None = None,
) -> pages.CorrectionAnswerPage:
    """The page of one report.

    Args:
        posted: what was typed; None for an empty form.
        refused: what the rules refused after the form itself was right, by field.
    """
    typed = posted or {}
    wrong = {**(_errors(opened, typed) if posted is not None else {}), **(refused or {})}
    corrected = typed_value.fields_of(opened.attribute, typed, wrong) if opened.can_replace else ()
    outcome = Field("outcome", typed.get("outcome", ""), wrong.get("outcome"), _outcomes(opened, typed))
    answer = Field("answer", typed.get("answer", ""), wrong.get("answer"))
    known = registers.declarations(content_roots())
    found = opened.correction
    return pages.CorrectionAnswerPage(
        desk=frame,
        back_href=address("desk:corrections"),
        action=address("desk:correction", found.case.id),
        number=found.case.number,
        person=opened.name,
        label=_label(known, found.attribute),
        value=_value(opened),
        source=_source(known, opened),
        since=opened.fact.valid_from if opened.fact else None,
        said=None if opened.text is None else str(opened.text.get("should_be", "")),
        explanation="" if opened.text is None else str(opened.text.get("explanation", "")),
        deadline=words.deadline_of(found.answer_by, business_today()),
        outcome=outcome,
        corrected=corrected,
        example=typed_value.example_of(opened.attribute) if corrected else None,
        answer=answer,
        errors=tuple(one for one in (outcome, *(field for _, field in corrected), answer) if one.error),
        is_open=opened.is_open,
    )


def _value(opened: OpenedReport) -> Shown:
    return shown_value(opened.attribute, opened.fact) if opened.fact else None


def _outcomes(opened: OpenedReport, typed: Mapping[str, str]) -> tuple[Option, ...]:
    offered = []
    if opened.can_replace or opened.fact is None:
        offered.append(UPHELD)
    if opened.fact is not None and opened.attribute.may_be_absent:
        offered.append(ABSENT)
    return tuple(replace(one, chosen=typed.get("outcome") == one.value) for one in (*offered, STANDS))


def read_answer(opened: OpenedReport, posted: Mapping[str, str]) -> TypedAnswer | None:
    """The answer that was typed, or None when something is missing or wrong."""
    if _errors(opened, posted):
        return None
    upheld = posted["outcome"] != "stands"
    typed = posted["outcome"] == "upheld" and opened.can_replace
    corrected = typed_value.read(opened.attribute, posted) if typed else None
    return TypedAnswer(upheld, corrected, posted["answer"].strip())


def _errors(opened: OpenedReport, posted: Mapping[str, str]) -> dict[str, FieldError]:
    wrong: dict[str, FieldError] = {}
    outcome = posted.get("outcome", "")
    if outcome not in {option.value for option in _outcomes(opened, posted)}:
        wrong["outcome"] = FieldError.VERDICT_EMPTY
    if outcome == "upheld" and opened.can_replace:
        wrong |= typed_value.errors(opened.attribute, posted)
    said = " ".join(posted.get("answer", "").split())
    if len(said) < SHORTEST_ANSWER:
        wrong["answer"] = FieldError.ANSWER_TOO_SHORT
    elif len(said) > LONGEST:
        wrong["answer"] = FieldError.TOO_LONG
    return wrong
