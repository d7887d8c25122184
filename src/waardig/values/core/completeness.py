"""When a dossier may be decided: every part that a weighing cannot do without, all checked at once.

Source: Algemene wet bestuursrecht art. 3:2, 3:4, 3:46, 3:50; AVG art. 21, 35, 39; IAMA 2.0 part 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from waardig.values.terms import (
    Direction,
    Dossier,
    ForbiddenAttributes,
    Horizon,
    HumanDecides,
    OptOut,
    Problem,
    ValueAtStake,
)

MAX_MONTHS = 24
RESIDENT_SIDE = frozenset({"resident", "client_council"})
Problems = Iterator[Problem]


def completeness(dossier: Dossier) -> tuple[Problem, ...]:
    """Everything that stands between this dossier and a decision; empty when it may be decided."""
    parts = (_options, _values, _positions, _advice, _assessment, _choice, _decision, _four_eyes)
    later = (_announcement, _safeguards, _covers)
    return tuple(problem for part in (*parts, *later) for problem in part(dossier))


def _missing(code: str, nl: str, en: str, remedy: str) -> Problem:
    return Problem(code, nl, en, remedy)


def last_day(start: date, months: int = MAX_MONTHS) -> date:
    """The same day some months later, or the last day of that month.

    Example:
        >>> last_day(date(2024, 2, 29), 12)
        datetime.date(2025, 2, 28)
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    return date(year, month, min(start.day, days))


def _options(dossier: Dossier) -> Problems:
    if len({option.id for option in dossier.options}) < 2:
        yield _missing(
            "too_few_options",
            "Er is maar één keuze. Wie niet kan kiezen, weegt niet.",
            f"There are {len(dossier.options)} options; a weighing compares at least two.",
            "Add an option to `options`.",
        )
    if len({option.id for option in dossier.options}) != len(dossier.options):
        yield _missing(
            "option_twice", "Een keuze staat er twee keer.", "Two options have the same id.", "Give each its own id."
        )
    if not any(option.does_nothing for option in dossier.options):
        yield _missing(
            "doing_nothing_missing",
            "Niets doen staat niet bij de keuzes.",
            "Doing nothing is not among the options.",
            "Add it to `options` with `does_nothing: true`.",
        )


def _values(dossier: Dossier) -> Problems:
    directions = {value.direction for value in dossier.values}
    if Direction.SERVED not in directions:
        yield _missing(
            "no_value_served",
            "Er staat niet wat ermee gewonnen wordt.",
            "No value is served.",
            "Name in `values` what the choice serves.",
        )
    if Direction.HARMED not in directions:
        yield _missing(
            "no_value_harmed",
            "Er staat niet wat eronder lijdt. Lezen zonder vragen kost altijd privacy.",
            "No value is harmed; reading data unasked always costs privacy.",
            "Name in `values` what suffers.",
        )
    for value in dossier.values:
        if value.direction is Direction.HARMED:
            yield from _harm(dossier, value)


def _harm(dossier: Dossier, value: ValueAtStake) -> Problems:
    known = {safeguard.id for safeguard in dossier.safeguards}
    for name in value.safeguards:
        if name not in known:
            yield _missing(
                "unknown_safeguard",
                f"Bij '{value.label.nl}' staat waarborg '{name}', maar die is er niet.",
                f"'{value.label.en}' names safeguard '{name}', which is not in `safeguards`.",
                "Add the safeguard or remove its name.",
            )
    body = dossier.decision.body if dossier.decision else ""
    accepted = value.accepted_risk is not None and value.accepted_risk.accepted_by == body != ""
    if not (known & set(value.safeguards)) and not accepted:
        yield _missing(
            "harm_without_safeguard",
            f"'{value.label.nl}' lijdt eronder, maar daar staat niets tegenover.",
            f"'{value.label.en}' is harmed without a safeguard, and the deciding body did not accept the drawback.",
            "Name a safeguard, or an `accepted_risk` with `accepted_by` equal to the deciding body.",
        )


def _positions(dossier: Dossier) -> Problems:
    if not any(position.role in RESIDENT_SIDE for position in dossier.positions) and not dossier.no_resident_position:
        yield _missing(
            "no_resident_heard",
            "Geen inwoner of cliëntenraad is gehoord, en er staat niet waarom.",
            "No resident or client council was heard, and no reason is given.",
            "Add a position with role resident or client_council, or `no_resident_position` with the reason.",
        )


def _advice(dossier: Dossier) -> Problems:
    advice = dossier.advice
    if advice is None or advice.by.role != "fg":
        yield _missing(
            "advice_missing",
            "Het advies van de functionaris gegevensbescherming is er niet.",
            "The advice of the data protection officer is missing.",
            "Add `advice` with `by.role: fg`, date and reference.",
        )
        return
    if dossier.decision and advice.given_on > dossier.decision.decided_on:
        yield _missing(
            "advice_after_decision",
            "Het advies is van na het besluit.",
            f"The advice ({advice.given_on}) is later than the decision ({dossier.decision.decided_on}).",
            "Decide after the advice.",
        )
    if advice.opinion == "negative" and not (dossier.choice and dossier.choice.deviation):
        yield _missing(
            "deviation_unexplained",
            "Het advies is niet gevolgd en er staat niet waarom.",
            "The advice was negative and the choice does not say why it was not followed (Awb 3:50).",
            "Add `choice.deviation`.",
        )


