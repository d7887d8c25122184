"""One batch of a round: judge whole households, then write outcomes, cases and messages in one transaction."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from waardig.access import actions as access
from waardig.access.terms import Actor, Request
from waardig.cases import actions as opening
from waardig.cases import queries as cases
from waardig.cases.queries import Verdict
from waardig.cases.terms import Case, CaseState, NewCase, Party
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import ServiceLane, WhyPage
from waardig.inbox import actions as inbox
from waardig.inbox import queries as templates
from waardig.inbox.terms import Channel, NewMessage, Reader
from waardig.logbook import actions as logbook
from waardig.logbook.terms import LineRef, NewLink
from waardig.proposals import models
from waardig.proposals.actions.english import ENGLISH, in_english
from waardig.proposals.actions.judged import BatchResult, Judged, JudgedBatch
from waardig.proposals.actions.wording import addressed, proposal_values
from waardig.proposals.core.household import FOR_NO_PERSON, Members, excluded, has_administrator, households
from waardig.proposals.core.lanes import APPROACHES, LaneRules, ShortForm, lane_of_known, lane_of_unknown, short_form
from waardig.proposals.terms import Excluded, ItemOutcome
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact

DELIVERY = "bericht.bezorgen"
_ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ2346789"
TO_PERSON = frozenset(Excluded) - FOR_NO_PERSON


def judge_batch(
    service: str,
    facts: Mapping[UUID, Sequence[RegisterFact]],
    *,
    on: date,
    settled: Sequence[Judged] = (),
    waiting: Collection[UUID] = (),
) -> JudgedBatch:
    """Apply safeguards and then the law to every household of a batch.

    Args:
        facts: per person read; a partner who is not in it was not read (opted out, or not a client).
        settled: households that are of the batch too, and judged already.
        waiting: who was not read because what is known of them is too old.
    """
    deciding, rules = cases.attributes_of(service, on), lane_rules(service)
    found = tuple(
        in_lane(rules, _judge(service, members, facts, deciding, on, waiting)) for members in households(facts, on)
    )
    return JudgedBatch((*settled, *found), _count((*settled, *found), service))


def lane_rules(service: str) -> LaneRules:
    """What a service package allows, as the choice of a lane needs it."""
    known = cases.service_of(service)
    askable = frozenset(asked.input for asked in known.ask_when_unknown)
    return LaneRules(frozenset(known.lanes), askable, cases.open_norms(service))


def in_lane(rules: LaneRules, one: Judged) -> Judged:
    """The same household with its lane and what that makes of it."""
    if one.judgement is None or one.outcome is ItemOutcome.NOT_ENTITLED:
        return one
    if one.outcome is ItemOutcome.PROPOSED:
        lane = lane_of_known(rules, unasked=one.judgement.unasked, assumed=one.judgement.assumed)
    else:
        lane = lane_of_unknown(rules, one.judgement.reasons, administrator=one.administrator)
    return replace(one, lane=lane, outcome=APPROACHES[lane].outcome if lane else ItemOutcome.TO_PERSON)


def _judge(
    service: str,
    members: Members,
    facts: Mapping[UUID, Sequence[RegisterFact]],
    deciding: frozenset[str],
    on: date,
    waiting: Collection[UUID],
) -> Judged:
    helped = has_administrator(facts[members.first], on)
    out = excluded(members, facts, deciding, on, waiting)
    if out is not None:
        return Judged(members, ItemOutcome.EXCLUDED, out.value, None, {}, helped)
    return by_law(service, members, facts, on)


def by_law(
    service: str,
    members: Members,
    facts: Mapping[UUID, Sequence[RegisterFact]],
    on: date,
    only: Sequence[str] | None = None,
) -> Judged:
    """What the law says of one household, whatever the safeguards of a round say.

    Args:
        only: the inputs that were read; the others are unknown, and nothing is assumed of them.
    """
    helped = has_administrator(facts[members.first], on)
    everything = tuple(fact for person in members.read for fact in facts[person])
    inputs = opening.inputs_of(service, members.first, members.partner, everything, on, only=only)
    judged = opening.judge_inputs(service, inputs, on=on, assuming=only is None)
    outcome = {
        Verdict.QUALIFIES: ItemOutcome.PROPOSED,
        Verdict.NOT: ItemOutcome.NOT_ENTITLED,
        Verdict.UNKNOWN: ItemOutcome.TO_PERSON,
    }[judged.verdict]
    reason = ",".join(judged.reasons) if judged.reasons else "qualifies"
    return Judged(members, outcome, reason[:120], judged, inputs, helped)


def _count(found: Sequence[Judged], service: str) -> BatchResult:
    result = BatchResult()
    for one in found:
        persons = len(one.members.read)
        result.read += persons
        if one.outcome is ItemOutcome.EXCLUDED:
            result.excluded[one.reason] = result.excluded.get(one.reason, 0) + persons
            result.to_person += persons if Excluded(one.reason) in TO_PERSON else 0
            continue
        result.evaluated += persons
        result.reasons[one.reason] = result.reasons.get(one.reason, 0) + persons
        if one.lane is not None and one.judgement is not None:
            result.entitled += persons if one.outcome is ItemOutcome.PROPOSED else 0
            result.asked += persons if one.outcome is ItemOutcome.ASKED else 0
            result.proposals += 1
            result.lanes[one.lane.value] = result.lanes.get(one.lane.value, 0) + 1
            result.amount_eurocent += one.judgement.amount_eurocent or 0
            result.through_administrator += one.administrator
            for name in one.judgement.assumed:
                result.assumed[name] = result.assumed.get(name, 0) + 1
        elif one.outcome is ItemOutcome.NOT_ENTITLED:
            result.not_entitled += persons
        else:
            result.to_person += persons
    _channels(result, [one for one in found if one.lane is not None], service)
    return result


def _channels(result: BatchResult, proposed: Sequence[Judged], service: str) -> None:
    """Which way each proposal goes: the choice of this person for this type of message, otherwise paper."""
    types = {name: templates.template(service, name).message_type for name in {_template(one) for one in proposed}}
    wanted = [(one.members.first, types[_template(one)]) for one in proposed]
    chosen = templates.preferences_of(wanted)
    for one, key in zip(proposed, wanted, strict=True):
        preference = chosen.get(key)
        digital = preference is not None and preference.channel is Channel.DIGITAL and not one.administrator
        result.digital += digital
        result.paper += not digital


def store_batch(
    run: models.Run, service: str, batch: JudgedBatch, lines: Mapping[UUID, LineRef], *, on: date
) -> dict[str, float]:
    """Write outcomes, cases, messages and what the lines led to, in one transaction; a repeat changes nothing.

    Returns:
        Seconds spent on cases, messages and outcomes.
    """
    proposed = [one for one in batch.households if one.lane is not None]
    names = _names([one.members.first for one in proposed if one.administrator], on)
    moments = [time.perf_counter()]
    with transaction.atomic():
        opened = opening.open_cases(
            [new_case(run, service, one, on) for one in proposed],
            prefix=catalogue.municipality().case_prefix,
            actor_kind="system",
            actor="proposals",
        )
        by_first = {one.members.first: case for one, case in zip(proposed, opened, strict=True)}
        moments.append(time.perf_counter())
        messages = messages_of(run, proposed, by_first, lines, names) if proposed else []
        inbox.send_messages(messages, on=on)
        logbook.link_lines(_links(proposed, by_first, lines))
        moments.append(time.perf_counter())
        models.RunItem.objects.bulk_create(
            [item for one in batch.households for item in _items(run, one, by_first)], ignore_conflicts=True
        )
    moments.append(time.perf_counter())
    return {stage: moments[i + 1] - moments[i] for i, stage in enumerate(("cases", "messages", "outcomes"))}


def new_case(run: models.Run, service: str, one: Judged, on: date) -> NewCase:
    """What a household's lane opens."""
    assert one.judgement is not None and one.lane is not None  # only who is approached gets here
    opens = APPROACHES[one.lane]
    terms = cases.announcement_terms(service, on) if opens.state is CaseState.ANNOUNCED else None
    partner = (Party(one.members.partner, "partner"),) if one.members.partner else ()
    return NewCase(
        key=f"proposal:{run.id}:{one.members.first}",
        kind=opens.kind,
        state=opens.state,
        service=service,
        parties=(Party(one.members.first, "applicant"), *partner),
        opened_on=on,
        amount_eurocent=one.judgement.amount_eurocent,
        run=run.id,
        rule_set=run.rule_set,
        as_of=run.as_of,
        team=cases.service_of(service).team,
        household_type=one.judgement.household_type,
        reader=_reader(one).value,
        lane=one.lane.value,
        say_no_until=terms.say_no_until if terms else None,
        asked=_form(service, one).ids,
        decide_by=terms.decide_by if terms else None,
    )


