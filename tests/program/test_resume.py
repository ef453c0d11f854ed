"""A run that was cut short, completed by another."""

import json

import pytest
from conftest import KEY, ROOT, environment, outbound, read_json, reply, run_sipdrift

NUMBERS = "numbers: [{range: '+1000..+1019', outbound: {port: 5061}, tags: [site:ams]}]\n"
BROKEN = {f"+10{digit}{other}" for digit in "01" for other in "37"}


def fleet(broken=()):
    """Twenty numbers, one of them drifted; what is broken gets no answer that counts."""
    live = {f"+{number}": outbound(port=5061) for number in range(1000, 1020)}
    live["+1005"] = outbound(port=5060)
    return live | {number: reply("{", status=200) for number in broken}


@pytest.fixture
def partial(api, manifest, tmp_path):
    """A report of which four numbers were not compared, as if made of an API that is well now."""
    server, well = api(fleet(BROKEN)), api(fleet())
    report = tmp_path / "partial.json"
    manifest(NUMBERS)
    assert server.audit(tmp_path / "manifest.yaml", "-q", "--report", f"json={report}").status == 6
    report.write_text(report.read_text().replace(server.url, well.url))
    return well, report


def resume(server, folder, *arguments, **keywords):
    return server.audit(folder / "manifest.yaml", "--resume", folder / "partial.json", *arguments, **keywords)


def asked(server):
    return {"+" + target.split("%2B")[1] for target, _ in server.stop()}


def without_run(report):
    report = json.loads(json.dumps(report))
    del report["run"], report["notices"]
    for result in report["results"]:
        del result["evidence"]
    return report


def test_only_what_was_not_compared_is_fetched(partial, tmp_path):
    server, report = partial
    before = read_json(report)
    whole, complete = tmp_path / "whole.json", tmp_path / "complete.json"
    run = resume(server, tmp_path, "--report", f"json={complete}")
    assert run.status == 2, run.err
    after = read_json(complete)
    message = f"16 of 20 numbers were taken over from run {before['run']['id']} of {before['run']['started_at']}"
    assert after["notices"] == [{"message": message}]
    assert message in run.out
    assert after["run"]["resumed_from"] == before["run"]["id"]
    assert after["run"]["started_at"] > before["run"]["started_at"]
    assert after["run"]["fetch"]["requests"] == len(BROKEN)
    assert after["run"]["complete"] is True
    for old, new in zip(before["results"], after["results"]):
        if old["number"] not in BROKEN:
            assert new == old  # with its evidence
    assert run_sipdrift("convert", complete, "--report", "text=-").status == 0
    server.audit(tmp_path / "manifest.yaml", "-q", "--report", f"json={whole}")
    assert without_run(after) == without_run(read_json(whole))


def test_the_rest_alone_is_asked_for(partial, tmp_path):
    server, _ = partial
    resume(server, tmp_path)
    assert asked(server) == BROKEN


def test_the_report_may_take_the_place_of_the_one_that_it_completes(partial, tmp_path):
    server, report = partial
    assert resume(server, tmp_path, "-q", "--report", f"json={report}").status == 2
    complete = read_json(report)
    assert complete["summary"]["not_compared"] == 0
    # And there is nothing left to do after that.
    run = resume(server, tmp_path, "--report", f"json={report}")
    assert run.status == 2
    assert "20 of 20 numbers were taken over from run" in run.out
    assert "nothing was left to fetch" in run.out
    again = read_json(report)
    assert again["results"] == complete["results"]
    assert again["run"]["fetch"]["requests"] == 0
    assert asked(server) == BROKEN


def test_what_is_older_than_a_day_is_told(partial, tmp_path):
    server, report = partial
    old = read_json(report)
    for result in old["results"][:3]:
        result["evidence"]["observed_at"] = "2026-01-02T03:04:05.000Z"
    report.write_text(json.dumps(old))
    run = resume(server, tmp_path)
    assert run.status == 2, run.err
    assert "3 of them were observed more than 24 hours before this run, the first at 2026-01-02T03:04:05.000Z" in run.out


def changed(path, *keys_and_value):
    """The report with one value set."""
    *keys, last, value = keys_and_value
    report = read_json(path)
    place = report
    for key in keys:
        place = place[key]
    place[last] = value
    path.write_text(json.dumps(report))


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--match", "exact"], "was compared with --match sip, not exact"),
        (["--shard", "1/2"], "is of all parts, not of part 1 of 2"),
        (["--only", "+100*"], "has not the numbers that are selected now: +1010 is in it"),
        (["more.yaml"], "is of 1 manifest file, not 2"),
    ],
)
def test_a_report_of_something_else_is_refused_before_any_request(partial, manifest, tmp_path, arguments, message):
    server, report = partial
    manifest("numbers: [{number: '+12', port: 1}]\n", "more.yaml")
    target = tmp_path / "complete.json"
    run = resume(server, tmp_path, *arguments, "--report", f"json={target}", cwd=tmp_path)
    assert (run.status, run.out) == (65, "")
    assert f"--resume {report}: {message}" in run.err
    assert not target.exists()
    assert server.stop() == []


