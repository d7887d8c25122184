"""The two public registers are made from what is enforced, checked, and say nothing that leads nowhere."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from django.test import Client

from tests.accountability.reference_forms import validator
from tests.cases.builders import SERVICE
from tests.conftest import RIETWAARDEN, TODAY
from tests.desk.builders import words_of
from waardig.accountability.cli import register
from waardig.accountability.core.processing import PEOPLE
from waardig.accountability.queries import algorithms, processing
from waardig.accountability.terms import ActivityVersionUnknown, EntryRefused, Form, NotRegistered
from waardig.catalogue import queries as catalogue
from waardig.kernel.content_file import ContentInvalid
from waardig.values.actions import decide, suspend

SITE = "https://www.rietwaarden.example"
ROUND = "iit.ronde"
CONTENT = {
    "service": SERVICE, "name": "Rekenen", "category": "B", "category_reason": "Categorie B: het raakt mensen.",
    "themes": ["Sociale zekerheid"], "impact": "Mensen krijgen een voorstel.", "supplier": "Intern ontwikkeld",
}  # fmt: skip


@pytest.fixture
def decided(db: None) -> None:
    """The weighing of the service is decided."""
    decide(RIETWAARDEN / f"services/{SERVICE}/decision.yaml", on=TODAY)


@pytest.fixture
def own_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a register.yaml of the municipality over that of the library."""

    def put(**changes: Any) -> Path:
        file = tmp_path / "services" / SERVICE / "register.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({**CONTENT, **changes}, ensure_ascii=False, indent=1), encoding="utf-8")
        monkeypatch.setenv("WAARDIG_CONTENT", f"{RIETWAARDEN}:{tmp_path}")
        return file

    return put


# -- algorithms ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", list(Form))
def test_the_entry_of_a_decided_service_fits_each_form(decided: None, form: Form) -> None:
    entry = algorithms.checked_entry(SERVICE, form)

    assert algorithms.problems_of(form, entry) == ()
    assert list(validator(form).iter_errors(entry)) == []


def test_the_entry_says_what_is_enforced(decided: None) -> None:
    entry = algorithms.checked_entry(SERVICE, Form.DELIVERY)
    published = catalogue.published(ROUND)

    assert (entry["organization"], entry["status"], entry["begin_date"]) == (
        "Gemeente Rietwaarden",
        "In gebruik",
        "2025-04",
    )
    assert "end_date" not in entry
    assert entry["publication_category"] == "Impactvolle algoritmes"
    assert entry["process_index_url"] == published.uri
    assert entry["contact_email"] == "post@rietwaarden.example"
    assert catalogue.rule_set(SERVICE, TODAY).hash in entry["methods_and_models"]
    assert {"title": "Participatiewet", "link": "https://wetten.overheid.nl/BWBR0015703/2025-01-01"} in entry[
        "lawful_basis_grouping"
    ]
    for attribute in published.activity.attributes:
        assert attribute.necessity.nl in entry["source_data"]
    assert "Een medewerker kijkt 1 op de 20 zaken na." in entry["human_intervention"]


def test_a_service_without_a_decision_has_no_entry(db: None) -> None:
    with pytest.raises(NotRegistered):
        algorithms.entry(SERVICE)
    assert algorithms.registered_services() == ()


def test_a_suspended_service_says_so_and_is_out_of_use_after_a_month(decided: None) -> None:
    suspend(SERVICE, "Er stond een fout in het bedrag.", "s.post", on=TODAY)

    still = algorithms.checked_entry(SERVICE, Form.PUBLICATION, TODAY + timedelta(days=30))
    ended = algorithms.checked_entry(SERVICE, Form.PUBLICATION, TODAY + timedelta(days=31))

    assert still["status"] == "In gebruik"
    assert "De dienst staat stil sinds 28 april 2025. Er stond een fout in het bedrag." in still["risk_management"]
    assert (ended["status"], ended["end_date"]) == ("Buiten gebruik", "2025-04")


