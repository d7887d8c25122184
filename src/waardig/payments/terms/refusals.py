"""What paying refuses: what happened, why, and what to do now."""

from __future__ import annotations

from collections.abc import Sequence

from waardig.kernel.errors import Refusal
from waardig.kernel.money import euros


class PaymentsNotSetUp(Refusal):
    """The municipality did not say how it pays."""

    def __init__(self) -> None:
        super().__init__(
            code="payments_not_set_up",
            text_nl="De gemeente gaf nog niet op van welke rekening zij betaalt.",
            text_en="No content folder has a payments.yaml, so there is no account to pay from.",
            remedy="Write payments.yaml in the municipality's content folder (docs/how-to/pay.md).",
        )


class OrderUnknown(Refusal):
    """No such payment order."""

    def __init__(self) -> None:
        super().__init__(
            code="order_unknown",
            text_nl="Deze betaling bestaat niet.",
            text_en="This payment order does not exist.",
            remedy="Open the order from the case or the list.",
        )


class ListUnknown(Refusal):
    """No such list."""

    def __init__(self) -> None:
        super().__init__(
            code="list_unknown",
            text_nl="Deze betaallijst bestaat niet.",
            text_en="This payment list does not exist.",
            remedy="See the lists: waardig payments list.",
        )


class OrderNotPossible(Refusal):
    """The order stands somewhere from where this step is not possible."""

    def __init__(self, number: str, state: str, step: str) -> None:
        super().__init__(
            code="order_not_possible",
            text_nl=f"Dit kan nu niet meer bij betaling {number}.",
            text_en=f"Payment order {number} is {state}; {step} is not possible from there.",
            remedy="Open the order again to see where it stands. What a released list pays cannot be stopped here.",
        )


class NothingToPay(Refusal):
    """There is no order to put in a list."""

    def __init__(self) -> None:
        super().__init__(
            code="nothing_to_pay",
            text_nl="Er staat nu geen betaling klaar.",
            text_en="No payment order is ready, so there is nothing to make a list of.",
            remedy="Look at what waits for a person: waardig payments list --orders.",
        )


class SameOfficial(Refusal):
    """Two people check a payment: who made the list, or decided something in it, does not release it."""

    def __init__(self, number: str, what: str) -> None:
        said = {"made": "maakte deze lijst zelf", "decided": "besliste zelf over een zaak in deze lijst"}[what]
        super().__init__(
            code="same_official",
            text_nl=f"U {said}. Een collega moet lijst {number} vrijgeven.",
            text_en=f"List {number} cannot be released by who {what} it or part of it: two people check.",
            remedy="Let a colleague with a payment mandate release the list.",
        )


class BeyondPaymentMandate(Refusal):
    """The municipality's decree gives this official no mandate for this step or amount."""

    def __init__(self, official: str, total_eurocent: int) -> None:
        super().__init__(
            code="beyond_payment_mandate",
            text_nl=f"U mag geen lijst van {euros(total_eurocent)} maken of vrijgeven.",
            text_en=f"The decree gives {official} no mandate to make or release a list of "
            f"{euros(total_eurocent, 'en')}.",
            remedy="Let a colleague do it, or make a smaller list (--most).",
        )


class ListChanged(Refusal):
    """What is released is not what was looked at."""

    def __init__(self, number: str, orders: Sequence[str]) -> None:
        self.orders = tuple(orders)
        which = f" ({', '.join(self.orders)})" if orders else ""
        super().__init__(
            code="list_changed",
            text_nl=f"Lijst {number} is veranderd{which}. Bekijk de lijst opnieuw.",
            text_en=f"List {number} is not what was checked any more{which}: an order, a name or an account changed.",
            remedy="Open the list again. Withdraw it and make a new one when an account changed.",
        )


class NotReleased(Refusal):
    """Only a released list is exported."""

    def __init__(self, number: str, state: str) -> None:
        super().__init__(
            code="list_not_released",
            text_nl=f"Lijst {number} is nog niet vrijgegeven.",
            text_en=f"List {number} is {state}; only a released list is exported, and only a draft is released.",
            remedy="Let a second official release it first: waardig payments release.",
        )


class ExportDiffers(Refusal):
    """The same list would give other bytes than before: that must never reach a bank."""

    def __init__(self, number: str, form: str) -> None:
        super().__init__(
            code="export_differs",
            text_nl=f"Het bestand van lijst {number} is anders dan de vorige keer. Wij geven het niet.",
            text_en=f"The {form} file of list {number} differs from the one exported before; it is not given.",
            remedy="Use the file of then. If it is lost, look for the cause (another version, other content) first.",
        )


class AccountInvalid(Refusal):
    """No account number that a bank knows."""

    def __init__(self) -> None:
        super().__init__(
            code="account_invalid",
            text_nl="Dit is geen goed rekeningnummer (IBAN).",
            text_en="This is not a valid account number (IBAN, ISO 13616: modulus 97).",
            remedy="Type the number as it stands on the bank card.",
        )


class ReturnFileRefused(Refusal):
    """A file of the bank or the package that cannot be read at all; nothing of it was taken in."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            code="return_file_refused",
            text_nl="Dit bestand is niet te lezen. Er is niets verwerkt.",
            text_en=f"The file cannot be read, and nothing of it was taken in: {reason}.",
            remedy="Ask the sender for the file again, as pain.002 (XML) or the package's CSV.",
        )
