"""Reports as files: against their schemas, and whole or not at all."""

import json
import os
import resource
import stat
import subprocess

import jsonschema
import pytest
import yaml
from conftest import KEY, ROOT, SIPDRIFT, environment, outbound, read_json, reply, run_sipdrift

GOLDENS = ROOT / "tests/golden"
ONE = "numbers: [{number: '+12', port: 5061}]\n"


def schema(of):
    run = run_sipdrift("schema", of)
    assert run.status == 0
    parsed = json.loads(run.out)
    jsonschema.Draft202012Validator.check_schema(parsed)
    return jsonschema.Draft202012Validator(parsed)


@pytest.fixture
def drifted(api):
    return api({"+12": outbound(port=5060)})


# ---- Schemas ---------------------------------------------------------------------------------


def test_json_reports_fit_the_schema_that_the_program_prints(api, tmp_path):
    validator = schema("report")
    server = api((ROOT / "samples/fleet.json").read_text())
    path = tmp_path / "report.json"
    server.audit("samples/manifest.yaml", "--report", f"json={path}", cwd=ROOT)
    validator.validate(read_json(path))
    for golden in GOLDENS.glob("*.json"):
        if not golden.name.startswith("changes_"):
            validator.validate(read_json(golden))


@pytest.mark.parametrize(
    "path, value",
    [
        (["results", 0, "status"], "fine"),
        (["results", 0, "findings"], None),
        (["results", 0, "evidence", "reply_sha256"], None),
        (["results", 2, "status"], "in_sync"),
        (["results", 3, "error"], None),
        (["summary", "drifted"], -1),
        (["run", "started_at"], "2026-11-23 02:00:05"),
        (["format_version"], "2.0"),
    ],
)
def test_the_report_schema_refuses_what_is_wrong(path, value):
    report = read_json(GOLDENS / "mixed.6.json")
    place = report
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        schema("report").validate(report)


def test_manifests_fit_the_schema_that_the_program_prints():
    validator = schema("manifest")
    path = ROOT / "samples/manifest.yaml"
    validator.validate(yaml.safe_load(path.read_text()))
    assert run_sipdrift("validate", path).status == 0


@pytest.mark.parametrize(
    "text",
    [
        "numbers: [{number: '+12', prot: 1}]",
        "numbers: [{number: '+12'}]",
        "numbers: [{number: '+12', port: 0}]",
        "numbers: [{number: '+12', port: 1.5}]",
        "numbers: [{number: '12', port: 1}]",
        "numbers: [{number: '+12', range: '+12..+13', port: 1}]",
        "numbers: []",
        "numbers: [{number: '+12', inbound: {}}]",
        "numbers: [{number: '+12', transport: TLS}]",
        "profiles: {'a b': {port: 1}}",
    ],
)
def test_the_manifest_schema_and_the_program_refuse_the_same(manifest, text):
    path = manifest(text + "\n")
    assert run_sipdrift("validate", path).status == 65
    with pytest.raises(jsonschema.ValidationError):
        schema("manifest").validate(yaml.safe_load(path.read_text()))


def test_junit_reports_fit_the_schema(api, tmp_path):
    server = api((ROOT / "samples/fleet.json").read_text())
    path = tmp_path / "report.xml"
    server.audit("samples/manifest.yaml", "--report", f"junit={path}", cwd=ROOT)
    for report in (path, *GOLDENS.glob("*.junit")):
        subprocess.run(
            ["xmllint", "--nonet", "--noout", "--schema", ROOT / "tests/report/junit.xsd", report],
            check=True,
            capture_output=True,
        )


def test_sarif_reports_fit_the_schema(api, tmp_path):
    """The OASIS committee's (2.1.0-rtm.5), unchanged from npm's @microsoft/jest-sarif 1.0.0-beta.0 (MIT)."""
    validator = jsonschema.Draft4Validator(read_json(ROOT / "tests/report/sarif-2.1.0.schema.json"))
    server = api((ROOT / "samples/fleet.json").read_text())
    paths = [tmp_path / "file.sarif", tmp_path / "stdin.sarif"]
    server.audit("samples/manifest.yaml", "--report", f"sarif={paths[0]}", cwd=ROOT)
    server.audit("-", "--report", f"sarif={paths[1]}", stdin=(ROOT / "samples/manifest.yaml").read_text())
    for path in paths:
        (run,) = read_json(path)["runs"]
        assert len(run["results"]) == 13
        assert run["invocations"][0]["exitCode"] == 6
    for path in (*paths, *GOLDENS.glob("*.sarif")):
        validator.validate(read_json(path))


def test_prometheus_can_read_its_reports(api, tmp_path):
    server = api((ROOT / "samples/fleet.json").read_text())
    path = tmp_path / "sipdrift.prom"
    server.audit("samples/manifest.yaml", "--report", f"prometheus={path}", cwd=ROOT)
    assert 'sipdrift_numbers{status="drifted"} 6\n' in path.read_text()
    for report in (path, *GOLDENS.glob("*.prometheus")):
        check = subprocess.run(["promtool", "check", "metrics"], input=report.read_bytes(), capture_output=True)
        assert (check.returncode, check.stdout, check.stderr) == (0, b"", b"")


