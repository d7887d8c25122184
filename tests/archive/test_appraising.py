"""What ended gets its term; what runs again loses it; a copy of a case is complete, readable and checkable."""

from __future__ import annotations

import json
import re
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as Xml

import psycopg
import pypdf
import pytest
from click.testing import CliRunner

from tests.cases.builders import (
    MAY_12,
    TODAY,
    a_declaration,
    a_proposal,
    a_resident,
    an_application,
    an_assessed,
    by_hand,
    choose_english,
    decide,
    lines,
    resident,
)
from tests.payments.builders import JOOST, NADIA, a_grant, pain002, take_in, work
from waardig.access.actions import set_business_date
from waardig.access.terms import Actor
from waardig.archive import actions, models, queries
from waardig.archive.core.mdto import NAMESPACE
from waardig.archive.terms import Hold, NotAppraised
from waardig.cases import actions as cases
from waardig.cases.queries import case as case_of
from waardig.inbox.actions import set_preference
from waardig.inbox.jobs import handlers as delivering
from waardig.inbox.queries import sender
from waardig.inbox.terms import Channel
from waardig.law.cli import law
from waardig.outbox.actions import drain
from waardig.payments import actions as paying
from waardig.payments import queries as payments

N = f"{{{NAMESPACE}}}"
PETRA = Actor("employee", "p.vandam", "beslisser")
RECEIVED, TRANSLATION = "Wij hebben uw aanvraag", "This is a translation of our letter of 28 April 2025."
INFO = (
    "identificatie naam aggregatieniveau dekkingInTijd taal event waardering bewaartermijn informatiecategorie"
    " isOnderdeelVan bevatOnderdeel heeftRepresentatie archiefvormer activiteit beperkingGebruik"
)
FILE = "identificatie naam omvang bestandsformaat checksum isRepresentatieVan"
ORDER = {"informatieobject": INFO.split(" "), "bestand": FILE.split(" ")}
"""The elements that we use, in the order of the published schema (MDTO-XML 1.0.1)."""
NEEDED = {
    "informatieobject": {"identificatie", "naam", "waardering", "archiefvormer", "beperkingGebruik"},
    "bestand": set(ORDER["bestand"]),
}


def record(case: object) -> tuple[str, str, str, date | None, date | None]:
    found = queries.record_of(case)  # type: ignore[arg-type]
    assert found is not None
    return found.ending, found.result, found.term, found.starts_on, found.action_on


def test_a_refusal_is_kept_five_years_from_the_decision(db: None) -> None:
    refused = decide(by_hand())

    assert actions.appraise() == 1

    assert record(refused.case) == ("refused", "8.2", "P5Y", MAY_12, date(2030, 5, 13))


def test_a_grant_has_no_day_until_all_of_it_was_paid(db: None) -> None:
    granted = a_grant()
    work()
    actions.appraise()
    assert record(granted.case) == ("granted", "8.1", "P10Y", None, None)

    made = paying.make_list(NADIA, on=MAY_12).list
    assert made
    paying.release(made.id, JOOST, on=MAY_12)
    (line,) = payments.lines_of(made.id)
    take_in(pain002((line.order.number, "ACSC", "")))
    assert actions.appraise() == 1

    assert record(granted.case) == ("granted", "8.1", "P10Y", date(2025, 5, 15), date(2035, 5, 16))


def test_a_no_is_kept_six_weeks_and_a_yes_after_it_takes_the_record_away(db: None) -> None:
    person = a_resident().person
    case = a_proposal(person)
    cases.decline(case.id, actor=resident(person), on=TODAY, never_again=False)
    actions.appraise()
    assert record(case.id) == ("declined", "8.4.1", "P42D", TODAY, date(2025, 6, 10))

    cases.apply(case.id, a_declaration(), actor=resident(person), on=date(2025, 5, 1))

    assert actions.appraise() == 1
    assert queries.record_of(case.id) is None


def test_looking_again_changes_nothing_and_what_runs_has_no_record(db: None) -> None:
    decide(by_hand())
    running = an_application(a_resident().person)
    actions.appraise()
    before = list(queries.history())

    assert actions.appraise() == 0

    assert list(queries.history()) == before
    assert queries.record_of(running.id) is None


