"""What can go wrong between the program and the API: never a verdict, always a reason."""

import http.server
import json
import socket
import threading
import time

import pytest
from conftest import ONE, only_error, outbound, read_json, reply, run_sipdrift
from servers import RawServer, SocketServer, direction, envelope, http_answer

# ---- Replies that are not what they should be ------------------------------------------------


BAD_REPLIES = {
    "narrowed port": envelope(options={"port": 70597}),
    "fraction": envelope(options={"port": 5061.7}),
    "boolean port": envelope(options={"port": True}),
    "negative port": envelope(options={"port": -1}),
    "no number": {"data": {"inbound": None, "outbound": {"options": {"port": 5061}}}},
    "another direction": envelope(direction="inbound"),
    "no inbound": {"data": {"outbound": direction("outbound")}, "errors": None},
    "errors": envelope() | {"errors": ["half of it"]},
    "duplicate key": json.dumps(envelope()).replace('"port": 5061', '"port": 1, "port": 5061'),
    "text behind a NUL": json.dumps(envelope()) + "\0",
    "cut off": json.dumps(envelope())[:-1],
    "deep": json.dumps(envelope() | {"x": json.loads("[" * 40 + "]" * 40)}),
    "long": json.dumps(envelope()) + " " * 1024 * 1024,
    "empty": "",
    "html": "<html></html>",
}


@pytest.mark.parametrize("name", BAD_REPLIES)
def test_a_bad_reply_is_not_compared(api, manifest, report, name):
    server = api({"+12": reply(BAD_REPLIES[name])})
    run = server.audit(manifest(ONE), "--report", f"json={report}")
    result = only_error(run, report)
    assert result["error"]["kind"] == "bad_reply"
    assert result["evidence"]["attempts"] == 1
    assert len(server.stop()) == 1


def test_a_reply_about_another_number_is_asked_for_once_more(api, manifest, report):
    server = api({"+12": reply(envelope(number="+13"))})
    run = server.audit(manifest(ONE), "--retries", "0", "--report", f"json={report}")
    result = only_error(run, report)
    assert result["error"]["kind"] == "wrong_number"
    assert result["evidence"]["attempts"] == 2
    assert len(server.stop()) == 2


def test_the_good_reply_of_these_is_in_sync(api, manifest):
    assert api({"+12": reply(envelope())}).audit(manifest(ONE)).status == 0


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", "application/octet-stream"])
def test_what_does_not_say_that_it_is_json_is_not_compared(api, manifest, report, content_type):
    server = api({"+12": reply(envelope(), content_type=content_type)})
    run = server.audit(manifest(ONE), "--report", f"json={report}")
    assert only_error(run, report)["error"]["kind"] == "bad_reply"


@pytest.mark.parametrize("status", [201, 204, 301, 302, 400, 404, 418, 501])
def test_any_other_status_is_not_compared_and_not_retried(api, manifest, report, status):
    server = api({"+12": reply(envelope(), status=status)})
    run = server.audit(manifest(ONE), "--report", f"json={report}")
    result = only_error(run, report)
    assert result["error"]["kind"] == "http_status"
    assert result["evidence"]["http_status"] == status
    assert len(server.stop()) == 1


@pytest.mark.parametrize("status, kind", [(500, "http_status"), (503, "http_status"), (429, "rate_limited")])
def test_trouble_on_the_servers_side_is_retried(api, manifest, report, status, kind):
    server = api({"+12": reply(envelope(), status=status)})
    run = server.audit(manifest(ONE), "--retries", "2", "--report", f"json={report}")
    result = only_error(run, report)
    assert result["error"]["kind"] == kind
    assert result["evidence"]["attempts"] == 3
    assert server.stop() == [("/v1/sip?phone_number=%2B12", str(status))] * 3


# ---- Connections -----------------------------------------------------------------------------


def test_a_slow_reply_times_out(api, manifest, report):
    server = api({"+12": reply(envelope(), delay_ms=5000)})
    begun = time.monotonic()
    run = server.audit(
        manifest(ONE), "--timeout", "0.2", "--retries", "1", "--report", f"json={report}"
    )
    assert time.monotonic() - begun < 4
    result = only_error(run, report)
    assert result["error"] == {"kind": "timeout", "message": "no whole reply within 0.2 s"}
    assert result["evidence"]["attempts"] == 2


def test_nobody_there(manifest, report):
    with socket.socket() as taken:  # bound, but not listening
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        run = run_sipdrift(
            "audit", manifest(ONE), "--api-url", url, "--retries", "1", "--report", f"json={report}"
        )
    assert only_error(run, report)["error"]["kind"] == "connect"


