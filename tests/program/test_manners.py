"""What an API has to put up with, as it counts itself: how many requests, how many at once, and when."""

import email.utils
import socket
import struct
import time

import pytest
from conftest import audit_range, read_json, run_sipdrift
from servers import ScriptServer, envelope, good, http_answer, whole_answer


# ---- How many at once, and how fast ----------------------------------------------------------


def test_the_concurrency_is_a_ceiling_and_is_used(manifest):
    def answer(request):
        time.sleep(0.005)
        return good(request)

    with ScriptServer(answer) as server:
        assert audit_range(server, manifest, 300, "-j", "8").status == 0
    assert sorted(server.numbers) == [f"+{i}" for i in range(1000, 1300)]
    assert server.most_under_way == 8
    assert len(server.connections) == 8


def test_the_first_request_goes_alone(manifest):
    answered = []

    def answer(request):
        if request.nth == 0:
            time.sleep(0.3)
            answered.append(time.monotonic())
        return good(request)

    with ScriptServer(answer) as server:
        assert audit_range(server, manifest, 20).status == 0
    assert server.times[1] >= answered[0]


def test_the_rate_is_a_ceiling_in_every_moment(manifest):
    with ScriptServer(good) as server:
        assert audit_range(server, manifest, 60, "-j", "16", "--rate", "50").status == 0
    times = server.times
    assert times[-1] - times[0] >= 0.95 * 59 / 50
    # Ten requests take 180 ms; one that was late on its way makes the ten after it look faster.
    spans = sorted(b - a for a, b in zip(times, times[9:]))
    assert spans[len(spans) // 4] >= 0.9 * 9 / 50


def in_seconds(seconds):
    return [f"Retry-After: {seconds}"]


def by_date(seconds):
    # Dates have whole seconds.
    return ["Retry-After: " + email.utils.formatdate(int(time.time()) + 1 + seconds, usegmt=True)]


def by_epoch(seconds):
    return [f"X-RateLimit-Reset: {int(time.time()) + 1 + seconds}"]


def by_delta(seconds):
    return [f"RateLimit-Reset: {seconds}"]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize("headers", [in_seconds, by_date, by_epoch, by_delta])
def test_a_refusal_pauses_all_transfers_together(manifest, headers, status):
    refused = []

    def answer(request):
        if request.nth == 20:
            refused.append(time.monotonic())
            return whole_answer({"error": "slow down"}, *headers(1), status=status)
        time.sleep(0.01)
        return good(request)

    with ScriptServer(answer) as server:
        assert audit_range(server, manifest, 300, "-j", "4").status == 0
    assert len(server.requests) == 301
    # What was on its way when the API refused could not know.
    late = [t for t in server.times if refused[0] + 0.25 < t < refused[0] + 0.95]
    assert not late
    assert server.times[-1] >= refused[0] + 0.95


@pytest.mark.parametrize("header", [
    "Retry-After: -5", "Retry-After: soon", "Retry-After: 1e9", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT",
    "X-RateLimit-Reset: 1", "RateLimit-Reset: ", "Retry-After: 18446744073709551616000",
])
def test_nonsense_is_as_good_as_no_header(manifest, header):
    def answer(request):
        if request.nth == 0:
            return whole_answer({"error": "slow down"}, header, status="429 Too Many Requests")
        return good(request)

    with ScriptServer(answer) as server:
        begun = time.monotonic()
        run = audit_range(server, manifest, 5)
        assert run.status in (0, 4), run.out + run.err
        assert time.monotonic() - begun < 10
    if run.status == 4:  # more than is waited for, and said so
        assert "wait of" in run.out


def test_a_wait_that_is_too_long_ends_the_run_and_is_no_pause(manifest, report):
    busy = whole_answer({"error": "slow down"}, "Retry-After: 3600", status="429 Too Many Requests")
    with ScriptServer(lambda request: busy if request.nth == 2 else good(request)) as server:
        run = audit_range(server, manifest, 100, "-j", "1", "--report", f"json={report}")
    assert run.status == 4
    assert "wait of 3600 s" in run.out
    assert len(server.requests) == 3
    run = read_json(report)["run"]
    assert not run["complete"]
    assert (run["fetch"]["pauses"], run["fetch"]["paused_ms"], run["fetch"]["retries"]) == (0, 0, {})


# ---- How often -------------------------------------------------------------------------------


def test_what_goes_wrong_once_is_asked_once_more(manifest, report):
    def reset(connection):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def cut_off(connection):
        connection.sendall(http_answer(b'{"data":', "Content-Length: 500"))

    def cut_off_in_the_header(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")

    first_answers = {
        "+1000": cut_off_in_the_header,
        "+1001": reset,
        "+1002": cut_off,
        "+1003": None,
        "+1004": whole_answer(b"", status="503 Service Unavailable"),
        "+1005": whole_answer(b"", status="500 Internal Server Error"),
        "+1006": whole_answer(b"", status="408 Request Timeout"),
        "+1007": whole_answer(b"", status="425 Too Early"),
        "+1008": whole_answer(b"", status="502 Bad Gateway"),
        "+1009": whole_answer(b"", status="504 Gateway Timeout"),
        "+1010": whole_answer(envelope("+1011")),
    }
    left = dict(first_answers)
    with ScriptServer(lambda request: left.pop(request.number) if request.number in left else good(request)) as server:
        run = audit_range(server, manifest, 20, "-j", "3", "--report", f"json={report}")
    assert run.status == 0, run.out
    # A connection that was reset while it was used again is tried by libcurl itself, once more.
    asked = {number: server.numbers.count(number) for number in server.numbers}
    assert {number for number, times in asked.items() if times > 1} >= set(first_answers) - {"+1001", "+1003"}
    assert all(times <= 3 for times in asked.values())
    retries = read_json(report)["run"]["fetch"]["retries"]
    assert retries["http_status"] == 6
    assert retries["wrong_number"] == 1
    assert retries["network"] >= 1


def test_http_2_is_what_was_agreed_on_and_not_what_a_reply_calls_itself(manifest, report):
    """A server that sends every reply twice, so that each passes for the next number's."""
    nothing = {"data": {"inbound": None, "outbound": None}, "errors": None}
    last = []

    def answer(request):
        body = envelope(request.number) if int(request.number) % 2 else nothing
        last.append(whole_answer(body).replace(b"HTTP/1.1", b"HTTP/2"))
        return last[max(0, len(last) - 2)]

    text = "numbers: [{range: '+1000..+1039', inbound: absent, outbound: absent}]\n"
    with ScriptServer(answer) as server:
        run = run_sipdrift("audit", manifest(text), "--api-url", server.url, "--report", f"json={report}")
    assert run.status == 4
    errors = [result["error"] for result in read_json(report)["results"]]
    assert {error["kind"] for error in errors} == {"bad_reply"}
    assert len(server.requests) == 40


def test_what_lies_in_a_kept_connection_is_not_the_answer(manifest):
    left_behind = [b"\r\n", b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"]

    def answer(request):
        def send(connection):
            connection.sendall(good(request))
            time.sleep(0.01)
            connection.sendall(left_behind[request.nth % 2])
            time.sleep(0.2)
        return send

    with ScriptServer(answer) as server:
        run = audit_range(server, manifest, 60, "-j", "4")
    assert run.status == 0, run.out


@pytest.mark.parametrize("status", ["200 OK", "500 Internal Server Error"])
def test_a_quota_that_is_told_of_is_no_wait_that_is_asked_for(manifest, status):
    """Many APIs send it with every reply."""
    def answer(request):
        headers = ("X-RateLimit-Reset: 900", "RateLimit-Reset: 900")
        if request.nth == 3:
            return whole_answer(envelope(request.number), *headers, status=status)
        return whole_answer(envelope(request.number), *headers)

    with ScriptServer(answer) as server:
        assert audit_range(server, manifest, 20).status == 0


def test_refusals_at_the_start_teach_no_rate(manifest):
    """Somebody else has used up the API's patience: what it allows is not known yet."""
    def answer(request):
        if request.nth < 3:
            return whole_answer({"error": "slow down"}, "Retry-After: 1", status="429 Too Many Requests")
        return good(request)

    with ScriptServer(answer) as server:
        begun = time.monotonic()
        assert audit_range(server, manifest, 60).status == 0
        assert time.monotonic() - begun < 12


def test_an_outage_is_not_multiplied(manifest, report):
    down = whole_answer(b"", status="500 Internal Server Error")
    with ScriptServer(lambda request: down) as server:
        run = audit_range(server, manifest, 500, "-j", "16", "--report", f"json={report}")
    assert run.status == 4
    assert len(server.requests) <= 500 + 100
    messages = [result["error"]["message"] for result in read_json(report)["results"]]
    assert any("too many requests of this run had to be tried again" in message for message in messages)


def test_nothing_is_asked_after_the_key_is_refused(manifest, report):
    no = whole_answer({"error": "no"}, status="401 Unauthorized")
    with ScriptServer(lambda request: no) as server:
        run = audit_range(server, manifest, 500, "-j", "64", "--report", f"json={report}")
    assert run.status == 1
    assert len(server.requests) == 3
    assert server.most_under_way == 1
    assert read_json(report)["summary"]["not_compared"] == 500


def test_little_is_asked_after_the_key_is_taken_back(manifest):
    no = whole_answer({"error": "no"}, status="401 Unauthorized")
    with ScriptServer(lambda request: good(request) if request.nth < 100 else no) as server:
        run = audit_range(server, manifest, 2000, "-j", "16")
    assert run.status == 1
    assert len(server.requests) <= 100 + 3 + 2 * 16
