"""From a check to an application: the same path as after a yes; answers go along only when the person says so."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from waardig.cases import actions
from waardig.cases.terms import Case
from waardig.catalogue.terms import Check
from waardig.checks.terms import State
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Reader
from waardig.screens.declaring import Declaring
from waardig.screens.subject import Subject

CARRIED = {"leefvorm": "household", "vermogen": "wealth"}
"""Which answer of a check fills which question of the declaration."""


def begin_application(subject: Subject, check: Check, state: State, *, carry: bool, on: date) -> UUID:
    """Begin the application, or go on with the open proposal; gives the message at which the questions stand.

    Raises:
        StepNotPossible: an application runs already.
        MessageUnknown, AccessRefused: as in the rooms below.
    """
    assert check.service is not None
    started = actions.start_application(check.service, subject.person, actor=subject.actor, on=on)
    message = started.message or _message_of(subject, started.case)
    if carry:
        form = Declaring(subject, started.case, message, with_note=False)
        for name, question in CARRIED.items():
            answer = state.answer(name)
            if answer is None or not answer.is_own or answer.reason == "absent":
                continue
            typed = form.read(question, _posted(question, answer.value if answer.reason == "ok" else None))
            if not typed.errors:
                actions.declare(started.case, typed.values, on=on)
    return message


def _posted(question: str, value: object) -> dict[str, str]:
    """An answer as the form of the declaration would send it."""
    if value is None:
        return {"unknown": "1"}
    if question == "wealth":
        whole, part = divmod(int(str(value)), 100)
        return {"wealth": f"{whole},{part:02d}"}
    return {question: str(value)}


def _message_of(subject: Subject, case: Case) -> UUID:
    """The newest message about the case that this reader has."""
    found = inbox.messages_for(subject.person, reader=Reader.SELF, size=200).messages
    return next(message.id for message in found if message.case == case.id)
