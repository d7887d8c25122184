"""Texts of a file: kept behind the gate, with a row that says they are there; acts without a letter get a log line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.terms.objections import PaperKind
from waardig.logbook import actions as logbook
from waardig.logbook.terms import NewLine
from waardig.registers import actions as registers
from waardig.registers.terms import NewDocument

OBJECTION_TEXT = "cases.bezwaar"
HEARING_REPORT = "cases.hoorverslag"
LOOK_TEXT = "cases.kijk_nog_eens"
KINDS = {
    PaperKind.OBJECTION: OBJECTION_TEXT,
    PaperKind.ADDITION: OBJECTION_TEXT,
    PaperKind.LATE_REASON: OBJECTION_TEXT,
    PaperKind.HEARING_REPORT: HEARING_REPORT,
    PaperKind.REMARK: LOOK_TEXT,
}


def keep_paper(
    case: UUID, person: UUID, kind: PaperKind, words: Mapping[str, object], *, actor: Actor, on: date
) -> UUID:
    """Keep a text about this person behind the gate and put it in the file; joins the caller's transaction."""
    document = uuid4()
    registers.store_documents([NewDocument(document, person, KINDS[kind], dict(words))])
    models.Paper.objects.create(case_id=case, document=document, kind=kind.value, added_on=on, by=_by(actor, person))
    return document


def _by(actor: Actor, person: UUID) -> str:
    """Who added it: the resident themself, or a resident who helps them (Awb 2:1), or who it is otherwise."""
    return "helper" if actor.kind == "resident" and actor.id != str(person) else actor.kind


def note_act(activity: str, case: UUID, person: UUID, name: str, actor: Actor) -> None:
    """One line in the log for an act that sends no letter; joins the caller's transaction."""
    logbook.write_lines([NewLine(activity, person, name, actor=actor, case=case)])
