"""Requests and answers of AuthZEN 1.0 as JSON: read, filled in from their defaults, and without what may not be kept.

Fields that are not known are ignored, as the standard asks. What stands in no policy cannot change a decision, so it is
left out of the decision log under one mark: the decision can still be made again, and no number of a person is kept.

Source: OpenID AuthZEN Authorization API 1.0 sections 5-7; NL GOV profile; Authorization Decision Log.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from waardig.access.core.deciding import MOMENT
from waardig.access.core.policies import looked_at, words
from waardig.access.core.reasons import reason_of
from waardig.access.terms import EvaluationInvalid, Policy, Question, Verdict

MOST_EVALUATIONS = 100
OMITTED = "urn:waardig:omitted"
SEMANTICS = ("execute_all", "deny_on_first_deny", "permit_on_first_permit")
_REQUIRED = {"subject": ("type", "id"), "action": ("name",), "resource": ("type", "id")}
_TRACE = re.compile(r"^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$")
Content = Mapping[str, Any]


def question_of(content: object, *, standing: str | None = None) -> Question:
    """One evaluation request.

    Args:
        standing: the activity when the request names none.

    Raises:
        EvaluationInvalid: with the place and what is wrong there.
    """
    body = _object(content, "the body")
    found = {name: _entity(body, name) for name in _REQUIRED}
    context = _object(body.get("context", {}), "context")
    action, resource = found["action"].get("properties", {}), found["resource"].get("properties", {})
    stated = {
        f"{entity}.{key}": value for entity in _REQUIRED for key, value in found[entity].get("properties", {}).items()
    }
    return Question(
        subject_type=found["subject"]["type"],
        subject_id=found["subject"]["id"],
        action=found["action"]["name"],
        resource_type=found["resource"]["type"],
        resource_id=found["resource"]["id"],
        properties=stated,
        activity=_text(action, "processing_activity_id", "action.properties") or standing or "",
        attributes=frozenset(_texts(resource, "attributes", "resource.properties")),
        rule_set=_text(action, "rule_set", "action.properties"),
        time=_text(context, "time", "context"),
    )


def merged(body: Content) -> list[object]:
    """The evaluations of a batch, each with the defaults of the whole; empty when it is a single request.

    An entity of one evaluation replaces that of the whole; of what it leaves out only required fields come from there.

    Raises:
        EvaluationInvalid: `evaluations` is no list, or has too many.
    """
    listed = body.get("evaluations", [])
    if not isinstance(listed, list):
        raise EvaluationInvalid("evaluations", "it is not a list")
    if len(listed) > MOST_EVALUATIONS:
        raise EvaluationInvalid("evaluations", f"there are {len(listed)}, and {MOST_EVALUATIONS} is the most at a time")
    return [_filled(one, body) if isinstance(one, Mapping) else one for one in listed]


def _filled(one: Content, whole: Content) -> Content:
    made: dict[str, Any] = {}
    for name in (*_REQUIRED, "context"):
        own, common = one.get(name), whole.get(name)
        if own is None and common is not None:
            made[name] = common
        elif own is not None:
            both = isinstance(own, Mapping) and isinstance(common, Mapping)
            lent = {key: common[key] for key in _REQUIRED.get(name, ()) if key in common} if both and common else {}
            made[name] = {**lent, **own} if both else own
    return made


def semantic_of(body: Content) -> str:
    """How far a batch is worked through.

    Raises:
        EvaluationInvalid: `options.evaluations_semantic` is none of the three of the standard.
    """
    options = _object(body.get("options", {}), "options")
    asked = options.get("evaluations_semantic", SEMANTICS[0])
    if asked not in SEMANTICS:
        raise EvaluationInvalid("options.evaluations_semantic", f"it is none of {', '.join(SEMANTICS)}")
    return str(asked)


def is_last(semantic: str, allowed: bool) -> bool:
    """Whether a batch ends with this decision."""
    return (semantic == SEMANTICS[1] and not allowed) or (semantic == SEMANTICS[2] and allowed)


def trace_of(body: object, header: str) -> tuple[str, str] | None:
    """Trace and parent span of the request (context.traceparent, else the header); None when there is no valid one."""
    context = body.get("context") if isinstance(body, Mapping) else None
    stated = context.get("traceparent") if isinstance(context, Mapping) else None
    for text in (stated, header):
        found = _TRACE.match(text) if isinstance(text, str) else None
        if found:
            return found[1], found[2]
    return None


def answer(verdict: Verdict, policy: Policy | None) -> dict[str, object]:
    """The decision with its reasons in words and the versions it rests on; nothing about a person."""
    reasons = [reason_of(code, facts) for code, facts in verdict.reasons]
    context: dict[str, object] = {
        "reasons": [{"code": one.code, "text": one.text_nl, "text_en": one.text_en} for one in reasons]
    }
    if policy is not None:
        weighing = f"{policy.weighed.id}/{policy.weighed.version}" if policy.weighed else None
        context["versions"] = {"processing_activity_id": policy.uri, **({"weighing": weighing} if weighing else {})}
        if policy.population not in ("anyone", "") and verdict.allowed:
            context["obligations"] = [{"code": "population", **_POPULATION}]
    return {"decision": verdict.allowed, "context": context}


_POPULATION = {
    "text": "Over wie het mag gaan, wordt pas beoordeeld als de gegevens worden gevraagd.",
    "text_en": "About whom it may be is judged when the data is asked, never here.",
}


def told(answers: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """Answers as the decision log keeps them: decision, codes and versions; words may repeat what the caller sent."""
    made: list[dict[str, object]] = []
    for one in answers:
        context = one["context"]
        codes = {"reasons": [{"code": reason["code"]} for reason in context["reasons"]]}
        versions = {"versions": context["versions"]} if "versions" in context else {}
        made.append({"decision": one["decision"], "context": {**codes, **versions}})
    return made


def invalid_answer(wrong: EvaluationInvalid) -> dict[str, object]:
    """The answer for one evaluation of a batch that cannot be read: no."""
    reason = {"code": wrong.code, "text": wrong.text_nl, "text_en": wrong.text_en}
    return {"decision": False, "context": {"reasons": [reason]}}


def kept(question: Question, policy: Policy | None) -> dict[str, Any]:
    """The request as the decision log keeps it: words of the policy, and a mark for every other value."""
    known = words(policy) if policy else frozenset({(str, "")})
    properties: dict[str, dict[str, object]] = {name: {} for name in _REQUIRED}
    for name in sorted(looked_at(policy)) if policy else ():
        if name in question.properties:
            entity, _, key = name.partition(".")
            properties[entity][key] = _kept(question.properties[name], known)
    if question.activity:
        properties["action"]["processing_activity_id"] = policy.uri if policy else OMITTED
    if question.rule_set is not None:
        properties["action"]["rule_set"] = _kept(question.rule_set, known)
    if question.attributes:
        properties["resource"]["attributes"] = sorted({str(_kept(one, known)) for one in question.attributes})
    made: dict[str, Any] = {
        "subject": {"type": _kept(question.subject_type, known), "id": _kept(question.subject_id, known)},
        "action": {"name": _kept(question.action, known)},
        "resource": {"type": _kept(question.resource_type, known), "id": _kept(question.resource_id, known)},
    }
    for name, values in properties.items():
        if values:
            made[name]["properties"] = values
    return (
        made
        if question.time is None
        else {**made, "context": {"time": question.time if MOMENT.fullmatch(question.time) else OMITTED}}
    )


def _kept(value: object, known: frozenset[tuple[type, object]]) -> object:
    return value if isinstance(value, str | int | float) and (type(value), value) in known else OMITTED


def _entity(body: Content, name: str) -> Content:
    if name not in body:
        raise EvaluationInvalid(name, "it is missing")
    found = _object(body[name], name)
    for key in _REQUIRED[name]:
        if key not in found:
            raise EvaluationInvalid(f"{name}.{key}", "it is missing")
        if not isinstance(found[key], str):
            raise EvaluationInvalid(f"{name}.{key}", "it is not a text")
    _object(found.get("properties", {}), f"{name}.properties")
    return found


def _object(value: object, where: str) -> Content:
    if not isinstance(value, Mapping):
        raise EvaluationInvalid(where, "it is not a JSON object")
    return value


def _text(of: Content, key: str, where: str) -> str | None:
    value = of.get(key)
    if value is not None and not isinstance(value, str):
        raise EvaluationInvalid(f"{where}.{key}", "it is not a text")
    return value


def _texts(of: Content, key: str, where: str) -> Sequence[str]:
    value = of.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise EvaluationInvalid(f"{where}.{key}", "it is not a list of texts")
    return value
