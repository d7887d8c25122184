"""Runs the trial of a draft in a program of its own, with a limit on time; all goes by pipe, nothing on disk.

The program limits its own memory and processor time before it reads anything (`waardig.law.cli.trial`). It gets no
settings and no secrets: its environment is empty but for where Python finds this package.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from signal import SIGKILL
from typing import Any

PROGRAM = "waardig.law.cli.trial"
SECONDS = 20
WAIT = 10
"""So long somebody waits for the trial of another before being told that it is busy."""
TOO_LONG, BUSY, NOT_READ = "too_long", "busy", "not_read"
KEPT = ("PATH", "PYTHONPATH", "VIRTUAL_ENV")
_ONE_AT_A_TIME = threading.Lock()


def tried_apart(asked: Mapping[str, Any], *, seconds: int = SECONDS) -> Mapping[str, Any]:
    """The answer of the program; {"problem": ...} when it took too long, gave up or was busy."""
    if not _ONE_AT_A_TIME.acquire(timeout=WAIT):
        return {"problem": BUSY}
    try:
        return _run(json.dumps(asked).encode(), seconds)
    finally:
        _ONE_AT_A_TIME.release()


def _run(asked: bytes, seconds: int) -> Mapping[str, Any]:
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"PYTHONDONTWRITEBYTECODE": "1"}
    program = subprocess.Popen(
        [sys.executable, "-m", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        said, _ = program.communicate(asked, timeout=seconds)
    except subprocess.TimeoutExpired:
        return {"problem": TOO_LONG}
    finally:
        _end(program)
    try:
        answer = json.loads(said)
    except ValueError:
        return {"problem": TOO_LONG if program.returncode and program.returncode < 0 else NOT_READ}
    return answer if isinstance(answer, dict) else {"problem": NOT_READ}


def _end(program: subprocess.Popen[bytes]) -> None:
    """No trial goes on after its answer, whatever happened here."""
    if program.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, SIGKILL)
        program.communicate()
