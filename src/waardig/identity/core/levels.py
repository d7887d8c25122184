"""Levels of assurance as issuers write them in `acr`.

Sources: eIDAS SAML message format 3.2 (URIs); DigiD SAML levels; eHerkenning levels (urn:etoegang). DigiD Basis and
Midden count as low: the Wet digitale overheid knows low, substantial and high.
"""

from __future__ import annotations

from waardig.identity.terms import Level

EIDAS = {
    Level.LOW: "http://eidas.europa.eu/LoA/low",
    Level.SUBSTANTIAL: "http://eidas.europa.eu/LoA/substantial",
    Level.HIGH: "http://eidas.europa.eu/LoA/high",
}
_SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
_ETOEGANG = "urn:etoegang:core:assurance-class:"
_KNOWN = {uri: level for level, uri in EIDAS.items()} | {
    f"{_SAML}PasswordProtectedTransport": Level.LOW,
    f"{_SAML}MobileTwoFactorContract": Level.LOW,
    f"{_SAML}Smartcard": Level.SUBSTANTIAL,
    f"{_SAML}SmartcardPKI": Level.HIGH,
    f"{_ETOEGANG}loa2": Level.LOW,
    f"{_ETOEGANG}loa2plus": Level.LOW,
    f"{_ETOEGANG}loa3": Level.SUBSTANTIAL,
    f"{_ETOEGANG}loa4": Level.HIGH,
}


def level_of(acr: object) -> Level | None:
    """The level an `acr` stands for; None when the value is missing or unknown, which never suffices.

    Example:
        >>> level_of("urn:etoegang:core:assurance-class:loa3").name
        'SUBSTANTIAL'
        >>> level_of("hoog") is None
        True
    """
    return _KNOWN.get(acr) if isinstance(acr, str) else None


def acr_values(needed: Level) -> str:
    """What we ask of the issuer: the needed level and every higher one, in the order of preference (lowest first)."""
    return " ".join(EIDAS[level] for level in Level if level >= needed)
