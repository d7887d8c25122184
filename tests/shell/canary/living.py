"""What happens in the town, so that canaries come into messages, letters, decisions, payments and reactions too."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from threading import Event

from tests.access.collector import Collector
from tests.shell.border.settling import answer, react, refuse
from waardig.kernel.errors import Refusal

SERVICE = "individuele_inkomenstoeslag"
READS_LOG = "logboek.toezicht"


@dataclass(frozen=True)
class Tokens:
    """What software calls with: a token for each right, one that ended, and one that never was."""

    evaluate: str
    log_read: str
    ended: str
    wrong: str = "waardig_dit-is-geen-token"


def live(collector: Collector) -> Tokens:
    """A round, answers, a report, refusals, grants that are paid, objections, questions; the log goes on meanwhile."""
    from waardig.access import actions
    from waardig.demo.personas import DEMO_DATE
    from waardig.proposals.actions import run_round

    actions.set_collector(collector.address)
    run_round(SERVICE)
    for act in (answer, refuse, react):
        _work()
        act("told")
    _work()
    for then in (_apply, _grant, _object, _ask, _let_help):
        then(DEMO_DATE)
        _work()
    return _callers()


def _work() -> None:
    """Everything that waits, and the places in the log with which lines go on."""
    from django.db import transaction

    from waardig.access.actions import enqueue_lines
    from waardig.logbook.actions import sequence_lines
    from waardig.outbox.jobs import run_worker
    from waardig.shell import wiring

    sequence_lines()
    with transaction.atomic():
        enqueue_lines()
    run_worker(wiring.handlers(), Event(), until_empty=True)


def _apply(on: date) -> None:
    """Who was proposed something and said nothing yet, says yes."""
    from waardig.access.terms import Actor
    from waardig.cases import queries as cases
    from waardig.cases.actions import apply
    from waardig.cases.terms import CaseState, Declaration
    from waardig.demo.numbers import fictional_iban

    for place, case in enumerate(cases.waiting([CaseState.PROPOSED], size=1000)[0]):
        if case.reader == "self":
            said = Declaration(True, "", 120_000, fictional_iban(random.Random(place)), "")
            apply(case.id, said, actor=Actor("resident", str(case.applicant)), on=on)


def _grant(on: date) -> None:
    """Some are granted and paid: a list that one makes and another releases; one list stays a draft."""
    from waardig.cases import queries as cases
    from waardig.cases.actions import decide
    from waardig.cases.terms import CaseState, DecisionOutcome, Official
    from waardig.payments import actions as payments
    from waardig.payments.models import Order

    official = Official("w.degraaf", "Willem de Graaf", "beslisser", 100_000)
    for case in cases.waiting([CaseState.BY_HAND, CaseState.PREPARED], size=1000)[0]:
        try:
            decide(
                case.id, official, DecisionOutcome.GRANT, actor_kind="employee", on=on, amount_eurocent=30_000,
                reasons="Het inkomen lag drie jaar lang onder de grens die geldt.",
            )  # fmt: skip
        except Refusal as refused:
            print(case.number, refused, flush=True)
    _work()
    payments.make_list("n.visser", on=on)  # every account is new: an official looks first
    for order in Order.objects.filter(state="to_person"):
        payments.pay_again(order.id, "n.visser", on=on)
    made = payments.make_list("n.visser", on=on, most=2).list
    assert made is not None
    payments.release(made.id, "j.dekker", on=on, shown_eurocent=made.total_eurocent)
    payments.make_list("n.visser", on=on, most=1)


def _object(on: date) -> None:
    """Objections and second looks, in words of one's own."""
    from waardig.access.terms import Actor
    from waardig.cases.actions.objecting import object_to
    from waardig.cases.actions.second_look import ask_second_look
    from waardig.cases.models import Decision
    from waardig.cases.terms.objections import ObjectionText

    decided = list(Decision.objects.filter(case__service=SERVICE).order_by("id").select_related("case"))
    for place, one in enumerate(decided[:4]):
        person = one.case.parties.order_by("person").first().person
        actor = Actor("resident", str(person))
        if place % 2:
            ask_second_look(one.case_id, person, "Mijn zus betaalt mee.", actor=actor, on=on)
        else:
            object_to(one.id, person, ObjectionText(reasons="Mijn inkomen was lager."), actor=actor, on=on)


def _ask(on: date) -> None:
    """Questions of residents, and one of the public."""
    from waardig.access.terms import Actor
    from waardig.accountability import actions as accountability
    from waardig.cases.models import CaseParty
    from waardig.contact import actions as contact
    from waardig.contact.terms import When

    for person in CaseParty.objects.order_by("person").values_list("person", flat=True).distinct()[:6]:
        actor = Actor("resident", str(person))
        contact.ask_call_back(person, phone="06 11 22 33 44", when=When.ANY, actor=actor, on=on)
    accountability.ask(SERVICE, "Hoe vaak gaat het mis?", on=on)


def _let_help(on: date) -> None:
    """Somebody asks a helper."""
    from waardig.access.terms import Actor
    from waardig.cases.models import CaseParty
    from waardig.mandates.actions import invite
    from waardig.mandates.queries import rules
    from waardig.mandates.terms import Action

    person = CaseParty.objects.order_by("person").values_list("person", flat=True)[0]
    decided = rules()
    invite(
        person, themes=[decided.themes[0].id], action=Action.ANSWER, months=decided.terms_months[0],
        actor=Actor("resident", str(person)), on=on,
    )  # fmt: skip


def _callers() -> Tokens:
    from tests.api.callers import OIN
    from waardig.access.actions import add_caller, end_caller
    from waardig.access.terms import Caller

    def add(name: str, right: str) -> str:
        given = frozenset({READS_LOG, "iit.ronde"})
        return add_caller(Caller(name, name, OIN, frozenset({right}), given, READS_LOG, None))

    tokens = Tokens(add("beslist", "evaluate"), add("leest", "log_read"), add("voorbij", "evaluate"))
    end_caller("voorbij")
    return tokens
