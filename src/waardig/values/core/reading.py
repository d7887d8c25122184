"""From a decision.yaml that passed its schema to a Dossier; nothing is judged here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from waardig.kernel.bilingual import Bilingual
from waardig.values.core.guards import safeguard_of
from waardig.values.terms import (
    AcceptedRisk,
    Advice,
    Announcement,
    Choice,
    CitedSimulation,
    CitedTotal,
    Covers,
    Decision,
    Direction,
    Dossier,
    Dpia,
    Option,
    Person,
    Position,
    ValueAtStake,
)

Content = Mapping[str, Any]
T = TypeVar("T")


def canonical_hash(content: Content) -> str:
    """sha256 over the canonical JSON of content: sorted keys, no spaces, UTF-8.

    Example:
        >>> canonical_hash({"b": 1, "a": 2}) == canonical_hash({"a": 2, "b": 1})
        True
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def dossier_of(content: Content) -> Dossier:
    """The dossier that this content describes."""
    covers = _if(content.get("covers"), _covers)
    return Dossier(
        id=content["id"],
        version=content["version"],
        service=content["service"],
        title=Bilingual.of(content["title"]),
        question=Bilingual.of(content["question"]),
        occasion=Bilingual.of(content["occasion"]),
        author=_person(content["author"]),
        options=tuple(_option(item) for item in content["options"]),
        values=tuple(_value(item) for item in content["values"]),
        positions=tuple(_position(item) for item in content.get("positions", ())),
        no_resident_position=_if(content.get("no_resident_position"), Bilingual.of),
        advice=_if(content.get("advice"), _advice),
        dpia=_if(content.get("dpia"), _dpia),
        choice=_if(content.get("choice"), _choice),
        safeguards=tuple(safeguard_of(item, covers) for item in content.get("safeguards", ())),
        residual_risks=tuple(_risk(item) for item in content.get("residual_risks", ())),
        announcement=_if(content.get("announcement"), _announcement),
        covers=covers,
        decision=_if(content.get("decision"), _decision),
        content=content,
        sha256=canonical_hash(content),
        withdrawn_on=_if(content.get("withdrawn_on"), date.fromisoformat),
        simulations=tuple(_simulation(item) for item in content.get("simulations", ()) if "figures" in item),
    )


def _if(content: Any, read: Callable[[Any], T]) -> T | None:
    return None if content is None else read(content)


def _person(content: Content) -> Person:
    return Person(content["id"], content["name"], content.get("role"))


def _option(content: Content) -> Option:
    return Option(
        id=content["id"],
        name=Bilingual.of(content["name"]),
        text=Bilingual.of(content["text"]),
        does_nothing=content.get("does_nothing", False),
    )


def _risk(content: Content) -> AcceptedRisk:
    return AcceptedRisk(Bilingual.of(content["text"]), content["accepted_by"])


def _value(content: Content) -> ValueAtStake:
    return ValueAtStake(
        value=content["value"],
        label=Bilingual.of(content["label"]),
        direction=Direction(content["direction"]),
        weight=content["weight"],
        because=Bilingual.of(content["because"]),
        safeguards=tuple(content.get("safeguards", ())),
        therefore=_if(content.get("therefore"), Bilingual.of),
        accepted_risk=_if(content.get("accepted_risk"), _risk),
    )


def _position(content: Content) -> Position:
    return Position(
        party=Bilingual.of(content["party"]),
        role=content["role"],
        stance=content["stance"],
        text=Bilingual.of(content["text"]),
        source=content["source"],
        public=content["public"],
        option=content.get("option"),
    )


def _simulation(content: Content) -> CitedSimulation:
    """A cited report; its figures were put beside it when the file was read."""
    figures = content["figures"]
    return CitedSimulation(
        report=content["report"],
        sha256=content["sha256"],
        shows=Bilingual.of(content["shows"]),
        law=figures["law"],
        output=figures["output"],
        unit=figures["unit"],
        on=date.fromisoformat(figures["on"]),
        changes=tuple(figures["changes"]),
        rows=figures["rows"],
        population=figures["population"],
        rules_before=figures["rules_before"],
        totals=tuple(CitedTotal(**total) for total in figures["totals"]),
    )


def _advice(content: Content) -> Advice:
    return Advice(
        by=_person(content["by"]),
        given_on=date.fromisoformat(content["date"]),
        reference=content["reference"],
        opinion=content["opinion"],
        text=Bilingual.of(content["text"]),
    )


def _dpia(content: Content) -> Dpia:
    return Dpia(
        reference=content["reference"],
        made_on=date.fromisoformat(content["date"]),
        valid_until=date.fromisoformat(content["valid_until"]),
    )


def _choice(content: Content) -> Choice:
    return Choice(
        option=content["option"],
        reasons=Bilingual.of(content["reasons"]),
        deviation=_if(content.get("deviation"), Bilingual.of),
    )


def _announcement(content: Content) -> Announcement:
    return Announcement(
        on=date.fromisoformat(content["on"]),
        places=tuple(Bilingual.of(place) for place in content["places"]),
        opt_out_how=Bilingual.of(content["opt_out_how"]),
        first_run_not_before=date.fromisoformat(content["first_run_not_before"]),
    )


def _covers(content: Content) -> Covers:
    return Covers(
        rule_set=content["rule_set"],
        attributes=frozenset(content["attributes"]),
        activities=dict(content["activities"]),
        recipients=frozenset(content["recipients"]),
        lanes=frozenset(content.get("lanes", ("yes_is_enough",))),
    )


def _decision(content: Content) -> Decision:
    return Decision(
        body=content["body"],
        body_kind=content["body_kind"],
        decided_by=_person(content["decided_by"]),
        mandate=content["mandate"],
        reference=content["reference"],
        decided_on=date.fromisoformat(content["date"]),
        valid_until=date.fromisoformat(content["valid_until"]),
    )
