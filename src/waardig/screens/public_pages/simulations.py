"""The simulations that a weighing rests on: what a rule would cost, and who would notice."""

from __future__ import annotations

from collections.abc import Iterator

from waardig.kernel.days import date_text
from waardig.kernel.money import euros
from waardig.screens.pages import document as parts
from waardig.screens.pages.words import Words
from waardig.screens.public_pages.words import words
from waardig.values.terms import CitedSimulation, CitedTotal, Dossier

HIDDEN = Words("niet getoond", "not shown")
COUNTED = {"people": Words("Personen", "People"), "households": Words("Huishoudens", "Households")}
COLUMNS = (
    Words("Wie", "Who"),
    Words("Aantal", "Number"),
    Words("Samen was", "Together before"),
    Words("Samen wordt", "Together after"),
    Words("Verschil", "Difference"),
    Words("Krijgt er recht bij", "Newly entitled"),
    Words("Verliest het recht", "No longer entitled"),
    Words("Krijgt meer", "Gets more"),
    Words("Krijgt minder", "Gets less"),
)


def simulation_tables(dossier: Dossier) -> Iterator[parts.Table]:
    """A table for each report that the dossier cites."""
    for number, one in enumerate(dossier.simulations, 1):
        rows = tuple(_row(one, total) for total in one.totals)
        yield parts.Table(f"simulatie-{number}", words(one.shows), COLUMNS, rows, note=_note(one))


def _row(one: CitedSimulation, total: CitedTotal) -> tuple[parts.Cell, ...]:
    who = COUNTED[total.counted]
    if total.value:
        who = Words(f"{total.value}: {who.nl.lower()}", f"{total.value}: {(who.en or '').lower()}")
    amounts = (total.before, total.after, total.difference)
    counts = (total.gained, total.lost, total.more, total.less)
    return (
        parts.Cell(who),
        _count(total.number),
        *(_amount(value, one.unit) for value in amounts),
        *(_count(value) for value in counts),
    )


def _count(value: int | None) -> parts.Cell:
    return parts.Cell(HIDDEN) if value is None else parts.Cell(value, number=True)


def _amount(value: int | str | None, unit: str | None) -> parts.Cell:
    if value is None:
        return parts.Cell(HIDDEN)
    if unit == "eurocent" and isinstance(value, int):
        return parts.Cell(Words(euros(value), euros(value, "en")), number=True)
    return parts.Cell(Words(f"{value} {unit or ''}".rstrip()), number=True)


def _note(one: CitedSimulation) -> Words:
    """What was asked, and how somebody makes it again."""
    changes = "; ".join(one.changes)
    return Words(
        f"Dit zegt de computer over {one.rows} rijen, alsof het {date_text(one.on, 'nl')} is. "
        f"Het gaat over {one.law}, {one.output}. Anders is: {changes}. "
        f"Een getal over minder dan 10 staat er niet. Vingerafdruk van het verslag: {one.sha256}.",
        f"This is what the computer says about {one.rows} rows, as if it is {date_text(one.on, 'en')}. "
        f"It is about {one.law}, {one.output}. Changed: {changes}. "
        f"A figure about fewer than 10 is not shown. Fingerprint of the report: {one.sha256}.",
    )
