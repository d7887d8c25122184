"""The pages of destruction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.desks import DESK
from tests.look.samples.people import IIT, PAGE1
from waardig.screens.pages import desk_destruction as pages
from waardig.screens.pages.words import Words

REASON = "De rechter vroeg het dossier op."
JUNE, JULY = date(2025, 6, 10), date(2025, 7, 1)
SAID_NO = Words("nee gezegd", "said no")
NO_PROPOSAL = Words("uitkomsten van een ronde, zonder voorstel", "outcomes of a round, without a proposal")
WAITS = Words("nog niet vernietigd", "not destroyed yet")
DESTROYED = Words("vernietigd", "destroyed")

LISTS = pages.DestructionListsPage(
    desk=DESK,
    action="/desk/vernietigen/",
    past=12,
    held=(
        pages.HeldCase("RW 2025 0481", REASON, "Marit Kuiper", date(2025, 5, 12), JULY, True),
        pages.HeldCase("RW 2025 0490", "De ombudsman heeft vragen.", "Daan Smits", JULY, date(2026, 1, 5), False),
        pages.HeldCase("RW 2025 0512", "De accountant vroeg erom.", "Daan Smits", JULY, None, False),
    ),
    typed=pages.HoldTyped(),
    lists=(
        pages.DestructionListLine(
            "RW-2025-V0002", "/desk/lijst/2/", Words("wacht op een collega", "waits for a colleague"), JULY,
            "Marit Kuiper", 3,
        ),
        pages.DestructionListLine("RW-2025-V0001", "/desk/lijst/1/", DESTROYED, JULY, "Marit Kuiper", 8),
    ),
    paging=PAGE1,
    refused=None,
)  # fmt: skip

LINES = (
    pages.DestructionLineShown(1, "RW 2025 0012", IIT, SAID_NO, "8.4.1", date(2025, 4, 28), JUNE, 1, WAITS, None),
    pages.DestructionLineShown(
        2, "RW 2025 0013", IIT, Words("geen antwoord", "no answer"), "8.4.1", date(2025, 4, 28), JUNE, 1,
        Words("van de lijst gehaald", "taken off the list"), Words("De rechter vroeg het dossier op."),
    ),
    pages.DestructionLineShown(
        3, "", IIT, NO_PROPOSAL, "W14",
        date(2024, 4, 28), date(2025, 4, 29), 1100, WAITS, None,
    ),
)  # fmt: skip

DRAFT = pages.DestructionListPage(
    desk=DESK,
    back_href="/desk/vernietigen/",
    action="/desk/lijst/2/",
    number="RW-2025-V0002",
    state=Words("wacht op een collega", "waits for a colleague"),
    is_draft=True,
    is_approved=False,
    is_executed=False,
    own=False,
    made_on=JULY,
    made_by="Marit Kuiper",
    approved_on=None,
    approved_by="",
    executed_on=None,
    count=2,
    items=1101,
    destroyed=0,
    skipped=0,
    shown="0" * 64,
    typed="3",
    place="2",
    reason="Kort",
    lines=LINES,
    paging=PAGE1,
    refused=Words("Schrijf op waarom, in minstens tien letters.", "Say why, in at least ten characters."),
)

EXECUTED = replace(
    DRAFT, is_draft=False, is_approved=True, is_executed=True, state=DESTROYED, refused=None, approved_on=JULY,
    approved_by="Daan Smits", executed_on=JULY, destroyed=1, skipped=1,
    lines=(
        replace(LINES[0], state=DESTROYED),
        LINES[1],
        replace(LINES[0], place=3, number="RW 2025 0014", state=Words("bewaard", "kept"),
                why=Words("er loopt een bezwaar", "an objection runs")),
    ),
)  # fmt: skip
DESTROYING = {
    "vernietigen": LISTS,
    "vernietigen-bewaren": replace(
        LISTS, typed=pages.HoldTyped("RW 2025 0600", "Kort", "morgen"),
        refused=Words("Schrijf op waarom, in minstens tien letters.", "Say why, in at least ten characters."),
    ),
    "vernietigen-leeg": replace(LISTS, past=0, held=(), lists=(),
                                refused=Words("Er is nu niets dat mag worden vernietigd.", "Nothing may go now.")),
    "vernietigingslijst": DRAFT,
    "vernietigingslijst-eigen": replace(DRAFT, own=True, refused=None, typed="", place="", reason=""),
    "vernietigingslijst-bezig": replace(EXECUTED, is_executed=False, executed_on=None, destroyed=0, skipped=0),
    "vernietigingslijst-klaar": EXECUTED,
}  # fmt: skip
