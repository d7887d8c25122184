"""What a reader of the law asks: which versions there are, one beside its machine form, its scenarios, its findings."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from waardig.kernel.legal_source import Status
from waardig.law.core import ir, outline
from waardig.law.core.book import LawBook
from waardig.law.core.check import presumption_problems, size_problems, version_problems
from waardig.law.core.lint import lint
from waardig.law.core.load import load
from waardig.law.core.outline import LawOutline
from waardig.law.core.read import sha256
from waardig.law.core.scenario import ScenarioResult, run_feature
from waardig.law.queries.files import law_files
from waardig.law.terms import LawProblem, UnknownLaw


@dataclass(frozen=True)
class VersionInBook:
    """One version of a law, for a list.

    Attributes:
        key: what tells the versions of one law apart.
        until: the last day on which it holds; "" when none is known.
        status: the least certain status of its text and amounts.
    """

    id: str
    name: str
    layer: str
    key: str
    valid_from: str
    until: str
    scope: str
    status: Status

    def holds_on(self, day: datetime.date) -> bool:
        """Whether this version is in force on a day."""
        return self.valid_from <= day.isoformat() <= (self.until or "9999-12-31")


@dataclass(frozen=True)
class LawSource:
    """The file of a version. Attributes: file from the folder `laws` on; changed since the laws were read."""

    file: str
    lines: tuple[str, ...]
    changed: bool


@lru_cache(maxsize=4)
def versions_in(book: LawBook) -> tuple[VersionInBook, ...]:
    """Every version of every law of the book: by name of the law, then oldest first."""
    names = {law_id: book.versions(law_id)[-1].name for law_id in book.ids()}
    ordered = sorted(book.laws, key=lambda law: (names[law.id].lower(), law.id, law.valid_from or ""))
    return tuple(
        VersionInBook(
            id=law.id,
            name=law.name,
            layer=law.layer,
            key=outline.version_key(law),
            valid_from=law.valid_from or "",
            until=outline.last_day(book, law),
            scope=outline.version_scope(law),
            status=outline.worst_status(law),
        )
        for law in ordered
    )


def law_outline(book: LawBook, law_id: str, key: str) -> LawOutline:
    """One version of a law, to read.

    Raises:
        UnknownLaw: there is no such law, or no such version of it.
    """
    return _outline(book, _version(book, law_id, key))


@lru_cache(maxsize=64)
def _outline(book: LawBook, law: _Same) -> LawOutline:
    return outline.outline(book, law.law)


@dataclass(frozen=True)
class _Same:
    """A version as a key: it is itself by its file, without comparing all of its articles."""

    file: str
    sha256: str
    law: ir.Law

    def __hash__(self) -> int:
        return hash((self.file, self.sha256))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and (self.file, self.sha256) == (other.file, other.sha256)


def _version(book: LawBook, law_id: str, key: str) -> _Same:
    for law in book.versions(law_id):
        if outline.version_key(law) == key:
            return _Same(law.file, law.sha256, law)
    raise UnknownLaw(f"{law_id} {key}", [outline.version_key(law) for law in book.versions(law_id)])


def law_source(book: LawBook, law_id: str, key: str) -> LawSource:
    """The file of a version as it stands on disk now.

    Raises:
        UnknownLaw: there is no such law, or no such version of it.
    """
    law = _version(book, law_id, key).law
    path = Path(law.file)
    shown = path.as_posix().rpartition("/laws/")
    data = path.read_bytes() if path.is_file() else b""
    text = data.decode("utf-8-sig", errors="replace")
    return LawSource("".join(shown[1:]).lstrip("/"), tuple(text.splitlines()), sha256(data) != law.sha256)


def version_findings(book: LawBook, law_id: str, key: str) -> tuple[LawProblem, ...]:
    """What `waardig law check` says of one version, among the laws of the book.

    Raises:
        UnknownLaw: there is no such law, or no such version of it.
    """
    return _findings(book, _version(book, law_id, key))


@lru_cache(maxsize=128)
def _findings(book: LawBook, same: _Same) -> tuple[LawProblem, ...]:
    law = same.law
    found = [problem for file in law_files(Path(law.file)) for problem in load(file, validate=True).problems]
    return ordered_findings([*found, *findings_among(book, law)])


def findings_among(book: LawBook, law: ir.Law) -> Iterator[LawProblem]:
    """What is wrong with a law among the laws of a book, or looks wrong."""
    own = (*version_problems(book, law, complete=True), *lint(book, law), *size_problems(book, law))
    yield from (problem for problem in own if problem.file == law.file)
    yield from presumption_problems(book, (law,))


def ordered_findings(found: Sequence[LawProblem]) -> tuple[LawProblem, ...]:
    """Findings by line, each once."""
    return tuple(sorted(set(found), key=lambda problem: (problem.line, problem.message)))


def scenarios_of(book: LawBook, roots: Sequence[Path], law_id: str) -> tuple[ScenarioResult, ...]:
    """Every scenario about a law, run; the same text is run once per book.

    A scenario is about the law that it asks first, and about the law in whose folder it stands.
    """
    folders = {Path(law.file).parent / "scenarios" for law in book.versions(law_id)}
    found = []
    for file, text in _features(roots):
        here = file.parent in folders
        if here or f'"{law_id}"' in text:
            results = _run(book, str(file), text)
            found += [one for one in results if here or one.law == law_id]
    return tuple(found)


def features_of(roots: Sequence[Path], law_id: str) -> Iterator[tuple[str, str]]:
    """Name and text of every scenario file that names a law."""
    yield from ((str(file), text) for file, text in _features(roots) if f'"{law_id}"' in text)


def _features(roots: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for root in roots:
        for file in sorted((root / "laws").rglob("*.feature")):
            yield file, file.read_text("utf-8-sig")


@lru_cache(maxsize=1024)
def _run(book: LawBook, file: str, text: str) -> tuple[ScenarioResult, ...]:
    return tuple(run_feature(book, text, file))
