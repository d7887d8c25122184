"""What the benchmarks compute is right; how fast it is, they say themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import law_library, law_person
from tests.law_content.builders import LIBRARY
from waardig.law import queries
from waardig.law.adapters import duckdb as engine
from waardig.law.adapters.again import ResultDiffers
from waardig.law.terms import Step

ROWS = 60


@pytest.fixture(scope="module")
def book() -> queries.LawBook:
    """The library alone."""
    return queries.law_book([LIBRARY])


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from walk(step.children)


def test_by_hand_and_by_law_every_person_gets_the_same(book: queries.LawBook, monkeypatch: pytest.MonkeyPatch) -> None:
    people = law_person.persons(300, seed=5)
    amounts = Counter(law_person.by_hand(**person.values) for person in people)  # type: ignore[arg-type]

    assert law_person.differences(book, people) == 0
    assert amounts[0] > 15, "some get nothing"
    assert len(amounts) > 50, "many an amount of their own"

    monkeypatch.setattr(law_person, "by_hand", lambda **_: 100)
    assert law_person.differences(book, people) == 300


def test_reading_an_explanation_meets_both_sentences_of_every_step(book: queries.LawBook) -> None:
    person = law_person.persons(1, seed=5)[0]
    found = queries.evaluate(
        book, law_person.LAW, [law_person.OUTPUT], on=law_person.ON, facts=person.facts, explain=True
    )

    assert law_person.read(found.steps) == 2 * len(list(walk(found.steps))) > 100


def test_nobody_is_asked_twice(book: queries.LawBook) -> None:
    lines = law_person.lines(book, passes=2, count=3)

    assert [line.what for line in lines] == list(law_person.ways(book))
    seen = [repr(one.values) for seed in (1, 2, 3, 4, 11, 12, 13, 14) for one in law_person.persons(3, seed=seed)]
    assert len(set(seen)) == len(seen)


def test_every_law_in_force_is_computed_or_named_with_the_reason(book: queries.LawBook, tmp_path: Path) -> None:
    laws = {law.id: law for law in law_library.in_force(book, law_library.ON)}

    lines = list(law_library.lines(ROWS, tmp_path, repeats=1))

    outputs = Counter[str]()
    for line in lines:
        outputs[line.law] += line.outputs
        assert line.rows == (ROWS if line.outputs else 0)
        assert line.sampled == (0 if line.why else ROWS)
    _, refused = law_library.programs(book, law_library.ON)
    assert {law: outputs[law] for law in outputs} == {
        law.id: 0 if law.id in refused else len(law.output_names()) for law in laws.values()
    }
    assert len(laws) == len({line.law for line in lines}) > 15
    assert {line.law for line in lines if line.why} < set(laws)


def zorgtoeslag(book: queries.LawBook, place: Path) -> tuple[engine.Population, law_library.Question]:
    asked, _ = law_library.programs(book, law_library.ON)
    people = law_library.population(asked, ROWS, place)
    return people, next(one for one in asked if one.program.law == "wet_op_de_zorgtoeslag")


def test_a_row_that_differs_from_the_interpreter_stops_the_measurement(book: queries.LawBook, tmp_path: Path) -> None:
    people, question = zorgtoeslag(book, tmp_path)
    query = engine.query_for(people, question.program, question.parameters, also=["id"])
    people.connection.execute(f"CREATE TABLE made AS {query}")
    assert law_library.checked(people, question) == (ROWS, ROWS)

    people.connection.execute("UPDATE made SET drempelinkomen = drempelinkomen + 1 WHERE id = 7")

    with pytest.raises(ResultDiffers, match="drempelinkomen"):
        law_library.checked(people, question)


def test_the_invented_persons_have_what_the_laws_ask(book: queries.LawBook, tmp_path: Path) -> None:
    people, _ = zorgtoeslag(book, tmp_path)

    def values(name: str) -> set[object]:
        return set(people.connection.table("people").fetchnumpy()[name].tolist())

    assert values("leefvorm") >= {"ALLEENSTAAND", "ALLEENSTAANDE_OUDER", "PAAR", "ANDERS"}
    assert values("heeft_toeslagpartner") >= {True, False}
    assert values("toetsingsinkomen__reason") <= {"ok", "unknown"}
    assert len(values("toetsingsinkomen")) > ROWS // 2
    numbers = {len(row[0]) for row in people.connection.execute("SELECT kinderen FROM people").fetchall() if row[0]}
    assert numbers == {1, 2, 3, 4}
