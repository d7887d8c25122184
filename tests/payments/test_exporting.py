"""The files of a released list: as the standard asks, without personal data in references, the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import psycopg
import pytest
import sepaxml
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban

from tests.cases.builders import lines
from tests.payments.builders import JOOST, NADIA, a_draft, a_released, account
from waardig.kernel.content_file import ContentInvalid
from waardig.payments import actions, models, queries
from waardig.payments.adapters.content import setup_of
from waardig.payments.core.pain001 import NAMESPACE, Batch, Transfer, pain001
from waardig.payments.core.sepa import latin
from waardig.payments.terms import Debtor, ExportDiffers, NotReleased, PaymentsNotSetUp

SCHEMA = xmlschema.XMLSchema(Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd")
"""The published schema of the message; it stands in the package sepaxml (MIT)."""
NS = {"p": NAMESPACE}
DEBTOR = Debtor("Gemeente Rietwaarden", account(1), None)


def a_transfer(**changes: object) -> Transfer:
    told = {"reference": "RW-2025-0001-B1", "attempt": 1, "amount_eurocent": 52197, "name": "G. Vos",
            "iban": account(2), "subject": "Gemeente Rietwaarden zaak RW 2025 0001"}  # fmt: skip
    return Transfer(**{**told, **changes})  # type: ignore[arg-type]


def a_batch(*transfers: Transfer, debtor: Debtor = DEBTOR) -> Batch:
    return Batch("RW-2025-L0001", datetime(2025, 5, 12, 9, tzinfo=UTC), date(2025, 5, 14), debtor, transfers)


def pain(released: object) -> Xml.Element:
    (content,) = actions.export(released.id, "pain", JOOST).files.values()  # type: ignore[attr-defined]
    SCHEMA.validate(content.decode())
    return Xml.fromstring(content)


def test_the_file_for_the_bank_follows_the_published_schema_and_holds_what_was_released(db: None) -> None:
    root = pain(a_released(3))

    header = root.find(".//p:GrpHdr", NS)
    assert header is not None
    said = {path: root.findtext(f".//p:{path}", namespaces=NS) for path in ("MsgId", "PmtInfId", "ReqdExctnDt/p:Dt")}
    assert said == {"MsgId": "RW-2025-L0001", "PmtInfId": "RW-2025-L0001-1", "ReqdExctnDt/p:Dt": "2025-05-14"}
    assert [e.text for e in root.iterfind(".//p:NbOfTxs", NS)] == ["3", "3"]
    assert [e.text for e in root.iterfind(".//p:CtrlSum", NS)] == ["1565.91", "1565.91"]
    assert [e.text for e in root.iterfind(".//p:EndToEndId", NS)] == [f"RW-2025-000{n}-B1" for n in (1, 2, 3)]
    amounts = root.findall(".//p:InstdAmt", NS)
    assert [(a.text, a.get("Ccy")) for a in amounts] == [("521.97", "EUR")] * 3
    accounts = [e.text or "" for e in root.iterfind(".//p:CdtrAcct/p:Id/p:IBAN", NS)]
    assert accounts == [account(0), account(1), account(2)]
    assert all(iban.is_valid(one) for one in accounts)
    assert {e.text for e in root.iterfind(".//p:Cdtr/p:Nm", NS)} == {"G. Vos"}


def test_the_bank_statement_says_who_pays_and_the_case_and_never_for_what(db: None) -> None:
    root = pain(a_released())

    assert root.findtext(".//p:RmtInf/p:Ustrd", namespaces=NS) == "Gemeente Rietwaarden zaak RW 2025 0001"


def test_the_same_list_gives_the_same_bytes_and_its_fingerprint_is_kept(db: None) -> None:
    released = a_released(2)

    first, second = (actions.export(released.id, "pain", who) for who in (JOOST, NADIA))

    assert first == second
    (content,) = first.files.values()
    assert first.sha256 == hashlib.sha256(content).hexdigest() == models.PaymentList.objects.get().pain_sha256


def test_other_bytes_than_the_first_time_are_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    released = a_released()
    actions.export(released.id, "pain", JOOST)
    kept = models.PaymentList.objects.get().pain_sha256

    monkeypatch.setattr("waardig.payments.actions.exporting.pain001", lambda batch: pain001(batch) + b" ")
    with pytest.raises(ExportDiffers):
        actions.export(released.id, "pain", JOOST)

    assert models.PaymentList.objects.get().pain_sha256 == kept


def test_a_draft_is_not_exported(db: None, owner: psycopg.Connection) -> None:
    draft = a_draft()
    (line,) = queries.lines_of(draft.id)
    before = lines(owner, line.order.beneficiary, "betaling.uitvoeren")

    with pytest.raises(NotReleased):
        actions.export(draft.id, "pain", JOOST)

    assert lines(owner, line.order.beneficiary, "betaling.uitvoeren") == before


def test_each_export_reads_each_person_once_more_in_the_log(db: None, owner: psycopg.Connection) -> None:
    released = a_released(2)
    (first, _) = queries.lines_of(released.id)
    before = len(lines(owner, first.order.beneficiary, "betaling.uitvoeren"))

    actions.export(released.id, "pain", JOOST)

    assert len(lines(owner, first.order.beneficiary, "betaling.uitvoeren")) == before + 1


def test_the_package_gets_its_own_columns_with_a_manifest_of_control_totals(db: None) -> None:
    released = a_released(2)

    made = actions.export(released.id, "package", JOOST)

    assert sorted(made.files) == ["RW-2025-L0001.csv", "RW-2025-L0001.manifest.json"]
    content = made.files["RW-2025-L0001.csv"]
    rows = list(csv.DictReader(io.StringIO(content.decode()), delimiter=";"))
    assert rows[0] == {
        "OPDRACHTNR": "RW-2025-0001-B1", "ZAAKNR": "RW 2025 0001", "REGELING": "IIT", "NAAM": "G. Vos",
        "IBAN": account(0), "BEDRAG": "521,97", "UITERLIJK": "23-06-2025",
    }  # fmt: skip
    manifest = json.loads(made.files["RW-2025-L0001.manifest.json"])
    assert manifest["files"] == {"RW-2025-L0001.csv": {"rows": 2, "sha256": hashlib.sha256(content).hexdigest()}}
    assert manifest["totals"] == {"orders": 2, "amount_eurocent": 104_394}
    assert manifest["municipality"] == "GM9999"


def test_with_a_bic_of_our_own_bank_it_stands_in_the_file() -> None:
    content = pain001(a_batch(a_transfer(), debtor=Debtor("Gemeente", account(1), "BNGHNL2G")))

    SCHEMA.validate(content.decode())
    assert b"<BICFI>BNGHNL2G</BICFI>" in content


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fatma Yıldız", "Fatma Yildiz"),
        ("Ø. Brontë-Müller", "O. Bronte-Muller"),
        ("Łukasz & Zn. <b>", "Lukasz + Zn. b"),
        ("Иван", ""),
        ("/A//", "A"),
    ],
)
def test_names_are_written_as_every_bank_in_europe_reads_them(name: str, expected: str) -> None:
    assert latin(name, 70) == expected


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.text(max_size=90), st.integers(1, 99_999_999_999), st.integers(0, 10**9)), min_size=1, max_size=5
    )
)
def test_whatever_people_are_called_the_file_is_valid_and_adds_up(told: list[tuple[str, int, int]]) -> None:
    transfers = [
        a_transfer(name=latin(name, 70) or "onbekend", amount_eurocent=amount, iban=account(number),
                   reference=f"RW-2025-{place:04d}-B1")
        for place, (name, amount, number) in enumerate(told)
    ]  # fmt: skip

    content = pain001(a_batch(*transfers))

    SCHEMA.validate(content.decode())
    root = Xml.fromstring(content)
    total = sum(amount for _, amount, _ in told)
    assert root.findtext(".//p:CtrlSum", namespaces=NS) == f"{total // 100}.{total % 100:02d}"
    assert pain001(a_batch(*transfers)) == content


def test_the_setup_of_the_how_to_is_accepted_and_a_wrong_account_is_named(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/how-to/pay.md").read_text(encoding="utf-8")
    shown = page.split("```yaml\n")[1].split("```")[0]
    (tmp_path / "payments.yaml").write_text(shown, encoding="utf-8")

    setup = setup_of([tmp_path])

    assert (setup.debtor.iban, setup.new_account_days) == ("NL72WAAR0000000001", 28)
    assert setup.package.codes == {"BETAALD": "paid", "GEWEIGERD": "rejected"}
    (tmp_path / "payments.yaml").write_text(shown.replace("NL72", "NL73"), encoding="utf-8")
    with pytest.raises(ContentInvalid, match=r"payments.yaml:1: this is no IBAN"):
        setup_of([tmp_path])


def test_a_municipality_that_did_not_say_how_it_pays_is_told(tmp_path: Path) -> None:
    with pytest.raises(PaymentsNotSetUp):
        setup_of([tmp_path])
