"""sipdrift audit: the main job, end to end, over a real connection."""

import json

import pytest
from conftest import KEY, ROOT, environment, outbound, read_json, reply, run_sipdrift

ONE = "numbers: [{number: '+14150000000', port: 5061}]\n"


def statuses(report):
    return {result["number"]: result["status"] for result in report["results"]}


# ---- Verdicts --------------------------------------------------------------------------------


def test_the_documented_example_is_in_sync(api, manifest):
    """The example of the provider's documentation against the flat form of a manifest."""
    documented = {
        "data": {
            "inbound": {
                "number": "+14150000000",
                "id": "abc123",
                "org_id": "org_456",
                "direction": "inbound",
                "sip_endpoint": None,
                "created_at": "2026-03-09T12:00:00Z",
                "updated_at": "2026-03-09T12:00:00Z",
                "headers": None,
                "options": {"auth_mode": "ip"},
            },
            "outbound": {
                "number": "+14150000000",
                "id": "def789",
                "org_id": "org_456",
                "direction": "outbound",
                "sip_endpoint": "sip:trunk.provider.com",
                "created_at": "2026-03-09T12:00:00Z",
                "updated_at": "2026-03-09T12:00:00Z",
                "headers": None,
                "options": {"port": 5061, "transport": "tls", "secure_media": True},
            },
        },
        "errors": None,
    }
    text = """numbers:
  - number: "+14150000000"
    sip_endpoint: sip:trunk.provider.com
    transport: tls
    port: 5061
    auth_mode: ip
"""
    run = api({"+14150000000": reply(documented)}).audit(manifest(text))
    assert run.status == 0, run.err
    assert "1 number: 1 in sync\n" in run.out
    assert run.out.endswith("Exit status 0: every number compared, nothing failing.\n")
    assert run.err == ""


def test_the_sample_fleet_shows_every_status(api, tmp_path):
    server = api((ROOT / "samples/fleet.json").read_text())
    report = tmp_path / "report.json"
    run = server.audit("samples/manifest.yaml", "--report", f"json={report}", cwd=ROOT)
    assert run.status == 6
    results = {result["number"][-3:]: result for result in read_json(report)["results"]}
    in_sync = {number for number, result in results.items() if result["status"] == "in_sync"}
    assert in_sync == {"100", "101", "102", "103", "110", "120", "150"}
    assert results["140"]["status"] == "not_compared"
    kinds = {
        (number, finding["path"], finding["kind"], finding["severity"])
        for number, result in results.items()
        for finding in result["findings"]
    }
    assert {
        ("111", "outbound.port", "changed", "major"),
        ("112", "outbound.transport", "changed", "critical"),
        ("112", "outbound.secure_media", "changed", "critical"),
        ("113", "outbound.sip_endpoint", "changed", "major"),
        ("121", "inbound", "unexpected", "major"),
        ("121", "outbound.transport", "unexpected", "major"),
        ("130", "outbound.sip_endpoint", "missing", "major"),
        ("131", "outbound.port", "missing", "major"),
    } <= kinds
    how = {match["path"]: match["how"] for match in results["103"]["matched"]}
    assert how == {
        "inbound.auth_mode": "identical",
        "outbound.port": "equivalent",
        "outbound.secure_media": "equivalent",
        "outbound.sip_endpoint": "equivalent",
        "outbound.transport": "equivalent",
    }


@pytest.mark.parametrize(
    "fleet, status",
    [
        ({"+12": outbound(port=5061), "+13": outbound(port=5061)}, 0),
        ({"+12": outbound(port=5061), "+13": outbound(port=5060)}, 2),
        ({"+12": outbound(port=5061), "+13": reply("<html>", content_type="text/html")}, 4),
        ({"+12": outbound(port=5060), "+13": reply("{}")}, 6),
    ],
)
def test_the_exit_status_says_drift_and_gaps(api, manifest, fleet, status):
    run = api(fleet).audit(manifest("numbers: [{numbers: ['+12', '+13'], port: 5061}]\n"))
    assert run.status == status
    assert f"Exit status {status}: " in run.out


def test_a_number_the_api_does_not_know_is_not_configured(api, manifest):
    server = api({})
    text = "numbers:\n  - {number: '+12', inbound: absent, outbound: absent}\n"
    assert server.audit(manifest(text)).status == 0
    run = server.audit(manifest("numbers: [{number: '+12', port: 5061}]\n"))
    assert run.status == 2
    assert "outbound.port          expected 5061, live none" in run.out


