"""Words of message templates: types of placeholders, a filled template, what can be wrong in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waardig.inbox.terms.blocks import Block, DataRow, Language


class PlaceholderType(StrEnum):
    """Type of a value that a template asks for, with the Python type that must be given."""

    TEXT = "text"  # str
    MONEY = "money"  # int, eurocent
    DATE = "date"  # date, shown as 23 mei 2025
    DAY = "day"  # date, shown as vrijdag 23 mei 2025
    NUMBER = "number"  # int
    PHONE = "phone"  # str
    WEB = "web"  # str
    CASE = "case"  # str, a case number
    FLAG = "flag"  # bool
    LIST = "list"  # sequence of str
    ROWS = "rows"  # sequence of DataRow


Value = str | int | bool | date | tuple[str, ...] | tuple[DataRow, ...]


@dataclass(frozen=True)
class Filled:
    """A template with its values: neutral subject, type of message, language and blocks; template its folder and name
    ("meedoenregeling/proposal")."""

    subject: str
    message_type: str
    language: Language
    blocks: tuple[Block, ...]
    template: str = ""


@dataclass(frozen=True)
class TemplateProblem:
    """Something wrong in a message template."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"
