"""The Helm chart, rendered by Helm's own engine: valid, closed, without secrets, and in step with values and code."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest
import yaml
from django.urls import resolve

from tests.architecture.sources import ROOT

CHART = ROOT / "deploy" / "chart"
TOOLS = ROOT / ".venv-deploy" / "bin"
VERSIONS = ["1.31", "1.37"]
FULL: dict[str, Any] = {
    "image": {"digest": "sha256:" + "0" * 64, "pullSecrets": ["pull"]},
    "secrets": {"metrics": "waardig-metrics", "logKey": "waardig-log-key"},
    "content": {"claim": "content"},
    "log": {"origin": "rietwaarden.example/log", "witnessClaim": "witness"},
    "ingress": {"annotations": {"nginx.ingress.kubernetes.io/proxy-body-size": "1m"}},
    "networkPolicy": {"monitoringNamespace": "monitoring"},
    "hosts": ["mijn.rietwaarden.example", "my.rietwaarden.example"],
}
BARE: dict[str, Any] = {"migrate": {"enabled": False}, "ingress": {"enabled": False}}
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("no TLS", {"baseUrl": "http://mijn.example"}),
    ("no host", {"hosts": []}),
    ("a key that is nothing", {"replicas": 3}),
    ("a secret in the values", {"secrets": {"databaseUrl": "postgresql://a:b@c/d"}}),
    ("no content", {"content": {"configMap": "", "claim": ""}}),
    ("a key without the name of the log", {"secrets": {"logKey": "waardig-log-key"}}),
    ("no replica", {"web": {"replicas": 0}}),
]


@pytest.fixture(scope="module")
def rendered() -> dict[str, Any]:
    """What Helm makes of all sets of values, in one child."""
    if not (TOOLS / "python").exists():
        pytest.skip("the tools are not installed: run `python tools/setup.py --deploy` (make test does)")
    probe = subprocess.run([TOOLS / "python", "-c", "import helm_python"], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("Helm's engine is packaged for Linux on x86_64 only")
    asked = {"chart": str(CHART), "versions": VERSIONS, "values": [{}, FULL, BARE, *(values for _, values in WRONG)]}
    done = subprocess.run(
        [TOOLS / "python", ROOT / "tests" / "deploy" / "rendering.py"], input=json.dumps(asked),
        capture_output=True, text=True, timeout=180, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _manifests(rendered: dict[str, Any], which: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rendered["rendered"][which]["manifests"]
    return found


def _pods(manifests: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The specification of the pods of each workload, by the name of its component."""
    return {
        one["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/component"]: one["spec"]["template"]
        for one in manifests
        if one["kind"] in ("Deployment", "Job")
    }


