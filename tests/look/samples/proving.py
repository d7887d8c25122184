"""The public page about the log: 20 lines that are really signed, and the file of a resident with three of them."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.logbook.counting import signed_counts
from tests.look.samples.people import VISITOR
from waardig.logbook import core
from waardig.logbook.adapters.note_signing import cosigned, public_of, signed_note
from waardig.screens.pages.log import LogPage, WatchedShown, WitnessShown
from waardig.screens.pages.words import Link, Words

_ORIGIN = "www.rietwaarden.example/logboek"
_KEY = hashlib.sha256(b"a key for samples").digest()
_LINES = [
    core.canonical(
        {"name": f"Bekijken {number}", "start_time": 1745830800000, "trace_id": f"{number:032x}"},
        {"subject": f"{number % 7:064x}"},
    )
    for number in range(20)
]
_SALTS = [hashlib.sha256(f"salt {number}".encode()).digest()[:16] for number in range(20)]
_TREE = [core.leaf(salt, line) for salt, line in zip(_SALTS, _LINES, strict=True)]
_NOTE = signed_note(_ORIGIN, 20, core.root(_TREE), _KEY)
_SIGNED_AT = datetime(2025, 4, 28, 8, 50, tzinfo=UTC)
_WITNESSES = {"bibliotheek.rietwaarden.example/getuige": b"b" * 32, "nieuwekerk.example/getuige": b"n" * 32}


def _witness(name: str, at: datetime | None, *, is_trial: bool = False) -> WitnessShown:
    key = core.verifier_key(name, public_of(_WITNESSES[name]), core.COSIGNATURE)
    return WitnessShown(name, at, is_last=at is not None and at > _SIGNED_AT, key=key, is_trial=is_trial)


_LIBRARY, _NEIGHBOUR = _WITNESSES
LOG = LogPage(
    frame=VISITOR,
    back=Link(Words("Diensten die zelf zoeken", "Services that look for people"), "/verantwoording/"),
    signed_at=_SIGNED_AT,
    lines=20,
    origin=_ORIGIN,
    note=_NOTE,
    keys=(base64.b64encode(public_of(_KEY)).decode(),),
    verifier="/static/look/verify_log.py",
    witnesses=(
        _witness(_LIBRARY, _SIGNED_AT + timedelta(minutes=1)),
        _witness(_NEIGHBOUR, _SIGNED_AT - timedelta(hours=3)),
    ),
    is_enough=False,
    watched=(
        WatchedShown("nieuwekerk.example/logboek", 48_211, _SIGNED_AT - timedelta(minutes=4)),
        WatchedShown("zuidwolde.example/logboek", 0, None),
    ),
    our_key=core.verifier_key("www.rietwaarden.example/getuige", public_of(b"r" * 32), core.COSIGNATURE),
)
PROVING = {
    "17a-logboek": LOG,
    "17b-logboek-niet-ondertekend": replace(
        LOG, signed_at=None, lines=0, origin="", note="", keys=(), witnesses=(), is_enough=True, watched=(), our_key=""
    ),
    "17c-logboek-proefgetuigen": replace(
        LOG,
        witnesses=(
            _witness(_LIBRARY, _SIGNED_AT + timedelta(minutes=1), is_trial=True),
            _witness(_NEIGHBOUR, None, is_trial=True),
        ),
        watched=(),
        our_key="",
    ),
}


def own_lines(key: bytes = _KEY) -> dict[str, Any]:
    """The file of somebody whose lines have the places 0, 7 and 14, under a checkpoint signed with this key.

    The log counted four lines: one more must stay confidential for now.
    """
    places, note = (0, 7, 14), signed_note(_ORIGIN, 20, core.root(_TREE), key)
    line, counts = signed_counts(f"{0:064x}", {"2025-04": 4}, 20)
    return {
        "form": "waardig-logbewijs-1",
        "log": _ORIGIN,
        "counts": {
            "checkpoint": signed_note(_ORIGIN, 20, core.root(_TREE), key, (line,)),
            "subjects": [counts | {"withheld": {"2025-04": 1}}],
        },
        "checkpoint": note + cosigned(note, _LIBRARY, _WITNESSES[_LIBRARY], _SIGNED_AT + timedelta(minutes=1)),
        "lines": [
            {
                "line": _LINES[place],
                "salt": _SALTS[place].hex(),
                "place": place,
                "path": [
                    base64.b64encode(core.root(_TREE[slice(*beside)])).decode() for beside in core.path_spans(place, 20)
                ],
            }
            for place in places
        ],
    }
