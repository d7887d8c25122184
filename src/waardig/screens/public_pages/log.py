"""The public page about the log: what was signed last, by which keys and witnesses, and checking one's own lines."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime

from django.templatetags.static import static

from waardig.kernel.clock import wall_now
from waardig.logbook import queries as logbook
from waardig.logbook.terms import Policy, PolicyUnreadable, WitnessState
from waardig.screens.frames import address
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.log import LogPage, WatchedShown, WitnessShown
from waardig.screens.pages.words import Link, Words

VERIFIER = "look/verify_log.py"


def log_page(frame: Frame) -> LogPage:
    """The last checkpoint as it is published; of a log that was not signed yet only how it works."""
    found, now = logbook.signed(), wall_now()
    back = Link(Words("Diensten die zelf zoeken", "Services that look for people"), address("public:services"))
    asked = _policy()
    size = found.checkpoint.size if found else 0
    watched, our_key = _watched()
    return LogPage(
        frame=frame,
        back=back,
        signed_at=found.at if found else None,
        lines=size,
        origin=found.checkpoint.note.partition("\n")[0] if found else "",
        note=found.note if found else "",
        keys=tuple(b64encode(key).decode() for key in found.keys) if found else (),
        verifier=static(VERIFIER),
        witnesses=_witnesses(asked, size, now),
        is_enough=not logbook.lacking_witnesses(asked, now),
        watched=watched,
        our_key=our_key,
    )


def _policy() -> Policy:
    """Whom we ask; a file that cannot be used is told to the administrator, not here."""
    try:
        return logbook.policy()
    except PolicyUnreadable:
        return Policy()


def _witnesses(asked: Policy, size: int, now: datetime) -> tuple[WitnessShown, ...]:
    return tuple(_witness(one, size) for one in logbook.witness_states(asked, now))


def _witness(state: WitnessState, size: int) -> WitnessShown:
    found = state.newest
    return WitnessShown(
        name=state.witness.name,
        at=found.at if found else None,
        is_last=found is not None and found.size == size,
        key=logbook.witness_key(state.witness),
        is_trial=state.witness.is_trial,
    )


def _watched() -> tuple[tuple[WatchedShown, ...], str]:
    """The logs that we are a witness for, and the key by which what we sign is checked."""
    try:
        own = logbook.own_witness()
    except PolicyUnreadable:
        own = None
    if own is None:
        return (), ""
    seen = {one.origin: one for one in logbook.seen_logs(own.name)}
    names = sorted({log.name for log in own.logs})
    return tuple(
        WatchedShown(name, seen[name].size if name in seen else 0, seen[name].at if name in seen else None)
        for name in names
    ), logbook.witness_key(own)