def test_a_404_of_something_else_than_the_api_proves_nothing(api, manifest):
    server = api({})
    text = "numbers:\n  - {number: '+12', inbound: absent, outbound: absent}\n"
    run = run_sipdrift("audit", manifest(text), "--api-url", server.url + "/wrong/path")
    assert run.status == 4
    assert "http_status: HTTP 404" in run.out


def test_exact_match_takes_nothing_as_equivalent(api, manifest):
    server = api({"+12": outbound(port="5061"), "+13": outbound(port=5061)})
    text = "numbers: [{numbers: ['+12', '+13'], port: 5061}]\n"
    assert server.audit(manifest(text)).status == 0
    run = server.audit(manifest(text), "--match", "exact")
    assert run.status == 2
    assert "exact agreement was asked for" in run.out


def test_a_password_is_compared_and_never_shown(api, manifest, tmp_path):
    server = api({"+12": outbound(sip_endpoint="sip:user:hunter2@h")})
    text = "numbers: [{number: '+12', sip_endpoint: 'sip:user:swordfish@h'}]\n"
    report = tmp_path / "r.json"
    run = server.audit(manifest(text), "--report", f"json={report}", "--log-level", "debug")
    assert run.status == 2
    for text in (run.out, run.err, report.read_text()):
        assert "hunter2" not in text and "swordfish" not in text
    assert "expected sip:user:[redacted]@h, live differs (redacted)" in run.out


# ---- The manifest's side ---------------------------------------------------------------------


def test_several_manifests_are_one(api, manifest):
    server = api({"+12": outbound(port=1), "+13": outbound(port=2)})
    profiles = manifest("profiles: {p: {port: 1}}\n", "profiles.yaml")
    numbers = manifest("numbers: [{number: '+12', profile: p}]\n", "a.yaml")
    more = manifest("numbers: [{number: '+13', port: 2}]\n", "b.yaml")
    run = server.audit(profiles, numbers, more)
    assert run.status == 0
    assert "2 numbers: 2 in sync" in run.out


def test_a_bad_manifest_sends_no_request(api, manifest):
    server = api({})
    path = manifest("numbers:\n  - number: '+12'\n    prot: 5061\n    transport: TLS\n")
    run = server.audit(path)
    assert run.status == 65
    assert f'{path}:4:5: unknown key "prot"; did you mean "port"?\n' in run.err
    assert f'{path}:5:16: transport "TLS" is not known; did you mean "tls"?\n' in run.err
    assert run.err.endswith("sipdrift: 2 faults in the manifest; no request was sent\n")
    assert run.out == ""
    assert server.stop() == []


def test_selection_asks_only_for_what_is_selected(api, manifest):
    fleet = {number: outbound(port=1) for number in ("+12", "+13", "+24")}
    text = """numbers:
  - {number: "+12", port: 1, tags: [site:ams]}
  - {numbers: ["+13", "+24"], port: 1}
"""
    server = api(fleet)
    run = server.audit(manifest(text), "--only", "+1*", "--only", "+9", "--exclude", "tag:site:ams")
    assert run.status == 0
    assert "notice: 1 of 3 numbers were selected" in run.out
    run = server.audit(manifest(text), "--only", "+9")
    assert run.status == 0
    assert "notice: no number was selected" in run.out
    assert server.stop() == [("/v1/sip?phone_number=%2B13", "200")]


# ---- What the exit status may be told to overlook --------------------------------------------


def test_fail_on_critical_overlooks_major_drift(api, manifest):
    server = api({"+12": outbound(port=1), "+13": outbound(transport="udp")})
    major = manifest("numbers: [{number: '+12', port: 2}]\n", "major.yaml")
    critical = manifest("numbers: [{number: '+13', transport: tls}]\n", "critical.yaml")
    run = server.audit(major, "--fail-on", "critical")
    assert run.status == 0
    assert "1 drifted" in run.out
    assert "notice: the exit status would be 2 (drift; every number compared) without --fail-on" in run.out
    assert server.audit(critical, "--fail-on", "critical").status == 2
    assert server.audit(major, "--fail-on", "major").status == 2


