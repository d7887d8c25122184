"""The law room: how many months back a window goes (the reference period of the municipality's own regulation)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from waardig.catalogue.terms import Window
from waardig.kernel.content_file import ContentInvalid, ContentProblem
from waardig.law import queries as law


def months_from_law(book: law.LawBook, *, code: str, on: date) -> Callable[[Window], int]:
    """A function that evaluates a window's output for this municipality on this day.

    Raises:
        ContentInvalid: when called, if the output is no whole number of months.
    """

    def months(window: Window) -> int:
        outcome = law.evaluate(
            book, window.law, (window.output,), on=on, parameters={"gemeente_code": code}, facts={}
        ).outputs[window.output]
        if isinstance(outcome.value, bool) or not isinstance(outcome.value, int) or outcome.value < 1:
            message = (
                f"window: {window.law}.{window.output} gives {outcome.value!r} ({outcome.reason}) for {code} on {on}; "
                "let the regulation give a whole number of months"
            )
            raise ContentInvalid([ContentProblem("activities.yaml", 1, message)])
        return outcome.value

    return months
