"""Waivers: drift that somebody answers for, until a day."""

import json
from datetime import datetime, timedelta, timezone

import jsonschema
import pytest
import yaml
from conftest import KEY, outbound, read_json, run_sipdrift

NUMBERS = """numbers:
  - { numbers: ["+12", "+13", "+14"], outbound: { port: 5061, transport: tls }, tags: [site:ams] }
"""


def day(days):
    """The date so many days from now, in UTC."""
    return (datetime.now(timezone.utc) + timedelta(days=days)).date().isoformat()


FAR = day(200)


def waiver(subject, field="outbound.port", expires=FAR, **more):
    keys = {"field": field, "reason": "the PBX: until it moves", "owner": "voice-oncall", "ticket": "NET-4211",
            "expires": expires, **more}
    return f"  - {{ {subject}, {', '.join(f'{key}: {json.dumps(str(value))}' for key, value in keys.items())} }}\n"


def waivers(*entries):
    return "waivers:\n" + "".join(entries)


@pytest.fixture
def fleet(api):
    """+12 drifted in its port, +13 in port and transport, +14 not at all."""
    return api({"+12": outbound(port=5060, transport="tls"), "+13": outbound(port=5060, transport="udp"),
                "+14": outbound(port=5061, transport="tls")})


@pytest.fixture
def audited(fleet, tmp_path):
    """Audits the manifests, and gives the run, the report, the status of each number, and the notices.

    The report fits its schema, and is read back to the byte.
    """

    def audit(*manifests, **keywords):
        path = tmp_path / "report.json"
        run = fleet.audit(*manifests, "--report", f"json={path}", **keywords)
        report = read_json(path)
        jsonschema.Draft202012Validator(json.loads(run_sipdrift("schema", "report").out)).validate(report)
        again = run_sipdrift("convert", path, "--report", "json=-")
        assert (again.status, again.out) == (0, path.read_text()), again.err
        statuses = {result["number"]: result["status"] for result in report["results"]}
        return run, report, statuses, [notice["message"] for notice in report["notices"]]

    return audit


def test_waived_drift_fails_nothing_and_stays_in_the_report(audited, manifest):
    entries = waivers(waiver("number: '+12'"), waiver("number: '+13'"), waiver("number: '+13'", "outbound.transport"))
    run, report, statuses, notices = audited(manifest(NUMBERS + entries))
    assert run.status == 0, run.out + run.err
    assert statuses == {"+12": "waived", "+13": "waived", "+14": "in_sync"}
    finding = report["results"][0]["findings"][0]
    assert finding["waiver"] == {"position": 0, "reason": "the PBX: until it moves", "owner": "voice-oncall",
                                 "ticket": "NET-4211", "expires": FAR}
    assert report["waivers"][0]["state"] == "in_use"
    assert report["waivers"][0]["source"]["line"] == 5
    assert report["summary"]["findings"]["waived"] == 3
    assert notices == []


def test_a_number_that_is_waived_in_part_is_drifted(audited, manifest):
    run, report, statuses, _ = audited(manifest(NUMBERS + waivers(waiver("range: '+12..+13'"))))
    assert run.status == 2
    assert statuses == {"+12": "waived", "+13": "drifted", "+14": "in_sync"}
    assert [(finding["path"], finding["waiver"] is None) for finding in report["results"][1]["findings"]] == [
        ("outbound.port", False), ("outbound.transport", True)]


@pytest.mark.parametrize("observed, status", [("5060", "waived"), ("5062", "drifted"), ("unset", "drifted")])
def test_another_value_than_the_one_that_is_pinned_is_drift(audited, manifest, observed, status):
    _, _, statuses, _ = audited(manifest(NUMBERS + waivers(waiver("number: '+12'", observed=observed))))
    assert statuses["+12"] == status


def test_a_tag_waives_for_all_that_have_it(audited, manifest):
    entries = waivers(waiver("tag: site:ams"), waiver("tag: 'site:ams'", "outbound.transport", observed="udp"))
    run, _, statuses, _ = audited(manifest(NUMBERS + entries))
    assert (run.status, statuses["+13"]) == (0, "waived")


def test_waivers_stand_in_a_file_of_their_own(audited, manifest):
    numbers, own = manifest(NUMBERS), manifest(waivers(waiver("range: '+12..+14'")), "waivers.yaml")
    _, report, statuses, _ = audited(numbers, own)
    assert statuses["+12"] == "waived"
    assert report["waivers"][0]["source"]["file"] == str(own)


def test_an_expired_waiver_counts_for_nothing_and_says_so(audited, manifest):
    path = manifest(NUMBERS + waivers(waiver("number: '+12'", expires=day(-1))))
    run, report, statuses, notices = audited(path)
    assert run.status == 2
    assert statuses["+12"] == "drifted"
    assert report["results"][0]["findings"][0]["waiver"] is None
    assert notices == [f"the waiver at {path}:5 (+12, outbound.port) has expired ({day(-1)}): 1 finding counts again"]
    assert notices[0] in run.out


