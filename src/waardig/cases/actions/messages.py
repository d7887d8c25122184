"""Sending a message of a case: the service's own template, the municipality's values, one line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from waardig.cases.queries import rules as content
from waardig.cases.queries.words import municipal_values
from waardig.cases.terms import Case
from waardig.inbox import actions as inbox
from waardig.inbox import queries as templates
from waardig.inbox.terms import NewMessage, Reader, SentMessage

GENERAL = "_algemeen"


def send(
    case: Case,
    template: str,
    values: Mapping[str, Any],
    *,
    on: date,
    activity: str,
    key: str,
    language: Literal["nl", "en"] = "nl",
    package: str = "",
) -> SentMessage:
    """Send one message to the applicant of a case, or to the administrator when the case is read by one.

    Joins the caller's transaction; the same `key` within a case is sent once.

    Args:
        values: by placeholder; what the template does not ask is left out.
        package: folder of the template; that of the service when empty. GENERAL holds what every service shares.
    """
    service = content.service_of(case.service)
    folder = package or service.id
    asked = templates.template(folder, template, language=language).placeholders
    everything = {**municipal_values(service, language), **values}
    filled = templates.filled(
        folder, template, {name: everything[name] for name in asked if name in everything}, language=language
    )
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
        language=language,
        reader=Reader(case.reader),
        case=case.id,
    )
    return inbox.send_messages([message], on=on)[0]
