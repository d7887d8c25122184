"""More about a weighing: what people thought of it, how its conditions were measured, which decisions there were."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from waardig.accountability.queries import measured
from waardig.accountability.terms import PublicMeasurement
from waardig.catalogue import queries as catalogue
from waardig.screens.frames import address
from waardig.screens.pages import document as parts
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Link, Words
from waardig.screens.public_pages.simulations import simulation_tables
from waardig.screens.public_pages.words import CSV, to_service, words
from waardig.values import queries as values
from waardig.values.terms import Dossier, Position, Verdict

CHIPS = {
    Verdict.PASSES: "verdict_met",
    Verdict.WARNS: "verdict_met",
    Verdict.FAILS: "verdict_failed",
    Verdict.TOO_LITTLE_DATA: "verdict_too_little",
}
VERDICTS = {
    Verdict.PASSES: Words("voldoet", "met"),
    Verdict.WARNS: Words("voldoet, met een waarschuwing", "met, with a warning"),
    Verdict.FAILS: Words("voldoet niet", "not met"),
    Verdict.TOO_LITTLE_DATA: Words("te weinig gegevens", "too little data"),
}
STANCES = {"for": Words("Voor", "For"), "against": Words("Tegen", "Against")}
ROLES = {
    "resident": Words("Inwoner", "Resident"),
    "client_council": Words("Cliëntenraad", "Client council"),
    "employee": Words("Medewerker", "Official"),
    "council": Words("Gemeenteraad", "Council"),
}
TOO_FEW = Words("Te weinig mensen om een aantal te noemen.", "Too few people to name a number.")
MARKS = 24
SHOWN_ROWS = 200
"""The file has them all."""


def opinions_page(service: str, frame: Frame) -> parts.DocumentPage:
    """Every public opinion, the advice about privacy, and why the choice was made.

    Raises:
        UnknownService, NoDossier: there is no such service, or nothing was decided about it.
    """
    name, dossier = words(catalogue.service(service).name), values.decided_dossier(service)
    public = [one for one in dossier.positions if one.public]
    residents = [one for one in public if one.role in ("resident", "client_council")]
    others = [one for one in public if one not in residents]
    return parts.DocumentPage(
        frame=frame,
        back=to_service(service, name),
        title=Words("Wat vonden mensen ervan?", "What did people think?"),
        lead=words(dossier.question),
        parts=(
            _opinions("inwoners", Words("Stem van inwoners", "Voice of residents"), residents, dossier),
            _opinions("anderen", Words("Anderen", "Others"), others, dossier),
            *simulation_tables(dossier),
            *_advice(dossier),
            *_choice(dossier),
        ),
    )


def _opinions(identity: str, heading: Words, found: list[Position], dossier: Dossier) -> parts.Table:
    names = {option.id: words(option.name) for option in dossier.options}
    columns = (
        Words("Wie", "Who"),
        Words("Voor of tegen", "For or against"),
        Words("Wat zij zeiden", "What they said"),
        Words("Liever", "Would rather"),
        Words("Bron", "Source"),
    )
    rows = tuple(
        (
            parts.Cell(ROLES.get(one.role, words(one.party.capitalised()))),
            parts.Cell(STANCES.get(one.stance, Words(one.stance))),
            parts.Cell(words(one.text.capitalised())),
            parts.Cell(names.get(one.option or "", Words("geen keuze", "no choice"))),
            parts.Cell(Words(one.source)),
        )
        for one in found
    )
    reason = dossier.no_resident_position
    empty = words(reason) if reason and identity == "inwoners" else parts.NOTHING_YET
    return parts.Table(identity, heading, columns, rows, empty=empty)


def _advice(dossier: Dossier) -> tuple[parts.Rows, ...]:
    advice = dossier.advice
    if advice is None:
        return ()
    rows = (
        parts.Row(Words("Wat zij adviseerde", "The advice"), (words(advice.text),)),
        parts.Row(Words("Gegeven op", "Given on"), (advice.given_on,)),
        parts.Row(Words("Kenmerk", "Reference"), (advice.reference,)),
    )
    heading = Words("Advies van de functionaris gegevensbescherming", "Advice of the data protection officer")
    return (parts.Rows(heading, rows),)


def _choice(dossier: Dossier) -> tuple[parts.Text, ...]:
    choice = dossier.choice
    if choice is None:
        return ()
    said = (words(choice.reasons), *((words(choice.deviation),) if choice.deviation else ()))
    return (parts.Text(Words("Waarom deze keuze?", "Why this choice?"), said),)


def measurements_page(service: str, frame: Frame) -> parts.DocumentPage:
    """Every condition with its measurements: a drawing, a table and a file.

    Raises:
        UnknownService, NoDossier: there is no such service, or nothing was decided about it.
    """
    name, guards = words(catalogue.service(service).name), values.safeguards(service)
    history = measured.history(service)
    titles = {guard.id: words(guard.title) for guard in guards}
    table = _measurement_table(service, history, titles)
    strip = parts.Timeline(
        "verloop",
        Words(
            "Elk blokje is een meting, de nieuwste rechts. Dicht: voldoet. Gestreept: niet. Open: te weinig gegevens.",
            "Each block is a measurement, the newest right. Solid: met. Striped: not met. Open: too little data.",
        ),
        tuple(_line(titles[guard.id], [one for one in history if one.safeguard == guard.id]) for guard in guards),
    )
    return parts.DocumentPage(
        frame=frame,
        back=to_service(service, name),
        title=Words("Hoe ging het met de voorwaarden?", "How did the conditions go?"),
        lead=Words(
            "De computer meet elke dag, en na elke ronde. Faalt een meting, dan stopt de dienst.",
            "The computer measures every day, and after each round. When a measurement fails, the service stops.",
        ),
        parts=(strip, table) if history else (table,),
    )


def _measurement_table(service: str, history: Sequence[PublicMeasurement], titles: dict[str, Words]) -> parts.Table:
    newest = list(reversed(history))[:SHOWN_ROWS]
    columns = (
        Words("Voorwaarde", "Condition"),
        Words("Op", "On"),
        Words("Oordeel", "Verdict"),
        Words("Meting", "Measurement"),
    )
    return parts.Table(
        "metingen",
        Words("Alle metingen, de nieuwste eerst", "All measurements, the newest first"),
        columns,
        tuple(_measurement_row(one, titles) for one in newest),
        Words(
            "Gaat een meting over minder dan 10 mensen, of over bijna evenveel als eerder? Dan staat er geen aantal.",
            "Is a measurement about fewer than 10 people, or about nearly as many as before? Then there is no number.",
        ),
        Link(CSV, address("public:measurements_csv", service)),
        Words("Er is nog niet gemeten.", "Nothing was measured yet."),
    )


def _line(title: Words, history: list[PublicMeasurement]) -> parts.TimelineRow:
    return parts.TimelineRow(title, tuple(CHIPS[one.verdict] for one in history[-MARKS:]))


def _measurement_row(one: PublicMeasurement, titles: dict[str, Words]) -> tuple[parts.Cell, ...]:
    return (
        parts.Cell(titles.get(one.safeguard, Words(one.safeguard))),
        parts.Cell(one.on),
        parts.Cell(chip=CHIPS[one.verdict]),
        parts.Cell(words(one.words) if one.words else TOO_FEW),
    )


def measurements_csv(service: str) -> str:
    """Every measurement with semicolons; a number that may not be told is empty.

    Raises:
        NoDossier: nothing was decided about the service.
    """
    titles = {guard.id: guard.title.nl for guard in values.safeguards(service)}
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["datum", "voorwaarde", "soort", "oordeel", "aantal", "meting"])
    for one in measured.history(service):
        said = "" if one.n is None else one.n
        title = titles.get(one.safeguard, one.safeguard)
        text = one.words.nl if one.words else ""
        writer.writerow([one.on.isoformat(), title, one.kind, VERDICTS[one.verdict].nl, said, text])
    return out.getvalue()


def decisions_page(service: str, frame: Frame) -> parts.DocumentPage:
    """Every decision on a service, the newest first, with what each changed.

    Raises:
        UnknownService, NoDossier: there is no such service, or nothing was decided about it.
    """
    name = words(catalogue.service(service).name)
    values.decided_dossier(service)
    every = values.decided_versions(service)
    olders: list[Dossier | None] = [*every[1:], None]
    return parts.DocumentPage(
        frame=frame,
        back=to_service(service, name),
        title=Words(f"Alle besluiten: {name.nl}", f"All decisions: {name.en}"),
        lead=Words(
            "Een besluit verandert nooit. Verandert er iets, dan komt er een nieuw besluit.",
            "A decision never changes. When something changes, there is a new decision.",
        ),
        parts=tuple(_decision(one, older) for one, older in zip(every, olders, strict=True)),
    )


def _decision(one: Dossier, older: Dossier | None) -> parts.Rows:
    rows = []
    if one.decision:
        rows += [
            parts.Row(Words("Besloten op", "Decided on"), (one.decision.decided_on,)),
            parts.Row(Words("Door", "By"), (Words(one.decision.body),)),
            parts.Row(Words("Kenmerk", "Reference"), (one.decision.reference,)),
            parts.Row(Words("Geldig tot en met", "Valid until"), (one.decision.valid_until,)),
        ]
    if one.withdrawn_on:
        rows.append(parts.Row(Words("Ingetrokken op", "Withdrawn on"), (one.withdrawn_on,)))
    rows += [
        parts.Row(Words("Voorwaarden", "Conditions"), tuple(words(guard.title) for guard in one.safeguards)),
        parts.Row(Words("Aantal gegevens", "Number of attributes"), (len(one.covers.attributes) if one.covers else 0,)),
        parts.Row(Words("Wat veranderde", "What changed"), _changes(one, older)),
        parts.Row(Words("Vingerafdruk", "Fingerprint"), (one.sha256,)),
    ]
    return parts.Rows(Words(f"Besluit {one.version}", f"Decision {one.version}"), tuple(rows))


def _changes(one: Dossier, older: Dossier | None) -> tuple[Words, ...]:
    if older is None:
        return (Words("Dit is het eerste besluit.", "This is the first decision."),)
    before, after = {g.kind: g.title for g in older.safeguards}, {g.kind: g.title for g in one.safeguards}
    found = [Words(f"Erbij: {after[k].nl}", f"Added: {after[k].en}") for k in after if k not in before]
    found += [Words(f"Eraf: {before[k].nl}", f"Removed: {before[k].en}") for k in before if k not in after]
    if one.covers and older.covers and one.covers.rule_set != older.covers.rule_set:
        found.append(Words("De regels van de wet veranderden.", "The rules of the law changed."))
    if one.covers and older.covers and one.covers.attributes != older.covers.attributes:
        found.append(Words("Er zijn andere gegevens afgesproken.", "Other attributes were agreed."))
    return tuple(found) or (Words("Alleen teksten of datums.", "Only texts or dates."),)
