"""Sending a message of a case: the service's own template, the municipality's values, one line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waardig.cases.queries import rules as content
from waardig.cases.queries.words import municipal_values
from waardig.cases.terms import Case
from waardig.inbox import actions as inbox
from waardig.inbox import queries as templates
from waardig.inbox.terms import Filled, NewMessage, Reader, SentMessage

GENERAL = "_algemeen"


def send(
    case: Case,
    template: str,
    values: Mapping[str, Any],
    *,
    on: date,
    activity: str,
    key: str,
    english: Mapping[str, Any] | None = None,
    package: str = "",
) -> SentMessage:
    """Send one message to the applicant of a case, or to the administrator when the case is read by one.

    Joins the caller's transaction; the same `key` within a case is sent once.

    Args:
        values: by placeholder; what the template does not ask is left out.
        english: the values that are words, in English, so that who chose English gets an English text beside the Dutch
            one; empty when none of them is; None when there is no English of them (an official's own words).
        package: folder of the template; that of the service when empty. GENERAL holds what every service shares.
    """
    service = content.service_of(case.service)
    folder = package or service.id
    filled = templates.filled(folder, template, {**municipal_values(service), **values})
    words = None if english is None else {**municipal_values(service, "en"), **values, **english}
    message = NewMessage(
        recipient=case.applicant,
        about=case.applicant,
        message_type=filled.message_type,
        template=filled.template,
        service=case.service,
        activity=activity,
        subject=filled.subject,
        blocks=filled.blocks,
        key=f"{case.id}:{key}",
        reader=Reader(case.reader),
        case=case.id,
        english=_beside(case, folder, template, words),
    )
    return inbox.send_messages([message], on=on)[0]


def _beside(case: Case, folder: str, template: str, words: Mapping[str, Any] | None) -> Filled | None:
    """The English text, for an applicant who reads the case themself and chose English."""
    wanted = words is not None and case.reader == Reader.SELF and templates.wanting_english([case.applicant])
    return templates.filled_in_english(folder, template, words) if words is not None and wanted else None