def test_a_batch_that_was_stopped_is_done_again(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [decide(by_hand()).case for _ in range(3)]
    monkeypatch.setattr("waardig.archive.actions.appraising.BATCH", 1)
    kept = models.Record.objects.bulk_create
    calls = iter(range(10))

    def stopped(*given: object, **named: object) -> object:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return kept(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(models.Record.objects, "bulk_create", stopped)
    with pytest.raises(KeyboardInterrupt):
        actions.appraise()
    assert models.Record.objects.count() == 1

    assert actions.appraise() == 2
    assert {one.case for one in models.Record.objects.all()} == set(found)


def test_due_is_said_with_what_holds_it_back(db: None) -> None:
    person = a_resident().person
    case = a_proposal(person)
    cases.decline(case.id, actor=resident(person), on=TODAY, never_again=False)
    refused = decide(by_hand())
    actions.appraise()

    assert queries.due(date(2025, 6, 9)) == ()
    (first,) = queries.due(date(2025, 6, 10))
    assert (first.record.case, first.holds) == (case.id, ())
    models.Record.objects.filter(case=refused.case).update(action_on=MAY_12)
    held = {one.record.case: one.holds for one in queries.due(date(2025, 6, 10))}
    assert held == {case.id: (), refused.case: (Hold.OBJECTION_TERM,)}


def test_the_record_holds_nothing_about_a_person(db: None, owner: psycopg.Connection) -> None:
    refused = decide(by_hand())
    actions.appraise()
    case = case_of(refused.case)

    (said,) = owner.execute("SELECT r::text FROM archive_record r").fetchone() or ("",)

    assert str(case.applicant) not in said and "Vos" not in said


def test_a_copy_of_a_case_is_complete_and_each_file_has_its_fingerprint(db: None, owner: psycopg.Connection) -> None:
    refused = decide(by_hand())
    actions.appraise()
    case = case_of(refused.case)
    before = len(lines(owner, case.applicant, "archief.bewaren"))
    set_business_date(MAY_12)

    made = actions.export_case(case.number, PETRA)

    assert made.folder == "RW-2025-0001"
    content = {name for name in made.files if not name.endswith(".mdto.xml")}
    assert content == {"verloop.json", "besluit.json", "rekenbewijs.json", "bericht-01.pdf", "bericht-02.pdf"}
    assert made.files["bericht-01.pdf"].startswith(b"%PDF-")
    assert json.loads(made.files["besluit.json"])["reasons"]
    for name in content:
        metadata = Xml.fromstring(made.files[f"{name}.bestand.mdto.xml"])
        assert metadata.findtext(f".//{N}checksumWaarde") == sha256(made.files[name]).hexdigest()
        assert metadata.findtext(f".//{N}omvang") == str(len(made.files[name]))
    assert len(lines(owner, case.applicant, "archief.bewaren")) == before + 1


@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.DIGITAL])
def test_a_copy_of_a_case_holds_the_english_beside_the_dutch_and_says_both_languages(
    db: None, channel: Channel
) -> None:
    person = a_resident().person
    choose_english(person)
    set_preference(person, "iit.ontvangst", channel, where="web")
    waiting = an_assessed(person, declaration=a_declaration(something_wrong="x"))
    drain(delivering(sender), until_empty=True)
    decide(waiting)
    actions.appraise()
    set_business_date(MAY_12)

    made = actions.export_case(waiting.number, PETRA)

    letter = pypdf.PdfReader(BytesIO(made.files["bericht-01.pdf"]))
    pages = [" ".join(page.extract_text().split()) for page in letter.pages]
    dutch, english = (next(n for n, page in enumerate(pages) if said in page) for said in (RECEIVED, TRANSLATION))
    assert dutch == 0 < english
    assert languages(made.files["bericht-01.mdto.xml"]) == ["nl", "en"]
    assert languages(made.files["bericht-02.mdto.xml"]) == ["nl"]
    assert languages(made.files["dossier.mdto.xml"]) == ["nl", "en"]
    own = "besluit.mdto.xml", "verloop.mdto.xml"
    assert [languages(made.files[name]) for name in own] == [["nl"], ["nl"]]


def languages(metadata: bytes) -> list[str]:
    """The languages that the metadata of a record names, in order."""
    return [one.text or "" for one in Xml.fromstring(metadata).findall(f".//{N}taal")]


