"""An invented population to try a simulation on: `python -m benchmarks.people ROWS FILE.parquet`.

One row an applicant of the zorgtoeslag (a couple has one claim together, art. 2 lid 1 Wet op de zorgtoeslag). Household
types, ages, gross household incomes and savings follow published figures of Statistics Netherlands, table by table
below; how they hang together (who of which age earns what) is chosen and not measured. Nobody in it exists.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

HOUSEHOLDS = {"ALLEENSTAAND": 3_340_560, "PAAR_ZONDER_KIND": 2_385_910, "PAAR_MET_KIND": 2_034_636, "EENOUDER": 610_633}
"""CBS 37975 (2024): one person, several without a child; with a child, of which one parent by CBS 71487ned (2023)."""
AGES = {(18, 40): 4_309_987, (40, 65): 5_866_334, (65, 80): 2_515_184, (80, 98): 798_820}
"""CBS 37296ned (2019), 20 to 39, 40 to 64, 65 to 79 and 80 and over; the youngest are 18 here."""
INCOME = (0, 22_900, 30_200, 38_900, 49_700, 62_700, 78_600, 97_400, 121_300, 159_500, 400_000)
"""CBS 83934NED (2022, provisional): gross household income in euros by percentile 10 to 90; both ends are chosen."""
SAVINGS = (0, 2_000, 11_000, 39_000, 400_000)
"""CBS 80056ned (2014): savings in euros at percentile 25, 50 and 75; both ends are chosen."""
NEIGHBOURHOODS = 24
Columns = dict[str, npt.NDArray[Any]]


def columns(rows: int, seed: int = 1) -> Columns:
    """The columns, the same for the same seed."""
    random = np.random.default_rng(seed)
    kinds = np.array(list(HOUSEHOLDS))
    kind = kinds[random.choice(len(kinds), rows, p=_shares(HOUSEHOLDS.values()))]
    pair = np.char.startswith(kind, "PAAR")
    band = random.choice(len(AGES), rows, p=_shares(AGES.values()))
    first = np.array([low for low, _ in AGES])[band]
    years = np.array([high - low for low, high in AGES])[band]
    days = ((first + random.random(rows) * years) * 365.25).astype(np.int64)
    household = _drawn(random, INCOME, rows)
    share = np.where(pair, random.integers(50, 101, rows), 100)
    return {
        "persoon": np.arange(rows),
        "huishouden": np.arange(rows),
        "leefvorm": kind,
        "wijk": np.array([f"wijk {n + 1:02d}" for n in range(NEIGHBOURHOODS)])[_places(random, rows)],
        "geboortedatum": np.datetime64("2025-01-01") - days,
        "is_verzekerd": random.random(rows) < 0.998,
        "heeft_toeslagpartner": pair,
        "toetsingsinkomen": household * share // 100,
        "toetsingsinkomen_partner": np.where(pair, household - household * share // 100, 0),
        "vermogen": _drawn(random, SAVINGS, rows),
        "vermogen_partner": np.where(pair, _drawn(random, SAVINGS, rows) // 2, 0),
        "partner_is_verzekerd": pair,
        "partner_is_verzekeringsplichtig": pair,
    }


def _shares(counts: Any) -> npt.NDArray[Any]:
    found = np.array(list(counts), dtype=float)
    return found / found.sum()


def _drawn(random: np.random.Generator, limits: tuple[int, ...], rows: int) -> npt.NDArray[Any]:
    """Eurocents, evenly between the published percentiles."""
    edges = np.array(limits, dtype=np.int64) * 100
    part = random.integers(0, len(edges) - 1, rows)
    return edges[part] + (random.random(rows) * (edges[part + 1] - edges[part])).astype(np.int64)


def _places(random: np.random.Generator, rows: int) -> npt.NDArray[Any]:
    """Neighbourhoods of unequal size."""
    sizes = np.arange(NEIGHBOURHOODS, 0, -1) + 6
    return random.choice(NEIGHBOURHOODS, rows, p=_shares(sizes))


def written(rows: int, path: Path, seed: int = 1) -> None:
    """The population as parquet."""
    made = columns(rows, seed)
    connection = duckdb.connect()
    storable = {name: values.astype(object) if values.dtype.kind == "U" else values for name, values in made.items()}
    storable["geboortedatum"] = made["geboortedatum"].astype("datetime64[us]")
    connection.register("given", storable)
    born = "CAST(geboortedatum AS DATE) AS geboortedatum"
    query = f"COPY (SELECT * REPLACE ({born}) FROM given) TO '{path}' (FORMAT parquet)"  # noqa: S608
    connection.execute(query)


if __name__ == "__main__":
    written(int(sys.argv[1]), Path(sys.argv[2]))
