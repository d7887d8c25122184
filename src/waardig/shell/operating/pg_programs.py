"""PostgreSQL's own programs for dump and restore, from the wheel: version 18, for servers from 15 on.

An address never stands among the arguments, where every user of the machine could read it: it goes in the environment.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from waardig.kernel.errors import Refusal
from waardig.shell.postgres import programs

_PASSED = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}


class ProgramFailed(Refusal):
    """A program of PostgreSQL did not do its work; what was half done is undone."""

    def __init__(self, program: str, said: str) -> None:
        super().__init__(
            code="program_failed",
            text_nl="De database kon niet worden gekopieerd of teruggezet.",
            text_en=f"{program} failed: {said}",
            remedy="Correct what it says and run the command again; nothing half done stays behind.",
        )


def run_program(program: str, url: str, *arguments: str, output: Path | None = None) -> str:
    """Run one of PostgreSQL's programs on a database; gives what it printed.

    Args:
        output: a file that its output goes to instead.

    Raises:
        ProgramFailed: with its last lines; these name tables and roles, never rows.
    """
    command = [str(programs() / program), *arguments]
    if output is not None:
        with output.open("wb") as target:
            done = subprocess.run(command, env=_environment(url), stdout=target, stderr=subprocess.PIPE, cwd="/")
    else:
        done = subprocess.run(command, env=_environment(url), capture_output=True, cwd="/")
    if done.returncode != 0:
        raise ProgramFailed(program, _without_rows(done.stderr.decode(errors="replace").splitlines()))
    return (done.stdout or b"").decode(errors="replace")


def _without_rows(lines: Sequence[str]) -> str:
    """The errors only: a DETAIL, CONTEXT or COPY line may quote a row."""
    kept = [line for line in lines if "error:" in line and "COPY" not in line]
    return "; ".join(kept[-3:])[:400] or "it gave no reason"


def _environment(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    known = {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C",
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.lstrip("/"),
        "PGAPPNAME": "waardig-backup",
    }
    return {**known, **{_PASSED[name]: value for name, value in parse_qsl(parts.query) if name in _PASSED}}
