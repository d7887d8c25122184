"""Export of a released list: the same bytes each time, from what is kept behind the gate; one log line a person.

The instructions were kept as gated texts when the list was made, so an export reads what was released, not what the
register says today; the fingerprint of the first export is kept, and other bytes are refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from waardig.cases.queries import desk as cases
from waardig.catalogue import queries as catalogue
from waardig.kernel.clock import business_today
from waardig.payments import models, queries
from waardig.payments.actions.reading import kept_instructions, payer
from waardig.payments.core.package_file import manifest, package_csv
from waardig.payments.core.pain001 import Batch, Transfer, pain001
from waardig.payments.terms import ExportDiffers, Line, ListState, NotReleased, PaymentList

Form = Literal["pain", "package"]
FIELDS: Mapping[Form, str] = {"pain": "pain_sha256", "package": "package_sha256"}


@dataclass(frozen=True)
class Exported:
    """The files of a list by name; sha256 of the first."""

    files: Mapping[str, bytes]
    sha256: str


def export(list_: UUID, form: Form, official: str) -> Exported:
    """The files of a released list, for the bank (pain.001.001.09) or for the benefits package (CSV and manifest).

    Raises:
        ListUnknown, NotReleased, PaymentsNotSetUp, AccessRefused.
        ExportDiffers: the bytes are not those of the first export.
    """
    known = queries.payment_list(list_)
    if known.state is not ListState.RELEASED:
        raise NotReleased(known.number, known.state)
    lines = queries.lines_of(list_)
    batch = _batch(known, lines, official)
    name, content = f"{known.number}.xml", b""
    more: dict[str, bytes] = {}
    if form == "pain":
        content = pain001(batch)
    else:
        name = f"{known.number}.csv"
        content = package_csv(batch, queries.payment_setup().package, _details(lines))
        more[f"{known.number}.manifest.json"] = manifest(batch, catalogue.municipality().code, name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    _keep_fingerprint(known, form, sha256)
    return Exported({name: content, **more}, sha256)


def _batch(known: PaymentList, lines: Sequence[Line], official: str) -> Batch:
    documents = {line.document: line.order.beneficiary for line in lines}
    kept = kept_instructions(documents, payer(official), business_today(), "zette een betaling klaar voor de bank")
    return Batch(
        number=known.number,
        made_at=known.released_at or datetime(1970, 1, 1, tzinfo=UTC),
        execution_on=known.execution_on,
        debtor=queries.payment_setup().debtor,
        transfers=tuple(_transfer(line, kept[line.document]) for line in lines),
    )


def _transfer(line: Line, kept: Mapping[str, object]) -> Transfer:
    return Transfer(
        reference=line.order.number,
        attempt=line.attempt,
        amount_eurocent=line.amount_eurocent,
        name=str(kept["name"]),
        iban=str(kept["iban"]),
        subject=str(kept["subject"]),
    )


def _details(lines: Sequence[Line]) -> list[Mapping[str, object]]:
    numbers = cases.numbers_of(line.order.case for line in lines)
    return [
        {"pay_by": line.order.pay_by, "service": line.order.service, "case": numbers.get(line.order.case, "")}
        for line in lines
    ]


def _keep_fingerprint(known: PaymentList, form: Form, sha256: str) -> None:
    field = FIELDS[form]
    with transaction.atomic():
        row = models.PaymentList.objects.select_for_update().get(id=known.id)
        before = getattr(row, field)
        if before and before != sha256:
            raise ExportDiffers(known.number, form)
        if not before:
            setattr(row, field, sha256)
            row.save(update_fields=[field])
