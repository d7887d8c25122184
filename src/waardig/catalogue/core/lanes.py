"""What must agree before a service may use its lanes; whether the law allows it is asked in adapters/granting.py.

Source: AVG art. 5(1)(a) and 22 (nothing is granted unasked that no regulation allows); safeguard W10 (a way to say no).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from waardig.catalogue.terms import Activity, Service, ServiceLane
from waardig.kernel.content_file import ContentFile, ContentProblem

Problems = Iterator[ContentProblem]
ANNOUNCEMENT = "grant_announcement"
SHORT_FORM = "short_form"


def lane_problems(file: ContentFile, service: Service, activities: Mapping[str, Activity]) -> Problems:
    """A lane has what it needs: to grant unasked an output, an activity and an announcement; for a form, questions."""
    yield from _unasked_problems(file, service, activities)
    if ServiceLane.SHORT_FORM in service.lanes:
        if not service.ask_when_unknown:
            yield file.problem(("lanes",), "lane short_form needs questions; add ask_when_unknown")
        if SHORT_FORM not in service.messages:
            yield file.problem(("lanes",), f"lane short_form needs the message {SHORT_FORM}; add it to messages")


def _unasked_problems(file: ContentFile, service: Service, activities: Mapping[str, Activity]) -> Problems:
    allowed = service.without_application
    if not service.grants_unasked:
        if allowed is not None:
            yield file.problem(
                ("without_application",), "the lane without_application is not among lanes; add or remove"
            )
        return
    if allowed is None:
        yield file.problem(
            ("lanes",), "lane without_application needs the article that allows it: add without_application"
        )
        return
    if service.outputs.without_application is None:
        message = "lane without_application needs outputs.without_application: for whom the regulation allows it"
        yield file.problem(("outputs",), message)
    if service.round_activity is None:
        yield file.problem(("lanes",), "lane without_application needs a round_activity; add it")
    activity = activities.get(allowed.activity)
    if activity is None or activity.kind != "service" or activity.delivery.form != "bulk":
        message = f"'{allowed.activity}' must be a declared activity of kind service with bulk delivery"
        yield file.problem(("without_application", "activity"), message)
    if ANNOUNCEMENT not in service.messages:
        yield file.problem(("lanes",), f"lane without_application needs the message {ANNOUNCEMENT}; add it to messages")
