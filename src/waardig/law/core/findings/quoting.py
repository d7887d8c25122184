"""How the text that a law file quotes stands to the text of the statute."""

from __future__ import annotations

from waardig.law.core.findings.text import Remedy, Text

QUOTING: dict[str, Text] = {
    "not_in_statute": Text(
        "{file} has no article {article}",
        "{file} heeft geen artikel {article}",
        Remedy(
            "Correct the number, or name the text in which the article stands.",
            "Verbeter het nummer, of noem de tekst waarin het artikel staat.",
        ),
    ),
    "quotes_nothing": Text(
        "the law file quotes no text",
        "het wetsbestand geeft geen tekst",
        Remedy("Copy the words of the statute: {place}.", "Neem de woorden van de wet over: {place}."),
    ),
    "other_version": Text(
        "quotes the text of {own}, the statute is that of {version}",
        "geeft de tekst van {own}, de wettekst is die van {version}",
        Remedy(
            "Compare with the text of {own}, or quote {place} and date it: text_version.",
            "Vergelijk met de tekst van {own}, of neem {place} over en dateer die: text_version.",
        ),
    ),
    "other_words": Text(
        "other words in {places}",
        "andere woorden op {places}",
        Remedy(
            "Copy the words of the statute: {place}. Your own explanation belongs in legal_basis.explanation.",
            "Neem de woorden van de wet over: {place}. Uw eigen uitleg hoort in legal_basis.explanation.",
        ),
    ),
    "words_left_out": Text(
        "words left out in {places}",
        "woorden weggelaten op {places}",
        Remedy(
            "Copy the words of the statute ({place}), or write (...) where words are left out.",
            "Neem de woorden van de wet over ({place}), of schrijf (...) waar woorden zijn weggelaten.",
        ),
    ),
    "paragraph_not_cited": Text(
        "'{name}' rests on article {article}, which has paragraphs, and does not say on which",
        "'{name}' berust op artikel {article}, dat leden heeft, en zegt niet op welk lid",
        Remedy(
            "Name the paragraph under legal_basis: paragraph, one of {numbers}.",
            "Noem het lid onder legal_basis: paragraph, een van {numbers}.",
        ),
    ),
    "paragraph_unknown": Text(
        "'{name}' rests on paragraph {given} of article {article}, and the text here has no such paragraph",
        "'{name}' berust op lid {given} van artikel {article}, en de tekst hier heeft dat lid niet",
        Remedy(
            "Correct the paragraph under legal_basis (the text has {numbers}), or quote it.",
            "Verbeter het lid onder legal_basis (de tekst heeft {numbers}), of neem het over.",
        ),
    ),
}

PARTS: dict[str, Text] = {
    "word_for_word": Text("word for word", "woord voor woord gelijk"),
    "shows_left_out": Text("literal, and it shows what is left out", "letterlijk, en te zien is wat is weggelaten"),
    "one_place": Text("1 place", "1 plaats"),
    "places": Text("{count} places", "{count} plaatsen"),
    "instead": Text("{where}: {words} instead of {other}", "{where}: {words} in plaats van {other}"),
    "left_out": Text("{where}: {words}", "{where}: {words}"),
    "not_quoted": Text("{where}: not quoted: {words}", "{where}: niet overgenomen: {words}"),
    "after": Text('{part}, after "{before}"', '{part}, na "{before}"'),
    "at_start": Text("{part}, at the start", "{part}, aan het begin"),
    "paragraph": Text("paragraph {number}", "lid {number}"),
    "in_text": Text("text", "tekst"),
    "nothing": Text("nothing", "niets"),
    "shortened": Text('"{words} ..." ({count} words)', '"{words} ..." ({count} woorden)'),
    "in_full": Text('"{words}"', '"{words}"'),
}
