"""One person: the zorgtoeslag explained, without explanation, and as a plain Python function of the same formula.

Nobody is asked twice: amounts and dates of every person are put into words for the first time. The plain function is
the baseline; every amount is compared. Beside it what a start costs: the whole library read, joined and checked in a
new process, without and with what an earlier start kept, against the same files parsed as YAML and nothing else.
"""

from __future__ import annotations

import datetime
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.law_population import LIBRARY
from waardig.law import queries
from waardig.law.terms import ABSENT, OK, Evaluation, Fact, Step, Value

LAW, OUTPUT, ON = "wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", datetime.date(2025, 3, 1)
PASSES, PERSONS = 120, 20
STARTS = 3
READ = """
import sys, time
from pathlib import Path
from waardig.law.queries import law_book
start = time.perf_counter()
law_book([Path(sys.argv[1])])
print(time.perf_counter() - start)
"""
PARSED = """
import sys, time, yaml
from pathlib import Path
start = time.perf_counter()
for path in sorted((Path(sys.argv[1]) / "laws").rglob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
print(time.perf_counter() - start)
"""


@dataclass(frozen=True)
class Person:
    """The facts of the law about somebody invented, as a register gives them and as plain values."""

    facts: Mapping[str, Fact]
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Line:
    """One way to ask.

    Attributes:
        best, middle: seconds a person in the best and in the middle pass.
    """

    what: str
    best: float
    middle: float


def persons(count: int, seed: int) -> list[Person]:
    """Most of them entitled, so that the law goes all the way; a third with a partner, some out for one reason each."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        partner = chance.random() < 0.35
        values: dict[str, Value] = {
            "toetsingsinkomen": chance.randrange(4_200_000),
            "toetsingsinkomen_partner": chance.randrange(1_500_000) if partner else None,
            "heeft_toeslagpartner": partner,
            "vermogen": chance.randrange(14_500_000),
            "vermogen_partner": chance.randrange(3_500_000) if partner else None,
            "geboortedatum": (datetime.date(1940, 1, 1) + datetime.timedelta(chance.randrange(24_700))).isoformat(),
            "is_verzekerd": chance.random() < 0.98,
            "partner_is_verzekerd": chance.random() < 0.97 if partner else None,
            "partner_is_verzekeringsplichtig": chance.random() < 0.67 if partner else None,
        }
        facts = {name: Fact(value, ABSENT if value is None else OK, "BRP", ON, ON) for name, value in values.items()}
        found.append(Person(facts, values))
    return found


def by_hand(
    *,
    toetsingsinkomen: int,
    toetsingsinkomen_partner: int | None,
    heeft_toeslagpartner: bool,
    vermogen: int,
    vermogen_partner: int | None,
    geboortedatum: str,
    is_verzekerd: bool,
    partner_is_verzekerd: bool | None,
    partner_is_verzekeringsplichtig: bool | None,
) -> int:
    """Wet op de zorgtoeslag art. 2 and 2a and AWIR art. 14 for 2025: eurocents a year, without a reason."""
    if not is_verzekerd or geboortedatum >= "2007-03-01":
        return 0
    income, wealth, limit, share, base = toetsingsinkomen, vermogen, 14_189_600, 2, 15_734_222_400
    if heeft_toeslagpartner:
        if partner_is_verzekeringsplichtig and not partner_is_verzekerd:
            return 0
        income, wealth = income + (toetsingsinkomen_partner or 0), wealth + (vermogen_partner or 0)
        limit, base, share = 17_942_900, 30_102_116_200, 2 if partner_is_verzekerd else 1
    exact = base - 13_700 * max(income - 2_840_600, 0)
    if wealth > limit or exact <= 0:
        return 0
    cents = (exact * share + 10_000_000) // 20_000_000 * 100
    return cents if cents >= 2_400 else 0


def read(steps: Sequence[Step]) -> int:
    """The number of sentences of an explanation, each read in both languages."""
    count = 0
    for step in steps:
        count += (step.words_nl != "") + (step.words_en != "") + read(step.children)
    return count


def ways(book: queries.LawBook) -> dict[str, Callable[[Person], object]]:
    """How one person is asked, by its name; the first is the baseline."""

    def asked(person: Person, *, explain: bool) -> Evaluation:
        return queries.evaluate(book, LAW, [OUTPUT], on=ON, facts=person.facts, explain=explain)

    return {
        "plain Python function": lambda person: by_hand(**person.values),
        "the law, without explanation": lambda person: asked(person, explain=False),
        "the law, explained": lambda person: asked(person, explain=True),
        "and each sentence read, nl and en": lambda person: read(asked(person, explain=True).steps),
    }


def lines(book: queries.LawBook, passes: int = PASSES, count: int = PERSONS) -> list[Line]:
    """Every way in turns, each pass over persons who were never asked before."""
    taken: dict[str, list[float]] = {}
    for number in range(passes):
        for place, (what, ask) in enumerate(ways(book).items()):
            people = persons(count, seed=1 + number * 10 + place)
            start = time.perf_counter()
            for person in people:
                ask(person)
            taken.setdefault(what, []).append((time.perf_counter() - start) / count)
    return [Line(what, min(times), sorted(times)[len(times) // 2]) for what, times in taken.items()]


def differences(book: queries.LawBook, people: Sequence[Person]) -> int:
    """How many persons get another amount by law than by hand."""
    return sum(
        queries.evaluate(book, LAW, [OUTPUT], on=ON, facts=person.facts).outputs[OUTPUT].value
        != by_hand(**person.values)  # type: ignore[arg-type]
        for person in people
    )


def table() -> Iterator[str]:
    """Lines for each way to ask one person, then for a start."""
    book = queries.law_book([LIBRARY])
    people = persons(2_000, seed=0)
    differ = differences(book, people)
    if differ:
        raise AssertionError(f"{differ} persons get another amount by law than by hand")
    told = [read(queries.evaluate(book, LAW, [OUTPUT], on=ON, facts=person.facts, explain=True).steps)
                 for person in people[:200]]  # fmt: skip
    yield f"{'one person, zorgtoeslag':<36}{'best ms':>9}{'middle ms':>11}{'times by hand':>15}"
    found = lines(book)
    for line in found:
        times = line.best / found[0].best
        yield f"{line.what:<36}{line.best * 1e3:>9.4f}{line.middle * 1e3:>11.4f}{times:>15,.0f}"
    yield f"{len(people):,} amounts equal; {sum(told) / len(told):.0f} sentences a person"
    yield from starts()


def starts() -> Iterator[str]:
    """Lines for the whole library in a new process."""
    taken: dict[str, list[float]] = {}
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="waardig-bench-") as place:
            for what, program in (("parsed as YAML", PARSED), ("read, joined, checked", READ), ("from cache", READ)):
                taken.setdefault(what, []).append(_apart(program, place))
    baseline = min(taken["parsed as YAML"])
    yield ""
    yield f"{'the whole library, in a new process':<36}{'seconds':>9}{'times parsing':>26}"
    for what, times in taken.items():
        yield f"{what:<36}{min(times):>9.3f}{min(times) / baseline:>26.2f}"


def _apart(program: str, place: str) -> float:
    """Seconds that a program says it took, with its data in a folder of its own."""
    environment = {**os.environ, "WAARDIG_DATA": place}
    command = [sys.executable, "-c", program, str(LIBRARY)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(done.stdout)


if __name__ == "__main__":
    for text in table():
        print(text, flush=True)
