"""What a bank's reason means in plain words, and whether another account is needed.

Source: ISO 20022 external code set ExternalStatusReason1Code, as the EPC rulebook for SEPA credit transfers uses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waardig.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class Meaning:
    """Plain words for staff, and whether the resident has to name another account."""

    words: Bilingual
    other_account: bool


_ACCOUNT: Mapping[str, Bilingual] = {
    "AC01": Bilingual("het rekeningnummer klopt niet", "the account number is not right"),
    "AC04": Bilingual("de rekening is opgeheven", "the account was closed"),
    "AC06": Bilingual("op deze rekening kan nu niets binnenkomen", "nothing can come in on this account now"),
    "AG01": Bilingual("deze soort rekening mag dit niet ontvangen", "this type of account may not receive this"),
    "BE04": Bilingual("het adres van de ontvanger ontbreekt", "the address of the receiver is missing"),
    "MD07": Bilingual("de bank meldt dat de ontvanger is overleden", "the bank reports that the receiver has died"),
    "RC01": Bilingual("de code van de bank klopt niet", "the code of the bank is not right"),
}
_OURS: Mapping[str, Bilingual] = {
    "AM04": Bilingual(
        "er stond te weinig op de rekening van de gemeente", "the municipality's account held too little"
    ),
    "AM05": Bilingual("de bank ziet deze betaling als dubbel", "the bank sees this payment as a double"),
    "DT01": Bilingual("de datum klopt niet", "the date is not right"),
    "FF01": Bilingual("het bestand klopt niet", "the file is not right"),
    "MS02": Bilingual(
        "de ontvanger of de bank weigert zonder reden", "the receiver or the bank refuses without a reason"
    ),
    "MS03": Bilingual("de bank geeft geen reden", "the bank gives no reason"),
    "NARR": Bilingual("de bank geeft een reden in eigen woorden", "the bank gives a reason in its own words"),
}
UNKNOWN = Bilingual("de bank geeft een reden die wij niet kennen", "the bank gives a reason that we do not know")
NO_OTHER_ACCOUNT = ("BE04", "MD07")


def meaning(code: str) -> Meaning:
    """What a reason code means.

    Example:
        >>> meaning("AC04").other_account, meaning("AM04").other_account
        (True, False)
    """
    words = _ACCOUNT.get(code) or _OURS.get(code) or UNKNOWN
    return Meaning(words, code in _ACCOUNT and code not in NO_OTHER_ACCOUNT)
