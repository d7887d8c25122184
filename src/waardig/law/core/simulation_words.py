"""The words of a simulation report, in plain Dutch (B1) and English."""

from __future__ import annotations

from waardig.kernel.money import euros
from waardig.law.core.counting import Amount
from waardig.law.core.simulation import Simulation, number

NL = {
    "note_attached": "Let op: '{name}' hoort bij de fase {stage} van een besluit. Hier is het voor iedereen "
    "berekend voor één dag, en niet voor de dag van die fase in elke rij.",
    "note_given": "Let op: '{name}' volgt in een procedure uit de fase {stage}. Een simulatie vraagt alleen het "
    "besluit. Zonder kolom met die naam is het voor niemand bekend.",
    "title": "Wat doet een andere regel?",
    "asked": "De vraag",
    "law": "Wet en uitkomst",
    "on": "Berekend alsof het is",
    "parameters": "Voor iedereen gelijk",
    "changes": "Dit is anders",
    "population": "Gerekend over",
    "rows": "rijen",
    "people": "Personen",
    "households": "Huishoudens",
    "all": "Iedereen",
    "result": "Uitkomst",
    "none": "kreeg niets, krijgt niets",
    "same": "evenveel",
    "more": "krijgt meer",
    "less": "krijgt minder",
    "gained": "krijgt er recht bij",
    "lost": "verliest het recht",
    "other": "een andere uitkomst",
    "unknown": "niet te zeggen",
    "number": "aantal",
    "entitled_before": "kreeg iets",
    "entitled_after": "krijgt iets",
    "changed": "bedrag verandert",
    "before": "samen was",
    "after": "samen wordt",
    "difference": "verschil",
    "mean": "gemiddeld verschil",
    "median": "middelste verschil",
    "group": "groep",
    "figure": "getal",
    "value": "waarde",
    "household_type": "Naar soort huishouden",
    "age": "Naar leeftijd",
    "income": "Naar inkomen, in tien gelijke groepen",
    "neighbourhood": "Naar wijk of buurt",
    "?": "niet bekend",
    "withheld": "niet getoond",
    "no_table": "Deze verdeling kan niet worden getoond. In elke vorm zou een getal over minder dan tien gaan.",
    "no_amounts": "Bedragen staan er niet bij: een van de groepen is daarvoor te klein.",
    "net": "Meer dan eerst of minder dan eerst",
    "sweep": "Wat elke waarde doet",
    "amounts": "De bedragen en getallen in de regels",
    "status": "status",
    "published": "gepubliceerd",
    "recomputed": "nagerekend",
    "derived": "afgeleid",
    "older_text": "uit een oudere tekst",
    "unverified": "niet nagekeken",
    "was": "was",
    "becomes": "wordt",
    "article": "artikel",
    "cite": "Zo verwijst u hiernaar",
    "command": "Opdracht",
    "version": "Versie van Waardig",
    "rules_before": "Regels voor",
    "rules_after": "Regels na",
    "file": "Bestand",
    "engine": "Gerekend met",
    "checked": "Stap voor stap nagerekend",
    "checked_told": "{sample} willekeurige rijen en {edges} grensgevallen, zonder verschil",
    "checked_all": "elke rij",
    "read": "Zo leest u dit",
    "explained": (
        "Een getal over minder dan tien staat er niet, en valt ook niet uit te rekenen uit andere getallen. "
        "Kleine groepen staan daarom samen in een rij of kolom. Bedragen gaan over wie voor en na bekend is. Het "
        "gemiddelde en het middelste verschil gaan over wie een ander bedrag krijgt. Bij inkomen staat wie "
        "evenveel heeft altijd in dezelfde groep; 01 is het laagst. Is het bestand hetzelfde, dan is dit verslag "
        "het ook, tot op de letter."
    ),
    "caution": (
        "Leg geen twee verslagen over dezelfde mensen naast elkaar: uit het verschil valt soms een kleine groep "
        "te halen."
    ),
    "meaning": (
        "Het verslag zegt wat de regels doen met dit bestand. Het zegt niet wat mensen daarna doen, of wie iets "
        "aanvraagt."
    ),
}  # fmt: skip
EN = {
    "note_attached": "Note: '{name}' is attached to stage {stage} of a decision. Here it is computed for everybody for "
    "one day, and not for the day of that stage in each row.",
    "note_given": "Note: in a procedure '{name}' follows from stage {stage}. A simulation asks the decision alone. "
    "Without a column of that name nobody knows it.",
    "title": "What does another rule do?",
    "asked": "The question",
    "law": "Law and output",
    "on": "Computed as if it is",
    "parameters": "The same for everybody",
    "changes": "What is changed",
    "population": "Computed over",
    "rows": "rows",
    "people": "People",
    "households": "Households",
    "all": "Everybody",
    "result": "Result",
    "none": "got nothing, gets nothing",
    "same": "the same",
    "more": "gets more",
    "less": "gets less",
    "gained": "newly entitled",
    "lost": "no longer entitled",
    "other": "another outcome",
    "unknown": "cannot be said",
    "number": "number",
    "entitled_before": "got something",
    "entitled_after": "gets something",
    "changed": "amount changes",
    "before": "together before",
    "after": "together after",
    "difference": "difference",
    "mean": "mean difference",
    "median": "median difference",
    "group": "group",
    "figure": "figure",
    "value": "value",
    "household_type": "By type of household",
    "age": "By age",
    "income": "By income, in ten equal groups",
    "neighbourhood": "By neighbourhood",
    "?": "not known",
    "withheld": "not shown",
    "no_table": "This division cannot be shown. In every form a figure would be about fewer than ten.",
    "no_amounts": "Amounts are left out: one of the groups is too small for them.",
    "net": "More than before or less than before",
    "sweep": "What each value does",
    "amounts": "The amounts and figures in the rules",
    "status": "status",
    "published": "published",
    "recomputed": "recomputed",
    "derived": "derived",
    "older_text": "from an older text",
    "unverified": "unverified",
    "was": "was",
    "becomes": "becomes",
    "article": "article",
    "cite": "How to refer to this",
    "command": "Command",
    "version": "Version of Waardig",
    "rules_before": "Rules before",
    "rules_after": "Rules after",
    "file": "File",
    "engine": "Computed with",
    "checked": "Computed again step by step",
    "checked_told": "{sample} random rows and {edges} edge cases, without a difference",
    "checked_all": "every row",
    "read": "How to read this",
    "explained": (
        "A figure about fewer than ten is not shown, and cannot be computed from the others. Small groups "
        "therefore stand together in a row or column. Amounts are about whoever is known before and after. The "
        "mean and median difference are about those whose amount changes. Equal incomes always stand in the same "
        "group; 01 is the lowest. The same file gives the same report, to the letter."
    ),
    "caution": "Do not lay two reports about the same people side by side: the difference may point at a small group.",
    "meaning": "The report says what the rules do with this file. It does not say what people do next, or who applies.",
}  # fmt: skip
WORDS = {"nl": NL, "en": EN}


def amount_told(value: Amount | None, unit: str | None, language: str, *, sign: bool = False) -> str:
    """An amount with its unit: euros where it is whole eurocents."""
    if value is None:
        return WORDS[language]["withheld"]
    plus = "+" if sign and value > 0 else ""
    if unit == "eurocent" and isinstance(value, int):
        return plus + euros(value, language)
    return f"{plus}{number(value)} {unit or ''}".rstrip()


def column_told(column: str, language: str) -> str:
    """A column of counts: its figures, with "or" between those that are told together."""
    words = WORDS[language]
    return (" of " if language == "nl" else " or ").join(words[name] for name in column.split("+"))


def group_told(groups: tuple[str, ...], language: str) -> str:
    """A row: the group, or the groups that are told together."""
    words = WORDS[language]
    if not groups:
        return words["all"]
    return " + ".join(words["?"] if group == "?" else group for group in groups)


def notes_told(found: Simulation, language: str) -> list[str]:
    """The notes of a simulation as sentences."""
    return [WORDS[language][f"note_{one.kind}"].format(name=one.name, stage=one.stage) for one in found.notes]
