"""A draft of a law at the desk: findings with line and remedy, and its scenarios; nothing of it is kept."""

from __future__ import annotations

from waardig.kernel.content import content_roots
from waardig.law import queries as law
from waardig.law.queries import TriedDraft
from waardig.screens.desk_pages import law_list_page as listed
from waardig.screens.desk_pages.law_page import finding_row
from waardig.screens.desk_pages.law_scenarios_page import scenario_row
from waardig.screens.frames import address
from waardig.screens.pages import laws as pages
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Words

MOST_BYTES = 200_000
EMPTY = Words("Plak een wetsbestand of kies een bestand.", "Paste a law file, or choose a file.")
NOT_TEXT = Words("Dit bestand is geen tekst. Kies een YAML-bestand.", "This file is no text. Choose a YAML file.")
PROBLEMS = {
    "too_large": Words(
        "Dit is te groot. Een ontwerp mag 200.000 tekens lang zijn.", "This is too large: at most 200,000 characters."
    ),
    "too_long": Words(
        "Dit duurde te lang of vroeg te veel. Probeer de artikelen in delen.",
        "This took too long or asked too much. Try the articles in parts.",
    ),
    "busy": Words(
        "Iemand anders probeert nu een ontwerp. Wacht even en probeer het opnieuw.",
        "Somebody else is trying a draft now. Wait a moment and try again.",
    ),
    "not_read": Words(
        "Dit kunnen wij niet lezen. Kijk of er geen heel lange getallen in staan.",
        "We cannot read this. See whether there are very long numbers in it.",
    ),
}


def text_of(data: bytes) -> str | None:
    """What a chosen file says; None when it is no text."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def try_page(frame: DeskFrame, *, text: str | None = "", scenarios: str = "", posted: bool = False) -> pages.TryPage:
    """The form, and after posting what came of the draft.

    Args:
        text: of the law file; None when the chosen file is no text.
    """
    problem, done = None, None
    if posted and text is None:
        problem = NOT_TEXT
    elif posted and not (text or "").strip():
        problem = EMPTY
    elif posted:
        done = law.try_draft(content_roots(), text or "", scenarios)
        problem = PROBLEMS[done.problem] if done.problem else None
    return pages.TryPage(
        desk=frame,
        back_href=address("desk:laws"),
        action=address("desk:law_try"),
        law=(text or "")[:MOST_BYTES],
        scenarios=scenarios[:MOST_BYTES],
        problem=problem,
        tried=_tried(done) if done and not problem else None,
    )


def _tried(done: TriedDraft) -> pages.TriedLaw:
    return pages.TriedLaw(
        name=done.name,
        day=done.valid_from,
        replaces=done.replaces,
        findings=tuple(finding_row(one, "") for one in done.findings),
        scenarios=listed.counted(done.scenarios),
        lines=tuple(scenario_row(one, None) for one in done.scenarios),
        left_out=done.left_out,
    )
