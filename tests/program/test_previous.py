"""From night to night: what is new, unchanged, changed again and resolved, by the report of the night before."""

import json
import subprocess

import jsonschema
import pytest
from conftest import FORMATS, SIPDRIFT, environment, read_json, run_sipdrift
from servers import ScriptServer, direction, whole_answer

NUMBERS = "numbers: [{range: '+12..+15', port: 5061, transport: tls}]\n"


class Nights:
    """An API whose ports change from night to night, and a report that each night takes over."""

    def __init__(self, manifest, folder):
        self.ports = {}
        self.server = ScriptServer(self.answer)
        self.manifest = manifest(NUMBERS)
        self.last = folder / "last.json"

    def answer(self, request):
        port = self.ports.get(request.number, 5061)
        if port is None:
            return whole_answer({"error": "down"}, status="400 Bad Request")
        options = {"port": port, "transport": "tls"}
        return whole_answer({"data": {"inbound": None, "outbound": direction("outbound", request.number, options=options)},
                             "errors": None})

    def pass_one(self, *arguments, **ports):
        self.ports = {f"+{number[1:]}": port for number, port in ports.items()}
        run = run_sipdrift("audit", self.manifest, "--api-url", self.server.url, "--previous", self.last,
                           "--report", f"json={self.last}", *arguments)
        self.report = read_json(self.last) if self.last.exists() else None
        return run

    def findings(self):
        return {result["number"]: (finding["baseline_state"], finding["runs"])
                for result in self.report["results"] for finding in result["findings"]}

    def gone(self):
        return {finding["number"]: finding["fate"] for finding in self.report["previous"]["findings"]}


@pytest.fixture
def nights(manifest, tmp_path):
    made = Nights(manifest, tmp_path)
    with made.server:
        yield made


def test_the_first_night_has_nothing_to_be_held_against(nights):
    run = nights.pass_one(n12=5060)
    assert run.status == 2
    assert "there is no earlier report" in run.out
    assert nights.findings() == {"+12": (None, None)}
    assert nights.report["previous"] is None and nights.report["summary"]["baseline"] is None


def test_what_stays_is_unchanged_and_remembers_since_when(nights):
    nights.pass_one(n12=5060)
    first = nights.report["results"][0]["evidence"]["observed_at"]
    for runs in (2, 3):
        nights.pass_one(n12=5060)
        assert nights.findings() == {"+12": ("unchanged", runs)}
        assert nights.report["results"][0]["findings"][0]["first_seen"] == first


def test_what_is_new_what_is_another_value_and_what_is_gone(nights):
    nights.pass_one(n12=5060, n13=5060)
    run = nights.pass_one(n12=5070, n14=5060)
    assert nights.findings() == {"+12": ("updated", 2), "+14": ("new", 1)}
    assert nights.gone() == {"+13": "resolved"}
    assert nights.report["summary"]["baseline"] == {
        "new": 1, "unchanged": 0, "updated": 1, "resolved": 1, "not_declared": 0, "not_compared": 0}
    assert "1 new, 1 changed again, 0 unchanged, 1 resolved" in run.out


def test_a_night_without_an_answer_forgets_nothing(nights):
    nights.pass_one(n12=5060)
    first = nights.report["results"][0]["evidence"]["observed_at"]
    for _ in range(2):
        nights.pass_one(n12=None)
        assert nights.gone() == {"+12": "not_compared"}
    nights.pass_one(n12=5060)
    assert nights.findings() == {"+12": ("unchanged", 2)}
    assert nights.report["results"][0]["findings"][0]["first_seen"] == first


def test_a_number_that_is_not_selected_is_remembered(nights):
    nights.pass_one(n12=5060, n13=5060)
    nights.pass_one("--only", "+13", n12=5060, n13=5060)
    assert nights.findings() == {"+13": ("unchanged", 2)}
    assert nights.gone() == {"+12": "not_compared"}
    nights.pass_one(n12=5060)
    assert nights.findings() == {"+12": ("unchanged", 2)}


def test_what_is_not_declared_any_more_is_not_resolved(nights, manifest):
    nights.pass_one(n12=5060, n13=5060)
    nights.manifest = manifest("numbers: [{number: '+12', transport: tls}, {number: '+15', port: 5061}]\n")
    nights.pass_one(n12=5060, n13=5060)
    assert nights.gone() == {"+12": "not_declared", "+13": "not_declared"}


