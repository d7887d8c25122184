"""Terms of objection, hearing and penalty from the law files; never a number here. Pure.

Source: Awb 4:17, 4:18, 6:6, 6:8, 6:9, 7:4, 7:10; Algemene termijnenwet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from waardig.cases.core.statutory import AWB, TERMS, TermNotComputable
from waardig.cases.terms.objections import PenaltySum
from waardig.law import queries as law

Known = Mapping[str, object]


@dataclass(frozen=True)
class ObjectionTerms:
    """Whether an objection came in time, and the last day to decide on it."""

    is_timely: bool
    decide_by: date


@dataclass(frozen=True)
class HearingTerms:
    """Last day to send papers, last day from which the file lies open, first day on which hearing is possible."""

    papers_until: date
    inspection_from: date
    earliest: date


@dataclass(frozen=True)
class PenaltyTerms:
    """From when a notice counts, and the days of the penalty."""

    possible_from: date
    decide_before: date
    first_day: date
    last_day: date


def objection_terms(
    book: law.LawBook, *, made_known_on: date, received_on: date, posted_on: date | None, committee: bool
) -> ObjectionTerms:
    """In time or not (6:9), and by when we decide (7:10 lid 1)."""
    known: Known = {
        "datum_bekendmaking": made_known_on.isoformat(),
        "datum_ontvangst_bezwaar": received_on.isoformat(),
        "datum_poststempel": posted_on.isoformat() if posted_on else None,
        "adviescommissie": committee,
    }
    found = _values(book, received_on, known, "bezwaar_tijdig", "bezwaar_beslissen_uiterlijk")
    return ObjectionTerms(found["bezwaar_tijdig"] is True, _day(found, "bezwaar_beslissen_uiterlijk"))


def decide_weeks(book: law.LawBook, on: date, *, committee: bool) -> int:
    """How many weeks we have to decide on an objection (7:10 lid 1)."""
    name = "beslistermijn_bezwaar_weken"
    return int(str(_values(book, on, {"adviescommissie": committee}, name)[name]))


def after_suspension(
    book: law.LawBook,
    *,
    made_known_on: date,
    received_on: date,
    asked_on: date,
    ended_on: date,
    decide_by: date,
) -> date:
    """Our last day after the days on which we waited for the resident (7:10 lid 2)."""
    known: Known = {
        "datum_bekendmaking": made_known_on.isoformat(),
        "datum_ontvangst_bezwaar": received_on.isoformat(),
        "verzoek_herstel_op": asked_on.isoformat(),
        "herstel_einde": ended_on.isoformat(),
        "bezwaar_beslissen_nu": decide_by.isoformat(),
    }
    name = "bezwaar_beslissen_na_opschorting"
    return _day(_values(book, ended_on, known, name), name)


def latest_postponement(book: law.LawBook, decide_by: date) -> date:
    """The furthest day without consent (7:10 lid 3)."""
    name = "bezwaar_verdagen_hoogstens_tot"
    return _day(_values(book, decide_by, {"bezwaar_beslissen_nu": decide_by.isoformat()}, name), name)


def hearing_terms(book: law.LawBook, *, hearing_on: date, invited_on: date) -> HearingTerms:
    """The days around a hearing (7:4)."""
    known: Known = {"datum_hoorzitting": hearing_on.isoformat(), "datum_oproeping": invited_on.isoformat()}
    names = ("nadere_stukken_uiterlijk", "ter_inzage_vanaf", "hoorzitting_niet_voor")
    found = _values(book, invited_on, known, *names)
    return HearingTerms(*(_day(found, name) for name in names))


def penalty_terms(book: law.LawBook, *, due_on: date, received_on: date) -> PenaltyTerms:
    """The days of a penalty after a notice of default (4:17 lid 1 and 3)."""
    known: Known = {"beslissen_uiterlijk": due_on.isoformat(), "datum_ingebrekestelling": received_on.isoformat()}
    names = (
        "ingebrekestelling_mogelijk_vanaf",
        "dwangsom_beslissen_voor",
        "dwangsom_eerste_dag",
        "dwangsom_laatste_dag",
    )
    found = _values(book, received_on, known, *names)
    return PenaltyTerms(*(_day(found, name) for name in names))


def penalty_sum(book: law.LawBook, *, due_on: date, received_on: date, late_through: date) -> PenaltySum:
    """What a penalty comes to when `late_through` is the last day without a decision (4:17 lid 2, 4:18)."""
    known: Known = {
        "beslissen_uiterlijk": due_on.isoformat(),
        "datum_ingebrekestelling": received_on.isoformat(),
        "in_gebreke_tot_en_met": late_through.isoformat(),
    }
    numbers = ("dwangsom_dagen", "dwangsom_bedrag", "dwangsom_bedrag_vandaag", "dwangsom_hoogste_bedrag")
    found = _values(book, received_on, known, *numbers, "dwangsom_vaststellen_uiterlijk")
    days, amount, per_day, most = (int(str(found[name])) for name in numbers)
    laws = law.rule_set(book, AWB, ("dwangsom_bedrag",), on=received_on, scope={}).laws
    return PenaltySum(
        days=days,
        amount_eurocent=amount,
        per_day_eurocent=per_day,
        most_eurocent=most,
        settle_by=_day(found, "dwangsom_vaststellen_uiterlijk"),
        text_version=next(str(one.valid_from) for one in laws if one.id == AWB),
    )


def weeks_after(book: law.LawBook, start: date, weeks: int) -> date:
    """The last day of a term of weeks that the municipality sets, ended as the Algemene termijnenwet ends terms."""
    known: Known = {"dag_voor_begin": start.isoformat(), "aantal": weeks, "eenheid": "WEKEN"}
    found = law.evaluate(book, TERMS, ("einddatum",), on=start, parameters=known, facts={}).outputs["einddatum"]
    if found.reason != "ok":
        raise TermNotComputable("einddatum", found.reason)
    return date.fromisoformat(str(found.value))


def _values(book: law.LawBook, on: date, known: Known, *names: str) -> dict[str, object]:
    said = law.evaluate(book, AWB, names, on=on, parameters=known, facts={}).outputs
    for name in names:
        if said[name].reason != "ok":
            raise TermNotComputable(name, said[name].reason)
    return {name: said[name].value for name in names}


def _day(found: Mapping[str, object], name: str) -> date:
    return date.fromisoformat(str(found[name]))
