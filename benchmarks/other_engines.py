"""Zorgtoeslag 2025 in OpenFisca, as one numba kernel, a copy of memory; run by `law_country` in its own environment.

Reads words from standard input, does each once and answers with seconds and what differs, as JSON: `memory` and
`stored` begin at the parquet file of people, the others with the columns in memory. OpenFisca counts in euro and
float32, which is what its variables of type float are; DuckDB hands it the columns in that form. It has no reasons: who
has an income that is not known is left out.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import numba
import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.holders import set_input_divide_by_period  # noqa: F401 - proves the version has holders
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERSON = Entity("person", "persons", "A person", "")
YEAR = "2025"
FIRST_BORN_TOO_LATE = 13_573


def _input(name: str, kind: type) -> type[Variable]:
    fields = {"value_type": kind, "entity": PERSON, "definition_period": DateUnit.YEAR, "label": name}
    return type(name, (Variable,), fields)


class norm_premium(Variable):
    """Wet op de zorgtoeslag art. 2 lid 2 and 3, in euro."""

    value_type, entity, definition_period, label = float, PERSON, DateUnit.YEAR, "normpremie"

    def formula(person: Any, period: Any) -> Any:
        partner = person("partner", period)
        income = person("income", period) + partner * person("income_partner", period)
        return np.where(partner, 0.04273, 0.01896) * 28_406 + 0.137 * np.maximum(income - 28_406, 0)


class entitled(Variable):
    """Art. 1, 2 lid 5 and 3."""

    value_type, entity, definition_period, label = bool, PERSON, DateUnit.YEAR, "recht"

    def formula(person: Any, period: Any) -> Any:
        partner = person("partner", period)
        wealth = person("wealth", period) + partner * person("wealth_partner", period)
        willing = ~partner | person("partner_insured", period) | ~person("partner_obliged", period)
        of_age = person("born", period) < FIRST_BORN_TOO_LATE
        return person("insured", period) & of_age & (wealth <= np.where(partner, 179_429, 141_896)) & willing


class amount(Variable):
    """Art. 2 lid 1 and 4, and Awir art. 14: whole euro, nothing below 24."""

    value_type, entity, definition_period, label = float, PERSON, DateUnit.YEAR, "toeslag"

    def formula(person: Any, period: Any) -> Any:
        partner = person("partner", period)
        share = np.where(partner & ~person("partner_insured", period), 0.5, 1)
        exact = np.where(partner, 2, 1) * 2_112 - person("norm_premium", period)
        whole = np.floor(np.maximum(exact, 0) * share + 0.5)
        return np.where(person("entitled", period) & (whole >= 24), whole, 0)


COLUMNS = """
SELECT toetsingsinkomen AS income, coalesce(toetsingsinkomen_partner, 0) AS income_partner, vermogen AS wealth,
    coalesce(vermogen_partner, 0) AS wealth_partner, CAST(geboortedatum - DATE '1970-01-01' AS INTEGER) AS born,
    heeft_toeslagpartner AS partner, is_verzekerd AS insured, coalesce(partner_is_verzekerd, FALSE) AS partner_insured,
    coalesce(partner_is_verzekeringsplichtig, FALSE) AS partner_obliged
