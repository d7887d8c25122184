"""A simulation that the college weighed along stands for everybody under the weighing, as it was when they decided."""

from __future__ import annotations

from pathlib import Path

from django.test import Client

from tests.cases.builders import TODAY
from tests.desk.builders import words_of
from tests.public.conftest import RIETWAARDEN
from tests.public.test_dossier import PAGE
from tests.values.test_simulations import a_report, citing
from waardig.values.actions import decide


def test_the_opinions_page_shows_what_the_decision_cited_even_when_the_file_is_gone(db: None, tmp_path: Path) -> None:
    report = a_report(tmp_path)
    (cited,) = citing(report)["simulations"]
    text = (RIETWAARDEN / "services/individuele_inkomenstoeslag/decision.yaml").read_text("utf-8")
    path = tmp_path / "decision.yaml"
    block = f"simulations:\n  - report: {cited['report']}\n    sha256: {cited['sha256']}\n"
    path.write_text(f'{text}\n{block}    shows: {{nl: "Een hogere grens", en: "A higher limit"}}\n', "utf-8")

    decide(path, on=TODAY)
    report.unlink()
    response = Client().get(f"{PAGE}meningen/")
    shown = words_of(response).replace("\u00a0", " ")

    assert "Een hogere grens" in shown
    for said in ("Samen was: € 300", "Samen wordt: € 500", "Verschil: € 200", "Krijgt er recht bij: 20"):
        assert said in shown
    assert cited["sha256"] in shown and "bijdrage:GRENS=1200 euro" in shown
    assert shown.index("Anderen") < shown.index("Een hogere grens") < shown.index("Advies van de functionaris")
