"""Populations for `law batch`, and a batch that is really killed halfway."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.law.builders import LAWS

ASKED = ("toetswet", ("gezamenlijk", "bijdrage"))
#: Java for a short life: nothing is compiled a second time, the classes of Spark are taken as they are (half of what
#: starting costs is checking them), and reading them in does not make it clean up.
QUICK_JAVA = (
    "-XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MetaspaceSize=256m "
    "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
)
RUN = """
import sys, datetime
from pathlib import Path
from waardig.law import queries
book = queries.law_book([], foreign=[Path(sys.argv[1])])
queries.evaluate_file(book, "toetswet", ("gezamenlijk", "bijdrage"), on=datetime.date(2025, 3, 1),
                      population=Path(sys.argv[2]), out=Path(sys.argv[3]), engine=sys.argv[4])
"""


COURSES = """
import sys, datetime
from pathlib import Path
from waardig.law import queries
book = queries.law_book([], foreign=[Path(sys.argv[1])])
queries.courses_file(book, "toelage", ("recht", "bezwaar_tot"), on=datetime.date(2025, 1, 1),
                     population=Path(sys.argv[2]), out=Path(sys.argv[3]), engine=sys.argv[4])
"""


def people(folder: Path, rows: int) -> Path:
    """A population for the test law, in many row groups."""
    file = folder / "people.parquet"
    select = "SELECT id, id % 90000 AS inkomen, id % 3 = 0 AS heeft_partner, id % 70000 AS inkomen_partner FROM "
    duckdb.execute(f"COPY ({select} range({rows}) AS t(id)) TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE 20000)")
    return file


def killed(
    population: Path,
    out: Path,
    engine: str,
    halfway: Callable[[Path], bool],
    patience: float = 60,
    *,
    run: str = RUN,
    laws: Path = LAWS,
) -> None:
    """Starts a batch and ends it, and all that it started, with SIGKILL as soon as it is halfway."""
    arguments = [sys.executable, "-c", run, str(laws), str(population), str(out), engine]
    quick = {**os.environ, "JDK_JAVA_OPTIONS": QUICK_JAVA}
    quick["PYSPARK_SUBMIT_ARGS"] = "--master local[2] --conf spark.ui.enabled=false pyspark-shell"
    one = subprocess.Popen(arguments, start_new_session=True, stderr=subprocess.PIPE, env=quick)
    end = time.monotonic() + patience
    try:
        while not any(halfway(work) for work in out.parent.glob(f".{out.name}.*.part")):
            assert one.poll() is None and time.monotonic() < end, "it ended before it was halfway"
            time.sleep(0.02)  # looking all the time would take a processor from what is looked at
        os.killpg(one.pid, signal.SIGKILL)
        assert one.wait() == -signal.SIGKILL
    finally:
        if one.poll() is None:
            os.killpg(one.pid, signal.SIGKILL)
        one.communicate()


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "people.parquet")
