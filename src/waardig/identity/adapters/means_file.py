"""The sign-in means of an installation, from a YAML file that WAARDIG_SIGN_IN names; secrets stay in the environment.

Example of one entry::

    - id: digid
      kind: resident
      name: DigiD
      issuer: https://inloggen.example.nl
      client_id: waardig
      client_secret_env: WAARDIG_DIGID_SECRET
      level: substantial
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from waardig.identity.terms import Kind, Level, Means
from waardig.kernel.errors import Refusal

_REQUIRED = ("id", "kind", "name", "issuer", "client_id", "client_secret_env")
_OPTIONAL = ("level", "scope", "bsn_claim", "kvk_claim", "algorithms", "leeway_seconds", "max_chain")
_SIGNED = frozenset({"ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512", "EdDSA"})


class MeansFileInvalid(Refusal):
    """The file of sign-in means cannot be used; start is refused."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            code="means_file_invalid",
            text_nl=f"Het bestand met inlogmiddelen {path} klopt niet: {problem}",
            text_en=f"The file of sign-in means {path} is wrong: {problem}",
            remedy="Correct the file that WAARDIG_SIGN_IN names; see the README of the room identity.",
        )


def load_means(path: Path, environment: Mapping[str, str]) -> tuple[Means, ...]:
    """The means in the order of the file.

    Raises:
        MeansFileInvalid: unreadable, a field missing or unknown, a secret absent, an address without https, an
            algorithm without a signature of the issuer's own, an id used twice.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise MeansFileInvalid(path, str(problem)) from None
    if not isinstance(entries, list) or not entries:
        raise MeansFileInvalid(path, "it must be a list of at least one means")
    means = tuple(_one(path, number, entry, environment) for number, entry in enumerate(entries, 1))
    if len({one.id for one in means}) != len(means):
        raise MeansFileInvalid(path, "two means have the same id")
    return means


def _one(path: Path, number: int, entry: object, environment: Mapping[str, str]) -> Means:
    if not isinstance(entry, dict):
        raise MeansFileInvalid(path, f"entry {number} is not a mapping")
    missing = [name for name in _REQUIRED if not isinstance(entry.get(name), str)]
    surplus = sorted(set(entry) - set(_REQUIRED) - set(_OPTIONAL))
    if missing or surplus:
        raise MeansFileInvalid(path, f"entry {number} misses {missing} and has unknown fields {surplus}")
    secret = environment.get(entry["client_secret_env"], "")
    if not secret:
        raise MeansFileInvalid(path, f"the environment variable {entry['client_secret_env']} is empty")
    if not str(entry["issuer"]).startswith("https://"):
        raise MeansFileInvalid(path, f"the issuer of entry {number} has no https address")
    try:
        return Means(client_secret=secret, **_typed(entry))
    except (ValueError, TypeError) as problem:
        raise MeansFileInvalid(path, f"entry {number}: {problem}") from None


def _typed(entry: dict[str, Any]) -> dict[str, Any]:
    fields = {name: entry[name] for name in (*_REQUIRED, *_OPTIONAL) if name in entry}
    del fields["client_secret_env"]
    fields["kind"] = Kind(fields["kind"])
    if fields["kind"] is Kind.ANONYMOUS:
        raise ValueError("nobody signs in as anonymous")
    if "level" in fields:
        fields["level"] = Level.parse(fields["level"])
    if "algorithms" in fields:
        fields["algorithms"] = tuple(fields["algorithms"])
        if not set(fields["algorithms"]) <= _SIGNED:
            raise ValueError(f"algorithms may be {sorted(_SIGNED)}")
    return fields
