"""What commands write and print: nothing of anybody; in the files that are made for it, each value with its line."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.shell.canary.conftest import Planted, told
from tests.shell.canary.crawling import Seen, pdf_text, weigh
from tools.reference_code import walk
from waardig.shell.cli import waardig

LATER = date(2041, 1, 1)
SERVICE = "individuele_inkomenstoeslag"
ORIGIN = ("--origin", "rietwaarden.example/logboek")
ASKED: dict[str, tuple[str, ...]] = {
    "access caller list": ("--json",),
    "access collector show": (),
    "access replay": ("--json",),
    "archive export": ("{case}", "--to", "{folder}", "--by", "m.kuiper"),
    "export": ("--canonical", "--out", "{folder}/export.jsonl"),
    "logbook key": ("{folder}/key",),
    "logbook archive": ("--plan", "--json"),
    "logbook checkpoint": ("--key", "{folder}/key", *ORIGIN, "--witness", "{folder}"),
    "logbook export": ("--out", "{folder}"),
    "logbook removed": ("--json",),
    "logbook show": ("--json",),
    "logbook verify": ("--json",),
    "payments export": ("{payments}", "--by", "j.dekker", "--to", "{folder}"),
    "payments list": ("--orders", "--json"),
    "payments make": ("--by", "n.visser", "--json"),
    "payments reconcile": ("--json",),
    "payments release": ("{draft}", "--by", "j.dekker", "--json"),
    "queue show": ("--json",),
    "register algorithms": ("--json", "--out", "{folder}/algorithms.json"),
    "register processing": ("--json", "--out", "{folder}/processing.json"),
    "round grants": ("meedoenregeling", "--json"),
    "round resume": (SERVICE, "--json"),
    "round run": (SERVICE, "--json"),
    "round status": ("--json",),
    "weighing check": (SERVICE, "--json"),
    "weighing show": (SERVICE, "--json"),
    "archive appraise": ("--json",),
    "archive due": ("--json",),
    "archive list": ("--by", "m.kuiper", "--json"),
    "archive lists": ("--json",),
    "archive show": ("{list}", "--json"),
    "archive declaration": ("{list}", "--to", "{folder}"),
    "archive holds": ("--json",),
    "archive facts": ("--json",),
    "archive removed-facts": ("--json",),
}
"""Commands that read the town, in the order in which they are given; a name in braces is looked up in it."""
NOT_ASKED = {
    r"access (caller (add|end)|collector (set|off))": "says that it did",
    r"weighing (decide|resume|suspend)|logbook accept": "says that it did",
    r"archive (approve|destroy|hold|remove|withdraw)|queue replay|payments status": "says what it did, by number",
    r"backup|restore": "is the whole database, for who may have it; closed files, keys apart",
    r"import .*": "reads what it is given, and names lines of that file",
    r"law .*": "knows no town: it computes with what it is given",
    r"db .*|demo|migrate|serve|worker|logbook witness": "runs the installation",
}
FOR_SOMEBODY = {"archive export", "payments export"}
"""These write values of people, each with a line of its own."""


def _leaves() -> Iterator[str]:
    for name, command in walk(waardig, "waardig"):
        if not isinstance(command, click.Group):
            yield name.removeprefix("waardig ")


def test_every_command_is_asked_or_says_why_not() -> None:
    unknown = [one for one in _leaves() if one not in ASKED and not any(re.fullmatch(p, one) for p in NOT_ASKED)]
    assert unknown == []
    assert set(ASKED) <= set(_leaves())


@dataclass
class Written:
    """What one command printed and wrote, held against the log."""

    status: int
    output: str
    files: dict[str, bytes]
    seen: Seen = field(default_factory=Seen)


@pytest.fixture(scope="package")
def written(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    """All commands, one after the other, by name."""
    folder, found = tmp_path_factory.mktemp("written"), {}
    for name, options in ASKED.items():
        if name == "archive export":
            _look_at_cases()
        if name == "archive appraise":
            _years_later()
        given = [one.format(folder=folder, **_in_town(planted)) for one in options]
        before = _files(folder)
        planted.log.allowed()
        done = CliRunner().invoke(waardig, [*name.split(), *given])
        planted.heard.listen()
        made = {path: content for path, content in _files(folder).items() if before.get(path) != content}
        one = found[name] = Written(done.exit_code, f"{done.output} {done.exception or ''}", made)
        text = " ".join((one.output, *made, *map(_as_text, made.values())))
        weigh(name, "", text, {}, one.seen, planted.canaries, planted.log)
        if name == "archive list":
            _destroy()
    return found


def _files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def _as_text(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return pdf_text(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(f"{name} {packed.read(name).decode()}" for name in packed.namelist())
    return content.decode("utf-8", "replace")


def _in_town(planted: Planted) -> dict[str, str]:
    """Numbers of what is there now."""
    asked = {
        "case": "SELECT c.number FROM cases_case c JOIN cases_decision d ON d.case_id = c.id ORDER BY c.number",
        "payments": "SELECT number FROM payments_list WHERE state = 'released'",
        "draft": "SELECT number FROM payments_list WHERE state = 'draft'",
        "list": "SELECT number FROM archive_list ORDER BY made_on DESC, number DESC",
    }
    return {name: next(iter(planted.log.column(query)), "") for name, query in asked.items()}


def _look_at_cases() -> None:
    """As the worker does every day: only a case that was looked at is exported."""
    from waardig.archive.actions import appraise

    appraise()


def _years_later() -> None:
    from waardig.access.actions import set_business_date

    set_business_date(LATER)


def _destroy() -> None:
    """A colleague approves the list, and what stands on it is destroyed."""
    from waardig.archive import actions, queries

    (made, *_) = queries.lists(size=10)[0]
    actions.approve(made.id, "d.smits", on=LATER, shown=made.sha256)
    for line in queries.lines_of(made.id):
        actions.destroy_line(line.id)


def test_no_command_fails(written: dict[str, Written]) -> None:
    failed = [f"{name}: {one.status} {one.output[-600:]}" for name, one in written.items() if one.status]
    assert not failed, "\n".join(failed)


def test_nothing_is_written_or_printed_that_the_log_does_not_allow(written: dict[str, Written]) -> None:
    for name, one in written.items():
        assert not one.seen.unlogged, f"{name}\n{told(one.seen.unlogged)}"
        assert not one.seen.numbers, one.seen.numbers


def test_values_of_people_are_only_in_the_files_that_are_made_for_them(written: dict[str, Written]) -> None:
    assert {name for name, one in written.items() if one.seen.shown} == FOR_SOMEBODY


def test_every_command_that_writes_files_wrote_them(written: dict[str, Written]) -> None:
    for name, one in written.items():
        if any("{folder}" in option for option in ASKED[name]):
            assert one.files, name
