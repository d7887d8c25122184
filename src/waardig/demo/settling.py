"""Brings the fictional town into the registers, and its benefits administration into a file to import.

Residents get the seed's person ids; at most 500 persons a call. Clients are not stored here: they come in by the
import, as they would from a real administration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from waardig.demo.benefits import ClientRecord
from waardig.demo.benefits_export import blemished, tables_of, write_export
from waardig.demo.personas import DEMO_DATE, Wish
from waardig.demo.town import MUNICIPALITY, SEED, Settled, blemishes
from waardig.registers.actions import enrol_persons
from waardig.registers.actions.imports import BATCH, store_persons

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Arrival:
    """What came into the registers: counts of people and facts, and what is needed further on."""

    residents: int
    facts_stored: int
    clients: tuple[ClientRecord, ...]
    wishes: tuple[Wish, ...]


def settle(households: Iterable[Settled], progress: Progress | None = None) -> Arrival:
    """Enrol every resident and store what the registers hold of them; the same town again changes nothing.

    Args:
        households: `town(...)`.
        progress: called with the number of residents done so far.
    """
    residents = stored = 0
    clients: list[ClientRecord] = []
    wishes: list[Wish] = []
    for chunk in _chunks(households):
        ids = {bsn: person for settled in chunk for bsn, person in settled.ids().items()}
        enrol_persons([(person, bsn) for bsn, person in ids.items()])
        stored += store_persons([person for settled in chunk for person in settled.persons], ids=ids)[0]
        residents += len(ids)
        clients += [client for settled in chunk for client in settled.clients]
        wishes += [wish for settled in chunk for wish in settled.wishes]
        if progress is not None:
            progress(residents)
    return Arrival(residents, stored, tuple(clients), tuple(wishes))


def write_benefits_file(
    target: Path,
    clients: Sequence[ClientRecord],
    *,
    officials: Sequence[ClientRecord] = (),
    municipality: str = MUNICIPALITY,
    on: date = DEMO_DATE,
    history_months: int = 36,
    seed: int = SEED,
) -> Path:
    """The town's export with its mapping and manifest: folder, or zip when the name ends in .zip.

    A few mistakes stand in it, as in every real one; never in the fixed people or the official test persons.
    """
    tables = blemished(tables_of([*clients, *officials]), blemishes(list(clients), seed))
    return write_export(target, tables, reference_date=on, municipality=municipality, history_months=history_months)


def _chunks(households: Iterable[Settled]) -> Iterator[list[Settled]]:
    """Whole households, at most BATCH persons together."""
    chunk: list[Settled] = []
    size = 0
    for settled in households:
        count = len(settled.household.residents)
        if size + count > BATCH and chunk:
            yield chunk
            chunk, size = [], 0
        chunk.append(settled)
        size += count
    if chunk:
        yield chunk
