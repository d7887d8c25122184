"""Does an act fit an activity: the same conditions as the gate (access/sql/decide.sql), without looking at any person.

Everything is passed in, the day too; what is not known is never taken for yes. A test compares it with the gate itself.

Source: AVG articles 5(1)(b)(c), 6, 35, 39; Awb 3:4; OpenID AuthZEN Authorization API 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from waardig.access.terms import Permit, Policy, Question, Verdict, Weighed
from waardig.kernel.days import day_of

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")
Against = tuple[str, Mapping[str, object]]


def decide(question: Question, policy: Policy | None, *, today: date) -> Verdict:
    """Yes, or everything that speaks against it.

    Args:
        policy: the version that was asked for, as it stands now; None = it is not in the register.
        today: the business date; a caller cannot name another, so no announcement ends early.
    """
    if policy is None:
        code = "activity_unknown" if question.activity else "activity_missing"
        return Verdict(((code, {"activity": question.activity[:80]}),))
    return Deciding(policy, today).of(question)


class Deciding:
    """One policy on one day: what no question changes is decided once, so that each of many questions costs little."""

    def __init__(self, policy: Policy, today: date) -> None:
        self.policy, self.today = policy, today
        asleep = tuple(_why_not_active(policy, today))
        if not policy.for_caller:
            asleep = (("activity_not_yours", {"activity": policy.id}),)
        self._always = Verdict(asleep) if asleep else None
        self._any_role = frozenset(kind for kind, role in policy.actors if role is None)
        self._actors = frozenset(policy.actors)
        free = [one for one in policy.permits if not (one.subjects or one.resources or one.when)]
        self._permitted = frozenset((action, one.resource) for one in free for action in one.actions)
        self._conditional = tuple(one for one in policy.permits if one not in free)
        self._is_service = policy.kind == "service"
        self._weighing = tuple(_why_not_decided(policy, today)) if self._is_service else ()
        self._of_today = tuple(_why_not_in_order(policy, today, today)) if self._is_service else ()

    def of(self, question: Question) -> Verdict:
        """Yes, or everything that speaks against it, always in the same order."""
        if self._always is not None:
            return self._always
        policy, asked = self.policy, question.attributes
        day = self.today if question.time is None else as_of(question.time, self.today)
        against: list[Against] = []
        stated = question.properties.get("subject.role")
        role = stated if isinstance(stated, str) else ""
        kind = policy.subjects.get(question.subject_type, question.subject_type)
        if not question.subject_id or (kind not in self._any_role and (kind, role) not in self._actors):
            who: dict[str, object] = {"activity": policy.id, "kind": question.subject_type, "role": role}
            against.append(("actor_not_allowed", who))
        if not asked <= policy.attributes:
            against.append(
                ("attributes_surplus", {"activity": policy.id, "attributes": sorted(asked - policy.attributes)})
            )
        if not asked and policy.attributes:
            against.append(("attributes_missing", {}))
        if not self._is_permitted(question):
            named = {"activity": policy.id, "action": question.action, "resource": question.resource_type}
            against.append(("not_permitted", named))
        if day is None:
            against.append(("time_invalid", {}))
        elif day > self.today:
            against.append(("as_of_in_future", {"as_of": day, "today": self.today}))
        if self._is_service:
            against += self._why_not_weighed(question, day or self.today)
        return Verdict(tuple(against)) if against else YES

    def _is_permitted(self, question: Question) -> bool:
        return (question.action, question.resource_type) in self._permitted or any(
            _holds(one, question, self.policy) for one in self._conditional
        )

    def _why_not_weighed(self, question: Question, day: date) -> list[Against]:
        policy, weighed = self.policy, self.policy.weighed
        against: list[Against] = []
        never = question.attributes & policy.never_in_bulk
        if never:
            against.append(("attributes_never_in_bulk", {"attributes": sorted(never)}))
        against += self._weighing
        if weighed is not None:
            if question.rule_set not in weighed.rule_sets or not question.attributes <= weighed.attributes:
                against += _not_covered(question, policy.service, weighed)
            against += self._of_today if day == self.today else _why_not_in_order(policy, day, self.today)
        return against


YES = Verdict()


def _why_not_active(policy: Policy, today: date) -> Iterator[Against]:
    named: dict[str, object] = {"activity": policy.id}
    if policy.status != "active":
        yield "activity_not_active", {**named, "status": policy.status}
    elif policy.valid_from > today:
        yield "activity_not_yet", {**named, "from": policy.valid_from}
    elif policy.valid_to is not None and policy.valid_to < today:
        yield "activity_over", {**named, "until": policy.valid_to}


def as_of(time: str | None, today: date) -> date | None:
    """The day in the Netherlands of a moment in RFC 3339; today when none is given, None when it is no moment.

    Example:
        >>> as_of("2025-06-27T23:30:00Z", date(2025, 6, 30))
        datetime.date(2025, 6, 28)
    """
    if time is None:
        return today
    if not MOMENT.fullmatch(time):
        return None
    try:
        return day_of(datetime.fromisoformat(time))
    except (ValueError, OverflowError):
        return None


def _holds(permit: Permit, question: Question, policy: Policy) -> bool:
    return (
        question.action in permit.actions
        and question.resource_type == permit.resource
        and (not permit.subjects or question.subject_id in permit.subjects)
        and (not permit.resources or question.resource_id in permit.resources)
        and all(_meets(name, values, question, policy) for name, values in permit.when.items())
    )


def _meets(name: str, values: tuple[object, ...], question: Question, policy: Policy) -> bool:
    """The property is known, and both what is declared and what the caller states are among the values."""
    found = [value for value in (_declared(name, question, policy), question.properties.get(name)) if value is not None]
    return bool(found) and all(_among(value, values) for value in found)


def _declared(name: str, question: Question, policy: Policy) -> object:
    entity, _, key = name.partition(".")
    here = {
        "subject": (question.subject_type, question.subject_id),
        "resource": (question.resource_type, question.resource_id),
    }.get(entity)
    for one in policy.known:
        if (one.type, one.id) == here and one.entity == entity:
            return one.properties.get(key)
    return None


def _among(value: object, values: tuple[object, ...]) -> bool:
    return any(type(value) is type(one) and value == one for one in values)  # True is not 1


def _why_not_decided(policy: Policy, today: date) -> Iterator[Against]:
    service: dict[str, object] = {"service": policy.service}
    weighed = policy.weighed
    if weighed is None:
        yield "weighing_missing", service
        return
    starts = max(weighed.decided_on, weighed.valid_from)
    if starts > today:
        yield "weighing_not_yet", {**service, "from": starts}
    if policy.id not in weighed.activities:
        yield "weighing_other_activity", {**service, "activity": policy.id}
    elif policy.uri not in weighed.purposes:
        yield "weighing_other_version", {**service, "activity": policy.id, "version": policy.version}


def _not_covered(question: Question, service: str, weighed: Weighed) -> Iterator[Against]:
    if question.rule_set is None:
        yield "rule_set_missing", {"service": service}
    elif question.rule_set not in weighed.rule_sets:
        yield "weighing_other_rule_set", {"service": service, "rule_set": question.rule_set}
    uncovered = question.attributes - weighed.attributes
    if uncovered:
        yield "weighing_other_attributes", {"service": service, "attributes": sorted(uncovered)}


def _why_not_in_order(policy: Policy, day: date, today: date) -> Iterator[Against]:
    service: dict[str, object] = {"service": policy.service}
    weighed = policy.weighed
    if weighed is None:
        return
    if not weighed.dpia_reference or weighed.dpia_on is None or weighed.dpia_on > today:
        yield "dpia_missing", service
    if not weighed.advice_reference or weighed.advice_on is None or weighed.advice_on > today:
        yield "advice_missing", service
    yield from _why_too_early(policy.service, weighed, day, today)
    if weighed.expires_on is not None and weighed.expires_on < today:
        yield "weighing_expired", {**service, "on": weighed.expires_on}
    if policy.standstill is not None:
        yield "suspended", {**service, "since": policy.standstill.since, "why": policy.standstill.why}


def _why_too_early(service: str, weighed: Weighed, day: date, today: date) -> Iterator[Against]:
    if weighed.announced_on is None:
        yield "announcement_missing", {"service": service}
        return
    ends = weighed.announced_on + timedelta(days=weighed.announcement_days)
    if ends > today:
        yield "announcement_running", {"service": service, "until": ends}
    elif day < ends:
        yield "as_of_too_early", {"service": service, "from": ends}