def test_before_the_first_round_and_after_the_last_day_the_status_follows(decided: None) -> None:
    before = algorithms.checked_entry(SERVICE, Form.DELIVERY, TODAY - timedelta(days=1))
    after = algorithms.entry(SERVICE, TODAY.replace(year=2027))

    assert (before["status"], before["begin_date"]) == ("In ontwikkeling", "2025-04")
    assert (str(after.status), after.ended) == ("Buiten gebruik", "2027-03")


@pytest.mark.parametrize(
    ("changes", "line", "message"),
    [
        ({"category": "D"}, 4, "'D' is not one of A, B, C; choose one of these"),
        ({"themes": ["Zorg"]}, 7, "'Zorg' is not one of"),
        ({"kategorie": "B"}, 1, "'kategorie' is not known here; did you mean 'category'?"),
        ({"source_code": "http://x.nl"}, 1, "expected: an address that starts with https://"),
        ({"service": "iets_anders"}, 2, f"must be '{SERVICE}', the name of its folder"),
    ],
)  # fmt: skip
def test_wrong_content_is_refused_with_file_and_line(
    decided: None, own_content: Any, changes: dict[str, Any], line: int, message: str
) -> None:
    file = own_content(**changes)

    with pytest.raises(ContentInvalid) as refusal:
        algorithms.entry(SERVICE)

    (problem,) = refusal.value.problems
    assert problem.file == str(file)
    assert message in problem.message
    assert problem.line == line or line == 1


def test_a_text_of_the_municipality_that_leads_nowhere_makes_the_entry_refused_and_not_shown(
    decided: None, own_content: Any
) -> None:
    own_content(source_code=f"{SITE}/code/bestaat-niet", contact="bel ons maar")

    with pytest.raises(EntryRefused) as refusal:
        algorithms.checked_entry(SERVICE, Form.DELIVERY)
    page = Client().get(f"/verantwoording/algoritmes/{SERVICE}/")
    file = Client().get(f"/verantwoording/algoritmes/{SERVICE}/aanlevering.json")

    assert {one.field: one.reason for one in refusal.value.reasons} == {
        "contact_email": "'bel ons maar' is neither an e-mail address nor an https address",
        "publiccode": f"'{SITE}/code/bestaat-niet' leads nowhere: there is no such page on this site",
    }
    assert "field contact_email: 'bel ons maar'" in str(refusal.value)
    assert (page.status_code, file.status_code) == (503, 503)
    assert "Deze registratie klopt nog niet." in words_of(page)
    assert "bel ons maar" not in words_of(page)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (f"{SITE}/verantwoording/{SERVICE}/", None),
        (f"{SITE}/verantwoording/niets/", "there is no service niets"),
        (
            f"{SITE}/verwerkingen/{ROUND}/0000000000000000",
            "no such version of this processing activity was ever published",
        ),
        (f"{SITE}/weg", "there is no such page on this site"),
        ("https://wetten.overheid.nl/BWBR0015703", None),
        ("https://wetten.overheid.nl/BWBR9999999", "law BWBR9999999 is in no law file and in no activity"),
        ("https://wetten.overheid.nl/", "the address names no law (BWBR... or CVDR...)"),
        ("https://een.ander.nl/iets", None),
    ],
)
def test_an_address_of_our_own_or_of_law_must_lead_somewhere(db: None, link: str, reason: str | None) -> None:
    assert algorithms.where_to(link) == reason


def test_the_page_and_the_files_show_the_same_entry(decided: None) -> None:
    shown = words_of(Client().get(f"/verantwoording/algoritmes/{SERVICE}/"))
    listed = words_of(Client().get("/verantwoording/algoritmes/"))
    file = Client().get(f"/verantwoording/algoritmes/{SERVICE}/publicatiestandaard.json")

    entry = algorithms.checked_entry(SERVICE, Form.PUBLICATION)
    assert json.loads(file.content) == entry
    assert entry["name"] in listed
    for field in ("description_short", "purpose_and_impact", "human_intervention", "technical_operation"):
        assert " ".join(entry[field].split()) in shown
    assert Client().get("/algoritmes/").headers["Location"] == "/verantwoording/algoritmes/"
    assert Client().get("/verantwoording/algoritmes/niets/").status_code == 404


