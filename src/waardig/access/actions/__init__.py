"""Writes of the room: asking the gate, opting out, deciding for others, and who those others are."""

from waardig.access.actions.asking import (
    ask,
    forget_opt_outs,
    forget_tickets,
    opt_in,
    opt_out,
    select_population,
    set_business_date,
    suspend_service,
    ticket_of_address,
    ticket_of_numbers,
)
from waardig.access.actions.callers import add_caller, end_caller
from waardig.access.actions.evaluating import evaluate, evaluate_many, forget_evaluations, replay
from waardig.access.actions.forwarding import collector, enqueue_lines, forward_lines, set_collector
from waardig.access.actions.reading import forget_readings, read_log
from waardig.access.queries import attributes_of

__all__ = [
    "add_caller",
    "ask",
    "attributes_of",
    "collector",
    "end_caller",
    "enqueue_lines",
    "evaluate",
    "evaluate_many",
    "forget_evaluations",
    "forget_opt_outs",
    "forget_readings",
    "forget_tickets",
    "forward_lines",
    "opt_in",
    "opt_out",
    "read_log",
    "replay",
    "select_population",
    "set_business_date",
    "set_collector",
    "suspend_service",
    "ticket_of_address",
    "ticket_of_numbers",
]