def test_the_metadata_follows_the_order_and_the_needs_of_the_standard(db: None) -> None:
    refused = decide(by_hand())
    actions.appraise()
    set_business_date(MAY_12)

    made = actions.export_case(case_of(refused.case).number, PETRA)

    for name, content in made.files.items():
        if not name.endswith(".mdto.xml"):
            continue
        (body,) = Xml.fromstring(content)
        kind = body.tag.removeprefix(N)
        names = [child.tag.removeprefix(N) for child in body]
        places = [ORDER[kind].index(one) for one in names]
        assert places == sorted(places), name
        assert set(names) >= NEEDED[kind], name
    (dossier,) = Xml.fromstring(made.files["dossier.mdto.xml"])
    assert dossier.findtext(f"{N}waardering/{N}begripCode") == "V"
    assert dossier.findtext(f"{N}bewaartermijn/{N}termijnLooptijd") == "P5Y"
    assert dossier.findtext(f"{N}bewaartermijn/{N}termijnEinddatum") == "2030-05-13"
    assert dossier.findtext(f"{N}informatiecategorie/{N}begripCode") == "8.2"
    assert dossier.findtext(f"{N}archiefvormer/{N}verwijzingNaam") == "Gemeente Rietwaarden"
    assert len(dossier.findall(f"{N}bevatOnderdeel")) == 5
    said = "".join(dossier.itertext())
    assert "Vos" not in said and "Willem" not in said


def test_the_receipt_of_a_decision_is_a_file_of_its_own_with_which_the_computation_is_done_again(
    db: None, tmp_path: Path
) -> None:
    refused = decide(by_hand())
    actions.appraise()
    case = case_of(refused.case)
    set_business_date(MAY_12)

    made = actions.export_case(case.number, PETRA)

    file = tmp_path / "rekenbewijs.json"
    file.write_bytes(made.files["rekenbewijs.json"])
    told = CliRunner().invoke(law, ["receipt", "verify", str(file)])
    assert (told.exit_code, told.output) == (0, "The same comes out.\n")
    receipt = json.loads(file.read_bytes())
    assert receipt["provenance"]["rule_set"] == case.rule_set != ""
    assert receipt["provenance"]["regulation_hash"].startswith("sha256:")
    assert receipt["execution"]["inputs"] and receipt["results"]["outputs"]
    assert not re.search(r"\b\d{9}\b", file.read_text("utf-8"))
    assert "receipt" not in json.loads(made.files["besluit.json"])
    metadata = Xml.fromstring(made.files["rekenbewijs.mdto.xml"])
    assert metadata.findtext(f".//{N}aggregatieniveau/{N}begripLabel") == "Archiefstuk"
    assert metadata.findtext(f".//{N}isOnderdeelVan//{N}identificatieKenmerk") == "RW-2025-0001/dossier"


def test_a_receipt_that_was_altered_after_the_archive_does_not_come_out_the_same(db: None, tmp_path: Path) -> None:
    refused = decide(by_hand())
    actions.appraise()
    set_business_date(MAY_12)
    receipt = json.loads(actions.export_case(case_of(refused.case).number, PETRA).files["rekenbewijs.json"])
    name, fact = next((name, one) for name, one in receipt["execution"]["inputs"].items() if one["value"] is True)
    fact["value"] = False
    file = tmp_path / "rekenbewijs.json"
    file.write_text(json.dumps(receipt), "utf-8")

    told = CliRunner().invoke(law, ["receipt", "verify", str(file)])

    assert told.exit_code == 1
    assert name in told.output and "It is not as the receipt says." in told.output


def test_what_the_law_said_to_a_resident_shows_no_receipt(db: None, owner: psycopg.Connection) -> None:
    refused = decide(by_hand())

    (kept,) = owner.execute(
        "SELECT content::jsonb ? 'receipt' FROM reg.document WHERE id = %s", [refused.document]
    ).fetchone() or (None,)
    (sent,) = owner.execute(
        "SELECT count(*) FROM reg.document WHERE kind <> 'cases.besluit' AND content::text LIKE '%waardig-receipt%'"
    ).fetchone() or (None,)

    assert (kept, sent) == (True, 0)


def test_a_case_that_runs_is_not_copied(db: None, owner: psycopg.Connection) -> None:
    running = an_application(a_resident().person)

    with pytest.raises(NotAppraised):
        actions.export_case(running.number, PETRA)

    assert lines(owner, running.applicant, "archief.bewaren") == []
