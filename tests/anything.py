"""What a test, or a child of one, declares: everything. Only tests can: the product has no such declaration.

Views, jobs and commands that a test runs enter their own declaration, in place of this one.
"""

from __future__ import annotations

from waardig.kernel.declared import Uses, declare


class _Everything(frozenset[str]):
    def __contains__(self, _activity: object) -> bool:
        return True


EVERYTHING = Uses(_Everything())


def declare_everything() -> None:
    """From now on, in this process or thread, until something else is declared."""
    declare("a test", EVERYTHING)
