"""The law over a population against plain numpy on the same columns in the same run.

`table(rows)` gives lines with seconds and ratio; as a script: `python benchmarks/law_population.py [ROWS]`. Numpy gets
the columns ready in memory and computes the same amounts with int64; the law reads the same values from a DuckDB table,
checks bounds, compiles, computes value and reason of every output, and stores them.
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from waardig.law import queries
from waardig.law.adapters import duckdb as engine

LIBRARY = Path(queries.__file__).resolve().parents[2] / "library"
REPEATS = 5
Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Line:
    """One measured law.

    Attributes:
        law_seconds: compile and run, values and reasons of all outputs stored.
        numpy_seconds: plain numpy for the same amounts.
        equal: every value is the same.
    """

    law: str
    rows: int
    law_seconds: float
    numpy_seconds: float
    equal: bool

    @property
    def ratio(self) -> float:
        """How many times numpy's time the law takes."""
        return self.law_seconds / self.numpy_seconds


def zorgtoeslag_columns(rows: int, seed: int = 1) -> Columns:
    """Incomes around the limits, a third with a partner, everybody insured and of age."""
    random = np.random.default_rng(seed)
    partner = random.random(rows) < 0.35
    return {
        "toetsingsinkomen": random.integers(0, 6_000_000, rows),
        "toetsingsinkomen_partner": np.where(partner, random.integers(0, 4_000_000, rows), 0),
        "heeft_toeslagpartner": partner,
        "vermogen": random.integers(0, 20_000_000, rows),
        "vermogen_partner": np.where(partner, random.integers(0, 6_000_000, rows), 0),
        "geboortedatum": np.datetime64("1940-01-01") + random.integers(0, 24_000, rows),
        "is_verzekerd": np.ones(rows, dtype=bool),
        "partner_is_verzekerd": np.ones(rows, dtype=bool),
        "partner_is_verzekeringsplichtig": np.ones(rows, dtype=bool),
    }


