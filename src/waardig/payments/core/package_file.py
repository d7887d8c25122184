"""A released list in the declared form of the benefits package, with a manifest that carries its control totals.

The columns and words are content (payments.yaml); the manifest has the shape that the import of the same package uses.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date

from waardig.payments.core.pain001 import Batch
from waardig.payments.terms import PackageForm

TARGETS = ("order", "amount", "account", "name", "pay_by", "service", "case")


def package_csv(batch: Batch, form: PackageForm, details: Sequence[Mapping[str, object]]) -> bytes:
    """The list as CSV in UTF-8: one line an order, in the order of the list.

    Args:
        details: by order: pay_by (date), service (id), case (number).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=form.delimiter, lineterminator="\r\n")
    writer.writerow(form.columns.values())
    for one, detail in zip(batch.transfers, details, strict=True):
        values = {
            "order": one.reference,
            "amount": _amount(one.amount_eurocent, form.decimal),
            "account": one.iban,
            "name": one.name,
            "pay_by": _day(detail["pay_by"], form.date),
            "service": form.services.get(str(detail["service"]), str(detail["service"])),
            "case": detail["case"],
        }
        writer.writerow(values[target] for target in form.columns)
    return out.getvalue().encode()


def manifest(batch: Batch, municipality: str, name: str, content: bytes) -> bytes:
    """What the file holds, counted: the receiver must find the same."""
    data = {
        "municipality": municipality,
        "list": batch.number,
        "execution_date": batch.execution_on.isoformat(),
        "files": {name: {"rows": len(batch.transfers), "sha256": hashlib.sha256(content).hexdigest()}},
        "totals": {
            "orders": len(batch.transfers),
            "amount_eurocent": sum(one.amount_eurocent for one in batch.transfers),
        },
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _amount(eurocent: int, decimal: str) -> str:
    return f"{eurocent // 100}{decimal}{eurocent % 100:02d}"


def _day(day: object, form: str) -> str:
    return day.strftime(form) if isinstance(day, date) else ""
