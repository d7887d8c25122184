"""Terms of the log of data processing (Logboek dataverwerkingen 1.0).

One line tells one act about at most one person. The person stands in it under a pseudonym, an employee not at all.
"""

from waardig.logbook.terms.lines import (
    SYSTEM,
    ActivityUse,
    Actor,
    ActorKind,
    LegalBasis,
    LineCount,
    LineRef,
    Link,
    LinkKind,
    LogEntry,
    NewLine,
    NewLink,
    Outcome,
    Removal,
    TicketLike,
)
from waardig.logbook.terms.refusals import (
    GATE_REFUSALS,
    GateRefused,
    LogbookUnavailable,
    LossNotAccepted,
    NothingToSign,
)
from waardig.logbook.terms.tree import (
    Checkpoint,
    Difference,
    Evidence,
    LineProof,
    LogState,
    Loss,
    Noted,
    Progress,
    Signed,
)

__all__ = [
    "GATE_REFUSALS",
    "SYSTEM",
    "ActivityUse",
    "Actor",
    "ActorKind",
    "Checkpoint",
    "Difference",
    "Evidence",
    "GateRefused",
    "LegalBasis",
    "LineCount",
    "LineProof",
    "LineRef",
    "Link",
    "LinkKind",
    "LogEntry",
    "LogState",
    "LogbookUnavailable",
    "Loss",
    "LossNotAccepted",
    "NewLine",
    "NewLink",
    "Noted",
    "NothingToSign",
    "Outcome",
    "Progress",
    "Removal",
    "Signed",
    "TicketLike",
]
