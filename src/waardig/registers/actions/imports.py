"""Taking in a file of a source administration, person by person, in batches.

Invariants: a refused file stores nothing; a batch holds at most 500 persons and is one transaction; the same file again
changes nothing; a newer file supersedes what it says differently, and the older value stays in recorded time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast
from uuid import UUID

from waardig.registers.actions import persons_for_bsns, store_facts
from waardig.registers.adapters.benefits_file import read_benefits_file, read_mapping
from waardig.registers.adapters.brp_file import read_brp_file
from waardig.registers.core.import_terms import PersonRef, ReadFact, ReadFile, ReadPerson, Severity, per_kind
from waardig.registers.terms import NewFact, Value

__all__ = ["BATCH", "Imported", "import_benefits", "import_brp", "read_brp_file", "store_persons"]

BATCH = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Imported:
    """What an import did. Counts are of facts, except `persons`; all zero after a dry run or a refusal."""

    read: ReadFile
    dry_run: bool
    persons: int = 0
    stored: int = 0
    unchanged: int = 0
    superseded: int = 0

    def as_json(self) -> dict[str, object]:
        """The import as `--json` prints it."""
        read = self.read
        reference = read.reference_date
        return {
            "refused": read.refused,
            "dry_run": self.dry_run,
            "reference_date": reference.isoformat() if reference else None,
            "sha256": read.sha256,
            **read.counts,
            "accepted": len(read.persons),
            "persons": self.persons,
            "facts_stored": self.stored,
            "facts_unchanged": self.unchanged,
            "facts_superseded": self.superseded,
            "refusals": per_kind(read.of(Severity.REFUSAL)),
            "errors": per_kind(read.of(Severity.ERROR)),
            "gaps": per_kind(read.of(Severity.GAP)),
            "problems": [p.as_row() for severity in Severity for p in read.of(severity)],
        }


def import_benefits(
    path: Path,
    mapping: Path,
    *,
    dry_run: bool = False,
    municipality: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Take in an export of the benefits administration.

    Args:
        path: folder, zip or CSV file with its manifest.
        mapping: the declared mapping (YAML).
        municipality: the code that the manifest must carry, when given.
        progress: called with persons done and persons in all.

    Raises:
        ContentInvalid: the mapping is wrong.
    """
    read = read_benefits_file(path, read_mapping(mapping), municipality)
    return _stored(read, dry_run, progress)


def import_brp(path: Path, *, dry_run: bool = False, progress: Progress | None = None) -> Imported:
    """Take in persons of the BRP: the official test set or a Haal Centraal answer."""
    return _stored(read_brp_file(path), dry_run, progress)


def store_persons(
    persons: Sequence[ReadPerson], *, ids: Mapping[str, UUID] | None = None, progress: Progress | None = None
) -> tuple[int, int, int]:
    """Store what was read of persons; gives the facts stored, unchanged and superseded.

    Args:
        ids: person ids by BSN where the caller enrolled the persons itself; else every number is looked up or enrolled.

    Raises:
        NothingStored: a value does not fit its declaration; nothing of its batch is stored.
    """
    person_ids = _ids(persons) if ids is None else ids
    done = stored = unchanged = superseded = 0
    for chunk in _chunks(persons):
        facts = [_new_fact(person_ids, person, fact) for person in chunk for fact in person.facts]
        result = store_facts(facts, complete=True)
        done += len(chunk)
        stored, unchanged = stored + result.stored, unchanged + result.unchanged
        superseded += result.superseded
        if progress is not None:
            progress(done, len(persons))
    return stored, unchanged, superseded


def _stored(read: ReadFile, dry_run: bool, progress: Progress | None) -> Imported:
    result = Imported(read, dry_run)
    if dry_run or read.refused:
        return result
    stored, unchanged, superseded = store_persons(read.persons, progress=progress)
    return replace(result, persons=len(read.persons), stored=stored, unchanged=unchanged, superseded=superseded)


def _ids(persons: Sequence[ReadPerson]) -> dict[str, UUID]:
    """The person id of every BSN that stands in the file, partners included."""
    found: dict[str, UUID] = {}
    wanted = list(dict.fromkeys(bsn for person in persons for bsn in _numbers(person)))
    for start in range(0, len(wanted), BATCH):
        found.update(persons_for_bsns(wanted[start : start + BATCH], create=True))
    return found


def _numbers(person: ReadPerson) -> Iterator[str]:
    yield person.bsn
    for fact in person.facts:
        other = _other(fact)
        if other is not None:
            yield other.bsn


def _other(fact: ReadFact) -> PersonRef | None:
    named = fact.value.get("person") if isinstance(fact.value, dict) else None
    return named if isinstance(named, PersonRef) else None


def _new_fact(ids: Mapping[str, UUID], person: ReadPerson, fact: ReadFact) -> NewFact:
    other = _other(fact)
    value = fact.value
    if other is not None and isinstance(value, dict):
        value = {**value, "person": str(ids[other.bsn])}
    return NewFact(
        person=ids[person.bsn],
        attribute=fact.attribute,
        value=cast(Value, value),
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        established_on=fact.established_on,
        under_investigation=fact.under_investigation,
    )


def _chunks(persons: Sequence[ReadPerson]) -> Iterator[Sequence[ReadPerson]]:
    for start in range(0, len(persons), BATCH):
        yield persons[start : start + BATCH]
