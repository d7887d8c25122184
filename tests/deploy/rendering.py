"""Child of the chart's tests, run by the Python of `.venv-deploy`: Helm's engine renders, Kubernetes' schemas judge.

Reads JSON {"chart": path, "values": [...], "versions": [...]} and prints for each set of values what was rendered, or
the error; with every manifest what the schemas say of it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import kubernetes_validate
import yaml
from helm_python import Chart, HelmError, lint


def main() -> None:
    """Render, validate, print."""
    asked = json.load(sys.stdin)
    found: dict[str, Any] = {"lint": lint(asked["chart"], strict=True), "rendered": []}
    with Chart.load(asked["chart"]) as chart:
        for values in asked["values"]:
            try:
                chart.validate_schema(values)
                texts = chart.render(values, name="proef", namespace="waardig")
            except HelmError as error:
                found["rendered"].append({"error": str(error)})
                continue
            manifests = [one for name, text in sorted(texts.items()) if name.endswith(".yaml")
                         for one in yaml.safe_load_all(text) if one]  # fmt: skip
            wrong = [said for one in manifests for version in asked["versions"] if (said := _judged(one, version))]
            found["rendered"].append({"manifests": manifests, "wrong": wrong})
    json.dump(found, sys.stdout)


def _judged(manifest: dict[str, Any], version: str) -> str:
    try:
        kubernetes_validate.validate(manifest, version, strict=True)
    except Exception as error:
        return f"{manifest.get('kind')} {version}: {str(error).splitlines()[0]}"
    return ""


if __name__ == "__main__":
    main()
