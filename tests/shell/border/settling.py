"""Child that fills one municipality with people who exist nowhere else, and lets everything happen to them.

Run in the municipality's own environment. Every name, street, note and reason bears the municipality's mark; it prints
how much of everything there is, so that the test knows that there was something to find.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

from tests.anything import declare_everything
from waardig.shell import system

SERVICE = "individuele_inkomenstoeslag"
COVERS = re.compile(r"(?<=^covers:\n)(?: {2}.*\n)+", re.MULTILINE)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mark", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--residents", type=int, required=True)
    parser.add_argument("--only-sessions", action="store_true", help="people sign in again; nothing else changes")
    given = parser.parse_args()
    declare_everything()
    system.prepare(owner=True)
    if given.only_sessions:
        print(json.dumps({"cookies": _cookies(given.seed)}))
        return
    system.migrate(alone=True)
    _publish()
    people = _settle(given.mark, given.seed, given.residents)
    _live(given.mark)
    print(json.dumps({"people": people, "cookies": _cookies(given.seed)}))


def office_number(seed: int) -> str:
    """The number of the administrator's office of a municipality."""
    return f"9999{seed % 10000:04d}"


def _cookies(seed: int) -> list[dict[str, str]]:
    """Sessions of this municipality that work here: the cookie, and the token that its forms bear."""
    from django.conf import settings
    from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret

    from tests.identity.signing_in import a_resident, an_employee, an_office, signed_in_client
    from waardig.cases.models import CaseParty
    from waardig.identity.adapters.session_store import SessionStore

    people = [a_resident(person) for person in CaseParty.objects.values_list("person", flat=True).distinct()]
    staff = [an_employee(role) for role in ("loket", "inkomensconsulent", "beslisser", "teamleider", "beleid")]
    found = []
    for who in [*people[:20], *staff, an_office(office_number(seed))]:
        key = signed_in_client(who).cookies[settings.SESSION_COOKIE_NAME].value
        session, secret = SessionStore(key), _get_new_csrf_string()
        session["_csrftoken"] = secret
        session.save()
        found.append({"role": who.kind.value, "cookie": key, "token": _mask_cipher_secret(secret)})
    return found


def _publish() -> None:
    """Publish the content; the decision covers what runs, as a deciding body would have decided it."""
    from waardig.access.actions import set_business_date
    from waardig.catalogue.actions import publish
    from waardig.demo.personas import DEMO_DATE
    from waardig.kernel.content import content_roots
    from waardig.registers.actions import publish_declarations
    from waardig.shell.town import publish_and_decide
    from waardig.values.actions import scope_now
    from waardig.values.core.coverage import covers_lines

    set_business_date(DEMO_DATE)
    publish(content_roots(), on=DEMO_DATE)
    publish_declarations(content_roots())
    scope = scope_now(SERVICE, on=DEMO_DATE)
    decision = content_roots()[-1] / f"services/{SERVICE}/decision.yaml"
    lines = "".join(f"  {line}\n" for line in covers_lines(scope))
    decision.write_text(COVERS.sub(lambda _: lines, decision.read_text(encoding="utf-8")), encoding="utf-8")
    publish_and_decide(DEMO_DATE)


def _settle(mark: str, seed: int, residents: int) -> int:
    from waardig.cases.queries import parameters
    from waardig.catalogue.queries import municipality
    from waardig.demo.personas import DEMO_DATE
    from waardig.demo.settling import settle, write_benefits_file
    from waardig.registers.actions.imports import import_benefits
    from waardig.shell.town import _record_wishes

    arrival = settle(_marked(mark, seed, residents))
    months = int(str(parameters(DEMO_DATE, SERVICE).get("referteperiode_maanden", 36)))
    with tempfile.TemporaryDirectory() as folder:
        export = write_benefits_file(
            Path(folder) / "uitkeringen", arrival.clients, municipality=municipality().code,
            history_months=max(36, months), seed=seed,
        )  # fmt: skip
        done = import_benefits(export, export / "mapping.yaml")
    assert done.as_json()["accepted"], done.as_json()
    _record_wishes(arrival.wishes)
    return arrival.residents


