"""The report of a simulation in a real browser: nothing that axe finds, no sideways scroll, no call to anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.law.simulating import call, laws, people, table_of
from tests.look.browser import SIZES, opened, violations


def test_the_report_of_a_change_and_of_a_sweep_can_be_read_by_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    monkeypatch.setattr("waardig.law.cli.options.content_roots", list)
    laws(tmp_path)
    persons = [
        person
        for place in ("Binnenstad", "Een wijk met een heel lange naam die niet past", "C")
        for person in people((30, 50000), (20, 110000), (12, 130000), place=place)
    ]
    path = table_of(tmp_path, persons)
    changes = {
        "change": ["--set", "bijdrage:GRENS=1200 euro"],
        "sweep": ["--sweep", "bijdrage:GRENS=400,1200,1400 euro"],
    }
    for name, change in changes.items():
        done = call(tmp_path, path, *change, "--out", tmp_path / name)
        assert done.exit_code == 0, done.exception

    for name in changes:
        page = opened(browser, (tmp_path / name / "report.html").as_uri(), SIZES[0])
        assert violations(page) == [], name
        assert page.evaluate("performance.getEntriesByType('resource').length") == 0
        for width in SIZES:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        page.close()
