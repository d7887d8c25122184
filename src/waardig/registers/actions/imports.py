"""Taking in a file of a source administration, person by person, in batches.

Invariants: a refused file stores nothing; a person is stored whole or not at all, and one who cannot be stored stops
nobody else; a batch holds at most 500 persons and is one transaction; the same file again changes nothing, so an import
that was killed goes on by running again; a newer file supersedes what it says differently, and the older value stays in
recorded time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast
from uuid import UUID

from waardig.access.queries import business_date
from waardig.logbook.terms import GateRefused
from waardig.registers.actions import enrol_persons, persons_for_bsns, store_facts
from waardig.registers.adapters.benefits_file import read_benefits_file, read_mapping
from waardig.registers.adapters.brp_file import read_brp_file
from waardig.registers.adapters.brp_lists import read_brp_lists, read_tables
from waardig.registers.adapters.content import declared
from waardig.registers.adapters.kvk_file import company_id, read_kvk_files
from waardig.registers.adapters.table_file import read_table_file, read_table_mapping
from waardig.registers.core.declaration import Declarations
from waardig.registers.core.import_terms import PersonRef, Problem, ReadFact, ReadFile, ReadPerson, Severity, per_kind
from waardig.registers.core.quality import problem_with
from waardig.registers.terms import NewFact, Value

__all__ = [
    "BATCH",
    "Imported",
    "import_benefits",
    "import_brp",
    "import_kvk",
    "import_table",
    "read_brp_file",
    "store_persons",
]

BATCH = 500
_ABOUT_FACTS = frozenset({"spells_overlap", "person_unknown"})
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


class TablesUnreadable(ValueError):
    """The folder with national tables cannot be read; the text says which and why."""


def import_brp(
    path: Path, *, tables: Path | None = None, dry_run: bool = False, progress: Progress | None = None
) -> Imported:
    """Take in persons of the BRP: persoonslijsten (CSV), the official test set or a Haal Centraal answer (JSON).

    Args:
        tables: folder with the national tables 33 and 34, for the names of municipalities and countries in a CSV file.

    Raises:
        TablesUnreadable: the tables are not in the folder or hold no codes.
    """
    with path.open("rb") as file:
        beginning = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if beginning.startswith((b"[", b"{")):
        return _stored(read_brp_file(path), dry_run, progress)
    try:
        names = read_tables(tables) if tables else None
    except (OSError, ValueError) as error:
        raise TablesUnreadable(f"The tables cannot be read: {error}") from error
    return _stored(read_brp_lists(path, names), dry_run, progress)


def import_kvk(path: Path, *, dry_run: bool = False, progress: Progress | None = None) -> Imported:
    """Take in companies: a profile of the KVK API, a list of them, or a folder with such files (JSON)."""
    return _stored(read_kvk_files(path), dry_run, progress, ids=_companies)


def import_table(
    path: Path,
    mapping: Path,
    *,
    dry_run: bool = False,
    municipality: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Take in one register of persons as a file with rows; only of who is known here already, nobody is added.

    Args:
        path: folder, zip or CSV file with its manifest.
        mapping: the declared mapping (YAML, registers/schema/table.schema.json).
        municipality: the code that the manifest must carry, when given.

    Raises:
        ContentInvalid: the mapping is wrong.
    """
    read = read_table_file(path, read_table_mapping(mapping, declared()), municipality)
    if dry_run or read.refused:
        return _stored(read, dry_run, progress)
    known: dict[str, UUID] = {}
    for chunk in _chunks(read.persons):
        known.update(persons_for_bsns([person.number for person in chunk]))
    strangers = [_stranger(person) for person in read.persons if person.number not in known]
    here = tuple(person for person in read.persons if person.number in known)
    return _stored(
        replace(read, persons=here, problems=(*read.problems, *strangers)), dry_run, progress, ids=lambda _: known
    )


def _stranger(person: ReadPerson) -> Problem:
    remedy = "Nothing, when this person does not live here; otherwise take the person in from the BRP first."
    message = "nobody here has this number; this person was not added"
    return Problem(
        "not_known_here", Severity.ERROR, person.file, person.line, "", "", message, remedy, person.reference
    )


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
        result = store_facts(_new_facts(person_ids, chunk), complete=True)
        done += len(chunk)
        stored, unchanged = stored + result.stored, unchanged + result.unchanged
        superseded += result.superseded
        if progress is not None:
            progress(done, len(persons))
    return stored, unchanged, superseded


