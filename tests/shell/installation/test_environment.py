"""What a municipality's processes get: everything of its own, nothing of another, little of the machine."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.shell.installation.builders import TWO, an_installation
from waardig.shell.installation.databases import refuse_shared
from waardig.shell.installation.environment import environment_of, of_the_machine
from waardig.shell.installation.keys import made_once
from waardig.shell.installation.terms import MunicipalitiesTouch, PlaceUnusable, SecretMissing

OWN = TWO.replace(
    "    content: [shared, linde]\n",
    "    content: [shared, linde]\n"
    "    database: {application: {from_environment: LINDE_URL}, owner: {from_file: linde-owner}}\n"
    "    secrets: {WAARDIG_DIGID_SECRET: {from_file: linde-digid}}\n"
    "    settings: {WAARDIG_LOG_LEVEL: INFO}\n",
) + (
    "    database: {application: {from_environment: BEUK_URL}}\n"
    "    secrets: {WAARDIG_DIGID_SECRET: {from_environment: BEUK_DIGID}}\n"
    "    listen: 127.0.0.1:8102\n"
)
OUTER = {
    "PATH": "/usr/bin",
    "LINDE_URL": "postgresql://linde_app:pw1@127.0.0.1:1/linde",
    "BEUK_URL": "postgresql://beuk_app:pw2@127.0.0.1:1/beuk",
    "BEUK_DIGID": "the secret of beuk",
    "AWS_SECRET_ACCESS_KEY": "of the machine's owner",
    "DATABASE_URL": "postgresql://somebody@127.0.0.1:1/else",
    "WAARDIG_CONTENT": "/elsewhere",
    "WAARDIG_INSTALLATION": "waardig.yaml",
    "WAARDIG_MUNICIPALITY": "beuk",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("linde-owner", "postgresql://linde_owner:pw0@127.0.0.1:1/linde\n"), ("linde-digid", "L-digid")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o600)
    return tmp_path


def test_each_gets_its_own_values_and_nothing_of_another(folder: Path) -> None:
    found = an_installation(folder, OWN)

    linde, beuk = (environment_of(found, one, OUTER) for one in found.members)

    assert linde["DATABASE_URL"] == OUTER["LINDE_URL"] and beuk["DATABASE_URL"] == OUTER["BEUK_URL"]
    assert (linde["WAARDIG_DIGID_SECRET"], beuk["WAARDIG_DIGID_SECRET"]) == ("L-digid", "the secret of beuk")
    assert linde["WAARDIG_CONTENT"] == f"{folder / 'shared'}:{folder / 'linde'}"
    assert linde["WAARDIG_LISTEN"] == str(folder / "state/linde/serve.sock") and linde["WAARDIG_PROXY"] == "localhost"
    assert (beuk["WAARDIG_LISTEN"], beuk["WAARDIG_PROXY"]) == ("127.0.0.1:8102", "127.0.0.1")
    assert linde["WAARDIG_LOG_LEVEL"] == "INFO" and "WAARDIG_LOG_LEVEL" not in beuk
    assert "DATABASE_OWNER_URL" not in linde and "DATABASE_OWNER_URL" not in beuk
    shared = {name for name in linde if linde[name] == beuk.get(name)}
    assert shared == {"PATH"}
    assert not [text for text in linde.values() if "beuk" in text] + [text for text in beuk.values() if "linde" in text]
    assert not {"LINDE_URL", "BEUK_URL", "AWS_SECRET_ACCESS_KEY", "WAARDIG_INSTALLATION"} & (set(linde) | set(beuk))


def test_the_owners_address_is_only_given_to_who_changes_tables(folder: Path) -> None:
    found = an_installation(folder, OWN)

    linde = environment_of(found, found.member("linde"), OUTER, owner=True)

    assert linde["DATABASE_OWNER_URL"] == "postgresql://linde_owner:pw0@127.0.0.1:1/linde"
    with pytest.raises(SecretMissing, match="beuk has no address as owner"):
        environment_of(found, found.member("beuk"), OUTER, owner=True)


def test_the_front_knows_no_secret_and_no_municipality() -> None:
    assert of_the_machine(OUTER) == {"PATH": "/usr/bin"}


def test_keys_are_made_once_in_the_municipalitys_own_folder_for_its_user_only(folder: Path) -> None:
    found = an_installation(folder, OWN)

    first = [environment_of(found, one, OUTER) for one in found.members]
    again = [environment_of(found, one, OUTER) for one in found.members]

    assert first == again
    assert len({one["WAARDIG_SECRET_KEY"] for one in first}) == 2 and all(
        len(e["WAARDIG_SECRET_KEY"]) >= 48 for e in first
    )
    for one in found.members:
        assert stat.S_IMODE(found.folder(one).stat().st_mode) == 0o700
        kept = {file.name: stat.S_IMODE(file.stat().st_mode) for file in found.folder(one).iterdir()}
        assert kept == {"secret-key": 0o600, "log-key": 0o600}


def test_a_key_that_two_processes_make_at_once_is_one_key(tmp_path: Path) -> None:
    file = tmp_path / "key"

    def late() -> bytes:
        made_once(file, lambda: b"first")
        return b"second"

    assert made_once(file, late) == b"first" == file.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["key"]


def test_a_secret_that_everybody_can_read_is_refused(folder: Path) -> None:
    found = an_installation(folder, OWN)
    (folder / "linde-digid").chmod(0o644)

    with pytest.raises(SecretMissing, match="everybody on this machine can read"):
        environment_of(found, found.member("linde"), OUTER)


@pytest.mark.parametrize(("name", "value"), [("BEUK_DIGID", ""), ("BEUK_URL", "")])
def test_a_secret_that_is_not_there_is_named(folder: Path, name: str, value: str) -> None:
    found = an_installation(folder, OWN)

    with pytest.raises(SecretMissing, match=f"the environment variable {name} is empty"):
        environment_of(found, found.member("beuk"), {**OUTER, name: value})


def test_a_socket_with_too_long_a_name_is_refused_before_anything_starts(tmp_path: Path) -> None:
    found = an_installation(tmp_path, TWO.replace("state: state", f"state: {'a' * 90}"))

    with pytest.raises(PlaceUnusable, match="may have 100 characters"):
        environment_of(found, found.member("linde"), OUTER)


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"DATABASE_URL": OUTER["LINDE_URL"]}, "a database"),
        ({"DATABASE_URL": "postgresql://linde_app:pw1@127.0.0.1:1/other"}, "a database role"),
        ({"WAARDIG_SECRET_KEY": "the same"}, "the secret key"),
    ],
)
def test_nothing_starts_while_two_municipalities_share_a_database_a_role_or_a_key(
    folder: Path, changed: dict[str, str], what: str
) -> None:
    found = an_installation(folder, OWN)
    linde, beuk = (environment_of(found, one, OUTER) for one in found.members)
    refuse_shared({"linde": linde, "beuk": beuk})

    with pytest.raises(MunicipalitiesTouch, match=f"linde and beuk would share {what}"):
        refuse_shared({"linde": {**linde, "WAARDIG_SECRET_KEY": "the same"}, "beuk": {**beuk, **changed}})