BODY = json.dumps(envelope()).encode()
LENGTH = f"Content-Length: {len(BODY)}"
RAW_ANSWERS = {
    "a length beyond counting": (http_answer(BODY, "Content-Length: 99999999999999999999999999"), "bad_reply"),
    "two lengths": (http_answer(BODY, LENGTH, "Content-Length: 9999"), "network"),
    "two lengths, the larger first": (http_answer(BODY, "Content-Length: 9999", LENGTH), "bad_reply"),
    "a list of lengths": (http_answer(BODY, f"{LENGTH}, 99999"), "bad_reply"),
    "a length and more": (http_answer(BODY, f"{LENGTH};999"), "bad_reply"),
    "a length beside chunks": (http_answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), "Content-Length: 3",
                                           "Transfer-Encoding: chunked"), "bad_reply"),
    "a part": (http_answer(BODY, LENGTH, f"Content-Range: bytes 0-{len(BODY) - 1}/4000"), "bad_reply"),
    "two kinds of content": (http_answer(BODY, LENGTH, "Content-Type: text/html"), "bad_reply"),
    "no status of HTTP": (http_answer(b"{}", "Content-Length: 2", status="600 No"), "bad_reply"),
    "nothing": (b"", "network"),
    "not http": (b"220 mail.example.com ESMTP\r\n", "bad_reply"),
    "half a body": (http_answer(BODY[:50], f"Content-Length: {len(BODY)}"), "network"),
    "half a body, unannounced": (http_answer(BODY[:50], "Connection: close"), "bad_reply"),
    "a wrong chunk": (http_answer(b"zz\r\n", "Transfer-Encoding: chunked"), "network"),
    "not gzip": (http_answer(BODY, "Content-Encoding: gzip", "Connection: close"), "bad_reply"),
}


@pytest.mark.parametrize("name", RAW_ANSWERS)
def test_a_broken_connection_is_no_verdict(manifest, report, name):
    answer, kind = RAW_ANSWERS[name]
    server = RawServer(answer)
    run = run_sipdrift(
        "audit", manifest(ONE), "--api-url", server.url, "--retries", "1", "--report", f"json={report}"
    )
    server.stop()
    assert only_error(run, report)["error"]["kind"] == kind


GOOD_ANSWERS = {
    "to the end of the connection": http_answer(BODY, "Connection: close"),
    "chunks and a trailer": http_answer(b"%x\r\n%s\r\n0\r\nX-Checksum: 1\r\n\r\n" % (len(BODY), BODY),
                                        "Transfer-Encoding: chunked", "Trailer: X-Checksum"),
    "after an interim one": b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + http_answer(BODY, LENGTH),
}


@pytest.mark.parametrize("name", GOOD_ANSWERS)
def test_a_good_answer_of_the_raw_server_is_in_sync(manifest, name):
    server = RawServer(GOOD_ANSWERS[name])
    run = run_sipdrift("audit", manifest(ONE), "--api-url", server.url, "--retries", "0")
    assert run.status == 0, run.out
    server.stop()


