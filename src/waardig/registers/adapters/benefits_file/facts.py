"""From clients to register facts, and what is missing in them: months without income, wealth never established."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from waardig.kernel.period import month_start
from waardig.registers.adapters.benefits_file.clients import FLAGS, Client, Dated
from waardig.registers.adapters.benefits_file.mapping import ExportMapping
from waardig.registers.core.import_terms import PersonRef, Problem, ReadFact, ReadPerson, Severity, show
from waardig.registers.core.months import missing_months

_DAY = timedelta(days=1)
_NO_ID = UUID(int=0)


@dataclass(frozen=True)
class _SpellOf:
    value: object
    valid_from: date | None
    valid_to: date | None
    under_investigation: bool = False
    fact_id: UUID = _NO_ID


def person_of(client: Client) -> ReadPerson:
    """Everything the export says about one client, as facts."""
    return ReadPerson(client.bsn, tuple(_facts(client)), client.number)


def gaps_of(client: Client, mapping: ExportMapping, reference_date: date) -> Iterator[Problem]:
    """What a running client should have and has not; accepted, and counted as unknown.

    Only the months in which the benefit ran, and those before it within the mapping's history, are looked at.
    """
    if client.status != "lopend":
        return
    spells = [_SpellOf(s.value, s.start, s.end) for found in client.spells.values() for s in found]
    missing = missing_months(spells, as_of=reference_date, count=mapping.history_months)
    holes = tuple(month for month in missing if month >= month_start(client.start))
    earlier = tuple(month for month in missing if month < month_start(client.start))
    if holes:
        yield _gap(client, "gap_in_spells", f"no norm or income in {_listed(holes)}", "Complete the spells.")
    if earlier:
        yield _gap(
            client,
            "history_unknown",
            f"no norm or income before the benefit began: {_listed(earlier)}",
            "Nothing needs to be done; the client is asked when it matters.",
        )
    if not client.wealth:
        yield _gap(client, "wealth_never_established", "wealth was never established", "The client is asked at yes.")
    if not client.accounts:
        yield _gap(client, "account_unknown", "there is no account number", "The client is asked at yes.")
    for flag in FLAGS:
        if flag not in client.flags:
            yield _gap(client, "not_established", f"{flag} was not established", "Establish it at the next contact.")


def _gap(client: Client, kind: str, message: str, remedy: str) -> Problem:
    row = client.row
    return Problem(kind, Severity.GAP, row.file, row.line, "", "", message, remedy, show(client.number))


def _listed(months: Sequence[date]) -> str:
    """Months as ranges.

    Example:
        >>> _listed([date(2024, 1, 1), date(2024, 2, 1), date(2024, 6, 1)])
        '2024-01 to 2024-02, 2024-06'
    """
    ranges: list[tuple[date, date]] = []
    for month in months:
        if ranges and month_start(ranges[-1][1], 1) == month:
            ranges[-1] = (ranges[-1][0], month)
        else:
            ranges.append((month, month))
    return ", ".join(f"{a:%Y-%m}" if a == b else f"{a:%Y-%m} to {b:%Y-%m}" for a, b in ranges)


def _facts(client: Client) -> Iterator[ReadFact]:
    begin = client.start
    yield from _status(client)
    yield ReadFact("uitkeringen.leefvorm", client.household, client.partner_since or begin)
    partner = {"person": PersonRef(client.partner_bsn)} if client.partner_bsn else None
    yield ReadFact("uitkeringen.partner", partner, client.partner_since or begin)
    for flag, value in client.flags.items():
        yield ReadFact(flag, value, begin)
    for attribute, spells in client.spells.items():
        for spell in sorted(spells, key=lambda s: s.start or date.min):
            amount = spell.value[0] if isinstance(spell.value, tuple) else spell.value
            yield ReadFact(attribute, amount, spell.start, spell.end)
    for wealth in _successive(client.wealth):
        yield ReadFact("uitkeringen.vermogen", wealth.value, wealth.start, wealth.end, wealth.start)
    for grant in _successive(client.grants):
        yield ReadFact("uitkeringen.laatste_iit", grant.value, grant.start, grant.end, grant.start)
    if not client.grants:
        yield ReadFact("uitkeringen.laatste_iit", None, begin)
    yield from _administrators(client)
    for account in _successive(client.accounts):
        yield ReadFact("uitkeringen.iban", account.value, account.start, account.end)


def _status(client: Client) -> Iterator[ReadFact]:
    if client.status == "lopend":
        yield ReadFact("uitkeringen.status", "lopend", client.start, client.end)
        return
    yield ReadFact("uitkeringen.status", "lopend", client.start, client.end)
    if client.end is not None:
        yield ReadFact("uitkeringen.status", "beeindigd", client.end + _DAY)


def _administrators(client: Client) -> Iterator[ReadFact]:
    found = sorted(client.administrators, key=lambda d: d.start or date.min)
    if not found:
        yield ReadFact("uitkeringen.bewindvoerder", None, client.start)
    for administrator in found:
        yield ReadFact("uitkeringen.bewindvoerder", administrator.value, administrator.start, administrator.end)
    if found and found[-1].end is not None:
        yield ReadFact("uitkeringen.bewindvoerder", None, found[-1].end + _DAY)


def _successive(found: Sequence[Dated]) -> Iterator[Dated]:
    """Each value holds until the next begins; of two on one day the last in the file holds."""
    by_day = {one.start: one for one in found}
    ordered = sorted(by_day.values(), key=lambda d: d.start or date.min)
    for index, one in enumerate(ordered):
        following = ordered[index + 1].start if index + 1 < len(ordered) else None
        yield Dated(one.value, one.start, following - _DAY if following is not None else None)
