"""Who is here, how sure we are, and for whom a page is meant. Pure words: standard library and kernel only. Door.

Invariant: no object that a session or another room sees holds a citizen service number; a person is a random id.
"""

from waardig.identity.terms.refusals import (
    AudienceMissing,
    LevelTooLow,
    MeansUnknown,
    PersonUnknown,
    ProviderUnreachable,
    RepresentationRefused,
    RoleMissing,
    SignInCancelled,
    SignInExpired,
    SignInRefused,
    TokenRefused,
    TooManyFailures,
    TrialForbidden,
)
from waardig.identity.terms.setup import (
    PERSON_REGISTER,
    SETUP,
    Limits,
    Means,
    Persona,
    PersonRegister,
    SessionTerm,
    SignInSetup,
)
from waardig.identity.terms.who import ANONYMOUS, Audience, Kind, Level, Organisation, Role, Who, audience

__all__ = [
    "ANONYMOUS",
    "PERSON_REGISTER",
    "SETUP",
    "Audience",
    "AudienceMissing",
    "Kind",
    "Level",
    "LevelTooLow",
    "Limits",
    "Means",
    "MeansUnknown",
    "Organisation",
    "PersonRegister",
    "PersonUnknown",
    "Persona",
    "ProviderUnreachable",
    "RepresentationRefused",
    "Role",
    "RoleMissing",
    "SessionTerm",
    "SignInCancelled",
    "SignInExpired",
    "SignInRefused",
    "SignInSetup",
    "TokenRefused",
    "TooManyFailures",
    "TrialForbidden",
    "Who",
    "audience",
]
