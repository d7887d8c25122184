"""What somebody who writes a law file asks: what is wrong with it, and is its text that of the statute."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from waardig.law.core.book import LawBook
from waardig.law.core.check import book_problems, presumption_problems, size_problems
from waardig.law.core.findings import said
from waardig.law.core.lint import lint
from waardig.law.core.load import duplicates, is_law_file, load, text_lines
from waardig.law.core.quotation import Quoted, quotations
from waardig.law.core.statute import Statute, read_statute
from waardig.law.queries.files import law_files, merged
from waardig.law.terms import LawFileInvalid, LawProblem


def law_problems(
    paths: Sequence[Path], *, roots: Sequence[Path] = (), beside: Sequence[Path] = ()
) -> tuple[tuple[LawProblem, ...], int]:
    """Everything wrong with the law files at these paths, and how many files were read (`waardig law check`).

    Args:
        roots: content roots whose laws the files may refer to.
        beside: folders of law files that they may refer to as well.
    """
    files = {Path(file.file).resolve(): file for path in paths for file in law_files(path, origin=len(roots))}
    folders = [*(root / "laws" for root in roots), *beside]
    around = [f for folder in folders for f in law_files(folder) if Path(f.file).resolve() not in files]
    named = {Path(file.file).resolve() for path in paths if path.is_file() for file in law_files(path)}
    files = {path: file for path, file in files.items() if path in named or is_law_file(file)}
    loaded = [load(file, validate=True) for file in files.values()]
    problems = [problem for part in loaded for problem in part.problems]
    laws = [part.law for part in loaded if part.law]
    problems += duplicates(laws)
    book = LawBook(merged([load(file, validate=False) for file in around], loaded))
    names = {name for file in files.values() for name in (file.file, file.status_file)}
    problems += [problem for problem in book_problems(book, complete=True) if problem.file in names]
    problems += [problem for problem in presumption_problems(book) if problem.file in names]
    found = [problem for law in laws for problem in (*lint(book, law), *size_problems(book, law))]
    problems += [problem for problem in found if problem.file in names]
    ordered = sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.message))
    return tuple(ordered), len(files)


def quoted_articles(paths: Sequence[Path], statute: Path) -> tuple[Quoted, ...]:
    """How the text of every article at these paths stands to the published statute (`waardig law check --statute`).

    Args:
        statute: a statute text, for the one law at these paths or for those whose status file names it (`text_file`);
            or a folder of such texts, for every law whose status file names one.

    Raises:
        LawFileInvalid: no law belongs to it, or a file cannot be read.
    """
    loaded = [(file, load(file, validate=False).law) for path in paths for file in law_files(path)]
    laws = [(file, law) for file, law in loaded if law]
    if statute.is_dir():
        pairs = [(file, law, statute / law.status.text_file) for file, law in laws if law.status.text_file]
    else:
        alone = len({law.id for _, law in laws}) == 1
        pairs = [(file, law, statute) for file, law in laws if alone or law.status.text_file == statute.name]
    if not pairs:
        raise LawFileInvalid(str(statute), 1, said("statute_unnamed"))
    return tuple(found for file, law, text in pairs for found in quotations(law, _statute(text), text_lines(file)))


_read_once = lru_cache(maxsize=64)(read_statute)


def _statute(path: Path) -> Statute:
    try:
        return _read_once(path.read_text("utf-8-sig"), str(path))
    except FileNotFoundError as error:
        raise LawFileInvalid(str(path), 1, said("statute_not_there")) from error
    except UnicodeDecodeError as error:
        raise LawFileInvalid(str(path), 1, said("not_utf8", reason=error.reason, byte=error.start)) from error