def _marked(mark: str, seed: int, residents: int) -> Iterator[object]:
    """The drawn households with a client, under names and in streets of this municipality only."""
    from waardig.demo.benefits import Administrator
    from waardig.demo.personas import DEMO_DATE
    from waardig.demo.town import persons_of, town

    office = Administrator(f"{mark} Bewind", office_number(seed), f"{mark}plein 1, 1234 AB Ergens")
    for number, one in enumerate(town(residents, seed)):
        if not one.clients or any(resident.bsn.startswith("98") for resident in one.household.residents):
            continue
        people = tuple(
            replace(resident, name=replace(resident.name, family=f"{mark}naam{number}"), secret=False)
            for resident in one.household.residents
        )
        home = replace(one.household.address, street=f"{mark}straat")
        household = replace(one.household, residents=people, address=home)
        clients = one.clients
        if number % 6 == 0:
            clients = tuple(replace(client, administrator=office) for client in clients)
        yield replace(
            one, household=household, clients=clients, persons=tuple(persons_of(household, DEMO_DATE, seed)),
            wishes=tuple(replace(wish, opted_out=False, digital=True) for wish in one.wishes),
        )  # fmt: skip


def _live(mark: str) -> None:
    """A round; then people say yes, say no, report a wrong value; an official refuses some."""
    from waardig.logbook.actions import sequence_lines
    from waardig.outbox.jobs import run_worker
    from waardig.proposals.actions import run_round
    from waardig.shell import wiring

    run_round(SERVICE)
    run_worker(wiring.handlers(), Event(), until_empty=True)
    answer(mark)
    run_worker(wiring.handlers(), Event(), until_empty=True)
    refuse(mark)
    react(mark)
    run_worker(wiring.handlers(), Event(), until_empty=True)
    sequence_lines()


def answer(mark: str) -> None:
    import random

    from waardig.access.terms import Actor
    from waardig.cases import queries as cases
    from waardig.cases.actions import apply, decline
    from waardig.cases.actions.correcting import report_wrong
    from waardig.cases.terms import CaseState, Declaration
    from waardig.demo.numbers import fictional_iban
    from waardig.demo.personas import DEMO_DATE

    waiting, _ = cases.waiting([CaseState.PROPOSED], size=1000)
    for place, case in enumerate(one for one in waiting if one.reader == "self"):
        actor = Actor("resident", str(case.applicant))
        if place % 3 == 0:
            said = Declaration(
                False, f"{mark}zus woont bij mij", 12_000, fictional_iban(random.Random(mark)), f"{mark}fout"
            )
            apply(case.id, said, actor=actor, on=DEMO_DATE)
        elif place % 3 == 1:
            report_wrong(
                case.applicant, "uitkeringen.leefvorm", None, should_be=f"{mark}anders", explanation=f"{mark}uitleg",
                actor=actor, on=DEMO_DATE,
            )  # fmt: skip
            if place % 2:
                decline(case.id, actor=actor, on=DEMO_DATE, never_again=False)


def refuse(mark: str) -> None:
    from waardig.cases import queries as cases
    from waardig.cases.actions import decide
    from waardig.cases.terms import CaseState, DecisionOutcome, Official
    from waardig.catalogue.queries import municipality
    from waardig.demo.personas import DEMO_DATE
    from waardig.kernel.errors import Refusal

    known = next(one for one in municipality().officials.values() if "beslisser" in one.roles)
    official = Official(known.id, known.name, "beslisser", 100_000)
    waiting, _ = cases.waiting([CaseState.BY_HAND], size=1000)
    for case in waiting[::2]:
        try:
            decide(
                case.id, official, DecisionOutcome.REFUSE, actor_kind="employee", on=DEMO_DATE,
                reasons=f"{mark}reden: uw spaargeld is hoger dan de grens die geldt.",
            )  # fmt: skip
        except Refusal as refusal:
            print(refusal, flush=True)


def react(mark: str) -> None:
    """Reactions to texts that both municipalities have: one is read, one waits."""
    from waardig.demo.personas import DEMO_DATE
    from waardig.feedback import actions, queries
    from waardig.feedback.models import Text
    from waardig.feedback.terms import Reader

    for key in (f"bericht.{SERVICE}.proposal", "portal.home"):
        for text in ("moeilijk", "lang"):
            actions.give(key, clear=False, text=f"{mark}reactie: {text}", number=queries.new_number(), on=DEMO_DATE)
        read = Text.objects.filter(topic=key).order_by("id")[0]
        actions.handle(read.id, Reader("s.post", "beleid", policy=True), done=f"{mark}aangepast", on=DEMO_DATE)


if __name__ == "__main__":
    main()
