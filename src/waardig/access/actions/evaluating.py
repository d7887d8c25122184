"""Deciding for others: a decision is in the decision log before anybody hears it, and what goes wrong is a no.

Source: OpenID AuthZEN Authorization API 1.0; Authorization Decision Log (one record a call).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from waardig import __version__
from waardig.access.core import authzen
from waardig.access.core.deciding import Deciding, decide
from waardig.access.core.policies import as_it_was, mutable
from waardig.access.queries.evaluating import policy_asked, policy_of_version
from waardig.access.queries.permission import business_date
from waardig.access.terms import Caller, Evaluated, EvaluationInvalid, Policy, Question, Replayed, Verdict
from waardig.logbook.queries import call_gate

log = logging.getLogger(__name__)
ENGINE = f"waardig {__version__} access.core.deciding"


def evaluate(caller: Caller, body: object, *, traceparent: str = "") -> Evaluated:
    """Decide one access evaluation request.

    Args:
        body: the request as JSON gives it.
        traceparent: header of W3C Trace Context; `context.traceparent` goes before it.

    Raises:
        EvaluationInvalid: it is not a request; nothing is decided or kept.
        LogbookUnavailable: the decision could not be kept, so there is none.
    """
    question = authzen.question_of(body, standing=caller.standing)
    call = _Call(caller)
    answer = call.decide(question)
    return Evaluated(answer, call.keep("adl.access_evaluation", call.requests[0], authzen.trace_of(body, traceparent)))


def evaluate_many(caller: Caller, body: object, *, traceparent: str = "") -> Evaluated:
    """Decide a batch in its order, as far as its semantic says; without `evaluations` it is one request.

    Raises:
        EvaluationInvalid, LogbookUnavailable: as `evaluate`; one wrong evaluation of a batch is only a no of its own.
    """
    if not isinstance(body, Mapping):
        raise EvaluationInvalid("the body", "it is not a JSON object")
    asked, semantic = authzen.merged(body), authzen.semantic_of(body)
    if not asked:
        return evaluate(caller, body, traceparent=traceparent)
    call = _Call(caller)
    for one in asked:
        if authzen.is_last(semantic, call.answer_to(one)["decision"] is True):
            break
    request = {"evaluations": call.requests, "options": {"evaluations_semantic": semantic}}
    trace = call.keep("adl.access_evaluations", request, authzen.trace_of(body, traceparent))
    return Evaluated({"evaluations": call.answers}, trace)


def forget_evaluations() -> int:
    """Remove decisions older than five years from the decision log; gives how many calls."""
    ((count,),) = call_gate("SELECT gate.forget_evaluations()")
    return cast("int", count)


class _Call:
    """One call of a caller: every policy is read once, so that a batch is judged by one state of affairs."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.today = business_date()
        self.policies: dict[str, Policy | None] = {}
        self._ready: dict[str, Deciding] = {}
        self.requests: list[dict[str, Any]] = []
        self.answers: list[dict[str, object]] = []
        self.failed = False

    def answer_to(self, content: object) -> dict[str, object]:
        try:
            question = authzen.question_of(content, standing=self.caller.standing)
        except EvaluationInvalid as wrong:
            return self._add({}, authzen.invalid_answer(wrong))
        return self.decide(question)

    def decide(self, question: Question) -> dict[str, object]:
        policy = None
        try:
            policy = self._policy(question.activity)
            ready = self._ready.get(question.activity)
            verdict = ready.of(question) if ready else decide(question, policy, today=self.today)
        except Exception as problem:  # whatever goes wrong, nobody may read it as yes
            log.error("a decision failed: %s", type(problem).__name__)
            self.failed, verdict = True, Verdict((("decision_failed", {}),))
        return self._add(authzen.kept(question, policy), authzen.answer(verdict, policy))

    def keep(self, event: str, request: Mapping[str, Any], trace: tuple[str, str] | None) -> str:
        """Commit the record and give its traceparent."""
        known = [policy for policy in self.policies.values() if policy]
        told = authzen.told(self.answers)
        record = {
            "trace": trace[0] if trace else None,
            "parent": trace[1] if trace else None,
            "event_name": event,
            "status": "Error" if self.failed else "Ok",
            "attributes": {
                "adl.core.policies": sorted({policy.uri for policy in known}),
                "adl.core.configuration": ENGINE,
                "waardig.caller.id": self.caller.id,
            },
            "body": {
                "adl.core.request": request,
                "adl.core.response": {"evaluations": told} if event.endswith("s") else told[0],
                "adl.core.information": {
                    "today": self.today.isoformat(),
                    "activities": {policy.uri: mutable(policy) for policy in known},
                },
            },
        }
        ((found, span),) = call_gate("SELECT * FROM gate.keep_evaluation(%s::jsonb)", [json.dumps(record)])
        return f"00-{found}-{span}-01"

    def _policy(self, asked: str) -> Policy | None:
        if asked and asked not in self.policies:
            self.policies[asked] = found = policy_asked(asked, self.caller)
            if found is not None:
                self._ready[asked] = Deciding(found, self.today)
        return self.policies.get(asked)

    def _add(self, request: dict[str, Any], answer: dict[str, object]) -> dict[str, object]:
        self.requests.append(request)
        self.answers.append(answer)
        return answer


def replay(most: int) -> Replayed:
    """Decide calls of the decision log again, from the versions and the state of affairs that each record names.

    Args:
        most: how many calls, drawn by chance.

    Source: Authorization Decision Log, level 4 (a decision can be repeated).
    """
    rows = cast("list[tuple[str, str, str]]", call_gate("SELECT * FROM gate.sample_evaluations(%s)", [most]))
    decisions, differing = 0, []
    for trace, _, text in rows:
        body = json.loads(text)
        told = body["adl.core.response"].get("evaluations", [body["adl.core.response"]])
        decisions += len(told)
        if _again(body) != [(one["decision"], _codes(one)) for one in told]:
            differing.append(trace)
    return Replayed(len(rows), decisions, tuple(differing))


def _again(body: Mapping[str, Any]) -> list[tuple[bool, list[str]]]:
    then, request = body["adl.core.information"], body["adl.core.request"]
    today = date.fromisoformat(then["today"])
    return [_decided_again(one, then["activities"], today) for one in request.get("evaluations", [request])]


def _decided_again(request: object, then: Mapping[str, Any], today: date) -> tuple[bool, list[str]]:
    try:
        question = authzen.question_of(request)
    except EvaluationInvalid as wrong:
        return False, [wrong.code]
    known = then.get(question.activity)
    policy = policy_of_version(known["uri"], known["weighing"]) if known else None
    verdict = decide(question, as_it_was(policy, known) if policy and known else None, today=today)
    return verdict.allowed, list(verdict.codes)


def _codes(answer: Mapping[str, Any]) -> Sequence[str]:
    return [reason["code"] for reason in answer["context"]["reasons"]]
