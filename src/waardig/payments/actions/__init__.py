"""Writes of the room: ordering, lists, release, export, what came back."""

from waardig.payments.actions.checking import cancel, give_account, pay_again
from waardig.payments.actions.exporting import Exported, export
from waardig.payments.actions.listing import MadeList, make_list, withdraw
from waardig.payments.actions.ordering import order
from waardig.payments.actions.releasing import release
from waardig.payments.actions.returning import Imported, take_in

__all__ = [
    "Exported",
    "Imported",
    "MadeList",
    "cancel",
    "export",
    "give_account",
    "make_list",
    "order",
    "pay_again",
    "release",
    "take_in",
    "withdraw",
]
