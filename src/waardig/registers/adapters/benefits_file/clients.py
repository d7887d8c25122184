"""From the rows of an export to clients: one client a row, couples together, no overlaps.

Invariant: a client with any error is left out whole, and so is the partner of a client that is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from waardig.registers.adapters.benefits_file.mapping import PERSONAL, ExportMapping
from waardig.registers.adapters.export.cells import Reader
from waardig.registers.adapters.export.source import CsvRow
from waardig.registers.core.import_terms import Problem, Severity, show


@dataclass(frozen=True)
class Dated:
    """A value with its days; `value` is an amount, a record or a text."""

    value: object
    start: date | None
    end: date | None = None


@dataclass
class Client:
    """One client as read; `row` is where the client record stands."""

    number: str
    bsn: str = field(repr=False)
    row: CsvRow
    status: str
    start: date
    end: date | None
    household: str
    flags: Mapping[str, bool]
    partner_bsn: str | None = field(default=None, repr=False)
    partner_row: CsvRow | None = None
    partner_since: date | None = None
    spells: dict[str, list[Dated]] = field(default_factory=lambda: defaultdict(list))
    wealth: list[Dated] = field(default_factory=list)
    administrators: list[Dated] = field(default_factory=list)
    accounts: list[Dated] = field(default_factory=list)
    grants: list[Dated] = field(default_factory=list)


FLAGS = ("uitkeringen.woont_in_gemeente", "uitkeringen.rechtmatig_verblijf", "uitkeringen.uitsluiting")


@dataclass
class Assembly:
    """Collects clients and problems while the records are read, in the order of `assemble`."""

    mapping: ExportMapping
    reference_date: date
    clients: dict[str, Client] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spoiled: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    named: dict[str, str] = field(default_factory=dict)  # BSN to client number, also of clients with an error

    def left(self) -> list[Client]:
        """The clients without any error so far."""
        return [client for number, client in self.clients.items() if number not in self.spoiled]


def assemble(mapping: ExportMapping, rows: Mapping[str, Sequence[CsvRow]], reference_date: date) -> Assembly:
    """All clients of an export, and every error in its rows.

    Args:
        rows: the rows of each kind of record that the mapping names.
        reference_date: the day of the export; days after it are errors, except the end of a spell.
    """
    assembly = Assembly(mapping, reference_date)
    for kind, take in _TAKERS.items():
        if kind in mapping.records:
            reader = Reader(mapping, mapping.records[kind], reference_date, PERSONAL)
            for row in rows.get(kind, ()):
                _take(assembly, reader, row, take)
            assembly.problems.extend(reader.problems)
    _check_duplicates(assembly, rows.get("client", ()))
    _check_overlaps(assembly)
    _check_couples(assembly)
    return assembly


_Taker = Callable[[Assembly, Reader, CsvRow], None]


def _take(assembly: Assembly, reader: Reader, row: CsvRow, take: _Taker) -> None:
    before = len(reader.problems)
    number = reader.text(row, "client", required=True)
    if "" in row.cells:
        reader.complain(
            row,
            "client",
            "column_count",
            f"this row has {row.cells['']}",
            "Look for a separator inside a value, and put such values in quotation marks.",
        )
    elif number is not None:
        if take is not _take_client and number not in assembly.numbers:
            reader.complain(
                row, "client", "unknown_client", "no client record has this number", "Export clients and rows together."
            )
        take(assembly, reader, row)
    if number is not None and len(reader.problems) > before:
        assembly.spoiled.add(number)


def _take_client(assembly: Assembly, reader: Reader, row: CsvRow) -> None:
    number = reader.raw(row, "client")
    assembly.numbers.add(number)
    bsn = reader.bsn(row, "bsn")
    if bsn is not None:
        assembly.named.setdefault(bsn, number)
    status = reader.code(row, "uitkeringen.status", required=True)
    start = reader.day(row, "from", required=True)
    end = reader.day(row, "to", future=True)
    household = reader.code(row, "uitkeringen.leefvorm", required=True)
    flags = {name: value for name in FLAGS if isinstance(value := reader.code(row, name), bool)}
    if status == "beeindigd" and not reader.raw(row, "to"):
        reader.complain(row, "to", "missing_value", "an ended benefit needs its last day", "Fill in the last day.")
    if _ends_early(reader, row, start, end) or bsn is None or status is None or start is None or household is None:
        return
    if number not in assembly.clients:
        assembly.clients[number] = Client(number, bsn, row, str(status), start, end, str(household), flags)


def _take_partner(assembly: Assembly, reader: Reader, row: CsvRow) -> None:
    bsn = reader.bsn(row, "partner_bsn")
    start = reader.day(row, "from")
    end = reader.day(row, "to", future=True)
    client = assembly.clients.get(reader.raw(row, "client"))
    if _ends_early(reader, row, start, end) or bsn is None or client is None:
        return
    if end is not None and end < assembly.reference_date:
        return
    if client.partner_bsn is not None:
        reader.complain(row, "partner_bsn", "two_partners", "this client has two partners", "End one of them.")
        return
    client.partner_bsn, client.partner_row, client.partner_since = bsn, row, start


def _take_spell(assembly: Assembly, reader: Reader, row: CsvRow) -> None:
    attribute = reader.code(row, "attribute", required=True)
    amount = reader.amount(row, "amount")
    start = reader.day(row, "from", required=True)
    end = reader.day(row, "to", future=True)
    client = assembly.clients.get(reader.raw(row, "client"))
    if _ends_early(reader, row, start, end) or client is None or None in (attribute, amount, start):
        return
    client.spells[str(attribute)].append(Dated((amount, row), start, end))


def _take_wealth(assembly: Assembly, reader: Reader, row: CsvRow) -> None:
    client = assembly.clients.get(reader.raw(row, "client"))
    if not reader.raw(row, "uitkeringen.vermogen") and not reader.raw(row, "established_on"):
        return  # the record exists, but wealth was never established: unknown, reported as a gap
    amount = reader.amount(row, "uitkeringen.vermogen", negative=True)
    day = reader.day(row, "established_on", required=True)
    if client is not None and amount is not None and day is not None:
        client.wealth.append(Dated(amount, day))


def _take_administrator(assembly: Assembly, reader: Reader, row: CsvRow) -> None:
    client = assembly.clients.get(reader.raw(row, "client"))
    name = reader.text(row, "name", required=True)
    kvk, address = reader.text(row, "kvk"), reader.text(row, "address")
    start = reader.day(row, "from")
    end = reader.day(row, "to", future=True)
    if kvk is not None and not (len(kvk) == 8 and kvk.isascii() and kvk.isdigit()):
        reader.complain(row, "kvk", "bad_kvk", "a KvK number has 8 digits", "Look the number up and correct it.")
        return
    if _ends_early(reader, row, start, end) or client is None or name is None:
        return
    record = {"naam": name, **({"kvk": kvk} if kvk else {}), **({"adres": address} if address else {})}
    client.administrators.append(Dated(record, start or client.start, end))


def _take_account(assembly: Assembly, reader: Reader, row: CsvRow) -> None:
    client = assembly.clients.get(reader.raw(row, "client"))
    if not reader.raw(row, "uitkeringen.iban"):
        return
    iban, start = reader.iban(row, "uitkeringen.iban"), reader.day(row, "from")
    if client is not None and iban is not None:
        client.accounts.append(Dated(iban, start or client.start))


def _take_grant(assembly: Assembly, reader: Reader, row: CsvRow) -> None:
    client = assembly.clients.get(reader.raw(row, "client"))
    if "scheme" in reader.record.columns and reader.code(row, "scheme", required=True) != "uitkeringen.laatste_iit":
        return
    day = reader.day(row, "uitkeringen.laatste_iit", required=True)
    if client is not None and day is not None:
        client.grants.append(Dated(day.isoformat(), day))


_TAKERS: Mapping[str, _Taker] = {
    "client": _take_client,
    "partner": _take_partner,
    "spell": _take_spell,
    "wealth": _take_wealth,
    "administrator": _take_administrator,
    "account": _take_account,
    "grant": _take_grant,
}


def _ends_early(reader: Reader, row: CsvRow, start: date | None, end: date | None) -> bool:
    if start is not None and end is not None and end < start:
        reader.complain(row, "to", "end_before_start", "this day lies before the first day", "Correct one of the two.")
        return True
    return False


def _check_duplicates(assembly: Assembly, rows: Sequence[CsvRow]) -> None:
    columns = assembly.mapping.records["client"].columns
    for target, personal in (("client", False), ("bsn", True)):
        column = columns[target]
        by_value: dict[str, list[CsvRow]] = defaultdict(list)
        for row in rows:
            value = row.cells.get(column, "")
            if value:
                by_value[re.sub(r"\D", "", value).zfill(9) if personal else value].append(row)
        for same in (found for found in by_value.values() if len(found) > 1):
            _complain_duplicates(assembly, same, target, personal)


def _complain_duplicates(assembly: Assembly, same: Sequence[CsvRow], target: str, personal: bool) -> None:
    columns = assembly.mapping.records["client"].columns
    for row in same:
        number = row.cells.get(columns["client"], "")
        assembly.spoiled.add(number)
        if row is same[0]:
            continue
        assembly.problems.append(
            Problem(
                "duplicate_client",
                Severity.ERROR,
                row.file,
                row.line,
                columns[target],
                show(row.cells.get(columns[target], ""), personal=personal),
                f"the same client stands on line {same[0].line}; neither was taken",
                "Keep one record of this client and export again.",
                show(number),
            )
        )


def _check_overlaps(assembly: Assembly) -> None:
    for client in assembly.left():
        for attribute, spells in client.spells.items():
            ordered = sorted(spells, key=lambda s: s.start or date.min)
            for earlier, later in pairwise(ordered):
                if earlier.end is None or (later.start is not None and later.start <= earlier.end):
                    _complain_overlap(assembly, client, attribute, earlier, later)


def _complain_overlap(assembly: Assembly, client: Client, attribute: str, earlier: Dated, later: Dated) -> None:
    row, other = _row_of(later), _row_of(earlier)
    assembly.spoiled.add(client.number)
    assembly.problems.append(
        Problem(
            "overlapping_spells",
            Severity.ERROR,
            row.file,
            row.line,
            assembly.mapping.records["spell"].columns["from"],
            later.start.isoformat() if later.start else "",
            f"this spell of {attribute} overlaps the one on line {other.line}",
            "Let each spell end on the day before the next begins.",
            show(client.number),
        )
    )


def _row_of(spell: Dated) -> CsvRow:
    if isinstance(spell.value, tuple) and isinstance(spell.value[1], CsvRow):
        return spell.value[1]
    raise TypeError("a spell carries the row it came from")


def _check_couples(assembly: Assembly) -> None:
    """Couples name each other; a client whose partner is left out is left out as well, until nothing changes."""
    by_bsn = {client.bsn: client for client in assembly.clients.values()}
    for client in assembly.left():
        for problem in _household_problems(assembly, client, by_bsn):
            assembly.spoiled.add(client.number)
            assembly.problems.append(problem)
    changed = True
    while changed:
        changed = False
        for client in assembly.left():
            partner = by_bsn.get(client.partner_bsn or "")
            if partner is not None and partner.number in assembly.spoiled:
                assembly.spoiled.add(client.number)
                assembly.problems.append(_partner_skipped(assembly, client, partner.number))
                changed = True


def _household_problems(assembly: Assembly, client: Client, by_bsn: Mapping[str, Client]) -> Iterator[Problem]:
    column = assembly.mapping.records["client"].columns["uitkeringen.leefvorm"]
    if client.household == "PAAR" and client.partner_bsn is None:
        yield _client_problem(
            "missing_partner",
            client,
            column,
            "this client lives with a partner, but no partner record says with whom",
            "Add the partner record, or correct the household type.",
        )
    if client.household != "PAAR" and client.partner_bsn is not None:
        yield _client_problem(
            "household_mismatch",
            client,
            column,
            "this client has a partner record, but the household type says there is none",
            "End the partner record, or correct the household type.",
        )
    yield from _partner_problems(assembly, client, by_bsn)


def _partner_problems(assembly: Assembly, client: Client, by_bsn: Mapping[str, Client]) -> Iterator[Problem]:
    """The partner must have a record too, and the two must name each other."""
    if client.partner_bsn is None or client.partner_row is None:
        return
    partner = by_bsn.get(client.partner_bsn)
    column = assembly.mapping.records["partner"].columns["partner_bsn"]
    if partner is None and client.partner_bsn in assembly.named:
        yield _partner_skipped(assembly, client, assembly.named[client.partner_bsn])
        return
    if partner is None:
        message, remedy = "the partner has no client record", "Export both partners, or end the partner record."
    elif partner.number not in assembly.spoiled and partner.partner_bsn != client.bsn:
        message, remedy = "the partner's record does not name this client", "Let both records name each other."
    else:
        return
    yield Problem(
        "missing_partner",
        Severity.ERROR,
        client.partner_row.file,
        client.partner_row.line,
        column,
        show(client.partner_bsn, personal=True),
        message,
        remedy,
        show(client.number),
    )


def _partner_skipped(assembly: Assembly, client: Client, partner: str) -> Problem:
    return _client_problem(
        "partner_skipped",
        client,
        assembly.mapping.records["client"].columns["client"],
        f"the partner (client {show(partner)}) has an error, so this client is left out too",
        "Correct the partner's record; a couple is taken together or not at all.",
    )


def _client_problem(kind: str, client: Client, column: str, message: str, remedy: str) -> Problem:
    row = client.row
    return Problem(
        kind,
        Severity.ERROR,
        row.file,
        row.line,
        column,
        show(row.cells.get(column, "")),
        message,
        remedy,
        show(client.number),
    )