def _template(one: Judged) -> str:
    """The template of a household's lane; an administrator has an own one."""
    assert one.lane is not None  # only who is approached gets a message
    return APPROACHES[one.lane].template + ("_administrator" if one.administrator else "")


def _reader(one: Judged) -> Reader:
    return Reader.ADMINISTRATOR if one.administrator else Reader.SELF


def _names(persons: Sequence[UUID], on: date) -> dict[UUID, dict[str, str]]:
    """How an administrator knows the person: read for delivery only, and only of those who have one."""
    if not persons:
        return {}
    ticket = access.ask(Request(DELIVERY, frozenset({"brp.naam"}), tuple(persons), Actor("system", "proposals"), on))
    found = {fact.person: fact.value for fact in registers.take(ticket) if isinstance(fact.value, dict)}
    return {person: addressed(found.get(person, {})) for person in persons}


def messages_of(
    run: models.Run,
    proposed: Sequence[Judged],
    cases_by: Mapping[UUID, Case],
    lines: Mapping[UUID, LineRef],
    names: Mapping[UUID, dict[str, str]],
) -> list[NewMessage]:
    """The proposals of a batch; what is the same for every household is looked up once."""
    common = {
        **cases.municipal_values(cases.service_of(run.service)),
        "wait_months": cases.wait_months(run.service, run.as_of),
        "weighed_on": cases.weighed_on(run.service, run.as_of),
    }
    page, reuse = catalogue.why_page(run.service), templates.Reuse()
    people = [one.members.first for one in proposed]
    chosen = templates.wanting_english(people)
    own = {first: {**common, **(names.get(first) or {}), ENGLISH: first in chosen} for first in people}
    return [_message(run, one, cases_by, lines, own[one.members.first], page, reuse) for one in proposed]


