"""Berichten: the list of messages, newest first, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .frame import Frame
from .words import Page, Paging, PersonName, Words


@dataclass(frozen=True)
class MessageItem:
    """One message. Args: subject as sent (neutral, at most 50 characters); choose says a choice is open, must_act a
    task; in_english: the reader chose English, so its English subject shows on a page in any language.
    """

    subject: Words
    href: str
    sent_on: date
    team: str
    unread: bool = False
    choose: bool = False
    must_act: bool = False
    on_paper: bool = False
    about: PersonName | None = None
    in_english: bool = False


@dataclass(frozen=True)
class MessagesPage(Page):
    """Args: total and unread count all messages, not only this page; must_act counts those with an open task."""

    template: ClassVar[str] = "portal/messages.html"
    partial: ClassVar[str] = "screens/_messages.html"
    frame: Frame
    total: int
    unread: int
    must_act: int
    messages: tuple[MessageItem, ...]
    paging: Paging
    channels_href: str
