"""audit --discover: numbers that are live at the provider, and stand in no manifest."""

import json

import jsonschema
import pytest
from conftest import FORMATS, KEY, outbound, read_json, reply, run_sipdrift
from servers import ScriptServer, good, whole_answer

ONE = "numbers: [{number: '+12', port: 5061}]\n"
FLEET = {"+12": outbound(port=5061), "+13": outbound(port=5061, sip_endpoint="sip:u:hunter2@h"), "+14": outbound(port=1)}


@pytest.fixture
def audit(api, manifest, report):
    """Audits +12 of a fleet, in which +13 and +14 stand in no manifest."""

    def run(*arguments, fleet=None, text=ONE):
        server = api(FLEET if fleet is None else fleet)
        done = server.audit(manifest(text), "--report", f"json={report}", *arguments)
        done.requests = server.stop()
        done.report = read_json(report) if report.exists() else None
        return done

    return run


def unmanaged(report):
    return {one["number"]: one for one in report["results"] if one["status"] == "unmanaged"}


def test_nothing_is_looked_for_unasked(audit):
    run = audit()
    assert run.status == 0
    assert run.report["discovery"] is None and "unmanaged" not in run.out
    assert [target for target, _ in run.requests] == ["/v1/sip?phone_number=%2B12"]


def test_numbers_that_no_manifest_has_are_told_of(audit):
    run = audit("--discover", "report")
    assert run.status == 0
    found = unmanaged(run.report)
    assert sorted(found) == ["+13", "+14"]
    assert found["+13"]["listed"] == {"directions": ["outbound"], "sip_endpoint": "sip:u:[redacted]@h"}
    assert found["+13"]["source"] is None and found["+13"]["observed"] is None
    assert run.report["summary"]["declared"] == 1 and run.report["summary"]["unmanaged"] == 2
    assert run.report["discovery"]["mode"] == "report" and run.report["discovery"]["listed"] == 3
    assert run.report["discovery"]["evidence"]["http_status"] == 200
    assert "hunter2" not in json.dumps(run.report) + run.out
    assert "unmanaged     2 numbers" in run.out
    jsonschema.validate(run.report, json.loads(run_sipdrift("schema", "report").out))


def test_and_count_where_they_are_to(audit):
    run = audit("--discover", "fail")
    assert run.status == 2
    assert "numbers that no manifest has" in run.out
    assert audit("--discover", "fail", fleet={"+12": outbound(port=5061)}).status == 0
    assert audit("--discover", "fail", "--exit-zero").status == 0


def test_what_is_declared_and_not_selected_is_managed(audit):
    two = "numbers: [{number: '+12', port: 5061}, {number: '+13', port: 5061}]\n"
    run = audit("--discover", "report", "--only", "+12", text=two)
    assert sorted(unmanaged(run.report)) == ["+14"]
    assert "1 of 2 numbers were selected" in run.out


def test_a_selection_that_leaves_nothing_still_finds_them(audit):
    run = audit("--discover", "fail", "--only", "+99")
    assert run.status == 2
    assert sorted(unmanaged(run.report)) == ["+13", "+14"]


def listing(answer):
    """An API that answers for numbers, and `answer` for the list."""

    class Server(ScriptServer):
        def reply(self, connection, head):
            if b"/v1/sip/numbers" not in head:
                return super().reply(connection, head)
            connection.sendall(answer)
            return True

    return Server(good)