def _names(manifests: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return sorted((one["kind"], one["metadata"]["name"]) for one in manifests)


def test_helm_lints_the_chart_without_a_word_of_error(rendered: dict[str, Any]) -> None:
    said = rendered["lint"]

    assert said["errors"] == []
    assert [one["error"] for one in said["messages"] if one["severity"] > 1] == []


@pytest.mark.parametrize("which", [0, 1, 2], ids=["defaults", "everything", "bare"])
def test_every_manifest_is_valid_to_kubernetes(which: int, rendered: dict[str, Any]) -> None:
    assert rendered["rendered"][which]["wrong"] == []
    assert len(_manifests(rendered, which)) >= 7


def test_the_schemas_do_find_a_manifest_that_is_wrong() -> None:
    if not (TOOLS / "python").exists():
        pytest.skip("the tools are not installed: run `python tools/setup.py --deploy` (make test does)")
    code = (
        "import kubernetes_validate as k\n"
        "k.validate({'apiVersion': 'v1', 'kind': 'Service', 'metadata': {'name': 'a'}, 'spec': {'prots': []}}, '1.31',"
        " strict=True)"
    )
    done = subprocess.run([TOOLS / "python", "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1 and "prots" in done.stderr


def test_the_chart_makes_what_it_says(rendered: dict[str, Any]) -> None:
    assert _names(_manifests(rendered, 0)) == [
        ("Deployment", "proef-web"),
        ("Deployment", "proef-worker"),
        ("Ingress", "proef-web"),
        ("Job", "proef-migrate"),
        ("NetworkPolicy", "proef-web"),
        ("NetworkPolicy", "proef-worker"),
        ("PodDisruptionBudget", "proef-web"),
        ("Service", "proef-web"),
        ("ServiceAccount", "proef"),
    ]
    assert {kind for kind, _ in _names(_manifests(rendered, 2))} & {"Job", "Ingress"} == set()


@pytest.mark.parametrize("which", [0, 1])
def test_every_pod_is_closed_and_bounded(which: int, rendered: dict[str, Any]) -> None:
    for name, pod in _pods(_manifests(rendered, which)).items():
        spec = pod["spec"]
        assert spec["automountServiceAccountToken"] is False, name
        assert (spec["securityContext"]["runAsNonRoot"], spec["securityContext"]["runAsUser"]) == (True, 10001), name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        (container,) = spec["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"cpu", "memory"} <= set(container["resources"]["requests"]) and container["resources"]["limits"][
            "memory"
        ]
        written = [mount["mountPath"] for mount in container["volumeMounts"] if not mount.get("readOnly")]
        assert set(written) <= {"/tmp", "/var/lib/waardig-witness"}, name


@pytest.mark.parametrize("which", [0, 1, 2])
def test_no_secret_stands_in_a_manifest_and_only_migrate_has_the_owner(which: int, rendered: dict[str, Any]) -> None:
    manifests = _manifests(rendered, which)
    assert not [one for one in manifests if one["kind"] == "Secret"]
    for name, pod in _pods(manifests).items():
        (container,) = pod["spec"]["containers"]
        plain = {one["name"] for one in container["env"] if "value" in one}
        assert not plain & {"DATABASE_URL", "DATABASE_OWNER_URL", "WAARDIG_SECRET_KEY", "WAARDIG_METRICS_TOKEN"}, name
        secrets = {one["secretRef"]["name"] for one in container["envFrom"]}
        assert ("waardig-owner" in secrets) is (name == "migrate"), name


def test_the_environment_of_the_pods_are_settings_that_exist(rendered: dict[str, Any]) -> None:
    settings = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    for pod in _pods(_manifests(rendered, 1)).values():
        for one in pod["spec"]["containers"][0]["env"]:
            assert f"| `{one['name']}` |" in settings, one["name"]


def test_the_arguments_of_the_pods_are_commands_and_options_that_exist(rendered: dict[str, Any]) -> None:
    commands = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for pod in _pods(_manifests(rendered, 1)).values():
        command, *rest = pod["spec"]["containers"][0]["args"]
        section = re.search(rf"^## waardig {command}\n(.*?)(?=^## |\Z)", commands, re.MULTILINE | re.DOTALL)
        assert section, command
        assert [one for one in rest if one.startswith("--") and f"`{one}`" not in section[1]] == []


def test_probes_ask_addresses_that_exist_and_need_no_sign_in_under_a_host_that_is_allowed(
    rendered: dict[str, Any],
) -> None:
    (container,) = _pods(_manifests(rendered, 1))["web"]["spec"]["containers"]
    seen = {}
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        asked = container[probe]["httpGet"]
        seen[probe] = resolve(asked["path"]).view_name
        assert asked["httpHeaders"] == [{"name": "Host", "value": "mijn.rietwaarden.example"}]
        assert asked["port"] == container["ports"][0]["name"] == "http"

    assert seen == {"startupProbe": "health:alive", "livenessProbe": "health:alive", "readinessProbe": "health:ready"}
    assert "livenessProbe" not in _pods(_manifests(rendered, 1))["worker"]["spec"]["containers"][0]


def test_a_pod_gets_the_time_to_end_that_the_process_takes(rendered: dict[str, Any]) -> None:
    web = _pods(_manifests(rendered, 0))["web"]["spec"]
    grace = int(web["containers"][0]["args"][-1])

    assert web["terminationGracePeriodSeconds"] > grace + 5, "the pause before stopping counts too"
    assert _pods(_manifests(rendered, 0))["worker"]["spec"]["terminationGracePeriodSeconds"] >= 300, "a lease"


def test_selectors_meet_the_pods(rendered: dict[str, Any]) -> None:
    manifests = _manifests(rendered, 0)
    labels = {name: pod["metadata"]["labels"] for name, pod in _pods(manifests).items()}
    by_kind = {(one["kind"], one["metadata"]["name"]): one["spec"] for one in manifests if "spec" in one}
    budget, network = by_kind[("PodDisruptionBudget", "proef-web")], by_kind[("NetworkPolicy", "proef-web")]
    for selector in (
        by_kind[("Service", "proef-web")]["selector"],
        budget["selector"]["matchLabels"],
        network["podSelector"]["matchLabels"],
    ):
        assert selector.items() <= labels["web"].items()
        assert not selector.items() <= labels["worker"].items()
    closed = by_kind[("NetworkPolicy", "proef-worker")]
    assert closed["ingress"] == [] and closed["policyTypes"] == ["Ingress", "Egress"]
    wanted = {one["key"]: set(one["values"]) for one in closed["podSelector"]["matchExpressions"]}
    for name in ("worker", "migrate"):
        assert all(labels[name][key] in values for key, values in wanted.items()), name


def test_migrations_run_before_the_new_version_serves(rendered: dict[str, Any]) -> None:
    (job,) = [one for one in _manifests(rendered, 0) if one["kind"] == "Job"]

    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"


@pytest.mark.parametrize("number", range(len(WRONG)), ids=[name for name, _ in WRONG])
def test_values_that_cannot_work_are_refused(number: int, rendered: dict[str, Any]) -> None:
    assert "error" in rendered["rendered"][3 + number]


def _leaves(values: dict[str, Any], schema: dict[str, Any], path: str = "") -> list[str]:
    found = []
    for name, value in values.items():
        inner = schema.get("properties", {}).get(name, {})
        if isinstance(value, dict) and "properties" in inner:
            found += _leaves(value, inner, f"{path}{name}.")
        else:
            found.append(f"{path}{name}")
    return found


def test_values_schema_and_templates_name_the_same() -> None:
    values = yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))
    schema = json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((CHART / "templates").iterdir()))
    used = set(re.findall(r"\.Values\.([A-Za-z.]+)", text))
    leaves = set(_leaves(values, schema))

    assert leaves - used == set(), "a value that no template uses"
    assert used - leaves == set(), "a template that uses what is no value"
    _same(values, schema, "")


def _same(values: dict[str, Any], schema: dict[str, Any], path: str) -> None:
    """Every key of the values stands in the schema, is required there, and nothing else does."""
    known = set(schema["properties"]) - {"global"}
    assert set(values) == known == set(schema["required"]), path
    assert schema["additionalProperties"] is False
    for name, value in values.items():
        if isinstance(value, dict) and "properties" in schema["properties"][name]:
            _same(value, schema["properties"][name], f"{path}{name}.")


def test_the_chart_bears_the_version_of_the_product() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changes, re.MULTILINE)

    assert newest and chart["version"] == chart["appVersion"] == newest[1]
