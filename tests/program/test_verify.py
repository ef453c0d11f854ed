"""sipdrift verify: whether a report is evidence, and everything for which it is none."""

import json

import pytest
from conftest import ROOT, environment, outbound, read_json, run_sipdrift

NUMBERS = "numbers: [{range: '+1000..+1009', outbound: {port: 5061, transport: tls}, tags: [site:ams]}]\n"


@pytest.fixture
def audited(api, manifest, tmp_path):
    """A complete report, with drift, and its manifest."""
    live = {f"+{number}": outbound(port=5061, transport="TLS") for number in range(1000, 1010)}
    live["+1005"] = outbound(port=5060, sip_endpoint="sip:a:secret@h")
    server, path, report = api(live), manifest(NUMBERS), tmp_path / "report.json"
    assert server.audit(path, "-q", "--report", f"json={report}").status == 2
    return server, path, report


def verify(report, *manifests, **keywords):
    """Without a key: it needs none."""
    return run_sipdrift("verify", report, *manifests, env=environment(), **keywords)


def edited(path, change):
    report = read_json(path)
    change(report)
    path.write_text(json.dumps(report))


def test_what_an_audit_wrote_is_verified(audited):
    _, path, report = audited
    run = verify(report, path)
    assert (run.status, run.err) == (0, "")
    assert run.out == (f"{report}: verified: every declared number is in it, 19 fields compared again of 10 numbers; "
                       "1 more field could not be, as a part is not shown\n")


def test_the_report_may_come_from_stdin(audited):
    _, path, report = audited
    run = verify("-", path, stdin=report.read_text())
    assert (run.status, run.err) == (0, "")


def test_merged_and_resumed_reports_are_verified(audited, tmp_path):
    server, path, report = audited
    parts = [tmp_path / f"{index}.json" for index in (1, 2)]
    for part in parts:
        server.audit(path, "-q", "--shard", f"{part.stem}/2", "--report", f"json={part}")
    merged = tmp_path / "merged.json"
    run_sipdrift("merge", *parts, "-q", "--report", f"json={merged}")
    assert verify(merged, path).status == 0
    server.audit(path, "-q", "--resume", merged, "--report", f"json={merged}")
    assert verify(merged, path).status == 0


def test_a_part_and_a_selection_are_not_complete(audited, tmp_path):
    server, path, _ = audited
    some = tmp_path / "some.json"
    server.audit(path, "-q", "--shard", "1/2", "--report", f"json={some}")
    run = verify(some, path)
    assert (run.status, run.out) == (65, "")
    assert run.err == (f"sipdrift: {some}: is only part 1 of 2\n"
                       f"sipdrift: {some}: no complete evidence on this manifest: 1 fault\n")
    server.audit(path, "-q", "--exclude", "+1003", "--report", f"json={some}")
    run = verify(some, path)
    assert run.status == 65
    assert f"{some}: +1003: is declared on line 2 of {path}, and not in the report" in run.err


def test_another_manifest_is_told(audited, manifest):
    _, path, report = audited
    path.write_text(path.read_text() + "# changed\n")
    run = verify(report, path)
    assert run.status == 65
    assert "is of another manifest: " in run.err


def test_the_order_of_the_manifests_counts(api, manifest, tmp_path):
    a = manifest("numbers: [{number: '+12', port: 5061}]\n", "a.yaml")
    b = manifest("numbers: [{number: '+13', port: 5061}]\n", "b.yaml")
    server, report = api({"+12": outbound(port=5061), "+13": outbound(port=5061)}), tmp_path / "r.json"
    assert server.audit(a, b, "-q", "--report", f"json={report}").status == 0
    assert verify(report, a, b).status == 0
    assert verify(report, b, a).status == 65
    assert verify(report, a).status == 65


def test_a_number_without_a_verdict_makes_it_incomplete(tmp_path, api):
    server, report = api((ROOT / "samples/fleet.json").read_text()), tmp_path / "r.json"
    server.audit(ROOT / "samples/manifest.yaml", "-q", "--report", f"json={report}")
    run = verify(report, ROOT / "samples/manifest.yaml")
    assert run.status == 65
    assert "1 number was not compared" in run.err


def test_drift_that_was_taken_out_is_told(audited):
    """Someone who makes the whole report add up still has what was observed against them."""
    _, path, report = audited

    def better(report):
        drifted = next(result for result in report["results"] if result["status"] == "drifted")
        good = next(result for result in report["results"] if result["status"] == "in_sync")
        drifted |= {key: good[key] for key in ("status", "findings", "matched")}
        drifted["observed"]["outbound"]["sip_endpoint"] = None
        report["summary"] |= {"in_sync": 10, "drifted": 0}
        report["summary"]["findings"] |= {"total": 0, "by_field": {}, "by_severity": {"critical": 0, "major": 0}}
        report["run"]["exit_code"] = 0

    edited(report, better)
    assert run_sipdrift("convert", report, "--report", "text=-").status == 0
    run = verify(report, path)
    assert (run.status, run.out) == (65, "")
    assert ("+1005: outbound.port is identical, and what was observed comes to changed (expected 5061, live 5060, "
            "major)") in run.err
    assert "no complete evidence on this manifest: 2 faults" in run.err


def test_everything_that_is_wrong_is_told(audited):
    _, path, report = audited

    def worse(report):
        report["run"]["complete"] = False
        report["results"][0]["tags"] = ["\x1b[31m"]
        report["results"][1]["source"]["line"] = 9

    edited(report, worse)
    run = verify(report, path)
    assert run.status == 65
    assert "is of a run that did not come to its end" in run.err
    assert "+1000: its tags are [site:ams], and [\\u{1B}[31m] in the report" in run.err
    assert "+1001: is declared on line 2" in run.err
    assert "3 faults" in run.err


@pytest.mark.parametrize("report, manifest_text, message", [
    ("{}", NUMBERS, "has no"),
    (None, NUMBERS, "cannot be read"),
    ("{}", "numbers: []\n", "numbers"),
])
def test_bad_input_is_told(tmp_path, manifest, report, manifest_text, message):
    path = tmp_path / "report.json"
    if report is not None:
        path.write_text(report)
    run = verify(path, manifest(manifest_text))
    assert (run.status, run.out) == (65, "")
    assert message in run.err
