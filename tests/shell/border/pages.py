"""Questions through the pages: every address there is, by everybody, with the ids, cookies and codes of the other."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client

from tests.identity.signing_in import a_resident, an_employee, an_office, signed_in_client
from tests.shell.border.asking import EMPLOYEES, ROLES, Got, Question, pick
from tests.shell.border.inventory import Inventory
from tools.reference_code import addresses
from waardig.identity.adapters.trial import open_trial
from waardig.identity.terms import SETUP

SERVICE = "individuele_inkomenstoeslag"
LEAVES = ("sign_out", "session_extend")  # these end the session of who asks
MEANT = {
    "berichten": "message",
    "zaken": "case",
    "meldingen": "case",
    "gegevens": "fact",
    "namens": "person",
    "reacties": "reaction",
}
Asker = tuple[int, Callable[[], Question]]


class Pages:
    """Makes questions to pages."""

    def __init__(self, foreign: Inventory, rng: random.Random, office: str) -> None:
        from waardig.cases.models import CaseParty

        setup, _ = open_trial(settings.BASE_URL, (), installation="test")
        SETUP.bind(setup)
        self.foreign, self.rng, self.office = foreign, rng, office
        self.people = sorted(CaseParty.objects.values_list("person", flat=True).distinct(), key=str)
        found = [(path, name) for path, name, _ in addresses()]
        self.paths = [path for path, name in found if not name.endswith(LEAVES)]
        self.with_ids = [path for path in self.paths if "<" in path]
        self._clients: dict[tuple[str, int], Client] = {}
        self._cookies, self._tokens = self._in_turn(), self._in_turn()

    def _in_turn(self) -> Iterator[dict[str, str]]:
        """The sessions of the other, each in turn: of an office there is one, and it is always among those asked."""
        return cycle(list(reversed(self.foreign.stolen["cookie"])))

    def kinds(self) -> dict[str, Asker]:
        """How often each kind is asked."""
        return {
            "page": (900, self.page), "form": (400, self.form), "cookie": (200, self.cookie),
            "token": (120, self.token), "code": (120, self.code),
        }  # fmt: skip

    def page(self) -> Question:
        """Any address as anybody, mostly one with an id in it."""
        path = self.rng.choice(self.with_ids if self.rng.random() < 0.5 else self.paths)
        who, place = self._somebody(path)
        path = "/" + self._fill(path, self.foreign.people[place])
        if self.rng.random() < 0.2:
            path += f"?zoek={pick(self.rng, self.foreign, 'number')}&bsn={pick(self.rng, self.foreign, 'bsn')}"
        return Question(who, path, lambda: _got(self._client(who, place).get(path)))

    def form(self) -> Question:
        """A form with what is the other's in its fields."""
        path = self.rng.choice(self.paths)
        who, place = self._somebody(path)
        subject = self.foreign.people[place]
        path = "/" + self._fill(path, subject)
        if who == "loket" and self.rng.random() < 0.6:
            path = "/balie/loket/"
        sent = {
            "bsn": pick(self.rng, self.foreign, "bsn", subject), "identified_by": "paspoort",
            "person": subject["person"][0], "case": pick(self.rng, self.foreign, "case", subject),
            "cases": [pick(self.rng, self.foreign, "case", subject)],
            "code": pick(self.rng, self.foreign, "code"), "number": pick(self.rng, self.foreign, "number"),
        }  # fmt: skip
        return Question(who, f"{path} {sent}", lambda: _got(self._client(who, place).post(path, sent, follow=True)))

    def cookie(self) -> Question:
        """A session of the other in the browser."""
        stolen = next(self._cookies)
        path = {"employee": "/balie/", "organisation": "/namens/"}.get(stolen["role"], "/berichten/")
        client = _at_home(Client())
        client.cookies[settings.SESSION_COOKIE_NAME] = stolen["cookie"]

        def ask() -> Got:
            response = client.get(path)
            away = response.status_code == 302 and "inloggen" in response["Location"]
            return Got(_text(response), opened=not away and response.status_code < 400)

        return Question(stolen["role"], path + stolen["cookie"], ask)

    def token(self) -> Question:
        """A form of one's own with the token of a form of the other, which must be refused."""
        stolen = next(self._tokens)
        place = self.rng.randrange(len(self.foreign.people))
        client = _at_home(Client(enforce_csrf_checks=True))
        client.cookies[settings.SESSION_COOKIE_NAME] = stolen["cookie"]
        if self.rng.random() < 0.5:
            own = self._client("resident", place).cookies[settings.SESSION_COOKIE_NAME].value
            client.cookies[settings.SESSION_COOKIE_NAME] = own

        def ask() -> Got:
            response = client.post("/taal/", {"csrfmiddlewaretoken": stolen["token"], "taal": "en", "language": "en"})
            return Got(_text(response), opened=response.status_code != 403)

        return Question(stolen["role"], stolen["token"] + stolen["cookie"], ask)

    def code(self) -> Question:
        """The code of a letter of the other; each from a browser of its own, so that guessing is not what stops it."""
        code = pick(self.rng, self.foreign, "code")
        place = ".".join(str(self.rng.randrange(1, 255)) for _ in range(4))

        def ask() -> Got:
            response = _at_home(Client(REMOTE_ADDR=place)).get(f"/antwoord/{code}/")
            return Got(_text(response), opened=response.status_code == 200)

        return Question("anonymous", f"/antwoord/{code}/", ask)

    def _somebody(self, path: str) -> tuple[str, int]:
        """Anybody; half of the time somebody for whom the page is meant, who comes furthest."""
        meant: tuple[str, ...] = ("resident", "resident", "organisation")
        if path.startswith("balie/"):
            meant = ("loket",) if "loket" in path else ("beslisser", "inkomensconsulent")
            meant = ("beleid",) if "reacties" in path else meant
        chosen = meant if self.rng.random() < 0.5 else ROLES
        return self.rng.choice(chosen), self.rng.randrange(len(self.foreign.people))

    def _client(self, who: str, place: int) -> Client:
        """The browser of somebody of here: of the same place in the list as whose things are asked."""
        number = place % len(self.people) if who == "resident" else 0
        if (who, number) not in self._clients:
            self._clients[who, number] = _at_home(self._sign_in(who, number))
        return self._clients[who, number]

    def _sign_in(self, who: str, number: int) -> Client:
        if who == "resident":
            return signed_in_client(a_resident(UUID(str(self.people[number]))))
        if who == "organisation":
            return signed_in_client(an_office(self.office))
        return signed_in_client(an_employee(who)) if who in EMPLOYEES else Client()

    def _fill(self, pattern: str, subject: dict[str, Any]) -> str:
        """The address with something of the other in every place."""

        def value(found: re.Match[str]) -> str:
            kind, name = found[1] or "str", found[2]
            if kind == "uuid":
                meant = next((one for part, one in MEANT.items() if part in pattern), "case")
                meant = "case" if name == "case" else meant
                any_of = self.rng.choice(("person", "case", "message", "document", "fact", "run", "ticket"))
                return str(pick(self.rng, self.foreign, meant if self.rng.random() < 0.8 else any_of, subject))
            if kind == "int":
                return str(self.rng.randrange(1, 100))
            if name == "code":
                return str(pick(self.rng, self.foreign, "code"))
            if name == "topic":
                return self.rng.choice((f"bericht.{SERVICE}.proposal", "portal.home"))
            return SERVICE if name == "service" else self.rng.choice(("household", "wealth", "iban", "note"))

        return re.sub(r"<(?:(\w+):)?(\w+)>", value, pattern)


def _at_home(client: Client) -> Client:
    """A browser that names the host of this municipality."""
    client.defaults["SERVER_NAME"] = settings.ALLOWED_HOSTS[0]
    return client


def _got(response: Any) -> Got:
    return Got(_text(response))


def _text(response: Any) -> str:
    """Everything that reaches a browser: status, headers, cookies and the body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    heads = " ".join(f"{name}: {value}" for name, value in response.items())
    return f"{response.status_code} {heads} {response.cookies.output()} {body.decode('utf-8', 'replace')}"
