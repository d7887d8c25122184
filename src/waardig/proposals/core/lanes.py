"""Which lane a household goes into, and what that lane opens and sends; pure.

The widest lane that facts and rules allow. Everything known, no open norm and the regulation grants unasked: without
application. Everything known or assumed in favour: yes is enough. Only facts unknown that people can tell: short form.
Everything else, and every doubt, is for a person: nobody hears a computer's guess.
Source: AVG art. 5(1)(c)-(d) and 22; safeguards W04 and W10 of the weighing; service.yaml (`lanes`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from waardig.cases.terms import CaseKind, CaseState
from waardig.catalogue.terms import Service, ServiceLane
from waardig.proposals.terms import ItemOutcome

UNKNOWN = "unknown:"


@dataclass(frozen=True)
class LaneRules:
    """What a service allows: its lanes, the inputs that people can tell, the outputs that only a person fills in."""

    lanes: frozenset[ServiceLane]
    askable: frozenset[str]
    open_norms: frozenset[str]


@dataclass(frozen=True)
class Approach:
    """What a lane opens and sends."""

    kind: CaseKind
    state: CaseState
    template: str
    outcome: ItemOutcome


@dataclass(frozen=True)
class ShortForm:
    """What is asked of one household: ids as a declaration knows them, and the words of each question."""

    ids: tuple[str, ...]
    questions: tuple[str, ...]


APPROACHES = {
    ServiceLane.WITHOUT_APPLICATION: Approach(
        CaseKind.OWN_INITIATIVE, CaseState.ANNOUNCED, "grant_announcement", ItemOutcome.PROPOSED
    ),
    ServiceLane.YES_IS_ENOUGH: Approach(CaseKind.PROPOSAL, CaseState.PROPOSED, "proposal", ItemOutcome.PROPOSED),
    ServiceLane.SHORT_FORM: Approach(CaseKind.PROPOSAL, CaseState.PROPOSED, "short_form", ItemOutcome.ASKED),
}


def lane_of_known(rules: LaneRules, *, unasked: bool, assumed: Collection[str]) -> ServiceLane | None:
    """The lane of a household that qualifies; None when the service has none for it.

    Args:
        unasked: the regulation grants it to this household without an application.
        assumed: inputs that were taken in the person's favour.
    """
    certain = unasked and not assumed and not rules.open_norms
    if certain and ServiceLane.WITHOUT_APPLICATION in rules.lanes:
        return ServiceLane.WITHOUT_APPLICATION
    return ServiceLane.YES_IS_ENOUGH if ServiceLane.YES_IS_ENOUGH in rules.lanes else None


def lane_of_unknown(rules: LaneRules, reasons: Collection[str], *, administrator: bool) -> ServiceLane | None:
    """The lane of a household of which something is unknown; None sends it to a person.

    Args:
        reasons: as the law gave them: `unknown:<input or open norm>`.
        administrator: somebody else answers for this person; what the person can tell is then asked by a person.
    """
    if administrator or ServiceLane.SHORT_FORM not in rules.lanes:
        return None
    missing = unknown_facts(rules, reasons)
    return ServiceLane.SHORT_FORM if missing and missing <= rules.askable else None


def unknown_facts(rules: LaneRules, reasons: Collection[str]) -> frozenset[str]:
    """The unknown inputs among the reasons; an open norm is no fact that somebody can tell."""
    names = {code.removeprefix(UNKNOWN) for code in reasons}
    return frozenset(names) - rules.open_norms


def short_form(service: Service, reasons: Collection[str], assumed: Collection[str]) -> ShortForm:
    """Only what no register knows of this household: what is unknown, and what was assumed and every yes asks.

    What was assumed served only to compute; a decision starts from what is established.
    """
    missing = {code.removeprefix(UNKNOWN) for code in reasons}
    unknown = [asked for asked in service.ask_when_unknown if asked.input in missing]
    usual = [asked for asked in service.ask_at_yes if asked.input in assumed]
    words = (*(one.question.nl for one in unknown), *(f"{one.name.nl[:1].upper()}{one.name.nl[1:]}." for one in usual))
    return ShortForm((*(one.id for one in unknown), *(one.id for one in usual)), words)


def whole_form(service: Service, reasons: Collection[str]) -> ShortForm:
    """What is unknown, and everything that a yes asks: for somebody about whom a computer could not judge."""
    every = [one.input for one in service.ask_at_yes if one.input]
    found = short_form(service, reasons, every)
    rest = [one for one in service.ask_at_yes if one.id not in found.ids]
    words = (f"{one.name.nl[:1].upper()}{one.name.nl[1:]}." for one in rest)
    return ShortForm((*found.ids, *(one.id for one in rest)), (*found.questions, *words))
