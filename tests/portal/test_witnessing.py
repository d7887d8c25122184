"""This municipality as a witness for others at its public address, and the cosignatures in the file of a resident."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.desk.builders import somebody_with_a_number, words_of
from tests.logbook.test_cosigning import LEAVES
from tests.logbook.test_witnesses import LOG_KEY, NAME, ORIGIN, WITNESS_KEY, note, submitted
from tests.portal.test_proofs import PAGE, PATH, VERIFIER, browser_of
from waardig.logbook import core
from waardig.logbook.actions import sequence_lines, sign_checkpoint
from waardig.logbook.adapters.note_signing import cosigned_at, public_of
from waardig.logbook.jobs import handlers
from waardig.outbox.actions import drain

pytestmark = pytest.mark.usefixtures("decided")
ADDRESS = "/verantwoording/logboek/getuige/add-checkpoint"


@pytest.fixture
def witness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser-less caller of an installation that is a witness for one log."""
    (tmp_path / "key").write_bytes(WITNESS_KEY)
    (tmp_path / "logs").write_text(f"log {core.verifier_key(ORIGIN, public_of(LOG_KEY))}\nquorum none\n")
    monkeypatch.setenv("WAARDIG_WITNESS_NAME", NAME)
    monkeypatch.setenv("WAARDIG_WITNESS_KEY", str(tmp_path / "key"))
    monkeypatch.setenv("WAARDIG_WITNESS_LOGS", str(tmp_path / "logs"))
    return Client(enforce_csrf_checks=True)


def post(caller: Client, body: bytes) -> tuple[int, str, str]:
    found = caller.post(ADDRESS, data=body, content_type="text/plain")
    return found.status_code, found.content.decode(), found.headers["Content-Type"]


def test_another_log_gets_a_cosignature_at_the_public_address_and_a_wrong_size_is_told(witness: Client) -> None:
    status, line, _ = post(witness, submitted(0, 300))
    assert status == 200 and cosigned_at(note(300), line, NAME, public_of(WITNESS_KEY))
    assert post(witness, submitted(0, 301)) == (409, "300\n", "text/x.tlog.size")
    assert post(witness, submitted(300, 301, leaves=[*reversed(LEAVES)]))[0] == 422
    assert post(witness, submitted(300, 301, key=WITNESS_KEY))[0] == 403
    assert post(witness, submitted(300, 301, origin="other.example"))[0] == 404
    assert post(witness, b"x" * 70_000)[0] == 400
    assert witness.get(ADDRESS).status_code == 405

    page = words_of(witness.get(PAGE))
    assert "Wij zijn getuige voor anderen" in page and ORIGIN in page and "300 regels gezien" in page


def test_an_installation_that_is_no_witness_or_has_a_wrong_setting_has_no_such_address(
    witness: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAARDIG_WITNESS_KEY", "/nowhere")
    assert post(witness, submitted(0, 3))[0] == 404 and witness.get(PAGE).status_code == 200
    for name in ("NAME", "KEY", "LOGS"):
        monkeypatch.delenv(f"WAARDIG_WITNESS_{name}")
    assert post(witness, submitted(0, 3))[0] == 404


def test_the_file_of_a_resident_carries_what_witnesses_signed_and_anybody_can_check_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    his = browser_of(somebody_with_a_number())
    assert his.get("/gegevens/").status_code == 200
    monkeypatch.setenv("WAARDIG_DATA", str(tmp_path))
    monkeypatch.setenv("WAARDIG_LOG_WITNESSES", str(tmp_path / "policy"))
    (tmp_path / "w.key").write_bytes(WITNESS_KEY)
    known = core.verifier_key(NAME, public_of(WITNESS_KEY), core.COSIGNATURE)
    log = core.verifier_key(ORIGIN, public_of(LOG_KEY))
    (tmp_path / "policy").write_text(f"log {log}\nwitness w {known} trial:w.key\nquorum w\n")
    sequence_lines()
    sign_checkpoint(ORIGIN, LOG_KEY, witnesses=["w"])
    while drain(handlers()).done:
        pass

    (tmp_path / "mijn.json").write_bytes(his.get(PATH).content)

    public = base64.b64encode(public_of(LOG_KEY)).decode()
    command = [sys.executable, str(VERIFIER), str(tmp_path / "mijn.json"), "--public-key", public, "--witness", known]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and f"signed by this key, seen by {NAME} on 20" in done.stdout
    assert f'data-verify-witnesses="{known} "' in Client().get(PAGE).content.decode()
