"""`waardig law check`: what is wrong with law files, and whether their text is that of the statute."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from waardig.kernel.content import content_roots
from waardig.kernel.errors import Refusal
from waardig.law import queries
from waardig.law.cli.options import json_option, show_json, with_laws
from waardig.law.core.quotation import EQUAL, KINDS_NL, Quoted
from waardig.law.terms import LawProblem

WATCH = "Check again when a file changes and show only what changed. Ctrl-C stops."
STATUTE = (
    "Compare the quoted text with this statute text (markdown), word by word; or with a folder of them, by the "
    "text_file of each status file."
)

WORDS = {
    "en": {
        "wrong": "{files} files, {wrong} problems",
        "right": "{files} files, no problems",
        "warnings": ", {warnings} warnings.",
        "no_files": "No law files here (*.yaml with articles).",
        "beside": "{articles} articles beside the statute: {kinds}; {bad} to correct.",
        "found": "{count} findings. Watching {files} files; Ctrl-C stops.",
        "stopped": "Stopped.",
        "new": "new: {text}",
        "solved": "solved: {text}",
        "same": "Nothing changed in what is found.",
        "gone": "{path}: is not there any more",
    },
    "nl": {
        "wrong": "{files} bestanden, {wrong} fouten",
        "right": "{files} bestanden, geen fouten",
        "warnings": ", {warnings} waarschuwingen.",
        "no_files": "Hier staan geen wetsbestanden (*.yaml met articles).",
        "beside": "{articles} artikelen naast de wettekst: {kinds}; {bad} te verbeteren.",
        "found": "{count} bevindingen. Let op {files} bestanden; Ctrl-C stopt.",
        "stopped": "Gestopt.",
        "new": "nieuw: {text}",
        "solved": "opgelost: {text}",
        "same": "Er is niets veranderd in wat er is gevonden.",
        "gone": "{path}: is er niet meer",
    },
}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--statute", type=click.Path(exists=True, path_type=Path), help=STATUTE)
@click.option("--watch", "watching", is_flag=True, help=WATCH)
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Of the findings.")
@with_laws
@json_option
def check(
    paths: tuple[Path, ...],
    statute: Path | None,
    watching: bool,
    language: str,
    laws: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Validate law files: schema, names, references, open terms, types and units; with --statute also the quoted text.

    Exit status 1 when something is wrong; a warning is not wrong.
    """
    if watching and as_json:
        raise click.UsageError("--watch is for who reads along; leave --json out")
    if watching:
        watch(paths, statute, language=language, laws=laws)
    elif not show(paths, statute, language=language, laws=laws, as_json=as_json):
        raise SystemExit(1)


def show(
    paths: Sequence[Path], statute: Path | None, *, language: str, as_json: bool, laws: Sequence[Path] = ()
) -> bool:
    """Checks and prints; True when nothing is wrong. JSON has both languages."""
    problems, files = queries.law_problems(paths, roots=content_roots(), beside=laws)
    quoted = queries.quoted_articles(paths, statute) if statute else ()
    if as_json:
        content: dict[str, Any] = {"files": files, "problems": [asdict(problem) for problem in problems]}
        show_json({**content, "articles": [asdict(found) for found in quoted]} if statute else content)
    else:
        for line in (*problem_lines(problems, language), *quoted_lines(quoted, language)):
            click.echo(line)
        for line, wrong in summary(problems, files, quoted, language):
            click.echo(line, err=wrong)
    return bool(files) and not any([problem.error for problem in problems] + [found.error for found in quoted])


def problem_lines(problems: Sequence[LawProblem], language: str) -> list[str]:
    """Each problem with, below it, what to do."""
    lines = []
    for problem in problems:
        dutch = language == "nl"
        message, remedy = (problem.message_nl, problem.remedy_nl) if dutch else (problem.message, problem.remedy)
        warning = "" if problem.error else "waarschuwing: " if dutch else "warning: "
        lines.append(f"{problem.file}:{problem.line}: {warning}{message}")
        lines += [f"    {remedy}"] if remedy else []
    return lines


