"""The file that says how people sign in to a real installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from waardig.identity.adapters.means_file import MeansFileInvalid, load_means
from waardig.identity.terms import Kind, Level

SOUND = """
- id: digid
  kind: resident
  name: DigiD
  issuer: https://inloggen.example
  client_id: waardig
  client_secret_env: SECRET
  level: high
  algorithms: [PS256]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "means.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_means_is_read_with_its_secret_from_the_environment(tmp_path: Path) -> None:
    (means,) = load_means(written(tmp_path, SOUND), {"SECRET": "hidden"})

    assert (means.id, means.kind, means.level, means.algorithms) == ("digid", Kind.RESIDENT, Level.HIGH, ("PS256",))
    assert means.client_secret == "hidden" and "hidden" not in repr(means)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "list"),
        ("- text", "mapping"),
        (SOUND.replace("name: DigiD", "naam: DigiD"), "naam"),
        (SOUND.replace("https:", "http:"), "https"),
        (SOUND.replace("SECRET", "OTHER"), "OTHER"),
        (SOUND.replace("PS256", "none"), "algorithms"),
        (SOUND.replace("PS256", "HS256"), "algorithms"),
        (SOUND.replace("level: high", "level: hoog"), "hoog"),
        (SOUND.replace("resident", "anonymous"), "anonymous"),
        (SOUND.replace("resident", "burger"), "burger"),
        (SOUND + SOUND, "same id"),
        ("a: [", "while parsing"),
    ],
)
def test_a_wrong_file_stops_the_start_and_says_what(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(MeansFileInvalid, match=problem):
        load_means(written(tmp_path, text), {"SECRET": "hidden"})
