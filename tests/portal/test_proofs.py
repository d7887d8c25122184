"""Downloading one's own lines of the log with proofs, and what the public page shows beside it."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.desk.builders import a_sent_proposal, somebody_with_a_number, words_of
from tests.identity.signing_in import a_resident, signed_in_client
from tests.portal.test_helping import ingrid
from waardig.logbook.actions import sequence_lines, sign_checkpoint
from waardig.logbook.adapters.note_signing import new_key
from waardig.look import templatetags

pytestmark = pytest.mark.usefixtures("decided")
PATH, PAGE = "/gebruik/mijn-logregels.json", "/verantwoording/logboek/"
ORIGIN = "www.rietwaarden.example/logboek"
VERIFIER = Path(str(templatetags.__file__)).resolve().parents[1] / "static/look/verify_log.py"


def browser_of(person: UUID) -> Client:
    return signed_in_client(a_resident(person))


def signed(tmp_path: Path) -> str:
    """Signs the log as it is; the public key in base64."""
    public = new_key(tmp_path / "key")
    sequence_lines()
    sign_checkpoint(ORIGIN, (tmp_path / "key").read_bytes())
    return base64.b64encode(public).decode()


def test_a_log_that_is_not_signed_has_nothing_to_download_and_says_so() -> None:
    his = browser_of(somebody_with_a_number())

    assert his.get(PATH).status_code == 404
    assert "Download uw regels" not in words_of(his.get("/gebruik/"))
    assert "De gemeente heeft het logboek nog niet ondertekend." in words_of(Client().get(PAGE))


def test_the_file_holds_ones_own_lines_only_and_anybody_can_check_it(tmp_path: Path) -> None:
    vos, other = somebody_with_a_number(), ingrid()
    a_sent_proposal(vos)
    assert browser_of(other).get("/").status_code == 200
    his = browser_of(vos)
    assert his.get("/gegevens/").status_code == 200
    public = signed(tmp_path)

    page = his.get("/gebruik/")
    assert "Download uw regels als bestand" in words_of(page)
    file: HttpResponse = his.get(PATH)

    assert file.headers["Content-Disposition"] == 'attachment; filename="mijn-logregels.json"'
    assert "no-store" in file.headers["Cache-Control"]
    found = file.json()
    theirs = browser_of(other).get(PATH).json()
    mine, yours = ({line["place"] for line in one["lines"]} for one in (found, theirs))
    assert mine and yours and mine & yours == set()
    assert found["waiting"] >= 2  # seeing the page and asking for the file are lines since then
    assert found["public_keys"] == [public]
    (tmp_path / "mijn.json").write_bytes(file.content)
    command = [sys.executable, str(VERIFIER), str(tmp_path / "mijn.json"), "--public-key", public]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.startswith(f"Whole: {len(mine)} lines are in the log")) == (0, True)


def test_the_public_page_shows_the_last_checkpoint_and_the_key(tmp_path: Path) -> None:
    somebody_with_a_number()
    public = signed(tmp_path)

    page = Client().get(PAGE)

    assert page.status_code == 200
    assert public in words_of(page) and ORIGIN in words_of(page)
    assert f'data-verify-log="{public}"' in page.content.decode()
