"""One cell of an export as a value, or the problem with it: file, line, column, masked value, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from stdnum import iban as iban_number

from waardig.kernel.bsn import InvalidBsn, parse_bsn
from waardig.registers.adapters.export.source import CsvRow
from waardig.registers.core.import_terms import Problem, Severity, show

_DATE_FORMS = {
    "DD-MM-YYYY": r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})",
    "DD/MM/YYYY": r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})",
    "YYYY-MM-DD": r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})",
    "YYYYMMDD": r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
}
_OLDEST = date(1900, 1, 1)


class Notation(Protocol):
    """How an export writes days (DD-MM-YYYY, ...) and money (the sign before the cents, or whole eurocents)."""

    @property
    def dates(self) -> tuple[str, ...]: ...
    @property
    def decimal(self) -> str: ...
    @property
    def in_cents(self) -> bool: ...


class Columns(Protocol):
    """Which column gives what, and what its codes mean, both by target."""

    @property
    def columns(self) -> Mapping[str, str]: ...
    @property
    def codes(self) -> Mapping[str, Mapping[str, object]]: ...


@dataclass
class Reader:
    """Reads the cells of one kind of record and collects what is wrong.

    Attributes:
        personal: targets whose value a problem never shows whole.
        reference: the target by which the source names a record; never a BSN.
    """

    mapping: Notation
    record: Columns
    reference_date: date
    personal: frozenset[str]
    reference: str = "client"
    problems: list[Problem] = field(default_factory=list)

    def raw(self, row: CsvRow, target: str) -> str:
        """The text of a target; empty when the mapping or the row has no such column."""
        column = self.record.columns.get(target)
        return row.cells.get(column, "") if column else ""

    def text(self, row: CsvRow, target: str, *, required: bool = False) -> str | None:
        """Text, or None when empty."""
        value = self.raw(row, target)
        if not value and required:
            self.complain(row, target, "missing_value", "this value is required and empty", "Fill it in at the source.")
        return value or None

    def bsn(self, row: CsvRow, target: str) -> str | None:
        """A BSN that passes the eleven-test."""
        value = self.text(row, target, required=True)
        if value is None:
            return None
        try:
            return parse_bsn(value)
        except InvalidBsn:
            self.complain(
                row,
                target,
                "bad_bsn",
                "this is no BSN: it fails the eleven-test or does not have 9 digits",
                "Look the number up in the BRP and correct it at the source.",
            )
            return None

    def code(self, row: CsvRow, target: str, *, required: bool = False) -> object:
        """What a code means according to the mapping, or None."""
        value = self.text(row, target, required=required)
        if value is None:
            return None
        codes: Mapping[str, object] = self.record.codes.get(target, {})
        if value in codes:
            return codes[value]
        known = ", ".join(codes)
        self.complain(
            row,
            target,
            "unknown_code",
            f"the mapping does not know this code; it knows {known}",
            "Correct the code at the source, or add it to the mapping.",
        )
        return None

    def day(self, row: CsvRow, target: str, *, required: bool = False, future: bool = False) -> date | None:
        """A day that exists and, unless `future`, does not lie after the reference date."""
        value = self.text(row, target, required=required)
        if value is None:
            return None
        found = self._parsed_day(value)
        if isinstance(found, str):
            self.complain(row, target, "impossible_date", found, "Correct the date at the source.")
            return None
        if found > self.reference_date and not future:
            self.complain(
                row,
                target,
                "future_date",
                f"this day lies after the reference date {self.reference_date.isoformat()}",
                "Correct the date at the source.",
            )
            return None
        return found

    def _parsed_day(self, value: str) -> date | str:
        for form in self.mapping.dates:
            found = re.fullmatch(_DATE_FORMS[form], value)
            if found:
                try:
                    day = date(int(found["y"]), int(found["m"]), int(found["d"]))
                except ValueError:
                    return "this day does not exist"
                return day if day >= _OLDEST else "this day lies before 1900"
        return f"this is no date of the form {' or '.join(self.mapping.dates)}"

    def amount(self, row: CsvRow, target: str, *, negative: bool = False) -> int | None:
        """An amount in eurocents."""
        value = self.text(row, target, required=True)
        if value is None:
            return None
        cents = amount_of(value, self.mapping)
        if cents is None or (cents < 0 and not negative):
            what = "this is no amount" if cents is None else "this amount cannot be negative"
            form = (
                "whole eurocents" if self.mapping.in_cents else f"euros with '{self.mapping.decimal}' before the cents"
            )
            self.complain(row, target, "bad_amount", what, f"Correct it at the source; expected: {form}.")
            return None
        return cents

    def iban(self, row: CsvRow, target: str) -> str | None:
        """An account number whose check digits are right."""
        value = self.text(row, target, required=True)
        if value is None:
            return None
        if not iban_number.is_valid(value):
            self.complain(
                row,
                target,
                "bad_iban",
                "this is no IBAN: its check digits or length are wrong",
                "Ask the client for the account number and correct it at the source.",
            )
            return None
        compact: str = iban_number.compact(value)
        return compact

    def complain(self, row: CsvRow, target: str, kind: str, message: str, remedy: str) -> None:
        """Add an error about a cell."""
        self.problems.append(
            Problem(
                kind=kind,
                severity=Severity.ERROR,
                file=row.file,
                line=row.line,
                column=self.record.columns.get(target, target),
                shown=show(self.raw(row, target), personal=target in self.personal),
                message=message,
                remedy=remedy,
                reference=show(self.raw(row, self.reference)),
            )
        )


def amount_of(value: str, mapping: Notation) -> int | None:
    """An amount as text in eurocents, or None; the declared decimal sign only, thousands by the other sign."""
    if mapping.in_cents:
        return int(value) if re.fullmatch(r"-?\d+", value) else None
    decimal, thousands = (",", r"\.") if mapping.decimal == "," else (r"\.", ",")
    if not re.fullmatch(rf"-?(\d+|\d{{1,3}}({thousands}\d{{3}})+)({decimal}\d{{1,2}})?", value):
        return None
    plain = value.replace("." if mapping.decimal == "," else ",", "").replace(",", ".")
    whole, _, part = plain.lstrip("-").partition(".")
    cents = int(whole) * 100 + int(part.ljust(2, "0") or 0)
    return -cents if value.startswith("-") else cents
