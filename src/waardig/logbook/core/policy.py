"""A policy as a file: which logs and witnesses are known, and which cosignatures are asked (C2SP tlog-policy)."""

from __future__ import annotations

from waardig.logbook.core.cosigning import COSIGNATURE, read_verifier_key
from waardig.logbook.core.notes import ED25519
from waardig.logbook.terms import Group, LogKey, Policy, Witness


def read_policy(text: str) -> Policy:
    """What a policy says.

    Raises:
        ValueError: a line cannot be used; it says which and why.

    Example:
        >>> read_policy("# nobody\\nquorum none").is_met(())
        True
    """
    reading = _Reading()
    for number, line in enumerate(text.split("\n"), start=1):
        words = line.split()
        if words and not words[0].startswith("#"):
            try:
                reading.take(*words)
            except (ValueError, TypeError) as problem:
                raise ValueError(f"line {number}: {problem}") from None
    return reading.whole()


class _Reading:
    """The lines so far: a name must be there before it is used, and is used once."""

    def __init__(self) -> None:
        self.logs: list[LogKey] = []
        self.witnesses: list[Witness] = []
        self.groups: dict[str, Group] = {}
        self.quorum = ""
        self._free: set[str] = set()
        self._named = {"none"}
        self._keys: set[tuple[int, bytes]] = set()

    def take(self, word: str, *rest: str) -> None:
        """One line."""
        if word == "log" and 1 <= len(rest) <= 2:
            self.logs.append(LogKey(*self._key(rest[0], ED25519)))
        elif word == "witness" and 2 <= len(rest) <= 3:
            name, key = self._key(rest[1], COSIGNATURE)
            self.witnesses.append(Witness(self._new(rest[0]), name, key, rest[2] if len(rest) == 3 else ""))
        elif word == "group" and len(rest) >= 3:
            members = rest[2:]
            for member in members:
                self._use(member)
            least = {"all": len(members), "any": 1}.get(rest[1]) or int(rest[1])
            if not 1 <= least <= len(members):
                raise ValueError(f"a group of {len(members)} cannot ask {least}")
            self.groups[self._new(rest[0])] = Group(least, members)
        elif word == "quorum" and len(rest) == 1 and not self.quorum:
            if rest[0] not in self._named:
                raise ValueError(f"{rest[0]} is not defined above")
            self.quorum = rest[0]
        else:
            raise ValueError(f"'{word}' with {len(rest)} words is not known, or stands here for the second time")

    def whole(self) -> Policy:
        """The policy, once every line was read."""
        if not self.quorum:
            raise ValueError("there is no line 'quorum'; 'quorum none' asks for no witness")
        return Policy(tuple(self.logs), tuple(self.witnesses), tuple(self.groups.items()), self.quorum)

    def _key(self, text: str, kind: int) -> tuple[str, bytes]:
        name, found, key = read_verifier_key(text)
        if found != kind:
            raise ValueError(f"the key of {name} is of a {'witness' if found == COSIGNATURE else 'log'}")
        if (kind, key) in self._keys:
            raise ValueError(f"the key of {name} stands here twice")
        self._keys.add((kind, key))
        return name, key

    def _new(self, name: str) -> str:
        if name in self._named:
            raise ValueError(f"{name} is defined twice")
        self._named.add(name)
        self._free.add(name)
        return name

    def _use(self, name: str) -> None:
        if name not in self._free:
            raise ValueError(f"{name} is not defined above, or is in a group already")
        self._free.remove(name)
