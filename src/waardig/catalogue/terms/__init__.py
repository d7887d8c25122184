"""The words of the catalogue: Service (dienst), Activity (verwerkingsactiviteit), Municipality (gemeente), WhyPage (de
pagina Waarom), and the refusals. Stdlib and kernel only."""

from waardig.catalogue.terms.activity import (
    Activity,
    ActivityAttribute,
    ActivityVersion,
    ActorRule,
    Delivery,
    LegalBasis,
    Logging,
    Recipient,
    Retention,
    SourceLaw,
    Window,
)
from waardig.catalogue.terms.municipality import (
    Address,
    HandlingMandate,
    MandateDecree,
    Municipality,
    Official,
    Team,
    VisitAddress,
)
from waardig.catalogue.terms.refusals import NotPublished, UnknownActivity, UnknownService
from waardig.catalogue.terms.service import AskedAtYes, Assumption, ForbiddenGroup, Outputs, Service
from waardig.catalogue.terms.why import (
    Change,
    Counterfactual,
    Expectation,
    Placeholder,
    Said,
    ShownFact,
    WhyPage,
    WhyStep,
)

__all__ = [
    "Activity",
    "ActivityAttribute",
    "ActivityVersion",
    "ActorRule",
    "Address",
    "AskedAtYes",
    "Assumption",
    "Change",
    "Counterfactual",
    "Delivery",
    "Expectation",
    "ForbiddenGroup",
    "HandlingMandate",
    "LegalBasis",
    "Logging",
    "MandateDecree",
    "Municipality",
    "NotPublished",
    "Official",
    "Outputs",
    "Placeholder",
    "Recipient",
    "Retention",
    "Said",
    "Service",
    "ShownFact",
    "SourceLaw",
    "Team",
    "UnknownActivity",
    "UnknownService",
    "VisitAddress",
    "WhyPage",
    "WhyStep",
    "Window",
]
