"""An API that dies, falls silent, or sends without end: the run ends soon, and loses nothing."""

import gzip
import json
import os
import subprocess
import threading
import time

import pytest
from conftest import KEY, ONE, SIPDRIFT, audit_range, environment, only_error, read_json, run_sipdrift
from servers import ScriptServer, envelope, good, http_answer, whole_answer


# ---- Death -----------------------------------------------------------------------------------


def test_a_death_in_mid_run_ends_it_in_seconds(manifest, report):
    def answer(request):
        if request.nth < 300:
            return good(request)
        server.die()
        return None

    server = ScriptServer(answer)
    begun = time.monotonic()
    run = audit_range(server, manifest, 8000, "-j", "32", "--report", f"json={report}")
    assert time.monotonic() - begun < 20
    assert run.status == 4
    written = read_json(report)
    assert written["run"]["complete"] is False
    assert written["summary"]["declared"] == len(written["results"]) == 8000
    assert written["summary"]["in_sync"] >= 200
    assert written["summary"]["in_sync"] + written["summary"]["not_compared"] == 8000
    assert any("does not answer any more" in notice["message"] for notice in written["notices"])
    assert written["run"]["fetch"]["requests"] < 300 + 32 * 8


def test_silence_ends_the_run_in_seconds(manifest, report):
    end = threading.Event()

    def answer(request):
        if request.nth >= 50:
            end.wait(60)
        return good(request)

    with ScriptServer(answer) as server:
        begun = time.monotonic()
        run = audit_range(server, manifest, 5000, "-j", "16", "--timeout", "0.5", "--report", f"json={report}")
        assert time.monotonic() - begun < 25
        end.set()
    assert run.status == 4
    assert read_json(report)["run"]["complete"] is False
    assert len(server.requests) < 200


# ---- Too much --------------------------------------------------------------------------------


def audit_with_peak(server, manifest, report):
    """The run, and the most memory that the program had, in MB."""
    process = subprocess.Popen(
        [SIPDRIFT, "audit", manifest(ONE), "--api-url", server.url, "--retries", "0", "--report", f"json={report}"],
        env=environment(BLAND_API_KEY=KEY), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    run = type("Run", (), {"status": process.returncode, "out": out, "err": err})
    return run, usage.ru_maxrss / 1024


class Flood:
    """Sends `piece` up to `times` times, after `head`, and counts what it could send."""

    def __init__(self, head, piece, times):
        self.head, self.piece, self.times = head, piece, times
        self.sent = 0

    def __call__(self, connection):
        try:
            connection.sendall(self.head)
            for _ in range(self.times):
                connection.sendall(self.piece)
                self.sent += len(self.piece)
        except OSError:
            pass


def mb(count):
    return count * 1024 * 1024


FLOODS = {
    "1 GB in chunks": lambda: Flood(http_answer(b"", "Transfer-Encoding: chunked"),
                                    b"10000\r\n" + b" " * 0x10000 + b"\r\n", 16384),
    "1 GB announced": lambda: Flood(http_answer(b"", f"Content-Length: {mb(1024)}"), b" " * 65536, 16384),
    "1 GB unannounced": lambda: Flood(http_answer(b"", "Connection: close"), b" " * 65536, 16384),
    "endless headers": lambda: Flood(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 1000 + b"\r\n", 1_000_000),
    "an endless header": lambda: Flood(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 65536, 16384),
    "endless 1xx": lambda: Flood(b"", b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" * 1000, 30_000),
    "a gzip bomb": lambda: Flood(http_answer(b"", "Content-Encoding: gzip", "Connection: close"),
                                 gzip.compress(bytes(mb(200)), 1), 1),
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_not_swallowed(manifest, report, name):
    flood = FLOODS[name]()
    with ScriptServer(lambda request: flood) as server:
        run, peak = audit_with_peak(server, manifest, report)
    result = only_error(run, report)
    assert result["error"]["kind"] in ("bad_reply", "network")
    assert flood.sent < mb(16)
    assert peak < 128


def test_a_header_of_a_megabyte_is_refused(manifest, report):
    body = json.dumps(envelope()).encode()
    with ScriptServer(lambda request: whole_answer(body, "X-Long: " + "x" * mb(1))) as server:
        run, peak = audit_with_peak(server, manifest, report)
    assert only_error(run, report)["error"]["kind"] in ("bad_reply", "network")


def test_a_drip_times_out(manifest, report):
    def drip(connection):
        try:
            for byte in http_answer(b" " * 10_000, "Content-Length: 10000"):
                connection.sendall(bytes([byte]))
                time.sleep(0.02)
        except OSError:
            pass

    with ScriptServer(lambda request: drip) as server:
        begun = time.monotonic()
        run = run_sipdrift("audit", manifest(ONE), "--api-url", server.url, "--retries", "0", "--timeout", "0.7",
                           "--report", f"json={report}")
        assert time.monotonic() - begun < 10
    assert only_error(run, report)["error"]["kind"] == "timeout"
