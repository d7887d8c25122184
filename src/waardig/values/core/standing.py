"""How a dossier stands on a day: may the service have new effects, and if not, why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms import Dossier, Problem, Standing, State, Suspension

TEXTS = {
    State.CONCEPT: Bilingual("In voorbereiding", "In preparation"),
    State.CONSULTATION: Bilingual("Mensen worden gehoord", "People are being heard"),
    State.ADVICE: Bilingual("Wacht op een besluit", "Waiting for a decision"),
    State.DECIDED: Bilingual("In gebruik", "In use"),
    State.SUSPENDED: Bilingual("Staat stil", "Suspended"),
    State.EXPIRED: Bilingual("Afgelopen", "Ended"),
    State.WITHDRAWN: Bilingual("Ingetrokken", "Withdrawn"),
}


def standing(dossier: Dossier, on: date, suspensions: Sequence[Suspension] = ()) -> Standing:
    """The standing on a business date.

    The last day of a decision still counts; a suspension counts from its day until the day of resumption.
    """
    decision = dossier.decision
    if dossier.withdrawn_on and dossier.withdrawn_on <= on:
        return _stopped(State.WITHDRAWN, _said("withdrawn", "Dit is ingetrokken.", "This was withdrawn."))
    if decision is None or on < decision.decided_on:
        return _stopped(_before(dossier), not_decided())
    if on > decision.valid_until:
        day = decision.valid_until.isoformat()
        return _stopped(
            State.EXPIRED,
            _said("expired", f"Het besluit gold tot en met {day}.", f"The decision held until {day}."),
        )
    stopped = next((one for one in suspensions if one.service == dossier.service and one.is_open(on)), None)
    if stopped:
        reason = _said("suspended", f"De dienst staat stil: {stopped.reason}", f"Suspended: {stopped.reason}")
        return Standing(State.SUSPENDED, False, (reason,), TEXTS[State.SUSPENDED], suspension=stopped)
    return _decided(dossier, on)


def not_decided() -> Problem:
    """The reason why nothing may run before a decision."""
    return _said("not_decided", "Er is nog niet besloten.", "It is not decided yet.")


def _decided(dossier: Dossier, on: date) -> Standing:
    reasons = []
    starts = dossier.announcement.first_run_not_before if dossier.announcement else None
    if starts is None or on < starts:
        day = starts.isoformat() if starts else "?"
        reasons.append(
            _said("announcement_running", f"De eerste ronde mag vanaf {day}.", f"The first round may start on {day}.")
        )
    if dossier.dpia is None or on > dossier.dpia.valid_until:
        reasons.append(_said("dpia_expired", "De DPIA is verlopen.", "The impact assessment ran out."))
    later = starts if starts and on < starts else None
    return Standing(State.DECIDED, not reasons, tuple(reasons), TEXTS[State.DECIDED], runs_from=later)


def _before(dossier: Dossier) -> State:
    if dossier.advice:
        return State.ADVICE
    return State.CONSULTATION if dossier.positions else State.CONCEPT


def _said(code: str, nl: str, en: str) -> Problem:
    return Problem(code, nl, en, "Ask the deciding body." if code != "announcement_running" else "Wait until that day.")


def _stopped(state: State, reason: Problem) -> Standing:
    return Standing(state, False, (reason,), TEXTS[state])