def _stored(
    read: ReadFile,
    dry_run: bool,
    progress: Progress | None,
    ids: Callable[[Sequence[ReadPerson]], Mapping[str, UUID]] | None = None,
) -> Imported:
    """Store a file that was read; who cannot be stored is left out and reported, as at the reading.

    Args:
        ids: enrols and gives the id of each number; persons by their BSN when None.
    """
    read = _fitting(read)
    if dry_run or read.refused:
        return Imported(read, dry_run)
    known = (ids or _ids)(read.persons)
    result = Imported(read, dry_run)
    for chunk in _chunks(read.persons):
        result = _with_chunk(result, chunk, known)
        if progress is not None:
            progress(result.persons, len(read.persons))
    return result


def _with_chunk(result: Imported, chunk: Sequence[ReadPerson], ids: Mapping[str, UUID]) -> Imported:
    """The result after a batch, which is one transaction; when the database refuses it, one for each of its persons."""
    try:
        done = store_facts(_new_facts(ids, chunk), complete=True)
    except GateRefused as refusal:
        if refusal.code not in _ABOUT_FACTS:
            raise
        if len(chunk) == 1:
            problem = _problem("not_stored", chunk[0], refusal.text_en)
            return replace(result, read=replace(result.read, problems=(*result.read.problems, problem)))
        for person in chunk:
            result = _with_chunk(result, [person], ids)
        return result
    return replace(
        result,
        persons=result.persons + len(chunk),
        stored=result.stored + done.stored,
        unchanged=result.unchanged + done.unchanged,
        superseded=result.superseded + done.superseded,
    )


def _fitting(read: ReadFile) -> ReadFile:
    """The file without who has a value that does not fit its declaration; those are reported."""
    known, today = declared(), business_date()
    persons, problems = [], list(read.problems)
    for person in read.persons:
        wrong = next((found for fact in person.facts if (found := _misfit(known, today, fact))), None)
        if wrong is None:
            persons.append(person)
        else:
            problems.append(_problem("wrong_value", person, wrong))
    return replace(read, persons=tuple(persons), problems=tuple(problems))


def _misfit(known: Declarations, today: date, fact: ReadFact) -> str | None:
    """Why a fact cannot be stored, without its value; None when it can."""
    value = fact.value
    if isinstance(value, dict) and "person" in value:
        value = {**value, "person": str(UUID(int=0))}
    if fact.valid_from and fact.valid_to and fact.valid_to < fact.valid_from:
        return f"{fact.attribute} ends before it starts"
    problem = problem_with(known.attribute(fact.attribute), value, on=today)
    return f"{fact.attribute}: {problem}" if problem else None


def _problem(kind: str, person: ReadPerson, message: str) -> Problem:
    remedy = "Correct it at the source, or the declaration in registers/<register>.yaml."
    return Problem(kind, Severity.ERROR, person.file, person.line, "", "", message, remedy, person.reference)


def _ids(persons: Sequence[ReadPerson]) -> dict[str, UUID]:
    """The person id of every BSN that stands in the file, partners included."""
    found: dict[str, UUID] = {}
    wanted = list(dict.fromkeys(bsn for person in persons for bsn in _numbers(person)))
    for start in range(0, len(wanted), BATCH):
        found.update(persons_for_bsns(wanted[start : start + BATCH], create=True))
    return found


def _companies(companies: Sequence[ReadPerson]) -> dict[str, UUID]:
    """The id of every company; it has no citizen service number, so it stands in the register without one."""
    found = {company.number: company_id(company.number) for company in companies}
    for chunk in _chunks(companies):
        enrol_persons([(found[company.number], None) for company in chunk])
    return found


def _numbers(person: ReadPerson) -> Iterator[str]:
    yield person.number
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
        person=ids[person.number],
        attribute=fact.attribute,
        value=cast(Value, value),
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        established_on=fact.established_on,
        under_investigation=fact.under_investigation,
    )


def _new_facts(ids: Mapping[str, UUID], persons: Sequence[ReadPerson]) -> list[NewFact]:
    return [_new_fact(ids, person, fact) for person in persons for fact in person.facts]


def _chunks(persons: Sequence[ReadPerson]) -> Iterator[Sequence[ReadPerson]]:
    for start in range(0, len(persons), BATCH):
        yield persons[start : start + BATCH]
