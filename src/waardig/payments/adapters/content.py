"""payments.yaml of the municipality: which account, how careful, in which form the package reads and writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.kernel.content_file import ContentFile, ContentInvalid, read_content_file, schema_problems
from waardig.payments.core.sepa import compact_iban, is_bic
from waardig.payments.terms import Debtor, PackageForm, PaymentSetup, PaymentsNotSetUp

SCHEMA = Path(__file__).resolve().parent.parent / "schema" / "payments.schema.json"
NAME = "payments.yaml"


def setup_of(roots: Sequence[Path]) -> PaymentSetup:
    """How the municipality pays, from the last content folder that says so.

    Raises:
        PaymentsNotSetUp: no folder has a payments.yaml.
        ContentInvalid: with every problem of the file.
    """
    places = [root / NAME for root in roots if (root / NAME).is_file()]
    if not places:
        raise PaymentsNotSetUp
    return _setup(places[-1], places[-1].stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _setup(path: Path, _stamp: int) -> PaymentSetup:
    file = read_content_file(path)
    problems = schema_problems(file, json.loads(SCHEMA.read_text(encoding="utf-8")))
    if problems:
        raise ContentInvalid(problems)
    content = file.content
    return PaymentSetup(
        debtor=_debtor(file),
        new_account_days=content["new_account_days"],
        working_days_ahead=content["working_days_ahead"],
        package=_form(content["package"]),
    )


def _debtor(file: ContentFile) -> Debtor:
    given = file.content["debtor"]
    iban, bic = compact_iban(given["iban"]), given.get("bic")
    problems = []
    if iban is None:
        problems.append(file.problem(("debtor", "iban"), "this is no IBAN (modulus 97); correct it"))
    if bic and not is_bic(bic):
        problems.append(file.problem(("debtor", "bic"), "this is no BIC; correct it or leave it out"))
    if problems or iban is None:
        raise ContentInvalid(problems)
    return Debtor(given["name"], iban, bic)


def _form(given: dict[str, Any]) -> PackageForm:
    sent, returned = given["sent"], given["returned"]
    return PackageForm(
        system=given["system"],
        delimiter=given["delimiter"],
        decimal=given["decimal"],
        date=given["date"],
        columns={target: column for column, target in sent["columns"].items()},
        services=sent.get("services", {}),
        returned={target: column for column, target in returned["columns"].items()},
        codes=returned["codes"],
    )