@pytest.mark.parametrize(
    "change, message",
    [
        (["run", "manifests", 0, "sha256", "0" * 64], "is of another manifest: "),
        (["run", "api_url", "https://example.com"], "is of another API: https://example.com, not http://127"),
        (["results", 0, "observed", "outbound", "port", 5062],
         "does not bear itself out: +1000: outbound.port is identical, and what was observed comes to changed"),
    ],
)
def test_a_report_that_was_changed_is_refused(partial, tmp_path, change, message):
    server, report = partial
    changed(report, *change)
    run = resume(server, tmp_path)
    assert (run.status, run.out) == (65, "")
    assert message in run.err
    assert server.stop() == []


@pytest.mark.parametrize("text, message", [(None, "cannot be read"), ("{}", "has no"), ("", "is no JSON report")])
def test_what_is_no_report_is_refused(partial, tmp_path, text, message):
    """One that is not there, too: a job must not do everything again in silence."""
    server, report = partial
    report.unlink() if text is None else report.write_text(text)
    run = resume(server, tmp_path)
    assert (run.status, run.out) == (65, "")
    assert message in run.err
    assert server.stop() == []


def test_a_part_is_completed_as_the_same_part(api, manifest, tmp_path):
    server = api(fleet(BROKEN))
    part = tmp_path / "part.json"
    path = manifest(NUMBERS)
    server.audit(path, "-q", "--shard", "2/3", "--report", f"json={part}")
    run = server.audit(path, "-q", "--shard", "2/3", "--resume", part, "--report", f"json={part}")
    assert run.err == ""
    assert read_json(part)["run"]["shard"]["index"] == 2
    assert read_json(part)["run"]["resumed_from"]
    assert server.audit(path, "-q", "--shard", "1/3", "--resume", part).status == 65


# ---- What a part that is not shown can hide ---------------------------------------------------


def hiding(endpoint):
    return {"+12": {"inbound": None, "outbound": {"sip_endpoint": endpoint, "options": {"port": 5060, "transport": "udp"}}}}


DECLARED = "numbers: [{number: '+12', outbound: {sip_endpoint: 'sip:h.example', port: 5061, transport: tls}}]\n"


def forged(report, paths):
    """The report with the findings on `paths` made into matches, and all that is counted put right."""
    (result,) = report["results"]
    hidden = [finding for finding in result["findings"] if finding["path"] in paths]
    result["findings"] = [finding for finding in result["findings"] if finding not in hidden]
    result["matched"] += [{"path": finding["path"], "how": "identical", "rule": None} for finding in hidden]
    result["matched"].sort(key=lambda match: match["path"])
    left = result["findings"]
    summary = report["summary"]
    result["status"] = "drifted" if left else "in_sync"
    summary.update(drifted=int(left != []), in_sync=int(left == []))
    summary["findings"] = {
        "total": len(left), "waived": 0,
        "by_field": {finding["path"]: 1 for finding in left},
        "by_severity": {name: sum(finding["severity"] == name for finding in left) for name in ("critical", "major")}}
    report["run"]["exit_code"] = 2 if left else 0
    return report


def test_no_verdict_is_taken_over_that_cannot_be_made_again(api, manifest, tmp_path):
    server = api(hiding("sip:u:abc@h.example"))
    path = tmp_path / "partial.json"
    assert server.audit(manifest(DECLARED), "--report", f"json={path}").status == 2
    path.write_text(json.dumps(forged(read_json(path), {"outbound.sip_endpoint"})))
    run = resume(server, tmp_path, "--report", f"json={tmp_path}/complete.json")
    assert run.status == 2
    (result,) = read_json(tmp_path / "complete.json")["results"]
    assert "outbound.sip_endpoint" in [finding["path"] for finding in result["findings"]]
    assert len(server.stop()) == 2  # it was asked for anew


@pytest.mark.parametrize("endpoint", ["sip:h.example;token=abc", "sip:u:abc@h.example"])
def test_an_endpoint_that_is_not_shown_hides_no_port_beside_it(api, manifest, tmp_path, endpoint):
    server = api(hiding(endpoint))
    path = tmp_path / "partial.json"
    text = manifest(DECLARED)
    assert server.audit(text, "--report", f"json={path}").status == 2
    all_three = {f"outbound.{field}" for field in ("sip_endpoint", "port", "transport")}
    path.write_text(json.dumps(forged(read_json(path), all_three)))
    run = run_sipdrift("verify", path, text)
    assert run.status == 65 and "outbound.port" in run.err and "outbound.transport" in run.err
    assert resume(server, tmp_path).status == 65
