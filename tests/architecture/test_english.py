"""Which messages are in Dutch only, and why: named here, so that a new one cannot be so by accident.

A message is Dutch only because an official's own words stand in it, which no computer translates, or because its reader
is an administrator, who reads Dutch. Source: decision 0074, parts 6 and 9; Awb 2:6.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from waardig.inbox.queries.templates import parsed
from waardig.inbox.terms import PlaceholderType
from waardig.kernel.content import LIBRARY

PACKAGE = LIBRARY.parent
OWN_WORDS = {
    "correction_answer": "explanation",  # what was found about the value
    "decision_grant": "reasons",  # when an official decided it; a confirmed one has no words of their own
    "decision_other": "reasons",
    "decision_refuse": "reasons",
    "decision_unasked": "reasons",  # as decision_grant
    "objection_decision": "reasons",
    "objection_forwarded": "reasons",  # why another body decides
    "objection_postponed": "reasons",  # why we need more time
    "objection_report": "report",  # of the hearing
    "penalty_decision": "reasons",  # how the amount was found
    "proposal_instead": "reasons",  # why not granted without an application
    "question_answer": "answer",
    "second_look_answer": "reasons",
}
"""Template and the placeholder in which the official's own words stand."""
FOR_ADMINISTRATORS = {"proposal_administrator", "grant_announcement_administrator"}
DOORS = {"send": "cases/actions/messages.py", "write": "contact/actions.py"}
"""What sends one message by the name of its template (second argument), with the module that defines it."""


@dataclass(frozen=True)
class Sent:
    """A place that sends: the templates it may send, and whether their English is given: always, sometimes or never."""

    place: str
    templates: frozenset[str]
    english: str


def sent_in(source: str, place: str) -> Iterator[Sent]:
    """Every place in a module that sends a message by the name of its template."""
    module = ast.parse(source)
    texts = {
        target.id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    functions = {node.name: node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
    doors = {name for name in DOORS if f"import {name}" in source or f", {name}" in source or DOORS[name] in place}
    for function in functions.values():
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in doors:
                names = frozenset(_names(call.args[1], texts, functions))
                yield Sent(f"{place}:{call.lineno}", names, _english(call, function))


def _names(said: ast.expr, texts: dict[str, str], functions: dict[str, ast.FunctionDef]) -> Iterator[str]:
    if isinstance(said, ast.Constant):
        yield str(said.value)
    elif isinstance(said, ast.Name) and said.id in texts:
        yield texts[said.id]
    elif isinstance(said, ast.IfExp):
        yield from _names(said.body, texts, functions)
        yield from _names(said.orelse, texts, functions)
    elif isinstance(said, ast.Call) and isinstance(said.func, ast.Name) and said.func.id in functions:
        for node in ast.walk(functions[said.func.id]):
            if isinstance(node, ast.Return) and node.value is not None:
                yield from _names(node.value, texts, functions)


def _english(call: ast.Call, function: ast.FunctionDef) -> str:
    given = next((word.value for word in call.keywords if word.arg == "english"), ast.Constant(None))
    if isinstance(given, ast.Name):
        given = next((value for name, value in _set_in(function) if name == given.id), given)
    if isinstance(given, ast.IfExp):
        return "sometimes"
    return "never" if isinstance(given, ast.Constant) and given.value is None else "always"


def _set_in(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node.value
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
                yield from ((one.id, value) for one, value in pairs if isinstance(one, ast.Name))


def without_english(root: Path) -> set[str]:
    """Templates of a content folder that have no English file beside them."""
    dutch = root.glob("services/*/messages/*.nl.md")
    return {one.name.removesuffix(".nl.md") for one in dutch if not one.with_name(one.name[:-5] + "en.md").is_file()}


SENT = [one for path in sorted(PACKAGE.rglob("*.py")) for one in sent_in(path.read_text(), str(path))]


def test_every_message_that_is_sent_without_english_is_named_with_its_reason() -> None:
    silent = {name for one in SENT if one.english != "always" for name in one.templates}

    assert silent == set(OWN_WORDS), "give its English, or name it here with the words that nobody can translate"


def test_no_message_is_sent_without_english_under_a_name_that_cannot_be_read_here() -> None:
    assert [one.place for one in SENT if not one.templates and one.english != "always"] == []
    assert len(SENT) >= 20


@pytest.mark.parametrize("name", OWN_WORDS)
def test_what_is_dutch_only_holds_the_words_of_an_official(name: str) -> None:
    files = list(LIBRARY.glob(f"services/*/messages/{name}.nl.md"))

    assert files
    for file in files:
        template = parsed(file, file.stat().st_mtime_ns)
        assert template.placeholders[OWN_WORDS[name]] is PlaceholderType.LIST
        assert f"{{{OWN_WORDS[name]}}}" in file.read_text()


def test_every_new_message_says_whether_it_has_english() -> None:
    calls = [
        (path.name, call)
        for path in PACKAGE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "NewMessage"
    ]

    assert calls
    assert [name for name, call in calls if "english" not in {word.arg for word in call.keywords}] == []


def test_every_template_has_english_or_is_named_and_only_an_administrator_has_a_text_of_their_own() -> None:
    texts = {one.name.removesuffix(".nl.md") for one in LIBRARY.glob("services/*/messages/*.nl.md")}

    assert without_english(LIBRARY) <= set(OWN_WORDS) | FOR_ADMINISTRATORS
    assert {name for name in texts if name.endswith("_administrator")} == FOR_ADMINISTRATORS


def test_a_new_message_without_english_is_found(tmp_path: Path) -> None:
    """The rule itself can fail: a call without English, one that has it sometimes, and a file without the other."""
    source = (
        "from waardig.cases.actions.messages import send\n"
        "NEW = 'new_letter'\n"
        "def tell(case, words):\n"
        "    send(case, NEW, {}, key='a')\n"
        "    english = {} if words else None\n"
        "    send(case, 'other_letter', {}, key='b', english=english)\n"
        "    send(case, 'third_letter', {}, key='c', english={})\n"
        "    send(case, words, {}, key='d')\n"
    )
    (tmp_path / "services/one/messages").mkdir(parents=True)
    (tmp_path / "services/one/messages/new_letter.nl.md").write_text("")

    found = [(set(one.templates), one.english) for one in sent_in(source, "new.py")]

    assert found == [
        ({"new_letter"}, "never"), ({"other_letter"}, "sometimes"), ({"third_letter"}, "always"), (set(), "never"),
    ]  # fmt: skip
    assert without_english(tmp_path) == {"new_letter"}
