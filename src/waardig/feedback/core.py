"""Pure decisions: which texts can be asked about and whose they are; whether a text points at one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from waardig.feedback.terms import PageName, Personal, Reader, Topic, TopicKind
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.bsn import is_bsn

MESSAGE = "bericht"
_EMAIL = re.compile(r"[^\s@]+\s?@\s?[^\s@]+\.[^\s@]+")
_IBAN = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_CASE = r"\b{}\b[-\w]{{0,4}}?[\s-]?\d{{4}}[\s-]?\d{{2,}}"
_DATE = re.compile(r"(?<!\d)\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}(?!\d)")
_AMOUNT = re.compile(r"(?<![\d.])\d{1,3}\.\d{3}(?:,\d{2})?(?!\d|\.\d)")
_NUMBER = re.compile(r"(?<!\d)\+?\d(?:[ .\-/()]{0,2}\d){7,40}(?!\d)")


def personal_in(text: str, case_prefix: str = "") -> Personal | None:
    """What in a text points at one person: a citizen service number, account, e-mail address, phone or case number.

    Dates are no numbers. What a name or a story tells, no shape can show: the form asks not to write it.

    Args:
        case_prefix: with which this municipality begins its case numbers.

    Example:
        >>> personal_in("Mijn nummer is 9999.93.653."), personal_in("Het bedrag op 28-04-2025 was 1.406 euro.")
        (<Personal.BSN: 'bsn'>, None)
    """
    if _EMAIL.search(text):
        return Personal.EMAIL
    if case_prefix and re.search(_CASE.format(re.escape(case_prefix)), text, re.IGNORECASE):
        return Personal.CASE
    if any(_is_account(found[0]) for found in _IBAN.finditer(text)):
        return Personal.ACCOUNT
    for found in _NUMBER.finditer(_AMOUNT.sub(" | ", _DATE.sub(" | ", text))):
        for digits in _numbers(found[0]):
            if is_bsn(digits) or (len(digits) == 8 and digits in found[0] and is_bsn(f"0{digits}")):
                return Personal.BSN
            if _is_phone(digits):
                return Personal.PHONE
    return None


def _numbers(text: str) -> list[str]:
    """Every number that groups of digits side by side can be read as: "2025 06 00 00 01 23" holds 0600000123."""
    groups = re.findall(r"\+?\d+", text)
    return ["".join(groups[i:j]) for i in range(len(groups)) for j in range(i + 1, len(groups) + 1)]


def _is_account(text: str) -> bool:
    """ISO 13616: the check digits fit (modulo 97)."""
    plain = re.sub(r"\s", "", text).upper()
    moved = plain[4:] + plain[:4]
    return len(plain) >= 15 and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def _is_phone(digits: str) -> bool:
    """Ten digits from 0, or an international number with + or 00."""
    if digits.startswith(("+", "00")):
        return len(digits) >= 10
    return len(digits) == 10 and digits.startswith("0")


def key_of_message(template: str) -> str:
    """The key of a message template, given as the message box writes it.

    Example:
        >>> key_of_message("individuele_inkomenstoeslag/proposal")
        'bericht.individuele_inkomenstoeslag.proposal'
    """
    return ".".join((MESSAGE, *template.split("/")))


def key_of_page(page: str, service: str = "") -> str:
    """The key of a page, given as "face.name"; of a service where its text is another one for each.

    Example:
        >>> key_of_page("portal.home"), key_of_page("portal.why", "meedoenregeling")
        ('portal.home', 'portal.why.meedoenregeling')
    """
    return f"{page}.{service}" if service else page


def topics(
    pages: Mapping[str, PageName],
    teams: Mapping[str, tuple[Bilingual, str]],
    messages: Mapping[str, Bilingual],
) -> dict[str, Topic]:
    """Every text that can be asked about: a closed list.

    Args:
        pages: by "face.name". teams: of each service its name and its team. messages: subject by "folder/template".
    """
    found = [Topic(key, TopicKind.PAGE, page.name, "") for key, page in pages.items()]
    for page, known in pages.items():
        for service, (name, team) in teams.items() if known.by_service else ():
            both = Bilingual(f"{known.name.nl}: {name.nl}", f"{known.name.en}: {name.en}")
            found.append(Topic(key_of_page(page, service), TopicKind.PAGE, both, team))
    for template, subject in messages.items():
        _, team = teams.get(template.partition("/")[0], (None, ""))
        found.append(Topic(key_of_message(template), TopicKind.MESSAGE, subject, team, template))
    return {topic.key: topic for topic in found}


def gone_topic(key: str) -> Topic:
    """A page or template that was taken away after somebody reacted to it: its key is all that is left of its name."""
    kind = TopicKind.MESSAGE if key.startswith(f"{MESSAGE}.") else TopicKind.PAGE
    return Topic(key, kind, Bilingual(f"Bestaat niet meer: {key}", f"No longer there: {key}"), "")


def is_author(reader: Reader, topic: Topic) -> bool:
    """Whether this employee may read what was said about a text: its team, and who makes policy all of it."""
    return reader.policy or (bool(topic.team) and topic.team == reader.team)


def read_by(reader: Reader, known: Iterable[Topic]) -> tuple[Topic, ...]:
    """The texts of which this employee may read the reactions."""
    return tuple(topic for topic in known if is_author(reader, topic))
