"""From a municipality.yaml that passed its schema to a Municipality; likewise handling.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waardig.catalogue.terms import (
    Address,
    Handling,
    HandlingMandate,
    MandateDecree,
    Municipality,
    Official,
    Team,
    VisitAddress,
)
from waardig.kernel.bilingual import Bilingual

Content = Mapping[str, Any]


def municipality_of(content: Content) -> Municipality:
    """The municipality."""
    objection = content["objection"]
    return Municipality(
        name=content["name"],
        kind=Bilingual.of(content["kind"]),
        code=content["code"],
        oin=content["oin"],
        case_prefix=content["case_prefix"],
        website=content["website"],
        processing_register=content["processing_register"],
        phone=content["phone"],
        email=content["email"],
        visit=_visit(content["visit"]),
        post=_address(content["post"]),
        opening_hours=content["opening_hours"],
        deciding_body=Bilingual.of(content["deciding_body"]),
        mandate_decree=_decree(content["mandate_decree"]),
        objection_to=Bilingual.of(objection["to"]),
        objection_address=_address(objection),
        objection_online=objection.get("online"),
        data_protection_officer=content["data_protection_officer"]["name"],
        teams={item["id"]: _team(item) for item in content["teams"]},
        officials={item["id"]: _official(item) for item in content["officials"]},
        mandates=tuple(_mandate(item) for item in content["mandates"]),
        contact_person=content["contact_person"],
        answer_number=content.get("answer_number"),
    )


def _address(content: Content) -> Address:
    return Address(content["street"], content["postcode"], content["city"])


def _visit(content: Content) -> VisitAddress:
    return VisitAddress(_address(content), Bilingual.of(content["place"]), Bilingual.of(content["appointment"]))


def _decree(content: Content) -> MandateDecree:
    return MandateDecree(Bilingual.of(content["name"]), date.fromisoformat(content["date"]), content["reference"])


def _team(content: Content) -> Team:
    return Team(content["id"], Bilingual.of(content["name"]), content["phone"])


def _official(content: Content) -> Official:
    return Official(content["id"], content["name"], content["team"], tuple(content["roles"]))


def _mandate(content: Content) -> HandlingMandate:
    until = content.get("until")
    return HandlingMandate(
        official=content["official"],
        services=tuple(content["services"]),
        decisions=tuple(content["decisions"]),
        up_to_eurocent=content["up_to_eurocent"],
        since=date.fromisoformat(content["since"]),
        until=date.fromisoformat(until) if until else None,
    )


def handling_of(content: Content) -> Handling:
    """Terms and choices that the law leaves to the municipality."""
    objection = content["objection"]
    return Handling(
        committee=objection["committee"],
        repair_weeks=objection["repair_weeks"],
        hearing_reply_weeks=objection["hearing_reply_weeks"],
        second_look_days=content["second_look"]["working_days"],
        warn_days=content["late"]["warn_days"],
    )
