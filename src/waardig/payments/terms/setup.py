"""How a municipality pays: from which account, how careful, in which form its benefits package reads a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Debtor:
    """The account that is paid from."""

    name: str
    iban: str
    bic: str | None = None


@dataclass(frozen=True)
class PackageForm:
    """The declared form of the benefits package: columns of the list it takes and of the file it gives back.

    Attributes:
        columns: header by target (order, amount, account, name, pay_by, service, case), in the order of the file.
        returned: header by target (order, amount, status, reason, on).
        codes: what a status of the package means: paid, rejected or waiting.
    """

    system: str
    delimiter: str
    decimal: str
    date: str
    columns: Mapping[str, str]
    services: Mapping[str, str]
    returned: Mapping[str, str]
    codes: Mapping[str, str]


@dataclass(frozen=True)
class PaymentSetup:
    """What payments.yaml of the municipality says.

    Attributes:
        new_account_days: an account that is younger is looked at by a person before money goes to it.
        working_days_ahead: the bank executes so many working days after the list is made.
    """

    debtor: Debtor
    new_account_days: int
    working_days_ahead: int
    package: PackageForm
