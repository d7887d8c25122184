"""Statutory terms from the law files: eight weeks to decide, six weeks to object, six weeks to pay.

Source: Awb 4:13, 4:87, 6:7, 6:8; Algemene termijnenwet art. 1-3 (all as law files, never as numbers here).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from waardig.kernel.errors import Refusal
from waardig.law import queries as law

AWB = "algemene_wet_bestuursrecht"
TERMS = "algemene_termijnenwet"


class TermNotComputable(Refusal):
    """A law file gives no date for a term."""

    def __init__(self, output: str, reason: str) -> None:
        super().__init__(
            code="term_not_computable",
            text_nl="Een wettelijke termijn is niet uit te rekenen.",
            text_en=f"The law file {AWB} gives no date for {output}: {reason}.",
            remedy="Correct the law file (waardig law check) and try again; nothing was recorded.",
        )


@dataclass(frozen=True)
class DecisionTerms:
    """Last day to object and last day to pay, both included."""

    objection_until: date
    pay_by: date


def decide_by(book: law.LawBook, applied_on: date) -> date:
    """The last day on which the municipality decides on an application of that day (Awb 4:13)."""
    return _date(book, "beslistermijn_einddatum", applied_on, {"datum_aanvraag": applied_on.isoformat()})


def decision_terms(book: law.LawBook, notified_on: date) -> DecisionTerms:
    """Objection and payment terms of a decision that is made known on that day (Awb 3:41, 4:87, 6:7, 6:8)."""
    known = {"datum_bekendmaking": notified_on.isoformat()}
    return DecisionTerms(
        objection_until=_date(book, "bezwaar_einddatum", notified_on, known),
        pay_by=_date(book, "betaling_uiterlijk", notified_on, known),
    )


def objection_weeks(book: law.LawBook, on: date) -> int:
    """How many weeks there are to object (Awb 6:7)."""
    found = law.evaluate(book, AWB, ("bezwaartermijn_weken",), on=on, parameters={}, facts={})
    return int(str(found.outputs["bezwaartermijn_weken"].value))


def _date(book: law.LawBook, output: str, on: date, known: Mapping[str, str]) -> date:
    found = law.evaluate(book, AWB, (output,), on=on, parameters=known, facts={}).outputs[output]
    if found.reason != "ok":
        raise TermNotComputable(output, found.reason)
    return date.fromisoformat(str(found.value))


def working_days_after(book: law.LawBook, start: date, count: int) -> date:
    """The day that is `count` working days after `start`; Saturdays, Sundays and general holidays do not count.

    Source: Algemene termijnenwet art. 3 (general holidays), as a law file.
    """
    day = start
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day.isoformat() not in _holidays(book, day):
            count -= 1
    return day


def _holidays(book: law.LawBook, day: date) -> frozenset[str]:
    said = law.evaluate(book, TERMS, ("feestdagen",), on=day, parameters={"dag": day.isoformat()}, facts={})
    found = said.outputs["feestdagen"]
    if found.reason != "ok" or not isinstance(found.value, list | tuple):
        raise TermNotComputable("feestdagen", found.reason)
    return frozenset(str(one) for one in found.value)
