"""Klopt het logboek? What is published about the log of data processing, and where anybody checks their own lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .frame import Frame
from .words import Link, Page


@dataclass(frozen=True)
class LogPage(Page):
    """Args: signed_at None while nothing was signed yet; lines how many the last checkpoint covers; note its text;
    origin the name of the log; keys the public keys in base64, the newest last; verifier the program to download."""

    template: ClassVar[str] = "public/log.html"
    frame: Frame
    back: Link
    signed_at: datetime | None
    lines: int
    origin: str
    note: str
    keys: tuple[str, ...]
    verifier: str