def test_the_command_shows_entries_and_refuses_a_wrong_file(decided: None, tmp_path: Path) -> None:
    made = CliRunner().invoke(register, ["algorithms", "--form", "delivery", "--json"])
    good, bad = tmp_path / "goed.json", tmp_path / "fout.json"
    (entry,) = json.loads(made.output)
    good.write_text(json.dumps(entry), encoding="utf-8")
    bad.write_text(json.dumps({**entry, "lawfulBasis": "x", "website": "http://x.nl"}), encoding="utf-8")

    fits = CliRunner().invoke(register, ["algorithms", "--check", str(good)])
    refused = CliRunner().invoke(register, ["algorithms", "--check", str(bad)])
    listed = CliRunner().invoke(register, ["algorithms", "--check", str(bad), "--json"])

    assert (fits.exit_code, "fits the delivery form" in fits.output) == (0, True)
    assert isinstance(refused.exception, EntryRefused)
    assert listed.exit_code == 1
    assert [(one["field"], one["reason"]) for one in json.loads(listed.output)["problems"]] == [
        ("lawfulBasis", "the form does not know it; did you mean lawful_basis?"),
        ("website", "'http://x.nl' is not an absolute https address"),
    ]
    bad.write_text("[]", encoding="utf-8")
    assert "holds no object" in str(CliRunner().invoke(register, ["algorithms", "--check", str(bad)]).exception)


# -- processing ----------------------------------------------------------------------------------------------------
def _a_new_version(owner: psycopg.Connection) -> tuple[str, str]:
    """The round gets another sentence, so a new version; gives the addresses of the old and the new one."""
    old = catalogue.published(ROUND).uri
    new = old[:-4] + "ffff"
    columns = [
        name for (name,) in owner.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'pol' AND table_name = 'activity'"
            " AND column_name NOT IN ('version', 'uri', 'status', 'valid_to') ORDER BY ordinal_position"
        )
    ]  # fmt: skip
    kept = ", ".join(columns)
    owner.execute("UPDATE pol.activity SET status = 'ended', valid_to = '2025-04-27' WHERE uri = %s", [old])
    owner.execute(
        f"INSERT INTO pol.activity (version, uri, status, {kept})"  # noqa: S608
        f" SELECT version + 1, %s, 'active', {kept} FROM pol.activity WHERE uri = %s",
        [new, old],
    )
    return old, new


def test_every_published_version_resolves_at_its_own_address(db: None) -> None:
    entries = processing.register()

    assert len(entries) >= 10
    for entry in entries[:4]:
        page = Client().get(entry.uri.removeprefix(SITE))
        assert page.status_code == 200, entry.uri
        assert entry.uri in words_of(page)


def test_whose_data_it_is_stands_in_words_for_every_activity_and_every_kind_of_people(
    owner: psycopg.Connection,
) -> None:
    known = {kind for (kind,) in owner.execute("SELECT kind FROM pol.population_door")}

    assert (known | {"self"}) - {"any", "related"} == set(PEOPLE)
    assert all(entry.people.nl and "_" not in entry.people.nl for entry in processing.register())


def test_an_old_version_keeps_its_address_and_says_that_it_ended(owner: psycopg.Connection) -> None:
    old, new = _a_new_version(owner)

    shown = words_of(Client().get(old.removeprefix(SITE)))
    newest = words_of(Client().get(f"/verwerkingen/{ROUND}/"))

    assert "Dit is een oude versie." in shown
    assert "27 april 2025" in shown
    assert "Dit is een oude versie." not in newest
    assert new in newest
    assert [(one.uri, one.active) for one in processing.versions(ROUND)] == [(new, True), (old, False)]
    assert old not in [one.uri for one in processing.register()]


def test_an_unknown_version_does_not_exist(db: None) -> None:
    assert Client().get(f"/verwerkingen/{ROUND}/0123").status_code == 404
    assert Client().get("/verwerkingen/niets/").status_code == 404
    with pytest.raises(ActivityVersionUnknown):
        processing.version(ROUND, "0123")


