"""Law files on disk: which there are, and which of them counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waardig.law.core import ir
from waardig.law.core.load import Loaded, SourceFile, duplicates
from waardig.law.terms import LawProblem

STATUS_SUFFIX = ".status.yaml"


def law_files(folder: Path, *, origin: int = 0, shown_from: Path | None = None) -> tuple[SourceFile, ...]:
    """Every YAML file below a folder (or the one file), with the status file beside it, in a stable order."""
    paths = [folder] if folder.is_file() else sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")])
    return tuple(
        _source_file(path, origin, shown_from)
        for path in paths
        if not path.name.endswith(STATUS_SUFFIX) and path.is_file()
    )


def _source_file(path: Path, origin: int, shown_from: Path | None) -> SourceFile:
    status = path.with_name(path.stem + STATUS_SUFFIX)
    shown = path.relative_to(shown_from) if shown_from and path.is_relative_to(shown_from) else path
    return SourceFile(
        file=str(shown),
        data=path.read_bytes(),
        status_file=str(status),
        status_data=status.read_bytes() if status.is_file() else None,
        origin=origin,
    )


def merged(loaded: Sequence[Loaded], extra: Sequence[Loaded]) -> tuple[ir.Law, ...]:
    foreign = [part.law for part in extra if part.law]
    taken = {law.id for law in foreign}
    laws: dict[object, ir.Law] = {}
    for part in loaded:
        if part.law and part.law.id not in taken:
            law = part.law
            laws[(law.id, law.valid_from, tuple(sorted(law.scope.items())))] = law
    return (*laws.values(), *foreign)


def contradictions(loaded: Sequence[Loaded]) -> list[LawProblem]:
    """Duplicates inside one content root; between roots the later one wins."""
    laws = [part.law for part in loaded if part.law]
    origins = sorted({law.origin for law in laws})
    return [problem for origin in origins for problem in duplicates([law for law in laws if law.origin == origin])]
