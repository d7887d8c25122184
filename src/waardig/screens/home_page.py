"""Overzicht: must I act, money, what runs, what was found, what is done; from cases and messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from waardig.access import queries as wishes
from waardig.cases import queries as cases
from waardig.cases.queries import objections
from waardig.cases.terms import Case, CaseKind, CaseState, Decision, DecisionOutcome
from waardig.catalogue import queries as catalogue
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Channel, Message, Preference
from waardig.kernel.clock import business_today
from waardig.payments import queries as payments
from waardig.payments.terms import Order
from waardig.screens.addresses import Addresses
from waardig.screens.declaring import questions
from waardig.screens.frames import address, part_of_day
from waardig.screens.mandates_page import helpers
from waardig.screens.message_pages import OPEN_STATES, services_of
from waardig.screens.pages import home as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Amount, Deadline, TrackStep, Words
from waardig.screens.payment_words import paid_on, payments_of
from waardig.screens.subject import Subject

RECENT = timedelta(days=92)
RUNNING = (CaseState.RECEIVED, CaseState.PREPARED, CaseState.BY_HAND, CaseState.OPEN, CaseState.ANNOUNCED)


def home_page(subject: Subject, frame: Frame, addresses: Addresses) -> pages.HomePage:
    """The home page of one person."""
    today = business_today()
    mine = tuple(case for case in cases.cases_of(subject.person) if subject.opens(case.service))
    decisions = cases.decisions_of(case.id for case in mine)
    ordered = payments.orders_of_cases(case.id for case in mine)
    messages = _messages_by_case(subject)
    tasks = _tasks(mine, messages, today)
    return pages.HomePage(
        frame=frame,
        part_of_day=part_of_day(),
        person=subject.name,
        tasks=tasks[:3],
        task_count=len(tasks),
        all_tasks_href="",
        next_task=None,
        money=pages.Money(payments=payments_of(mine, decisions, ordered, today)),
        running=tuple(_running(case, messages, addresses, today) for case in mine if case.state in RUNNING),
        running_failure=None,
        found=_found(subject, mine, messages, addresses, today),
        finished=tuple(_finished(mine, decisions, ordered, messages, addresses, today)),
        finished_href="",
        reach=_reach(subject, addresses),
        helpers=helpers(subject),
    )


def _tasks(mine: tuple[Case, ...], messages: Mapping[UUID, Message], today: date) -> tuple[pages.Task, ...]:
    """What the resident must do: finish the questions of a yes; without them nothing can be decided (Awb 4:2)."""
    said = cases.yes_without_answers(case.id for case in mine)
    found = []
    for case in mine:
        if case.id not in said or case.id not in messages:
            continue
        name, asked = catalogue.service(case.service).name, questions(case, with_note=False)
        last_day = cases.decide_by(said[case.id])
        found.append(
            pages.Task(
                words=Words(f"Maak uw aanvraag af: {name.nl.lower()}", f"Finish your application: {name.en.lower()}"),
                href=address("portal:declare", messages[case.id].id, asked[0]),
                effort=_effort(len(asked)),
                deadline=Deadline(
                    "resident",
                    last_day,
                    max(0, (last_day - today).days),
                    consequence=Words("Anders kunnen wij niet beslissen.", "Otherwise we cannot decide."),
                    more_time=catalogue.municipality().phone,
                ),
            )
        )
    return tuple(found)


def _effort(count: int) -> Words:
    return Words("1 vraag", "1 question") if count == 1 else Words(f"{count} vragen", f"{count} questions")


def _messages_by_case(subject: Subject) -> dict[UUID, Message]:
    """The newest message of each case."""
    found: dict[UUID, Message] = {}
    for message in inbox.messages_for(
        subject.person, reader=subject.reader, size=200, services=services_of(subject)
    ).messages:
        if message.case is not None:
            found.setdefault(message.case, message)
    return found


def _running(case: Case, messages: dict[UUID, Message], addresses: Addresses, today: date) -> pages.RunningCase:
    message = messages.get(case.id)
    href = addresses.message(message.id) if message else addresses.messages
    if case.kind is CaseKind.CORRECTION:
        found = cases.correction(case.id)
        return pages.RunningCase(_running_words(case), href, _track(case), _deadline(found.answer_by, today))
    return pages.RunningCase(_running_words(case), href, _track(case), _deadline(_our_day(case), today))


def _running_words(case: Case) -> Words:
    name = catalogue.service(case.service).name
    own = {
        CaseKind.OBJECTION: Words(f"Uw bezwaar {case.number}", f"Your objection {case.number}"),
        CaseKind.SECOND_LOOK: Words(f"Wij kijken nog eens, {case.number}", f"We look again, {case.number}"),
        CaseKind.PENALTY: Words(f"Uw aanmaning {case.number}", f"Your notice {case.number}"),
        CaseKind.CORRECTION: Words(f"Uw melding {case.number}", f"Your report {case.number}"),
    }
    return own.get(case.kind, Words(name.nl, name.en))


def _our_day(case: Case) -> date:
    """The last day of our answer or decision."""
    if case.kind is CaseKind.SECOND_LOOK:
        return objections.second_look(case.id).answer_by
    if case.kind is CaseKind.PENALTY:
        return objections.penalty_sum(objections.penalty(case.id), on=business_today()).settle_by
    return case.decide_by or case.opened_on


def _deadline(on: date, today: date) -> Deadline:
    days = (on - today).days
    if days >= 0:
        return Deadline("ours", on, days)
    return Deadline("late", on, -days, more_time=catalogue.municipality().phone)


LOOKING = Words("Wij bekijken het", "We look at it")


def _track(case: Case) -> tuple[TrackStep, ...]:
    answered = case.kind in (CaseKind.CORRECTION, CaseKind.SECOND_LOOK)
    last = Words("Antwoord", "Answer") if answered else Words("Besluit", "Decision")
    if case.kind is CaseKind.OWN_INITIATIVE:
        announced = Words("Aangekondigd", "Announced")
        waits = Words("U kunt nee zeggen", "You can say no") if case.state is CaseState.ANNOUNCED else LOOKING
        return TrackStep(announced, "done", case.opened_on), TrackStep(waits, "now"), TrackStep(last, "later")
    return (
        TrackStep(Words("Ontvangen", "Received"), "done", case.applied_on or case.opened_on),
        TrackStep(LOOKING, "now"),
        TrackStep(last, "later"),
    )


def _found(
    subject: Subject, mine: tuple[Case, ...], messages: dict[UUID, Message], addresses: Addresses, today: date
) -> pages.Found:
    opted = {one.subject: one.since for one in wishes.opt_outs(subject.person) if not one.until or one.until >= today}
    items = [
        pages.FoundItem(
            amount=Amount(case.amount_eurocent) if case.amount_eurocent else None,
            service=Words(
                catalogue.service(case.service).name.nl.lower(), catalogue.service(case.service).name.en.lower()
            ),
            href=addresses.message(messages[case.id].id),
            joint=len(case.parties) > 1,
            for_person=subject.about,
        )
        for case in mine
        if case.kind is CaseKind.PROPOSAL
        and case.state in OPEN_STATES
        and case.state is not CaseState.DECLINED
        and (case.amount_eurocent or case.asked)  # begun by the person themselves: it stands under what to do
        and case.id in messages
    ]
    return pages.Found(
        items=tuple(items),
        opt_out_href=addresses.opt_out,
        check_href=addresses.check,
        opted_out_on=min(opted.values()) if opted else None,
    )


def _finished(
    mine: tuple[Case, ...],
    decisions: Mapping[UUID, Decision],
    ordered: Mapping[UUID, tuple[Order, ...]],
    messages: Mapping[UUID, Message],
    addresses: Addresses,
    today: date,
) -> list[pages.FinishedCase]:
    done = []
    for case in mine:
        decision = decisions.get(case.id)
        if decision is None or decision.decided_on < today - RECENT:
            continue
        name = catalogue.service(case.service).name
        granted = decision.outcome is DecisionOutcome.GRANT
        done.append(
            pages.FinishedCase(
                words=_running_words(case) if case.kind is not CaseKind.APPLICATION else Words(name.nl, name.en),
                href=addresses.message(messages[case.id].id) if case.id in messages else "",
                outcome="granted" if granted else "read",
                amount=Amount(decision.amount_eurocent) if granted and decision.amount_eurocent else None,
                paid_on=paid_on(ordered.get(case.id, ())),
            )
        )
    return done


def _reach(subject: Subject, addresses: Addresses) -> pages.Reach:
    history = inbox.preference_history(subject.person)
    latest: dict[str, Preference] = {one.message_type: one for one in history}
    digital = [one for one in latest.values() if one.channel is Channel.DIGITAL]
    types = set(channel_types())
    everything = {one.message_type for one in digital} >= types
    return pages.Reach(
        channel="paper" if not digital else "digital" if everything else "mixed",
        href=addresses.channels,
        chosen_on=history[-1].set_on if history else None,
        display_href=addresses.display if subject.actor.kind == "resident" and subject.authority is None else "",
    )


def channel_types() -> tuple[str, ...]:
    """The types of message that a resident chooses a channel for."""
    names = ("proposal", "receipt", "decision_grant", "decision_refuse", "correction_receipt", "correction_answer")
    return tuple(inbox.template(service.id, name).message_type for service in catalogue.services() for name in names)
