"""Sends lines of the log to a collector: OTLP over HTTP, as protobuf, one request at a time and never sampled.

A line is a span with the fields of Logboek dataverwerkingen. Whatever the collector does not take whole is an error, so
that the outbox sends it again: a log may arrive twice, and may not be lost. The receiver knows a line by its key
(trace_id, span_id).

Source: OpenTelemetry Protocol 1.x (OTLP/HTTP); Logboek dataverwerkingen 1.0, section on OTLP.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import httpx
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, InstrumentationScope, KeyValue
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span, Status

from waardig.access.terms import CollectorRefused, LoggedLine

PATH = "/v1/traces"
SECONDS = 20.0
_TYPE = "application/x-protobuf"
_SCOPE = InstrumentationScope(name="waardig.logbook")
_STATUS = {"Unset": Status.STATUS_CODE_UNSET, "Ok": Status.STATUS_CODE_OK, "Error": Status.STATUS_CODE_ERROR}


def request_of(lines: Sequence[LoggedLine]) -> ExportTraceServiceRequest:
    """One request with these lines, together for each resource."""
    by_resource: dict[tuple[tuple[str, str], ...], list[Span]] = {}
    for line in lines:
        by_resource.setdefault(tuple(sorted(line.resource_attributes.items())), []).append(_span(line))
    return ExportTraceServiceRequest(
        resource_spans=[
            ResourceSpans(
                resource=Resource(attributes=_attributes(dict(resource))),
                scope_spans=[ScopeSpans(scope=_SCOPE, spans=spans)],
            )
            for resource, spans in by_resource.items()
        ]
    )


def hand_over(address: str, lines: Sequence[LoggedLine], *, token: str = "") -> None:
    """Give lines to the collector; returns when it said that it has all of them.

    Args:
        address: base address of the collector; `/v1/traces` is added.
        token: bearer token, when the collector asks one.

    Raises:
        CollectorRefused: it did not answer, or did not take every line.
    """
    headers = {"Content-Type": _TYPE, **({"Authorization": f"Bearer {token}"} if token else {})}
    try:
        answer = httpx.post(
            address.rstrip("/") + PATH,
            content=request_of(lines).SerializeToString(),
            headers=headers,
            timeout=SECONDS,
            follow_redirects=False,
        )
    except httpx.HTTPError as error:
        raise CollectorRefused(type(error).__name__) from None
    if answer.status_code != httpx.codes.OK:
        raise CollectorRefused(f"status {answer.status_code}")
    rejected = _rejected(answer.content)
    if rejected:
        raise CollectorRefused(f"{rejected} of {len(lines)} lines were not taken")


def _rejected(body: bytes) -> int:
    found = ExportTraceServiceResponse()
    try:
        found.ParseFromString(body)
    except DecodeError:
        raise CollectorRefused("its answer is no OTLP") from None
    return int(found.partial_success.rejected_spans)


def _span(line: LoggedLine) -> Span:
    return Span(
        trace_id=bytes.fromhex(line.trace_id),
        span_id=bytes.fromhex(line.span_id),
        parent_span_id=bytes.fromhex(line.parent_span_id or ""),
        name=line.name,
        kind=Span.SPAN_KIND_INTERNAL,
        start_time_unix_nano=line.start_time * 1_000_000,
        end_time_unix_nano=line.end_time * 1_000_000,
        attributes=_attributes(line.attributes),
        status=Status(code=_STATUS[line.status]),
    )


def _attributes(values: Mapping[str, str]) -> Iterable[KeyValue]:
    return [KeyValue(key=key, value=AnyValue(string_value=value)) for key, value in sorted(values.items())]
