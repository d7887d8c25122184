"""The form of an official that forwards an objection to the body that decides on it (Awb 6:15)."""

from __future__ import annotations

from collections.abc import Mapping

from waardig.cases.terms.objections import Forwarding
from waardig.screens.file_forms import line, text, too_long
from waardig.screens.pages.files import AskForm
from waardig.screens.pages.forms import FieldError
from waardig.screens.pages.words import Words

Typed = Mapping[str, str]
Wrong = Mapping[str, FieldError]


def forward_form(action: str, typed: Typed, wrong: Wrong) -> AskForm:
    """To whom, where, and why; the papers go by hand."""
    lead = Words(
        "Beslist een andere instantie hierop? Stuur de stukken door en leg het hier vast (Awb 6:15).",
        "Does another body decide on this? Send the papers on and record it here (Awb 6:15).",
    )
    own = Words("In eigen woorden. Dit komt in het bericht.", "In your own words. This is sent.")
    fields = (
        line("body", Words("Naar welke instantie?", "To which body?"), typed, wrong),
        line("body_address", Words("Adres van die instantie", "Address of that body"), typed, wrong),
        text("forward_why", Words("Waarom hoort het daar?", "Why does it belong there?"), typed, wrong, own),
    )
    title, button = (
        Words("Doorsturen", "Forwarding"),
        Words("Leg vast dat ik dit doorstuurde", "Record that I sent it on"),
    )
    return AskForm(action, "forward", title, lead, fields, button, True)


def read_forwarding(typed: Typed) -> tuple[Forwarding, dict[str, FieldError]]:
    """To whom an objection goes as typed, and what was too long."""
    names = ("body", "body_address", "forward_why")
    body, address, why = (typed.get(name, "").strip() for name in names)
    wrong = too_long(names, typed)
    if len(address) > 200:
        wrong["body_address"] = FieldError.BODY_EMPTY
    return Forwarding(body, address, why), wrong