class ShiftedServer(SocketServer):
    """Sends its first answer to the second request of a connection as well, whoever asks."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []
        super().__init__()

    def converse(self, connection):
        first = None
        with connection:
            while request := connection.recv(65536):
                number = "+" + request.split()[1].decode().split("%2B")[1]
                self.asked.append(number)
                first = first or json.dumps(self.answers[number]).encode()
                connection.sendall(http_answer(first, f"Content-Length: {len(first)}"))


def test_a_reply_that_names_no_number_is_no_proof_where_it_could_be_anothers(manifest, report):
    nothing = {"data": {"inbound": None, "outbound": None}, "errors": None}
    server = ShiftedServer({"+12": nothing, "+13": envelope(number="+13")})
    text = "numbers: [{numbers: ['+12', '+13'], inbound: absent, outbound: absent}]\n"
    run = run_sipdrift(
        "audit", manifest(text), "--api-url", server.url, "-j", "1", "--report", f"json={report}"
    )
    server.stop()
    assert run.status == 2
    assert [result["status"] for result in read_json(report)["results"]] == ["in_sync", "drifted"]
    assert server.asked == ["+12", "+13", "+13"]


def test_a_redirect_is_not_followed(api, manifest, report):
    target = api({"+12": reply(envelope())})
    location = f"Location: {target.url}/v1/sip?phone_number=%2B12"
    server = RawServer(http_answer(b"", location, "Content-Length: 0", status="302 Found"))
    run = run_sipdrift("audit", manifest(ONE), "--api-url", server.url, "--report", f"json={report}")
    server.stop()
    assert only_error(run, report)["error"] == {"kind": "http_status", "message": "HTTP 302"}
    assert target.stop() == []


def test_a_server_may_ask_for_patience(manifest, tmp_path):
    """One 429 with Retry-After, then the answer: the second request comes no earlier."""
    times = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            times.append(time.monotonic())
            self.send_response(200 if len(times) > 1 else 429)
            self.send_header("Retry-After", "1")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY)

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    run = run_sipdrift("audit", manifest(ONE), "--api-url", url)
    assert run.status == 0
    assert times[1] - times[0] >= 1
    times.clear()
    run = run_sipdrift("audit", manifest(ONE), "--api-url", url, "--max-wait", "0.5")
    assert run.status == 4
    assert len(times) == 1
    server.shutdown()


def test_patience_is_asked_of_all_requests(manifest):
    """Also of those that are not tried again."""
    times = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            times.append(time.monotonic())
            self.send_response(429)
            self.send_header("Retry-After", "1")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    text = manifest("numbers: [{numbers: ['+12', '+13'], port: 1}]\n")
    url = f"http://127.0.0.1:{server.server_port}"
    assert run_sipdrift("audit", text, "--api-url", url, "--retries", "0", "-j", "1").status == 4
    assert times[1] - times[0] >= 1
    server.shutdown()


@pytest.mark.parametrize("seconds", ["9223372036854775807", "99999999999999999999", "99999"])
def test_no_server_can_ask_for_more_than_can_be_counted(manifest, seconds):
    server = RawServer(http_answer(b"{}", f"Retry-After: {seconds}", "Connection: close", status="429 No"))
    begun = time.monotonic()
    run = run_sipdrift("audit", manifest(ONE), "--api-url", server.url)
    server.stop()
    assert run.status == 4
    assert "rate_limited" in run.out
    assert time.monotonic() - begun < 10


# ---- The key ---------------------------------------------------------------------------------


def test_a_key_that_is_refused_ends_the_run_at_once(api, manifest, report):
    server = api({f"+1{i}": reply({"error": "no"}, status=401) for i in range(100, 150)})
    run = server.audit(
        manifest("numbers: [{range: '+1100..+1149', port: 1}]\n"), "-j", "1", "--report", f"json={report}"
    )
    assert run.status == 1
    assert len(server.stop()) == 3
    written = read_json(report)
    assert written["run"]["complete"] is False
    messages = [result["error"]["message"] for result in written["results"]]
    assert messages[0].startswith("HTTP 401")
    assert messages[-1] == "not asked for: the API does not accept the key"


def test_numbers_of_others_do_not_end_the_run(api, manifest, report):
    fleet = {f"+1{i}": reply({"error": "not yours"}, status=403) for i in range(100, 105)}
    fleet |= {f"+1{i}": outbound(port=1) for i in range(105, 150)}
    run = api(fleet).audit(
        manifest("numbers: [{range: '+1100..+1149', port: 1}]\n"), "--report", f"json={report}"
    )
    assert run.status == 4
    summary = read_json(report)["summary"]
    assert (summary["in_sync"], summary["not_compared"]) == (45, 5)


def test_one_number_that_is_refused_is_no_audit_but_complete(api, manifest, report):
    run = api({"+12": reply({"error": "no"}, status=401)}).audit(
        manifest(ONE), "-q", "--report", f"json={report}"
    )
    assert run.status == 1
    assert "does not accept the key" in run.err
    assert read_json(report)["run"]["complete"] is True


# ---- Pace ------------------------------------------------------------------------------------


def test_a_deadline_ends_the_run_honestly(api, manifest, report):
    fleet = {f"+1{i}": reply(envelope(), delay_ms=5000) for i in range(10, 20)}
    fleet["+100"] = outbound(port=5061)
    text = "numbers:\n  - {number: '+100', port: 5061}\n  - {range: '+110..+119', port: 5061}\n"
    run = api(fleet).audit(
        manifest(text), "-j", "2", "--deadline", "0.5", "--report", f"json={report}"
    )
    assert run.status == 4
    written = read_json(report)
    assert written["run"]["complete"] is False
    assert written["summary"]["declared"] == 11
    assert written["summary"]["in_sync"] == 1
    kinds = {r["error"]["kind"] for r in written["results"] if r["error"]}
    assert kinds == {"deadline"}


def test_the_rate_is_a_ceiling(api, manifest):
    fleet = {f"+1{i}": outbound(port=1) for i in range(10, 40)}
    server = api(fleet)
    begun = time.monotonic()
    run = server.audit(manifest("numbers: [{range: '+110..+139', port: 1}]\n"), "--rate", "50")
    assert run.status == 0
    assert time.monotonic() - begun >= 29 / 50
    assert len(server.stop()) == 30


def test_a_large_fleet_over_few_connections(api, manifest, report):
    fleet = {f"+1{i}": outbound(port=1 + i % 2) for i in range(10000, 12000)}
    server = api(fleet)
    text = "numbers: [{range: '+110000..+111999', port: 1}]\n"
    run = server.audit(manifest(text), "-j", "64", "--report", f"json={report}")
    assert run.status == 2
    summary = read_json(report)["summary"]
    assert (summary["declared"], summary["in_sync"], summary["drifted"]) == (2000, 1000, 1000)
    numbers = [result["number"] for result in read_json(report)["results"]]
    assert numbers == sorted(numbers)
    assert len(server.stop()) == 2000
