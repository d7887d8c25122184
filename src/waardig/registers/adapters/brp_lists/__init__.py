"""Persons from a CSV file with persoonslijsten: one row or more for each, a column for each element, history included.

Promise: one list that is wrong is left out whole and reported by its row; no other list is touched. What is not known
stays so.
Source: Logisch ontwerp BRP; the test set of persoonslijsten that RvIG publishes has this form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from waardig.kernel.bsn import is_bsn
from waardig.registers.adapters.brp_lists.facts import ListFacts
from waardig.registers.adapters.brp_lists.rows import PersonList, Rows
from waardig.registers.adapters.brp_lists.tables import Tables, read_tables
from waardig.registers.core.import_terms import Problem, ReadFile, ReadPerson, Severity, show

__all__ = ["Tables", "read_brp_lists", "read_tables"]

_REMOVED = {"F": "was made by mistake", "W": "was wiped"}


def read_brp_lists(path: Path, tables: Tables | None = None) -> ReadFile:
    """Every persoonslijst of a file as facts in two times.

    Args:
        path: CSV with semicolons, UTF-8 (or UTF-16 with its mark); the first row names elements (`01.01.20`).
        tables: names of municipalities and countries; without them a code stays a code.

    Returns:
        Persons in the order of the file; problems with the line, the name of the list and the element.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        message, remedy = f"this file cannot be read: {error.strerror}", "Give a CSV file with persoonslijsten."
        return ReadFile((), (Problem("not_readable", Severity.REFUSAL, path.name, 0, "", "", message, remedy),), {})
    rows = Rows(path.name)
    lists = list(rows.lists(content))
    reader = _Lists(path.name, lists, tables or Tables())
    persons = tuple(reader.persons())
    problems = (*rows.problems, *reader.problems)
    refused = any(problem.severity is Severity.REFUSAL for problem in problems)
    counts = {"lists": len(lists), "persons": len(persons), "persons_skipped": len(lists) - len(persons)}
    return ReadFile(() if refused else persons, problems, counts, sha256=hashlib.sha256(content).hexdigest())


class _Lists:
    """The persons whose list is whole and whose number is right and stands in the file once."""

    def __init__(self, file: str, lists: list[PersonList], tables: Tables) -> None:
        self.problems: list[Problem] = []
        self._file, self._lists, self._tables = file, lists, tables
        whole = [one for one in lists if not one.broken and _suspended(one) not in _REMOVED]
        self._known = frozenset(number for one in whole if is_bsn(number := _number(one)))

    def persons(self) -> Iterator[ReadPerson]:
        seen: set[str] = set()
        for one in self._lists:
            number, state = _number(one), _suspended(one)
            if one.broken:
                continue
            if not is_bsn(number):
                message = "the number is not there or fails the eleven-test; this person was left out"
                self._leave_out("bad_bsn", one, "01.01.20", message, show(number, personal=True) if number else "")
            elif number in seen:
                message = "this number stands in the file twice; the first was taken"
                self._leave_out("duplicate_person", one, "01.01.20", message, show(number, personal=True))
            elif state in _REMOVED:
                self._leave_out("list_removed", one, "07.67.20", f"this list {_REMOVED[state]}; left out", state)
            else:
                seen.add(number)
                facts = ListFacts(self._file, one, self._known, self._tables)
                yield ReadPerson(number, facts.facts(), one.reference, state, self._file, one.line)
                self.problems.extend(facts.problems)

    def _leave_out(self, kind: str, one: PersonList, element: str, message: str, shown: str) -> None:
        remedy = "Report it to the holder of the BRP (terugmelding)."
        self.problems.append(
            Problem(kind, Severity.ERROR, self._file, one.line, element, shown, message, remedy, one.reference)
        )


def _number(one: PersonList) -> str:
    row = one.current("01")
    return row.get("01.20") if row else ""


def _suspended(one: PersonList) -> str:
    row = one.current("07")
    return row.get("67.20") if row else ""
