"""`waardig law check`: what is wrong with law files, and whether their text is that of the statute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from waardig.kernel.content import content_roots
from waardig.law import queries
from waardig.law.cli.options import json_option, show_json
from waardig.law.core.quotation import EQUAL, Quoted
from waardig.law.terms import LawProblem

STATUTE = (
    "Compare the quoted text with this statute text (markdown), word by word; or with a folder of them, by the "
    "text_file of each status file."
)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--statute", type=click.Path(exists=True, path_type=Path), help=STATUTE)
@json_option
def check(paths: tuple[Path, ...], statute: Path | None, as_json: bool) -> None:
    """Validate law files: schema, names, references, open terms, types and units; with --statute also the quoted text.

    Exit status 1 when something is wrong; a warning is not wrong.
    """
    if not show(paths, statute, as_json=as_json):
        raise SystemExit(1)


def show(paths: Sequence[Path], statute: Path | None, *, as_json: bool) -> bool:
    """Checks and prints; True when nothing is wrong."""
    problems, files = queries.law_problems(paths, roots=content_roots())
    quoted = queries.quoted_articles(paths, statute) if statute else ()
    if as_json:
        content: dict[str, Any] = {"files": files, "problems": [asdict(problem) for problem in problems]}
        show_json({**content, "articles": [asdict(found) for found in quoted]} if statute else content)
    else:
        for line in (*problem_lines(problems), *quoted_lines(quoted)):
            click.echo(line)
        for line, wrong in summary(problems, files, quoted):
            click.echo(line, err=wrong)
    return bool(files) and not any([problem.error for problem in problems] + [found.error for found in quoted])


def problem_lines(problems: Sequence[LawProblem]) -> list[str]:
    """Each problem with, below it, what to do."""
    lines = []
    for problem in problems:
        lines.append(str(problem) if problem.error else f"{problem.file}:{problem.line}: warning: {problem.message}")
        lines += [f"    {problem.remedy}"] if problem.remedy else []
    return lines


def quoted_lines(quoted: Sequence[Quoted]) -> list[str]:
    """Each article with its differences and, below it, what to do."""
    lines = []
    for found in quoted:
        lines += [str(found), *(f"    {difference}" for difference in found.differences)]
        lines += [f"    {found.remedy}"] if found.remedy else []
    return lines


def summary(problems: Sequence[LawProblem], files: int, quoted: Sequence[Quoted]) -> list[tuple[str, bool]]:
    """The closing lines, and whether each is about something wrong."""
    wrong = sum(problem.error for problem in problems)
    warnings = len(problems) - wrong
    words = f"{files} files, {wrong} problems" if wrong else f"{files} files, no problems"
    words += f", {warnings} warnings." if warnings else "."
    lines = [(words if files else "No law files here (*.yaml with articles).", bool(wrong) or not files)]
    if quoted:
        count = Counter(found.kind for found in quoted)
        kinds = ", ".join(
            f"{number} {kind}" for kind, number in sorted(count.items(), key=lambda item: item[0] != EQUAL)
        )
        bad = sum(found.error for found in quoted)
        lines.append((f"{len(quoted)} articles beside the statute: {kinds}; {bad} to correct.", bool(bad)))
    return lines