@pytest.mark.parametrize("name, answer, kind", [
    ("missing", whole_answer({"status": "error"}, status="404 Not Found"), "http_status"),
    ("forbidden", whole_answer({"error": "no"}, status="403 Forbidden"), "unauthorized"),
    ("empty", whole_answer({}), "bad_reply"),
    ("half", whole_answer({"data": {"numbers": [], "next_page": 2}, "errors": None}), "bad_reply"),
    ("html", whole_answer(b"<html>"), "bad_reply"),
    ("error beside data", whole_answer({"data": {"numbers": []}, "errors": ["down"]}), "bad_reply"),
])
def test_without_a_list_nothing_is_known(name, answer, kind, manifest, report):
    with listing(answer) as server:
        run = run_sipdrift("audit", manifest(ONE), "--api-url", server.url, "--discover", "report", "--report",
                           f"json={report}", "--retries", "0")
    assert run.status == 4, run.out
    told = read_json(report)
    assert told["discovery"]["error"]["kind"] == kind
    assert [result["status"] for result in told["results"]] == ["in_sync"]
    assert "list of numbers could not be had" in run.out
    assert " unmanaged" not in run.out.replace("of unmanaged numbers", "")


def test_a_list_without_a_number_that_is_live_is_not_whole(manifest, report):
    with listing(whole_answer({"data": {"numbers": []}, "errors": None})) as server:
        run = run_sipdrift("audit", manifest(ONE), "--api-url", server.url, "--discover", "fail", "--report", f"json={report}")
    assert run.status == 4
    error = read_json(report)["discovery"]["error"]
    assert error["kind"] == "bad_reply" and "lacks a number that was found live" in error["message"]


@pytest.mark.parametrize("identifier", ["14155550009", "+1 415 555 0009", "+14155550009\u200b"])
def test_a_list_with_what_could_be_a_number_proves_nothing(identifier, manifest, report):
    entries = [{"phone_number": name, "directions": ["inbound"], "sip_endpoint": None, "health_status": "healthy"}
               for name in ("+12", identifier)]
    with listing(whole_answer({"data": {"numbers": entries}, "errors": None})) as server:
        run = run_sipdrift("audit", manifest(ONE), "--api-url", server.url, "--discover", "fail", "--report", f"json={report}")
    assert run.status == 4
    assert "could be a number, and is not E.164" in read_json(report)["discovery"]["error"]["message"]


def test_unmanaged_numbers_beside_gaps_are_told_as_what_they_are(audit):
    run = audit("--discover", "fail", fleet=FLEET | {"+12": reply("{")})
    assert run.status == 6
    assert "numbers that no manifest has, and some numbers could not be compared" in run.out


def test_identifiers_that_are_no_numbers_are_told_of(manifest, report):
    entries = [{"phone_number": name, "directions": ["inbound"], "sip_endpoint": None, "health_status": "healthy"}
               for name in ("+12", "2001", "bland-001")]
    with listing(whole_answer({"data": {"numbers": entries}, "errors": None})) as server:
        run = run_sipdrift("audit", manifest(ONE), "--api-url", server.url, "--discover", "fail", "--report", f"json={report}")
    assert run.status == 0
    assert read_json(report)["discovery"]["others"] == ["2001", "bland-001"]
    assert "2 more are not E.164" in run.out


def test_a_run_that_ends_early_asks_for_no_list(manifest, report):
    with listing(whole_answer({})) as server:
        server.answer = lambda request: whole_answer({"error": "no"}, status="401 Unauthorized")
        text = "numbers: [{range: '+12..+49', port: 5061}]\n"
        run = run_sipdrift("audit", manifest(text), "--api-url", server.url, "--discover", "report", "--report", f"json={report}")
    assert run.status == 1
    assert read_json(report)["discovery"]["error"] == {
        "kind": "unauthorized", "message": read_json(report)["discovery"]["error"]["message"]}
    assert "not asked for" in run.out


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_them(audit, name, tmp_path):
    run = audit("--discover", "fail", "--report", f"{name}={tmp_path}/shown")
    assert run.status == 2
    text = (tmp_path / "shown").read_text()
    assert "unmanaged" in text.lower()
    assert KEY not in text and "hunter2" not in text
    converted = run_sipdrift("convert", tmp_path / "report.json", "--report", f"{name}=-")
    assert (converted.status, converted.out) == (0, text)