def test_a_gate_on_new_drift_alone(nights):
    assert nights.pass_one("--fail-on", "new", n12=5060).status == 2  # with nothing to know it by, all is new
    run = nights.pass_one("--fail-on", "new", n12=5060)
    assert run.status == 0
    assert "would be 2" in run.out
    assert nights.pass_one("--fail-on", "new", n12=5070).status == 2
    assert nights.pass_one("--fail-on", "new", n12=5070, n13=5060).status == 2
    assert nights.pass_one("--fail-on", "new", n12=5070, n13=None).status == 4


def test_what_is_no_longer_waived_counts_as_if_it_were_new(nights, tmp_path):
    waivers = tmp_path / "waivers.yaml"

    def write(expires):
        waivers.write_text("version: 1\nwaivers: [{number: '+12', field: outbound.port, reason: r, owner: o, ticket: t, "
                           f"expires: {expires}}}]\n".replace("[{", "\n  - {").replace("}]", "}"))

    write("2099-12-31")
    for _ in range(2):
        assert nights.pass_one(waivers, "--fail-on", "new", n12=5060).status == 0
    nights.pass_one(waivers, "--fail-on", "new", n12=None)  # a night without an answer forgets no waiver
    write("2020-01-01")
    run = nights.pass_one(waivers, "--fail-on", "new", n12=5060)
    assert run.status == 2
    assert "has expired" in run.out
    assert nights.findings() == {"+12": ("updated", 3)}


def test_what_is_not_shown_is_unchanged_only_in_the_very_same_reply(nights, manifest):
    nights.manifest = manifest("numbers: [{number: '+12', sip_endpoint: 'sip:h'}]\n")
    live = ["sip:u:one@h"]

    def answer(request):
        outbound = direction("outbound", request.number, sip_endpoint=live[0])
        return whole_answer({"data": {"inbound": None, "outbound": outbound}, "errors": None})

    nights.server.answer = answer
    assert nights.pass_one("--fail-on", "new").status == 2
    assert nights.pass_one("--fail-on", "new").status == 0
    live[0] = "sip:u:two@h"  # which is shown as the one before
    assert nights.pass_one("--fail-on", "new").status == 2
    assert nights.findings() == {"+12": ("updated", 3)}


def test_a_gate_on_new_drift_needs_to_know_what_is_new(nights):
    run = run_sipdrift("audit", nights.manifest, "--api-url", nights.server.url, "--fail-on", "new")
    assert run.status == 64
    assert "--previous" in run.err and nights.server.requests == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_it(nights, name):
    nights.pass_one(n12=5060, n13=5060)
    target = nights.last.with_name(f"report.{name}")
    nights.pass_one("--report", f"{name}={target}", n12=5060, n14=5060)
    text = target.read_text()
    assert "new" in text and "unchanged" in text or "since 20" in text
    assert "resolved" in text
    converted = nights.last.with_name(f"converted.{name}")
    assert run_sipdrift("convert", nights.last, "--report", f"{name}={converted}").status == 0
    assert converted.read_text() == text


def test_the_report_is_as_its_schema_says(nights):
    nights.pass_one(n12=5060, n13=5060, n14=5060)
    nights.pass_one(n12=5070, n13=5060, n15=5060)
    schema = json.loads(run_sipdrift("schema", "report").out)
    jsonschema.validate(nights.report, schema)


def test_a_report_on_another_api_is_refused(nights):
    nights.pass_one(n12=5060)
    asked = len(nights.server.requests)
    with ScriptServer(nights.answer) as other:
        run = run_sipdrift("audit", nights.manifest, "--api-url", other.url, "--previous", nights.last)
        assert run.status == 65
        assert nights.server.url in run.err and other.url in run.err
        assert other.requests == []
    assert len(nights.server.requests) == asked


def test_a_report_that_is_none_is_refused_before_any_request(nights):
    nights.last.write_text('{"format_version": "1.0"')
    run = run_sipdrift("audit", nights.manifest, "--api-url", nights.server.url, "--previous", nights.last)
    assert run.status == 65
    assert "last.json" in run.err and nights.server.requests == []


def test_a_report_from_stdin(nights):
    nights.pass_one(n12=5060)
    run = subprocess.run(
        [SIPDRIFT, "audit", nights.manifest, "--api-url", nights.server.url, "--previous", "-", "--fail-on", "new"],
        env=environment(BLAND_API_KEY="k" * 20), input=nights.last.read_text(), capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
