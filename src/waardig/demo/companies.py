"""Companies of the fictional town as the KVK gives their profiles: one that acts for others, one with one owner."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from waardig.demo.personas import KUIPERS

NAIR = "99990411"


def write_profiles(folder: Path, *, only_newest: bool = False) -> Iterator[Path]:
    """The profiles as they were asked, oldest first: the salon moved in between.

    Args:
        folder: where the files are written.
        only_newest: what was asked before was taken in already; taking it in again would bring the old address back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    salon = {"kvkNummer": NAIR, "naam": "Kapsalon Nair", "form": "Eenmanszaak", "since": "20190901"}
    office = {"kvkNummer": KUIPERS.kvk, "naam": KUIPERS.name, "form": "Besloten vennootschap", "since": "20120315"}
    asked = {
        "2024": [_profile(**salon, street="Kerkstraat", number=14, postcode="1234AB")],
        "2025": [
            _profile(**salon, street="Marktplein", number=3, postcode="1234AA"),
            _profile(**office, street="Veerlaan", number=7, postcode="1234AD"),
        ],
    }
    for year, profiles in list(asked.items())[-1 if only_newest else 0 :]:
        path = folder / f"kvk-{year}.json"
        path.write_text(json.dumps(profiles), encoding="utf-8")
        yield path


def _profile(*, kvkNummer: str, naam: str, form: str, since: str, street: str, number: int, postcode: str) -> Any:
    where = {"type": "bezoekadres", "indAfgeschermd": "Nee", "straatnaam": street, "huisnummer": number,
             "postcode": postcode, "plaats": "Rietwaarden", "land": "Nederland"}  # fmt: skip
    return {
        "kvkNummer": kvkNummer,
        "naam": naam,
        "materieleRegistratie": {"datumAanvang": since},
        "_embedded": {"hoofdvestiging": {"adressen": [where]}, "eigenaar": {"rechtsvorm": form}},
    }
