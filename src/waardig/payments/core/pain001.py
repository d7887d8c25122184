"""A released list as a SEPA credit transfer initiation, pain.001.001.09; the same list gives the same bytes.

Source: ISO 20022 pain.001.001.09; EPC132-08 (one payment information block, EUR, charges shared, IBAN only).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.etree import ElementTree as Xml

from waardig.payments.core.sepa import latin
from waardig.payments.terms import Debtor

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"


@dataclass(frozen=True)
class Transfer:
    """One payment. reference is the end-to-end id; subject is what stands on the bank statement."""

    reference: str
    attempt: int
    amount_eurocent: int
    name: str
    iban: str
    subject: str


@dataclass(frozen=True)
class Batch:
    """A list as the bank receives it."""

    number: str
    made_at: datetime
    execution_on: date
    debtor: Debtor
    transfers: Sequence[Transfer]


def pain001(batch: Batch) -> bytes:
    """The file; well-formed, in the order of the schema, without anything that differs from one time to the next."""
    root = Xml.Element("Document", {"xmlns": NAMESPACE})
    body = Xml.SubElement(root, "CstmrCdtTrfInitn")
    _header(Xml.SubElement(body, "GrpHdr"), batch)
    _payment(Xml.SubElement(body, "PmtInf"), batch)
    Xml.indent(root, " ")
    text: bytes = Xml.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def _header(header: Xml.Element, batch: Batch) -> None:
    _texts(
        header,
        ("MsgId", batch.number),
        ("CreDtTm", batch.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("NbOfTxs", str(len(batch.transfers))),
        ("CtrlSum", _euros(sum(one.amount_eurocent for one in batch.transfers))),
        ("InitgPty/Nm", latin(batch.debtor.name, 70)),
    )


def _payment(block: Xml.Element, batch: Batch) -> None:
    debtor = batch.debtor
    agent = ("DbtrAgt/FinInstnId/BICFI", debtor.bic) if debtor.bic else ("DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")
    _texts(
        block,
        ("PmtInfId", f"{batch.number}-1"),
        ("PmtMtd", "TRF"),
        ("BtchBookg", "true"),
        ("NbOfTxs", str(len(batch.transfers))),
        ("CtrlSum", _euros(sum(one.amount_eurocent for one in batch.transfers))),
        ("PmtTpInf/SvcLvl/Cd", "SEPA"),
        ("ReqdExctnDt/Dt", batch.execution_on.isoformat()),
        ("Dbtr/Nm", latin(debtor.name, 70)),
        ("DbtrAcct/Id/IBAN", debtor.iban),
        agent,
        ("ChrgBr", "SLEV"),
    )
    for one in batch.transfers:
        _transfer(Xml.SubElement(block, "CdtTrfTxInf"), one)


def _transfer(block: Xml.Element, one: Transfer) -> None:
    ids = Xml.SubElement(block, "PmtId")
    _texts(ids, ("InstrId", instruction_id(one.reference, one.attempt)), ("EndToEndId", one.reference))
    amount = Xml.SubElement(Xml.SubElement(block, "Amt"), "InstdAmt", {"Ccy": "EUR"})
    amount.text = _euros(one.amount_eurocent)
    _texts(
        block,
        ("Cdtr/Nm", latin(one.name, 70)),
        ("CdtrAcct/Id/IBAN", one.iban),
        ("RmtInf/Ustrd", latin(one.subject, 140)),
    )


def instruction_id(reference: str, attempt: int) -> str:
    """Which attempt of an order this is; the end-to-end id stays the same over attempts.

    Example:
        >>> instruction_id("RW-2025-0012-B1", 2)
        'RW-2025-0012-B1-P2'
    """
    return f"{reference}-P{attempt}"


def _texts(parent: Xml.Element, *pairs: tuple[str, str]) -> None:
    for path, text in pairs:
        element = parent
        for name in path.split("/"):
            element = Xml.SubElement(element, name)
        element.text = text


def _euros(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"
