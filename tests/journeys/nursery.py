"""A process in which everything is loaded and the law is read, and that forks a child for each story it is asked for.

A kill test starts the same story again and again. What is killed is the work, so that is what a child begins with:
it becomes the town it is given (addresses, folder, content) and plays. `Nursery` is the side of the test.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from tests.anything import declare_everything
from tests.journeys.towns import ROOT, Town


@dataclass(frozen=True)
class Nursery:
    """The process that forks a child for each order it reads."""

    orders: IO[bytes]
    answers: IO[bytes]
    said: IO[str]

    def finishes_within(self, seconds: float, town: Town, story: str, *given: str, owner: bool = False) -> bool:
        """Start a story (`module:function`) and kill it after so many seconds; whether it came to its end before."""
        order = {"story": story, "given": given, "environment": town.environment(owner=owner)}
        self.orders.write(f"{json.dumps(order)}\n".encode())
        child = int(self.answers.readline())
        if not select.select([self.answers], [], [], seconds)[0]:
            with suppress(ProcessLookupError):  # it ended at this very moment
                os.kill(child, signal.SIGKILL)
        ended = int(self.answers.readline())
        if ended == -signal.SIGKILL:
            return False
        assert ended == 0, self._last_said()
        return True

    def exported(self, town: Town) -> list[dict[str, Any]]:
        """What `Town.export` gives, by the same command, without loading everything for it again."""
        file = town.folder / "exported.jsonl"
        assert self.finishes_within(300, town, f"{__name__}:written", str(file), "export", "--canonical")
        return [json.loads(line) for line in file.read_text().splitlines()]

    def _last_said(self) -> str:
        self.said.seek(0)
        return self.said.read()[-3000:]


@contextmanager
def a_nursery() -> Iterator[Nursery]:
    """A nursery until the block ends; it knows no address of any database itself."""
    with tempfile.TemporaryFile("w+") as said:
        known = {key: value for key, value in os.environ.items() if not key.startswith(("WAARDIG_", "DATABASE_"))}
        path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere", "WAARDIG_SECRET_KEY": "a-town-in-a-test"}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.nursery"], env={**known, **nowhere, "PYTHONPATH": path}, cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, bufsize=0,
        )  # fmt: skip
        assert process.stdin is not None and process.stdout is not None
        try:
            yield Nursery(process.stdin, process.stdout, said)
        finally:
            process.stdin.close()
            process.wait(60)
            process.stdout.close()


def main() -> None:
    """Load, then fork for each line; the answers are the number of the child and how it ended."""
    from waardig.shell import system

    system.set_up()
    from tests.conftest import RIETWAARDEN

    os.environ["WAARDIG_CONTENT"] = str(RIETWAARDEN)
    from waardig.cases.queries.rules import book
    from waardig.shell import wiring

    wiring.bind()
    book()
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _play(order["environment"], order["story"], order["given"])
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _play(environment: Mapping[str, str], story: str, given: list[str]) -> None:
    """The child: nothing it prints reaches the answers, and it never returns."""
    ended = 1
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        os.dup2(quiet, sys.stdin.fileno())
        os.dup2(quiet, sys.stdout.fileno())
        _become(environment)
        declare_everything()
        module, name = story.split(":")
        getattr(import_module(module), name)(*given)
        ended = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(ended)


def command(*arguments: str) -> None:
    """A story: a command as it is typed, after everything was loaded."""
    from waardig.shell.cli import waardig

    waardig(args=list(arguments), standalone_mode=False)


def written(file: str, *arguments: str) -> None:
    """A story: a command of which what it prints is kept in a file."""
    with Path(file).open("w") as kept, redirect_stdout(kept):
        command(*arguments)


def _become(environment: Mapping[str, str]) -> None:
    from tests.conftest import _point

    os.environ.clear()
    os.environ.update(environment)
    _point("default", environment["DATABASE_URL"])
    if "DATABASE_OWNER_URL" in environment:
        _point("owner", environment["DATABASE_OWNER_URL"])


if __name__ == "__main__":
    main()