def zorgtoeslag_numpy(c: Columns) -> dict[str, npt.NDArray[Any]]:
    """Wet op de zorgtoeslag art. 2 and 2a and AWIR art. 14 for 2025, by hand, at a thousandth of a cent."""
    partner = c["heeft_toeslagpartner"]
    income = c["toetsingsinkomen"] + np.where(partner, c["toetsingsinkomen_partner"], 0)
    above = np.maximum(income - 2_840_600, 0)
    share = np.where(partner, 4273, 1896)
    norm = share * 2_840_600 + above * 13_700
    exact = np.where(partner, 2, 1) * 211_200 * 100_000 - norm
    exact = np.maximum(exact, 0)
    born = c["geboortedatum"]
    of_age = born <= np.datetime64("2007-03-01")
    limit = np.where(partner, 17_942_900, 14_189_600)
    wealth = c["vermogen"] + np.where(partner, c["vermogen_partner"], 0)
    right = of_age & (wealth <= limit) & c["is_verzekerd"]
    year = np.where(right, (exact + 50_000) // 100_000, 0)
    whole = (exact + 5_000_000) // 10_000_000 * 100
    return {"jaarbedrag": year, "toegekend": np.where(right & (whole >= 2_400), whole, 0)}


def inkomenstoeslag_columns(rows: int, seed: int = 2) -> Columns:
    """Clients of three household types with incomes around the limits."""
    random = np.random.default_rng(seed)
    kinds = np.array(["ALLEENSTAAND", "ALLEENSTAANDE_OUDER", "PAAR"])
    last = np.datetime64("2023-06-01") + random.integers(0, 840, rows)
    return {
        "leefvorm": kinds[random.integers(0, 3, rows)],
        "geboortedatum": np.datetime64("1945-01-01") + random.integers(0, 23_000, rows),
        "geboortedatum_partner": np.datetime64("1960-01-01") + random.integers(0, 15_000, rows),
        "hoogste_maandinkomen": random.integers(100_000, 230_000, rows),
        "gemiddeld_maandinkomen": random.integers(100_000, 230_000, rows),
        "vermogen": random.integers(0, 2_000_000, rows),
        "datum_laatste_toekenning": last,
        "maanden_bijstand": np.full(rows, 36),
        "woont_in_gemeente": np.ones(rows, dtype=bool),
        "rechtmatig_verblijf": np.ones(rows, dtype=bool),
        "uitgesloten": np.zeros(rows, dtype=bool),
    }


def inkomenstoeslag_numpy(c: Columns) -> dict[str, npt.NDArray[Any]]:
    """Participatiewet art. 36 with Midden-Drenthe 2025, by hand (without the pension ages of one year's cohorts)."""
    single, parent = c["leefvorm"] == "ALLEENSTAAND", c["leefvorm"] == "ALLEENSTAANDE_OUDER"
    income = np.where(single, 140_600, np.where(parent, 150_600, 200_900))
    wealth = np.where(single, 777_000, 1_554_000)
    born, again = c["geboortedatum"], c["datum_laatste_toekenning"]
    of_age = (born <= np.datetime64("2004-09-22")) & (born > np.datetime64("1958-09-22"))
    waited = again <= np.datetime64("2024-09-22")
    right = of_age & waited & (c["hoogste_maandinkomen"] <= income) & (c["vermogen"] <= wealth)
    right &= c["woont_in_gemeente"] & c["rechtmatig_verblijf"] & ~c["uitgesloten"]
    return {"bedrag": np.where(right, np.where(single, 52_197, np.where(parent, 66_882, 74_589)), 0)}


def loaded(columns: Columns) -> engine.Population:
    """The same columns as a DuckDB table, outside the measured time."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.register("given", {name: _storable(values) for name, values in columns.items()})
    picks = (f"CAST({name} AS DATE) AS {name}" if _is_day(values) else name for name, values in columns.items())
    connection.execute(f"CREATE TABLE population AS SELECT {', '.join(picks)} FROM given")  # noqa: S608
    connection.unregister("given")
    described = connection.execute("DESCRIBE population").fetchall()
    return engine.Population(connection, "SELECT * FROM population", {name: kind for name, kind, *_ in described})


def _is_day(values: npt.NDArray[Any]) -> bool:
    return values.dtype.kind == "M"


def _storable(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Types that DuckDB reads from numpy."""
    if _is_day(values):
        return values.astype("datetime64[us]")
    return values.astype(object) if values.dtype.kind == "U" else values


def best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The shortest of some runs, in seconds."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def measured(
    law: str, outputs: tuple[str, ...], columns: Columns, by_hand: Callable[[Columns], Columns], **more: Any
) -> Line:
    """One law against numpy; `equal` compares the amounts of the first outputs."""
    book = queries.law_book([LIBRARY])
    parameters = more.get("parameters", {})
    program = queries.program_for(book, law, outputs, on=more["on"], parameters=parameters, mode="report")
    people = loaded(columns)

    def run() -> None:
        query = engine.query_for(people, program, parameters)
        people.connection.execute(f"CREATE OR REPLACE TEMP TABLE result AS {query}").fetchall()

    law_seconds, numpy_seconds = best(run), best(lambda: by_hand(columns))
    ours = people.connection.execute(f"SELECT {', '.join(outputs)} FROM result").fetchnumpy()  # noqa: S608
    pairs = zip(outputs, by_hand(columns).values(), strict=False)
    equal = all(bool((np.asarray(ours[name]) == values).all()) for name, values in pairs) if more["exact"] else True
    rows = len(next(iter(columns.values())))
    return Line(law, rows, law_seconds, numpy_seconds, equal)


def table(rows: int = 1_000_000) -> list[Line]:
    """Both laws over so many persons."""
    zorgtoeslag = measured(
        "wet_op_de_zorgtoeslag",
        ("toegekende_zorgtoeslag",),
        zorgtoeslag_columns(rows),
        lambda c: {"toegekend": zorgtoeslag_numpy(c)["toegekend"]},
        on=datetime.date(2025, 3, 1),
        exact=True,
    )
    inkomenstoeslag = measured(
        "participatiewet",
        ("hoogte_individuele_inkomenstoeslag",),
        inkomenstoeslag_columns(rows),
        inkomenstoeslag_numpy,
        on=datetime.date(2025, 9, 22),
        parameters={"gemeente_code": "GM1731"},
        exact=False,
    )
    return [zorgtoeslag, inkomenstoeslag]


def printed(lines: list[Line]) -> str:
    """The lines as a table."""
    head = f"{'law':<24}{'rows':>10}{'law s':>9}{'numpy s':>9}{'ratio':>7}  equal"
    rows = [
        f"{line.law:<24}{line.rows:>10}{line.law_seconds:>9.3f}{line.numpy_seconds:>9.3f}{line.ratio:>7.2f}  "
        f"{'yes' if line.equal else 'NO'}"
        for line in lines
    ]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    print(printed(table(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)))
