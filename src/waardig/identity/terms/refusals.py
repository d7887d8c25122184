"""Refusals of signing in: a person reads what to do now, the log gets the reason, nobody gets a value of a token."""

from __future__ import annotations

from waardig.identity.terms.who import Level
from waardig.kernel.errors import Refusal


class SignInRefused(Refusal):
    """Signing in did not work. `reason` is for the log; the page adds that nothing is lost and whom to call."""

    status = 403
    counts = True

    def __init__(self, reason: str, *, text_nl: str = "", text_en: str = "", remedy: str = "") -> None:
        self.reason = reason
        super().__init__(
            code="sign_in_refused",
            text_nl=text_nl or "Wij konden niet vaststellen wie u bent. Probeer het opnieuw.",
            text_en=text_en or "We could not establish who you are. Try again.",
            remedy=remedy or f"Look up the reason {reason!r} in the README of the room identity.",
        )


class MeansUnknown(SignInRefused):
    """Somebody asked for a way to sign in that this installation does not offer."""

    status = 404
    counts = False

    def __init__(self) -> None:
        super().__init__("means_unknown")


class SignInCancelled(SignInRefused):
    """The person stopped at the sign-in page, which is no failure."""

    status = 200
    counts = False

    def __init__(self) -> None:
        super().__init__(
            "cancelled",
            text_nl="U bent gestopt met inloggen. U kunt het altijd opnieuw proberen.",
            text_en="You stopped signing in. You can try again at any time.",
        )


class SignInExpired(SignInRefused):
    """The answer came too late, a second time, or in another browser: no sign-in was under way."""

    counts = True

    def __init__(self) -> None:
        super().__init__(
            "not_under_way",
            text_nl="Het inloggen duurde te lang of gebeurde al. Begin opnieuw.",
            text_en="Signing in took too long or was done already. Start again.",
        )


class TokenRefused(SignInRefused):
    """The identity token is not one that we may believe; `reason` names the check that failed."""


class LevelTooLow(SignInRefused):
    """The sign-in was less certain than the page needs."""

    counts = False

    def __init__(self, needed: Level, given: Level) -> None:
        self.needed, self.given = needed, given
        name = {Level.LOW: "laag", Level.SUBSTANTIAL: "substantieel", Level.HIGH: "hoog"}[needed]
        super().__init__(
            "level_too_low",
            text_nl=f"Voor deze pagina moet u zekerder inloggen: niveau {name}.",
            text_en=f"This page needs a stronger sign-in: level {needed.name.lower()}.",
        )


class RepresentationRefused(SignInRefused):
    """The token says that somebody acts for another, and this means does not take that here."""

    counts = False

    def __init__(self, reason: str) -> None:
        super().__init__(
            reason,
            text_nl="U logde in namens iemand anders. Dat kan hier nu niet. Uw machtiging blijft gelden.",
            text_en="You signed in on behalf of someone else. That is not possible here now. Your mandate stays valid.",
        )


class PersonUnknown(SignInRefused):
    """The sign-in is sound, but we have no record of this person."""

    counts = False

    def __init__(self) -> None:
        super().__init__(
            "person_unknown",
            text_nl="Wij hebben nog geen gegevens van u.",
            text_en="We have no data about you yet.",
        )


class RoleMissing(SignInRefused):
    """An employee without a role of this application."""

    counts = False

    def __init__(self) -> None:
        super().__init__(
            "role_missing",
            text_nl="U hebt nog geen rol in Waardig. Vraag uw beheerder om een rol.",
            text_en="You have no role in Waardig yet. Ask your administrator for a role.",
        )


class TooManyFailures(SignInRefused):
    """Too many failed sign-ins from one place in a short time."""

    status = 429
    counts = False

    def __init__(self, minutes: int) -> None:
        super().__init__(
            "too_many_failures",
            text_nl=f"Inloggen mislukte hier vaak achter elkaar. Wacht {minutes} minuten en probeer het opnieuw.",
            text_en=f"Signing in failed here many times in a row. Wait {minutes} minutes and try again.",
        )


class ProviderUnreachable(SignInRefused):
    """The sign-in service does not answer, or answers with nonsense."""

    status = 503
    counts = False

    def __init__(self, reason: str) -> None:
        super().__init__(
            reason,
            text_nl="De inlogdienst geeft geen antwoord. Dat ligt niet aan u. Probeer het later opnieuw.",
            text_en="The sign-in service does not answer. It is not your fault. Try again later.",
        )


class AudienceMissing(Refusal):
    """A view does not say for whom it is: refused for everybody, because silence must never mean public."""

    def __init__(self, view: str) -> None:
        super().__init__(
            code="audience_missing",
            text_nl="Deze pagina is nog niet klaar voor gebruik.",
            text_en=f"The view {view} declares no audience.",
            remedy="Add @audience(...) from waardig.identity.terms to the view.",
        )


class TrialForbidden(Refusal):
    """The bundled test provider was started outside a demo or test."""

    def __init__(self, installation: str) -> None:
        super().__init__(
            code="trial_forbidden",
            text_nl="De proef-inlog mag alleen in een proefopstelling.",
            text_en=f"The bundled test provider refuses to start in an installation of kind {installation!r}.",
            remedy="Configure real sign-in means (WAARDIG_SIGN_IN); the test provider runs only in demo or test.",
        )
