"""Klopt dit niet? at the counter: the value as the resident sees it, and what the employee writes down for them."""

from __future__ import annotations

from uuid import UUID

from waardig.cases import queries as cases
from waardig.cases.terms import CaseUnknown, Correction
from waardig.inbox import queries as inbox
from waardig.kernel.content import content_roots
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact
from waardig.screens import file_forms as forms
from waardig.screens.addresses import COUNTER
from waardig.screens.own_data_page import own_facts, shown_value
from waardig.screens.own_history import is_secret
from waardig.screens.pages.files import AskForm, FileFact
from waardig.screens.pages.forms import FieldError
from waardig.screens.pages.words import Words
from waardig.screens.subject import Subject

HEADING = Words("Klopt dit niet?", "Is this wrong?")
LEAD = Words(
    "Laat de inwoner meelezen. Een bewijs is nu niet nodig. De inwoner krijgt een ontvangstbewijs.",
    "Let the resident read along. No proof is needed now. The resident gets a receipt.",
)
FROZEN = Words(
    "Wij beslissen niets met dit gegeven tot de inwoner antwoord heeft.",
    "We decide nothing with this value until the resident has an answer.",
)
SECRET = Words("Dit is geheim. Wij laten het hier niet zien.", "This is secret. We do not show it here.")
NAMES = ("correct_value", "explanation")


def doubted_fact(subject: Subject, identity: UUID) -> tuple[RegisterFact, tuple[FileFact, ...]]:
    """The fact with what the page shows of it (one line in the log); a secret address stays hidden.

    Raises:
        CaseUnknown: there is no such fact, or it is of somebody else: the same answer for both.
    """
    facts = own_facts(subject)
    fact = next((one for one in facts if one.fact_id == identity), None)
    if fact is None:
        raise CaseUnknown
    known = registers.declarations(content_roots())
    attribute, register = known.attribute(fact.attribute), known.register_of(fact.attribute)
    label = Words(attribute.label.nl, attribute.label.en)
    value = SECRET if is_secret(facts, fact.attribute) else shown_value(attribute, fact)
    rows = [FileFact(label, value), FileFact(Words("Bron", "Source"), Words(register.name.nl, register.name.en))]
    if fact.valid_from:
        rows.append(FileFact(Words("Sinds", "Since"), fact.valid_from))
    holder = attribute.holder.name
    rows.append(FileFact(Words("Wie het herstelt", "Who repairs it"), Words(holder.nl, holder.en)))
    return fact, tuple(rows)


def report_form(action: str, typed: forms.Typed, wrong: forms.Wrong) -> AskForm:
    """What it should be, and why: the questions of the resident's own form."""
    return AskForm(
        action=action,
        step="report",
        title=Words("Wat zegt de inwoner?", "What does the resident say?"),
        lead=None,
        fields=(
            forms.line(
                "correct_value",
                Words("Wat moet het zijn?", "What should it be?"),
                typed,
                wrong,
                Words(
                    "Weet de inwoner het niet precies? Schrijf dan wat de inwoner wel weet.",
                    "Does the resident not know exactly? Write what they do know.",
                ),
            ),
            forms.text(
                "explanation",
                Words("Uitleg van de inwoner (niet verplicht)", "What the resident explains (not required)"),
                typed,
                wrong,
            ),
        ),
        button=Words("Leg de melding vast", "Record the report"),
    )


def report_errors(typed: forms.Typed) -> dict[str, FieldError]:
    """What is missing or too long, by field; both texts together fit in what the resident's own form takes."""
    if not typed.get("correct_value", "").strip():
        return {"correct_value": FieldError.CORRECTION_EMPTY}
    if sum(len(typed.get(name, "").strip()) for name in NAMES) > forms.LONGEST:
        return {"correct_value": FieldError.TOO_LONG}
    return {}


def open_report_of(person: UUID, fact: UUID) -> Correction | None:
    """The report about this fact that still waits for an answer."""
    return next((one for one in cases.corrections_of(person, only_open=True) if one.fact == fact), None)


def receipt_address(found: Correction) -> str:
    """Where the receipt that the resident got can be read and printed; their data when it is no longer in reach."""
    sent = inbox.messages_for(found.person, size=100).messages
    return next((COUNTER.message(one.id) for one in sent if one.case == found.case.id), COUNTER.data)