def quoted_lines(quoted: Sequence[Quoted], language: str) -> list[str]:
    """Each article with its differences and, below it, what to do."""
    lines = []
    for found in quoted:
        dutch = language == "nl"
        told, remedy = (found.differences_nl, found.remedy_nl) if dutch else (found.differences, found.remedy)
        lines += [found.dutch() if dutch else str(found), *(f"    {difference}" for difference in told)]
        lines += [f"    {remedy}"] if remedy else []
    return lines


def summary(
    problems: Sequence[LawProblem], files: int, quoted: Sequence[Quoted], language: str
) -> list[tuple[str, bool]]:
    """The closing lines, and whether each is about something wrong."""
    words = WORDS[language]
    wrong = sum(problem.error for problem in problems)
    warnings = len(problems) - wrong
    told = words["wrong" if wrong else "right"].format(files=files, wrong=wrong)
    told += words["warnings"].format(warnings=warnings) if warnings else "."
    lines = [(told if files else words["no_files"], bool(wrong) or not files)]
    if quoted:
        count = sorted(Counter(found.kind for found in quoted).items(), key=lambda item: item[0] != EQUAL)
        named = {kind: KINDS_NL[kind] if language == "nl" else kind for kind, _ in count}
        kinds = ", ".join(f"{number} {named[kind]}" for kind, number in count)
        bad = sum(found.error for found in quoted)
        lines.append((words["beside"].format(articles=len(quoted), kinds=kinds, bad=bad), bool(bad)))
    return lines


def watch(
    paths: Sequence[Path],
    statute: Path | None,
    *,
    language: str = "en",
    laws: Sequence[Path] = (),
    pause: Callable[[], None] = lambda: time.sleep(0.5),
) -> None:
    """Checks now and after every change of a file, until Ctrl-C; after the first time only what changed is shown.

    Args:
        pause: waits between two looks at the files.
    """
    words = WORDS[language]
    seen: dict[Path, tuple[int, int]] | None = None
    before: list[str] | None = None
    try:
        while True:
            now = _stamps([*paths, *laws], statute)
            if now != seen:
                seen, found = now, _findings(paths, statute, language, laws)
                for line in found if before is None else _changed(before, found, words):
                    click.echo(line)
                click.echo(words["found"].format(count=len(found), files=len(now)))
                before = found
            pause()
    except KeyboardInterrupt:
        click.echo(words["stopped"])


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


def _findings(paths: Sequence[Path], statute: Path | None, language: str, laws: Sequence[Path]) -> list[str]:
    """Each finding with its remedy as one text; a file that cannot be read at all is a finding too."""
    there = [path for path in paths if path.exists()]
    gone = [WORDS[language]["gone"].format(path=path) for path in paths if not path.exists()]
    try:
        problems, _ = queries.law_problems(there, roots=content_roots(), beside=laws)
    except (Refusal, OSError) as refusal:
        return [*gone, _refused(refusal, language)]
    texts = ["\n".join(problem_lines([problem], language)) for problem in problems]
    try:
        quoted = [found for found in queries.quoted_articles(there, statute) if found.error] if statute else []
    except (Refusal, OSError) as refusal:
        return [*gone, *texts, _refused(refusal, language)]
    return [*gone, *texts, *("\n".join(quoted_lines([found], language)) for found in quoted)]


def _refused(refusal: Refusal | OSError, language: str) -> str:
    return refusal.text_nl if isinstance(refusal, Refusal) and language == "nl" else str(refusal)


def _changed(before: Sequence[str], found: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """What is new, and what is solved; a finding that only moved to another line is neither."""
    old, new = Counter(map(_placeless, before)), Counter(map(_placeless, found))
    fresh = [words["new"].format(text=text) for text in found if old[_placeless(text)] < new[_placeless(text)]]
    solved = [
        words["solved"].format(text=text.splitlines()[0])
        for text in before
        if new[_placeless(text)] < old[_placeless(text)]
    ]
    return [*solved, *fresh] or [words["same"]]


def _placeless(text: str) -> str:
    return re.sub(r":\d+", "", text)
