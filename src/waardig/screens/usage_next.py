"""Who will use my data next: the services that look by themselves, without being asked, and who receives data.

Everything comes from what the gate enforces; what a service may look at is listed whether or not it ever does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from waardig.accountability.queries import processing
from waardig.accountability.terms import ProcessingEntry
from waardig.kernel.days import day_of
from waardig.screens.frames import address
from waardig.screens.pages import usage as pages
from waardig.screens.pages.words import Words
from waardig.values.queries import standing_of


def uses_next(last: Mapping[str, datetime]) -> tuple[tuple[pages.NextUse, ...], tuple[pages.Receiver, ...]]:
    """The services that may look by themselves, and who receives data, from the processing register as it holds now.

    Args:
        last: when each activity, by its id, last used the person's data.
    """
    held = processing.register()
    by_service: dict[str, list[ProcessingEntry]] = {}
    for one in held:
        if one.stops and one.service_name:
            by_service.setdefault(one.service, []).append(one)
    receivers = dict.fromkeys(
        (name, activity.name) for activity in held for name in activity.recipients
    )  # each once, in the order of the register
    return (
        tuple(_service(service, entries, last) for service, entries in by_service.items()),
        tuple(pages.Receiver(Words(who.nl, who.en), Words(what.nl, what.en)) for who, what in receivers),
    )


def _service(service: str, entries: Sequence[ProcessingEntry], last: Mapping[str, datetime]) -> pages.NextUse:
    standing = standing_of(service)
    looked = [last[one.activity] for one in entries if one.activity in last]
    first, name = entries[0], entries[0].service_name
    assert name is not None, "only entries of a service come here"
    data = dict.fromkeys(one.name for entry in entries for one in entry.data)
    return pages.NextUse(
        service=Words(name.nl, name.en),
        purpose=Words(first.purpose.nl, first.purpose.en),
        people=Words(first.people.nl, first.people.en),
        data=tuple(Words(one.nl, one.en) for one in data),
        runs=standing.may_run,
        runs_from=standing.runs_from,
        last=day_of(max(looked)) if looked else None,
        more_href=address("public:service", service),
    )
