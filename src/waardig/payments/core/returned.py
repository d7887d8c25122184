"""Reading what came back: a pain.002 of the bank or the package's CSV. What cannot be read is a line all the same.

Source: ISO 20022 pain.002 (status codes ExternalPaymentTransactionStatus1Code); payments.yaml for the package.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from xml.etree import ElementTree as Xml

from waardig.kernel.money import cents
from waardig.payments.terms import LineOutcome, PackageForm, ReturnedLine, ReturnFileRefused

PAID, REJECTED = ("ACSC", "ACCC"), ("RJCT", "CANC")
PAIN002 = "{urn:iso:std:iso:20022:tech:xsd:pain.002."
MOST = 10**13
UNDECIDED = ("RCVD", "ACTC", "ACCP", "ACSP", "ACWC", "ACWP", "ACFC", "PDNG", "PATC")


def is_xml(content: bytes) -> bool:
    """Whether these bytes begin as an XML file does."""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def read_pain002(content: bytes) -> tuple[ReturnedLine, ...]:
    """Every status in a pain.002, of any version.

    Raises:
        ReturnFileRefused: not XML, with a document type (which may hold entities), or no pain.002.
    """
    if b"\0" in content:
        raise ReturnFileRefused("it is not UTF-8 text")
    try:
        root = Xml.fromstring(content, Xml.XMLParser(target=_WithoutDoctype()))
    except (Xml.ParseError, ValueError, LookupError) as error:
        raise ReturnFileRefused(f"it is not well-formed XML ({error})") from None
    report = next((one for one in root.iter() if _local(one) == "CstmrPmtStsRpt"), None)
    if report is None or not report.tag.startswith(PAIN002):
        raise ReturnFileRefused("it is no payment status report (pain.002)")
    on = _day(_text(report, "GrpHdr", "CreDtTm"))
    found = [line for one in report.iter() if _local(one) == "TxInfAndSts" for line in [_transaction(one, on)]]
    if not found:
        found = list(_whole_lists(report, on))
    return tuple(replace(line, number=number) for number, line in enumerate(found, start=1))


class _WithoutDoctype(Xml.TreeBuilder):
    """Stops at a document type, before any entity that it declares: in whatever encoding the file is."""

    def doctype(self, *_named: object) -> None:
        raise ReturnFileRefused("it declares a document type, which a bank's file never does")


def _transaction(one: Xml.Element, on: date | None) -> ReturnedLine:
    instruction = _text(one, "OrgnlInstrId")
    found = _at(one, "OrgnlTxRef", "Amt", "InstdAmt")
    amount = _said(found)
    is_euro = found is None or found.get("Ccy", "EUR") == "EUR"
    return ReturnedLine(
        number=0,
        reference=_text(one, "OrgnlEndToEndId")[:40],
        amount_eurocent=_cents(amount) if is_euro else None,
        outcome=_outcome(_text(one, "TxSts")) if is_euro and _is_amount(amount) else None,
        reason=(_text(one, "StsRsnInf", "Rsn", "Cd") or _text(one, "StsRsnInf", "Rsn", "Prtry"))[:20],
        on=_day(_text(one, "AccptncDtTm")) or on,
        attempt=_attempt(instruction),
    )


def _whole_lists(report: Xml.Element, on: date | None) -> Iterator[ReturnedLine]:
    """A status of the whole list, when the file names no payment: the reference is the number of the list."""
    for one in report.iter():
        if _local(one) == "OrgnlGrpInfAndSts" and (status := _text(one, "GrpSts")):
            reason = _text(one, "StsRsnInf", "Rsn", "Cd")
            yield ReturnedLine(0, _text(one, "OrgnlMsgId")[:40], None, _outcome(status), reason[:20], on)


def _outcome(status: str) -> LineOutcome | None:
    if status in PAID:
        return LineOutcome.PAID
    if status in REJECTED:
        return LineOutcome.REJECTED
    return LineOutcome.WAITING if status in UNDECIDED else None


def _attempt(instruction: str) -> int | None:
    _, mark, number = instruction.rpartition("-P")
    return int(number) if mark and number.isascii() and number.isdigit() else None


def read_package(content: bytes, form: PackageForm) -> tuple[ReturnedLine, ...]:
    """Every line of the package's CSV.

    Raises:
        ReturnFileRefused: not UTF-8 text, or a declared column is missing.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReturnFileRefused("it is not UTF-8 text") from None
    rows = csv.DictReader(io.StringIO(text), delimiter=form.delimiter)
    try:
        missing = sorted(set(form.returned.values()) - set(rows.fieldnames or ()))
        found = [] if missing else list(rows)
    except csv.Error as error:
        raise ReturnFileRefused(f"it is no CSV that can be read ({error})") from None
    if missing:
        raise ReturnFileRefused(f"column {', '.join(missing)} is missing; payments.yaml names it")
    return tuple(_package_line(number, row, form) for number, row in enumerate(found, start=1))


def _package_line(number: int, row: dict[str, str | None], form: PackageForm) -> ReturnedLine:
    said = {target: (row.get(column) or "").strip() for target, column in form.returned.items()}
    word, amount = form.codes.get(said.get("status", "")), said.get("amount", "")
    return ReturnedLine(
        number=number,
        reference=said.get("order", "")[:40],
        amount_eurocent=_cents(amount),
        outcome=LineOutcome(word) if word and _is_amount(amount) else None,
        reason=said.get("reason", "")[:20],
        on=_typed_day(said.get("on", ""), form.date),
    )


def _cents(text: str) -> int | None:
    try:
        found = cents(text) if text else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < MOST else None


def _is_amount(text: str) -> bool:
    """Nothing was said about the amount, or it is one: a line with an amount that cannot be read is not applied."""
    return not text or _cents(text) is not None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _typed_day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date() if text else None
    except ValueError:
        return None


def _at(element: Xml.Element, *path: str) -> Xml.Element | None:
    found: Xml.Element | None = element
    for name in path:
        found = next((child for child in found if _local(child) == name), None) if found is not None else None
    return found


def _said(element: Xml.Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _text(element: Xml.Element, *path: str) -> str:
    return _said(_at(element, *path))


def _local(element: Xml.Element) -> str:
    return element.tag.rpartition("}")[2]
