"""Processes are kept running, each by itself, and none outlives who started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from waardig.shell.installation.supervisor import Backoff, Supervisor, Task

SRC = str(Path(__file__).resolve().parents[3] / "src")
WAITING = "waardig.shell.installation.child"


def until(done: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def a_front(name: str, folder: Path) -> Task:
    """A real child that only listens: a front without municipalities on a free port."""
    return Task(name, ("front", "127.0.0.1", "0", "", "{}"), lambda: {"PYTHONPATH": SRC, "PATH": os.defpath}, folder)


def running(supervisor: Supervisor, name: str) -> int:
    """The number of the process that runs for a task; 0 when none does."""
    process = supervisor.process(name)
    return process.pid if process and process.poll() is None else 0


def test_a_killed_process_starts_again_and_the_other_notices_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor([a_front("one", tmp_path), a_front("two", tmp_path)], said.append, Backoff(first=0.01))
    thread = Thread(target=supervisor.run)
    thread.start()
    until(lambda: running(supervisor, "one") > 0 and running(supervisor, "two") > 0)
    first, other = running(supervisor, "one"), running(supervisor, "two")

    os.kill(first, signal.SIGKILL)

    until(lambda: running(supervisor, "one") not in (0, first))
    assert running(supervisor, "two") == other
    assert said == ["one ended (exit status -9); it starts again in 0 s"]
    supervisor.stop()
    thread.join(120)
    assert not thread.is_alive()
    assert running(supervisor, "one") == running(supervisor, "two") == 0


def test_a_task_that_cannot_start_waits_longer_each_time_and_stops_no_other(tmp_path: Path) -> None:
    tried: list[float] = []
    said: list[str] = []

    def no_secret() -> dict[str, str]:
        tried.append(time.monotonic())
        raise ValueError("there is no secret")

    broken = Task("broken", ("worker",), no_secret, tmp_path)
    supervisor = Supervisor([broken, a_front("whole", tmp_path)], said.append, Backoff(first=0.01))
    thread = Thread(target=supervisor.run)
    thread.start()
    until(lambda: len(tried) >= 4 and running(supervisor, "whole") > 0)
    supervisor.stop()
    thread.join(120)

    assert said[0] == "broken ended (there is no secret); it starts again in 0 s"


def test_the_pause_doubles_up_to_a_minute() -> None:
    assert [Backoff().after(failures) for failures in (1, 2, 3, 6, 7, 1_000)] == [1, 2, 4, 32, 60, 60]


def test_what_runs_once_gives_whether_it_failed(tmp_path: Path) -> None:
    def asked(*arguments: str) -> Task:
        return Task(arguments[0], arguments, lambda: {"PYTHONPATH": SRC}, tmp_path, tmp_path / "log", once=True)

    assert Supervisor([asked("--version")], print).run() == 0
    assert "version" in (tmp_path / "log").read_text()
    assert Supervisor([asked("--version"), asked("no-such-command")], lambda _: None).run() == 1
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_children_end_with_who_started_them_also_when_that_was_killed(tmp_path: Path, how: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c",
         "import subprocess, sys\n"
         f"child = subprocess.Popen([sys.executable, '-m', {WAITING!r}, 'front', '127.0.0.1', '0', '', '{{}}'],"
         " stdin=subprocess.PIPE, start_new_session=True)\n"
         "print(child.pid, flush=True)\nchild.wait()"],
        env={"PYTHONPATH": SRC, "PATH": os.defpath}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert is_there(child)

    parent.send_signal(how)
    parent.wait()
    parent.stdout.close()

    until(lambda: not is_there(child))


def is_there(pid: int) -> bool:
    """Whether a process lives (a child of nobody is cleared away by the system, or stays as a zombie)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False