# ---- Where they go ---------------------------------------------------------------------------


def test_a_report_on_stdout_sends_the_summary_to_stderr(drifted, manifest):
    run = drifted.audit(manifest(ONE), "--report", "json=-")
    assert run.status == 2
    assert json.loads(run.out)["summary"]["drifted"] == 1
    assert "1 number: 0 in sync, 1 drifted" in run.err


def test_the_text_report_is_the_summary(drifted, manifest, tmp_path):
    run = drifted.audit(manifest(ONE), "--report", f"text={tmp_path}/r.txt")
    assert (tmp_path / "r.txt").read_text() == run.out


def test_annotations_stand_alone_on_stdout(drifted, manifest, tmp_path):
    manifest(ONE)
    run = drifted.audit("manifest.yaml", "--report", "github=-", cwd=tmp_path)
    assert run.status == 2
    assert run.out.splitlines() == [
        "::error file=manifest.yaml,line=2,title=outbound.port changed::"
        "outbound.port: expected 5061, live 5060%0A1 number: +12",
        "::notice title=sipdrift::1 number: 1 drifted",
    ]


def test_quiet_leaves_the_summary_out(drifted, manifest, tmp_path):
    run = drifted.audit(manifest(ONE), "--quiet", "--report", f"json={tmp_path}/r.json")
    assert (run.status, run.out, run.err) == (2, "", "")
    assert read_json(tmp_path / "r.json")["run"]["exit_code"] == 2


def test_an_old_report_is_replaced(drifted, manifest, tmp_path):
    path = tmp_path / "r.json"
    path.write_text("x" * 100_000)
    drifted.audit(manifest(ONE), "--report", f"json={path}")
    assert read_json(path)["summary"]["declared"] == 1
    assert sorted(tmp_path.glob("r.json*")) == [path]


def test_a_device_is_written_to_and_stays_one(drifted, manifest):
    assert drifted.audit(manifest(ONE), "--report", "json=/dev/null").status == 2
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.parametrize(
    "target, why",
    [
        ("/dev/full", "No space left on device"),
        (".", "Is a directory"),
        ("none/r.json", "No such file or directory"),
    ],
)
def test_a_report_that_cannot_be_written_is_told_and_the_others_are_written(
    drifted, manifest, tmp_path, target, why
):
    run = drifted.audit(
        manifest(ONE), "--report", f"json={target}", "--report", f"junit={tmp_path}/r.xml", cwd=tmp_path
    )
    assert run.status == 1
    assert f"sipdrift: report json={target} could not be written: {why}\n" in run.err
    assert "1 drifted" in run.out
    assert "Exit status 1: " in run.out
    assert "drift.changed" in (tmp_path / "r.xml").read_text()


def test_every_report_tells_of_the_one_that_could_not_be_written(drifted, manifest, tmp_path):
    run = drifted.audit(
        manifest(ONE), "--report", f"json={tmp_path}/r.json", "--report", "text=/dev/full"
    )
    assert run.status == 1
    written = read_json(tmp_path / "r.json")
    assert written["run"]["exit_code"] == 1
    assert "text=/dev/full could not be written" in written["notices"][0]["message"]


def test_a_new_report_keeps_the_permissions_of_the_old(drifted, manifest, tmp_path):
    path = tmp_path / "r.json"
    path.write_text("old")
    path.chmod(0o600)
    drifted.audit(manifest(ONE), "--report", f"json={path}")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("old_mode", [None, 0o600])
def test_a_report_for_another_users_program_is_readable_for_it(drifted, manifest, tmp_path, old_mode):
    path = tmp_path / "sipdrift.prom"
    if old_mode is not None:
        path.write_text("old")
        path.chmod(old_mode)
    run = subprocess.run(
        [SIPDRIFT, "audit", manifest(ONE), "--api-url", drifted.url, "-q", "--report", f"prometheus={path}",
         "--report", f"json={tmp_path}/r.json"],
        env=environment(BLAND_API_KEY=KEY), preexec_fn=lambda: os.umask(0o077))
    assert run.returncode == 2
    assert path.stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "r.json").stat().st_mode & 0o777 == 0o600


def test_an_old_report_that_is_no_such_report_is_told_of_and_replaced(drifted, manifest, tmp_path):
    path = tmp_path / "sipdrift.prom"
    path.write_text("x" * 70_000)
    run = drifted.audit(manifest(ONE), "-q", "--report", f"prometheus={path}")
    assert run.status == 2
    assert run.err == (f"sipdrift: warning: nothing is carried over from the old {path}: "
                       "it has more than 65536 bytes\n")
    assert path.read_text().startswith("# HELP sipdrift_numbers")


def test_a_pipe_that_nobody_reads_does_not_keep_the_run_waiting(drifted, manifest, tmp_path):
    os.mkfifo(tmp_path / "fifo")
    for name in ("json", "prometheus"):
        run = drifted.audit(manifest(ONE), "--report", f"{name}={tmp_path}/fifo")
        assert run.status == 1
        assert "fifo could not be written" in run.err