FROM read_parquet('{file}') WHERE toetsingsinkomen IS NOT NULL
"""
AMOUNTS = ("income", "income_partner", "wealth", "wealth_partner")
IN_EURO = ", ".join(f"CAST({name} / 100 AS FLOAT) AS {name}" for name in AMOUNTS)
EURO = f"SELECT * REPLACE ({IN_EURO}) FROM ({{people}})"  # noqa: S608
KINDS = dict.fromkeys(AMOUNTS, float) | {"born": int}
ORDER = (*AMOUNTS, "born", "partner", "insured", "partner_insured", "partner_obliged")
Columns = dict[str, Any]


def read(query: str) -> Columns:
    """The columns of a query as numpy arrays, read by two threads."""
    found = duckdb.connect().execute("SET threads = 2").execute(query).fetchnumpy()
    return {name: np.ma.getdata(values) for name, values in found.items()}


def loaded(columns: Columns) -> Any:
    """A simulation of OpenFisca with everybody in it."""
    system = TaxBenefitSystem([PERSON])
    for name in ORDER:
        system.add_variable(_input(name, KINDS.get(name, bool)))
    for variable in (norm_premium, entitled, amount):
        system.add_variable(variable)
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(len(columns["wealth"])))
    simulation = builder.build(system)
    for name in ORDER:
        simulation.set_input(name, YEAR, columns[name])
    return simulation


@numba.njit(parallel=True, cache=False)
def fused(income, income2, wealth, wealth2, born, partner, insured, insured2, obliged2, out):  # type: ignore[no-untyped-def]
    """The same in exact thousandths of cents, one pass."""
    for i in numba.prange(out.size):
        two = partner[i]
        total = income[i] + (income2[i] if two else 0)
        own = wealth[i] + (wealth2[i] if two else 0)
        right = insured[i] and born[i] < FIRST_BORN_TOO_LATE and own <= (17942900 if two else 14189600)
        right = right and (not two or insured2[i] or not obliged2[i])
        norm = (4273 if two else 1896) * 2840600 + 13700 * max(total - 2840600, 0)
        exact = (42240000000 if two else 21120000000) - norm
        share = 1 if two and not insured2[i] else 2
        cents = (exact * share + 10000000) // 20000000 * 100 if right and exact > 0 else 0
        out[i] = cents if cents >= 2400 else 0


class Measured:
    """What can be asked, each with the columns that it starts from."""

    def __init__(self, place: Path) -> None:
        self.out = place / "other.parquet"
        self.cents = COLUMNS.format(file=place / "people.parquet")
        self.euro = EURO.format(people=self.cents)
        self.wanted = read(f"SELECT amount FROM read_parquet('{place / 'wanted.parquet'}')")["amount"]  # noqa: S608
        columns = read(self.cents)
        self.given = [np.ascontiguousarray(columns[name]) for name in ORDER]
        self.in_memory = read(self.euro)
        self.result = np.zeros(len(self.wanted), np.int64)
        fused(*self.given, self.result)

    def memory(self) -> Any:
        """OpenFisca-core, parquet to a numpy array"""
        return loaded(read(self.euro)).calculate("amount", YEAR)

    def stored(self) -> Any:
        """OpenFisca-core, parquet to parquet"""
        amount = self.memory()
        duckdb.execute(f"COPY (SELECT * FROM amount) TO '{self.out}' (FORMAT parquet)").fetchall()  # noqa: S608
        return amount

    def loaded(self) -> Any:
        """OpenFisca-core, arrays to an array"""
        return loaded(self.in_memory).calculate("amount", YEAR)

    def kernel(self) -> Any:
        """fused numba kernel, arrays to an array"""
        fused(*self.given, self.result)
        return self.result

    def copy(self) -> Any:
        """copy of the columns in memory"""
        for column in self.given:
            column.copy()
        self.result.copy()

    def answer(self, word: str) -> dict[str, Any]:
        """Seconds of one run and how the result differs from the exact one."""
        run = self.loaded if word == "evaluated" else getattr(self, word)
        name = "  of which evaluating" if word == "evaluated" else run.__doc__
        simulation = loaded(self.in_memory) if word == "evaluated" else None
        start = time.perf_counter(), time.process_time()
        found = simulation.calculate("amount", YEAR) if simulation else run()
        spent = {"seconds": time.perf_counter() - start[0], "processor": time.process_time() - start[1]}
        return {"name": name, **spent, "said": "" if found is None else self.compared(found)}

    def compared(self, found: Any) -> str:
        """How many amounts are not the exact one."""
        cents = found if found.dtype == np.int64 else np.rint(found.astype(np.float64) * 100).astype(np.int64)
        off = cents - self.wanted
        differ = f"{np.count_nonzero(off):,} of {len(off):,} amounts differ"
        return f"{differ}, at most {abs(off).max() / 100:.2f} euro; no reasons"


def main(place: Path) -> None:
    """Answers until an empty line."""
    measured = Measured(place)
    for line in sys.stdin:
        if not line.strip():
            return
        print(json.dumps(measured.answer(line.strip())), flush=True)


if __name__ == "__main__":
    numba.set_num_threads(2)
    main(Path(sys.argv[1]))
