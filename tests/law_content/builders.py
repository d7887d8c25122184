"""Law book, facts and files for the tests of the law content."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from waardig.law.queries import LawBook, evaluate, law_book
from waardig.law.terms import Evaluation, Fact, Value

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "src/waardig/library"
RIETWAARDEN = ROOT / "src/waardig/demo/content/rietwaarden"
OTHER = Path(__file__).resolve().parent / "other_municipality"
ROOTS = (LIBRARY, RIETWAARDEN, OTHER)

STATUSES = {"published", "recomputed", "derived", "older_text", "unverified"}

CLIENT: dict[str, Value] = {
    "leefvorm": "ALLEENSTAAND",
    "geboortedatum": "1980-05-05",
    "geboortedatum_partner": None,
    "hoogste_maandinkomen": 100000,
    "vermogen": 100000,
    "datum_laatste_toekenning": None,
    "maanden_bijstand": 36,
    "woont_in_gemeente": True,
    "rechtmatig_verblijf": True,
    "uitgesloten": False,
}
SINGLE: dict[str, Value] = {
    "geboortedatum": "1980-01-01",
    "is_verzekerd": True,
    "heeft_toeslagpartner": False,
    "vermogen": 0,
}
COUPLE: dict[str, Value] = {
    **SINGLE,
    "heeft_toeslagpartner": True,
    "partner_is_verzekerd": True,
    "vermogen_partner": 0,
    "toetsingsinkomen_partner": 0,
}


class TextDates(yaml.SafeLoader):
    """YAML in which dates stay text, as in the law files."""


TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def content(path: Path) -> dict[str, Any]:
    """What a YAML file says."""
    found = yaml.load(path.read_text("utf8"), Loader=TextDates)
    assert isinstance(found, dict), path
    return found


def status_of(path: Path) -> dict[str, Any]:
    """What the status file beside a law file says."""
    return content(path.with_name(path.stem + ".status.yaml"))


def law_paths(*roots: Path) -> list[Path]:
    """Every law file of the content roots (all of ours without an argument)."""
    found = [path for root in roots or ROOTS for path in sorted((root / "laws").rglob("*.yaml"))]
    return [path for path in found if not path.name.endswith(".status.yaml")]


def short(path: Path) -> str:
    """A name for a test case."""
    return f"{path.parent.name}/{path.stem}"


@cache
def book() -> LawBook:
    """The library, the demo municipality and the test municipality."""
    return law_book(ROOTS)


def facts(values: dict[str, Value]) -> dict[str, Fact]:
    """Facts by name; None is absent."""
    return {name: Fact(value, "absent" if value is None else "ok") for name, value in values.items()}


def supplement(on: str, gemeente_code: str, *outputs: str, without: Value = "", **client: Value) -> Evaluation:
    """The individuele inkomenstoeslag of a client (article 36) on a date."""
    known = {name: value for name, value in {**CLIENT, **client}.items() if name != without}
    asked = outputs or ("hoogte_individuele_inkomenstoeslag",)
    return evaluate(
        book(),
        "participatiewet",
        asked,
        on=date.fromisoformat(on),
        parameters={"gemeente_code": gemeente_code},
        facts=facts(known),
    )


def supplement_amount(on: str, gemeente_code: str, **client: Value) -> Value:
    """The amount in eurocent; 0 without a right."""
    outcome = supplement(on, gemeente_code, **client).outputs["hoogte_individuele_inkomenstoeslag"]
    assert outcome.reason == "ok", outcome
    return outcome.value


def care_allowance(on: str, household: dict[str, Value], **changed: Value) -> tuple[Value, Value]:
    """(computed, awarded) zorgtoeslag a year in eurocent."""
    found = evaluate(
        book(),
        "wet_op_de_zorgtoeslag",
        ("hoogte_zorgtoeslag", "toegekende_zorgtoeslag"),
        on=date.fromisoformat(on),
        facts=facts({**household, **changed}),
    )
    return found.outputs["hoogte_zorgtoeslag"].value, found.outputs["toegekende_zorgtoeslag"].value