def test_a_summary_that_cannot_be_written_is_a_failure(drifted, manifest):
    with open("/dev/full", "w") as full:
        process = subprocess.run(
            [SIPDRIFT, "audit", manifest(ONE), "--api-url", drifted.url],
            env=environment(BLAND_API_KEY=KEY), stdout=full, stderr=subprocess.PIPE, text=True,
        )
    assert process.returncode == 1
    assert "the summary could not be written: No space left on device" in process.stderr


def test_a_closed_pipe_is_a_failure_and_no_crash(drifted, manifest):
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [SIPDRIFT, "audit", manifest(ONE), "--api-url", drifted.url, "--report", "json=-"],
        env=environment(BLAND_API_KEY=KEY), stdout=writing, stderr=subprocess.PIPE, text=True,
    )
    os.close(writing)
    assert process.returncode == 1
    assert "report json=- could not be written: Broken pipe" in process.stderr


def test_a_symbolic_link_is_followed(drifted, manifest, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link.json").symlink_to("real/r.json")
    assert drifted.audit(manifest(ONE), "--report", f"json={tmp_path}/link.json").status == 2
    assert (tmp_path / "link.json").is_symlink()
    assert read_json(tmp_path / "real" / "r.json")["run"]["exit_code"] == 2


def test_dev_stdout_is_stdout(drifted, manifest, tmp_path):
    with open(tmp_path / "out", "w") as out:
        process = subprocess.run(
            [SIPDRIFT, "audit", manifest(ONE), "--api-url", drifted.url, "--report", "json=/dev/stdout"],
            env=environment(BLAND_API_KEY=KEY), stdout=out, stderr=subprocess.PIPE, text=True,
        )
    assert process.returncode == 2
    assert "Exit status 2" in process.stderr
    assert read_json(tmp_path / "out")["run"]["exit_code"] == 2


def test_reports_tell_of_a_summary_that_could_not_be_written(drifted, manifest, tmp_path):
    with open("/dev/full", "w") as full:
        process = subprocess.run(
            [SIPDRIFT, "audit", manifest(ONE), "--api-url", drifted.url, "--report", f"json={tmp_path}/r.json"],
            env=environment(BLAND_API_KEY=KEY), stdout=full, stderr=subprocess.PIPE, text=True,
        )
    assert process.returncode == 1
    assert read_json(tmp_path / "r.json")["run"]["exit_code"] == 1


def test_a_report_of_the_longest_name_can_be_written(drifted, manifest, tmp_path):
    path = tmp_path / ("r" * 250)
    assert drifted.audit(manifest(ONE), "--report", f"json={path}").status == 2
    assert len(list(tmp_path.glob("*"))) >= 2
    assert not list(tmp_path.glob(".sipdrift*"))


def test_messages_go_nowhere_else_where_the_descriptors_are_closed(drifted, manifest, tmp_path):
    process = subprocess.run(
        ["bash", "-c", '"$@" <&- >&- 2>&-', "-", SIPDRIFT, "audit", manifest(ONE), "--api-url", drifted.url,
         "--progress", "always", "--log-level", "debug", "--report", f"json={tmp_path}/r.json"],
        env=environment(BLAND_API_KEY=KEY),
    )
    assert process.returncode == 1  # the summary is lost
    assert read_json(tmp_path / "r.json")["summary"]["drifted"] == 1


# ---- Faults ----------------------------------------------------------------------------------


def test_a_limit_on_the_size_of_files_is_a_failure_and_no_crash(api, manifest, tmp_path):
    server = api({f"+{number}": outbound(port=5060) for number in range(1000, 1100)})
    (tmp_path / "r.json").write_text("old")
    run = subprocess.run(
        [SIPDRIFT, "audit", manifest("numbers: [{range: '+1000..+1099', port: 5061}]\n"), "--api-url", server.url,
         "--report", f"json={tmp_path}/r.json", "--report", f"junit={tmp_path}/r.xml"],
        env=environment(BLAND_API_KEY=KEY), capture_output=True, text=True, timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (32768, 32768)))
    assert run.returncode == 1
    assert f"report json={tmp_path}/r.json could not be written: File too large" in run.stderr
    assert (tmp_path / "r.json").read_text() == "old"
    assert (tmp_path / "r.xml").exists()
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]


def test_runs_that_write_the_same_report_at_once_leave_a_whole_one(drifted, manifest, tmp_path):
    path = manifest(ONE)
    command = [SIPDRIFT, "audit", path, "--api-url", drifted.url, "-q", "--report", f"json={tmp_path}/shared.json"]
    runs = [subprocess.Popen(command, env=environment(BLAND_API_KEY=KEY)) for _ in range(8)]
    while any(run.poll() is None for run in runs):
        if (tmp_path / "shared.json").exists():  # at no moment half of one
            assert len(read_json(tmp_path / "shared.json")["results"]) == 1
    assert {run.returncode for run in runs} == {2}
    assert len(read_json(tmp_path / "shared.json")["results"]) == 1
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]
