"""Facts as the law takes them, for tests without a database: Gerrit Vos of the design, on 28 April 2025."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from waardig.cases.actions import judge_inputs
from waardig.cases.core.judge import Judgement
from waardig.law.terms import Fact

TODAY = date(2025, 4, 28)
SERVICE = "individuele_inkomenstoeslag"


def a_fact(value: Any, source: str, since: date | None = None) -> Fact:
    return Fact(value, "ok" if value is not None else "absent", source, TODAY, since)


@cache
def _gerrit() -> dict[str, Fact]:
    return {
        "geboortedatum": a_fact("1966-11-08", "brp"),
        "geboortedatum_partner": a_fact(None, "brp"),
        "leefvorm": a_fact("ALLEENSTAAND", "uitkeringen", date(2018, 3, 1)),
        "hoogste_maandinkomen": a_fact(134_556, "uitkeringen"),
        "vermogen": a_fact(124_000, "uitkeringen", date(2024, 2, 3)),
        "datum_laatste_toekenning": a_fact("2024-03-14", "uitkeringen"),
        "maanden_bijstand": a_fact(36, "uitkeringen"),
        "woont_in_gemeente": a_fact(True, "uitkeringen"),
        "rechtmatig_verblijf": a_fact(True, "uitkeringen"),
        "uitgesloten": a_fact(False, "uitkeringen"),
    }


def the_facts(**changes: Fact) -> dict[str, Fact]:
    """Gerrit's facts with changes."""
    return {**_gerrit(), **changes}


def a_couple(**changes: Fact) -> dict[str, Fact]:
    """Two partners; each number is of both together."""
    together = {
        "leefvorm": a_fact("PAAR", "uitkeringen", date(2018, 3, 1)),
        "geboortedatum_partner": a_fact("1975-06-18", "brp"),
        "hoogste_maandinkomen": a_fact(192_222, "uitkeringen"),
        "vermogen": a_fact(660_000, "uitkeringen", date(2024, 1, 22)),
    }
    return the_facts(**{**together, **changes})


def a_judgement(
    facts: Mapping[str, Fact] | None = None, *, assuming: bool = False, explaining: bool = False
) -> Judgement:
    """What the law of Rietwaarden says about these facts."""
    return judge_inputs(SERVICE, facts or the_facts(), on=TODAY, assuming=assuming, explaining=explaining)
