"""`python -m benchmarks`: the law over a population, and a proactive round, each against a baseline of the same run."""

from __future__ import annotations

import argparse

from benchmarks import law_population, proactive_round


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="persons for the law (default 1,000,000)")
    parser.add_argument("--clients", type=int, default=5_000, help="clients for the round (default 5,000)")
    given = parser.parse_args()
    print(law_population.printed(law_population.table(given.rows)), flush=True)
    print()
    for line in proactive_round.table(given.clients):
        print(line, flush=True)


if __name__ == "__main__":
    main()
