"""The installation file: what it says, and every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shell.installation.builders import TWO, an_installation
from waardig.kernel.content_file import ContentInvalid
from waardig.shell.installation.terms import MunicipalityNotChosen, MunicipalityUnknown, OwnServer, Source


def problems(folder: Path, text: str) -> list[str]:
    """What is said about a file, without its folder."""
    with pytest.raises(ContentInvalid) as refused:
        an_installation(folder, text)
    return [f"{one.line}: {one.message}" for one in refused.value.problems]


def test_paths_are_seen_from_the_file_and_hosts_follow_from_the_address(tmp_path: Path) -> None:
    found = an_installation(tmp_path)

    assert found.state == tmp_path / "state"
    assert [one.id for one in found.members] == ["linde", "beuk"]
    assert found.members[0].hosts == ("mijn.linde.example",)
    assert found.members[1].hosts == ("mijn.beuk.example", "www.beuk.example")
    assert found.members[1].content == (tmp_path / "shared", tmp_path / "beuk")
    assert found.folder(found.members[1]) == tmp_path / "state" / "beuk"


def test_without_a_state_folder_the_installation_uses_its_own(tmp_path: Path) -> None:
    assert an_installation(tmp_path, TWO.replace("state: state\n", "")).state == tmp_path / "elsewhere"


def test_a_database_on_a_server_of_its_own_is_named_by_where_its_addresses_are_kept(tmp_path: Path) -> None:
    text = TWO + "    database: {application: {from_environment: BEUK_URL}, owner: {from_file: beuk-owner}}\n"

    found = an_installation(tmp_path, text).member("beuk")

    assert found.server == OwnServer(Source("BEUK_URL"), Source(from_file=tmp_path / "beuk-owner"))


def test_one_is_chosen_by_its_id_and_never_by_guessing(tmp_path: Path) -> None:
    found = an_installation(tmp_path)

    assert found.member("beuk").id == "beuk"
    with pytest.raises(MunicipalityUnknown, match="one of: linde, beuk"):
        found.member("eik")
    with pytest.raises(MunicipalityNotChosen, match="nothing was done for any of them"):
        found.member("")


def test_the_only_one_need_not_be_named(tmp_path: Path) -> None:
    assert an_installation(tmp_path, TWO[: TWO.index("  - id: beuk")]).member("").id == "linde"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("id: beuk", "id: linde", "6: id linde belongs to linde already"),
        ("mijn.beuk.example, www", "mijn.beuk.example, mijn.linde.example, www", "8: host mijn.linde.example belongs"),
        ("[shared, beuk]", "[shared, linde]", "9: own content folder"),
        ("[shared, beuk]", "[shared, eik]", "9: the folder eik is not there"),
        ("hosts: [mijn.beuk.example, www", "hosts: [www", "8: the host mijn.beuk.example of base_url is missing here"),
        ("id: beuk", "id: Beuk", "6: municipalities.1.id: 'Beuk' does not match"),
        ("https://mijn.beuk.example:8443", "mijn.beuk.example", "7: municipalities.1.base_url"),
        ("base_url: https://mijn.beuk", "adres: https://mijn.beuk", "'base_url' missing here; add it"),
    ],
)
def test_every_mistake_is_named_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in TWO

    found = problems(tmp_path, TWO.replace(before, after))

    assert any(said in one for one in found), found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("settings: {WAARDIG_SECRET_KEY: abc}", "WAARDIG_SECRET_KEY follows from the other fields"),
        ("settings: {WAARDIG_DIGID_SECRET: abc}", "WAARDIG_DIGID_SECRET is a secret; say under secrets"),
        ("secrets: {DATABASE_URL: {from_file: a}}", "DATABASE_URL follows from the other fields"),
        ("secrets: {WAARDIG_DIGID_SECRET: hunter2}", "'hunter2' is not of type 'object'"),
        ("database: {application: 'postgresql://role:password@db/name'}", "never the secret itself"),
        ("listen: 0.0.0.0:80", "expected: 127.0.0.1:PORT or the path of a socket"),
        ("sign_in: nowhere.yaml", "the file nowhere.yaml is not there"),
    ],
)
def test_secrets_cannot_stand_in_the_file_and_own_values_cannot_be_overruled(
    tmp_path: Path, line: str, said: str
) -> None:
    found = problems(tmp_path, f"{TWO}    {line}\n")

    assert any(one.startswith("10: ") and said in one for one in found), found


def test_two_municipalities_cannot_name_the_same_secret(tmp_path: Path) -> None:
    secret = "    secrets: {WAARDIG_DIGID_SECRET: {from_file: digid}}\n"
    text = TWO.replace("    content: [shared, linde]\n", f"    content: [shared, linde]\n{secret}") + secret

    (said,) = problems(tmp_path, text)

    assert said.startswith("11: secret ") and "belongs to linde already" in said
