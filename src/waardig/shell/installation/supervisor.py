"""Keeps a set of processes running: each is started again by itself when it ends, later and later; all end with us."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

Say = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """One process to keep running.

    Attributes:
        environment: asked at every start, so that a changed secret or port counts.
        output: the file for what it prints; None: with us.
        once: it may end by itself with status 0; then it is not started again.
    """

    name: str
    arguments: Sequence[str]
    environment: Callable[[], Mapping[str, str]]
    folder: Path
    output: Path | None = None
    once: bool = False


@dataclass(frozen=True)
class Backoff:
    """How long to wait before a next start, in seconds; after a quiet spell we begin anew."""

    first: float = 1.0
    most: float = 60.0
    quiet: float = 60.0

    def after(self, failures: int) -> float:
        """The pause after this many failures in a row."""
        return min(self.most, self.first * 2.0 ** min(failures - 1, 30))


@dataclass
class Supervisor:
    """Runs tasks until told to stop.

    A task that fails touches no other: each has a thread of its own that only waits for its process.
    """

    tasks: Sequence[Task]
    say: Say
    backoff: Backoff = field(default_factory=Backoff)
    patience: float = 15.0
    _stop: Event = field(default_factory=Event)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _failed: set[str] = field(default_factory=set)

    def run(self) -> int:
        """Run until every task ended or `stop` is called; gives 1 when a task that runs once failed, else 0."""
        threads = [Thread(target=self._keep, args=(task,), daemon=True) for task in self.tasks]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():  # with a time, so that a signal is heard
                thread.join(0.2)
        return 1 if self._failed else 0

    def stop(self) -> None:
        """Ask every process to end; who does not is killed after the time of patience."""
        self._stop.set()
        with self._lock:
            for process in self._running.values():
                process.terminate()

    def process(self, name: str) -> subprocess.Popen[bytes] | None:
        """The process of this task that runs now."""
        return self._running.get(name)

    def _keep(self, task: Task) -> None:
        failures = 0
        while not self._stop.is_set():
            begin = time.monotonic()
            why = self._once(task)
            if self._stop.is_set() or (task.once and why == "exit status 0"):
                return
            if task.once:
                self._failed.add(task.name)
                self.say(f"{task.name}: {why}")
                return
            failures = 1 if time.monotonic() - begin > self.backoff.quiet else failures + 1
            pause = self.backoff.after(failures)
            self.say(f"{task.name} ended ({why}); it starts again in {pause:.0f} s")
            self._stop.wait(pause)

    def _once(self, task: Task) -> str:
        """Start the process and wait for its end; gives why it ended."""
        try:
            process = self._start(task)
        except Exception as problem:  # a secret that is gone, a full disk: it concerns this task only
            return str(problem)
        if process is None:
            return "stopping"
        while not self._stop.is_set():
            with suppress(subprocess.TimeoutExpired):
                return f"exit status {process.wait(0.5)}"
        try:
            code = process.wait(self.patience)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        return f"exit status {code}"

    def _start(self, task: Task) -> subprocess.Popen[bytes] | None:
        environment = dict(task.environment())
        output = task.output.open("ab") if task.output else None
        if task.output:
            task.output.chmod(0o600)
        try:
            with self._lock:
                if self._stop.is_set():
                    return None
                process = subprocess.Popen(
                    [sys.executable, "-m", "waardig.shell.installation.child", *task.arguments],
                    env=environment, cwd=task.folder, stdin=subprocess.PIPE, stdout=output, stderr=output,
                    start_new_session=True, close_fds=True,
                )  # fmt: skip
                self._running[task.name] = process
                return process
        finally:
            if output:
                output.close()