def _message(
    run: models.Run,
    one: Judged,
    cases_by: Mapping[UUID, Case],
    lines: Mapping[UUID, LineRef],
    common: Mapping[str, Any],
    page: WhyPage,
    reuse: templates.Reuse,
) -> NewMessage:
    assert one.judgement is not None
    case, line = cases_by[one.members.first], lines.get(one.members.first)
    service, on, name = case.service, run.as_of, _template(one)
    steps = cases.explain(page, one.judgement, one.inputs, on=on)
    values = {
        **common,
        **proposal_values(one.judgement, one.inputs, steps, on=on, couple=len(one.members.read) > 1),
        **_lane_values(one, case),
        "case_number": case.number,
    }
    filled = templates.filled(service, name, values, reuse=reuse)
    return NewMessage(
        recipient=one.members.first,
        about=one.members.first,
        message_type=filled.message_type,
        template=filled.template,
        service=service,
        activity=cases.service_of(service).round_activity or "",
        subject=filled.subject,
        blocks=filled.blocks,
        key=f"{case.id}:proposal",
        reader=_reader(one),
        case=case.id,
        run=run.id,
        line=line,
        answer_code=new_answer_code() if not one.administrator else None,
        english=in_english(service, name, values, steps, _form(service, one).ids) if not one.administrator else None,
    )


def _lane_values(one: Judged, case: Case) -> dict[str, Any]:
    """What only one lane says: until when one can say no, or which questions there are."""
    if case.say_no_until is not None:
        return {"say_no_until": case.say_no_until, "decide_by": case.decide_by}
    form = _form(case.service, one)
    return {"questions": form.questions, "question_count": len(form.questions)} if form.ids else {}


def _form(service: str, one: Judged) -> ShortForm:
    """What a short form asks this household; nothing in another lane."""
    if one.lane is not ServiceLane.SHORT_FORM or one.judgement is None:
        return ShortForm((), ())
    return one.form or short_form(cases.service_of(service), one.judgement.reasons, one.judgement.assumed)


def new_answer_code() -> str:
    """A code for the answer card: eight letters and digits that nobody mixes up, from a secure source."""
    whole = 256 - 256 % len(_ALPHABET)  # above it a byte would favour the first letters
    code = ""
    while len(code) < 8:
        code += "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in secrets.token_bytes(16) if byte < whole)
    return code[:8]


def _links(proposed: Sequence[Judged], cases_by: Mapping[UUID, Case], lines: Mapping[UUID, LineRef]) -> list[NewLink]:
    """The case that the line of everybody in a household led to; sending links the message."""
    return [
        NewLink(lines[person], "case", cases_by[one.members.first].id)
        for one in proposed
        for person in one.members.read
        if person in lines
    ]


def _items(run: models.Run, one: Judged, cases_by: Mapping[UUID, Case]) -> list[models.RunItem]:
    case = cases_by.get(one.members.first)
    amount = one.judgement.amount_eurocent if one.judgement and case else None
    assumed = ",".join(one.judgement.assumed) if one.judgement else ""
    items = [
        models.RunItem(
            run=run, person=one.members.first, outcome=one.outcome.value, reason=one.reason,
            amount_eurocent=amount, case=case.id if case else None, assumed=assumed[:200], lane=one.lane or "",
        )
    ]  # fmt: skip
    if one.members.partner is not None and one.members.partner_read:
        with_partner = ItemOutcome.WITH_PARTNER if case else one.outcome
        items.append(
            models.RunItem(
                run=run, person=one.members.partner, outcome=with_partner.value, reason=one.reason,
                case=case.id if case else None, lane=one.lane or "",
            )
        )  # fmt: skip
    return items
