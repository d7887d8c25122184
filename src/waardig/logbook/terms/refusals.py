"""Why the log refuses."""

from __future__ import annotations

from dataclasses import dataclass, field

from waardig.kernel.errors import Refusal


class LossNotAccepted(Refusal):
    """A loss of lines can be accepted by two people with a reason, as the owner, when there is one."""

    def __init__(self, why_nl: str, why_en: str, remedy: str) -> None:
        super().__init__(code="loss_not_accepted", text_nl=why_nl, text_en=why_en, remedy=remedy)


class NothingToSign(Refusal):
    """There is no line since the last checkpoint."""

    def __init__(self) -> None:
        super().__init__(
            code="nothing_to_sign",
            text_nl="Er is niets nieuws om te ondertekenen.",
            text_en="The log has no line since the last checkpoint.",
            remedy="Nothing to do; try again when the log has grown.",
        )


class HashMissing(Refusal):
    """A tile of the tree has not every hash that it should have, so no root and no proof is given from it."""

    def __init__(self, level: int, number: int) -> None:
        each = 256 ** (level + 1)
        super().__init__(
            code="tree_hash_missing",
            text_nl="Het logboek mist een vingerafdruk. Daarom geven wij nu geen bewijs af.",
            text_en=f"Tile {number} of level {level} of the tree (lines {number * each} on) misses a hash.",
            remedy="Keep everything, run `waardig logbook verify` and call the auditor.",
        )


class ArchiveDamaged(Refusal):
    """A file with old months of the log is missing or other; nothing is given from it, not even in part."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(
            code="archive_damaged",
            text_nl="Het logboek van langer geleden kan nu niet worden gelezen. Probeer het later opnieuw.",
            text_en=f"The archive of the log is damaged: {file}: {why}.",
            remedy="Run `waardig logbook verify`; put the file back from a backup into WAARDIG_LOG_ARCHIVE.",
        )


class ArchiveTermInvalid(Refusal):
    """After how many months lines go to the archive is not said as a number."""

    def __init__(self, text: str, least: int) -> None:
        super().__init__(
            code="archive_term_invalid",
            text_nl="De termijn voor het archief van het logboek is niet goed ingesteld.",
            text_en=f"WAARDIG_LOG_ARCHIVE_AFTER is {text!r}, not a whole number of months.",
            remedy=f"Set it to {least} or more, or leave it out.",
        )


class PolicyUnreadable(Refusal):
    """The file with logs and witnesses, or the key of a witness, cannot be used."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            code="policy_unreadable",
            text_nl=f"{place} kan niet worden gebruikt voor de getuigen van het logboek.",
            text_en=f"{place} cannot be used for the witnesses of the log: {why}.",
            remedy="Write it in the form of C2SP tlog-policy, with keys of `waardig logbook key --name NAME`.",
        )


class WitnessUnreachable(Refusal):
    """A witness did not answer, or not as a witness does; it is asked again."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            code="witness_unreachable",
            text_nl=f"De getuige {name} geeft geen antwoord.",
            text_en=f"The witness {name} does not cosign: {why}.",
            remedy="Nothing, when it ends by itself; else call whoever runs the witness.",
        )


class WitnessDiffers(Refusal):
    """A witness saw another or a longer log of this name: lines were lost or changed here, or somebody has our key."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            code="witness_differs",
            text_nl=f"De getuige {name} zag een ander logboek van ons.",
            text_en=f"The witness {name} saw another log of this name: {why}.",
            remedy="Ask the witness for the checkpoint it keeps and run `waardig logbook verify --against` it.",
        )


@dataclass(eq=False)
class LogbookUnavailable(Refusal):
    """The line could not be written, so nothing is done and no data is given (fail closed).

    Attributes:
        sqlstate: what the database answered, for the administrator; never its text, which may hold personal data.
    """

    code: str = "logbook_unavailable"
    text_nl: str = (
        "Wij kunnen nu niet vastleggen wat wij met gegevens doen. Daarom laten wij ze niet zien en doen wij niets. "
        "Probeer het later opnieuw."
    )
    text_en: str = "The log of data processing cannot be written, so no data is given and nothing is done."
    remedy: str = "Ask the administrator to look at the database; nothing was lost and nothing was shown."
    sqlstate: str = ""

    def __str__(self) -> str:
        return f"{super().__str__()} (database answer {self.sqlstate or 'unknown'})"


@dataclass(eq=False)
class GateRefused(Refusal):
    """A database function of the gate refused what it was given; the code says why."""

    code: str = "gate_refused"
    text_nl: str = "Dit kan niet."
    text_en: str = "The gate refused this."
    facts: tuple[str, ...] = field(default=())


# What the functions raise with a SQLSTATE of class WA: code, Dutch, remedy. The database's own sentence is the English.
GATE_REFUSALS: dict[str, tuple[str, str, str]] = {
    "WA020": (
        "not_on_an_approved_list",
        "Dit staat niet op een goedgekeurde vernietigingslijst.",
        "Make a destruction list and let a colleague approve it; it is executed after that.",
    ),
    "WA021": (
        "held_or_not_due",
        "Deze zaak mag nu niet worden vernietigd.",
        "See what holds the case: waardig archive due.",
    ),
    "WA030": (
        "not_to_archive",
        "Deze maand kan nog niet naar het archief van het logboek.",
        "Archive months that `waardig logbook archive --plan` names.",
    ),
    "WA031": (
        "archive_differs",
        "Een deel van het logboek van langer geleden klopt niet. Daarom laten wij het nu niet zien.",
        "Run `waardig logbook verify`; put the file back from a backup into WAARDIG_LOG_ARCHIVE.",
    ),
    "WA032": (
        "run_is_archived",
        "Deze ronde is te lang geleden om mee verder te gaan.",
        "Start a new round: lines of this one stand in the archive of the log.",
    ),
    "WA001": (
        "activity_unpublished",
        "Deze verwerking staat niet in het verwerkingsregister.",
        "Publish the content that declares this activity.",
    ),
    "WA002": (
        "service_unknown",
        "Deze dienst is er niet.",
        "Name a service that has a published activity of kind service.",
    ),
    "WA003": (
        "enrolment_refused",
        "Deze personen kunnen niet worden ingeschreven.",
        "Use an activity of kind execution that is in force, with valid numbers and at most max_persons persons.",
    ),
    "WA004": (
        "enrolled_otherwise",
        "Deze persoon is al anders ingeschreven.",
        "Ask for the person id under this number; do not enrol the person again.",
    ),
    "WA005": (
        "person_unknown",
        "Deze persoon is niet ingeschreven.",
        "Enrol the person first.",
    ),
    "WA006": (
        "spells_overlap",
        "De periodes van deze gegevens kloppen niet.",
        "Correct the periods in the source and send the batch again.",
    ),
    "WA007": (
        "document_changed",
        "Deze tekst is al vastgelegd en verandert niet meer.",
        "Store a new text under a new id.",
    ),
    "WA009": (
        "storing_refused",
        "Onder deze verwerking kunnen geen gegevens worden vastgelegd.",
        "Store facts under an activity of kind execution that is in force and allows this actor.",
    ),
    "WA008": (
        "correction_not_opened",
        "Dit gegeven kan met deze toegang niet worden gecorrigeerd.",
        "Ask a ticket of an activity that may correct, for this person and attribute, and use it within ten minutes.",
    ),
}
