"""From content that passed its schema to terms; nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waardig.catalogue.terms import (
    Activity,
    ActivityAttribute,
    ActorRule,
    AskedAtYes,
    AskedWhenUnknown,
    Assumption,
    Delivery,
    ForbiddenGroup,
    LastGrant,
    LegalBasis,
    Logging,
    Outputs,
    OwnRegulation,
    Recipient,
    Retention,
    Service,
    ServiceLane,
    SourceLaw,
    Window,
    WithoutApplication,
)
from waardig.kernel.bilingual import Bilingual

Content = Mapping[str, Any]
_WETTEN = "https://wetten.overheid.nl/"


def regulation_of(content: Content) -> OwnRegulation:
    """The municipality's own regulation that a regulation.yaml names."""
    return OwnRegulation(content["service"], content["law"], content["article"], content.get("without_application"))


def service_of(content: Content, own: OwnRegulation | None = None) -> Service:
    """The service that a service.yaml describes.

    Args:
        own: the municipality's regulation, for a service of which service.yaml says `regulation: own`.
    """
    law = own.law if own else content["law"]
    return Service(
        id=content["id"],
        name=Bilingual.of(content["name"]),
        summary=Bilingual.of(content["summary"]),
        upl_name=content["upl"]["name"] if "upl" in content else "",
        upl_uri=content["upl"]["uri"] if "upl" in content else "",
        law=law,
        article=own.article if own else content["article"],
        outputs=_outputs(content["outputs"]),
        per=content["per"],
        household=content["household"],
        lanes=tuple(ServiceLane(name) for name in content["lanes"]),
        application_activity=content["application_activity"],
        decision_activity=content["decision_activity"],
        objection_activity=content.get("objection_activity"),
        round_activity=content.get("round_activity"),
        look_activity=content.get("look_activity"),
        first_look=tuple(content.get("first_look", ())),
        assume_for=tuple(_assumption(item) for item in content.get("assume_for", ())),
        ask_at_yes=tuple(_asked(item) for item in content["ask_at_yes"]),
        messages=tuple(content["messages"]),
        decide_within_weeks=content["decide_within_weeks"],
        team=content["team"],
        sample_percent=content["sample_percent"],
        forbidden=tuple(_forbidden(item) for item in content["forbidden"]),
        last_grant=LastGrant(content["last_grant"]["attribute"], content["last_grant"]["input"]),
        without_application=_unasked(content.get("without_application"), law, own),
        ask_when_unknown=tuple(_when_unknown(item) for item in content.get("ask_when_unknown", ())),
    )


def _unasked(content: Content | None, law: str, own: OwnRegulation | None) -> WithoutApplication | None:
    if content is None:
        return None
    article = (own.without_application or "") if own else content["article"]
    return WithoutApplication(
        law=law if own else content.get("law", law),
        article=article,
        activity=content["activity"],
        announce_weeks=content["announce_weeks"],
        decide_within_weeks=content["decide_within_weeks"],
    )


def _when_unknown(content: Content) -> AskedWhenUnknown:
    return AskedWhenUnknown(
        id=content["id"],
        input=content["input"],
        kind=content["kind"],
        question=Bilingual.of(content["question"]),
        hint=Bilingual.of(content["hint"]),
        why=Bilingual.of(content["why"]),
    )


def _outputs(content: Content) -> Outputs:
    return Outputs(
        entitlement=content["entitlement"],
        amount=content["amount"],
        conditions=tuple(content["conditions"]),
        possible_from=content.get("possible_from"),
        figures=tuple(content.get("figures", ())),
        without_application=content.get("without_application"),
    )


def _assumption(content: Content) -> Assumption:
    return Assumption(content["input"], content["value"], Bilingual.of(content["sentence"]))


def _asked(content: Content) -> AskedAtYes:
    return AskedAtYes(
        id=content["id"],
        name=Bilingual.of(content["name"]),
        why=Bilingual.of(content["why"]),
        input=content.get("input"),
        attribute=content.get("attribute"),
    )


def _forbidden(content: Content) -> ForbiddenGroup:
    return ForbiddenGroup(content["id"], Bilingual.of(content["name"]), frozenset(content["attributes"]))


def activities_of(content: Content, service: str) -> tuple[Activity, ...]:
    """The activities that an activities.yaml declares, in its order."""
    return tuple(activity_of(item, service) for item in content["activities"])


def activity_of(content: Content, service: str) -> Activity:
    """One activity."""
    return Activity(
        id=content["id"],
        service=service,
        name=Bilingual.of(content["name"]),
        purpose=Bilingual.of(content["purpose"]),
        citizen_text=Bilingual.of(content["citizen_text"]),
        kind=content["kind"],
        valid_from=date.fromisoformat(content["valid_from"]),
        ground=content["ground"],
        legal_basis=tuple(_basis(item) for item in content["legal_basis"]),
        actors=tuple(ActorRule(item["kind"], item.get("role")) for item in content["actors"]),
        attributes=tuple(_attribute(item) for item in content["attributes"]),
        population=content["population"],
        delivery=Delivery(**content["delivery"]),
        automated=content["automated"],
        algorithm=content.get("algorithm"),
        recipients=tuple(Recipient(Bilingual.of(item["name"]), item["role"]) for item in content["recipients"]),
        retention=_retention(content["retention"]),
        logging=Logging(content["logging"]["depth"], Bilingual.of(content["logging"]["reason"])),
        content=content,
        may_correct=content.get("may_correct", False),
    )


def _address(content: Content) -> str:
    return str(content["eli"]) if "eli" in content else _WETTEN + content["jci"]


def _basis(content: Content) -> LegalBasis:
    return LegalBasis(content["law"], content["article"], _address(content), Bilingual.of(content["sentence"]))


def _attribute(content: Content) -> ActivityAttribute:
    law = content["collected_under"]
    window = content.get("window")
    return ActivityAttribute(
        id=content["id"],
        necessity=Bilingual.of(content["necessity"]),
        collected_under=SourceLaw(law["law"], law["article"], _address(law)),
        window=Window(window["law"], window["output"]) if isinstance(window, Mapping) else window,
    )


def _retention(content: Content) -> Retention:
    listed = content["selectielijst"]
    return Retention(
        period=content["period"],
        since=Bilingual.of(content["from"]),
        process=listed["process"],
        result=listed["result"],
        result_name=listed["name"],
        appraisal=listed["appraisal"],
        selection_list=listed["list"],
        executed_by=Bilingual.of(content["executed_by"]),
    )
