"""What a view, job or command declares, what counts while it runs, and what counts outside any."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context

import pytest

from waardig.kernel import declared
from waardig.kernel.declared import (
    OF_CHECKS,
    ActivityNotDeclared,
    Role,
    carried,
    declaring,
    is_declared,
    reads,
    require,
    service_role,
    uses,
    uses_of,
    within,
)

NAME = frozenset({"brp.naam"})


@pytest.fixture
def roles() -> Iterator[dict[Role, frozenset[str]]]:
    """What each role stands for, and how often that was looked up."""
    known: dict[Role, frozenset[str]] = {service_role("round_activity"): frozenset({"a.ronde", "b.ronde"})}
    before = list(declared._roles)
    declared.bind_roles(lambda role: known.get(role, frozenset()))
    yield known
    declared._roles[:] = before


def test_outside_any_declaration_nothing_is_declared() -> None:
    def look() -> bool:
        assert declared.running() is None
        return is_declared("bezwaar")

    assert Context().run(look) is False
    with pytest.raises(ActivityNotDeclared, match="outside any route, job or command") as refusal:
        Context().run(require, "bezwaar")
    assert refusal.value.code == "activity_not_declared"
    assert "bezwaar" in refusal.value.text_nl and '@uses("bezwaar")' in refusal.value.remedy


def test_who_declares_nothing_may_nothing_also_inside_who_declared_much() -> None:
    with within("outer", declaring("bezwaar")):
        for inner in (None, declaring()):
            with within("inner", inner):
                assert not is_declared("bezwaar")
        assert is_declared("bezwaar") and not is_declared("afmelden")


def test_a_view_adds_to_what_its_decorator_declares() -> None:
    @uses("aanmelden", reads("inzage.gegevens", "brp.naam"))
    @uses("bezwaar", reads("inzage.gegevens", "brp.adres"))
    def view() -> None: ...

    assert str(uses_of(view)) == "aanmelden, bezwaar, inzage.gegevens (brp.adres, brp.naam)"


def test_silence_is_no_declaration() -> None:
    @uses()
    def silent() -> None: ...

    assert uses_of(silent) == declaring() and uses_of(lambda: None) is None


def test_only_the_attributes_that_were_declared_may_be_asked() -> None:
    with within("a view", declaring(reads("loket.zoeken", "brp.naam"))):
        assert is_declared("loket.zoeken", NAME) and is_declared("loket.zoeken")
        assert not is_declared("loket.zoeken", NAME | {"brp.adres"})


def test_an_activity_that_is_declared_whole_is_whole_whatever_is_beside_it() -> None:
    for both in (
        declaring("bezwaar", reads("bezwaar", "brp.naam")),
        declaring(reads("bezwaar", "brp.naam"), "bezwaar"),
    ):
        with within("a view", both):
            assert is_declared("bezwaar", NAME | {"brp.adres"})


def test_a_role_is_what_the_content_names_and_no_more(roles: dict[Role, frozenset[str]]) -> None:
    with within("round", declaring(service_role("round_activity"))):
        assert is_declared("a.ronde") and is_declared("b.ronde") and not is_declared("a.beslissen")
    with within("check", declaring(OF_CHECKS)):
        assert not is_declared("a.ronde")
    with pytest.raises(ValueError, match="no role roundactivity"):
        service_role("roundactivity")


def test_a_role_is_looked_up_once_for_what_runs(roles: dict[Role, frozenset[str]]) -> None:
    looked: list[Role] = []

    def source(role: Role) -> frozenset[str]:
        looked.append(role)
        return roles[role]

    declared.bind_roles(source)
    with within("round", declaring(service_role("round_activity"))):
        assert all(is_declared("a.ronde", NAME) for _ in range(1_000))
    assert len(looked) == 1


def test_without_content_a_role_stands_for_nothing(roles: dict[Role, frozenset[str]]) -> None:
    declared._roles.clear()
    with within("round", declaring(service_role("round_activity"))):
        assert not is_declared("a.ronde")


def test_a_thread_has_what_its_maker_declared_only_when_it_is_carried_over() -> None:
    with within("a job", declaring("bezwaar")):
        for initializer, expected in ((None, False), (carried(), True)):
            with ThreadPoolExecutor(1, initializer=initializer) as executor:
                assert executor.submit(is_declared, "bezwaar").result() is expected


def test_what_was_declared_ends_with_what_ran_also_when_it_fails() -> None:
    def fail() -> None:
        with within("a job", declaring("bezwaar")):
            declared.declare("the same job", declaring("afmelden"))
            assert is_declared("afmelden") and not is_declared("bezwaar")
            raise ZeroDivisionError

    def play() -> bool:
        with pytest.raises(ZeroDivisionError):
            fail()
        return declared.running() is None

    assert Context().run(play)