def test_what_expires_soon_and_what_is_not_needed_is_told(audited, manifest):
    path = manifest(NUMBERS + waivers(waiver("number: '+12'", expires=day(13)), waiver("number: '+14'"),
                                      waiver("tag: 'site:sfo'"), waiver("number: '+13'", expires=day(20))))
    run, _, statuses, notices = audited(path)
    assert statuses["+12"] == "waived"
    assert notices == [
        f"the waiver at {path}:5 (+12, outbound.port) expires within 14 days ({day(13)}; voice-oncall, NET-4211)",
        f"the waiver at {path}:6 (+14, outbound.port) covers nothing, and can be removed",
        f"the waiver at {path}:7 (tag:site:sfo, outbound.port) covers nothing, and can be removed",
    ]
    assert all(notice in run.out for notice in notices)


def test_a_waiver_is_not_called_needless_by_a_run_that_looks_elsewhere(audited, fleet, manifest, report):
    path = manifest(NUMBERS + waivers(waiver("number: '+12'")))
    fleet.audit(path, "--only", "+14", "--report", f"json={report}")
    found = read_json(report)
    assert found["waivers"][0]["state"] == "undecided"
    assert not any("waiver" in notice["message"] for notice in found["notices"])


def test_a_key_that_was_pasted_into_a_waiver_is_shown_nowhere(fleet, manifest, report):
    for number, key in (("+12", "reason"), ("+13", "observed")):
        path = manifest(NUMBERS + waivers(f"  - {{ number: '{number}', field: outbound.port, expires: {FAR}" + "".join(
            f", {name}: \"a {KEY}\"" for name in {"reason", "owner", "ticket", key}) + " }\n"))
        run = fleet.audit(path, "--report", f"json={report}")
        assert KEY not in run.out + run.err + report.read_text()
        broken = manifest(path.read_text().replace("version: 1\n", "").replace("expires", "expiries"), "broken.yaml")
        run = run_sipdrift("validate", broken)
        assert run.status == 65
        assert KEY not in run.out + run.err


def test_a_password_that_was_pasted_into_a_waiver_is_shown_nowhere(fleet, manifest, report):
    texts = waivers(waiver("number: +12", reason="as sip:u:hunter2@h says", owner="password=hunter2", ticket="token: hunter2"))
    run = fleet.audit(manifest(NUMBERS + texts), "--report", f"json={report}", "--log-level", "info")
    assert read_json(report)["waivers"][0]["state"] == "in_use"
    for text in (run.out, run.err, report.read_text()):
        assert "hunter2" not in text


def test_a_waiver_that_is_pinned_to_another_value_is_not_called_needless(fleet, manifest):
    run = fleet.audit(manifest(NUMBERS + waivers(waiver("number: +12", observed="5099"))))
    assert run.status == 2
    assert "live has another value than it is pinned to" in run.out and "can be removed" not in run.out


def test_validate_counts_waivers_and_takes_them_alone(manifest, fleet):
    numbers, own = manifest(NUMBERS), manifest(waivers(waiver("number: '+12'"), waiver("tag: x")), "waivers.yaml")
    assert run_sipdrift("validate", numbers).out == f"{numbers}: 3 numbers, no faults\n"
    assert run_sipdrift("validate", own).out == f"{own}: 2 waivers, no faults\n"
    assert run_sipdrift("validate", numbers, own).out == f"{numbers}, {own}: 3 numbers and 2 waivers, no faults\n"
    run = fleet.audit(own)
    assert run.status == 65, "nothing would have been compared"
    assert "no number is declared, only waivers" in run.err


def test_a_waiver_that_is_wrong_stops_the_run(fleet, manifest):
    run = fleet.audit(manifest(NUMBERS + waivers(waiver("number: '+12'", "outbound.prot", "2026-02-30"))))
    assert run.status == 65
    assert "outbound.prot\" is not known; did you mean \"outbound.port\"?" in run.err
    assert "does not exist" in run.err
    assert fleet.stop() == []


@pytest.mark.parametrize("subject, more, is_sound", [
    ("number: '+12'", {}, True), ("range: '+12..+13'", {"observed": "5060"}, True),
    ("tag: 'site:ams'", {"field": "inbound", "expires": "2027-03-31T18:00:00+02:00"}, True),
    ("number: '+12', tag: x", {}, False), ("numbers: ['+12']", {}, False), ("tag: x", {"field": "port"}, False),
    ("tag: x", {"expires": "31.12.2027"}, False), ("tag: x", {"reson": "r"}, False), ("tag: x", {"owner": ""}, False),
])
def test_the_schema_for_editors_agrees_with_the_reader(manifest, subject, more, is_sound):
    path = manifest(NUMBERS + waivers(waiver(subject, **more)))
    schema = jsonschema.Draft202012Validator(json.loads(run_sipdrift("schema", "manifest").out))
    assert schema.is_valid(yaml.safe_load(path.read_text())) == is_sound
    assert (run_sipdrift("validate", path).status == 0) == is_sound
