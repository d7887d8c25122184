"""Zorgtoeslag 2025 in OpenFisca, as one numba kernel, a copy of memory; run by `law_country` in its own environment.

Reads the columns as numpy files from a folder and prints name, seconds and what differs, as JSON. OpenFisca counts in
euro and float32, which is what its variables of type float are; its entities are built within the measured time.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

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
REPEATS = 5


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


INPUTS = {
    "income": ("toetsingsinkomen", float), "income_partner": ("toetsingsinkomen_partner", float),
    "wealth": ("vermogen", float), "wealth_partner": ("vermogen_partner", float), "born": ("geboortedatum", int),
    "partner": ("heeft_toeslagpartner", bool), "insured": ("is_verzekerd", bool),
    "partner_insured": ("partner_is_verzekerd", bool), "partner_obliged": ("partner_is_verzekeringsplichtig", bool),
}  # fmt: skip


def openfisca(columns: dict[str, Any]) -> tuple[Any, float]:
    """The amount of everybody, and the seconds of it that are evaluation."""
    system = TaxBenefitSystem([PERSON])
    for name, (_, kind) in INPUTS.items():
        system.add_variable(_input(name, kind))
    for variable in (norm_premium, entitled, amount):
        system.add_variable(variable)
    builder = SimulationBuilder()
    builder.create_entities(system)
    size = len(columns["vermogen"])
    builder.declare_person_entity("person", np.arange(size))
    simulation = builder.build(system)
    for name, (column, kind) in INPUTS.items():
        values = columns[column]
        simulation.set_input(name, YEAR, values / 100 if kind is float else values)
    start = time.perf_counter()
    found = simulation.calculate("amount", YEAR)
    return found, time.perf_counter() - start


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


def main(place: Path) -> None:
    """Measures and prints."""
    columns = {path.stem: np.load(path) for path in place.glob("*.npy")}
    wanted = columns["amount"]
    lines = []
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        found, evaluation = openfisca(columns)
        taken.append((time.perf_counter() - start, evaluation))
    off = np.rint(found.astype(np.float64) * 100).astype(np.int64) - wanted
    differ = (
        f"{np.count_nonzero(off):,} of {len(off):,} amounts differ, at most {abs(off).max() / 100:.2f} euro; no reasons"
    )
    lines.append(("OpenFisca-core, loading included", min(taken)[0], differ))
    lines.append(("  of which evaluating", min(one for _, one in taken), ""))
    given = [np.ascontiguousarray(columns[column]) for column, _ in INPUTS.values()]
    order = [given[n] for n in (0, 1, 2, 3, 4, 5, 6, 7, 8)]
    out = np.zeros(len(wanted), np.int64)
    fused(*order, out)
    taken_one = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        fused(*order, out)
        taken_one.append(time.perf_counter() - start)
    lines.append(
        ("fused numba kernel, two threads", min(taken_one), f"{np.count_nonzero(out != wanted)} differ; no reasons")
    )
    copies = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        for column in order:
            column.copy()
        out.copy()
        copies.append(time.perf_counter() - start)
    lines.append(("copy of the columns in memory", min(copies), ""))
    print(json.dumps(lines))


if __name__ == "__main__":
    numba.set_num_threads(2)
    main(Path(sys.argv[1]))
