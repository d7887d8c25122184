"""Builders of weighing dossiers: `a_decision()` is complete content, every argument breaks or changes one thing."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from waardig.values.core.reading import dossier_of
from waardig.values.terms import Dossier

SERVICE = "individuele_inkomenstoeslag"
ROOT = Path(__file__).resolve().parents[2] / "src/waardig"
TOWN = ROOT / "demo/content/rietwaarden"
ROOTS = (ROOT / "library", TOWN)
DECISION = TOWN / "services" / SERVICE / "decision.yaml"
RULES = "ab" * 32
URI = "https://www.voorbeeld.example/verwerkingen/proef.ronde/0123456789abcdef"


def both(text: str) -> dict[str, str]:
    """The same text in two languages."""
    return {"nl": text, "en": f"{text} (en)"}


def a_decision(**changes: Any) -> dict[str, Any]:
    """Content of a complete, small dossier; a change of None removes that part."""
    body = "het college van Voorbeeld"
    content: dict[str, Any] = {
        "id": "proef-01",
        "version": 1,
        "service": SERVICE,
        "title": both("Mag dit?"),
        "question": both("De gemeente rekent."),
        "occasion": both("Mensen lopen geld mis."),
        "author": {"id": "a.auteur", "name": "A. Auteur"},
        "options": [
            {"id": "niets", "does_nothing": True, "name": both("Niets"), "text": both("Niets doen.")},
            {"id": "rekenen", "name": both("Rekenen"), "text": both("Met {attribute_count} gegevens.")},
        ],
        "values": [
            {
                "value": "bestaanszekerheid", "label": both("Genoeg"), "direction": "served", "weight": 5,
                "because": both("Geld komt aan."),
            },
            {
                "value": "privacy", "label": both("Privacy"), "direction": "harmed", "weight": 3,
                "because": both("Wij lezen."), "safeguards": ["afmelden"],
            },
        ],
        "positions": [
            {
                "party": both("de raad"), "role": "client_council", "stance": "against", "text": both("Liever niet."),
                "source": "brief", "public": True,
            }
        ],
        "advice": {
            "by": {"id": "f.adviseur", "name": "F. Adviseur", "role": "fg"}, "date": "2025-03-01",
            "reference": "FG-1", "opinion": "positive", "text": both("Akkoord."),
        },
        "dpia": {"reference": "DPIA-1", "date": "2025-02-01", "valid_until": "2027-02-01"},
        "choice": {"option": "rekenen", "reasons": both("Daarom.")},
        "safeguards": [
            {
                "id": "mens", "type": "W04", "outcomes": ["afwijzing"], "role": "beslisser",
                "min_reason_characters": 20,
            },
            {"id": "afmelden", "type": "W10", "subject": SERVICE, "honoured_within_hours": 24},
        ],
        "announcement": {
            "on": "2025-03-25", "places": [both("de krant")], "opt_out_how": both("Bel ons."),
            "first_run_not_before": "2025-04-28",
        },
        "covers": {
            "rule_set": RULES, "attributes": ["brp.geboortedatum", "uitkeringen.status"],
            "activities": {"proef.ronde": URI}, "recipients": [],
        },
        "decision": {
            "body": body, "body_kind": "college", "decided_by": {"id": "c.college", "name": "C. College"},
            "mandate": "Participatiewet artikel 7", "reference": "B-1", "date": "2025-03-18",
            "valid_until": "2027-03-18",
        },
    }  # fmt: skip
    changed = copy.deepcopy({**content, **changes})
    return {key: value for key, value in changed.items() if value is not None}


def a_dossier(**changes: Any) -> Dossier:
    """The dossier of `a_decision`."""
    return dossier_of(a_decision(**changes))


def changed(content: dict[str, Any], *place: str | int, to: Any = None) -> dict[str, Any]:
    """A copy with the value at a place replaced, or removed when `to` is None."""
    copied = copy.deepcopy(content)
    inside: Any = copied
    for step in place[:-1]:
        inside = inside[step]
    if to is None:
        del inside[place[-1]]
    else:
        inside[place[-1]] = to
    return copied


def codes(problems: Any) -> list[str]:
    """The codes of problems or gaps, in order."""
    return [problem.code for problem in problems]


def written(folder: Path, content: dict[str, Any]) -> Path:
    """A decision.yaml with this content."""
    path = folder / "decision.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path
