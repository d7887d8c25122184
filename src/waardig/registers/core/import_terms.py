"""What reading a source file gives: persons with facts, and everything that was wrong or missing in it.

Invariants: a problem never shows a whole BSN; a person with an error has no facts (never half a person).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from waardig.kernel.bsn import is_bsn, masked
from waardig.kernel.letters import printable

SHOWN = 100
"""So many characters of a value are shown."""


class Severity(StrEnum):
    """What a problem does to the import."""

    REFUSAL = "refusal"  # the file as a whole is refused
    ERROR = "error"  # this person (and partner) is left out
    GAP = "gap"  # accepted; what is missing counts as unknown

    @property
    def done(self) -> str:
        """What was done, as a report says it."""
        return _DONE[self]


_DONE = {
    Severity.REFUSAL: "nothing of the file was stored",
    Severity.ERROR: "left out; the others were taken",
    Severity.GAP: "taken; what is missing or in doubt stays so",
}


@dataclass(frozen=True)
class Problem:
    """Something in a file that a person must look at.

    Attributes:
        kind: stable word, for example `bad_bsn`.
        line: line in the file, the header is line 1; 0 when the whole file is meant.
        shown: the value, masked where it is personal.
        reference: the client number of the source, never a BSN.
    """

    kind: str
    severity: Severity
    file: str
    line: int
    column: str
    shown: str
    message: str
    remedy: str
    reference: str = ""

    def __post_init__(self) -> None:
        for name in ("column", "shown", "reference"):  # from the file: a report must be writable and readable
            object.__setattr__(self, name, _printable(getattr(self, name)))

    def as_row(self) -> dict[str, str | int]:
        """The problem as one row of a report."""
        return {
            "severity": self.severity.value,
            "kind": self.kind,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "value": self.shown,
            "client": self.reference,
            "message": self.message,
            "done": self.severity.done,
            "remedy": self.remedy,
        }


def _printable(text: str) -> str:
    """A text of a file on one line of a report, cut off where it is long."""
    short = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return printable(short)


@dataclass(frozen=True)
class PersonRef:
    """Another person, named by BSN until the register gives the person id."""

    bsn: str = field(repr=False)


@dataclass(frozen=True)
class ReadFact:
    """One fact as read; `value` may hold a PersonRef under the key "person"."""

    attribute: str
    value: object
    valid_from: date | None = None
    valid_to: date | None = None
    established_on: date | None = None
    under_investigation: bool = False


@dataclass(frozen=True)
class ReadPerson:
    """One person, or one company, as read, with every fact that the source knows now.

    Attributes:
        number: the citizen service number; of a company the number of its registration (KvK).
        reference: how the source names the record, never a BSN.
        suspended: why the BRP no longer keeps this person up to date (element 67.20: O died, E emigrated, ...), or "".
        file, line: where the record begins.
    """

    number: str = field(repr=False)
    facts: tuple[ReadFact, ...]
    reference: str = ""
    suspended: str = ""
    file: str = ""
    line: int = 0

    def value(self, attribute: str) -> object:
        """The value of an attribute's last fact, None when there is none."""
        found = [fact.value for fact in self.facts if fact.attribute == attribute]
        return found[-1] if found else None


@dataclass(frozen=True)
class ReadFile:
    """What a file gave. When `refused`, `persons` is empty."""

    persons: tuple[ReadPerson, ...]
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    reference_date: date | None = None
    sha256: str = ""

    @property
    def refused(self) -> bool:
        """Whether the file as a whole may not be stored."""
        return any(problem.severity is Severity.REFUSAL for problem in self.problems)

    def of(self, severity: Severity) -> tuple[Problem, ...]:
        """The problems of one severity, in order of file and line."""
        return tuple(sorted((p for p in self.problems if p.severity is severity), key=lambda p: (p.file, p.line)))


def per_kind(problems: Sequence[Problem]) -> dict[str, int]:
    """How often each kind of problem occurs, by name."""
    return dict(sorted(Counter(problem.kind for problem in problems).items()))


_DIGITS = re.compile(r"\d(?:[ .]?\d){7,8}")


def show(value: str, *, personal: bool = False, limit: int = 40) -> str:
    """A value as a problem may show it: personal values by their last three signs, and no BSN hidden in any text.

    Example:
        >>> show("NL91ABNA0417164300", personal=True), show("31-02-2024"), show("zie 999993653")
        ('••••••300', '31-02-2024', 'zie ••••••653')
    """
    text = value.strip()
    if personal:
        return masked(text) if len(text) > 3 else "•" * 6
    text = _DIGITS.sub(lambda found: _masked_digits(found.group()), text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _masked_digits(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return masked(digits) if len(digits) == 9 or is_bsn(digits.zfill(9)) else text
