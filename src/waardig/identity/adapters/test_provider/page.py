"""The page of the test provider: choose who you are. Dutch with English beside it, no script, works with a keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from waardig.identity.adapters.test_provider.tokens import Fault
from waardig.identity.terms import Kind, Level, Persona

_LEVELS = {Level.LOW: "laag", Level.SUBSTANTIAL: "substantieel", Level.HIGH: "hoog"}
_FAULTS = {
    Fault.NONE: "niets, het inloggen lukt",
    Fault.LOWER_LEVEL: "een te laag niveau",
    Fault.UNKNOWN_LEVEL: "een onbekend niveau",
    Fault.WRONG_AUDIENCE: "bedoeld voor een ander",
    Fault.WRONG_ISSUER: "van een andere uitgever",
    Fault.WRONG_NONCE: "van een andere poging",
    Fault.EXPIRED: "verlopen",
    Fault.FROM_THE_FUTURE: "uit de toekomst",
    Fault.UNSIGNED: "niet ondertekend",
    Fault.OTHER_KEY: "ondertekend met een andere sleutel",
    Fault.HMAC_WITH_PUBLIC_KEY: "ondertekend met de openbare sleutel",
    Fault.REPRESENTS_SOMEONE: "namens iemand anders",
    Fault.REPRESENTS_NOBODY: "namens niemand",
}
_STYLE = """
*{box-sizing:border-box}body{margin:0;background:#faf6ee;color:#1d2b33;
font:1.125rem/1.5 "Source Sans 3",system-ui,sans-serif}
.trial{background:#fdf3dd;border-block-end:1px solid #c07f12;color:#1d2b33;padding:.75rem 1rem}
.trial>p,main{max-inline-size:44rem;margin-inline:auto}.trial>p{margin-block:0}main{padding:1.5rem 1rem 4rem}
h1{font-size:1.875rem;line-height:1.2;margin:0 0 .75rem}h2{font-size:1.25rem;line-height:1.3;margin:0}
li,details{background:#fff;border:1px solid #d9d2c5;border-radius:10px;padding:1.25rem;margin-block:0 .75rem}
ul{list-style:none;padding:0;margin:1.5rem 0}p{margin:.25rem 0;overflow-wrap:break-word}
.soft{color:#4f5d66;font-size:1rem}
button{font:inherit;font-weight:700;min-block-size:3.5rem;padding:.5rem 1.25rem;border-radius:8px;
border:2px solid #0c5468;background:#0c5468;color:#fff;margin-block-start:.75rem;inline-size:100%;max-inline-size:22rem}
button.plain{background:#fff;color:#0c5468}select{font:inherit;min-block-size:2.75rem;max-inline-size:100%;background:#fff;
color:#1d2b33;border:2px solid #7d776a;border-radius:8px;padding:.25rem .5rem}summary{min-block-size:2.75rem}
:focus-visible{outline:3px solid #11181c;box-shadow:0 0 0 6px #ffd83d;outline-offset:0}
label{display:block;margin-block:.5rem}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action *"
_KEPT = ("client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge")


def chooser(personas: Iterable[Persona], query: Mapping[str, str], issuer: str, place: str) -> str:
    """The page with one button a persona. Every value of the request is escaped and sent back as a hidden field."""
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(query.get(name, ""))}">'
        for name in (*_KEPT, "code_challenge_method")
    )
    faults = "".join(f'<option value="{fault.value}">{escape(words)}</option>' for fault, words in _FAULTS.items())
    return _frame(
        f"""<h1>Kies wie u bent</h1>
<p>Kijk hoe het werkt door de ogen van iemand anders. In het echt logt u hier in met DigiD, eHerkenning of de inlog van
uw werk.</p><p class="soft" lang="en">Choose who you are. In real life you would sign in with DigiD, eHerkenning or your
work account.</p>
<form method="post" action="{escape(issuer)}/authorize">{kept}
<ul>{"".join(map(_card, personas))}</ul>
<button class="plain" name="stop" value="1">Stop met inloggen</button>
<details><summary>Voor testers: laat het inloggen mislukken</summary>
<label for="fault">Wat moet er mis zijn aan het bewijs?</label>
<select id="fault" name="fault">{faults}</select></details></form>""",
        place,
    )


def refusal(sentence: str, place: str) -> str:
    """A page that only says something; nobody is sent anywhere."""
    return _frame(f"<h1>{escape(sentence)}</h1><p>Ga terug naar de site waar u vandaan kwam.</p>", place)


def _card(persona: Persona) -> str:
    age = f", {persona.age} jaar" if persona.age is not None else ""
    return f"""<li><h2>{escape(persona.name)}{age}</h2><p>{escape(persona.line)}</p>
<p class="soft">{escape(_level(persona))}</p>
<button name="persona" value="{escape(persona.id)}">Log in als {escape(persona.first_name)}</button></li>"""


def _level(persona: Persona) -> str:
    if persona.kind is Kind.EMPLOYEE:
        return "Medewerker"
    if persona.kind is Kind.ORGANISATION:
        return f"Beroepsmatig vertegenwoordiger, {persona.organisation}"
    return f"Inwoner, niveau {_LEVELS[persona.level]}"


def _frame(content: str, place: str) -> str:
    where = f" van {escape(place)}" if place else ""
    return f"""<!doctype html><html lang="nl"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>Kies wie u bent - proef-inlog{where}</title><style>{_STYLE}</style></head><body>
<aside class="trial" aria-label="Dit is een proef"><p><strong>Dit is een proef.</strong> De gemeente en alle mensen zijn
verzonnen. Niets is echt.</p></aside><main>{content}</main></body></html>"""