def _assessment(dossier: Dossier) -> Problems:
    dpia = dossier.dpia
    if dpia is None:
        yield _missing(
            "dpia_missing",
            "Het onderzoek naar de risico's voor privacy (DPIA) is er niet.",
            "The data protection impact assessment is missing.",
            "Add `dpia` with reference, date and valid_until.",
        )
        return
    decided = dossier.decision.decided_on if dossier.decision else None
    if decided and not dpia.made_on <= decided <= dpia.valid_until:
        yield _missing(
            "dpia_not_valid",
            f"De DPIA {dpia.reference} gold niet op de dag van het besluit.",
            f"DPIA {dpia.reference} ({dpia.made_on} to {dpia.valid_until}) does not hold on {decided}.",
            "Renew the assessment before deciding.",
        )


def _choice(dossier: Dossier) -> Problems:
    choice = dossier.choice
    if choice is None:
        yield _missing("choice_missing", "Er is niet gekozen.", "No option is chosen.", "Add `choice` with reasons.")
    elif choice.option not in {option.id for option in dossier.options}:
        yield _missing(
            "choice_unknown",
            f"De gekozen optie '{choice.option}' staat niet bij de keuzes.",
            f"The chosen option '{choice.option}' is not among the options.",
            "Choose one of `options`.",
        )


def _decision(dossier: Dossier) -> Problems:
    decision = dossier.decision
    if decision is None:
        yield _missing(
            "decision_missing",
            "Het besluit staat er niet: wie, wanneer, waarop.",
            "The decision is missing.",
            "Add `decision` with body, decided_by, mandate, reference, date and valid_until.",
        )
        return
    for name in ("body", "mandate", "reference"):
        if not getattr(decision, name).strip():
            yield _missing(
                f"decision_{name}_missing",
                f"Bij het besluit ontbreekt: {name}.",
                f"The decision has no {name}.",
                f"Fill `decision.{name}`.",
            )
    if not decision.decided_on < decision.valid_until <= last_day(decision.decided_on):
        yield _missing(
            "term_too_long",
            f"Het besluit mag hoogstens {MAX_MONTHS} maanden gelden.",
            f"The decision holds from {decision.decided_on} to {decision.valid_until}; "
            f"at most {last_day(decision.decided_on)} is allowed.",
            "Shorten `decision.valid_until`.",
        )


def _four_eyes(dossier: Dossier) -> Problems:
    roles = {"author": dossier.author.id}
    if dossier.advice:
        roles["adviser"] = dossier.advice.by.id
    if dossier.decision:
        roles["decider"] = dossier.decision.decided_by.id
    if len(set(roles.values())) < len(roles):
        yield _missing(
            "four_eyes",
            "Wie schreef, wie adviseerde en wie besliste, moeten verschillende mensen zijn.",
            f"Author, adviser and decider must be different people, not {roles}.",
            "Let somebody else advise or decide.",
        )


def _announcement(dossier: Dossier) -> Problems:
    told = dossier.announcement
    if told is None:
        yield _missing(
            "announcement_missing",
            "Er staat niet waar en wanneer mensen dit hoorden en hoe zij zich afmelden.",
            "The announcement is missing.",
            "Add `announcement`: on, places, opt_out_how, first_run_not_before.",
        )
        return
    if told.first_run_not_before <= told.on:
        yield _missing(
            "no_time_to_opt_out",
            "De eerste ronde begint op de dag van de aankondiging. Niemand kan zich dan afmelden.",
            f"The first round ({told.first_run_not_before}) is not after the announcement ({told.on}).",
            "Set a later `first_run_not_before`.",
        )
    if dossier.decision and told.on < dossier.decision.decided_on:
        yield _missing(
            "announced_before_decision",
            "De aankondiging is van voor het besluit.",
            f"The announcement ({told.on}) is earlier than the decision ({dossier.decision.decided_on}).",
            "Announce what was decided.",
        )


def _safeguards(dossier: Dossier) -> Problems:
    for kind, name in ((HumanDecides, "W04"), (OptOut, "W10")):
        if not any(isinstance(safeguard, kind) for safeguard in dossier.safeguards):
            yield _missing(
                f"safeguard_{name.lower()}_missing",
                f"Deze waarborg ontbreekt: {kind.title.nl}.",
                f"A service that approaches people needs safeguard {name}: {kind.title.en}.",
                f"Add a safeguard of type {name}.",
            )
    ids = [safeguard.id for safeguard in dossier.safeguards]
    if len(set(ids)) < len(ids):
        yield _missing(
            "safeguard_twice",
            "Een waarborg staat er twee keer.",
            "Two safeguards have one id.",
            "Give each its own id.",
        )
    for safeguard in dossier.safeguards:
        if isinstance(safeguard, Horizon) and dossier.decision:
            late = safeguard.valid_until > dossier.decision.valid_until
            if late or not dossier.decision.decided_on < safeguard.evaluate_on <= safeguard.valid_until:
                yield _missing(
                    "horizon_mismatch",
                    "De einddatum of evaluatie past niet bij het besluit.",
                    "W09 ends after the decision, or is not evaluated before its end.",
                    "Let W09 end with `decision.valid_until` and evaluate before it.",
                )


def _covers(dossier: Dossier) -> Problems:
    covers = dossier.covers
    if covers is None or not covers.attributes or not covers.activities:
        yield _missing(
            "covers_missing",
            "Er staat niet over welke regels en gegevens besloten is.",
            "The decision does not say which rules, attributes and activities it covers.",
            "Fill `covers` from `waardig weighing check`.",
        )
        return
    forbidden = [guard for guard in dossier.safeguards if isinstance(guard, ForbiddenAttributes)]
    found = sorted(covers.attributes & frozenset().union(*(guard.attributes for guard in forbidden)))
    if found:
        yield _missing(
            "forbidden_covered",
            f"Deze gegevens mogen nooit meetellen: {', '.join(found)}.",
            f"Covered attributes are forbidden by W01: {', '.join(found)}.",
            "Remove them from the activity and from `covers.attributes`.",
        )
