"""The public page about the log: what was signed last, by which keys, and checking one's own lines."""

from __future__ import annotations

from base64 import b64encode

from django.templatetags.static import static

from waardig.logbook import queries as logbook
from waardig.screens.frames import address
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.log import LogPage
from waardig.screens.pages.words import Link, Words

VERIFIER = "look/verify_log.py"


def log_page(frame: Frame) -> LogPage:
    """The last checkpoint as it is published; of a log that was not signed yet only how it works."""
    found = logbook.signed()
    back = Link(Words("Diensten die zelf zoeken", "Services that look for people"), address("public:services"))
    return LogPage(
        frame=frame,
        back=back,
        signed_at=found.at if found else None,
        lines=found.checkpoint.size if found else 0,
        origin=found.checkpoint.note.partition("\n")[0] if found else "",
        note=found.checkpoint.note if found else "",
        keys=tuple(b64encode(key).decode() for key in found.keys) if found else (),
        verifier=static(VERIFIER),
    )