def test_an_entry_has_every_part_that_the_law_asks(db: None) -> None:
    data = processing.as_data(processing.versions(ROUND)[0])

    assert data["controller"]["oin"] == "00000001999999990000"
    assert "Ineke Brandsma" in data["data_protection_officer"]
    assert data["retention"]["period"] == {
        "nl": "1 jaar na de dag van de ronde",
        "en": "1 year after the day of the round",
    }
    assert data["data_subjects"]["nl"] == "wie een uitkering heeft of had; hun partner"
    assert len(data["data"]) == 15
    income = next(one for one in data["data"] if one["attribute"] == "uitkeringen.inkomen")
    assert (income["months_back"], income["collected_under"]["law"]) == (36, "Participatiewet, artikel 17")
    assert data["recipients"] == []
    assert data["transfers"]["nl"].startswith("Niets gaat de gemeente uit")
    assert data["stops_with_its_weighing"] is True


def test_the_register_as_files_is_open_to_other_sites_and_its_pages_are_not(db: None) -> None:
    table, data = Client().get("/verwerkingen/register.csv"), Client().get("/verwerkingen/register.json")
    page = Client().get("/verwerkingen/")
    again = Client().get("/verwerkingen/register.csv", headers={"if-none-match": table["ETag"]})

    lines = table.content.decode().split("\r\n")
    assert lines[0].startswith("activiteit;versie;adres;geldt;")
    assert len(lines) == len(json.loads(data.content)) + 2
    assert table["Access-Control-Allow-Origin"] == data["Access-Control-Allow-Origin"] == "*"
    assert "Last-Modified" in table
    assert (again.status_code, again.content) == (304, b"")
    assert "Access-Control-Allow-Origin" not in page
    assert page["Cache-Control"] == "no-store"


def test_the_register_speaks_english(db: None) -> None:
    shown = words_of(Client().get(f"/verwerkingen/{ROUND}/", headers={"accept-language": "en"}))

    assert "Why is this allowed?" in shown
    assert "Each use is logged per person in a log that nobody can change." in shown


def test_the_command_lists_what_holds(db: None, tmp_path: Path) -> None:
    out = tmp_path / "register.csv"
    made = CliRunner().invoke(register, ["processing", ROUND])
    written = CliRunner().invoke(register, ["processing", "--out", str(out)])

    assert made.output.startswith(f"{SITE}/verwerkingen/{ROUND}/")
    assert written.exit_code == 0
    assert out.read_text(encoding="utf-8") == processing.as_csv(processing.register()).replace("\r\n", "\n")


def test_the_register_says_the_ceiling_of_each_who_asks_and_when_a_line_goes(db: None) -> None:
    """What the gate keeps and the worker removes is what stands here; the figures are those of the activity."""
    said = {
        name: [one.nl for one in processing.versions(name)[0].security]
        for name in ("loket.meekijken", "loket.zoeken", "aanmelden", ROUND)
    }

    assert "Wie vraagt, mag dat voor ten hoogste 300 personen per dag." in said["loket.meekijken"]
    assert "Wie zoekt, mag dat ten hoogste 40 keer per dag." in said["loket.zoeken"]
    assert "Wie vraagt, mag dat voor ten hoogste 1.000.000 personen per dag." in said[ROUND]
    assert not any("ten hoogste" in one and "dag" in one for one in said["aanmelden"])
    for name, term in (("loket.meekijken", "5 jaar"), ("aanmelden", "6 maanden"), (ROUND, "1 jaar")):
        assert (
            f"De computer verwijdert de regel {term} na de dag van de regel. "
            "Een regel bij een zaak blijft zo lang als de zaak."
        ) in said[name]


@pytest.mark.parametrize("words", [("algorithms",), ("processing",), ("processing", "--json")])
def test_a_place_that_cannot_be_written_is_told(db: None, tmp_path: Path, words: tuple[str, ...]) -> None:
    told = CliRunner().invoke(register, [*words, "--out", str(tmp_path / "not there" / "file")])

    assert told.exit_code == 1 and "No such file or directory" in told.output
    assert isinstance(told.exception, SystemExit)


def test_an_entry_that_is_nested_too_deep_is_refused(tmp_path: Path) -> None:
    (tmp_path / "entry.json").write_text("[" * 100_000)

    told = CliRunner().invoke(register, ["algorithms", "--check", str(tmp_path / "entry.json")])

    assert told.exit_code == 1 and "it is not JSON" in str(told.exception)
