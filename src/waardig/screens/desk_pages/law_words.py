"""Words about laws at the desk: layer and region, period, kinds of values, what one law does with another."""

from __future__ import annotations

from datetime import date

from waardig.catalogue import queries as catalogue
from waardig.kernel.days import date_text
from waardig.law.queries import VersionInBook
from waardig.screens.pages.words import Words
from waardig.screens.playing.pages import LAYERS

MORE_LAYERS = {
    "GRONDWET": Words("Grondwet", "Constitution"),
    "UITVOERINGSBELEID": Words("bekendmaking van wie de wet uitvoert", "announcement of who carries out the law"),
    "PROVINCIALE_VERORDENING": Words("verordening van een provincie", "provincial regulation"),
    "WATERSCHAPS_VERORDENING": Words("verordening van een waterschap", "water board regulation"),
    "VERDRAG": Words("verdrag", "treaty"),
    "EU_VERORDENING": Words("verordening van de EU", "EU regulation"),
    "EU_RICHTLIJN": Words("richtlijn van de EU", "EU directive"),
}
KINDS = {
    "amount": Words("bedrag", "amount"),
    "number": Words("getal", "number"),
    "boolean": Words("ja of nee", "yes or no"),
    "string": Words("tekst", "text"),
    "date": Words("datum", "date"),
    "array": Words("rijtje", "list"),
    "object": Words("gegevens die bij elkaar horen", "values that belong together"),
}
UNITS = {
    "eurocent": Words("bedrag in euro", "amount in euros"),
    "euro": Words("bedrag in euro", "amount in euros"),
    "years": Words("aantal jaren", "number of years"),
    "months": Words("aantal maanden", "number of months"),
    "weeks": Words("aantal weken", "number of weeks"),
    "days": Words("aantal dagen", "number of days"),
    "percentage": Words("procent", "percentage"),
    "ratio": Words("een deel: 0,5 is de helft", "a share: 0.5 is half"),
}
TIES = {
    "uses": Words("gebruikt de uitkomst", "uses the outcome"),
    "fills": Words("vult in", "fills in"),
    "replaces": Words("gaat voor op", "takes the place of"),
    "fires": Words("werkt door in elk besluit van deze soort", "takes effect in each decision of this kind"),
}


def layer_words(layer: str) -> Words:
    """What kind of regulation this is."""
    plain = layer.lower().replace("_", " ") or "soort onbekend"
    return LAYERS.get(layer) or MORE_LAYERS.get(layer) or Words(plain, plain)


def place_words(scope: str) -> Words:
    """For which region a regulation holds; national law has no code."""
    if not scope:
        return Words("heel Nederland", "the whole of the Netherlands")
    here = catalogue.municipality()
    if scope == here.code:
        return Words(f"gemeente {here.name}", f"municipality of {here.name}")
    return Words(f"gemeente met code {scope}", f"municipality with code {scope}")


def kind_words(layer: str, scope: str) -> Words:
    """Layer and region in one."""
    kind, place = layer_words(layer), place_words(scope)
    return Words(f"{kind.nl}, {place.nl}", f"{kind.en}, {place.en}")


def value_words(type_: str, unit: str | None) -> Words:
    """What kind of value this is."""
    return UNITS.get(unit or "") or KINDS.get(type_) or Words("uitkomst", "outcome")


def period_words(version: VersionInBook, today: date) -> Words:
    """When a version holds, seen from today."""
    begins, ends = _day(version.valid_from), _day(version.until)
    if version.holds_on(today):
        until = (f" tot en met {ends[0]}", f" up to {ends[1]}") if ends else ("", "")
        since = (f" sinds {begins[0]}", f" since {begins[1]}") if begins else ("", "")
        return Words(f"geldt nu{since[0]}{until[0]}", f"in force now{since[1]}{until[1]}")
    if begins and version.valid_from > today.isoformat():
        return Words(f"geldt vanaf {begins[0]}", f"in force from {begins[1]}")
    if begins and ends:
        return Words(f"gold van {begins[0]} tot en met {ends[0]}", f"was in force from {begins[1]} to {ends[1]}")
    return Words("geldt niet meer", "no longer in force")


def _day(text: str) -> tuple[str, str] | None:
    day = date.fromisoformat(text) if text else None
    return (date_text(day, "nl"), date_text(day, "en")) if day else None


def tie_words(kind: str, what: str, article: str, *, from_outside: bool) -> Words:
    """What one article does with another."""
    does, name = TIES[kind], what.replace("_", " ").strip()
    name = name.lower() if name.isupper() else name
    if not from_outside or not article:
        return Words(f"{does.nl}: {name}", f"{does.en}: {name}")
    return Words(f"{does.nl}: {name} (artikel {article} hier)", f"{does.en}: {name} (article {article} here)")
