"""A case as a folder that lasts: texts, letters, what happened, each with MDTO metadata and a fingerprint.

Read through the gate under an activity of its own: one line in the log a person, for each export.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request, Ticket
from waardig.archive import queries
from waardig.archive.core.mdto import FileObject, Happened, InfoObject, Keeping, file_xml, info_xml
from waardig.archive.terms import NotAppraised
from waardig.cases import queries as cases
from waardig.cases.terms import Case, Decision
from waardig.catalogue import queries as catalogue
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Message
from waardig.kernel.canonical_json import canonical_json
from waardig.kernel.clock import business_today, wall_now
from waardig.payments import queries as payments
from waardig.registers.queries import take_documents

ACTIVITY = "archief.bewaren"
DECISION, MESSAGE, LETTER = "cases.besluit", "inbox.bericht", "inbox.brief"
RECEIPT = "receipt"
MOST_MESSAGES = 500
DUTCH, ENGLISH = "nl", "en"
HAPPENED = {"proposed": "voorstel", "applied": "aanvraag", "decided": "besluit"}


@dataclass(frozen=True)
class ArchiveCopy:
    """The files of a case by name, within a folder that bears the number of the case."""

    folder: str
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class _Piece:
    """One record of the file: its place, name, day and the file itself; languages: the one that counts first."""

    id: str
    name: str
    on: date
    file: str
    content: bytes
    languages: tuple[str, ...] = (DUTCH,)


def export_case(number: str, actor: Actor) -> ArchiveCopy:
    """A case that ended, as files with their metadata.

    Raises:
        CaseUnknown, NotAppraised, AccessRefused.
    """
    case = cases.case_by_number(number)
    record = queries.record_of(case.id)
    if record is None:
        raise NotAppraised(number)
    list_ = queries.selection_list()
    keeping = Keeping(list_.name, list_.results[record.result], record)
    pieces = _pieces(case, actor)
    return ArchiveCopy("-".join(number.split()), _files(case, pieces, keeping, wall_now()))


def _pieces(case: Case, actor: Actor) -> list[_Piece]:
    messages = list(reversed(inbox.messages_of_case(case.id, size=MOST_MESSAGES).messages))
    decision = cases.decisions_of([case.id]).get(case.id)
    persons = tuple(dict.fromkeys([*case.persons, *(one.recipient for one in messages)]))
    ticket = ask(
        Request(
            ACTIVITY, frozenset({DECISION, MESSAGE, LETTER}), persons, actor, business_today(), case=case.id,
            name="maakte een archiefexemplaar van uw zaak",
        )
    )  # fmt: skip
    found = [_course(case)]
    found += _decided(ticket, case, decision) if decision else []
    for place, message in enumerate(messages, start=1):
        found.append(_message(ticket, case, message, place))
    return found


def _id(case: Case, part: str) -> str:
    return f"{'-'.join(case.number.split())}/{part}"


def _course(case: Case) -> _Piece:
    """What happened in the case and to its payments; no name, no value."""
    events = [
        {"kind": e.kind.value, "on": e.on.isoformat(), "by": e.actor_kind, "code": e.code}
        for e in cases.events_of(case.id)
    ]
    paid = [
        {"number": o.number, "amount_eurocent": o.amount_eurocent, "state": o.state.value,
         "paid_on": o.paid_on.isoformat() if o.paid_on else None}
        for o in payments.orders_of_cases([case.id]).get(case.id, ())
    ]  # fmt: skip
    content = {"case": case.number, "service": case.service, "events": events, "payments": paid}
    return _Piece(_id(case, "verloop"), "Verloop van de zaak", case.opened_on, "verloop.json", _json(content))


def _decided(ticket: Ticket, case: Case, decision: Decision) -> list[_Piece]:
    """The decision as it is kept: outcome, reasons, data and articles; and the receipt of its computation.

    The receipt is a file as `waardig law run --receipt` writes it, so that `waardig law receipt verify` does it again.
    """
    kept = dict(take_documents(ticket, [decision.document])[decision.document].content)
    receipt = kept.pop(RECEIPT, None)
    on = decision.decided_on
    pieces = [_Piece(_id(case, "besluit"), "Besluit met motivering", on, "besluit.json", _json(kept))]
    if receipt:
        content = f"{canonical_json(receipt)}\n".encode()
        name = "Rekenbewijs: waarmee de berekening opnieuw kan worden gedaan"
        pieces.append(_Piece(_id(case, "rekenbewijs"), name, on, "rekenbewijs.json", content))
    return pieces


def _message(ticket: Ticket, case: Case, message: Message, place: int) -> _Piece:
    """A message as the letter that was printed, or as that letter made now from the kept text, in both languages."""
    content = inbox.letter_copy(ticket, message)
    name = f"bericht-{place:02d}"
    languages = (DUTCH, ENGLISH) if message.has_english else (DUTCH,)
    return _Piece(_id(case, name), message.subject, message.sent_on, f"{name}.pdf", content, languages)


def _json(content: Mapping[str, object]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _files(case: Case, pieces: Sequence[_Piece], keeping: Keeping, at: datetime) -> dict[str, bytes]:
    here = catalogue.municipality()
    maker, source = f"{here.kind.nl} {here.name}", f"Waardig, {here.kind.nl} {here.name}"
    service = catalogue.service(case.service).name.nl
    dossier = (f"Zaak {case.number}: {service}", _id(case, "dossier"))

    def info(one: str, name: str, level: str, begin: date, events: Sequence[Happened], **more: object) -> bytes:
        made = InfoObject(
            id=one, name=name, level=level, maker=maker, maker_id=here.oin, begin=begin,
            end=keeping.record.ended_on, activity=service, events=events, keeping=keeping,
            **more,  # type: ignore[arg-type]
        )  # fmt: skip
        return info_xml(made, source)

    files = {
        "dossier.mdto.xml": info(
            dossier[1], dossier[0], "Dossier", case.opened_on, _happened(case.id),
            languages=tuple(dict.fromkeys(language for piece in pieces for language in piece.languages)),
            parts=[(piece.name, piece.id) for piece in pieces],
        )
    }  # fmt: skip
    for piece in pieces:
        stem, known = piece.file.rpartition(".")[0], f"{piece.id}/bestand"
        files[piece.file] = piece.content
        files[f"{stem}.mdto.xml"] = info(
            piece.id, piece.name, "Archiefstuk", piece.on, (),
            languages=piece.languages, part_of=dossier, files=[(piece.file, known)],
        )  # fmt: skip
        digest = sha256(piece.content).hexdigest()
        one = FileObject(known, piece.file, len(piece.content), digest, at, (piece.name, piece.id))
        files[f"{piece.file}.bestand.mdto.xml"] = file_xml(one, source)
    return files


def _happened(case: UUID) -> list[Happened]:
    """The events of a case that matter to its life as a record: who by role, never by name."""
    who = {"employee": "medewerker van de gemeente", "resident": "inwoner", "organisation": "vertegenwoordiger"}
    return [
        Happened(HAPPENED[event.kind.value], event.at, who.get(event.actor_kind, "geautomatiseerde verwerking"))
        for event in cases.events_of(case)
        if event.kind.value in HAPPENED
    ]
