"""`waardig law check`: what is wrong with law files, and whether their text is that of the statute."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from waardig.kernel.content import content_roots
from waardig.kernel.errors import Refusal
from waardig.law import queries
from waardig.law.cli.options import json_option, show_json
from waardig.law.core.quotation import EQUAL, Quoted
from waardig.law.terms import LawProblem

WATCH = "Check again when a file changes and show only what changed. Ctrl-C stops."
STATUTE = (
    "Compare the quoted text with this statute text (markdown), word by word; or with a folder of them, by the "
    "text_file of each status file."
)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--statute", type=click.Path(exists=True, path_type=Path), help=STATUTE)
@click.option("--watch", "watching", is_flag=True, help=WATCH)
@json_option
def check(paths: tuple[Path, ...], statute: Path | None, watching: bool, as_json: bool) -> None:
    """Validate law files: schema, names, references, open terms, types and units; with --statute also the quoted text.

    Exit status 1 when something is wrong; a warning is not wrong.
    """
    if watching and as_json:
        raise click.UsageError("--watch is for who reads along; leave --json out")
    if watching:
        watch(paths, statute)
    elif not show(paths, statute, as_json=as_json):
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


def watch(paths: Sequence[Path], statute: Path | None, *, pause: Callable[[], None] = lambda: time.sleep(0.5)) -> None:
    """Checks now and after every change of a file, until Ctrl-C; after the first time only what changed is shown.

    Args:
        pause: waits between two looks at the files.
    """
    seen: dict[Path, tuple[int, int]] | None = None
    before: list[str] | None = None
    try:
        while True:
            now = _stamps(paths, statute)
            if now != seen:
                seen, found = now, _findings(paths, statute)
                for line in found if before is None else _changed(before, found):
                    click.echo(line)
                click.echo(f"{len(found)} findings. Watching {len(now)} files; Ctrl-C stops.")
                before = found
            pause()
    except KeyboardInterrupt:
        click.echo("Stopped.")


def _stamps(paths: Sequence[Path], statute: Path | None) -> dict[Path, tuple[int, int]]:
    """Time and size of every file that has a say; one that goes away meanwhile is left out."""
    found = {}
    for root in (*paths, *((statute,) if statute else ())):
        beside = [root, *root.parent.glob(f"{root.stem}.status.yaml")]
        for path in beside if not root.is_dir() else root.rglob("*.[ym]*"):
            try:
                state = path.stat()
            except FileNotFoundError:
                continue
            found[path] = (state.st_mtime_ns, state.st_size)
    return found


def _findings(paths: Sequence[Path], statute: Path | None) -> list[str]:
    """Each finding with its remedy as one text; a file that cannot be read at all is a finding too."""
    there = [path for path in paths if path.exists()]
    gone = [f"{path}: is not there any more" for path in paths if not path.exists()]
    try:
        problems, _ = queries.law_problems(there, roots=content_roots())
    except (Refusal, OSError) as refusal:
        return [*gone, str(refusal)]
    texts = ["\n".join(problem_lines([problem])) for problem in problems]
    try:
        quoted = [found for found in queries.quoted_articles(there, statute) if found.error] if statute else []
    except (Refusal, OSError) as refusal:
        return [*gone, *texts, str(refusal)]
    return [*gone, *texts, *("\n".join(quoted_lines([found])) for found in quoted)]


def _changed(before: Sequence[str], found: Sequence[str]) -> list[str]:
    """What is new, and what is solved; a finding that only moved to another line is neither."""
    old, new = Counter(map(_placeless, before)), Counter(map(_placeless, found))
    fresh = [f"new: {text}" for text in found if old[_placeless(text)] < new[_placeless(text)]]
    solved = [f"solved: {text.splitlines()[0]}" for text in before if new[_placeless(text)] < old[_placeless(text)]]
    return [*solved, *fresh] or ["Nothing changed in what is found."]


def _placeless(text: str) -> str:
    return re.sub(r":\d+", "", text)
