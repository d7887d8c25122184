"""Setting up the fictional municipality: content, decision, residents, benefits file, wishes; every step repeatable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from waardig.access.actions import opt_out, set_business_date
from waardig.access.terms import Actor
from waardig.archive.queries import selection_list
from waardig.cases.queries import parameters
from waardig.catalogue import queries as catalogue
from waardig.catalogue.actions import publish
from waardig.demo import helping
from waardig.demo.companies import write_profiles
from waardig.demo.helping import give_mandates
from waardig.demo.official import choose_officials, counts, official_clients
from waardig.demo.personas import DEMO_DATE, Wish
from waardig.demo.settling import settle, write_benefits_file
from waardig.demo.town import town
from waardig.inbox.actions import set_display, set_preference
from waardig.inbox.queries import display_of, template
from waardig.inbox.terms import Channel
from waardig.kernel.content import content_roots
from waardig.kernel.errors import Refusal
from waardig.registers.actions import persons_for_bsns, publish_declarations
from waardig.registers.actions.imports import Imported, import_benefits, import_brp, import_kvk, read_brp_file
from waardig.registers.adapters.benefits_file import read_mapping
from waardig.registers.terms import Problem, Severity
from waardig.shell.installation.choosing import entered
from waardig.shell.system import remember
from waardig.values.actions import decide

RIETWAARDEN = Path(__file__).resolve().parent.parent / "demo" / "content" / "rietwaarden"
SERVICE = "individuele_inkomenstoeslag"
DIGITAL_TYPES = ("proposal", "receipt", "decision_grant", "decision_refuse", "correction_receipt", "correction_answer")
SCHEME = "meedoenregeling"
SCHEME_TYPES = ("grant_announcement", "decision_unasked", *DIGITAL_TYPES)
ANNOUNCED_FOR = timedelta(days=20)
"""How long before the round the wishes of the demonstration came in: during the announcement."""
OPTED_OUT_ON = date(2025, 3, 28)
"""When the opt-outs came in: after both announcements and before the first round."""

Say = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Town:
    """What was set up; counts of what was new in this call."""

    residents: int
    facts_stored: int
    imported: Imported
    officials: Mapping[str, int] = field(default_factory=dict)
    brp: Imported | None = None


class FileRefused(Refusal):
    """A file that was named on the command line could not be taken in."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            code=problem.kind,
            text_nl=f"Het bestand {problem.file} is niet ingelezen.",
            text_en=f"{problem.file} was not taken in: {problem.message}.",
            remedy=problem.remedy,
        )


def use_content(folder: Path | None) -> None:
    """Use a municipality's own content folder, the demo town's when none is named; later commands use it too.

    In an installation of several the installation file says which folders are the municipality's.
    """
    if entered() and folder is None:
        return
    remember(WAARDIG_CONTENT=str((folder or RIETWAARDEN).resolve()))


def publish_and_decide(on: date) -> None:
    """Publish the content and record the decisions of the municipality on its services, as the owner.

    Raises:
        ContentInvalid, DossierIncomplete: with everything that must be corrected.
    """
    set_business_date(on)
    selection_list()
    publish(content_roots(), on=on)
    publish_declarations(content_roots())
    for decision in sorted(content_roots()[-1].glob("services/*/decision.yaml")):
        decide(decision, on=on)


def set_up(residents: int, brp: Path | None, folder: Path, say: Say) -> Town:
    """Bring residents and the benefits administration in, by the same doors as a real municipality.

    Args:
        brp: official test persons, some of whom get a place in the benefits file.
        folder: where the export of the benefits administration is written.
    """
    arrival = settle(town(residents), lambda done: say("Residents", done, residents))
    taken = (
        _accepted(import_brp(brp, progress=lambda done, total: say("Official persons", done, total))) if brp else None
    )
    officials = choose_officials(read_brp_file(brp).persons) if brp else ()
    months = parameters(DEMO_DATE, SERVICE).get("referteperiode_maanden", 36)
    export = write_benefits_file(
        folder / "uitkeringen",
        arrival.clients,
        officials=tuple(official_clients(officials)),
        municipality=catalogue.municipality().code,
        history_months=max(36, int(str(months))),
    )
    imported = import_benefits(export, _mapping(export), progress=lambda done, total: say("Benefits file", done, total))
    for profiles in write_profiles(folder / "kvk", only_newest=not arrival.facts_stored):
        _accepted(import_kvk(profiles))
    _record_wishes(arrival.wishes)
    give_mandates(persons_for_bsns(helping.numbers()))
    return Town(arrival.residents, arrival.facts_stored, imported, counts(officials) if brp else {}, taken)


def _accepted(taken: Imported) -> Imported:
    for problem in taken.read.of(Severity.REFUSAL):
        raise FileRefused(problem)
    return taken


def _mapping(export: Path) -> Path:
    mapping = export / "mapping.yaml"
    read_mapping(mapping)
    return mapping


def _record_wishes(wishes: Sequence[Wish]) -> None:
    """Digital where somebody chose it per type of message, English, and opt-outs, from the time of the announcement."""
    numbers = [wish.bsn for wish in wishes if wish.digital or wish.opted_out or wish.english]
    ids: dict[str, UUID] = {}
    for start in range(0, len(numbers), 500):
        ids |= persons_for_bsns(numbers[start : start + 500])
    types = [template(SERVICE, name).message_type for name in DIGITAL_TYPES]
    offered = [one.id for one in catalogue.services()]
    types += [template(SCHEME, name).message_type for name in SCHEME_TYPES if SCHEME in offered]
    announced = DEMO_DATE - ANNOUNCED_FOR
    with transaction.atomic():
        for wish in wishes:
            person = ids.get(wish.bsn)
            if person is None:
                continue
            if wish.digital:
                for message_type in types:
                    set_preference(person, message_type, Channel.DIGITAL, where="web", on=announced)
            if wish.english and display_of(person) is None:
                set_display(person, large=False, shielded=None, where="web", on=announced, language="en")
            if wish.opted_out:
                for service in offered:
                    opt_out(person, service, Actor("resident", str(person)), OPTED_OUT_ON, channel="paper")
