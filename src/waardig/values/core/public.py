"""The public page of a decided weighing, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms import (
    Bar,
    Condition,
    Direction,
    Dossier,
    Measurement,
    PublicView,
    Safeguard,
    ShownOption,
    ShownPosition,
    Standing,
    State,
    ValueAtStake,
)


def conditions(safeguards: Sequence[Safeguard], latest: Mapping[str, Measurement]) -> tuple[Condition, ...]:
    """Every safeguard with its last measurement."""
    return tuple(_condition(safeguard, latest.get(safeguard.id)) for safeguard in safeguards)


def _condition(safeguard: Safeguard, measurement: Measurement | None) -> Condition:
    return Condition(
        id=safeguard.id,
        kind=safeguard.kind,
        title=safeguard.title,
        sentence=safeguard.sentence,
        measured=measurement.finding.words if measurement else None,
        measured_on=measurement.measured_on if measurement else None,
        verdict=measurement.finding.verdict if measurement else None,
    )


def public_view_of(
    dossier: Dossier,
    stands: Standing,
    latest: Mapping[str, Measurement],
) -> PublicView:
    """The public page of a decided dossier.

    Raises:
        ValueError: the dossier has no decision; only decided weighings have a public page.
    """
    decision, choice, told, advice = dossier.decision, dossier.choice, dossier.announcement, dossier.advice
    if not (decision and choice and told and advice):
        raise ValueError(f"weighing {dossier.id} is not decided")
    return PublicView(
        service=dossier.service,
        title=dossier.title,
        question=dossier.question,
        answer=_answer(stands, decision.body_kind, len(dossier.safeguards)),
        state=stands.state,
        state_text=stands.text,
        may_run=stands.may_run,
        decided_on=decision.decided_on,
        valid_until=decision.valid_until,
        reference=decision.reference,
        body=decision.body,
        served=tuple(_bar(dossier, value) for value in dossier.values if value.direction is Direction.SERVED),
        harmed=tuple(_bar(dossier, value) for value in dossier.values if value.direction is Direction.HARMED),
        options=_options(dossier, choice.option),
        reasons=choice.reasons,
        positions=_positions(dossier),
        advice=advice.text,
        advice_by=advice.by.name,
        conditions=conditions(dossier.safeguards, latest),
        announced_on=told.on,
        opt_out_how=told.opt_out_how,
        first_run_not_before=told.first_run_not_before,
        suspended_since=stands.suspension.suspended_on if stands.suspension else None,
        suspended_because=stands.suspension.reason if stands.suspension else None,
    )


def _options(dossier: Dossier, chosen: str) -> tuple[ShownOption, ...]:
    """What could have been chosen, and what was."""
    return tuple(ShownOption(one.name, _filled(dossier, one.text), one.id == chosen) for one in dossier.options)


def _positions(dossier: Dossier) -> tuple[ShownPosition, ...]:
    """What parties said who agreed that everybody may read it."""
    return tuple(ShownPosition(one.party, one.stance, one.text) for one in dossier.positions if one.public)


_WHO = {
    "college": Bilingual("Het college", "The college"),
    "raad": Bilingual("De raad", "The council"),
    "gemandateerde": Bilingual("De gemeente", "The municipality"),
}


def _answer(stands: Standing, body_kind: str, count: int) -> Bilingual:
    if stands.state is State.DECIDED:
        who = _WHO[body_kind]
        return Bilingual(
            f"{who.nl} vond dat goed, onder {count} voorwaarden.", f"{who.en} agreed, under {count} conditions."
        )
    return Bilingual(f"{stands.text.nl}.", f"{stands.text.en}.")


def _filled(dossier: Dossier, text: Bilingual) -> Bilingual:
    number = str(len(dossier.covers.attributes) if dossier.covers else 0)
    return Bilingual(text.nl.replace("{attribute_count}", number), text.en.replace("{attribute_count}", number))


def _bar(dossier: Dossier, value: ValueAtStake) -> Bar:
    therefore = value.therefore or (value.accepted_risk.text if value.accepted_risk else None)
    return Bar(value.label, value.weight, _filled(dossier, value.because), therefore)
