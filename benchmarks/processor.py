"""Processor time and memory, from Linux: of this process and of all processes of the database together."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import psycopg

_PROC = Path("/proc")


def postmaster_of(address: str) -> int:
    """The process of which every process of that database server is a child."""
    with psycopg.connect(address) as connection:
        return _stat(connection.info.backend_pid)[1]


def database_seconds(postmaster: int) -> float:
    """Processor seconds of the server: the processes that are there and those that ended."""
    ticks = 0
    for process in _PROC.iterdir():
        if process.name.isdigit():
            try:
                found = _stat(int(process.name))
            except OSError:  # ended meanwhile
                continue
            if int(process.name) == postmaster:
                ticks += sum(found[11:15])
            elif found[1] == postmaster:
                ticks += sum(found[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_megabytes() -> int:
    """Memory of this process at this moment."""
    pages = int((_PROC / "self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def peak_megabytes() -> int:
    """The most memory that this process held, with what engines in it held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _stat(pid: int) -> list[int]:
    """The numbers of proc_pid_stat(5) after the name; the first is not one (state) and stands as 0."""
    _state, *numbers = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return [0, *map(int, numbers)]
