"""After each round and every day: measure the safeguards of a service, then publish the figures that may be public.

Public questions whose term passed are removed then too.
"""

from __future__ import annotations

from waardig.accountability import actions
from waardig.kernel.declared import declaring
from waardig.outbox.actions import each
from waardig.outbox.terms import Handler, Job
from waardig.values import actions as values
from waardig.values.terms import MEASURE


def handlers() -> dict[str, Handler]:
    """Takes the topic of measuring over from the room values, which knows no rounds."""
    return {MEASURE: each(_measure_and_publish, uses=declaring())}


def _measure_and_publish(job: Job) -> None:
    service = job.payload["service"]
    values.tick(service)
    actions.publish_figures(service)
    actions.forget_questions()