def test_exit_zero_overlooks_what_the_comparison_finds_and_nothing_else(api, manifest, tmp_path):
    server = api({"+12": outbound(port=1), "+13": reply("x")})
    path = manifest("numbers: [{numbers: ['+12', '+13'], port: 2}]\n")
    run = server.audit(path, "--exit-zero", "--report", f"json={tmp_path}/r.json")
    assert run.status == 0
    assert "notice: the exit status would be 6" in run.out
    assert read_json(tmp_path / "r.json")["run"]["exit_code"] == 0
    assert server.audit(path, "--exit-zero", "--report", "json=/dev/full").status == 1
    assert server.audit(tmp_path / "none.yaml", "--exit-zero").status == 65


# ---- Keys ------------------------------------------------------------------------------------


def test_the_key_comes_from_the_environment_or_a_file(api, manifest):
    server = api({"+14150000000": outbound(port=5061)})
    path = manifest(ONE)
    assert server.audit(path).status == 0
    assert server.audit(path, "--auth-scheme", "raw").status == 0
    assert server.audit(path, "--auth-scheme", "bearer").status == 0
    no_key = environment()
    run = server.audit(path, "--api-key-file", server.key_file, env=no_key)
    assert run.status == 0
    run = server.audit(path, env=no_key)
    assert run.status == 65
    assert "no API key: set BLAND_API_KEY" in run.err
    run = server.audit(path, env=environment(BLAND_API_KEY="two words"))
    assert run.status == 65
    assert "two words" not in run.err
    server.key_file.chmod(0o644)
    run = server.audit(path, "--api-key-file", server.key_file, env=no_key)
    assert run.status == 65
    assert "chmod 600" in run.err
    assert len(server.stop()) == 4
    assert server.auth_schemes == ["bearer", "raw", "bearer", "bearer"]


def test_a_rejected_key_ends_the_run(api, manifest, tmp_path):
    server = api({})
    path = manifest("numbers: [{range: '+100..+199', port: 1}]\n")
    run = server.audit(
        path, "-j", "1", "--report", f"json={tmp_path}/r.json", env=environment(BLAND_API_KEY="wrong-key")
    )
    assert run.status == 1
    assert "notice: the run ended early: the API does not accept the key" in run.out
    report = read_json(tmp_path / "r.json")
    assert report["run"]["complete"] is False
    assert report["run"]["exit_code"] == 1
    assert report["summary"]["not_compared"] == 100
    assert {result["error"]["kind"] for result in report["results"]} == {"unauthorized"}
    assert len(server.stop()) == 3
    for text in (run.out, run.err, (tmp_path / "r.json").read_text()):
        assert "wrong-key" not in text


def test_a_rejected_key_is_told_for_one_number_too(api, manifest):
    run = api({}).audit(manifest(ONE), env=environment(BLAND_API_KEY="wrong-key"))
    assert run.status == 1


def test_a_403_about_single_numbers_is_not_about_the_key(api, manifest):
    forbidden = reply({"error": "not yours"}, status=403)
    fleet = {"+10": outbound(port=1)} | {f"+1{i}": forbidden for i in range(1, 9)}
    run = api(fleet).audit(manifest("numbers: [{range: '+10..+18', port: 1}]\n"), "-j", "1")
    assert run.status == 4
    assert "9 numbers: 1 in sync, 8 not compared" in run.out


def test_the_key_is_shown_nowhere_even_if_the_api_repeats_it(api, manifest, tmp_path):
    shouting = {"data": None, "errors": [{"error": "X", "message": f"your key {KEY} is fine"}]}
    server = api({"+14150000000": reply(shouting, status=418)})
    reports = [f"json={tmp_path}/r.json", f"junit={tmp_path}/r.xml", f"text={tmp_path}/r.txt"]
    run = server.audit(manifest(ONE), *(word for r in reports for word in ("--report", r)),
                       "--log-level", "debug")
    assert run.status == 4
    assert "your key [redacted] is fine" in run.out
    for text in (run.out, run.err, *(path.read_text() for path in tmp_path.glob("r.*"))):
        assert KEY not in text


# ---- Repeatability ---------------------------------------------------------------------------


def test_two_runs_over_the_same_state_differ_in_run_and_evidence_alone(api, tmp_path):
    server = api((ROOT / "samples/fleet.json").read_text())
    reports = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.json"
        server.audit("samples/manifest.yaml", "--report", f"json={path}", cwd=ROOT)
        report = read_json(path)
        run = report.pop("run")
        assert run["id"] and run["started_at"] <= run["finished_at"]
        for result in report["results"]:
            # A second time where the reply came over a used connection and named no number.
            assert result.pop("evidence")["attempts"] in (1, 2)
        reports.append(json.dumps(report))
    assert reports[0] == reports[1]
