"""What can go wrong when a register is asked at its source, and how it is connected. No text holds a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from waardig.kernel.errors import Refusal


@dataclass(frozen=True)
class Connection:
    """How one register is reached at its source.

    Attributes:
        url: base address, without the path of the question.
        headers: extra headers by name; a value may hold {purpose}, {activity} and {actor}.
        purposes: what the source calls the purpose (doelbinding) by activity; an activity that is not here may not ask.
        api_key: (header, value), or None.
        certificate, key, authority: paths of PEM files: ours, its key, and who signs theirs; "" for none.
        timeout: seconds to connect and between two pieces of an answer.
    """

    register: str
    url: str
    purposes: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    api_key: tuple[str, str] | None = field(default=None, repr=False)
    oauth: OAuth | None = None
    certificate: str = ""
    key: str = ""
    authority: str = ""
    timeout: float = 10.0


@dataclass(frozen=True)
class OAuth:
    """Client credentials (RFC 6749 4.4): where a token is asked, and as whom."""

    token_url: str
    client_id: str
    secret: str = field(repr=False)
    scope: str = ""


class SourceUnavailable(Refusal):
    """The source gave no answer that can be used: nothing was stored, and what was known stays."""

    def __init__(self, register: str, why: str, *, wait_seconds: int | None = None) -> None:
        super().__init__(
            code="source_unavailable",
            text_nl="De bron geeft nu geen antwoord. Wij hebben niets veranderd.",
            text_en=f"The source of {register} gives no answer that can be used: {why}. Nothing was stored.",
            remedy="Try again later; when it stays so, tell the operator of the source."
            if wait_seconds is None
            else f"Try again after {wait_seconds} seconds.",
        )
        self.register, self.why, self.wait_seconds = register, why, wait_seconds


_REMEDIES = {
    "authentication": "Renew the key, the client secret or the certificate that the sources file names.",
    "unauthorizedField": "Let the holder widen the authorisation (tabel 35), or drop the attribute from the activity.",
    "unauthorizedParameter": "Let the holder authorise asking by citizen service number.",
    "authorization": "Let the holder authorise this organisation, or correct the headers in the sources file.",
}


class SourceRefused(Refusal):
    """The source answered that we may not ask this, or asked it wrongly; `names` are parameters, never values."""

    def __init__(self, register: str, reason: str, names: Sequence[str] = ()) -> None:
        about = f" ({', '.join(names)})" if names else ""
        super().__init__(
            code="source_refused",
            text_nl="De bron geeft deze gegevens niet aan ons. Wij hebben niets veranderd.",
            text_en=f"The source of {register} refuses the question: {reason}{about}. Nothing was stored.",
            remedy=_REMEDIES.get(reason, "Correct at_source in registers/<register>.yaml, or the sources file."),
        )
        self.register, self.reason, self.names = register, reason, tuple(names)


class NotAtSource(Refusal):
    """The activity holds nothing that this register is asked for at its source."""

    def __init__(self, register: str, activity: str) -> None:
        super().__init__(
            code="not_at_source",
            text_nl="Bij dit doel hoort geen gegeven dat wij aan de bron vragen.",
            text_en=f"The activity {activity} holds no attribute that {register} is asked for at its source.",
            remedy="Name an activity that does, or declare at_source in registers/<register>.yaml.",
        )
        self.register, self.activity = register, activity


class OverAsking(Refusal):
    """Our own refusal, before anything is sent: the activity has no agreed purpose at this source."""

    def __init__(self, register: str, activity: str) -> None:
        super().__init__(
            code="over_asking",
            text_nl="Voor dit doel is met de bron niets afgesproken. Wij hebben niets gevraagd.",
            text_en=f"No purpose was agreed with the source of {register} for {activity}; nothing was sent.",
            remedy="Agree the purpose (doelbinding) with the holder and name it under purposes in the sources file.",
        )
        self.register, self.activity = register, activity
