"""Somebody who goes through a check in a browser without script: every form leads to the address of the next page."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

SINGLE = {
    "Wanneer bent u geboren?": "8-11-1984",
    "Hebt u een Nederlandse zorgverzekering?": "yes",
    "Hebt u het hele jaar dezelfde toeslagpartner?": "no",
    "Hoe hoog is uw inkomen in heel 2025?": "30.000",
    "Hoeveel spaargeld en beleggingen had u op 1 januari 2025?": "12.500,00",
}


def words_of(response: Any) -> str:
    """The text of a page without marks, one space between words."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").split())
    return re.sub(r" ([?.,:!])", r"\1", words)


def state_of(response: Any) -> str:
    """The sealed state in the page."""
    found = re.search(r'name="state" value="([^"]+)"', response.content.decode())
    assert found, words_of(response)[:300]
    return found[1]


def heading_of(response: Any) -> str:
    """The h1 of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), flags=re.DOTALL)
    assert found
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", found[1])).replace("\u00a0", " ").split())


class Visitor:
    """Somebody with a browser."""

    def __init__(self, check: str = "zorgtoeslag", client: Client | None = None, at: str = "/nagaan/") -> None:
        self.client, self.address = client or Client(), f"{at}{check}/"
        self.page: Any = None
        self.asked: list[str] = []

    def begin(self, how: str = "empty") -> Visitor:
        """Press the button of the first page."""
        self.page = self.client.post(self.address, {"begin": how}, follow=True)
        return self

    def post(self, **fields: str) -> Any:
        """Press a button of the page."""
        self.page = self.client.post(self.address, {"state": state_of(self.page), **fields}, follow=True)
        return self.page

    def answer(self, text: str) -> Any:
        """Answer the question."""
        return self.post(answering="1", answer=text)

    def through(self, answers: Mapping[str, str]) -> Any:
        """Answer every question until the outcome; "?" is "Ik weet het niet", "-" is "nooit"."""
        while 'id="vraag"' in self.page.content.decode():
            question = heading_of(self.page)
            self.asked.append(question)
            said = answers[question]
            special = {"?": {"unknown": "1"}, "-": {"never": "1"}}.get(said)
            if special:
                self.post(answering="1", answer="", **special)
            else:
                self.answer(said)
        return self.page
