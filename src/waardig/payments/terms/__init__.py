"""The words of payments (betalingen). Stdlib and kernel only.

An order (betaalopdracht) follows from a decision, once. It is paid through a list (beschikkingenlijst) that one
official makes and another releases. Nothing here holds an account number or a name: those stand behind the gate.
Source: Awb 4:85-4:92 (payment of sums under public law), 4:87 (within six weeks); Gemeentewet 212 (administrative
organisation).
"""

from waardig.payments.terms.refusals import (
    AccountInvalid,
    BeyondPaymentMandate,
    ExportDiffers,
    ListChanged,
    ListUnknown,
    NothingToPay,
    NotReleased,
    OrderNotPossible,
    OrderUnknown,
    PaymentsNotSetUp,
    ReturnFileRefused,
    SameOfficial,
)
from waardig.payments.terms.setup import Debtor, PackageForm, PaymentSetup
from waardig.payments.terms.words import (
    Doubt,
    EventKind,
    Line,
    LineOutcome,
    ListState,
    ListTotals,
    NewOrder,
    Order,
    OrderEvent,
    OrderKind,
    OrderState,
    PaymentList,
    ReturnedLine,
    ServiceSum,
    Verdict,
)

__all__ = [
    "AccountInvalid",
    "BeyondPaymentMandate",
    "Debtor",
    "Doubt",
    "EventKind",
    "ExportDiffers",
    "Line",
    "LineOutcome",
    "ListChanged",
    "ListState",
    "ListTotals",
    "ListUnknown",
    "NewOrder",
    "NotReleased",
    "NothingToPay",
    "Order",
    "OrderEvent",
    "OrderKind",
    "OrderNotPossible",
    "OrderState",
    "OrderUnknown",
    "PackageForm",
    "PaymentList",
    "PaymentSetup",
    "PaymentsNotSetUp",
    "ReturnFileRefused",
    "ReturnedLine",
    "SameOfficial",
    "ServiceSum",
    "Verdict",
]
