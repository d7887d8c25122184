"""Findings in law files, in English and in plain Dutch, and the refusals that carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waardig.kernel.errors import Refusal


class Said(str):
    """A sentence in English that knows its kind, its Dutch, and what to do about it in both languages.

    Attributes:
        kind: a word that does not change; `core/findings` has the texts of each.
        nl: the same sentence in plain Dutch.
        remedy, remedy_nl: what to do; empty for a part of another sentence.
    """

    kind: str = ""
    nl: str = ""
    remedy: str = ""
    remedy_nl: str = ""


def in_dutch(text: str) -> str:
    """The Dutch of what knows it; other text as it stands."""
    return text.nl if isinstance(text, Said) else text


@dataclass(frozen=True)
class LawProblem:
    """One finding in a law file: `file:line: message`; a warning (not `error`) refuses nothing.

    Attributes:
        message, remedy: in English; message_nl, remedy_nl in plain Dutch.
        kind: what it is, in a word that does not change.
    """

    file: str
    line: int
    message: str
    remedy: str = ""
    error: bool = True
    kind: str = ""
    message_nl: str = ""
    remedy_nl: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"

    def dutch(self) -> str:
        """`file:line: message` in Dutch."""
        return f"{self.file}:{self.line}: {self.message_nl}"


class LawFileInvalid(Refusal):
    """A law file cannot be used."""

    def __init__(self, file: str, line: int, message: Said) -> None:
        self.file, self.line, self.message = file, line, message
        super().__init__(
            code="law_file_invalid",
            text_nl=f"{file}:{line}: dit wetsbestand klopt niet: {message.nl}",
            text_en=f"{file}:{line}: {message}",
            remedy="Correct the file and run `waardig law check` on it.",
        )


class LawsInvalid(Refusal):
    """One or more law files cannot be used; `problems` has every finding."""

    def __init__(self, problems: Sequence[LawProblem]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - 20
        shown_nl = "\n".join(problem.dutch() for problem in self.problems[:20])
        shown_en = "\n".join(str(problem) for problem in self.problems[:20])
        super().__init__(
            code="laws_invalid",
            text_nl=f"Wetsbestanden kloppen niet ({len(self.problems)}):\n{shown_nl}"
            + (f"\n... en nog {more}" if more > 0 else ""),
            text_en=f"Law files are not valid ({len(self.problems)} problems):\n{shown_en}"
            + (f"\n... and {more} more" if more > 0 else ""),
            remedy="Correct the files and run `waardig law check`.",
        )
