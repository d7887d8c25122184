"""Klopt het logboek? What is published about the log of data processing, and where anybody checks their own lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .frame import Frame
from .words import Link, Page


@dataclass(frozen=True)
class WitnessShown:
    """A witness. Args: at when it signed a checkpoint of this log, None when never; is_last that it was the last one;
    key its public key on one line; is_trial that it runs inside this installation."""

    name: str
    at: datetime | None
    is_last: bool
    key: str
    is_trial: bool


@dataclass(frozen=True)
class WatchedShown:
    """A log of another for which this installation is a witness. Args: at None while it never asked."""

    name: str
    lines: int
    at: datetime | None


@dataclass(frozen=True)
class LogPage(Page):
    """Args: signed_at None while nothing was signed yet; lines how many the last checkpoint covers; note its text;
    origin the name of the log; keys the public keys in base64, the newest last; verifier the program to download;
    witnesses who are asked to cosign; is_enough that as many cosigned lately as is asked; watched for whom we are a
    witness, with our_key."""

    template: ClassVar[str] = "public/log.html"
    frame: Frame
    back: Link
    signed_at: datetime | None
    lines: int
    origin: str
    note: str
    keys: tuple[str, ...]
    verifier: str
    witnesses: tuple[WitnessShown, ...] = ()
    is_enough: bool = True
    watched: tuple[WatchedShown, ...] = ()
    our_key: str = ""
