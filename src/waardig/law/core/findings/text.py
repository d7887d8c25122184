"""The form of a text of a finding, and the remedies that several kinds share."""

from __future__ import annotations

from typing import NamedTuple


class Remedy(NamedTuple):
    """What to do, in English and in Dutch."""

    en: str
    nl: str


class Text(NamedTuple):
    """A sentence in English and in Dutch with the same `{facts}`, and what to do; a part of one has no remedy."""

    en: str
    nl: str
    remedy: Remedy = Remedy("", "")


WRITTEN = Remedy(
    "Correct the text here; docs/how-to/write-a-law-file.md shows a whole file.",
    "Verbeter de tekst hier; docs/how-to/write-a-law-file.md laat een heel bestand zien.",
)
WRITTEN_OUT = Remedy(
    "Write the keys out here; an alias (*name) for a whole value is fine.",
    "Schrijf de sleutels hier uit; een verwijzing (*naam) naar een hele waarde mag wel.",
)
DATES = Remedy(
    "Write a day that exists as YYYY-MM-DD; valid_to is the last day that the law is in force.",
    "Schrijf een dag die bestaat als JJJJ-MM-DD; valid_to is de laatste dag dat de wet geldt.",
)
FORMAT = Remedy(
    "Write it as the format asks (regelrecht schema v0.5.6); docs/how-to/write-a-law-file.md shows a whole file.",
    "Schrijf het zoals het formaat het vraagt (regelrecht-schema v0.5.6); docs/how-to/write-a-law-file.md laat een "
    "heel bestand zien.",
)
FIT = Remedy(
    "Make both sides the same type and unit, or correct what is declared.",
    "Geef beide kanten hetzelfde type en dezelfde eenheid, of verbeter wat is opgegeven.",
)
DROP = Remedy(
    "Drop the branch, or correct the condition: `waardig law explain` shows which conditions are read.",
    "Haal de tak weg of verbeter de voorwaarde: `waardig law explain` laat zien welke voorwaarden worden gelezen.",
)
UNUSED = Remedy(
    "Use it, or leave it out; what nobody uses is not asked of people either.",
    "Gebruik het of laat het weg; wat niemand gebruikt, wordt ook niet aan mensen gevraagd.",
)
OVERRIDES = Remedy(
    "Correct law, article or output under `overrides`.", "Verbeter wet, artikel of uitkomst onder `overrides`."
)
IMPLEMENTS = Remedy("Correct law, article, term or layer.", "Verbeter wet, artikel, term of soort regeling.")
NAME = Remedy(
    "Correct the name, or declare it above as definition, input, parameter or earlier output of this article.",
    "Verbeter de naam, of geef hem hierboven op als definitie, gegeven, parameter of eerdere uitkomst van dit artikel.",
)
CIRCLE = Remedy(
    "Take one of these references away: a rule cannot need its own outcome.",
    "Haal een van deze verwijzingen weg: een regel kan zijn eigen uitkomst niet nodig hebben.",
)
CORRECT = Remedy(
    "Correct the law file: no facts about a person can make up for this.",
    "Verbeter het wetsbestand: geen enkel gegeven over iemand kan dit goedmaken.",
)
FILLED = Remedy(
    "Add the regulation that implements it, or give its scope (for example gemeente_code).",
    "Voeg de regeling toe die dit invult, of zeg voor welk gebied (bijvoorbeeld gemeente_code).",
)
SMALLER = Remedy(
    "Divide before multiplying, or use smaller units: more than 9,223,372,036,854,775,807 cannot be computed.",
    "Deel voordat u vermenigvuldigt, of gebruik kleinere eenheden: meer dan 9.223.372.036.854.775.807 kan niet worden "
    "uitgerekend.",
)
PROCEDURE = Remedy(
    "Correct the id, or define the procedure in the general law.",
    "Verbeter de id, of beschrijf de procedure in de algemene wet.",
)
STAGE = Remedy(
    "Correct the stage: a hook on it never fires.",
    "Verbeter de fase: wat hieraan hangt, komt anders nooit aan de beurt.",
)
STATUTE = Remedy(
    "Name the text that belongs to this law: --statute FILE, or text_file in the status file.",
    "Noem de tekst die bij deze wet hoort: --statute BESTAND, of text_file in het statusbestand.",
)
VERSIONS = Remedy("Give two files of the same law.", "Geef twee bestanden van dezelfde wet.")
