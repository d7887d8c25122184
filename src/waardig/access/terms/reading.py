"""Terms of reading the log for oversight.

Source: Logboek dataverwerkingen 1.0 (9 April 2026) and its extension lezen (draft of 15 June 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waardig.kernel.errors import Refusal

OVERSIGHT_ROLE = "toezicht"
"""The role under which a caller reads the log, as its lines say it."""


@dataclass(frozen=True)
class LogCursor:
    """Where the next page begins, and the moment until which lines count: reading adds lines itself."""

    until: int
    start: int
    trace_id: str
    span_id: str


@dataclass(frozen=True)
class LogQuery:
    """Which lines: at least one of trace, activity and subject.

    Attributes:
        trace_id: 32 hexadecimal digits.
        activity_uri: address of one version of an activity.
        subject: pseudonym of a person as it stands in lines, 64 hexadecimal digits.
        start, end: milliseconds since 1970; lines that began at or after, ended at or before.
        limit: lines of a page, 1 to 100.
    """

    trace_id: str | None = None
    activity_uri: str | None = None
    subject: str | None = None
    start: int | None = None
    end: int | None = None
    after: LogCursor | None = None
    limit: int = 50


@dataclass(frozen=True)
class LoggedLine:
    """A line with exactly the fields of the standard; times in milliseconds since 1970."""

    trace_id: str
    span_id: str
    parent_span_id: str | None
    status: str
    name: str
    start_time: int
    end_time: int
    resource_attributes: Mapping[str, str]
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class LogPage:
    """A page of lines, oldest first; `next` is the cursor to go on with, None at the end."""

    lines: tuple[LoggedLine, ...]
    next: str | None


class LogQueryInvalid(Refusal):
    """A question to the log that cannot be answered."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(
            code="log_query_invalid",
            text_nl=f"De vraag aan het logboek klopt niet bij {where}: {what}.",
            text_en=f"The question to the log is not valid at {where}: {what}.",
            remedy="Give a trace, an activity or a data subject (Logboek dataverwerkingen, extension lezen).",
        )
        self.where = where
        self.what = what


class CollectorRefused(Refusal):
    """The collector did not take the lines; they are sent again."""

    def __init__(self, what: str) -> None:
        super().__init__(
            code="collector_refused",
            text_nl=f"De verzamelaar nam de regels niet aan: {what}.",
            text_en=f"The collector did not take the lines: {what}.",
            remedy="See whether it is there and which address was set: waardig access collector show.",
        )


class CollectorMissing(Refusal):
    """Lines wait to go on, and no collector is set any more."""

    def __init__(self) -> None:
        super().__init__(
            code="collector_missing",
            text_nl="Er is geen verzamelaar ingesteld.",
            text_en="No collector is set.",
            remedy="Set one (waardig access collector set ADDRESS) and try again: waardig queue replay.",
        )


class CollectorInvalid(Refusal):
    """A collector that cannot be set."""

    def __init__(self, what: str) -> None:
        super().__init__(
            code="collector_invalid",
            text_nl="Deze verzamelaar kan niet worden ingesteld.",
            text_en=f"This collector cannot be set: {what}.",
            remedy="Give a base address such as https://collector.example.nl.",
        )
