"""`python -m benchmarks`: laws, a person, rounds, letters, pages, log, gate, snapshot, each against a baseline."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator

from benchmarks import (
    gate,
    law_country,
    law_library,
    law_person,
    law_population,
    letters,
    log_size,
    log_tree,
    pages,
    proactive_round,
    snapshot,
)

TABLES = ("law", "country", "laws", "person", "round", "letters", "pages", "log", "gate", "log_size", "snapshot")


def main() -> None:
    """Print the tables, each from a process of its own: one database a process."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("table", nargs="?", choices=TABLES, help="one table; all of them when none is named")
    parser.add_argument(
        "--rows", type=int, default=1_000_000, help="persons for the law, lines of the log (default 1,000,000)"
    )
    parser.add_argument(
        "--clients", type=int, default=5_000, help="clients for the round, gate and snapshot (default 5,000)"
    )
    parser.add_argument(
        "--due", type=float, default=0.03, help="share of copied clients that may be due (default 0.03)"
    )
    given = parser.parse_args()
    if given.table is None:
        for name in TABLES:
            subprocess.run([sys.executable, "-m", "benchmarks", name, *sys.argv[1:]], check=True)
            print(flush=True)
        return
    tables: dict[str, Callable[[], Iterator[str]]] = {
        "law": lambda: iter([law_population.printed(law_population.table(given.rows))]),
        "country": lambda: law_country.table((given.rows,)),
        "laws": lambda: law_library.table(given.rows),
        "person": law_person.table,
        "round": lambda: proactive_round.table(given.clients, given.due),
        "letters": letters.table,
        "pages": pages.table,
        "log": lambda: log_tree.table(given.rows),
        "log_size": lambda: log_size.table(given.rows),
        "gate": lambda: gate.table(given.clients),
        "snapshot": lambda: snapshot.table(given.clients),
    }
    for line in tables[given.table]():
        print(line, flush=True)


if __name__ == "__main__":
    main()
