"""Where the links of a shared page lead: the portal's own addresses, or the counter's for the same resident."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from waardig.screens.frames import address


@dataclass(frozen=True)
class Addresses:
    """The addresses of one face; `may_answer` is False where the resident's forms show but do not submit."""

    namespace: str
    prefix: str = ""
    may_answer: bool = True

    def _to(self, name: str, *arguments: object) -> str:
        return address(f"{self.namespace}:{self.prefix}{name}", *arguments)

    @property
    def home(self) -> str:
        """Overview."""
        return self._to("home")

    @property
    def messages(self) -> str:
        """List of messages."""
        return self._to("messages")

    @property
    def data(self) -> str:
        """My data."""
        return self._to("data")

    @property
    def data_on_paper(self) -> str:
        """A copy of everything held, to print or to keep."""
        return self._to("data_on_paper")

    @property
    def data_file(self) -> str:
        """The same copy for a program; who stands at the counter gets it at home."""
        return self._answering("data_file")

    @property
    def usage(self) -> str:
        """Who used my data."""
        return self._to("usage")

    @property
    def proofs(self) -> str:
        """One's own lines of the log as a file; who stands at the counter gets it at home."""
        return self._answering("usage_proofs")

    def message(self, message: UUID) -> str:
        """One message."""
        return self._to("message", message)

    def why(self, message: UUID) -> str:
        """Why: the steps behind a message."""
        return self._to("why", message)

    def answer(self, message: UUID) -> str:
        """Where yes and no are posted; where somebody looks along the question shows but leads nowhere."""
        return self._answering("answer", message) or "#keuze"

    def yes_but(self, message: UUID) -> str:
        """Yes, but something is wrong."""
        return self._answering("yes_but", message)

    def give_up(self, message: UUID) -> str:
        """Take an application back, or give up granted money."""
        return self._answering("give_up", message)

    def wrong(self, message: UUID) -> str:
        """Which value is wrong? (have it repaired first)."""
        return self._answering("wrong", message)

    def correct(self, fact: UUID) -> str:
        """Klopt dit niet? for one fact; at the counter the employee records it for the resident."""
        return self._to("correct", fact)

    def object_to(self, decision: UUID) -> str:
        """Objecting to a decision; at the counter the employee records it for the resident."""
        return self._to("object_to", decision)

    def objection(self, case: UUID) -> str:
        """The file of an objection."""
        return self._to("objection", case)

    def talk(self, case: UUID) -> str:
        """Where somebody asks for a talk about an objection, or gives it up."""
        return self._to("talk", case)

    def withdraw(self, case: UUID) -> str:
        """Withdrawing an objection."""
        return self._to("withdraw", case)

    def complete(self, case: UUID) -> str:
        """Adding to an objection."""
        return self._to("complete", case)

    def look_again(self, about: UUID) -> str:
        """Asking to look again at a case."""
        return self._to("look_again", about)

    def look(self, case: UUID) -> str:
        """The file of a second look."""
        return self._to("look", case)

    def turn(self, case: UUID) -> str:
        """Making an objection of a second look."""
        return self._to("turn", case)

    def late(self, about: UUID) -> str:
        """Our term for a case: when we are late, where to urge us."""
        return self._to("late", about)

    @property
    def opt_out(self) -> str:
        """Proposals on or off."""
        return self._answering("opt_out")

    @property
    def channels(self) -> str:
        """Digital or paper."""
        return self._answering("channels")

    @property
    def check(self) -> str:
        """Zelf nagaan: at the counter the employee does it together with the resident."""
        return address(f"{self.namespace}:check")

    @property
    def display(self) -> str:
        """Large letters and shielding."""
        return self._answering("display")

    def _answering(self, name: str, *arguments: object) -> str:
        return self._to(name, *arguments) if self.may_answer else ""


PORTAL = Addresses("portal")
COUNTER = Addresses("desk", "counter_", may_answer=False)
