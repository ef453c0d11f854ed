"""The samples for CI: each is run as it stands, part by part, and the parts are put together."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from conftest import KEY, ROOT, SIPDRIFT, environment, read_json

SAMPLES = ROOT / "samples/ci"


@pytest.fixture
def sample(api):
    return api((ROOT / "samples/fleet.json").read_text())


@pytest.fixture
def folder(tmp_path):
    """Where a job runs: with the manifest that the samples name."""
    (tmp_path / "numbers.yaml").write_text((ROOT / "samples/manifest.yaml").read_text())
    return tmp_path


def load(name):
    return yaml.safe_load((SAMPLES / name).read_text())


def shell(server, folder, *command, **variables):
    """Runs a command as a CI does, with this sipdrift."""
    env = environment(BLAND_API_KEY=KEY, SIPDRIFT_API_URL=server.url, **variables)
    env["PATH"] = f"{Path(SIPDRIFT).parent}:{env['PATH']}"
    return subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, timeout=60)


def sh(server, folder, command, **variables):
    return shell(server, folder, "/bin/sh", "-c", command, **variables)


def check_merged(run, folder, server):
    """The whole, as one audit of it would have told."""
    assert run.returncode == 6, run.stderr
    merged, whole = folder / "drift.json", folder / "whole.json"
    server.audit(folder / "numbers.yaml", "-q", "--report", f"json={whole}")
    assert read_json(merged)["summary"] == read_json(whole)["summary"]
    assert len(read_json(merged)["run"]["merged_from"]) == 4


def check_parts(folder, names):
    indexes = [read_json(folder / name)["run"]["shard"]["index"] for name in names]
    assert indexes == [1, 2, 3, 4]


def test_gnu_parallel(sample, folder):
    script = SAMPLES / "parallel.sh"
    run = shell(sample, folder, script, "numbers.yaml", "--exclude", "tag:no such; $(tag)", PARTS="4", OUT="out dir")
    assert run.stdout.endswith("Exit status 6: drift, and some numbers could not be compared.\n"), run.stderr
    check_parts(folder / "out dir", [f"part{index}.json" for index in (1, 2, 3, 4)])
    (folder / "out dir/drift.json").rename(folder / "drift.json")
    check_merged(run, folder, sample)


def test_gnu_parallel_without_a_part(sample, folder):
    """Parts of an earlier run do not stand in for those of this one."""
    run = shell(sample, folder, SAMPLES / "parallel.sh", "numbers.yaml")
    assert run.returncode == 6, run.stderr
    run = shell(sample, folder, SAMPLES / "parallel.sh", "numbers.yaml", "--no-such-option")
    assert run.returncode == 65
    assert "part1.json: cannot be read" in run.stderr


def test_github_actions(sample, folder):
    workflow = load("github-actions.yml")
    audit, merge = workflow["jobs"]["audit"], workflow["jobs"]["merge"]
    (step,) = [step for step in audit["steps"] if "run" in step]
    assert step["continue-on-error"] is True
    for part in audit["strategy"]["matrix"]["part"]:
        command = step["run"].replace("${{ matrix.part }}", str(part))
        assert "${{" not in command
        sh(sample, folder, command, GITHUB_ACTIONS="true")
    check_parts(folder, [f"part{index}.json" for index in (1, 2, 3, 4)])
    (step,) = [step for step in merge["steps"] if "run" in step]
    check_merged(sh(sample, folder, step["run"]), folder, sample)


def test_gitlab(sample, folder):
    pipeline = load("gitlab-ci.yml")
    (command,) = pipeline["audit"]["script"]
    total = pipeline["audit"]["parallel"]
    for index in range(1, total + 1):
        run = sh(sample, folder, command, CI_NODE_INDEX=str(index), CI_NODE_TOTAL=str(total), GITLAB_CI="true")
        assert run.returncode in [0, *pipeline["audit"]["allow_failure"]["exit_codes"]], run.stderr
    check_parts(folder, [f"part{index}.json" for index in (1, 2, 3, 4)])
    (command,) = pipeline["merge"]["script"]
    check_merged(sh(sample, folder, command), folder, sample)
    assert (folder / pipeline["merge"]["artifacts"]["reports"]["junit"]).exists()


def test_kubernetes(sample, folder):
    job = load("kubernetes.yaml")
    (container,) = job["spec"]["template"]["spec"]["containers"]
    (script,) = container["args"]
    script = script.replace("/etc/sipdrift/", f"{folder}/")
    for index in range(job["spec"]["completions"]):
        run = shell(sample, folder, *container["command"], script, JOB_COMPLETION_INDEX=str(index))
        assert run.returncode == 0, run.stderr
    check_parts(folder, [f"part{index}.json" for index in (0, 1, 2, 3)])
    # A pod that cannot audit at all is not done.
    failed = shell(sample, folder, *container["command"], script, JOB_COMPLETION_INDEX="4")
    assert failed.returncode not in (0, 6)
    merge = re.search(r"^# +(sipdrift merge .*)$", (SAMPLES / "kubernetes.yaml").read_text(), re.MULTILINE)
    check_merged(sh(sample, folder, merge[1]), folder, sample)
